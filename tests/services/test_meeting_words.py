"""What differs between two versions of the minutes: added, removed, changed, whatever the lines are."""

from __future__ import annotations

import dataclasses
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.council import CouncilDecision, MeetingVersion, VoteItem
from kc_desktop.domain.meeting import Attendee, Conclusion, Meeting
from kc_desktop.domain.project import Project
from kc_desktop.services import councils, finalising
from kc_desktop.services.meeting_words import Difference, differences
from kc_desktop.services.workspace import Workspace

LINES = st.lists(
    st.builds("{}: {}".format, st.sampled_from(("Kết luận", "Việc", "Đại biểu 07")), st.text("abc đ", max_size=12)),
    max_size=12,
)


@given(LINES, LINES)
def test_the_differences_are_all_that_keeps_two_versions_from_holding_the_same_lines(
    before: list[str], after: list[str]
) -> None:
    found = differences(before, after)
    gone, new = [each.before for each in found if each.before], [each.after for each in found if each.after]
    kept_before, kept_after = list(before), list(after)
    for line in gone:
        kept_before.remove(line)
    for line in new:
        kept_after.remove(line)
    assert sorted(kept_before) == sorted(kept_after)
    assert all(each.before or each.after for each in found)


@given(LINES)
def test_nothing_differs_from_itself(lines: list[str]) -> None:
    assert differences(lines, lines) == ()


def test_added_removed_and_changed_lines_are_told_apart() -> None:
    before = ["Địa điểm: Phòng họp số 1", "Kết luận: Tổ chức tập huấn trong quý II", "Việc: Gửi tài liệu"]
    after = ["Địa điểm: Phòng họp số 2", "Kết luận: Tổ chức tập huấn trong quý III", "Kiến nghị: Bổ sung kinh phí"]
    assert differences(before, after) == (
        Difference(before=before[0], after=after[0]),
        Difference(before=before[1], after=after[1]),
        Difference(before=before[2], after=""),
        Difference(before="", after=after[2]),
    )
    assert [each.word for each in differences(before, after)] == ["Sửa", "Sửa", "Bỏ", "Thêm"]


def _closed(workspace: Workspace, meeting: Meeting, day: int) -> MeetingVersion:
    return finalising.finalise(workspace, meeting.id, on=date(2023, 4, day))


def test_any_two_versions_and_the_present_can_be_held_against_each_other(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    first = _closed(sample, meeting, 14)
    assert finalising.differences(sample, meeting.id) == ()
    finalising.reopen(sample, meeting.id, "Bổ sung", on=date(2023, 4, 15))
    conclusion = sample.children(Conclusion, meeting_id=meeting.id)[0]
    sample.save(dataclasses.replace(conclusion, body=f"{conclusion.body} Gửi trước 30/4."))
    second = _closed(sample, meeting, 16)
    finalising.reopen(sample, meeting.id, "Bổ sung lần nữa", on=date(2023, 4, 17))
    sample.delete(Conclusion, conclusion.id)
    assert [each.word for each in finalising.differences(sample, meeting.id, since=first.id, until=second.id)] == [
        "Sửa"
    ]
    assert [each.word for each in finalising.differences(sample, meeting.id, since=second.id)] == ["Bỏ"]
    assert [each.word for each in finalising.differences(sample, meeting.id, since=second.id, until=first.id)] == [
        "Sửa"
    ]


def test_a_vote_changed_and_a_decision_made_are_told(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    attendee = next(each for each in sample.children(Attendee, meeting_id=meeting.id) if each.state == "present")
    sample.save(dataclasses.replace(attendee, council_role="Chủ tịch"))
    item = sample.save(VoteItem(meeting_id=meeting.id, title="Thông qua kế hoạch"))
    councils.vote(sample, item.id, attendee.id, answer="yes")
    _closed(sample, meeting, 14)
    finalising.reopen(sample, meeting.id, "Ghi nhầm phiếu", on=date(2023, 4, 15))
    councils.vote(sample, item.id, attendee.id, answer="no")
    project = sample.all(Project)[0]
    sample.save(CouncilDecision(meeting_id=meeting.id, project_id=project.id, verdict="reject"))
    changed, added = finalising.differences(sample, meeting.id)
    assert "không đồng ý" in changed.after
    assert added.after.startswith(f"Kết luận về {project.name}: Không đồng ý")


def test_a_working_session_closes_with_its_own_minutes_and_tells_of_parties_that_cannot_sign(
    sample: Workspace,
) -> None:
    (meeting,) = sample.all(Meeting)
    working = sample.save(dataclasses.replace(meeting, kind="lam_viec"))
    assert any("Chưa lập các bên" in each for each in finalising.warnings(sample, working.id))
    councils.make_parties(sample, working.id)
    assert not any("các bên" in each or "chủ trì" in each for each in finalising.warnings(sample, working.id))
    version = _closed(sample, working, 14)
    assert finalising.minutes_kind(working) == "working-minutes"
    assert finalising.closed_pdf(sample, version.id).startswith(b"%PDF-")

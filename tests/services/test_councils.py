"""Councils: votes and scores are counted, and what was decided stands in the projects with the minutes' name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.council import Ballot, CouncilDecision, VoteItem, tally
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import council_results, councils
from kc_desktop.services.workspace import Workspace


def _council(workspace: Workspace, kind: str = "tham_dinh", size: int = 5, came: int = 4) -> Meeting:
    meeting = workspace.save(
        Meeting(kind=kind, title="Hội đồng", held_on=date(2023, 6, 20), number=7, symbol="BB-HĐ", quorum_percent=67)
    )
    for number in range(1, size + 1):
        person = workspace.save(Person(name=f"Thành viên {number:02d}"))
        state = "present" if number <= came else "absent"
        workspace.save(
            Attendee(meeting_id=meeting.id, person_id=person.id, state=state, council_role="Ủy viên", ordinal=number)
        )
    guest = workspace.save(Person(name="Khách 01"))
    workspace.save(Attendee(meeting_id=meeting.id, person_id=guest.id, state="present", ordinal=99))
    return meeting


def test_the_quorum_counts_members_only_and_is_rounded_up(empty: Workspace) -> None:
    found = councils.quorum(empty, _council(empty).id)
    assert (found.members, found.came, found.needed, found.is_met) == (5, 4, 4, True)
    assert not councils.quorum(empty, _council(empty, came=3).id).is_met


def test_votes_are_counted_among_the_members_who_came(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua", pass_at=Decimal(75)))
    belonging = councils.members(empty, meeting.id)
    for attendee, answer in zip(belonging[:4], ("yes", "yes", "no", "yes"), strict=True):
        councils.vote(empty, item.id, attendee.id, answer=answer)
    found = councils.tally(empty, item.id)
    assert (found.members, found.yes, found.no, found.is_passed) == (4, 3, 1, True)
    councils.vote(empty, item.id, belonging[0].id, answer="no")
    assert councils.tally(empty, item.id).is_passed is False


def test_whoever_is_no_member_has_no_vote(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua"))
    guest = empty.children(Attendee, meeting_id=meeting.id)[-1]
    with pytest.raises(KnownError, match="không phải thành viên"):
        councils.vote(empty, item.id, guest.id, answer="yes")


@given(st.lists(st.decimals(0, 100, places=1), max_size=13), st.decimals(0, 100, places=1))
def test_a_score_passes_exactly_when_its_average_reaches_the_mark(scores: list[Decimal], mark: Decimal) -> None:
    item = VoteItem(kind="score", pass_at=mark)
    found = tally(item, [Ballot(score=each) for each in scores], len(scores))
    if not scores:
        assert (found.average, found.is_passed) == (None, None)
    else:
        assert min(scores) - Decimal("0.01") <= (found.average or 0) <= max(scores) + Decimal("0.01")
        assert found.is_passed is ((found.average or Decimal(0)) >= mark)


def _project(workspace: Workspace, state: str = "appraising") -> Project:
    return workspace.save(
        Project(name="Đề án 01", year=2023, state=state, requested_vnd=200_000_000, approved_vnd=None)
    )


def _decide(workspace: Workspace, meeting: Meeting, project: Project, verdict: str, **more: object) -> CouncilDecision:
    return workspace.save(
        CouncilDecision(meeting_id=meeting.id, project_id=project.id, verdict=verdict, **more)  # type: ignore[arg-type]
    )


def test_an_appraisal_fills_the_amount_with_the_minutes_as_its_document(empty: Workspace) -> None:
    meeting, project = _council(empty), _project(empty)
    _decide(empty, meeting, project, "approve", amount_vnd=150_000_000)
    (done,) = council_results.write_back(empty, meeting.id)
    assert (done.appraised_vnd, done.appraised_on) == (150_000_000, date(2023, 6, 20))
    assert done.appraisal_number == "Biên bản số 07/BB-HĐ ngày 20/06/2023"


def test_an_appraisal_without_an_amount_writes_nothing_at_all(empty: Workspace) -> None:
    meeting, project, other = _council(empty), _project(empty), _project(empty)
    _decide(empty, meeting, other, "return", opinion="Bổ sung báo giá")
    _decide(empty, meeting, project, "approve")
    with pytest.raises(FieldError, match="Chưa có số tiền"):
        council_results.write_back(empty, meeting.id)
    assert empty.get(Project, other.id) == other


def test_a_returned_project_goes_back_with_the_reason_once(empty: Workspace) -> None:
    meeting, project = _council(empty), _project(empty)
    _decide(empty, meeting, project, "return", opinion="Bổ sung báo giá")
    (done,) = council_results.write_back(empty, meeting.id)
    assert done.state == "returned"
    (step,) = empty.children(ProjectStep, project_id=project.id)
    assert (step.action, step.reason, step.happened_on) == ("return", "Bổ sung báo giá", date(2023, 6, 20))
    assert council_results.write_back(empty, meeting.id) == ()
    empty.undo()
    assert empty.get(Project, project.id) == project


def test_an_acceptance_meeting_accepts_its_projects(empty: Workspace) -> None:
    meeting, project = _council(empty, "nghiem_thu"), _project(empty, "running")
    _decide(empty, meeting, project, "accept")
    (done,) = council_results.write_back(empty, meeting.id)
    assert done.state == "accepted"


def test_a_project_in_the_wrong_state_is_told_and_nothing_is_written(empty: Workspace) -> None:
    meeting, project = _council(empty, "nghiem_thu"), _project(empty, "draft")
    _decide(empty, meeting, project, "accept")
    with pytest.raises(KnownError):
        council_results.write_back(empty, meeting.id)
    assert empty.get(Project, project.id).state == "draft"


def test_a_staff_meeting_decides_on_no_project(empty: Workspace) -> None:
    meeting = _council(empty, "giao_ban")
    with pytest.raises(KnownError, match="hội đồng"):
        council_results.write_back(empty, meeting.id)

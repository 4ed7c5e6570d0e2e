"""Councils: votes and scores are counted, and what was decided stands in the projects with the minutes' name."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.documents import minutes
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.council import Ballot, CouncilDecision, MeetingParty, VoteItem, tally
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import council_results, councils, finalising, meetings
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


def test_a_vote_fails_only_when_no_vote_still_missing_can_carry_it(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua", pass_at=Decimal(75)))
    first, second, third, fourth, _ = councils.members(empty, meeting.id)
    told = []
    for attendee, answer in ((first, "no"), (second, "no"), (third, "yes"), (fourth, "yes")):
        councils.vote(empty, item.id, attendee.id, answer=answer)
        told.append(councils.tally(empty, item.id).is_passed)
    assert told == [None, None, None, False]


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


def test_somebody_who_did_not_come_has_no_vote_and_a_delegate_votes_for_whom_they_stand_in(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua"))
    belonging = councils.members(empty, meeting.id)
    with pytest.raises(KnownError, match="điểm danh"):
        councils.vote(empty, item.id, belonging[4].id, answer="yes")
    sent = empty.save(dataclasses.replace(belonging[4], state="delegate"))
    with pytest.raises(KnownError, match="dự thay"):
        councils.vote(empty, item.id, sent.id, answer="yes")
    stand_in = empty.save(Person(name="Người dự thay 01"))
    empty.save(dataclasses.replace(sent, delegate_id=stand_in.id))
    councils.vote(empty, item.id, sent.id, answer="yes")
    assert councils.tally(empty, item.id).yes == 1


def test_what_a_member_says_besides_stays_with_the_ballot_and_counts_as_no_vote(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua"))
    first, second, *_ = councils.members(empty, meeting.id)
    councils.comment(empty, item.id, first.id, "Bổ sung báo giá")
    assert councils.tally(empty, item.id).voted == 0
    councils.vote(empty, item.id, first.id, answer="yes")
    councils.vote(empty, item.id, second.id, answer="no")
    assert [each.comment for each in empty.children(Ballot, vote_item_id=item.id)] == ["Bổ sung báo giá", ""]
    paper = plain_text(minutes.build(councils.with_council(empty, meetings.dossier(empty, meeting.id))))
    assert "Nhận xét của thành viên hội đồng:\n- Thành viên 01: Bổ sung báo giá." in paper


def test_the_rest_agree_in_one_step_and_who_voted_keeps_their_vote(empty: Workspace) -> None:
    meeting = _council(empty)
    item = empty.save(VoteItem(meeting_id=meeting.id, title="Thông qua"))
    councils.vote(empty, item.id, councils.members(empty, meeting.id)[0].id, answer="no")
    before = empty.revision
    assert councils.vote_all(empty, item.id, "yes") == 3
    assert empty.revision == before + 1
    found = councils.tally(empty, item.id)
    assert (found.yes, found.no) == (3, 1)


def test_the_projects_of_the_agenda_become_items_and_decisions_once(empty: Workspace) -> None:
    meeting, first, second = _council(empty), _project(empty), _project(empty)
    for number, project in enumerate((first, second, first), start=1):
        empty.save(AgendaItem(meeting_id=meeting.id, title=f"Nội dung {number}", ordinal=number, project_id=project.id))
    assert councils.items_from_agenda(empty, meeting.id) == 2
    assert councils.items_from_agenda(empty, meeting.id) == 0
    assert [each.project_id for each in empty.children(VoteItem, meeting_id=meeting.id)] == [first.id, second.id]
    assert councils.decisions_from_agenda(empty, meeting.id) == 2
    assert councils.decisions_from_agenda(empty, meeting.id) == 0


def test_the_plan_tells_what_each_project_will_get_and_keeps_nothing(empty: Workspace) -> None:
    meeting, agreed, returned, settled, open_one = (
        _council(empty),
        _project(empty),
        _project(empty),
        _project(empty, "settled"),
        _project(empty),
    )
    _decide(empty, meeting, agreed, "approve", amount_vnd=150_000_000)
    _decide(empty, meeting, returned, "return", opinion="Bổ sung báo giá")
    _decide(empty, meeting, settled, "approve", amount_vnd=100_000_000)
    _decide(empty, meeting, open_one, "")
    before = empty.revision
    planned = council_results.plan(empty, meeting.id)
    assert empty.revision == before
    assert [each.is_ready for each in planned] == [True, True, False, False]
    assert "150.000.000 đồng" in planned[0].changes[0]
    assert "Yêu cầu bổ sung" in planned[1].changes[0]
    assert "Đã quyết toán" in planned[2].refused
    assert planned[3].refused == ""
    assert empty.get(Project, returned.id) == returned


def test_only_the_projects_chosen_are_written_and_told_as_done_afterwards(empty: Workspace) -> None:
    meeting, one, other = _council(empty), _project(empty), _project(empty)
    first = _decide(empty, meeting, one, "approve", amount_vnd=150_000_000)
    _decide(empty, meeting, other, "return", opinion="Bổ sung báo giá")
    council_results.write_back(empty, meeting.id, {first.id})
    assert empty.get(Project, other.id).state == "appraising"
    assert [each.is_done for each in council_results.plan(empty, meeting.id)] == [True, False]


def test_results_are_written_after_the_minutes_are_closed_too(empty: Workspace) -> None:
    meeting, project = _council(empty), _project(empty)
    _decide(empty, meeting, project, "return", opinion="Bổ sung báo giá")
    finalising.finalise(empty, meeting.id, on=date(2023, 6, 21))
    (done,) = council_results.write_back(empty, meeting.id)
    assert done.state == "returned"


def test_a_verdict_of_another_kind_of_council_is_refused(empty: Workspace) -> None:
    meeting, project = _council(empty), _project(empty)
    _decide(empty, meeting, project, "accept")
    (planned,) = council_results.plan(empty, meeting.id)
    assert "không phải của hội đồng loại này" in planned.refused
    with pytest.raises(FieldError):
        council_results.write_back(empty, meeting.id)


def test_parties_are_made_of_the_bodies_whose_people_came(sample: Workspace) -> None:
    meeting = sample.save(Meeting(kind="lam_viec", title="Làm việc tại cơ sở", held_on=date(2023, 8, 9)))
    for number, (body, state) in enumerate((("Sở Công Thương", "present"), ("", "present"), ("UBND xã", "absent"))):
        person = sample.save(Person(name=f"Đại biểu {number:02d}", organisation=body))
        sample.save(Attendee(meeting_id=meeting.id, person_id=person.id, state=state, ordinal=number))
    assert councils.make_parties(sample, meeting.id) == 2
    parties = sample.children(MeetingParty, meeting_id=meeting.id)
    assert [each.name for each in parties] == ["Sở Công Thương", sample.office.name]
    assert all(each.signer_id for each in parties)
    late = sample.children(Attendee, meeting_id=meeting.id)[2]
    sample.save(dataclasses.replace(late, state="present"))
    assert councils.make_parties(sample, meeting.id) == 1
    sample.undo()
    assert len(sample.children(MeetingParty, meeting_id=meeting.id)) == 2


def test_who_goes_over_to_another_party_signs_no_more_for_the_one_they_left(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    councils.make_parties(sample, meeting.id)
    first, second, *_ = sample.children(MeetingParty, meeting_id=meeting.id)
    signer = next(each for each in sample.children(Attendee, party_id=first.id) if each.person_id == first.signer_id)
    councils.put_into_party(sample, [signer.id], second.id)
    assert sample.get(MeetingParty, first.id).signer_id is None
    assert sample.get(MeetingParty, second.id).signer_id == second.signer_id
    sample.undo()
    assert sample.get(MeetingParty, first.id).signer_id == first.signer_id


def test_deleting_a_party_leaves_its_people_at_the_meeting(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    party = sample.save(MeetingParty(meeting_id=meeting.id, name="Sở Công Thương"))
    attendee = sample.children(Attendee, meeting_id=meeting.id)[0]
    councils.put_into_party(sample, [attendee.id], party.id)
    sample.delete(MeetingParty, party.id)
    assert sample.get(Attendee, attendee.id).party_id is None
    sample.undo()
    assert sample.get(Attendee, attendee.id).party_id == party.id

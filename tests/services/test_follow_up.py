"""Việc kỳ trước: carried over once however often asked, one state for all copies; what is late and who waits."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import finalising, follow_up, meetings, merging
from kc_desktop.services.workspace import Workspace

_TODAY = date(2023, 7, 1)


def _meeting(workspace: Workspace, on: date, kind: str = "giao_ban") -> Meeting:
    return workspace.save(Meeting(kind=kind, title=f"Giao ban {on.month}", held_on=on))


def _task(workspace: Workspace, meeting: Meeting, body: str, **more: object) -> Task:
    return meetings.add(workspace, Task(meeting_id=meeting.id, body=body, **more))  # type: ignore[arg-type]  # own fields


def _bodies(workspace: Workspace, meeting: Meeting) -> list[str]:
    return [each.body for each in workspace.children(Task, meeting_id=meeting.id)]


@pytest.fixture
def may(empty: Workspace) -> Meeting:
    meeting = _meeting(empty, date(2023, 5, 10))
    _task(empty, meeting, "Rà soát danh sách", due_on=date(2023, 6, 1))
    _task(empty, meeting, "Gửi báo cáo", state="done")
    _task(empty, meeting, "Khảo sát cơ sở 03")
    return meeting


def test_open_tasks_of_the_last_meeting_of_the_kind_are_offered_and_carried_in_one_step(
    empty: Workspace, may: Meeting
) -> None:
    _meeting(empty, date(2023, 6, 1), "tap_huan")
    june = _meeting(empty, date(2023, 6, 10))
    before = follow_up.previous(empty, june.id)
    assert before is not None
    assert (before.meeting.id, before.is_named, len(before.tasks)) == (may.id, False, 2)
    follow_up.carry(empty, june.id)
    assert _bodies(empty, june) == ["Rà soát danh sách", "Khảo sát cơ sở 03"]
    assert empty.get(Meeting, june.id).previous_id == may.id
    assert empty.undo_label == "Chuyển 2 việc từ cuộc họp 10/5/2023"
    empty.undo()
    assert _bodies(empty, june) == []
    assert empty.get(Meeting, june.id).previous_id is None


@pytest.mark.usefixtures("may")
def test_carrying_twice_makes_no_duplicates_also_after_undo_and_redo(empty: Workspace) -> None:
    june = _meeting(empty, date(2023, 6, 10))
    follow_up.carry(empty, june.id)
    assert follow_up.carry(empty, june.id) == ()
    empty.undo()
    empty.redo()
    assert follow_up.carry(empty, june.id) == ()
    empty.undo()
    follow_up.carry(empty, june.id)
    assert len(_bodies(empty, june)) == 2


def test_carrying_twice_makes_no_duplicates_after_people_were_merged(empty: Workspace, may: Meeting) -> None:
    first, second = (empty.save(Person(name=f"Đại biểu {number:02d}")) for number in (7, 8))
    _task(empty, may, "Việc của đại biểu", owner_id=second.id)
    june = _meeting(empty, date(2023, 6, 10))
    follow_up.carry(empty, june.id)
    merging.merge(empty, Person, first.id, second.id)
    assert follow_up.carry(empty, june.id) == ()
    assert {each.owner_id for each in empty.children(Task, meeting_id=june.id)} == {None, first.id}


def test_what_came_by_another_way_is_not_carried_again(empty: Workspace, may: Meeting) -> None:
    june, july = _meeting(empty, date(2023, 6, 10)), _meeting(empty, date(2023, 7, 10))
    follow_up.carry(empty, june.id)
    empty.save(dataclasses.replace(july, previous_id=may.id))
    follow_up.carry(empty, july.id)
    empty.save(dataclasses.replace(empty.get(Meeting, july.id), previous_id=june.id))
    assert follow_up.carry(empty, july.id) == ()
    assert len(_bodies(empty, july)) == 2


@pytest.mark.usefixtures("may")
def test_a_carried_task_that_was_deleted_is_offered_again(empty: Workspace) -> None:
    june = _meeting(empty, date(2023, 6, 10))
    first, _second = follow_up.carry(empty, june.id)
    empty.delete(Task, first.id)
    assert [each.body for each in follow_up.carry(empty, june.id)] == [first.body]


@pytest.mark.usefixtures("may")
def test_the_state_of_a_carried_task_goes_back_to_the_first_and_on_to_the_last(empty: Workspace) -> None:
    june, july = _meeting(empty, date(2023, 6, 10)), _meeting(empty, date(2023, 7, 10))
    (carried, _other) = follow_up.carry(empty, june.id)
    (last, _other) = follow_up.carry(empty, july.id)
    follow_up.save_task(empty, dataclasses.replace(carried, state="done", result="Đã gửi"), _TODAY)
    assert carried.carried_from_id is not None
    for number in (carried.carried_from_id, carried.id, last.id):
        task = empty.get(Task, number)
        assert (task.state, task.done_on, task.result) == ("done", _TODAY, "Đã gửi")
    follow_up.set_state(empty, [last.id], "open", _TODAY)
    assert {empty.get(Task, number).state for number in (carried.carried_from_id, carried.id, last.id)} == {"open"}
    assert empty.get(Task, carried.id).done_on is None
    empty.undo()
    assert empty.get(Task, carried.carried_from_id).state == "done"


def test_the_state_goes_back_to_a_meeting_that_is_closed_but_nothing_is_carried_into_one(
    empty: Workspace, may: Meeting
) -> None:
    june = _meeting(empty, date(2023, 6, 10))
    (carried, _other) = follow_up.carry(empty, june.id)
    finalising.finalise(empty, may.id, on=date(2023, 5, 11))
    follow_up.set_state(empty, [carried.id], "done", _TODAY)
    assert carried.carried_from_id is not None
    assert empty.get(Task, carried.carried_from_id).state == "done"
    july = _meeting(empty, date(2023, 7, 10))
    finalising.finalise(empty, july.id, on=_TODAY)
    with pytest.raises(KnownError):
        follow_up.carry(empty, july.id)


def test_the_first_meeting_of_a_kind_has_none_before(empty: Workspace, may: Meeting) -> None:
    assert follow_up.previous(empty, may.id) is None
    assert follow_up.carry(empty, may.id) == ()


@pytest.mark.usefixtures("may")
def test_an_overdue_task_is_told_once_where_it_is_now(empty: Workspace) -> None:
    june = _meeting(empty, date(2023, 6, 10))
    (carried, _other) = follow_up.carry(empty, june.id)
    (found,) = follow_up.overdue_tasks(empty, _TODAY)
    assert (found.task.id, found.meeting.id, found.days_late) == (carried.id, june.id, 30)
    assert follow_up.overdue_tasks(empty, date(2023, 6, 1)) == ()
    follow_up.set_state(empty, [carried.id], "done", _TODAY)
    assert follow_up.overdue_tasks(empty, _TODAY) == ()


def test_petitions_wait_until_answered_or_closed_and_those_with_a_day_come_first(
    empty: Workspace, may: Meeting
) -> None:
    bodies = {"Không hẹn": None, "Hẹn sau": date(2023, 8, 1), "Quá hạn": date(2023, 6, 20)}
    for body, due in bodies.items():
        meetings.add(empty, Petition(meeting_id=may.id, body=body, due_on=due))
    meetings.add(empty, Petition(meeting_id=may.id, body="Đã đóng", is_closed=True))
    found = follow_up.unanswered_petitions(empty, _TODAY)
    assert [each.petition.body for each in found] == ["Quá hạn", "Hẹn sau", "Không hẹn"]
    assert [(each.days_late, each.is_overdue) for each in found] == [(11, True), (-31, False), (None, False)]
    answered = follow_up.save_petition(empty, dataclasses.replace(found[0].petition, answer="Đã trả lời"), _TODAY)
    assert answered.answered_on == _TODAY
    assert not follow_up.is_late(answered, _TODAY)
    assert len(follow_up.unanswered_petitions(empty, _TODAY)) == 2


def test_an_answer_given_at_the_meeting_has_its_day_and_a_day_written_stays(empty: Workspace, may: Meeting) -> None:
    given = follow_up.save_petition(empty, Petition(meeting_id=may.id, body="Hỏi", answer="Đáp"), _TODAY)
    assert given.answered_on == may.held_on
    own = Petition(meeting_id=may.id, body="Hỏi", answer="Đáp", answered_on=date(2023, 5, 20))
    assert follow_up.save_petition(empty, own, _TODAY).answered_on == date(2023, 5, 20)
    changed = follow_up.save_petition(empty, dataclasses.replace(given, answered_on=None), _TODAY)
    assert changed.answered_on is None

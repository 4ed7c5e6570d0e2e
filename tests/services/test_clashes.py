"""Meetings at the same time: the room, the people, and what is not certain is told as such."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.services import clashes, meetings
from kc_desktop.services.workspace import Workspace

_DAY = date(2023, 6, 1)


def _meeting(workspace: Workspace, starts: str = "", ends: str = "", place: str = "", on: date = _DAY) -> Meeting:
    number = len(workspace.all(Meeting)) + 1
    return workspace.save(Meeting(title=f"Họp {number}", held_on=on, starts_at=starts, ends_at=ends, place=place))


@pytest.fixture
def person(empty: Workspace) -> Person:
    return empty.save(Person(name="Đại biểu 07"))


def test_hours_that_overlap_clash_and_hours_that_touch_do_not(empty: Workspace) -> None:
    own = _meeting(empty, "08:00", "10:00")
    other = _meeting(empty, "09:30", "11:00")
    _meeting(empty, "10:00", "11:00")
    _meeting(empty, "09:00", "09:30", on=date(2023, 6, 2))
    (found,) = clashes.clashes(empty, own.id)
    assert (found.meeting.id, found.is_certain, found.is_same_room) == (other.id, True, False)
    assert found.words == "trùng giờ"


def test_the_same_room_is_the_same_however_it_is_typed(empty: Workspace) -> None:
    own = _meeting(empty, "08:00", "10:00", "Hội trường A")
    _meeting(empty, "09:00", "10:00", "hội  trường a")
    (found,) = clashes.clashes(empty, own.id)
    assert found.words == "trùng giờ; cùng địa điểm hội trường a"


def test_people_asked_to_both_are_named_unless_they_stay_away(empty: Workspace, person: Person) -> None:
    own, other = _meeting(empty, "08:00", "10:00"), _meeting(empty, "09:00", "10:00")
    for each in (own, other):
        meetings.invite_person(empty, each.id, person.id)
    (found,) = clashes.clashes(empty, own.id)
    assert found.people == ((person.id, "Đại biểu 07"),)
    assert found.words == "trùng giờ; cùng mời Đại biểu 07"
    (attendee,) = empty.children(Attendee, meeting_id=other.id)
    meetings.set_attendance(empty, [attendee.id], "excused")
    (found,) = clashes.clashes(empty, own.id)
    assert found.people == ()


def test_whoever_stands_in_is_where_they_stand_in(empty: Workspace, person: Person) -> None:
    own, other = _meeting(empty, "08:00", "10:00"), _meeting(empty, "09:00", "10:00")
    sent = empty.save(Person(name="Đại biểu 08"))
    asked = meetings.invite_person(empty, own.id, person.id)
    empty.save(dataclasses.replace(asked, state="delegate", delegate_id=sent.id))
    empty.save(dataclasses.replace(other, chair_id=sent.id))
    (found,) = clashes.clashes(empty, own.id)
    assert [name for _id, name in found.people] == ["Đại biểu 08"]


def test_many_people_are_counted_after_three(sample: Workspace) -> None:
    own, other = _meeting(sample, "08:00", "10:00"), _meeting(sample, "09:00", "10:00")
    for each in (own, other):
        meetings.invite_group(sample, each.id, "collaborator")
    (found,) = clashes.clashes(sample, own.id)
    assert len(found.people) == 25
    assert found.words.endswith("và 22 người khác")


def test_a_meeting_without_an_end_lasts_as_long_as_its_agenda(empty: Workspace) -> None:
    own = _meeting(empty, "08:00", place="Phòng 2")
    meetings.add(empty, AgendaItem(meeting_id=own.id, title="Báo cáo", planned_minutes=60))
    _meeting(empty, "09:00", "10:00", "Phòng 2")
    assert clashes.clashes(empty, own.id) == ()
    meetings.add(empty, AgendaItem(meeting_id=own.id, title="Thảo luận", planned_minutes=1))
    (found,) = clashes.clashes(empty, own.id)
    assert found.is_certain


def test_what_is_not_certain_is_told_as_such_and_only_where_room_or_people_are_the_same(empty: Workspace) -> None:
    own = _meeting(empty, "08:00", place="Phòng 2")
    _meeting(empty, "14:00", "15:00")
    _meeting(empty, "07:00", "08:00", "Phòng 2")
    assert clashes.clashes(empty, own.id) == ()
    _meeting(empty, "14:00", "15:00", "Phòng 2")
    (found,) = clashes.clashes(empty, own.id)
    assert not found.is_certain
    assert found.words.startswith("cùng ngày, có thể trùng giờ (chưa ghi đủ giờ họp)")


def test_meetings_over_several_days_are_seen_from_each_day(empty: Workspace) -> None:
    course = _meeting(empty, "08:00", "16:30", on=date(2023, 5, 31))
    empty.save(dataclasses.replace(course, ended_on=date(2023, 6, 2)))
    own = _meeting(empty, "09:00", "10:00")
    assert [each.meeting.id for each in clashes.clashes(empty, own.id)] == [course.id]
    assert [each.meeting.id for each in clashes.clashes(empty, course.id)] == [own.id]

"""Meetings: asking groups in one click, six states, minutes as they happen."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Entry, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace


def _meeting(workspace: Workspace, on: date = date(2023, 6, 1)) -> Meeting:
    return workspace.save(Meeting(title="Họp giao ban", held_on=on))


def test_a_group_is_asked_in_one_click_one_step_and_never_twice(sample: Workspace) -> None:
    meeting = _meeting(sample)
    group = {each.code: each for each in meetings.groups(sample, meeting.id)}["collaborator"]
    assert (group.total, group.missing) == (25, 25)
    assert meetings.invite_group(sample, meeting.id, "collaborator") == 25
    assert meetings.invite_group(sample, meeting.id, "collaborator") == 0
    attendees = sample.children(Attendee, meeting_id=meeting.id)
    assert [each.ordinal for each in attendees] == list(range(1, 26))
    assert {each.role for each in attendees} == {"collaborator"}
    assert sample.undo_label == "Mời 25 người nhóm Cộng tác viên"
    sample.undo()
    assert sample.children(Attendee, meeting_id=meeting.id) == ()


def test_who_is_no_collaborator_on_the_day_is_not_asked_as_one(sample: Workspace) -> None:
    early = _meeting(sample, date(2023, 1, 15))
    assert "collaborator" not in {each.code for each in meetings.groups(sample, early.id)}
    assert meetings.invite_group(sample, early.id, "collaborator") == 0


def test_a_person_asked_twice_stands_once(sample: Workspace) -> None:
    meeting = _meeting(sample)
    person = sample.save(Person(name="Khách 01"))
    first = meetings.invite_person(sample, meeting.id, person.id)
    assert meetings.invite_person(sample, meeting.id, person.id) == first


def test_states_are_set_for_many_at_once_and_a_reason_stays_with_absence_only(sample: Workspace) -> None:
    meeting = _meeting(sample)
    meetings.invite_group(sample, meeting.id, "collaborator")
    ids = [each.id for each in sample.children(Attendee, meeting_id=meeting.id)]
    meetings.set_attendance(sample, ids[:20], "present")
    meetings.set_attendance(sample, ids[20:22], "excused", "Đi công tác")
    meetings.set_attendance(sample, ids[22:23], "absent")
    states = [each.state for each in sample.children(Attendee, meeting_id=meeting.id)]
    assert [states.count(each) for each in ("present", "excused", "absent", "invited")] == [20, 2, 1, 2]
    meetings.set_attendance(sample, ids[20:21], "present")
    assert sample.get(Attendee, ids[20]).reason == ""
    assert sample.get(Attendee, ids[21]).reason == "Đi công tác"
    assert sample.undo_label == "Điểm danh Cộng tác viên 21: Có mặt"


def test_what_is_said_stays_in_order_and_can_be_moved(sample: Workspace) -> None:
    meeting = _meeting(sample)
    item = meetings.add(sample, AgendaItem(meeting_id=meeting.id, title="Báo cáo"))
    said = [
        meetings.add_entry(sample, meeting.id, agenda_item_id=item.id, speaker_id=None, body=f"Ý kiến {number}")
        for number in (1, 2, 3)
    ]
    meetings.move(sample, said[2], -2)
    assert [each.body for each in sample.children(Entry, meeting_id=meeting.id)] == ["Ý kiến 3", "Ý kiến 1", "Ý kiến 2"]
    assert [each.ordinal for each in sample.children(Entry, meeting_id=meeting.id)] == [1, 2, 3]
    before = sample.revision
    meetings.move(sample, sample.get(Entry, said[2].id), -1)
    assert sample.revision == before


def test_the_dossier_of_the_sample_meeting_holds_everything(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    dossier = meetings.dossier(sample, meeting.id)
    assert dossier.meeting.held_on == date(2023, 4, 13)
    assert len(dossier.attendees) == 29
    assert [each.attendee.role for each in dossier.attendees].count("collaborator") == 25
    chair = dossier.person(dossier.meeting.chair_id)
    assert chair is not None
    assert chair.address_name == "Ông Trương Thanh Nhàn"
    assert len(dossier.agenda) == 3
    assert len(dossier.conclusions) == len(sample.all(Conclusion)) == 3
    assert dossier.is_sample

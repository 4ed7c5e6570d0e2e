"""The recycle bin: what was deleted is found there, and comes back as it was."""

from __future__ import annotations

from datetime import date

import pytest

from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Entry, Meeting, Task
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import Target, TargetResult
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.services import meetings, record_history
from kc_desktop.services.workspace import Workspace


def _meeting(workspace: Workspace) -> Meeting:
    return workspace.save(Meeting(title="Họp giao ban", held_on=date(2023, 5, 4)))


def _titles(workspace: Workspace) -> list[str]:
    return [each.title for each in record_history.deleted(workspace)]


def test_what_was_deleted_again_by_a_redo_is_in_the_bin(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 07"))
    empty.delete(Person, person.id)
    empty.undo()
    assert _titles(empty) == []
    empty.redo()
    assert _titles(empty) == ["Đại biểu 07"]
    record_history.restore(empty, record_history.deleted(empty)[0])
    assert empty.get(Person, person.id) == person


def test_what_an_undo_took_back_is_not_in_the_bin(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 07"))
    empty.undo()
    assert _titles(empty) == []


def test_a_long_record_deleted_later_does_not_push_others_out_of_the_bin(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 07"))
    empty.delete(Person, person.id)
    meeting = _meeting(empty)
    with empty.change("Ghi kết luận"):
        for number in range(600):
            empty.save(Conclusion(meeting_id=meeting.id, ordinal=number, body=f"Kết luận {number}"))
    empty.delete(Meeting, meeting.id)
    assert _titles(empty) == ["4/5/2023", "Đại biểu 07"]


def test_a_part_deleted_beside_another_whole_is_named(empty: Workspace) -> None:
    kept, other = _meeting(empty), _meeting(empty)
    part = empty.save(Conclusion(meeting_id=kept.id, body="Giữ nguyên tiến độ"))
    empty.save(Conclusion(meeting_id=other.id, body="Không ai tìm"))
    with empty.change("Xóa hai thứ"):
        empty.delete(Conclusion, part.id)
        empty.delete(Meeting, other.id)
    assert _titles(empty) == ["4/5/2023", "Giữ nguyên tiến độ"]


def test_links_that_a_deletion_emptied_come_back_with_the_record(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    before = sample.children(Entry, meeting_id=meeting.id)
    item = sample.children(AgendaItem, meeting_id=meeting.id)[1]
    assert any(each.agenda_item_id == item.id for each in before)
    sample.delete(AgendaItem, item.id)
    record_history.restore(sample, record_history.deleted(sample)[0])
    assert sample.children(Entry, meeting_id=meeting.id) == before
    sample.undo()
    assert all(each.agenda_item_id != item.id for each in sample.children(Entry, meeting_id=meeting.id))
    sample.redo()
    sample.delete(Meeting, meeting.id)
    record_history.restore(sample, record_history.deleted(sample)[0])
    assert sample.children(Entry, meeting_id=meeting.id) == before


def test_a_result_counts_for_its_project_again_when_the_project_is_restored(sample: Workspace) -> None:
    project = sample.save(Project(name="Đề án thử", year=2023))
    target = sample.all(Target)[0]
    result = sample.save(
        TargetResult(target_id=target.id, happened_on=date(2023, 1, 1), quantity=1, project_id=project.id)
    )
    sample.delete(Project, project.id)
    record_history.restore(sample, record_history.deleted(sample)[0])
    assert sample.get(TargetResult, result.id) == result


def test_a_link_given_anew_meanwhile_stays_as_it_was_given(empty: Workspace) -> None:
    meeting = _meeting(empty)
    first = empty.save(AgendaItem(meeting_id=meeting.id, title="Báo cáo"))
    second = empty.save(AgendaItem(meeting_id=meeting.id, title="Thảo luận"))
    entry = empty.save(Entry(meeting_id=meeting.id, agenda_item_id=first.id, body="Nhất trí"))
    empty.delete(AgendaItem, first.id)
    empty.save(Entry(id=entry.id, meeting_id=meeting.id, agenda_item_id=second.id, body="Nhất trí"))
    record_history.restore(empty, record_history.deleted(empty)[0])
    assert empty.get(Entry, entry.id).agenda_item_id == second.id


def test_a_record_comes_back_without_the_link_to_what_is_gone_since(empty: Workspace) -> None:
    meeting = _meeting(empty)
    item = empty.save(AgendaItem(meeting_id=meeting.id, title="Báo cáo"))
    entry = empty.save(Entry(meeting_id=meeting.id, agenda_item_id=item.id, body="Nhất trí"))
    empty.delete(Entry, entry.id)
    empty.delete(AgendaItem, item.id)
    (bin_item,) = (each for each in record_history.deleted(empty) if each.table == "entry")
    record_history.restore(empty, bin_item)
    assert empty.get(Entry, entry.id) == Entry(id=entry.id, meeting_id=meeting.id, body="Nhất trí")


def test_a_part_is_not_restored_before_its_whole_and_the_message_says_so(empty: Workspace) -> None:
    meeting = _meeting(empty)
    task = empty.save(Task(meeting_id=meeting.id, body="Lập kế hoạch"))
    empty.delete(Task, task.id)
    empty.delete(Meeting, meeting.id)
    part = next(each for each in record_history.deleted(empty) if each.table == "task")
    with pytest.raises(KnownError, match="cuộc họp mà nó gắn với cũng đã bị xóa") as caught:
        record_history.restore(empty, part)
    assert "Khôi phục cuộc họp đó trước" in caught.value.remedy
    record_history.restore(empty, next(each for each in record_history.deleted(empty) if each.table == "meeting"))
    record_history.restore(empty, part)
    assert empty.get(Task, task.id) == task


def test_a_record_whose_place_is_taken_is_not_restored_and_nothing_else_changes(empty: Workspace) -> None:
    meeting, person = _meeting(empty), empty.save(Person(name="Đại biểu 07"))
    first = meetings.invite_person(empty, meeting.id, person.id)
    empty.delete(Attendee, first.id)
    second = meetings.invite_person(empty, meeting.id, person.id)
    revision = empty.revision
    with pytest.raises(KnownError, match="đứng ở chỗ đó"):
        record_history.restore(empty, record_history.deleted(empty)[0])
    assert empty.children(Attendee, meeting_id=meeting.id) == (second,)
    assert empty.revision == revision

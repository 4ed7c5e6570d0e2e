"""One history: undo, redo, the recycle bin, the audit trail and the chain of hashes."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kc_desktop.domain.meeting import AgendaItem, Attendee, Entry, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.storage import data_file, health, history, records, recycle_bin
from kc_desktop.storage.data_file import DataFile
from tests.storage.helpers import USER, content, new_file, put, redo, undo


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[DataFile]:
    file = new_file(tmp_path)
    yield file
    file.close()


def test_undo_and_redo_go_through_every_step_and_come_back(opened: DataFile) -> None:
    states = [content(opened.connection)]
    person = put(opened, Person(name="Cộng tác viên 01"))
    states.append(content(opened.connection))
    with opened.change("Sửa"):
        records.update(opened.connection, dataclasses.replace(person, phone="0912345678"))
    states.append(content(opened.connection))
    with opened.change("Xóa"):
        records.delete(opened.connection, Person, person.id)
    states.append(content(opened.connection))
    for state in reversed(states[:-1]):
        undo(opened)
        assert content(opened.connection) == state
    assert history.next_undo(opened.connection) is None
    for state in states[1:]:
        redo(opened)
        assert content(opened.connection) == state
    assert history.next_redo(opened.connection) is None
    assert health.problems(opened) == ()


def test_undo_works_after_the_file_was_closed_and_opened_again(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    empty = content(file.connection)
    put(file, Person(name="Cộng tác viên 01"))
    file.close()
    again = data_file.open_file(file.path, USER)
    undo(again)
    assert content(again.connection) == empty
    again.close()
    third = data_file.open_file(file.path, USER)
    redo(third)
    assert [each.name for each in records.fetch_all(third.connection, Person)] == ["Cộng tác viên 01"]
    third.close()


def test_undo_goes_on_behind_what_a_new_version_of_the_program_put_into_the_file(opened: DataFile) -> None:
    empty = content(opened.connection)
    put(opened, Person(name="Cộng tác viên 01"))
    with opened.change("Nạp quy định", kind="start"):
        brought = records.insert(opened.connection, Person(name="Cộng tác viên 02"))
    undo(opened)
    assert records.fetch_all(opened.connection, Person) == (brought,)
    assert history.next_undo(opened.connection) is None
    redo(opened)
    assert content(opened.connection) != empty
    assert len(records.fetch_all(opened.connection, Person)) == 2
    assert health.problems(opened) == ()


def test_something_new_after_an_undo_leaves_nothing_to_redo(opened: DataFile) -> None:
    put(opened, Person(name="Cộng tác viên 01"))
    undo(opened)
    put(opened, Person(name="Cộng tác viên 02"))
    assert history.next_redo(opened.connection) is None
    undo(opened)
    assert history.next_undo(opened.connection) is None


def test_deleting_a_meeting_deletes_its_parts_and_undo_brings_all_of_them_back(opened: DataFile) -> None:
    person = put(opened, Person(name="Đại biểu 01"))
    meeting = put(opened, Meeting(title="Họp", held_on=date(2023, 4, 13), chair_id=person.id))
    item = put(opened, AgendaItem(meeting_id=meeting.id, title="Báo cáo", ordinal=1))
    put(opened, Attendee(meeting_id=meeting.id, person_id=person.id))
    put(opened, Entry(meeting_id=meeting.id, agenda_item_id=item.id, speaker_id=person.id, body="Ý kiến"))
    before = content(opened.connection)
    with opened.change("Xóa cuộc họp"):
        records.delete(opened.connection, Meeting, meeting.id)
    assert records.fetch_all(opened.connection, Entry) == ()
    undo(opened)
    assert content(opened.connection) == before


def test_a_deleted_record_comes_back_from_the_bin_with_its_parts_even_after_other_work(opened: DataFile) -> None:
    meeting = put(opened, Meeting(title="Họp", held_on=date(2023, 4, 13)))
    put(opened, AgendaItem(meeting_id=meeting.id, title="Báo cáo", ordinal=1))
    before = content(opened.connection)
    with opened.change("Xóa cuộc họp"):
        records.delete(opened.connection, Meeting, meeting.id)
    put(opened, Person(name="Đại biểu 02"))
    (item,) = recycle_bin.deleted(opened.connection)
    assert (item.table, item.record_id) == ("meeting", meeting.id)
    with opened.change("Khôi phục"):
        recycle_bin.restore(opened.connection, item)
    after = content(opened.connection)
    assert (after["meeting"], after["agenda_item"]) == (before["meeting"], before["agenda_item"])
    assert recycle_bin.deleted(opened.connection) == ()
    assert health.problems(opened) == ()


def test_an_id_is_never_used_again(opened: DataFile) -> None:
    first = put(opened, Person(name="Đại biểu 01"))
    undo(opened)
    second = put(opened, Person(name="Đại biểu 02"))
    assert second.id > first.id


def test_a_write_outside_a_change_is_refused(opened: DataFile) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no change is open"):
        opened.connection.execute("INSERT INTO person (name) VALUES ('Đại biểu 01')")
    assert records.fetch_all(opened.connection, Person) == ()


def test_a_change_that_touches_nothing_leaves_no_step(opened: DataFile) -> None:
    person = put(opened, Person(name="Đại biểu 01"))
    newest = history.newest(opened.connection)
    with opened.change("Lưu mà không sửa gì"):
        records.update(opened.connection, person)
    assert history.newest(opened.connection) == newest


def test_a_change_that_fails_keeps_nothing_of_it(opened: DataFile) -> None:
    before = content(opened.connection)

    def insert_and_fail() -> None:
        with opened.change("Nửa chừng"):
            records.insert(opened.connection, Person(name="Đại biểu 01"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        insert_and_fail()
    assert content(opened.connection) == before
    assert not opened.is_changing
    put(opened, Person(name="Đại biểu 02"))


def test_every_step_of_a_record_is_told_with_who_and_where(opened: DataFile) -> None:
    person = put(opened, Person(name="Đại biểu 01"), "Thêm người")
    with opened.change("Sửa người"):
        records.update(opened.connection, dataclasses.replace(person, post="Chủ tịch"))
    newest, oldest = recycle_bin.steps_of(opened.connection, "person", person.id)
    assert (oldest.change.label, newest.change.label) == ("Thêm người", "Sửa người")
    assert (newest.change.who, newest.change.pc) == ("Phòng KT", "PC-01")
    assert newest.row.before is not None
    assert newest.row.after is not None
    assert (newest.row.before["post"], newest.row.after["post"]) == ("", "Chủ tịch")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE change SET label = 'khác' WHERE id = 2",
        "UPDATE change_row SET after = replace(after, '02', '09') WHERE change_id = 2",
        "DELETE FROM change_row WHERE change_id = 2",
        "UPDATE change SET who = 'ai đó' WHERE id = 1",
        "UPDATE change SET hash = (SELECT hash FROM change WHERE id = 1) WHERE id = 3",
    ],
)
def test_tampering_with_the_history_breaks_the_chain(opened: DataFile, tampering: str) -> None:
    for number in (1, 2, 3):
        put(opened, Person(name=f"Đại biểu {number:02d}"))
    assert history.broken_link(opened.connection) is None
    opened.connection.execute(tampering)
    assert history.broken_link(opened.connection) is not None


def test_the_hash_of_a_step_is_made_of_its_rows_as_json_writes_them(opened: DataFile) -> None:
    odd = 'Hộ "Cơ sở 07" \\ \n\t\x01\x7f\u2028 😀 \\" {"a": [1]}'
    person = put(opened, Person(name="Cộng tác viên 07", note=odd))
    with opened.change("Sửa"):
        records.update(opened.connection, dataclasses.replace(person, note=odd[::-1]))
    for change_id in range(1, history.newest(opened.connection) + 1):
        earlier = opened.connection.execute("SELECT hash FROM change WHERE id = ?", (change_id - 1,)).fetchone()
        head = opened.connection.execute(
            "SELECT uuid, at, who, pc, label, kind, target FROM change WHERE id = ?", (change_id,)
        ).fetchone()
        rows = opened.connection.execute(
            "SELECT table_name, row_id, before, after FROM change_row WHERE change_id = ? ORDER BY id", (change_id,)
        )
        words = (earlier[0] if earlier else "") + "".join(
            json.dumps(each, ensure_ascii=False) for each in (head, *rows)
        )
        assert history.digest(opened.connection, change_id) == hashlib.sha256("".join(words).encode()).hexdigest()


def test_the_bytes_of_a_paper_survive_undo_and_redo(opened: DataFile) -> None:
    pdf = bytes(range(256))
    with opened.change("Lưu văn bản"):
        opened.connection.execute("INSERT INTO paper (kind) VALUES ('meeting-minutes')")
        opened.connection.execute("INSERT INTO paper_file (paper_id, pdf) VALUES (1, ?)", (pdf,))
    undo(opened)
    redo(opened)
    assert opened.connection.execute("SELECT pdf FROM paper_file").fetchall() == [(pdf,)]


_NAMES = st.sampled_from(["Cộng tác viên 01", "Cộng tác viên 02", 'Đại biểu "03"', "Đại biểu \\04", "Cơ sở ‘05’ 😀"])


class UndoRedo(RuleBasedStateMachine):
    """Any mixture of inserts, updates, deletes, undos and redos: undo and redo always land on the remembered state."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = contextlib.ExitStack()

    @initialize()
    def start(self) -> None:
        import tempfile

        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self.file = new_file(Path(folder))
        self._stack.callback(self.file.close)
        self.done: list[Any] = [content(self.file.connection)]
        self.undone: list[Any] = []

    def _after(self) -> None:
        now = content(self.file.connection)
        if now != self.done[-1]:
            self.done.append(now)
            self.undone.clear()

    @rule(name=_NAMES)
    def insert(self, name: str) -> None:
        put(self.file, Person(name=name))
        self._after()

    @rule(name=_NAMES, number=st.integers(1, 3))
    def insert_meeting(self, name: str, number: int) -> None:
        with self.file.change("Thêm cuộc họp"):
            meeting = records.insert(self.file.connection, Meeting(title=name, held_on=date(2023, 1, number)))
            for place in range(number):
                records.insert(self.file.connection, AgendaItem(meeting_id=meeting.id, title=name, ordinal=place))
        self._after()

    @rule(name=_NAMES, which=st.integers(0, 20))
    def update(self, name: str, which: int) -> None:
        people = records.fetch_all(self.file.connection, Person)
        if people:
            with self.file.change("Sửa"):
                chosen = people[which % len(people)]
                records.update(self.file.connection, dataclasses.replace(chosen, name=name, birth_year=which))
            self._after()

    @rule(which=st.integers(0, 20))
    def delete(self, which: int) -> None:
        meetings = records.fetch_all(self.file.connection, Meeting)
        if meetings:
            with self.file.change("Xóa"):
                records.delete(self.file.connection, Meeting, meetings[which % len(meetings)].id)
            self._after()

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def undo(self) -> None:
        undo(self.file)
        self.undone.append(self.done.pop())

    @precondition(lambda self: bool(self.undone))
    @rule()
    def redo(self) -> None:
        redo(self.file)
        self.done.append(self.undone.pop())

    @invariant()
    def stands_where_it_should(self) -> None:
        if hasattr(self, "file"):
            assert content(self.file.connection) == self.done[-1]
            assert (history.next_undo(self.file.connection) is not None) == (len(self.done) > 1)
            assert (history.next_redo(self.file.connection) is not None) == bool(self.undone)

    def teardown(self) -> None:
        if hasattr(self, "file"):
            assert health.problems(self.file) == ()
        self._stack.close()


TestUndoRedo = UndoRedo.TestCase
TestUndoRedo.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

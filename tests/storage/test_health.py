"""The check finds what is wrong inside a file, and leaves the file as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.storage import data_file, health
from kc_desktop.storage.instance_lock import InstanceLock
from tests.storage.helpers import USER, new_file, put


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed file with two people in it."""
    file = new_file(tmp_path)
    put(file, Person(name="Cộng tác viên 01"))
    put(file, Person(name="Cộng tác viên 02"))
    file.close()
    return file.path


def _tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for each in statements:
            connection.execute(each)
        connection.commit()


def _problems(path: Path) -> tuple[str, ...]:
    file = data_file.open_file(path, USER)
    try:
        return health.problems(file)
    finally:
        file.close()


def test_a_healthy_file_is_not_written_to(path: Path) -> None:
    before = path.read_bytes()
    assert _problems(path) == ()
    assert path.read_bytes() == before


def test_a_search_table_that_says_something_else_is_found(path: Path) -> None:
    _tamper(
        path,
        "INSERT INTO person_fts (person_fts, rowid, search_key, marked_key) "
        "SELECT 'delete', id, search_key, marked_key FROM person WHERE id = 1",
        "INSERT INTO person_fts (rowid, search_key, marked_key) VALUES (1, 'khac', 'khác')",
    )
    assert _problems(path) == ("Chỉ mục tìm kiếm của bảng person không khớp dữ liệu.",)


def test_a_search_table_that_lacks_a_row_is_found_by_whoever_may_only_read(path: Path) -> None:
    _tamper(
        path,
        "INSERT INTO person_fts (person_fts, rowid, search_key, marked_key) "
        "SELECT 'delete', id, search_key, marked_key FROM person WHERE id = 1",
    )
    lock = InstanceLock.acquire(path, USER)
    assert isinstance(lock, InstanceLock)
    assert _problems(path) == ("Chỉ mục tìm kiếm của bảng person không khớp dữ liệu.",)
    lock.release()


@pytest.mark.parametrize("trigger", ["history_update_person", "search_insert_project", "fund_entry_is_never_edited"])
def test_a_file_that_no_longer_writes_its_history_is_found(path: Path, trigger: str) -> None:
    _tamper(path, f"DROP TRIGGER {trigger}")
    assert _problems(path) == (f"Tệp bị sửa ngoài chương trình: thiếu {trigger}.",)


def test_a_search_table_that_is_not_there_is_found(path: Path) -> None:
    _tamper(path, "DROP TABLE person_fts")
    assert "Chỉ mục tìm kiếm của bảng person không khớp dữ liệu." in _problems(path)

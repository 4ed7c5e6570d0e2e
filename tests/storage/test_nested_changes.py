"""A change inside a change: it joins it, and takes only its own part back when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.storage import health, history, records
from kc_desktop.storage.data_file import DataFile
from tests.storage.helpers import content, new_file, put, undo


def _add(file: DataFile, name: str) -> None:
    records.insert(file.connection, Person(name=name))


def _names(file: DataFile) -> list[str]:
    return [name for (name,) in file.connection.execute("SELECT name FROM person ORDER BY id")]


def _add_a_good_and_a_bad_one(file: DataFile) -> None:
    with file.change("Hai dòng"):
        _add(file, "Cộng tác viên 02")
        _add(file, "")  # the table refuses it


def _fail_two_deep(file: DataFile) -> None:
    with file.change("Ngoài"):
        _add(file, "Cộng tác viên 01")
        with file.change("Giữa"):
            _add(file, "Cộng tác viên 02")
            with file.change("Trong"):
                raise RuntimeError


def _end_as_a_failing_disk_does(file: DataFile) -> None:
    with file.change("Một dòng"):
        file.connection.execute("ROLLBACK")
        raise RuntimeError


def _go_on_after_the_disk_failed(file: DataFile) -> None:
    with file.change("Nạp nhiều dòng"):
        _add(file, "Cộng tác viên 02")
        with pytest.raises(RuntimeError):
            _end_as_a_failing_disk_does(file)
        with pytest.raises(KnownError, match="chưa lưu được gì"), file.change("Dòng sau"):
            _add(file, "Cộng tác viên 03")


def test_an_inner_failure_that_is_caught_leaves_nothing_of_the_inner_change(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    before = content(file.connection)
    with file.change("Nạp nhiều dòng"):
        _add(file, "Cộng tác viên 01")
        with pytest.raises(KnownError, match="chưa hợp lệ"):
            _add_a_good_and_a_bad_one(file)
        with file.change("Dòng sau"):
            _add(file, "Cộng tác viên 03")
    assert _names(file) == ["Cộng tác viên 01", "Cộng tác viên 03"]
    assert health.problems(file) == ()
    undo(file)
    assert content(file.connection) == before
    assert history.next_undo(file.connection) is None
    file.close()


def test_an_inner_failure_that_is_not_caught_takes_everything_back(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    with pytest.raises(RuntimeError):
        _fail_two_deep(file)
    assert _names(file) == []
    put(file, Person(name="Cộng tác viên 03"))
    file.close()


def test_a_change_that_the_disk_ended_half_way_keeps_nothing_even_when_its_failure_is_caught(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    put(file, Person(name="Cộng tác viên 01"))
    with pytest.raises(KnownError, match="chưa lưu được gì"):
        _go_on_after_the_disk_failed(file)
    assert _names(file) == ["Cộng tác viên 01"]
    assert health.problems(file) == ()
    file.close()

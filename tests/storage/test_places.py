"""Where a data file lies, by which name it is reached, and what happens when it is moved under an open program."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from pathlib import Path, PureWindowsPath

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.storage import data_file, health, instance_lock, records
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.instance_lock import InstanceLock
from tests.storage.helpers import USER, new_file, put

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")


@pytest.mark.parametrize(
    "name",
    ["a%20b%.kcdb", "hỏi?mode=ro.kcdb", "số#1.kcdb", "nháy ' & ; $x.kcdb", "  hai  cách .kcdb", "đề án 😀.kcdb"],
)
def test_a_file_of_any_name_is_made_opened_and_written_to(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("no such names there")
    file = new_file(tmp_path, name)
    put(file, Person(name="Cộng tác viên 01"))
    file.close()
    again = data_file.open_file(tmp_path / name, USER)
    assert not again.is_read_only
    assert len(records.fetch_all(again.connection, Person)) == 1
    again.close()
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\Dữ liệu\a b.kcdb", "file:///C:/D%E1%BB%AF%20li%E1%BB%87u/a%20b.kcdb?mode=rw"),
        (r"\\may-chu\KhuyenCong\a.kcdb", "file:////may-chu/KhuyenCong/a.kcdb?mode=rw"),
    ],
)
def test_a_network_path_of_windows_is_no_server_in_the_uri(path: str, uri: str) -> None:
    assert data_file.uri_of(PureWindowsPath(path), "rw") == uri


def test_sqlite_takes_a_uri_of_four_slashes_for_a_path_and_refuses_a_server(tmp_path: Path) -> None:
    file = new_file(tmp_path, "a.kcdb")
    file.close()
    path = file.path.as_posix().lstrip("/")
    if sys.platform != "win32":
        sqlite3.connect(f"file:////{path}?mode=ro", uri=True).close()
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect(f"file://may-chu/{path}?mode=ro", uri=True)


@posix_only
@pytest.mark.parametrize("what", ["deleted", "renamed", "replaced"])
def test_a_file_moved_while_it_is_open_takes_no_save_into_the_void(tmp_path: Path, what: str) -> None:
    file = new_file(tmp_path)
    put(file, Person(name="Cộng tác viên 01"))
    if what == "replaced":
        shutil.copyfile(file.path, tmp_path / "bản sao")
        (tmp_path / "bản sao").replace(file.path)
    elif what == "renamed":
        file.path.rename(tmp_path / "tên khác.kcdb")
    else:
        file.path.unlink()
    with pytest.raises(KnownError, match="bị xóa, đổi tên hoặc thay") as caught:
        put(file, Person(name="Cộng tác viên 02"))
    assert "mở lại" in caught.value.remedy
    file.close()


@posix_only
def test_a_file_reached_by_a_link_is_still_open_once_only(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    (tmp_path / "khác").mkdir()
    link = tmp_path / "khác" / "lối tắt.kcdb"
    link.symlink_to(file.path)
    second = data_file.open_file(link, USER)
    assert second.is_read_only
    second.close()
    file.close()


@posix_only
def test_a_link_to_nothing_is_not_written_over(tmp_path: Path) -> None:
    link = tmp_path / "lối tắt.kcdb"
    link.symlink_to(tmp_path / "ổ mạng chưa nối.kcdb")
    with pytest.raises(KnownError, match="Đã có tệp"):
        data_file.create(link, USER)
    assert link.is_symlink()


@posix_only
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "ống.kcdb"
    os.mkfifo(path)
    with pytest.raises(KnownError, match="không phải tệp dữ liệu"):
        data_file.open_file(path, USER)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        data_file.create(tmp_path / ("a" * 300 + ".kcdb"), USER)
    assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def _be_killed_while_saving(file: DataFile, copy: Path) -> None:
    """Leave in `copy` what a program leaves that is killed in the middle of a save."""
    file.connection.execute("PRAGMA cache_size = 5")
    with file.change("Thêm nhiều"):
        for number in range(500):
            records.insert(file.connection, Person(name=f"Cộng tác viên {number:03d}", note="x" * 2000))
        shutil.copyfile(file.path, copy)
        shutil.copyfile(f"{file.path}-journal", f"{copy}-journal")
        raise RuntimeError


def test_a_save_cut_off_by_a_killed_program_is_told_where_it_cannot_be_taken_back_and_is_where_it_can(
    tmp_path: Path,
) -> None:
    file = new_file(tmp_path, "a.kcdb")
    put(file, Person(name="Cộng tác viên 01"))
    copy = tmp_path / "b.kcdb"
    with pytest.raises(RuntimeError):
        _be_killed_while_saving(file, copy)
    file.close()
    lock = InstanceLock.acquire(copy, USER)
    assert isinstance(lock, InstanceLock)
    with pytest.raises(KnownError, match="bị ngắt giữa chừng") as caught:
        data_file.open_file(copy, USER)
    assert "b.kcdb-journal" in caught.value.remedy
    lock.release()
    again = data_file.open_file(copy, USER)
    assert [each.name for each in records.fetch_all(again.connection, Person)] == ["Cộng tác viên 01"]
    assert health.problems(again) == ()
    again.close()


def test_a_place_that_knows_no_locks_is_told_apart_from_a_file_that_somebody_has_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = new_file(tmp_path)
    file.close()

    def no_locks_here(_stream: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(instance_lock, "_lock", no_locks_here)
    again = data_file.open_file(file.path, USER)
    assert again.holder is None
    assert "không khóa được tệp" in again.read_only_reason
    again.close()

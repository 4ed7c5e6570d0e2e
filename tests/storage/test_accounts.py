"""Two accounts of one PC and one data file: who has it is told, rights are respected, nothing of theirs mixes."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.storage import data_file, records
from kc_desktop.storage.instance_lock import Holder, InstanceLock, lock_path
from tests.storage.helpers import USER, new_file, put

_OTHER_ID = 65534
_OTHER = Holder(who="Kế toán", pc="PC-01", since="")
needs_two_accounts = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can be two accounts"
)


def _as_the_other_account(act: Callable[[], None]) -> None:
    """Act in a process of the other account's; what fails there fails here."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which the child has none of
        child = os.fork()
    if not child:  # everything needed is imported already: the checkout may be closed to that account
        os.close(read)
        try:
            os.setgid(_OTHER_ID)
            os.setuid(_OTHER_ID)
            act()
        except BaseException:
            os.write(write, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    assert told == ""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder both accounts may write to."""
    folder = tmp_path / "Dùng chung"
    folder.mkdir()
    folder.chmod(0o777)
    for each in folder.parents:
        each.chmod(each.stat().st_mode | 0o011)
    return folder


def _shared_file(folder: Path) -> Path:
    file = new_file(folder)
    put(file, Person(name="Đại biểu 01"))
    file.close()
    file.path.chmod(0o666)
    return file.path


@needs_two_accounts
def test_the_second_account_reads_and_is_told_who_has_the_file(shared: Path) -> None:
    path = _shared_file(shared)
    first = data_file.open_file(path, USER)

    def read() -> None:
        second = data_file.open_file(path, _OTHER)
        assert second.is_read_only
        assert "Phòng KT trên máy PC-01" in second.read_only_reason
        assert len(records.fetch_all(second.connection, Person)) == 1
        second.close()

    def write() -> None:
        second = data_file.open_file(path, _OTHER)
        assert not second.is_read_only
        put(second, Person(name="Đại biểu 03"))
        second.close()

    _as_the_other_account(read)
    put(first, Person(name="Đại biểu 02"))
    first.close()
    _as_the_other_account(write)
    assert not lock_path(path).exists()


@needs_two_accounts
def test_a_lock_left_behind_by_the_other_accounts_killed_program_is_no_obstacle(shared: Path) -> None:
    path = _shared_file(shared)
    left = InstanceLock.acquire(path, USER)
    assert isinstance(left, InstanceLock)
    left._stream.close()  # as the system does for a program that was killed
    assert lock_path(path).exists()

    def open_it() -> None:
        second = data_file.open_file(path, _OTHER)
        assert not second.is_read_only
        second.close()

    _as_the_other_account(open_it)


@needs_two_accounts
def test_a_file_of_another_account_without_write_rights_opens_for_reading_with_a_remedy(shared: Path) -> None:
    path = _shared_file(shared)
    path.chmod(0o644)

    def read() -> None:
        second = data_file.open_file(path, _OTHER)
        assert second.is_read_only
        assert "không có quyền ghi" in second.read_only_reason
        assert len(records.fetch_all(second.connection, Person)) == 1
        second.close()

    _as_the_other_account(read)
    assert path.stat().st_uid == 0


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's there")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660, 0o666])
def test_the_lock_is_as_open_to_others_as_the_data_file(tmp_path: Path, mode: int) -> None:
    file = new_file(tmp_path)
    file.close()
    file.path.chmod(mode)
    again = data_file.open_file(file.path, USER)
    assert lock_path(file.path).stat().st_mode & 0o777 == mode
    again.close()

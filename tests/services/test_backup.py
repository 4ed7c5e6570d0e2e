"""When a backup is due, where it goes, and how a file stands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kc_desktop import paths
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import backup
from kc_desktop.services.backup import Reason
from kc_desktop.services.workspace import Workspace

_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def _at(days: float) -> Callable[[], datetime]:
    return lambda: _MORNING + timedelta(days=days)


def _daily(workspace: Workspace, days: float) -> bool:
    return backup.back_up_daily(workspace.path, clock=_at(days))[1] is not None


def test_a_backup_is_due_on_a_day_without_one_when_something_was_saved(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 01"))
    assert _daily(empty, 0)
    empty.save(Person(name="Đại biểu 02"))
    assert not _daily(empty, 0.3), "there is one of today"
    assert _daily(empty, 1)
    assert not _daily(empty, 2), "nothing was saved since"
    empty.undo()
    assert _daily(empty, 2), "taking back is a step too"


def test_a_clock_put_back_does_not_keep_a_backup_from_being_made(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 01"))
    assert _daily(empty, 3650)
    empty.save(Person(name="Đại biểu 02"))
    assert _daily(empty, 0)


def test_another_branch_of_the_history_with_as_many_steps_is_told_from_what_was_backed_up(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 01"))
    first = backup.back_up(empty.path, clock=_at(0)).backup.path
    empty.save(Person(name="Đại biểu 02"))
    backup.back_up(empty.path, clock=_at(1))
    empty.close()
    backup.restore(first, empty.path, clock=_at(2))
    workspace = Workspace.open(empty.path)
    workspace.save(Person(name="Đại biểu 03"))
    assert not backup.look(workspace.path).is_current
    assert _daily(workspace, 3)
    workspace.close()


def test_a_folder_that_is_chosen_is_kept_and_the_list_shows_both(empty: Workspace, tmp_path: Path) -> None:
    empty.save(Person(name="Đại biểu 01"))
    backup.back_up(empty.path, clock=_at(0))
    stick = tmp_path / "USB"
    stick.mkdir()
    backup.choose_folder(empty, stick)
    assert empty.undo_label == "Chọn thư mục sao lưu"
    assert backup.folder_of(empty.path) == stick
    assert backup.back_up(empty.path, clock=_at(1)).backup.path.parent == stick
    assert [each.path.parent.name for each in backup.listed(empty.path)] == ["USB", f"Sao lưu {empty.path.stem}"]
    backup.choose_folder(empty, None)
    assert backup.folder_of(empty.path) == backup.usual_folder(empty.path)
    with pytest.raises(KnownError, match="Không thấy thư mục"):
        backup.choose_folder(empty, tmp_path / "chưa có")


def test_a_stick_that_is_not_there_is_told_and_the_usual_folder_taken(empty: Workspace, tmp_path: Path) -> None:
    empty.save(Person(name="Đại biểu 01"))
    stick = tmp_path / "USB"
    stick.mkdir()
    backup.choose_folder(empty, stick)
    stick.rmdir()
    state = backup.look(empty.path)
    assert state.problem is not None
    assert "USB" in state.problem.message
    done = backup.back_up(empty.path)
    assert done.backup.path.parent == backup.usual_folder(empty.path)
    assert done.instead_of is not None
    with pytest.raises(KnownError):
        backup.back_up(empty.path, to=stick)


def test_carried_on_a_stick_the_folder_is_found_whatever_letter_the_stick_gets(
    empty: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "KC-Desktop.exe"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (tmp_path / "portable.txt").touch()
    assert paths.portable_folder() is not None
    copies = tmp_path / "bản sao"
    copies.mkdir()
    backup.choose_folder(empty, copies)
    assert empty.setting("backup_folder") == "bản sao"
    assert backup.folder_of(empty.path) == copies


def test_the_sample_and_what_is_only_read_are_not_backed_up_by_themselves(empty: Workspace, sample: Workspace) -> None:
    assert backup.is_worth_keeping(empty)
    assert not backup.is_worth_keeping(sample)
    again = Workspace.open(empty.path)
    assert not backup.is_worth_keeping(again)
    again.close()


def test_the_backups_of_a_file_that_is_damaged_or_gone_are_still_listed(empty: Workspace) -> None:
    empty.save(Person(name="Đại biểu 01"))
    backup.back_up(empty.path, Reason.DAILY)
    empty.close()
    empty.path.write_bytes(b"spoilt")
    (there,) = backup.listed(empty.path)
    assert backup.verdict(there.path, empty.path).is_usable
    empty.path.unlink()
    assert backup.listed(empty.path) == (there,)
    assert backup.restore(there.path, empty.path) is None
    Workspace.open(empty.path).close()


def test_sizes_are_written_as_people_read_them() -> None:
    assert backup.size_words(1_234_567) == "1,2 MB"

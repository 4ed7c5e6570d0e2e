"""Backups: where they go, when one is due, making one, judging those there are, putting one back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kc_desktop import paths
from kc_desktop.domain.dates import format_date
from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import SAMPLE_SETTING, Workspace, this_user
from kc_desktop.storage import backup as storage
from kc_desktop.storage import backup_files, data_file, upgrade
from kc_desktop.storage import restore as storage_restore
from kc_desktop.storage.backup import Progress
from kc_desktop.storage.backup_files import Backup, Reason

__all__ = ["Backup", "Done", "Progress", "Reason", "State", "Verdict"]

LATE_AFTER = timedelta(days=7)
_FOLDER_LABEL = "Chọn thư mục sao lưu"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How a data file stands: its backups (the newest first), and whether the newest holds all that was saved.

    `problem` tells that the folder chosen is out of reach.
    """

    folder: Path
    backups: tuple[Backup, ...]
    is_current: bool
    problem: KnownError | None = None

    @property
    def last(self) -> Backup | None:
        """The newest backup."""
        return self.backups[0] if self.backups else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A backup just made, what is wrong with the data file itself, and why it is not in the folder that was chosen."""

    backup: Backup
    faults: tuple[str, ...]
    instead_of: KnownError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a backup is worth, in words."""

    is_usable: bool
    words: str


def _now() -> datetime:
    return datetime.now().astimezone()


def folder_of(path: Path) -> Path:
    """Return the folder a data file's backups go to. Raises KnownError when the file cannot be read."""
    return upgrade.folders_of(path)[0]


def usual_folder(path: Path) -> Path:
    """Return the folder that is used when none is chosen: it lies beside the data file."""
    return backup_files.default_folder(path)


def choose_folder(workspace: Workspace, folder: Path | None) -> None:
    """Keep another folder for the backups of a data file, None for the usual one; a step of the history.

    On a stick that carries the program with itself the folder is kept as seen from the file: drive letters change.
    """
    kept = ""
    if folder is not None and folder != usual_folder(workspace.path):
        if not folder.is_dir():
            raise KnownError(f"Không thấy thư mục {folder}.", "Chọn một thư mục đã có.")
        kept = str(folder.absolute())
        if paths.portable_folder() is not None:
            with contextlib.suppress(ValueError):  # on another drive
                kept = os.path.relpath(folder.absolute(), workspace.path.parent)
    if workspace.setting(upgrade.FOLDER_SETTING) != kept:
        workspace.set_setting(upgrade.FOLDER_SETTING, kept, _FOLDER_LABEL)


def look(path: Path) -> State:
    """Look at a data file's backups; slow where a disk is. Raises KnownError when the file itself cannot be read."""
    folders = upgrade.folders_of(path)
    found: list[Backup] = []
    problem: KnownError | None = None
    for folder in folders:
        try:
            found += backup_files.backups_in(folder, path)
            is_there = folder.is_dir() or folder == folders[-1]
        except OSError:
            is_there = False
        if not is_there:
            problem = KnownError(
                f"Không thấy thư mục sao lưu {folder}.", "Cắm USB hoặc nối lại ổ mạng, hoặc chọn thư mục khác."
            )
    found.sort(key=lambda each: (each.at, each.path.name), reverse=True)
    return State(folder=folders[0], backups=tuple(found), is_current=_is_current(path, found), problem=problem)


def _is_current(path: Path, backups: list[Backup]) -> bool:
    """Tell whether the newest backup holds the last step of the file; a file without any step has nothing to lose."""
    try:
        mark = storage.census_of_file(path).mark
        return not mark or (bool(backups) and storage.census_of_file(backups[0].path).mark == mark)
    except sqlite3.Error:
        return False


def listed(path: Path) -> tuple[Backup, ...]:
    """Return the backups of a data file within reach, the newest first; the file itself may be damaged or gone."""
    try:
        return look(path).backups
    except KnownError:
        try:
            return backup_files.backups_in(usual_folder(path), path)
        except OSError:
            return ()


def status_words(state: State, now: datetime) -> tuple[str, bool]:
    """Return what the status bar says of the last backup, and whether it is late.

    Late is: older than seven days, or never, while something was saved since.
    """
    last = state.last
    if last is None:
        return ("", False) if state.is_current else ("Chưa sao lưu", True)
    days = (now.date() - last.at.date()).days
    day = {0: "hôm nay", 1: "hôm qua"}.get(days) or format_date(last.at.date())
    return f"Sao lưu: {day} {last.at:%H:%M}", not state.is_current and days > LATE_AFTER.days


def size_words(size: int) -> str:
    """Return a size in bytes as people read it: "1,2 MB"."""
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def back_up(
    path: Path,
    reason: Reason = Reason.ASKED,
    *,
    to: Path | None = None,
    clock: Callable[[], datetime] = _now,
    progress: Progress | None = None,
) -> Done:
    """Back a data file up and verify it, into `to` or the file's own folder. Raises KnownError; nothing half is left.

    Where the folder chosen for the file is out of reach the usual one is taken, and `Done` says so.
    """
    if to is not None:
        made = storage.make(path, to, reason, clock=clock, progress=progress)
        return Done(backup=made.backup, faults=made.faults)
    *wanted, usual = upgrade.folders_of(path)
    missed: KnownError | None = None
    for folder in wanted:
        try:
            made = storage.make(path, folder, reason, clock=clock, progress=progress)
        except KnownError as error:
            missed = error
        else:
            return Done(backup=made.backup, faults=made.faults)
    made = storage.make(path, usual, reason, clock=clock, progress=progress)
    return Done(backup=made.backup, faults=made.faults, instead_of=missed)


def back_up_daily(
    path: Path, *, clock: Callable[[], datetime] = _now, progress: Progress | None = None
) -> tuple[State, Done | None]:
    """Back a data file up when there is no backup of today and something was saved since the last one.

    Returns how the file stands afterwards and what was done. Raises KnownError when a backup is due and cannot be made.
    """
    state = look(path)
    today = clock().date()
    if state.is_current or any(each.at.date() == today for each in state.backups):
        return state, None
    done = back_up(path, Reason.DAILY, clock=clock, progress=progress)
    return look(path), done


def is_worth_keeping(workspace: Workspace) -> bool:
    """Tell whether a file is backed up by itself: not the sample, nor one that is only read here."""
    return not workspace.is_read_only and workspace.setting(SAMPLE_SETTING) != "1"


def verdict(backup: Path, data_path: Path) -> Verdict:
    """Read a backup through and tell what it is worth for this data file."""
    try:
        health = storage.health_of_file(backup)
        if health.damage:
            return Verdict(is_usable=False, words="Hỏng")
        if _is_of_another(backup, data_path):
            return Verdict(is_usable=False, words="Của tệp dữ liệu khác")
    except data_file.NewerFileError:
        return Verdict(is_usable=False, words="Do bản chương trình mới hơn tạo ra")
    except (KnownError, OSError, sqlite3.Error):
        return Verdict(is_usable=False, words="Không đọc được")
    return Verdict(is_usable=True, words="Tốt" if not health.faults else f"Đọc được. {' '.join(health.faults)}")


def _is_of_another(backup: Path, data_path: Path) -> bool:
    try:
        present = storage.census_of_file(data_path).lineage
    except sqlite3.Error:
        return False
    other = storage.census_of_file(backup).lineage
    return bool(present and other) and present != other


def restore(backup: Path, path: Path, *, clock: Callable[[], datetime] = _now) -> Path | None:
    """Put a backup in the place of a data file that nobody has open; return the backup made of what stood there.

    Raises KnownError; the file is as it was then.
    """
    try:
        folders = upgrade.folders_of(path)
    except KnownError:  # not there, or damaged
        folders = (usual_folder(path),)
    reachable = [each for each in folders if each.is_dir()]
    return storage_restore.restore(backup, path, this_user(), (reachable or folders[-1:])[0], clock=clock)

"""The names of backups, which of them are there, and which are kept.

A backup is named after its data file, the moment to the second and the reason:
`Khuyến công – sao lưu 2026-11-23 08.47.58 hằng ngày.kcdb`.
"""

from __future__ import annotations

import contextlib
import enum
import os
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kc_desktop.storage.data_file import BACKUP_MARK, SUFFIX

KEPT_DAYS = 14
KEPT_WEEKS = 8
KEPT_MONTHS = 24
_LONGEST_STEM = 120
"""Bytes of UTF-8: most systems allow 255 for a whole name."""

_PART = ".part"
_NEW = ".new"
_STALE_AFTER = timedelta(days=1)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_AT = "%Y-%m-%d %H.%M.%S"


class Reason(enum.StrEnum):
    """Why a backup was made, in the words of its name."""

    DAILY = "hằng ngày"
    ASKED = "theo yêu cầu"
    PROGRAM_UPDATE = "trước khi cập nhật"
    DATA_UPGRADE = "trước khi nâng cấp dữ liệu"
    RESTORE = "trước khi phục hồi"
    DAMAGED = "tệp hỏng trước khi phục hồi"


_ALWAYS_KEPT = frozenset({Reason.PROGRAM_UPDATE, Reason.DATA_UPGRADE, Reason.RESTORE, Reason.DAMAGED})
_NAME = re.compile(
    rf"(?P<stem>.+){re.escape(BACKUP_MARK)}(?P<at>\d{{4}}-\d\d-\d\d \d\d\.\d\d\.\d\d)(-\d+)? "
    rf"(?P<reason>{'|'.join(Reason)}){re.escape(SUFFIX)}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup on a disk: when it was made (local, to the second), why, and its size in bytes."""

    path: Path
    at: datetime
    reason: Reason
    size: int


def stem_of(data_path: Path) -> str:
    """Return what the names of a data file's backups begin with: its name, made safe for a stick of any system."""
    stem = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", data_path.stem))
    while len(stem.encode(errors="replace")) > _LONGEST_STEM:
        stem = stem[:-1]
    return stem.strip()


def default_folder(data_path: Path) -> Path:
    """Return the folder beside a data file that its backups go to when no other is chosen."""
    return data_path.with_name(f"Sao lưu {stem_of(data_path)}")


def is_backup(path: Path) -> bool:
    """Tell by its name whether a file is a backup."""
    return _NAME.fullmatch(_normal(path)) is not None


def free_name(folder: Path, data_path: Path, at: datetime, reason: Reason) -> Path:
    """Return a name for a backup that nothing in the folder has yet."""
    moment, number = at.strftime(_AT), 1
    while True:
        more = f"-{number}" if number > 1 else ""
        path = folder / f"{stem_of(data_path)}{BACKUP_MARK}{moment}{more} {reason}{SUFFIX}"
        if not path.exists():
            return path
        number += 1


def part_of(path: Path) -> Path:
    """Return the name a backup has while it is being written."""
    return path.with_name(f"{path.name}.{os.getpid()}{_PART}")


def backups_in(folder: Path, data_path: Path) -> tuple[Backup, ...]:
    """Return the backups of a data file in a folder, the newest first; () when the folder is not there.

    Raises OSError when the folder cannot be read.
    """
    found = []
    stem = stem_of(data_path)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in folder.iterdir():
            backup = _read(path, stem)
            if backup is not None:
                found.append(backup)
    return tuple(sorted(found, key=lambda each: (each.at, each.path.name), reverse=True))


def _normal(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name)


def _read(path: Path, stem: str) -> Backup | None:
    fits = _NAME.fullmatch(_normal(path))
    if fits is None or fits["stem"] != stem:
        return None
    try:
        at = datetime.strptime(fits["at"], _AT)
        size = path.stat().st_size
    except (ValueError, OSError):  # no such moment, or gone meanwhile
        return None
    return Backup(path=path, at=at, reason=Reason(fits["reason"]), size=size)


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that need not be kept.

    Kept are: all of the newest day; the newest of each of the last 14 days, 8 weeks and 24 months that have one; every
    one made before an update, an upgrade or a restore. Days are counted by the backups, not by the clock: a clock set
    wrong never empties a folder.
    """
    ordered = sorted(backups, key=lambda each: each.at, reverse=True)
    kept = {each.path for each in ordered if each.reason in _ALWAYS_KEPT or each.at.date() == ordered[0].at.date()}
    ordinary = [each for each in ordered if each.reason not in _ALWAYS_KEPT]
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (KEPT_DAYS, lambda at: at.date()),
        (KEPT_WEEKS, lambda at: at.isocalendar()[:2]),
        (KEPT_MONTHS, lambda at: (at.year, at.month)),
    )
    for number, period in periods:
        newest: dict[Hashable, Path] = {}
        for each in ordinary:
            newest.setdefault(period(each.at), each.path)
        kept.update(list(newest.values())[:number])
    return tuple(each for each in ordinary if each.path not in kept)


def new_of(data_path: Path) -> Path:
    """Return the name of what is to take the place of a data file, while it is being written."""
    return data_path.with_name(f"{data_path.name}.{os.getpid()}{_NEW}")


def remove_stale(folder: Path, data_path: Path, now: datetime) -> None:
    """Take away what was cut off by a power cut, a day later: until then it may still be written."""
    _remove(folder, f"{stem_of(data_path)}{BACKUP_MARK}", _PART, now - _STALE_AFTER)
    _remove(data_path.parent, f"{data_path.name}.", _NEW, now - _STALE_AFTER)


def remove_unfinished(data_path: Path) -> None:
    """Take away what was to take the place of a data file and was cut off. The caller holds the file's lock."""
    _remove(data_path.parent, f"{data_path.name}.", _NEW, None)


def _remove(folder: Path, start: str, ending: str, before: datetime | None) -> None:
    for path in folder.iterdir():
        name = _normal(path)
        is_ours = re.search(rf"\.\d+{re.escape(ending)}(-journal)?$", name)  # with what SQLite left beside it
        if is_ours and name.startswith(unicodedata.normalize("NFC", start)):
            with contextlib.suppress(OSError):
                if before is None or datetime.fromtimestamp(path.stat().st_mtime) < before:
                    path.unlink()

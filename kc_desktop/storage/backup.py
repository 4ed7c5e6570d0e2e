"""Backups of the data file: made while it is open, read back before they count.

A backup is SQLite's online copy, written under another name, verified, then given its own: no half file ever looks like
a backup. Files attached to records lie in a folder beside the data file; `make` copies those that are new into a folder
of the same name beside the backups, which all of them share, and `restore.restore` puts back what is missing.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kc_desktop.errors import KnownError
from kc_desktop.storage import attachments, backup_files, data_file, failures, history
from kc_desktop.storage.backup_files import Backup, Reason
from kc_desktop.storage.data_file import Clock

Progress = Callable[[int, int], None]
"""(pages copied, of how many); may raise to stop the work, which then leaves nothing behind."""

_PAGES = 1000
_BUSY_WAIT_S = 0.25
_MOST_WAITS = 20
_ATTEMPTS = 3
_SHOWN = 3
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""How SQLite says that a file is not what it should be: damaged, none at all, or without the tables it must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found on reading a copy back: `damage` makes it useless; `faults` are the data file's own."""

    damage: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A verified backup, and what is wrong with the data file it is a faithful copy of (in sentences, mostly none)."""

    backup: Backup
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What tells one state of a data file from another.

    `lineage` stays the same for all copies of one file, `mark` changes with every step of the history.
    """

    lineage: str
    mark: str
    rows: tuple[tuple[str, int], ...]


def now() -> datetime:
    """Return this moment, with its offset."""
    return datetime.now().astimezone()


def make(
    data_path: Path,
    folder: Path,
    reason: Reason,
    *,
    clock: Clock = now,
    progress: Progress | None = None,
    is_rotated: bool = True,
) -> Made:
    """Back a data file up into a folder and return the verified backup. May run while the file is open and changed.

    The folder beside the data file is made when it is not there, any other has to be. `is_rotated`: what the new backup
    makes superfluous is then removed. Raises KnownError; nothing half-made is left and nothing removed then.
    """
    at = moment(clock)
    with told(data_path, folder):
        _prepare(folder, data_path)
        target = backup_files.free_name(folder, data_path, at, reason)
        part = backup_files.part_of(target)
        try:
            faults = copy_verified(data_path, part, progress)
            left_out = _copy_attached(part, data_path, folder)
            part.rename(target)
        finally:
            remove(part)
        sync_folder(folder)
        made = Backup(path=target, at=at, reason=reason, size=target.stat().st_size)
        if is_rotated and not faults:
            _rotate(made, data_path)
    return Made(backup=made, faults=(*faults, *left_out))


def _copy_attached(copied: Path, data_path: Path, folder: Path) -> tuple[str, ...]:
    """Copy the attached files the copy points to beside the backups; tell of those that are gone."""
    with contextlib.closing(data_file.connect(copied, "ro")) as connection:
        return attachments.copy_beside(connection, data_path, folder)


def moment(clock: Clock) -> datetime:
    """Return the moment a backup is named after: local, to the second."""
    return clock().replace(tzinfo=None, microsecond=0)


def _prepare(folder: Path, data_path: Path) -> None:
    data_file.refuse_what_is_not_ours(data_path)
    if folder == backup_files.default_folder(data_path):
        folder.mkdir(exist_ok=True)
    elif not folder.is_dir():  # never made: where a stick is missing, it would come to lie on the PC's own disk
        raise KnownError(
            f"Không thấy thư mục sao lưu {folder}.",
            "Cắm USB hoặc nối lại ổ mạng rồi thử lại, hoặc chọn thư mục sao lưu khác.",
        )


def _rotate(made: Backup, data_path: Path) -> None:
    """Remove what need not be kept beside the backup just made, whatever the clock said of the others.

    What cannot be removed, or belongs to another file of the same name, stays.
    """
    folder, lineage = made.path.parent, census_of_file(data_path).lineage
    for each in backup_files.superfluous(backup_files.backups_in(folder, data_path)):
        with contextlib.suppress(OSError, sqlite3.Error):
            if each.path != made.path and census_of_file(each.path).lineage == lineage:
                each.path.unlink()
    with contextlib.suppress(OSError):
        backup_files.remove_stale(folder, data_path, made.at)


# --- copying and reading back ---


def copy_verified(source_path: Path, target: Path, progress: Progress | None = None) -> tuple[str, ...]:
    """Copy a file and read the copy back; return the faults both have. Raises KnownError for a copy that is no good."""
    with contextlib.closing(_reader(source_path)) as source:
        for _ in range(_ATTEMPTS):
            remove(target)
            copy(source, target, progress)
            health = _health_of_copy(target)
            if health.damage:
                break
            there, here = census(source), census_of_file(target)
            if there.mark == here.mark:  # else somebody saved after the copy: once more, to have what can be compared
                health = health if there == here else Health(damage=("rows are missing",), faults=())
                break
        if health.damage:
            _refuse_damaged(source_path, source)
            raise KnownError(
                "Bản sao vừa ghi đọc lại không đúng như tệp gốc nên không giữ lại.",
                "Ổ đĩa nhận có thể hỏng: sao lưu sang ổ đĩa hoặc USB khác.",
            )
    return health.faults


def _refuse_damaged(path: Path, connection: sqlite3.Connection) -> None:
    if health_of(connection).damage:
        raise KnownError(
            f"Tệp {path.name} bị hỏng bên trong nên không sao lưu được thành bản tốt.",
            "Đừng ghi gì thêm vào tệp; phục hồi từ bản sao lưu gần nhất còn tốt.",
        )


def _reader(path: Path) -> sqlite3.Connection:
    """Connect for reading; a save that was cut off is taken back first, as any opening would."""
    try:
        return data_file.connect(path, "ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    return data_file.connect(path, "rw")


def copy(source: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy a database page by page into a new file, while others may go on reading and writing it."""
    target.touch(exist_ok=False)
    waits = 0

    def on_step(status: int, remaining: int, total: int) -> None:
        nonlocal waits
        waits = waits + 1 if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else 0
        if waits > _MOST_WAITS:
            raise KnownError(
                "Tệp dữ liệu đang bị một chương trình khác khóa nên chưa chép được.",
                "Đóng chương trình đang dùng tệp (đồng bộ đám mây, diệt vi-rút) rồi thử lại.",
            )
        if progress is not None:
            progress(total - remaining, total)

    with contextlib.closing(data_file.connect(target, "rw")) as made:
        made.execute("PRAGMA journal_mode = OFF").fetchone()  # a copy that is cut off is thrown away
        source.backup(made, pages=_PAGES, progress=on_step, sleep=_BUSY_WAIT_S)
    with target.open("r+b") as stream:
        os.fsync(stream.fileno())


def census(connection: sqlite3.Connection) -> Census:
    """Count what a file holds, in one moment."""
    connection.execute("BEGIN")
    try:
        first = connection.execute("SELECT uuid FROM change ORDER BY id LIMIT 1").fetchone()
        last = connection.execute("SELECT id, hash FROM change ORDER BY id DESC LIMIT 1").fetchone()
        tables = (*history.tracked_tables(connection), "change", "change_row")
        rows = tuple((each, int(connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0])) for each in tables)
    finally:
        connection.execute("ROLLBACK")
    return Census(lineage=str(first[0]) if first else "", mark=f"{last[0]} {last[1]}" if last else "", rows=rows)


def census_of_file(path: Path) -> Census:
    """Count what a file holds that is not open here. Raises sqlite3.Error."""
    with contextlib.closing(_reader(path)) as connection:
        return census(connection)


def health_of(connection: sqlite3.Connection) -> Health:
    """Read a file through: its pages and indexes, its links, its history. Files of any version can be read so."""
    try:
        damage = [words for (words,) in connection.execute(f"PRAGMA integrity_check({_SHOWN})") if words != "ok"]
        if damage:
            return Health(damage=tuple(damage), faults=())
        faults = []
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
        if dangling:
            faults.append(f"Có {len(dangling)} liên kết tới bản ghi không còn.")
        broken = history.broken_link(connection)
        if broken is not None:
            faults.append(f"Nhật ký bị sửa ngoài chương trình ở bước {broken}.")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in DAMAGE:
            raise
        return Health(damage=(str(error),), faults=())
    return Health(damage=(), faults=tuple(faults))


def health_of_file(path: Path) -> Health:
    """Read a backup through. Raises KnownError for what is not ours or newer, or cannot be read."""
    data_file.refuse_what_is_not_ours(path)
    try:
        return _health_of_copy(path)
    except sqlite3.DatabaseError as error:
        raise (failures.known(error, path) or error) from error


def _health_of_copy(path: Path) -> Health:
    try:
        with contextlib.closing(data_file.connect(path, "ro")) as connection:
            return health_of(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in DAMAGE:
            return Health(damage=(str(error),), faults=())
        raise


# --- files and failures ---


def remove(path: Path) -> None:
    """Take a file away that may not be there, or no longer within reach."""
    with contextlib.suppress(OSError):
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Have the disk keep a new name in a folder; Windows does so by itself."""
    if os.name == "posix":
        with contextlib.suppress(OSError):  # not every file system lets folders be synced
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextlib.contextmanager
def told(source: Path, folder: Path) -> Iterator[None]:
    """Tell failures of reading a file and writing its copy into a folder in words."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        told = _of_folder(error, folder) or failures.known(error, source)
        if told is None:
            raise
        raise told from error


def _of_folder(error: OSError | sqlite3.Error, folder: Path) -> KnownError | None:
    is_system = isinstance(error, OSError)
    number = error.errno if isinstance(error, OSError) else (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if number in ((errno.ENOSPC, errno.EDQUOT) if is_system else (sqlite3.SQLITE_FULL,)):
        return KnownError(
            f"Ổ đĩa chứa thư mục {folder} đã đầy nên chưa ghi được bản sao.",
            "Xóa bớt tệp không dùng trên ổ đĩa đó, hoặc sao lưu sang ổ đĩa khác, rồi thử lại.",
        )
    if number in ((errno.EACCES, errno.EPERM, errno.EROFS) if is_system else (sqlite3.SQLITE_READONLY,)):
        return KnownError(
            f"Không được phép ghi vào thư mục {folder}.",
            "Chọn thư mục khác, hoặc gạt chốt chống ghi của USB, rồi thử lại.",
        )
    if is_system and number in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO):
        return KnownError(
            f"Không thấy thư mục {folder}.",
            "Cắm USB hoặc nối lại ổ mạng rồi thử lại, hoặc chọn thư mục khác.",
        )
    if is_system and number == errno.EEXIST:
        return KnownError(
            f"Không tạo được thư mục {folder}: ở đó đã có một tệp tên như vậy.",
            "Đổi tên tệp đó, hoặc chọn thư mục sao lưu khác.",
        )
    if number == (errno.EIO if is_system else sqlite3.SQLITE_IOERR):
        return KnownError(
            f"Ổ đĩa báo lỗi khi chép vào thư mục {folder}.",
            "Kiểm tra ổ đĩa, dây mạng hoặc USB còn nối, rồi thử lại hoặc chọn ổ đĩa khác.",
        )
    return None

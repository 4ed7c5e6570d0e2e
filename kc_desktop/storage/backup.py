"""Backups of the data file: made while it is open, read back before they count, put back whole.

A backup is SQLite's online copy, written under another name, verified, then given its own: no half file ever looks like
a backup. Files attached to records, once they are kept in a folder beside the data file, are to be copied by `make` and
put back by `restore`, each where it copies the data file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kc_desktop.errors import KnownError
from kc_desktop.storage import backup_files, data_file, failures, history
from kc_desktop.storage.backup_files import Backup, Reason
from kc_desktop.storage.data_file import Clock
from kc_desktop.storage.instance_lock import Holder, InstanceLock

Progress = Callable[[int, int], None]
"""(pages copied, of how many); may raise to stop the work, which then leaves nothing behind."""

_PAGES = 1000
_BUSY_WAIT_S = 0.25
_MOST_WAITS = 20
_ATTEMPTS = 3
_SHOWN = 3
_COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite may have left beside a file; it would apply them to whatever is put in that file's place."""


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


def _now() -> datetime:
    return datetime.now().astimezone()


def make(
    data_path: Path,
    folder: Path,
    reason: Reason,
    *,
    clock: Clock = _now,
    progress: Progress | None = None,
    is_rotated: bool = True,
) -> Made:
    """Back a data file up into a folder and return the verified backup. May run while the file is open and changed.

    The folder beside the data file is made when it is not there, any other has to be. `is_rotated`: what the new backup
    makes superfluous is then removed. Raises KnownError; nothing half-made is left and nothing removed then.
    """
    at = _moment(clock)
    with _told(data_path, folder):
        _prepare(folder, data_path)
        target = backup_files.free_name(folder, data_path, at, reason)
        part = backup_files.part_of(target)
        try:
            faults = _copy_verified(data_path, part, progress)
            part.rename(target)
        finally:
            remove(part)
        sync_folder(folder)
        made = Backup(path=target, at=at, reason=reason, size=target.stat().st_size)
        if is_rotated and not faults:
            _rotate(folder, data_path, at)
    return Made(backup=made, faults=faults)


def _moment(clock: Clock) -> datetime:
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


def _rotate(folder: Path, data_path: Path, now: datetime) -> None:
    """Remove what need not be kept. What cannot be removed, or belongs to another file of the same name, stays."""
    lineage = census_of_file(data_path).lineage
    for each in backup_files.superfluous(backup_files.backups_in(folder, data_path)):
        with contextlib.suppress(OSError, sqlite3.Error):
            if census_of_file(each.path).lineage == lineage:
                each.path.unlink()
    with contextlib.suppress(OSError):
        backup_files.remove_stale_parts(folder, data_path, now)


# --- copying and reading back ---


def _copy_verified(source_path: Path, target: Path, progress: Progress | None) -> tuple[str, ...]:
    """Copy a file and read the copy back; return the faults both have."""
    with contextlib.closing(_reader(source_path)) as source:
        for _ in range(_ATTEMPTS):
            remove(target)
            copy(source, target, progress)
            before, after = census(source), census_of_file(target)
            if before.mark == after.mark:  # else somebody saved between the copy and the count: once more
                break
        with contextlib.closing(data_file.connect(target, "ro")) as made:
            health = health_of(made)
        if health.damage or (before.mark == after.mark and before != after):
            if health_of(source).damage:
                raise KnownError(
                    f"Tệp {source_path.name} bị hỏng bên trong nên không sao lưu được thành bản tốt.",
                    "Đừng ghi gì thêm vào tệp; phục hồi từ bản sao lưu gần nhất còn tốt.",
                )
            raise KnownError(
                "Bản sao vừa ghi đọc lại không đúng như tệp gốc nên không giữ lại.",
                "Ổ đĩa nhận có thể hỏng: sao lưu sang ổ đĩa hoặc USB khác.",
            )
    return health.faults


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
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            raise
        return Health(damage=(str(error),), faults=())
    return Health(damage=(), faults=tuple(faults))


def health_of_file(path: Path) -> Health:
    """Read a backup through. Raises KnownError for what is not ours or newer, or cannot be read."""
    data_file.refuse_what_is_not_ours(path)
    try:
        with contextlib.closing(data_file.connect(path, "ro")) as connection:
            return health_of(connection)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return Health(damage=(str(error),), faults=())
        raise (failures.known(error, path) or error) from error


# --- putting back ---


def restore(backup: Path, data_path: Path, user: Holder, folder: Path, *, clock: Clock = _now) -> Path | None:
    """Put a backup in the place of a data file; return the backup made of what stood there, None when nothing did.

    `user` takes the file's lock meanwhile. At every moment the old or the restored file stands there, whole. Raises
    KnownError; the data file is as it was then.
    """
    data_path = Path(os.path.realpath(data_path))
    _refuse_unfit(backup)
    lock = _locked(data_path, user, clock)
    new = data_path.with_name(f"{data_path.name}.{os.getpid()}.new")
    try:
        with _told(backup, data_path.parent):
            _copy_verified(backup, new, None)
        _refuse_other_lineage(backup, data_path)
        kept = _keep_present(data_path, folder, clock)
        with _told(data_path, data_path.parent):
            if data_path.exists():
                shutil.copymode(data_path, new)
            new.replace(data_path)
            sync_folder(data_path.parent)
    finally:
        remove(new)
        lock.release()
    return kept


def _refuse_unfit(backup: Path) -> None:
    damage = health_of_file(backup).damage
    if damage:
        raise KnownError(
            f"Bản sao lưu {backup.name} bị hỏng nên không phục hồi từ đó được.",
            "Chọn bản sao lưu khác; tệp dữ liệu chưa bị thay đổi gì.",
        )


def _locked(data_path: Path, user: Holder, clock: Clock) -> InstanceLock:
    now = Holder(who=user.who, pc=user.pc, since=clock().isoformat(timespec="minutes"))
    with _told(data_path, data_path.parent):
        lock = InstanceLock.acquire(data_path, now)
    if isinstance(lock, Holder):
        who = f"{lock.who} trên máy {lock.pc}" if lock.who or lock.pc else "một cửa sổ khác"
        raise KnownError(f"Tệp {data_path.name} đang được {who} mở.", "Đóng tệp ở đó rồi phục hồi lại.")
    return lock


def _refuse_other_lineage(backup: Path, data_path: Path) -> None:
    """Refuse to put one office's file over another's, as far as both can be read."""
    try:
        present, other = census_of_file(data_path).lineage, census_of_file(backup).lineage
    except sqlite3.Error:
        return  # nothing there, or damaged: the very thing a backup is for
    if present and other and present != other:
        raise KnownError(
            f"{backup.name} là bản sao lưu của một tệp dữ liệu khác, không phải của {data_path.name}.",
            "Muốn dùng bản này thì phục hồi nó thành một tệp mới, với tên khác.",
        )


def _keep_present(data_path: Path, folder: Path, clock: Clock) -> Path | None:
    """Back up what is about to be replaced, a damaged file as it is, and leave nothing of SQLite's beside it."""
    if not data_path.exists():
        return None
    if _is_sound(data_path):
        return make(data_path, folder, Reason.RESTORE, clock=clock, is_rotated=False).backup.path
    with _told(data_path, folder):
        if folder == backup_files.default_folder(data_path):
            folder.mkdir(exist_ok=True)
        target = backup_files.free_name(folder, data_path, _moment(clock), Reason.DAMAGED)
        part = backup_files.part_of(target)
        companions = [each for each in _COMPANIONS if _beside(data_path, each).exists()]
        try:
            for each in companions:
                shutil.copyfile(_beside(data_path, each), _beside(target, each))
            shutil.copyfile(data_path, part)
            part.rename(target)
        finally:
            remove(part)
        for each in companions:
            _beside(data_path, each).unlink()
    return target


def _is_sound(data_path: Path) -> bool:
    """Tell whether a file can be backed up; what a cut off save left beside it is settled by that."""
    try:
        data_file.refuse_what_is_not_ours(data_path)
    except data_file.NewerFileError:
        raise
    except KnownError:
        return False
    try:
        with contextlib.closing(data_file.connect(data_path, "rw")) as connection:
            return not health_of(connection).damage
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise (failures.known(error, data_path) or error) from error


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


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
def _told(source: Path, folder: Path) -> Iterator[None]:
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
    if number == (errno.EIO if is_system else sqlite3.SQLITE_IOERR):
        return KnownError(
            f"Ổ đĩa báo lỗi khi chép vào thư mục {folder}.",
            "Kiểm tra ổ đĩa, dây mạng hoặc USB còn nối, rồi thử lại hoặc chọn ổ đĩa khác.",
        )
    return None

"""The data file: open it, change it, close it.

    with data_file.change("Thêm đề án"):
        ...                                  # one transaction = one step of the history = one undo

A file that is not ours, newer, damaged, locked or on a full disk is told in words and never altered.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePath

from kc_desktop.errors import KnownError
from kc_desktop.storage import failures, history
from kc_desktop.storage.instance_lock import Holder, InstanceLock
from kc_desktop.storage.schema import APPLICATION_ID, SCHEMA_VERSION

SUFFIX = ".kcdb"
BACKUP_MARK = " – sao lưu "
"""Stands in the name of every backup (see backup_files), which is opened for reading only."""

_BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 8_000
"""So much of a file is kept in memory: most of an office's. SQLite's own 2,000 lose pages that the next save needs."""

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now().astimezone()


class NewerFileError(KnownError):
    """A data file that a newer program made."""


class DataFile:
    """An open data file. One per thread; `holder` names the other instance when this one may only read.

    `upgrade_backup` is the backup made before this opening brought the file to the present version. `is_copy` says that
    an older file that may not be written is shown from a copy in memory, brought to the present version there.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, user: Holder, clock: Clock, lock: InstanceLock | None
    ) -> None:
        self.path = path
        self.connection = connection
        self.user = user
        self.holder: Holder | None = None
        self.read_only_reason = ""
        self.upgrade_backup: Path | None = None
        self.is_copy = False
        self._clock = clock
        self._lock = lock
        self._open_change: int | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written through this opening."""
        return bool(self.read_only_reason)

    @property
    def is_changing(self) -> bool:
        """Whether a change is open."""
        return self._open_change is not None

    def close(self) -> None:
        """Close the file and give its lock back."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    @contextlib.contextmanager
    def change(self, label: str, *, kind: str = "do", target: int | None = None) -> Iterator[int]:
        """Open a change: all of it is kept, or none. A change inside a change joins it.

        Yields the change's id. A change that touched no row leaves no step behind. One that fails inside another takes
        back its own part, whatever the other then makes of the failure. Raises KnownError for what a person can meet:
        a full disk, a lock, a read-only file.
        """
        if self._open_change is not None:
            with self.failures_in_words(), self._part():
                yield self._open_change
            return
        if self.is_read_only:
            raise KnownError("Tệp đang mở chỉ để đọc nên không sửa được.", self.read_only_reason)
        with self.failures_in_words():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._open_change = self._begin(label, kind, target)
                yield self._open_change
                self._refuse_ended()
                self._seal(self._open_change)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._open_change = None

    @contextlib.contextmanager
    def held_in_memory(self) -> Iterator[None]:
        """Let a change write nothing before it is kept: quicker for ten thousands of rows, which must fit in memory."""
        (before,) = self.connection.execute("PRAGMA cache_spill").fetchone()
        self.connection.execute("PRAGMA cache_spill = OFF")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA cache_spill = {before}")

    @contextlib.contextmanager
    def _part(self) -> Iterator[None]:
        self._refuse_ended()
        self.connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO part")
                self.connection.execute("RELEASE part")
            raise
        self._refuse_ended()
        self.connection.execute("RELEASE part")

    def _refuse_ended(self) -> None:
        """Refuse to go on with a change that SQLite itself has taken back, as it does when the disk fails."""
        if not self.connection.in_transaction:
            raise KnownError(
                "Ổ đĩa báo lỗi giữa chừng nên chưa lưu được gì của lần này. Dữ liệu đã lưu trước đó vẫn nguyên.",
                "Kiểm tra ổ đĩa còn chỗ và còn nối, rồi lưu lại.",
            )

    @contextlib.contextmanager
    def failures_in_words(self) -> Iterator[None]:
        """Tell SQLite's failures in words."""
        try:
            yield
        except sqlite3.Error as error:
            told = failures.known(error, self.path)
            if told is None:
                raise
            raise told from error

    def _begin(self, label: str, kind: str, target: int | None) -> int:
        import uuid  # needed by the first change, not by the start

        cursor = self.connection.execute(
            "INSERT INTO change (uuid, at, who, pc, label, kind, target) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                str(uuid.uuid4()),
                self._clock().isoformat(timespec="seconds"),
                self.user.who,
                self.user.pc,
                label,
                kind,
                target,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _seal(self, change_id: int) -> None:
        touched = self.connection.execute("SELECT 1 FROM change_row WHERE change_id = ? LIMIT 1", (change_id,))
        if touched.fetchone() is None:
            self.connection.execute("DELETE FROM change WHERE id = ?", (change_id,))
            return
        self.connection.execute(
            "UPDATE change SET hash = ? WHERE id = ?", (history.digest(self.connection, change_id), change_id)
        )


def create(path: Path, user: Holder, *, clock: Clock = _now) -> DataFile:
    """Make a new, empty data file and open it. Raises KnownError when something stands at `path` already.

    It is made under another name first, so that a failure half-way leaves nothing at `path`.
    """
    making = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        _refuse_what_stands(path)
        making.touch(exist_ok=False)
        connection = connect(making, "rw")
        try:
            from kc_desktop.storage import migrations  # imported only here: it costs the start 80 ms

            migrations.migrate(connection)
        finally:
            connection.close()
        _refuse_what_stands(path)
        making.rename(path)
    except (OSError, sqlite3.Error) as error:
        told = failures.known(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        with contextlib.suppress(OSError):  # gone already, or the place is read-only and it was never there
            making.unlink()
    return open_file(path, user, clock=clock)


def _refuse_what_stands(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise KnownError(f"Đã có tệp {path.name} ở đó.", "Chọn tên khác, hoặc mở tệp đã có.")


def open_file(path: Path, user: Holder, *, clock: Clock = _now, may_upgrade: bool = True) -> DataFile:
    """Open a data file; read-only when another instance has it, it cannot be written to, or it is a backup.

    A file of an older version is backed up and brought to the present one first; where that cannot be (a full disk, no
    right to write, `may_upgrade` not given) it is shown as it would be, for reading, and stays as it is. Raises
    KnownError for a file that is missing, not ours, damaged, or newer than this program.
    """
    try:
        refuse_what_is_not_ours(path)
        own, held, reason = _claim(path, user, clock)
        try:
            opened = _open(path, user, clock, own, reason, may_upgrade=may_upgrade)
        except BaseException:
            if own is not None:
                own.release()
            raise
    except (OSError, sqlite3.Error) as error:
        told = failures.known(error, path)
        if told is None:
            raise
        raise told from error
    opened.holder = held
    return opened


def _claim(path: Path, user: Holder, clock: Clock) -> tuple[InstanceLock | None, Holder | None, str]:
    """Take the lock of a file; return it, else who has it, and why nothing can be written ("" when it can)."""
    if BACKUP_MARK in path.name:
        from kc_desktop.storage import backup_files

        if backup_files.is_backup(path):
            return None, None, _IS_BACKUP
    try:
        lock = InstanceLock.acquire(path, Holder(who=user.who, pc=user.pc, since=_stamp(clock)))
    except OSError:
        return None, None, _NOT_LOCKED
    if isinstance(lock, Holder):
        return None, lock, _held_by(lock)
    return lock, None, _refusal_to_write(path)


def _refusal_to_write(path: Path) -> str:
    """Return why a file cannot be written to, "" when it can. Nobody may have it open: closing it ends POSIX locks.

    Windows tells about rights only when a file is opened: `os.access` asks there for the attribute alone.
    """
    try:
        with path.open("r+b"):
            return ""
    except OSError:
        from kc_desktop.storage import places  # the everyday start does without

        return _NO_RIGHTS if places.lacks_rights(path) else _MARKED_READ_ONLY


_IS_BACKUP = (
    "Đây là bản sao lưu nên chỉ mở để xem. Muốn làm tiếp từ bản này: mở tệp chính, rồi chọn Tệp, Phục hồi từ bản "
    "sao lưu."
)
_NOT_LOCKED = "Thư mục chứa tệp không cho ghi hoặc không khóa được tệp: chép tệp sang thư mục khác rồi mở lại."
_NO_RIGHTS = (
    "Tài khoản đang dùng không có quyền ghi tệp này: nhờ cán bộ tin học cấp quyền, hoặc chép tệp về thư mục "
    "của mình rồi mở lại."
)
_MARKED_READ_ONLY = "Tệp có thuộc tính “Chỉ đọc”: bỏ thuộc tính đó rồi mở lại."


def _open(
    path: Path, user: Holder, clock: Clock, own: InstanceLock | None, reason: str, *, may_upgrade: bool
) -> DataFile:
    connection = connect(path, "ro" if reason else "rw")
    kept: Path | None = None
    is_copy = version_of(connection) < SCHEMA_VERSION
    if is_copy:
        connection.close()
        from kc_desktop.storage import upgrade  # an older file is rare: the everyday start does without

        if not reason and may_upgrade:
            kept, reason = upgrade.upgraded(path, clock)
            is_copy = bool(reason)
        elif not reason:
            reason = "Tệp của bản cũ được xem mà không nâng cấp."
        if own is not None and is_copy:  # whoever can upgrade it may
            own.release()
            own = None
        connection = upgrade.copy_in_memory(path) if is_copy else connect(path, "rw")
    opened = DataFile(path, connection, user, clock, own)
    opened.read_only_reason, opened.upgrade_backup, opened.is_copy = reason, kept, is_copy
    return opened


def _stamp(clock: Clock) -> str:
    return clock().isoformat(timespec="minutes")


def _held_by(held: Holder) -> str:
    who = f"{held.who} trên máy {held.pc}" if held.who or held.pc else "một cửa sổ khác"
    since = held.since[11:16]
    at = f" từ {since}" if since else ""
    return f"Tệp đang được {who} mở{at}: đóng ở đó rồi mở lại để sửa."


def refuse_what_is_not_ours(path: Path) -> None:
    """Judge a file by its first hundred bytes, before SQLite may touch it. Raises KnownError."""
    if path.is_dir():
        raise KnownError(f"{path.name} là một thư mục.", "Chọn tệp dữ liệu có đuôi .kcdb.")
    if not path.exists():
        raise KnownError(f"Không tìm thấy tệp {path}.", "Kiểm tra đường dẫn, ổ mạng hoặc USB rồi mở lại.")
    not_ours = KnownError(
        f"Tệp {path.name} không phải tệp dữ liệu của chương trình.", "Chọn tệp có đuôi .kcdb do chương trình tạo ra."
    )
    if not path.is_file():
        raise not_ours  # a pipe would keep its reader waiting for ever
    with path.open("rb") as stream:
        header = stream.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise not_ours
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise not_ours
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise NewerFileError(
            f"Tệp {path.name} do bản chương trình mới hơn tạo ra (dữ liệu bản {version}, chương trình này đọc tới bản "
            f"{SCHEMA_VERSION}).",
            "Cài bản chương trình mới hơn rồi mở lại; tệp chưa bị thay đổi gì.",
        )


def is_older(path: Path) -> bool:
    """Tell by its first bytes whether a data file is of an older version; False for anything else."""
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except OSError:
        return False
    is_ours = header.startswith(b"SQLite format 3\0") and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    return is_ours and int.from_bytes(header[60:64], "big") < SCHEMA_VERSION


def uri_of(path: PurePath, mode: str) -> str:
    """Return an absolute path as SQLite's URI.

    A URI of Windows names the server of a network path where SQLite allows no name: there the path keeps its slashes.
    """
    uri = path.as_uri()
    return f"{uri if uri.startswith('file:///') else uri.replace('file:', 'file://', 1)}?mode={mode}"


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the schema a file has."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Connect to a file that is there, mode "ro" or "rw", with what every connection of ours needs."""
    connection = sqlite3.connect(uri_of(path.absolute(), mode), uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if mode == "rw":
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def open_beside(opened: DataFile, *, may_write: bool = False) -> DataFile:
    """Open the file of `opened` once more for another thread, to read or, where `opened` may write, to change it too.

    What changes it holds everything in memory until it is kept: who reads the file meanwhile is not kept waiting.
    """
    is_writer = may_write and not opened.is_read_only
    if opened.is_copy:
        from kc_desktop.storage import upgrade

        connection = upgrade.copy_in_memory(opened.path)
    else:
        connection = connect(opened.path, "rw" if is_writer else "ro")
    if is_writer:
        connection.execute("PRAGMA cache_spill = OFF")
    beside = DataFile(opened.path, connection, opened.user, opened._clock, None)
    beside.read_only_reason = "" if is_writer else opened.read_only_reason or "Việc nền chỉ đọc dữ liệu."
    return beside

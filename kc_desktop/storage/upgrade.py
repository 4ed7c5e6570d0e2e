"""Bring a data file of an older version to the present one: backed up and verified, then changed as a copy.

The copy takes the file's place in one step when it is done and verified, so that a power cut at any moment leaves the
old file or the new one. Where the file cannot be replaced it is shown from a copy in memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from kc_desktop.errors import KnownError
from kc_desktop.logs import log
from kc_desktop.storage import backup, backup_files, data_file, failures, settings
from kc_desktop.storage.backup_files import Reason
from kc_desktop.storage.data_file import Clock

FOLDER_SETTING = "backup_folder"
"""The setting of a data file that names its backups' folder, as seen from the file's own; "" for the usual one."""


def folders_of(data_path: Path) -> tuple[Path, ...]:
    """Return the folders a data file's backups go to, the one wanted first; the usual one is the way out.

    Raises KnownError when the file cannot be read.
    """
    usual = backup_files.default_folder(data_path)
    try:
        with contextlib.closing(data_file.connect(data_path, "ro")) as connection:
            chosen = settings.get(connection, FOLDER_SETTING)
    except sqlite3.Error as error:
        raise (failures.known(error, data_path) or error) from error
    return (data_path.parent / chosen, usual) if chosen else (usual,)


def upgraded(path: Path, clock: Clock) -> tuple[Path | None, str]:
    """Back a file up and bring it to the present version; return the backup, or None and why it could not be done.

    The caller holds the file's lock and has no connection to it. The file is untouched when it could not be done.
    """
    try:
        real = Path(os.path.realpath(path))
        kept = _back_up(real, clock)
        _replace_by_migrated(real)
    except KnownError as error:
        return None, f"Tệp của bản chương trình cũ, mở chỉ để xem vì chưa nâng cấp được. {error.message} {error.remedy}"
    return kept, ""


def _back_up(path: Path, clock: Clock) -> Path:
    *wanted, usual = folders_of(path)
    for folder in wanted:
        with contextlib.suppress(KnownError):
            return backup.make(path, folder, Reason.DATA_UPGRADE, clock=clock, is_rotated=False).backup.path
    return backup.make(path, usual, Reason.DATA_UPGRADE, clock=clock, is_rotated=False).backup.path


def _replace_by_migrated(path: Path) -> None:
    new = backup_files.new_of(path)
    try:
        backup_files.remove_unfinished(path)
        with contextlib.closing(data_file.connect(path, "ro")) as source:
            before = backup.health_of(source).faults
            backup.copy(source, new)
        with contextlib.closing(data_file.connect(new, "rw")) as connection:
            _migrate(connection)
            after = backup.health_of(connection)
        if after.damage or set(after.faults) - set(before):
            raise _failed(path)
        shutil.copymode(path, new)
        new.replace(path)
        backup.sync_folder(path.parent)
    except PermissionError as error:  # Windows: a file that is open elsewhere cannot be replaced
        raise KnownError(
            f"Tệp {path.name} đang mở ở cửa sổ hoặc máy khác nên chưa thay được bằng bản nâng cấp.",
            "Đóng tệp ở đó rồi mở lại.",
        ) from error
    except (OSError, sqlite3.Error) as error:
        told = failures.known(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        backup.remove(new)
        backup.remove(new.with_name(f"{new.name}-journal"))


def _migrate(connection: sqlite3.Connection) -> None:
    from kc_desktop.storage import migrations  # imported only here: it costs the start 80 ms

    migrations.migrate(connection)


def _failed(path: Path) -> KnownError:
    log.error("The migrated copy of a data file is not sound")
    return KnownError(
        f"Chưa nâng cấp được dữ liệu của tệp {path.name}; tệp vẫn nguyên như trước.",
        "Tiếp tục dùng bản chương trình cũ và gửi nhật ký lỗi cho người hỗ trợ.",
    )


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """Return a connection to a copy of an older file, brought to the present version in memory.

    Raises sqlite3.Error.
    """
    with contextlib.closing(data_file.connect(path, "ro")) as source:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            source.backup(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection

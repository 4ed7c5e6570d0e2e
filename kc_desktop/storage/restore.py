"""Put a backup in the place of a data file, and keep what stood there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from kc_desktop.errors import KnownError
from kc_desktop.storage import attachments, backup, backup_files, data_file, failures
from kc_desktop.storage.backup_files import Reason
from kc_desktop.storage.data_file import Clock
from kc_desktop.storage.instance_lock import Holder, InstanceLock

_COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite may have left beside a file; it would apply them to whatever is put in that file's place."""


def restore(source: Path, data_path: Path, user: Holder, folder: Path, *, clock: Clock = backup.now) -> Path | None:
    """Put a backup in the place of a data file; return the backup made of what stood there, None when nothing did.

    `user` takes the file's lock meanwhile. At every moment the old or the restored file stands there, whole. Raises
    KnownError; the data file is as it was then.
    """
    data_path = Path(os.path.realpath(data_path))
    _refuse_unfit(source)
    lock = _locked(data_path, user, clock)
    new = backup_files.new_of(data_path)
    try:
        with contextlib.suppress(OSError):
            backup_files.remove_unfinished(data_path)
        with backup.told(source, data_path.parent):
            backup.copy_verified(source, new)
        kept = _keep_present(data_path, folder, clock, source)
        with backup.told(data_path, data_path.parent):
            if data_path.exists():
                shutil.copymode(data_path, new)
            _bring_attached(new, source, data_path)
            new.replace(data_path)
            backup.sync_folder(data_path.parent)
    finally:
        backup.remove(new)
        lock.release()
    return kept


def _bring_attached(new: Path, source: Path, data_path: Path) -> None:
    """Put the attached files beside the data file; what is gone is told by the check of the file."""
    with contextlib.closing(data_file.connect(new, "ro")) as connection:
        attachments.bring_back(connection, source.parent, data_path)


def _refuse_unfit(source: Path) -> None:
    damage = backup.health_of_file(source).damage
    if damage:
        raise KnownError(
            f"Bản sao lưu {source.name} bị hỏng nên không phục hồi từ đó được.",
            "Chọn bản sao lưu khác; tệp dữ liệu chưa bị thay đổi gì.",
        )


def _locked(data_path: Path, user: Holder, clock: Clock) -> InstanceLock:
    now = Holder(who=user.who, pc=user.pc, since=clock().isoformat(timespec="minutes"))
    with backup.told(data_path, data_path.parent):
        lock = InstanceLock.acquire(data_path, now)
    if isinstance(lock, Holder):
        who = f"{lock.who} trên máy {lock.pc}" if lock.who or lock.pc else "một cửa sổ khác"
        raise KnownError(f"Tệp {data_path.name} đang được {who} mở.", "Đóng tệp ở đó rồi phục hồi lại.")
    return lock


def _refuse_other_lineage(source: Path, data_path: Path) -> None:
    """Refuse to put one office's file over another's."""
    present, other = backup.census_of_file(data_path).lineage, backup.census_of_file(source).lineage
    if present and other and present != other:
        raise KnownError(
            f"{source.name} là bản sao lưu của một tệp dữ liệu khác, không phải của {data_path.name}.",
            "Muốn dùng bản này thì phục hồi nó thành một tệp mới, với tên khác.",
        )


def _keep_present(data_path: Path, folder: Path, clock: Clock, source: Path) -> Path | None:
    """Back up what `source` is about to replace, a damaged file as it is; leave nothing of SQLite's beside it."""
    if not data_path.exists():
        return None
    with backup.told(data_path, folder):
        if folder == backup_files.default_folder(data_path):
            folder.mkdir(exist_ok=True)
        target = backup_files.free_name(folder, data_path, backup.moment(clock), Reason.DAMAGED)
        part = backup_files.part_of(target)
        companions = [each for each in _COMPANIONS if _beside(data_path, each).exists()]
        try:
            if companions:  # before SQLite reads the file: it would work what lies beside into it
                for each in companions:
                    shutil.copyfile(_beside(data_path, each), _beside(part, each))
                shutil.copyfile(data_path, part)
            if _is_sound(data_path):
                _refuse_other_lineage(source, data_path)
                return backup.make(data_path, folder, Reason.RESTORE, clock=clock, is_rotated=False).backup.path
            if not companions:
                shutil.copyfile(data_path, part)
            for each in companions:
                _beside(part, each).rename(_beside(target, each))
            part.rename(target)
        finally:
            for each in ("", *companions):
                backup.remove(_beside(part, each))
        for each in companions:
            backup.remove(_beside(data_path, each))
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
            return not backup.health_of(connection).damage
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in backup.DAMAGE:
            return False
        raise (failures.known(error, data_path) or error) from error


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)

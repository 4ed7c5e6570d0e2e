"""Files attached to records: each kept under the SHA-256 of its bytes in a folder beside the data file.

A file is written once and never changed or deleted: an undo, a redo, the recycle bin and every backup may still lead to
it. The same bytes attached twice are kept once.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kc_desktop.errors import KnownError
from kc_desktop.storage import backup_files, failures

_FOLDER_WORD = "Tệp đính kèm"
_PIECE = 1 << 20
_SHOWN = 5
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that is kept: its name in the folder and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file the records point to, by the name people gave it."""

    sha256: str
    name: str
    size: int


def folder_of(data_path: Path) -> Path:
    """Return the folder beside a data file that its attached files are kept in; it may not be there yet."""
    return data_path.with_name(folder_name(data_path))


def folder_name(data_path: Path) -> str:
    """Return what that folder is called, beside the data file and in a folder of backups."""
    return f"{_FOLDER_WORD} {backup_files.stem_of(data_path)}"


def keep(source: Path, folder: Path, most_bytes: int) -> Kept:
    """Copy a file into a folder under its SHA-256, whole or not at all.

    Raises KnownError for what is no file, is larger than `most_bytes`, cannot be read, or cannot be written here.
    """
    try:
        if not source.is_file():
            raise KnownError(
                f"{source.name or source} không phải một tệp đọc được.", "Chọn một tệp, không chọn thư mục hay lối tắt."
            )
        _refuse_large(source.name, source.stat().st_size, most_bytes)
        stream = source.open("rb")
    except OSError as error:
        raise (failures.known(error, source) or error) from error
    with stream:
        return _keep(stream, source.name, folder, most_bytes, source)


def keep_bytes(data: bytes, name: str, folder: Path, most_bytes: int) -> Kept:
    """Keep bytes, such as a picture pasted, the same way."""
    _refuse_large(name, len(data), most_bytes)
    return _keep(io.BytesIO(data), name, folder, most_bytes, folder)


def _refuse_large(name: str, size: int, most_bytes: int) -> None:
    if size > most_bytes:
        weight = f"{size / 1e6:.1f}".replace(".", ",")
        raise KnownError(
            f"{name} nặng {weight} MB, quá {most_bytes // 1_000_000} MB một tệp.",
            "Quét lại ở độ phân giải thấp hơn (200–300 dpi), hoặc tách thành nhiều tệp.",
        )
    if not size:
        raise KnownError(f"{name} là tệp trống.", "Quét hoặc chép lại tệp rồi đính kèm lại.")


def _keep(stream: BinaryIO, name: str, folder: Path, most_bytes: int, told_of: Path) -> Kept:
    made: Path | None = None
    try:
        folder.mkdir(exist_ok=True)
        handle, path = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        made = Path(path)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as target:
            while piece := _read(stream, told_of):
                size += len(piece)
                _refuse_large(name, size, most_bytes)  # a file that grows while it is read
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        kept = folder / digest.hexdigest()
        if not is_whole(kept, digest.hexdigest()):
            made.replace(kept)
        return Kept(sha256=digest.hexdigest(), size=size)
    except OSError as error:
        raise (_not_writable(error, folder) or failures.known(error, folder) or error) from error
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                made.unlink()


def _read(stream: BinaryIO, source: Path) -> bytes:
    try:
        return stream.read(_PIECE)
    except OSError as error:
        raise (failures.known(error, source) or error) from error


def _not_writable(error: OSError, folder: Path) -> KnownError | None:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return KnownError(
            f"Không tạo được thư mục {folder.name}: ở đó đã có một tệp tên như vậy.", "Đổi tên tệp đó rồi đính kèm lại."
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return KnownError(
            f"Không được phép ghi vào thư mục {folder} nên chưa đính kèm được.",
            "Gạt chốt chống ghi của USB, hoặc chép tệp dữ liệu sang thư mục được ghi rồi mở lại.",
        )
    return None


def is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a kept file is there and still has its bytes."""
    return _digest_of(path) == sha256


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def read(folder: Path, wanted: Wanted) -> bytes:
    """Return the bytes of a kept file. Raises KnownError when it is gone or damaged."""
    if not _DIGEST.fullmatch(wanted.sha256):  # a name that would lead elsewhere
        raise _gone(wanted, folder)
    path = folder / wanted.sha256
    try:
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise _gone(wanted, folder) from error
        raise (failures.known(error, path) or error) from error
    if hashlib.sha256(data).hexdigest() != wanted.sha256:
        raise KnownError(
            f"{wanted.name} trong thư mục {folder.name} không còn nguyên vẹn.",
            "Phục hồi từ bản sao lưu gần nhất, hoặc quét và đính kèm lại.",
        )
    return data


def _gone(wanted: Wanted, folder: Path) -> KnownError:
    message = f"Không thấy {wanted.name} trong thư mục {folder.name}."
    other = _under_another_name(wanted, folder)
    if other is not None:
        return KnownError(
            message,
            f"Tệp nằm trong thư mục {other.name}: tệp dữ liệu đã đổi tên, đổi tên thư mục đó thành {folder.name}.",
        )
    return KnownError(
        message, "Thư mục này phải nằm cạnh tệp dữ liệu: chép nó về cùng chỗ, hoặc phục hồi từ bản sao lưu."
    )


def _under_another_name(wanted: Wanted, folder: Path) -> Path | None:
    """Return the folder beside that holds the file, as after the data file alone was renamed; None for none."""
    if not _DIGEST.fullmatch(wanted.sha256):
        return None
    try:
        beside = sorted(folder.parent.glob(f"{_FOLDER_WORD} *"))
        return next((each for each in beside if each != folder and (each / wanted.sha256).is_file()), None)
    except OSError:
        return None


def wanted_by(connection: sqlite3.Connection) -> list[Wanted]:
    """Return every file the records point to, each once."""
    rows = connection.execute("SELECT sha256, min(name), max(size_bytes) FROM attachment GROUP BY sha256 ORDER BY 1")
    return [Wanted(sha256=sha256, name=name, size=size) for sha256, name, size in rows if _DIGEST.fullmatch(sha256)]


def problems(connection: sqlite3.Connection, data_path: Path) -> list[str]:
    """Return which attached files are gone or damaged, in sentences; every one is read through."""
    return [*_told(wanted_by(connection), folder_of(data_path))]


def _told(wanted: list[Wanted], folder: Path) -> Iterator[str]:
    missing = [each for each in wanted if not (folder / each.sha256).is_file()]
    damaged = [each for each in wanted if each not in missing and not is_whole(folder / each.sha256, each.sha256)]
    for found, words in ((missing, "không thấy"), (damaged, "không còn nguyên vẹn")):
        if found:
            names = ", ".join(each.name for each in found[:_SHOWN])
            more = f" và {len(found) - _SHOWN} tệp nữa" if len(found) > _SHOWN else ""
            yield f"Tệp đính kèm {words} trong thư mục {folder.name}: {names}{more}."


def copy_beside(connection: sqlite3.Connection, data_path: Path, folder: Path) -> tuple[str, ...]:
    """Copy the attached files of a data file into a folder of backups, those that are not there yet.

    Returns, in sentences, what is gone or damaged and so could not be copied. Raises OSError and KnownError when the
    folder cannot be written to.
    """
    wanted = wanted_by(connection)
    if not wanted:
        return ()
    return _copy_all(wanted, [folder_of(data_path)], folder / folder_name(data_path))


def bring_back(connection: sqlite3.Connection, backup_folder: Path, data_path: Path) -> tuple[str, ...]:
    """Put the attached files a restored data file points to into its own folder, from beside its backup.

    Returns, in sentences, what could not be found. What stands there whole is left alone.
    """
    wanted = wanted_by(connection)
    if not wanted:
        return ()
    sources = [each for each in sorted(backup_folder.glob(f"{_FOLDER_WORD} *")) if each.is_dir()]
    return _copy_all(wanted, sources, folder_of(data_path))


def _copy_all(wanted: list[Wanted], sources: list[Path], target: Path) -> tuple[str, ...]:
    missing = []
    for each in wanted:
        there = target / each.sha256
        if there.is_file() and there.stat().st_size == each.size:
            continue
        source = next((one / each.sha256 for one in sources if is_whole(one / each.sha256, each.sha256)), None)
        if source is None:
            missing.append(each)
        else:
            keep(source, target, max(each.size, source.stat().st_size))
    if not missing:
        return ()
    names = ", ".join(each.name for each in missing[:_SHOWN])
    more = f" và {len(missing) - _SHOWN} tệp nữa" if len(missing) > _SHOWN else ""
    return (f"Tệp đính kèm không chép được vì đã mất hoặc hỏng: {names}{more}.",)

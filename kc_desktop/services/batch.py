"""Many papers of one kind in one go: all in one file, or a file for each. All are written, or none is.

What a `tell` raises ends the work, so cancelling is an exception of the caller's own; it leaves what was there before.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from kc_desktop.documents.paper import Paper, Tell
from kc_desktop.errors import KnownError
from kc_desktop.services import papers
from kc_desktop.services.papers import Gathered
from kc_desktop.storage import failures

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def together(found: Gathered, parts: Sequence[int], suffix: str, tell: Tell) -> bytes:
    """Return one file with the papers of these parts, each from a new page with its own page numbers.

    `tell` hears after each paper. Raises KnownError for no parts, an unknown part or suffix.
    """
    draw = papers.renderer(suffix)
    first, *rest = [each for part in _some(found, parts) for each in _flat(found.paper(part))]
    return draw(dataclasses.replace(first, followed_by=tuple(rest)), tell=tell)


def write_together(found: Gathered, parts: Sequence[int], path: Path, tell: Tell) -> None:
    """Write one file with the papers of these parts. Raises KnownError as `together` does, and for a full disk."""
    data = together(found, parts, path.suffix, tell)
    with _told(path.parent):
        try:
            papers.write(path, data)
        except KnownError as error:
            if isinstance(error.__cause__, OSError):  # told in the words of a batch
                raise error.__cause__ from None
            raise


def file_names(found: Gathered, parts: Sequence[int], suffix: str) -> list[str]:
    """Return the names `write_each` gives the files of these parts, in order. Raises KnownError for an unknown part."""
    return _distinct([found.file_name(part, suffix.lower()) for part in parts])


def write_each(found: Gathered, parts: Sequence[int], folder: Path, suffix: str, tell: Tell) -> tuple[Path, ...]:
    """Write a file for each of these parts into a folder that is there, and return the files in order.

    Files carry the parts' names; a file of such a name from an earlier run is replaced. `tell` hears after each paper.
    Everything is written beside first and then moved into place; a failure on the way puts back what was there.

    Raises:
        KnownError: for no parts, an unknown part or suffix, a folder that is not there, a full disk.
    """
    draw = papers.renderer(suffix)
    chosen = _some(found, parts)
    names = file_names(found, chosen, suffix)
    with _told(folder):
        made = Path(tempfile.mkdtemp(dir=folder, prefix=".giay-to-"))
        try:
            for done, (part, name) in enumerate(zip(chosen, names, strict=True), start=1):
                _write(made / name, draw(found.paper(part)))
                tell(done, len(chosen))
            return put_in_place(made, folder, names)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _some(found: Gathered, parts: Sequence[int]) -> Sequence[int]:
    if parts:
        return parts
    whom, name = found.kind.each or "bản ghi", found.kind.name
    if not found.parts:
        raise KnownError(f"{name}: chưa có {whom} nào để in bản riêng.", f"Thêm {whom} vào bản ghi này rồi in lại.")
    raise KnownError(f"Chưa chọn {whom} nào để in {name}.", f"Chọn ít nhất một {whom} rồi in lại.")


def _flat(paper: Paper) -> tuple[Paper, ...]:
    """Return a paper and those printed with it one by one: the renderers look one level deep."""
    return (dataclasses.replace(paper, followed_by=()), *(one for each in paper.followed_by for one in _flat(each)))


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names no two of which are one to Windows, which sees no difference of case: the second gets a "(2)"."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, given, count = Path(name), name, 1
        while _seen_as(given) in taken:
            count += 1
            given = f"{path.stem} ({count}){path.suffix}"
        taken.add(_seen_as(given))
        found.append(given)
    return found


def _seen_as(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def put_in_place(made: Path, folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Move the files into the folder; when one cannot be moved, take the others out and put back what was there."""
    before = made / "trước"
    before.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                (folder / name).replace(before / name)
            moved.append(name)
            (made / name).replace(folder / name)
    except BaseException:
        for name in moved:
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
                (before / name).replace(folder / name)
        raise
    return tuple(folder / name for name in names)


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in words why a folder cannot be written to, and that nothing was."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise KnownError(
                f"Ổ đĩa chứa thư mục {folder.name or folder} đã đầy nên chưa ghi tờ nào.",
                "Xóa bớt tệp không dùng trên ổ đĩa đó, hoặc chọn thư mục ở ổ khác, rồi in lại.",
            ) from error
        at = Path(str(error.filename or folder))
        told = failures.known(error, at if at.suffix in papers.SUFFIXES else folder)  # a file open in Word, say
        if told is None:
            raise
        raise told from error

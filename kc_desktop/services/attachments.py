"""Files attached to a record: a scan of the signed sheet, a decision, a photograph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kc_desktop.domain.fields import describe_table
from kc_desktop.domain.paper import Attachment
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import attachments as storage

MOST_BYTES = 50_000_000
"""The largest file that is taken: a scan of a hundred pages at 300 dpi is smaller."""
_LONGEST_NAME = 150
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def folder(workspace: Workspace) -> Path:
    """Return the folder beside the data file that attached files are kept in; it may not be there yet."""
    return storage.folder_of(workspace.path)


def of(workspace: Workspace, table: str, record_id: int) -> tuple[Attachment, ...]:
    """Return the files attached to a record, in the order they were attached."""
    return workspace.children(Attachment, owner_table=table, owner_id=record_id)


def attach(workspace: Workspace, table: str, record_id: int, paths: Sequence[Path]) -> tuple[Attachment, ...]:
    """Attach files to a record; one step of the history, and a file attached already is left out.

    Raises KnownError for a file that cannot be taken; then none is attached.
    """
    _refuse_read_only(workspace)
    _refuse_gone(workspace, table, record_id)
    kept = [(each.name, storage.keep(each, folder(workspace), MOST_BYTES)) for each in paths]
    return _write(workspace, table, record_id, kept)


def attach_bytes(workspace: Workspace, table: str, record_id: int, name: str, data: bytes) -> tuple[Attachment, ...]:
    """Attach bytes that are no file yet, such as a picture pasted. Raises KnownError as `attach` does."""
    _refuse_read_only(workspace)
    _refuse_gone(workspace, table, record_id)
    return _write(workspace, table, record_id, [(name, storage.keep_bytes(data, name, folder(workspace), MOST_BYTES))])


def _refuse_read_only(workspace: Workspace) -> None:
    if workspace.is_read_only:
        raise KnownError("Tệp đang mở chỉ để đọc nên không đính kèm được.", workspace.read_only_reason)


def _refuse_gone(workspace: Workspace, table: str, record_id: int) -> None:
    workspace.get(describe_table(table).cls, record_id)


def _write(
    workspace: Workspace, table: str, record_id: int, kept: Sequence[tuple[str, storage.Kept]]
) -> tuple[Attachment, ...]:
    known = {each.sha256 for each in of(workspace, table, record_id)}
    new: dict[str, tuple[str, storage.Kept]] = {}
    for name, each in kept:
        if each.sha256 not in known:
            new.setdefault(each.sha256, (name, each))
    if not new:
        return ()
    title = workspace.title_of(table, record_id)
    what = f"tệp {next(iter(new.values()))[0]}" if len(new) == 1 else f"{len(new)} tệp"
    with workspace.change(f"Đính kèm {what}: {title}"[:200]):
        return tuple(
            workspace.save(
                Attachment(
                    owner_table=table, owner_id=record_id, name=_name(name), size_bytes=each.size, sha256=each.sha256
                )
            )
            for name, each in new.values()
        )


def _name(name: str) -> str:
    """Return a name fit for any system, its ending kept."""
    clean = clean_line(_NOT_IN_NAMES.sub(" ", name)).strip(" .") or "tệp"
    path = Path(clean)
    return f"{path.stem[: _LONGEST_NAME - len(path.suffix)]}{path.suffix}" if len(clean) > _LONGEST_NAME else clean


def remove(workspace: Workspace, attachment_id: int) -> None:
    """Take a file off its record; an undo brings it back, for the bytes stay in the folder."""
    found = workspace.get(Attachment, attachment_id)
    workspace.delete(Attachment, attachment_id, f"Bỏ tệp đính kèm {found.name}")


def read(workspace: Workspace, attachment_id: int) -> bytes:
    """Return the bytes of an attached file. Raises KnownError when it is gone or damaged."""
    found = workspace.get(Attachment, attachment_id)
    wanted = storage.Wanted(sha256=found.sha256, name=found.name, size=found.size_bytes)
    return storage.read(folder(workspace), wanted)


def save_as(workspace: Workspace, attachment_id: int, path: Path) -> None:
    """Write a copy of an attached file, whole or not at all. Raises KnownError."""
    from kc_desktop.services import papers  # every kind of paper comes with it

    papers.write(path, read(workspace, attachment_id))


def is_there(workspace: Workspace, attachment: Attachment) -> bool:
    """Tell whether the file is in the folder with its size; its bytes are checked when it is opened."""
    path = folder(workspace) / attachment.sha256
    try:
        return path.stat().st_size == attachment.size_bytes
    except OSError:
        return False


def limit_words() -> str:
    """Return how large a file may be: "50 MB"."""
    return f"{MOST_BYTES // 1_000_000} MB"

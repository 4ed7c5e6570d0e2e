"""What may still be written once the minutes of a meeting are closed: tasks get done, petitions answered, no more."""

from __future__ import annotations

import sqlite3
from typing import Any

from kc_desktop.domain.council import CouncilDecision, MeetingVersion
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.errors import KnownError
from kc_desktop.storage import meetings as stored
from kc_desktop.storage import records

_LIVING = {
    Task: frozenset({"state", "done_on", "result"}),
    Petition: frozenset({"answer", "answered_by_id", "answered_on", "is_closed", "due_on"}),
    CouncilDecision: frozenset({"step_id"}),
}
_REOPENING = frozenset({"state", "version"})
_NUMBERING = frozenset({"number", "symbol"})
"""The minutes are numbered when they are issued, which may be after they were closed."""


def check(connection: sqlite3.Connection, record: Any) -> None:
    """Refuse what a closed meeting does not let be written. Raises KnownError."""
    if isinstance(record, MeetingVersion):
        return
    if isinstance(record, Meeting):
        _check_meeting(connection, record)
    elif stored.finalised_meeting_of(connection, record) and not _is_only_lived_on(connection, record):
        raise _closed()


def _check_meeting(connection: sqlite3.Connection, meeting: Meeting) -> None:
    kept = records.fetch(connection, Meeting, meeting.id) if meeting.id else None
    if kept is None or kept.state != "finalised":
        is_closing = meeting.state == "finalised" and (kept is None or kept.state != "finalised")
        if is_closing and not stored.has_version(connection, meeting):
            raise KnownError("Biên bản chưa được chốt.", "Bấm Chốt biên bản ở cuộc họp.")
        return
    changed = _changed(kept, meeting)
    if changed <= _NUMBERING:
        return
    if not (meeting.state == "held" and meeting.version == kept.version + 1 and changed <= _REOPENING):
        raise _closed()


def _is_only_lived_on(connection: sqlite3.Connection, record: Any) -> bool:
    kept = records.fetch(connection, type(record), record.id) if record.id else None
    return kept is not None and _changed(kept, record) <= _LIVING.get(type(record), frozenset())


def _changed(kept: Any, record: Any) -> set[str]:
    names = (each.name for each in describe(type(kept)).fields)
    return {name for name in names if getattr(kept, name) != getattr(record, name)}


def refuse_deleting(connection: sqlite3.Connection, record: Any) -> None:
    """Refuse to delete a closed meeting, a part of it, or one of its closed versions. Raises KnownError."""
    if isinstance(record, MeetingVersion) or stored.finalised_meeting_of(connection, record):
        raise _closed()


def _closed() -> KnownError:
    return KnownError("Biên bản cuộc họp đã chốt nên không sửa được.", "Mở lại biên bản và ghi lý do, rồi sửa.")

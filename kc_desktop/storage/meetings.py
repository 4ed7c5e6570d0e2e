"""Queries about meetings: who belongs to a group, who is asked already, how many came."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any

from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import Meeting
from kc_desktop.storage.network import holds_on_sql

_COLLABORATOR_ON_THE_DAY = f"""
p.id IN (SELECT m.person_id FROM appointment_member AS m JOIN appointment AS a ON a.id = m.appointment_id
WHERE {holds_on_sql()})
"""


def _condition(code: str, meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    """Return who belongs to a group on the day of the meeting: a collaborator is a person whose term holds then."""
    if code == "collaborator" and meeting.held_on is not None:
        return _COLLABORATOR_ON_THE_DAY, (meeting.held_on.isoformat(),) * 2
    return "p.group_code = ?", (code,)


def group_size(connection: sqlite3.Connection, code: str, meeting: Meeting) -> int:
    """Return how many people a group of the directory holds on the day of a meeting."""
    condition, values = _condition(code, meeting)
    (number,) = connection.execute(f"SELECT count(*) FROM person AS p WHERE {condition}", values).fetchone()
    return int(number)


def not_asked_yet(connection: sqlite3.Connection, code: str, meeting: Meeting) -> list[int]:
    """Return the ids of a group's people who are not asked to a meeting yet, in the order of names."""
    condition, values = _condition(code, meeting)
    rows = connection.execute(
        f"SELECT p.id FROM person AS p WHERE {condition} AND p.id NOT IN "
        "(SELECT person_id FROM attendee WHERE meeting_id = ?) ORDER BY p.name_key, p.id",
        (*values, meeting.id),
    )
    return [person_id for (person_id,) in rows]


def next_ordinal(connection: sqlite3.Connection, cls: type[Any], meeting_id: int) -> int:
    """Return the place after the last part of a kind that a meeting has."""
    row = connection.execute(
        f"SELECT coalesce(max(ordinal), 0) + 1 FROM {describe(cls).table} WHERE meeting_id = ?", (meeting_id,)
    )
    return int(row.fetchone()[0])


def keep_minutes(connection: sqlite3.Connection, version_id: int, pdf: bytes) -> None:
    """Keep the bytes of closed minutes. Inside a change."""
    connection.execute("INSERT INTO meeting_version_file (version_id, pdf) VALUES (?, ?)", (version_id, pdf))


def minutes_of(connection: sqlite3.Connection, version_id: int) -> bytes | None:
    """Return the bytes of closed minutes, None when they are not there."""
    row = connection.execute("SELECT pdf FROM meeting_version_file WHERE version_id = ?", (version_id,)).fetchone()
    return None if row is None else bytes(row[0])


def broken_minutes(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return title and version of closed minutes whose bytes are gone or are not those that were closed."""
    rows = connection.execute(
        "SELECT m.title, v.version, v.sha256, f.pdf FROM meeting_version AS v JOIN meeting AS m ON m.id = v.meeting_id"
        " LEFT JOIN meeting_version_file AS f ON f.version_id = v.id ORDER BY v.id"
    )
    return [
        (title, version)
        for title, version, sha256, pdf in rows
        if pdf is None or hashlib.sha256(pdf).hexdigest() != sha256
    ]


def finalised_meeting_of(connection: sqlite3.Connection, record: Any) -> int | None:
    """Return the closed meeting a record is a part of, None when it is part of none or the meeting is open."""
    if isinstance(record, Meeting):
        meeting_id = record.id
    elif hasattr(record, "vote_item_id"):
        row = connection.execute("SELECT meeting_id FROM vote_item WHERE id = ?", (record.vote_item_id,)).fetchone()
        meeting_id = row[0] if row else 0
    else:
        meeting_id = getattr(record, "meeting_id", 0)
    row = connection.execute("SELECT 1 FROM meeting WHERE id = ? AND state = 'finalised'", (meeting_id,)).fetchone()
    return meeting_id if row else None


def has_version(connection: sqlite3.Connection, meeting: Meeting) -> bool:
    """Return whether the minutes of a meeting were closed in its present version."""
    row = connection.execute(
        "SELECT 1 FROM meeting_version WHERE meeting_id = ? AND version = ?", (meeting.id, meeting.version)
    )
    return row.fetchone() is not None


def count_parts(connection: sqlite3.Connection, meeting_id: int) -> tuple[int, int, int, int, int]:
    """Return how many vote items, decisions, parties, attached files and closed versions a meeting has."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM vote_item WHERE meeting_id = :id),"
        " (SELECT count(*) FROM council_decision WHERE meeting_id = :id),"
        " (SELECT count(*) FROM meeting_party WHERE meeting_id = :id),"
        " (SELECT count(*) FROM attachment WHERE owner_table = 'meeting' AND owner_id = :id),"
        " (SELECT count(*) FROM meeting_version WHERE meeting_id = :id)",
        {"id": meeting_id},
    ).fetchone()
    items, decisions, parties, files, versions = row
    return items, decisions, parties, files, versions

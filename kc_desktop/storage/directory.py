"""What the directory keeps of many people at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from kc_desktop.domain.directory import PersonContact, PersonPost
from kc_desktop.storage import records


def posts_of(connection: sqlite3.Connection, people: Iterable[int]) -> tuple[PersonPost, ...]:
    """Return the dated posts of these people."""
    ids = json.dumps(sorted(people))
    return records.fetch_all(connection, PersonPost, "person_id IN (SELECT value FROM json_each(?))", (ids,))


def phones(connection: sqlite3.Connection, people: Iterable[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the further phones of these people, or of everybody, by person; those without any are left out."""
    among = "" if people is None else " AND person_id IN (SELECT value FROM json_each(?))"
    values = () if people is None else (json.dumps(sorted(people)),)
    found: dict[int, tuple[str, ...]] = {}
    for each in records.fetch_all(connection, PersonContact, f"kind = 'phone'{among}", values):
        found[each.person_id] = (*found.get(each.person_id, ()), each.value)
    return found

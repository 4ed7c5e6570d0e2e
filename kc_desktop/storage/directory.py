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


def phones(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return the further phones of everybody who has any, by person."""
    found: dict[int, tuple[str, ...]] = {}
    for each in records.fetch_all(connection, PersonContact, "kind = 'phone'"):
        found[each.person_id] = (*found.get(each.person_id, ()), each.value)
    return found

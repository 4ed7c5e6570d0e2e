"""Two records that are the same one become one: every link to the second leads to the first afterwards.

Where both stand in the same whole (both attend one meeting, both benefit from one project) their two rows become one,
with the amounts of both. Nothing is thrown away: the history keeps each row, and an undo takes all of it apart again.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from typing import Any

from kc_desktop.domain.fields import Field, Kind, RecordType, describe, described_tables
from kc_desktop.domain.meeting import Attendee
from kc_desktop.storage import records

_NAMED_BY_TABLE = (("attachment", "owner_table", "owner_id"), ("paper", "record_table", "record_id"))
"""Links that name a table and a row of it."""
_MORE_TELLING = ("invited", "confirmed", "absent", "excused", "delegate", "present")
"""States of an attendee, the one that says most last."""


def merge(connection: sqlite3.Connection, kept: Any, dropped_id: int) -> None:
    """Write `kept` over its row, lead every link to the dropped record to it, and delete the dropped one."""
    described = describe(type(kept))
    _move_links(connection, described, kept.id, dropped_id)
    records.update(connection, kept)
    records.delete(connection, described.cls, dropped_id)


def _links_to(table: str) -> Iterator[tuple[RecordType, Field]]:
    for described in described_tables().values():
        for spec in described.fields:
            if spec.kind is Kind.LINK and spec.target == table:
                yield described, spec


def _move_links(connection: sqlite3.Connection, described: RecordType, kept_id: int, dropped_id: int) -> None:
    for child, spec in _links_to(described.table):
        for row in records.fetch_all(connection, child.cls, f"{spec.name} = ?", (dropped_id,)):
            current = records.fetch(connection, child.cls, row.id)  # an earlier row of this loop may have changed it
            if current is not None:
                _move_row(connection, child, dataclasses.replace(current, **{spec.name: kept_id}))
    for table, owner, number in _NAMED_BY_TABLE:
        connection.execute(
            f"UPDATE {table} SET {number} = ? WHERE {owner} = ? AND {number} = ?",
            (kept_id, described.table, dropped_id),
        )


def _move_row(connection: sqlite3.Connection, child: RecordType, moved: Any) -> None:
    if isinstance(moved, Attendee) and moved.delegate_id == moved.person_id:
        moved = dataclasses.replace(moved, delegate_id=None, state="present")  # who stood in was the person themselves
    twin = _twin(connection, child, moved)
    if twin is None:
        records.update(connection, moved)
        return
    _move_links(connection, child, twin.id, moved.id)
    records.delete(connection, child.cls, moved.id)
    records.update(connection, _together(child, twin, moved))


def _twin(connection: sqlite3.Connection, child: RecordType, moved: Any) -> Any:
    """Return the row that stands where `moved` would come to stand, None for none."""
    for names in _unique_sets(connection, child.table):
        where = " AND ".join(f"{name} = ?" for name in names)
        values = [records.to_column(getattr(moved, name)) for name in names]
        found = records.fetch_all(connection, child.cls, f"{where} AND id <> ?", (*values, moved.id))
        if found:
            return found[0]
    return None


def _unique_sets(connection: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    indexes = connection.execute(
        "SELECT name FROM pragma_index_list(?) WHERE \"unique\" AND origin <> 'pk' AND NOT partial", (table,)
    ).fetchall()
    return [
        tuple(name for (name,) in connection.execute("SELECT name FROM pragma_index_info(?)", (index,)))
        for (index,) in indexes
    ]


def _together(child: RecordType, first: Any, second: Any) -> Any:
    """Return one row out of two: amounts added up, texts joined, empty fields filled, the more telling attendance."""
    values: dict[str, Any] = {}
    for spec in child.fields:
        one, other = getattr(first, spec.name), getattr(second, spec.name)
        if spec.kind is Kind.MONEY and one is not None and other is not None:
            values[spec.name] = one + other
        elif spec.kind is Kind.FLAG:
            values[spec.name] = one or other
        elif spec.kind is Kind.TEXT and one and other and other not in one:
            values[spec.name] = f"{one}\n{other}"
        elif one in ("", None):
            values[spec.name] = other
    if isinstance(first, Attendee):
        values |= _attendance(first, second)
    return dataclasses.replace(first, **values)


def _attendance(first: Attendee, second: Attendee) -> dict[str, Any]:
    best = max((first, second), key=lambda each: _MORE_TELLING.index(each.state))
    return {"state": best.state, "reason": best.reason or first.reason, "delegate_id": best.delegate_id}

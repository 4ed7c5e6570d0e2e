"""The recycle bin: a deleted row lives on in the history and comes back from there with its parts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

from kc_desktop.domain.fields import described_tables
from kc_desktop.storage import history
from kc_desktop.storage.history import Change, ChangeRow

_SHOWN = 500
"""The bin shows this many of the newest; older ones are still in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedRecord:
    """A record that was deleted and is still gone. `row` is how it stood; `title` and `singular` name it in words."""

    change_id: int
    table: str
    record_id: int
    deleted_at: str
    who: str
    title: str = ""
    singular: str = ""
    row: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in a row's life."""

    change: Change
    row: ChangeRow


def foreign_keys(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Return every foreign key as (table, column, table it points to, what happens on delete)."""
    return [
        (table, row[3], row[2], row[6])
        for table in history.tracked_tables(connection)
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    ]


def who_depends_on(connection: sqlite3.Connection, table: str, record_id: int) -> tuple[tuple[str, int], ...]:
    """Return (table, number of rows) of what would be left hanging if a row and its parts were deleted."""
    keys = foreign_keys(connection)
    doomed: dict[str, set[int]] = {table: {record_id}}
    queue = [table]
    while queue:
        parent = queue.pop()
        for child, column, target, action in keys:
            if target != parent or action != "CASCADE":
                continue
            new = _pointing(connection, child, column, doomed[parent]) - doomed.get(child, set())
            if new:
                doomed.setdefault(child, set()).update(new)
                queue.append(child)
    users: dict[str, set[int]] = {}
    for child, column, target, action in keys:
        if action == "NO ACTION" and target in doomed:
            left = _pointing(connection, child, column, doomed[target]) - doomed.get(child, set())
            users.setdefault(child, set()).update(left)
    return tuple((name, len(ids)) for name, ids in users.items() if ids)


def _pointing(connection: sqlite3.Connection, child: str, column: str, ids: set[int]) -> set[int]:
    rows = connection.execute(
        f"SELECT id FROM {child} WHERE {column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ids)),)
    )
    return {found for (found,) in rows}


def steps_of(connection: sqlite3.Connection, table: str, record_id: int) -> tuple[Step, ...]:
    """Return every step of a row's life, newest first."""
    rows = connection.execute(
        "SELECT c.id, c.at, c.who, c.pc, c.label, c.kind, c.target, r.before, r.after FROM change_row AS r "
        "JOIN change AS c ON c.id = r.change_id WHERE r.table_name = ? AND r.row_id = ? ORDER BY r.id DESC",
        (table, record_id),
    )
    return tuple(
        Step(
            change=Change(id=row[0], at=row[1], who=row[2], pc=row[3], label=row[4], kind=row[5], target=row[6]),
            row=ChangeRow(
                table=table,
                row_id=record_id,
                before=json.loads(row[7]) if row[7] else None,
                after=json.loads(row[8]) if row[8] else None,
            ),
        )
        for row in rows
    )


def deleted(connection: sqlite3.Connection) -> tuple[DeletedRecord, ...]:
    """Return what was deleted by hand and is still gone, newest first; a part deleted with its whole is not named."""
    tables = described_tables()
    owners = {child: target for child, _, target, action in foreign_keys(connection) if action == "CASCADE"}
    rows = connection.execute(
        "SELECT r.change_id, r.table_name, r.row_id, r.before, c.at, c.who FROM change_row AS r "
        "JOIN change AS c ON c.id = r.change_id WHERE r.after IS NULL AND c.kind = 'do' "
        "AND NOT EXISTS (SELECT 1 FROM change_row AS n WHERE n.table_name = r.table_name AND n.row_id = r.row_id "
        "AND n.id > r.id) ORDER BY r.id DESC LIMIT ?",
        (_SHOWN,),
    ).fetchall()
    gone_in: dict[int, set[str]] = {}
    for change_id, table, *_ in rows:
        gone_in.setdefault(change_id, set()).add(table)
    return tuple(
        DeletedRecord(
            change_id=change_id, table=table, record_id=row_id, deleted_at=at, who=who, row=json.loads(before)
        )
        for change_id, table, row_id, before, at, who in rows
        if table in tables and owners.get(table) not in gone_in[change_id]
    )


def restore(connection: sqlite3.Connection, item: DeletedRecord) -> None:
    """Insert a deleted row again, and the rows deleted in the same change that belong to it. Runs inside a change."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    gone = [row for row in history.rows_of(connection, item.change_id) if row.after is None and row.before is not None]
    keys = [
        (child, column, target) for child, column, target, action in foreign_keys(connection) if action == "CASCADE"
    ]
    wanted = {(item.table, item.record_id)}
    grew = True
    while grew:
        belonging = {
            (row.table, row.row_id)
            for row in gone
            for child, column, target in keys
            if row.before is not None and child == row.table and (target, row.before.get(column)) in wanted
        }
        grew = not belonging <= wanted
        wanted |= belonging
    for row in gone:
        if row.before is not None and (row.table, row.row_id) in wanted:
            history.insert_row(connection, row.table, row.before)

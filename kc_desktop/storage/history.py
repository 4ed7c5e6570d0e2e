"""One history, five features: undo and redo, the audit trail, restoring a value, the recycle bin, a chain of hashes.

Triggers write each touched row's before and after (JSON) into the change that is open; nothing else records anything.
Undo applies a change's rows backwards as a new change that points at it, so the history only ever grows. Each change
carries a SHA-256 over its content and the hash of the change before it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from json.encoder import encode_basestring

from kc_desktop.storage import many_rows

_ROWS_HASHED = 500
"""So many rows of a change are read at a time for its hash."""

UNTRACKED = frozenset({"change", "change_row", "_sqlite_migrations", "sqlite_sequence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of the history. `target` is the change an undo or redo works on; times are ISO, local.

    `kind` is "do", "undo", "redo", or "start" for what the program itself puts into a file, at its beginning or with a
    new version: no undo takes that away, and none of an earlier step stops at it.
    """

    id: int
    at: str
    who: str
    pc: str
    label: str
    kind: str
    target: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One row a change touched; `before` is None for a row it made, `after` for one it deleted."""

    table: str
    row_id: int
    before: dict[str, object] | None
    after: dict[str, object] | None


def tracked_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tables whose rows are in the history, by name."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return tuple(
        name for name, sql in rows if name not in UNTRACKED and "_fts" not in name and not sql.startswith("CREATE VIRT")
    )


def _json_of(side: str, columns: list[tuple[str, str]]) -> str:
    parts = (f"'{name}', " + (f"hex({side}.{name})" if kind == "BLOB" else f"{side}.{name}") for name, kind in columns)
    return f"json_object({', '.join(parts)})"


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Take the triggers away, for a migration that writes rows itself; `install_triggers` must follow."""
    old = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'history_*'")
    for (name,) in old.fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def install_triggers(connection: sqlite3.Connection) -> None:
    """Make the triggers anew for every tracked table as it is now. A write outside a change is refused by them."""
    drop_triggers(connection)
    guard = (
        "SELECT RAISE(ABORT, 'no change is open') "
        "WHERE (SELECT hash FROM change ORDER BY id DESC LIMIT 1) IS NOT NULL OR NOT EXISTS (SELECT 1 FROM change);"
    )
    for table in tracked_tables(connection):
        columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
        old_json, new_json = _json_of("old", columns), _json_of("new", columns)
        differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name, _ in columns)
        for event, when, row_id, before, after in (
            ("INSERT", "", "new.id", "NULL", new_json),
            ("UPDATE", f"WHEN {differs} ", "new.id", old_json, new_json),
            ("DELETE", "", "old.id", old_json, "NULL"),
        ):
            connection.execute(
                f"CREATE TRIGGER history_{event.lower()}_{table} AFTER {event} ON {table} {when}BEGIN {guard} "
                f"INSERT INTO change_row (change_id, table_name, row_id, before, after) "
                f"VALUES ((SELECT max(id) FROM change), '{table}', {row_id}, {before}, {after}); END"
            )


def digest(connection: sqlite3.Connection, change_id: int) -> str:
    """Return the SHA-256 of a change: its own words, its rows in order, and the hash of the change before it."""
    import hashlib  # loads OpenSSL, 3 ms that the start can do without

    running = hashlib.sha256()
    previous = connection.execute(
        "SELECT hash FROM change WHERE id < ? ORDER BY id DESC LIMIT 1", (change_id,)
    ).fetchone()
    running.update((previous[0] if previous and previous[0] else "").encode())
    head = connection.execute(
        "SELECT uuid, at, who, pc, label, kind, target FROM change WHERE id = ?", (change_id,)
    ).fetchone()
    running.update(json.dumps(head, ensure_ascii=False).encode())
    rows = connection.execute(
        "SELECT table_name, row_id, before, after FROM change_row WHERE change_id = ? ORDER BY id", (change_id,)
    )
    while part := rows.fetchmany(_ROWS_HASHED):
        running.update("".join([_row_in_json(*row) for row in part]).encode())
    return running.hexdigest()


def _row_in_json(table: str, row_id: int, before: str | None, after: str | None) -> str:
    """Return what `json.dumps` makes of a row, in half the time: an import has them by the ten thousand."""
    was = "null" if before is None else encode_basestring(before)
    became = "null" if after is None else encode_basestring(after)
    return f"[{encode_basestring(table)}, {row_id}, {was}, {became}]"


def rows_of(connection: sqlite3.Connection, change_id: int, *, newest_first: bool = False) -> Iterator[ChangeRow]:
    """Yield the rows a change touched, in the order it touched them or backwards."""
    order = "DESC" if newest_first else "ASC"
    query = f"SELECT table_name, row_id, before, after FROM change_row WHERE change_id = ? ORDER BY id {order}"
    for table, row_id, before, after in connection.execute(query, (change_id,)).fetchall():
        yield ChangeRow(
            table=table,
            row_id=row_id,
            before=json.loads(before) if before else None,
            after=json.loads(after) if after else None,
        )


def touched_tables(connection: sqlite3.Connection, change_id: int) -> frozenset[str]:
    """Return the tables a change touched."""
    rows = connection.execute("SELECT DISTINCT table_name FROM change_row WHERE change_id = ?", (change_id,))
    return frozenset(table for (table,) in rows)


def mark_of_file(connection: sqlite3.Connection) -> str:
    """Return what tells a data file from all others: the mark of its first step, the same in every copy of it."""
    row = connection.execute("SELECT uuid FROM change ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def newest(connection: sqlite3.Connection) -> int:
    """Return the id of the newest change, 0 when there is none."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return int(number)


def last_row(connection: sqlite3.Connection) -> int:
    """Return the id of the newest row of the history, 0 when there is none."""
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM change_row").fetchone()
    return int(number)


def _changes_backwards(connection: sqlite3.Connection) -> Iterator[Change]:
    for row in connection.execute("SELECT id, at, who, pc, label, kind, target FROM change ORDER BY id DESC"):
        yield Change(id=row[0], at=row[1], who=row[2], pc=row[3], label=row[4], kind=row[5], target=row[6])


def next_undo(connection: sqlite3.Connection) -> Change | None:
    """Return the change that an undo would take back: the newest one standing, None when there is none."""
    skip = 0
    for change in _changes_backwards(connection):
        if change.kind == "start":
            continue
        if change.kind == "undo":
            skip += 1
        elif skip:
            skip -= 1
        else:
            return change
    return None


def next_redo(connection: sqlite3.Connection) -> Change | None:
    """Return the undo that a redo would take back; None once anything new was done after the undoing."""
    skip = 0
    for change in _changes_backwards(connection):
        if change.kind in ("start", "do"):
            return None
        if change.kind == "redo":
            skip += 1
        elif skip:
            skip -= 1
        else:
            return change
    return None


def apply_backwards(connection: sqlite3.Connection, change_id: int) -> None:
    """Put every row of a change back to what it was before, newest first. Runs inside the change that records it.

    Rows of one table that follow one another are taken away, or brought back, by one statement: after each statement
    FTS5 writes out what it gathered, and an import has rows by the ten thousand.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for (table, deed), rows in groupby(rows_of(connection, change_id, newest_first=True), _deed):
        if deed == "delete":
            many_rows.delete(connection, table, [row.row_id for row in rows])
        elif deed == "insert":
            _insert_rows(connection, table, [row.before or {} for row in rows])
        else:
            for row in rows:
                _put_back(connection, row)


def _deed(row: ChangeRow) -> tuple[str, str]:
    """Return what taking a row back means: for its table, "delete", "insert" or "update"."""
    return row.table, "delete" if row.before is None else "insert" if row.after is None else "update"


def _put_back(connection: sqlite3.Connection, row: ChangeRow) -> None:
    before, after = row.before or {}, row.after or {}
    changed = [name for name in before if before[name] != after.get(name)]
    assignments = ", ".join(f"{name} = ?" for name in changed)
    values = _values(before, _blob_columns(connection, row.table))
    connection.execute(
        f"UPDATE {row.table} SET {assignments} WHERE id = ?", [*(values[name] for name in changed), row.row_id]
    )


def insert_row(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    """Insert a row as the history remembers it, id included."""
    _insert_rows(connection, table, [row])


def _insert_rows(connection: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows as the history remembers them, all of one change and so of the same columns."""
    blobs = _blob_columns(connection, table)
    many_rows.insert(connection, table, tuple(rows[0]), [tuple(_values(row, blobs).values()) for row in rows])


def _blob_columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    return frozenset(info[1] for info in connection.execute(f"PRAGMA table_info({table})") if info[2] == "BLOB")


def _values(row: dict[str, object], blobs: frozenset[str]) -> dict[str, object]:
    """Return the row's values as SQLite keeps them: a blob comes out of the JSON as hexadecimal."""
    return {
        name: bytes.fromhex(value) if name in blobs and isinstance(value, str) else value for name, value in row.items()
    }


def broken_link(connection: sqlite3.Connection) -> int | None:
    """Return the id of the first change whose hash does not fit its content or its forerunner; None when all fit."""
    for change_id, stored in connection.execute("SELECT id, hash FROM change ORDER BY id").fetchall():
        if stored != digest(connection, change_id):
            return int(change_id)
    return None

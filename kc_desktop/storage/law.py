"""Rows of law that a data file begins with: many at once, and which of them the office has seen or changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kc_desktop.domain.fields import Record, describe
from kc_desktop.storage import records

Key = tuple[str | int | None, ...]
"""What tells one row of law from another, as SQLite keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows of one table, ready to be inserted."""

    sql: str
    values: tuple[tuple[Any, ...], ...]


def batch(rows: Sequence[Record]) -> Batch:
    """Return rows of one table, at least one, ready to be inserted."""
    columns = [records.row_values(each) for each in rows]
    names = tuple(columns[0])
    table = describe(type(rows[0])).table
    return Batch(
        sql=f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        values=tuple(tuple(each.values()) for each in columns),
    )


def insert(connection: sqlite3.Connection, rows: Batch) -> None:
    """Insert rows. Runs inside a change."""
    connection.executemany(rows.sql, rows.values)


def has_ever_held(connection: sqlite3.Connection, table: str) -> bool:
    """Tell whether a table holds a row or ever did."""
    (found,) = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone() or (0,)
    return bool(found)


def keys_ever_held(connection: sqlite3.Connection, table: str, names: Sequence[str]) -> frozenset[Key]:
    """Return the keys of all rows a table holds or ever held: what was changed or deleted keeps its old key here."""
    columns = ", ".join(names)
    found = set(connection.execute(f"SELECT {columns} FROM {table}"))
    for side in ("before", "after"):
        parts = ", ".join(f"json_extract({side}, '$.{name}')" for name in names)
        rows = connection.execute(
            f"SELECT DISTINCT {parts} FROM change_row WHERE table_name = ? AND {side} IS NOT NULL", (table,)
        )
        found |= set(rows)
    return frozenset(found)


def untouched(connection: sqlite3.Connection, table: str, names: Sequence[str]) -> dict[Key, int]:
    """Return the id of each row that nothing but a start of the file has written, by its key."""
    columns = ", ".join(f"t.{name}" for name in names)
    rows = connection.execute(
        f"SELECT {columns}, t.id FROM {table} AS t WHERE NOT EXISTS (SELECT 1 FROM change_row AS r "
        "JOIN change AS c ON c.id = r.change_id WHERE r.table_name = ? AND r.row_id = t.id AND c.kind <> 'start')",
        (table,),
    )
    return {row[:-1]: row[-1] for row in rows}


def key_of(record: Record, names: Sequence[str]) -> Key:
    """Return a record's key as SQLite keeps it."""
    return tuple(records.to_column(getattr(record, name)) for name in names)


def ids_by_code(connection: sqlite3.Connection, table: str) -> dict[str, int]:
    """Return the id of the first row of each code."""
    rows = connection.execute(f"SELECT code, min(id) FROM {table} GROUP BY code")
    return dict(rows.fetchall())

"""Rows inserted and deleted many at once.

After each statement FTS5 writes out what it gathered, which for rows one by one takes four times as long as all the
rest: an import, and its undo, have rows by the ten thousand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence


def insert(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows of these columns, "id" among them, by one statement, in the order of their ids."""
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    if len(rows) == 1:
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows[0])
        return
    connection.execute(f"CREATE TEMP TABLE arriving ({columns})")
    try:
        connection.executemany(f"INSERT INTO arriving VALUES ({marks})", rows)
        connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM arriving ORDER BY id")
    finally:
        if connection.in_transaction:  # else SQLite itself has taken all of it back
            connection.execute("DROP TABLE arriving")


def delete(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Delete the rows of these ids by one statement."""
    connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))

"""Rows inserted and deleted many at once.

After each statement FTS5 writes out what it gathered, which for rows one by one takes four times as long as all the
rest: an import, and its undo, have rows by the ten thousand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter


def insert(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows of these columns, "id" among them, in the order of their ids, by as few statements as SQLite allows.

    SQLite works through a statement without holding back other threads, however many rows it has.
    """
    place = names.index("id")
    ordered = sorted(rows, key=itemgetter(place))
    at_a_time = connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(names)
    marks = f"({', '.join('?' * len(names))})"
    for start in range(0, len(ordered), at_a_time):
        part = ordered[start : start + at_a_time]
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([marks] * len(part))}",
            tuple(chain.from_iterable(part)),
        )


def delete(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Delete the rows of these ids by one statement."""
    connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))

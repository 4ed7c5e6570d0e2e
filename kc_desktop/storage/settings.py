"""Settings that belong to the data file: names and texts."""

from __future__ import annotations

import sqlite3


def get(connection: sqlite3.Connection, name: str) -> str:
    """Return a setting, "" when it is not set."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a setting. Runs inside a change."""
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", (name, value)
    )

"""When a data file was changed last, as the clock said then: what the clock of today is held against."""

from __future__ import annotations

import sqlite3
from datetime import datetime


def changed_last_at(connection: sqlite3.Connection) -> datetime | None:
    """Return the moment of the newest step of the history, with its offset; None in a file nobody has changed yet.

    The newest is the one with the highest number: the order of the history never depends on a clock.
    """
    row = connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    moment = datetime.fromisoformat(row[0])
    return moment if moment.tzinfo is not None else moment.astimezone()

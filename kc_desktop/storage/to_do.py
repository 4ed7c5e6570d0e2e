"""What waits to be done that no other module asks the file for."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta


def planned_meetings(connection: sqlite3.Connection, today: date, days: int) -> set[int]:
    """Return the meetings still planned or invited to whose day has passed, and all within so many days from today."""
    rows = connection.execute(
        "SELECT id FROM meeting WHERE held_on < ?1 AND state IN ('draft', 'invited') "
        "UNION SELECT id FROM meeting WHERE held_on BETWEEN ?1 AND ?2 AND state <> 'finalised'",
        (today.isoformat(), (today + timedelta(days=days)).isoformat()),
    )
    return {meeting_id for (meeting_id,) in rows}

"""Locked quarters: which they are, and what would touch one."""

from __future__ import annotations

import sqlite3

from kc_desktop.domain.funding import PeriodLock
from kc_desktop.storage import records


def newest(connection: sqlite3.Connection, year: int, quarter: int) -> PeriodLock | None:
    """Return the last locking or unlocking of a quarter, None when it was never locked."""
    found = records.fetch_all(
        connection, PeriodLock, "year = ? AND quarter = ?", (year, quarter), order="id DESC LIMIT 1"
    )
    return found[0] if found else None


def touched_by(connection: sqlite3.Connection, change_id: int) -> PeriodLock | None:
    """Return the lock of the first locked quarter in which taking a change back would touch an entry; None for none."""
    days = connection.execute(
        "SELECT json_extract(coalesce(before, after), '$.happened_on') FROM change_row "
        "WHERE change_id = ? AND table_name = 'fund_entry' GROUP BY 1 ORDER BY 1",
        (change_id,),
    ).fetchall()
    for year, quarter in sorted({(int(day[:4]), (int(day[5:7]) + 2) // 3) for (day,) in days}):
        lock = newest(connection, year, quarter)
        if lock is not None and lock.is_locked:
            return lock
    return None


def is_locking(connection: sqlite3.Connection, change_id: int) -> bool:
    """Return whether a change locked or unlocked a quarter."""
    row = connection.execute(
        "SELECT 1 FROM change_row WHERE change_id = ? AND table_name = 'period_lock' LIMIT 1", (change_id,)
    )
    return row.fetchone() is not None


def written_after_locking(connection: sqlite3.Connection) -> tuple[tuple[int, int, int], ...]:
    """Return (year, quarter, number) of locked quarters in which the history shows entries written after the lock."""
    rows = connection.execute(
        "WITH standing AS (SELECT max(id) AS id FROM period_lock GROUP BY year, quarter), "
        "locked AS (SELECT p.year, p.quarter, (SELECT min(r.change_id) FROM change_row AS r "
        "  WHERE r.table_name = 'period_lock' AND r.row_id = p.id) AS since "
        "  FROM standing JOIN period_lock AS p USING (id) WHERE p.is_locked), "
        "written AS (SELECT r.change_id, json_extract(coalesce(r.after, r.before), '$.happened_on') AS day "
        "  FROM change_row AS r WHERE r.table_name = 'fund_entry' AND r.change_id > (SELECT min(since) FROM locked)) "
        "SELECT k.year, k.quarter, count(*) FROM locked AS k JOIN written AS w ON w.change_id > k.since "
        "AND CAST(substr(w.day, 1, 4) AS INTEGER) = k.year "
        "AND (CAST(substr(w.day, 6, 2) AS INTEGER) + 2) / 3 = k.quarter "
        "GROUP BY k.year, k.quarter ORDER BY k.year, k.quarter"
    )
    return tuple(rows.fetchall())

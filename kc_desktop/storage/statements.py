"""What of the ledger a statement of the treasury is held against."""

from __future__ import annotations

import sqlite3

from kc_desktop.domain.funding import FundEntry
from kc_desktop.storage import records

_STANDING = (
    "plan_id = ? AND kind IN ('advance', 'payment', 'refund') "
    "AND NOT EXISTS (SELECT 1 FROM fund_entry AS r WHERE r.reverses_id = fund_entry.id)"
)


def standing_entries(connection: sqlite3.Connection, plan_id: int) -> tuple[FundEntry, ...]:
    """Return the advances, payments and refunds of a plan that were not reversed, by day."""
    return records.fetch_all(connection, FundEntry, _STANDING, (plan_id,), order="happened_on, id")


def matched_entries(connection: sqlite3.Connection, plan_id: int) -> dict[int, int]:
    """Return, for each entry of a plan that is matched with a line, the statement of that line."""
    rows = connection.execute(
        "SELECT s.fund_entry_id, s.statement_id FROM statement_line AS s "
        "JOIN fund_entry AS e ON e.id = s.fund_entry_id WHERE e.plan_id = ?",
        (plan_id,),
    )
    return dict(rows.fetchall())

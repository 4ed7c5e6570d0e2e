"""Which rows of a change touch what limits depend on: told without the law, so that other saves cost nothing."""

from __future__ import annotations

import json
import sqlite3

from kc_desktop.storage.history import ChangeRow

MONEY_COLUMNS: dict[str, tuple[str, ...]] = {
    "project": (
        "adjusted_vnd",
        "approved_vnd",
        "appraised_vnd",
        "norm_id",
        "is_priority",
        "own_vnd",
        "other_vnd",
        "kind",
        "state",
        "approved_on",
        "requested_on",
        "source",
        "year",
    ),
    "fund_entry": ("amount_vnd", "kind", "plan_id", "project_id"),
    "contract": ("support_vnd", "project_id", "establishment_id"),
    "project_beneficiary": ("support_vnd", "own_vnd", "project_id"),
    "year_share": ("support_vnd", "year", "project_id"),
    "estimate_line": ("support_vnd", "is_management", "project_id"),
    "limit_override": ("amount_vnd", "rule", "project_id"),
}
"""The columns limits depend on, by table; the first ones are blamed first when one of them goes too far."""


def changed_columns(row: ChangeRow) -> tuple[str, ...]:
    """Return which of the columns that limits depend on a change of a row gave another value."""
    before, after = row.before or {}, row.after or {}
    return tuple(each for each in MONEY_COLUMNS[row.table] if before.get(each) != after.get(each))


def money_rows(connection: sqlite3.Connection, change_id: int, after_row: int = 0) -> tuple[ChangeRow, ...]:
    """Return the rows in which a change touched what limits depend on, in the order it touched them.

    Of a change that is still going on, those after a row of the history alone, where one is given.
    """
    rows = (
        ChangeRow(
            table=table,
            row_id=row_id,
            before=json.loads(before) if before else None,
            after=json.loads(after) if after else None,
        )
        for table, row_id, before, after in connection.execute(_ROWS, (change_id, after_row, *MONEY_COLUMNS))
    )
    return tuple(row for row in rows if changed_columns(row))


_ROWS = (
    "SELECT table_name, row_id, before, after FROM change_row "
    f"WHERE change_id = ? AND id > ? AND table_name IN ({', '.join('?' * len(MONEY_COLUMNS))}) ORDER BY id"
)

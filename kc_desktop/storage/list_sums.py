"""What rows of a list come to: how many, how many of them hold a number, and their sum, worked out in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kc_desktop.domain.fields import Kind
from kc_desktop.storage.ledger import exact_sum, whole
from kc_desktop.storage.listing import Listing, ListRequest, where_sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """`counted` rows hold a number; `taken_off` are those whose amount is taken away from `total`."""

    rows: int
    counted: int
    total: int | Decimal
    taken_off: int = 0


class _DecimalSum:
    """Adds exact decimals, which are kept as text: SQLite's own sum would make floats of them."""

    def __init__(self) -> None:
        self._total = Decimal(0)

    def step(self, stored: Any) -> None:
        """Add one."""
        if stored is not None:
            self._total += Decimal(stored)

    def finalize(self) -> Any:
        """Return the sum as text."""
        return format(self._total, "f")


def totals(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    key: str,
    *,
    ids: Sequence[int] | None = None,
    minus_sql: str = "",
) -> Totals:
    """Return what a column of numbers comes to in all rows that fit a request, or in the rows of `ids`.

    A row `minus_sql` is true of is taken away. Raises KeyError for a column the list does not have.
    """
    column = listing.column(key)
    minus = f"coalesce({minus_sql}, 0)" if minus_sql else "0"
    if column.kind is Kind.DECIMAL:
        connection.create_aggregate("kc_decimal_sum", 1, _DecimalSum)
        added = f"kc_decimal_sum({column.sql}), 0"
    else:
        added = exact_sum(f"CASE WHEN {minus} THEN -({column.sql}) ELSE {column.sql} END")
    reads = f"{column.sql} {minus}"
    if ids is None:
        source, values = _all(connection, listing, request, reads)
    else:
        table = f"json_each(?) AS chosen CROSS JOIN {listing.table} AS t ON t.id = chosen.value"
        source, values = f"FROM {table}{listing.joins_for(table, reads)}", [json.dumps(list(ids))]
    rows, counted, total, rest, taken_off = connection.execute(
        f"SELECT count(*), count({column.sql}), {added}, coalesce(sum({minus}), 0) {source}", values
    ).fetchone()
    return Totals(
        rows=rows,
        counted=counted,
        total=Decimal(total) if column.kind is Kind.DECIMAL else whole(total, rest),
        taken_off=taken_off,
    )


def every_id(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> list[int]:
    """Return the ids of all rows that fit a request, in the order of ids."""
    source, values = _all(connection, listing, request, "")
    return [row_id for (row_id,) in connection.execute(f"SELECT t.id {source} ORDER BY t.id", values)]


def _all(connection: sqlite3.Connection, listing: Listing, request: ListRequest, reads: str) -> tuple[str, list[Any]]:
    """Return FROM and WHERE of all rows that fit, with the joins that the conditions or what is read name."""
    where, values = where_sql(connection, listing, request)
    source = f"{listing.table} AS t"
    return f"FROM {source}{listing.joins_for(source, f'{reads} {where}')}{where}", values

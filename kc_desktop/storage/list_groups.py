"""The groups of a list: what each is called, how many rows it has, what their amounts come to; in one query."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.storage.ledger import exact_sum, whole
from kc_desktop.storage.listing import Listing, ListRequest, group_sql, where_sql
from kc_desktop.storage.records import from_column


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows with one value in a column. `key` orders the groups; of days `value` is the month, as "2023-04"."""

    key: object
    value: Value
    rows: int
    sums: dict[str, int] = field(default_factory=dict)


def groups(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    summed: Sequence[str],
    *,
    minus_sql: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[Group, ...]:
    """Return the groups of a request in the order of its rows, whether folded or not.

    `summed` are columns of money; a row `minus_sql` is true of is taken away from the sums.
    Raises KeyError for a column the list does not have.
    """
    column = listing.column(request.group)
    key = group_sql(column)
    is_day = column.kind in (Kind.DATE, Kind.MOMENT)
    value = key if is_day else f"min({column.sql})"
    amounts = [listing.column(each).sql for each in summed]
    if minus_sql:
        amounts = [f"CASE WHEN {minus_sql} THEN -({each}) ELSE {each} END" for each in amounts]
    reads = ", ".join([key, value, "count(*)", *(exact_sum(each) for each in amounts)])
    where, values = where_sql(connection, listing, request.unfolded())
    source = f"{listing.table} AS t"
    direction = "DESC" if request.descending and request.group == request.sort else "ASC"
    found = connection.execute(
        f"SELECT {reads} FROM {source}{listing.joins_for(source, reads + where)}{where} "
        f"GROUP BY {key} ORDER BY {key} {direction} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    labels = dict(column.choices)
    made = []
    for row in found:
        stored = row[1]
        if column.kind is Kind.CHOICE:
            stored = labels.get(str(stored), str(stored))
        elif not is_day:
            stored = from_column(column.kind, stored)
        parts = row[3:]
        sums = {name: whole(parts[2 * at], parts[2 * at + 1]) for at, name in enumerate(summed)}
        made.append(Group(key=row[0], value=stored or "" if is_day else stored, rows=row[2], sums=sums))
    return tuple(made)

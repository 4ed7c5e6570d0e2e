"""Pages of a list: searched, filtered and sorted in SQL, never more rows than are shown.

A search that few rows fit gathers them from the search table and sorts them; one that many rows fit walks the list in
its order and stops when the page is full. Both cost about the same at √(page · rows) matches, which is the threshold.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kc_desktop.domain.fields import Choices, Kind, Value
from kc_desktop.domain.text import Query, compile_query
from kc_desktop.storage.records import from_column

PAGE_ROWS = 60
_WALK_LIMIT = 20_000
"""Rows a walk may look at before gathering is the cheaper way after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list; `sql` gives its value, `sort_sql` its order."""

    key: str
    label: str
    kind: Kind
    sql: str
    sort_sql: str
    unit: str = ""
    width: int = 16
    choices: Choices = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Where a list's rows come from. The main table is named `t` in all SQL; `found_id` is what the search finds."""

    table: str
    columns: tuple[Column, ...]
    joins: str = ""
    year_sql: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    searched_table: str = ""
    found_id: str = "t.id"

    def column(self, key: str) -> Column:
        """Return a column by its key. Raises KeyError for one the list does not have."""
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(f"{self.table}.{key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What a list is to show. `filters` are pairs of a filter's name and its value (a tuple means any of these)."""

    search: str = ""
    sort: str = ""
    descending: bool = False
    year: int | None = None
    filters: tuple[tuple[str, object], ...] = ()
    offset: int = 0
    limit: int = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its id and its values in column order, codes and links as Vietnamese labels."""

    id: int
    cells: tuple[Value, ...]


class _WalkedTooFarError(Exception):
    """A walk looked at more rows than it is worth."""


def _conditions(listing: Listing, request: ListRequest) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if request.year is not None and listing.year_sql:
        conditions.append(listing.year_sql)
        values += [request.year] * listing.year_sql.count("?")
    for name, wanted in request.filters:
        condition = listing.filters[name]
        if isinstance(wanted, tuple):
            conditions.append(condition.replace("= ?", f"IN ({', '.join('?' * len(wanted))})"))
            values += wanted
        else:
            conditions.append(condition)
            values += [wanted] * condition.count("?")
    return conditions, values


def _query(typed: str) -> Query | None:
    """Return what the words typed look for; None when they hold no letter or digit and so look for nothing."""
    query = compile_query(typed)
    return query if query.folded_words else None


def _match(query: Query) -> str:
    return "search_key : (" + " AND ".join(f'"{word}"*' for word in query.folded_words) + ")"


def _order(listing: Listing, request: ListRequest) -> str:
    direction = "DESC" if request.descending else "ASC"
    sort = listing.column(request.sort).sort_sql if request.sort else "t.id"
    return f"{sort} {direction}, t.id {direction}"


def page(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> tuple[Row, ...]:
    """Return one page of a list, at most `request.limit` rows from `request.offset` on."""
    conditions, values = _conditions(listing, request)
    query = _query(request.search)
    if query is None:
        return _rows(connection, listing, request, "", conditions, values)
    threshold = math.inf
    if listing.found_id == "t.id":
        (total,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {listing.table}").fetchone()
        threshold = math.isqrt(int(total) * (request.limit + request.offset)) + 1
    found = _found(connection, listing, query, threshold)
    if len(found) > threshold:
        try:
            return _walk(connection, listing, request, query, conditions, values)
        except _WalkedTooFarError:
            found = _found(connection, listing, query, math.inf)
    return _gather(connection, listing, request, query, found, conditions, values)


def _found(connection: sqlite3.Connection, listing: Listing, query: Query, threshold: float) -> list[int]:
    fts = f"{listing.searched_table or listing.table}_fts"
    limit = -1 if threshold == math.inf else int(threshold) + 1
    rows = connection.execute(f"SELECT rowid FROM {fts} WHERE {fts} MATCH ? LIMIT ?", (_match(query), limit))
    return [rowid for (rowid,) in rows]


def _gather(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    query: Query,
    found: list[int],
    conditions: list[str],
    values: list[Any],
) -> tuple[Row, ...]:
    source = f"json_each(?) AS found CROSS JOIN {listing.table} AS t ON {listing.found_id} = found.value"
    if listing.found_id != "t.id":
        source = f"{listing.table} AS t"
        conditions = [f"{listing.found_id} IN (SELECT value FROM json_each(?))", *conditions]
    if query.needs_marks:
        _register(connection, query, None)
        conditions = [*conditions, f"kc_fits({_marked(listing)})"]
    return _rows(connection, listing, request, source, conditions, [json.dumps(found), *values])


def _marked(listing: Listing) -> str:
    if listing.found_id == "t.id":
        return "t.marked_key"
    searched = listing.searched_table
    return f"(SELECT s.marked_key FROM {searched} AS s WHERE s.id = {listing.found_id})"


def _walk(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    query: Query,
    conditions: list[str],
    values: list[Any],
) -> tuple[Row, ...]:
    failure = _register(connection, query, _WALK_LIMIT)
    try:
        return _rows(connection, listing, request, "", [*conditions, "kc_fits(t.marked_key)"], values)
    except sqlite3.OperationalError:
        if failure:
            raise _WalkedTooFarError from None
        raise


def _register(connection: sqlite3.Connection, query: Query, limit: int | None) -> list[bool]:
    """Give SQL the function kc_fits(marked_key) for this query; the list returned is filled when it gives up."""
    failure: list[bool] = []
    seen = 0
    fits = query.matches_marked

    def kc_fits(marked: str) -> bool:
        nonlocal seen
        seen += 1
        if limit is not None and seen > limit:
            failure.append(True)
            raise _WalkedTooFarError
        return fits(marked)

    connection.create_function("kc_fits", 1, kc_fits if limit is not None else fits)
    return failure


def _rows(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    source: str,
    conditions: list[str],
    values: Sequence[Any],
) -> tuple[Row, ...]:
    names = ", ".join(each.sql for each in listing.columns)
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    rows = connection.execute(
        f"SELECT t.id, {names} FROM {source or f'{listing.table} AS t'} {listing.joins} {where}"
        f"ORDER BY {_order(listing, request)} LIMIT ? OFFSET ?",
        (*values, request.limit, request.offset),
    ).fetchall()
    labels = [dict(each.choices) for each in listing.columns]
    kinds = [each.kind for each in listing.columns]
    return tuple(
        Row(
            row[0],
            tuple(_cell(kind, label, stored) for kind, label, stored in zip(kinds, labels, row[1:], strict=True)),
        )
        for row in rows
    )


def _cell(kind: Kind, labels: dict[str, str], stored: Any) -> Value:
    if kind is Kind.CHOICE:
        return labels.get(str(stored), str(stored))
    return from_column(kind, stored)


def count(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> int:
    """Return how many rows fit the request, its page aside."""
    conditions, values = _conditions(listing, request)
    query = _query(request.search)
    if query is not None:
        fts = f"{listing.searched_table or listing.table}_fts"
        conditions.append(f"{listing.found_id} IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)")
        values.append(_match(query))
        if query.needs_marks:
            _register(connection, query, None)
            conditions.append(f"kc_fits({_marked(listing)})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    (number,) = connection.execute(
        f"SELECT count(*) FROM {listing.table} AS t {listing.joins}{where}", values
    ).fetchone()
    return int(number)


def names(connection: sqlite3.Connection, listing: Listing, key: str) -> tuple[tuple[int, str], ...]:
    """Return the id and one column of every row, in the order of ids."""
    rows = connection.execute(
        f"SELECT t.id, {listing.column(key).sql} FROM {listing.table} AS t {listing.joins} ORDER BY t.id"
    )
    return tuple(rows.fetchall())


_NEXT_YEARS = """
WITH RECURSIVE
  p (year) AS (SELECT min(year) FROM project UNION ALL
    SELECT (SELECT min(year) FROM project WHERE year > p.year) FROM p WHERE p.year IS NOT NULL),
  m (year) AS (SELECT substr(min(held_on), 1, 4) FROM meeting UNION ALL
    SELECT (SELECT substr(min(held_on), 1, 4) FROM meeting WHERE held_on > m.year || '-12-31')
    FROM m WHERE m.year IS NOT NULL)
SELECT year FROM annual_plan UNION SELECT year FROM programme
UNION SELECT year FROM p UNION SELECT CAST(year AS INTEGER) FROM m
"""
"""Each year costs one step down an index, however many rows the year holds."""


def years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the years that hold a plan, a programme, a project or a meeting, newest first."""
    found = {year for (year,) in connection.execute(_NEXT_YEARS) if year}
    return tuple(sorted(found, reverse=True))

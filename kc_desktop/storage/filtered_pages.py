"""Pages of a list that conditions on its columns narrow, found soon whether many rows fit or hardly any.

Where many fit, the list's first rows soon fill a page. Where hardly any do, walking the list in its order would fetch
every row from another place of the file: the table is read as it lies instead, and the few that fit are sorted.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Final

from kc_desktop.storage import listing, searched_pages
from kc_desktop.storage.listing import Listing, ListRequest

_FIRST: Final = 500
"""So many of a list's first rows are held against the conditions before anything else."""
_FEW: Final = 1_000
"""So many rows are sorted sooner than a long list is walked."""


def chosen(connection: sqlite3.Connection, among: Listing, request: ListRequest) -> list[int]:
    """Return the ids of a page."""
    if listing.query_of(request.search) is None:
        page = _among_the_first(connection, among, request)
        if page is not None:
            return page
    query = listing.narrowing_query(among, request)
    found = searched_pages.found_if_few(connection, among, query) if query is not None else None
    if query is not None and found is not None:
        return searched_pages.gathered(connection, among, request, query, found)
    few = _few(connection, among, request)
    if few is not None:
        return few
    if query is not None:
        return searched_pages.walked(connection, among, request, query)
    return listing.in_order(connection, among, request, request.limit, request.offset)


def _among_the_first(connection: sqlite3.Connection, among: Listing, request: ListRequest) -> list[int] | None:
    """Choose a page among the list's first rows; None when it is not full by then and the list goes on."""
    first = listing.in_order(connection, among, replace(request, conditions=()), _FIRST, 0)
    only = ListRequest(conditions=request.conditions)
    conditions, values = listing.conditions_of(connection, among, only)
    source = f"json_each(?) AS first CROSS JOIN {among.table} AS t ON t.id = first.value"
    where = f" WHERE {' AND '.join(conditions)}"
    rows = connection.execute(
        f"SELECT t.id FROM {source}{among.joins_for(source, where)}{where} ORDER BY first.key LIMIT ? OFFSET ?",
        (json.dumps(first), *values, request.limit, request.offset),
    )
    page = [row_id for (row_id,) in rows]
    return page if len(page) == request.limit or len(first) < _FIRST else None


def _few(connection: sqlite3.Connection, among: Listing, request: ListRequest) -> list[int] | None:
    """Choose a page among all rows that fit, as they lie; None when these are many."""
    where, values = listing.where_sql(connection, among, request)
    source = f"{among.table} AS t"
    rows = connection.execute(
        f"SELECT t.id FROM {source}{among.joins_for(source, where)}{where} LIMIT ?", (*values, _FEW + 1)
    ).fetchall()
    if len(rows) > _FEW:
        return None
    bare = replace(request, search="", year=None, filters=(), conditions=())
    source = f"json_each(?) AS found CROSS JOIN {among.table} AS t ON t.id = found.value"
    found = json.dumps([row_id for (row_id,) in rows])
    return listing.ids_of(connection, among, bare, source, (found,), [], (), request.limit, request.offset)

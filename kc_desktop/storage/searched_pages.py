"""Pages of a list whose rows hold the words searched for.

A search that few rows fit sorts what the search table finds. One that many rows fit tries the list's first rows, which
a frequent word soon fills a page from, then walks the list's index in its order and stops when the page is full.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from itertools import islice
from typing import Final

from kc_desktop.domain.text import Query
from kc_desktop.storage.listing import (
    PAGE_ROWS,
    Listing,
    ListRequest,
    found_sql,
    fts_match,
    ids_of,
    in_order,
    looks_at_marks,
    marks,
    slice_of,
)

_FEW: Final = 1_000
"""So many rows are sorted sooner than a long list is walked."""
_FEW_JOINED: Final = 3_000
"""The same where another table's words are searched: what is walked is sorted, too."""
_FEW_TO_LOOK_AT: Final = 250
"""The same where the marks of each row have to be looked at."""
_FIRST: Final = 4 * PAGE_ROWS
"""The rows at the beginning of a list that a frequent word is tried on first."""


def chosen(connection: sqlite3.Connection, listing: Listing, request: ListRequest, query: Query) -> list[int]:
    """Return the ids of a page."""
    found = found_if_few(connection, listing, query)
    if found is not None:
        return gathered(connection, listing, request, query, found)
    page = _among_the_first(connection, listing, request, query)
    return walked(connection, listing, request, query) if page is None else page


def found_if_few(connection: sqlite3.Connection, listing: Listing, query: Query) -> list[int] | None:
    """Return what the search table finds; None for more rows than are soon sorted."""
    few = _FEW if listing.found_id == "t.id" else _FEW_JOINED
    if looks_at_marks(query):
        few = _FEW_TO_LOOK_AT
    found = connection.execute(f"{found_sql(listing)} LIMIT ?", (fts_match(query), few + 1)).fetchall()
    return [rowid for (rowid,) in found] if len(found) <= few else None


def gathered(
    connection: sqlite3.Connection, listing: Listing, request: ListRequest, query: Query, found: list[int]
) -> list[int]:
    """Choose a page among the rows found, by sorting these."""
    source = f"json_each(?) AS found CROSS JOIN {listing.table} AS t ON {listing.found_id} = found.value"
    conditions = marks(connection, listing, query)
    return ids_of(connection, listing, request, source, (json.dumps(found),), conditions, (), *slice_of(request))


def _among_the_first(
    connection: sqlite3.Connection, listing: Listing, request: ListRequest, query: Query
) -> list[int] | None:
    """Choose a page by holding the list's first rows against the query; None when it is not full by then."""
    first = json.dumps(in_order(connection, listing, request, _FIRST, 0))
    rows = connection.execute(
        f"SELECT t.id, s.marked_key FROM json_each(?) AS first CROSS JOIN {listing.table} AS t ON t.id = first.value "
        f"CROSS JOIN {listing.searched_table or listing.table} AS s ON s.id = {listing.found_id} ORDER BY first.key",
        (first,),
    )
    fitting = (row_id for row_id, marked in rows if query.matches_marked(marked))
    page = list(islice(fitting, request.offset, request.offset + request.limit))
    return page if len(page) == request.limit else None


def walked(connection: sqlite3.Connection, listing: Listing, request: ListRequest, query: Query) -> list[int]:
    """Choose a page by walking the list in its order; the plus keeps SQLite from going through what is found."""
    if listing.found_id != "t.id" and request.year is not None:
        # a year's rows are few beside all that the other table holds: these first, then their names
        listing = replace(listing, joins=listing.joins.replace("JOIN ", "CROSS JOIN "))
    source = f"{listing.table} AS t"
    conditions = [f"+{listing.found_id} IN ({found_sql(listing)})", *marks(connection, listing, query)]
    return ids_of(connection, listing, request, source, (), conditions, (fts_match(query),), *slice_of(request))

"""Pages of a list: searched, filtered and sorted in SQL, never more rows than are shown.

First the ids of the page are chosen, from indexes as far as possible; then these rows alone are read. The last page is
read as the first one is, in the order turned round: it costs no more, however long the list.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from kc_desktop.domain.fields import Choices, Kind, Value
from kc_desktop.domain.text import Query, compile_query, marked_key
from kc_desktop.storage.records import from_column

if TYPE_CHECKING:
    from kc_desktop.domain.conditions import Condition

PAGE_ROWS = 60
_LONG = 5_000
"""So many rows are read in the order of a joined table's index sooner than sorted."""
_AT_A_TIME = 1_000
_ALL = 2**40
"""More rows than any list has."""

_LONGEST_SEARCH = 500

_JOINED = re.compile(r"\bAS (\w+) ON\b")

T = TypeVar("T")


class OnDemand(Mapping[str, T]):
    """Lists by their key, each made when it is first asked for: the start of the window needs one or two of them."""

    def __init__(self, makers: Mapping[str, Callable[[], T]]) -> None:
        self._makers = makers
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list; `sql` gives its value, `sort_sql` its order.

    `searched_key` is the stored search key its words are part of, "" for none. What is masked is never filtered by.
    """

    key: str
    label: str
    kind: Kind
    sql: str
    sort_sql: str
    unit: str = ""
    width: int = 16
    choices: Choices = ()
    searched_key: str = ""
    is_masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How a list is read in the order of a joined table: the key of that table's column, and FROM with all joins."""

    sort: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Where a list's rows come from. The main table is named `t` in all SQL; `found_id` is what the search finds.

    `searched_sql` gives the words a row of a short table without search keys is found by.
    """

    table: str
    columns: tuple[Column, ...]
    joins: str = ""
    year_sql: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    searched_table: str = ""
    searched_sql: str = ""
    found_id: str = "t.id"
    lead: Lead | None = None

    @property
    def searched_key(self) -> str:
        """The stored search key the search looks through, "" where it reads the words of each row."""
        if self.searched_sql:
            return ""
        return "t.search_key" if self.found_id == "t.id" else "p.search_key" if self.searched_table == "person" else ""

    def joins_for(self, source: str, sql: str) -> str:
        """Return the joins, with a blank before, when `sql` names a joined table that `source` does not hold."""
        aliases = _JOINED.findall(self.joins)
        is_named = any(re.search(rf"\b{alias}\.", sql) for alias in aliases if f" AS {alias} " not in f"{source} ")
        return f" {self.joins}" if is_named else ""

    def takes_several(self, name: str) -> bool:
        """Whether a filter may be given several values, any of which fits: it asks for equal ones only."""
        return self.filters[name].count(" = ?") == self.filters[name].count("?")

    def column(self, key: str) -> Column:
        """Return a column by its key. Raises KeyError for one the list does not have."""
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(f"{self.table}.{key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What a list is to show. `filters` are pairs of a filter's name and its value (a tuple means any of these).

    `conditions` are held against the columns themselves, all of them; their periods are days by now.
    `group` is a column whose equal values stand together: it orders the rows before `sort` does, upwards; `folded` are
    the groups, by their ordering values, whose rows stay away; where `opened` is given, all stay away but those of its
    groups. `columns` are the extra ones to be read besides. With `from_end`, `offset` and `limit` count from the last
    row upwards; the rows come in the list's order all the same.
    """

    search: str = ""
    sort: str = ""
    descending: bool = False
    group: str = ""
    folded: tuple[object, ...] = ()
    opened: tuple[object, ...] | None = None
    columns: tuple[str, ...] = ()
    year: int | None = None
    filters: tuple[tuple[str, object], ...] = ()
    conditions: tuple[Condition, ...] = ()
    offset: int = 0
    limit: int = PAGE_ROWS
    from_end: bool = False

    @property
    def has_folds(self) -> bool:
        """Whether rows of some groups stay away."""
        return bool(self.folded) or self.opened is not None

    def unfolded(self) -> ListRequest:
        """Return the request with the rows of all groups."""
        return replace(self, folded=(), opened=None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its id and its values in column order, codes and links as Vietnamese labels.

    `signs` are the names of the list's signs that hold; `services.list_signs` says what they mean.
    """

    id: int
    cells: tuple[Value, ...]
    signs: tuple[str, ...] = ()


def conditions_of(
    connection: sqlite3.Connection, listing: Listing, request: ListRequest
) -> tuple[list[str], list[Any]]:
    """Return what year, filters and conditions ask of a row, as SQL, and its values."""
    conditions: list[str] = []
    values: list[Any] = []
    if request.year is not None and listing.year_sql:
        conditions.append(listing.year_sql)
        values += [request.year] * listing.year_sql.count("?")
    for name, wanted in request.filters:
        condition = listing.filters[name]
        if isinstance(wanted, tuple):
            conditions.append(condition.replace("= ?", f"IN ({', '.join('?' * len(wanted))})"))
            values += wanted * condition.count("?")
        else:
            conditions.append(condition)
            values += [wanted] * condition.count("?")
    if request.conditions:
        from kc_desktop.storage.column_conditions import conditions_sql  # the window begins with no list filtered

        more, more_values = conditions_sql(connection, listing, request.conditions)
        conditions += more
        values += more_values
    return conditions, values


def query_of(typed: str) -> Query | None:
    """Return what the words typed look for; None when they hold no letter or digit and so look for nothing.

    A paste longer than any line is looked for by its beginning: a whole document would keep the window waiting.
    """
    query = compile_query(typed[:_LONGEST_SEARCH])
    return query if query.folded_words else None


def narrowing_query(listing: Listing, request: ListRequest) -> Query | None:
    """Return what the search table is asked: the words typed and those that conditions are certain to be found by."""
    if not request.conditions:
        return query_of(request.search)
    from kc_desktop.storage.column_conditions import narrowing_words

    return query_of(" ".join([request.search[:_LONGEST_SEARCH], narrowing_words(listing, request.conditions)]))


def fts_match(query: Query) -> str:
    """Return the condition of the search table: a spelling with marks says more than the folded word it stands for."""
    parts = []
    for word, spellings in zip(query.folded_words, query.beginnings, strict=True):
        if not spellings or len(spellings[0]) < len(word):
            parts.append(f'search_key : "{word}"*')
        if spellings:
            parts.append("marked_key : (" + " OR ".join(f'"{each}"*' for each in spellings) + ")")
    return " AND ".join(parts)


def _order(listing: Listing, request: ListRequest) -> str:
    direction = "DESC" if request.descending is not request.from_end else "ASC"
    sort = listing.column(request.sort).sort_sql if request.sort else "t.id"
    groups = ""
    if request.group not in ("", request.sort):
        groups = f"{group_sql(listing.column(request.group))} {'DESC' if request.from_end else 'ASC'}, "
    return f"{groups}{sort} {direction}, t.id {direction}"


def group_sql(column: Column) -> str:
    """Return what is equal in all rows of a group of a column: what sorts it, of a day its month."""
    return f"substr({column.sql}, 1, 7)" if column.kind in (Kind.DATE, Kind.MOMENT) else column.sort_sql


def page(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> tuple[Row, ...]:
    """Return one page of a list, at most `request.limit` rows from `request.offset` on."""
    chosen = _chosen(connection, listing, request)
    return _rows(connection, listing, chosen[::-1] if request.from_end else chosen)


def stream(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> Iterator[Row]:
    """Give every row of a list in its order, its page aside, a thousand in memory at a time.

    Which rows these are is settled at the first; one that is deleted before its turn is left out.
    """
    chosen = _chosen(connection, listing, replace(request, offset=0, limit=_ALL, from_end=False))
    for start in range(0, len(chosen), _AT_A_TIME):
        yield from _rows(connection, listing, chosen[start : start + _AT_A_TIME])


def _chosen(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> list[int]:
    if request.conditions and not listing.searched_sql:
        from kc_desktop.storage.filtered_pages import chosen  # the window begins with no list filtered

        return chosen(connection, listing, request)
    query = narrowing_query(listing, request)
    if query is None:
        return in_order(connection, listing, request, request.limit, request.offset)
    if listing.searched_sql:
        finds = [_finds(connection, listing, query)]
        return ids_of(connection, listing, request, f"{listing.table} AS t", (), finds, (), *slice_of(request))
    from kc_desktop.storage import searched_pages  # the window begins with nothing searched

    return searched_pages.chosen(connection, listing, request, query)


def found_sql(listing: Listing) -> str:
    """Return the query of the search table; its value is what `fts_match` returns."""
    fts = f"{listing.searched_table or listing.table}_fts"
    return f"SELECT rowid FROM {fts} WHERE {fts} MATCH ?"


def in_order(
    connection: sqlite3.Connection, listing: Listing, request: ListRequest, limit: int, offset: int
) -> list[int]:
    """Choose rows in the list's order, whatever is searched."""
    return ids_of(connection, listing, request, _source(connection, listing, request), (), [], (), limit, offset)


def slice_of(request: ListRequest) -> tuple[int, int]:
    """Return how many rows are asked for, and from which on."""
    return request.limit, request.offset


def _source(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> str:
    """Return where to read a list in its order: a long one from the joined table whose index gives the order."""
    lead = listing.lead
    if lead is not None and lead.sort == (request.group or request.sort):
        (rows,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {listing.table}").fetchone()
        if rows > _LONG:
            return lead.source
    return f"{listing.table} AS t"


def looks_at_marks(query: Query) -> bool:
    """Whether the marks of each row found have to be looked at."""
    return query.needs_marks and not query.beginnings_suffice


def marks(connection: sqlite3.Connection, listing: Listing, query: Query) -> list[str]:
    """Return the condition that holds the marks typed against a row; none when what is found is certain to fit."""
    if not looks_at_marks(query):
        return []
    connection.create_function("kc_fits", 1, query.matches_marked)
    if listing.found_id == "t.id":
        return ["kc_fits(t.marked_key)"]
    return [f"kc_fits((SELECT s.marked_key FROM {listing.searched_table} AS s WHERE s.id = {listing.found_id}))"]


def _finds(connection: sqlite3.Connection, listing: Listing, query: Query) -> str:
    """Return the condition that looks for the query in the words of each row of a short table."""
    connection.create_function("kc_finds", 1, lambda words: query.matches_marked(marked_key(words)))
    return f"kc_finds({listing.searched_sql})"


def ids_of(
    connection: sqlite3.Connection,
    listing: Listing,
    request: ListRequest,
    source: str,
    source_values: Sequence[Any],
    conditions: list[str],
    values: Sequence[Any],
    limit: int,
    offset: int,
) -> list[int]:
    """Return the ids that fit, in order; other tables are joined only where the conditions or the order name them."""
    own, own_values = conditions_of(connection, listing, request)
    conditions = [*own, *conditions]
    if request.group and request.has_folds:
        conditions.append(_opened(group_sql(listing.column(request.group)), request))
        keys = request.folded if request.opened is None else request.opened
        values = [*values, json.dumps([each for each in keys if each is not None])]
    order = _order(listing, request)
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    rows = connection.execute(
        f"SELECT t.id FROM {source}{listing.joins_for(source, where + order)} {where}ORDER BY {order} LIMIT ? OFFSET ?",
        (*source_values, *own_values, *values, limit, offset),
    )
    return [row_id for (row_id,) in rows]


def _opened(group: str, request: ListRequest) -> str:
    """Return the condition of the rows of no folded group; its value are the groups as JSON but that of nothing."""
    keys = request.folded if request.opened is None else request.opened
    is_named = f"coalesce(({group}) IN (SELECT value FROM json_each(?)), 0)"
    if None in keys:
        is_named = f"({is_named} OR ({group}) IS NULL)"
    return is_named if request.opened is not None else f"NOT {is_named}"


def _rows(connection: sqlite3.Connection, listing: Listing, chosen: list[int]) -> tuple[Row, ...]:
    """Read the rows of these ids, in this order."""
    names = ", ".join(each.sql for each in listing.columns)
    rows = connection.execute(
        f"SELECT t.id, {names} FROM json_each(?) AS chosen CROSS JOIN {listing.table} AS t ON t.id = chosen.value "
        f"{listing.joins} ORDER BY chosen.key",
        (json.dumps(chosen),),
    )
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


def where_sql(connection: sqlite3.Connection, listing: Listing, request: ListRequest) -> tuple[str, list[Any]]:
    """Return WHERE with all a request asks of a row of the list, a blank before, and its values; "" for nothing."""
    conditions, values = conditions_of(connection, listing, request)
    query = query_of(request.search) if listing.searched_sql else narrowing_query(listing, request)
    if query is not None and listing.searched_sql:
        conditions.append(_finds(connection, listing, query))
    elif query is not None:
        conditions += [f"{listing.found_id} IN ({found_sql(listing)})", *marks(connection, listing, query)]
        values.append(fts_match(query))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def count(connection: sqlite3.Connection, listing: Listing, request: ListRequest, *, at_most: int | None = None) -> int:
    """Return how many rows fit the request, its page aside; of more than `at_most` no more are counted."""
    where, values = where_sql(connection, listing, request)
    source = f"{listing.table} AS t"
    fitting = f"FROM {source}{listing.joins_for(source, where)}{where}"
    if at_most is None:
        (number,) = connection.execute(f"SELECT count(*) {fitting}", values).fetchone()
    else:
        bounded = f"SELECT count(*) FROM (SELECT 1 {fitting} LIMIT ?)"
        (number,) = connection.execute(bounded, (*values, at_most)).fetchone()
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
    FROM m WHERE m.year IS NOT NULL),
  r (year) AS (SELECT min(year) FROM paper WHERE year > 0 UNION ALL
    SELECT (SELECT min(year) FROM paper WHERE year > r.year) FROM r WHERE r.year IS NOT NULL)
SELECT year FROM annual_plan UNION SELECT year FROM programme
UNION SELECT year FROM p UNION SELECT CAST(year AS INTEGER) FROM m UNION SELECT year FROM r
UNION SELECT CAST(substr(coalesce(valid_from, decided_on), 1, 4) AS INTEGER) FROM appointment
"""
"""Each year costs one step down an index, however many rows the year holds."""


def years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the years that hold a plan, a programme, a project, a meeting, a numbered paper or a network's first day.

    The newest stands first.
    """
    found = {year for (year,) in connection.execute(_NEXT_YEARS) if year}
    return tuple(sorted(found, reverse=True))

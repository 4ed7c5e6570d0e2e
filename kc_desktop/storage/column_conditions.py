"""Conditions on the columns of a list as SQL, and the values a column holds with how often it does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from kc_desktop.domain.conditions import Condition, Operator
from kc_desktop.domain.fields import Kind, Value
from kc_desktop.domain.text import compile_query, marked_key, part_pattern, search_key
from kc_desktop.storage import listing
from kc_desktop.storage.listing import Column, Listing, ListRequest
from kc_desktop.storage.records import to_column

COUNTED_ROWS: Final = 100_000
"""So many rows the values of a column are counted among; more would keep the window waiting."""
_SIGNS: Final = {
    Operator.EQUAL: "=",
    Operator.UNEQUAL: "IS NOT",
    Operator.ABOVE: ">",
    Operator.AT_LEAST: ">=",
    Operator.BELOW: "<",
    Operator.AT_MOST: "<=",
}
_WORDS: Final = (Operator.CONTAINS, Operator.BEGINS, Operator.EQUAL, Operator.UNEQUAL)
_BY_WORDS: Final = (Kind.LINE, Kind.TEXT, Kind.LINK)

_keys = lru_cache(maxsize=50_000)(marked_key)
"""Rows repeat what they hold: the same offices, places and posts."""


def conditions_sql(
    connection: sqlite3.Connection, among: Listing, conditions: tuple[Condition, ...]
) -> tuple[list[str], list[Any]]:
    """Return the SQL of conditions and its values. Raises ValueError for one on a column that is masked."""
    parts: list[str] = []
    values: list[Any] = []
    for place, each in enumerate(conditions):
        column = among.column(each.column)
        if column.is_masked:
            raise ValueError(f"{among.table}.{column.key} is masked: what a filter leaves would tell what it holds")
        sql, own = _sql(connection, column, each, f"kc_column_{place}")
        parts.append(sql)
        values += own
    return parts, values


def narrowing_words(among: Listing, conditions: tuple[Condition, ...]) -> str:
    """Return words that every row fitting the conditions is found by in the search table, "" for none known.

    What a searched field begins with is made of beginnings of words, and so are all words but the first of what it
    holds anywhere.
    """
    found: list[str] = []
    for each in conditions:
        if each.operator not in (Operator.CONTAINS, Operator.BEGINS, Operator.EQUAL):
            continue
        column = among.column(each.column)
        if column.searched_key and column.searched_key == among.searched_key:
            words = compile_query(str(each.values[0])).folded_words
            found += words[1:] if each.operator is Operator.CONTAINS else words
    return " ".join(word for word in found if len(word) > 1)


def values_of(
    connection: sqlite3.Connection, among: Listing, request: ListRequest, key: str, limit: int, typed: str = ""
) -> tuple[tuple[str | int, int], ...]:
    """Return what a column holds among the rows of a request, each with how many rows hold it, in the column's order.

    Values are as they are stored, "" for none; typed words leave those that contain them. At most `limit` of them.
    """
    column = among.column(key)
    if column.is_masked:
        raise ValueError(f"{among.table}.{key} is masked")
    where, values = listing.where_sql(connection, among, request)
    joins = among.joins_for(f"{among.table} AS t", f"{where} {column.sql} {column.sort_sql}")
    inner = (
        f"SELECT coalesce({column.sql}, '') AS held, {column.sort_sql} AS place FROM {among.table} AS t{joins}{where} "
        f"LIMIT {COUNTED_ROWS}"
    )
    having = ""
    if typed.strip():
        pattern = part_pattern(typed)
        connection.create_function("kc_typed", 1, lambda held: pattern.search(_keys(str(held))) is not None)
        having = "HAVING kc_typed(held) "
    rows = connection.execute(
        f"SELECT held, count(*) FROM ({inner}) GROUP BY held {having}ORDER BY held = '', min(place) LIMIT ?",
        (*values, limit),
    )
    return tuple(rows.fetchall())


def _sql(connection: sqlite3.Connection, column: Column, condition: Condition, name: str) -> tuple[str, list[Any]]:
    operator, sql = condition.operator, column.sql
    if operator in (Operator.EMPTY, Operator.FILLED):
        return f"coalesce({sql}, '') {'=' if operator is Operator.EMPTY else '<>'} ''", []
    if operator is Operator.ANY_OF:
        return f"coalesce({sql}, '') IN (SELECT value FROM json_each(?))", [json.dumps(condition.values)]
    if column.kind in _BY_WORDS and operator in _WORDS:
        return _words_sql(connection, column, operator, str(condition.values[0]), name)
    if column.kind is Kind.MOMENT:
        sql = f"substr({sql}, 1, 10)"
    value = "CAST(? AS REAL)" if column.kind is Kind.DECIMAL else "?"
    sql = f"CAST({sql} AS REAL)" if column.kind is Kind.DECIMAL else sql
    bound = [_bound(each) for each in condition.values]
    if operator is Operator.BETWEEN:
        return f"{sql} BETWEEN {value} AND {value}", bound
    return f"{sql} {_SIGNS[operator]} {value}", bound


def _bound(value: Value) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else to_column(value)


def _words_sql(
    connection: sqlite3.Connection, column: Column, operator: Operator, typed: str, name: str
) -> tuple[str, list[Any]]:
    """Return the condition that holds typed words against a column, after what the stored key alone can rule out."""
    connection.create_function(name, 1, _fits(operator, typed), deterministic=True)
    if operator is Operator.UNEQUAL:
        return f"NOT {name}({column.sql})", []
    if column.searched_key:
        return f"(instr({column.searched_key}, ?) > 0 AND {name}({column.sql}))", [search_key(typed)]
    return f"{name}({column.sql})", []


def _fits(operator: Operator, typed: str) -> Callable[[str | None], bool]:
    is_whole = operator in (Operator.EQUAL, Operator.UNEQUAL)
    pattern = part_pattern(typed, is_whole=is_whole)
    held_against = pattern.fullmatch if is_whole else pattern.match if operator is Operator.BEGINS else pattern.search
    return lambda held: held_against(_keys(str(held or ""))) is not None

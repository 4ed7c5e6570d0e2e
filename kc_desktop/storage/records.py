"""Records to rows and back, by their one description. Writing happens inside `DataFile.change`."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from kc_desktop.domain import text
from kc_desktop.domain.fields import Kind, Record, RecordType, Sort, Value, describe, describe_table
from kc_desktop.storage import many_rows

R = TypeVar("R", bound=Record)

_AT_A_TIME = 1_000
_SORT_KEYS = {Sort.VIETNAMESE: text.sort_key, Sort.PERSON: text.person_sort_key}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How a record is read: its columns, id first; the query for them; the fields SQLite keeps in another shape."""

    columns: tuple[str, ...]
    select: str
    converters: tuple[tuple[str, Kind], ...]


_PLANS: dict[type[Any], _Plan] = {}
_KEPT_OTHERWISE = (Kind.DATE, Kind.MOMENT, Kind.DECIMAL, Kind.FLAG)


def _plan(cls: type[Any]) -> _Plan:
    plan = _PLANS.get(cls)
    if plan is None:
        described = describe(cls)
        columns = ("id", *(each.name for each in described.fields))
        plan = _PLANS[cls] = _Plan(
            columns=columns,
            select=f"SELECT {', '.join(columns)} FROM {described.table}",
            converters=tuple((each.name, each.kind) for each in described.fields if each.kind in _KEPT_OTHERWISE),
        )
    return plan


def to_column(value: Value) -> str | int | None:
    """Return a value as SQLite keeps it: dates as ISO text, decimals as text, flags as 0 or 1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def from_column(kind: Kind, stored: Any) -> Value:
    """Return a stored value as the record holds it."""
    if stored is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(stored)
    if kind is Kind.MOMENT:
        return datetime.fromisoformat(stored)
    if kind is Kind.DECIMAL:
        return Decimal(stored)
    if kind is Kind.FLAG:
        return bool(stored)
    return cast("Value", stored)


def _record(cls: type[R], row: Sequence[Any]) -> R:
    plan = _plan(cls)
    values = dict(zip(plan.columns, row, strict=True))
    for name, kind in plan.converters:
        values[name] = from_column(kind, values[name])
    return cls(**values)


def fetch(connection: sqlite3.Connection, cls: type[R], record_id: int) -> R | None:
    """Return the record of an id, None when there is none."""
    row = connection.execute(f"{_plan(cls).select} WHERE id = ?", (record_id,)).fetchone()
    return None if row is None else _record(cls, row)


def fetch_all(
    connection: sqlite3.Connection, cls: type[R], where: str = "", parameters: Sequence[Any] = (), order: str = "id"
) -> tuple[R, ...]:
    """Return the records a condition picks. `where` and `order` are SQL of our own, never a user's words."""
    condition = f" WHERE {where}" if where else ""
    rows = connection.execute(f"{_plan(cls).select}{condition} ORDER BY {order}", parameters)
    return tuple(_record(cls, row) for row in rows)


def stream(connection: sqlite3.Connection, cls: type[R]) -> Iterator[R]:
    """Give every record of a table by its id, a thousand in memory at a time."""
    found = fetch_all(connection, cls, "id > ?", (0,), f"id LIMIT {_AT_A_TIME}")
    while found:
        yield from found
        found = fetch_all(connection, cls, "id > ?", (found[-1].id,), f"id LIMIT {_AT_A_TIME}")


def count(connection: sqlite3.Connection, cls: type[Record]) -> int:
    """Return how many records a table holds."""
    (number,) = connection.execute(f"SELECT count(*) FROM {describe(cls).table}").fetchone()
    return int(number)


def fetch_children(connection: sqlite3.Connection, cls: type[R], links: Mapping[str, int | str]) -> tuple[R, ...]:
    """Return the records whose named columns hold the values, by their ordinal where they have one."""
    where = " AND ".join(f"{name} = ?" for name in links)
    order = "ordinal, id" if any(each.name == "ordinal" for each in describe(cls).fields) else "id"
    return fetch_all(connection, cls, where, tuple(links.values()), order)


def fetch_many(connection: sqlite3.Connection, cls: type[R], ids: Iterable[int]) -> dict[int, R]:
    """Return the records of many ids, by id; ids that do not exist are left out."""
    found: dict[int, R] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        found |= {each.id: each for each in fetch_all(connection, cls, f"id IN ({marks})", part)}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """How a record is written: its columns without the id, keys last; by their places what is kept in another shape."""

    table: str
    columns: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]
    converted: tuple[int, ...]
    links: tuple[tuple[int, str], ...]
    sorted_by: tuple[tuple[int, Callable[[str], str]], ...]
    searched: tuple[int, ...]
    keyed: tuple[int, ...]
    tax_codes: frozenset[int]


@cache
def _writing(cls: type[Any]) -> _Writing:
    described = describe(cls)
    names = tuple(each.name for each in described.fields)
    fields = tuple(enumerate(described.fields))
    searched = tuple(place for place, each in fields if each.searched)
    return _Writing(
        table=described.table,
        columns=(
            *names,
            *(each.sort_column for each in described.sorted_fields),
            *(("search_key", "marked_key") if searched else ()),
        ),
        read=attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),),
        converted=tuple(place for place, each in fields if each.kind in _KEPT_OTHERWISE),
        links=tuple((place, each.target) for place, each in fields if each.kind is Kind.LINK),
        sorted_by=tuple((place, _SORT_KEYS[each.sort]) for place, each in fields if each.sort is not Sort.PLAIN),
        searched=searched,
        keyed=tuple(place for place, each in fields if each.searched or each.sort is not Sort.PLAIN),
        tax_codes=frozenset(place for place, each in fields if each.check == "tax_code"),
    )


def _row(writing: _Writing, record: Record, stored: Sequence[Any] = ()) -> list[Any]:
    """Return a record's columns, its sort and search keys included, the id left out.

    Where the words that keys are made of are those of its row as `stored`, so are the keys.
    """
    row = list(writing.read(record))
    for place in writing.converted:
        row[place] = to_column(row[place])
    if stored and all(row[place] == stored[place] for place in writing.keyed):
        return [*row, *stored[len(row) :]]
    row += [key(row[place]) for place, key in writing.sorted_by]
    if writing.searched:
        told = [place for place in writing.searched if row[place]]
        if writing.tax_codes:
            told = [place for place in told if _tells(writing, row, place)]
        searched = " ".join([str(row[place]) for place in told])
        row += (text.search_key(searched), text.marked_key(searched))
    return row


def _tells(writing: _Writing, row: list[Any], place: int) -> bool:
    """Whether a row may be found by a value: not by a tax code that is somebody's citizen id, digit by digit."""
    if place not in writing.tax_codes:
        return True
    from kc_desktop.domain import identifiers  # the window's start does without it

    return identifiers.mask_tax_code(row[place]) == str(row[place])


def row_values(record: Record) -> dict[str, str | int | None]:
    """Return a record's columns, its sort and search keys included, the id left out."""
    writing = _writing(type(record))
    return dict(zip(writing.columns, _row(writing, record), strict=True))


_FOUND_BY = {"person_contact": ("person", "person_id", "value")}
"""Parts by whose words the record they belong to is found: its table, the link to it, the column of words."""


def _add_parts(connection: sqlite3.Connection, described: RecordType, record_id: int, keys: dict[str, Any]) -> None:
    """Add to a record's search keys the words of the parts it is found by, too."""
    for part, (whole, link, column) in _FOUND_BY.items():
        if whole == described.table and record_id:
            rows = connection.execute(f"SELECT {column} FROM {part} WHERE {link} = ? ORDER BY id", (record_id,))
            words = " ".join(value for (value,) in rows)
            if words:
                keys["search_key"] = f"{keys['search_key']} {text.search_key(words)}".strip()
                keys["marked_key"] = f"{keys['marked_key']} {text.marked_key(words)}".strip()


def renew_whole(connection: sqlite3.Connection, table: str, row: Mapping[str, Any] | None) -> None:
    """Write the search keys of the record a stored part belongs to anew, where it is found by its parts."""
    if table not in _FOUND_BY or row is None:
        return
    whole, link, _column = _FOUND_BY[table]
    kept = fetch(connection, describe_table(whole).cls, row[link])
    if kept is not None:
        update(connection, kept)


def _stored(connection: sqlite3.Connection, table: str, record_id: int) -> dict[str, Any] | None:
    """Return the link of a part that its whole is found by, None for any other row."""
    if table not in _FOUND_BY:
        return None
    link = _FOUND_BY[table][1]
    row = connection.execute(f"SELECT {link} FROM {table} WHERE id = ?", (record_id,)).fetchone()
    return None if row is None else {link: row[0]}


def insert(connection: sqlite3.Connection, record: R) -> R:
    """Insert a record and return it with its id; a record that brings an id keeps it."""
    values: dict[str, Any] = dict(row_values(record))
    if record.id:
        values["id"] = record.id
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    table = describe(type(record)).table
    cursor = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    renew_whole(connection, table, values)
    return cast("R", dataclasses.replace(cast("Any", record), id=int(cursor.lastrowid or 0)))


def next_id(connection: sqlite3.Connection, cls: type[Any]) -> int:
    """Return the id that the next new record of a table is to have; no id is ever given twice."""
    table = describe(cls).table
    (last,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    given = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return max(int(last), int(given[0]) if given else 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """New records of one class as rows to insert; `links` lead to the records that are found by their words, too."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[list[Any], ...]
    links: tuple[dict[str, int], ...]


def arriving(new: Sequence[Record], ids: Mapping[tuple[str, int], int]) -> Arriving:
    """Return new records of one class as their rows; nothing is asked of the file, so any thread may.

    Their own ids, and those below 0 that they link to, become what `ids` gives by table and such an id.
    """
    writing = _writing(type(new[0]))
    links: tuple[dict[str, int], ...] = ()
    if writing.table in _FOUND_BY:
        whole, link, _column = _FOUND_BY[writing.table]
        linked = dict.fromkeys(getattr(each, link) for each in new)
        links = tuple({link: ids.get((whole, each), each)} for each in linked)
    rows = tuple([_arriving(writing, each, ids) for each in new])
    return Arriving(table=writing.table, columns=("id", *writing.columns), rows=rows, links=links)


def insert_many(connection: sqlite3.Connection, new: Arriving) -> None:
    """Insert new records by as few statements as SQLite allows."""
    many_rows.insert(connection, new.table, new.columns, new.rows)
    for each in new.links:
        renew_whole(connection, new.table, each)


def _arriving(writing: _Writing, record: Record, ids: Mapping[tuple[str, int], int]) -> list[Any]:
    row = [ids[writing.table, record.id], *_row(writing, record)]
    for place, target in writing.links:
        linked = row[place + 1]
        if linked is not None and linked < 0:
            row[place + 1] = ids[target, linked]
    return row


def update(connection: sqlite3.Connection, record: Record) -> bool:
    """Write over its row what is new in a record. Returns whether the row was there.

    A column that keeps its value is left out: SQLite would renew its index and check its link all the same.
    """
    described, writing = describe(type(record)), _writing(type(record))
    table, columns = described.table, writing.columns
    before = _stored(connection, table, record.id)
    stored = connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (record.id,)).fetchone()
    if stored is None:
        return False
    has_parts = any(whole == table for whole, _link, _column in _FOUND_BY.values())
    values = dict(zip(columns, _row(writing, record, () if has_parts else stored), strict=True))
    _add_parts(connection, described, record.id, values)
    new = {name: value for (name, value), old in zip(values.items(), stored, strict=True) if value != old}
    if new:
        assignments = ", ".join(f"{name} = ?" for name in new)
        connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", (*new.values(), record.id))
        renew_whole(connection, table, before)
        renew_whole(connection, table, values)
    return True


def delete(connection: sqlite3.Connection, cls: type[Any], record_id: int) -> bool:
    """Delete a row. Returns whether it was there."""
    table = describe(cls).table
    before = _stored(connection, table, record_id)
    is_gone = connection.execute(f"DELETE FROM {table} WHERE id = ?", (record_id,)).rowcount == 1
    renew_whole(connection, table, before)
    return is_gone

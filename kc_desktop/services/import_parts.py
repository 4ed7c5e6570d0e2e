"""Several tables on one sheet, one under the other or side by side: each is read as a sheet of its own would be.

    tables = tables_on(sheet, find)     # `find` returns the first table of a sheet, None for none

A part of a sheet keeps its rows and columns where they are, so that each cell is named as Excel names it; what is of
another table is empty in it. What stands over the first table holds for the next ones, too, where these do not say
otherwise: the unit, the year, the source of the money.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kc_desktop.domain.text import search_key
from kc_desktop.exchange.reading import Row, Sheet
from kc_desktop.services.import_headings import ORDINALS, heading_names, is_number, told_besides, topics
from kc_desktop.services.import_tables import Table, closes, is_total, without_next

_MOST: Final = 100
"""So many tables of a sheet are read."""
_LINES: Final = 2
_ORDINAL_KEYS: Final = frozenset(map(search_key, ORDINALS))
Find = Callable[[Sheet], Table | None]


def tables_on(sheet: Sheet, find: Find) -> tuple[Table, ...]:
    """Return the tables of a sheet in their order, () for none. The last one tells where another begins, if it does."""
    first = find(sheet)
    if first is None:
        return ()
    beside = _beside(first)
    if beside:
        parts = (_part(sheet, _only_columns(sheet, span, first.heading), at) for at, span in enumerate(beside))
        found = tuple(table for part in parts if (table := find(part)) is not None)
        if len(found) == len(beside):
            return tuple(each for table in found for each in _under(table, find))
    return _under(first, find)


def tables_from(table: Table, find: Find) -> tuple[Table, ...]:
    """Return a table that a person pointed at, and those that begin under it; only it while it cannot be read yet."""
    return _under(table, find) if table.needed in table.places else (table,)


def _under(first: Table, find: Find) -> tuple[Table, ...]:
    """Return a table and those under it."""
    found: list[Table] = []
    table = first
    top = _titles(first)
    while table.end is not None and len(found) < _MOST - 1:
        start = _start(table, table.end)
        below = _below(first.sheet, start, table.sheet.rows, len(found) + 1)
        following = find(below)
        if following is None:
            break
        if top:
            told = _with_titles(below, top, following)
            following = find(told) or following
        found.append(_above(table, start))
        table = following
    return (*found, table)


def _above(table: Table, end: int) -> Table:
    """Return a table whose sheet ends with the last line before the next one begins."""
    while end > table.data_from and not any(each != "" for each in table.sheet.rows[end - 1]):
        end -= 1
    return without_next(replace(table, sheet=replace(table.sheet, rows=table.sheet.rows[:end])))


def _start(table: Table, end: int) -> int:
    """Return the row where the next table begins with its own titles: lines of few words, over its heading."""
    needed, ordinal = table.places[table.needed], table.ordinal_place
    start = end
    for at in range(end - 1, table.data_from - 1, -1):
        row = table.sheet.rows[at]
        filled = [each for each in row if each != ""]
        is_row = ordinal is not None and is_number(row[ordinal]) and row[needed] != ""
        is_line = len(filled) <= _LINES and all(isinstance(each, str) for each in filled)
        if len(filled) == _LINES:
            is_line = is_line and not {"unit", "label"}.isdisjoint(topics(row))
        if is_row or not is_line or is_total(row) or closes(row, needed):
            break
        start = at if filled else start
    return start


def _below(sheet: Sheet, start: int, rows: Sequence[Row], number: int) -> Sheet:
    """Return what of a sheet stands from a row on, where it stands."""
    blank = ("",) * len(rows[0])
    return _part(sheet, replace(sheet, rows=(*([blank] * start), *rows[start:]), begins=start), number)


def _part(sheet: Sheet, part: Sheet, number: int) -> Sheet:
    """Return a part under a name of its own; what is hidden and how it was typed is told of the first one."""
    if not number:
        return replace(part, part_of=sheet.part_of or sheet.name)
    name = f"{sheet.name}, bảng {number + 1}"
    return replace(part, name=name, part_of=sheet.part_of or sheet.name, hidden_rows=0, hidden_columns=0)


# --- what stands over a table -----------------------------------------------------------------------------------------


def _titles(table: Table) -> dict[int, Row]:
    """Return the lines over a table, by their rows."""
    rows = table.sheet.rows[: table.heading]
    return {at: row for at, row in enumerate(rows) if any(each != "" for each in row)}


def _with_titles(part: Sheet, top: dict[int, Row], table: Table) -> Sheet:
    """Return a part with what the lines over the first table tell and its own do not contradict."""
    own = {topic for row in part.rows[part.begins : table.data_from] for topic in topics(row)}
    rows = list(part.rows)
    for at, row in top.items():
        if "label" not in own or "label" not in topics(row):
            rows[at] = tuple(told_besides(each, own) for each in row)
    return replace(part, rows=tuple(rows))


# --- side by side -----------------------------------------------------------------------------------------------------


def _beside(table: Table) -> tuple[range, ...]:
    """Return the columns of each table where several with the same heading stand side by side, () for one.

    They are told by the same words over two columns or more, and each has its ordinals or is parted by an empty column.
    """
    names = [search_key(each[0]) for each in heading_names(table.sheet, table.heading, table.levels)]
    needed = names[table.places[table.needed]]
    places = [at for at, each in enumerate(names) if needed and each == needed]
    if len(places) < _LINES:
        return ()
    starts = [0]
    for at, place in pairwise(places):
        start = _start_between(table, names, at, place)
        if start is None:
            return ()
        starts.append(start)
    spans = [range(start, end) for start, end in zip(starts, [*starts[1:], len(names)], strict=True)]
    own = [{names[at] for at in span if names[at]} - _ORDINAL_KEYS - {needed} for span in spans]
    return tuple(spans) if all(own[0] & each for each in own[1:]) else ()


def _start_between(table: Table, names: Sequence[str], before: int, place: int) -> int | None:
    """Return the first column of the table that names one at `place`, None where nothing parts it from the other."""
    ordinal = next((at for at in range(place - 1, before, -1) if names[at] in _ORDINAL_KEYS), None)
    if ordinal is not None:
        return ordinal
    rows = table.sheet.rows[table.heading :]
    return next((at + 1 for at in range(place - 1, before, -1) if all(row[at] == "" for row in rows)), None)


def _only_columns(sheet: Sheet, span: range, heading: int) -> Sheet:
    """Return a sheet with one table's columns; a line over all tables stays over each."""
    width = len(sheet.rows[0])
    left, right = ("",) * span.start, ("",) * (width - span.stop)
    rows = []
    for at, row in enumerate(sheet.rows):
        is_of_all = at < heading and sum(each != "" for each in row) == 1
        rows.append(row if is_of_all else (*left, *row[span.start : span.stop], *right))
    return replace(sheet, rows=tuple(rows))

"""Which columns of a workbook are what: found by their headings, and as the file remembers them for such headings.

tables = tables_of(workspace, "people", book)           # what an import reads unless told otherwise
other = table_at(sheet, 6, 2, …, places={"name": 1})     # what a person made of it
remember(workspace, "people", other)                     # and the next workbook with these headings is read so
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from kc_desktop.domain.dates import FIRST_YEAR, LAST_YEAR
from kc_desktop.domain.fields import Kind
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import Cell, Sheet, Workbook
from kc_desktop.services import import_columns, import_parts, pasting
from kc_desktop.services.import_headings import ERRORS, MAX_LEVELS, heads_at, shown
from kc_desktop.services.import_money_recipes import year_in
from kc_desktop.services.import_tables import Table, find_table, heading_rows, is_machine_style, table_at
from kc_desktop.services.import_values import Reader, Resolve
from kc_desktop.services.pasted_rows import NUMBERS
from kc_desktop.services.workspace import Workspace

__all__ = [
    "SETTING",
    "Sheet",
    "Table",
    "Workbook",
    "chosen",
    "found",
    "guessed_what",
    "lacking",
    "place_in_words",
    "readers_of",
    "remember",
    "remembered",
    "sheet_notes",
    "tables_from",
    "tables_of",
    "tables_on",
    "unit_note",
]

SETTING: Final = "import.layouts"
"""The setting of the data file that holds what was chosen: by kind of table, then by signature of the headings."""

_MOST_KEPT: Final = 60
"""So many layouts are remembered for each kind of table, the latest."""
_JUDGED_ROWS: Final = 2_000
_SMALL_AMOUNT: Final = 100_000
"""A table whose amounts are all below so many đồng most likely counts thousands or millions."""


def tables_of(workspace: Workspace, what: str, book: Workbook) -> tuple[Table, ...]:
    """Return the tables of a workbook, its columns as the file remembers them for such headings, else by their names.

    Raises KnownError when no sheet holds such a table.
    """
    tables = tuple(table for each in book.sheets for table in tables_on(workspace, what, each))
    if not tables:
        layout = import_columns.layout(what)
        heads = ", ".join(f"“{layout.fields[name].label}”" for name in list(layout.fields)[:3])
        raise KnownError(
            f"Không thấy bảng {import_columns.TITLES[what]} nào trong tệp {book.name}.",
            f"Kiểm tra bảng có một dòng tiêu đề với các cột như {heads}.",
        )
    return tables


def tables_on(workspace: Workspace, what: str, sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of one sheet as `tables_of` does, () for none."""
    return import_parts.tables_on(sheet, partial(_remembered_or_found, workspace, what))


def tables_from(workspace: Workspace, what: str, table: Table) -> tuple[Table, ...]:
    """Return a table that a person pointed at, and those that begin under it on its sheet."""
    return import_parts.tables_from(table, partial(_remembered_or_found, workspace, what))


def _remembered_or_found(workspace: Workspace, what: str, sheet: Sheet) -> Table | None:
    """Return the first table of a sheet; what was chosen for its heading goes before the columns' names."""
    kept, plain = remembered(workspace, what, sheet), found(what, sheet)
    if kept is None or (plain is not None and plain.end is not None and plain.end <= kept.heading):
        return plain
    return kept


def remembered(workspace: Workspace, what: str, sheet: Sheet) -> Table | None:
    """Return the table of a sheet as it was read the last time its headings were chosen by hand, None for never."""
    return _remembered(_kept(workspace).get(what, {}), what, sheet)


def found(what: str, sheet: Sheet) -> Table | None:
    """Return the table of a sheet with its columns by their names, None for none."""
    layout = import_columns.layout(what)
    return find_table(sheet, layout.words, layout.needed)


def chosen(
    what: str,
    sheet: Sheet,
    heading: int,
    levels: int,
    places: Mapping[str, int] | None = None,
    units: Mapping[str, int] | None = None,
) -> Table:
    """Return the table under a heading that a person pointed at; its columns by their names where none are given."""
    layout = import_columns.layout(what)
    return table_at(sheet, heading, levels, layout.words, layout.needed, places, units)


def guessed_what(book: Workbook) -> str:
    """Return what a workbook most likely holds by the headings of its sheets, "" for none of them."""
    scores = {}
    for what in import_columns.WHATS:
        tables = [table for each in book.sheets if (table := found(what, each)) is not None]
        if tables:
            read = sum(len(each.places) for each in tables)
            scores[what] = (read - sum(len(each.unread) for each in tables), read)
    return max(scores, key=lambda each: scores[each], default="")


def lacking(what: str, table: Table) -> str:
    """Return what the columns of a table lack for its rows to be read, in words; "" when nothing."""
    layout = import_columns.layout(what)
    if layout.needed not in table.places:
        return f"Chưa cột nào là {layout.fields[layout.needed].label}."
    return "" if len(table.places) > 1 else "Mới chọn một cột: chọn ít nhất một cột nữa."


def place_in_words(table: Table | None) -> str:
    """Say where a table of a sheet is, and how much of it is read."""
    if table is None:
        return "Không thấy dòng tiêu đề: chọn dòng ở bước sau."
    first, last = table.heading + 1, table.heading + table.levels
    lines = f"dòng {first}" if first == last else f"dòng {first}–{last}"
    end = table.end or len(table.sheet.rows)
    return f"Tiêu đề {lines}, số liệu từ dòng {table.data_from + 1} đến {end}, đọc {len(table.places)} cột."


def sheet_notes(sheet: Sheet, table: Table | None) -> tuple[str, ...]:
    """Say what of a sheet is read otherwise than it stands, or not at all."""
    said = [f"Phông {sheet.encoding} đã chuyển sang Unicode."] if sheet.encoding else []
    if table is not None and table.unread:
        heads = ", ".join(f"“{each[:40]}”" for each in table.unread)
        said.append(f"Chưa đọc cột {heads}.")
    return (*said, *(f"{each[:1].upper()}{each[1:]}" for each in (table.notes if table is not None else ())))


def unit_note(what: str, table: Table) -> str:
    """Say that the amounts of a table are likely not in đồng where it does not tell: the largest is small."""
    fields = import_columns.layout(what).fields
    amounts = [name for name in table.places if fields[name].kind is Kind.MONEY]
    places = [
        table.places[name] for name in amounts if name not in table.told_units and table.units[name] == pasting.DONG
    ]
    rows = table.sheet.rows[table.data_from : table.data_from + _JUDGED_ROWS]
    found = [number for row in rows for at in places if (number := _number(row[at])) is not None]
    if not found or not 0 < max(found) < _SMALL_AMOUNT:
        return ""
    return (
        f"bảng không ghi số tiền tính bằng gì nên đọc là đồng, nhưng số lớn nhất chỉ là {shown(max(found))}. "
        "Ghi “ĐVT: triệu đồng” trên bảng, hoặc chọn đơn vị tính ngay trong cửa sổ nhập, cửa sổ dán."
    )


def _number(cell: Cell) -> int | Decimal | None:
    """Return a cell as a number, None where it is none or names a unit of its own."""
    if isinstance(cell, int | Decimal):
        return cell
    if not isinstance(cell, str) or not cell[:1].isdigit() or any(map(str.isalpha, cell)):
        return None
    try:
        return pasting.number(cell)
    except pasting.CellError:
        return None


def readers_of(what: str, table: Table, resolve: Resolve, today: date | None = None) -> dict[str, Reader]:
    """Return how the cells of each column of a table are read; days without a year are of the one its titles name."""
    fields = import_columns.layout(what).fields
    year = year_in(table.titles)
    if today is None and year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        today = date(year, 1, 1)
    return {
        name: Reader(
            spec=fields[name],
            resolve=resolve,
            unit=table.units[name],
            machine=fields[name].kind in NUMBERS and is_machine_style(table, name),
            today=today,
        )
        for name in table.places
    }


# --- what the file remembers ------------------------------------------------------------------------------------------


def remember(workspace: Workspace, what: str, tables: Iterable[Table]) -> bool:
    """Keep how tables are read for the next workbook with their headings; return whether anything was kept anew.

    A table that is read as it is found anyway is not kept. A file that is open for reading only remembers nothing.
    """
    if workspace.is_read_only:
        return False
    everything = _kept(workspace)
    before = json.dumps(everything)
    kept = everything.setdefault(what, {})
    for table in tables:
        signature = _signature(table.heads)
        plain = found(what, table.sheet)
        if plain is not None and _is_read_alike(plain, table):
            kept.pop(signature, None)
        elif kept.get(signature) != _as_kept(table):
            kept.pop(signature, None)
            kept[signature] = _as_kept(table)
    everything[what] = dict(list(kept.items())[-_MOST_KEPT:])
    everything = {name: each for name, each in everything.items() if each}
    if json.dumps(everything) == before:
        return False
    workspace.set_setting(SETTING, json.dumps(everything), "Ghi nhớ cách ghép cột khi nhập Excel")
    return True


def _as_kept(table: Table) -> dict[str, Any]:
    units = {name: unit for name, unit in table.units.items() if unit != table.told_units.get(name, 1)}
    return {"levels": table.levels, "places": dict(table.places), "units": units}


def _is_read_alike(one: Table, other: Table) -> bool:
    return (one.heading, one.levels, one.places, one.units) == (other.heading, other.levels, other.places, other.units)


def _signature(heads: Iterable[str]) -> str:
    """Return what tells one layout from another: the words of its headings in their order, not the reasons' own."""
    words = "\n".join(search_key(each) for each in heads if each != ERRORS)
    return hashlib.sha256(words.rstrip().encode()).hexdigest()[:16]


def _kept(workspace: Workspace) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what the file remembers; what of it makes no sense is forgotten."""
    text = workspace.setting(SETTING)
    try:
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        told = {}
    return {
        what: {signature: each for signature, each in layouts.items() if _is_sound(each)}
        for what, layouts in (told.items() if isinstance(told, dict) else ())
        if isinstance(layouts, dict)
    }


def _is_sound(kept: object) -> bool:
    """Whether a layout says what it must: how many levels, and columns and units as numbers."""
    if not isinstance(kept, dict) or kept.get("levels") not in range(1, MAX_LEVELS + 1):
        return False
    return all(
        isinstance(numbers, dict) and all(type(each) is int and each >= 0 for each in numbers.values())
        for numbers in (kept.get("places"), kept.get("units"))
    )


def _remembered(kept: Mapping[str, Mapping[str, Any]], what: str, sheet: Sheet) -> Table | None:
    if not kept:
        return None
    fields = import_columns.layout(what).fields
    for at in heading_rows(sheet):
        for levels in range(1, MAX_LEVELS + 1):
            heads = heads_at(sheet, at, levels)
            each = kept.get(_signature(heads))
            if each is None or each["levels"] != levels:
                continue
            places = {name: place for name, place in each["places"].items() if name in fields and place < len(heads)}
            table = chosen(what, sheet, at, levels, places, each["units"])
            if not lacking(what, table):
                return table
    return None

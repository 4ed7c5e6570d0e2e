"""Rows of a workbook handed back as they came, with a column that says what is wrong with each."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kc_desktop.exchange.cells import FONT, plain_text
from kc_desktop.exchange.reading import Cell, Sheet, is_error

COLUMN: Final = "Lỗi"

_WIDTH, _WIDTH_OF_REASONS = 18, 70
_MOST_DIGITS: Final = 15
_LONGEST_NAME: Final = 31
_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""The errors that every Excel knows."""
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedSheet:
    """A sheet to hand back: its rows up to `data_from`, then those of `rows` (counted from 0) with their reasons.

    A row without a reason is the heading of a group, which the rows under it need.
    """

    sheet: Sheet
    heading: int
    data_from: int
    rows: Mapping[int, str]


def returned(sheets: list[ReturnedSheet]) -> bytes:
    """Return an .xlsx of the same sheets, headings and cells, with the column “Lỗi” after the last one."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, {**options, "default_format_properties": {"font_name": FONT, "font_size": 12}})
    looks = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        time: book.add_format({"num_format": "hh:mm"}),
        str: book.add_format({"num_format": "@"}),
    }
    heading = book.add_format({"bold": True, "text_wrap": True})
    wrong = book.add_format({"text_wrap": True, "font_color": "#C00000", "num_format": "@"})
    names: set[str] = set()
    for each in sheets:
        page = book.add_worksheet(_page_name(each.sheet.name, names))
        width = len(each.sheet.rows[0])
        page.set_column(0, width - 1, _WIDTH)
        page.set_column(width, width, _WIDTH_OF_REASONS)
        kept = {at: to for to, at in enumerate((*_over(each), *sorted(each.rows)))}
        for at, to in kept.items():
            for place, cell in enumerate(each.sheet.rows[at]):
                _write(page, to, place, cell, looks)
            if each.rows.get(at):
                page.write_string(to, width, plain_text(each.rows[at]), wrong)
        page.write_string(kept[each.heading], width, COLUMN, heading)
        _merge(page, each.sheet, kept, looks[str])
    book.close()
    return stream.getvalue()


def _over(given: ReturnedSheet) -> list[int]:
    """Return the rows up to the data; of another table that stands above, only what holds for this one, too."""
    rows, begins = given.sheet.rows, given.sheet.begins
    return [at for at in range(given.data_from) if at >= begins or any(each != "" for each in rows[at])]


def _page_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a page and that no other page has; its end, which tells parts apart, stays."""
    plain = _NOT_IN_NAMES.sub(" ", plain_text(name)).strip(" '") or "Trang"
    number, end = 1, ""
    while True:
        found = plain + end
        if len(found) > _LONGEST_NAME:
            base, comma, part = plain.rpartition(",")
            tail = (comma + part if base and len(part) < _LONGEST_NAME // 2 else "") + end
            found = (base or plain if tail != end else plain)[: _LONGEST_NAME - len(tail)].rstrip() + tail
        if found.casefold() not in taken:
            taken.add(found.casefold())
            return found
        number += 1
        end = f" ({number})"


def _write(page: Worksheet, row: int, place: int, cell: Cell, looks: Mapping[type, Any]) -> None:
    if cell == "" and isinstance(cell, str):
        return
    if isinstance(cell, bool):
        page.write_boolean(row, place, cell)
    elif is_error(cell):  # stays what it is, so that it is told again while it is not mended
        words = cell if isinstance(cell, str) and cell in _ERRORS else "#N/A"
        page.write_formula(row, place, f"={words}", None, words)
    elif isinstance(cell, datetime | date | time):
        page.write_datetime(row, place, cell, looks[type(cell)])
    elif isinstance(cell, int | Decimal) and len(str(abs(cell)).replace(".", "")) <= _MOST_DIGITS:
        page.write_number(row, place, cell)
    else:
        page.write_string(row, place, plain_text(str(cell)), looks[str])


def _merge(page: Worksheet, sheet: Sheet, kept: Mapping[int, int], look: Any) -> None:
    """Merge again what was merged, where all its rows are kept: headings of two levels are told by that."""
    for (top, left), (bottom, right) in sheet.merged:
        if (top, left) == (bottom, right) or right >= len(sheet.rows[0]) or bottom >= len(sheet.rows):
            continue
        if all(row in kept for row in range(top, bottom + 1)) and kept[bottom] - kept[top] == bottom - top:
            text = sheet.rows[top][left]
            if isinstance(text, str):
                page.merge_range(kept[top], left, kept[bottom], right, "", look)
                page.write_string(kept[top], left, plain_text(text), look)

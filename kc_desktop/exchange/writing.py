"""Workbooks out: sheets of rows as offices print them, written a row at a time, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.exchange.cells import FONT, CellWriter, Formats, SheetColumn, plain_text

Tell = Callable[[int], None]
"""Hears how many rows are written so far; what it raises ends the work and leaves no file."""

MOST_ROWS: Final = 1_048_000
"""So many rows a sheet of Excel has room for, the head and the foot of ours aside."""

_ORDINAL: Final = "STT"
_TOLD_EVERY: Final = 200
_NOT_IN_A_TAB: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TAB: Final = 31
_SAMPLED: Final = 500
"""So many rows decide how wide the columns are."""
_LINE_PT: Final = 15.75
_MOST_LINES: Final = 26
"""Excel shows no row higher than 409 points."""
_NARROWEST, _WIDEST = 6, 46
_AMOUNT_LETTERS, _SUM_LETTERS = 14, 18
_A4: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs under a table: the lines above the name, the name."""

    post: tuple[str, ...]
    name: str = ""
    place_date: str = ""


class GroupHeading(str):
    """A heading that stands among the rows of a sheet: what the rows under it have in common."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet. `said` are the lines under the title, `unit` the unit of amounts; a `GroupHeading` is no row.

    `is_numbered` puts the number of each row before it. `weigh` says how often a row counts in the sums (-1 takes it
    away); without it the sums are formulas, which follow the filter.
    """

    tab: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Value]]
    owner: str = ""
    said: tuple[str, ...] = ()
    dated: str = ""
    unit: str = ""
    is_numbered: bool = True
    weigh: Callable[[Sequence[Value]], int] | None = None
    sum_label: str = "Tổng cộng"
    signatures: tuple[Signature, ...] = field(default=())


def write(path: Path, sheets: Iterable[Sheet], tell: Tell, *, author: str = "") -> int:
    """Write a workbook, beside first and then into its place; return how many rows it has.

    Raises OSError where the place cannot be written to, or the file that is there is open in another program.
    """
    path = Path(os.path.realpath(path))
    if path.exists():
        with path.open("r+b"):  # Windows refuses at once what is open in Excel, before the work instead of after
            pass
    beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.stem[:40]}."))
    try:
        made = beside / path.name
        rows = _write_book(made, beside, sheets, tell, author)
        with made.open("r+b") as stream:
            os.fsync(stream.fileno())
        made.replace(path)
        return rows
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_book(made: Path, beside: Path, sheets: Iterable[Sheet], tell: Tell, author: str) -> int:
    book = Workbook(
        str(made),
        {
            "constant_memory": True,
            "tmpdir": str(beside),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 12},
        },
    )
    book.use_zip64()
    written = 0
    taken: set[str] = set()
    try:
        formats = Formats(book)
        for sheet in sheets:
            if not taken:
                book.set_properties({"title": sheet.title, "author": author, "company": author})
            page = book.add_worksheet(_tab(sheet.tab, taken))
            written = _SheetWriter(page, sheet, formats).write(tell, written)
        tell(written)
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None
    finally:
        for page in book.worksheets():
            page._opt_close()  # the scratch of a book that is given up: Windows removes no file that is open
    return written


def _tab(name: str, taken: set[str]) -> str:
    """Return a name Excel takes for a sheet, and no other sheet has."""
    plain = " ".join(_NOT_IN_A_TAB.sub(" ", name).split()).strip("'") or "Trang"
    given, count = plain[:_LONGEST_TAB].rstrip(), 1
    while given.casefold() in taken:
        count += 1
        tail = f" ({count})"
        given = plain[: _LONGEST_TAB - len(tail)].rstrip() + tail
    taken.add(given.casefold())
    return given


class _SheetWriter:
    """Writes one sheet from its first row to its last."""

    def __init__(self, page: Worksheet, sheet: Sheet, formats: Formats) -> None:
        self._page, self._sheet, self._formats = page, sheet, formats
        self._lead = 1 if sheet.is_numbered else 0
        self._width = max(self._lead + len(sheet.columns), 1)
        self._row = 0
        self._centre = formats.cell("centre")
        self._sums = [0] * len(sheet.columns)
        cells = CellWriter(page, formats)
        self._writers = [cells.writer(each) for each in sheet.columns]
        self._rows = iter(sheet.rows)
        self._first_rows = list(islice(self._rows, _SAMPLED))
        self._letters = [self._letters_of(place) for place in range(len(sheet.columns))]

    def write(self, tell: Tell, before: int) -> int:
        """Write everything; return how many rows are written with those `before`."""
        self._page.set_default_row(_LINE_PT)
        self._head()
        first = self._row
        done = before
        for values in chain(self._first_rows, self._rows):
            if isinstance(values, GroupHeading):
                self._heading(values)
                continue
            done += 1
            self._body(done - before, values)
            if done % _TOLD_EVERY == 0:
                tell(done)
        last = self._row - 1
        self._sum(first, last)
        self._foot()
        self._set_up(first, max(last, first - 1))
        return done

    def _letters_of(self, place: int) -> int:
        """Return how many letters wide a column is: room for its numbers whole, text is broken into lines."""
        column = self._sheet.columns[place]
        heading = max((len(each) for each in column.heading.split()), default=0) + 3  # the button of the filter
        rows = (row for row in self._first_rows if not isinstance(row, GroupHeading))
        longest = max((_length(row[place]) for row in rows), default=0)
        if column.kind is Kind.MONEY:  # a later row, or the sum, may be longer: too narrow a column shows only ####
            longest = max(longest, _SUM_LETTERS if column.is_summed else _AMOUNT_LETTERS)
        return min(max(heading, longest + 2, _NARROWEST), _WIDEST)

    # the rows above and below

    def _head(self) -> None:
        sheet, formats = self._sheet, self._formats
        if sheet.owner:
            self._page.write_string(self._row, 0, plain_text(sheet.owner), formats.owner)
            self._row += 1
        self._page.set_row(self._row, 24)
        self._across(sheet.title, formats.title)
        for line in sheet.said:
            self._across(line, formats.said)
        if sheet.dated or sheet.unit:
            self._page.write_string(self._row, 0, plain_text(sheet.dated), formats.aside)
            if sheet.unit and self._width > 1:
                self._page.write_string(self._row, self._width - 1, f"Đơn vị tính: {sheet.unit}", formats.unit)
            self._row += 1
        if sheet.is_numbered:
            self._page.write_string(self._row, 0, _ORDINAL, formats.heading)
        lines = 1
        for place, column in enumerate(sheet.columns, start=self._lead):
            unit = f" ({column.unit})" if column.unit and column.unit != sheet.unit else ""
            heading = plain_text(column.heading + unit)
            self._page.write_string(self._row, place, heading, formats.heading)
            lines = max(lines, len(wrap(heading, max(self._letters[place - self._lead] - 3, 1))))
        self._page.set_row(self._row, lines * _LINE_PT)
        self._row += 1

    def _across(self, text: str, look: Any) -> None:
        if self._width > 1:
            self._page.merge_range(self._row, 0, self._row, self._width - 1, "", look)
        self._page.write_string(self._row, 0, plain_text(text), look)
        self._row += 1

    def _sum(self, first: int, last: int) -> None:
        summed = [place for place, each in enumerate(self._sheet.columns) if each.is_summed]
        if not summed or last < first:
            return
        text, number = (self._formats.cell(each, is_bold=True) for each in ("@", "#,##0"))
        labelled = summed[0] + self._lead == 0
        for place in range(self._width):
            column = place - self._lead
            if column in summed:
                name = xl_col_to_name(place)
                if self._sheet.weigh is None:
                    formula = f"=SUBTOTAL(109,{name}{first + 1}:{name}{last + 1})"
                    self._page.write_formula(self._row, place, formula, number, self._sums[column])
                else:
                    self._page.write_number(self._row, place, self._sums[column], number)
            elif not labelled and place == min(self._lead, summed[0] + self._lead - 1):
                self._page.write_string(self._row, place, self._sheet.sum_label, text)
                labelled = True
            else:
                self._page.write_blank(self._row, place, None, text)
        self._row += 1

    def _foot(self) -> None:
        signatures = self._sheet.signatures
        if not signatures:
            return
        self._row += 1
        places = _spread(len(signatures), self._width)
        lines = [(each.place_date, *each.post) for each in signatures]
        for height in range(max(map(len, lines))):
            for place, line in zip(places, lines, strict=True):
                if height < len(line) and line[height]:
                    look = self._formats.post if height else self._formats.place_date
                    self._page.write_string(self._row, place, plain_text(line[height]), look)
            self._row += 1
        if any(each.name for each in signatures):
            self._row += 4  # room for the hand and the seal
            for place, each in zip(places, signatures, strict=True):
                if each.name:
                    self._page.write_string(self._row, place, plain_text(each.name), self._formats.post)
            self._row += 1

    def _set_up(self, first: int, last: int) -> None:
        page = self._page
        if self._sheet.is_numbered:
            page.set_column(0, 0, max(5, len(str(last - first + 1)) + 2))
        for place, letters in enumerate(self._letters, start=self._lead):
            page.set_column(place, place, letters)
        page.freeze_panes(first, 0)
        page.autofilter(first - 1, 0, max(last, first - 1), self._width - 1)
        page.repeat_rows(first - 1)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        page.set_footer(f'&C&"{FONT},Regular"&11Trang &P/&N')

    # the rows themselves

    def _heading(self, words: str) -> None:
        """Write a heading in the first cell of its row: merged cells would be in the filter's way."""
        look = self._formats.cell("line", is_bold=True)
        self._page.write_string(self._row, 0, plain_text(words), look)
        for place in range(1, self._width):
            self._page.write_blank(self._row, place, None, look)
        self._row += 1

    def _body(self, number: int, values: Sequence[Value]) -> None:
        row, sheet = self._row, self._sheet
        if sheet.is_numbered:
            self._page.write_number(row, 0, number, self._centre)
        weight = sheet.weigh(values) if sheet.weigh is not None else 1
        lines = 1
        for place, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            self._writers[place](row, place + self._lead, value)
            if isinstance(value, str) and (len(value) > self._letters[place] or "\n" in value):
                lines = max(lines, _lines(value, self._letters[place]))
            if column.is_summed and isinstance(value, int):
                self._sums[place] += value * weight
        if lines > 1:
            self._page.set_row(row, min(lines, _MOST_LINES) * _LINE_PT)
        self._row += 1


def _length(value: Value) -> int:
    """Return how many letters a value takes on its longest line."""
    if isinstance(value, datetime):
        return 16
    if isinstance(value, date):
        return 10
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return len(f"{value:,}")
    return max(map(len, str(value).split("\n"))) if value else 0


def _lines(text: str, letters: int) -> int:
    """Return into how many lines a text is broken in a column of so many letters."""
    room = letters * 11 // 10  # widths are counted in digits, and letters are narrower
    return sum(max(1, -(-len(line) // room)) for line in text.split("\n"))


def _spread(number: int, width: int) -> list[int]:
    """Return the columns under which so many signatures stand: the first at the left, the last at the right."""
    if number == 1:
        return [max(width - 2, 0)]
    first, last = min(1, width - 1), max(width - 2, 0)
    return [first + round((last - first) * each / (number - 1)) for each in range(number)]

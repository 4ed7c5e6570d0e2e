"""Cells of a workbook: how they look, and how each kind of value is written so that Excel takes it for what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kc_desktop.domain.dates import clock, format_date
from kc_desktop.domain.fields import Kind, Value, is_counted

FONT: Final = "Times New Roman"

_LONGEST_TEXT: Final = 32_767
"""UTF-16 units a cell of Excel holds."""
_DIGITS: Final = 15
"""Excel keeps so many digits of a number; a longer one is written as text, whole."""
_MOST_DIGITS: Final = 10**_DIGITS - 1
_FIRST_DAY: Final = date(1900, 3, 1)
"""Days before are counted wrongly by Excel, or not at all: they are written as text."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its heading, what its values are, and whether they are summed up in the last row."""

    heading: str
    kind: Kind
    name: str = ""
    unit: str = ""
    is_summed: bool = False


def plain_text(value: str) -> str:
    """Return text as a cell can hold it: no control characters, and what is too long cut with a word about it."""
    text = value
    if not text.isprintable():
        text = _UNWRITABLE.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) * 2 > _LONGEST_TEXT and len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
        said = f"… (ô Excel không chứa hết {len(text)} chữ; đọc tiếp trong chương trình)"
        kept = text.encode("utf-16-le")[: (_LONGEST_TEXT - len(said)) * 2]
        text = kept.decode("utf-16-le", errors="ignore") + said
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # XlsxWriter takes such a text for its own mark-up and would write it as it is
    return text


class Formats:
    """The looks of cells, each made once for a workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        self.owner = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
        self.said = book.add_format({"italic": True, "align": "center", "text_wrap": True, "valign": "vcenter"})
        self.aside = book.add_format({"italic": True})
        self.unit = book.add_format({"italic": True, "align": "right"})
        self.heading = book.add_format(
            {
                "bold": True,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "border": 1,
                "bg_color": "#E7E6E6",
            }
        )
        self.place_date = book.add_format({"italic": True, "align": "center"})
        self.post = book.add_format({"bold": True, "align": "center"})

    def cell(self, number: str, *, is_bold: bool = False) -> Any:
        """Return the look of a cell with a number format; "@" is text, "line" one that runs on, "centre" an ordinal."""
        key = number, is_bold
        if key not in self._made:
            look: dict[str, Any] = {"border": 1, "valign": "top", "bold": is_bold}
            if number == "centre":
                look["align"] = "center"
            elif number == "@":
                look |= {"num_format": "@", "text_wrap": True}
            elif number == "line":
                look = {"top": 1, "bottom": 1, "bold": is_bold, "num_format": "@"}
            elif number.startswith("dd"):
                look |= {"num_format": number, "align": "center"}
            else:
                look["num_format"] = f"{number}_ "  # a blank's room between a number and the text beside it
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class CellWriter:
    """Writes values of a sheet, each as what it is: text never becomes a formula, a link or a number."""

    def __init__(self, page: Worksheet, formats: Formats) -> None:
        self._page, self._formats = page, formats
        self._text, self._whole = formats.cell("@"), formats.cell("#,##0")
        self._day, self._moment = formats.cell("dd/mm/yyyy"), formats.cell("dd/mm/yyyy hh:mm")

    def writer(self, column: SheetColumn) -> Callable[[int, int, Value], None]:
        """Return what writes the values of a column, given row, place and value."""
        if column.kind in (Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.LINK):
            return self._write_text
        if column.kind is Kind.DATE:
            return self._write_day
        if column.kind is Kind.MOMENT:
            return self._write_moment
        if column.kind is Kind.FLAG:
            return self._write_flag
        is_plain = column.kind is Kind.INTEGER and not is_counted(column.name)
        return self._write_ordinal if is_plain else self._write_number

    def _write_text(self, row: int, place: int, value: Value) -> None:
        if value is None or value == "":
            self._page.write_blank(row, place, None, self._text)
        else:
            self._page.write_string(row, place, plain_text(str(value)), self._text)

    def _write_flag(self, row: int, place: int, value: Value) -> None:
        self._write_text(row, place, None if value is None else "Có" if value else "Không")

    def _write_day(self, row: int, place: int, value: Value) -> None:
        if not isinstance(value, date) or value < _FIRST_DAY:
            self._write_text(row, place, format_date(value) if isinstance(value, date) else value)
        else:
            self._page.write_datetime(row, place, value, self._day)

    def _write_moment(self, row: int, place: int, value: Value) -> None:
        if not isinstance(value, datetime) or value.date() < _FIRST_DAY:
            self._write_text(row, place, _moment(value) if isinstance(value, datetime) else value)
        else:
            self._page.write_datetime(row, place, value.replace(tzinfo=None), self._moment)

    def _write_ordinal(self, row: int, place: int, value: Value) -> None:
        if isinstance(value, int):
            self._page.write_number(row, place, value, self._formats.cell("0"))
        else:
            self._write_number(row, place, value)

    def _write_number(self, row: int, place: int, value: Value) -> None:
        if isinstance(value, Decimal):
            self._write_decimal(row, place, value)
        elif isinstance(value, int) and abs(value) <= _MOST_DIGITS:
            self._page.write_number(row, place, value, self._whole)
        else:
            self._write_text(row, place, value)

    def _write_decimal(self, row: int, place: int, value: Decimal) -> None:
        written = format(value, "f")
        whole, _, part = (written.rstrip("0").rstrip(".") if "." in written else written).partition(".")
        if len((whole.lstrip("-") + part).lstrip("0")) > _DIGITS:
            self._write_text(row, place, f"{whole},{part}" if part else whole)
        else:
            self._page.write_number(
                row, place, value, self._formats.cell(f"#,##0{'.' if part else ''}{'0' * len(part)}")
            )


def _moment(value: datetime) -> str:
    return f"{format_date(value.date())} {clock(value.time())}"

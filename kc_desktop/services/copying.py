"""Cells as the clipboard holds them: lines of tabs for any program, and a table in which numbers stay numbers.

A spreadsheet takes the table: amounts and days arrive as such whatever its language, and everything else as text, so
that phones and codes keep their zeros and a text that starts with = + - @ is none of its formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Final

_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers."""
_FIRST_SERIAL: Final = date(1900, 3, 1)
"""Serials of days before are counted otherwise by Excel than by others."""

_GROUPED, _PLAIN, _SHARE, _DAY, _TEXT = "#,##0", "0", "0.0%", "DD/MM/YYYY", "@"
_CSS: Final = {
    _GROUPED: r"\#\,\#\#0",
    _PLAIN: "0",
    _SHARE: r"0\.0%",
    _DAY: r"dd\/mm\/yyyy",
    _TEXT: r"\@",
    "General": "General",
}
_ENGLISH, _VIETNAMESE = 1033, 1066
"""Languages as LibreOffice numbers them: numbers are given as in English, a day in the order it is shown."""
_HEAD: Final = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
    "<style>br {mso-data-placement:same-cell} td, th {white-space:nowrap}</style></head><body><table border='1'>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedCell:
    """A cell: its `text` as shown; `plain` is a number without dots; `value` what a spreadsheet is to count with.

    `is_counted` says whether thousands are grouped: they are not in a year.
    """

    text: str
    plain: str = ""
    value: int | Decimal | date | None = None
    is_counted: bool = True
    is_share: bool = False


def read_number(text: str) -> Decimal | None:
    """Return a number written in Vietnamese, a share in percent as its fraction; None for what is none."""
    with suppress(InvalidOperation):
        number = Decimal(text.removesuffix("%").strip().replace(".", "").replace(",", "."))
        if number.is_finite():
            return number / 100 if text.endswith("%") else number
    return None


def as_lines(headings: Sequence[str], rows: Iterable[Sequence[CopiedCell]]) -> str:
    """Return cells by tabs and rows by line ends, numbers without dots; no headings, no line of them."""
    lines = ["\t".join(_line_cell(" ".join(each.split())) for each in headings)] if headings else []
    lines += ["\t".join(_line_cell(each.plain or each.text) for each in row) for row in rows]
    return "\n".join(lines)


def _line_cell(text: str) -> str:
    """Quote a cell that a tab, a line end or a quote at its beginning would break, as Excel does."""
    if text.startswith('"') or any(sign in text for sign in "\t\n\r"):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_table(headings: Sequence[str], rows: Iterable[Sequence[CopiedCell]]) -> str:
    """Return cells as a table in HTML that Excel and LibreOffice take with their kinds."""
    parts = [_HEAD]
    if headings:
        heads = "".join(f"<th{_attributes(_TEXT)}>{_markup(' '.join(each.split()))}</th>" for each in headings)
        parts.append(f"<tr>{heads}</tr>")
    parts += [f"<tr>{''.join(map(_table_cell, row))}</tr>" for row in rows]
    parts.append("</table></body></html>")
    return "".join(parts)


def _table_cell(cell: CopiedCell) -> str:
    number, style = _number_of(cell)
    given = "" if number is None else f' x:num="{number:f}" sdval="{number:f}"'
    side = ' align="right"' if number is not None and style != _DAY else ""
    return f"<td{side}{_attributes(style)}{given}>{_markup(cell.text)}</td>"


def _number_of(cell: CopiedCell) -> tuple[Decimal | None, str]:
    """Return the number a spreadsheet keeps and how it shows it; None for a text."""
    value = cell.value
    if isinstance(value, datetime):
        return None, _TEXT
    if isinstance(value, date):
        return (Decimal((value - _DAY_ZERO).days), _DAY) if value >= _FIRST_SERIAL else (None, _TEXT)
    if value is None or isinstance(value, bool):
        return None, _TEXT
    number = Decimal(value)
    if cell.is_share:
        return number, _SHARE
    if number != number.to_integral_value():
        return number, "General"
    return number, _GROUPED if cell.is_counted else _PLAIN


def _attributes(style: str) -> str:
    """Return how a cell says its kind: to Excel by its own style, to LibreOffice by `sdnum`."""
    language = _VIETNAMESE if style == _DAY else _ENGLISH
    return f""" style="mso-number-format:'{_CSS[style]}'" sdnum="{language};{language};{style}\""""


def _markup(text: str) -> str:
    return escape(text, quote=False).replace("\r\n", "\n").replace("\n", "<br>")

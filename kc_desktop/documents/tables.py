"""Columns, cells and rows that the tables of papers share: amounts, percentages, days, totals, room to write by hand.

A value that is not known is an empty cell, to be filled in by hand. Papers state the unit once above the table, and
take the one in which no amount of the table is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.paper import Align, Column, Row, Table
from kc_desktop.domain.dates import format_date

BLANK_ROWS: Final = 5


def number_column() -> Column:
    """Return the column of running numbers."""
    return Column(title="TT", weight=5, align=Align.CENTER)


def text_column(title: str, weight: int, *, group: str = "") -> Column:
    """Return a column of words."""
    return Column(title=title, weight=weight, group=group)


def centred_column(title: str, weight: int, *, group: str = "") -> Column:
    """Return a column of days, units, percentages."""
    return Column(title=title, weight=weight, align=Align.CENTER, group=group)


def amount_column(title: str, weight: int = 13, *, group: str = "") -> Column:
    """Return a column of amounts or counts, right-aligned."""
    return Column(title=title, weight=weight, align=Align.RIGHT, group=group)


def unit_of(amounts: Iterable[int | None]) -> str:
    """Return the unit in which none of the amounts is rounded: "triệu đồng", else "đồng"."""
    return wording.table_unit(tuple(amount for amount in amounts if amount is not None))


def amount_cell(amount_vnd: int | None, unit: str) -> str:
    """Return an amount in the table's unit; "" for one that is not known."""
    return "" if amount_vnd is None else wording.table_amount(amount_vnd, unit)


def count_cell(count: int | None) -> str:
    """Return a count with dots between thousands; "" when not known."""
    return "" if count is None else f"{count:,}".replace(",", ".")


def quantity_cell(quantity: Decimal | None) -> str:
    """Return a quantity with a decimal comma; "" when not known."""
    return "" if quantity is None else wording.quantity_text(quantity)


def percent_cell(percent: Decimal | None) -> str:
    """Return a percentage: "70 %", "62,5 %"; "" when not known."""
    return "" if percent is None else f"{wording.quantity_text(percent)} %"


def day_cell(day: date | None) -> str:
    """Return a day as tables print it: "13/04/2023"; "" when not known."""
    return "" if day is None else format_date(day)


def total_row(columns: Sequence[Column], title: str, cells: dict[int, str], *, at: int = 1) -> Row:
    """Return a bold row with its title in the column `at` and each cell at the place of its column."""
    return Row(cells=tuple(title if place == at else cells.get(place, "") for place in range(len(columns))), bold=True)


def numbered(rows: Iterable[Sequence[str]]) -> tuple[Row, ...]:
    """Return rows with their running number put before the cells."""
    return tuple(Row(cells=(str(place), *cells)) for place, cells in enumerate(rows, start=1))


def blank_rows(columns: Sequence[Column], count: int = BLANK_ROWS, *, first: int = 1) -> tuple[Row, ...]:
    """Return numbered rows with nothing in them, to be written on."""
    return tuple(Row(cells=(str(first + place), *[""] * (len(columns) - 1))) for place in range(count))


SHORT_TABLE: Final = 8
"""Rows up to which a table is kept on one page."""


def table(columns: Sequence[Column], rows: Sequence[Row], *, totals: Sequence[Row] = (), unit: str = "") -> Table:
    """Return a table with its totals and its unit above it; with no rows, one to be filled in by hand."""
    columns = tuple(columns)
    return Table(
        columns=columns,
        rows=(*(rows or blank_rows(columns)), *totals),
        unit_note=f"Đơn vị tính: {unit}" if unit else "",
        for_handwriting=not rows,
        is_whole=len(rows) + len(totals) <= SHORT_TABLE,
    )

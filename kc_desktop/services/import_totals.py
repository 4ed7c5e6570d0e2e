"""Whether the total rows of a workbook are the sums of the rows they stand for: a list with a row lost is told by that.

A total is held against all rows of its table and against those since the total before it; it agrees with either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.text import search_key
from kc_desktop.services import import_layouts
from kc_desktop.services.import_tables import Table
from kc_desktop.services.import_values import Reader
from kc_desktop.services.pasted_rows import TOTAL

if TYPE_CHECKING:
    from kc_desktop.services.importing import RowVerdict, SkippedRow

_COUNT: Final = re.compile(r"\D*(\d{1,6}) (?:nguoi|cong tac vien|ctv|de an|co so|doanh nghiep|don vi)")
"""A total that counts the rows: “Tổng cộng: 72 cộng tác viên”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A total row and whether it is what the rows come to; `words` say what it tells and what they come to."""

    sheet: str
    number: int
    agrees: bool
    words: str


def totals(
    what: str, tables: Iterable[Table], rows: Iterable[RowVerdict], skipped: Iterable[SkippedRow]
) -> tuple[TotalCheck, ...]:
    """Hold each total row that tells a sum, or a number of rows, against the rows of its table."""
    total_rows: dict[str, list[SkippedRow]] = {}
    for each in skipped:
        if each.kind == TOTAL:
            total_rows.setdefault(each.sheet, []).append(each)
    if not total_rows:
        return ()
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.sheet, []).append(row.number)
    return tuple(
        check
        for table in tables
        for check in _checked(what, table, total_rows.get(table.sheet.name, []), numbers.get(table.sheet.name, []))
    )


def _checked(what: str, table: Table, total_rows: list[SkippedRow], numbers: list[int]) -> list[TotalCheck]:
    if not total_rows or not numbers:
        return []
    readers = import_layouts.readers_of(what, table, lambda _table, _name: None)
    amounts = {name: each for name, each in readers.items() if each.spec.kind is Kind.MONEY}
    columns = {name: {at: _amount(table, name, each, at) or 0 for at in numbers} for name, each in amounts.items()}
    sums = {name: sum(column.values()) for name, column in columns.items()}
    found = []
    before = 0
    for row in total_rows:
        part = {
            name: sum(amount for at, amount in column.items() if before < at < row.number)
            for name, column in columns.items()
        }
        said = [
            _said(each.spec.label, told, sums[name], part[name], is_last=row is total_rows[-1])
            for name, each in amounts.items()
            if (told := _amount(table, name, each, row.number))
        ]
        said += _counted(row, numbers, before)
        if said:
            wrong = [words for agrees, words in said if not agrees]
            words = " ".join(wrong) if wrong else "Khớp với các dòng cộng lại."
            found.append(TotalCheck(sheet=row.sheet, number=row.number, agrees=not wrong, words=words))
        before = row.number
    return found


def _amount(table: Table, name: str, reader: Reader, number: int) -> int | None:
    """Return an amount of a row in đồng, None for none that can be read."""
    cell = table.sheet.rows[number - 1][table.places[name]]
    if cell == "":
        return None
    try:
        value, _said_of_it = reader.read(cell)
    except ValueError:
        return None
    return value if isinstance(value, int) else None


def _said(label: str, told: int, whole: int, part: int, *, is_last: bool) -> tuple[bool, str]:
    added = whole if is_last or not part else part
    return told in (whole, part), (
        f"{label}: dòng tổng ghi {format_vnd(told)} đồng, các dòng cộng lại {format_vnd(added)} đồng."
    )


def _counted(row: SkippedRow, numbers: list[int], before: int) -> list[tuple[bool, str]]:
    counted = _COUNT.match(search_key(row.text))
    if counted is None:
        return []
    told, part = int(counted[1]), sum(before < each < row.number for each in numbers)
    agrees = told in (part, len(numbers))
    return [(agrees, f"Dòng tổng ghi {format_vnd(told)}, bảng có {format_vnd(part or len(numbers))} dòng.")]


def notes(checks: Iterable[TotalCheck]) -> tuple[str, ...]:
    """Say where a total is not what its rows come to."""
    return tuple(f"Trang “{each.sheet}”, dòng {each.number}: {each.words}" for each in checks if not each.agrees)


def by_row(checks: Iterable[TotalCheck]) -> Mapping[tuple[str, int], TotalCheck]:
    """Return the checks by sheet and row."""
    return {(each.sheet, each.number): each for each in checks}

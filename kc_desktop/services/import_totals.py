"""Whether the total rows of a workbook are the sums of the rows they stand for: a list with a row lost is told by that.

A total is held against all rows of its table and against those since the total before it; it agrees with either. The
amounts of a group's own row are held against the rows under it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.text import search_key
from kc_desktop.services import import_layouts
from kc_desktop.services.import_headings import is_number, shown
from kc_desktop.services.import_tables import Table
from kc_desktop.services.import_values import Reader
from kc_desktop.services.pasted_rows import GROUP, TOTAL

if TYPE_CHECKING:
    from kc_desktop.services.importing import RowVerdict, SkippedRow

_COUNT: Final = re.compile(r"\D*(\d{1,6}) (?:nguoi|cong tac vien|ctv|de an|co so|doanh nghiep|don vi)")
"""A total that counts the rows: “Tổng cộng: 72 cộng tác viên”."""
_ROMAN: Final = re.compile(r"[IVX]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A row with a sum and whether it is what the rows come to; `words` say what it tells and what they come to."""

    sheet: str
    number: int
    agrees: bool
    words: str


def totals(
    what: str, tables: Iterable[Table], rows: Iterable[RowVerdict], skipped: Iterable[SkippedRow]
) -> tuple[TotalCheck, ...]:
    """Hold each row that tells a sum, or a number of rows, against the rows it stands for."""
    marked: dict[str, list[SkippedRow]] = {}
    for each in skipped:
        if each.kind in (TOTAL, GROUP):
            marked.setdefault(each.sheet, []).append(each)
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.sheet, []).append(row.number)
    found: list[TotalCheck] = []
    above: _Sums | None = None
    for table in tables:
        name = table.sheet.name
        if above is not None and not above.is_of_sheet(table):
            above = None
        sums = _Sums(what, table, numbers.get(name, []), above)
        found += _checked(table, sums, marked.get(name, []), numbers.get(name, []))
        above = sums
    return tuple(found)


def _checked(table: Table, sums: _Sums, marked: list[SkippedRow], numbers: list[int]) -> list[TotalCheck]:
    parts = _parts(table, numbers)
    if not numbers or not (marked or parts):
        return []
    total_rows = [each for each in marked if each.kind == TOTAL]
    groups = [each.number for each in marked if each.kind == GROUP]
    found = []
    before = 0
    for row in marked:
        if row.kind == TOTAL:
            said = [*sums.of_total(row, before, is_last=row is total_rows[-1]), *sums.counted(row, before)]
            before = row.number
        else:
            said = sums.of_group(row.number, _ends(table, row.number, groups))
        if said:
            wrong = [words for agrees, words in said if not agrees]
            words = " ".join(wrong) if wrong else "Khớp với các dòng cộng lại."
            found.append(TotalCheck(sheet=row.sheet, number=row.number, agrees=not wrong, words=words))
    return [*found, *sums.twice(parts)]


class _Sums:
    """The amounts of a table's rows, added up column by column when asked for; `above` are those of the one before."""

    def __init__(self, what: str, table: Table, numbers: list[int], above: _Sums | None) -> None:
        readers = import_layouts.readers_of(what, table, lambda _table, _name: None)
        self._table, self._numbers, self._above = table, numbers, above
        self._readers = {name: each for name, each in readers.items() if each.spec.kind is Kind.MONEY}
        self._sums: dict[str, list[int]] = {}

    def is_of_sheet(self, table: Table) -> bool:
        """Whether another table is of the same sheet."""
        one, other = table.sheet, self._table.sheet
        return (one.part_of or one.name) == (other.part_of or other.name)

    def _added(self, name: str) -> list[int]:
        """Return the sums of the first rows, from none to all."""
        if name not in self._sums:
            each = self._readers.get(name)
            amounts = (_amount(self._table, name, each, at) or 0 for at in self._numbers) if each is not None else ()
            self._sums[name] = [0, *accumulate(amounts)]
        return self._sums[name]

    def _so_far(self, name: str) -> int:
        """Return the sum of this table and those above it on its sheet."""
        return self._added(name)[-1] + (self._above._so_far(name) if self._above is not None else 0)

    def _rows_so_far(self) -> int:
        return len(self._numbers) + (self._above._rows_so_far() if self._above is not None else 0)

    def _between(self, name: str, after: int, end: int | None) -> int:
        """Return the sum of the rows after one row and before another."""
        sums = self._added(name)
        last = len(self._numbers) if end is None else bisect_left(self._numbers, end)
        return sums[last] - sums[bisect_right(self._numbers, after)]

    def of_total(self, row: SkippedRow, before: int, *, is_last: bool) -> list[tuple[bool, str]]:
        """Hold a total against all rows, and against those since the total before it."""
        said = []
        for name, each in self._readers.items():
            told = _amount(self._table, name, each, row.number)
            if told:
                whole, part = self._between(name, 0, None), self._between(name, before, row.number)
                agrees, words = _said(each.spec.label, told, whole, part, is_last=is_last)
                said.append((agrees or told == self._so_far(name), words))
        return said

    def counted(self, row: SkippedRow, before: int) -> list[tuple[bool, str]]:
        """Hold a total that counts the rows against them."""
        counted = _COUNT.match(search_key(row.text))
        if counted is None:
            return []
        told, part = int(counted[1]), sum(before < each < row.number for each in self._numbers)
        agrees = told in (part, len(self._numbers), self._rows_so_far())
        return [(agrees, f"Dòng tổng ghi {format_vnd(told)}, bảng có {format_vnd(part or len(self._numbers))} dòng.")]

    def of_group(self, number: int, ends: tuple[int | None, ...]) -> list[tuple[bool, str]]:
        """Hold the amounts of a group's own row against the rows under it, wherever the group may end."""
        said = []
        for name, each in self._readers.items():
            told = _amount(self._table, name, each, number)
            if told:
                added = [self._between(name, number, end) for end in ends]
                said.append(
                    (
                        told in added,
                        f"{each.spec.label}: dòng nhóm ghi {format_vnd(told)} đồng, "
                        f"các dòng của nhóm cộng lại {format_vnd(added[0])} đồng.",
                    )
                )
        return said

    def twice(self, parts: Mapping[int, int]) -> list[TotalCheck]:
        """Tell of rows that are the sums of their own parts, which are read, too: their money would count twice."""
        found = []
        for number, last in parts.items():
            told = {name: _amount(self._table, name, each, number) for name, each in self._readers.items()}
            amounts = {name: amount for name, amount in told.items() if amount}
            if amounts and all(each == self._between(name, number, last + 1) for name, each in amounts.items()):
                words = (
                    f"Số tiền bằng tổng các dòng {number + 1}–{last} nằm trong nó. "
                    "Nếu đây là dòng nhóm, xóa số tiền của dòng trong tệp rồi nhập lại."
                )
                found.append(TotalCheck(sheet=self._table.sheet.name, number=number, agrees=False, words=words))
        return found


def _ends(table: Table, number: int, groups: list[int]) -> tuple[int | None, ...]:
    """Return where a group may end, the likeliest first: at the next of its level or a higher one, at any, never."""
    levels = {at: _level(table, at) for at in groups}
    order = list(dict.fromkeys(levels.values()))  # the highest level comes first
    after = groups[bisect_right(groups, number) :]
    own = order.index(levels[number])
    likely = next((each for each in after if order.index(levels[each]) <= own), None)
    return likely, after[0] if after else None, None


def _level(table: Table, number: int) -> str:
    """Return what numbers a group of this level: "I", "A", "1", "1.1"; "" for nothing."""
    row = table.sheet.rows[number - 1]
    first = next((each for each in row if each != ""), "")
    cell = row[table.ordinal_place] if table.ordinal_place is not None and row[table.ordinal_place] != "" else first
    ordinal = shown(cell).partition(" ")[0].rstrip(".):")
    if _ROMAN.fullmatch(ordinal):
        return "I"
    if len(ordinal) == 1 and ordinal.isalpha():
        return "A"
    return re.sub(r"\d+", "1", ordinal) if is_number(ordinal) else ""


def _parts(table: Table, numbers: list[int]) -> dict[int, int]:
    """Return the rows whose parts stand right under them by their ordinals (1, then 1.1, 1.2), with the last part."""
    place = table.ordinal_place
    if place is None:
        return {}
    ordinals = [shown(table.sheet.rows[at - 1][place]).replace(",", ".").rstrip(".") for at in numbers]
    found = {}
    for at, (own, following) in enumerate(pairwise(ordinals)):
        if own and following.startswith(f"{own}."):
            last = at + 1
            while last + 1 < len(ordinals) and ordinals[last + 1].startswith(f"{own}."):
                last += 1
            found[numbers[at]] = numbers[last]
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


def notes(checks: Iterable[TotalCheck]) -> tuple[str, ...]:
    """Say where a sum is not what its rows come to, or would count twice."""
    return tuple(f"Trang “{each.sheet}”, dòng {each.number}: {each.words}" for each in checks if not each.agrees)


def by_row(checks: Iterable[TotalCheck]) -> Mapping[tuple[str, int], TotalCheck]:
    """Return the checks by sheet and row."""
    return {(each.sheet, each.number): each for each in checks}

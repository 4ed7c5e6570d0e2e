"""A block copied from Excel as rows of one kind of record: which column is what, each value read, each problem said.

Nothing is written: `read` gives a preview, whose sound rows the caller adds. Reading cells is `services.pasting`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.services import pasting
from kc_desktop.services.pasting import Cells

Resolve = Callable[[str, str], int | None]
"""Finds the id of the record of a table by how it is named; None when there is none, or more than one."""
Complete = Callable[[Mapping[str, Any]], tuple[dict[str, Any], str]]
"""Fills in what a row leaves out and says what does not agree."""

ROW, HEADING, TOTAL, GROUP = "row", "heading", "total", "group"

NUMBERS: Final = (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER)
GROUP_ORDINAL: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})|[A-H]", re.IGNORECASE)
"""What numbers a group of rows: I, II, A, B."""
_ORDINAL: Final = re.compile(r"\d{1,4}(?:\.\d{1,3})*\.?|")
_UNDER_HEADING: Final = re.compile(r"\(.*\)|[A-Z]|\d{1,2}(?:\s*=.*)?", re.IGNORECASE)
_UNITS: Final = ((pasting.MILLION, "trieu"), (pasting.THOUSAND, "nghin"), (pasting.THOUSAND, "1000"))
YES: Final = frozenset({"x", "co", "1", "dung", "yes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedRow:
    """One row of the block: `kind` says whether it is data; `cells` are its texts by field name."""

    number: int
    kind: str
    cells: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it can be added as it is."""
        return self.kind == ROW and not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block as it was understood; `unit` is what its amounts count, `is_unit_told` whether the block says so."""

    rows: tuple[PastedRow, ...]
    unit: int
    is_unit_told: bool
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> tuple[PastedRow, ...]:
        """The rows that can be added."""
        return tuple(each for each in self.rows if each.is_good)


def read(
    text: str,
    fields: Sequence[Field],
    resolve: Resolve,
    *,
    headings: Mapping[str, tuple[str, ...]] | None = None,
    unit: int | None = None,
    complete: Complete | None = None,
    today: date | None = None,
) -> Block:
    """Read a block into rows of `fields`; amounts count `unit` đồng, by default what the heading says, else đồng.

    Columns are found by the words of the heading row (`headings`, else the fields' labels); without one they stand in
    the order of `fields`, after a column of ordinals if there is one.
    """
    cells = pasting.parse_block(text)
    words = {each.name: (headings or {}).get(each.name, (each.label,)) for each in fields}
    heading = pasting.heading_row(cells, words)
    places = pasting.columns_by_heading(cells, words) if heading is not None else _by_order(cells, fields)
    first = data_from(cells, heading)
    told = unit_of(cells[:first])
    reader = _Reader(
        fields={each.name: each for each in fields if each.name in places},
        places=places,
        unit=unit or told or pasting.DONG,
        machine={name: pasting.is_machine_style([row[at] for row in cells]) for name, at in places.items()},
        resolve=resolve,
        complete=complete,
        today=today,
    )
    rows = tuple(reader.row(number, row, is_heading=number <= first) for number, row in enumerate(cells, start=1))
    notes = _notes(rows, reader)
    if pasting.is_too_long(text):
        notes = (*notes, f"Chỉ đọc {format_vnd(pasting.MAX_ROWS)} dòng đầu: dán phần còn lại sau.")
    return Block(rows=rows, unit=reader.unit, is_unit_told=told is not None, notes=notes)


def data_from(cells: Sequence[Cells], heading: int | None) -> int:
    """Return where data begins: after the heading and the rows under it that only name units or number columns."""
    if heading is None:
        return 0
    place = heading + 1
    while place < len(cells) and all(_UNDER_HEADING.fullmatch(each) for each in cells[place] if each):
        place += 1
    return place


def _by_order(cells: Sequence[Cells], fields: Sequence[Field]) -> dict[str, int]:
    """Return the columns in the fields' order, leaving a first column of ordinals out when the first field is words."""
    width = len(cells[0]) if cells else 0
    firsts = [row[0] for row in cells if row]
    numbered = [each for each in firsts if each]
    is_numbered = bool(numbered) and all(_ORDINAL.fullmatch(each) or GROUP_ORDINAL.fullmatch(each) for each in numbered)
    shift = 1 if width > 1 and is_numbered and fields[0].kind not in NUMBERS else 0
    return {each.name: place + shift for place, each in enumerate(fields) if place + shift < width}


def unit_of(rows: Sequence[Cells]) -> int | None:
    """Return how many đồng the amounts under these cells count, as their words say; None when they do not."""
    words = search_key(" ".join(clean_line(cell) for row in rows for cell in row))
    for unit, word in _UNITS:
        if word in words:
            return unit
    return pasting.DONG if re.search(r"\b(dong|vnd)\b", words) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    fields: Mapping[str, Field]
    places: Mapping[str, int]
    unit: int
    machine: Mapping[str, bool]
    resolve: Resolve
    complete: Complete | None
    today: date | None

    def row(self, number: int, row: Cells, *, is_heading: bool) -> PastedRow:
        """Read one row."""
        texts = {name: row[at] for name, at in self.places.items()}
        kind = HEADING if is_heading else self._kind(row, texts)
        if kind == HEADING:
            return PastedRow(number=number, kind=kind, cells=texts)
        values: dict[str, Any] = {}
        problem = ""
        for name, spec in self.fields.items():
            try:
                values[name] = self._value(spec, texts[name])
            except ValueError as error:
                problem = problem or f"{spec.label}: {error}"
        if kind != ROW:
            return PastedRow(number=number, kind=kind, cells=texts, values=values)
        if not problem:
            problem = self._lacking(values)
        if not problem and self.complete is not None:
            values, problem = self.complete(values)
        return PastedRow(number=number, kind=kind, cells=texts, values=values, problem=problem)

    def _kind(self, row: Cells, texts: Mapping[str, str]) -> str:
        if pasting.is_total_row(row):
            return TOTAL
        numbers = [texts[name] for name, spec in self.fields.items() if spec.kind in NUMBERS]
        if not numbers:
            return ROW
        first = next((each for each in row if each), "")
        is_before_all = row[0] == first and 0 not in self.places.values()
        if is_before_all and GROUP_ORDINAL.fullmatch(first):
            return GROUP
        return ROW if any(numbers) else GROUP

    def _lacking(self, values: Mapping[str, Any]) -> str:
        for name, spec in self.fields.items():
            if spec.required and values[name] in (None, "") and spec.kind not in NUMBERS:
                return f"Chưa có {spec.label[:1].lower()}{spec.label[1:]}."
        return ""

    def _value(self, spec: Field, cell: str) -> Any:
        match spec.kind:
            case Kind.MONEY:
                amount = pasting.amount(cell, self.unit, machine=self.machine[spec.name])
                if amount is not None and amount < 0:
                    raise ValueError("số tiền không được âm.")
                return amount
            case Kind.DECIMAL | Kind.INTEGER:
                number = pasting.number(cell.removesuffix("%"), machine=self.machine[spec.name])
                if number is None or spec.kind is Kind.DECIMAL:
                    return number
                if number != int(number):
                    raise ValueError(f"“{cell}” phải là số nguyên.")
                return int(number)
            case Kind.DATE:
                return pasting.day(cell, today=self.today)
            case Kind.CHOICE:
                return self._choice(spec, cell)
            case Kind.LINK:
                return self._link(spec, cell)
            case Kind.FLAG:
                return search_key(clean_line(cell)) in YES
        return clean_line(cell) if spec.kind is Kind.LINE else cell

    def _choice(self, spec: Field, cell: str) -> str:
        wanted = search_key(clean_line(cell))
        if not wanted:
            return ""
        found = next((code for code, label in spec.choices if search_key(label) == wanted), None)
        if found is None:
            raise ValueError(f"không có “{clean_line(cell)}” trong danh sách.")
        return found

    def _link(self, spec: Field, cell: str) -> int | None:
        if not clean_line(cell):
            return None
        found = self.resolve(spec.target, clean_line(cell))
        if found is None:
            raise ValueError(f"chưa có “{clean_line(cell)}” trong danh sách.")
        return found


def _notes(rows: Sequence[PastedRow], reader: _Reader) -> tuple[str, ...]:
    """Say where the block's own last total is not the sum of its rows."""
    totals = [each for each in rows if each.kind == TOTAL]
    if not totals:
        return ()
    said = []
    for name, spec in reader.fields.items():
        stated = totals[-1].values.get(name)
        if spec.kind is not Kind.MONEY or not stated:
            continue
        added = sum(each.values.get(name) or 0 for each in rows if each.kind == ROW)
        if added != stated:
            said.append(
                f"{spec.label}: dòng tổng ghi {format_vnd(stated)} đồng, các dòng cộng lại {format_vnd(added)} đồng."
            )
    return tuple(said)

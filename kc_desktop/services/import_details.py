"""How every cell of a row of a workbook was read: what it holds, what was made of it, what the file has now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.exchange.reading import Cell
from kc_desktop.services import import_layouts, import_totals, importing, naming, pasting
from kc_desktop.services.import_headings import UNIT_NAMES, shown
from kc_desktop.services.import_plans import SAME, VERDICT_WORDS
from kc_desktop.services.import_tables import CLOSING, Table, spread_cells
from kc_desktop.services.import_values import Reader
from kc_desktop.services.importing import Imported, RowVerdict
from kc_desktop.services.pasted_rows import GROUP, HEADING, TOTAL
from kc_desktop.services.workspace import Workspace

SKIPPED: Final = "skipped"
"""What a row is that holds no record: a verdict besides those of `import_plans`."""

WORDS: Final = {**VERDICT_WORDS, SKIPPED: "bỏ qua"}
_KINDS: Final = {
    HEADING: "Tiêu đề lặp lại",
    GROUP: "Dòng nhóm",
    TOTAL: "Dòng tổng",
    CLOSING: "Dưới bảng (ngày, chữ ký, ghi chú)",
}
_READ_AS: Final = re.compile(r"đọc là (\S+)\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReading:
    """One cell: its column, what it holds, what was read, what is to be said of that, and what the file has now."""

    column: str
    label: str
    cell: str
    value: str
    said: str = ""
    kept: str = ""
    is_wrong: bool = False


def all_rows(found: Imported) -> tuple[RowVerdict, ...]:
    """Return every row of a workbook in its order, those that are no data among them."""
    if not found.skipped:
        return found.rows
    checks = import_totals.by_row(import_totals.totals(found.what, found.tables, found.rows, found.skipped))
    places = {table.sheet.name: place for place, table in enumerate(found.tables)}
    skipped = []
    for each in found.skipped:
        check = checks.get((each.sheet, each.number))
        said = (_KINDS.get(each.kind, each.kind) + ".", *((check.words,) if check is not None else ()))
        skipped.append(RowVerdict(sheet=each.sheet, number=each.number, name=each.text, verdict=SKIPPED, reasons=said))
    return tuple(sorted((*found.rows, *skipped), key=lambda each: (places.get(each.sheet, 0), each.number)))


class Details:
    """How the cells of each row were read; what a whole table tells of its columns is worked out once."""

    def __init__(self, workspace: Workspace, found: Imported) -> None:
        self._workspace = workspace
        resolve = importing.resolver(workspace, date.today())
        self._tables = {each.sheet.name: each for each in found.tables}
        self._readers = {
            name: import_layouts.readers_of(found.what, table, resolve) for name, table in self._tables.items()
        }
        self._spread = {name: spread_cells(table) for name, table in self._tables.items()}

    def cells_of(self, row: RowVerdict) -> tuple[CellReading, ...]:
        """Return how each cell of a row was read that holds anything, in the order of the sheet's columns."""
        table = self._tables.get(row.sheet)
        if table is None or row.verdict == SKIPPED:
            return ()
        cells, readers = table.sheet.rows[row.number - 1], self._readers[row.sheet]
        spread = self._spread[row.sheet].get(row.number - 1, {})
        return tuple(
            _reading(self._workspace, table, row, readers[name], spread.get(name, cells[place]), name in spread)
            for name, place in sorted(table.places.items(), key=lambda each: each[1])
            if cells[place] != "" or name in spread
        )


def _reading(
    workspace: Workspace, table: Table, row: RowVerdict, reader: Reader, cell: Cell, is_merged: bool
) -> CellReading:
    spec = reader.spec
    column = table.heads[table.places[spec.name]]
    holds = "••••••" if spec.protected else shown(cell)
    try:
        value, said = reader.read(cell)
    except ValueError as error:
        return CellReading(column=column, label=spec.label, cell=holds, value="", said=str(error), is_wrong=True)
    change = next((each for each in row.changes if each.label == spec.label), None)
    more = [each.removeprefix(f"{spec.label}: ") for each in row.readings if each.startswith(spec.label)]
    merged = ("ô gộp từ dòng trên",) if is_merged else ()
    flags = dict.fromkeys(
        (*merged, *_flags(table, reader, cell, value), *((said,) if said and said not in more else ()), *more)
    )
    return CellReading(
        column=column,
        label=spec.label,
        cell=holds,
        value=change.after if change is not None else _read_as(more) or _in_words(workspace, spec, value),
        said=" ".join(each[:1].upper() + each[1:] for each in _ended(flags)),
        kept=_kept(row, change is not None, change.before if change is not None else ""),
        is_wrong=any(each.startswith(f"{spec.label}:") for each in row.reasons),
    )


def _read_as(said: Iterable[str]) -> str:
    """Return what a cell became where its words tell that."""
    return next((found[1] for each in said if (found := _READ_AS.search(each)) is not None), "")


def _kept(row: RowVerdict, is_changed: bool, before: str) -> str:
    if is_changed:
        return before or "trống"
    return "không đổi" if row.verdict == SAME else ""


def _ended(flags: Iterable[str]) -> list[str]:
    return [each if each.endswith((".", "…")) else f"{each}." for each in flags if each]


def _in_words(workspace: Workspace, spec: Field, value: Any) -> str:
    if spec.kind is Kind.MONEY and isinstance(value, int):
        return f"{format_vnd(value)} đồng"
    return naming.value_in_words(workspace.title_of, spec, value)


def _flags(table: Table, reader: Reader, cell: Cell, value: object) -> list[str]:
    """Say what of a cell was read otherwise than it stands."""
    said = []
    spec = reader.spec
    if spec.kind is Kind.MONEY and value and reader.unit != pasting.DONG and not _names_unit(cell):
        said.append(f"tính bằng {UNIT_NAMES[reader.unit]}")
    if spec.kind is Kind.DATE and isinstance(cell, int | str) and shown(cell).isdigit():
        said.append("số ngày của Excel")
    if reader.machine and isinstance(cell, str) and "." in cell:
        said.append("dấu chấm là dấu thập phân")
    if table.sheet.encoding and isinstance(cell, str) and not cell.isascii():
        said.append(f"chuyển từ phông {table.sheet.encoding}")
    return said


def _names_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and any(each.isalpha() for each in cell)

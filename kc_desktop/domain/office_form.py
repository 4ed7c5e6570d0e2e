"""The office's own .xlsx forms and their maps: which cell and which column of a form takes which value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kc_desktop.domain.fields import Choices, choice, line, record, text

FORM_UNITS: Choices = (("1", "đồng"), ("1000", "nghìn đồng"), ("1000000", "triệu đồng"))
ORDINAL: Final = "#"
"""The value of a column that numbers the rows."""
TOTAL: Final = "total:"
"""Begins a value that is the sum of a column."""
IN_WORDS: Final = "words:"
"""Begins a value that is the sum of a column of đồng in words."""
_MOST_ROWS: Final = 1_048_576
"""The rows of a sheet."""
FIXED: Final = "text:"
"""Begins words that always stand in a cell."""


@record("office_form", "mẫu biểu Excel", "Mẫu biểu Excel")
class OfficeForm:
    """An .xlsx form the office brought, its file attached; `source` is a list's key, `cell_map` a `CellMap` as text."""

    id: int = 0
    name: str = line("Tên mẫu biểu", required=True, width=40, in_list=True)
    source: str = line("Số liệu", required=True, width=24, in_form=False, is_told=False)
    unit: str = choice("Đơn vị tính", FORM_UNITS, default="1", in_list=True)
    cell_map: str = text("Bản đồ ô", in_form=False, is_told=False)
    note: str = text("Ghi chú", in_list=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCell:
    """A cell of a form and the value it takes."""

    sheet: str
    cell: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedTable:
    """A table of a form: the rows drawn for data, as Excel counts, and the value of each column by its letters."""

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMap:
    """The map of a form."""

    cells: tuple[MappedCell, ...] = ()
    tables: tuple[MappedTable, ...] = ()

    @property
    def values(self) -> frozenset[str]:
        """Every value the map asks for."""
        return frozenset(self._values())

    def _values(self) -> Iterator[str]:
        for each in self.cells:
            yield each.value
        for table in self.tables:
            yield from table.columns.values()

    def as_text(self) -> str:
        """Return the map as it is kept."""
        kept = {
            "cells": [[each.sheet, each.cell, each.value] for each in self.cells],
            "tables": [
                {"sheet": each.sheet, "first": each.first_row, "last": each.last_row, "columns": dict(each.columns)}
                for each in self.tables
            ],
        }
        return json.dumps(kept, ensure_ascii=False, indent=1)


def map_from_text(kept: str) -> CellMap:
    """Return the map that `as_text` gave; an empty one for what is none."""
    try:
        told: Any = json.loads(kept or "{}")
        cells = tuple(
            MappedCell(sheet=str(sheet), cell=str(cell), value=str(value))
            for sheet, cell, value in told.get("cells", ())
        )
        tables = tuple(
            MappedTable(
                sheet=str(each["sheet"]),
                first_row=int(each["first"]),
                last_row=max(int(each["last"]), int(each["first"])),
                columns={str(letters): str(value) for letters, value in each["columns"].items()},
            )
            for each in told.get("tables", ())
            if int(each["first"]) >= 1 and int(each["last"]) <= _MOST_ROWS
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return CellMap()
    return CellMap(cells=cells, tables=tables)

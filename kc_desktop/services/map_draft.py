"""The map of a form while it is being edited: what goes into which cell, and into which columns of which tables.

draft = MapDraft(map_from_text(form.cell_map), office_forms.sheets_of(workspace, form.id))
draft.set_value("Biểu 5", 12, 3, "name")        # of the column, where row 12 is one of a table's
office_forms.set_map(workspace, form.id, draft.as_map(), unit=form.unit)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kc_desktop.domain.office_form import FIXED, CellMap, MappedCell, MappedTable
from kc_desktop.exchange.form_formulas import cell, column_letters, column_number, split_cell
from kc_desktop.exchange.forms import FormSheet

_SAID: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitted:
    """What became of a map whose form is filled from something else: how many places stay, and the words of those lost.

    `found` counts those that the headings of the form name anew.
    """

    kept: int
    lost: tuple[str, ...]
    found: int

    @property
    def in_words(self) -> str:
        """What to tell of it in one line."""
        said = [f"giữ {self.kept} ô, cột"]
        if self.found:
            said.append(f"ghép {self.found} theo tiêu đề của mẫu")
        if self.lost:
            more = "; …" if len(self.lost) > _SAID else ""
            said.append(f"bỏ {len(self.lost)} không có trong số liệu này ({'; '.join(self.lost[:_SAID])}{more})")
        return f"Đã đổi số liệu: {', '.join(said)}. Xem lại rồi bấm Lưu."


class MapDraft:
    """Cells by sheet, row and column, and any number of tables on each sheet; what another file lacks is left out."""

    def __init__(self, given: CellMap, sheets: Iterable[FormSheet]) -> None:
        names = {each.name for each in sheets}
        own = (each for each in given.cells if each.sheet in names)
        self.cells = {(each.sheet, *split_cell(each.cell)): each.value for each in own}
        self._tables = [each for each in given.tables if each.sheet in names]

    def as_map(self) -> CellMap:
        """Return the map as it stands; a table without a column is none."""
        cells = tuple(
            MappedCell(sheet=sheet, cell=cell(row, column), value=value)
            for (sheet, row, column), value in sorted(self.cells.items())
            if value != FIXED
        )
        return CellMap(cells=cells, tables=tuple(each for each in self._tables if each.columns))

    # tables

    def tables_on(self, sheet: str) -> tuple[MappedTable, ...]:
        """Return the tables of a sheet from the first row down."""
        return tuple(sorted((each for each in self._tables if each.sheet == sheet), key=lambda each: each.first_row))

    def table_at(self, sheet: str, row: int) -> MappedTable | None:
        """Return the table that a row is drawn for."""
        return next((each for each in self.tables_on(sheet) if each.first_row <= row <= each.last_row), None)

    def put_rows(self, sheet: str, table: MappedTable | None, first: int, last: int) -> MappedTable | None:
        """Give a table its rows, None for a new one; with `first` 0 it is no table any more. Return it as it is now."""
        now = table or MappedTable(sheet=sheet, first_row=first, last_row=first)
        return self._put(table, replace(now, first_row=first, last_row=max(first, last)) if first else None)

    def _put(self, table: MappedTable | None, now: MappedTable | None) -> MappedTable | None:
        self._tables = [each for each in self._tables if each is not table] + ([now] if now is not None else [])
        return now

    # values

    def value_at(self, sheet: str, row: int, column: int) -> str:
        """Return what goes into a cell, "" for nothing."""
        table = self.table_at(sheet, row)
        if table is not None:
            return table.columns.get(column_letters(column), "")
        return self.cells.get((sheet, row, column), "")

    def set_value(self, sheet: str, row: int, column: int, value: str) -> None:
        """Say what goes into a cell, or into its column where the row is one of a table's; "" for nothing."""
        table = self.table_at(sheet, row)
        if table is not None:
            columns = {letters: key for letters, key in table.columns.items() if letters != column_letters(column)}
            self._put(table, _with_columns(table, columns | ({column_letters(column): value} if value else {})))
        elif value:
            self.cells[sheet, row, column] = value
        else:
            self.cells.pop((sheet, row, column), None)

    # another source

    def refit(self, before: Mapping[str, str], after: Mapping[str, str], proposed: CellMap) -> Refitted:
        """Keep what means the same in another source; what does not is left, or what the form's headings ask for.

        `before` and `after` are the values of both sources with their words; the tables keep their rows.
        """

        def fits(value: str) -> bool:
            return value.startswith(FIXED) or (value in after and after[value] == before.get(value))

        lost = [value for value in self.cells.values() if not fits(value)]
        places = {at for at, value in self.cells.items() if not fits(value)}
        self.cells = {at: value for at, value in self.cells.items() if at not in places}
        kept, found = len(self.cells), 0
        for each in proposed.cells:
            if (each.sheet, *split_cell(each.cell)) in places:
                self.cells[each.sheet, *split_cell(each.cell)] = each.value
                found += 1
        for table in tuple(self._tables):
            own = {letters: value for letters, value in table.columns.items() if fits(value)}
            lost += [value for letters, value in table.columns.items() if letters not in own]
            asked = next((each.columns for each in proposed.tables if _is_same_place(each, table)), {})
            more = {letters: value for letters, value in asked.items() if letters not in own}
            more = {letters: value for letters, value in more.items() if value not in own.values()}
            self._put(table, _with_columns(table, own | more))
            kept, found = kept + len(own), found + len(more)
        return Refitted(kept=kept, lost=tuple(dict.fromkeys(before.get(each, each) for each in lost)), found=found)


def _with_columns(table: MappedTable, columns: Mapping[str, str]) -> MappedTable:
    return replace(table, columns=dict(sorted(columns.items(), key=lambda each: column_number(each[0]))))


def _is_same_place(one: MappedTable, other: MappedTable) -> bool:
    return one.sheet == other.sheet and one.first_row <= other.last_row and other.first_row <= one.last_row

"""Share out the width of a table, the same for the PDF and the Word copy."""

import itertools
from dataclasses import dataclass
from typing import Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import units
from kc_desktop.documents.fonts import BOLD, REGULAR, FontSet
from kc_desktop.documents.names import break_name
from kc_desktop.documents.paper import Align, Column, Table

_STEP_PT: Final = 0.5
_ROUNDING_PT: Final = 0.5  # word processors round widths: a figure that just fits here would be broken there
_TEXT_WORD_SHARE: Final = 0.25  # a text column need not hold a longer word whole: it is cut
_FIGURE_SHARE: Final = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Widths of the columns in points, and the size of the type in them."""

    widths: tuple[float, ...]
    size_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCell:
    """A cell of the header: columns `first`..`last`, over one or both of its rows."""

    text: str
    row: int
    rows: int
    first: int
    last: int


def lay_out(table: Table, fonts: FontSet, width: float) -> TableLayout:
    """Return widths after the columns' weights, widened where a word or figure would not fit.

    The type is made smaller only when the widest words of all columns do not fit side by side.
    """
    needs = _needs_at_one_point(table, fonts)
    padding = 2 * units.mm(d.CELL_PADDING_X_MM) + _ROUNDING_PT
    size = d.TABLE_PT
    while True:
        least = [
            min(need * size + padding, width * (_FIGURE_SHARE if column.align is Align.RIGHT else _TEXT_WORD_SHARE))
            for need, column in zip(needs, table.columns, strict=True)
        ]
        if sum(least) <= width or size <= d.TABLE_MIN_PT:
            return TableLayout(widths=_shared_out(table.columns, least, width), size_pt=size)
        size -= _STEP_PT


def gap_before(table: Table) -> float:
    """Return the room between a table and what stands above it, in points."""
    return d.UNIT_NOTE_GAP_PT if table.unit_note else d.PARAGRAPH_GAP_PT


def header_cells(columns: tuple[Column, ...]) -> tuple[HeaderCell, ...]:
    """Return the header row by row: cells over one row, or over two when some columns stand in groups."""
    if not any(column.group for column in columns):
        return tuple(
            HeaderCell(text=column.title, row=0, rows=1, first=place, last=place)
            for place, column in enumerate(columns)
        )
    cells: list[HeaderCell] = []
    for group, members in itertools.groupby(enumerate(columns), key=lambda pair: pair[1].group):
        places = [place for place, _ in members]
        if group:
            cells.append(HeaderCell(text=group, row=0, rows=1, first=places[0], last=places[-1]))
        for place in places:
            row, rows = (1, 1) if group else (0, 2)
            cells.append(HeaderCell(text=columns[place].title, row=row, rows=rows, first=place, last=place))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.first)))


def title_lines(text: str, fonts: FontSet, size_pt: float, width: float) -> tuple[str, ...]:
    """Return the lines of a column title in a cell of that width, broken where a person would break it."""
    return break_name(text, lambda part: fonts.width(part, BOLD, size_pt), width - 2 * units.mm(d.CELL_PADDING_X_MM))


def row_stays_with_next(table: Table, place: int) -> bool:
    """Tell whether a row must not be parted from the next: of a whole table, a group's title, the last over a total."""
    if place + 1 >= len(table.rows):
        return False
    row, below = table.rows[place], table.rows[place + 1]
    return table.is_whole or row.spans or (below.bold and not below.spans)


def header_rows(columns: tuple[Column, ...]) -> int:
    """Return the number of rows of the header."""
    return 2 if any(column.group for column in columns) else 1


def _needs_at_one_point(table: Table, fonts: FontSet) -> list[float]:
    """Return the width of the widest word of each column, at a size of one point."""
    needs = []
    for place, column in enumerate(table.columns):
        widest = max((fonts.width(word, BOLD, 1.0) for word in column.title.split()), default=0.0)
        for row in table.rows:
            if row.spans:
                continue
            face = BOLD if row.bold else REGULAR
            for word in row.cells[place].split():
                widest = max(widest, fonts.width(word, face, 1.0))
        needs.append(widest)
    return needs


def _shared_out(columns: tuple[Column, ...], least: list[float], width: float) -> tuple[float, ...]:
    total_weight = sum(column.weight for column in columns)
    wanted = [width * column.weight / total_weight for column in columns]
    if sum(least) >= width:
        return tuple(need * width / sum(least) for need in least)
    missing = sum(max(0.0, need - want) for need, want in zip(least, wanted, strict=True))
    spare = sum(max(0.0, want - need) for need, want in zip(least, wanted, strict=True))
    return tuple(
        need if want <= need else want - (want - need) * (missing / spare)
        for need, want in zip(least, wanted, strict=True)
    )

"""Tables of a paper as boxes: the header repeats, a row does not split unless it is higher than a page."""

from collections.abc import Sequence
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import BOLD, REGULAR, FontSet
from kc_desktop.documents.names import break_name
from kc_desktop.documents.pagination import Box
from kc_desktop.documents.paper import Align, Column, Row, Run, Table
from kc_desktop.documents.table_layout import (
    TableLayout,
    gap_before,
    header_cells,
    header_rows,
    lay_out,
    row_stays_with_next,
    title_lines,
)
from kc_desktop.documents.text_layout import Line, break_runs, draw_line, runs_of
from kc_desktop.documents.units import mm

Cell = list[Line]

_BALANCED_LINES: Final = 3
_LONELY_SHARE: Final = 0.25


def table_boxes(table: Table, fonts: FontSet, width: float, page_height: float) -> list[Box]:
    """Return unit note, header and rows as boxes; the header is tied to the first row and repeated on each page."""
    layout = lay_out(table, fonts, width)
    header = _header_box(table.columns, layout, fonts)
    boxes: list[Box] = []
    if table.unit_note:
        note = styles.UNIT_NOTE
        lines = break_runs(runs_of(table.unit_note, note), fonts, note.size_pt, width)
        boxes += [_note_box(line, fonts, width) for line in lines]
    boxes.append(_gap(table))
    boxes.append(header)
    first = True
    for place, row in enumerate(table.rows):
        for box in _row_boxes(row, table, layout, fonts, page_height - header.height):
            box.repeated = None if first else header
            boxes.append(box)
            first = False
        boxes[-1].stays_with_next = row_stays_with_next(table, place)
    if table.rows:
        header.stays_with_next = True
    return boxes


def _gap(table: Table) -> Box:
    return Box(height=0, draw=_nothing, space_before=gap_before(table), stays_with_next=True)


def _nothing(_canvas: Any, _left: float, _top: float) -> None:
    return


def _note_box(line: Line, fonts: FontSet, width: float) -> Box:
    style = styles.UNIT_NOTE

    def draw(canvas: Any, left: float, top: float) -> None:
        draw_line(canvas, line, fonts, style.size_pt, left, top, width, style.align)

    return Box(
        height=style.line_height_pt,
        draw=draw,
        space_before=style.space_before_pt,
        stays_with_next=True,
        content_lines=1,
    )


def _header_box(columns: tuple[Column, ...], layout: TableLayout, fonts: FontSet) -> Box:
    cells = header_cells(columns)
    size, padding = layout.size_pt, mm(d.CELL_PADDING_Y_MM)
    leading = size * d.SINGLE_LINE
    edges = _edges(layout.widths)
    texts = [_title_lines(cell.text, fonts, size, edges[cell.last + 1] - edges[cell.first]) for cell in cells]
    heights = [0.0] * header_rows(columns)
    for cell, lines in zip(cells, texts, strict=True):
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], len(lines) * leading + 2 * padding)
    for cell, lines in zip(cells, texts, strict=True):
        lacking = len(lines) * leading + 2 * padding - sum(heights[cell.row : cell.row + cell.rows])
        heights[-1] += max(0.0, lacking)
    tops = [sum(heights[:place]) for place in range(len(heights) + 1)]

    def draw(canvas: Any, left: float, top: float) -> None:
        for cell, lines in zip(cells, texts, strict=True):
            cell_top, cell_foot = top - tops[cell.row], top - tops[cell.row + cell.rows]
            begin, end = left + edges[cell.first], left + edges[cell.last + 1]
            _draw_frame(canvas, begin, cell_top, end - begin, cell_top - cell_foot)
            _draw_cell(canvas, lines, fonts, size, begin, cell_top, end - begin, cell_top - cell_foot, Align.CENTER)

    return Box(height=sum(heights), draw=draw, content_lines=1)


def _row_boxes(row: Row, table: Table, layout: TableLayout, fonts: FontSet, room: float) -> list[Box]:
    """Return a row whole, or in slices that each fill a page when no page can hold it."""
    if row.spans:
        width = sum(layout.widths)
        layout = TableLayout(widths=(width,), size_pt=layout.size_pt)
        cells = [_cell_lines(row.cells[0], fonts, layout.size_pt, width, is_bold=row.bold)]
    else:
        cells = [
            _cell_lines(text, fonts, layout.size_pt, width, is_bold=row.bold)
            for text, width in zip(row.cells, layout.widths, strict=True)
        ]
    longest = max(map(len, cells))
    most = max(1, int((room - 2 * mm(d.CELL_PADDING_Y_MM)) / (layout.size_pt * d.SINGLE_LINE)))
    if longest <= most:
        return [_row_box(cells, table, layout, fonts)]
    return [
        _row_box([lines[begin : begin + most] for lines in cells], table, layout, fonts)
        for begin in range(0, longest, most)
    ]


def _row_box(cells: Sequence[Cell], table: Table, layout: TableLayout, fonts: FontSet) -> Box:
    size = layout.size_pt
    height = max(1, *map(len, cells)) * size * d.SINGLE_LINE + 2 * mm(d.CELL_PADDING_Y_MM)
    if table.for_handwriting:
        height = max(height, mm(d.HANDWRITING_ROW_MM))
    edges = _edges(layout.widths)

    def draw(canvas: Any, left: float, top: float) -> None:
        for place, lines in enumerate(cells):
            begin, width = left + edges[place], layout.widths[place]
            _draw_frame(canvas, begin, top, width, height)
            align = table.columns[place].align if len(cells) > 1 else Align.LEFT
            _draw_cell(canvas, lines, fonts, size, begin, top, width, height, align)

    return Box(height=height, draw=draw, content_lines=max(1, *map(len, cells)))


def _cell_lines(text: str, fonts: FontSet, size_pt: float, width: float, *, is_bold: bool) -> Cell:
    if not text.strip():
        return []
    room = width - 2 * mm(d.CELL_PADDING_X_MM)
    lines = break_runs((Run(text=text.strip(), bold=is_bold),), fonts, size_pt, room)
    is_lonely = not lines[-1].gaps and lines[-1].width < room * _LONELY_SHARE
    if not 2 <= len(lines) <= _BALANCED_LINES or not is_lonely or "\n" in text.strip():
        return lines
    # A last line of one short syllable: the same number of lines, broken where a person would break them.
    parts = break_name(text, lambda part: fonts.width(part, BOLD if is_bold else REGULAR, size_pt), room)
    if len(parts) != len(lines):
        return lines
    return break_runs((Run(text="\n".join(parts), bold=is_bold),), fonts, size_pt, room)


def _title_lines(text: str, fonts: FontSet, size_pt: float, width: float) -> Cell:
    rows = title_lines(text, fonts, size_pt, width)
    return _cell_lines("\n".join(rows), fonts, size_pt, width, is_bold=True)


def _edges(widths: Sequence[float]) -> list[float]:
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _draw_frame(canvas: Any, left: float, top: float, width: float, height: float) -> None:
    canvas.setLineWidth(d.LINE_WIDTH_PT)
    canvas.rect(left, top - height, width, height)


def _draw_cell(
    canvas: Any,
    lines: Cell,
    fonts: FontSet,
    size_pt: float,
    left: float,
    top: float,
    width: float,
    height: float,
    align: Align,
) -> None:
    leading = size_pt * d.SINGLE_LINE
    padding = mm(d.CELL_PADDING_X_MM)
    begin = top - (height - len(lines) * leading) / 2
    for place, line in enumerate(lines):
        draw_line(canvas, line, fonts, size_pt, left + padding, begin - place * leading, width - 2 * padding, align)

"""Blocks of a paper as python-docx paragraphs and tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.chart import Chart
from kc_desktop.documents.charts import draw_chart
from kc_desktop.documents.fonts import FontSet
from kc_desktop.documents.names import rule_length
from kc_desktop.documents.paper import Align, BlankLines, Block, Bullets, Heading, Paragraph, Row, Run, Table
from kc_desktop.documents.styles import TextStyle
from kc_desktop.documents.table_layout import (
    TableLayout,
    gap_before,
    header_cells,
    header_rows,
    lay_out,
    row_stays_with_next,
    title_lines,
)
from kc_desktop.documents.text_layout import Line, break_balanced, break_runs
from kc_desktop.documents.units import mm
from kc_desktop.documents.word_pictures import add_picture
from kc_desktop.documents.word_styles import RULE_STYLE, SPACER_STYLE, alignment, style_id


class BlockWriter:
    """Write blocks into a container (the body of a document or a cell) of a known width in points."""

    def __init__(self, container: Any, fonts: FontSet, width: float) -> None:
        self.container = container
        self.fonts = fonts
        self.width = width

    def write(self, blocks: Iterable[Block], *, lines_kept_with_next: int = 0) -> None:
        """Write blocks; the last ones are tied to what follows until they hold so many lines."""
        blocks = list(blocks)
        kept = _kept_lines(blocks, lines_kept_with_next, self.fonts, self.width)
        for place, block in enumerate(blocks):
            keep = place in kept
            if isinstance(block, Paragraph):
                self._paragraph(block, keep=keep)
            elif isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Bullets):
                for item in block.items:
                    self.styled(f"- {item}", styles.BODY, keep=keep and item is block.items[-1])
            elif isinstance(block, BlankLines):
                self._blank_lines(block.count, keep=keep)
            elif isinstance(block, Chart):
                self._chart(block, keep=keep)
            else:
                self._table(block, keep_rows=kept.get(place, 0))

    def styled(self, text: str, style: TextStyle, *, keep: bool = False) -> Any:
        """Add a paragraph in a named style; newlines become line breaks."""
        paragraph = self._new_paragraph(style.name)
        add_text(paragraph, text)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def balanced(self, text: str, style: TextStyle, width: float | None = None) -> tuple[Any, list[Line]]:
        """Add a name or title with line breaks where a person would break it."""
        room = self.width * d.CENTRED_SHARE if width is None else width
        lines = break_balanced(text, style, self.fonts, room)
        rows = ["".join(part for _, part in line.stretches) for line in lines]
        return self.styled("\n".join(rows), style), lines

    def short_rule(self, lines: Sequence[Line]) -> Any:
        """Add the rule of 1/3 to 1/2 of the line above it."""
        return self.rule(rule_length([line.width for line in lines], d.SHORT_RULE, *d.SHORT_RULE_SAFE_RANGE))

    def rule(self, length: float) -> Any:
        """Add a centred rule of a length in points: the border of an empty paragraph between two indents."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        paragraph = self._new_paragraph(RULE_STYLE)
        layout = paragraph.paragraph_format
        indent = Pt((self.width - length) / 2)
        layout.left_indent = layout.right_indent = indent
        layout.space_before = Pt(d.RULE_GAP_PT)
        layout.line_spacing = Pt(d.RULE_ROOM_PT - d.RULE_GAP_PT - d.RULE_WIDTH_PT)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (
            ("val", "single"),
            ("sz", str(round(d.RULE_WIDTH_PT * 8))),
            ("space", "0"),
            ("color", "000000"),
        ):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
        return paragraph

    def gap(self, height: float) -> Any:
        """Add empty room that stays with what follows."""
        from docx.shared import Pt

        paragraph = self._new_paragraph(SPACER_STYLE)
        paragraph.paragraph_format.line_spacing = Pt(max(1.0, height))
        return paragraph

    def _new_paragraph(self, style_name: str) -> Any:
        """Add an empty paragraph; its style by id, for python-docx reads every style to find one by name."""
        paragraph = self.container.add_paragraph()
        paragraph._p.style = style_id(style_name)
        return paragraph

    def _paragraph(self, block: Paragraph, *, keep: bool) -> None:
        paragraph = self._new_paragraph(styles.BODY.name)
        for run in block.runs:
            add_text(paragraph, run.text, bold=run.bold, italic=run.italic)
        layout = paragraph.paragraph_format
        if block.align is not Align.JUSTIFY:
            layout.alignment = alignment(block.align)
        if not block.indented:
            layout.first_line_indent = 0
        if block.keep_with_next or keep:
            layout.keep_with_next = True

    def _heading(self, block: Heading) -> None:
        for text, style in zip(block.lines, styles.HEADINGS[block.level], strict=True):
            if style.align is Align.CENTER:
                self.balanced(text, style)
            else:
                self.styled(text, style, keep=True)

    def _blank_lines(self, count: int, *, keep: bool) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Pt

        for _ in range(count):
            paragraph = self.styled("", styles.BODY, keep=keep)
            paragraph.paragraph_format.first_line_indent = 0
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Pt(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            paragraph.add_run("\t")

    def _chart(self, chart: Chart, *, keep: bool) -> None:
        paragraph = self.styled("", styles.BODY, keep=keep)
        paragraph.paragraph_format.first_line_indent = 0
        add_picture(paragraph, draw_chart(chart, self.fonts, self.width), self.fonts, chart.title)

    def _table(self, block: Table, *, keep_rows: int) -> None:
        if block.unit_note:
            self.styled(block.unit_note, styles.UNIT_NOTE)
        self.gap(gap_before(block))
        layout = lay_out(block, self.fonts, self.width)
        heads = header_rows(block.columns)
        table = make_table(self.container, len(block.rows) + heads, layout.widths, self.width, is_ruled=True)
        self._header(table, block, layout, heads)
        for place, row in enumerate(block.rows):
            is_kept = place >= len(block.rows) - keep_rows or row_stays_with_next(block, place)
            _fill_row(table.rows[place + heads], row, block, layout, keep=is_kept)

    def _header(self, table: Any, block: Table, layout: TableLayout, heads: int) -> None:
        from docx.oxml import OxmlElement

        for cell in header_cells(block.columns):
            target = table.cell(cell.row, cell.first)
            last = table.cell(cell.row + cell.rows - 1, cell.last)
            merged = target if target is last else target.merge(last)
            width = sum(layout.widths[cell.first : cell.last + 1])
            text = "\n".join(title_lines(cell.text, self.fonts, layout.size_pt, width))
            _fill_cell(merged, text, styles.TABLE_HEAD, layout.size_pt, align=None, keep=True)
        for row in table.rows[:heads] if heads > 1 else [table.rows[0]]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            _do_not_split(row)


def add_text(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    """Add a run; a newline becomes a line break, and no line ends before a %. Only what the style lacks is set."""
    if not text:
        return
    run = paragraph.add_run()
    for place, line in enumerate(text.split("\n")):
        if place:
            run.add_break()
        run.add_text(line.replace(" %", "\N{NO-BREAK SPACE}%"))
    if bold:
        run.bold = True
    if italic:
        run.italic = True


def make_table(container: Any, rows: int, widths: Sequence[float], width: float, *, is_ruled: bool) -> Any:
    """Add a table of fixed column widths in points; ruled ones get grid lines and cell margins, others neither."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    # the body's own: the document's looks through the whole text for the width of its last section
    table = container._body.add_table(rows, len(widths), Pt(width))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    total = properties.find(qn("w:tblW"))
    if total is None:
        total = OxmlElement("w:tblW")
        properties.append(total)
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(round(width * 20)))
    pad_x, pad_y = (mm(d.CELL_PADDING_X_MM), mm(d.CELL_PADDING_Y_MM)) if is_ruled else (0.0, 0.0)
    if is_ruled:
        properties.append(_borders())
    properties.append(_cell_margins(pad_x, pad_y))
    _sort_table_properties(properties)
    for column, column_width in zip(table.columns, widths, strict=True):
        column.width = Pt(column_width)
    for row in table.rows:
        for cell, column_width in zip(row.cells, widths, strict=True):
            cell.width = Pt(column_width)
    return table


def _borders() -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (
            ("val", "single"),
            ("sz", str(round(d.LINE_WIDTH_PT * 8))),
            ("space", "0"),
            ("color", "000000"),
        ):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders


def _cell_margins(pad_x: float, pad_y: float) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side, pad in (("top", pad_y), ("left", pad_x), ("bottom", pad_y), ("right", pad_x)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(pad * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    return margins


def _sort_table_properties(properties: Any) -> None:
    """Put the properties in the order the schema wants; Word repairs a file that has them otherwise."""
    from docx.oxml.ns import qn

    order = [
        qn(f"w:{name}")
        for name in (
            "tblStyle",
            "tblpPr",
            "tblOverlap",
            "bidiVisual",
            "tblStyleRowBandSize",
            "tblStyleColBandSize",
            "tblW",
            "jc",
            "tblCellSpacing",
            "tblInd",
            "tblBorders",
            "shd",
            "tblLayout",
            "tblCellMar",
            "tblLook",
        )
    ]
    properties[:] = sorted(properties, key=lambda element: order.index(element.tag))


def _do_not_split(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = row._tr.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.insert(0, OxmlElement("w:cantSplit"))


def keep_row_whole(row: Any) -> None:
    """Forbid a page break inside a row."""
    _do_not_split(row)


def _fill_row(word_row: Any, row: Row, table: Table, layout: TableLayout, *, keep: bool) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    _do_not_split(word_row)
    if table.for_handwriting:
        word_row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        word_row.height = Mm(d.HANDWRITING_ROW_MM)
    if row.spans:
        merged = word_row.cells[0].merge(word_row.cells[-1])
        _fill_cell(
            merged, row.cells[0].strip(), styles.TABLE_CELL, layout.size_pt, align=None, bold=row.bold, keep=True
        )
        return
    for cell, text, column in zip(word_row.cells, row.cells, table.columns, strict=True):
        run = Run(text=text.strip(), bold=row.bold)
        _fill_cell(cell, run.text, styles.TABLE_CELL, layout.size_pt, align=column.align, bold=row.bold, keep=keep)


def _fill_cell(
    cell: Any,
    text: str,
    style: TextStyle,
    size_pt: float,
    *,
    align: Align | None,
    bold: bool = False,
    keep: bool = False,
) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Pt

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph.style = style.name
    if align is not None and align is not style.align:
        paragraph.paragraph_format.alignment = alignment(align)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    add_text(paragraph, text, bold=bold)
    if size_pt != style.size_pt:
        for run in paragraph.runs:
            run.font.size = Pt(size_pt)


def _kept_lines(blocks: Sequence[Block], lines: int, fonts: FontSet, width: float) -> dict[int, int]:
    """Return how many lines are still wanted of each of the last blocks until they hold so many."""
    kept: dict[int, int] = {}
    for place in reversed(range(len(blocks))):
        if lines <= 0:
            break
        kept[place] = lines
        block = blocks[place]
        if isinstance(block, Paragraph):
            lines -= len(break_runs(block.runs, fonts, styles.BODY.size_pt, width, first_indent=mm(d.FIRST_LINE_MM)))
        elif isinstance(block, Table):
            lines -= len(block.rows)
        else:
            lines -= 1
    return kept

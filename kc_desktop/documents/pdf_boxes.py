"""Turn the blocks of a paper into boxes that know their height and draw themselves with ReportLab."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.chart import Chart
from kc_desktop.documents.charts import draw_chart
from kc_desktop.documents.fonts import FontSet
from kc_desktop.documents.names import rule_length
from kc_desktop.documents.pagination import Box
from kc_desktop.documents.paper import Align, BlankLines, Block, Bullets, Heading, Paragraph, Table
from kc_desktop.documents.pdf_tables import table_boxes
from kc_desktop.documents.styles import TextStyle
from kc_desktop.documents.text_layout import Line, break_balanced, break_runs, draw_line, runs_of
from kc_desktop.documents.units import mm


def block_boxes(blocks: Iterable[Block], fonts: FontSet, width: float, page_height: float) -> list[Box]:
    """Return the boxes of the body in order."""
    boxes: list[Box] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            boxes += paragraph_boxes(block, styles.BODY, fonts, width)
        elif isinstance(block, Heading):
            boxes += heading_boxes(block, fonts, width)
        elif isinstance(block, Bullets):
            for item in block.items:
                boxes += styled_boxes(f"- {item}", styles.BODY, fonts, width)
        elif isinstance(block, BlankLines):
            boxes += _blank_lines(block.count, width)
        elif isinstance(block, Table):
            boxes += table_boxes(block, fonts, width, page_height)
        else:
            boxes.append(_chart_box(block, fonts, width))
    return boxes


def _chart_box(chart: Chart, fonts: FontSet, width: float) -> Box:
    from reportlab.graphics import renderPDF

    drawing = draw_chart(chart, fonts, width)

    def draw(canvas: Any, left: float, top: float) -> None:
        renderPDF.draw(drawing, canvas, left, top - drawing.height)

    return Box(height=drawing.height, draw=draw, space_before=styles.BODY.space_before_pt, content_lines=1)


def paragraph_boxes(paragraph: Paragraph, style: TextStyle, fonts: FontSet, width: float) -> list[Box]:
    """Return a paragraph line by line; its first two and its last two lines stay together."""
    indent = mm(style.first_line_mm) if paragraph.indented else 0.0
    lines = break_runs(paragraph.runs, fonts, style.size_pt, width, first_indent=indent)
    keep = paragraph.keep_with_next or style.keep_with_next
    return line_boxes(lines, style, fonts, width, align=paragraph.align, keep_with_next=keep)


def styled_boxes(text: str, style: TextStyle, fonts: FontSet, width: float) -> list[Box]:
    """Return text set wholly in one style."""
    lines = break_runs(runs_of(text, style), fonts, style.size_pt, width, first_indent=mm(style.first_line_mm))
    return line_boxes(lines, style, fonts, width, align=style.align, keep_with_next=style.keep_with_next)


def balanced_boxes(text: str, style: TextStyle, fonts: FontSet, width: float) -> tuple[list[Box], list[Line]]:
    """Return a centred name or title broken where a person would break it, and its lines."""
    lines = break_balanced(text, style, fonts, width * d.CENTRED_SHARE)
    return line_boxes(lines, style, fonts, width, align=Align.CENTER, keep_with_next=True), lines


def line_boxes(
    lines: Sequence[Line],
    style: TextStyle,
    fonts: FontSet,
    width: float,
    *,
    align: Align,
    keep_with_next: bool = False,
) -> list[Box]:
    """Return a box for each line, tied so that no line of a paragraph stands alone."""
    last = len(lines) - 1
    return [
        Box(
            height=style.line_height_pt,
            draw=_line_drawer(line, style.size_pt, fonts, width, align),
            space_before=style.space_before_pt if place == 0 else 0.0,
            stays_with_next=keep_with_next if place == last else place in (0, last - 1),
            content_lines=1,
        )
        for place, line in enumerate(lines)
    ]


def heading_boxes(heading: Heading, fonts: FontSet, width: float) -> list[Box]:
    """Return a heading, tied to what follows it."""
    boxes: list[Box] = []
    for text, style in zip(heading.lines, styles.HEADINGS[heading.level], strict=True):
        if style.align is Align.CENTER:
            boxes += balanced_boxes(text, style, fonts, width)[0]
        else:
            boxes += styled_boxes(text, style, fonts, width)
    for box in boxes:
        box.stays_with_next = True
    return boxes


def short_rule(lines: Sequence[Line], width: float, *, stays_with_next: bool = True) -> Box:
    """Return the rule of 1/3 to 1/2 of the line above it (Phụ lục I, II.2.b and II.5.b)."""
    length = rule_length([line.width for line in lines], d.SHORT_RULE, *d.SHORT_RULE_SAFE_RANGE)
    return rule_box(length, width, stays_with_next=stays_with_next)


def rule_box(length: float, width: float, *, stays_with_next: bool = True) -> Box:
    """Return a centred solid rule."""

    def draw(canvas: Any, left: float, top: float) -> None:
        begin = left + (width - length) / 2
        canvas.setLineWidth(d.RULE_WIDTH_PT)
        canvas.line(begin, top - d.RULE_GAP_PT, begin + length, top - d.RULE_GAP_PT)

    return Box(height=d.RULE_ROOM_PT, draw=draw, stays_with_next=stays_with_next)


def gap_box(height: float) -> Box:
    """Return empty room that vanishes at the top of a page and never stands at the foot of one."""
    return Box(height=0.0, draw=lambda _canvas, _left, _top: None, space_before=height, stays_with_next=True)


def _line_drawer(
    line: Line, size_pt: float, fonts: FontSet, width: float, align: Align
) -> Callable[[Any, float, float], None]:
    def draw(canvas: Any, left: float, top: float) -> None:
        draw_line(canvas, line, fonts, size_pt, left, top, width, align)

    return draw


def _blank_lines(count: int, width: float) -> list[Box]:
    def draw(canvas: Any, left: float, top: float) -> None:
        canvas.saveState()
        canvas.setLineWidth(d.LINE_WIDTH_PT)
        canvas.setDash(0.6, 2)
        foot = top - styles.BODY.size_pt * d.ASCENT
        canvas.line(left, foot, left + width, foot)
        canvas.restoreState()

    style = styles.BODY
    return [
        Box(height=style.line_height_pt, draw=draw, space_before=style.space_before_pt, content_lines=1)
        for _ in range(count)
    ]

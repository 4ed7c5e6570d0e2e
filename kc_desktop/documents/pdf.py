"""Render a paper as PDF with ReportLab: the same paper gives the same bytes."""

import io
from collections.abc import Sequence
from typing import Any

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import FontSet, font_set
from kc_desktop.documents.geometry import sheet, text_area
from kc_desktop.documents.pagination import Box, Page, keep_content_with_last, paginate
from kc_desktop.documents.paper import SAMPLE_MARK, Annex, Block, Orientation, Paper, Signatures, Tell
from kc_desktop.documents.pdf_boxes import balanced_boxes, block_boxes, gap_box, short_rule
from kc_desktop.documents.pdf_head import head_boxes, signature_boxes, title_boxes
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.text_layout import break_runs, draw_line, runs_of
from kc_desktop.documents.units import mm


def render_pdf(paper: Paper, *, bundled_font: bool = False, tell: Tell | None = None) -> bytes:
    """Return the paper as PDF bytes.

    `bundled_font` prints with Tinos even where Times New Roman is installed. `tell` hears after each paper of the file
    how many of how many are drawn; what it raises ends the work.

    Raises:
        KnownError: if the text holds a character the font cannot draw.
    """
    from reportlab.pdfgen.canvas import Canvas

    fonts = font_set(bundled_only=bundled_font)
    fonts.require(plain_text(paper))
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=sheet(paper.orientation),
        pageCompression=1,
        invariant=1,
        lang=paper.language,
        initialFontName=fonts.registered_name("Regular"),
    )
    canvas.setTitle(paper.name)
    canvas.setAuthor(paper.author)
    canvas.setSubject(paper.kind_words)
    canvas.setCreator("KC Desktop")
    canvas.setProducer("KC Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    whole = (paper, *paper.followed_by)
    for done, each in enumerate(whole, start=1):
        if not each.is_annex:
            _draw_pages(canvas, _main_pages(each, fonts), each, each.orientation, fonts)
        for annex in each.annexes:
            _draw_pages(canvas, _annex_pages(annex, fonts), each, annex.orientation, fonts)
        if tell is not None:
            tell(done, len(whole))
    canvas.save()
    return buffer.getvalue()


def _main_pages(paper: Paper, fonts: FontSet) -> list[Page]:
    width, height = text_area(paper.orientation)
    boxes = [*head_boxes(paper.head, fonts, width), *title_boxes(paper, fonts, width)]
    return _paged(boxes, paper.body, paper.signatures, fonts, width, height)


def _annex_pages(annex: Annex, fonts: FontSet) -> list[Page]:
    width, height = text_area(annex.orientation)
    boxes = balanced_boxes(annex.word, styles.ANNEX_WORD, fonts, width)[0]
    title, lines = balanced_boxes(annex.title, styles.ANNEX_TITLE, fonts, width)
    boxes += title
    if annex.reference:
        reference, lines = balanced_boxes(annex.reference, styles.ANNEX_REFERENCE, fonts, width)
        boxes += reference
    boxes += [short_rule(lines, width), gap_box(d.BODY_START_GAP_PT - d.PARAGRAPH_GAP_PT)]
    return _paged(boxes, annex.body, annex.signatures, fonts, width, height)


def _paged(
    boxes: list[Box],
    body: Sequence[Block],
    signatures: Signatures | None,
    fonts: FontSet,
    width: float,
    height: float,
) -> list[Page]:
    boxes += block_boxes(body, fonts, width, height)
    if signatures is not None:
        rows, overflow = signature_boxes(signatures, fonts, width, height)
        boxes.append(rows[0])
        keep_content_with_last(boxes, d.SIGNATURE_MIN_LINES)
        boxes += [*rows[1:], *overflow]
    return paginate(boxes, height)


def _draw_pages(canvas: Any, pages: Sequence[Page], paper: Paper, orientation: Orientation, fonts: FontSet) -> None:
    size = sheet(orientation)
    left, top = mm(d.MARGIN_LEFT_MM), size[1] - mm(d.MARGIN_TOP_MM)
    for number, page in enumerate(pages, start=1):
        canvas.setPageSize(size)
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)
        if number > 1:
            _draw_page_number(canvas, number, size, fonts)
        for offset, box in page.placed:
            box.draw(canvas, left, top - offset)
        if paper.is_sample:
            _draw_sample_mark(canvas, size, fonts)
        canvas.showPage()


def _draw_page_number(canvas: Any, number: int, size: tuple[float, float], fonts: FontSet) -> None:
    style = styles.PAGE_NUMBER
    width = size[0] - mm(d.MARGIN_LEFT_MM) - mm(d.MARGIN_RIGHT_MM)
    top = size[1] - mm(d.PAGE_NUMBER_TOP_MM)
    for line in break_runs(runs_of(str(number), style), fonts, style.size_pt, width):
        draw_line(canvas, line, fonts, style.size_pt, mm(d.MARGIN_LEFT_MM), top, width, style.align)


def _draw_sample_mark(canvas: Any, size: tuple[float, float], fonts: FontSet) -> None:
    style = styles.SAMPLE_MARK
    width = size[0] - mm(d.MARGIN_LEFT_MM) - mm(d.MARGIN_RIGHT_MM)
    top = mm(d.SAMPLE_MARK_BOTTOM_MM) + style.line_height_pt
    canvas.saveState()
    canvas.setFillGray(d.SAMPLE_MARK_GREY)
    for line in break_runs(runs_of(SAMPLE_MARK, style), fonts, style.size_pt, width):
        draw_line(canvas, line, fonts, style.size_pt, mm(d.MARGIN_LEFT_MM), top, width, style.align)
    canvas.restoreState()

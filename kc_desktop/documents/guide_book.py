"""The guide on paper: its Markdown pages as one PDF with pictures, contents and bookmarks, and a sheet of its keys.

Markdown here is what the guide uses: headings, paragraphs, lists, tables, commands, pictures, bold, italic, links.
"""

import dataclasses
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import FontSet, font_set
from kc_desktop.documents.geometry import sheet, text_area
from kc_desktop.documents.pagination import Box, Page, paginate
from kc_desktop.documents.paper import Align, Column, Orientation, Paragraph, Row, Run, Table
from kc_desktop.documents.pdf_boxes import line_boxes, paragraph_boxes, styled_boxes
from kc_desktop.documents.pdf_tables import table_boxes
from kc_desktop.documents.styles import TextStyle
from kc_desktop.documents.text_layout import break_runs, draw_line, runs_of
from kc_desktop.documents.units import mm

_BODY: Final = dataclasses.replace(styles.BODY, size_pt=12, first_line_mm=0, space_before_pt=5, align=Align.LEFT)
_ITEM: Final = dataclasses.replace(_BODY, space_before_pt=3)
_TITLE: Final = dataclasses.replace(_BODY, size_pt=20, bold=True, keep_with_next=True)
_COVER: Final = dataclasses.replace(_TITLE, size_pt=26, space_before_pt=0)
_HEADINGS: Final = {
    1: _TITLE,
    2: dataclasses.replace(_TITLE, size_pt=14, space_before_pt=14),
    3: dataclasses.replace(_TITLE, size_pt=12, space_before_pt=10),
}
_CODE: Final = dataclasses.replace(_BODY, size_pt=10.5)
_INDENT_MM: Final = 6.0
_CONTENTS: Final = "Mục lục"

_INLINE: Final = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>[^`]+)`|\[(?P<link>[^]]+)\]\([^)]*\)")
_PICTURE: Final = re.compile(r"!\[(?P<words>[^]]*)\]\((?P<name>[^)]+)\)$")
_HEADING: Final = re.compile(r"(#+) (.+)")
_LISTED: Final = re.compile(r"(-|\d+\.) (.+)")
_DRAWN: Final = str.maketrans({"✓": "√", "✕": "×"})
"""Marks of the window that no font of ours has, and the signs that look like them."""

_KEY_COLUMNS: Final = 2
_KEY_SIZES_PT: Final = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_KEY_SHARE: Final = 0.36
_KEY_GUTTER_MM: Final = 10.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One page of the guide: its title, and its Markdown, which begins with the title."""

    title: str
    text: str


def render_guide(title: str, chapters: Sequence[Chapter], pictures: Path, *, bundled_font: bool = False) -> bytes:
    """Return the guide as PDF: contents with page numbers, then every chapter from a new page.

    `pictures` is the folder that pictures are named from. `bundled_font` prints with Tinos even where Times New Roman
    is installed. Raises KnownError if the text holds a character the font cannot draw.
    """
    fonts = font_set(bundled_only=bundled_font)
    fonts.require("".join(each.text for each in chapters).translate(_DRAWN))
    width, height = text_area(Orientation.PORTRAIT)
    bodies = [paginate(list(_chapter_boxes(each, pictures, fonts, width, height)), height) for each in chapters]
    places, page = [], 2
    for body in bodies:
        places.append(page)
        page += len(body)
    contents = paginate(_contents(title, chapters, places, fonts, width), height)
    canvas, buffer = _canvas(title, Orientation.PORTRAIT, fonts)
    number = 1
    for name, pages in zip((_CONTENTS, *(each.title for each in chapters)), (contents, *bodies), strict=True):
        for place, each in enumerate(pages):
            if place == 0:
                canvas.bookmarkPage(f"page{number}")
                canvas.addOutlineEntry(name, f"page{number}", 0)
            _draw_page(canvas, each, number, fonts)
            number += 1
    canvas.save()
    return buffer.getvalue()


def render_keys(title: str, text: str, *, bundled_font: bool = False) -> bytes:
    """Return the tables of a page of Markdown as one landscape sheet to pin up: the keys left, what they do right.

    The letters are as large as the sheet allows. Raises KnownError as `render_guide` does.
    """
    fonts = font_set(bundled_only=bundled_font)
    fonts.require(text.translate(_DRAWN))
    width, height = text_area(Orientation.LANDSCAPE)
    gutter = mm(_KEY_GUTTER_MM)
    column = (width - gutter) / _KEY_COLUMNS
    head = styled_boxes(title, _TITLE, fonts, width)
    room = height - sum(each.height for each in head) - mm(4)
    pages: list[Page] = []
    for size in _KEY_SIZES_PT:
        pages = paginate(list(_key_boxes(text, size, fonts, column)), room)
        if len(pages) <= _KEY_COLUMNS:
            break
    canvas, buffer = _canvas(title, Orientation.LANDSCAPE, fonts)
    left, top = mm(d.MARGIN_LEFT_MM), sheet(Orientation.LANDSCAPE)[1] - mm(d.MARGIN_TOP_MM)
    for box in head:
        box.draw(canvas, left, top)
    for place, page in enumerate(pages):
        for offset, box in page.placed:
            box.draw(canvas, left + place * (column + gutter), top - (height - room) - offset)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _canvas(title: str, orientation: Orientation, fonts: FontSet) -> tuple[Any, io.BytesIO]:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=sheet(orientation),
        pageCompression=1,
        invariant=1,
        lang="vi-VN",
        initialFontName=fonts.registered_name("Regular"),
    )
    canvas.setTitle(title)
    canvas.setCreator("KC Desktop")
    canvas.setProducer("KC Desktop")
    return canvas, buffer


def _draw_page(canvas: Any, page: Page, number: int, fonts: FontSet) -> None:
    size = sheet(Orientation.PORTRAIT)
    left, width = mm(d.MARGIN_LEFT_MM), text_area(Orientation.PORTRAIT)[0]
    if number > 1:
        style = styles.PAGE_NUMBER
        (line,) = break_runs(runs_of(str(number), style), fonts, style.size_pt, width)
        draw_line(canvas, line, fonts, style.size_pt, left, size[1] - mm(d.PAGE_NUMBER_TOP_MM), width, style.align)
    for offset, box in page.placed:
        box.draw(canvas, left, size[1] - mm(d.MARGIN_TOP_MM) - offset)
    canvas.showPage()


def _contents(
    title: str, chapters: Sequence[Chapter], places: Sequence[int], fonts: FontSet, width: float
) -> list[Box]:
    boxes = styled_boxes(title, _COVER, fonts, width) + styled_boxes(_CONTENTS, _HEADINGS[2], fonts, width)
    for chapter, place in zip(chapters, places, strict=True):
        boxes.append(_contents_line(chapter.title, place, fonts, width))
    return boxes


def _contents_line(title: str, place: int, fonts: FontSet, width: float) -> Box:
    (words,) = break_runs(runs_of(title, _BODY), fonts, _BODY.size_pt, width)
    (number,) = break_runs(runs_of(str(place), _BODY), fonts, _BODY.size_pt, width)

    def draw(canvas: Any, left: float, top: float) -> None:
        draw_line(canvas, words, fonts, _BODY.size_pt, left, top, width, Align.LEFT)
        draw_line(canvas, number, fonts, _BODY.size_pt, left, top, width, Align.RIGHT)
        area = (left, top - _BODY.line_height_pt, left + width, top)
        canvas.linkAbsolute("", f"page{place}", area)

    return Box(height=_BODY.line_height_pt, draw=draw, space_before=_BODY.space_before_pt)


def _chapter_boxes(chapter: Chapter, pictures: Path, fonts: FontSet, width: float, height: float) -> Iterator[Box]:
    for block in _blocks(chapter.text):
        yield from _block_boxes(block, pictures, fonts, width, height)


def _blocks(text: str) -> Iterator[list[str]]:
    """Split Markdown at empty lines, but never a list or a command in two; an item of a list is a block."""
    block: list[str] = []
    is_command = False
    for line in re.sub(r"<!--.*?-->", "", text.translate(_DRAWN), flags=re.DOTALL).splitlines():
        fence = line.startswith("```")
        begins = fence != is_command and not is_command
        starts_block = begins or (not is_command and (_LISTED.match(line) or _HEADING.match(line)))
        if block and (starts_block or (not is_command and not line.strip())):
            yield block
            block = []
        is_command = is_command != fence
        if line.strip():
            block.append(line)
    if block:
        yield block


def _block_boxes(lines: list[str], pictures: Path, fonts: FontSet, width: float, height: float) -> list[Box]:
    first = lines[0]
    if first.startswith("```"):
        return [box for line in lines[1:-1] for box in _paragraph(line, _CODE, fonts, width, indent=_INDENT_MM)]
    if first.startswith("|"):
        return table_boxes(_table(lines), fonts, width, height)
    if picture := _PICTURE.match(first):
        return [_picture_box(pictures / picture["name"], width)]
    if heading := _HEADING.match(first):
        return styled_boxes(heading[2], _HEADINGS[min(len(heading[1]), 3)], fonts, width)
    words = " ".join(line.strip() for line in lines)
    if listed := _LISTED.match(words):
        mark = "–" if listed[1] == "-" else listed[1]
        return _paragraph(listed[2], _ITEM, fonts, width, indent=_INDENT_MM, mark=mark)
    return _paragraph(words, _BODY, fonts, width)


def _paragraph(
    text: str, style: TextStyle, fonts: FontSet, width: float, *, indent: float = 0.0, mark: str = ""
) -> list[Box]:
    runs = tuple(_runs(text))
    if not indent:
        return paragraph_boxes(Paragraph(runs=runs, align=Align.LEFT, indented=False), style, fonts, width)
    room = width - mm(indent)
    lines = break_runs(runs, fonts, style.size_pt, room)
    boxes = [_moved(each, mm(indent)) for each in line_boxes(lines, style, fonts, room, align=Align.LEFT)]
    if mark:
        boxes[0] = _marked(boxes[0], mark, style, fonts)
    return boxes


def _moved(box: Box, by: float) -> Box:
    return dataclasses.replace(box, draw=lambda canvas, left, top: box.draw(canvas, left + by, top))


def _marked(box: Box, mark: str, style: TextStyle, fonts: FontSet) -> Box:
    (line,) = break_runs(runs_of(mark, style), fonts, style.size_pt, mm(2 * _INDENT_MM))

    def draw(canvas: Any, left: float, top: float) -> None:
        draw_line(canvas, line, fonts, style.size_pt, left, top, mm(_INDENT_MM), Align.LEFT)
        box.draw(canvas, left, top)

    return dataclasses.replace(box, draw=draw)


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            yield Run(text=text[end : found.start()])
        kind, words = next((kind, words) for kind, words in found.groupdict().items() if words is not None)
        yield Run(text=words, bold=kind == "bold", italic=kind == "italic")
        end = found.end()
    if end < len(text):
        yield Run(text=text[end:])


def _plain(text: str) -> str:
    return "".join(run.text for run in _runs(text))


def _cells(line: str) -> list[str]:
    return [_plain(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _table(lines: Sequence[str]) -> Table:
    heads, rows = _cells(lines[0]), [_cells(line) for line in lines[2:]]
    widest = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    columns = (Column(title=head, weight=min(max(wide, 12), 48)) for head, wide in zip(heads, widest, strict=True))
    return Table(columns=tuple(columns), rows=tuple(Row(cells=tuple(row)) for row in rows))


def _picture_box(path: Path, width: float) -> Box:
    from reportlab.lib.utils import ImageReader

    image = ImageReader(str(path))
    across, down = image.getSize()
    tall = width * down / across

    def draw(canvas: Any, left: float, top: float) -> None:
        canvas.drawImage(image, left, top - tall, width, tall)
        canvas.saveState()
        canvas.setStrokeGray(0.7)
        canvas.setLineWidth(d.LINE_WIDTH_PT)
        canvas.rect(left, top - tall, width, tall)
        canvas.restoreState()

    return Box(height=tall, draw=draw, space_before=_BODY.space_before_pt * 1.5)


def _key_boxes(text: str, size: float, fonts: FontSet, width: float) -> Iterator[Box]:
    heading = dataclasses.replace(_HEADINGS[3], size_pt=size + 0.5, space_before_pt=size * 0.7)
    for block in _blocks(text):
        if block[0].startswith("## "):
            yield from styled_boxes(block[0].removeprefix("## "), heading, fonts, width)
        elif block[0].startswith("|"):
            rows = [_cells(line) for line in block[2:]]
            for place, (keys, what) in enumerate(rows):
                yield _key_row(keys, what, size, fonts, width, is_first=place == 0)


def _key_row(keys: str, what: str, size: float, fonts: FontSet, width: float, *, is_first: bool) -> Box:
    style = dataclasses.replace(_BODY, size_pt=size)
    left_room = width * _KEY_SHARE
    sides: Iterable[tuple[float, float, str, bool]] = (
        (0.0, left_room - mm(2), keys, True),
        (left_room, width - left_room, what, False),
    )
    laid = [(at, room, break_runs((Run(text=words, bold=b),), fonts, size, room)) for at, room, words, b in sides]
    lines = max(len(each) for _at, _room, each in laid)
    air = size * 0.15

    def draw(canvas: Any, left: float, top: float) -> None:
        canvas.setStrokeGray(0.75)
        canvas.setLineWidth(d.LINE_WIDTH_PT)
        canvas.line(left, top, left + width, top)
        for at, room, each in laid:
            for place, line in enumerate(each):
                down = top - air - place * style.line_height_pt
                draw_line(canvas, line, fonts, size, left + at, down, room, Align.LEFT)

    return Box(height=lines * style.line_height_pt + 2 * air, draw=draw, stays_with_next=is_first)

"""What of a workbook calamine does not tell: rows and columns that are hidden, and cells whose formula failed.

    untold_in(path, {"xl/worksheets/sheet1.xml": on_page(page)})      # by the names of the sheets

A file that is not as it should be tells nothing here: whoever reads its cells says so.
"""

from __future__ import annotations

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kc_desktop.exchange.reading import Sheet

MARKS: Final = (b' hidden="1"', b' t="e"')
"""Stand in a page of an .xlsx that hides anything, or has a formula that failed."""
_ROW: Final = re.compile(rb'<row (?=[^>]*?\bhidden="1")(?=[^>]*?\br="(\d+)")')
_COLUMNS: Final = re.compile(rb'<col (?=[^>]*?\bhidden="1")(?=[^>]*?\bmin="(\d+)")(?=[^>]*?\bmax="(\d+)")')
_BOOK_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK_SPACE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ERROR: Final = re.compile(
    rb'<c (?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")[^>]*>(?:<f[^>]*>(?:[^<]*</f>)?)?<v>([^<]{1,30})</v>'
)
_LONGEST_TAG: Final = 200
_Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Untold:
    """Rows and columns that a sheet hides, from–to; `errors` by row and column what Excel shows there. All from 1."""

    rows: list[_Span] = field(default_factory=list)
    columns: list[_Span] = field(default_factory=list)
    errors: dict[_Span, str] = field(default_factory=dict)

    def told_in(self, sheet: Sheet) -> Sheet:
        """Return a sheet that tells how much of what it holds is hidden, and has the words of what failed in its cells.

        People hide what is empty, too: that is not counted.
        """
        height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
        rows = {at: list(sheet.rows[at - 1]) for at, _ in self.errors if at <= height}
        for (row, column), words in self.errors.items():
            if row <= height and column <= width:
                rows[row][column - 1] = words
        return replace(
            sheet,
            rows=tuple(tuple(rows.get(at, row)) for at, row in enumerate(sheet.rows, start=1)) if rows else sheet.rows,
            has_errors=bool(rows),
            hidden_rows=_within(self.rows, height),
            hidden_columns=_within(self.columns, width),
        )


def _within(spans: list[_Span], most: int) -> int:
    return sum(max(min(last, most) - first + 1, 0) for first, last in spans)


def untold_in(path: Path, pages: Mapping[str, Untold]) -> Mapping[str, Untold]:
    """Return what is not told of a workbook's sheets, by their names; `pages` are those of an .xlsx by their parts."""
    if pages:
        return _named(path, pages)
    match path.suffix.lower():
        case ".ods":
            return _in_open_document(path)
        case ".xls":
            return _in_old_excel(path)
    return {}


# --- .xlsx ------------------------------------------------------------------------------------------------------------


def on_page(page: bytes) -> Untold:
    """Return what of a page of an .xlsx is hidden or failed."""
    return Untold(
        rows=[(int(each), int(each)) for each in _ROW.findall(page)],
        columns=[(int(first), int(last)) for first, last in _COLUMNS.findall(page)],
        errors=dict(_failed_on(page)),
    )


def _failed_on(page: bytes) -> Iterator[tuple[_Span, str]]:
    for mark in re.finditer(re.escape(MARKS[1]), page):
        begins = page.rfind(b"<c ", max(mark.start() - _LONGEST_TAG, 0), mark.start() + 2)
        cell = _ERROR.match(page, begins) if begins >= 0 else None
        if cell is not None:
            column = 0
            for letter in cell[1]:
                column = column * 26 + letter - 64
            yield (int(cell[2]), column), cell[3].decode("utf-8", "replace")


def _named(path: Path, pages: Mapping[str, Untold]) -> dict[str, Untold]:
    from xml.etree import ElementTree

    try:
        with zipfile.ZipFile(path) as archive:
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, ValueError, LookupError):
        return {}
    parts = {each.get("Id"): f"xl/{each.get('Target', '').removeprefix('/xl/')}" for each in links}
    names = {
        each.get("name", ""): parts.get(each.get(f"{_LINK_SPACE}id"), "") for each in book.iter(f"{_BOOK_SPACE}sheet")
    }
    return {name: pages[part] for name, part in names.items() if part in pages}


# --- .ods -------------------------------------------------------------------------------------------------------------

_OUT_OF_SIGHT: Final = re.compile(rb'table:visibility="(?:collapse|filter)"')
_TAG: Final = re.compile(rb"<table:(table|table-row|table-column)( [^>]*)?/?>")
_TIMES: Final = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,7})"')
_NAME: Final = re.compile(rb'table:name="([^"]*)"')
_FAILED: Final = b'calcext:value-type="error"'
_CELL_TAG: Final = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)( [^>]*)?/?>")
_WORDS: Final = re.compile(rb"\s*<text:p[^>]*>([^<]{1,30})<")


def _in_open_document(path: Path) -> dict[str, Untold]:
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError):
        return {}
    found: dict[str, Untold] = {}
    if _FAILED in content:
        for name, at, words in _failed_in(content):
            found.setdefault(name, Untold()).errors[at] = words
    if not _OUT_OF_SIGHT.search(content):
        return found
    hidden, row, column = Untold(), 0, 0
    for tag in _TAG.finditer(content):
        marks = tag[2] or b""
        if tag[1] == b"table":
            hidden, row, column = found.setdefault(_name(marks), Untold()), 0, 0
            continue
        times, is_hidden = _times(marks), _OUT_OF_SIGHT.search(marks) is not None
        if tag[1] == b"table-row":
            hidden.rows += [(row + 1, row + times)] if is_hidden else []
            row += times
        else:
            hidden.columns += [(column + 1, column + times)] if is_hidden else []
            column += times
    return found


def _failed_in(content: bytes) -> Iterator[tuple[str, _Span, str]]:
    """Yield each cell whose formula failed: its sheet, its row and column, and what is shown there."""
    name, row, next_row, column = "", 0, 1, 0
    for tag in _CELL_TAG.finditer(content):
        marks = tag[2] or b""
        if tag[1] == b"table":
            name, row, next_row = _name(marks), 0, 1
        elif tag[1] == b"table-row":
            row, next_row, column = next_row, next_row + _times(marks), 0
        else:
            if _FAILED in marks:
                words = _WORDS.match(content, tag.end())
                yield name, (row, column + 1), (words[1].decode("utf-8", "replace") if words is not None else "#N/A")
            column += _times(marks)


def _name(marks: bytes) -> str:
    found = _NAME.search(marks)
    return html.unescape(found[1].decode("utf-8", "replace")) if found is not None else ""


def _times(marks: bytes) -> int:
    told = _TIMES.search(marks)
    return int(told[1]) if told is not None else 1


# --- .xls -------------------------------------------------------------------------------------------------------------

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR: Final = 0xFFFFFFF0
"""Numbers from here on are none of sectors, but say that a chain ends or a sector is free."""
_SMALL: Final = 64
"""What is short is kept in pieces of so many bytes within a stream of their own."""
_SECTOR_SHIFTS: Final = (9, 12)
_BOF, _EOF, _BOUNDSHEET, _ROW_RECORD, _COLINFO = 0x0809, 0x000A, 0x0085, 0x0208, 0x007D
_FORMULA, _BOOLERR = 0x0006, 0x0205
_ERRORS: Final = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!"},
    **{0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
}
_BIFF8: Final = 0x0600
_ROW_HIDDEN: Final = 0x20
_MOST_COLUMNS: Final = 256


def _in_old_excel(path: Path) -> dict[str, Untold]:
    data = path.read_bytes()
    if not data.startswith(_OLE):
        return {}
    try:
        book = _workbook_stream(data)
        return dict(_sheets(book)) if book else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream “Workbook” of an OLE file, b"" where there is none."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in _SECTOR_SHIFTS:
        return b""
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    first_directory, more = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 68)[0]
    places = list(struct.unpack_from("<109I", data, 76))
    seen = 0
    while more < _LAST_SECTOR and seen * size < len(data):
        *further, more = struct.unpack(f"<{size // 4}I", sector(more))
        places += further
        seen += 1
    table = [
        each for place in places if place < _LAST_SECTOR for each in struct.unpack(f"<{size // 4}I", sector(place))
    ]

    most = len(data) // _SMALL + 1  # a ring of sectors ends here

    def stream(start: int, part: Callable[[int], bytes], following: Sequence[int]) -> bytes:
        parts: list[bytes] = []
        while start < _LAST_SECTOR and len(parts) < most:
            parts.append(part(start))
            start = following[start]
        return b"".join(parts)

    directory = stream(first_directory, sector, table)
    least, first_small = struct.unpack_from("<I", data, 56)[0], struct.unpack_from("<I", data, 60)[0]
    root = struct.unpack_from("<I", directory, 116)[0]
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, held = struct.unpack_from("<II", directory, at + 116)
        if name not in ("Workbook", "Book"):
            continue
        if held >= least:
            return stream(start, sector, table)[:held]
        small, following = stream(root, sector, table), stream(first_small, sector, table)
        links = struct.unpack(f"<{len(following) // 4}I", following)
        pieces = [small[place : place + _SMALL] for place in range(0, len(small), _SMALL)]
        return stream(start, pieces.__getitem__, links)[:held]
    return b""


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the kind, the place and the length of each record of one part of a stream, charts in it left out."""
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, at + 4, length
        elif depth < 1:
            return
        at += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, Untold]]:
    is_new = struct.unpack_from("<H", book, 4)[0] >= _BIFF8
    for kind, at, _length in _records(book, 0):
        if kind == _BOUNDSHEET:
            start, letters = struct.unpack_from("<I", book, at)[0], book[at + 6]
            if not is_new:
                name = book[at + 7 : at + 7 + letters].decode("cp1252", "replace")
            elif book[at + 7] & 1:
                name = book[at + 8 : at + 8 + letters * 2].decode("utf-16-le")
            else:
                name = book[at + 8 : at + 8 + letters].decode("latin-1")
            yield name, _hidden_from(book, start)


def _hidden_from(book: bytes, start: int) -> Untold:
    found = Untold()
    for kind, at, length in _records(book, start):
        if kind == _ROW_RECORD and length >= 16 and book[at + 12] & _ROW_HIDDEN:
            row = struct.unpack_from("<H", book, at)[0] + 1
            found.rows.append((row, row))
        elif kind == _COLINFO and length >= 10 and book[at + 8] & 1:
            first, last = struct.unpack_from("<HH", book, at)
            found.columns.append((first + 1, min(last + 1, _MOST_COLUMNS)))
        elif (kind == _FORMULA and length >= 14 and book[at + 12 : at + 14] == b"\xff\xff" and book[at + 6] == 2) or (
            kind == _BOOLERR and length >= 8 and book[at + 7] == 1
        ):
            row, column = struct.unpack_from("<HH", book, at)
            found.errors[row + 1, column + 1] = _ERRORS.get(book[at + (8 if kind == _FORMULA else 6)], "#N/A")
    return found

"""Which rows and columns of a workbook are hidden or filtered out: they are read like the others, and that is told.

    hidden_in(path, {"xl/worksheets/sheet1.xml": on_page(page)})      # by the names of the sheets

Calamine does not tell. A file that is not as it should be tells nothing here: whoever reads its cells says so.
"""

from __future__ import annotations

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kc_desktop.exchange.reading import Sheet

MARK: Final = b' hidden="1"'
"""Stands in a page of an .xlsx that hides anything."""
_ROW: Final = re.compile(rb'<row (?=[^>]*?\bhidden="1")(?=[^>]*?\br="(\d+)")')
_COLUMNS: Final = re.compile(rb'<col (?=[^>]*?\bhidden="1")(?=[^>]*?\bmin="(\d+)")(?=[^>]*?\bmax="(\d+)")')
_BOOK_SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK_SPACE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_Span = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Hidden:
    """What a sheet hides: rows and columns from–to, counted from 1."""

    rows: list[_Span] = field(default_factory=list)
    columns: list[_Span] = field(default_factory=list)

    def told_in(self, sheet: Sheet) -> Sheet:
        """Return a sheet that tells how much of what it holds is hidden; people hide what is empty, too."""
        height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
        return replace(sheet, hidden_rows=_within(self.rows, height), hidden_columns=_within(self.columns, width))


def _within(spans: list[_Span], most: int) -> int:
    return sum(max(min(last, most) - first + 1, 0) for first, last in spans)


def hidden_in(path: Path, pages: Mapping[str, Hidden]) -> Mapping[str, Hidden]:
    """Return what the sheets of a workbook hide, by their names; `pages` are those of an .xlsx by their parts."""
    if pages:
        return _named(path, pages)
    match path.suffix.lower():
        case ".ods":
            return _in_open_document(path)
        case ".xls":
            return _in_old_excel(path)
    return {}


# --- .xlsx ------------------------------------------------------------------------------------------------------------


def on_page(page: bytes) -> Hidden:
    """Return which rows and columns of a page of an .xlsx are hidden."""
    return Hidden(
        rows=[(int(each), int(each)) for each in _ROW.findall(page)],
        columns=[(int(first), int(last)) for first, last in _COLUMNS.findall(page)],
    )


def _named(path: Path, pages: Mapping[str, Hidden]) -> dict[str, Hidden]:
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


def _in_open_document(path: Path) -> dict[str, Hidden]:
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError):
        return {}
    found: dict[str, Hidden] = {}
    if not _OUT_OF_SIGHT.search(content):
        return found
    hidden, row, column = Hidden(), 0, 0
    for tag in _TAG.finditer(content):
        marks = tag[2] or b""
        if tag[1] == b"table":
            name = _NAME.search(marks)
            hidden, row, column = Hidden(), 0, 0
            found[html.unescape(name[1].decode("utf-8", "replace")) if name is not None else ""] = hidden
            continue
        told = _TIMES.search(marks)
        times, is_hidden = int(told[1]) if told is not None else 1, _OUT_OF_SIGHT.search(marks) is not None
        if tag[1] == b"table-row":
            hidden.rows += [(row + 1, row + times)] if is_hidden else []
            row += times
        else:
            hidden.columns += [(column + 1, column + times)] if is_hidden else []
            column += times
    return found


# --- .xls -------------------------------------------------------------------------------------------------------------

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR: Final = 0xFFFFFFF0
"""Numbers from here on are none of sectors, but say that a chain ends or a sector is free."""
_SECTOR_SHIFTS: Final = (9, 12)
_BOF, _EOF, _BOUNDSHEET, _ROW_RECORD, _COLINFO = 0x0809, 0x000A, 0x0085, 0x0208, 0x007D
_BIFF8: Final = 0x0600
_ROW_HIDDEN: Final = 0x20
_MOST_COLUMNS: Final = 256


def _in_old_excel(path: Path) -> dict[str, Hidden]:
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

    def chain(start: int) -> Iterator[bytes]:
        while start < _LAST_SECTOR:
            yield sector(start)
            start = table[start]

    most = len(data) // size + 1  # a ring of sectors ends here
    directory = b"".join(islice(chain(first_directory), most))
    least = struct.unpack_from("<I", data, 56)[0]
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, bytes_held = struct.unpack_from("<II", directory, at + 116)
        if name in ("Workbook", "Book") and bytes_held >= least:
            return b"".join(islice(chain(start), most))[:bytes_held]
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


def _sheets(book: bytes) -> Iterator[tuple[str, Hidden]]:
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


def _hidden_from(book: bytes, start: int) -> Hidden:
    found = Hidden()
    for kind, at, length in _records(book, start):
        if kind == _ROW_RECORD and length >= 16 and book[at + 12] & _ROW_HIDDEN:
            row = struct.unpack_from("<H", book, at)[0] + 1
            found.rows.append((row, row))
        elif kind == _COLINFO and length >= 10 and book[at + 8] & 1:
            first, last = struct.unpack_from("<HH", book, at)
            found.columns.append((first + 1, min(last + 1, _MOST_COLUMNS)))
    return found

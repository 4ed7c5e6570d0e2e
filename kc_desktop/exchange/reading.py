"""A workbook read into sheets of typed cells: .xlsx, .xls, .ods by python-calamine, .csv by ourselves.

    book = read_workbook(Path("danh sách.xls"))
    book.sheets[0].rows[6]      # ("STT", "Họ và tên", 1998, date(2022, 9, 30), …)

Text comes out in Unicode NFC, whatever font of the 1990s it was typed in; what was done is told by `Sheet.encoding`.
Nothing is guessed at: a number stays a number, a text a text; an empty cell is "".
"""

from __future__ import annotations

import contextlib
import gc
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from kc_desktop.domain.text import clean_text, from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni, nfc
from kc_desktop.errors import KnownError
from kc_desktop.exchange.untold import MARKS, Untold, on_page, untold_in

Cell = str | int | Decimal | bool | date | datetime | time
"""One cell: "" when empty; a number with decimals is a Decimal as the sheet shows it, never a float."""
Row = tuple[Cell, ...]
Span = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: first and last (row, column), counted from 0."""

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")

MAX_BYTES: Final = 200 * 10**6
_MAX_UNPACKED: Final = 600 * 10**6
_MAX_CELLS: Final = 30 * 10**6
"""How large a sheet may be, empty cells counted: all of them are held in memory, one far away is enough."""
_MAX_COLUMNS: Final = 500
_MOST_EXACT: Final = 10**15
"""Whole numbers from here on have digits that Excel does not keep."""
_JUDGED_TEXTS: Final = 3_000
"""How many texts of a sheet are enough to tell the font they were typed in."""

_PAGE: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW: Final = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_COLUMN: Final = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})\d')
_FAILED: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|Err:\d{3}")
_BEYOND: Final = ((26, re.compile(rb'r="[A-Z]{2}')), (26**2, re.compile(rb'r="[A-Z]{3}')))
"""So many columns a page has at most where no cell is named so.

With nothing before the r it is sought ten times as fast.
"""

TCVN3: Final = "TCVN3"
VNI: Final = "VNI"
_CONVERT: Final[dict[str, Callable[[str], str]]] = {TCVN3: from_tcvn3, VNI: from_vni}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: all rows of one width, from the first row and column on; `encoding` is "" for Unicode.

    Rows and columns that are hidden or filtered out are there like the others; `hidden_rows` tells how many.
    """

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Span, ...] = ()
    encoding: str = ""
    hidden_rows: int = 0
    hidden_columns: int = 0
    has_errors: bool = False
    """Whether the formula of any cell failed: it holds what Excel shows there, such as #DIV/0!."""
    begins: int = 0
    """The row from 0 from which on it is looked for a table: what stands above is of another one."""
    part_of: str = ""
    """The name of the sheet that this is a part of, with one of its tables, "" for a whole one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A file's visible sheets that hold anything."""

    name: str
    sheets: tuple[Sheet, ...]


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no cycles meanwhile: rows are made by the ten thousand, none in a cycle; looking costs a third.

    What was made meanwhile counts as old at the end, or the next look would go through all of it at once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


@without_collecting()
def read_workbook(path: Path) -> Workbook:
    """Read a workbook. Raises KnownError for a file that is missing, locked, protected, broken or empty, or none."""
    _refuse_what_is_no_workbook(path)
    try:
        is_csv = path.suffix.lower() == ".csv"
        sheets = _read_csv(path) if is_csv else _read_with_calamine(path)
    except PermissionError as error:
        raise KnownError(
            f"Chưa đọc được {path.name}: tệp đang mở ở chương trình khác, hoặc không có quyền đọc.",
            "Đóng tệp trong Excel rồi nhập lại.",
        ) from error
    except OSError as error:
        raise KnownError(
            f"Chưa đọc được {path.name}.", "Kiểm tra ổ đĩa, ổ mạng hoặc USB chứa tệp rồi nhập lại."
        ) from error
    if not sheets:
        raise KnownError(f"Tệp {path.name} không có ô nào có chữ.", "Kiểm tra lại tệp, hoặc chọn tệp khác.")
    return Workbook(name=path.name, sheets=tuple(sheets))


def _refuse_what_is_no_workbook(path: Path) -> None:
    try:
        is_file, is_there = path.is_file(), path.exists()
        size = path.stat().st_size if is_file else 0
    except OSError:
        is_file = is_there = False
        size = 0
    if not is_there:
        raise KnownError(f"Không tìm thấy tệp {path}.", "Kiểm tra đường dẫn, ổ mạng hoặc USB rồi nhập lại.")
    if not is_file:
        raise KnownError(f"{path.name} không phải là một tệp.", "Chọn tệp bảng tính: .xlsx, .xls, .ods hoặc .csv.")
    if path.suffix.lower() not in SUFFIXES:
        raise KnownError(
            f"Tệp {path.name} không phải bảng tính.", "Chọn tệp .xlsx, .xls, .ods, hoặc lưu bảng thành .csv."
        )
    if not size:
        raise KnownError(f"Tệp {path.name} rỗng (0 byte).", "Chép lại tệp từ nơi gửi, hoặc chọn tệp khác.")
    if size > MAX_BYTES:
        raise KnownError(f"Tệp {path.name} lớn quá {MAX_BYTES // 10**6} MB.", "Chia thành nhiều tệp rồi nhập từng tệp.")


def is_error(cell: Cell) -> bool:
    """Whether a cell holds what Excel shows where a formula failed."""
    return isinstance(cell, str) and cell[:1] in ("#", "E") and _FAILED.fullmatch(cell) is not None


def _broken(path: Path) -> KnownError:
    return KnownError(
        f"Tệp {path.name} hỏng, hoặc không phải bảng tính như đuôi tệp cho biết.",
        "Mở tệp bằng Excel, chọn Lưu thành kiểu .xlsx, rồi nhập tệp mới đó.",
    )


# --- Excel and OpenDocument -------------------------------------------------------------------------------------------


def _read_with_calamine(path: Path) -> list[Sheet]:
    import python_calamine

    untold = untold_in(path, _pages_within_limits(path))
    sheets = []
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            for each in book.sheets_metadata:
                is_shown = each.visible == python_calamine.SheetVisibleEnum.Visible
                if not is_shown or each.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(each.name)
                rows = sheet.to_python(skip_empty_area=False)
                read = _sheet(each.name, rows, tuple(sheet.merged_cell_ranges or ()))
                sheets.append(untold[each.name].told_in(read) if each.name in untold else read)
    except python_calamine.PasswordError as error:
        raise KnownError(
            f"Tệp {path.name} có mật khẩu.",
            "Mở bằng Excel, bỏ mật khẩu của tệp, lưu lại rồi nhập.",
        ) from error
    except python_calamine.CalamineError as error:
        raise _broken(path) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine 0.5 gives up so on some broken files, as no Exception
            raise _broken(path) from error
        raise
    return [each for each in sheets if each.rows]


def _pages_within_limits(path: Path) -> dict[str, Untold]:
    """Refuse a small file that would fill the memory; return what its pages do not tell, by their parts."""
    untold: dict[str, Untold] = {}
    if not zipfile.is_zipfile(path):
        return untold
    try:
        with zipfile.ZipFile(path) as archive:
            is_too_large = sum(each.file_size for each in archive.infolist()) > _MAX_UNPACKED
            for each in archive.infolist():
                if is_too_large or not _PAGE.fullmatch(each.filename):
                    continue
                page = archive.read(each)
                is_too_large = _cells(page) > _MAX_CELLS
                if any(mark in page for mark in MARKS):
                    untold[each.filename] = on_page(page)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise _broken(path) from error
    if is_too_large:
        raise KnownError(f"Tệp {path.name} mở ra quá lớn.", "Chép phần cần nhập sang một tệp mới rồi nhập tệp đó.")
    return untold


def _cells(page: bytes) -> int:
    """Return how many cells the page of an .xlsx spans, from the first to the last one written."""
    rows = _ROW.findall(page, max(page.rfind(b"<row "), 0))
    height = int(rows[-1]) if rows else 1
    for columns, far in _BEYOND:
        if height * columns <= _MAX_CELLS and not far.search(page):
            return height * columns
    widest = max(set(_COLUMN.findall(page)), key=lambda each: (len(each), each), default=b"A")
    width = 0
    for letter in widest:
        width = width * 26 + letter - 64
    return height * width


def _sheet(name: str, rows: Iterable[Sequence[object]], merged: tuple[Span, ...] = ()) -> Sheet:
    grid = [list(row[:_MAX_COLUMNS]) for row in rows]
    width = max(map(len, grid), default=0)
    for row in grid:
        row += [""] * (width - len(row))
    encoding = _in_unicode(grid)  # before cleaning: TCVN3 writes ư as a sign that Unicode does not show
    cells = [tuple([_clean(each) if type(each) is str else _typed(each) for each in row]) for row in grid]
    while cells and not any(each != "" for each in cells[-1]):
        cells.pop()
    widest = width
    while width and all(row[width - 1] == "" for row in cells):
        width -= 1
    if width < widest:
        cells = [row[:width] for row in cells]
    return Sheet(name=clean_text(name), rows=tuple(cells), merged=merged, encoding=encoding)


def _clean(text: str) -> str:
    if not text.isprintable():
        return clean_text(text).strip()
    return text.strip() if text.isascii() else nfc(text).strip()


def _typed(value: object) -> Cell:
    """Return a cell as it is kept: a float as the shortest decimal that shows it, with at most 15 digits as Excel."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _MOST_EXACT:
            return int(value)
        return Decimal(format(value, ".15g")) if value - value == 0 else ""
    match value:
        case str() | bool() | int():
            return value
        case datetime():
            return value.date() if value.time() == time() else value
        case date() | time():
            return value
        case timedelta():
            return f"{value // timedelta(hours=1)}:{value % timedelta(hours=1) // timedelta(minutes=1):02d}"
    return "" if value is None else str(value)


# --- fonts of the 1990s -----------------------------------------------------------------------------------------------


def _in_unicode(rows: list[list[object]]) -> str:
    """Convert in place what was typed in TCVN3 or VNI: the whole sheet, else column by column; return which it was."""
    whole = _encoding(each for row in rows for each in row)
    if whole:
        for row in rows:
            _convert(row, range(len(row)), whole)
        return whole
    found = ""
    for place in range(len(rows[0]) if rows else 0):
        encoding = _encoding(row[place] for row in rows)
        if encoding:
            found = encoding
            for row in rows:
                _convert(row, (place,), encoding)
    return found


def _encoding(cells: Iterable[object]) -> str:
    texts: list[str] = []
    for each in cells:
        if isinstance(each, str) and not each.isascii():
            texts.append(each)
            if len(texts) == _JUDGED_TEXTS:
                break
    joined = " ".join(texts)
    if not joined or any(char > "\xff" and char.isalpha() for char in joined):
        return ""
    if looks_like_tcvn3(joined):
        return TCVN3
    return VNI if looks_like_vni(joined) else ""


def _convert(row: list[object], places: Iterable[int], encoding: str) -> None:
    convert = _CONVERT[encoding]
    for place in places:
        cell = row[place]
        if isinstance(cell, str) and not cell.isascii():
            row[place] = convert(cell)


# --- csv --------------------------------------------------------------------------------------------------------------

_SEPARATORS: Final = ("\t", ";", ",", "|")


def _read_csv(path: Path) -> list[Sheet]:
    import csv

    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise _broken(path)
    csv.field_size_limit(10**7)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=_separator(text)))
    except csv.Error as error:
        raise _broken(path) from error
    sheet = _sheet(path.stem, rows)
    sheet = replace(sheet, has_errors=any(is_error(each) for row in sheet.rows for each in row if type(each) is str))
    return [sheet] if sheet.rows else []


def _decoded(data: bytes) -> str:
    """Read bytes as UTF-8 or UTF-16, else as Latin letters of TCVN3 or VNI, else as Windows' Vietnamese code page."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    latin = data.decode("latin-1")
    return latin if _encoding(latin.split("\n")) else data.decode("cp1258", errors="replace")


def _separator(text: str) -> str:
    """Return what parts the cells: the sign that parts the most lines into equally many, outside quotes."""
    import csv

    lines = text.splitlines(keepends=True)[:200]
    best, best_score = ",", 0
    for sign in _SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        common = max(set(widths), key=widths.count, default=1) if widths else 1
        score = widths.count(common) * (common - 1)
        if common > 1 and score > best_score:
            best, best_score = sign, score
    return best

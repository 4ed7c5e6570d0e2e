"""An office's own .xlsx form, filled: values into its cells, rows under its headings, all else as the office drew it.

    look(data, name)                       # what stands in its cells: for the map, and to find {{words}} in them
    filled(data, name, Filling(cells={("Biểu 1", "C5"): 2023}, tables=(TableFilling(...),)))

A table with more rows than the form has drawn gets copies of a drawn row; what stands under it moves down, and every
formula, merge, print area, picture and rule follows. What cannot follow is told by name, never broken in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from xml.dom import minidom

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Value
from kc_desktop.errors import KnownError
from kc_desktop.exchange import form_followers, form_formulas
from kc_desktop.exchange.form_formulas import MOST_ROWS, Insertion, Moves, column_number, split_area, split_cell
from kc_desktop.exchange.form_parts import (
    MAX_TREE_BYTES,
    Package,
    children,
    copy_of,
    elements,
    made_like,
    markup,
    serialised,
    set_text,
    text_of,
)
from kc_desktop.exchange.form_sheets import (
    Cell,
    Row,
    Setter,
    Styles,
    SumRange,
    Writer,
    column_styles,
    column_widths,
    read_rows,
    shown,
)

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}]{1,80}?)\s*\}\}")
"""Words in a cell that stand for a value: {{ten_don_vi}}."""
_HIGHEST_PT: Final = 409.0
_ONE_LINE_PT: Final = 22.0
_USUAL_WIDTH: Final = 8.43
_LETTERS_A_WIDTH: Final = 1.0
"""Widths are counted in digits; letters are mostly narrower, capitals and bold ones wider."""
_CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet of a form as it is drawn: the text of each cell by (row, column), both from 1; merged areas likewise."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...]
    formulas: frozenset[tuple[int, int]]
    drawn: frozenset[tuple[int, int]]
    widths: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFilling:
    """Rows for a table: which value of each goes into which column; the form has drawn `first_row` to `last_row`."""

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What goes into a form: values by (sheet, cell), tables, and what {{words}} in its cells stand for."""

    cells: Mapping[_CellKey, Value] = field(default_factory=dict)
    tables: tuple[TableFilling, ...] = ()
    words: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled form, and in sentences what did not follow or found no value."""

    data: bytes
    notes: tuple[str, ...]


def look(data: bytes, name: str) -> tuple[FormSheet, ...]:
    """Return the sheets of a form as they are drawn. Raises KnownError for what is no .xlsx."""
    package = Package(data, name)
    return tuple(_look(package, sheet, part) for sheet, part in package.sheets.items())


def _look(package: Package, name: str, part: str) -> FormSheet:
    _refuse_large(package, name, part)
    with package.read_as_drawn(part):
        tree = package.tree(part)
        rows = read_rows(tree)
        cells = {(number, place): cell for number, row in rows.items() for place, cell in row.cells.items()}
        texts = {at: shown(package, cell) for at, cell in cells.items() if cell.value or cell.rest}
        return FormSheet(
            name=name,
            cells={at: text for at, text in texts.items() if text},
            merged=tuple(split_area(each.getAttribute("ref")) for each in elements(tree, "mergeCell")),
            formulas=frozenset(at for at, cell in cells.items() if cell.formula),
            drawn=frozenset(cells),
            widths=column_widths(tree),
        )


def _refuse_large(package: Package, name: str, part: str) -> None:
    if len(package.parts[part]) > MAX_TREE_BYTES:
        raise KnownError(
            f"Trang “{name}” của tệp {package.name} có quá nhiều ô để làm mẫu biểu.",
            "Xóa các dòng thừa dưới bảng trong Excel, lưu lại rồi chọn tệp đó.",
        )


def filled(data: bytes, name: str, filling: Filling) -> Filled:
    """Return a form with values in its cells and rows in its tables, everything else as it was drawn.

    Raises KnownError for what is no .xlsx, a sheet or a cell the form does not have, or more rows than Excel takes.
    """
    package = Package(data, name)
    notes: list[str] = []
    books: dict[str, Moves] = {}
    for sheet in {each.sheet for each in filling.tables} | {key[0] for key in filling.cells}:
        if sheet not in package.sheets:
            raise KnownError(
                f"Tệp {name} không có trang “{sheet}”.", "Sửa bản đồ ô của mẫu biểu cho đúng tên trang, rồi xuất lại."
            )
    for sheet in package.sheets:
        tables = sorted((each for each in filling.tables if each.sheet == sheet), key=lambda each: each.first_row)
        _refuse_overlaps(sheet, tables)
        moves = Moves(each for table in tables for each in _insertions(table))
        if moves:
            books[sheet.casefold()] = moves
    styles = Styles(package)
    book = package.tree(package.book)
    setter = Setter(styles, from_1904=any(_is_on(each, "date1904") for each in elements(book, "workbookPr")))
    for sheet, part in package.sheets.items():
        _refuse_large(package, sheet, part)
        with package.read_as_drawn(part):
            _Page(package, sheet, part, books, setter).fill(filling, notes)
    with package.read_as_drawn(package.book):
        styles.keep()
        notes += form_followers.follow(package, books)
        form_followers.reckon_on_opening(package)
    return Filled(data=package.zipped(), notes=tuple(dict.fromkeys(notes)))


def _is_on(node: minidom.Element, name: str) -> bool:
    return node.getAttribute(name) in ("1", "true")


def _insertions(table: TableFilling) -> list[Insertion]:
    """Return where rows come in: before the last drawn row, whose lower line then stays the last one."""
    drawn, more = table.last_row - table.first_row + 1, len(table.rows)
    if more <= drawn:
        return []
    if drawn == 1:
        return [Insertion(after=table.last_row, rows=more - drawn, grows=True)]
    return [Insertion(after=table.last_row - 1, rows=more - drawn)]


def _refuse_overlaps(sheet: str, tables: Sequence[TableFilling]) -> None:
    last = 0
    for each in tables:
        if each.first_row <= last:
            raise KnownError(
                f"Hai bảng trên trang “{sheet}” cùng lấy dòng {each.first_row}.",
                "Sửa bản đồ ô: mỗi bảng một khoảng dòng riêng.",
            )
        last = each.last_row


class _Page:
    """One sheet being filled."""

    def __init__(self, package: Package, name: str, part: str, books: Mapping[str, Moves], setter: Setter) -> None:
        self._package, self._name, self._part, self._books, self._setter = package, name, part, books, setter
        self._looks = setter.styles
        self._moves = books.get(name.casefold(), Moves())
        self._tree = package.tree(part)
        self._rows = read_rows(self._tree)
        self._styles = column_styles(self._tree)
        self._widths = column_widths(self._tree)
        self._merged = [split_area(each.getAttribute("ref")) for each in elements(self._tree, "mergeCell")]
        self._made: dict[int, list[Row]] = {}
        self._sums: list[SumRange] = []

    def fill(self, filling: Filling, notes: list[str]) -> None:
        """Fill the sheet and put it back into the package; say what found no value."""
        tables = [each for each in filling.tables if each.sheet == self._name]
        of_rows = {
            (row, column_number(letters))
            for table in tables
            for row in range(table.first_row, table.last_row + 1)
            for letters in table.columns
        }
        self._fill_words(filling.words, of_rows, notes)  # first: what the data holds in braces is its own
        for table in tables:
            self._fill_table(table)
            notes += self._left_out(table)
        for (sheet, ref), value in filling.cells.items():
            if sheet == self._name:
                self._put(ref, value)
        if tables or self._moves or filling.cells or filling.words or self._books:
            self._write()

    # values

    def _put(self, ref: str, value: Value) -> None:
        try:
            row, column = split_cell(ref)
        except ValueError:
            raise KnownError(
                f"“{ref[:20]}” không phải một ô của bảng tính.", "Ghi ô như B3 trong bản đồ ô của mẫu biểu."
            ) from None
        top, left = next(((a, b) for a, b, c, d in self._merged if a <= row <= c and b <= column <= d), (row, column))
        self._setter.put(self._cell(self._row(top), left), value)

    def _row(self, number: int) -> Row:
        return self._rows.setdefault(number, Row(number=number, marks={}, cells={}))

    def _cell(self, row: Row, column: int) -> Cell:
        if column not in row.cells:
            own = row.marks.get("s", "") if row.marks.get("customFormat") else ""
            row.cells[column] = Cell(column=column, style=own or self._styles.get(column, ""))
        return row.cells[column]

    def _fill_words(self, words: Mapping[str, Value], of_rows: set[tuple[int, int]], notes: list[str]) -> None:
        for number, row in self._rows.items():
            for cell in row.cells.values():
                if cell.kind not in ("s", "str", "inlineStr") or cell.formula or (number, cell.column) in of_rows:
                    continue
                text = shown(self._package, cell)
                found = PLACEHOLDER.findall(text) if "{{" in text else []
                for each in (each for each in found if each not in words):
                    where = f"{form_formulas.cell(number, cell.column)}, trang “{self._name}”"
                    notes.append(f"Chưa biết “{{{{{each}}}}}” ở ô {where} là gì: để nguyên.")
                if any(each in words for each in found):
                    self._replace(cell, text, words)

    def _replace(self, cell: Cell, text: str, words: Mapping[str, Value]) -> None:
        whole = PLACEHOLDER.fullmatch(text.strip())
        if whole is not None:
            self._setter.put(cell, words[whole[1]])
            return

        def said(text: str) -> str:
            return PLACEHOLDER.sub(lambda found: _said(words[found[1]]) if found[1] in words else found[0], text)

        runs = self._runs(cell)
        if runs is None:
            self._setter.put_text(cell, said(text))
            return
        for each in elements(runs, "t"):
            plain = text_of(each)
            if "{{" in plain:
                set_text(each, said(plain))
                each.setAttribute("xml:space", "preserve")
        self._setter.put_string(cell, "".join(markup(each) for each in children(runs)))

    def _runs(self, cell: Cell) -> minidom.Element | None:
        """Return a text of several looks whose words each stand in one of them; None for any other."""
        if cell.kind != "s":
            return None
        string = copy_of(self._package.strings[int(cell.value)])
        runs = children(string, "r")
        split = any(text_of(each).count("{{") != text_of(each).count("}}") for each in elements(string, "t"))
        return None if not runs or split else string

    # rows

    def _fill_table(self, table: TableFilling) -> None:
        places = {self._first_of(table.first_row, column_number(each)): at for each, at in table.columns.items()}
        drawn = table.last_row - table.first_row + 1
        more = max(len(table.rows) - drawn, 0)
        if self._moves.row(max(self._rows, default=0)) > MOST_ROWS:
            raise KnownError(
                f"Trang “{self._name}” không đủ chỗ cho {len(table.rows)} dòng.", "Lọc còn ít dòng hơn rồi xuất lại."
            )
        pattern = table.last_row if drawn == 1 else table.last_row - 1
        kept = self._row(pattern).copy()
        made = [kept.copy() for _ in range(more)]
        if more:
            self._made[pattern] = made
            self._repeat_merges(pattern, more)
        own = [self._row(table.first_row + each) for each in range(min(drawn, len(table.rows)))]
        lines = [*own, *made] if drawn == 1 or not more else [*own[:-1], *made, own[-1]]
        for row, values in zip(lines, table.rows, strict=True):
            for place, at in places.items():
                self._setter.put(self._cell(row, place), values[at])
            self._heighten(row, pattern)
        for row in (self._row(each) for each in range(table.first_row + len(own), table.last_row + 1)):
            for place in places:
                if place in row.cells:
                    self._setter.put(row.cells[place], None)
        self._sum(table, places)

    def _first_of(self, row: int, column: int) -> int:
        """Return the column a merged cell of a row begins in, where the column is covered by one."""
        return next(
            (left for top, left, bottom, right in self._merged if top == row == bottom and left <= column <= right),
            column,
        )

    def _left_out(self, table: TableFilling) -> Iterator[str]:
        """Tell of formulas that name the drawn rows one by one: they cannot know of the rows that came in."""
        if not _insertions(table):
            return
        drawn = frozenset(range(table.first_row, table.last_row + 1))
        for number, row in self._rows.items():
            for cell in row.cells.values() if number not in drawn else ():
                if form_formulas.rows_named_singly(cell.formula, self._name) & drawn:
                    where = form_formulas.cell(self._moves.row(number), cell.column)
                    yield (
                        f"Công thức ở ô {where}, trang “{self._name}” nêu riêng từng dòng vẽ sẵn: các dòng thêm vào "
                        "chưa có trong đó, kiểm tra lại."
                    )

    def _heighten(self, row: Row, pattern: int) -> None:
        """Let a row be as high as its words need: programs other than Excel do not see to it themselves."""
        needed = 0.0
        for place, cell in row.cells.items():
            height = self._looks.line_height(cell.style) if cell.kind == "inlineStr" else 0
            if height:
                text = shown(self._package, cell)
                letters = max(self._letters(pattern, place), 1.0)
                needed = max(needed, height * sum(max(1, -(-len(line) // int(letters))) for line in text.split("\n")))
        own = float(row.marks.get("ht") or 0) if row.marks.get("customHeight") in ("1", "true") else 0.0
        row.marks.pop("ht", None)
        if max(own, needed if needed > _ONE_LINE_PT else 0):
            row.marks |= {"ht": f"{min(max(own, needed), _HIGHEST_PT):.2f}", "customHeight": "1"}

    def _letters(self, row: int, place: int) -> float:
        """Return how many letters fit beside each other in a cell, merged ones taken together."""
        area = next((each for each in self._merged if each[0] == row == each[2] and each[1] == place), None)
        last = area[3] if area is not None else place
        return sum(self._widths.get(each, _USUAL_WIDTH) for each in range(place, last + 1)) * _LETTERS_A_WIDTH

    def _sum(self, table: TableFilling, places: Mapping[int, int]) -> None:
        first = self._moves.row(table.first_row)
        last = self._moves.last(table.last_row)
        for place, at in places.items():
            values = [row[at] for row in table.rows if row[at] not in (None, "")]
            if values and all(isinstance(each, int | Decimal) and not isinstance(each, bool) for each in values):
                total = sum((Decimal(each) for each in values if isinstance(each, int | Decimal)), Decimal(0))
                self._sums.append(SumRange(column=place, first=first, last=last, total=total))

    def _repeat_merges(self, pattern: int, more: int) -> None:
        across = [each for each in self._merged if each[0] == each[2] == pattern]
        holder = next(elements(self._tree, "mergeCells"), None)
        if holder is None:
            return
        for each in across:
            for down in range(1, more + 1):
                made = made_like(holder, "mergeCell")
                row = self._moves.row(pattern) + down
                made.setAttribute("ref", f"{form_formulas.cell(row, each[1])}:{form_formulas.cell(row, each[3])}")
                made.setAttribute(form_followers.DONE, "1")
                holder.appendChild(made)

    def _write(self) -> None:
        writer = Writer(self._tree, self._name, self._books, self._sums)
        lines = []
        for number in sorted(self._rows):
            at = self._moves.row(number)
            lines.append(writer.row(self._rows[number], at, writer.moved))
            for down, row in enumerate(self._made.get(number, ()), start=1):
                lines.append(writer.row(row, at + down, writer.copied(number, down)))
        form_followers.follow_in_sheet(self._tree, self._name, self._books)
        self._package.parts[self._part] = serialised(self._tree, {"sheetData": "".join(lines)})


def _said(value: Value) -> str:
    """Return a value as it stands among other words."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if abs(value) >= 10_000 else str(value)
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if value is None:
        return ""
    return value if isinstance(value, str) else format_date(value)

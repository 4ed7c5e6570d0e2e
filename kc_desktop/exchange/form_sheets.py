"""One sheet of a form: its cells as they are drawn, and as they are written back with values, rows put in and moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from xml.dom import minidom
from xml.sax.saxutils import unescape

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Value
from kc_desktop.exchange import form_formulas
from kc_desktop.exchange.cells import plain_text
from kc_desktop.exchange.form_formulas import Moves, column_letters, split_cell
from kc_desktop.exchange.form_parts import (
    Package,
    children,
    copy_of,
    elements,
    escaped,
    made_like,
    markup,
    prefix_of,
    quoted,
    root_of,
    text_of,
    words_of,
)

_DIGITS: Final = 15
"""Excel keeps so many digits of a number; a longer one is written as text, whole."""
_FIRST_DAY: Final = date(1900, 3, 1)
_DAYS_FROM: Final = date(1899, 12, 30)
_DAYS_OF_1904: Final = 1462
_OWN_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads _x0041_ as a letter: where a text holds such signs, its first one is written so itself."""
_SUM: Final = re.compile(r"(?:SUM\(|SUBTOTAL\((?:9|109),)([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\)", re.IGNORECASE)
_INLINE: Final = re.compile(r"<(?:\w+:)?t\b[^>]*>([^<]*)</")
_MOST_STYLED: Final = 200
_ROW_SKIPPED: Final = frozenset({"r", "spans"})
_CELL_KNOWN: Final = frozenset({"r", "s", "t"})


@dataclass(slots=True, kw_only=True)
class Cell:
    """A cell as it stands in the form; `marks` and `rest` are whatever else its element says and holds."""

    column: int
    style: str = ""
    kind: str = ""
    formula: str = ""
    formula_marks: dict[str, str] = field(default_factory=dict)
    value: str = ""
    rest: str = ""
    marks: str = ""


@dataclass(slots=True, kw_only=True)
class Row:
    """A row as it stands in the form: what its tag says, and its cells by their columns."""

    number: int
    marks: dict[str, str]
    cells: dict[int, Cell]

    def copy(self) -> Row:
        """Return a row of its own with the same cells."""
        cells = {place: replace(each, formula_marks=dict(each.formula_marks)) for place, each in self.cells.items()}
        return Row(number=self.number, marks=dict(self.marks), cells=cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRange:
    """What stands in a column of a table after filling: so its sum under the table needs no reckoning by Excel."""

    column: int
    first: int
    last: int
    total: Decimal


def read_rows(tree: minidom.Document) -> dict[int, Row]:
    """Return the rows of a sheet by their numbers; formulas that cells share are written out for each."""
    rows: dict[int, Row] = {}
    number = 0
    for element in (each for data in elements(tree, "sheetData") for each in children(data, "row")):
        number = int(element.getAttribute("r") or number + 1)
        marks = {name: value for name, value in element.attributes.items() if name not in _ROW_SKIPPED}
        rows[number] = Row(number=number, marks=marks, cells=dict(_cells(element)))
    _write_out_shared(rows)
    return rows


def _cells(row: minidom.Element) -> Iterator[tuple[int, Cell]]:
    column = 0
    for element in children(row, "c"):
        ref = element.getAttribute("r")
        column = split_cell(ref)[1] if ref else column + 1
        others = ((name, value) for name, value in element.attributes.items() if name not in _CELL_KNOWN)
        cell = Cell(
            column=column,
            style=element.getAttribute("s"),
            kind=element.getAttribute("t"),
            marks="".join(f' {name}="{quoted(value)}"' for name, value in others),
        )
        for child in children(element):
            if child.localName == "f":
                cell.formula = text_of(child)
                cell.formula_marks = {name: value for name, value in child.attributes.items() if ":" not in name}
            elif child.localName == "v":
                cell.value = text_of(child)
            else:
                cell.rest += markup(child)
        yield column, cell


def _write_out_shared(rows: Mapping[int, Row]) -> None:
    first: dict[str, tuple[int, int, str]] = {}
    for number, row in sorted(rows.items()):
        for cell in row.cells.values():
            if cell.formula_marks.get("t") != "shared":
                continue
            group = cell.formula_marks.get("si", "")
            if cell.formula:
                first[group] = number, cell.column, cell.formula
            elif group in first:
                at_row, at_column, formula = first[group]
                cell.formula = form_formulas.translated(formula, down=number - at_row, right=cell.column - at_column)
            cell.formula_marks = {}


def shown(package: Package, cell: Cell) -> str:
    """Return the text of a cell of a form, "" for one without any; of a number the number as it is kept."""
    if cell.kind == "s" and cell.value.isdigit() and int(cell.value) < len(package.strings):
        return words_of(package.strings[int(cell.value)])
    if cell.kind == "inlineStr":
        return unescape("".join(_INLINE.findall(cell.rest)))
    return "" if cell.kind == "b" else cell.value


# --- styles -----------------------------------------------------------------------------------------------------------

_DATE_IDS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_DAY_CODE, _MOMENT_CODE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
_TEXT_ID: Final = "49"
_LINE: Final = 1.36
"""How high a line of text is, against the size of its letters."""


class Styles:
    """The looks of a form's cells: which show days, and one like another that shows a day."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next(iter(package.linked(package.book, "styles")), "")
        self._tree = package.tree(self._part) if self._part else None
        self._looks: list[minidom.Element] = []
        self._codes: dict[str, str] = {}
        self._made: dict[tuple[int, str], str] = {}
        self._fonts: list[minidom.Element] = []
        if self._tree is not None:
            fonts = next(elements(self._tree, "fonts"), None)
            self._fonts = children(fonts, "font") if fonts is not None else []
            found = next(elements(self._tree, "cellXfs"), None)
            self._looks = children(found, "xf") if found is not None else []
            for each in elements(self._tree, "numFmt"):
                self._codes[each.getAttribute("numFmtId")] = each.getAttribute("formatCode")

    def is_text(self, style: str) -> bool:
        """Whether a cell of this look holds what is typed as text."""
        number = self._number(style)
        return number == _TEXT_ID or self._codes.get(number, "") == "@"

    def of_day(self, style: str, *, with_time: bool) -> str:
        """Return the look itself where it shows days, else one like it that does; "" where the form has no looks."""
        number = self._number(style)
        code = _NOT_LETTERS.sub("", self._codes.get(number, ""))
        if (number.isdigit() and int(number) in _DATE_IDS) or any(letter in code.lower() for letter in "dy"):
            return style
        wanted = _MOMENT_CODE if with_time else _DAY_CODE
        place = int(style or "0")
        if self._tree is None or place >= len(self._looks):
            return ""
        if (place, wanted) not in self._made:
            self._made[place, wanted] = self._make(self._looks[place], wanted)
        return self._made[place, wanted]

    def line_height(self, style: str) -> float:
        """Return how high a line of a cell is in points where its text is broken into lines; 0 where it is not."""
        place = int(style or "0")
        if self._tree is None or place >= len(self._looks):
            return 0
        look = self._looks[place]
        if not any(each.getAttribute("wrapText") in ("1", "true") for each in children(look, "alignment")):
            return 0
        number = int(look.getAttribute("fontId") or "0")
        sizes = children(self._fonts[number], "sz") if number < len(self._fonts) else []
        return float(sizes[0].getAttribute("val")) * _LINE if sizes else 11 * _LINE

    def keep(self) -> None:
        """Put the looks that were made into the workbook."""
        if self._made and self._tree is not None:
            self._package.put(self._part, self._tree)

    def _number(self, style: str) -> str:
        place = int(style or "0")
        return self._looks[place].getAttribute("numFmtId") if place < len(self._looks) else ""

    def _make(self, look: minidom.Element, code: str) -> str:
        assert self._tree is not None
        made = copy_of(look)
        made.setAttribute("numFmtId", self._number_of(code))
        made.setAttribute("applyNumberFormat", "1")
        parent = look.parentNode
        assert isinstance(parent, minidom.Element)
        parent.appendChild(made)
        self._looks.append(made)
        parent.setAttribute("count", str(len(self._looks)))
        return str(len(self._looks) - 1)

    def _number_of(self, code: str) -> str:
        """Return the number of a number format, put among the form's own where it is not there yet."""
        known = next((number for number, each in self._codes.items() if each == code), "")
        if known:
            return known
        assert self._tree is not None
        number = str(max((int(each) for each in self._codes if each.isdigit()), default=163) + 1)
        root = root_of(self._tree)
        holder = next(elements(self._tree, "numFmts"), None)
        if holder is None:
            holder = made_like(root, "numFmts")
            root.insertBefore(holder, root.firstChild)
        made = made_like(root, "numFmt")
        made.setAttribute("numFmtId", number)
        made.setAttribute("formatCode", code)
        holder.appendChild(made)
        self._codes[number] = code
        holder.setAttribute("count", str(sum(1 for each in children(holder))))
        return number


# --- values -----------------------------------------------------------------------------------------------------------


class Setter:
    """Puts values into cells, each as what it is: a number as a number, and never a formula."""

    def __init__(self, styles: Styles, *, from_1904: bool) -> None:
        self.styles = styles
        self._shift = _DAYS_OF_1904 if from_1904 else 0

    def put(self, cell: Cell, value: Value) -> None:
        """Put a value into a cell, whose look stays; what stood in it is gone."""
        cell.kind = cell.value = cell.formula = cell.rest = cell.marks = ""
        cell.formula_marks = {}
        match value:
            case None | "":
                return
            case bool():
                self.put_text(cell, "Có" if value else "Không")
            case int() | Decimal():
                self._put_number(cell, value)
            case datetime() | date():
                self._put_day(cell, value)
            case _:
                self.put_text(cell, str(value))

    def put_text(self, cell: Cell, text: str) -> None:
        """Put a text into a cell."""
        written = _OWN_ESCAPE.sub("_x005F_", plain_text(text))
        self.put_string(cell, f'<t xml:space="preserve">{escaped(written)}</t>')

    def put_string(self, cell: Cell, inside: str) -> None:
        """Put a text that is XML already, with the looks of its runs."""
        cell.kind, cell.value, cell.formula, cell.formula_marks = "inlineStr", "", "", {}
        cell.rest = f"<is>{inside}</is>"

    def _put_number(self, cell: Cell, value: int | Decimal) -> None:
        written = format(Decimal(value), "f")
        written = written.rstrip("0").rstrip(".") if "." in written else written
        if len(written.lstrip("-").replace(".", "").lstrip("0")) > _DIGITS:
            self.put_text(cell, written.replace(".", ","))
        else:
            cell.kind, cell.value = "", written

    def _put_day(self, cell: Cell, value: date) -> None:
        day = value.date() if isinstance(value, datetime) else value
        look = self.styles.of_day(cell.style, with_time=isinstance(value, datetime))
        if day < _FIRST_DAY or self.styles.is_text(cell.style) or (not look and cell.style):
            self.put_text(cell, format_date(day))
            return
        serial = Decimal((day - _DAYS_FROM).days - self._shift)
        if isinstance(value, datetime):
            serial += (Decimal(value.hour * 60 + value.minute) / 1440).quantize(Decimal("1e-8"))
        cell.style, cell.value = look, format(serial, "f")


# --- rows written back ------------------------------------------------------------------------------------------------


class Writer:
    """Writes the rows of a sheet after its moves."""

    def __init__(
        self, tree: minidom.Document, own: str, books: form_formulas.Books, sums: Sequence[SumRange] = ()
    ) -> None:
        self._own, self._books, self._sums = own, books, sums
        self._moves = books.get(own.casefold(), Moves())
        self._named, self._space = prefix_of(root_of(tree)), root_of(tree).namespaceURI or ""

    def row(self, row: Row, number: int, formula: Callable[[str], str]) -> str:
        """Return a row as XML under its new number."""
        marks = "".join(f' {name}="{quoted(value)}"' for name, value in row.marks.items())
        cells = "".join(self._cell(row.cells[place], number, formula) for place in sorted(row.cells))
        return self._tagged("row", f' r="{number}"{marks}', cells)

    def moved(self, formula: str) -> str:
        """Return a formula of a row that stood in the form."""
        return form_formulas.moved(formula, self._own, self._books)

    def copied(self, row: int, down: int) -> Callable[[str], str]:
        """Return what gives the formulas of a copy of a row so many rows further down."""
        return lambda formula: form_formulas.copied(formula, self._own, self._books, row=row, down=down)

    def _cell(self, cell: Cell, number: int, formula: Callable[[str], str]) -> str:
        marks = f' r="{column_letters(cell.column)}{number}"'
        marks += (f' s="{cell.style}"' if cell.style else "") + cell.marks
        if cell.formula or cell.formula_marks:
            made = formula(cell.formula)
            of_formula = dict(cell.formula_marks)
            if "ref" in of_formula:
                of_formula["ref"] = self._moves.area(of_formula["ref"])
            said = "".join(f' {name}="{quoted(value)}"' for name, value in of_formula.items())
            worked = self._worked_out(made)
            inside = self._tagged("f", said, escaped(made)) + (self._tagged("v", "", worked) if worked else "")
            return self._tagged("c", marks, inside)
        marks += f' t="{cell.kind}"' if cell.kind else ""
        rest = cell.rest.replace("<is>", f'<is xmlns="{self._space}">', 1) if self._named else cell.rest
        return self._tagged("c", marks, (self._tagged("v", "", escaped(cell.value)) if cell.value else "") + rest)

    def _worked_out(self, formula: str) -> str:
        """Return the value of a sum over a filled column; "" for other formulas, which Excel works out on opening."""
        found = _SUM.fullmatch(formula.replace("$", "").replace(" ", ""))
        if found is None or found[1].upper() != found[3].upper():
            return ""
        column, top, bottom = form_formulas.column_number(found[1]), int(found[2]), int(found[4])
        for each in self._sums:
            if (each.column, each.first, each.last) == (column, top, bottom):
                return format(each.total, "f")
        return ""

    def _tagged(self, name: str, marks: str, inside: str) -> str:
        tag = f"{self._named}{name}"
        return f"<{tag}{marks}>{inside}</{tag}>" if inside else f"<{tag}{marks}/>"


def column_styles(tree: minidom.Document) -> dict[int, str]:
    """Return the look of each column that has one, by its number."""
    found: dict[int, str] = {}
    for each in elements(tree, "col"):
        if each.getAttribute("style"):
            first = int(each.getAttribute("min"))
            last = min(int(each.getAttribute("max")), first + _MOST_STYLED)
            found |= dict.fromkeys(range(first, last + 1), each.getAttribute("style"))
    return found


def column_widths(tree: minidom.Document) -> dict[int, float]:
    """Return how many digits wide each column is that says so, by its number."""
    return {
        place: float(each.getAttribute("width") or 0)
        for each in elements(tree, "col")
        for place in range(int(each.getAttribute("min")), min(int(each.getAttribute("max")), _MOST_STYLED) + 1)
    }

"""References of a workbook followed as rows come into its sheets: cells, areas, formulas, whole rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384

_REFERENCE: Final = re.compile(
    r"""
    (?P<skipped>"(?:[^"]|"")*"|\[[^\[\]]*\])    # a text, columns of a table, another book
    |(?:(?P<sheet>(?:'(?:[^']|'')+'|(?<![\w.\]'])[^\W\d][\w.]*)!)|(?<![\w.$\]!]))
     (?:(?P<first>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})(?::(?P<last>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}))?
       |(?P<top>\$?[1-9]\d{0,6}):(?P<bottom>\$?[1-9]\d{0,6}))
     (?![\w(.!\[])
    """,
    re.VERBOSE,
)
_CELL: Final = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})")
_ROW: Final = re.compile(r"(\$?)([1-9]\d{0,6})")


def column_number(letters: str) -> int:
    """Return the number of a column by its letters, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column by its number, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_cell(ref: str) -> tuple[int, int]:
    """Return the row and the column of a cell such as B3, both from 1. Raises ValueError for what is none."""
    found = _CELL.fullmatch(ref.strip())
    if found is None or int(found[4]) > MOST_ROWS or column_number(found[2]) > MOST_COLUMNS:
        raise ValueError(ref)
    return int(found[4]), column_number(found[2])


def split_area(ref: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row, last column of an area such as A1:C3, or of one cell."""
    first, _, last = ref.partition(":")
    return (*split_cell(first), *split_cell(last or first))


def cell(row: int, column: int) -> str:
    """Return a cell by its row and column: B3."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Rows put in under a row. `grows`: areas that end in that row take the new rows in."""

    after: int
    rows: int
    grows: bool = False


class Moves:
    """Where the rows of one sheet stand after rows were put in."""

    def __init__(self, insertions: Iterable[Insertion] = ()) -> None:
        self.insertions = tuple(sorted(insertions, key=lambda each: each.after))

    def __bool__(self) -> bool:
        return bool(self.insertions)

    def row(self, row: int) -> int:
        """Return where a row has gone."""
        return row + sum(each.rows for each in self.insertions if each.after < row)

    def last(self, row: int) -> int:
        """Return where the last row of an area has gone."""
        return row + sum(each.rows for each in self.insertions if each.after < row + each.grows)

    def cell(self, ref: str) -> str:
        """Return where a cell has gone; what is no cell comes back as it is."""
        try:
            row, column = split_cell(ref)
        except ValueError:
            return ref
        return cell(self.row(row), column)

    def area(self, ref: str) -> str:
        """Return where an area has gone, larger where rows came into it; whole columns come back as they are."""
        try:
            top, left, bottom, right = split_area(ref)
        except ValueError:
            return ref
        first, last = cell(self.row(top), left), cell(self.last(bottom), right)
        return first if first == last else f"{first}:{last}"

    def areas(self, refs: str) -> str:
        """Return where areas parted by blanks have gone."""
        return " ".join(map(self.area, refs.split()))


_STILL: Final = Moves()
Books = Mapping[str, Moves]
"""The moves of each sheet by its name in small letters."""


def moved(formula: str, own: str, books: Books) -> str:
    """Return a formula of the sheet `own` after rows came into the sheets of a book."""

    def change(sheet: str, ends: tuple[str, ...]) -> tuple[str, ...]:
        moves = books.get(sheet, _STILL)
        if len(ends) == 1:
            return (_with_row(ends[0], moves.row),)
        return _with_row(ends[0], moves.row), _with_row(ends[1], moves.last)

    return _changed(formula, own, change)


def copied(formula: str, own: str, books: Books, *, row: int, down: int) -> str:
    """Return a formula of `row` as it stands in a copy of the row so many rows further down.

    What stands under the row, and rows with a $, are the same ones for every copy.
    """

    def change(sheet: str, ends: tuple[str, ...]) -> tuple[str, ...]:
        moves = books.get(sheet, _STILL)

        def at(end: str) -> str:
            is_fixed = "$" in end[1:] or (end[:1] == "$" and end[1:].isdigit())
            number = int(re.sub(r"\D", "", end))
            follows = not is_fixed and (sheet != own.casefold() or number <= row)
            return _with_row(end, lambda old: moves.row(old) + (down if follows else 0))

        return tuple(map(at, ends))

    return _changed(formula, own, change)


def translated(formula: str, *, down: int, right: int) -> str:
    """Return a formula as it reads in another cell of a group that shares it."""

    def at(end: str) -> str:
        found = _CELL.fullmatch(end)
        if found is None:
            return _with_row(end, lambda old: old if end.startswith("$") else old + down)
        column = column_number(found[2]) + (0 if found[1] else right)
        row = int(found[4]) + (0 if found[3] else down)
        return f"{found[1]}{column_letters(column)}{found[3]}{row}"

    return _changed(formula, "", lambda _sheet, ends: tuple(map(at, ends)))


def rows_named_singly(formula: str, own: str) -> frozenset[int]:
    """Return the rows of the sheet `own` whose cells a formula names one by one, not as an area."""
    found: set[int] = set()

    def note(sheet: str, ends: tuple[str, ...]) -> tuple[str, ...]:
        if len(ends) == 1 and sheet == own.casefold():
            found.add(int(re.sub(r"\D", "", ends[0])))
        return ends

    _changed(formula, own, note)
    return frozenset(found)


def _with_row(end: str, change: Callable[[int], int]) -> str:
    found = _CELL.fullmatch(end)
    if found is not None:
        return f"{found[1]}{found[2]}{found[3]}{change(int(found[4]))}"
    found = _ROW.fullmatch(end)
    return f"{found[1]}{change(int(found[2]))}" if found is not None else end


def _changed(formula: str, own: str, change: Callable[[str, tuple[str, ...]], tuple[str, ...]]) -> str:
    """Return a formula whose references are changed; those to other books, and texts, stay."""

    def replace(found: re.Match[str]) -> str:
        sheet = found["sheet"] or ""
        if found["skipped"] or "[" in sheet or any(_is_no_cell(found[each]) for each in ("first", "last")):
            return found[0]
        name = sheet[:-1].strip("'").replace("''", "'") if sheet else own
        ends = tuple(each for each in (found["first"] or found["top"], found["last"] or found["bottom"]) if each)
        return sheet + ":".join(change(name.casefold(), ends))

    return _REFERENCE.sub(replace, formula)


def _is_no_cell(end: str | None) -> bool:
    if not end:
        return False
    try:
        split_cell(end)
    except ValueError:
        return True
    return False

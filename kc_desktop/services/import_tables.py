"""Where a sheet of an office keeps its table: the heading under the title, the rows of data, and what is none.

    table = find_table(sheet, {"name": ("họ và tên", "họ tên"), "phone": ("điện thoại",)}, needed="name")
    for row in rows_of(table):
        if row.kind == ROW: row.cells["phone"]

The words of headings, units, totals and groups are read as pasted blocks are (`services.pasting`, `pasted_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Final

from kc_desktop.domain.text import search_key
from kc_desktop.exchange.reading import Cell, Row, Sheet, is_error
from kc_desktop.services import pasted_rows, pasting
from kc_desktop.services.import_headings import (
    ERRORS,
    MAX_LEVELS,
    ORDINALS,
    columns_of,
    grid_of,
    heading_names,
    is_level,
    is_number,
    letters_of,
    places_of,
    shown,
    topics,
    units_of,
)
from kc_desktop.services.pasted_rows import GROUP, HEADING, ROW, TOTAL

BLANK, CLOSING = "blank", "closing"
"""Kinds of rows besides those of a pasted block: an empty one, and what stands under the table (date, signatures)."""

SEARCHED_ROWS: Final = 60
"""So many rows with two cells or more are looked at for a heading; titles and grounds over it are mostly one cell."""
FARTHEST_HEADING: Final = 500
_AFTER_HEADING: Final = 5
"""So many rows under what names columns a better heading is looked for."""
_MOST_CLOSING: Final = 20
"""So many rows the lines under a table take, names under the posts included."""
_FEW: Final = 3
_FEWEST_NAMED, _FEWEST_TOLD = 3, 2
_PART_TOTAL: Final = re.compile(
    r"(?:tổng|tổng cộng|tổng số|cộng) (?:nhóm|mục|phần|tháng|quý|năm|trang|tổ|[ivx]+|[a-h])\b.*", re.IGNORECASE
)
_CLOSING: Final = re.compile(
    r"(?:nguoi (?:lap|tong hop|ky|kiem)|(?:pho |q\. ?|kt\. ?|tl\. ?)?(?:giam doc|thu truong|truong phong|chu tich)"
    r"|ke toan|thu quy|ky,? ghi ro|\(ky|noi nhan|tm\. |xac nhan cua).*|(?:.* )?ngay \S* ?thang \S* ?nam.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a sheet: `heading` and `data_from` are rows from 0, `places` the column of each wanted name."""

    sheet: Sheet
    needed: str
    heading: int
    data_from: int
    places: Mapping[str, int]
    units: Mapping[str, int]
    ordinal_place: int | None = None
    unread: tuple[str, ...] = ()
    levels: int = 1
    heads: tuple[str, ...] = ()
    """How each column is headed, all its levels in one line."""
    told_units: Mapping[str, int] = field(default_factory=dict)
    """What the heading or the sheet says that the amounts count; a column that is not told counts đồng."""
    end: int | None = None
    """The row from 0 where the heading of another table of the sheet is, which is not of this one."""
    notes: tuple[str, ...] = ()
    told_titles: tuple[str, ...] = ()
    """What holds for the table and stands in no line of its sheet."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines above the heading."""
        own = (text for row in self.sheet.rows[: self.heading] for cell in row if (text := shown(cell)))
        return (*self.told_titles, *own)


@dataclass(slots=True, kw_only=True)
class TableRow:
    """One row under the heading: `number` as Excel counts, `group` the words of the group it stands in.

    Nobody changes it; made for every row, it is not frozen, which would take twice as long.
    """

    number: int
    kind: str
    cells: Mapping[str, Cell]
    text: str = ""
    group: str = ""


def find_table(sheet: Sheet, wanted: Mapping[str, Sequence[str]], needed: str) -> Table | None:
    """Return the table of a sheet whose heading names `needed` and one more of the wanted columns; None for none.

    A heading of two or three levels is read as one: a column is named by its lowest cell, or by several together.
    """
    words = {**wanted, "": ORDINALS}
    best: tuple[int, int, int, dict[str, int]] | None = None
    rows = heading_rows(sheet)
    for levels in range(1, MAX_LEVELS + 1):
        for at in rows:
            if best is not None and at > best[1] and _is_past(sheet, at, best[1] + best[2] - 1, best[3], needed):
                break
            if levels == MAX_LEVELS and not is_level(sheet, at + levels - 1):
                continue
            if levels > 1 and _is_line_over(sheet, at):
                continue
            places = places_of(heading_names(sheet, at, levels), words)
            told = len(places) - ("" in places)
            if needed in places and told >= 2 and (best is None or told > best[0]):
                best = (told, at, levels, places)
    return None if best is None else table_at(sheet, best[1], best[2], wanted, needed)


def _is_line_over(sheet: Sheet, at: int) -> bool:
    """Whether a row is a line over a heading and no level of it: one cell, at the left of all others."""
    filled = [place for place, each in enumerate(sheet.rows[at]) if each != ""]
    below = sheet.rows[at + 1] if at + 1 < len(sheet.rows) else ()
    return len(filled) == 1 and filled[0] <= next((place for place, each in enumerate(below) if each != ""), 0)


def heading_rows(sheet: Sheet) -> list[int]:
    """Return the rows from 0 in which a heading may begin."""
    begins = sheet.begins
    filled = [len(row) - row.count("") for row in sheet.rows[begins : begins + FARTHEST_HEADING]]
    rows = (begins + at for at in range(len(filled)) if max(filled[at : at + MAX_LEVELS]) > 1)
    return list(islice(rows, SEARCHED_ROWS))


def _is_past(sheet: Sheet, at: int, heading: int, places: Mapping[str, int], needed: str) -> bool:
    """Whether a row is too far under a heading to be a better one: data stands between."""
    between = sheet.rows[heading + 1 : at]
    ordinal, name = places.get(""), places[needed]
    if at > heading + _AFTER_HEADING:
        return True
    return any(
        (is_number(row[ordinal]) if ordinal is not None else len(row) - row.count("") >= _FEWEST_TOLD)
        and isinstance(row[name], str)
        and row[name] != ""
        and not is_number(row[name])
        for row in between
    )


def table_at(
    sheet: Sheet,
    heading: int,
    levels: int,
    wanted: Mapping[str, Sequence[str]],
    needed: str,
    places: Mapping[str, int] | None = None,
    units: Mapping[str, int] | None = None,
) -> Table:
    """Return the table under a heading of so many rows; its columns by their names, or as `places` and `units` say.

    Where no column is `needed`, the table cannot be read yet.
    """
    names = heading_names(sheet, heading, levels)
    by_name = places_of(names, {**wanted, "": ORDINALS})
    ordinal = by_name.pop("", None)
    if ordinal is None:
        ordinal = pasting.headed([each[0] for each in names], {"": ORDINALS}).get("")
    chosen = dict(by_name if places is None else places)
    texts = [tuple(map(shown, row)) for row in sheet.rows[: heading + levels + 3]]
    data_from = pasted_rows.data_from(texts, heading + levels - 1)
    if _is_under_heading(sheet, heading, data_from, (ordinal, chosen.get(needed))):
        data_from = pasted_rows.data_from(texts, data_from)
    end = _next_table(sheet, heading, data_from, wanted, needed, chosen.get(needed, 0))
    told = units_of(texts, data_from, chosen, columns_of(grid_of(sheet, heading, levels)))
    heads = tuple(each[-1] for each in names)
    return Table(
        sheet=sheet,
        needed=needed,
        heading=heading,
        data_from=data_from,
        places=chosen,
        units={name: (units or {}).get(name) or told.get(name, pasting.DONG) for name in chosen},
        ordinal_place=ordinal if ordinal not in chosen.values() else None,
        unread=tuple(
            each[0] or letters_of(at)
            for at, each in enumerate(names)
            if at not in (*chosen.values(), ordinal)
            and (each[0] != ERRORS if each[0] else _holds_anything(sheet, data_from, at))
        ),
        levels=levels,
        heads=heads,
        told_units=told,
        end=end,
        notes=_notes(sheet, end),
    )


def _holds_anything(sheet: Sheet, data_from: int, place: int) -> bool:
    """Whether a column without a heading holds anything in its first rows."""
    rows = sheet.rows[data_from : data_from + SEARCHED_ROWS]
    return any(row[place] != "" and sum(each != "" for each in row) > 1 for row in rows)


def _is_under_heading(sheet: Sheet, heading: int, at: int, own: tuple[int | None, ...]) -> bool:
    """Whether a row only parts columns that the heading holds together (Nam, Nữ), and names none of the wanted ones."""
    row = sheet.rows[at] if at < len(sheet.rows) else ()
    over = {
        place
        for (top, left), (_bottom, right) in sheet.merged
        if heading <= top < at and right > left
        for place in range(left, right + 1)
    }
    filled = {place for place, each in enumerate(row) if each != ""}
    is_words = all(isinstance(row[place], str) and shown(row[place]).isalpha() for place in filled)
    return bool(filled) and filled <= over and is_words and not filled & {*own}


def _notes(sheet: Sheet, end: int | None) -> tuple[str, ...]:
    """Say what one does not see of a sheet and is read, and what one sees and is not."""
    said = []
    if sheet.hidden_rows:
        said.append(f"{sheet.hidden_rows} dòng đang ẩn hoặc bị lọc cũng được đọc.")
    if sheet.hidden_columns:
        said.append(f"{sheet.hidden_columns} cột đang ẩn cũng được đọc.")
    if end is not None:
        said.append(f"bảng thứ hai từ dòng {end + 1} chưa đọc. Chép bảng đó sang một trang khác rồi nhập.")
    return tuple(said)


def without_next(table: Table) -> Table:
    """Return a table whose sheet holds no other one any more."""
    empty = {
        letters_of(at)
        for at, head in enumerate(table.heads)
        if not head and not _holds_anything(table.sheet, table.data_from, at)
    }
    unread = tuple(each for each in table.unread if each not in empty)
    return replace(table, end=None, unread=unread, notes=_notes(table.sheet, None))


def _next_table(
    sheet: Sheet, heading: int, data_from: int, wanted: Mapping[str, Sequence[str]], needed: str, place: int
) -> int | None:
    """Return the row where the heading of another table is; the same heading on each page is none.

    `place` is the column of what is needed. Under the lines that close a table (date, signatures), or that tell
    another year, source, unit or person, the same heading, too, begins another one.
    """
    words = {**wanted, "": ORDINALS}
    said = {form for word in (*wanted[needed], *ORDINALS) for form in _written(word)}
    own = [each for each in sheet.rows[heading:data_from] if any(cell != "" for cell in each)]
    for at in range(data_from, len(sheet.rows)):
        row = sheet.rows[at]
        if said.isdisjoint(row) or any(isinstance(each, int | Decimal) for each in row):
            continue
        if row in own:
            if row == own[0] and _is_parted_above(sheet, data_from, at, place):
                return at
            continue
        for levels in range(1, MAX_LEVELS + 1):
            places = places_of(heading_names(sheet, at, levels), words)
            if needed in places and len(places) >= _FEWEST_NAMED:
                return at
    return None


def _written(word: str) -> tuple[str, ...]:
    """Return how a word of a heading is mostly written."""
    return word, word.capitalize(), word.upper(), word.title()


def _is_parted_above(sheet: Sheet, data_from: int, at: int, place: int) -> bool:
    """Whether between a row and the data above stands a line that closes a table, or one that tells of another."""
    for row in reversed(sheet.rows[max(data_from, at - _MOST_CLOSING) : at]):
        filled = sum(each != "" for each in row)
        if closes(row, place):
            return True
        if filled > _FEW or is_total(row):
            return False
        if filled == 1 and topics(row) and row not in sheet.rows[:data_from]:  # the title of each page is none
            return True
    return False


def closes(row: Row, place: int) -> bool:
    """Whether a row closes a table: a day or a post to sign, and nobody is named in the column of what is needed."""
    name = search_key(shown(row[place]))  # whoever is named beside “Giám đốc” has that post
    texts = [search_key(each) for each in row if isinstance(each, str) and each]
    return any(_CLOSING.fullmatch(each) for each in texts) and (not name or _CLOSING.fullmatch(name) is not None)


def is_machine_style(table: Table, name: str) -> bool:
    """Whether a column of numbers is written as English spreadsheets do; the whole column tells."""
    rows, place = table.sheet.rows[table.data_from :], table.places[name]
    return pasting.is_machine_style([cell for row in rows if isinstance(cell := row[place], str)])


# --- rows -------------------------------------------------------------------------------------------------------------


def rows_of(table: Table) -> Iterator[TableRow]:
    """Yield every row under the heading with what it is; nothing is left out silently."""
    rows = table.sheet.rows
    wide = _wide_rows(table)
    spread = spread_cells(table)
    closing_from = _closing_from(table)
    heads = rows[table.heading : table.data_from]
    places = tuple(table.places.items())
    group = ""
    for at in range(table.data_from, len(rows)):
        row = rows[at]
        kind = CLOSING if at >= closing_from else _kind(table, row, heads, is_wide=at in wide)
        if kind == CLOSING and not any(each != "" for each in row):
            kind = BLANK
        if kind == ROW and at + 1 < len(rows) and _heads_next(table, row, rows[at + 1]):
            kind = GROUP
        text = ""
        if kind not in (ROW, BLANK):
            text = " ".join(filter(None, map(shown, row)))
        if kind == GROUP:
            group = " ".join(shown(each) for each in row if isinstance(each, str) and each)
        cells = {name: row[place] for name, place in places} if kind == ROW else {}
        if kind == ROW and at in spread:
            cells |= spread[at]
        yield TableRow(number=at + 1, kind=kind, cells=cells, text=text, group=group if kind == ROW else "")


def spread_cells(table: Table) -> dict[int, dict[str, Cell]]:
    """Return, by row from 0, the words that stand in a cell merged down over it from a row above.

    Only words: an amount written once over several rows is their sum. And never what each row must have of its own.
    """
    names = {place: name for name, place in table.places.items() if name != table.needed}
    found: dict[int, dict[str, Cell]] = {}
    for (top, left), (bottom, right) in table.sheet.merged:
        if top < table.data_from or bottom <= top or left != right or left not in names:
            continue
        cell = table.sheet.rows[top][left] if top < len(table.sheet.rows) else ""
        if isinstance(cell, str) and cell and not is_number(cell):
            for at in range(top + 1, min(bottom + 1, len(table.sheet.rows))):
                found.setdefault(at, {})[names[left]] = cell
    return found


def _wide_rows(table: Table) -> set[int]:
    """The rows that are one merged cell over most of the columns: headings of groups."""
    widest = max(3, len(table.places) // 2)
    return {first[0] for first, last in table.sheet.merged if first[0] == last[0] and last[1] - first[1] + 1 >= widest}


def _heads_next(table: Table, row: Row, after: Row) -> bool:
    """Whether a row holds only a number and a name, and the next is the first of its parts: 1, then 1.1."""
    ordinal, needed = table.ordinal_place, table.places[table.needed]
    if ordinal is None or len(row) - row.count("") != 2 or row[ordinal] == "" or row[needed] == "":
        return False
    own, next_one = (shown(each[ordinal]).replace(",", ".").rstrip(".") for each in (row, after))
    return next_one.startswith(f"{own}.")


def is_total(row: Row) -> bool:
    """Whether a row is a sum of others: of all, or of a group, a month, a page."""
    texts = [shown(each) if isinstance(each, str) else "" for each in row]
    first = next((each for each in texts if each), "")
    return pasting.is_total_row(texts) or _PART_TOTAL.fullmatch(first) is not None


def _is_plain(table: Table, row: Row) -> bool:
    """Whether a row is data at first sight, as nearly all are: a number before what is needed."""
    ordinal = table.ordinal_place
    if ordinal is None or table.sheet.has_errors:
        return False
    return type(row[ordinal]) is int and row[table.places[table.needed]] != ""


def _kind(table: Table, row: Row, heads: Sequence[Row], *, is_wide: bool) -> str:
    if row in heads:
        return HEADING if any(each != "" for each in row) else BLANK
    if _is_plain(table, row):
        return ROW
    filled = [place for place, each in enumerate(row) if each != ""]
    if table.sheet.has_errors:  # formulas are drawn down further than there are rows
        filled = [place for place in filled if not is_error(row[place])]
    ordinal = table.ordinal_place
    if not filled or (filled == [ordinal] and isinstance(row[filled[0]], int)):
        return BLANK
    if ordinal is not None and is_number(row[ordinal]) and row[table.places[table.needed]] != "":
        return ROW
    if is_total(row):
        return TOTAL
    is_roman = ordinal is not None and pasted_rows.GROUP_ORDINAL.fullmatch(shown(row[ordinal])) is not None
    texts = [place for place in filled if _has_words(row[place])]
    if len(filled) == 1 and row in table.sheet.rows[: table.heading]:  # the title again, on each page
        return HEADING
    if is_wide and len(texts) == 1:
        return GROUP
    if is_roman and len(texts) <= 2:
        return GROUP
    if row[table.places[table.needed]] == "" and len(filled) == 1 and texts and filled[0] <= 2:
        return GROUP
    return ROW


def _has_words(cell: Cell) -> bool:
    """Whether a cell holds words; an amount typed as text has none."""
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _closing_from(table: Table) -> int:
    """Return the first row of what stands under the table: the row after the last one that may be data."""
    rows = table.sheet.rows if table.end is None else table.sheet.rows[: table.end]
    needed, ordinal = table.places[table.needed], table.ordinal_place
    last_numbered = -1
    if ordinal is not None:
        numbered = (at for at in range(table.data_from, len(rows)) if is_number(rows[at][ordinal]))
        last_numbered = max((at for at in numbered if rows[at][needed] != ""), default=-1)
    for at in range(max(last_numbered + 1, table.data_from), len(rows)):
        row = rows[at]
        after_gap = last_numbered >= 0 and _is_gap(rows[at - 1]) and at > last_numbered + 1
        is_text = any(isinstance(each, str) and each for each in row)
        if closes(row, needed) or (after_gap and is_text and not is_total(row)):
            return at
    return len(rows)


def _is_gap(row: Row) -> bool:
    return not any(each != "" for each in row) or is_total(row)

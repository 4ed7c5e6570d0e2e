"""How the heading of a sheet names its columns, and what it says their amounts count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.exchange.reading import Cell, Sheet, Span
from kc_desktop.services import pasted_rows, pasting

MAX_LEVELS: Final = 3
ERRORS: Final = "Lỗi"
"""The column that a workbook of wrong rows comes back with: never one that is read."""
ORDINALS: Final = ("stt", "tt", "số tt", "số thứ tự")
_ORDINAL: Final = re.compile(r"\d{1,6}(?:\.\d{1,3})*\.?")
_MOST_PARTS: Final = 1000
_UNIT_CELL: Final = re.compile(r"\b(?:dvt|don vi tinh|don vi)\b|^(?:ty |ti |trieu |nghin |ngan )?dong$")
_UNIT_IN_BRACKETS: Final = re.compile(
    r"\(\s*(?:tỷ|tỉ|triệu|tr|nghìn|ngàn|ng|1[.,]?000)\.?\s*(?:đồng|đ)\s*\)", re.IGNORECASE
)
_SHORT_UNITS: Final = (
    (re.compile(r"\b1[.,]?000 ?d(?:ong)?\b"), "1000 dong"),
    (re.compile(r"\btr\.? ?d(?:ong)?\b"), "trieu dong"),
    (re.compile(r"\bng(?:hin|an)?\.? ?d(?:ong)?\b"), "nghin dong"),
    (re.compile(r"\b(t[yi]|trieu) d\b"), r"\1 dong"),
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE: Final = re.compile(r"\b(?:quoc gia|dia phuong|trung uong|kcqg|kcdp)\b")
_SOURCE_TITLES: Final = {
    **dict.fromkeys(("quoc gia", "kcqg"), "Khuyến công quốc gia"),
    **dict.fromkeys(("dia phuong", "kcdp"), "Khuyến công địa phương"),
}
UNIT_NAMES: Final = {
    pasting.DONG: "đồng",
    pasting.THOUSAND: "nghìn đồng",
    pasting.MILLION: "triệu đồng",
    pasting.BILLION: "tỷ đồng",
}
"""What amounts count, in words."""
_UNIT_OF_HEADING: Final = re.compile(
    r"\s*\((?:đvt|đơn vị|đồng|tỷ|tỉ|triệu|tr\.?\s?đ|nghìn|ngàn|ng\.?\s?đ|1[.,]?000|người|%)[^)]*\)", re.IGNORECASE
)
_BILLION: Final = re.compile(r"(?<!cong )\bt[yi] (?:dong|vnd)\b|\(t[yi]\)")
"""Tỷ đồng, and not a công ty of Đồng Nai."""
_NO_MONEY: Final = re.compile(r"\b(?:hop|hoi|cong) dong\b")
"""Hợp đồng, hội đồng, cộng đồng: no currency."""


def shown(cell: Cell) -> str:
    """Return a cell as one line of text: days as day/month/year, decimals with a comma."""
    if isinstance(cell, str):
        return clean_line(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return f"{format_date(cell.date())} {cell:%H:%M}"
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return format(cell, "f").replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def letters_of(place: int) -> str:
    """Return how Excel names a column: A, B, … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def is_number(cell: Cell) -> bool:
    """Whether a cell is an ordinal: 1, “01”, “3.”, 1.2."""
    if isinstance(cell, int):
        return not isinstance(cell, bool)
    if isinstance(cell, str):
        return _ORDINAL.fullmatch(cell.strip()) is not None
    return isinstance(cell, Decimal) and 0 < cell < _MOST_PARTS


def heads_at(sheet: Sheet, at: int, levels: int) -> tuple[str, ...]:
    """Return how each column would be headed by so many rows from one on, all levels in one line."""
    return tuple(each[-1] for each in heading_names(sheet, at, levels))


def heading_names(sheet: Sheet, at: int, levels: int) -> list[tuple[str, ...]]:
    """Return how each column is headed: by its lowest cell, by its two lowest levels, and by all of them."""
    names = []
    for column in columns_of(grid_of(sheet, at, levels)):
        parts = tuple(filter(None, (_UNIT_OF_HEADING.sub("", each) for each in column)))
        names.append(tuple(dict.fromkeys((parts[-1] if parts else "", " ".join(parts[-2:]), " ".join(parts)))))
    return names


def grid_of(sheet: Sheet, at: int, levels: int) -> list[list[str]]:
    """Return the rows of a heading; a cell merged over several columns stands over each of them."""
    grid = [[shown(each) for each in row] for row in sheet.rows[at : at + levels]]
    _spread(grid, sheet.merged, at)
    return grid


def columns_of(grid: list[list[str]]) -> list[tuple[str, ...]]:
    """Return what stands over each column, from the highest level down; what stands left of a gap goes on over it."""
    over = [""] * len(grid)
    columns = []
    for column in zip(*grid, strict=True):
        parts: list[str] = []
        for level, text in enumerate(column):
            if text and text != over[level]:
                over[level + 1 :] = [""] * (len(grid) - level - 1)
            over[level] = text or (over[level] if any(column[level + 1 :]) else "")
            if over[level] and over[level] not in parts:
                parts.append(over[level])
        columns.append(tuple(parts))
    return columns


def _spread(grid: list[list[str]], merged: Sequence[Span], at: int) -> None:
    """Let a cell that is merged over several columns head each of them; the lowest level heads one column a cell."""
    for (top, left), (_bottom, right) in merged:
        if at <= top < at + len(grid) - 1 and right > left:
            row = grid[top - at]
            for place in range(left + 1, min(right + 1, len(row))):
                row[place] = row[place] or row[left]


def is_level(sheet: Sheet, at: int) -> bool:
    """Whether a row may be the lowest of three levels: words only, none under the ordinals, and not in every column."""
    row = sheet.rows[at] if at < len(sheet.rows) else ()
    filled = [place for place, each in enumerate(row) if each != ""]
    is_words = all(isinstance(row[place], str) and not is_number(row[place]) for place in filled)
    return is_words and 2 <= len(filled) < sum(each != "" for each in sheet.rows[at - 2]) + len(filled) and row[0] == ""


def places_of(names: Sequence[tuple[str, ...]], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return where the wanted columns are, by the names of the columns."""
    found = pasting.columns_by_heading([[each[0] for each in names]], wanted)
    for depth in range(1, MAX_LEVELS):
        rest = {name: words for name, words in wanted.items() if name not in found}
        taken = set(found.values())
        whole = ["" if at in taken or depth >= len(each) else each[depth] for at, each in enumerate(names)]
        if any(whole):  # columns_by_heading wants two columns: one named by several levels is enough here
            found |= {name: place for name, place in pasting.headed(whole, rest).items() if place not in taken}
    return found


def units_of(
    texts: Sequence[Sequence[str]], data_from: int, places: Mapping[str, int], columns: Sequence[Sequence[str]]
) -> dict[str, int]:
    """Return what the amounts of each column count: as its own heading says, else as the sheet does; none untold."""
    stated = [each for row in texts[:data_from] for each in row if tells_unit(each)]
    whole = next((unit for each in stated if (unit := unit_in(each)) is not None), None)
    under = texts[data_from - 1] if data_from else ()
    told = {}
    for name, place in places.items():
        levels = (*columns[place], *under[place : place + 1])
        units = (unit_in(each) for each in reversed(levels))
        told[name] = next((each for each in units if each is not None), whole)
    return {name: unit for name, unit in told.items() if unit is not None}


def tells_unit(words: str) -> bool:
    """Whether words over a table tell what its amounts count: “ĐVT: triệu đồng”, “Biểu 5 (triệu đồng)”."""
    is_cell = _UNIT_CELL.search(_money_key(words)) is not None
    return (is_cell or _UNIT_IN_BRACKETS.search(words) is not None) and unit_in(words) is not None


def unit_in(words: str) -> int | None:
    """Return how many đồng the amounts under these words count, None where they do not tell."""
    key = _NO_MONEY.sub("", _money_key(words))
    return pasting.BILLION if _BILLION.search(key) else pasted_rows.unit_of([(key,)])


def _money_key(words: str) -> str:
    """Return words as they are searched for a unit: tr.đ, ngđ, 1.000 đ written out."""
    key = search_key(words)
    for pattern, written in _SHORT_UNITS:
        key = pattern.sub(written, key)
    return key


def topics(row: Sequence[Cell]) -> set[str]:
    """Return what a line over a table tells: a unit, a year, a source of money, or whom the table is of."""
    found: set[str] = set()
    for words in (shown(each) for each in row if each != ""):
        text = search_key(words)
        found |= {"unit"} if tells_unit(words) else {"label"} if ":" in words else set()
        found |= {"year"} if _YEAR.search(text) else set()
        found |= {"source"} if _SOURCE.search(text) else set()
    return found


def told_besides(cell: Cell, own: Set[str]) -> Cell:
    """Return what a cell over a table tells besides topics that are told nearer to it, "" for nothing.

    A line that tells of several is not cut up: its unit, its year, its source are said anew.
    """
    told = topics((cell,))
    if told.isdisjoint(own):
        return cell
    words = shown(cell)
    unit, years, sources = unit_in(words), _YEAR.findall(words), _SOURCE.findall(search_key(words))
    said = {
        "unit": f"ĐVT: {UNIT_NAMES[unit]}" if unit is not None else "",
        "year": f"Năm {years[0]}" if len(set(years)) == 1 else "",
        "source": _SOURCE_TITLES.get(sources[0], "") if len(set(sources)) == 1 else "",
    }
    return "; ".join(said[each] for each in said if each in told - own and said[each])

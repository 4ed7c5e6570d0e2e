"""The map of a new form, proposed from how it is drawn: headings named like columns, words in braces, a sum row."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kc_desktop.domain.office_form import ORDINAL, TOTAL, CellMap, MappedCell, MappedTable
from kc_desktop.exchange.form_formulas import cell, column_letters
from kc_desktop.exchange.forms import PLACEHOLDER, FormSheet
from kc_desktop.exchange.reading import Sheet
from kc_desktop.services import import_columns, import_parts, pasted_rows, pasting
from kc_desktop.services.form_sources import Source, labels, slug
from kc_desktop.services.import_tables import Table, find_table, table_at

_ORDINAL_WORDS: Final = ("tt", "stt", "so_thu_tu", "so_tt")
_MOST_DRAWN: Final = 200
_SEARCHED: Final = 80
_FEWEST: Final = 2


def proposed(sheets: Iterable[FormSheet], source: Source) -> CellMap:
    """Return the map a form seems to ask for; an empty one where nothing in it names a column."""
    names = names_of(source)
    tables: list[MappedTable] = []
    cells: list[MappedCell] = []
    for sheet in sheets:
        last = 0
        for table in _by_braces(sheet, source, names) or _by_headings(sheet, source):
            if table.first_row > last:  # tables side by side would share their rows
                tables.append(table)
                cells += _sums(sheet, source, table)
                last = table.last_row
    return CellMap(cells=tuple(cells), tables=tuple(tables))


def unit_of(sheets: Iterable[FormSheet]) -> str:
    """Return what the amounts of a form count, as its words say: "1000000" for triệu đồng; "1" where they do not."""
    texts = (tuple(text for (row, _), text in sorted(each.cells.items()) if row <= _SEARCHED) for each in sheets)
    told = pasted_rows.unit_of(list(texts))
    return str(told) if told in (1_000, 1_000_000) else "1"


def names_of(source: Source) -> dict[str, str]:
    """Return every value of a source by its words as they stand in braces, and by its key."""
    found = {slug(words): key for key, words in reversed(labels(source).items())}
    return found | {slug(key): key for key in labels(source)} | dict.fromkeys(_ORDINAL_WORDS, ORDINAL)


def placeholders(sheets: Iterable[FormSheet]) -> dict[str, None]:
    """Return the words in braces of a form as they are typed, in their order."""
    texts = (sheet.cells[at] for sheet in sheets for at in sorted(sheet.cells))
    return dict.fromkeys(word for text in texts for word in PLACEHOLDER.findall(text))


def _by_braces(sheet: FormSheet, source: Source, names: Mapping[str, str]) -> list[MappedTable]:
    """Return the tables whose first drawn row names their columns in braces."""
    columns = {each.key for each in source.columns} | {ORDINAL}
    rows: dict[int, dict[str, str]] = {}
    for (row, column), text in sorted(sheet.cells.items()):
        found = PLACEHOLDER.fullmatch(text.strip())
        key = names.get(slug(found[1]), "") if found is not None else ""
        if key in columns:
            rows.setdefault(row, {})[column_letters(column)] = key
    tables = []
    for row, named in rows.items():
        if len(named) >= _FEWEST:
            places = [column for column in range(1, 200) if column_letters(column) in named]
            last = _last_drawn(sheet, row, places)
            tables.append(MappedTable(sheet=sheet.name, first_row=row, last_row=last, columns=named))
    return tables


def _by_headings(sheet: FormSheet, source: Source) -> list[MappedTable]:
    """Return the tables under headings that name columns of the source, as an import would find them."""
    read = _as_read(sheet)
    words = _words(source)
    rows = (row for row in read.rows if sum(map(bool, row)) >= _FEWEST)
    named = [found for row in rows if len(found := pasting.headed([str(each) for each in row], words)) >= _FEWEST]
    if not named:
        return []
    best = max(named, key=len)
    needed = max(best, key=lambda name: sum(name in each for each in named))  # what the most headings name
    tables = import_parts.tables_on(read, lambda part: _first_table(part, words, needed))
    return [_under_heading(sheet, read, each) for each in tables]


def _first_table(part: Sheet, words: Mapping[str, tuple[str, ...]], needed: str) -> Table | None:
    """Return the first table of a sheet; no data between them parts it from one with more columns under it."""
    found = find_table(part, words, needed)
    above = found
    while above is not None:
        found = table_at(part, above.heading, above.levels, words, needed)
        above = find_table(replace(part, rows=part.rows[: above.heading]), words, needed)
    return found


def _under_heading(sheet: FormSheet, read: Sheet, table: Table) -> MappedTable:
    first = _first_row(read, table) + 1
    places = [place + 1 for place in table.places.values()]
    reckoned = {place for place in places if (first, place) in sheet.formulas}  # the form works these out itself
    columns = {column_letters(at + 1): key for key, at in table.places.items() if at + 1 not in reckoned}
    if table.ordinal_place is not None:
        columns[column_letters(table.ordinal_place + 1)] = ORDINAL
    return MappedTable(
        sheet=sheet.name,
        first_row=first,
        last_row=_last_drawn(sheet, first, places),
        columns=dict(sorted(columns.items(), key=lambda each: (len(each[0]), each[0]))),
    )


def _first_row(read: Sheet, table: Table) -> int:
    """Return where the rows for data begin: under the heading and what numbers its columns, and a form's are empty."""
    under = table.heading + table.levels
    blank = next((at for at in range(under, len(read.rows)) if not any(read.rows[at])), len(read.rows))
    return pasted_rows.data_from([tuple(map(str, row)) for row in read.rows[:blank]], under - 1)


def _words(source: Source) -> dict[str, tuple[str, ...]]:
    """Return the words each column may be headed by: its own, and those offices use in workbooks they hand in."""
    more: Mapping[str, tuple[str, ...]] = {}
    if source.key in import_columns.WHATS:
        more = import_columns.layout(source.key).words
    return {each.key: (each.label, *more.get(each.key, ())) for each in source.columns}


def _as_read(sheet: FormSheet) -> Sheet:
    """Return a sheet as an import reads it."""
    height = min(max((row for row, _ in sheet.cells), default=0), _SEARCHED)
    width = max((column for _, column in sheet.cells), default=0)
    typed = {at: text for at, text in sheet.cells.items() if at not in sheet.formulas}
    rows = tuple(
        tuple(" ".join(typed.get((row, column), "").split()) for column in range(1, width + 1))
        for row in range(1, height + 1)
    )
    merged = tuple(((a - 1, b - 1), (c - 1, d - 1)) for a, b, c, d in sheet.merged)
    return Sheet(name=sheet.name, rows=(*rows, ("",) * width), merged=merged)


def _last_drawn(sheet: FormSheet, first: int, places: list[int]) -> int:
    """Return the last row drawn like the first one: cells in most of its columns, and no sum."""

    def has(found: Container[tuple[int, int]], row: int) -> bool:
        return any((row, place) in found for place in places)

    last = first
    while last - first < _MOST_DRAWN:
        at = last + 1
        texts = [sheet.cells.get((at, column), "") for column in range(1, max(places) + 1)]
        is_other = (has(sheet.formulas, at) and not has(sheet.formulas, first)) or (
            has(sheet.cells, at) and not has(sheet.cells, first)
        )
        drawn = sum((at, place) in sheet.drawn for place in places)
        if is_other or drawn * 2 <= len(places) or pasting.is_total_row(texts):
            return last
        last = at
    return last


def _sums(sheet: FormSheet, source: Source, table: MappedTable) -> Iterator[MappedCell]:
    """Give the cells of the sum row under a table that no formula fills."""
    at = table.last_row + 1
    widest = max((column for row, column in sheet.cells if row == at), default=0)
    if not pasting.is_total_row([sheet.cells.get((at, column), "") for column in range(1, widest + 1)]):
        return
    summed = {each.key for each in source.summed}
    columns = {letters: number for number in range(1, 200) if (letters := column_letters(number)) in table.columns}
    for letters, key in table.columns.items():
        place = (at, columns[letters])
        if key in summed and place not in sheet.formulas and place not in sheet.cells:
            yield MappedCell(sheet=sheet.name, cell=cell(*place), value=TOTAL + key)

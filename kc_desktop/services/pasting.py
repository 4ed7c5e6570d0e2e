"""A block of cells copied from Excel or a web page, read into values. Pure: text in, values out, nothing is written.

    rows = parse_block(clipboard_text)              # rows of cells, all of one width
    places = columns_by_heading(rows, {"happened_on": ("ngày",), "amount_vnd": ("số tiền", "giá trị")})
    machine = is_machine_style([row[places["amount_vnd"]] for row in rows[1:]])
    amount(row[places["amount_vnd"]], MILLION, machine=machine)     # int đồng, None for an empty cell
    day(row[places["happened_on"]])                                 # date, None for an empty cell

`parse_block` never fails. `amount`, `number` and `day` raise `CellError`, whose words say in Vietnamese what is wrong
and what may be written. `is_total_row` and `heading_row` tell the rows that are no data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from kc_desktop.domain import dates, money
from kc_desktop.domain.text import clean_line, clean_text, search_key

Cells = tuple[str, ...]

DONG: Final = 1
THOUSAND: Final = 10**3
MILLION: Final = 10**6
BILLION: Final = 10**9
"""How many đồng a number without a unit of its own stands for."""

MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 100

_UNIT_WORDS: Final = {DONG: "", THOUSAND: " nghìn", MILLION: " triệu", BILLION: " tỷ"}
_MACHINE_ONLY: Final = re.compile(r"[-(]?\d{1,3}(?:,\d{3})+\.\d+\)?|[-(]?\d{1,3}(?:,\d{3}){2,}\)?|[-(]?\d+\.\d{1,2}\)?")
_MACHINE_ALSO: Final = re.compile(r"[-(]?\d+(?:,\d{3})*(?:\.\d+)?\)?")
_TIME_AFTER: Final = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AP]M)?$", re.IGNORECASE)
_SERIAL: Final = re.compile(r"[2-6]\d{4}")
_SERIAL_START: Final = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, as they count from March 1900 on."""
_TOTAL: Final = re.compile(
    r"(?:tong|tong so|tong cong|cong|cong phat sinh|cong phat sinh trong ky|luy ke|so du|so du dau ky|so du cuoi ky|"
    r"so du dau|so du cuoi|total|grand total|sum)(?: \d.*)?"
)
_LONGEST_HEADING: Final = 60
_WHOLE: Final = 3
"""Words of so few letters stand inside too many others: they are looked for alone."""
_NOTHING: Final = frozenset({"-", "–", "—", "−"})


class CellError(ValueError):
    """Say in Vietnamese why a cell cannot be read and what may be written instead."""


def parse_block(text: str, most: int = MAX_ROWS) -> tuple[Cells, ...]:
    """Return the rows of a pasted block: cells by tab, rows by line end, all rows of one width.

    A cell in double quotes may hold tabs, line ends and doubled quotes, as Excel writes it. Cells come out in NFC,
    trimmed, without invisible characters; a line end inside a cell stays. Rows and last columns that are empty
    throughout are left out. At most `most` rows of 100 cells are read: `is_too_long` tells when there were more.
    """
    rows = [row for row in _split(text) if any(row)][:most]
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    width = min(width, MAX_COLUMNS)
    return tuple((tuple(row) + ("",) * width)[:width] for row in rows)


def is_too_long(text: str) -> bool:
    """Whether a block has more rows than `parse_block` reads."""
    return sum(1 for row in _split(text) if any(row)) > MAX_ROWS


def _split(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    cell: list[str] = []
    is_quoted = False
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    place = 0
    while place < len(text):
        char = text[place]
        if is_quoted:
            if char == '"' and text[place + 1 : place + 2] == '"':
                cell.append('"')
                place += 1
            elif char == '"':
                is_quoted = False
            else:
                cell.append(char)
        elif char == '"' and not cell and _closes(text, place):
            is_quoted = True
        elif char in "\t\n":
            rows[-1].append(clean_text("".join(cell)).strip())
            cell = []
            if char == "\n":
                rows.append([])
        else:
            cell.append(char)
        place += 1
    rows[-1].append(clean_text("".join(cell)).strip())
    return rows


def _closes(text: str, start: int) -> bool:
    """Whether the quote at `start` opens a quoted cell: it must be closed right before a tab, a line end or the end."""
    place = start + 1
    while (place := text.find('"', place)) >= 0:
        after = text[place + 1 : place + 2]
        if after == '"':
            place += 2
            continue
        return after in ("", "\t", "\n")
    return False


def is_machine_style(cells: Sequence[str]) -> bool:
    """Whether a column of numbers groups by commas and marks decimals by a dot, as English spreadsheets and banks do.

    Judged from the whole column: a cell that can only be English ("1,234,567", "1,234.50", "12.5") says yes, unless
    another cell is not written so at all ("1.234.567", "2,5").
    """
    written = [clean_line(each) for each in cells if each and any(char.isdigit() for char in each)]
    if not any(_MACHINE_ONLY.fullmatch(each) for each in written):
        return False
    return all(_MACHINE_ALSO.fullmatch(each) for each in written)


def _machine_to_vietnamese(cell: str) -> str:
    return re.sub(r"(,\d*?)0+(?=\)?$)", r"\1", cell.replace(",", "").replace(".", ",")).rstrip(",").replace(",)", ")")


def amount(cell: str, unit: int = DONG, *, machine: bool = False) -> int | None:
    """Return the amount of a cell in đồng; None for an empty one, 0 for a lone dash as Excel shows a zero.

    `unit` is what a number without a unit of its own counts: đồng, nghìn đồng or triệu đồng. A unit written in the cell
    ("2,5 tỷ") goes before it. Raises CellError, also for parts of a đồng.
    """
    line = clean_line(cell)
    if not line:
        return None
    if line in _NOTHING:
        return 0
    if machine and _MACHINE_ALSO.fullmatch(line):
        line = _machine_to_vietnamese(line)
    if unit != DONG and not any(char.isalpha() for char in line):
        line = _with_unit(line, _UNIT_WORDS[unit])
    try:
        return money.parse(line)
    except money.MoneyError as error:
        raise CellError(str(error)) from error


def _with_unit(line: str, word: str) -> str:
    return f"{line[:-1]}{word})" if line.endswith(")") else line + word


def number(cell: str, *, machine: bool = False) -> Decimal | None:
    """Return the number of a cell, such as a quantity; None for an empty one. Raises CellError.

    Vietnamese: dots group by three, a comma marks decimals ("1.250", "2,5"). With `machine`: the other way round.
    """
    line = clean_line(cell).replace(" ", "")
    if not line:
        return None
    if machine and _MACHINE_ALSO.fullmatch(line):
        line = _machine_to_vietnamese(line)
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", line):
        line = line.replace(".", "")
    if not re.fullmatch(r"-?\d{1,18}(?:,\d{1,12})?", line):
        raise CellError(f"“{clean_line(cell)[:40]}” chưa phải là một số. Ghi như 1250, 1.250 hoặc 2,5.")
    return Decimal(line.replace(",", "."))


def day(cell: str, *, today: date | None = None) -> date | None:
    """Return the day of a cell, None for an empty one; a time of day after it is left out. Raises CellError.

    Read as `dates.parse_date` reads, and as the serial number Excel shows for a day that lost its format (45029).
    """
    line = _TIME_AFTER.sub("", clean_line(cell).replace("T00:00", " 00:00"))
    if not line:
        return None
    if _SERIAL.fullmatch(line):
        return _SERIAL_START + timedelta(days=int(line))
    try:
        return dates.parse_date(line, today=today)
    except dates.DateError as error:
        raise CellError(str(error)) from error


def is_total_row(cells: Sequence[str]) -> bool:
    """Whether a row is a sum or a balance of others ("Tổng cộng", "Cộng phát sinh", "Số dư cuối kỳ"), not data."""
    first = next((each for each in cells if any(char.isalpha() for char in each)), "")
    return bool(_TOTAL.fullmatch(search_key(re.sub(r"\(.*\)", "", first)).strip(" :.;")))


def columns_by_heading(rows: Sequence[Sequence[str]], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return where the wanted columns stand by the words of the heading row; {} when the block has no heading.

    `wanted` gives, for each name, the words its heading may begin with or hold, the likeliest first; marks and case do
    not matter. A column is given to one name only.
    """
    place = heading_row(rows, wanted)
    return {} if place is None else headed(rows[place], wanted)


def heading_row(rows: Sequence[Sequence[str]], wanted: Mapping[str, Sequence[str]]) -> int | None:
    """Return which of the first rows is the heading: it names two of the wanted columns or more; None for none."""
    best = max(range(min(len(rows), 10)), key=lambda each: len(headed(rows[each], wanted)), default=None)
    return best if best is not None and len(headed(rows[best], wanted)) >= 2 else None


def headed(row: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return where in one row the wanted columns are named, as `columns_by_heading` does; {} for none."""
    keys = [search_key(clean_line(cell)) for cell in row]
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for name, words in wanted.items():
            if name in found:
                continue
            for word in (search_key(each) for each in words):
                place = next(
                    (
                        place
                        for place, key in enumerate(keys)
                        if key
                        and len(key) <= _LONGEST_HEADING
                        and place not in found.values()
                        and (key == word or (len(word) > _WHOLE and fits(key, word)))
                    ),
                    None,
                )
                if place is not None:
                    found[name] = place
                    break
    return found

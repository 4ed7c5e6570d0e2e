"""Conditions as people type them under a heading, as in Excel (">5 triệu", "1/6 - 30/6", "quý này"), and in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from kc_desktop.domain import money
from kc_desktop.domain.conditions import (
    CHOSEN,
    DAYS,
    NUMBERS,
    PERIODS,
    Condition,
    ConditionColumn,
    ConditionError,
    Operator,
    choices_of,
    is_period,
    period_days,
    period_words,
)
from kc_desktop.domain.dates import DateError, format_date, parse_date
from kc_desktop.domain.fields import Kind, Value, is_counted
from kc_desktop.domain.text import clean_line, marked_key, part_pattern, search_key

EMPTY_WORDS: Final = "(trống)"
FILLED_WORDS: Final = "(có ghi)"

_EMPTY: Final = ("=", EMPTY_WORDS, "(trong)")
_FILLED: Final = ("<>", FILLED_WORDS, "(co ghi)", "*")
_SIGNS: Final = {
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "≥": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
    "≤": Operator.AT_MOST,
    "<>": Operator.UNEQUAL,
    "!=": Operator.UNEQUAL,
    "≠": Operator.UNEQUAL,
    ">": Operator.ABOVE,
    "<": Operator.BELOW,
    "=": Operator.EQUAL,
}
"""The longer signs first."""
_SAID_SIGNS: Final = {"trước": Operator.BELOW, "sau": Operator.ABOVE, "từ": Operator.AT_LEAST, "đến": Operator.AT_MOST}
_TYPED_SIGNS: Final = {
    Operator.EQUAL: "=",
    Operator.UNEQUAL: "<>",
    Operator.ABOVE: ">",
    Operator.AT_LEAST: ">=",
    Operator.BELOW: "<",
    Operator.AT_MOST: "<=",
}
_RANGE: Final = re.compile(r"(?:từ\s+)?(\S.*?)\s*(?:\.\.|–|—|-|\bđến\b|\bden\b)\s*(\S.*)")
_QUOTED: Final = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:;|$)')
_UNIT: Final = re.compile(r"[^\W\d_][^\d]*$")
_MONTH: Final = re.compile(r"(?:thang )?([0-9]{1,2})/([0-9]{4})|thang ([0-9]{1,2})")
_QUARTER: Final = re.compile(r"quy ([1-4]|iii|ii|iv|i)(?:/([0-9]{4}))?")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR: Final = re.compile(r"(?:nam )?((?:19|20|21)[0-9]{2})")
_DAYS: Final = re.compile(r"([0-9]{1,4}) ngay (toi|qua)")
_NO_YEAR: Final = re.compile(r"[0-9]{1,2}\s*[-/. ]\s*[0-9]{1,2}")
_INTEGER: Final = re.compile(r"[-−]?(?:[0-9]{1,15}|[0-9]{1,3}(?:[. ][0-9]{3})+)")
_DECIMAL: Final = re.compile(r"[-−]?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]{1,9})?")
_MOST_TYPED: Final = 500
_SHORTENED: Final = 30

_PERIODS_BY_KEY: Final = {search_key(words): code for code, words in PERIODS.items()} | {
    "qua han": "overdue",
    "nam ngoai": "last-year",
}


def parse(typed: str, column: ConditionColumn, today: date, year: int | None = None) -> Condition | None:
    """Read what was typed under a column's heading; None for nothing.

    A day or month without a year lies in `year`, else in the year of today.

    Raises:
        ConditionError: what was typed is no condition on such a column; says why and what may be typed.
    """
    line = clean_line(typed[:_MOST_TYPED])
    if not line:
        return None
    if line.lower() in _EMPTY or (column.kind in NUMBERS + DAYS and search_key(line) == "trong"):
        return Condition(column=column.key, operator=Operator.EMPTY)
    if line.lower() in _FILLED:
        return Condition(column=column.key, operator=Operator.FILLED)
    if column.kind in CHOSEN:
        return _chosen(line, column)
    if column.kind in NUMBERS:
        return _compared(line, column, lambda text: _number(text, column))
    if column.kind in DAYS:
        code = _period(line)
        if code:
            return Condition(column=column.key, operator=Operator.PERIOD, values=(code,))
        return _compared(line, column, lambda text: _day(text, today, year))
    return _words(line, column)


# --- reading ----------------------------------------------------------------------------------------------------------


def _words(line: str, column: ConditionColumn) -> Condition:
    if line.startswith('"') and (held := _quoted(line)):
        return Condition(column=column.key, operator=Operator.ANY_OF, values=held)
    operator, rest = _signed(line)
    if operator in (Operator.EQUAL, Operator.UNEQUAL):
        pass
    elif operator is not None:
        raise ConditionError(
            f"Cột {column.label} ghi bằng chữ, không so lớn hơn, nhỏ hơn. Gõ chữ cần tìm, “=chữ” để bằng đúng, "
            "“chữ*” để bắt đầu bằng."
        )
    elif line.endswith("*") and not line.startswith("*"):
        operator, rest = Operator.BEGINS, line.rstrip("*")
    else:
        operator, rest = Operator.CONTAINS, line.strip("*")
    rest = rest.strip()
    if not marked_key(rest):
        raise ConditionError(f"“{_short(line)}” chưa có chữ nào để lọc cột {column.label}.")
    return Condition(column=column.key, operator=operator, values=(rest,))


def _quoted(line: str) -> tuple[str, ...]:
    """Return the values of a list in quotes, () for anything else."""
    held, place = [], 0
    while place < len(line):
        found = _QUOTED.match(line, place)
        if found is None:
            return ()
        held.append(found[1].replace('""', '"'))
        place = found.end()
    return tuple(held)


def _chosen(line: str, column: ConditionColumn) -> Condition:
    """Read words of a set: whole ones first, else all that hold the words; several are parted by ;."""
    operator, rest = _signed(line)
    if operator not in (None, Operator.EQUAL, Operator.UNEQUAL):
        raise ConditionError(f"Cột {column.label} chọn trong danh sách, không so lớn hơn, nhỏ hơn. {_offer(column)}")
    codes: list[str] = []
    for part in filter(None, (each.strip(' "') for each in rest.split(";"))):
        found = [""] if part.lower() == EMPTY_WORDS else _codes(part, column, is_whole=operator is Operator.EQUAL)
        if not found:
            raise ConditionError(f"Cột {column.label} không có giá trị nào có “{_short(part)}”. {_offer(column)}")
        codes += (each for each in found if each not in codes)
    if not codes:
        raise ConditionError(f"“{_short(line)}” chưa có giá trị nào. {_offer(column)}")
    if operator is Operator.UNEQUAL:
        codes = [code for code, _ in choices_of(column) if code not in codes]
    values: Iterable[Value] = map(int, codes) if column.kind is Kind.FLAG and "" not in codes else codes
    return Condition(column=column.key, operator=Operator.ANY_OF, values=tuple(values))


def _codes(part: str, column: ConditionColumn, *, is_whole: bool) -> list[str]:
    whole = part_pattern(part, is_whole=True)
    exact = [code for code, words in choices_of(column) if whole.fullmatch(marked_key(words))]
    if exact or is_whole:
        return exact
    pattern = part_pattern(part)
    return [code for code, words in choices_of(column) if pattern.search(marked_key(words))]


def _offer(column: ConditionColumn) -> str:
    return f"Có: {', '.join(words for _, words in choices_of(column) if words)}."


def _compared(line: str, column: ConditionColumn, read: Callable[[str], Value]) -> Condition:
    """Read a sign and a value, a range, or a value alone."""
    operator, rest = _signed(line)
    if operator is None:
        with suppress(ConditionError):  # "13-04-2023" is one day, not a range
            return Condition(column=column.key, operator=Operator.EQUAL, values=(read(line),))
        if (ends := _range(line)) is not None:
            first, last = sorted((_first_end(*ends, read), read(ends[1])))  # type: ignore[type-var]  # both of one kind
            return Condition(column=column.key, operator=Operator.BETWEEN, values=(first, last))
        word, _, after = line.partition(" ")
        operator = _SAID_SIGNS.get(word.lower(), Operator.EQUAL)
        rest = after if word.lower() in _SAID_SIGNS else line
    return Condition(column=column.key, operator=operator, values=(read(rest),))


def _range(line: str) -> tuple[str, str] | None:
    """Split a range in two; where a hyphen also stands inside days, the one with blanks around it parts them."""
    if line.count(" - ") == 1:
        first, last = line.removeprefix("từ ").split(" - ")
        return first.strip(), last.strip()
    found = _RANGE.fullmatch(line.lower())
    return (found[1], found[2]) if found else None


def _first_end(first: str, last: str, read: Callable[[str], Value]) -> Value:
    """Read the first end of a range, in the unit of the last where it has none: "5-10 triệu"."""
    unit = _UNIT.search(last)
    if unit is not None and not _UNIT.search(first):
        with suppress(ConditionError):
            return read(f"{first} {unit[0]}")
    return read(first)


def _signed(line: str) -> tuple[Operator | None, str]:
    for sign, operator in _SIGNS.items():
        if line.startswith(sign):
            return operator, line[len(sign) :].strip()
    return None, line


def _number(text: str, column: ConditionColumn) -> Value:
    text, kind = text.strip(), column.kind
    is_year = kind is Kind.INTEGER and column.key.endswith("year")
    try:
        if kind is Kind.MONEY:
            return money.parse(text)
        pattern = _INTEGER if kind is Kind.INTEGER else _DECIMAL
        if is_year and (found := _YEAR.fullmatch(search_key(text))):
            return int(found[1])
        if is_year and not pattern.fullmatch(text):
            raise ConditionError(f"“{_short(text)}” chưa phải là năm. Ghi như 2026, >=2024 hoặc 2024-2026.")
        if not pattern.fullmatch(text):
            raise ConditionError(f"“{_short(text)}” chưa phải là số. Ghi như 12, >12, <=12 hoặc 5-10.")
        plain = text.replace("−", "-").replace(".", "").replace(" ", "").replace(",", ".")
        return int(plain) if kind is Kind.INTEGER else Decimal(plain)
    except (money.MoneyError, InvalidOperation) as error:
        raise ConditionError(
            f"“{_short(text)}” chưa phải là số tiền. Ghi như >5.000.000, <=2,5 tỷ, 5-10 triệu."
        ) from error


def _day(text: str, today: date, year: int | None) -> date:
    line = text.strip()
    if year and _NO_YEAR.fullmatch(line):
        line = f"{line}{'/' if '/' in line else '-' if '-' in line else '.' if '.' in line else ' '}{year}"
    try:
        return parse_date(line, today=today)
    except DateError as error:
        raise ConditionError(
            f"“{_short(text)}” chưa phải là ngày. Ghi như 13/4, >=01/6/2026, 1/6 - 30/6, tháng 6, quý này, 30 ngày tới."
        ) from error


def _period(line: str) -> str:
    """Return the code of a period in words, "" for anything else."""
    key = search_key(line).removeprefix("trong ")
    if key in _PERIODS_BY_KEY:
        return _PERIODS_BY_KEY[key]
    code = ""
    if found := _MONTH.fullmatch(key):
        code = f"month:{int(found[3])}" if found[3] else f"month:{int(found[1])}:{found[2]}"
    elif found := _QUARTER.fullmatch(key):
        code = f"quarter:{_ROMAN.get(found[1], found[1])}" + (f":{found[2]}" if found[2] else "")
    elif found := _YEAR.fullmatch(key):
        code = f"year:{found[1]}"
    elif found := _DAYS.fullmatch(key):
        code = f"{'next' if found[2] == 'toi' else 'last'}-days:{int(found[1])}"
    return code if code and is_period(code) else ""


def _short(line: str) -> str:
    return line if len(line) <= _SHORTENED else f"{line[: _SHORTENED - 1]}…"


# --- writing ----------------------------------------------------------------------------------------------------------


def typed_text(condition: Condition, column: ConditionColumn) -> str:
    """Return what would be typed for a condition: `parse` reads it back to the same."""
    operator, values = condition.operator, condition.values
    if operator is Operator.EMPTY:
        return EMPTY_WORDS
    if operator is Operator.FILLED:
        return FILLED_WORDS
    if operator is Operator.PERIOD:
        return period_words(str(values[0]))
    if operator is Operator.CONTAINS:
        return str(values[0])
    if operator is Operator.BEGINS:
        return f"{values[0]}*"
    if operator is Operator.ANY_OF:
        if column.kind in CHOSEN:
            return "; ".join(_labels(values, column))
        quoted = (str(each).replace('"', '""') for each in values)
        return "; ".join(f'"{each}"' for each in quoted)
    said = [value_words(each, column) for each in values]
    if operator is Operator.BETWEEN:
        return f"{said[0]} - {said[1]}"
    return f"{_TYPED_SIGNS[operator]}{said[0]}"


def condition_words(condition: Condition, column: ConditionColumn, today: date, year: int | None = None) -> str:
    """Say a condition: "Kinh phí từ 5 triệu", "Ngày họp: quý này (01/10/2026 – 31/12/2026)", "Tên có “máy”"."""
    operator, values = condition.operator, condition.values
    label = column.label
    if operator is Operator.EMPTY:
        return f"{label} để trống"
    if operator is Operator.FILLED:
        return f"{label} có ghi"
    if operator is Operator.PERIOD:
        first, last = period_days(str(values[0]), today, year)
        until = format_date(last) if last else ""
        days = f"đến {until}" if first is None else until if first == last else f"{format_date(first)} – {until}"
        return f"{label}: {period_words(str(values[0]))} ({days})"
    if operator is Operator.ANY_OF:
        return f"{label}: {', '.join(_labels(values, column))}"
    said = [value_words(each, column) for each in values]
    if operator is Operator.BETWEEN:
        unit = f" {column.unit}" if column.unit else ""
        return f"{label} từ {said[0]} đến {said[1]}{unit}"
    if column.kind in NUMBERS:
        sign = {"<>": "≠", ">=": "≥", "<=": "≤"}.get(_TYPED_SIGNS[operator], _TYPED_SIGNS[operator])
        return f"{label} {sign} {said[0]}" + (f" {column.unit}" if column.unit else "")
    if column.kind in DAYS:
        return f"{label} {_DAY_WORDS[operator]}{said[0]}"
    return f"{label} {_TEXT_WORDS[operator]} “{said[0]}”"


_DAY_WORDS: Final = {
    Operator.EQUAL: "là ",
    Operator.UNEQUAL: "khác ",
    Operator.ABOVE: "sau ",
    Operator.AT_LEAST: "từ ",
    Operator.BELOW: "trước ",
    Operator.AT_MOST: "đến ",
}
_TEXT_WORDS: Final = {
    Operator.CONTAINS: "có",
    Operator.BEGINS: "bắt đầu bằng",
    Operator.EQUAL: "là",
    Operator.UNEQUAL: "không là",
}


def value_words(value: Value, column: ConditionColumn) -> str:
    """Write a value of a condition as it is typed and read: "5.000.000", "13/04/2023", "1,5"."""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        whole, _, part = f"{value:f}".partition(".")
        part = part.rstrip("0")
        return f"{whole},{part}" if part else whole
    if isinstance(value, int) and column.kind in NUMBERS:
        return money.format_vnd(value) if column.kind is Kind.MONEY or is_counted(column.key) else str(value)
    return str(value)


def _labels(values: tuple[Value, ...], column: ConditionColumn) -> list[str]:
    words = dict(choices_of(column))
    return [(words.get(str(each)) or str(each)) if each != "" or words.get("") else EMPTY_WORDS for each in values]

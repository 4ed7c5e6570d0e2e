"""What a column of a list has to hold for a row to be on show, and the periods of days that move with the calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol

from kc_desktop.domain.fields import Choices, Kind, Value


class Operator(StrEnum):
    """How a column is held against the values of a condition; the codes are kept in data files."""

    CONTAINS = "contains"
    BEGINS = "begins"
    EQUAL = "equal"
    UNEQUAL = "unequal"
    ABOVE = "above"
    AT_LEAST = "at-least"
    BELOW = "below"
    AT_MOST = "at-most"
    BETWEEN = "between"
    PERIOD = "period"
    EMPTY = "empty"
    FILLED = "filled"
    ANY_OF = "any-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition on a column: BETWEEN takes two values, ANY_OF any number, EMPTY and FILLED none, the others one.

    Texts are compared as the search does: a letter typed without a mark means any mark, capitals count for nothing.
    ANY_OF takes values as they are stored, "" for none. PERIOD takes the code of a period.
    """

    column: str
    operator: Operator
    values: tuple[Value, ...] = ()


class ConditionColumn(Protocol):
    """What has to be known of a column to read and to say a condition on it."""

    @property
    def key(self) -> str:
        """Its name in the list."""

    @property
    def label(self) -> str:
        """Its heading."""

    @property
    def kind(self) -> Kind:
        """What it holds."""

    @property
    def unit(self) -> str:
        """What its numbers count, "" for nothing in particular."""

    @property
    def choices(self) -> Choices:
        """The codes a CHOICE may be, with their words."""


class ConditionError(ValueError):
    """Say in Vietnamese why what was typed is no condition, and what may be typed instead."""


NUMBERS: Final = (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL)
DAYS: Final = (Kind.DATE, Kind.MOMENT)
CHOSEN: Final = (Kind.CHOICE, Kind.FLAG)


def choices_of(column: ConditionColumn) -> Choices:
    """Return the codes a column may hold with their words; none for one that holds anything else."""
    if column.kind is Kind.FLAG:
        return ("1", "Có"), ("0", "Không")
    return column.choices if column.kind is Kind.CHOICE else ()


# --- periods ----------------------------------------------------------------------------------------------------------

Days = tuple[date | None, date | None]
"""The first and the last day, both included; None where there is no end."""

PERIODS: Final[dict[str, str]] = {
    "today": "hôm nay",
    "yesterday": "hôm qua",
    "tomorrow": "ngày mai",
    "this-week": "tuần này",
    "last-week": "tuần trước",
    "next-week": "tuần sau",
    "this-month": "tháng này",
    "last-month": "tháng trước",
    "next-month": "tháng sau",
    "this-quarter": "quý này",
    "last-quarter": "quý trước",
    "next-quarter": "quý sau",
    "this-year": "năm nay",
    "last-year": "năm trước",
    "next-year": "năm sau",
    "next-days:7": "7 ngày tới",
    "next-days:30": "30 ngày tới",
    "next-days:90": "90 ngày tới",
    "last-days:30": "30 ngày qua",
    "overdue": "quá hạn",
}
"""The periods offered, by their codes."""

_NUMBERED: Final = re.compile(r"(next-days|last-days|month|quarter|year):([0-9]{1,4})(?::([0-9]{4}))?")
_STEPS: Final = {"last": -1, "this": 0, "next": 1, "yesterday": -1, "today": 0, "tomorrow": 1}
_MOST_DAYS: Final = 3660


def is_period(code: str) -> bool:
    """Whether a code names a period."""
    if code in PERIODS:
        return True
    numbered = _NUMBERED.fullmatch(code)
    if numbered is None:
        return False
    name, number, year = numbered[1], int(numbered[2]), numbered[3]
    least, most = {"month": (1, 12), "quarter": (1, 4), "year": (1900, 2199)}.get(name, (1, _MOST_DAYS))
    has_year = name in ("month", "quarter")
    return least <= number <= most and (year is None or (has_year and 1900 <= int(year) <= 2199))


def period_words(code: str) -> str:
    """Return what people call a period: "quý này", "tháng 6", "quý 2/2026", "năm 2025"."""
    if code in PERIODS:
        return PERIODS[code]
    name, number, *year = code.split(":")
    of_year = f"/{year[0]}" if year else ""
    return {
        "next-days": f"{number} ngày tới",
        "last-days": f"{number} ngày qua",
        "month": f"tháng {number}{of_year}",
        "quarter": f"quý {number}{of_year}",
        "year": f"năm {number}",
    }[name]


def period_days(code: str, today: date, year: int | None = None) -> Days:
    """Return the days of a period; a month or quarter that names no year lies in `year`, else in the year of today.

    A week begins on Monday. "Quá hạn" is every day before today.
    """
    if code == "overdue":
        return None, today - timedelta(days=1)
    if numbered := _NUMBERED.fullmatch(code):
        return _numbered_days(numbered[1], int(numbered[2]), int(numbered[3] or year or today.year), today)
    step, _, unit = code.partition("-")
    return _DAYS_OF[unit](today, _STEPS[step])


def _numbered_days(name: str, number: int, year: int, today: date) -> Days:
    if name == "month":
        return _month_days(year, number)
    if name == "quarter":
        return _month_days(year, 3 * number - 2)[0], _month_days(year, 3 * number)[1]
    if name == "year":
        return date(number, 1, 1), date(number, 12, 31)
    days = timedelta(days=number)
    return (today, today + days) if name == "next-days" else (today - days, today)


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day(today: date, step: int) -> Days:
    day = today + timedelta(days=step)
    return day, day


def _week(today: date, step: int) -> Days:
    monday = today + timedelta(days=7 * step - today.weekday())
    return monday, monday + timedelta(days=6)


def _month(today: date, step: int) -> Days:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return _month_days(year, month + 1)


def _quarter(today: date, step: int) -> Days:
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
    return _month_days(year, 3 * quarter + 1)[0], _month_days(year, 3 * quarter + 3)[1]


def _year(today: date, step: int) -> Days:
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


_DAYS_OF: Final[dict[str, Callable[[date, int], Days]]] = {
    "": _day,
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
}


def resolved(condition: Condition, today: date, year: int | None = None) -> Condition:
    """Return a condition with its period as the days it means today; any other condition as it is."""
    if condition.operator is not Operator.PERIOD:
        return condition
    first, last = period_days(str(condition.values[0]), today, year)
    if first is None:
        return replace(condition, operator=Operator.AT_MOST, values=(last,))
    return replace(condition, operator=Operator.BETWEEN, values=(first, last))


# --- what may be asked of which column --------------------------------------------------------------------------------

_OF_ALL: Final = frozenset({Operator.EMPTY, Operator.FILLED})
_COMPARING: Final = frozenset(
    {
        Operator.EQUAL,
        Operator.UNEQUAL,
        Operator.ABOVE,
        Operator.AT_LEAST,
        Operator.BELOW,
        Operator.AT_MOST,
        Operator.BETWEEN,
    }
)


def operators_for(kind: Kind) -> frozenset[Operator]:
    """Return what a column of a kind may be asked."""
    if kind in CHOSEN:
        return _OF_ALL | {Operator.ANY_OF}
    if kind in NUMBERS:
        return _OF_ALL | _COMPARING
    if kind in DAYS:
        return _OF_ALL | _COMPARING | {Operator.PERIOD}
    return _OF_ALL | {Operator.CONTAINS, Operator.BEGINS, Operator.EQUAL, Operator.UNEQUAL, Operator.ANY_OF}

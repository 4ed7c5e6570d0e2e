"""What a report is on: a year or a part of it (a quarter, so many months, any days), or several whole years."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kc_desktop.domain.dates import long_date

_LEAP_YEAR: Final = 2024
_END_OF_MONTH: Final = 31
MOST_YEARS: Final = 10
_YEARS: Final = re.compile(r"((?:19|2[01])[0-9]{2})-((?:19|2[01])[0-9]{2})", re.ASCII)
"""Years as far as any of the program go: no month and day looks like them."""
_DAYS: Final = re.compile(r"([0-9]{2})([0-9]{2})-([0-9]{2})([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The part of a year a report is on, the same in every year: its first and last month, and days in them.

    `code` is "" for the whole year. A day its month does not have in some year is the month's last. A stage of several
    whole years, as five-year programmes have, names them: `first_year` and `last_year` are 0 for anything else.
    """

    code: str
    label: str
    first_month: int = 1
    last_month: int = 12
    begins: int = 1
    ends: int = _END_OF_MONTH
    first_year: int = 0
    last_year: int = 0

    @property
    def is_stage(self) -> bool:
        """Whether it is several years."""
        return bool(self.first_year)

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year, or several: nothing is left out by its day."""
        return not self.code or self.is_stage

    @property
    def kind(self) -> str:
        """What it is one of: "năm", "giai đoạn"; of a part of a year its year's plan counts."""
        return "giai đoạn" if self.is_stage else "năm"

    def plan_words(self, year: int) -> str:
        """Return what plans, budgets and counts of projects are of: the year, of several these."""
        return self.label if self.is_stage else f"năm {year}"

    def before(self) -> Period:
        """Return as many years before these; of a year or a part of it the same, in another year."""
        length = self.last_year - self.first_year + 1
        return stage(self.first_year - length, self.first_year - 1) if self.is_stage else self

    @property
    def is_from_january(self) -> bool:
        """Whether it begins with the year: what happened in it is all that happened in the year by its end."""
        return (self.first_month, self.begins) == (1, 1)

    @property
    def is_to_december(self) -> bool:
        """Whether it ends with the year, when the year's plan is due."""
        return (self.last_month, self.ends) == (12, _END_OF_MONTH)

    @property
    def is_span(self) -> bool:
        """Whether it has no name of its own, only a beginning and an end."""
        return self.label.startswith("từ ")

    def words(self, year: int) -> str:
        """Return the period as titles name it: "quý II năm 2023", "6 tháng đầu năm 2023", "từ tháng 3 đến tháng 7 …".

        A month or a day has its zeros as NĐ 30/2020, Phụ lục I, Phần I, Mục II, khoản 4 điểm b has them.
        """
        if self.is_stage:
            return self.label
        return f"{self.label} {year}" if self.label.endswith("năm") else f"{self.label} năm {year}"

    def noun(self, year: int) -> str:
        """Return it as a sentence takes it after "trong" or "của": "quý II năm 2023", "kỳ từ tháng 3 đến …"."""
        return f"kỳ {self.words(year)}" if self.is_span else self.words(year)

    def end_words(self, year: int) -> str:
        """Return what a sentence takes after "đến hết": "quý II năm 2023", "tháng 7 năm 2023", "ngày 20 tháng 9 …"."""
        if self.is_stage or self.is_to_december:
            return f"năm {self.last_year or year}"
        if not self.is_span:
            return self.words(year)
        if self.ends == _END_OF_MONTH:
            return f"tháng {_month(self.last_month)} năm {year}"
        return long_date(self.last_day(year))

    def first_day(self, year: int) -> date:
        """Return its first day; of 29 February in a year without one, the day after."""
        if self.begins > monthrange(year, self.first_month)[1]:
            return date(year, self.first_month + 1, 1)
        return date(year, self.first_month, self.begins)

    def last_day(self, year: int) -> date:
        """Return its last day."""
        return date(year, self.last_month, min(self.ends, monthrange(year, self.last_month)[1]))

    def since(self, year: int) -> date | None:
        """Return its first day; None where it begins with the year, whose money may be given before it begins."""
        return None if self.is_from_january else self.first_day(year)

    def eve(self, year: int) -> date:
        """Return the day before it begins."""
        return self.first_day(year) - timedelta(days=1)


WHOLE_YEAR: Final = Period(code="", label="năm")
PERIODS: Final = (
    WHOLE_YEAR,
    Period(code="q1", label="quý I", first_month=1, last_month=3),
    Period(code="q2", label="quý II", first_month=4, last_month=6),
    Period(code="q3", label="quý III", first_month=7, last_month=9),
    Period(code="q4", label="quý IV", first_month=10, last_month=12),
    Period(code="h1", label="6 tháng đầu năm", first_month=1, last_month=6),
    Period(code="h2", label="6 tháng cuối năm", first_month=7, last_month=12),
    *(Period(code=f"m{each}", label=f"{each} tháng đầu năm", last_month=each) for each in (2, 4, 5, 7, 8, 9, 10, 11)),
)
"""A quarter, half a year, a year: the reports TT 36/2013/TT-BCT Điều 21 khoản 5 asks for; and what else is asked for
through the year, so many months from its beginning (thực tế công tác)."""


def between(first: date, last: date) -> Period:
    """Return the period from one day to another of the same year; one that has a name is the one of that name.

    A day that is the last of its month stands for the month's end in every year.

    Raises:
        ValueError: if the days are of two years, or the last comes before the first.
    """
    if first.year != last.year or last < first:
        raise ValueError(f"{first} to {last} is no part of a year")
    is_end = last.day == monthrange(last.year, last.month)[1]
    return _of_days(first.month, first.day, last.month, _END_OF_MONTH if is_end else last.day)


def stage(first_year: int, last_year: int) -> Period:
    """Return several whole years, two to ten.

    Raises:
        ValueError: if they are fewer or more.
    """
    if not 1 <= last_year - first_year < MOST_YEARS:
        raise ValueError(f"{first_year} to {last_year} is no stage")
    return Period(
        code=f"{first_year}-{last_year}",
        label=f"giai đoạn {first_year}–{last_year}",
        first_year=first_year,
        last_year=last_year,
    )


def of_code(code: str) -> Period | None:
    """Return the period of a code: one of `PERIODS`, "0315-0920" for days, "2021-2025" for years; None for others.

    A period has one code only: days that make up a named one are not known by their days.
    """
    years = _YEARS.fullmatch(code)
    if years is not None and 1 <= int(years[2]) - int(years[1]) < MOST_YEARS:
        return stage(int(years[1]), int(years[2]))
    named = next((each for each in PERIODS if each.code == code), None)
    days = _DAYS.fullmatch(code)
    if named is not None or days is None:
        return named
    first_month, begins, last_month, ends = map(int, days.groups())
    try:
        first, last = date(_LEAP_YEAR, first_month, begins), date(_LEAP_YEAR, last_month, ends)
        found = between(first, last)
    except ValueError:
        return None
    return found if found.code == code else None


def _of_days(first_month: int, begins: int, last_month: int, ends: int) -> Period:
    for each in PERIODS:
        if (each.first_month, each.begins, each.last_month, each.ends) == (first_month, begins, last_month, ends):
            return each
    whole_end = monthrange(_LEAP_YEAR, last_month)[1]
    return Period(
        code=f"{first_month:02d}{begins:02d}-{last_month:02d}{min(ends, whole_end):02d}",
        label=_label(first_month, begins, last_month, ends),
        first_month=first_month,
        last_month=last_month,
        begins=begins,
        ends=ends,
    )


def _label(first_month: int, begins: int, last_month: int, ends: int) -> str:
    first, last = f"tháng {_month(first_month)}", f"tháng {_month(last_month)}"
    is_end = ends == _END_OF_MONTH
    if begins == 1 and is_end:
        return first if first_month == last_month else f"từ {first} đến {last}"
    last_of = monthrange(_LEAP_YEAR, last_month)[1] if is_end else ends
    if (first_month, begins) == (last_month, last_of):
        return f"ngày {begins:02d} {first}"
    return f"từ ngày {begins:02d} {first} đến {f'hết {last}' if is_end else f'ngày {ends:02d} {last}'}"


def _month(month: int) -> str:
    """Return a month as papers write it: 1 and 2 with a zero before them, as in the date of a paper."""
    return f"{month:02d}" if month < 3 else str(month)

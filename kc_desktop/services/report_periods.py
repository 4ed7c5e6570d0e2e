"""What a report is on, as people say it: from a day or month of a year to another, several years; its paper's key."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from kc_desktop.domain.dates import FIRST_YEAR, LAST_YEAR, DateError, format_date, parse_date
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.report_period import MOST_YEARS, WHOLE_YEAR, Period, between, stage
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import plan_papers
from kc_desktop.services.workspace import Workspace

KEY: Final = "annual-report"
FIRST: Final = "first_day"
LAST: Final = "last_day"
_EXAMPLE: Final = "Hoặc ghi số của tháng, từ 1 đến 12."


def key_of(period: Period) -> str:
    """Return the key of the report of a period."""
    return f"{KEY}:{period.code}" if period.code else KEY


def of_days(year: int, first: date, last: date) -> Period:
    """Return the part of a year from one day to another.

    Raises:
        FieldError: if a day is not in the year, or the last comes before the first.
    """
    for field, day in ((FIRST, first), (LAST, last)):
        if day.year != year:
            raise FieldError(
                field,
                f"Ngày {format_date(day)} không thuộc năm {year}.",
                f"Báo cáo này của năm {year}: chọn ngày khác.",
            )
    if last < first:
        raise FieldError(
            LAST,
            f"Ngày cuối kỳ {format_date(last)} trước ngày đầu kỳ {format_date(first)}.",
            "Đổi lại hai ngày, hoặc chọn ngày khác.",
        )
    return between(first, last)


def of_words(year: int, first: str, last: str) -> Period:
    """Return the part of a year between two ends as they are typed: days or months; "" for the year's own.

    Raises:
        KnownError: if the year is none, an end cannot be read or is not in the year, or they are the wrong way round.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise KnownError(f"Năm {year} không hợp lý.", f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return of_days(year, _end(year, first, is_last=False), _end(year, last, is_last=True))


def of_years(first_year: int, last_year: int) -> Period:
    """Return several whole years, or the only one.

    Raises:
        KnownError: if a year is none, they are the wrong way round, or too many.
    """
    for year in (first_year, last_year):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise KnownError(f"Năm {year} không hợp lý.", f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    if first_year == last_year:
        return WHOLE_YEAR
    if not 1 <= last_year - first_year < MOST_YEARS:
        raise FieldError(
            LAST,
            f"Không lập được báo cáo từ năm {first_year} đến năm {last_year}.",
            f"Chọn năm cuối sau năm đầu, nhiều nhất {MOST_YEARS} năm.",
        )
    return stage(first_year, last_year)


def usual_stage(year: int) -> tuple[int, int]:
    """Return the first and the last of the five years a year lies in, as five-year plans have them: 2021, 2025."""
    first = (year - 1) // 5 * 5 + 1
    return first, first + 4


def plan_of(workspace: Workspace, last_year: int, first_year: int = 0) -> AnnualPlan:
    """Return the plan the report of a year, or of the years from one to it, is made for: the newest of them.

    Raises:
        KnownError: if the file has no plan of any of them.
    """
    for year in range(last_year, (first_year or last_year), -1):
        if workspace.children(AnnualPlan, year=year):
            return plan_papers.plan_of(workspace, year)
    return plan_papers.plan_of(workspace, first_year or last_year)


def _end(year: int, typed: str, *, is_last: bool) -> date:
    line = typed.strip() or ("12" if is_last else "1")
    if line.isascii() and line.isdigit() and len(line) <= 2:
        month = int(line)
        if not 1 <= month <= 12:
            raise KnownError(f"Không có tháng {month}.", "Ghi số của tháng từ 1 đến 12, hoặc ngày như 15/3.")
        return date(year, month, monthrange(year, month)[1] if is_last else 1)
    try:
        return parse_date(line, today=date(year, 12, 31))
    except DateError as error:
        raise KnownError(str(error), _EXAMPLE) from error

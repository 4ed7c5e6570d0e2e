"""Which part of a year a report is on, as people say it: from a day or month to another; and its paper's key."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from kc_desktop.domain.dates import FIRST_YEAR, LAST_YEAR, DateError, format_date, parse_date
from kc_desktop.domain.report_period import Period, between
from kc_desktop.errors import FieldError, KnownError

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

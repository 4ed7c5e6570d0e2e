"""Dates and times of day: read what people type, print what papers want, keep as ISO text.

Dates are stored as "2023-04-13", times of day as "08:00".
"""

import calendar
import re
import unicodedata
from datetime import date, time
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_DATE_EXAMPLES: Final = "Ghi ngày/tháng/năm, ví dụ 13/4/2023 hoặc 13/4."
_TIME_EXAMPLES: Final = "Ghi giờ theo 24 giờ, ví dụ 8 giờ 30, 8h30 hoặc 14:00."

_YEARS_AHEAD: Final = 30
"""A two-digit year lies at most this far after today: people plan ahead, and birth years lie behind."""

_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})\s*([-/. ])\s*([0-9]{1,2})(?:\s*\2\s*([0-9]{4}|[0-9]{2}))?")
_WORDED: Final = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2})(?: năm ([0-9]{4}))?")
_TIME: Final = re.compile(r"([0-9]{1,2}) ?(?:(?:giờ|gio|h|g|:) ?(?:([0-9]{1,2}) ?(?:phút|phut|ph|p|')?)?)?")


class DateError(ValueError):
    """Say in Vietnamese why a text is not a date or a time and what may be written instead."""


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split()).lower()


def parse_date(text: str, *, today: date | None = None) -> date:
    """Read a date as people write it: day, month, year.

    Accepted: 13/4/2023, 13-04-2023, 13.4.23, 13 4 2023, 13/4 (the year of ``today``), "ngày 13 tháng 4 năm 2023" and
    ISO 2023-04-13. A year of two digits is the one that lies at most 30 years after ``today`` (by default the clock's
    date). Years run from 1900 to 2199.

    Raises:
        DateError: with the reason and what is allowed, in Vietnamese.
    """
    line = _one_line(text)
    now = today or date.today()
    if iso := _ISO.fullmatch(line):
        return _checked_date(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(line):
        return _checked_date(_full_year(numeric[4], now), int(numeric[3]), int(numeric[1]))
    if worded := _WORDED.fullmatch(line):
        return _checked_date(_full_year(worded[3], now), int(worded[2]), int(worded[1]))
    if not line:
        raise DateError(f"Chưa có ngày. {_DATE_EXAMPLES}")
    raise DateError(f"“{_shortened(line)}” chưa phải là ngày. {_DATE_EXAMPLES}")


def _shortened(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"


def _full_year(written: str | None, now: date) -> int:
    if written is None:
        return now.year
    if len(written) == 4:
        return int(written)
    latest = now.year + _YEARS_AHEAD
    return latest - (latest - int(written)) % 100


def _checked_date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"Năm {year} nằm ngoài khoảng từ {FIRST_YEAR} đến {LAST_YEAR}. {_DATE_EXAMPLES}")
    if not 1 <= month <= 12:
        hint = " Ghi ngày trước, tháng sau." if 1 <= day <= 12 < month <= 31 else ""
        raise DateError(f"Không có tháng {month}; tháng từ 1 đến 12.{hint} {_DATE_EXAMPLES}")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise DateError(f"Tháng {month} năm {year} có {days} ngày, không có ngày {day}. Ghi ngày từ 1 đến {days}.")
    return date(year, month, day)


def format_date(value: date) -> str:
    """Print a date for the screen and for tables: "13/04/2023"."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def long_date(value: date) -> str:
    """Print a date for papers: "ngày 05 tháng 02 năm 2023", "ngày 13 tháng 4 năm 2023".

    Days below 10 and months 1 and 2 take a leading zero, months 3 to 9 do not (NĐ 30/2020, Phụ lục I, Phần I, Mục II,
    khoản 4 điểm b).
    """
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def parse_time(text: str) -> time:
    """Read a time of day on the 24-hour clock: 8h30, 8 giờ 30, 8 giờ 30 phút, 08:30, 14g, 14h, 14.

    Raises:
        DateError: with the reason and what is allowed, in Vietnamese.
    """
    line = _one_line(text)
    found = _TIME.fullmatch(line)
    if not found:
        if not line:
            raise DateError(f"Chưa có giờ. {_TIME_EXAMPLES}")
        raise DateError(f"“{_shortened(line)}” chưa phải là giờ. {_TIME_EXAMPLES}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23:
        raise DateError(f"Không có {hour} giờ; giờ từ 0 đến 23. {_TIME_EXAMPLES}")
    if minute > 59:
        raise DateError(f"Không có {minute} phút; phút từ 0 đến 59. {_TIME_EXAMPLES}")
    return time(hour, minute)


def format_time(value: time) -> str:
    """Print a time of day for papers: "08 giờ 30", "14 giờ 00".

    Mẫu 1.9 of NĐ 30/2020 leaves two blanks, "…. giờ …., ngày …. tháng …. năm ….", so the minutes are always said and
    carry no "phút"; both numbers have two digits so that nothing can be written in front of them.
    """
    return f"{value.hour:02d} giờ {value.minute:02d}"


def clock(value: time) -> str:
    """Print a time of day for the screen: "08:30"."""
    return f"{value.hour:02d}:{value.minute:02d}"

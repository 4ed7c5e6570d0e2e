"""How a value is written on screen: the one place that turns money, dates, numbers and yes/no into text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from kc_desktop.domain.dates import clock, format_date
from kc_desktop.domain.fields import Kind, Value, is_counted
from kc_desktop.domain.money import format_vnd

NUMBER_KINDS = frozenset({Kind.INTEGER, Kind.MONEY, Kind.DECIMAL})


def integer_text(value: int, name: str = "") -> str:
    """Write a whole number with dots between thousands; years, ordinals and paper numbers stay plain."""
    return format_vnd(value) if is_counted(name) else str(value)


def decimal_text(value: Decimal) -> str:
    """Write an exact decimal with a decimal comma, without trailing zeros: "1,5", "12.000"."""
    whole, _, part = f"{value:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    part = part.rstrip("0")
    return f"{sign}{format_vnd(int(digits))}" + (f",{part}" if part else "")


def value_text(value: Value, kind: Kind, name: str = "") -> str:
    """Write any value for a cell of a list or a line of the history; choices and links come as labels already."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, int):
        if kind is Kind.FLAG:
            return "Có" if value else "Không"
        return integer_text(value, name if kind is Kind.INTEGER else "")
    return str(value)


def moment_words(moment: datetime) -> str:
    """Write a moment as people read it: "13/04/2023 08:30"."""
    return f"{format_date(moment.date())} {clock(moment.time())}"

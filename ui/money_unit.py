"""The unit amounts are shown in: a setting of the view, which never changes what is kept."""

from __future__ import annotations

from enum import StrEnum

from kc_desktop.domain.money import format_million, format_vnd


class MoneyUnit(StrEnum):
    """Đồng, or triệu đồng with as many decimals as the amount has: nothing is rounded away."""

    DONG = "dong"
    MILLION = "million"

    @property
    def label(self) -> str:
        """The unit in words, stated wherever amounts stand without it."""
        return "đồng" if self is MoneyUnit.DONG else "triệu đồng"

    def text(self, amount_vnd: int) -> str:
        """Write an amount for the screen: "2.735.000.000", "2.735", "0,5"."""
        return format_vnd(amount_vnd) if self is MoneyUnit.DONG else format_million(amount_vnd)

    def plain(self, amount_vnd: int) -> str:
        """Write an amount so that Excel takes it for a number: no dots, and a decimal comma as in Vietnam."""
        return self.text(amount_vnd).replace(".", "")

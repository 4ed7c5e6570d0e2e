"""What a year's money looks like: per programme, content, source, place, project or month. Amounts in whole đồng.

The rows are sums of the ledger and of what was approved; `storage.balances` adds them up, nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kc_desktop.domain.amounts import Amounts


class View(StrEnum):
    """What the rows of a table of balances stand for."""

    PROGRAMME = "programme"
    CONTENT = "content"
    SOURCE = "source"
    PLACE = "place"
    PROJECT = "project"


VIEW_LABELS: dict[View, str] = {
    View.PROGRAMME: "Chương trình",
    View.CONTENT: "Nội dung",
    View.SOURCE: "Nguồn",
    View.PLACE: "Địa bàn",
    View.PROJECT: "Đề án",
}
"""The Vietnamese name of each view, in the order people ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """One row: what it stands for and its sums.

    `key` is the id of the programme, project or commune, or the code of the content; None for what belongs to none.
    `source` is "" where a row holds every source.
    """

    key: int | str | None
    label: str
    source: str
    source_label: str
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceTable:
    """The balances of a year, its rows in the order they are shown, and their sums."""

    year: int
    view: View
    rows: tuple[BalanceRow, ...]
    total: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month of a year's ledger; `so_far` are the sums from its beginning to the end of this month.

    A plan's entries may be dated after its year (the adjustment period): these months follow the twelve.
    """

    year: int
    month: int
    amounts: Amounts
    so_far: Amounts

    @property
    def label(self) -> str:
        """The month as people write it: "06/2023"."""
        return f"{self.month:02d}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTable:
    """The months of a year against its plan: the budgets of its programmes and what it was given in all.

    `source` is "" where it holds every source.
    """

    year: int
    source: str = ""
    rows: tuple[MonthRow, ...]
    planned_vnd: int
    total: Amounts

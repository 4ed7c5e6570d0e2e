"""The sums every view of the ledger shows, in whole đồng."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from kc_desktop.domain import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The sums of one row: planned, given, approved, advanced, paid, brought back, settled.

    `share_vnd` is what the row may spend: what was given to it by an allocation of its own, else its plan (of a
    programme or content) or what was approved (of a place or project); the row of what belongs to none has the rest of
    what was given, so that the shares of a table add up to what was given.
    """

    planned_vnd: int = 0
    allocated_vnd: int = 0
    approved_vnd: int = 0
    advanced_vnd: int = 0
    paid_vnd: int = 0
    refunded_vnd: int = 0
    settled_vnd: int = 0
    share_vnd: int = 0

    @property
    def disbursed_vnd(self) -> int:
        """What has gone out and not come back: advances and payments less refunds."""
        return self.advanced_vnd + self.paid_vnd - self.refunded_vnd

    @property
    def left_vnd(self) -> int:
        """What may still be spent: the share less what is disbursed."""
        return self.share_vnd - self.disbursed_vnd

    @property
    def rate(self) -> str:
        """The rate of disbursement, "48,75 %"; "—" where there is nothing to spend."""
        return money.format_percent(self.disbursed_vnd, max(self.share_vnd, 0))

    @property
    def is_nothing(self) -> bool:
        """Whether every sum is 0."""
        return not any(getattr(self, each.name) for each in fields(self))


def total(rows: Iterable[Amounts]) -> Amounts:
    """Return the sums over several rows."""
    found = tuple(rows)
    return Amounts(**{each.name: sum(getattr(row, each.name) for row in found) for each in fields(Amounts)})

"""The ledger held against a statement of the treasury: what agrees, and the difference both ways."""

from __future__ import annotations

from dataclasses import dataclass

from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLine:
    """A line of a statement and the entry of the ledger that is the same movement of money."""

    line: StatementLine
    entry: FundEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A statement held against the ledger (TT 36/2013 Phụ lục 1, Mẫu 10). Amounts in whole đồng.

    Of the ledger, advances and payments (money out) and refunds (money back) of the statement's plan are held against
    it, those that stand: an entry that was reversed is left out together with its reversal. They are those dated in the
    statement's span, those matched with another statement left out, and any matched with a line of this one.
    """

    statement: TreasuryStatement
    plan: AnnualPlan
    matched: tuple[MatchedLine, ...]
    only_in_ledger: tuple[FundEntry, ...]
    only_in_statement: tuple[StatementLine, ...]

    @property
    def ledger_out_vnd(self) -> int:
        """Money out by the ledger."""
        return sum(each.amount_vnd for each in self._entries() if each.kind != "refund")

    @property
    def ledger_in_vnd(self) -> int:
        """Money back by the ledger."""
        return sum(each.amount_vnd for each in self._entries() if each.kind == "refund")

    @property
    def statement_out_vnd(self) -> int:
        """Money out by the statement."""
        return sum(each.amount_vnd for each in self._lines() if not each.is_incoming)

    @property
    def statement_in_vnd(self) -> int:
        """Money back by the statement."""
        return sum(each.amount_vnd for each in self._lines() if each.is_incoming)

    @property
    def difference_vnd(self) -> int:
        """Disbursed by the ledger less disbursed by the statement; 0 when nothing is left over on either side."""
        by_ledger = self.ledger_out_vnd - self.ledger_in_vnd
        return by_ledger - (self.statement_out_vnd - self.statement_in_vnd)

    def _entries(self) -> tuple[FundEntry, ...]:
        return (*(each.entry for each in self.matched), *self.only_in_ledger)

    def _lines(self) -> tuple[StatementLine, ...]:
        return (*(each.line for each in self.matched), *self.only_in_statement)

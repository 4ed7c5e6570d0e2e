"""The ledger: balances are queries over its entries, a mistake is reversed and stays visible."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from kc_desktop.services.locks import lock_quarter, unlock_quarter
from kc_desktop.services.statements import reconciliation
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import ledger

__all__ = [
    "TREASURY_FIGURES",
    "has_entries",
    "lock_quarter",
    "reconciliation",
    "reverse",
    "sums",
    "treasury_code",
    "unlock_quarter",
]

TREASURY_FIGURES = ("treasury-category", "treasury-item")
"""The codes of the legal figures that hold loại and khoản of the money for industry promotion."""


def sums(workspace: Workspace, year: int, source: str | None = None) -> Amounts:
    """Return the year's sums, of one source or of all."""
    with workspace.reading() as connection:
        return ledger.sums(connection, year, source)


def has_entries(workspace: Workspace, plan_id: int) -> bool:
    """Return whether anything is written on a plan yet."""
    with workspace.reading() as connection:
        return ledger.has_entries(connection, plan_id)


def treasury_code(workspace: Workspace, plan_id: int, *, on: date | None = None) -> str:
    """Return the treasury code a new entry starts with: the one written last, else the law's of a day; "" for none.

    The law's is loại and khoản of the state budget's index, each a code of three digits: "280-309".
    """
    with workspace.reading() as connection:
        used = ledger.last_treasury_code(connection, plan_id)
    if used:
        return used
    from kc_desktop.services import law

    found = [law.figure(workspace, code, on or date.today()) for code in TREASURY_FIGURES]
    values = [each.value for each in found if each is not None and each.value is not None]
    return "-".join(f"{int(each):03d}" for each in values) if len(values) == len(TREASURY_FIGURES) else ""


def reverse(workspace: Workspace, entry_id: int, reason: str, *, on: date | None = None) -> FundEntry:
    """Reverse an entry with a reason, dated today unless said otherwise; both stay in the ledger.

    Raises FieldError without a reason, KnownError for an entry that is a reversal or is reversed already.
    """
    wrong = workspace.get(FundEntry, entry_id)
    if not clean_line(reason):
        raise FieldError("reason", "Chưa có lý do đảo bút toán.", "Ghi lý do, ví dụ: ghi nhầm số tiền.")
    label = describe(FundEntry).field("kind").choice_label(wrong.kind)
    return workspace.save(
        FundEntry(
            happened_on=on or date.today(),
            kind="reversal",
            plan_id=wrong.plan_id,
            programme_id=wrong.programme_id,
            project_id=wrong.project_id,
            amount_vnd=wrong.amount_vnd,
            document=wrong.document,
            payee=wrong.payee,
            treasury_code=wrong.treasury_code,
            reverses_id=wrong.id,
            reason=reason,
        ),
        f"Đảo bút toán {label}",
    )

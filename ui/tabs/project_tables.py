"""The small tables in a project's form: whom it supports, what it costs, its life, contracts, progress and results."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from kc_desktop.domain import lifecycle
from kc_desktop.domain.project import (
    Contract,
    EstimateLine,
    Impact,
    ProgressReport,
    ProjectBeneficiary,
    ProjectStep,
    YearShare,
)
from kc_desktop.services import deadlines, estimates
from ui.formats import decimal_text
from ui.models.small_rows import SmallTable


def beneficiaries() -> SmallTable:
    """Return the table of those supported, with their shares."""
    return SmallTable(
        cls=ProjectBeneficiary,
        parent_link="project_id",
        columns=("establishment_id", "support_vnd", "own_vnd"),
        summed=("support_vnd", "own_vnd"),
    )


def estimate() -> SmallTable:
    """Return the lines of the estimate (Mẫu số 1), with what is cost of management."""
    return SmallTable(
        cls=EstimateLine,
        parent_link="project_id",
        columns=(
            *("content", "unit", "quantity", "price_vnd", "total_vnd"),
            *("support_vnd", "own_vnd", "other_vnd", "is_management", "note"),
        ),
        derived=frozenset({"total_vnd"}),
        summed=("support_vnd", "own_vnd", "other_vnd", "total_vnd"),
        derive=estimates.derive,
        warn=estimates.warning,
        headings=estimates.HEADINGS,
        complete=estimates.complete,
        parts=estimates.PARTS,
    )


def _step_name(step: ProjectStep) -> str:
    return lifecycle.step_label(step.action) if step.action else lifecycle.state_label(step.state)


def history() -> SmallTable:
    """Return the steps taken, only to be read."""
    return SmallTable(
        cls=ProjectStep,
        parent_link="project_id",
        columns=("happened_on", "action", "document", "signer", "amount_vnd", "reason"),
        texts={"action": _step_name},
        is_locked=True,
        is_pasted=False,
    )


def contracts() -> SmallTable:
    """Return the contracts."""
    return SmallTable(
        cls=Contract,
        parent_link="project_id",
        columns=(
            *("number", "signed_on", "establishment_id", "support_vnd", "amount_vnd"),
            *("ends_on", "liquidation_number", "liquidated_on", "party"),
        ),
        summed=("support_vnd", "amount_vnd"),
    )


def impacts() -> SmallTable:
    """Return the figures before and after the support."""
    return SmallTable(
        cls=Impact,
        parent_link="project_id",
        columns=(
            *("establishment_id", "workers_before", "workers_after", "revenue_before_vnd", "revenue_after_vnd"),
            *("budget_before_vnd", "budget_after_vnd", "new_products", "measured_on"),
        ),
        summed=(
            *("workers_before", "workers_after", "revenue_before_vnd", "revenue_after_vnd"),
            *("budget_before_vnd", "budget_after_vnd"),
        ),
    )


def _month(report: ProgressReport) -> str:
    code = deadlines.month_code(report.month)
    return f"{code[5:]}/{code[:4]}" if code else report.month


def _with_month(report: ProgressReport, changed: str) -> ProgressReport:
    code = deadlines.month_code(report.month) if changed == "month" else ""
    return dataclasses.replace(report, month=code) if code else report


def progress(due: Callable[[ProgressReport], str]) -> SmallTable:
    """Return the months: what was reported, what was verified on the spot, and when the report is due."""
    return SmallTable(
        cls=ProgressReport,
        parent_link="project_id",
        columns=("month", "reported_percent", "reported_on", "verified_percent", "verified_on", "verified_by"),
        texts={"month": _month},
        derive=_with_month,
        extra=(("Thực tế\nso với báo cáo", _difference), ("Hạn báo cáo", due)),
    )


def _difference(report: ProgressReport) -> str:
    """Say how far what was verified on the spot is from what was reported."""
    if report.reported_percent is None or report.verified_percent is None:
        return ""
    off = report.verified_percent - report.reported_percent
    if not off:
        return "khớp"
    return f"{'thấp hơn' if off < 0 else 'cao hơn'} {decimal_text(abs(off))} %"


def year_shares() -> SmallTable:
    """Return what of the approved support is for which year."""
    return SmallTable(
        cls=YearShare,
        parent_link="project_id",
        columns=("year", "support_vnd", "note"),
        summed=("support_vnd",),
        is_pasted=False,
    )


DONE_FIELDS = ("done_quantity", "done_support_vnd", "done_own_vnd", "done_other_vnd")


def work_done() -> SmallTable:
    """Return the estimate's lines with what was done of each and what it cost."""
    return SmallTable(
        cls=EstimateLine,
        parent_link="project_id",
        columns=("content", "quantity", "done_quantity", "total_vnd", *DONE_FIELDS[1:]),
        derived=frozenset({"content", "quantity", "total_vnd"}),
        summed=("total_vnd", *DONE_FIELDS[1:]),
        is_pasted=False,
    )

"""Tables of the yearly report: the money against its plan, and the year or a part of it beside the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import results_report, tables
from kc_desktop.documents.paper import Row, Table
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier

_Pair = tuple[Amounts, Amounts]
"""What stands in all, and what moved in the period."""
_Column = tuple[str, Callable[[_Pair], int]]
_OF_YEAR: Final = " (cả năm)"


def plan_table(dossier: PlanDossier) -> Table:
    """Return the money of each source against its plan and what was given, with the sums.

    What was disbursed in a period that does not begin with the year has a column of its own.
    """
    shown = _against_plan(dossier)
    rate = "Lũy kế so với" if dossier.has_eve else "So với"
    columns = (
        tables.text_column("Nguồn", 18),
        *[tables.amount_column(title, 15) for title, _ in shown],
        tables.centred_column(f"{rate} kế hoạch{' cả năm' if dossier.has_eve else ''} (%)", 20),
        tables.centred_column(f"{rate} vốn giao (%)", 20),
    )
    within = dossier.within.by_source if dossier.within is not None else dossier.by_source
    own = {row.source: row.amounts for row in within.rows}
    lines = [
        *[
            (parts.SOURCE_COLUMNS[source], (dossier.sums_of(source), own.get(source, Amounts())))
            for source in REPORT_SOURCES
        ],
        ("Tổng cộng", (dossier.by_source.total, within.total)),
    ]
    unit = tables.unit_of(amount(each) for _, each in lines for _, amount in shown)
    rows = [
        Row(
            cells=(
                label,
                *[tables.amount_cell(amount(each), unit) for _, amount in shown],
                rate_of(each[0].disbursed_vnd, 0 if dossier.unplanned_years else each[0].planned_vnd),
                rate_of(each[0].disbursed_vnd, each[0].allocated_vnd),
            ),
            bold=place == len(lines) - 1,
        )
        for place, (label, each) in enumerate(lines)
    ]
    return tables.table(columns, rows, unit=unit)


def _against_plan(dossier: PlanDossier) -> tuple[_Column, ...]:
    of_year = "" if dossier.period.is_year else _OF_YEAR
    spent: tuple[_Column, ...] = (("Đã giải ngân", lambda each: each[0].disbursed_vnd),)
    if dossier.has_eve:
        spent = (
            ("Giải ngân trong kỳ", lambda each: each[1].disbursed_vnd),
            ("Giải ngân lũy kế", lambda each: each[0].disbursed_vnd),
        )
    return (
        (f"Kế hoạch{of_year}", lambda each: each[0].planned_vnd),
        ("Được giao", lambda each: each[0].allocated_vnd),
        (f"Được duyệt{of_year}", lambda each: each[0].approved_vnd),
        *spent,
    )


def before_table(dossier: PlanDossier) -> Table:
    """Return the year or period beside the same one of the year before.

    Nothing is written of a year the file holds nothing of.
    """
    year, before = dossier.plan.year, dossier.before
    known = before if before is not None and before.is_known else None
    period, earlier = dossier.period, dossier.period.before()
    titles = [f"Cùng kỳ năm {year - 1}", f"Kỳ này năm {year}", "cùng kỳ"]
    if period.is_year:
        titles = [each.plan_words(of) for each, of in ((earlier, year - 1), (period, year))]
        titles = [*(each[:1].upper() + each[1:] for each in titles), f"{period.kind} trước"]
    columns = (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 40),
        tables.centred_column("ĐVT", 15),
        tables.amount_column(titles[0], 13),
        tables.amount_column(titles[1], 13),
        tables.centred_column(f"So với {titles[2]} (%)", 18),
    )
    shown = _against_before(dossier)
    own = dossier.within.by_source.total if dossier.within is not None else Amounts()
    then_own = known.within.by_source.total if known is not None and known.within is not None else Amounts()
    now_sums = (dossier.by_source.total, own)
    then_sums = (known.by_source.total if known else Amounts(), then_own)
    unit = tables.unit_of(amount(each) for each in (now_sums, then_sums) for _, amount in shown)

    def line(label: str, of: str, now: int, then: int, written: Callable[[int], str]) -> Sequence[str]:
        return (label, of, written(then) if known else "", written(now), rate_of(now, then) if known else "")

    rows = [
        line(label, results_report.PROJECT_UNIT, now, then, tables.count_cell) for label, now, then in _counts(dossier)
    ]
    rows += [
        line(label, unit, amount(now_sums), amount(then_sums), lambda each: tables.amount_cell(each, unit))
        for label, amount in shown
    ]
    return tables.table(columns, tables.numbered(rows))


def _counts(dossier: PlanDossier) -> list[tuple[str, int, int]]:
    """Return how many projects there are now and were a year ago; those of a year have no period."""
    before, kind, then = dossier.before, dossier.period.kind, dossier.period.before()
    of_year = "" if dossier.period.is_year else _OF_YEAR
    earlier = before.projects if before is not None else ()
    found = [
        (f"Đề án, nhiệm vụ trong {kind}{of_year}", len(dossier.projects), len(earlier)),
        (
            f"Đề án của {kind} được phê duyệt{of_year}",
            len(results_report.approved_of(dossier)),
            len(results_report.approved_in(earlier, then.last_year or dossier.plan.year - 1, then.first_year)),
        ),
    ]
    if dossier.within is not None:
        approved = before.within.approved if before is not None and before.within is not None else ()
        found.append(("Đề án được phê duyệt trong kỳ", len(dossier.within.approved), len(approved)))
    return found


def _against_before(dossier: PlanDossier) -> tuple[_Column, ...]:
    of_year = "" if dossier.period.is_year else _OF_YEAR
    planned: _Column = (f"Kinh phí kế hoạch{of_year}", lambda each: each[0].planned_vnd)
    approved: _Column = (f"Kinh phí được phê duyệt{of_year}", lambda each: each[0].approved_vnd)
    if not dossier.has_eve:
        return (
            planned,
            ("Vốn được giao", lambda each: each[0].allocated_vnd),
            approved,
            ("Đã giải ngân", lambda each: each[0].disbursed_vnd),
            ("Quyết toán", lambda each: each[0].settled_vnd),
        )
    return (
        planned,
        ("Vốn được giao trong kỳ", lambda each: each[1].allocated_vnd),
        ("Vốn được giao lũy kế từ đầu năm", lambda each: each[0].allocated_vnd),
        approved,
        ("Giải ngân trong kỳ", lambda each: each[1].disbursed_vnd),
        ("Giải ngân lũy kế từ đầu năm", lambda each: each[0].disbursed_vnd),
        ("Quyết toán trong kỳ", lambda each: each[1].settled_vnd),
        ("Quyết toán lũy kế từ đầu năm", lambda each: each[0].settled_vnd),
    )


_OF_YEARS: Final[tuple[tuple[str, Callable[[Amounts], int]], ...]] = (
    ("Kế hoạch", lambda each: each.planned_vnd),
    ("Được giao", lambda each: each.allocated_vnd),
    ("Được duyệt", lambda each: each.approved_vnd),
    ("Đã giải ngân", lambda each: each.disbursed_vnd),
    ("Quyết toán", lambda each: each.settled_vnd),
)


def years_table(dossier: PlanDossier) -> Table:
    """Return the projects and the money of each year of a report of several, with the sums of the money."""
    columns = (
        tables.centred_column("Năm", 12),
        tables.amount_column("Đề án", 10),
        *[tables.amount_column(title, 15) for title, _ in _OF_YEARS],
        tables.centred_column("Giải ngân so với kế hoạch (%)", 18),
    )
    lines = [(str(each.year), len(each.projects), each.by_source.total) for each in dossier.years]
    wholes = [each.planned_vnd for *_, each in lines] + [dossier.whole_planned_vnd]
    lines.append(("Tổng cộng", len(dossier.projects), dossier.by_source.total))
    unit = tables.unit_of(amount(each) for *_, each in lines for _, amount in _OF_YEARS)
    rows = [
        Row(
            cells=(
                label,
                tables.count_cell(count),
                *[tables.amount_cell(amount(each), unit) for _, amount in _OF_YEARS],
                rate_of(each.disbursed_vnd, wholes[place]),
            ),
            bold=place == len(lines) - 1,
        )
        for place, (label, count, each) in enumerate(lines)
    ]
    return tables.table(columns, rows, unit=unit)


def rate_of(part: int, whole: int) -> str:
    """Return a rate as a column of percents has it; "—" where there is no whole."""
    return format_percent(part, max(whole, 0)).removesuffix(" %")

"""The charts of the yearly report: what of the balances becomes a bar, and what is put together when rows are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.chart import MOST_ROWS, Chart, Fill, Mark, Series
from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import MonthRow
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier
from kc_desktop.domain.project import PROJECT_STATES

_Bars = tuple[str, Callable[[Amounts], int], Fill]
_PLANNED: Final[_Bars] = ("Kế hoạch", lambda each: each.planned_vnd, Fill.EMPTY)
_APPROVED: Final[_Bars] = ("Được phê duyệt", lambda each: each.approved_vnd, Fill.HATCHED)
_DISBURSED: Final[_Bars] = ("Đã giải ngân", lambda each: each.disbursed_vnd, Fill.SOLID)

_Row = tuple[str, Amounts]


def by_state(dossier: PlanDossier) -> Chart | None:
    """Return how many projects are in each state, by source; None without projects."""
    states = [(code, label) for code, label in PROJECT_STATES if any(each.state == code for each in dossier.projects)]
    if not states:
        return None
    fills = dict(zip(REPORT_SOURCES, (Fill.HATCHED, Fill.SOLID), strict=True))
    return Chart(
        title="Đề án theo trạng thái",
        rows=tuple(label for _, label in states),
        series=tuple(
            Series(
                name=parts.SOURCE_COLUMNS[source],
                values=tuple(
                    sum(1 for each in dossier.projects if each.state == code and each.source == source)
                    for code, _ in states
                ),
                fill=fills[source],
            )
            for source in REPORT_SOURCES
            if any(each.source == source for each in dossier.projects)
        ),
        unit="đề án",
        is_money=False,
    )


def by_month(dossier: PlanDossier) -> Chart | None:
    """Return what was disbursed month by month and so far, against the plan; None when nothing was.

    The months after the year, of the adjustment period, are put together.
    """
    given = dossier.months
    within = [row for row in given.rows if row.year == given.year and row.month <= dossier.period.last_month]
    after = [row for row in given.rows if row.year > given.year] if dossier.period.is_year else []
    rows = [(row.label, row.amounts.disbursed_vnd, row.so_far.disbursed_vnd) for row in within]
    if after:
        rows.append((f"Sau 12/{given.year}", _sum(after), after[-1].so_far.disbursed_vnd))
    if not any(amount for _, *amounts in rows for amount in amounts):
        return None
    values = [amount for _, *amounts in rows for amount in amounts]
    return Chart(
        title="Giải ngân theo tháng so với kinh phí kế hoạch",
        rows=tuple(label for label, *_ in rows),
        series=(
            Series(name="Trong tháng", values=tuple(here for _, here, _ in rows), fill=Fill.HATCHED),
            Series(name="Lũy kế", values=tuple(so_far for *_, so_far in rows)),
        ),
        unit=tables.unit_of((*values, given.planned_vnd)),
        mark=Mark(name="Kế hoạch cả năm", value=given.planned_vnd) if given.planned_vnd else None,
    )


def _sum(rows: Sequence[MonthRow]) -> int:
    return total(row.amounts for row in rows).disbursed_vnd


def by_programme(dossier: PlanDossier) -> Chart | None:
    """Return the programmes against their budgets; None without any."""
    given = dossier.by_programme.rows
    is_of_one = len({row.source for row in given}) == 1
    rows = [
        (row.label if is_of_one else f"{parts.SOURCE_COLUMNS.get(row.source, row.source)}: {row.label}", row.amounts)
        for row in given
    ]
    return _of_balances(
        "Chương trình so với kinh phí kế hoạch",
        rows,
        (_PLANNED, _APPROVED, _DISBURSED),
        "Các chương trình khác ({})",
    )


def places_of(dossier: PlanDossier) -> list[_Row]:
    """Return the places with their money of all sources, the most supported first, without what has no place."""
    found: dict[int | str | None, _Row] = {}
    for row in dossier.by_place.rows:
        if row.key is not None and (row.amounts.approved_vnd or row.amounts.disbursed_vnd):
            before = found.get(row.key, ("", Amounts()))[1]
            found[row.key] = (row.label, total((before, row.amounts)))
    return sorted(found.values(), key=lambda it: (-it[1].approved_vnd, -it[1].disbursed_vnd, it[0]))


def by_place(dossier: PlanDossier) -> Chart | None:
    """Return the support by commune, what has no place last; None without any."""
    rows = places_of(dossier)
    nowhere = total(row.amounts for row in dossier.by_place.rows if row.key is None)
    label = next((row.label for row in dossier.by_place.rows if row.key is None), "")
    last = [(label, nowhere)] if nowhere.approved_vnd or nowhere.disbursed_vnd else []
    return _of_balances("Kinh phí theo địa bàn", rows, (_APPROVED, _DISBURSED), "Các địa bàn khác ({})", last)


def _of_balances(
    title: str, rows: Sequence[_Row], bars: Sequence[_Bars], others: str, last: Sequence[_Row] = ()
) -> Chart | None:
    """Return bars of balances; of more rows than are legible the rest is one row."""
    rows = [(label, amounts) for label, amounts in rows if any(of(amounts) for _, of, _ in bars)]
    room = MOST_ROWS - len(last)
    if len(rows) > room:
        rest = rows[room - 1 :]
        rows = [*rows[: room - 1], (others.format(len(rest)), total(amounts for _, amounts in rest))]
    rows = [*rows, *last]
    if not rows:
        return None
    return Chart(
        title=title,
        rows=tuple(label for label, _ in rows),
        series=tuple(
            Series(name=name, values=tuple(of(amounts) for _, amounts in rows), fill=fill) for name, of, fill in bars
        ),
        unit=tables.unit_of(of(amounts) for _, of, _ in bars for _, amounts in rows),
    )

"""The charts of a year: what of the balances becomes a bar, and what is put together when rows are many.

The yearly report and the overview on the screen show the same ones.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.chart import MOST_ROWS, Chart, Fill, Mark, Series
from kc_desktop.documents.period_tables import paired
from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, MonthRow, MonthTable
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier
from kc_desktop.domain.programme import Target
from kc_desktop.domain.project import PROJECT_STATES
from kc_desktop.domain.report_period import WHOLE_YEAR, Period

_Bars = tuple[str, Callable[[Amounts, Amounts], int], Fill]
"""A series: its name, its value by what stands in all and what moved in a period, its filling."""
_PLANNED: Final[_Bars] = ("Kế hoạch", lambda each, _own: each.planned_vnd, Fill.EMPTY)
_APPROVED: Final[_Bars] = ("Được phê duyệt", lambda each, _own: each.approved_vnd, Fill.HATCHED)
_DISBURSED: Final[_Bars] = ("Đã giải ngân", lambda each, _own: each.disbursed_vnd, Fill.SOLID)
_IN_PERIOD: Final[_Bars] = ("Giải ngân trong kỳ", lambda _each, own: own.disbursed_vnd, Fill.CROSSED)
_SO_FAR: Final[_Bars] = ("Giải ngân lũy kế", lambda each, _own: each.disbursed_vnd, Fill.SOLID)

_Row = tuple[str, Amounts, Amounts]
_Keys = tuple[int | str | None, ...]
_FULL: Final = 1000
"""How long the bar of a target that is just reached is."""


def by_state(dossier: PlanDossier) -> Chart | None:
    """Return how many projects are in each state, by source; None without projects."""
    return states_chart(Counter((each.state, each.source) for each in dossier.projects))


def states_chart(counts: Mapping[tuple[str, str], int]) -> Chart | None:
    """Return the numbers of projects, given by state and source; a row stands for its state."""
    states = [(code, label) for code, label in PROJECT_STATES if any(state == code for state, _ in counts)]
    if not states:
        return None
    fills = dict(zip(REPORT_SOURCES, (Fill.HATCHED, Fill.SOLID), strict=True))
    return Chart(
        title="Đề án theo trạng thái",
        rows=tuple(label for _, label in states),
        series=tuple(
            Series(
                name=parts.SOURCE_COLUMNS[source],
                values=tuple(counts.get((code, source), 0) for code, _ in states),
                fill=fills[source],
            )
            for source in REPORT_SOURCES
            if any(each == source for _, each in counts)
        ),
        unit="đề án",
        is_money=False,
        stands_for=tuple((code,) for code, _ in states),
    )


def by_month(dossier: PlanDossier) -> Chart | None:
    """Return what was disbursed month by month and so far, against the plan; None when nothing was.

    The months after the year, of the adjustment period, are put together.
    """
    return months_chart(dossier.months, dossier.period)


def months_chart(given: MonthTable, period: Period = WHOLE_YEAR, *, is_joined: bool = True) -> Chart | None:
    """Return the advances, payments and refunds of each month, and the sum so far, against the plan.

    Of a whole year the months after it, too; they can be one row, `is_joined`. A row stands for its month, as
    "2023-06"; a month that is not all in the period is called by its days in it.
    """
    within = [
        row for row in given.rows if row.year == given.year and period.first_month <= row.month <= period.last_month
    ]
    late = [row for row in given.rows if row.year > given.year] if period.is_year else []
    own = within if is_joined else [*within, *late]
    rows: list[tuple[str, Amounts, int, MonthRow]] = [
        (_month_label(row, period), row.amounts, row.so_far.disbursed_vnd, row) for row in own
    ]
    if late and is_joined:
        rows.append((f"Sau 12/{given.year}", _sum(late), late[-1].so_far.disbursed_vnd, late[-1]))
    moved = [(each.advanced_vnd, each.paid_vnd, each.refunded_vnd) for _, each, *_ in rows]
    so_far = tuple(each for _, _, each, _ in rows)
    if not any(any(each) for each in moved) and not any(so_far):
        return None
    series = [
        Series(name=name, values=tuple(each[place] for each in moved), fill=fill, only_where_any=True)
        for place, (name, fill) in enumerate(_MOVES)
        if any(each[place] for each in moved)
    ]
    series.append(Series(name=SO_FAR, values=so_far))
    return Chart(
        title="Giải ngân theo tháng so với kinh phí kế hoạch",
        rows=tuple(label for label, *_ in rows),
        series=tuple(series),
        unit=tables.unit_of((*so_far, *(value for each in moved for value in each), given.planned_vnd)),
        mark=Mark(name="Kế hoạch cả năm", value=given.planned_vnd) if given.planned_vnd else None,
        stands_for=tuple((f"{row.year}-{row.month:02d}",) for *_, row in rows),
    )


def _month_label(row: MonthRow, period: Period) -> str:
    if period.is_year:
        return row.label
    first, last = date(row.year, row.month, 1), date(row.year, row.month, monthrange(row.year, row.month)[1])
    begins, ends = max(first, period.first_day(row.year)), min(last, period.last_day(row.year))
    if (begins, ends) == (first, last):
        return row.label
    return f"{begins:%d}–{format_date(ends)}" if begins < ends else format_date(ends)


ADVANCED: Final = "Tạm ứng trong tháng"
PAID: Final = "Thanh toán trong tháng"
REFUNDED: Final = "Hoàn trả trong tháng"
SO_FAR: Final = "Lũy kế đã giải ngân"
_MOVES: Final = ((ADVANCED, Fill.EMPTY), (PAID, Fill.HATCHED), (REFUNDED, Fill.CROSSED))


def _sum(rows: Sequence[MonthRow]) -> Amounts:
    return total(row.amounts for row in rows)


def by_year(dossier: PlanDossier) -> Chart | None:
    """Return the years of a report of several against their plans; None where none of them has any money."""
    return _of_balances(
        "Kinh phí từng năm so với kế hoạch",
        [(f"Năm {each.year}", each.by_source.total, Amounts()) for each in dossier.years],
        (_PLANNED, _APPROVED, _DISBURSED),
        "Các năm khác ({})",
        keys=[(each.year,) for each in dossier.years],
        most=MOST_ROWS,
    )


def by_programme(dossier: PlanDossier) -> Chart | None:
    """Return the programmes against their budgets; None without any."""
    within = dossier.within.by_programme if dossier.has_eve and dossier.within is not None else None
    return programmes_chart(dossier.by_programme, within=within)


def programmes_chart(table: BalanceTable, most: int = MOST_ROWS, within: BalanceTable | None = None) -> Chart | None:
    """Return the programmes against their budgets, what moved `within` a period apart; a row stands for its keys."""
    pairs = _pairs(table, within)
    given = [row for row, _ in pairs]
    is_of_one = len({row.source for row in given}) == 1
    rows = [
        (
            row.label if is_of_one else f"{parts.SOURCE_COLUMNS.get(row.source, row.source)}: {row.label}",
            row.amounts,
            own,
        )
        for row, own in pairs
    ]
    return _of_balances(
        "Chương trình so với kinh phí kế hoạch",
        rows,
        (_PLANNED, _APPROVED, *_disbursed(within)),
        "Các chương trình khác ({})",
        keys=[(row.source, row.key) for row in given],
        most=most,
    )


def _pairs(table: BalanceTable, within: BalanceTable | None) -> Sequence[tuple[BalanceRow, Amounts]]:
    return paired(table, within) if within is not None else [(row, Amounts()) for row in table.rows]


def _disbursed(within: BalanceTable | None) -> Sequence[_Bars]:
    return (_DISBURSED,) if within is None else (_IN_PERIOD, _SO_FAR)


def by_target(dossier: PlanDossier) -> Chart | None:
    """Return the targets and how much of each is done; None without any, and of more than are legible at once."""
    found = [(each.target, each.done) for programme in dossier.programmes for each in programme.targets]
    return targets_chart(found) if len(found) <= MOST_ROWS else None


def targets_chart(given: Iterable[tuple[Target, int]]) -> Chart | None:
    """Return the share of each planned target that is done, in words with its number; a row stands for its target."""
    planned = [(target, done) for target, done in given if target.planned_from > 0]
    if not planned:
        return None
    shares = [min(done * _FULL // target.planned_from, 2 * _FULL) for target, done in planned]
    return Chart(
        title="Kết quả so với chỉ tiêu kế hoạch",
        rows=tuple(target.name for target, _ in planned),
        series=(
            Series(
                name="Kết quả so với chỉ tiêu",
                values=tuple(shares),
                fill=Fill.HATCHED,
                words=tuple(
                    f"{tables.count_cell(done)} / {target.planned_text} {target.unit}".rstrip()
                    + f" ({format_percent(done, target.planned_from)})"
                    for target, done in planned
                ),
            ),
        ),
        unit="",
        is_money=False,
        mark=Mark(name="Đạt chỉ tiêu", value=_FULL, words="100 %"),
        stands_for=tuple((target.programme_id, target.id) for target, _ in planned),
    )


def places_of(dossier: PlanDossier) -> list[_Row]:
    """Return the places with their money of all sources, in all and in the period, the most supported first.

    What has no place is left out.
    """
    return [row for _, row in _places(dossier.by_place, _within_places(dossier))]


def _within_places(dossier: PlanDossier) -> BalanceTable | None:
    return dossier.within.by_place if dossier.has_eve and dossier.within is not None else None


def _places(table: BalanceTable, within: BalanceTable | None) -> list[tuple[int | str | None, _Row]]:
    found: dict[int | str | None, _Row] = {}
    for row, own in _pairs(table, within):
        if row.key is not None and (row.amounts.approved_vnd or row.amounts.disbursed_vnd or own.disbursed_vnd):
            _, amounts, moved = found.get(row.key, ("", Amounts(), Amounts()))
            found[row.key] = (row.label, total((amounts, row.amounts)), total((moved, own)))
    return sorted(found.items(), key=lambda it: (-it[1][1].approved_vnd, -it[1][1].disbursed_vnd, it[1][0]))


def by_place(dossier: PlanDossier) -> Chart | None:
    """Return the support by commune, what has no place last; None without any."""
    return places_chart(dossier.by_place, within=_within_places(dossier))


def places_chart(table: BalanceTable, most: int = MOST_ROWS, within: BalanceTable | None = None) -> Chart | None:
    """Return the support by commune, what moved `within` a period apart; a row stands for its communes.

    That of what has no place stands for None.
    """
    rows = _places(table, within)
    bars = (_APPROVED, *_disbursed(within))
    none = [(row, own) for row, own in _pairs(table, within) if row.key is None]
    nowhere = ("", total(row.amounts for row, _ in none), total(own for _, own in none))
    last = [(none[0][0].label, *nowhere[1:])] if any(of(*nowhere[1:]) for _, of, _ in bars) else []
    return _of_balances(
        "Kinh phí theo địa bàn",
        [row for _, row in rows],
        bars,
        "Các địa bàn khác ({})",
        last,
        keys=[(key,) for key, _ in rows],
        most=most,
    )


def _of_balances(
    title: str,
    rows: Sequence[_Row],
    bars: Sequence[_Bars],
    others: str,
    last: Sequence[_Row] = (),
    *,
    keys: Sequence[_Keys],
    most: int,
) -> Chart | None:
    """Return bars of balances; of more rows than are legible the rest is one row."""
    kept = [
        (label, amounts, own, key)
        for (label, amounts, own), key in zip(rows, keys, strict=True)
        if any(of(amounts, own) for _, of, _ in bars)
    ]
    room = most - len(last)
    if len(kept) > room:
        rest = kept[room - 1 :]
        merged = tuple(part for *_, key in rest for part in key)
        kept = [*kept[: room - 1], (others.format(len(rest)), *_merged(rest), merged)]
    kept = [*kept, *[(label, amounts, own, (None,)) for label, amounts, own in last]]
    if not kept:
        return None
    return Chart(
        title=title,
        rows=tuple(label for label, *_ in kept),
        series=tuple(
            Series(name=name, values=tuple(of(amounts, own) for _, amounts, own, _ in kept), fill=fill)
            for name, of, fill in bars
        ),
        unit=tables.unit_of(of(amounts, own) for _, of, _ in bars for _, amounts, own, _ in kept),
        stands_for=tuple(key for *_, key in kept),
    )


def _merged(rows: Sequence[tuple[str, Amounts, Amounts, _Keys]]) -> tuple[Amounts, Amounts]:
    return total(each for _, each, _, _ in rows), total(own for _, _, own, _ in rows)

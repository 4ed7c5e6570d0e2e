"""The charts of a year: what of the balances becomes a bar, and what is put together when rows are many.

The yearly report and the overview on the screen show the same ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.chart import MOST_ROWS, Chart, Fill, Mark, Series
from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceTable, MonthRow, MonthTable
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier
from kc_desktop.domain.programme import Target
from kc_desktop.domain.project import PROJECT_STATES

_Bars = tuple[str, Callable[[Amounts], int], Fill]
_PLANNED: Final[_Bars] = ("Kế hoạch", lambda each: each.planned_vnd, Fill.EMPTY)
_APPROVED: Final[_Bars] = ("Được phê duyệt", lambda each: each.approved_vnd, Fill.HATCHED)
_DISBURSED: Final[_Bars] = ("Đã giải ngân", lambda each: each.disbursed_vnd, Fill.SOLID)

_Row = tuple[str, Amounts]
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
    return months_chart(dossier.months, dossier.period.last_month, after=dossier.period.is_year)


def months_chart(
    given: MonthTable, last_month: int = 12, *, after: bool = True, is_joined: bool = True
) -> Chart | None:
    """Return the advances, payments and refunds of each month, and the sum so far, against the plan.

    The months `after` the year can be one row, `is_joined`. A row stands for its month, as "2023-06".
    """
    within = [row for row in given.rows if row.year == given.year and row.month <= last_month]
    late = [row for row in given.rows if row.year > given.year] if after else []
    own = within if is_joined else [*within, *late]
    rows: list[tuple[str, Amounts, int, MonthRow]] = [
        (row.label, row.amounts, row.so_far.disbursed_vnd, row) for row in own
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


ADVANCED: Final = "Tạm ứng trong tháng"
PAID: Final = "Thanh toán trong tháng"
REFUNDED: Final = "Hoàn trả trong tháng"
SO_FAR: Final = "Lũy kế đã giải ngân"
_MOVES: Final = ((ADVANCED, Fill.EMPTY), (PAID, Fill.HATCHED), (REFUNDED, Fill.CROSSED))


def _sum(rows: Sequence[MonthRow]) -> Amounts:
    return total(row.amounts for row in rows)


def by_programme(dossier: PlanDossier) -> Chart | None:
    """Return the programmes against their budgets; None without any."""
    return programmes_chart(dossier.by_programme)


def programmes_chart(table: BalanceTable, most: int = MOST_ROWS) -> Chart | None:
    """Return the programmes against their budgets; a row stands for the keys of its balances."""
    given = table.rows
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
        keys=[(row.source, row.key) for row in given],
        most=most,
    )


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
    """Return the places with their money of all sources, the most supported first, without what has no place."""
    return [(label, amounts) for _, label, amounts in _places(dossier.by_place)]


def _places(table: BalanceTable) -> list[tuple[int | str | None, str, Amounts]]:
    found: dict[int | str | None, _Row] = {}
    for row in table.rows:
        if row.key is not None and (row.amounts.approved_vnd or row.amounts.disbursed_vnd):
            before = found.get(row.key, ("", Amounts()))[1]
            found[row.key] = (row.label, total((before, row.amounts)))
    return sorted(
        ((key, label, amounts) for key, (label, amounts) in found.items()),
        key=lambda it: (-it[2].approved_vnd, -it[2].disbursed_vnd, it[1]),
    )


def by_place(dossier: PlanDossier) -> Chart | None:
    """Return the support by commune, what has no place last; None without any."""
    return places_chart(dossier.by_place)


def places_chart(table: BalanceTable, most: int = MOST_ROWS) -> Chart | None:
    """Return the support by commune; a row stands for its communes, that of what has no place for None."""
    rows = _places(table)
    nowhere = total(row.amounts for row in table.rows if row.key is None)
    label = next((row.label for row in table.rows if row.key is None), "")
    last = [(label, nowhere)] if nowhere.approved_vnd or nowhere.disbursed_vnd else []
    return _of_balances(
        "Kinh phí theo địa bàn",
        [(name, amounts) for _, name, amounts in rows],
        (_APPROVED, _DISBURSED),
        "Các địa bàn khác ({})",
        last,
        keys=[(key,) for key, *_ in rows],
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
        (label, amounts, key)
        for (label, amounts), key in zip(rows, keys, strict=True)
        if any(of(amounts) for _, of, _ in bars)
    ]
    room = most - len(last)
    if len(kept) > room:
        rest = kept[room - 1 :]
        merged = tuple(part for *_, key in rest for part in key)
        kept = [*kept[: room - 1], (others.format(len(rest)), total(each for _, each, _ in rest), merged)]
    kept = [*kept, *[(label, amounts, (None,)) for label, amounts in last]]
    if not kept:
        return None
    return Chart(
        title=title,
        rows=tuple(label for label, *_ in kept),
        series=tuple(
            Series(name=name, values=tuple(of(amounts) for _, amounts, _ in kept), fill=fill) for name, of, fill in bars
        ),
        unit=tables.unit_of(of(amounts) for _, of, _ in bars for _, amounts, _ in kept),
        stands_for=tuple(key for *_, key in kept),
    )

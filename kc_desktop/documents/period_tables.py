"""Tables of a part of a year: what happened before it, in it, and in all from the beginning of the year to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.paper import Table
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import VIEW_LABELS, BalanceRow, BalanceTable, View
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier

Line = tuple[str, Callable[[Amounts], int]]

WITHIN: Final = "Trong kỳ"
SO_FAR: Final = "Lũy kế"
_ADVANCED: Final[Line] = ("Tạm ứng", lambda each: each.advanced_vnd)
_PAID: Final[Line] = ("Thanh toán", lambda each: each.paid_vnd)
_REFUNDED: Final[Line] = ("Hoàn trả", lambda each: each.refunded_vnd)
_MONEY: Final[tuple[tuple[Line, bool], ...]] = (
    (("Vốn được giao", lambda each: each.allocated_vnd), True),
    (_ADVANCED, False),
    (_PAID, False),
    (_REFUNDED, False),
    (("Đã giải ngân (tạm ứng + thanh toán - hoàn trả)", lambda each: each.disbursed_vnd), True),
    (("Quyết toán", lambda each: each.settled_vnd), True),
)
"""The lines of the money of a period, and whether each source has a line of its own below where there are several."""


def money_table(dossier: PlanDossier) -> Table:
    """Return what was given and spent before the period, in it, and in all: the first two add up to the third."""
    within = dossier.within.by_source if dossier.within is not None else dossier.by_source
    of_source = {row.source: row.amounts for row in within.rows}
    every = [(dossier.by_source.total, within.total)]
    parted = [(each, (dossier.sums_of(each), of_source.get(each, Amounts()))) for each in REPORT_SOURCES]
    parted = [(each, pair) for each, pair in parted if any(_has_any(amounts) for amounts in pair)]
    every += [pair for _, pair in parted]
    unit = tables.unit_of(amount(each) for pair in every for each in pair for (_, amount), _ in _MONEY)

    def line(label: str, so_far: int, in_period: int) -> Sequence[str]:
        return (label, *(tables.amount_cell(each, unit) for each in (so_far - in_period, in_period, so_far)))

    rows = []
    for (label, amount), has_sources in _MONEY:
        rows.append(line(label, *(amount(each) for each in every[0])))
        if has_sources and len(parted) > 1:
            rows += [
                line(f"{parts.PART_SIGN}{parts.SOURCE_COLUMNS[source]}", *(amount(each) for each in pair))
                for source, pair in parted
            ]
    columns = (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 44),
        tables.amount_column("Trước kỳ", 16),
        tables.amount_column(WITHIN, 16),
        tables.amount_column("Lũy kế từ đầu năm đến hết kỳ", 20),
    )
    return tables.table(columns, parts.report_table(columns, rows).rows, unit=unit)


def _has_any(given: Amounts) -> bool:
    return any(amount(given) for (_, amount), _ in _MONEY)


def paired(so_far: BalanceTable, within: BalanceTable) -> tuple[tuple[BalanceRow, Amounts], ...]:
    """Return each row of a table to the end of a period with what happened in the period itself.

    A row that holds nothing by then, for what came before the period was taken back in it, is there too.
    """
    of_key = {(row.key, row.source): row for row in within.rows}
    found = [(row, of_key.pop((row.key, row.source), None)) for row in so_far.rows]
    rest = [(_emptied(row), row) for row in of_key.values()]
    return tuple((row, own.amounts if own is not None else Amounts()) for row, own in (*found, *rest))


def _emptied(row: BalanceRow) -> BalanceRow:
    return BalanceRow(key=row.key, label=row.label, source=row.source, source_label=row.source_label, amounts=Amounts())


_OF_YEAR: Final[tuple[Line, ...]] = (
    ("Kế hoạch", lambda each: each.planned_vnd),
    ("Được duyệt", lambda each: each.approved_vnd),
)
_IN_PERIOD: Final[tuple[Line, ...]] = (
    _ADVANCED,
    _PAID,
    _REFUNDED,
    ("Giải ngân", lambda each: each.disbursed_vnd),
)
_IN_ALL: Final[tuple[Line, ...]] = (
    ("Được giao", lambda each: each.allocated_vnd),
    ("Giải ngân", lambda each: each.disbursed_vnd),
    ("Quyết toán", lambda each: each.settled_vnd),
    ("Còn lại", lambda each: each.left_vnd),
)


def balance_table(so_far: BalanceTable, within: BalanceTable) -> Table:
    """Return balances row by row and source by source: the year's plan, what moved in a period, how all stood then."""
    of_year = _OF_YEAR[1:] if so_far.view in (View.PLACE, View.PROJECT) else _OF_YEAR
    columns = (
        tables.number_column(),
        tables.text_column(VIEW_LABELS[so_far.view], 46),
        tables.centred_column("Nguồn", 8),
        *[tables.amount_column(title, 10, group="Cả năm") for title, _ in of_year],
        *[tables.amount_column(title, 10, group=WITHIN) for title, _ in _IN_PERIOD],
        *[tables.amount_column(title, 10, group="Lũy kế từ đầu năm") for title, _ in _IN_ALL],
        tables.amount_column("Tỷ lệ (%)", 9, group="Lũy kế từ đầu năm"),
    )
    rows = paired(so_far, within)
    every = [(row.amounts, own) for row, own in rows] + [(so_far.total, within.total)]
    unit = tables.unit_of(
        of(amounts)
        for one, own in every
        for lines, amounts in (((*of_year, *_IN_ALL), one), (_IN_PERIOD, own))
        for _, of in lines
    )

    def written(one: Amounts, own: Amounts) -> Sequence[str]:
        amounts = [of(one) for _, of in of_year] + [of(own) for _, of in _IN_PERIOD] + [of(one) for _, of in _IN_ALL]
        return (*(tables.amount_cell(each, unit) for each in amounts), one.rate.removesuffix(" %"))

    numbered = tables.numbered(
        (row.label, parts.SOURCE_COLUMNS.get(row.source, row.source), *written(row.amounts, own)) for row, own in rows
    )
    cells = dict(enumerate(written(so_far.total, within.total), start=3))
    total = (tables.total_row(columns, "Tổng cộng", cells),) if rows else ()
    return parts.flowing(tables.table(columns, numbered, totals=total, unit=unit))

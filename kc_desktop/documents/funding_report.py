"""Báo cáo kinh phí khuyến công of a year, half a year or a quarter (TT 36/2013/TT-BCT Điều 21 khoản 5).

Chỉ tiêu | ĐVT | KCQG | KCĐP, as reports of the trade have it. Of a part of a year each source has two columns: what is
dated in it, and the plan so far; budgets and approvals have no month and stand for the whole year. The annex holds the
year by programme. All amounts are the balances of the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.paper import Annex, Column, Orientation, Paper, Table, Title, closed, para
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import VIEW_LABELS, BalanceTable, View
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.plan_dossier import PlanDossier, SourceMoney

KIND: Final = "Báo cáo"
SUBJECT: Final = "Kinh phí khuyến công"
RECIPIENTS: Final = "Như trên"
OF_WHOLE_YEAR: Final = " (cả năm)"

Line = tuple[str, Callable[[Amounts], int]]
_OF_YEAR: Final[tuple[Line, ...]] = (
    ("Kinh phí kế hoạch", lambda each: each.planned_vnd),
    ("Kinh phí được phê duyệt", lambda each: each.approved_vnd),
)
_GIVEN: Final[Line] = ("Vốn được giao", lambda each: each.allocated_vnd)
_SPENT: Final[tuple[Line, ...]] = (
    ("Tạm ứng", lambda each: each.advanced_vnd),
    ("Thanh toán", lambda each: each.paid_vnd),
    ("Hoàn trả", lambda each: each.refunded_vnd),
    ("Đã giải ngân (tạm ứng + thanh toán - hoàn trả)", lambda each: each.disbursed_vnd),
    ("Quyết toán", lambda each: each.settled_vnd),
)
APPROVED_RATE: Final = "Tỷ lệ phê duyệt trên vốn được giao"
DISBURSED_RATE: Final = "Tỷ lệ giải ngân trên vốn được giao"
LEFT: Final = "Còn lại chưa giải ngân"


def build(dossier: PlanDossier) -> Paper:
    """Build the report; its number and day are given when it is issued."""
    when = dossier.period.words(dossier.plan.year)
    return Paper(
        key="funding-report",
        name=f"{KIND} {SUBJECT.lower()} {when}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "BC"),
        title=Title(kind=KIND, subject=f"{SUBJECT} {when}"),
        addressees=parts.addressees(dossier),
        bases=dossier.bases,
        body=(
            para(f"Tình hình kinh phí khuyến công {when} theo sổ kinh phí:", keep_with_next=True),
            sums_table(dossier),
            para(closed(f"Kinh phí theo chương trình của cả năm {dossier.plan.year} nêu tại Phụ lục kèm theo")),
        ),
        signatures=parts.office_signatures(dossier, RECIPIENTS),
        annexes=(
            Annex(
                number="",
                title=f"{SUBJECT} năm {dossier.plan.year} theo chương trình",
                reference="",
                body=(balance_table(dossier.by_programme),),
                orientation=Orientation.LANDSCAPE,
            ),
        ),
        is_sample=dossier.is_sample,
    )


def sums_table(dossier: PlanDossier) -> Table:
    """Return each indicator of each source, with its unit in its row."""
    if dossier.period.is_year:
        columns: tuple[Column, ...] = parts.by_source_columns()
        cells = [(each.sums, each.sums) for each in dossier.money]
    else:
        columns = (
            tables.number_column(),
            tables.text_column("Chỉ tiêu", 42),
            tables.centred_column("ĐVT", 18),
            *[
                tables.amount_column(title, 13, group=group)
                for group in parts.SOURCE_COLUMNS.values()
                for title in ("Trong kỳ", "Lũy kế")
            ],
        )
        cells = [(each.within(dossier.period), _so_far(dossier, each)) for each in dossier.money]
    unit = tables.unit_of(amount(each) for pair in cells for each in pair for _, amount in (*_OF_YEAR, _GIVEN, *_SPENT))
    is_year = dossier.period.is_year

    def money(line: Line, *, of_year: bool = False, is_balance: bool = False) -> Sequence[str]:
        label, amount = line
        written = [
            cell
            for within, so_far in cells
            for cell in (
                *(() if is_year else ("" if of_year or is_balance else tables.amount_cell(amount(within), unit),)),
                tables.amount_cell(amount(so_far), unit),
            )
        ]
        if of_year and not is_year:
            label += OF_WHOLE_YEAR
        return (label, unit, *written)

    def rate(label: str, share: Callable[[Amounts], int]) -> Sequence[str]:
        written = [
            cell
            for _, so_far in cells
            for cell in (*(() if is_year else ("",)), format_percent(share(so_far), max(so_far.allocated_vnd, 0)))
        ]
        return (label, "%", *[cell.removesuffix(" %") for cell in written])

    planned, approved = _OF_YEAR
    return parts.report_table(
        columns,
        [
            money(planned, of_year=True),
            money(_GIVEN),
            money(approved, of_year=True),
            rate(APPROVED_RATE, approved[1]),
            *[money(each) for each in _SPENT[:4]],
            rate(DISBURSED_RATE, lambda each: each.disbursed_vnd),
            money(_SPENT[4]),
            money((LEFT, lambda each: each.allocated_vnd - each.disbursed_vnd), is_balance=True),
        ],
    )


def _so_far(dossier: PlanDossier, each: SourceMoney) -> Amounts:
    """Return the sums to the end of the period, with the year's budgets and approvals, which have no month."""
    so_far = each.until(dossier.period)
    return replace(so_far, planned_vnd=each.sums.planned_vnd, approved_vnd=each.sums.approved_vnd)


def balance_table(given: BalanceTable) -> Table:
    """Return a year's balances row by row and source by source, as the screen shows them, with their sums."""
    shown = _COLUMNS[1:] if given.view in (View.PLACE, View.PROJECT) else _COLUMNS  # these have no plan of their own
    columns = (
        tables.number_column(),
        tables.text_column(VIEW_LABELS[given.view], 48),
        tables.centred_column("Nguồn", 8),
        *[tables.amount_column(title, 10) for title, _ in shown],
        tables.amount_column("Tỷ lệ giải ngân (%)", 9),
    )
    every = [row.amounts for row in given.rows]
    unit = tables.unit_of(amount(each) for each in (*every, given.total) for _, amount in shown)
    rows = tables.numbered(
        (row.label, parts.SOURCE_COLUMNS.get(row.source, row.source), *_written(row.amounts, shown, unit))
        for row in given.rows
    )
    cells = dict(enumerate(_written(given.total, shown, unit), start=3))
    total = (tables.total_row(columns, "Tổng cộng", cells),) if rows else ()
    return parts.flowing(tables.table(columns, rows, totals=total, unit=unit))


_COLUMNS: Final[tuple[Line, ...]] = (
    ("Kế hoạch", lambda each: each.planned_vnd),
    ("Được giao", lambda each: each.allocated_vnd),
    ("Được duyệt", lambda each: each.approved_vnd),
    *_SPENT[:3],
    ("Đã giải ngân", lambda each: each.disbursed_vnd),
    ("Quyết toán", lambda each: each.settled_vnd),
    ("Còn lại", lambda each: each.left_vnd),
)


def _written(amounts: Amounts, shown: Sequence[Line], unit: str) -> Sequence[str]:
    return (*[tables.amount_cell(amount(amounts), unit) for _, amount in shown], amounts.rate.removesuffix(" %"))

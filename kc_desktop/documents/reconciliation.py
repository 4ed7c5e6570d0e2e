"""Bảng đối chiếu kinh phí: Mẫu số 10, Phụ lục 1 of TT 36/2013/TT-BCT (Điều 19 khoản 3).

The field list of the form itself was not seen. The first table holds the year's money by project as the ledger has it,
the approvals and contracts it rests on beside it; each statement of the treasury that was kept is then held against the
ledger, with what only one of the two knows. Amounts are whole đồng.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import Block, Orientation, Paper, Row, Table, Title, para
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.funding import ENTRY_KINDS, FundEntry, StatementLine
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.plan_dossier import PlanDossier, ReconciledProject
from kc_desktop.domain.reconciliation import Reconciliation

KIND: Final = "Bảng đối chiếu kinh phí"
DONG: Final = "đồng"
AGREES: Final = "Sổ kinh phí và sao kê kho bạc khớp nhau."


def build(dossier: PlanDossier) -> Paper:
    """Build the form; its day is written by hand."""
    return Paper(
        key="reconciliation",
        name=f"{KIND} {parts.source_name(dossier)} năm {dossier.plan.year}",
        author=dossier.office.name,
        head=parts.table_head(dossier),
        title=Title(kind=KIND, subject=f"{dossier.source_label} năm {dossier.plan.year}"),
        bases=dossier.bases,
        body=tuple(_body(dossier)),
        signatures=parts.table_signatures(dossier, "Kế toán trưởng", "Đại diện cơ quan quản lý kinh phí"),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _body(dossier: PlanDossier) -> Iterable[Block]:
    yield wording.labelled("Quyết định giao kế hoạch", parts.plan_decision(dossier).removeprefix("Quyết định "))
    yield wording.labelled("Cơ quan quản lý kinh phí", dossier.payer)
    sums = dossier.own_sums
    yield para(f"Vốn được giao: {format_vnd(sums.allocated_vnd)} đồng.", keep_with_next=True)
    yield parts.clause(1, "Kinh phí theo đề án")
    yield projects_table(dossier)
    for place, each in enumerate(dossier.statements, start=2):
        yield from _statement(place, each)


def projects_table(dossier: PlanDossier) -> Table:
    """Return the plan's money by project; its last row holds the sums of the plan's source."""
    columns = (
        tables.number_column(),
        tables.text_column("Đề án", 44),
        tables.text_column("Quyết định, hợp đồng", 26),
        tables.amount_column("Được duyệt", 9),
        tables.amount_column("Tạm ứng", 9),
        tables.amount_column("Thanh toán", 9),
        tables.amount_column("Hoàn trả", 9),
        tables.amount_column("Đã giải ngân", 9),
        tables.amount_column("Quyết toán", 9),
        tables.amount_column("Còn lại", 9),
    )
    rows = tables.numbered((each.row.label, _papers(each), *_amounts(each.row.amounts)) for each in dossier.reconciled)
    written = ("", "Tổng cộng", "", *_amounts(dossier.own_sums))
    total = (Row(cells=written, bold=True),) if rows else ()
    return parts.flowing(tables.table(columns, rows, totals=total, unit=DONG))


def _amounts(amounts: Amounts) -> Sequence[str]:
    return tuple(
        format_vnd(each)
        for each in (
            amounts.approved_vnd,
            amounts.advanced_vnd,
            amounts.paid_vnd,
            amounts.refunded_vnd,
            amounts.disbursed_vnd,
            amounts.settled_vnd,
            amounts.left_vnd,
        )
    )


def _decision(each: ReconciledProject) -> str:
    project = each.project
    if project is None:
        return ""
    number, day = (
        (project.adjustment_number, project.adjusted_on)
        if project.adjusted_vnd is not None and project.adjustment_number
        else (project.approval_number, project.approved_on)
    )
    return _number_and_day(number, tables.day_cell(day))


def _papers(each: ReconciledProject) -> str:
    """Return the decision and the contracts a project's money rests on, one a line."""
    contracts = [_number_and_day(one.number, tables.day_cell(one.signed_on)) for one in each.contracts]
    return "\n".join(line for line in (_decision(each), *contracts) if line)


def _number_and_day(number: str, day: str) -> str:
    return " ngày ".join(part for part in (number.strip(), day) if part) if number.strip() else day


# --- against the treasury ---


def _statement(place: int, given: Reconciliation) -> Iterable[Block]:
    span = " đến ".join(format_date(day) for day in (given.statement.from_day, given.statement.to_day) if day)
    title = f"Đối chiếu với sao kê kho bạc {given.statement.name}"
    yield parts.clause(place, f"{title} (từ {span})" if span else title)
    yield _sides(given)
    if not given.only_in_ledger and not given.only_in_statement:
        yield para(AGREES)
        return
    if given.only_in_ledger:
        yield para("Có trong sổ kinh phí, không có trong sao kê:", keep_with_next=True)
        yield _entries(given.only_in_ledger)
    if given.only_in_statement:
        yield para("Có trong sao kê, không có trong sổ kinh phí:", keep_with_next=True)
        yield _lines(given.only_in_statement)


def _sides(given: Reconciliation) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 40),
        tables.amount_column("Theo sổ kinh phí", 18),
        tables.amount_column("Theo sao kê kho bạc", 18),
        tables.amount_column("Chênh lệch", 18),
    )
    pairs = (
        ("Chi (tạm ứng, thanh toán)", given.ledger_out_vnd, given.statement_out_vnd),
        ("Thu lại (hoàn trả)", given.ledger_in_vnd, given.statement_in_vnd),
        (
            "Đã giải ngân (chi - thu lại)",
            given.ledger_out_vnd - given.ledger_in_vnd,
            given.statement_out_vnd - given.statement_in_vnd,
        ),
    )
    return tables.table(
        columns,
        tables.numbered(
            (label, format_vnd(ledger), format_vnd(treasury), format_vnd(ledger - treasury))
            for label, ledger, treasury in pairs
        ),
        unit=DONG,
    )


def _entries(entries: Sequence[FundEntry]) -> Table:
    kinds = dict(ENTRY_KINDS)
    return _differences(
        "Đơn vị nhận",
        [
            (
                tables.day_cell(each.happened_on),
                each.document,
                kinds[each.kind],
                each.payee,
                format_vnd(each.amount_vnd),
            )
            for each in entries
        ],
    )


def _lines(lines: Sequence[StatementLine]) -> Table:
    return _differences(
        "Nội dung",
        [
            (
                tables.day_cell(each.happened_on),
                each.document,
                "Thu lại" if each.is_incoming else "Chi",
                each.content,
                format_vnd(each.amount_vnd),
            )
            for each in lines
        ],
    )


def _differences(words: str, cells: Sequence[Sequence[str]]) -> Table:
    columns = (
        tables.number_column(),
        tables.centred_column("Ngày", 12),
        tables.text_column("Số chứng từ", 16),
        tables.text_column("Loại", 14),
        tables.text_column(words, 40),
        tables.amount_column("Số tiền", 18),
    )
    return tables.table(columns, tables.numbered(cells), unit=DONG)

"""Báo cáo khối lượng hoàn thành và kinh phí thực hiện hợp đồng: Mẫu số 3b, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 13 khoản 3, Điều 14 and Điều 23 khoản 3 điểm b ask for it once the work is done, Điều 21 khoản 4 for the Sở's
confirmation. The field list of the form itself was not seen: the paper sets what was carried out beside the estimate
that was approved, by source, then the ledger's sums and the results. Where nothing is written down of what a line
really cost, its cells are left to be filled in by hand, and the support that was settled comes from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.estimate import done_amounts, done_totals, estimate_totals, line_amounts
from kc_desktop.documents.paper import (
    Block,
    Column,
    Heading,
    HeadingLevel,
    Orientation,
    Paper,
    Signatures,
    Table,
    Title,
    closed,
    para,
)
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Báo cáo"
SUBJECT: Final = "Khối lượng hoàn thành và kinh phí thực hiện hợp đồng"
SOURCES_OF_MONEY: Final = ("Tổng", "Khuyến công", "Đơn vị thụ hưởng", "Nguồn khác")
SETTLED_COLUMN: Final = 10


def build(dossier: ProjectDossier) -> Paper:
    """Build the report; its day is that of the acceptance's papers, when they are sent."""
    return Paper(
        key="completion-report",
        name=f"{SUBJECT} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "BC", parts.paper_day("completion-report", dossier)),
        title=Title(kind=KIND, subject=SUBJECT),
        addressees=parts.addressees(dossier),
        body=(
            _clause("1", "Thông tin về đề án"),
            *parts.facts(dossier),
            *parts.decided_facts(dossier),
            _clause("2", "Khối lượng hoàn thành và kinh phí thực hiện"),
            work_and_money_table(dossier),
            _clause("3", f"Kinh phí {parts.support_name(dossier.project)} theo sổ"),
            parts.ledger_table(dossier),
            _clause("4", "Kết quả, hiệu quả trước và sau hỗ trợ"),
            parts.impact_table(dossier, dossier.impacts),
            *_request(dossier),
        ),
        signatures=Signatures(
            signers=(parts.confirmer(dossier), parts.office_signer(dossier)),
            recipients=parts.office_recipients(dossier),
        ),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _clause(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.CLAUSE, number=number, title=title)


def columns_of_work() -> tuple[Column, ...]:
    """Return the columns that set what was carried out beside the estimate, by source of money."""
    return (
        tables.number_column(),
        tables.text_column("Nội dung chi", 26),
        tables.centred_column("ĐVT", 8),
        *[tables.amount_column(title, 8, group="Khối lượng") for title in ("Dự toán", "Thực hiện")],
        *[tables.amount_column(title, 12, group="Kinh phí theo dự toán") for title in SOURCES_OF_MONEY],
        *[tables.amount_column(title, 12, group="Kinh phí thực hiện") for title in SOURCES_OF_MONEY],
        tables.text_column("Ghi chú", 9),
    )


def work_and_money_table(dossier: ProjectDossier) -> Table:
    """Return the table of what was carried out beside the estimate."""
    totals = estimate_totals(dossier)
    settled = dossier.money.settled_vnd
    lines = dossier.estimate
    every = [amount for line in lines for amount in (*line_amounts(line), *done_amounts(line))]
    unit = tables.unit_of((*every, *totals, settled))
    columns = columns_of_work()
    rows = tables.numbered(
        (
            line.content,
            line.unit,
            tables.quantity_cell(line.quantity),
            tables.quantity_cell(line.done_quantity),
            *[tables.amount_cell(amount, unit) for amount in line_amounts(line)],
            *[tables.amount_cell(amount, unit) for amount in done_amounts(line)],
            line.note,
        )
        for line in lines
    )
    cells = {place: tables.amount_cell(amount, unit) for place, amount in enumerate(totals, start=5) if any(totals)}
    cells |= {place: tables.amount_cell(amount, unit) for place, amount in enumerate(done_totals(lines), start=9)}
    if settled and done_totals(lines)[1] is None:
        cells[SETTLED_COLUMN] = tables.amount_cell(settled, unit)
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)


def _request(dossier: ProjectDossier) -> Iterable[Block]:
    yield _clause("5", "Đề nghị")
    left = dossier.left_vnd
    asked = None if left is None else max(0, left)
    yield parts.money_line("Số kinh phí còn lại đề nghị tạm ứng, thanh toán", asked)
    yield para(closed("Đơn vị thực hiện cam đoan số liệu trên là đúng thực tế và chịu trách nhiệm về số liệu này"))

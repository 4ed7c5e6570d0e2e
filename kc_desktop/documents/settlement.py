"""Biểu chi tiết quyết toán kinh phí: Mẫu số 7, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 19 khoản 1 điểm c asks for it. The field list of the form itself was not seen: the form sets what is to be settled
beside the approved estimate, line by line and by source, and closes with the ledger's sums. Where nothing is written
down of what a line really cost, its cells are left to be filled in by hand, and the support is the ledger's.
"""

from __future__ import annotations

from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.estimate import done_amounts, done_totals, estimate_totals, line_amounts
from kc_desktop.documents.paper import Orientation, Paper, Signatures, Signer, Table, Title, para
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Biểu chi tiết quyết toán kinh phí"
SOURCES_OF_MONEY: Final = ("Tổng", "Khuyến công", "Đơn vị thụ hưởng", "Nguồn khác")
_FIRST_PLANNED, _SETTLED_SUPPORT = 3, 8


def build(dossier: ProjectDossier) -> Paper:
    """Build the form; its day is that of the settlement."""
    return Paper(
        key="settlement-detail",
        name=f"{KIND} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.table_head(dossier, parts.paper_day("settlement-detail", dossier)),
        title=Title(kind=KIND, subject=f"Đề án: {dossier.project.name}"),
        body=(
            parts.decision_line(dossier),
            _table(dossier),
            para("Tình hình kinh phí theo sổ:", keep_with_next=True),
            parts.ledger_table(dossier),
            parts.money_line("Số kinh phí khuyến công đề nghị quyết toán", to_settle(dossier)),
        ),
        signatures=table_signatures(dossier),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def to_settle(dossier: ProjectDossier) -> int | None:
    """Return the support to be settled: what the ledger records as settled, before that what was disbursed.

    None while nothing went out.
    """
    money = dossier.money
    return money.settled_vnd or money.disbursed_vnd or None


def table_signatures(dossier: ProjectDossier) -> Signatures:
    """Return who signs a form of amounts: who drew it up, the accountant, the head of the office."""
    return Signatures(
        signers=(Signer(post=("Người lập biểu",)), Signer(post=("Kế toán trưởng",)), parts.office_signer(dossier))
    )


def _table(dossier: ProjectDossier) -> Table:
    totals = estimate_totals(dossier)
    settled = to_settle(dossier)
    every = [amount for line in dossier.estimate for amount in (*line_amounts(line), *done_amounts(line))]
    unit = tables.unit_of((*every, *totals, settled))
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung chi", 28),
        tables.centred_column("ĐVT", 8),
        *[tables.amount_column(title, 12, group="Dự toán được duyệt") for title in SOURCES_OF_MONEY],
        *[tables.amount_column(title, 12, group="Đề nghị quyết toán") for title in SOURCES_OF_MONEY],
        tables.text_column("Ghi chú", 10),
    )
    rows = tables.numbered(
        (
            line.content,
            line.unit,
            *[tables.amount_cell(amount, unit) for amount in line_amounts(line)],
            *[tables.amount_cell(amount, unit) for amount in done_amounts(line)],
            line.note,
        )
        for line in dossier.estimate
    )
    done = done_totals(dossier.estimate)
    cells = {place: tables.amount_cell(amount, unit) for place, amount in enumerate(done, _SETTLED_SUPPORT - 1)}
    if done[1] is None:
        cells[_SETTLED_SUPPORT] = tables.amount_cell(settled, unit)
    if any(totals):
        cells |= {place: wording.table_amount(amount, unit) for place, amount in enumerate(totals, _FIRST_PLANNED)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)

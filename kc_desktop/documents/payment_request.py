"""Biểu đề nghị thanh toán kinh phí: Mẫu số 9, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 18 khoản 3 and Điều 19 khoản 1 điểm b name it. The field list of the form itself was not seen: the form says what
was granted, what went out by the ledger and what is asked for, in figures and in words, and to whom it is paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import DOTS, Block, Paper, Table, Title, closed, para
from kc_desktop.documents.settlement import table_signatures
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Biểu đề nghị thanh toán kinh phí"


def build(dossier: ProjectDossier) -> Paper:
    """Build the request; its day is that of the payment's papers."""
    return Paper(
        key="payment-request",
        name=f"{KIND} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.table_head(dossier, parts.paper_day("payment-request", dossier)),
        title=Title(kind=KIND, subject=f"Đề án: {dossier.project.name}"),
        addressees=parts.addressees(dossier)[:1],
        body=(
            *_grounds(dossier),
            _table(dossier),
            parts.money_line("Số kinh phí đề nghị thanh toán", asked(dossier)),
            *_over(dossier),
            para(f"Đơn vị nhận: {dossier.office.name or DOTS}; số tài khoản: {DOTS * 2}; tại: {DOTS * 2}"),
            para(closed(f"Kính đề nghị {parts.addressees(dossier)[0]} xem xét, thanh toán")),
        ),
        signatures=table_signatures(dossier),
        is_sample=dossier.is_sample,
    )


def asked(dossier: ProjectDossier) -> int | None:
    """Return what may still be asked for: the granted support that has not gone out, never below 0."""
    left = dossier.left_vnd
    return None if left is None else max(0, left)


def _grounds(dossier: ProjectDossier) -> Iterable[Block]:
    accepted = dossier.day_of("accept")
    grounds = [parts.decision_text(dossier), *[parts.contract_text(each) for each in dossier.contracts]]
    if accepted is not None:
        grounds.append(f"Biên bản nghiệm thu cơ sở {wording.day_text(accepted)}")
    yield from parts.listed("Căn cứ", grounds)


def _over(dossier: ProjectDossier) -> Iterable[Block]:
    """Yield what must be given back when more went out than was granted (Điều 12 khoản 6)."""
    left = dossier.left_vnd
    if left is not None and left < 0:
        yield parts.money_line("Số kinh phí đã giải ngân vượt mức được duyệt, phải hoàn trả", -left)


def _table(dossier: ProjectDossier) -> Table:
    """Return the project's row, or a row for each of several beneficiaries over the project's total."""
    money, granted = dossier.money, dossier.granted_vnd
    shares = dossier.beneficiaries if len(dossier.beneficiaries) > 1 else ()
    amounts = (granted, money.advanced_vnd, money.paid_vnd, money.refunded_vnd, asked(dossier))
    unit = tables.unit_of((*amounts, *[each.share.support_vnd for each in shares]))
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 26),
        tables.amount_column("Kinh phí được duyệt"),
        *[tables.amount_column(title, group="Theo sổ") for title in ("Đã tạm ứng", "Đã thanh toán", "Đã hoàn trả")],
        tables.amount_column("Đề nghị thanh toán"),
        tables.text_column("Ghi chú", 8),
    )
    cells = [tables.amount_cell(amount, unit) for amount in amounts]
    if not shares:
        return tables.table(columns, tables.numbered([(dossier.project.name, *cells, "")]), unit=unit)
    rows = tables.numbered(
        (each.establishment.name, tables.amount_cell(each.share.support_vnd, unit), *[""] * 5) for each in shares
    )
    total = tables.total_row(columns, "Tổng cộng", dict(enumerate(cells, start=2)))
    return tables.table(columns, rows, totals=(total,), unit=unit)

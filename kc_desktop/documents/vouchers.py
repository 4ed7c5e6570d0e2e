"""Bảng kê chứng từ đề nghị quyết toán: Mẫu số 8a and 8b, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 19 khoản 1 điểm d asks for 8a, and for 8b with the money of other sources where the State supports a share of the
whole cost; Điều 17 says what a voucher is. The field lists of the two forms themselves were not seen. The vouchers of
the support are the entries of the ledger that still count, and their total is the ledger's own; vouchers of the
beneficiary's money are not recorded anywhere, so 8b leaves rows for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.paper import DOTS, Orientation, Paper, Paragraph, Row, Table, Title, para
from kc_desktop.documents.settlement import table_signatures
from kc_desktop.domain.funding import DISBURSING_KINDS, ENTRY_KINDS, FundEntry
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Bảng kê chứng từ đề nghị quyết toán"
OTHERS_SUBJECT: Final = "Gồm cả kinh phí của đơn vị thụ hưởng và nguồn khác"
_RETURNING: Final = "refund"
_MOVING: Final = (*DISBURSING_KINDS, _RETURNING)
_ROWS_FOR_OTHERS: Final = 5


def build(dossier: ProjectDossier) -> Paper:
    """Build the list of the support's vouchers (8a); of a project that others pay for as well, also the whole (8b)."""
    first = _paper(dossier, f"Đề án: {dossier.project.name}", _support_table(dossier), ())
    if not (dossier.project.own_vnd or dossier.project.other_vnd):
        return first
    shares = ((parts.OWN_LABEL, dossier.project.own_vnd), (parts.OTHER_LABEL, dossier.project.other_vnd))
    planned = tuple(parts.money_line(f"{label} theo đề án", amount) for label, amount in shares if amount)
    return replace(first, followed_by=(_paper(dossier, OTHERS_SUBJECT, _whole_table(dossier), planned),))


def moving_entries(dossier: ProjectDossier) -> tuple[FundEntry, ...]:
    """Return the entries that took money out or brought it back."""
    return tuple(each for each in dossier.entries if each.kind in _MOVING)


def signed_amount(entry: FundEntry) -> int:
    """Return what an entry adds to the money disbursed: below 0 for what came back."""
    return -entry.amount_vnd if entry.kind == _RETURNING else entry.amount_vnd


def _paper(dossier: ProjectDossier, subject: str, listed: Table, more: tuple[Paragraph, ...]) -> Paper:
    disbursed = dossier.money.disbursed_vnd if dossier.entries else None
    named = () if subject != OTHERS_SUBJECT else (para(f"Đề án: {dossier.project.name}."),)
    return Paper(
        key="voucher-list",
        name=f"{KIND} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.table_head(dossier, parts.paper_day("voucher-list", dossier)),
        title=Title(kind=KIND, subject=subject),
        body=(
            *named,
            listed,
            *more,
            parts.money_line("Tổng số kinh phí khuyến công đề nghị quyết toán", disbursed),
            para(f"Kèm theo {DOTS} chứng từ gốc."),
        ),
        signatures=table_signatures(dossier),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _content(entry: FundEntry) -> str:
    label = dict(ENTRY_KINDS)[entry.kind]
    return f"{label}: {entry.note.splitlines()[0]}" if entry.note.strip() else label


def _support_table(dossier: ProjectDossier) -> Table:
    entries = moving_entries(dossier)
    unit = tables.unit_of((*[each.amount_vnd for each in entries], dossier.money.disbursed_vnd))
    columns = (
        tables.number_column(),
        tables.text_column("Số chứng từ", 16),
        tables.centred_column("Ngày", 12),
        tables.text_column("Nội dung", 40),
        tables.text_column("Đơn vị nhận", 26),
        tables.centred_column("Loại, khoản", 10),
        tables.amount_column("Số tiền", 16),
        tables.text_column("Ghi chú", 12),
    )
    rows = tables.numbered(
        (
            each.document,
            tables.day_cell(each.happened_on),
            _content(each),
            each.payee,
            each.treasury_code,
            tables.amount_cell(signed_amount(each), unit),
            "",
        )
        for each in entries
    )
    total = tables.amount_cell(dossier.money.disbursed_vnd if entries else None, unit)
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", {6: total}, at=3),), unit=unit)


def _whole_table(dossier: ProjectDossier) -> Table:
    entries = moving_entries(dossier)
    unit = tables.unit_of((*[each.amount_vnd for each in entries], dossier.money.disbursed_vnd))
    columns = (
        tables.number_column(),
        tables.text_column("Số chứng từ", 14),
        tables.centred_column("Ngày", 12),
        tables.text_column("Nội dung", 36),
        tables.amount_column("Tổng", 14, group="Số tiền theo nguồn"),
        tables.amount_column("Khuyến công", 14, group="Số tiền theo nguồn"),
        tables.amount_column("Đơn vị thụ hưởng", 14, group="Số tiền theo nguồn"),
        tables.amount_column("Nguồn khác", 14, group="Số tiền theo nguồn"),
        tables.text_column("Ghi chú", 12),
    )
    rows: tuple[Row, ...] = tables.numbered(
        (
            each.document,
            tables.day_cell(each.happened_on),
            _content(each),
            *[tables.amount_cell(signed_amount(each), unit)] * 2,
            "",
            "",
            "",
        )
        for each in entries
    )
    by_hand = tables.blank_rows(columns, _ROWS_FOR_OTHERS, first=len(rows) + 1)
    total = tables.amount_cell(dossier.money.disbursed_vnd if entries else None, unit)
    listed = tables.table(
        columns,
        (*rows, *by_hand),
        totals=(tables.total_row(columns, "Tổng cộng", {5: total}, at=3),),
        unit=unit,
    )
    return replace(listed, for_handwriting=True)

"""Bảng thanh toán thù lao cộng tác viên khuyến công (NĐ 45/2012 Điều 10: the province sets the amounts).

No form of it was seen in our sources: the table says how each amount comes about, month by month's base salary, with
room to sign. Amounts are whole đồng, for this is what is paid out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    Block,
    Column,
    Orientation,
    Paper,
    Row,
    Signatures,
    Signer,
    StateHead,
    Table,
    Title,
    or_dots,
    para,
)
from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.network import Remuneration, RemunerationDossier, RemunerationLine, months_words, span_words

KIND: Final = "Bảng thanh toán thù lao"
DONG: Final = "đồng"


def build(dossier: RemunerationDossier) -> Paper:
    """Build the list; its day is that of the payment, before it left to be written by hand."""
    office, listed = dossier.office, dossier.listed
    span = span_words(listed.first_month, listed.last_month)
    return Paper(
        key="remuneration-list",
        name=f"{KIND} {listed.name}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            place_date=wording.place_and_date(office.place, listed.paid_on),
        ),
        title=Title(kind=KIND, subject=f"Cộng tác viên khuyến công {span}"),
        body=tuple(_body(dossier)),
        signatures=Signatures(
            signers=(
                Signer(post=("Người lập bảng",)),
                Signer(post=("Kế toán trưởng",)),
                wording.signer_block(dossier.signer, post="Giám đốc"),
            )
        ),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _body(dossier: RemunerationDossier) -> Iterable[Block]:
    if dossier.citations:
        yield para(f"Mức thù lao theo: {'; '.join(each.rstrip('.; ') for each in dossier.citations)}.")
    if dossier.listed.document.strip():
        yield wording.labelled("Chứng từ", dossier.listed.document)
    yield _table(dossier)
    people = len({each.person.id for each in dossier.lines})
    yield para(
        f"Tổng số tiền: {format_vnd(dossier.total_vnd)} đồng (Bằng chữ: {in_words(dossier.total_vnd)}), "
        f"chi cho {people:02d} người."
    )


def _table(dossier: RemunerationDossier) -> Table:
    """Return a row for the months of a person that are paid alike; only a person's first row names and sums them."""
    grouped = [list(same) for _id, same in itertools.groupby(dossier.lines, key=lambda each: each.person.id)]
    has_sums = any(len(same) > 1 for same in grouped)
    has_accounts = any(each.account for each in dossier.lines)
    columns = tuple(_columns(has_sums=has_sums, has_accounts=has_accounts))
    rows = tuple(
        Row(cells=tuple(_cells(place, line, same, has_sums=has_sums, has_accounts=has_accounts)))
        for place, same in enumerate(grouped, start=1)
        for line in same
    )
    total = format_vnd(dossier.total_vnd)
    sums = {_AMOUNT: total, **({_AMOUNT + 1: total} if has_sums else {})}
    return Table(
        columns=columns,
        rows=(*(rows or tables.blank_rows(columns)), tables.total_row(columns, "Tổng cộng", sums)),
        unit_note=f"Đơn vị tính: {DONG}",
        for_handwriting=True,
    )


_AMOUNT: Final = 8
"""The place of the column of a row's amount."""


def _columns(*, has_sums: bool, has_accounts: bool) -> Iterator[Column]:
    yield tables.number_column()
    yield tables.text_column("Họ và tên", 23)
    yield tables.centred_column("Cấp", 15)
    yield tables.centred_column("Tháng", 14)
    yield tables.centred_column("Số tháng", 8)
    yield tables.centred_column("Hệ số", 6)
    yield tables.amount_column("Lương cơ sở", 12)
    yield tables.amount_column("Mức một tháng", 12)
    yield tables.amount_column("Thành tiền", 13)
    if has_sums:
        yield tables.amount_column("Được nhận", 13)
    if has_accounts:
        yield tables.text_column("Số tài khoản, ngân hàng", 21)
    yield tables.centred_column("Ký nhận", 16)


def _cells(
    place: int, line: RemunerationLine, same: Sequence[RemunerationLine], *, has_sums: bool, has_accounts: bool
) -> Iterator[str]:
    is_first = line is same[0]
    level = describe(Remuneration).field("level").choice_label(line.level).partition(" (")[0]
    yield str(place) if is_first else ""
    yield line.person.name if is_first else ""
    yield level
    yield months_words(line.months)
    yield str(len(line.months))
    yield tables.quantity_cell(line.coefficient)
    yield "" if line.base_salary_vnd is None else format_vnd(line.base_salary_vnd)
    yield format_vnd(line.monthly_vnd)
    yield format_vnd(line.amount_vnd)
    if has_sums:
        yield format_vnd(sum(each.amount_vnd for each in same)) if is_first else ""
    if has_accounts:
        yield line.account if is_first else ""
    yield ""

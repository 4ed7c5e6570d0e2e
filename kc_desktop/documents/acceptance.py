"""Biên bản nghiệm thu cơ sở cho từng địa điểm: Mẫu số 5a, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 14 and Điều 19 ask for it, Điều 21 khoản 1 makes the Sở arrange it; TTLT 26/2014 Điều 8 khoản 3 điểm b wants the
work done with the beneficiary's own money accepted as well. The field list of the form itself was not seen: the paper
is laid out as minutes of a working visit are (parties, content, conclusion, as many signatures as there are parties),
one for each beneficiary. What was found on the spot is written in by hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kc_desktop.documents import parties, tables, wording
from kc_desktop.documents import project_parts as parts
from kc_desktop.documents.estimate import done_totals, estimate_totals
from kc_desktop.documents.paper import (
    BlankLines,
    CitizenHead,
    Heading,
    HeadingLevel,
    Paper,
    Signatures,
    Table,
    Title,
    closed,
    or_dots,
    para,
)
from kc_desktop.domain.project import Contract
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier

KIND: Final = "Biên bản nghiệm thu cơ sở"
ENDING: Final = (
    "Biên bản kết thúc vào hồi …… giờ …… phút cùng ngày, được lập thành …… bản có giá trị pháp lý như nhau; đã đọc lại "
    "cho mọi người cùng nghe, thống nhất và ký tên dưới đây"
)
_OPINION_LINES: Final = 3


def build(dossier: ProjectDossier) -> Paper:
    """Build the minutes, one after the other for each beneficiary; one to be filled in while there is none."""
    each = [_minutes(dossier, beneficiary) for beneficiary in dossier.beneficiaries] or [_minutes(dossier, None)]
    return replace(each[0], followed_by=tuple(each[1:]))


def _minutes(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> Paper:
    project = dossier.project
    came = parties.accepting_parties(dossier, beneficiary)
    place = beneficiary.establishment.address if beneficiary and len(dossier.beneficiaries) > 1 else project.place
    contract = contract_with(dossier, beneficiary)
    named = (beneficiary,) if beneficiary else ()
    return Paper(
        key="acceptance-minutes",
        name=f"{KIND} {beneficiary.establishment.name if beneficiary else project.name}",
        author=dossier.office.name,
        head=CitizenHead(),
        title=Title(kind=KIND, subject=f"Đề án: {project.name}"),
        bases=parts.bases(dossier, parts.contract_text(contract) if contract else ""),
        body=(
            para(f"Hôm nay, {wording.day_text(dossier.day_of('accept'))}, tại {or_dots(place)}, chúng tôi gồm:"),
            _section("I", "Thành phần tham gia"),
            *parties.party_blocks(came),
            _section("II", "Nội dung nghiệm thu"),
            _clause("1", "Thông tin về đề án"),
            *parts.facts(dossier, named),
            _clause("2", "Khối lượng thực hiện, gồm cả phần bằng vốn của đơn vị thụ hưởng"),
            _work_table(dossier, beneficiary),
            _clause("3", "Kinh phí"),
            _money_table(dossier, beneficiary),
            _clause("4", "Kết quả, hiệu quả"),
            parts.impact_table(dossier, [each for each in dossier.impacts if _is_of(each.establishment_id, named)]),
            _section("III", "Kết luận"),
            BlankLines(count=_OPINION_LINES),
            para(closed(ENDING)),
        ),
        signatures=Signatures(signers=tuple(party.signer for party in came)),
        is_sample=dossier.is_sample,
    )


def contract_with(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> Contract | None:
    """Return the latest contract with a beneficiary, else the project's only contract with somebody else."""
    own = beneficiary.share.establishment_id if beneficiary else 0
    with_it = [each for each in dossier.contracts if own and each.establishment_id == own]
    others = [each for each in dossier.contracts if each.establishment_id is None]
    if with_it:
        return with_it[-1]
    return others[0] if len(others) == 1 else None


def _is_of(establishment_id: int, named: tuple[Beneficiary, ...]) -> bool:
    return any(each.share.establishment_id == establishment_id for each in named)


def _section(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.SECTION, number=number, title=title)


def _clause(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.CLAUSE, number=number, title=title)


def _work_table(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> Table:
    """Return the lines of the estimate to be checked; of one place among several, rows to be written on."""
    lines = dossier.estimate if beneficiary is None or len(dossier.beneficiaries) == 1 else ()
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 36),
        tables.centred_column("ĐVT", 8),
        tables.amount_column("Theo dự toán", 12),
        tables.amount_column("Thực tế nghiệm thu", 13),
        tables.text_column("Nhận xét", 20),
    )
    rows = tables.numbered(
        (line.content, line.unit, tables.quantity_cell(line.quantity), tables.quantity_cell(line.done_quantity), "")
        for line in lines
    )
    return tables.table(columns, rows)


def _money_table(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> Table:
    support, own, other = _planned(dossier, beneficiary)
    is_alone = beneficiary is None or len(dossier.beneficiaries) == 1
    all_done, *done = done_totals(dossier.estimate if is_alone else ())
    unit = tables.unit_of((support, own, other, *done))
    columns = (
        tables.number_column(),
        tables.text_column("Nguồn kinh phí", 40),
        tables.amount_column("Theo đề án được duyệt", 22),
        tables.amount_column("Thực hiện đến ngày nghiệm thu", 22),
    )
    labels = (parts.SUPPORT_LABEL, parts.OWN_LABEL, parts.OTHER_LABEL)
    rows = tables.numbered(
        (label, tables.amount_cell(amount, unit), tables.amount_cell(spent, unit))
        for label, amount, spent in zip(labels, (support, own, other), done, strict=True)
    )
    known = [amount for amount in (support, own, other) if amount is not None]
    total = tables.amount_cell(sum(known), unit) if known else ""
    cells = {2: total, 3: tables.amount_cell(all_done, unit)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)


def _planned(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> tuple[int | None, int | None, int | None]:
    """Return support, own and other money: the project's for its only beneficiary, the share of one of several."""
    if beneficiary is not None and len(dossier.beneficiaries) > 1:
        return beneficiary.share.support_vnd, beneficiary.share.own_vnd, None
    totals = estimate_totals(dossier)
    if not any(totals):
        return None, None, None
    granted = dossier.granted_vnd
    return (totals[1] if granted is None else granted), totals[2], totals[3]

"""Biên bản thanh lý hợp đồng: Mẫu số 6, Phụ lục 1 of TT 36/2013/TT-BCT, one for each contract.

Điều 18 asks for it after the acceptance and Điều 12 khoản 6 for the return of what was advanced and not used. The
field list of the form itself was not seen: the paper names the contract, its parties, what was done, and how the money
stands. The ledger knows projects, not contracts, so its sums are printed only on a project's one contract with its
beneficiary and its one contract with somebody else; of several of a kind they are left to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import parties, tables, wording
from kc_desktop.documents import project_parts as parts
from kc_desktop.documents.paper import (
    DOTS,
    Block,
    Heading,
    HeadingLevel,
    Paper,
    Signatures,
    StateHead,
    Table,
    Title,
    bold,
    closed,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.documents.parties import Party
from kc_desktop.domain.project import Contract
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier

KIND: Final = "Biên bản thanh lý hợp đồng"
ENDING: Final = (
    "Hợp đồng được thanh lý kể từ ngày ký biên bản này. Biên bản được lập thành …… bản có giá trị pháp lý như nhau, "
    "mỗi bên giữ …… bản"
)
_SIDES: Final = "ABCDEF"


def build(dossier: ProjectDossier) -> Paper:
    """Build the minutes, one after the other for each contract; one to be filled in while there is none."""
    each = [_minutes(dossier, contract) for contract in dossier.contracts] or [_minutes(dossier, None)]
    return replace(each[0], followed_by=tuple(each[1:]))


def _minutes(dossier: ProjectDossier, contract: Contract | None) -> Paper:
    office = dossier.office
    sides = _sides(dossier, contract)
    day = contract.liquidated_on if contract else None
    number = contract.liquidation_number if contract else ""
    accepted = dossier.day_of("accept")
    return Paper(
        key="contract-liquidation",
        name=f"{KIND} {contract.number if contract else ''}".strip(),
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            number=parts.typed_number(number) or wording.number_and_symbol(None, wording.symbol_of("BB", office)),
        ),
        title=Title(kind=KIND, subject=f"Đề án: {dossier.project.name}"),
        bases=parts.bases(
            dossier,
            parts.contract_text(contract),
            f"Biên bản nghiệm thu cơ sở {wording.day_text(accepted)}",
        ),
        body=(
            para(f"Hôm nay, {wording.day_text(day)}, tại {DOTS * 3}, chúng tôi gồm:"),
            *_side_blocks(sides),
            para(
                f"{_together(sides)} thống nhất thanh lý {parts.contract_text(contract)} như sau:", keep_with_next=True
            ),
            _article("1", "Kết quả thực hiện hợp đồng"),
            *_results(dossier, contract),
            _article("2", "Giá trị hợp đồng và thanh toán"),
            _money_table(dossier, contract),
            wording.in_words_line(_left(dossier, contract)),
            _article("3", "Điều khoản chung"),
            para(f"{_together(sides)} làm nốt việc thanh toán, hoàn trả nêu ở Điều 2, nếu còn."),
            para(closed(ENDING)),
        ),
        signatures=Signatures(
            signers=tuple(
                replace(side.signer, post=(f"Đại diện bên {letter}",), note=f"({side.body})")
                for letter, side in zip(_SIDES, sides, strict=False)
            )
        ),
        is_sample=dossier.is_sample,
    )


def _sides(dossier: ProjectDossier, contract: Contract | None) -> tuple[Party, ...]:
    """Return who signed: somebody who assigns the work, the office, and the beneficiary, as the contract names them."""
    office = parties.office_party(dossier)
    beneficiary = _beneficiary_of(dossier, contract)
    other = contract.party.strip() if contract else ""
    assigns = (Party(body=other),) if other else ()
    benefits = (parties.beneficiary_party(beneficiary),) if beneficiary or not other else ()
    return (*assigns, office, *benefits)


def _beneficiary_of(dossier: ProjectDossier, contract: Contract | None) -> Beneficiary | None:
    wanted = contract.establishment_id if contract else None
    return next((each for each in dossier.beneficiaries if each.share.establishment_id == wanted), None)


def _together(sides: Sequence[Party]) -> str:
    return "Hai bên" if len(sides) == 2 else "Các bên"


def _article(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.ARTICLE, number=number, title=title)


def _side_blocks(sides: Sequence[Party]) -> Iterable[Block]:
    for letter, side in zip(_SIDES, sides, strict=False):
        yield para(bold(f"Bên {letter}: {side.body}"), keep_with_next=True)
        yield para(f"Đại diện: {parties.person_line(side.honorific_name, side.post)}")
        yield wording.labelled("Địa chỉ", side.address)
        yield wording.labelled("Mã số thuế", side.tax_code)


def _results(dossier: ProjectDossier, contract: Contract | None) -> Iterable[Block]:
    goals = " ".join(dossier.project.scale.split()) or " ".join(dossier.project.goals.split())
    yield para(f"Nội dung thực hiện: {sentence_end(goals, '.') if goals else DOTS * 4}")
    accepted = dossier.day_of("accept")
    yield para(f"Nghiệm thu cơ sở: {wording.day_text(accepted)}{'.' if accepted else ''}")
    ends = contract.ends_on if contract else None
    yield para(f"Thời hạn theo hợp đồng: {wording.day_text(ends)}{'.' if ends else ''}")


def _has_the_ledgers_sums(dossier: ProjectDossier, contract: Contract | None) -> bool:
    if contract is None:
        return False
    is_with_establishment = contract.establishment_id is not None
    alike = [each for each in dossier.contracts if (each.establishment_id is not None) == is_with_establishment]
    return len(alike) == 1 and (not is_with_establishment or len(dossier.beneficiaries) <= 1)


def _support(dossier: ProjectDossier, contract: Contract | None) -> int | None:
    if contract is not None and contract.support_vnd is not None:
        return contract.support_vnd
    return dossier.granted_vnd if _has_the_ledgers_sums(dossier, contract) else None


def _left(dossier: ProjectDossier, contract: Contract | None) -> int | None:
    support = _support(dossier, contract)
    if support is None or not _has_the_ledgers_sums(dossier, contract):
        return None
    return abs(support - dossier.money.disbursed_vnd)


def _money_table(dossier: ProjectDossier, contract: Contract | None) -> Table:
    support, money = _support(dossier, contract), dossier.money
    is_known = _has_the_ledgers_sums(dossier, contract)
    is_over = is_known and support is not None and support < money.disbursed_vnd
    lines: list[tuple[str, int | None]] = [
        ("Giá trị hợp đồng", contract.amount_vnd if contract else None),
        (f"Trong đó kinh phí {parts.support_name(dossier.project)} hỗ trợ", support),
        ("Đã tạm ứng", money.advanced_vnd if is_known else None),
        ("Đã thanh toán", money.paid_vnd if is_known else None),
        ("Đã hoàn trả", money.refunded_vnd if is_known else None),
        ("Phải hoàn trả" if is_over else "Còn được thanh toán", _left(dossier, contract)),
    ]
    unit = tables.unit_of(amount for _, amount in lines)
    columns = (tables.number_column(), tables.text_column("Nội dung", 60), tables.amount_column("Số tiền", 24))
    rows = tables.numbered((label, tables.amount_cell(amount, unit)) for label, amount in lines)
    return tables.table(columns, rows, unit=unit)

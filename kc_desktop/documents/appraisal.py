"""Phiếu thẩm định cấp cơ sở: Mẫu số 4a and 4b, Phụ lục 1 of TT 36/2013/TT-BCT.

Điều 10 khoản 2 asks for the form, Điều 9 says what is appraised; TTLT 26/2014/TTLT-BTC-BCT Điều 7 sets the conditions
for support that a single object is held against. The field lists of the two forms themselves were not seen: the
papers hold what these articles require, and their wording is the constants below. 4a is on the project; 4b follows
for each establishment the project names ("theo đối tượng cụ thể").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Bullets,
    Heading,
    HeadingLevel,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Title,
    para,
    sentence_end,
)
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier

KIND: Final = "Phiếu thẩm định cấp cơ sở"
CRITERIA: Final = (
    "Mức độ phù hợp của đề án với các nguyên tắc lập đề án khuyến công (Điều 4 Thông tư số 36/2013/TT-BCT)",
    "Mục tiêu, sự cần thiết và hiệu quả của đề án; tính hợp lý về sử dụng kinh phí, nguồn lực và cơ sở vật chất, kỹ "
    "thuật khác",
    "Năng lực của đơn vị thực hiện, đơn vị phối hợp, đơn vị thụ hưởng",
    "Khả năng kết hợp, lồng ghép với các dự án, chương trình mục tiêu khác",
    "Sự phù hợp và đầy đủ của hồ sơ, tài liệu của đề án",
)
"""What is appraised, in the words of Điều 9 TT 36/2013."""
CONDITIONS: Final = (
    "Nội dung và ngành nghề phù hợp với Điều 4 và Điều 5 Nghị định số 45/2012/NĐ-CP",
    "Nhiệm vụ, đề án được cơ quan có thẩm quyền phê duyệt",
    "Đã đầu tư vốn hoặc cam kết đầu tư đủ kinh phí thực hiện đề án (sau khi trừ số kinh phí được ngân sách nhà nước "
    "hỗ trợ)",
    "Cam kết chưa được hỗ trợ từ bất kỳ nguồn kinh phí nào của Nhà nước cho cùng một nội dung chi",
    "Năng lực của đơn vị thụ hưởng",
)
"""What one establishment is held against: Điều 7 TTLT 26/2014, and Điều 9 khoản 3 TT 36/2013."""
DOSSIER_STEPS: Final = ("", "receive", "survey", "submit", "resubmit", "register")
"""Steps whose papers lie before the appraisers."""
_OPINION_LINES: Final = 3


def build(dossier: ProjectDossier) -> Paper:
    """Build the form on the project (4a), followed by one on each beneficiary (4b)."""
    each = [_on_beneficiary(dossier, beneficiary) for beneficiary in dossier.beneficiaries]
    return replace(_on_project(dossier), followed_by=tuple(each))


def _paper(dossier: ProjectDossier, subject: str, body: Iterable[Block]) -> Paper:
    project = dossier.project
    return Paper(
        key="appraisal-form",
        name=f"{KIND} {subject}",
        author=dossier.office.parent_name or dossier.office.name,
        head=parts.authority_head(dossier, parts.paper_day("appraisal-form", dossier), number=project.appraisal_number),
        title=Title(kind=KIND, subject=subject),
        bases=dossier.bases,
        body=tuple(body),
        signatures=Signatures(
            signers=(Signer(post=("Người thẩm định",)), Signer(post=("Giám đốc",))),
            recipients=(dossier.office.name or DOTS, "Lưu: VT"),
        ),
        is_sample=dossier.is_sample,
    )


def _on_project(dossier: ProjectDossier) -> Paper:
    project = dossier.project
    return _paper(
        dossier,
        f"Đề án: {project.name}",
        (
            _section("I", "Thông tin về đề án"),
            *parts.facts(dossier),
            _section("II", "Kinh phí"),
            _money_table(project.requested_vnd, project.own_vnd, project.other_vnd, project.appraised_vnd),
            _section("III", "Nội dung thẩm định"),
            _opinion_table("Nội dung thẩm định", CRITERIA),
            _section("IV", "Hồ sơ, tài liệu"),
            _papers_table(dossier),
            *_conclusion("V", dossier, project.appraised_vnd),
        ),
    )


def _on_beneficiary(dossier: ProjectDossier, beneficiary: Beneficiary) -> Paper:
    share = beneficiary.share
    is_only = len(dossier.beneficiaries) == 1
    return _paper(
        dossier,
        f"Đơn vị thụ hưởng: {beneficiary.establishment.name}",
        (
            wording.labelled("Đề án", dossier.project.name),
            _section("I", "Thông tin về đơn vị thụ hưởng"),
            *parts.establishment_facts(beneficiary),
            _section("II", "Kinh phí"),
            _money_table(share.support_vnd, share.own_vnd, None, None),
            _section("III", "Điều kiện được hỗ trợ"),
            _opinion_table("Điều kiện", CONDITIONS),
            *_conclusion("IV", dossier, dossier.project.appraised_vnd if is_only else None),
        ),
    )


def _section(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.SECTION, number=number, title=title)


def _money_table(support: int | None, own: int | None, other: int | None, appraised: int | None) -> Table:
    amounts = [support, own, other] if support or own or other else [support, None, None]
    known = [amount for amount in amounts if amount is not None]
    unit = tables.unit_of((*amounts, appraised))
    columns = (
        tables.number_column(),
        tables.text_column("Nguồn kinh phí", 45),
        tables.amount_column("Đề nghị", 20),
        tables.amount_column("Thẩm định", 20),
    )
    labels = (parts.SUPPORT_LABEL, parts.OWN_LABEL, parts.OTHER_LABEL)
    rows = tables.numbered(
        (label, tables.amount_cell(amount, unit), tables.amount_cell(appraised if place == 0 else None, unit))
        for place, (label, amount) in enumerate(zip(labels, amounts, strict=True))
    )
    total = "" if support is None else tables.amount_cell(sum(known), unit)
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", {2: total}),), unit=unit)


def _opinion_table(title: str, lines: Sequence[str]) -> Table:
    columns = (tables.number_column(), tables.text_column(title, 50), tables.text_column("Ý kiến thẩm định", 35))
    return Table(columns=columns, rows=tables.numbered((line, "") for line in lines), for_handwriting=True)


def _papers_table(dossier: ProjectDossier) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Giấy tờ", 55),
        tables.centred_column("Ngày nhận", 16),
        tables.text_column("Ghi chú", 20),
    )
    rows: tuple[Row, ...] = tables.numbered(
        (
            each.name if each.is_required else f"{each.name} (nếu có)",
            tables.day_cell(each.received_on) or ("Chưa có" if each.is_required else ""),
            each.note,
        )
        for each in dossier.checklist
        if each.step in DOSSIER_STEPS
    )
    return tables.table(columns, rows)


def _conclusion(number: str, dossier: ProjectDossier, appraised_vnd: int | None) -> Iterable[Block]:
    yield _section(number, "Kết luận và kiến nghị")
    yield parts.money_line("Mức hỗ trợ đề nghị", appraised_vnd)
    if dossier.warnings:
        yield para("Điều cần lưu ý về mức hỗ trợ:", keep_with_next=True)
        yield Bullets(items=tuple(sentence_end(each, ".") for each in dossier.warnings))
    yield BlankLines(count=_OPINION_LINES)

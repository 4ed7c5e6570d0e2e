"""Bảng đối chiếu hỗ trợ trùng: what proves that an establishment had state money for the same content at the same time.

TTLT 26/2014/TTLT-BTC-BCT Điều 7 khoản 4 makes it a condition of support that no state money was given for the same
spending content. No form of such a table is in our sources; this one names the projects, their time, money, contracts
and vouchers as the file knows them, and leaves the judgement to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import project_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    BlankLines,
    Block,
    Heading,
    HeadingLevel,
    Orientation,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Title,
    closed,
    para,
)
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.double_support import SAME_CONTENT_CITATION, DoubleSupport
from kc_desktop.domain.funding import ENTRY_KINDS, FundEntry
from kc_desktop.domain.project_dossier import ProjectDossier

KIND: Final = "Bảng đối chiếu hỗ trợ trùng"
_NOTHING: Final = "Không thấy đề án nào khác đã hỗ trợ cùng nội dung cho đơn vị thụ hưởng trong thời gian này"
_OPINION_LINES: Final = 3


def build(dossier: ProjectDossier) -> Paper:
    """Build the table of the other projects, what proves them, and room for an opinion."""
    found = dossier.double_support
    return Paper(
        key="double-support-evidence",
        name=f"{KIND} {dossier.project.name}",
        author=dossier.office.name,
        head=parts.table_head(dossier, None),
        title=Title(kind=KIND, subject=f"Đề án: {dossier.project.name}"),
        body=(
            para(
                f"Căn cứ đối chiếu: {SAME_CONTENT_CITATION}, chưa được hỗ trợ từ bất kỳ nguồn kinh phí nào của Nhà "
                "nước cho cùng một nội dung chi."
            ),
            _clause("1", "Đề án đang xét"),
            *parts.facts(dossier),
            wording.labelled("Nội dung hoạt động", dossier.content_label.lstrip("0123456789. ")),
            _clause("2", "Đề án khác đã hỗ trợ"),
            *([_projects_table(found)] if found else [para(f"{_NOTHING}.")]),
            *_proofs(found),
            _clause("3", "Ý kiến"),
            BlankLines(count=_OPINION_LINES),
            para(closed("Bảng này lập từ dữ liệu của đơn vị; hỗ trợ từ nguồn không ghi trong tệp phải xác minh riêng")),
        ),
        signatures=Signatures(signers=(Signer(post=("Người đối chiếu",)), parts.office_signer(dossier))),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _clause(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.CLAUSE, number=number, title=title)


def _projects_table(found: Sequence[DoubleSupport]) -> Table:
    unit = tables.unit_of(amount for each in found for amount in (each.approved_vnd, each.disbursed_vnd))
    columns = (
        tables.number_column(),
        tables.text_column("Đơn vị thụ hưởng", 20),
        tables.text_column("Đề án", 30),
        tables.text_column("Nguồn", 12),
        tables.text_column("Nội dung", 22),
        tables.centred_column("Thời gian", 14),
        tables.text_column("Quyết định", 14),
        tables.amount_column("Được duyệt", 13),
        tables.amount_column("Đã giải ngân", 13),
    )
    rows = tables.numbered(
        (
            f"{each.establishment_name}\n(MST {each.tax_code})" if each.tax_code else each.establishment_name,
            each.project.name,
            each.source_label,
            each.norm_name or each.content_label.lstrip("0123456789. "),
            f"{format_date(each.first_day)} - {format_date(each.last_day)}",
            _decision(each),
            tables.amount_cell(each.approved_vnd, unit),
            tables.amount_cell(each.disbursed_vnd, unit),
        )
        for each in found
    )
    return tables.table(columns, rows, unit=unit)


def _decision(each: DoubleSupport) -> str:
    number, day = each.project.approval_number.strip(), tables.day_cell(each.project.approved_on)
    return " ngày ".join(part for part in (number, day) if part)


def _proofs(found: Sequence[DoubleSupport]) -> Iterable[Block]:
    """Yield one table of contracts and vouchers, each project's under its name; nothing where there are none."""
    rows: list[Row] = []
    amounts = [amount for each in found for _, _, _, amount in _papers_of(each)]
    unit = tables.unit_of(amounts)
    for each in found:
        papers = list(_papers_of(each))
        if papers:
            rows.append(Row(cells=(each.project.name, "", "", ""), bold=True, spans=True))
        rows += [
            Row(cells=(what, number, day, tables.amount_cell(amount, unit))) for what, number, day, amount in papers
        ]
    if not rows:
        return
    columns = (
        tables.text_column("Chứng cứ", 40),
        tables.text_column("Số", 24),
        tables.centred_column("Ngày", 14),
        tables.amount_column("Số tiền", 18),
    )
    yield para("Chứng cứ của các đề án trên:", keep_with_next=True)
    yield tables.table(columns, rows, unit=unit)


def _papers_of(each: DoubleSupport) -> Iterable[tuple[str, str, str, int | None]]:
    for contract in each.contracts:
        amount = contract.support_vnd if contract.support_vnd is not None else contract.amount_vnd
        yield "Hợp đồng", contract.number, tables.day_cell(contract.signed_on), amount
    for entry in each.entries:
        yield _entry_text(entry), entry.document, tables.day_cell(entry.happened_on), entry.amount_vnd


def _entry_text(entry: FundEntry) -> str:
    return ": ".join(part for part in (dict(ENTRY_KINDS)[entry.kind], entry.payee) if part)

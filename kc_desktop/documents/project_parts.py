"""What the papers of one project share: heads, facts, decisions and contracts, who asks and who signs, the money.

Amounts of the ledger are those of `Amounts`, the sums every screen shows; nothing is added up a second way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import DOTS, Block, Paragraph, Signer, StateHead, Table, or_dots, para, sentence_end
from kc_desktop.domain.establishment import ESTABLISHMENT_KINDS, Establishment
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Contract, Impact, Project
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier

SUPPORT_NAMES: Final = {"KCQG": "khuyến công quốc gia", "KCDP": "khuyến công địa phương"}
SUPPORT_LABEL: Final = "Kinh phí khuyến công hỗ trợ"
OWN_LABEL: Final = "Đóng góp của đơn vị thụ hưởng"
OTHER_LABEL: Final = "Nguồn khác"
_STEP_OF: Final = {
    "completion-report": "advance_rest",
    "acceptance-minutes": "accept",
    "payment-request": "pay",
    "settlement-detail": "settle",
    "voucher-list": "settle",
}
"""The step at whose day a paper is made."""
_COMMITTEE: Final = "Ủy ban nhân dân"
_PROVINCES: Final = ("tỉnh ", "thành phố ")


def support_name(project: Project) -> str:
    """Return "khuyến công quốc gia" or "khuyến công địa phương"."""
    return SUPPORT_NAMES.get(project.source, SUPPORT_NAMES["KCDP"])


# --- heads ---


def office_head(dossier: ProjectDossier, kind: str, day: date | None, *, number: str = "") -> StateHead:
    """Return the head of a paper the office issues: its number as typed or dotted, its place, the day when known."""
    office = dossier.office
    return StateHead(
        parent=office.parent_name,
        body=or_dots(office.name),
        number=typed_number(number) or wording.number_and_symbol(None, wording.symbol_of(kind, office)),
        place_date=wording.place_and_date(office.place, day),
    )


def table_head(dossier: ProjectDossier, day: date | None) -> StateHead:
    """Return the head of a form that is a table ("Biểu", "Bảng kê"): the office's, without a number."""
    office = dossier.office
    return StateHead(
        parent=office.parent_name, body=or_dots(office.name), place_date=wording.place_and_date(office.place, day)
    )


def authority_head(dossier: ProjectDossier, day: date | None, *, number: str = "") -> StateHead:
    """Return the head of a paper that the office's parent body issues: its own parent is the province's committee."""
    office = dossier.office
    return StateHead(
        parent=committee_over(office.parent_name),
        body=or_dots(office.parent_name),
        number=typed_number(number) or wording.number_and_symbol(None, ""),
        place_date=wording.place_and_date(office.place, day),
    )


def committee_over(body: str) -> str:
    """Return the committee a department stands under, "Ủy ban nhân dân tỉnh …" out of "Sở Công Thương tỉnh …"."""
    folded = body.casefold()
    for word in _PROVINCES:
        place = folded.rfind(f" {word}")
        if place >= 0:
            return f"{_COMMITTEE} {body[place + 1 :]}"
    return f"{_COMMITTEE} {DOTS}"


def typed_number(number: str) -> str:
    """Return "Số: 12/BB-SCT" for a number somebody recorded; "" when none was."""
    stripped = number.strip()
    if not stripped:
        return ""
    return stripped if stripped.casefold().startswith("số") else f"Số: {stripped}"


def paper_day(key: str, dossier: ProjectDossier) -> date | None:
    """Return the day a kind of paper bears: that of the step it was made at; None where it is not known."""
    if key == "appraisal-form":
        return dossier.project.appraised_on
    if key == "progress-report":
        return dossier.progress[-1].reported_on if dossier.progress else None
    if key == "contract-liquidation":
        return dossier.contracts[-1].liquidated_on if dossier.contracts else None
    return dossier.day_of(_STEP_OF[key]) if key in _STEP_OF else None


# --- words about a project ---


def of_number(number: str, day: date | None) -> str:
    """Return "số 49/QĐ-SCT ngày 30 tháng 3 năm 2023", with dots for what is not known."""
    stripped = number.strip()
    if stripped.casefold().startswith("số "):
        stripped = stripped[3:].strip()
    return f"số {stripped or DOTS} {wording.day_text(day)}"


def decision_text(dossier: ProjectDossier) -> str:
    """Return the decision that approved the project, and the one that adjusted it; "" while there is none."""
    project = dossier.project
    parts = []
    if project.approval_number or project.approved_on:
        parts.append(f"Quyết định {of_number(project.approval_number, project.approved_on)}")
    if project.adjustment_number or project.adjusted_on:
        parts.append(f"Quyết định điều chỉnh {of_number(project.adjustment_number, project.adjusted_on)}")
    return "; ".join(parts)


def contract_text(contract: Contract | None) -> str:
    """Return "Hợp đồng số 05/HĐ-KC ngày 02 tháng 5 năm 2023", with dots for what is not known."""
    if contract is None:
        return f"Hợp đồng {of_number('', None)}"
    return f"Hợp đồng {of_number(contract.number, contract.signed_on)}"


def bases(dossier: ProjectDossier, *more: str) -> tuple[str, ...]:
    """Return the bases of a paper: the lines of law it cites, the project's decision, and what else it rests on."""
    decision = decision_text(dossier)
    own = [f"Căn cứ {decision}"] if decision else []
    return (*dossier.bases, *own, *[f"Căn cứ {each}" for each in more if each])


def month_text(month: str) -> str:
    """Return "tháng 4 năm 2023" for "2023-04"; the text itself when it is written otherwise."""
    year, _, number = month.strip().partition("-")
    if year.isdigit() and number.isdigit():
        return f"tháng {int(number)} năm {year}"
    return month.strip() or "tháng …… năm ……"


def span_text(project: Project) -> Paragraph:
    """Return the line of the time a project takes."""
    start, end = wording.day_text(project.starts_on), wording.day_text(project.ends_on)
    return para(f"Thời gian thực hiện: từ {start} đến {end}{'.' if project.ends_on else ''}")


def listed(label: str, items: Sequence[str]) -> Iterable[Block]:
    """Yield one line for one item, a list for several, dots for none."""
    items = [item.strip() for item in items if item.strip()]
    if len(items) < 2:
        yield para(f"{label}: {value_or_dots(''.join(items))}")
        return
    yield para(f"{label}:", keep_with_next=True)
    last = len(items) - 1
    for place, item in enumerate(items):
        yield para(f"- {sentence_end(item, '.' if place == last else ';')}")


def value_or_dots(text: str) -> str:
    """Return a value as a sentence's end, or dots to write over."""
    return sentence_end(text, ".") if text.strip() else DOTS * 2


def beneficiary_text(establishment: Establishment) -> str:
    """Return an establishment's name with its address."""
    address = establishment.address.strip()
    return f"{establishment.name} (địa chỉ: {address})" if address else establishment.name


def facts(dossier: ProjectDossier, beneficiaries: Sequence[Beneficiary] | None = None) -> Iterable[Block]:
    """Yield what every paper on a project begins with; of some beneficiaries only when they are given."""
    project = dossier.project
    named = dossier.beneficiaries if beneficiaries is None else beneficiaries
    yield wording.labelled("Tên đề án", project.name)
    yield wording.labelled("Đơn vị thực hiện", project.implementer or dossier.office.name)
    yield from listed("Đơn vị phối hợp", project.partners.splitlines())
    yield from listed("Đơn vị thụ hưởng", [beneficiary_text(each.establishment) for each in named])
    yield wording.labelled("Địa điểm thực hiện", project.place)
    yield span_text(project)


def decided_facts(dossier: ProjectDossier) -> Iterable[Block]:
    """Yield what came after the appraisal: the decision and the contracts."""
    yield decision_line(dossier)
    yield from listed(
        "Hợp đồng", [of_number(each.number, each.signed_on).removeprefix("số ") for each in dossier.contracts]
    )


def decision_line(dossier: ProjectDossier) -> Paragraph:
    """Return the line that names the decision on the project."""
    return wording.labelled("Quyết định phê duyệt", decision_text(dossier).removeprefix("Quyết định "))


def establishment_facts(beneficiary: Beneficiary | None) -> Iterable[Block]:
    """Yield an establishment's particulars, each a line; dots for what is not known."""
    establishment = beneficiary.establishment if beneficiary else Establishment(kind="")
    representative = beneficiary.representative if beneficiary else None
    yield wording.labelled("Tên đơn vị", establishment.name)
    yield wording.labelled("Loại hình", dict(ESTABLISHMENT_KINDS).get(establishment.kind, ""))
    yield wording.labelled("Mã số thuế", establishment.tax_code)
    yield wording.labelled("Địa chỉ", establishment.address)
    yield wording.labelled("Điện thoại", establishment.phone)
    if establishment.email:
        yield wording.labelled("Thư điện tử", establishment.email)
    yield wording.labelled("Người đại diện", representative.address_name if representative else "")
    yield wording.labelled("Chức vụ", establishment.representative_post)
    yield wording.labelled("Ngành nghề sản xuất", establishment.trade)
    yield wording.labelled("Số lao động", f"{establishment.workers} người" if establishment.workers is not None else "")
    yield wording.labelled("Vốn", vnd_text(establishment.capital_vnd))
    yield wording.labelled("Doanh thu năm trước", vnd_text(establishment.revenue_vnd))


def vnd_text(amount_vnd: int | None) -> str:
    """Return "150.000.000 đồng"; "" for an amount that is not known."""
    return f"{format_vnd(amount_vnd)} đồng" if amount_vnd is not None else ""


def money_line(label: str, amount_vnd: int | None) -> Paragraph:
    """Return an amount in figures and words after its label; dots for one that is not known."""
    if amount_vnd is None:
        return para(f"{label}: {DOTS} đồng (Bằng chữ: {DOTS * 3})")
    return para(f"{label}: {wording.money_text(amount_vnd)}.")


# --- who asks, who signs ---


def addressees(dossier: ProjectDossier) -> tuple[str, ...]:
    """Return whom a report goes to: the body that pays, and the office's parent body (TT 36/2013 Điều 23 khoản 3)."""
    bodies = [dossier.payer, dossier.office.parent_name] if dossier.project.source == "KCQG" else [dossier.payer]
    return tuple(dict.fromkeys(or_dots(body) for body in bodies))


def office_signer(dossier: ProjectDossier) -> Signer:
    """Return who signs for the office."""
    return wording.signer_block(dossier.signer, post="Giám đốc")


def confirmer(dossier: ProjectDossier) -> Signer:
    """Return the place where the office's parent body confirms a report (TT 36/2013 Điều 21 khoản 4)."""
    return Signer(post=(f"Xác nhận của {or_dots(dossier.office.parent_name)}",))


def beneficiary_signer(beneficiary: Beneficiary | None, *, post: str = "Đại diện đơn vị thụ hưởng") -> Signer:
    """Return who signs for a beneficiary; the place for a name by hand when nobody is known."""
    representative = beneficiary.representative if beneficiary else None
    return Signer(post=(post,), name=representative.name if representative else "")


def office_recipients(dossier: ProjectDossier, typed: str = "Như trên") -> tuple[str, ...]:
    """Return Nơi nhận of a paper the office issues."""
    return wording.recipients_with_archive(typed, dossier.office.department_abbreviation)


# --- tables ---


def ledger_table(dossier: ProjectDossier) -> Table:
    """Return how the project's support stands by the ledger: granted, advanced, paid, refunded, disbursed, left."""
    money, granted, left = dossier.money, dossier.granted_vnd, dossier.left_vnd
    lines = [
        (f"Kinh phí {support_name(dossier.project)} được duyệt", granted),
        ("Đã tạm ứng", money.advanced_vnd),
        ("Đã thanh toán", money.paid_vnd),
        ("Đã hoàn trả", money.refunded_vnd),
        ("Đã giải ngân (tạm ứng + thanh toán - hoàn trả)", money.disbursed_vnd),
    ]
    if left is not None and left < 0:
        lines.append(("Đã giải ngân vượt mức được duyệt", -left))
    else:
        lines.append(("Còn lại chưa giải ngân", left))
    unit = tables.unit_of(amount for _, amount in lines)
    columns = (tables.number_column(), tables.text_column("Nội dung", 60), tables.amount_column("Số tiền", 24))
    return tables.table(
        columns, tables.numbered((label, tables.amount_cell(amount, unit)) for label, amount in lines), unit=unit
    )


def impact_table(dossier: ProjectDossier, impacts: Sequence[Impact]) -> Table:
    """Return the figures of establishments before and after the support, blank rows where none were recorded."""
    names = {each.share.establishment_id: each.establishment.name for each in dossier.beneficiaries}
    unit = tables.unit_of(
        amount
        for each in impacts
        for amount in (
            each.revenue_before_vnd,
            each.revenue_after_vnd,
            each.budget_before_vnd,
            each.budget_after_vnd,
        )
    )
    columns = (
        tables.number_column(),
        tables.text_column("Đơn vị thụ hưởng", 22),
        *[tables.amount_column(when, 8, group="Lao động (người)") for when in ("Trước", "Sau")],
        *[tables.amount_column(when, 12, group="Doanh thu") for when in ("Trước", "Sau")],
        *[tables.amount_column(when, 12, group="Nộp ngân sách") for when in ("Trước", "Sau")],
        tables.text_column("Sản phẩm mới", 14),
    )
    rows = tables.numbered(
        (
            names.get(each.establishment_id, ""),
            tables.count_cell(each.workers_before),
            tables.count_cell(each.workers_after),
            tables.amount_cell(each.revenue_before_vnd, unit),
            tables.amount_cell(each.revenue_after_vnd, unit),
            tables.amount_cell(each.budget_before_vnd, unit),
            tables.amount_cell(each.budget_after_vnd, unit),
            each.new_products,
        )
        for each in impacts
    )
    return tables.table(columns, rows or tables.blank_rows(columns, 2), unit=unit)

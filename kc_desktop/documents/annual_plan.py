"""Kế hoạch khuyến công năm: the plan of one source for a year (NĐ 45/2012 Điều 2 khoản 2; layout: NĐ 30/2020 Mẫu 1.4).

No form of it was seen: programmes, targets, money and projects come from the file; what only the office can say is left
as dotted lines. The wording is the constants below. The projects stand in an annex, the table of Mẫu số 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import project_parts, tables
from kc_desktop.documents.paper import (
    DOTS,
    Annex,
    BlankLines,
    Block,
    Bullets,
    Orientation,
    Paper,
    Table,
    Title,
    closed,
    para,
    paras,
)
from kc_desktop.documents.plan_projects import summary_table
from kc_desktop.domain.funding import ALLOCATING_KINDS, ENTRY_KINDS
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.plan_dossier import PlanDossier, PlannedProgramme

KIND: Final = "Kế hoạch"
PURPOSE, DEMANDS = "Mục đích", "Yêu cầu"
ORGANISATION: Final = (
    "Trách nhiệm của đơn vị thực hiện",
    "Trách nhiệm của đơn vị phối hợp",
    "Trách nhiệm của đơn vị thụ hưởng",
)
ANNEX_TITLE: Final = "Danh mục đề án"


def build(dossier: PlanDossier) -> Paper:
    """Build the plan; its number and day are given when it is issued."""
    year = dossier.plan.year
    subject = f"{dossier.source_label} năm {year}"
    return Paper(
        key="annual-plan",
        name=f"{KIND} {subject}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "KH"),
        title=Title(kind=KIND, subject=subject),
        bases=_bases(dossier),
        body=tuple(_body(dossier)),
        signatures=parts.office_signatures(dossier, dossier.office.parent_name),
        annexes=(
            Annex(
                number="",
                title=f"{ANNEX_TITLE} {parts.source_name(dossier)} năm {year}",
                reference=f"(Kèm theo Kế hoạch số {DOTS} ngày …… tháng …… năm …… của {dossier.office.name or DOTS})",
                body=(summary_table(dossier),),
                orientation=Orientation.LANDSCAPE,
            ),
        ),
        is_sample=dossier.is_sample,
    )


def _bases(dossier: PlanDossier) -> tuple[str, ...]:
    """Return the law's lines, the five-year programmes' decisions, the decision that gave the plan."""
    own = [
        f"Căn cứ Quyết định {project_parts.of_number(_number(each.decision), each.decided_on)} phê duyệt {each.name}"
        for each in dossier.five_year_programmes
        if each.decision or each.decided_on
    ]
    decision = parts.plan_decision(dossier)
    return tuple(dict.fromkeys((*dossier.bases, *own, *([f"Căn cứ {decision}"] if decision else []))))


def _number(decision: str) -> str:
    stripped = decision.strip()
    return stripped[len("Quyết định") :].strip() if stripped.casefold().startswith("quyết định") else stripped


def _body(dossier: PlanDossier) -> Iterable[Block]:
    yield parts.section("I", "Mục đích, yêu cầu")
    yield parts.clause(1, PURPOSE)
    yield para(_purpose(dossier))
    yield BlankLines(count=parts.WRITING_LINES)
    yield parts.clause(2, DEMANDS)
    yield BlankLines(count=parts.WRITING_LINES)
    yield parts.section("II", "Nội dung và chỉ tiêu")
    for place, each in enumerate(dossier.own_programmes, start=1):
        yield from _programme(dossier, place, each)
    if not dossier.own_programmes:
        yield BlankLines(count=parts.WRITING_LINES)
    yield parts.section("III", "Kinh phí thực hiện")
    yield from _money(dossier)
    yield parts.section("IV", "Tổ chức thực hiện")
    for place, title in enumerate(ORGANISATION, start=1):
        yield parts.clause(place, title)
        yield BlankLines(count=parts.WRITING_LINES)
    yield para(closed(f"Trên đây là Kế hoạch {parts.source_name(dossier)} năm {dossier.plan.year}"))


def _purpose(dossier: PlanDossier) -> str:
    planned = dossier.own_sums.planned_vnd
    many = len(dossier.own_programmes)
    words = f"Triển khai hoạt động {parts.source_name(dossier)} năm {dossier.plan.year}"
    if many:
        words += f" theo {many:02d} chương trình với kinh phí kế hoạch {format_vnd(planned)} đồng"
    return f"{words}, {len(dossier.own_projects):02d} đề án (Phụ lục kèm theo)."


def _programme(dossier: PlanDossier, place: int, given: PlannedProgramme) -> Iterable[Block]:
    programme = given.programme
    yield parts.clause(place, programme.name)
    yield para(f"Kinh phí kế hoạch: {format_vnd(programme.budget_vnd)} đồng.")
    if programme.description.strip():
        yield para("Nội dung thực hiện:", keep_with_next=True)
        yield from paras(programme.description)
    else:
        yield para(f"Nội dung thực hiện: {DOTS * 3}")
    if given.targets:
        yield para("Chỉ tiêu:", keep_with_next=True)
        last = len(given.targets) - 1
        yield Bullets(
            items=tuple(
                f"{each.target.name}: {each.target.planned_text} {each.target.unit}".rstrip()
                + ("." if number == last else ";")
                for number, each in enumerate(given.targets)
            )
        )
    else:
        yield para(f"Chỉ tiêu: {DOTS * 3}")
    count = sum(1 for each in dossier.own_projects if each.programme_id == programme.id)
    yield para(f"Số đề án: {f'{count:02d} (Phụ lục kèm theo)' if count else 'chưa có'}.")


def _money(dossier: PlanDossier) -> Iterable[Block]:
    sums = dossier.own_sums
    yield project_parts.money_line("Kinh phí kế hoạch của các chương trình", sums.planned_vnd or None)
    yield project_parts.money_line("Vốn được giao", sums.allocated_vnd or None)
    if dossier.own_programmes:
        yield parts.clause(1, "Kinh phí theo chương trình")
        yield programme_table(dossier)
    yield parts.clause(2 if dossier.own_programmes else 1, "Kinh phí theo nguồn")
    yield sources_table(dossier)
    if dossier.allocations:
        yield para("Các văn bản giao vốn:", keep_with_next=True)
        yield allocation_table(dossier)


def programme_table(dossier: PlanDossier) -> Table:
    """Return the budget of each programme of the plan, and their sum."""
    sums = dossier.own_sums
    unit = tables.unit_of((*[each.programme.budget_vnd for each in dossier.own_programmes], sums.planned_vnd))
    columns = (
        tables.number_column(),
        tables.text_column("Chương trình", 58),
        tables.amount_column("Số đề án", 12),
        tables.amount_column("Kinh phí kế hoạch", 20),
    )
    counts = [
        sum(1 for project in dossier.own_projects if project.programme_id == each.programme.id)
        for each in dossier.own_programmes
    ]
    rows = tables.numbered(
        (each.programme.name, tables.count_cell(count), tables.amount_cell(each.programme.budget_vnd, unit))
        for each, count in zip(dossier.own_programmes, counts, strict=True)
    )
    cells = {2: tables.count_cell(sum(counts)), 3: tables.amount_cell(sums.planned_vnd, unit)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)


def sources_table(dossier: PlanDossier) -> Table:
    """Return where the money of the plan's projects comes from: support, the beneficiaries' own, other sources."""
    projects = dossier.own_projects
    begun = [each for each in projects if each.year == dossier.plan.year]
    lines = (
        (project_parts.SUPPORT_LABEL, sum(dossier.support_of(each) for each in projects)),
        (project_parts.OWN_LABEL, sum(each.own_vnd for each in begun)),
        (project_parts.OTHER_LABEL, sum(each.other_vnd for each in begun)),
    )
    total = sum(dossier.total_of(each) for each in projects)
    unit = tables.unit_of((*[amount for _, amount in lines], total))
    columns = (
        tables.number_column(),
        tables.text_column("Nguồn kinh phí của các đề án", 60),
        tables.amount_column("Số tiền", 24),
    )
    rows = tables.numbered((label, tables.amount_cell(amount if projects else None, unit)) for label, amount in lines)
    cells = {2: tables.amount_cell(total if projects else None, unit)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", cells),), unit=unit)


def allocation_table(dossier: PlanDossier) -> Table:
    """Return the entries that gave the plan its money; what was taken stands with a minus sign."""
    kinds = dict(ENTRY_KINDS)
    signed = [each.amount_vnd if each.kind in ALLOCATING_KINDS else -each.amount_vnd for each in dossier.allocations]
    unit = tables.unit_of((*signed, dossier.own_sums.allocated_vnd))
    columns = (
        tables.number_column(),
        tables.centred_column("Ngày", 14),
        tables.text_column("Văn bản", 24),
        tables.text_column("Loại", 26),
        tables.amount_column("Số tiền", 20),
    )
    rows = tables.numbered(
        (tables.day_cell(each.happened_on), each.document, kinds[each.kind], tables.amount_cell(amount, unit))
        for each, amount in zip(dossier.allocations, signed, strict=True)
    )
    cells = {4: tables.amount_cell(dossier.own_sums.allocated_vnd, unit)}
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Vốn được giao", cells, at=3),), unit=unit)

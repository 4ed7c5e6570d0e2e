"""Biểu tổng hợp đề án: Mẫu số 2, Phụ lục 1 of TT 36/2013/TT-BCT (Điều 6 khoản 1 điểm b, Điều 8).

Its columns are those of the form, in triệu đồng, never rounded. Projects stand by programme, those without one by
content, each group with its sums. The annex of the year's plan is the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.paper import Orientation, Paper, Row, Table, Title
from kc_desktop.domain.money import format_million
from kc_desktop.domain.plan_dossier import PlanDossier
from kc_desktop.domain.programme import CONTENTS
from kc_desktop.domain.project import PROJECT_STATES, Project

KIND: Final = "Biểu tổng hợp đề án"
WITHOUT_CONTENT: Final = "Chưa xác định nội dung"
NO_PROJECT: Final = "Chưa có đề án"
_FIRST_AMOUNT: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Projects that stand together under one title."""

    title: str
    projects: tuple[Project, ...]


def build(dossier: PlanDossier) -> Paper:
    """Build the form; its day is written by hand."""
    return Paper(
        key="project-summary-table",
        name=f"{KIND} {parts.source_name(dossier)} năm {dossier.plan.year}",
        author=dossier.office.name,
        head=parts.table_head(dossier),
        title=Title(kind=KIND, subject=f"{dossier.source_label} năm {dossier.plan.year}"),
        bases=dossier.bases,
        body=(summary_table(dossier),),
        signatures=parts.table_signatures(dossier, "Người lập biểu"),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def groups(dossier: PlanDossier) -> tuple[Group, ...]:
    """Return the projects by programme in the plan's order, then those of other years' programmes, then by content.

    A programme of the plan without projects has a group of its own.
    """
    by_programme: dict[int, list[Project]] = {each.programme.id: [] for each in dossier.own_programmes}
    by_content: dict[str, list[Project]] = {}
    for project in dossier.own_projects:
        if project.programme_id is not None:
            by_programme.setdefault(project.programme_id, []).append(project)
        else:
            by_content.setdefault(dossier.content_of.get(project.id, ""), []).append(project)
    names = {each.programme.id: each.programme.name for each in dossier.own_programmes}
    labels = dict(CONTENTS)
    found = [
        Group(title=names.get(key) or dossier.programme_names.get(key, ""), projects=tuple(projects))
        for key, projects in by_programme.items()
    ]
    found += [
        Group(title=_content_title(labels.get(code, "")) if code else WITHOUT_CONTENT, projects=tuple(by_content[code]))
        for code in sorted(by_content, key=lambda code: (not code, code))
    ]
    return tuple(found)


def _content_title(label: str) -> str:
    """Return a content without the number it has in the decree: the group has one of its own."""
    number, _, words = label.partition(". ")
    return words if number.isdigit() else label


def summary_table(dossier: PlanDossier) -> Table:
    """Return the table of Mẫu số 2 with the sums of each group, of all, and of what is approved."""
    columns = (
        tables.number_column(),
        tables.text_column("Tên đề án", 22),
        tables.text_column("Đơn vị thực hiện", 19),
        tables.text_column("Mục tiêu và nội dung chính", 34),
        tables.text_column("Dự kiến kết quả", 26),
        tables.centred_column("Thời gian", 12),
        tables.amount_column("Tổng kinh phí", 8),
        tables.amount_column("Khuyến công", 9, group="Trong đó"),
        tables.amount_column("Khác", 8, group="Trong đó"),
        tables.text_column("Ghi chú", 10),
    )
    width = len(columns)
    rows: list[Row] = []
    found = groups(dossier)
    for place, group in enumerate(found, start=1):
        title = f"{parts.numeral(place)}. {group.title}"
        rows.append(Row(cells=(title, *[""] * (width - 1)), bold=True, spans=True))
        rows += tables.numbered(_cells(dossier, each) for each in group.projects)
        if group.projects:
            rows.append(_sum_row(dossier, f"Cộng {parts.numeral(place)}", group.projects))
        else:
            rows.append(Row(cells=("", NO_PROJECT, *[""] * (width - 2))))
    everything = dossier.own_projects
    totals = [_sum_row(dossier, "Tổng cộng", everything)]
    approved = dossier.own_sums.approved_vnd
    if everything and approved != sum(dossier.support_of(each) for each in everything):
        cells = ("", "Trong đó đã được phê duyệt", *[""] * 5, format_million(approved), "", "")
        totals.append(Row(cells=cells, bold=True))
    return parts.flowing(tables.table(columns, rows, totals=totals if everything else (), unit=parts.MILLION))


def _cells(dossier: PlanDossier, project: Project) -> Sequence[str]:
    return (
        project.name,
        project.implementer or dossier.office.name,
        "\n".join(_lines(project.goals, project.scale or project.work_plan)),
        "\n".join(_lines(project.effects)),
        parts.time_of(project.starts_on, project.ends_on, project.year, project.end_year),
        format_million(dossier.total_of(project)),
        format_million(dossier.support_of(project)),
        format_million(dossier.rest_of(project)),
        dict(PROJECT_STATES).get(project.state, ""),
    )


def _lines(*texts: str) -> Iterable[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _sum_row(dossier: PlanDossier, title: str, projects: Sequence[Project]) -> Row:
    sums = (
        sum(dossier.total_of(each) for each in projects),
        sum(dossier.support_of(each) for each in projects),
        sum(dossier.rest_of(each) for each in projects),
    )
    blank = [""] * (_FIRST_AMOUNT - 2)
    return Row(
        cells=("", f"{title} ({len(projects)} đề án)", *blank, *[format_million(each) for each in sums], ""), bold=True
    )

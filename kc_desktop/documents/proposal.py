"""Đề án khuyến công: the eight parts of Điều 5, TT 36/2013/TT-BCT, in the layout of Mẫu 1.4 of NĐ 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.estimate import estimate_blocks
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Heading,
    HeadingLevel,
    Paper,
    Paragraph,
    Run,
    Signatures,
    Title,
    closed,
    para,
    paras,
)
from kc_desktop.documents.project_parts import beneficiary_text, listed, office_head, span_text, value_or_dots
from kc_desktop.domain.project_dossier import ProjectDossier

PARTS: Final = (
    ("I", "Đơn vị thực hiện, đơn vị phối hợp, đơn vị thụ hưởng, địa điểm thực hiện"),
    ("II", "Sự cần thiết và căn cứ của đề án"),
    ("III", "Mục tiêu"),
    ("IV", "Quy mô đề án"),
    ("V", "Nội dung và tiến độ"),
    ("VI", "Dự toán kinh phí"),
    ("VII", "Tổ chức thực hiện"),
    ("VIII", "Hiệu quả của đề án"),
)
_BLANK_LINES: Final = 2


def build(dossier: ProjectDossier) -> Paper:
    """Build the proposal of a project; a part nothing was written for is left as dots."""
    office, project = dossier.office, dossier.project
    contents: tuple[Iterable[Block], ...] = (
        _parties(dossier),
        _part(project.necessity),
        _part(project.goals),
        _part(project.scale),
        _work_plan(dossier),
        estimate_blocks(dossier),
        _part(project.organisation),
        _with_end(paras(project.effects)),
    )
    body: list[Block] = []
    for (number, title), blocks in zip(PARTS, contents, strict=True):
        body += [Heading(level=HeadingLevel.SECTION, number=number, title=title), *blocks]
    return Paper(
        key="project-proposal",
        name=f"Đề án {project.name}",
        author=office.name,
        head=office_head(dossier, "ĐA", None),
        title=Title(kind="Đề án khuyến công", subject=project.name),
        bases=dossier.bases,
        body=tuple(body),
        signatures=Signatures(
            signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
            recipients=wording.recipients_with_archive("", office.department_abbreviation),
        ),
        is_sample=dossier.is_sample,
    )


def _part(text: str) -> Iterable[Block]:
    return paras(text) if text.strip() else (BlankLines(count=_BLANK_LINES),)


def _parties(dossier: ProjectDossier) -> Iterable[Block]:
    project = dossier.project
    yield para(f"1. Đơn vị thực hiện: {value_or_dots(project.implementer or dossier.office.name)}")
    yield from listed("2. Đơn vị phối hợp", project.partners.splitlines())
    yield from listed("3. Đơn vị thụ hưởng", [beneficiary_text(each.establishment) for each in dossier.beneficiaries])
    yield para(f"4. Địa điểm thực hiện: {value_or_dots(project.place)}")


def _work_plan(dossier: ProjectDossier) -> Iterable[Block]:
    project = dossier.project
    yield from _part(project.work_plan)
    yield span_text(project)


def _with_end(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Return the paragraphs with the end mark after the last (NĐ 30/2020, Phụ lục III: "./.")."""
    last = paragraphs[-1]
    text = "".join(run.text for run in last.runs)
    ending = text + "./." if text == DOTS else closed(text)
    return (*paragraphs[:-1], replace(last, runs=(Run(text=ending),)))

"""Phiếu đánh giá cộng tác viên: a year's work in figures counted from the file, and how it is judged.

No rule of law fixes the form, or that collaborators are judged at all: it is built from practice, and its wording is
the constants below. Figures are never typed; strengths, weaknesses and grade are. Layout: NĐ 30/2020 Mẫu 1.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kc_desktop.documents import evaluation_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    DOTS,
    BlankLines,
    Block,
    Heading,
    HeadingLevel,
    Paper,
    Signatures,
    Signer,
    StateHead,
    Table,
    Title,
    closed,
    or_dots,
    para,
    paras,
)
from kc_desktop.domain.collaborator_work import EvaluatedYear, EvaluationDossier, Participation, months_words
from kc_desktop.domain.people import COLLABORATOR_ROLES

KEY: Final = "evaluation-sheet"
KIND: Final = "Phiếu đánh giá"
NAME: Final = "Phiếu đánh giá cộng tác viên"
SUBJECT: Final = "Cộng tác viên khuyến công năm {year}"
ABOUT, RESULTS, JUDGED, PROPOSED = "Thông tin chung", "Kết quả công việc trong năm", "Đánh giá", "Đề nghị"
REPORTS: Final = "Báo cáo định kỳ đã gửi/phải gửi"
LEADS: Final = "Nhu cầu của cơ sở công nghiệp nông thôn đã ghi nhận"
PROJECTS: Final = "Trong đó đã thành đề án khuyến công"
MEETINGS: Final = "Cuộc họp, lớp tập huấn đã dự/được mời"
TRAININGS: Final = "Trong đó lớp tập huấn đã dự"
_LINES: Final = 2


def build(dossier: EvaluationDossier) -> Paper:
    """Build the sheet of the person the dossier is about, or one after the other of all."""
    sheets = [_sheet(dossier, each) for each in dossier.chosen] or [_sheet(dossier, None)]
    return replace(sheets[0], followed_by=tuple(sheets[1:]))


def _sheet(dossier: EvaluationDossier, given: EvaluatedYear | None) -> Paper:
    office = dossier.office
    name = given.person.name if given is not None else ""
    subject = SUBJECT.format(year=dossier.year)
    return Paper(
        key=KEY,
        name=" - ".join(part for part in (f"{KIND} {subject}", name) if part),
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            place_date=wording.place_and_date(office.place, None),
        ),
        title=Title(kind=KIND, subject=subject),
        body=tuple(_body(dossier, given)),
        signatures=Signatures(
            signers=(
                Signer(post=("Cộng tác viên",), name=name),
                Signer(post=("Người lập phiếu",)),
                wording.signer_block(dossier.signer, post="Giám đốc"),
            )
        ),
        is_sample=dossier.is_sample,
    )


def _body(dossier: EvaluationDossier, given: EvaluatedYear | None) -> Iterator[Block]:
    yield _section("I", ABOUT)
    yield from _about(dossier, given)
    yield _section("II", RESULTS)
    yield _results(given)
    if given is not None and given.work.participations:
        yield para("Các cuộc họp, lớp tập huấn:", keep_with_next=True)
        yield _meetings(given.work.participations)
    yield _section("III", JUDGED)
    evaluation = given.evaluation if given is not None else None
    yield from _typed("Ưu điểm, kết quả nổi bật", evaluation.strengths if evaluation else "")
    yield from _typed("Hạn chế", evaluation.weaknesses if evaluation else "")
    yield wording.labelled("Xếp loại", parts.grade_words(given) if given is not None else "")
    yield _section("IV", PROPOSED)
    yield para(closed(_proposal(given)))


def _section(number: str, title: str) -> Heading:
    return Heading(level=HeadingLevel.SECTION, number=number, title=title)


def _about(dossier: EvaluationDossier, given: EvaluatedYear | None) -> Iterator[Block]:
    person = given.person if given is not None else None
    work = wording.work_text(person, dossier.office) if person is not None else ""
    role = dict(COLLABORATOR_ROLES)[given.services[-1].role] if given is not None and given.services else ""
    level = parts.level_words(given.level) if given is not None else ""
    yield wording.labelled("Họ và tên", person.address_name if person is not None else "")
    yield wording.labelled("Chức vụ, đơn vị công tác", work)
    yield wording.labelled("Vai trò trong mạng lưới", ", ".join(each for each in (role, level.lower()) if each))
    yield wording.labelled("Địa bàn, hiệp hội", given.area if given is not None else "")
    yield wording.labelled("Công nhận theo", parts.decision_words(dossier.appointments))


def _results(given: EvaluatedYear | None) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Nội dung", 52),
        tables.centred_column("Kết quả", 14),
        tables.text_column("Ghi chú", 30),
    )
    if given is None:
        labels = (REPORTS, LEADS, PROJECTS, MEETINGS, TRAININGS)
        return tables.table(columns, tables.numbered((label, "", "") for label in labels))
    work = given.work
    missing = f"Còn thiếu: tháng {months_words(work.missing_months)}" if work.missing_months else ""
    stood_in = sum(1 for each in work.participations if each.came_for)
    return tables.table(
        columns,
        tables.numbered(
            (
                (REPORTS, parts.reports_of(work), missing),
                (LEADS, str(work.leads), ""),
                (PROJECTS, str(work.projects), ""),
                (MEETINGS, parts.meetings_of(work), f"Có {stood_in:02d} lần dự thay người khác" if stood_in else ""),
                (TRAININGS, str(work.trainings_come), ""),
            )
        ),
    )


def _meetings(given: Sequence[Participation]) -> Table:
    columns = (
        tables.number_column(),
        tables.centred_column("Ngày", 15),
        tables.text_column("Tên cuộc họp, lớp tập huấn", 56),
        tables.text_column("Tham dự", 24),
    )
    rows = ((tables.day_cell(each.held_on), each.title, _capital(each.words)) for each in given)
    return tables.table(columns, tables.numbered(rows))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _typed(label: str, text: str) -> Iterator[Block]:
    """Yield what was typed after its label; several paragraphs stand under it, nothing leaves lines to write on."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        yield wording.labelled(label, lines[0])
        return
    yield para(f"{label}:", keep_with_next=True)
    if lines:
        yield from paras(text)
    else:
        yield BlankLines(count=_LINES)


def _proposal(given: EvaluatedYear | None) -> str:
    if given is None or (not given.evaluation.grade and not given.evaluation.is_proposed):
        return f"Đề nghị: {DOTS * 3}"
    evaluation = given.evaluation
    if not evaluation.is_proposed:
        return "Chưa đề nghị khen thưởng"
    decision = f" (Quyết định {evaluation.decision.strip()})" if evaluation.decision.strip() else ""
    return f"Đề nghị khen thưởng: {evaluation.reward.strip() or 'tặng giấy khen'}{decision}"

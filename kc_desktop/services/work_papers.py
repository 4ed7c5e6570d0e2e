"""The papers on what collaborators do: reminders of reports, evaluation sheets, the proposal for giấy khen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from kc_desktop.documents import catalogue, evaluation_sheet, report_reminder, reward_proposal
from kc_desktop.documents.catalogue import PartOf
from kc_desktop.domain.collaborator_work import EvaluationDossier, ReminderDossier, months_words
from kc_desktop.domain.network import Evaluation, ReportReminder
from kc_desktop.services import collaborator_work, evaluations, law, projects
from kc_desktop.services.workspace import Workspace

_NO_SIGNER: Final = "Chưa có người ký mặc định: đặt ở Danh mục, Thiết lập đơn vị."


def dossier(workspace: Workspace, key: str, record_id: int) -> ReminderDossier | EvaluationDossier:
    """Return what a paper is made from; an evaluation stands for its whole year. Raises KnownError when it is gone."""
    if key == report_reminder.KEY:
        reminder = workspace.get(ReportReminder, record_id)
        return ReminderDossier(
            office=workspace.office,
            reminder=reminder,
            missing=collaborator_work.reminded(workspace, reminder),
            signer=projects.default_signer(workspace),
            is_sample=workspace.is_sample,
        )
    year = workspace.get(Evaluation, record_id).year
    today = date.today()
    return EvaluationDossier(
        office=workspace.office,
        year=year,
        on=today,
        rows=evaluations.of_year(workspace, year, today),
        appointments=evaluations.decisions_of(workspace, year),
        signer=projects.default_signer(workspace),
        bases=law.basis_lines(law.bases_for(workspace, key, min(date(year, 12, 31), today))),
        is_sample=workspace.is_sample,
    )


def parts(key: str, given: ReminderDossier | EvaluationDossier) -> Iterable[PartOf]:
    """Return whom a kind of paper can be made for alone: a letter for each reminded, a sheet for each evaluated."""
    if isinstance(given, ReminderDossier):
        return [PartOf(each.person.id, each.person.name) for each in given.missing]
    return [PartOf(each.person.id, each.person.name) for each in given.rows] if key == evaluation_sheet.KEY else ()


def sheet_key(person_id: int) -> str:
    """Return the key of one person's evaluation sheet."""
    return catalogue.key_of(evaluation_sheet.KEY, person_id)


def dated(_key: str, given: ReminderDossier | EvaluationDossier) -> date | None:
    """Return the day of a reminder; the papers on a year bear the day they are printed."""
    return given.reminder.reminded_on if isinstance(given, ReminderDossier) else None


def subject(_key: str, given: ReminderDossier | EvaluationDossier) -> str:
    """Return what a paper's file is named after: the months, or the year."""
    if isinstance(given, ReminderDossier):
        return f"tháng {months_words(collaborator_work.months_of(given.reminder))}"
    return f"năm {given.year}"


def problems(workspace: Workspace, key: str, given: ReminderDossier | EvaluationDossier) -> Iterator[str]:
    """Yield what a paper still lacks, in sentences that say the next step."""
    if isinstance(given, ReminderDossier):
        yield from _reminder_lacks(given)
    elif key == reward_proposal.KEY:
        yield from _proposal_lacks(given)
        day = min(date(given.year, 12, 31), given.on)
        yield from law.basis_problems(law.bases_for(workspace, key, day), day)
    else:
        yield from _sheet_lacks(given)
    if given.signer is None:
        yield _NO_SIGNER


def _reminder_lacks(given: ReminderDossier) -> Iterator[str]:
    if not given.missing:
        yield "Không ai còn thiếu báo cáo các tháng này vào ngày nhắc: không cần gửi."
    if given.reminder.answer_by is None:
        yield "Chưa có hạn gửi bổ sung: giấy in dấu chấm để ghi tay, hoặc ghi hạn rồi lập lại lần nhắc."
    nameless = sum(1 for each in given.missing if not each.person.honorific)
    if nameless:
        yield f"{nameless} người chưa có danh xưng nên giấy ghi “Ông (bà)”: ghi ở thẻ Cộng tác viên, Danh bạ."


def _sheet_lacks(given: EvaluationDossier) -> Iterator[str]:
    ungraded = sum(1 for each in given.chosen if not each.evaluation.grade)
    if ungraded:
        yield f"{ungraded} người chưa xếp loại: ghi ở thẻ Cộng tác viên, Đánh giá, hoặc ghi tay trên giấy."


def _proposal_lacks(given: EvaluationDossier) -> Iterator[str]:
    proposed = given.proposed
    if not proposed:
        yield "Chưa đề nghị khen thưởng ai: đánh dấu Đề nghị khen thưởng ở thẻ Cộng tác viên, Đánh giá."
    bare = sum(1 for each in proposed if not each.evaluation.strengths.strip())
    if bare:
        yield f"{bare} người được đề nghị chưa ghi thành tích: ghi ở phần Ưu điểm, kết quả nổi bật."
    ungraded = sum(1 for each in given.rows if not each.evaluation.grade)
    if ungraded:
        yield f"{ungraded} người trong mạng lưới chưa xếp loại: xếp loại trước khi trình."
    if not given.office.parent_name:
        yield "Chưa có cơ quan chủ quản: ghi ở Danh mục, Thiết lập đơn vị."

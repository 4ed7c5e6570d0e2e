"""Every kind of paper: its key, its Vietnamese name, the record it takes and how it is built.

Importing this module stays cheap: no renderer, no ReportLab, no python-docx.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from kc_desktop.documents import (
    acceptance,
    annual_plan,
    annual_report,
    appointment_list,
    appointment_submission,
    appraisal,
    attendance,
    collaborator_directory,
    completion,
    conclusion_notice,
    double_support,
    estimate,
    evaluation_sheet,
    funding_report,
    invitation,
    liquidation,
    meeting_programme,
    minutes,
    minutes_excerpt,
    outgoing_register,
    payment_request,
    petition_answers,
    plan_projects,
    progress,
    proposal,
    reconciliation,
    remuneration_list,
    report_reminder,
    results_report,
    reward_proposal,
    settlement,
    support_request,
    vouchers,
    working_minutes,
)
from kc_desktop.documents.paper import Paper
from kc_desktop.domain.collaborator_work import EvaluationDossier, ReminderDossier
from kc_desktop.domain.meeting import MeetingDossier
from kc_desktop.domain.network import RemunerationDossier
from kc_desktop.domain.network_dossier import NetworkDossier
from kc_desktop.domain.office import Office
from kc_desktop.domain.paper import RegisterDossier
from kc_desktop.domain.plan_dossier import PlanDossier
from kc_desktop.domain.project_dossier import ProjectDossier
from kc_desktop.domain.report_period import PERIODS, WHOLE_YEAR, Period, of_code
from kc_desktop.errors import KnownError

MEETINGS: Final = "meetings"
PROJECTS: Final = "projects"
PLANS: Final = "plans"
APPOINTMENTS: Final = "appointments"
PAYMENT_LISTS: Final = "remuneration-lists"
REMINDERS: Final = "report-reminders"
EVALUATIONS: Final = "evaluations"
"""An evaluation stands for all of its year."""
REGISTER: Final = "register"
"""The register of outgoing papers; the record is a year, and its id the year's number."""

_OF: Final = ":"
"""Parts a kind's key from what of the record it is made for: "funding-report:q2", "invitation:31"."""

_MOST_DIGITS: Final = 18
"""SQLite's ids end at 2^63 - 1."""


class Dossier(Protocol):
    """Everything a paper is made from: which office makes it, and whether it is of the sample."""

    @property
    def office(self) -> Office:
        """The office the paper is of."""

    @property
    def is_sample(self) -> bool:
        """Whether its words come from the sample data."""


class PartOf(NamedTuple):
    """A recipient or an item of a record that a paper can be made for alone; `about` tells two of one name apart."""

    id: int
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper. `record` is the list whose record it is made from, `dossier` what that record is gathered into.

    `step` names the part of the record's life it belongs to; "" where a record has few papers. A kind `by_period`
    can be made for a part of the year, too: its key, a colon and the period's code, and is called `name_of_part` then
    where that is another name; one `by_days` for any days of it. A kind with an `each` can be made
    for one recipient or one item of the record, too, and `each` says of what ("người", "đề án"): its key, a colon and
    the id of that part. Without it the paper is for all of them: one that serves for all, or all of them in one file.
    """

    key: str
    name: str
    record: str
    dossier: type[Any]
    make: Callable[[Any], Paper]
    step: str = ""
    by_period: bool = False
    by_days: bool = False
    name_of_part: str = ""
    each: str = ""

    def name_for(self, period: Period) -> str:
        """Return what the kind is called for a year or a part of it."""
        return self.name if period.is_year else self.name_of_part or self.name

    def build(self, dossier: Dossier) -> Paper:
        """Build the paper from one dossier.

        Raises:
            TypeError: if the dossier is of another record than this kind takes.
        """
        if not isinstance(dossier, self.dossier):
            raise TypeError(f"{self.key} is not made from a {type(dossier).__name__}")
        return self.make(dossier)


BEFORE: Final = "Trước cuộc họp"
AFTER: Final = "Sau cuộc họp"
PREPARING: Final = "Lập đề án"
APPRAISING: Final = "Thẩm định"
CARRYING_OUT: Final = "Thực hiện"
ACCEPTING: Final = "Nghiệm thu, thanh lý"
SETTLING: Final = "Thanh toán, quyết toán"


def _of_meeting(
    key: str, name: str, step: str, build: Callable[[MeetingDossier], Paper], *, each: str = ""
) -> PaperKind:
    return PaperKind(key=key, name=name, record=MEETINGS, step=step, dossier=MeetingDossier, make=build, each=each)


def _of_project(key: str, name: str, step: str, build: Callable[[ProjectDossier], Paper]) -> PaperKind:
    return PaperKind(key=key, name=name, record=PROJECTS, step=step, dossier=ProjectDossier, make=build)


def _of_network(key: str, name: str, build: Callable[[NetworkDossier], Paper]) -> PaperKind:
    return PaperKind(key=key, name=name, record=APPOINTMENTS, dossier=NetworkDossier, make=build)


def _of_plan(key: str, name: str, build: Callable[[PlanDossier], Paper], *, by_period: bool = False) -> PaperKind:
    return PaperKind(key=key, name=name, record=PLANS, dossier=PlanDossier, make=build, by_period=by_period)


def _of_evaluation(key: str, name: str, build: Callable[[EvaluationDossier], Paper], *, each: str = "") -> PaperKind:
    return PaperKind(key=key, name=name, record=EVALUATIONS, dossier=EvaluationDossier, make=build, each=each)


KINDS: Final[tuple[PaperKind, ...]] = (
    _of_meeting(invitation.KEY, "Giấy mời", BEFORE, invitation.build, each="người"),
    _of_meeting(meeting_programme.KEY, "Chương trình họp", BEFORE, meeting_programme.build),
    _of_meeting("attendance-sheet", "Danh sách đại biểu ký tên", BEFORE, attendance.build),
    _of_meeting("meeting-minutes", "Biên bản họp", AFTER, minutes.build),
    _of_meeting("working-minutes", "Biên bản làm việc", AFTER, working_minutes.build),
    _of_meeting(minutes_excerpt.KEY, "Trích biên bản", AFTER, minutes_excerpt.build, each="đề án"),
    _of_meeting(
        minutes_excerpt.ITEM_KEY, "Trích biên bản theo nội dung", AFTER, minutes_excerpt.build_item, each="nội dung"
    ),
    _of_meeting(conclusion_notice.KEY, "Thông báo kết luận", AFTER, conclusion_notice.build),
    _of_meeting(petition_answers.KEY, "Tổng hợp kiến nghị và trả lời", AFTER, petition_answers.build),
    _of_meeting(petition_answers.YEAR_KEY, "Tổng hợp kiến nghị và trả lời cả năm", AFTER, petition_answers.build_year),
    _of_project("support-request", "Đơn đề nghị hỗ trợ kinh phí khuyến công", PREPARING, support_request.build),
    _of_project("project-proposal", "Đề án khuyến công", PREPARING, proposal.build),
    _of_project("estimate", "Dự toán kinh phí", PREPARING, estimate.build),
    _of_project("appraisal-form", "Phiếu thẩm định cấp cơ sở", APPRAISING, appraisal.build),
    _of_project("double-support-evidence", "Bảng đối chiếu hỗ trợ trùng", APPRAISING, double_support.build),
    _of_project("progress-report", "Báo cáo tiến độ", CARRYING_OUT, progress.build),
    _of_project(
        "completion-report", "Báo cáo khối lượng hoàn thành và kinh phí thực hiện", ACCEPTING, completion.build
    ),
    _of_project("acceptance-minutes", "Biên bản nghiệm thu cơ sở", ACCEPTING, acceptance.build),
    _of_project("contract-liquidation", "Biên bản thanh lý hợp đồng", ACCEPTING, liquidation.build),
    _of_project("payment-request", "Biểu đề nghị thanh toán kinh phí", SETTLING, payment_request.build),
    _of_project("settlement-detail", "Biểu chi tiết quyết toán kinh phí", SETTLING, settlement.build),
    _of_project("voucher-list", "Bảng kê chứng từ đề nghị quyết toán", SETTLING, vouchers.build),
    _of_network(
        "appointment-submission", "Tờ trình đề nghị phê duyệt mạng lưới cộng tác viên", appointment_submission.build
    ),
    _of_network("appointment-list", "Danh sách cộng tác viên", appointment_list.build),
    _of_network("collaborator-directory", "Danh bạ cộng tác viên", collaborator_directory.build),
    PaperKind(
        key="remuneration-list",
        name=remuneration_list.KIND,
        record=PAYMENT_LISTS,
        dossier=RemunerationDossier,
        make=remuneration_list.build,
    ),
    PaperKind(
        key=report_reminder.KEY,
        name=report_reminder.NAME,
        record=REMINDERS,
        dossier=ReminderDossier,
        make=report_reminder.build,
        each="người",
    ),
    _of_evaluation(evaluation_sheet.KEY, evaluation_sheet.NAME, evaluation_sheet.build, each="người"),
    _of_evaluation(reward_proposal.KEY, reward_proposal.NAME, reward_proposal.build),
    _of_plan("annual-plan", "Kế hoạch khuyến công năm", annual_plan.build),
    _of_plan("project-summary-table", "Biểu tổng hợp đề án", plan_projects.build),
    _of_plan("funding-report", "Báo cáo kinh phí", funding_report.build, by_period=True),
    _of_plan("results-report", "Báo cáo kết quả công tác khuyến công", results_report.build, by_period=True),
    PaperKind(
        key=annual_report.KEY,
        name=annual_report.NAME,
        record=PLANS,
        dossier=PlanDossier,
        make=annual_report.build,
        by_period=True,
        by_days=True,
        name_of_part=annual_report.NAME_OF_PART,
    ),
    _of_plan("reconciliation", "Bảng đối chiếu kinh phí", reconciliation.build),
    PaperKind(
        key="outgoing-register",
        name="Sổ văn bản đi",
        record=REGISTER,
        dossier=RegisterDossier,
        make=outgoing_register.build,
    ),
)
"""Every kind, in the order a menu shows them: kinds of one step stand together."""


def kind(key: str) -> PaperKind:
    """Return the kind of a key, which may name a period or a part.

    Raises:
        KnownError: if there is no such kind, or it knows no such period or part.
    """
    base, _, code = key.partition(_OF)
    for each in KINDS:
        if each.key == base and (key == base or _knows(each, code)):
            return each
    raise KnownError(f"Không có loại giấy tờ “{key[:80]}”.", f"Các loại hiện có: {', '.join(_known_keys())}.")


def _knows(given: PaperKind, code: str) -> bool:
    if given.each:
        return code.isascii() and code.isdigit() and len(code) <= _MOST_DIGITS and int(code) > 0
    return _period(given, code) is not None


def _known_keys() -> Iterator[str]:
    for each in KINDS:
        yield from (key for key, _ in by_period(each))
        if each.each:
            yield f"{each.key}{_OF}SỐ"
        if each.by_days:
            yield from (f"{each.key}{_OF}{form}" for form in ("THÁNGNGÀY-THÁNGNGÀY", "NĂM-NĂM"))


def by_period(given: PaperKind) -> tuple[tuple[str, Period], ...]:
    """Return the keys a kind can be made by, each with its period that has a name: the whole year first."""
    periods = PERIODS if given.by_period else (WHOLE_YEAR,)
    return tuple((f"{given.key}{_OF}{each.code}" if each.code else given.key, each) for each in periods)


def period_of(key: str) -> Period:
    """Return the period a key names, the whole year where it names none. Raises KnownError as `kind` does."""
    found = kind(key)
    return (None if found.each else _period(found, key.partition(_OF)[2])) or WHOLE_YEAR


def _period(given: PaperKind, code: str) -> Period | None:
    period = of_code(code) if code and given.by_period else None
    return period if given.by_days or period in PERIODS else None


def part_of(key: str) -> int:
    """Return the id of the part a key names, 0 where it names none. Raises KnownError as `kind` does."""
    code = key.partition(_OF)[2]
    return int(code) if kind(key).each and code else 0


def key_of(kind_key: str, part: int) -> str:
    """Return the key of a kind of paper for one part of its record; the kind's own for 0."""
    return f"{kind_key}{_OF}{part}" if part else kind_key

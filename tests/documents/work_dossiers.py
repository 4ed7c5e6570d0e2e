"""Dossiers of what collaborators do, for the tests: a reminder to three, a year of five."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kc_desktop.domain.collaborator_work import (
    EvaluatedYear,
    EvaluationDossier,
    MissingReports,
    Participation,
    ReminderDossier,
    Service,
    YearWork,
)
from kc_desktop.domain.network import Evaluation, ReportReminder
from kc_desktop.domain.people import Person
from kc_desktop.domain.project_dossier import PaperSigner
from tests.documents.dossiers import OFFICE
from tests.documents.network_dossiers import DECISION

SIGNER = PaperSigner(name="Trương Thanh Nhàn", post="Phó Giám đốc", authority="KT.", authority_post="Giám đốc")
OFFICE_WITH_ADDRESS = replace(OFFICE, address="Số 01 đường 02", phone="0900000001", email="trungtam@example.vn")


def person(number: int, honorific: str = "") -> Person:
    """Build a numbered placeholder."""
    return Person(
        id=100 + number,
        name=f"Cộng tác viên {number:02d}",
        honorific=honorific,
        post="Công chức kinh tế",
        organisation=f"Xã {number:02d}",
    )


def reminder_dossier(part: int = 0) -> ReminderDossier:
    """Build a reminder of March to May 2023: to one who misses one month, one who misses two, one who misses all."""
    return ReminderDossier(
        office=OFFICE_WITH_ADDRESS,
        reminder=ReportReminder(
            id=1,
            year=2023,
            months="2023-03 2023-04 2023-05",
            reminded_on=date(2023, 6, 15),
            answer_by=date(2023, 6, 30),
        ),
        missing=(
            MissingReports(person=person(1, "ong"), level="xa", months=("2023-03",)),
            MissingReports(person=person(2, "ba"), level="xa", months=("2023-04", "2023-05")),
            MissingReports(person=person(3), level="hiep_hoi", months=("2023-03", "2023-04", "2023-05")),
        ),
        part=part,
        signer=SIGNER,
        is_sample=True,
    )


def _year(number: int, evaluation: Evaluation) -> EvaluatedYear:
    who = person(number, "ong" if number % 2 else "ba")
    came = Participation(
        meeting_id=1, held_on=date(2023, 4, 13), kind="tong_ket_ctv", title="Họp tổng kết", is_asked=True, has_come=True
    )
    missed = Participation(
        meeting_id=2, held_on=date(2023, 7, 5), kind="tap_huan", title="Tập huấn khuyến công", is_asked=True
    )
    stood_in = Participation(
        meeting_id=3,
        held_on=date(2023, 9, 6),
        kind="tap_huan",
        title="Tập huấn sản xuất sạch hơn",
        has_come=True,
        came_for="Cộng tác viên 09",
    )
    return EvaluatedYear(
        person=who,
        services=(Service(first=date(2023, 3, 30), last=date(2023, 12, 31), level="xa", area=f"Xã {number:02d}"),),
        work=YearWork(
            year=2023,
            reports_received=10 - number,
            reports_owed=10,
            missing_months=tuple(f"2023-{month:02d}" for month in range(3, 3 + number)),
            leads=number,
            projects=number // 2,
            participations=(came, missed, stood_in),
        ),
        evaluation=replace(evaluation, person_id=who.id, year=2023),
    )


def evaluation_dossier(part: int = 0) -> EvaluationDossier:
    """Build a year of five, two of them proposed, one not judged yet."""
    strengths = "Nắm chắc nhu cầu của cơ sở trên địa bàn, giúp 02 cơ sở hoàn thiện hồ sơ đề án."
    return EvaluationDossier(
        office=OFFICE_WITH_ADDRESS,
        year=2023,
        on=date(2023, 12, 31),
        rows=(
            _year(1, Evaluation(id=1, grade="excellent", strengths=strengths, is_proposed=True)),
            _year(2, Evaluation(id=2, grade="good", strengths=strengths, is_proposed=True, reward="Giấy khen")),
            _year(3, Evaluation(id=3, grade="done", weaknesses="Còn báo cáo chậm.")),
            _year(4, Evaluation(id=4, grade="not_done")),
            _year(5, Evaluation()),
        ),
        part=part,
        appointments=(DECISION,),
        signer=SIGNER,
        bases=("Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công",),
        is_sample=True,
    )

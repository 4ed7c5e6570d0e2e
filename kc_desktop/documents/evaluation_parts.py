"""What the papers on a collaborator's year share: heads, levels, how many of how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import project_parts
from kc_desktop.documents.paper import DOTS
from kc_desktop.domain.collaborator_work import EvaluatedYear, YearWork
from kc_desktop.domain.fields import Choices
from kc_desktop.domain.network import EVALUATION_GRADES
from kc_desktop.domain.people import COLLABORATOR_LEVELS, Appointment

_GRADES = dict(EVALUATION_GRADES)
_LEVELS = {code: label.partition(" (")[0] for code, label in COLLABORATOR_LEVELS}


def level_words(code: str) -> str:
    """Return a level without the day it ended: "Cấp huyện"."""
    return _LEVELS.get(code, "")


def grade_words(given: EvaluatedYear) -> str:
    """Return the grade of a year, "" while it has none."""
    return _GRADES[given.evaluation.grade] if given.evaluation.grade else ""


def of(part: int, whole: int) -> str:
    """Return "9/10"; "0" where there was nothing to do."""
    return f"{part}/{whole}" if whole or part else "0"


def reports_of(work: YearWork) -> str:
    """Return the reports that came of those owed."""
    return of(work.reports_received, work.reports_owed)


def meetings_of(work: YearWork) -> str:
    """Return the meetings somebody came to of those they were asked to."""
    return of(work.meetings_come, work.meetings_asked)


def decision_words(appointments: Iterable[Appointment]) -> str:
    """Return the decisions that made the network: "Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023"."""
    return "; ".join(f"Quyết định {project_parts.of_number(each.number, each.decided_on)}" for each in appointments)


def by_grade(rows: Sequence[EvaluatedYear]) -> tuple[tuple[str, int], ...]:
    """Return how many have each grade, the best first; those without one are left out."""
    grades: Choices = tuple(each for each in EVALUATION_GRADES if each[0])
    counts = [(label, sum(1 for row in rows if row.evaluation.grade == code)) for code, label in grades]
    return tuple((label, count) for label, count in counts if count)


REPORTS: Final = "Báo cáo định kỳ: đã gửi {came}/{owed} báo cáo phải gửi"
LEADS: Final = "Ghi nhận {leads} nhu cầu của cơ sở công nghiệp nông thôn, trong đó {projects} nhu cầu đã thành đề án"
MEETINGS: Final = "Dự họp, tập huấn: {come} lượt người dự, {asked} lượt người được mời"
GRADES: Final = "Xếp loại: {grades}"


def results(rows: Sequence[EvaluatedYear], *, only_done: bool = False) -> tuple[str, ...]:
    """Return what a network did in a year as the lines of a list; `only_done` leaves out what nothing is kept of."""
    works = [each.work for each in rows]
    came, owed = sum(each.reports_received for each in works), sum(each.reports_owed for each in works)
    leads, projects = sum(each.leads for each in works), sum(each.projects for each in works)
    come, asked = sum(each.meetings_come for each in works), sum(each.meetings_asked for each in works)
    grades = "; ".join(f"{label.lower()} {count:02d} người" for label, count in by_grade(rows))
    found = (
        (came, REPORTS.format(came=came, owed=owed)),
        (leads, LEADS.format(leads=leads, projects=projects)),
        (come, MEETINGS.format(come=come, asked=asked)),
        (grades, GRADES.format(grades=grades or DOTS)),
    )
    lines = [line for is_there, line in found if is_there or not only_done]
    return tuple(line + ("." if place == len(lines) else ";") for place, line in enumerate(lines, start=1))

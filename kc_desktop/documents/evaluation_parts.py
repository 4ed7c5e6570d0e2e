"""What the papers on a collaborator's year share: heads, levels, how many of how many."""

from __future__ import annotations

from collections.abc import Iterable

from kc_desktop.documents import project_parts
from kc_desktop.domain.collaborator_work import EvaluatedYear, EvaluationDossier, YearWork
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


def by_grade(dossier: EvaluationDossier) -> tuple[tuple[str, int], ...]:
    """Return how many have each grade, the best first; those without one are left out."""
    grades: Choices = tuple(each for each in EVALUATION_GRADES if each[0])
    counts = [(label, sum(1 for row in dossier.rows if row.evaluation.grade == code)) for code, label in grades]
    return tuple((label, count) for label, count in counts if count)

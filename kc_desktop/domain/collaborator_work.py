"""What collaborators do in a year: reports by month, needs they find, meetings they come to; what their papers say.

No law fixes how often a collaborator reports or how their year is judged; offices do both. Only a month a decision
holds in counts: nobody owes a report from before the appointment or after its end.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.domain.fields import Choices
from kc_desktop.domain.network import Evaluation, ReportReminder
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Appointment, Person
from kc_desktop.domain.project_dossier import PaperSigner

REPORT_STATES: Choices = (
    ("received", "Đã nhận"),
    ("late", "Nhận trễ hạn"),
    ("missing", "Còn thiếu"),
    ("ahead", "Chưa đến hạn"),
    ("none", "Không phải báo cáo"),
)
"""How a report of a month stands; "none" is a month the person was no collaborator in."""
RECEIVED: Final = frozenset({"received", "late"})
OWED: Final = frozenset({"received", "late", "missing"})
"""States of a month that counts: the report came, or should have come by now."""


def months_of_year(year: int) -> tuple[str, ...]:
    """Return the twelve months of a year, "2023-01" to "2023-12"."""
    return tuple(f"{year:04d}-{month:02d}" for month in range(1, 13))


def days_of(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month ("2023-04")."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def months_words(months: Iterable[str]) -> str:
    """Return months in words, each year said once: "3, 4, 5 năm 2023", "12 năm 2022 và 1, 2 năm 2023"."""
    years: dict[str, list[str]] = {}
    for month in sorted(set(months)):
        years.setdefault(month[:4], []).append(str(int(month[5:])))
    return " và ".join(f"{', '.join(numbers)} năm {year}" for year, numbers in years.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One stretch of days a decision makes somebody a collaborator, the last day included."""

    first: date
    last: date
    level: str
    area: str = ""
    role: str = "ctv"

    def holds_in(self, month: str) -> bool:
        """Whether any day of a month lies in it: a month that is paid is a month that is reported."""
        begins, ends = days_of(month)
        return self.first <= ends and self.last >= begins


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMonth:
    """One month of one collaborator: how its report stands, when it came, when it was due where a rule says so."""

    month: str
    state: str
    report_id: int = 0
    received_on: date | None = None
    due_on: date | None = None


def state_of(*, serves: bool, received_on: date | None, due_on: date | None, month: str, today: date) -> str:
    """Return how the report of a month stands on a day.

    Without a due day no report is late, and one is missing once its month is over.
    """
    if received_on is not None and received_on <= today:
        return "late" if due_on is not None and received_on > due_on else "received"
    if not serves:
        return "none"
    return "missing" if today > (due_on or days_of(month)[1]) else "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """The reports of one collaborator, month by month."""

    person: Person
    services: tuple[Service, ...]
    months: tuple[ReportMonth, ...]

    @property
    def level(self) -> str:
        """The level of the newest decision."""
        return max(self.services, key=lambda each: each.first).level

    @property
    def received(self) -> int:
        """How many reports came."""
        return sum(1 for each in self.months if each.state in RECEIVED)

    @property
    def owed(self) -> int:
        """How many reports should have come by now, those that came included."""
        return sum(1 for each in self.months if each.state in OWED)

    @property
    def missing(self) -> tuple[str, ...]:
        """The months without a report that should have come by now."""
        return tuple(each.month for each in self.months if each.state == "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMatrix:
    """The reports of all who are collaborators in a stretch of months, as they stand on a day."""

    months: tuple[str, ...]
    on: date
    rows: tuple[ReportRow, ...]

    def counts(self, month: str) -> tuple[int, int]:
        """Return how many reports of a month came and how many are missing."""
        place = self.months.index(month)
        states = [row.months[place].state for row in self.rows]
        return sum(1 for each in states if each in RECEIVED), states.count("missing")

    @property
    def missing_months(self) -> tuple[str, ...]:
        """The months in which anybody's report is missing."""
        return tuple(month for month in self.months if self.counts(month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReports:
    """Whose reports are missing, and of which months."""

    person: Person
    level: str
    months: tuple[str, ...]

    @property
    def words(self) -> str:
        """The months in words: "3, 4 năm 2023"."""
        return months_words(self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A meeting somebody was asked to or came to; who sent another did not come, and whoever came for them did."""

    meeting_id: int
    held_on: date | None
    kind: str
    title: str
    is_asked: bool = False
    has_come: bool = False
    came_for: str = ""

    @property
    def is_training(self) -> bool:
        """Whether it is a training, not another meeting."""
        return self.kind == "tap_huan"

    @property
    def words(self) -> str:
        """How they took part: "có mặt", "dự thay …", "không dự"."""
        if self.came_for and self.has_come:
            return f"dự thay {self.came_for}"
        return "có mặt" if self.has_come else "không dự"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearWork:
    """What one collaborator did in a year, counted from what the file holds; nothing of it is typed."""

    year: int
    reports_received: int = 0
    reports_owed: int = 0
    missing_months: tuple[str, ...] = ()
    leads: int = 0
    projects: int = 0
    participations: tuple[Participation, ...] = ()

    @property
    def meetings_asked(self) -> int:
        """How many meetings and trainings they were asked to."""
        return sum(1 for each in self.participations if each.is_asked)

    @property
    def meetings_come(self) -> int:
        """How many meetings and trainings they came to, for themselves or for another."""
        return sum(1 for each in self.participations if each.has_come)

    @property
    def trainings_come(self) -> int:
        """How many of those were trainings."""
        return sum(1 for each in self.participations if each.has_come and each.is_training)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedYear:
    """A collaborator's year: who they are, what they did, how it was judged (id 0 while it was not)."""

    person: Person
    services: tuple[Service, ...]
    work: YearWork
    evaluation: Evaluation

    @property
    def level(self) -> str:
        """The level of the newest decision of the year, "" for somebody no decision names."""
        return max(self.services, key=lambda each: each.first).level if self.services else ""

    @property
    def area(self) -> str:
        """The area of the newest decision of the year."""
        return max(self.services, key=lambda each: each.first).area if self.services else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDossier:
    """Everything the papers on a year's work may say; `part` is the person a sheet is for, 0 for all.

    `on` is the day it is counted on; `appointments` are the decisions that hold in the year.
    """

    office: Office
    year: int
    on: date
    rows: tuple[EvaluatedYear, ...] = ()
    part: int = 0
    appointments: tuple[Appointment, ...] = ()
    signer: PaperSigner | None = None
    bases: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def chosen(self) -> tuple[EvaluatedYear, ...]:
        """Those a sheet is made for."""
        return tuple(each for each in self.rows if self.part in (0, each.person.id))

    @property
    def proposed(self) -> tuple[EvaluatedYear, ...]:
        """Those a giấy khen is proposed for."""
        return tuple(each for each in self.rows if each.evaluation.is_proposed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDossier:
    """Everything a reminder may say, with who misses which of its months; `part` is whom a letter is for, 0 for all."""

    office: Office
    reminder: ReportReminder
    missing: tuple[MissingReports, ...] = ()
    part: int = 0
    signer: PaperSigner | None = None
    is_sample: bool = False

    @property
    def chosen(self) -> tuple[MissingReports, ...]:
        """Those a letter is made for."""
        return tuple(each for each in self.missing if self.part in (0, each.person.id))

"""Deadlines: what the law wants done by when, for one project and for all of a time, with how late it is on a day.

A deadline's row says when; which step and which papers it is for is said by the rows of the dossiers that name it
(`DossierRule.deadline_code`). A row with only a day of the month is for the monthly progress report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kc_desktop.domain import lifecycle
from kc_desktop.domain.law import DeadlineRule, DossierRule
from kc_desktop.domain.project import ChecklistItem, ProgressReport, Project, ProjectStep
from kc_desktop.domain.text import clean_line
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import lifecycle as storage

_PLANNING: Final = frozenset({"receive", "survey", "submit", "register"})
"""Steps that lead to the plan of the next year (TT 36/2013 Điều 6 khoản 1 điểm a): due in the year before."""
_MONTHS_BACK: Final = 12
_COLLABORATOR_REPORT: Final = "collaborator-report"
"""The row for the monthly reports of collaborators: no law has one, so the office writes its own day into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something a project must have done by a day; `step` is "" for the monthly report, whose `month` is "2023-04"."""

    project_id: int
    project_name: str
    code: str
    name: str
    due_on: date
    step: str = ""
    month: str = ""
    citation: str = ""
    is_verified: bool = False

    @property
    def label(self) -> str:
        """What is due, a report with its month."""
        return f"{self.name}, tháng {self.month[5:]}/{self.month[:4]}" if self.month else self.name

    def days_late(self, on: date) -> int:
        """Return by how many days it is late on a day; 0 or less while there is time."""
        return (on - self.due_on).days

    def words(self, on: date) -> str:
        """Say how much time is left or by how much it is late."""
        late = self.days_late(on)
        if late > 0:
            return f"trễ {late} ngày"
        return "hôm nay" if late == 0 else f"còn {-late} ngày"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The law's rows that deadlines need, read once."""

    deadlines: tuple[DeadlineRule, ...]
    dossiers: tuple[DossierRule, ...]

    def concern(self, source: str, on: date) -> bool:
        """Whether any deadline is for projects of a source on a day: most files' local projects have none."""
        return any(
            in_force(each, source, on) and (_is_monthly(each) or bool(self.steps_of(each.code)))
            for each in self.deadlines
        )

    def steps_of(self, code: str) -> tuple[str, ...]:
        """Return the steps whose papers name a deadline."""
        return tuple(dict.fromkeys(each.step for each in self.dossiers if each.deadline_code == code))


def rules(workspace: Workspace) -> Rules:
    """Read the rows of deadlines and dossiers."""
    return Rules(deadlines=workspace.all(DeadlineRule), dossiers=workspace.all(DossierRule))


def in_force(rule: DeadlineRule | DossierRule, source: str, on: date) -> bool:
    """Whether a row of the law is for a source and holds on a day."""
    if rule.scope not in ("", source):
        return False
    return (rule.valid_from is None or rule.valid_from <= on) and (rule.valid_to is None or on <= rule.valid_to)


def _is_monthly(rule: DeadlineRule) -> bool:
    is_of_projects = rule.code != _COLLABORATOR_REPORT
    return is_of_projects and rule.day_of_month is not None and rule.month is None and rule.days_after is None


def due_on(rule: DeadlineRule, step: str, project: Project, steps: Sequence[ProjectStep]) -> date | None:
    """Return the day a step or its papers are due; None while what it counts from has not happened."""
    if rule.days_after is not None:
        happened = [each.happened_on for each in steps if each.action == rule.after_step and each.happened_on]
        return max(happened) + timedelta(days=rule.days_after) if happened else None
    if rule.month is None or rule.day_of_month is None or not project.year:
        return None
    year = project.end_year or project.year
    if step in _PLANNING:
        year = project.year - 1
    elif rule.is_next_year:
        year += 1
    return _day(year, rule.month, rule.day_of_month)


def _day(year: int, month: int, day: int) -> date:
    """Return a day; the last of the month where the month is shorter."""
    start_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), start_of_next - timedelta(days=1))


def of_project(
    workspace: Workspace, project: Project, on: date, *, given: Rules | None = None, until: date | None = None
) -> tuple[Deadline, ...]:
    """Return what a project has not done yet and must do by a day not later than `until`, the earliest first."""
    given = given or rules(workspace)
    if project.state in lifecycle.FINAL_STATES or not given.concern(project.source, on):
        return ()
    steps = workspace.children(ProjectStep, project_id=project.id)
    found = [
        each
        for rule in given.deadlines
        if in_force(rule, project.source, on)
        for each in _open(workspace, rule, given, project, steps, on)
        if until is None or each.due_on <= until
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.code)))


def _open(
    workspace: Workspace, rule: DeadlineRule, given: Rules, project: Project, steps: Sequence[ProjectStep], on: date
) -> Iterator[Deadline]:
    if _is_monthly(rule):
        yield from _monthly(workspace, rule, project, steps, on)
        return
    for step in given.steps_of(rule.code):
        due = due_on(rule, step, project, steps)
        if due is None or _is_done(step, project, steps):
            continue
        papers = {each.code for each in given.dossiers if each.deadline_code == rule.code and each.step == step}
        if rule.days_after is not None and _are_received(workspace, project.id, step, papers):
            continue
        yield _deadline(rule, project, due, step=step)


def _is_done(step: str, project: Project, steps: Sequence[ProjectStep]) -> bool:
    """Whether a project has passed a step, or is not yet on the way to it: drafts owe no settlement."""
    rule = lifecycle.rule_of(step, project.source)
    way = lifecycle.path(project.source)
    if rule is None or rule.leads_to not in way:
        return any(each.action == step for each in steps)
    place = lifecycle.place_on_path(project.state, project.source, steps)
    if step not in _PLANNING and place < way.index("approved"):
        return True
    return place >= way.index(rule.leads_to)


def _are_received(workspace: Workspace, project_id: int, step: str, codes: set[str]) -> bool:
    items = [
        each
        for each in workspace.children(ChecklistItem, project_id=project_id)
        if each.step == step and each.rule_code in codes and each.is_required
    ]
    return bool(items) and all(each.received_on for each in items)


def _monthly(
    workspace: Workspace, rule: DeadlineRule, project: Project, steps: Sequence[ProjectStep], on: date
) -> Iterator[Deadline]:
    if project.state != "running" or rule.day_of_month is None:
        return
    told = {
        each.month
        for each in workspace.children(ProgressReport, project_id=project.id)
        if each.reported_on is not None or each.reported_percent is not None
    }
    started = [each.happened_on for each in steps if each.action == "start" and each.happened_on]
    since = max(started, default=project.starts_on) or on.replace(day=1)
    for back in range(_MONTHS_BACK, -1, -1):
        number = on.year * 12 + on.month - 1 - back
        due = _day(number // 12, number % 12 + 1, rule.day_of_month)
        month = f"{due.year}-{due.month:02d}"
        if due >= since and month not in told:
            yield _deadline(rule, project, due, month=month)


def _deadline(rule: DeadlineRule, project: Project, due: date, *, step: str = "", month: str = "") -> Deadline:
    return Deadline(
        project_id=project.id,
        project_name=project.name,
        code=rule.code,
        name=rule.name,
        due_on=due,
        step=step,
        month=month,
        citation=rule.citation,
        is_verified=rule.certainty == "confirmed",
    )


_MONTH = re.compile(r"(?:t|tháng)?\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})|(\d{4})\s*[/.\-]\s*(\d{1,2})", re.IGNORECASE)


def month_code(typed: str) -> str:
    """Return a month as it is kept, "2024-04", from 4/2024, 04-2024, T4/2024 or 2024-4; "" for what is no month."""
    found = _MONTH.fullmatch(clean_line(typed))
    if found is None:
        return ""
    month, year = int(found[1] or found[4]), int(found[2] or found[3])
    return f"{year}-{month:02d}" if 1 <= month <= 12 and year else ""


def report_due(workspace: Workspace, source: str, month: str) -> date | None:
    """Return the day a month's progress report is due; None where no rule says so, or the month cannot be read."""
    code = month_code(month)
    if not code:
        return None
    year, number = int(code[:4]), int(code[5:])
    for rule in workspace.all(DeadlineRule):
        if not _is_monthly(rule) or rule.day_of_month is None:
            continue
        due = _day(year, number, rule.day_of_month)
        if in_force(rule, source, due):
            return due
    return None


def collaborator_reports_due(workspace: Workspace, months: Iterable[str]) -> dict[str, date]:
    """Return the days collaborators' reports of months ("2023-04") are due: a day of each, or days after its end.

    A month for which the office has set no day is left out.
    """
    kept = workspace.children(DeadlineRule, code=_COLLABORATOR_REPORT)
    found = {}
    for month in months:
        days = [day for rule in kept if (day := _collaborator_day(rule, month)) and in_force(rule, "KCDP", day)]
        if days:
            found[month] = days[0]
    return found


def _collaborator_day(rule: DeadlineRule, month: str) -> date | None:
    year, number = int(month[:4]), int(month[5:])
    if rule.day_of_month is not None:
        return _day(year, number, rule.day_of_month)
    return _day(year, number, 31) + timedelta(days=rule.days_after) if rule.days_after is not None else None


def upcoming(
    workspace: Workspace,
    today: date,
    days: int = 30,
    *,
    since_year: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> tuple[Deadline, ...]:
    """Return what the projects under way owe until `days` after today, what is late already included.

    Looked at are the projects of last year (settled in January) or since an earlier one, of this year and of the next
    (registered this year). `watch` is told (project, of how many) and may raise to stop.
    """
    given, until = rules(workspace), today + timedelta(days=days)
    first_year = today.year - 1 if since_year is None else since_year
    with workspace.reading() as connection:
        ids = storage.unfinished(connection, first_year, today.year + 1, lifecycle.FINAL_STATES)
    found: list[Deadline] = []
    for place, project in enumerate(workspace.many(Project, ids).values()):
        if watch is not None:
            watch(place, len(ids))
        found += of_project(workspace, project, today, given=given, until=until)
    return tuple(sorted(found, key=lambda each: (each.due_on, each.project_name)))

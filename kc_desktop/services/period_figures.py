"""What happened in a part of a year itself, for its report: money by its entries' days, projects by their steps'."""

from __future__ import annotations

from collections.abc import Iterable

from kc_desktop.domain.balance import View
from kc_desktop.domain.plan_dossier import PeriodFigures, YearBefore
from kc_desktop.domain.project import Project
from kc_desktop.domain.report_period import Period
from kc_desktop.services import balances
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import plan_papers as stored


def within(workspace: Workspace, year: int, period: Period, projects: Iterable[Project]) -> PeriodFigures | None:
    """Return what happened in a period of a year; None for the whole year. `projects` are those that run in it."""
    if period.is_year:
        return None
    since, until = period.since(year), period.last_day(year)
    first = period.first_day(year)
    approved = [each for each in projects if each.adjusted_vnd is not None or each.approved_vnd is not None]
    with workspace.reading() as connection:
        reached = stored.reached_states(connection, year, first, until)
    tables = {view: balances.table(workspace, year, view, until, since) for view in View}
    return PeriodFigures(
        by_source=tables[View.SOURCE],
        by_programme=tables[View.PROGRAMME],
        by_content=tables[View.CONTENT],
        by_place=tables[View.PLACE],
        by_project=tables[View.PROJECT],
        approved=tuple(each for each in approved if each.approved_on and first <= each.approved_on <= until),
        undated=tuple(each for each in approved if each.approved_on is None and each.year == year),
        reached=reached,
    )


def year_before(workspace: Workspace, year: int, period: Period) -> YearBefore:
    """Return the year before, to the end of the same period, and what happened in that period itself."""
    before = year - 1
    with workspace.reading() as connection:
        projects = stored.projects(connection, before)
    return YearBefore(
        year=before,
        by_source=balances.table(workspace, before, View.SOURCE, None if period.is_year else period.last_day(before)),
        projects=projects,
        within=within(workspace, before, period, projects),
    )

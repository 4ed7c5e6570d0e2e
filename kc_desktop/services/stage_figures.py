"""Several years together, for the report of a stage: their tables added up, their projects each once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.domain.amounts import total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, View
from kc_desktop.domain.plan_dossier import MeasuredImpact, PlanDossier, YearBefore
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Project
from kc_desktop.domain.report_period import Period
from kc_desktop.errors import KnownError
from kc_desktop.services import balances
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import plan_papers as stored

_EARLIEST: Final = 1


def years_of(period: Period) -> range:
    """Return the years of a stage."""
    return range(max(period.first_year, _EARLIEST), period.last_year + 1)


def refuse_other_plan(plan: AnnualPlan, period: Period) -> None:
    """Refuse a stage the plan is of no year of. Raises KnownError."""
    if plan.year not in years_of(period):
        raise KnownError(
            f"Kế hoạch năm {plan.year} không thuộc {period.label}.", "Chọn kế hoạch của một năm trong giai đoạn đó."
        )


def with_years(workspace: Workspace, given: PlanDossier) -> PlanDossier:
    """Return a dossier of several years: every sum is theirs together, and they stand one by one, too."""
    period = given.period
    years = tuple(_year(workspace, year) for year in years_of(period))
    earlier = [_year(workspace, year) for year in years_of(period.before())]
    tables = {view: _of_years(workspace, period, view) for view in View}
    with workspace.reading() as connection:
        impacts = {
            each.id: MeasuredImpact(source=source, impact=each)
            for year in years_of(period)
            for source, each in stored.impacts(connection, year)
        }
        beneficiaries = stored.beneficiaries(connection, period.last_year, period.first_year)
    return dataclasses.replace(
        given,
        by_source=tables[View.SOURCE],
        by_programme=tables[View.PROGRAMME],
        by_content=tables[View.CONTENT],
        by_place=tables[View.PLACE],
        by_project=tables[View.PROJECT],
        projects=_projects(years),
        impacts=tuple(impacts.values()),
        beneficiaries=beneficiaries,
        years=years,
        before=YearBefore(
            year=period.first_year - 1,
            by_source=merged([each.by_source for each in earlier], View.SOURCE),
            projects=_projects(earlier),
        ),
    )


def _year(workspace: Workspace, year: int) -> YearBefore:
    with workspace.reading() as connection:
        projects = stored.projects(connection, year)
    return YearBefore(year=year, by_source=balances.table(workspace, year, View.SOURCE), projects=projects)


def _projects(years: Iterable[YearBefore]) -> tuple[Project, ...]:
    """Return the projects of some years, those that run in several of them once."""
    return tuple({project.id: project for each in years for project in each.projects}.values())


def _of_years(workspace: Workspace, period: Period, view: View) -> BalanceTable:
    found = []
    for year in years_of(period):
        table = balances.table(workspace, year, view)
        if view is View.PROGRAMME:  # each year has its own programmes
            rows = (
                row if row.key is None else dataclasses.replace(row, label=f"{row.label} (năm {year})")
                for row in table.rows
            )
            table = dataclasses.replace(table, rows=tuple(rows))
        found.append(table)
    return merged(found, view)


def merged(tables: Sequence[BalanceTable], view: View) -> BalanceTable:
    """Return tables of several years as one, rows of the same thing and source added up; what is nobody's is last."""
    rows: dict[tuple[int | str | None, str], BalanceRow] = {}
    for row in (row for table in tables for row in table.rows):
        known = rows.get((row.key, row.source))
        rows[row.key, row.source] = (
            row if known is None else dataclasses.replace(known, amounts=total((known.amounts, row.amounts)))
        )
    ordered = sorted(rows.values(), key=lambda row: row.key is None) if view is not View.SOURCE else rows.values()
    return BalanceTable(
        year=tables[-1].year if tables else 0,
        view=view,
        rows=tuple(ordered),
        total=total(table.total for table in tables),
    )

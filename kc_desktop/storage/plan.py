"""Counts over the year's plan: projects, meetings, what was done towards targets."""

from __future__ import annotations

import sqlite3
from datetime import date

from kc_desktop.domain.programme import AnnualPlan

RUNS_IN_YEAR = "(t.year = ? OR t.id IN (SELECT n.id FROM project AS n WHERE n.end_year >= ? AND n.year < ?))"
"""Whether a project `t` runs in a year, given three times: it began in it, or began before and has not ended."""


def year_counts(connection: sqlite3.Connection, year: int) -> tuple[int, int]:
    """Return how many projects run in a year, and how many meetings it has."""
    (projects,) = connection.execute(
        f"SELECT count(*) FROM project AS t WHERE {RUNS_IN_YEAR}", (year, year, year)
    ).fetchone()
    (meetings,) = connection.execute(
        "SELECT count(*) FROM meeting WHERE held_on BETWEEN ?1 || '-01-01' AND ?1 || '-12-31'", (year,)
    ).fetchone()
    return int(projects), int(meetings)


def state_counts(connection: sqlite3.Connection, year: int) -> dict[tuple[str, str], int]:
    """Return how many projects of each state and source run in a year."""
    rows = connection.execute(
        f"SELECT t.state, t.source, count(*) FROM project AS t WHERE {RUNS_IN_YEAR} GROUP BY 1, 2", (year, year, year)
    )
    return {(state, source): number for state, source, number in rows}


def done_by_target(connection: sqlite3.Connection, programme_id: int, until: date = date.max) -> dict[int, int]:
    """Return what was done by a day towards each target of a programme; targets without results are left out."""
    rows = connection.execute(
        "SELECT r.target_id, sum(r.quantity) FROM target_result AS r JOIN target AS t ON t.id = r.target_id "
        "WHERE t.programme_id = ? AND r.happened_on <= ? GROUP BY r.target_id",
        (programme_id, until.isoformat()),
    )
    return dict(rows.fetchall())


def is_taken(connection: sqlite3.Connection, plan: AnnualPlan) -> bool:
    """Return whether another plan stands for the same year and source."""
    row = connection.execute(
        "SELECT 1 FROM annual_plan WHERE year = ? AND source = ? AND id <> ?", (plan.year, plan.source, plan.id)
    )
    return row.fetchone() is not None

"""What the papers of a year's plan read besides its balances: projects, contracts, the supported, what came of it."""

from __future__ import annotations

import sqlite3
from datetime import date

from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, FundEntry
from kc_desktop.domain.project import Contract, Impact, Project, ProjectStep
from kc_desktop.storage import records
from kc_desktop.storage.ledger import APPROVED
from kc_desktop.storage.plan import RUNS_IN_YEAR

_GIVEN = ", ".join(f"'{kind}'" for kind in (*ALLOCATING_KINDS, *DEALLOCATING_KINDS))
_NOT_REVERSED = "NOT EXISTS (SELECT 1 FROM fund_entry AS r WHERE r.reverses_id = fund_entry.id)"
_OF_PLAN = (
    "project_id IN (SELECT t.id FROM project AS t WHERE t.year = ? AND t.source = ? "
    "UNION SELECT e.project_id FROM fund_entry AS e WHERE e.plan_id = ? AND e.project_id IS NOT NULL)"
)


def projects(connection: sqlite3.Connection, year: int) -> tuple[Project, ...]:
    """Return the projects that run in a year, of all sources, by name."""
    running = f"id IN (SELECT t.id FROM project AS t WHERE {RUNS_IN_YEAR})"
    return records.fetch_all(connection, Project, running, (year, year, year), order="name_key, id")


def states_on(connection: sqlite3.Connection, year: int, on: date) -> dict[int, str]:
    """Return the state on a day of the projects that run in a year, of those whose steps tell it."""
    where = f"project_id IN (SELECT t.id FROM project AS t WHERE {RUNS_IN_YEAR})"
    found: dict[int, str] = {}
    for each in records.fetch_all(connection, ProjectStep, where, (year, year, year), order="happened_on, id"):
        if each.happened_on is not None and each.happened_on <= on:
            found[each.project_id] = each.state
        elif each.project_id not in found and each.from_state:
            found[each.project_id] = each.from_state
    return found


def reached_states(connection: sqlite3.Connection, year: int, first: date, last: date) -> dict[str, int]:
    """Return how many of the projects that run in a year came into which state from one day to another."""
    rows = connection.execute(
        "SELECT s.state, count(DISTINCT s.project_id) FROM project_step AS s JOIN project AS t ON t.id = s.project_id "
        f"WHERE {RUNS_IN_YEAR} AND s.happened_on BETWEEN ? AND ? AND s.state <> s.from_state GROUP BY 1",
        (year, year, year, first.isoformat(), last.isoformat()),
    )
    return dict(rows.fetchall())


def year_support(connection: sqlite3.Connection, year: int) -> dict[int, int]:
    """Return what of the approved support is for a year, of the projects that say it for any of their years."""
    others = "sum(CASE WHEN s.year <> t.year THEN s.support_vnd ELSE 0 END)"
    own = "sum(CASE WHEN s.year = ?1 THEN s.support_vnd ELSE 0 END)"
    rows = connection.execute(
        f"SELECT t.id, CASE WHEN t.year = ?1 THEN {APPROVED} - {others} ELSE {own} END FROM project AS t "
        f"JOIN year_share AS s ON s.project_id = t.id WHERE {APPROVED} IS NOT NULL GROUP BY t.id",
        (year,),
    )
    return dict(rows.fetchall())


def contracts(connection: sqlite3.Connection, plan_id: int, year: int, source: str) -> tuple[Contract, ...]:
    """Return the contracts of the projects planned for a year and source, and of any its plan's entries are on."""
    return records.fetch_all(connection, Contract, _OF_PLAN, (year, source, plan_id), order="signed_on, id")


def allocations(connection: sqlite3.Connection, plan_id: int) -> tuple[FundEntry, ...]:
    """Return the entries that gave a plan money or took it, by day, without reversals and what they reverse."""
    where = f"plan_id = ? AND kind IN ({_GIVEN}) AND {_NOT_REVERSED}"
    return records.fetch_all(connection, FundEntry, where, (plan_id,), order="happened_on, id")


def beneficiaries(connection: sqlite3.Connection, year: int, first_year: int = 0) -> dict[str, int]:
    """Return how many establishments have an approved project that began in a year, or from one to it, by source."""
    rows = connection.execute(
        "SELECT t.source, count(DISTINCT b.establishment_id) FROM project AS t "
        f"JOIN project_beneficiary AS b ON b.project_id = t.id WHERE t.year BETWEEN ? AND ? AND {APPROVED} IS NOT NULL "
        "GROUP BY 1",
        (first_year or year, year),
    )
    return dict(rows.fetchall())


def impacts(connection: sqlite3.Connection, year: int) -> tuple[tuple[str, Impact], ...]:
    """Return the figures before and after the support of the projects that run in a year, each with its source."""
    sources: dict[int, str] = dict(
        connection.execute(
            f"SELECT t.id, t.source FROM project AS t WHERE {RUNS_IN_YEAR}", (year, year, year)
        ).fetchall()
    )
    where = f"project_id IN (SELECT t.id FROM project AS t WHERE {RUNS_IN_YEAR})"
    found = records.fetch_all(connection, Impact, where, (year, year, year))
    return tuple((sources[each.project_id], each) for each in found)

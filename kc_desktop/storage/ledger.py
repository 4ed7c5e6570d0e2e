"""Sums over the ledger. A reversal counts against the kind of the entry it reverses."""

from __future__ import annotations

import sqlite3

from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS

SIGNED = "CASE e.kind WHEN 'reversal' THEN -e.amount_vnd ELSE e.amount_vnd END"
"""What an entry `e` adds to the sum of its effect."""
EFFECT = (
    "CASE e.kind WHEN 'reversal' THEN (SELECT w.kind FROM fund_entry AS w WHERE w.id = e.reverses_id) ELSE e.kind END"
)
"""The kind whose sum an entry `e` belongs to."""
APPROVED = "coalesce(t.adjusted_vnd, t.approved_vnd)"
"""What a project `t` was approved last."""


def exact_sum(amount: str) -> str:
    """Return the two columns that `whole` makes a sum of.

    Each sum comes in millions and the rest: of amounts up to 10^15, SQLite's own would overflow after 9,223 rows.
    """
    return f"sum(({amount}) / 1000000), sum(({amount}) % 1000000)"


def whole(millions: int | None, rest: int | None) -> int:
    """Return the sum out of its two columns; 0 for no rows."""
    return (millions or 0) * 1_000_000 + (rest or 0)


_EFFECTS = (
    f"SELECT {EFFECT} AS effect, {exact_sum(SIGNED)} FROM fund_entry AS e JOIN annual_plan AS y ON y.id = e.plan_id "
    "WHERE {condition} GROUP BY effect"
)
PROGRAMME = "coalesce(e.programme_id, (SELECT d.programme_id FROM project AS d WHERE d.id = e.project_id))"
"""The programme an entry `e` counts under: the one it names, else its project's."""
_OF_PROGRAMMES = (
    f"SELECT {PROGRAMME}, {EFFECT}, {exact_sum(SIGNED)} FROM annual_plan AS y "
    "CROSS JOIN fund_entry AS e ON e.plan_id = y.id WHERE y.year = ? GROUP BY 1, 2"
)
_APPROVED = f"SELECT {exact_sum(APPROVED)} FROM project AS t WHERE {{condition}}"


def amounts(by_kind: dict[str, int], *, approved_vnd: int = 0, planned_vnd: int = 0) -> Amounts:
    """Return the sums by effect as the amounts people ask for; the share is what was given."""
    allocated = sum(by_kind.get(each, 0) for each in ALLOCATING_KINDS) - sum(
        by_kind.get(each, 0) for each in DEALLOCATING_KINDS
    )
    return Amounts(
        planned_vnd=planned_vnd,
        allocated_vnd=allocated,
        approved_vnd=approved_vnd,
        advanced_vnd=by_kind.get("advance", 0),
        paid_vnd=by_kind.get("payment", 0),
        refunded_vnd=by_kind.get("refund", 0),
        settled_vnd=by_kind.get("settlement", 0),
        share_vnd=allocated,
    )


def _sums(connection: sqlite3.Connection, entries: str, projects: str, values: tuple[object, ...]) -> Amounts:
    found = connection.execute(_EFFECTS.format(condition=entries), values)
    by_kind = {kind: whole(millions, rest) for kind, millions, rest in found}
    approved = whole(*connection.execute(_APPROVED.format(condition=projects), values).fetchone())
    return amounts(by_kind, approved_vnd=approved)


def sums(connection: sqlite3.Connection, year: int, source: str | None = None) -> Amounts:
    """Return a year's sums, of one source or of all.

    An entry counts in the year of its plan, whenever it is dated. What a project of several years was approved counts
    once, in its first year; what is left of it comes into the next year's plan as an entry (chuyển nguồn).
    """
    if source is None:
        return _sums(connection, "y.year = ?", "t.year = ?", (year,))
    return _sums(connection, "y.year = ? AND y.source = ?", "t.year = ? AND t.source = ?", (year, source))


def programme_sums(connection: sqlite3.Connection, year: int) -> dict[int, Amounts]:
    """Return the sums of each programme in a year: entries on it, entries on its projects that name no programme.

    Entries on plans of other years are left out, as are projects that began in another year: they count there.
    """
    by_kind: dict[int, dict[str, int]] = {}
    for programme_id, kind, millions, rest in connection.execute(_OF_PROGRAMMES, (year,)):
        by_kind.setdefault(programme_id, {})[kind] = whole(millions, rest)
    approved = {
        programme_id: whole(millions, rest)
        for programme_id, millions, rest in connection.execute(
            f"SELECT t.programme_id, {exact_sum(APPROVED)} FROM project AS t WHERE t.year = ? GROUP BY 1", (year,)
        )
    }
    return {
        each: amounts(by_kind.get(each, {}), approved_vnd=approved.get(each, 0))
        for each in {*by_kind, *approved}
        if each is not None
    }


def project_sums(connection: sqlite3.Connection, project_id: int) -> Amounts:
    """Return the sums of one project over all its years; projects are allocated nothing, programmes and plans are."""
    return _sums(connection, "e.project_id = ?1", "t.id = ?1", (project_id,))


def sources(connection: sqlite3.Connection, year: int) -> tuple[str, ...]:
    """Return the sources that have a plan in a year."""
    rows = connection.execute("SELECT source FROM annual_plan WHERE year = ? ORDER BY source", (year,))
    return tuple(source for (source,) in rows)


def has_entries(connection: sqlite3.Connection, plan_id: int) -> bool:
    """Return whether a plan has entries."""
    return connection.execute("SELECT 1 FROM fund_entry WHERE plan_id = ? LIMIT 1", (plan_id,)).fetchone() is not None


def is_reversed(connection: sqlite3.Connection, entry_id: int) -> bool:
    """Return whether an entry has been reversed."""
    row = connection.execute("SELECT 1 FROM fund_entry WHERE reverses_id = ? LIMIT 1", (entry_id,))
    return row.fetchone() is not None


def is_matched_elsewhere(connection: sqlite3.Connection, entry_id: int, line_id: int) -> bool:
    """Return whether another line of a statement is matched with an entry."""
    row = connection.execute(
        "SELECT 1 FROM statement_line WHERE fund_entry_id = ? AND id <> ? LIMIT 1", (entry_id, line_id)
    )
    return row.fetchone() is not None


def last_treasury_code(connection: sqlite3.Connection, plan_id: int) -> str:
    """Return the treasury code written last, on the plan where it has one, else on any; "" for none."""
    for condition, values in (("plan_id = ? AND ", (plan_id,)), ("", ())):
        row = connection.execute(
            f"SELECT treasury_code FROM fund_entry WHERE {condition}treasury_code <> '' ORDER BY id DESC LIMIT 1",
            values,
        ).fetchone()
        if row:
            return str(row[0])
    return ""


def doubly_reversed(connection: sqlite3.Connection) -> int:
    """Return how many entries are reversed more than once or by an entry that does not mirror them: 0 when all is well.

    A reversal has the amount, plan, programme and project of what it reverses, and reverses no reversal.
    """
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT w.id FROM fund_entry AS e JOIN fund_entry AS w ON w.id = e.reverses_id "
        "GROUP BY w.id HAVING count(*) > 1 OR w.kind = 'reversal' OR max(e.amount_vnd) <> w.amount_vnd "
        "OR max(e.plan_id) <> w.plan_id OR max(coalesce(e.programme_id, 0)) <> coalesce(w.programme_id, 0) "
        "OR max(coalesce(e.project_id, 0)) <> coalesce(w.project_id, 0))"
    ).fetchone()
    return int(number)


def matched_twice(connection: sqlite3.Connection) -> int:
    """Return how many entries are matched with more than one line of a statement: 0 when all is well."""
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM statement_line WHERE fund_entry_id IS NOT NULL "
        "GROUP BY fund_entry_id HAVING count(*) > 1)"
    ).fetchone()
    return int(number)


def unbalanced_lines(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the ids of estimate lines whose total is not the sum of its parts."""
    rows = connection.execute(
        "SELECT id FROM estimate_line WHERE total_vnd <> support_vnd + own_vnd + other_vnd ORDER BY id"
    )
    return tuple(line for (line,) in rows)

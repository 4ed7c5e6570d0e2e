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
_APPROVED = f"SELECT {exact_sum(APPROVED)} FROM project AS t WHERE {{condition}}"
_MOVED = "CASE WHEN p.year = ?1 THEN p.support_vnd ELSE -p.support_vnd END"
"""What a part `p` of another year than its project's first brings into a year, or takes out of it."""
_APPROVED_IN_YEAR = (
    (APPROVED, "project AS t WHERE t.year = ?1"),
    (
        _MOVED,
        "year_share AS p CROSS JOIN project AS t ON t.id = p.project_id "
        f"WHERE p.year <> t.year AND (p.year = ?1 OR t.year = ?1) AND {APPROVED} IS NOT NULL",
    ),
)
"""What is added up as approved for a year, and of which rows."""


def approved(connection: sqlite3.Connection, year: int, key: str = "NULL") -> dict[tuple[int | str | None, str], int]:
    """Return what is approved for a year, by a key of the project `t` and its source.

    A project counts in its first year, less what is written down for its other years, which counts in these: over all
    years it is what was approved, to the last đồng.
    """
    found: dict[tuple[int | str | None, str], int] = {}
    for amount, rows in _APPROVED_IN_YEAR:
        query = f"SELECT {key}, t.source, {exact_sum(amount)} FROM {rows} GROUP BY 1, 2"
        for of, source, millions, rest in connection.execute(query, (year,)):
            found[of, source] = found.get((of, source), 0) + whole(millions, rest)
    return found


def approved_of_source(connection: sqlite3.Connection, year: int, source: str) -> int:
    """Return what is approved of one source for a year, as `approved` counts it; every save of an amount asks it."""
    queries = (f"SELECT {exact_sum(amount)} FROM {rows} AND t.source = ?2" for amount, rows in _APPROVED_IN_YEAR)
    return sum(whole(*connection.execute(query, (year, source)).fetchone()) for query in queries)


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


def _by_kind(connection: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> dict[str, int]:
    found = connection.execute(_EFFECTS.format(condition=condition), values)
    return {kind: whole(millions, rest) for kind, millions, rest in found}


def sums(connection: sqlite3.Connection, year: int, source: str | None = None) -> Amounts:
    """Return a year's sums, of one source or of all.

    An entry counts in the year of its plan, whenever it is dated; for what was approved see `approved`.
    """
    by_source = approved(connection, year)
    if source is None:
        return amounts(_by_kind(connection, "y.year = ?", (year,)), approved_vnd=sum(by_source.values()))
    by_kind = _by_kind(connection, "y.year = ? AND y.source = ?", (year, source))
    return amounts(by_kind, approved_vnd=by_source.get((None, source), 0))


def project_sums(connection: sqlite3.Connection, project_id: int) -> Amounts:
    """Return the sums of one project over all its years; projects are allocated nothing, programmes and plans are."""
    sums = connection.execute(_APPROVED.format(condition="t.id = ?"), (project_id,)).fetchone()
    return amounts(_by_kind(connection, "e.project_id = ?", (project_id,)), approved_vnd=whole(*sums))


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

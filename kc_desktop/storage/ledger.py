"""Sums over the ledger. A reversal counts against the kind of the entry it reverses."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums in đồng: given to the office, approved for projects, advanced, paid, brought back, settled."""

    allocated_vnd: int
    approved_vnd: int
    advanced_vnd: int
    paid_vnd: int
    refunded_vnd: int
    settled_vnd: int

    @property
    def disbursed_vnd(self) -> int:
        """What has gone out and not come back: advances and payments less refunds."""
        return self.advanced_vnd + self.paid_vnd - self.refunded_vnd

    @property
    def left_vnd(self) -> int:
        """What is allocated and not disbursed."""
        return self.allocated_vnd - self.disbursed_vnd


_EFFECT = """
SELECT CASE e.kind WHEN 'reversal' THEN w.kind ELSE e.kind END AS effect,
       sum(CASE e.kind WHEN 'reversal' THEN -e.amount_vnd ELSE e.amount_vnd END / 1000000),
       sum(CASE e.kind WHEN 'reversal' THEN -e.amount_vnd ELSE e.amount_vnd END % 1000000)
FROM fund_entry AS e LEFT JOIN fund_entry AS w ON w.id = e.reverses_id
JOIN annual_plan AS y ON y.id = e.plan_id
WHERE {condition} GROUP BY effect
"""
"""Each sum comes in millions and the rest: of amounts up to 10^15, SQLite's own would overflow after 9,223 rows."""
_APPROVED = """
SELECT sum(coalesce(t.adjusted_vnd, t.approved_vnd) / 1000000), sum(coalesce(t.adjusted_vnd, t.approved_vnd) % 1000000)
FROM project AS t WHERE {condition}
"""


def _whole(millions: int | None, rest: int | None) -> int:
    return (millions or 0) * 1_000_000 + (rest or 0)


def _sums(connection: sqlite3.Connection, entries: str, projects: str, values: tuple[object, ...]) -> Sums:
    found = connection.execute(_EFFECT.format(condition=entries), values)
    by_kind = {kind: _whole(millions, rest) for kind, millions, rest in found}
    approved = _whole(*connection.execute(_APPROVED.format(condition=projects), values).fetchone())
    return Sums(
        allocated_vnd=sum(by_kind.get(each, 0) for each in ALLOCATING_KINDS)
        - sum(by_kind.get(each, 0) for each in DEALLOCATING_KINDS),
        approved_vnd=approved,
        advanced_vnd=by_kind.get("advance", 0),
        paid_vnd=by_kind.get("payment", 0),
        refunded_vnd=by_kind.get("refund", 0),
        settled_vnd=by_kind.get("settlement", 0),
    )


def sums(connection: sqlite3.Connection, year: int, source: str | None = None) -> Sums:
    """Return a year's sums, of one source or of all."""
    if source is None:
        return _sums(connection, "y.year = ?", "t.year = ?", (year,))
    return _sums(connection, "y.year = ? AND y.source = ?", "t.year = ? AND t.source = ?", (year, source))


def programme_sums(connection: sqlite3.Connection, programme_id: int) -> Sums:
    """Return the sums of one programme: entries on it or on its projects, and what its projects were approved."""
    entries = "(e.programme_id = ?1 OR e.project_id IN (SELECT d.id FROM project AS d WHERE d.programme_id = ?1))"
    return _sums(connection, entries, "t.programme_id = ?1", (programme_id,))


def project_sums(connection: sqlite3.Connection, project_id: int) -> Sums:
    """Return the sums of one project over all its years; projects are allocated nothing, programmes and plans are."""
    return _sums(connection, "e.project_id = ?1", "t.id = ?1", (project_id,))


def sources(connection: sqlite3.Connection, year: int) -> tuple[str, ...]:
    """Return the sources that have a plan in a year."""
    rows = connection.execute("SELECT source FROM annual_plan WHERE year = ? ORDER BY source", (year,))
    return tuple(source for (source,) in rows)


def doubly_reversed(connection: sqlite3.Connection) -> int:
    """Return how many entries are reversed more than once, or by another amount than their own: 0 when all is well."""
    (number,) = connection.execute(
        "SELECT count(*) FROM (SELECT w.id FROM fund_entry AS e JOIN fund_entry AS w ON w.id = e.reverses_id "
        "GROUP BY w.id HAVING count(*) > 1 OR max(e.amount_vnd) <> w.amount_vnd OR max(e.plan_id) <> w.plan_id)"
    ).fetchone()
    return int(number)


def unbalanced_lines(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the ids of estimate lines whose total is not the sum of its parts."""
    rows = connection.execute(
        "SELECT id FROM estimate_line WHERE total_vnd <> support_vnd + own_vnd + other_vnd ORDER BY id"
    )
    return tuple(line for (line,) in rows)

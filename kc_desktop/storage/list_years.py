"""The years a file holds anything of, for the box in which a year is chosen."""

from __future__ import annotations

import sqlite3

_NEXT_YEARS = """
WITH RECURSIVE
  p (year) AS (SELECT min(year) FROM project UNION ALL
    SELECT (SELECT min(year) FROM project WHERE year > p.year) FROM p WHERE p.year IS NOT NULL),
  m (year) AS (SELECT substr(min(held_on), 1, 4) FROM meeting UNION ALL
    SELECT (SELECT substr(min(held_on), 1, 4) FROM meeting WHERE held_on > m.year || '-12-31')
    FROM m WHERE m.year IS NOT NULL),
  r (year) AS (SELECT min(year) FROM paper WHERE year > 0 UNION ALL
    SELECT (SELECT min(year) FROM paper WHERE year > r.year) FROM r WHERE r.year IS NOT NULL)
SELECT year FROM annual_plan UNION SELECT year FROM programme
UNION SELECT year FROM p UNION SELECT CAST(year AS INTEGER) FROM m UNION SELECT year FROM r
UNION SELECT CAST(substr(coalesce(valid_from, decided_on), 1, 4) AS INTEGER) FROM appointment
"""
"""Each year costs one step down an index, however many rows the year holds."""


def years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the years that hold a plan, a programme, a project, a meeting, a numbered paper or a network's first day.

    The newest stands first.
    """
    found = {year for (year,) in connection.execute(_NEXT_YEARS) if year}
    return tuple(sorted(found, reverse=True))

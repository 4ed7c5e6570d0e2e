"""What the steps of all projects tell together."""

from __future__ import annotations

import sqlite3

_LATEST = 300


def latest_signers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the signers of the latest steps, the latest first, each once."""
    rows = connection.execute("SELECT signer FROM project_step ORDER BY id DESC LIMIT ?", (_LATEST,))
    return tuple(dict.fromkeys(signer for (signer,) in rows if signer))


def unfinished(connection: sqlite3.Connection, first_year: int, last_year: int, final: frozenset[str]) -> set[int]:
    """Return the projects of a span of years, those running on into it included, that are in none of the final states.

    Two conditions, each with its index, are quicker than one with an OR.
    """
    marks = ", ".join("?" * len(final))
    states = tuple(sorted(final))
    rows = connection.execute(
        f"SELECT id FROM project WHERE year BETWEEN ? AND ? AND state NOT IN ({marks}) "
        f"UNION SELECT id FROM project WHERE end_year >= ? AND year < ? AND state NOT IN ({marks})",
        (first_year, last_year, *states, first_year, first_year, *states),
    )
    return {record_id for (record_id,) in rows}

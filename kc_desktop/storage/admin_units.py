"""Administrative units by their code and name."""

from __future__ import annotations

import json
import sqlite3

from kc_desktop.domain.people import AdminUnit
from kc_desktop.storage import records


def of_code(connection: sqlite3.Connection, code: str) -> tuple[AdminUnit, ...]:
    """Return the rows of a code: one for each span of time it had a name or kind of its own."""
    return records.fetch_all(connection, AdminUnit, "code = ?", (code,))


def names_of_several(connection: sqlite3.Connection, names: set[str]) -> frozenset[str]:
    """Return which names more than one place bears."""
    rows = connection.execute(
        "SELECT name FROM admin_unit WHERE name IN (SELECT value FROM json_each(?)) "
        "GROUP BY name HAVING count(DISTINCT code) > 1",
        (json.dumps(sorted(names)),),
    )
    return frozenset(name for (name,) in rows)


def codes_under(connection: sqlite3.Connection, parent_code: str) -> frozenset[str]:
    """Return the codes of the units under another."""
    rows = connection.execute("SELECT code FROM admin_unit WHERE parent_code = ?", (parent_code,))
    return frozenset(code for (code,) in rows)

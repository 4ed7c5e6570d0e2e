"""Balances of a year with very many entries, against the plainest sum SQLite can make of the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kc_desktop.domain.balance import View
from kc_desktop.services import balances, funding, overview, overview_charts
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import history, search
from tests.benchmarks.measure import Figure, interleaved_medians_ms

_YEAR = 2024
_RUNS = 5
_LIMIT = 4.0
_PROGRAMMES, _PROJECTS, _COMMUNES = 40, 4_000, 200


def write(path: Path, entries: int) -> None:
    """Write a file with so many entries in one year, spread over programmes, projects, places and months."""
    Workspace.create(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("BEGIN")
    for name, sql in connection.execute("SELECT name, type FROM sqlite_schema WHERE name GLOB 'history_*'").fetchall():
        connection.execute(f"DROP {sql} {name}")
    count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
    connection.execute("INSERT INTO annual_plan (year, source) VALUES (?, 'KCDP'), (?, 'KCQG')", (_YEAR, _YEAR))
    connection.execute(
        f"INSERT INTO admin_unit (code, name, kind) {count} SELECT 30000 + i, 'Xã ' || i, 'xa' FROM n", (_COMMUNES,)
    )
    (first,) = connection.execute("SELECT min(id) FROM admin_unit WHERE code >= '30000'").fetchone()
    connection.execute(
        f"INSERT INTO programme (year, ordinal, name, content, budget_vnd) {count} "
        "SELECT ?, i, 'Chương trình ' || i, i % 9 + 1, 1000000000 FROM n",
        (_PROGRAMMES, _YEAR),
    )
    connection.execute(
        f"INSERT INTO project (year, name, programme_id, commune_id, approved_vnd) {count} "
        "SELECT ?, 'Đề án ' || i, i % ? + 1, ? + i % ?, 200000000 FROM n",
        (_PROJECTS, _YEAR, _PROGRAMMES, first, _COMMUNES),
    )
    connection.execute(
        "INSERT INTO fund_entry (happened_on, kind, plan_id, project_id, programme_id, amount_vnd, document, payee) "
        f"{count} SELECT printf('%d-%02d-%02d', ?, i * 7 % 12 + 1, i * 13 % 28 + 1), "
        "CASE i % 5 WHEN 0 THEN 'allocation' WHEN 1 THEN 'advance' WHEN 2 THEN 'refund' ELSE 'payment' END, "
        "i % 2 + 1, i * 31 % ? + 1, CASE i % 3 WHEN 0 THEN i % ? + 1 END, i * 7919, 'UNC ' || i, 'Cơ sở ' || i FROM n",
        (entries, _YEAR, _PROJECTS, _PROGRAMMES),
    )
    search.install(connection)
    history.install_triggers(connection)
    connection.execute("COMMIT")
    connection.close()


def figures(path: Path, entries: int) -> list[Figure]:
    """Measure every view of a file of so many entries; they take turns with the plain sum."""
    workspace = Workspace.open(path)
    try:
        works: dict[str, Callable[[], object]] = {
            f"balances by {view}": partial(_table, workspace, view) for view in View
        }
        works |= {
            "balances by month": lambda: balances.months(workspace, _YEAR),
            "sums of the year": lambda: funding.sums(workspace, _YEAR),
            "the overview": lambda: _overview(workspace),
        }
        floor, *times = interleaved_medians_ms([partial(_plain_sum, workspace), *works.values()], _RUNS)
    finally:
        workspace.close()
    return [
        Figure(name=f"{entries:,} entries: {name}", value=value, unit="ms", floor=floor, limit_ratio=_LIMIT)
        for name, value in zip(works, times, strict=True)
    ]


def _overview(workspace: Workspace) -> object:
    """Read what the tab Tổng quan begins with."""
    return overview.figures(workspace, _YEAR), overview_charts.charts(workspace, _YEAR, "programmes")


def _table(workspace: Workspace, view: View) -> object:
    return balances.table(workspace, _YEAR, view)


def _plain_sum(workspace: Workspace) -> object:
    with workspace.reading() as connection:
        return connection.execute(
            "SELECT kind, sum(amount_vnd / 1000000) FROM fund_entry "
            "WHERE plan_id IN (SELECT id FROM annual_plan WHERE year = ?) GROUP BY kind",
            (_YEAR,),
        ).fetchall()

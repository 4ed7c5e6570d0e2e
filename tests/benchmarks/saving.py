"""One saved edit against the same rows written to plain tables with plain sqlite3 and the same syncs.

The floor writes what the edit writes: the record's row, the change with its hash, and the row of history with before
and after as JSON of the same length, in one transaction (journal_mode=DELETE, synchronous=FULL) on tables without
checks, triggers and search, on the same disk. Only the values are not made anew: keys, JSON and hashes stand ready.
"""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure, interleaved_medians_ms

_RUNS = 150
_ROWS = 900
_HASH = "0" * 64
_STAMP = ("2023-04-13T08:30:00+07:00", "account", "pc", "Sửa đề án Hỗ trợ máy nung tiết kiệm năng lượng", "do", None)

_turns = count(1)


def figures(path: Path, records: int) -> list[Figure]:
    """Measure edits on a copy of a file of so many records."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        workspace = Workspace.open(copy)
        edits = _Edits(workspace)
        floor = _Floor(Path(folder) / "floor.db", copy)
        try:
            return [
                each
                for name, table, edit in (
                    ("an amount of a project", "project", edits.amount),
                    ("the name of a project (searched)", "project", edits.name),
                    ("the phone of a person (searched)", "person", edits.phone),
                )
                for each in _figures(f"{records:,}: save {name}", workspace, floor, table, edit)
            ]
        finally:
            floor.close()
            workspace.close()


def _figures(name: str, workspace: Workspace, floor: _Floor, table: str, edit: Callable[[], object]) -> list[Figure]:
    edit()
    with workspace.reading() as connection:
        before, after = connection.execute("SELECT before, after FROM change_row ORDER BY id DESC LIMIT 1").fetchone()
    works = (edit, lambda: floor.same_rows(table, before, after), lambda: floor.bare_row(table))
    value, same, bare = interleaved_medians_ms(works, _RUNS)
    with workspace.reading() as connection, _without_syncs(connection), floor.without_syncs():
        value_unsynced, same_unsynced = interleaved_medians_ms(works[:2], _RUNS)
    return [
        Figure(name=name, value=value, unit="ms", floor=same, limit_ratio=2.0),
        Figure(name="  against the record's row alone", value=value, unit="ms", floor=bare),
        Figure(name="  both without syncs", value=value_unsynced, unit="ms", floor=same_unsynced),
    ]


@contextlib.contextmanager
def _without_syncs(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("PRAGMA synchronous = OFF")
    yield
    connection.execute("PRAGMA synchronous = FULL")


class _Edits:
    """Edits of records that were read before, as a form has them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._projects = [workspace.get(Project, each) for each in range(1, _ROWS + 1)]
        self._people = [workspace.get(Person, each) for each in range(1, _ROWS + 1)]

    def amount(self) -> None:
        """Save another amount of a project, a higher one: it is held against the limits and the year's money."""
        place = next(_turns) % _ROWS
        project = self._projects[place]
        higher = dataclasses.replace(project, approved_vnd=(project.approved_vnd or 10**12) + 1)
        self._projects[place] = self._workspace.save(higher)

    def name(self) -> None:
        """Save another name of a project."""
        turn = next(_turns)
        project = self._projects[turn % _ROWS]
        self._workspace.save(dataclasses.replace(project, name=f"Hỗ trợ máy sấy lạnh đợt {turn}"))

    def phone(self) -> None:
        """Save another phone number of a person."""
        turn = next(_turns)
        self._workspace.save(dataclasses.replace(self._people[turn % _ROWS], phone=f"09{turn:08d}"))


class _Floor:
    """The same rows in plain tables."""

    def __init__(self, path: Path, filled_from: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        run = self._connection.execute
        run("PRAGMA journal_mode = DELETE").fetchone()
        run("PRAGMA synchronous = OFF")
        run("ATTACH ? AS source", (str(filled_from),))
        for table in ("project", "person"):
            run(f"CREATE TABLE {table} AS SELECT * FROM source.{table} LIMIT 0")
            columns = ", ".join(row[1] for row in run(f"PRAGMA table_info({table})") if row[1] != "id")
            run(f"DROP TABLE {table}")
            run(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns})")
            run(f"INSERT INTO {table} SELECT * FROM source.{table}")
        run("DETACH source")
        run("CREATE TABLE change (id INTEGER PRIMARY KEY, uuid, at, who, pc, label, kind, target, hash)")
        run("CREATE TABLE change_row (id INTEGER PRIMARY KEY, change_id, table_name, row_id, before, after)")
        run("PRAGMA synchronous = FULL")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def without_syncs(self) -> contextlib.AbstractContextManager[None]:
        """Leave the disk to write when it likes, for a while."""
        return _without_syncs(self._connection)

    def same_rows(self, table: str, before: str, after: str) -> None:
        """Write the rows of one edit."""
        run, turn = self._connection.execute, next(_turns)
        run("BEGIN IMMEDIATE")
        change = run(
            "INSERT INTO change (uuid, at, who, pc, label, kind, target) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (f"{turn:036d}", *_STAMP),
        ).lastrowid
        self._edit(table, turn)
        run(
            "INSERT INTO change_row (change_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            (change, table, 1 + turn % _ROWS, before, after),
        )
        run("UPDATE change SET hash = ? WHERE id = ?", (_HASH, change))
        run("COMMIT")

    def bare_row(self, table: str) -> None:
        """Write the record's row alone."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._edit(table, next(_turns))
        self._connection.execute("COMMIT")

    def _edit(self, table: str, turn: int) -> None:
        """Write a name with its keys, as the program does, whatever the edit compared with it."""
        name = f"Hỗ trợ máy sấy lạnh đợt {turn}"
        self._connection.execute(
            f"UPDATE {table} SET name = ?, name_key = ?, search_key = ?, marked_key = ? WHERE id = ?",
            (name, name, 4 * name, 4 * name, 1 + turn % _ROWS),
        )

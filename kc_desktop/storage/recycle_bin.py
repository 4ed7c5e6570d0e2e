"""The recycle bin: a deleted row lives on in the history and comes back from there with its parts."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from kc_desktop.domain.fields import described_tables
from kc_desktop.errors import KnownError
from kc_desktop.storage import history, records
from kc_desktop.storage.history import Change, ChangeRow

_SHOWN = 500
"""The bin shows this many of the newest; older ones are still in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedRecord:
    """A record that was deleted and is still gone. `row` is how it stood; `title` and `singular` name it in words."""

    change_id: int
    table: str
    record_id: int
    deleted_at: str
    who: str
    title: str = ""
    singular: str = ""
    row: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in a row's life."""

    change: Change
    row: ChangeRow


class ForeignKey(NamedTuple):
    """A link between tables and what happens to its row when the row it points to is deleted."""

    table: str
    column: str
    target: str
    action: str


_Place = tuple[str, object]
"""A table and a row's id."""
_Stored = dict[str, object]
"""A row as the history keeps it."""


def _keys(connection: sqlite3.Connection) -> list[ForeignKey]:
    return [
        ForeignKey(table, row[3], row[2], row[6])
        for table in history.tracked_tables(connection)
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
    ]


def who_depends_on(connection: sqlite3.Connection, table: str, record_id: int) -> tuple[tuple[str, int], ...]:
    """Return (table, number of rows) of what would be left hanging if a row and its parts were deleted."""
    keys = _keys(connection)
    doomed: dict[str, set[int]] = {table: {record_id}}
    queue = [table]
    while queue:
        parent = queue.pop()
        for child, column, target, action in keys:
            if target != parent or action != "CASCADE":
                continue
            new = _pointing(connection, child, column, doomed[parent]) - doomed.get(child, set())
            if new:
                doomed.setdefault(child, set()).update(new)
                queue.append(child)
    users: dict[str, set[int]] = {}
    for child, column, target, action in keys:
        if action == "NO ACTION" and target in doomed:
            left = _pointing(connection, child, column, doomed[target]) - doomed.get(child, set())
            users.setdefault(child, set()).update(left)
    return tuple((name, len(ids)) for name, ids in users.items() if ids)


def _pointing(connection: sqlite3.Connection, child: str, column: str, ids: set[int]) -> set[int]:
    rows = connection.execute(
        f"SELECT id FROM {child} WHERE {column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ids)),)
    )
    return {found for (found,) in rows}


def steps_of(connection: sqlite3.Connection, table: str, record_id: int) -> tuple[Step, ...]:
    """Return every step of a row's life, newest first."""
    rows = connection.execute(
        "SELECT c.id, c.at, c.who, c.pc, c.label, c.kind, c.target, r.before, r.after FROM change_row AS r "
        "JOIN change AS c ON c.id = r.change_id WHERE r.table_name = ? AND r.row_id = ? ORDER BY r.id DESC",
        (table, record_id),
    )
    return tuple(
        Step(
            change=Change(id=row[0], at=row[1], who=row[2], pc=row[3], label=row[4], kind=row[5], target=row[6]),
            row=ChangeRow(
                table=table,
                row_id=record_id,
                before=json.loads(row[7]) if row[7] else None,
                after=json.loads(row[8]) if row[8] else None,
            ),
        )
        for row in rows
    )


def deleted(connection: sqlite3.Connection) -> tuple[DeletedRecord, ...]:
    """Return what was deleted by hand and is still gone, newest first; a part deleted with its whole is not named."""
    tables = described_tables()
    owners = {key.table: key for key in _keys(connection) if key.action == "CASCADE"}
    rows = connection.execute(
        "SELECT r.change_id, r.table_name, r.row_id, r.before, c.at, c.who FROM change_row AS r "
        "JOIN change AS c ON c.id = r.change_id WHERE r.after IS NULL AND c.kind <> 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM change_row AS n WHERE n.table_name = r.table_name AND n.row_id = r.row_id "
        "AND n.id > r.id) ORDER BY r.id DESC"
    )
    found: list[DeletedRecord] = []
    gone: set[tuple[int, str, object]] = set()
    for change_id, table, row_id, before, at, who in rows:  # a whole stands after its parts, so backwards before them
        row = json.loads(before)
        gone.add((change_id, table, row_id))
        owner = owners.get(table)
        if table not in tables or (owner and (change_id, owner.target, row[owner.column]) in gone):
            continue
        found.append(DeletedRecord(change_id=change_id, table=table, record_id=row_id, deleted_at=at, who=who, row=row))
        if len(found) == _SHOWN:
            break
    return tuple(found)


def restore(connection: sqlite3.Connection, item: DeletedRecord) -> None:
    """Insert a deleted row again, the rows deleted in the same change that belong to it, and the links cut with it.

    Runs inside a change. Raises KnownError when what a row belongs to is gone too, or another stands in its place.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    keys = _keys(connection)
    rows = tuple(history.rows_of(connection, item.change_id))
    gone: dict[_Place, _Stored] = {
        (row.table, row.row_id): row.before for row in rows if row.after is None and row.before is not None
    }
    wanted = _with_its_parts((item.table, item.record_id), gone, keys)
    cut = _links_cut(rows, wanted, keys)
    for place in (each for each in gone if each in wanted):
        table, row = place[0], gone[place] | cut.pop(place, {})
        row |= _lost_links(connection, table, row, wanted, keys)
        try:
            history.insert_row(connection, table, row)
        except sqlite3.IntegrityError as error:
            raise KnownError(
                f"Chưa khôi phục được: đã có {_singular(table)} khác đứng ở chỗ đó.",
                "Giữ bản ghi đang có, hoặc xóa nó rồi khôi phục lại.",
            ) from error
        records.renew_whole(connection, table, row)
    for (table, row_id), links in cut.items():
        for column, target_id in links.items():
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE id = ? AND {column} IS NULL", (target_id, row_id)
            )


def _with_its_parts(whole: _Place, gone: dict[_Place, _Stored], keys: list[ForeignKey]) -> set[_Place]:
    wanted = {whole}
    owned = [key for key in keys if key.action == "CASCADE"]
    grew = True
    while grew:
        belonging = {
            place
            for place, row in gone.items()
            for key in owned
            if key.table == place[0] and (key.target, row.get(key.column)) in wanted
        }
        grew = not belonging <= wanted
        wanted |= belonging
    return wanted


def _links_cut(
    rows: tuple[ChangeRow, ...], wanted: set[_Place], keys: list[ForeignKey]
) -> dict[_Place, dict[str, object]]:
    """Return the links to the wanted rows that were emptied when these were deleted, by the row that held them."""
    loose = [key for key in keys if key.action == "SET NULL"]
    cut: dict[_Place, dict[str, object]] = {}
    for row in rows:
        before, after = row.before, row.after
        if before is None or after is None:
            continue
        for key in loose:
            if (
                key.table == row.table
                and after.get(key.column) is None
                and (key.target, before.get(key.column)) in wanted
            ):
                cut.setdefault((row.table, row.row_id), {})[key.column] = before[key.column]
    return cut


def _lost_links(
    connection: sqlite3.Connection, table: str, row: _Stored, wanted: set[_Place], keys: list[ForeignKey]
) -> _Stored:
    """Return the links of a row that have to stay empty because what they pointed to is gone."""
    lost: _Stored = {}
    for key in keys:
        target_id = row.get(key.column) if key.table == table else None
        if target_id is None or (key.target, target_id) in wanted:
            continue
        if connection.execute(f"SELECT 1 FROM {key.target} WHERE id = ?", (target_id,)).fetchone():
            continue
        if key.action != "SET NULL":
            raise KnownError(
                f"Chưa khôi phục được {_singular(table)}: {_singular(key.target)} mà nó gắn với cũng đã bị xóa.",
                f"Khôi phục {_singular(key.target)} đó trước, rồi khôi phục lại.",
            )
        lost[key.column] = None
    return lost


def _singular(table: str) -> str:
    described = described_tables().get(table)
    return described.singular if described else "bản ghi"

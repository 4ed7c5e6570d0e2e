"""The steps that bring a data file to the newest schema. A released step is never edited; a new one is added below.

sqlite-utils is imported here and nowhere else, and only for a new or an older file: opening a current file, the
everyday start, does not pay for it.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from kc_desktop.storage import history, search
from kc_desktop.storage.schema import APPLICATION_ID, SCHEMA_1, SCHEMA_VERSION
from kc_desktop.storage.schema_2 import CHECKS_2, SCHEMA_2
from kc_desktop.storage.schema_3 import CHECKS_3, SCHEMA_3

steps = Migrations("kc_desktop")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run a script statement by statement: `executescript` would commit the step's transaction."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip("; \n"):
                connection.execute(statement)
            statement = ""


@steps()
def version_1(db: Database) -> None:
    """Lay out all four areas: programmes, funding, collaborators, meetings; with papers, law and history."""
    _run(db.conn, SCHEMA_1)


@steps()
def version_2(db: Database) -> None:
    """Add law as dated data, contracts, locked quarters and statements; let projects and entries take more codes."""
    history.drop_triggers(db.conn)
    _change_checks(db.conn, CHECKS_2)
    # A step of a version 1 file named the state its papers were for; what was asked of it stays asked, of any step.
    db.conn.execute("UPDATE checklist_item SET step = ''")
    _run(db.conn, SCHEMA_2)
    _finish(db.conn, 2)


@steps()
def version_3(db: Database) -> None:
    """Add pay and judgement of the network, councils, closed minutes and the register of papers."""
    history.drop_triggers(db.conn)
    _change_checks(db.conn, CHECKS_3)
    _run(db.conn, SCHEMA_3)
    for key in ("search_key", "marked_key"):  # nobody is found any more by a household's tax code, a citizen id
        db.conn.execute(
            f"UPDATE establishment SET {key} = trim(replace(' ' || {key} || ' ', ' ' || tax_code || ' ', ' ')) "
            "WHERE length(tax_code) = 12"
        )
    _finish(db.conn, 3)


def _finish(connection: sqlite3.Connection, version: int) -> None:
    """Renew the search tables and the history's triggers for the tables as they are now, and name the version.

    It belongs to the step's own transaction: a step that is cut short leaves the older version whole. A new file, which
    nothing marks as ours yet, is finished by the last step alone.
    """
    is_new = connection.execute("PRAGMA application_id").fetchone() == (0,)
    if is_new and version < SCHEMA_VERSION:
        return
    search.install(connection)
    history.install_triggers(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def _change_checks(connection: sqlite3.Connection, changes: tuple[tuple[str, str, str], ...]) -> None:
    """Exchange the codes a CHECK allows without copying the table.

    A changed CHECK leaves the rows on disk as they are, so SQLite's own procedure for it is to edit the text of the
    schema ("Making Other Kinds Of Table Schema Changes", sqlite.org/lang_altertable.html); the rows are checked after.
    """
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute("PRAGMA writable_schema = ON")
    try:
        for table, before, after in changes:
            (sql,) = connection.execute(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
            ).fetchone()
            if sql.count(before) != 1:
                raise sqlite3.DatabaseError(f"{table}: the codes to be changed are not there once")
            connection.execute(
                "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?",
                (sql.replace(before, after), table),
            )
        connection.execute(f"PRAGMA schema_version = {version + 1}")
    finally:
        connection.execute("PRAGMA writable_schema = OFF")
    (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"after changing what codes are allowed: {verdict}")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending. The connection must be outside a transaction; each step is a transaction of its own."""
    steps.apply(Database(connection, execute_plugins=False))

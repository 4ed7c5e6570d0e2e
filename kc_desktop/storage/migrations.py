"""The steps that bring a data file to the newest schema. A released step is never edited; a new one is added below.

sqlite-utils is imported here and nowhere else, and only for a new or an older file: opening a current file, the
everyday start, does not pay for it.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from kc_desktop.storage import history, search
from kc_desktop.storage.schema import APPLICATION_ID, SCHEMA_1, SCHEMA_VERSION

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


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is pending, then renew the search tables and the history's triggers for the tables as they are now.

    The connection must be outside a transaction; each step is a transaction of its own.
    """
    steps.apply(Database(connection, execute_plugins=False))
    connection.execute("BEGIN IMMEDIATE")
    search.install(connection)
    history.install_triggers(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")

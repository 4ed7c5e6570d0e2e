"""Search tables: FTS5 over our own keys, kept in step by triggers.

`search_key` is folded (no marks, đ as d), `marked_key` keeps the marks; FTS5's own remove_diacritics does not fold đ.
"""

from __future__ import annotations

import sqlite3


def searched_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tables that keep search keys."""
    rows = connection.execute(
        "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.name = 'search_key' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name"
    )
    return tuple(name for (name,) in rows)


def install(connection: sqlite3.Connection) -> None:
    """Make the search table and its triggers for every table with search keys that has none yet, and fill it."""
    existing = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table in searched_tables(connection):
        fts = f"{table}_fts"
        if fts in existing:
            continue
        connection.execute(
            f"CREATE VIRTUAL TABLE {fts} USING fts5(search_key, marked_key, content='{table}', content_rowid='id', "
            "tokenize=\"unicode61 remove_diacritics 0\", prefix='1 2 3')"
        )
        keys_old, keys_new = "old.id, old.search_key, old.marked_key", "new.id, new.search_key, new.marked_key"
        add = f"INSERT INTO {fts} (rowid, search_key, marked_key) VALUES ({keys_new});"
        drop = f"INSERT INTO {fts} ({fts}, rowid, search_key, marked_key) VALUES ('delete', {keys_old});"
        connection.execute(f"CREATE TRIGGER search_insert_{table} AFTER INSERT ON {table} BEGIN {add} END")
        connection.execute(f"CREATE TRIGGER search_delete_{table} AFTER DELETE ON {table} BEGIN {drop} END")
        connection.execute(
            f"CREATE TRIGGER search_update_{table} AFTER UPDATE ON {table} "
            "WHEN old.search_key <> new.search_key OR old.marked_key <> new.marked_key "
            f"BEGIN {drop} {add} END"
        )
        connection.execute(f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')")

"""Search tables: FTS5 over our own keys, kept in step by triggers.

`search_key` is folded (no marks, đ as d), `marked_key` keeps the marks; FTS5's own remove_diacritics does not fold đ.

Lines of text (what was said, concluded, asked; names of attached files) keep no keys: two search tables, one without
marks and one with, read a view of all of them. What they find is to be held against the words themselves.
"""

from __future__ import annotations

import sqlite3
from typing import Final

TEXT_LINES: Final = (
    ("entry", ("body",)),
    ("conclusion", ("body",)),
    ("task", ("body", "result")),
    ("petition", ("body", "answer")),
    ("attachment", ("name",)),
)
"""The tables whose lines are found by their text, and the columns of words. A new one stands last: the place counts."""
_VIEW: Final = "text_line"
_BITS: Final = 40
_TOKENIZERS: Final = (
    (f"{_VIEW}_fts", "folded", "unicode61 remove_diacritics 2"),
    (f"{_VIEW}_marked_fts", "marked", "unicode61 remove_diacritics 0"),
)


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
    _install_text_lines(connection, existing)


def indexes(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return every search table that a file has to have, and the table or view whose words it keeps."""
    own = ((f"{table}_fts", table) for table in searched_tables(connection))
    return (*own, *((fts, _VIEW) for fts, _column, _tokenizer in _TOKENIZERS))


def tables_with_triggers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tables whose triggers keep a search table in step."""
    return (*searched_tables(connection), *(table for table, _columns in TEXT_LINES))


def first_row(table: str) -> int:
    """Return the number of a table's line 0 in the search tables of lines; `last_row` is beyond its last one."""
    return next(place for place, (each, _) in enumerate(TEXT_LINES, start=1) if each == table) << _BITS


def last_row(table: str) -> int:
    """Return the number beyond that of a table's last line."""
    return first_row(table) + (1 << _BITS)


def _install_text_lines(connection: sqlite3.Connection, existing: set[str]) -> None:
    """Make the search tables of lines and their triggers, once every column they read is there, and fill them."""
    if _TOKENIZERS[0][0] in existing or not all(_has(connection, *each) for each in TEXT_LINES):
        return
    lines = (f"SELECT {', '.join(_line(table, columns, table))} FROM {table}" for table, columns in TEXT_LINES)
    connection.execute(f"CREATE VIEW {_VIEW} (id, folded, marked) AS {' UNION ALL '.join(lines)}")
    for fts, column, tokenizer in _TOKENIZERS:
        connection.execute(
            f"CREATE VIRTUAL TABLE {fts} USING fts5({column}, content='{_VIEW}', content_rowid='id', "
            f"tokenize=\"{tokenizer}\", prefix='2')"
        )
        connection.execute(f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')")
    for table, columns in TEXT_LINES:
        add, drop = _keeping(table, columns, "new", "", ""), _keeping(table, columns, "old", "{fts}, ", "'delete', ")
        differs = " OR ".join(f"old.{each} <> new.{each}" for each in columns)
        connection.execute(f"CREATE TRIGGER search_insert_{table} AFTER INSERT ON {table} BEGIN {add} END")
        connection.execute(f"CREATE TRIGGER search_delete_{table} AFTER DELETE ON {table} BEGIN {drop} END")
        connection.execute(
            f"CREATE TRIGGER search_update_{table} AFTER UPDATE ON {table} WHEN {differs} BEGIN {drop} {add} END"
        )


def _has(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> bool:
    return set(columns) <= {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _line(table: str, columns: tuple[str, ...], row: str) -> tuple[str, str, str]:
    """Return the columns of a line: its number, its words with đ as d, its words."""
    words = " || char(10) || ".join(f"{row}.{each}" for each in columns)
    return f"{first_row(table)} + {row}.id", f"replace(replace({words}, 'đ', 'd'), 'Đ', 'D')", words


def _keeping(table: str, columns: tuple[str, ...], row: str, more_names: str, more: str) -> str:
    """Return the statements that write a row's words into both search tables, or take them out."""
    number, folded, marked = _line(table, columns, row)
    return " ".join(
        f"INSERT INTO {fts} ({more_names.format(fts=fts)}rowid, {column}) VALUES ({more}{number}, {words});"
        for (fts, column, _tokenizer), words in zip(_TOKENIZERS, (folded, marked), strict=True)
    )

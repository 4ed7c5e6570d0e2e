"""Queries of the register of outgoing papers (NĐ 30/2020, Phụ lục IV): numbers per series and year, kept files."""

from __future__ import annotations

import sqlite3

_OF_SERIES = "FROM paper WHERE series = ? AND year = ? AND number IS NOT NULL AND state <> 'draft'"


def numbers(connection: sqlite3.Connection, series: str, year: int) -> tuple[int, ...]:
    """Return every number of a series and year that was taken, cancelled and reserved ones too, in their order."""
    return tuple(
        number for (number,) in connection.execute(f"SELECT number {_OF_SERIES} ORDER BY number", (series, year))
    )


def holder(connection: sqlite3.Connection, series: str, year: int, number: int, but: int = 0) -> int | None:
    """Return the id of the paper a number belongs to, `but` aside; None when it is free."""
    row = connection.execute(
        f"SELECT id {_OF_SERIES} AND number = ? AND id <> ? ORDER BY id", (series, year, number, but)
    ).fetchone()
    return None if row is None else int(row[0])


def newest_symbol(connection: sqlite3.Connection) -> str:
    """Return the symbol of the row written last; "" for an empty register."""
    row = connection.execute("SELECT symbol FROM paper WHERE state <> 'draft' ORDER BY id DESC LIMIT 1").fetchone()
    return "" if row is None else str(row[0])


def issued(connection: sqlite3.Connection, kind: str, table: str, record_id: int) -> int | None:
    """Return the id of the newest issued paper of a kind about a record; None when none is issued."""
    row = connection.execute(
        "SELECT max(id) FROM paper WHERE record_table = ? AND record_id = ? AND kind = ? AND state = 'issued'",
        (table, record_id, kind),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return the years the register holds rows of, newest first."""
    return tuple(
        year for (year,) in connection.execute("SELECT DISTINCT year FROM paper WHERE year > 0 ORDER BY year DESC")
    )


def series_of_year(connection: sqlite3.Connection, year: int) -> tuple[str, ...]:
    """Return the series that have numbers in a year."""
    rows = connection.execute(
        "SELECT DISTINCT series FROM paper WHERE year = ? AND number IS NOT NULL AND state <> 'draft' ORDER BY series",
        (year,),
    )
    return tuple(series for (series,) in rows)


def keep_file(connection: sqlite3.Connection, paper_id: int, pdf: bytes) -> None:
    """Keep the bytes of an issued paper. Inside a change."""
    connection.execute("INSERT INTO paper_file (paper_id, pdf) VALUES (?, ?)", (paper_id, pdf))


def file_of(connection: sqlite3.Connection, paper_id: int) -> bytes | None:
    """Return the bytes of an issued paper, None when none are kept."""
    row = connection.execute("SELECT pdf FROM paper_file WHERE paper_id = ?", (paper_id,)).fetchone()
    return None if row is None else bytes(row[0])

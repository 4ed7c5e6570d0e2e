"""One description of a record: what `domain.fields` declares and what the tables hold are the same."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kc_desktop.domain.fields import Field, Kind, RecordType, described_tables
from kc_desktop.services.workspace import Workspace  # declares every record, as the program itself does

TABLES = described_tables()
_COLUMN_TYPES = {
    Kind.LINE: "TEXT",
    Kind.TEXT: "TEXT",
    Kind.CHOICE: "TEXT",
    Kind.DATE: "TEXT",
    Kind.MOMENT: "TEXT",
    Kind.DECIMAL: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.MONEY: "INTEGER",
    Kind.FLAG: "INTEGER",
    Kind.LINK: "INTEGER",
}
_NOT_RECORDS = {
    "change",
    "change_row",
    "setting",
    "paper_file",
    "meeting_version_file",
    "sqlite_sequence",
    "_sqlite_migrations",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A plain connection to a new data file."""
    path = tmp_path_factory.mktemp("new") / "mới.kcdb"
    Workspace.create(path).close()
    with closing(_connect(path)) as connection:
        yield connection


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path)


def _own_keys(described: RecordType) -> set[str]:
    keys = {each.sort_column for each in described.sorted_fields}
    return keys | ({"search_key", "marked_key"} if described.is_searched else set())


def _sql_of(database: sqlite3.Connection, table: str) -> str:
    (sql,) = database.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return str(sql)


def _fields() -> list[tuple[str, Field]]:
    return [(table, each) for table, described in TABLES.items() for each in described.fields]


def _name(value: object) -> str:
    return value.name if isinstance(value, Field) else str(value)


def test_every_table_of_a_new_file_is_described_and_every_record_has_its_table(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    )
    assert {name for (name,) in rows} - _NOT_RECORDS == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_a_table_are_the_fields_of_its_record_and_our_own_keys(
    database: sqlite3.Connection, table: str
) -> None:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    described = TABLES[table]
    assert columns[0] == "id"
    assert sorted(each for each in columns[1:] if each not in _own_keys(described)) == sorted(
        each.name for each in described.fields
    )
    assert _own_keys(described) <= set(columns)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_record_but_its_id_is_declared(table: str) -> None:
    declared = {each.name for each in TABLES[table].fields}
    assert {each.name for each in dataclasses.fields(TABLES[table].cls)} == declared | {"id"}


@pytest.mark.parametrize(("table", "spec"), _fields(), ids=_name)
def test_a_column_keeps_the_kind_of_value_its_field_has(database: sqlite3.Connection, table: str, spec: Field) -> None:
    info = {row[1]: row for row in database.execute(f"PRAGMA table_info({table})")}[spec.name]
    assert info[2] == _COLUMN_TYPES[spec.kind]
    if spec.kind in (Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.FLAG):
        assert info[3] == 1, "these kinds are never NULL: an empty text is ''"


@pytest.mark.parametrize(("table", "spec"), [each for each in _fields() if each[1].kind is Kind.CHOICE], ids=_name)
def test_a_choice_is_checked_against_exactly_its_codes(database: sqlite3.Connection, table: str, spec: Field) -> None:
    found = re.search(rf"CHECK \({spec.name} IN \(([^)]*)\)\)", _sql_of(database, table))
    assert found is not None
    assert re.findall(r"'([^']*)'", found.group(1)) == [code for code, _label in spec.choices]


@pytest.mark.parametrize("table", TABLES)
def test_links_are_foreign_keys_to_their_target_and_say_what_happens_on_delete(
    database: sqlite3.Connection, table: str
) -> None:
    keys = {row[3]: (row[2], row[4], row[6]) for row in database.execute(f"PRAGMA foreign_key_list({table})")}
    links = {each.name: each.target for each in TABLES[table].fields if each.kind is Kind.LINK}
    assert {column: (target, to) for column, (target, to, _on_delete) in keys.items()} == {
        name: (target, "id") for name, target in links.items()
    }
    sql = _sql_of(database, table)
    for column in keys:
        declared = rf"[\n,]\s+{column} .*REFERENCES \w+ \(id\) ON DELETE (CASCADE|NO ACTION|SET NULL)"
        assert re.search(declared, sql), column


@pytest.mark.parametrize("table", TABLES)
def test_every_link_has_an_index(database: sqlite3.Connection, table: str) -> None:
    indexes = [row[1] for row in database.execute(f"PRAGMA index_list({table})")]
    led_by = {database.execute(f"PRAGMA index_info({each})").fetchone()[2] for each in indexes}
    links = {each.name for each in TABLES[table].fields if each.kind is Kind.LINK}
    assert links <= led_by


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_strict_and_never_reuse_an_id(database: sqlite3.Connection, table: str) -> None:
    sql = _sql_of(database, table)
    assert sql.rstrip().endswith("STRICT")
    assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in sql


@pytest.mark.parametrize(("table", "spec"), _fields(), ids=_name)
def test_every_field_is_named_in_words_and_its_codes_are_distinct(table: str, spec: Field) -> None:
    assert spec.label == spec.label.strip() != ""
    assert len({code for code, _label in spec.choices}) == len(spec.choices)
    assert spec.kind is not Kind.LINK or spec.target in TABLES, table

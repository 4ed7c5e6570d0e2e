"""A data file of an older version: backed up, brought to the present version whole, or left as it is and shown."""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.storage import backup, backup_files, data_file, health, history, records, upgrade
from kc_desktop.storage.backup_files import Reason
from kc_desktop.storage.instance_lock import InstanceLock
from kc_desktop.storage.schema import SCHEMA_VERSION
from tests.storage.helpers import USER, new_file, put, redo, undo
from tests.storage.old_files import RELEASED, old_file, opened

_MIGRATED_ROWS = {1: {("checklist_item", "step")}}
"""What a migration may change in the rows it finds: (table, column) by the version it starts from."""


def _rows(connection: sqlite3.Connection) -> dict[str, dict[str, list[Any]]]:
    """Return every value of a file, by table and column."""
    found: dict[str, dict[str, list[Any]]] = {}
    for table in (*history.tracked_tables(connection), "change", "change_row"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid").fetchall()
        found[table] = {column: [row[index] for row in rows] for index, column in enumerate(columns)}
    return found


def _rows_of(path: Path) -> dict[str, dict[str, list[Any]]]:
    with closing(sqlite3.connect(path)) as connection:
        return _rows(connection)


def _version(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def _backups(path: Path) -> tuple[backup_files.Backup, ...]:
    return backup_files.backups_in(backup_files.default_folder(path), path)


@pytest.mark.parametrize("version", RELEASED)
def test_an_older_file_opens_with_every_record_and_its_history_whole(version: int, tmp_path: Path) -> None:
    path = old_file(tmp_path, version)
    before = _rows_of(path)
    file = opened(path)
    try:
        assert not file.is_read_only
        assert data_file.version_of(file.connection) == SCHEMA_VERSION
        after = _rows(file.connection)
        for table, columns in before.items():
            for column, values in columns.items():
                if (table, column) not in _MIGRATED_ROWS[version]:
                    assert after[table][column] == values, (table, column)
        assert health.problems(file) == ()
        assert len(after["change"]["id"]) == 11
    finally:
        file.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        [path.name, backup_files.default_folder(path).name]
    )


@pytest.mark.parametrize("version", RELEASED)
def test_an_older_file_is_backed_up_as_it_was_before_it_is_changed(version: int, tmp_path: Path) -> None:
    path = old_file(tmp_path, version)
    before = _rows_of(path)
    file = opened(path)
    kept = file.upgrade_backup
    file.close()
    assert kept is not None
    (listed,) = _backups(path)
    assert listed.path == kept
    assert listed.reason is Reason.DATA_UPGRADE
    assert _version(kept) == version
    assert _rows_of(kept) == before
    again = opened(path)
    assert again.upgrade_backup is None
    again.close()
    assert len(_backups(path)) == 1


@pytest.mark.parametrize("version", RELEASED)
def test_work_goes_on_in_an_upgraded_file_and_its_old_steps_can_be_taken_back(version: int, tmp_path: Path) -> None:
    file = opened(old_file(tmp_path, version))
    try:
        person = put(file, Person(name="Cộng tác viên 95"))
        undo(file)
        redo(file)
        assert records.fetch(file.connection, Person, person.id) is not None
        while history.next_undo(file.connection) is not None:
            undo(file)
        assert health.problems(file) == ()
    finally:
        file.close()


def test_nobody_is_found_any_more_by_a_households_tax_code(tmp_path: Path) -> None:
    path, code = old_file(tmp_path), "079190004321"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER history_insert_establishment")
        connection.execute(
            "INSERT INTO establishment (id, name, name_key, tax_code, search_key, marked_key) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (901, "Cơ sở 03", "co so 03", code, f"co so 03 {code} go", f"cơ sở 03 {code} gỗ"),
        )
    file = opened(path)
    try:
        found = "SELECT rowid FROM establishment_fts WHERE establishment_fts MATCH ?"
        assert file.connection.execute(found, ("0791*",)).fetchall() == []
        assert file.connection.execute(found, ("co so 03 go",)).fetchall() == [(901,)]
        assert health.problems(file) == ()
    finally:
        file.close()


def test_the_setting_of_the_backup_folder_is_followed_and_a_missing_stick_is_no_obstacle(tmp_path: Path) -> None:
    for folder, is_there in ((tmp_path / "ổ khác", True), (tmp_path / "USB", False)):
        if is_there:
            folder.mkdir()
        path = old_file(tmp_path, name=f"{folder.name}.kcdb")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER history_insert_setting")
            connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (upgrade.FOLDER_SETTING, str(folder)))
        file = opened(path)
        assert not file.is_read_only
        assert file.upgrade_backup is not None
        assert file.upgrade_backup.parent == (folder if is_there else backup_files.default_folder(path))
        file.close()


def test_another_instance_reads_an_older_file_that_is_held_without_changing_it(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    lock = InstanceLock.acquire(path, USER)
    assert isinstance(lock, InstanceLock)
    file = opened(path)
    try:
        assert file.holder is not None
        assert file.is_copy
        assert "đang được" in file.read_only_reason
        assert data_file.version_of(file.connection) == SCHEMA_VERSION
        people = len(records.fetch_all(file.connection, Person))
        assert people > 10
        beside = data_file.open_beside(file)
        assert len(records.fetch_all(beside.connection, Person)) == people
        beside.close()
        with pytest.raises(KnownError), file.change("Sửa"):
            pass
    finally:
        file.close()
        lock.release()
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_older_file_that_is_only_looked_at_stays_as_it_is(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    file = data_file.open_file(path, USER, may_upgrade=False)
    assert file.is_read_only
    assert health.problems(file) == ()
    file.close()
    assert path.read_bytes() == before


def test_while_a_file_is_upgraded_nobody_else_can_write_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path)
    migrate = upgrade._migrate
    seen: list[str] = []

    def look(connection: sqlite3.Connection) -> None:
        monkeypatch.setattr(upgrade, "_migrate", migrate)
        other = opened(path)
        seen.append(other.read_only_reason)
        other.close()
        migrate(connection)

    monkeypatch.setattr(upgrade, "_migrate", look)
    opened(path).close()
    assert len(seen) == 1
    assert USER.who in seen[0]
    assert _version(path) == SCHEMA_VERSION


def _fails_with(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_file_whose_backup_cannot_be_made_is_shown_and_never_changed(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()

    def fails(*_given: object) -> None:
        raise _fails_with(number)

    monkeypatch.setattr(backup, "copy", fails)
    file = opened(path)
    assert file.is_read_only
    assert file.is_copy
    assert "bản chương trình cũ" in file.read_only_reason
    assert not list(tmp_path.rglob("*.lock")), "who only reads leaves the way free"
    assert file.read_only_reason.endswith(".")
    assert records.fetch_all(file.connection, Person)
    file.close()
    assert path.read_bytes() == before
    assert _backups(path) == ()
    assert not list(tmp_path.rglob("*.part")) + list(tmp_path.rglob("*.new")) + list(tmp_path.rglob("*.lock"))


def test_a_file_that_is_open_elsewhere_when_it_is_to_be_replaced_stays_and_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another's reading keeps a file from being replaced."""
    path = old_file(tmp_path)
    before = path.read_bytes()

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    file = opened(path)
    assert "đang mở ở cửa sổ hoặc máy khác" in file.read_only_reason
    file.close()
    assert path.read_bytes() == before
    assert len(_backups(path)) == 1


def test_a_damaged_older_file_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    spoilt = path.read_bytes()
    spoilt = spoilt[:4096] + b"\xa5" * (len(spoilt) - 4096)
    path.write_bytes(spoilt)
    with pytest.raises(KnownError, match="hỏng"):
        opened(path)
    assert path.read_bytes() == spoilt
    assert _backups(path) == ()


def test_a_present_file_is_opened_without_any_of_this(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    file.close()
    file = opened(file.path)
    assert not file.is_copy
    assert file.upgrade_backup is None
    file.close()
    assert [each.name for each in tmp_path.iterdir()] == [file.path.name]


# --- a real disk without room ---


def test_on_a_full_disk_the_file_is_shown_and_told_why_it_cannot_be_changed(small_disk: Path) -> None:
    path = old_file(small_disk)
    (small_disk / "phim.mp4").write_bytes(bytes(300_000))
    before = path.read_bytes()
    file = opened(path)
    assert "đầy" in file.read_only_reason
    assert records.fetch_all(file.connection, Person)
    file.close()
    assert path.read_bytes() == before
    assert not list(small_disk.rglob("*.part"))
    assert _backups(path) == ()


# --- killed half-way ---

_OPENER = """
import signal, sys
from pathlib import Path
from kc_desktop.storage import data_file, migrations, upgrade  # what costs time before the work begins
from kc_desktop.storage.instance_lock import Holder
signal.setitimer(signal.ITIMER_REAL, float(sys.argv[2]))  # whose signal ends a program that does not wait for it
data_file.open_file(Path(sys.argv[1]), Holder(who="a", pc="b", since="")).close()
"""

_STOPPING = """
import os, signal, sys
from pathlib import Path
from kc_desktop.storage import backup, data_file, upgrade
from kc_desktop.storage.instance_lock import Holder
where, when = sys.argv[2].split(":")
owner = {"_migrate": upgrade, "rename": Path, "replace": Path}
owner |= dict.fromkeys(("copy", "sync_folder", "health_of"), backup)
real = getattr(owner[where], where)
def stopping(*given, **more):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner[where], where, stopping)
data_file.open_file(Path(sys.argv[1]), Holder(who="a", pc="b", since=""))
"""


def _check_old_or_new(path: Path, before: dict[str, dict[str, list[Any]]]) -> int:
    """Check that a file is the old or the new one, whole, and opens; return the version that was found."""
    found = _version(path)
    assert found in (1, SCHEMA_VERSION)
    assert not path.with_name(path.name + "-journal").exists()
    if found == 1:
        assert _rows_of(path) == before
    else:
        assert [_version(each.path) for each in _backups(path)] == [1] * len(_backups(path))
        assert _backups(path), "upgraded without a backup"
    for each in _backups(path):
        assert backup.health_of_file(each.path) == backup.Health(damage=(), faults=())
    file = opened(path)
    assert not file.is_read_only
    assert health.problems(file) == ()
    file.close()
    assert not [each for each in path.parent.iterdir() if each.name.endswith((".new", "-journal"))]
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    ("where", "left"),
    [
        ("copy:before", 1),
        ("copy:after", 1),
        ("health_of:after", 1),
        ("rename:before", 1),
        ("rename:after", 1),
        ("sync_folder:after", 1),
        ("_migrate:before", 1),
        ("_migrate:after", 1),
        ("replace:before", 1),
        ("replace:after", SCHEMA_VERSION),
    ],
)
def test_killed_at_each_step_of_an_upgrade(where: str, left: int, tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = _rows_of(path)
    done = subprocess.run(
        [sys.executable, "-c", _STOPPING, str(path), where], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == -9, done.stderr.decode()
    assert _check_old_or_new(path, before) == left


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.timeout(300)
def test_killed_at_any_moment_of_an_upgrade(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = _rows_of(path)
    content = path.read_bytes()
    chance = random.Random(2026)
    ends: list[tuple[int, int]] = []
    for _ in range(16):
        path.write_bytes(content)
        delay = chance.uniform(0.001, 0.2)
        done = subprocess.run([sys.executable, "-c", _OPENER, str(path), str(delay)], timeout=60, check=False)
        ends.append((done.returncode, _check_old_or_new(path, before)))
    assert (-signal.SIGALRM, 1) in ends

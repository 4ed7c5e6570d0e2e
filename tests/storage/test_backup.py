"""Backups: a faithful copy of an open file, read back before it counts, and put back whole."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.storage import backup, backup_files, data_file, health, history, records, restore
from kc_desktop.storage.backup_files import Reason
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.instance_lock import InstanceLock
from tests.storage.helpers import USER, content, new_file, put
from tests.storage.old_files import old_file, opened

_START = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


class _Calendar:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = _START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    """A file with one person in it."""
    made = new_file(tmp_path)
    put(made, Person(name="Đại biểu 01"))
    yield made
    made.close()


def _usual(path: Path) -> Path:
    return backup_files.default_folder(path)


def _make(file: DataFile, reason: Reason = Reason.ASKED, clock: _Calendar | None = None) -> Path:
    return backup.make(file.path, _usual(file.path), reason, clock=clock or _Calendar()).backup.path


def _people(path: Path) -> list[str]:
    file = opened(path)
    try:
        return [each.name for each in records.fetch_all(file.connection, Person)]
    finally:
        file.close()


def _damage(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (path.stat().st_size - 4096))


def _leftovers(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.name.endswith((".part", ".new", "-journal", ".lock"))]


def test_a_backup_of_an_open_file_holds_all_that_was_saved(file: DataFile) -> None:
    made = backup.make(file.path, _usual(file.path), Reason.ASKED)
    assert made.faults == ()
    copy = opened(made.backup.path)
    assert content(copy.connection) == content(file.connection)
    assert history.broken_link(copy.connection) is None
    assert health.problems(copy) == ()
    copy.close()
    assert made.backup.size == made.backup.path.stat().st_size
    file.close()
    assert _leftovers(file.path.parent) == []


def test_a_backup_is_opened_for_reading_only_and_says_how_to_go_on_from_it(file: DataFile) -> None:
    made = _make(file)
    before = made.read_bytes()
    copy = opened(made)
    assert "Phục hồi từ bản sao lưu" in copy.read_only_reason
    copy.close()
    assert made.read_bytes() == before
    assert _leftovers(made.parent) == []


def test_saving_goes_on_while_a_backup_is_made(file: DataFile) -> None:
    for number in range(400):
        with file.change(f"Thêm {number}"):
            for each in range(10):
                records.insert(file.connection, Person(name=f"Đại biểu {number}-{each}", note="ghi chú " * 30))
    saved = threading.Event()
    numbers = iter(range(10_000))

    def save(_done: int, _total: int) -> None:
        if next(numbers) < 2:  # between two steps of the first copy, as the window's thread does
            saver = threading.Thread(target=_save_beside, args=(file.path, saved))
            saver.start()
            saver.join()

    made = backup.make(file.path, _usual(file.path), Reason.ASKED, progress=save)
    assert saved.is_set()
    assert made.faults == ()
    assert backup.health_of_file(made.backup.path) == backup.Health(damage=(), faults=())
    file.close()


def _save_beside(path: Path, saved: threading.Event) -> None:
    with contextlib.closing(data_file.connect(path, "rw")) as connection:
        other = DataFile(path, connection, USER, lambda: _START, None)
        with other.change("Thêm"):
            records.insert(connection, Person(name="Đại biểu giữa chừng"))
    saved.set()


def test_a_backup_that_is_stopped_leaves_nothing(file: DataFile) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.make(file.path, _usual(file.path), Reason.ASKED, progress=stop)
    assert list(_usual(file.path).iterdir()) == []
    file.close()


def test_old_backups_go_when_a_new_one_is_verified_and_never_before(file: DataFile) -> None:
    clock = _Calendar()
    for _ in range(20):
        for hour in (8, 17):
            clock.now = clock.now.replace(hour=hour)
            put(file, Person(name=f"Đại biểu {clock.now:%d %H}"))
            _make(file, Reason.DAILY, clock)
        clock.now += timedelta(days=1)
    kept = backup_files.backups_in(_usual(file.path), file.path)
    assert len({each.at.date() for each in kept}) == len(kept) - 1, "only the newest day keeps more than one"
    assert len(kept) == 14 + 1
    file.close()
    _damage(file.path)
    with pytest.raises(KnownError, match="hỏng"):
        _make(file, Reason.DAILY, clock)
    assert backup_files.backups_in(_usual(file.path), file.path) == kept


def test_backups_of_another_file_of_the_same_name_are_never_removed(tmp_path: Path) -> None:
    shared = tmp_path / "USB"
    shared.mkdir()
    files = []
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        files.append(new_file(tmp_path / place))
        put(files[-1], Person(name=place))
    clock = _Calendar()
    for number in range(40):
        clock.now = _START + timedelta(hours=8 * number)
        backup.make(files[number % 2].path, shared, Reason.DAILY, clock=clock)
    lineages = [backup.census_of_file(each.path).lineage for each in backup_files.backups_in(shared, files[0].path)]
    assert all(lineages.count(backup.census_of_file(each.path).lineage) >= 6 for each in files)
    for each in files:
        each.close()


def test_a_file_with_a_broken_history_is_backed_up_all_the_same_but_no_older_backup_goes(file: DataFile) -> None:
    clock = _Calendar()
    healthy = _make(file, Reason.DAILY, clock)
    file.connection.execute("UPDATE change SET label = 'khác'")
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        made = backup.make(file.path, _usual(file.path), Reason.DAILY, clock=clock)
        assert made.faults
    clock.now += timedelta(days=40)
    for _ in range(3):
        clock.now += timedelta(minutes=1)
        _make(file, Reason.DAILY, clock)
    assert healthy.exists()
    assert len(backup_files.backups_in(_usual(file.path), file.path)) == 7
    file.close()


def test_what_a_power_cut_left_is_removed_a_day_later(file: DataFile) -> None:
    first = _make(file)
    cut_off = first.with_name(f"{first.name}.4711.part")
    writing = first.with_name(f"{first.name}.4712.part")
    for each in (cut_off, writing):
        each.touch()
    half = file.path.with_name(f"{file.path.name}.4711.new")
    mine = file.path.with_name(f"{file.path.name}.ghi chú.new")
    now = datetime.now(tz=UTC)
    for each in (half, mine):
        each.touch()
    for each in (cut_off, half, mine):
        os.utime(each, (now.timestamp() - 2 * 86400,) * 2)
    backup.make(file.path, first.parent, Reason.ASKED)
    assert [each.exists() for each in (cut_off, writing, half, mine)] == [False, True, False, True]
    file.close()


# --- refusals ---


def test_a_folder_that_is_not_there_is_told_and_never_made(file: DataFile, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Không thấy thư mục"):
        backup.make(file.path, tmp_path / "USB", Reason.ASKED)
    assert not (tmp_path / "USB").exists()
    file.close()


def test_a_file_where_the_folder_should_be_is_told(file: DataFile) -> None:
    _usual(file.path).touch()
    with pytest.raises(KnownError, match="đã có một tệp tên như vậy"):
        _make(file)


def test_a_clock_set_wrong_for_long_never_costs_the_backup_just_made(file: DataFile) -> None:
    clock = _Calendar()
    for month in range(30):
        clock.now = datetime(2090 + month // 12, month % 12 + 1, 1, 8, tzinfo=UTC)
        _make(file, Reason.DAILY, clock)
    clock.now = _START
    assert _make(file, Reason.DAILY, clock).exists()


def test_a_full_disk_is_told_and_keeps_what_is_there(small_disk: Path, file: DataFile) -> None:
    with file.change("Thêm nhiều"):
        for each in range(2000):
            records.insert(file.connection, Person(name=f"Đại biểu {each}", note="ghi chú " * 60))
    there = small_disk / "của người khác.txt"
    there.write_bytes(b"precious")
    with pytest.raises(KnownError, match="đầy") as told:
        backup.make(file.path, small_disk, Reason.ASKED)
    assert "ổ đĩa khác" in told.value.remedy
    assert [each.name for each in small_disk.iterdir()] == [there.name]
    file.close()


def test_a_folder_that_may_not_be_written_to_is_told(file: DataFile) -> None:
    for folder in (Path("/sys"), Path("/proc")):
        if folder.is_dir():
            with pytest.raises(KnownError, match=r"Không được phép ghi|Không thấy thư mục"):
                backup.make(file.path, folder, Reason.ASKED)
    file.close()


def test_a_stick_pulled_out_half_way_is_told(file: DataFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()

    def pulled(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "rename", pulled)
    with pytest.raises(KnownError, match="Ổ đĩa báo lỗi"):
        backup.make(file.path, stick, Reason.ASKED)
    assert list(stick.iterdir()) == []
    file.close()


def test_a_damaged_file_is_told_and_leaves_no_backup(file: DataFile) -> None:
    file.close()
    _damage(file.path)
    with pytest.raises(KnownError, match="hỏng") as told:
        _make(file)
    assert "phục hồi từ bản sao lưu" in told.value.remedy.lower() or "bản sao lưu gần nhất" in told.value.remedy
    assert list(_usual(file.path).iterdir()) == []


def test_a_target_that_does_not_keep_what_is_written_is_told(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backup.copy

    def bad_stick(source: sqlite3.Connection, target: Path, progress: backup.Progress | None = None) -> None:
        copy(source, target, progress)
        _damage(target)

    monkeypatch.setattr(backup, "copy", bad_stick)
    with pytest.raises(KnownError, match="đọc lại không đúng"):
        _make(file)
    assert list(_usual(file.path).iterdir()) == []
    file.close()


def test_a_save_that_was_cut_off_is_settled_before_the_backup(file: DataFile) -> None:
    file.close()
    subprocess.run([sys.executable, "-c", _CUT_OFF, str(file.path)], check=False, timeout=60)
    assert file.path.with_name(file.path.name + "-journal").exists()
    made = _make(file)
    assert _people(made) == ["Đại biểu 01"]


_CUT_OFF = """
import os, sys
from kc_desktop.storage import data_file
from pathlib import Path
connection = data_file.connect(Path(sys.argv[1]), "rw")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DROP TRIGGER history_update_person")
connection.execute("UPDATE person SET name = 'nửa chừng'")
numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
connection.execute(f"CREATE TABLE much AS {numbers} SELECT i, hex(randomblob(200)) FROM n")
os._exit(1)
"""


# --- putting back ---


def test_a_backup_is_put_back_and_what_stood_there_is_kept(file: DataFile) -> None:
    made = _make(file)
    put(file, Person(name="Đại biểu 02"))
    file.close()
    kept = restore.restore(made, file.path, USER, made.parent)
    assert _people(file.path) == ["Đại biểu 01"]
    assert kept is not None
    assert Reason.RESTORE in kept.name
    assert _people(kept) == ["Đại biểu 01", "Đại biểu 02"]
    again = opened(file.path)
    assert not again.is_read_only
    assert health.problems(again) == ()
    again.close()
    assert _leftovers(file.path.parent) == []
    restore.restore(kept, file.path, USER, made.parent)
    assert _people(file.path) == ["Đại biểu 01", "Đại biểu 02"]


def test_a_backup_becomes_a_file_of_its_own_where_none_stands(file: DataFile, tmp_path: Path) -> None:
    made = _make(file)
    file.close()
    target = tmp_path / "máy mới.kcdb"
    assert restore.restore(made, target, USER, tmp_path) is None
    assert _people(target) == ["Đại biểu 01"]


@pytest.mark.parametrize("present", ["damaged", "empty", "cut off", "damaged with a journal"])
def test_a_damaged_file_is_replaced_and_kept_for_whoever_looks_at_it(present: str, file: DataFile) -> None:
    made = _make(file)
    file.close()
    journal = file.path.with_name(file.path.name + "-journal")
    if present == "empty":
        file.path.write_bytes(b"")
    elif present == "cut off":
        file.path.write_bytes(file.path.read_bytes()[:20_000])
    else:
        if present == "damaged with a journal":
            subprocess.run([sys.executable, "-c", _CUT_OFF, str(file.path)], check=False, timeout=60)
            assert journal.exists()
            journal.write_bytes(journal.read_bytes()[:600])
        _damage(file.path)
    spoilt = file.path.read_bytes()
    kept = restore.restore(made, file.path, USER, made.parent)
    assert kept is not None
    if Reason.DAMAGED in kept.name:
        assert kept.read_bytes() == spoilt
    assert not journal.exists()
    assert _people(file.path) == ["Đại biểu 01"]


def test_a_damaged_backup_is_refused_and_the_file_stays(file: DataFile) -> None:
    made = _make(file)
    file.close()
    _damage(made)
    before = file.path.read_bytes()
    with pytest.raises(KnownError, match="hỏng"):
        restore.restore(made, file.path, USER, made.parent)
    assert file.path.read_bytes() == before
    assert _leftovers(file.path.parent) == []


def test_a_backup_of_another_file_is_refused(file: DataFile, tmp_path: Path) -> None:
    other = new_file(tmp_path, "khác.kcdb")
    put(other, Person(name="Đại biểu 09"))
    made = _make(other)
    other.close()
    file.close()
    before = file.path.read_bytes()
    with pytest.raises(KnownError, match="tệp dữ liệu khác"):
        restore.restore(made, file.path, USER, made.parent)
    assert file.path.read_bytes() == before
    assert _leftovers(tmp_path) == []


def test_a_file_that_is_open_elsewhere_is_not_replaced(file: DataFile) -> None:
    made = _make(file)
    with pytest.raises(KnownError, match=USER.who):
        restore.restore(made, file.path, USER, made.parent)
    file.close()


def test_the_file_is_locked_while_it_is_being_replaced(file: DataFile, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _make(file)
    file.close()
    keep = restore._keep_present
    seen: list[bool] = []

    def look(*given: object) -> Path | None:
        seen.append(isinstance(InstanceLock.acquire(file.path, USER), InstanceLock))
        return keep(*given)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(restore, "_keep_present", look)
    restore.restore(made, file.path, USER, made.parent)
    assert seen == [False]


def test_a_backup_of_an_older_version_is_put_back_and_upgraded_when_it_is_opened(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    file = opened(path)
    older = file.upgrade_backup
    file.close()
    assert older is not None
    restore.restore(older, path, USER, older.parent)
    file = opened(path)
    assert not file.is_read_only
    assert health.problems(file) == ()
    file.close()


def test_no_room_to_put_a_backup_back_is_told_and_the_file_stays(small_disk: Path) -> None:
    path = old_file(small_disk)
    made = backup.make(path, small_disk.parent, Reason.ASKED).backup.path
    before = path.read_bytes()
    with pytest.raises(KnownError, match="đầy"):
        restore.restore(made, path, USER, small_disk.parent)
    assert path.read_bytes() == before
    assert [each.name for each in small_disk.iterdir()] == [path.name]


_STOPPING = """
import os, signal, sys
from pathlib import Path
from kc_desktop.storage import backup, restore
from kc_desktop.storage.instance_lock import Holder
where, when = sys.argv[1].split(":")
owner = Path if where in ("replace", "rename") else next(each for each in (restore, backup) if hasattr(each, where))
real = getattr(owner, where)
def stopping(*given, **more):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, where, stopping)
source, data = map(Path, sys.argv[2:])
restore.restore(source, data, Holder(who="a", pc="b", since=""), source.parent)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize(
    ("where", "is_replaced"),
    [
        ("_locked:before", False),
        ("copy:after", False),
        ("_keep_present:before", False),
        ("rename:before", False),
        ("_keep_present:after", False),
        ("replace:before", False),
        ("replace:after", True),
        ("sync_folder:after", None),
    ],
)
def test_killed_at_each_step_of_putting_back(
    where: str, is_replaced: bool | None, is_damaged: bool, file: DataFile
) -> None:
    made = _make(file)
    put(file, Person(name="Đại biểu 02"))
    file.close()
    if is_damaged:
        _damage(file.path)
    before = file.path.read_bytes()
    done = subprocess.run([sys.executable, "-c", _STOPPING, where, str(made), str(file.path)], timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    stays = file.path.read_bytes() == before
    assert is_replaced is None or stays is not is_replaced
    if not stays:
        assert _people(file.path) == ["Đại biểu 01"]
    restore.restore(made, file.path, USER, made.parent)
    assert _people(file.path) == ["Đại biểu 01"]
    assert not [each for each in file.path.parent.iterdir() if each.name.endswith((".new", "-journal"))]

"""Opening files of every kind: ours, not ours, newer, damaged, locked, read-only, on a full disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.storage import data_file, health, records
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.instance_lock import Holder, InstanceLock, lock_path
from kc_desktop.storage.schema import SCHEMA_VERSION
from tests.storage.helpers import USER, content, new_file, put


def _closed_sample(folder: Path) -> Path:
    file = new_file(folder)
    for number in range(200):
        put(file, Person(name=f"Cộng tác viên {number:03d}", note="x" * 500))
    file.close()
    return file.path


def _refusal(path: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        data_file.open_file(path, USER)
    assert caught.value.remedy
    return caught.value


def test_a_new_file_opens_is_healthy_and_leaves_nothing_beside_it_when_closed(tmp_path: Path) -> None:
    file = new_file(tmp_path, "Khuyến công năm 2023 – Phòng KT.kcdb")
    assert health.problems(file) == ()
    file.close()
    assert [each.name for each in tmp_path.iterdir()] == ["Khuyến công năm 2023 – Phòng KT.kcdb"]


def test_the_pragmas_that_protect_the_data_are_on(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    values = [
        file.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
    ]
    assert values == ["delete", 2, 1, 0x4B434442, SCHEMA_VERSION]
    file.close()


def test_creating_never_replaces_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.kcdb"
    path.write_bytes(b"quan trong")
    with pytest.raises(KnownError, match="Đã có tệp"):
        data_file.create(path, USER)
    assert path.read_bytes() == b"quan trong"


def test_creating_in_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Không có thư mục"):
        data_file.create(tmp_path / "không có" / "a.kcdb", USER)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "written",
    [b"", b"SQLite format 3\0", b"PK\x03\x04" + b"x" * 5000, "Báo cáo".encode() * 100, b"\0" * 4096],
    ids=["empty", "cut short", "a Word file", "text", "zeros"],
)
def test_a_file_that_is_not_ours_is_refused_and_not_touched(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.kcdb"
    path.write_bytes(written)
    assert "không phải tệp dữ liệu" in _refusal(path).message
    assert path.read_bytes() == written
    assert [each.name for each in tmp_path.iterdir()] == ["a.kcdb"]


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.kcdb"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert "không phải tệp dữ liệu" in _refusal(path).message
    assert path.read_bytes() == before


def test_a_newer_file_is_refused_by_its_version_and_not_touched(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    refusal = _refusal(path)
    assert "mới hơn" in refusal.message
    assert "99" in refusal.message
    assert path.read_bytes() == before


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "Không tìm thấy" in _refusal(tmp_path / "không có.kcdb").message
    assert "thư mục" in _refusal(tmp_path).message
    assert not (tmp_path / "không có.kcdb").exists()


def _what_is_wrong(path: Path) -> tuple[str, ...]:
    """Return what opening or checking a damaged file says."""
    try:
        file = data_file.open_file(path, USER)
    except KnownError as error:
        return (str(error),)
    try:
        return health.problems(file)
    finally:
        file.close()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_told_and_never_altered(tmp_path: Path, share: float) -> None:
    path = _closed_sample(tmp_path)
    whole = path.read_bytes()
    damaged = whole[: int(len(whole) * share) // 4096 * 4096]
    path.write_bytes(damaged)
    assert any("hỏng" in each for each in _what_is_wrong(path))
    assert path.read_bytes() == damaged


def test_pages_overwritten_with_noise_are_found_by_the_check(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    noisy = bytearray(path.read_bytes())
    for page in range(20, 60):
        noisy[page * 4096 : page * 4096 + 64] = os.urandom(64)
    path.write_bytes(noisy)
    assert _what_is_wrong(path)
    assert path.read_bytes() == bytes(noisy)


def test_a_second_opening_is_read_only_and_says_who_has_the_file(tmp_path: Path) -> None:
    first = new_file(tmp_path)
    second = data_file.open_file(first.path, Holder(who="Người khác", pc="PC-02", since=""))
    assert second.is_read_only
    assert second.holder is not None
    assert (second.holder.who, second.holder.pc) == ("Phòng KT", "PC-01")
    assert "Phòng KT trên máy PC-01" in second.read_only_reason
    with pytest.raises(KnownError, match="chỉ để đọc"), second.change("Thêm"):
        pass
    put(first, Person(name="Cộng tác viên 01"))
    assert [each.name for each in records.fetch_all(second.connection, Person)] == ["Cộng tác viên 01"]
    second.close()
    first.close()
    third = data_file.open_file(first.path, USER)
    assert not third.is_read_only
    third.close()


def test_a_lock_left_by_a_killed_program_does_not_keep_the_file_shut(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    lock_path(path).write_text('{"who": "Máy đã tắt", "pc": "PC-09", "since": "2023-01-01T08:00"}', "utf-8")
    file = data_file.open_file(path, USER)
    assert not file.is_read_only
    file.close()


def test_a_lock_file_full_of_nonsense_is_no_obstacle(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    first = data_file.open_file(path, USER)
    lock_path(path).write_bytes(b"\xff\x00 khong phai json")
    second = data_file.open_file(path, USER)
    assert "một cửa sổ khác" in second.read_only_reason
    second.close()
    first.close()


def test_of_many_programs_at_once_exactly_one_may_write(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    script = (
        "import sys; from pathlib import Path; from kc_desktop.storage import data_file\n"
        "from kc_desktop.storage.instance_lock import Holder\n"
        "f = data_file.open_file(Path(sys.argv[1]), Holder(who='a', pc='b', since=''))\n"
        "print(int(f.is_read_only), flush=True); sys.stdin.read(); f.close()\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    answers = [program.stdout.readline().strip() for program in programs if program.stdout]
    for program in programs:
        program.communicate(timeout=30)
    assert sorted(answers) == ["0", "1", "1", "1"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_without_write_permission_opens_read_only(tmp_path: Path) -> None:
    path = _closed_sample(tmp_path)
    path.chmod(0o444)
    file = data_file.open_file(path, USER)
    assert "Chỉ đọc" in file.read_only_reason
    file.close()


def test_a_lock_that_another_program_holds_in_sqlite_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_file, "_BUSY_TIMEOUT_S", 0.05)
    file = new_file(tmp_path)
    other = sqlite3.connect(file.path)
    other.execute("BEGIN IMMEDIATE")
    file.connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(KnownError, match="bị một chương trình khác khóa"), file.change("Thêm"):
        pass
    other.rollback()
    other.close()
    put(file, Person(name="Cộng tác viên 01"))
    file.close()


def _fill(file: DataFile) -> None:
    with file.change("Thêm nhiều"):
        for number in range(2000):
            records.insert(file.connection, Person(name=f"Cộng tác viên {number:04d}", note="x" * 2000))


def test_a_full_disk_is_told_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    put(file, Person(name="Cộng tác viên 01"))
    before = content(file.connection)
    (pages,) = file.connection.execute("PRAGMA page_count").fetchone()
    file.connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(KnownError, match="đã đầy") as caught:
        _fill(file)
    assert "Lưu lại" in caught.value.remedy
    assert content(file.connection) == before
    assert health.problems(file) == ()
    file.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """Return a folder on a real disk of 3 MB, where the machine lets us make one."""
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    return folder


def test_a_really_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    try:
        file = new_file(small_disk)
        put(file, Person(name="Cộng tác viên 01"))
        before = content(file.connection)
        with pytest.raises(KnownError, match=r"đã đầy|lỗi ổ đĩa"):
            _fill(file)
        assert content(file.connection) == before
        assert health.problems(file) == ()
        put(file, Person(name="Cộng tác viên 02"))
        file.close()
        (small_disk / "đầy").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
        with pytest.raises(KnownError):
            data_file.create(small_disk / "mới.kcdb", USER)
        assert not (small_disk / "mới.kcdb").exists()
    finally:
        subprocess.run(["umount", "-l", str(small_disk)], check=False)


def test_the_lock_returns_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "a.kcdb"
    path.touch()
    held = InstanceLock.acquire(path, USER)
    assert isinstance(held, InstanceLock)
    assert InstanceLock.acquire(path, USER) == USER
    held.release()
    held.release()
    assert not lock_path(path).exists()

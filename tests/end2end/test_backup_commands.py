"""Backing up, restoring and updating from the command line, as IT staff script it."""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.end2end.program import Answer, kc
from tests.services.installers import installer


def _made(answer: Answer) -> Path:
    assert (answer.code, answer.err) == (0, ""), answer
    told = re.fullmatch(r"Đã sao lưu vào (.+)\.\n", answer.out)
    assert told is not None
    return Path(told[1])


def test_a_backup_goes_beside_the_file_and_is_a_healthy_file_itself(copy: Path) -> None:
    made = _made(kc("backup", "--data", copy))
    assert made.parent == copy.parent / f"Sao lưu {copy.stem}"
    assert kc("check", made).code == 0
    assert kc("list", "people", "--data", made).out == kc("list", "people", "--data", copy).out


def test_a_backup_goes_into_another_folder(copy: Path, tmp_path: Path) -> None:
    stick = tmp_path / "USB của phòng"
    stick.mkdir()
    assert _made(kc("backup", "--data", copy, "--to", stick)).parent == stick


def test_a_backup_is_restored_and_the_present_file_kept(copy: Path, tmp_path: Path) -> None:
    made = _made(kc("backup", "--data", copy))
    before = kc("list", "meetings", "--data", copy).out
    with closing(sqlite3.connect(copy)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE meeting SET title = 'khác'")
    assert kc("list", "meetings", "--data", copy).out != before
    answer = kc("restore", made, "--data", copy)
    assert answer.code == 0
    assert "Tệp trước khi phục hồi được giữ ở" in answer.out
    assert kc("list", "meetings", "--data", copy).out == before
    assert len(list(made.parent.iterdir())) == 2
    new = tmp_path / "máy mới.kcdb"
    assert kc("restore", made, "--data", new).out == f"Đã phục hồi {new} từ {made.name}.\n"
    assert kc("list", "meetings", "--data", new).out == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup",),
        ("backup", "a.kcdb"),
        ("backup", "--data", ""),
        ("backup", "--data", "a.kcdb", "--to", ""),
        ("restore",),
        ("restore", "a.kcdb"),
        ("restore", "--data", "a.kcdb"),
        ("restore", "a.kcdb", "b.kcdb", "--data", "c.kcdb"),
        ("update",),
        ("update", ""),
        ("update", "a.exe", "--data", ""),
    ],
    ids=" ".join,
)
def test_words_that_do_not_fit_together_are_exit_code_two(arguments: tuple[str, ...], tmp_path: Path) -> None:
    answer = kc(*arguments, cwd=tmp_path)
    assert answer.is_one_line_of_complaint(2)
    assert list(tmp_path.iterdir()) == []


def _refused(answer: Answer) -> str:
    assert answer.is_one_line_of_complaint(1), answer
    return answer.err


def test_what_cannot_be_backed_up_is_told(copy: Path, tmp_path: Path) -> None:
    assert "không có.kcdb" in _refused(kc("backup", "--data", tmp_path / "không có.kcdb"))
    assert "Không có thư mục" in _refused(kc("backup", "--data", copy, "--to", tmp_path / "USB"))
    other = tmp_path / "khác.kcdb"
    other.write_bytes(b"not ours")
    assert "không phải tệp dữ liệu" in _refused(kc("backup", "--data", other))
    content = copy.read_bytes()
    copy.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    assert "hỏng" in _refused(kc("backup", "--data", copy))
    assert not list(tmp_path.rglob("* – sao lưu *"))


def test_what_cannot_be_restored_is_told_and_leaves_the_file(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    assert "không có.kcdb" in _refused(kc("restore", tmp_path / "không có.kcdb", "--data", copy))
    other = tmp_path / "khác.kcdb"
    other.write_bytes(b"not ours")
    assert "không phải tệp dữ liệu" in _refused(kc("restore", other, "--data", copy))
    assert "Không có thư mục" in _refused(kc("restore", copy, "--data", tmp_path / "đâu" / "a.kcdb"))
    made = _made(kc("backup", "--data", copy))
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "mới hơn" in _refused(kc("restore", made, "--data", copy))
    assert copy.read_bytes() == before


def test_what_is_no_newer_installer_is_told(copy: Path, tmp_path: Path) -> None:
    assert "Không đọc được" in _refused(kc("update", tmp_path / "không có.exe"))
    assert "không phải bộ cài đặt" in _refused(kc("update", copy))
    assert "không mới hơn" in _refused(kc("update", installer(tmp_path, "0.0.1"), "--data", copy))
    assert not list(tmp_path.rglob("* – sao lưu *"))


@pytest.mark.skipif(sys.platform == "win32", reason="there it is run")
def test_an_update_backs_the_data_up_and_tells_where_it_cannot_go_on(copy: Path, tmp_path: Path) -> None:
    answer = kc("update", installer(tmp_path), "--data", copy)
    assert answer.code == 1
    assert "Bản 99.1.0 mới hơn" in answer.out
    assert "chỉ chạy trên Windows" in answer.err
    assert len(list((copy.parent / f"Sao lưu {copy.stem}").iterdir())) == 1

"""Importing as a command: what became of each row, the wrong rows handed back, one line where it cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.end2end.program import kc
from tests.exchange.books import COLLABORATORS, write_xlsx


@pytest.fixture
def data(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample to write into."""
    return Path(shutil.copy(sample, tmp_path / "Mạng lưới.kcdb"))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A list of three collaborators."""
    return write_xlsx(tmp_path / "danh sách.xlsx", COLLABORATORS, name="DS CTV")


def test_a_list_is_imported_and_the_second_time_changes_nothing(data: Path, book: Path) -> None:
    for counts in ({"new": 3, "same": 0}, {"new": 0, "same": 3}):
        answer = kc("import", "collaborators", book, "--data", data, "--json")
        assert (answer.code, answer.err) == (0, "")
        told = json.loads(answer.out)
        assert counts.items() <= told["counts"].items()
        assert [each["row"] for each in told["rows"]] == [8, 9, 11]


def test_a_dry_run_writes_nothing(data: Path, book: Path) -> None:
    before = data.read_bytes()
    answer = kc("import", "people", book, "--data", data, "--dry-run")
    assert answer.code == 0
    assert "Xem trước, chưa ghi gì: 3 mới" in answer.out
    assert data.read_bytes() == before


def test_wrong_rows_are_handed_back_and_the_others_kept(data: Path, tmp_path: Path) -> None:
    rows = [list(each) for each in COLLABORATORS]
    rows[8][2] = "mười"
    book, target = write_xlsx(tmp_path / "b.xlsx", rows), tmp_path / "lỗi.xlsx"
    answer = kc("import", "people", book, "--data", data, "--errors", target)
    assert answer.code == 1
    assert "2 mới, 0 thay đổi, 0 không đổi, 1 có lỗi" in answer.out
    assert "cột Lỗi" in answer.err
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("what", "errors", "words"),
    [
        ("meetings", "lỗi.xlsx", "Không nhập được bảng"),
        ("people", "lỗi.csv", "đuôi .xlsx"),
        ("people", "không có/lỗi.xlsx", "Không có thư mục"),
    ],
)
def test_what_cannot_be_is_one_line(data: Path, book: Path, tmp_path: Path, what: str, errors: str, words: str) -> None:
    answer = kc("import", what, book, "--data", data, "--errors", tmp_path / errors)
    assert answer.is_one_line_of_complaint()
    assert words in answer.err

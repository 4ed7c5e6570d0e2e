"""Excel out as a command: a workbook with a list, a folder with all of them, or a line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.end2end.program import kc


def test_a_list_is_written_whole(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "Đề án.xlsx"
    answer = kc("export", "projects", "--data", sample, "--to", target, "--year", "2023")
    assert (answer.code, answer.err) == (0, "")
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    numbered = [row for row in rows if isinstance(row[0], float)]
    assert f"Đã xuất {len(numbered)} dòng" in answer.out
    assert {row[-1] for row in numbered} == {2023.0}
    assert list(tmp_path.iterdir()) == [target]


def test_everything_goes_into_a_folder(sample: Path, tmp_path: Path) -> None:
    answer = kc("export", "all", "--data", sample, "--to", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    files = sorted(path.name for path in tmp_path.iterdir())
    assert {"Kinh phí.xlsx", "Cuộc họp.xlsx", "Đơn vị, quy định.xlsx"} <= set(files)
    assert f"{len(files)} tệp Excel" in answer.out


@pytest.mark.parametrize(
    ("table", "name", "words"),
    [
        ("projects", "a.pdf", "đuôi .xlsx"),
        ("projects", "không có/a.xlsx", "Không có thư mục"),
        ("nothing", "a.xlsx", "Không có bảng"),
        ("all", "không có", "Không có thư mục"),
    ],
)
def test_what_cannot_be_is_told(sample: Path, tmp_path: Path, table: str, name: str, words: str) -> None:
    answer = kc("export", table, "--data", sample, "--to", tmp_path / name)
    assert answer.is_one_line_of_complaint()
    assert words in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_year_that_cannot_be_is_told_and_all_takes_none(sample: Path, tmp_path: Path) -> None:
    answer = kc("export", "projects", "--data", sample, "--to", tmp_path / "a.xlsx", "--year", "3")
    assert "không hợp lý" in answer.err
    assert kc("export", "all", "--data", sample, "--to", tmp_path, "--year", "2023").code == 2

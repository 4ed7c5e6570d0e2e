"""Excel out as a command: a workbook with a list, a folder with all of them, or a line that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kc_desktop.services import office_forms
from kc_desktop.services.workspace import Workspace
from tests.end2end.program import kc
from tests.exchange.form_books import drawn


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


def test_a_list_fills_a_form_of_the_office(copy: Path, tmp_path: Path) -> None:
    form, target = tmp_path / "Biểu 05.xlsx", tmp_path / "ra.xlsx"
    form.write_bytes(drawn())
    workspace = Workspace.open(copy)
    office_forms.bring(workspace, form, name="Biểu 05", source="projects")
    workspace.close()
    words = ("export", "projects", "--data", copy, "--to", target, "--year", "2023")
    answer = kc(*words, "--form", "bieu 05")
    assert answer.code == 0
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    filled = [row for row in rows[6:] if isinstance(row[0], float)]
    assert f"Đã điền {len(filled)} dòng vào mẫu biểu Biểu 05" in answer.out
    assert "{{chua_biet}}" in answer.err
    assert "Không có mẫu biểu “Biểu 9”" in kc(*words, "--form", "Biểu 9").err
    wrong = kc("export", "people", "--data", copy, "--to", target, "--form", "Biểu 05")
    assert "lấy số liệu của bảng projects" in wrong.err

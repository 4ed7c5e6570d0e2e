"""Cells that are easily lost or misread: failed formulas, amounts as text on rows of groups, units, short words."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.services import importing
from kc_desktop.services.importing import read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import Rows, write_xlsx


def test_a_formula_that_failed_is_no_empty_cell_and_drawn_down_further_it_makes_no_rows(
    empty: Workspace, tmp_path: Path
) -> None:
    book = Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet("DN")
    page.write_row(0, 0, ("STT", "Tên cơ sở", "Vốn (đồng)", "Điện thoại"))
    page.write_row(1, 0, (1, "Cơ sở 01"))
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    page.write_row(2, 0, (2, "Cơ sở 02", 5_000_000))
    for row in (3, 4):
        page.write_formula(row, 2, "=VLOOKUP(B9,A1:B2,2)", None, "#N/A")
    page.write_row(5, 0, (3, "Cơ sở 03", 1_000_000))
    book.close()
    found = importing.judge(empty, "establishments", read_workbook(tmp_path / "a.xlsx"))
    assert [(each.number, each.verdict) for each in found.rows] == [(2, "wrong"), (3, "new"), (6, "new")]
    said = "Vốn: công thức trong ô bị lỗi #DIV/0!. Sửa công thức, hoặc gõ giá trị vào ô."
    assert found.rows[0].reasons == (said,)
    (tmp_path / "lỗi.xlsx").write_bytes(importing.wrong_rows(found))
    again = importing.judge(empty, "establishments", read_workbook(tmp_path / "lỗi.xlsx"))
    assert [each.reasons for each in again.rows] == [(said,)]


def test_a_group_whose_amounts_are_typed_as_text_is_no_project(empty: Workspace, tmp_path: Path) -> None:
    lines = (
        "STT;Tên đề án;Đơn vị thụ hưởng;KC hỗ trợ;Đối ứng;Năm",
        "I;Hỗ trợ máy móc;;1.250,5;800,25;",
        "1;Đề án 01;Cơ sở 01;1.000,5;400,25;2024",
        "2;Đề án 02;Cơ sở 02;250;400;2024",
    )
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    found = importing.judge(empty, "projects", read_workbook(tmp_path / "a.csv"))
    assert [each.name for each in found.rows] == ["Đề án 01", "Đề án 02"]
    assert [each.kind for each in found.skipped] == ["group"]


def test_a_unit_in_brackets_after_the_title_counts_and_small_amounts_without_one_are_told(
    empty: Workspace, tmp_path: Path
) -> None:
    def judged(title: str) -> importing.Imported:
        rows: Rows = ((title,), ("STT", "Tên đề án", "KC hỗ trợ"), (1, "Đề án 01", 250), (2, "Đề án 02", 1200))
        return importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))

    told = judged("Kế hoạch đề án năm 2024 (triệu đồng)")
    assert told.tables[0].units["support_vnd"] == 10**6
    assert not [each for each in told.notes if "tính bằng gì" in each]
    (said,) = judged("Kế hoạch đề án năm 2024").notes
    assert "số lớn nhất chỉ là 1200" in said


def test_the_short_word_of_a_source_is_understood(empty: Workspace, tmp_path: Path) -> None:
    empty.save(AnnualPlan(year=2023))
    rows: Rows = (
        ("Ngày", "Loại", "Nguồn", "Số tiền (đồng)", "Số chứng từ"),
        ("20/4/2023", "Giao vốn", "KCĐP", 900_000_000, "QĐ 01"),
    )
    found = importing.judge(empty, "fund-entries", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
    assert [each.verdict for each in found.rows] == ["new"]


def test_a_heading_far_under_grounds_and_titles_is_found(empty: Workspace, tmp_path: Path) -> None:
    grounds = [(f"Căn cứ Quyết định số {at}/QĐ-UBND",) for at in range(300)]
    rows: Rows = (*grounds, ("STT", "Họ và tên", "Điện thoại"), (1, "Cộng tác viên 01", "0920351920"))
    found = importing.judge(empty, "people", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
    assert [(each.number, each.name) for each in found.rows] == [(302, "Cộng tác viên 01")]

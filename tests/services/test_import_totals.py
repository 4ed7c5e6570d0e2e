"""Amounts that rows of groups carry are held against the rows under them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kc_desktop.services import import_details, importing
from kc_desktop.services.importing import read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import Rows, write_xlsx

_HEADS: Rows = (("Đề án năm 2022 (ĐVT: triệu đồng)",), ("TT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ"))


@pytest.mark.parametrize(
    ("sums", "wrong"),
    [((600, 300, 300, 450), []), ((500, 300, 300, 450), [3]), ((600, 290, 300, 450), [4]), ((600, "", "", ""), [])],
)
def test_a_group_that_carries_its_sum_is_held_against_its_rows(
    empty: Workspace, tmp_path: Path, sums: tuple[int | str, ...], wrong: list[int]
) -> None:
    rows: Rows = (
        *_HEADS,
        ("A", "Khuyến công", "", sums[0]),
        ("I", "Máy móc", "", sums[1]),
        (1, "Đề án 01", "Cơ sở 01", 100),
        (2, "Đề án 02", "Cơ sở 02", 200),
        ("II", "Hội chợ", "", sums[2]),
        (1, "Đề án 03", "Cơ sở 03", 300),
        ("B", "Khác", "", sums[3]),
        (1, "Đề án 04", "Cơ sở 04", 450),
        ("", "Tổng cộng", "", 1050),
    )
    found = importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
    assert len(found.rows) == 4
    said = [each for each in found.notes if "dòng nhóm" in each]
    assert [f"dòng {at}:" in each for at, each in zip(wrong, said, strict=True)] == [True] * len(wrong)
    if wrong == [3]:
        assert "dòng nhóm ghi 500.000.000 đồng, các dòng của nhóm cộng lại 600.000.000 đồng." in said[0]
    if wrong == [4]:
        assert "các dòng của nhóm cộng lại 300.000.000 đồng." in said[0]
    groups = [each.reasons for each in import_details.all_rows(found) if each.reasons[:1] == ("Dòng nhóm.",)]
    assert sum(each[1:] == ("Khớp với các dòng cộng lại.",) for each in groups) == (
        1 if sums[1] == "" else 4 - len(wrong)
    )


def test_a_row_that_is_the_sum_of_its_own_parts_is_told_of(empty: Workspace, tmp_path: Path) -> None:
    rows: Rows = (
        *_HEADS,
        ("1", "Mô hình trình diễn", "", 300),
        *(("1.1", "Đề án 01", "Cơ sở 01", 100), ("1.2", "Đề án 02", "Cơ sở 02", 200)),
        *(("2", "Đề án 03", "Cơ sở 03", 300), ("3", "Đề án 04", "Cơ sở 04", 300)),
    )
    found = importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
    (said,) = [each for each in found.notes if "tổng các dòng" in each]
    assert said.startswith("Trang “Trang 1”, dòng 3: Số tiền bằng tổng các dòng 4–5 nằm trong nó.")


def test_the_last_total_of_a_sheet_may_be_that_of_all_its_tables(empty: Workspace, tmp_path: Path) -> None:
    def notes(total: int) -> list[str]:
        rows: Rows = (
            *(*_HEADS, (1, "Đề án 01", "Cơ sở 01", 100), ("", "Cộng", "", 100), ("", "", "", "Người lập biểu"), ()),
            *(("TT", "Tên đề án", "KC hỗ trợ"), (1, "Đề án 02", 250), ("", "Tổng cộng (1+2)", total)),
        )
        found = importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
        assert len(found.rows) == 2
        return [each for each in found.notes if "dòng tổng" in each]

    assert notes(350) == notes(250) == []
    assert "các dòng cộng lại 250.000.000 đồng" in notes(340)[0]

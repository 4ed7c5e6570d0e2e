"""Several tables on one sheet are each read with their own heading, columns, units, groups, totals, closing lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services import import_details, import_layouts, importing, pasting
from kc_desktop.services.importing import Imported, read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import Rows, write_xlsx

TWO: Rows = (
    ("BIỂU TỔNG HỢP ĐỀ ÁN NĂM 2022",),
    ("", "", "", "", "ĐVT: triệu đồng"),
    ("A. ĐỀ ÁN KHUYẾN CÔNG QUỐC GIA",),
    ("STT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ", "Đối ứng"),
    ("I", "Máy móc", "", 300, ""),
    (1, "Đề án 01", "Cơ sở 01", 300, 400),
    ("", "Tổng cộng", "", 300, 400),
    (),
    ("", "NGƯỜI LẬP BIỂU", "", "GIÁM ĐỐC"),
    (),
    ("B. ĐỀ ÁN KHUYẾN CÔNG ĐỊA PHƯƠNG",),
    ("STT", "Tên đề án", "Kinh phí", "", "Đơn vị thụ hưởng"),
    ("", "", "Đối ứng", "KC hỗ trợ", ""),
    (1, "Đề án 02", 500, 200, "Cơ sở 02"),
    (2, "Đề án 03", 500, 250, "Cơ sở 03"),
    ("", "Tổng cộng", 1000, 460, ""),
    ("", "", "", "Ngày 5 tháng 3 năm 2021"),
)


def _judged(workspace: Workspace, what: str, path: Path) -> Imported:
    return importing.judge(workspace, what, read_workbook(path))


def test_a_second_table_is_read_with_its_own_heading_columns_totals_and_closing_lines(
    empty: Workspace, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", TWO)
    found = _judged(empty, "projects", path)
    assert [(each.sheet, each.number, each.name, each.verdict) for each in found.rows] == [
        ("Trang 1", 6, "Đề án 01", "new"),
        ("Trang 1, bảng 2", 14, "Đề án 02", "new"),
        ("Trang 1, bảng 2", 15, "Đề án 03", "new"),
    ]
    assert [(each.number, each.kind) for each in found.skipped] == [
        *((5, "group"), (7, "total"), (9, "closing")),
        *((16, "total"), (17, "closing")),
    ]
    importing.write(found)
    kept = [(each.year, each.source, each.requested_vnd, each.own_vnd) for each in empty.all(Project)]
    assert kept == [
        (2022, "KCQG", 300_000_000, 400_000_000),
        (2022, "KCDP", 200_000_000, 500_000_000),
        (2022, "KCDP", 250_000_000, 500_000_000),
    ]
    wrong_total = "dòng tổng ghi 460.000.000 đồng, các dòng cộng lại 450.000.000 đồng."
    assert any("“Trang 1, bảng 2”, dòng 16" in each and wrong_total in each for each in found.notes)
    assert not any("chưa đọc" in each for each in found.notes)
    assert _judged(empty, "projects", path).counts["same"] == 3
    cells = import_details.Details(empty, found).cells_of(found.rows[1])
    assert [each.cell for each in cells] == ["Đề án 02", "500", "200", "Cơ sở 02"]


def test_wrong_rows_of_each_table_come_back_under_its_own_heading_and_are_read_alike(
    empty: Workspace, tmp_path: Path
) -> None:
    rows = [list(each) for each in TWO]
    rows[5][3], rows[13][3] = "ba trăm", "hai trăm"
    long_name = "Danh sách đề án đề nghị hỗ trợ "
    path = write_xlsx(tmp_path / "a.xlsx", [*rows[:7], *([()] * 70), *rows[7:]], name=long_name)
    found = _judged(empty, "projects", path)
    assert found.counts["wrong"] == 2
    back = tmp_path / "lỗi.xlsx"
    back.write_bytes(importing.wrong_rows(found))
    book = read_workbook(back)
    assert len({each.name for each in book.sheets}) == 2
    again = importing.judge(empty, "projects", book)
    assert [each.name for each in again.rows] == ["Đề án 01", "Đề án 02"]
    assert {table.units["support_vnd"] for table in again.tables} == {pasting.MILLION}
    assert [each.reasons for each in again.rows] == [each.reasons for each in found.rows if each.reasons]


def test_the_same_heading_under_the_lines_that_close_a_table_begins_another(empty: Workspace, tmp_path: Path) -> None:
    heading = ("STT", "Họ và tên", "Điện thoại")
    path = write_xlsx(
        tmp_path / "a.xlsx",
        (
            *(heading, (1, "Cộng tác viên 01", "0920351920"), ("Tổng cộng: 1 người",), ()),
            *(("", "", "Người lập biểu"), (), ("", "", "Cán bộ 01"), ("TỔ 2",)),
            *(heading, (1, "Cộng tác viên 02", "0920351921"), ("Tổng cộng: 1 người",)),
        ),
    )
    found = _judged(empty, "people", path)
    assert [(each.sheet, each.name) for each in found.rows] == [
        ("Trang 1", "Cộng tác viên 01"),
        ("Trang 1, bảng 2", "Cộng tác viên 02"),
    ]
    assert [each.kind for each in found.skipped] == ["total", "closing", "total"]
    assert not [each for each in found.notes if "Dòng tổng" in each]


@pytest.mark.parametrize("gap", [("",), ()], ids=["with a gap", "without"])
def test_tables_side_by_side_are_each_read(empty: Workspace, tmp_path: Path, gap: tuple[str, ...]) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        (
            ("DANH SÁCH CỘNG TÁC VIÊN",),
            (*("STT", "Họ và tên", "Điện thoại"), *gap, *("STT", "Họ và tên", "Chức vụ", "Điện thoại")),
            (*(1, "Cộng tác viên 01", "0920351920"), *gap, *(1, "Cộng tác viên 03", "Chuyên viên", "0920351923")),
            (*(2, "Cộng tác viên 02", "0920351921"), *gap),
        ),
    )
    found = _judged(empty, "people", path)
    assert [(each.sheet, each.number, each.name) for each in found.rows] == [
        ("Trang 1", 3, "Cộng tác viên 01"),
        ("Trang 1", 4, "Cộng tác viên 02"),
        ("Trang 1, bảng 2", 3, "Cộng tác viên 03"),
    ]
    importing.write(found)
    assert [each.post for each in empty.all(Person)] == ["", "", "Chuyên viên"]
    assert _judged(empty, "people", path).counts["same"] == 3


def test_who_is_named_beside_whom_in_one_table_is_no_table_of_its_own(tmp_path: Path) -> None:
    rows: Rows = (
        ("STT", "Tên cơ sở", "Chủ cơ sở", "", "Cán bộ", ""),
        ("", "", "Họ và tên", "Điện thoại", "Họ và tên", "Điện thoại"),
        (1, "Cơ sở 01", "Đại biểu 01", "0920351920", "Đại biểu 02", "0920351921"),
    )
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)).sheets
    table = import_layouts.found("people", sheet)
    assert table is not None
    assert table.places["name"] == 2


def test_what_a_person_made_of_a_second_table_is_remembered_for_its_heading(empty: Workspace, tmp_path: Path) -> None:
    rows: Rows = (
        *(("STT", "Họ và tên", "Điện thoại"), (1, "Cộng tác viên 01", "0920351920"), ()),
        *(("STT", "Họ và tên", "Điện thoại", "Việc làm"), (1, "Cộng tác viên 02", "0920351921", "Chuyên viên")),
    )
    book = read_workbook(write_xlsx(tmp_path / "a.xlsx", rows))
    first, second = import_layouts.tables_on(empty, "people", book.sheets[0])
    places = {**second.places, "post": 3}
    chosen = import_layouts.chosen("people", second.sheet, second.heading, second.levels, places)
    assert import_layouts.remember(empty, "people", (first, chosen))
    found = importing.judge(empty, "people", read_workbook(tmp_path / "a.xlsx"))
    importing.write(found)
    assert [each.post for each in empty.all(Person)] == ["", "Chuyên viên"]


def test_a_heading_that_a_person_points_at_above_the_one_found_leaves_that_table_as_it_is(
    empty: Workspace, tmp_path: Path
) -> None:
    rows: Rows = (
        *(("TT", "Nhân vật", "Số máy"), (1, "Cộng tác viên 01", "0920351920"), ()),
        *(("STT", "Họ và tên", "Điện thoại"), (1, "Cộng tác viên 02", "0920351921")),
    )
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)).sheets
    assert [each.heading for each in import_layouts.tables_on(empty, "people", sheet)] == [3]
    chosen = import_layouts.chosen("people", sheet, 0, 1, {"name": 1, "phone": 2})
    first, second = import_layouts.tables_from(empty, "people", chosen)
    assert (first.heading, len(first.sheet.rows), second.heading) == (0, 2, 3)


def test_under_a_line_that_names_another_person_the_same_heading_begins_another_table(
    empty: Workspace, tmp_path: Path
) -> None:
    for name in ("Cộng tác viên 01", "Cộng tác viên 02"):
        empty.save(Person(name=name))
    heading = ("TT", "Cơ sở", "Nhu cầu", "")
    rows: Rows = (
        *(("Cộng tác viên: Cộng tác viên 01",), heading, (1, "Cơ sở 01", "Máy sấy"), ()),
        *(("Cộng tác viên: Cộng tác viên 02",), (*heading[:3], "Ghi chú"), (1, "Cơ sở 02", "Hội chợ", "gấp"), ()),
        *(("Cộng tác viên: Cộng tác viên 01",), (*heading[:3], "Ghi chú"), (1, "Cơ sở 03", "Tủ điện")),
    )
    found = _judged(empty, "leads", write_xlsx(tmp_path / "a.xlsx", rows))
    importing.write(found)
    people = {each.id: each.name[-2:] for each in empty.all(Person)}
    assert [(each.need, people[each.person_id]) for each in empty.all(Lead)] == [
        *(("Máy sấy", "01"), ("Hội chợ", "02"), ("Tủ điện", "01")),
    ]
    assert not [each for each in found.notes if "“D”" in each and "“Trang 1”" in each], "of the table below"


@pytest.mark.parametrize("named", ["Nguồn quốc gia", "NGUỒN KINH PHÍ QUỐC GIA", "KCQG", "Khuyến công quốc gia"])
def test_tables_are_of_the_source_that_the_line_over_them_names(empty: Workspace, tmp_path: Path, named: str) -> None:
    heading = ("STT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ")
    rows: Rows = (
        *(("ĐỀ ÁN NĂM 2024 (triệu đồng)",), ("Nguồn địa phương",), heading, (1, "Đề án 01", "Cơ sở 01", 300), ()),
        *((named,), heading, (1, "Đề án 02", "Cơ sở 02", 200)),
    )
    found = _judged(empty, "projects", write_xlsx(tmp_path / "a.xlsx", rows))
    importing.write(found)
    assert [each.source for each in empty.all(Project)] == ["KCDP", "KCQG"]


def test_of_a_line_that_tells_several_things_those_hold_on_that_the_next_table_does_not_say(
    empty: Workspace, tmp_path: Path
) -> None:
    heading = ("STT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ")
    rows: Rows = (
        *(("Khuyến công quốc gia năm 2022 (triệu đồng)",), heading, (1, "Đề án 01", "Cơ sở 01", 300), ()),
        *(("Năm 2023",), heading, (1, "Đề án 02", "Cơ sở 02", 200), ()),
        *(("Khuyến công địa phương",), heading, (1, "Đề án 03", "Cơ sở 03", 100)),
    )
    found = _judged(empty, "projects", write_xlsx(tmp_path / "a.xlsx", rows))
    importing.write(found)
    assert not found.notes
    assert [(each.year, each.source, each.requested_vnd) for each in empty.all(Project)] == [
        *((2022, "KCQG", 300_000_000), (2023, "KCQG", 200_000_000), (2022, "KCDP", 100_000_000)),
    ]


def test_the_title_and_heading_repeated_on_each_page_leave_the_group_as_it_is(empty: Workspace, tmp_path: Path) -> None:
    page: Rows = (("DANH SÁCH ĐỀ ÁN NĂM 2024 (triệu đồng)",), ("STT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ"))
    rows: Rows = (
        *(*page, ("I", "Hội chợ", "", ""), (1, "Đề án 01", "Cơ sở 01", 300)),
        *(*page, (2, "Đề án 02", "Cơ sở 02", 200), ("", "Tổng cộng", "", 500)),
    )
    found = _judged(empty, "projects", write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(each.sheet, each.name, "Hội chợ" in each.readings[0]) for each in found.rows] == [
        *(("Trang 1", "Đề án 01", True), ("Trang 1", "Đề án 02", True)),
    ]
    assert not found.notes

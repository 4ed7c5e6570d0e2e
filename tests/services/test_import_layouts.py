"""Where tables of office workbooks are, which columns are what, and that the file remembers what a person chose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import Sheet
from kc_desktop.services import import_details, import_layouts, importing, pasting
from kc_desktop.services.importing import read_workbook
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import COLLABORATORS, PROJECTS, PROJECTS_MERGED, Rows, Span, write_xlsx


def _sheet(tmp_path: Path, rows: Rows, merged: tuple[Span, ...] = ()) -> Sheet:
    (sheet,) = read_workbook(write_xlsx(tmp_path / "bảng.xlsx", rows, merged=merged)).sheets
    return sheet


THREE_LEVELS: Rows = (
    ("BIỂU TỔNG HỢP ĐỀ ÁN NĂM 2022 (ĐVT: triệu đồng)",),
    ("STT", "Tên đề án", "Kinh phí", "", "", "", "Ngày phê duyệt"),
    ("", "", "Tổng cộng", "Trong đó", "", "", ""),
    ("", "", "", "KC hỗ trợ", "Đối ứng", "Nguồn khác", ""),
    (1, "Đề án 01", 300, 100, 150, 50, "30/9/2022"),
    (2, "Đề án 02", 500, 200, 300, "", "30/9/2022"),
)
_SPANS: tuple[Span, ...] = ((1, 2, 1, 5), (2, 3, 2, 5), (1, 0, 3, 0), (1, 1, 3, 1), (2, 2, 3, 2), (1, 6, 3, 6))


@pytest.mark.parametrize("merged", [_SPANS, ()], ids=["merged", "as csv"])
def test_a_heading_of_three_levels_is_read_as_one(tmp_path: Path, merged: tuple[Span, ...]) -> None:
    table = import_layouts.found("projects", _sheet(tmp_path, THREE_LEVELS, merged))
    assert table is not None
    assert (table.heading, table.levels, table.data_from) == (1, 3, 4)
    names = {"name": 1, "total_vnd": 2, "support_vnd": 3, "own_vnd": 4, "other_vnd": 5, "approved_on": 6}
    assert dict(table.places) == names
    assert set(table.units.values()) == {pasting.MILLION}
    assert table.heads[3] == "Kinh phí Trong đó KC hỗ trợ"


@pytest.mark.parametrize("merged", [((0, 2, 0, 3),), ()], ids=["merged", "as csv"])
def test_the_unit_over_several_columns_is_that_of_each(tmp_path: Path, merged: tuple[Span, ...]) -> None:
    rows: Rows = (
        ("STT", "Tên đề án", "Kinh phí (triệu đồng)", "", "Doanh thu (đồng)", "Vốn khác (nghìn đồng)"),
        ("", "", "KC hỗ trợ", "Đối ứng", "", ""),
        (1, "Đề án 01", 100, 150, 1, 2000),
    )
    table = import_layouts.found("projects", _sheet(tmp_path, rows, merged))
    assert table is not None
    units = {name: table.told_units[name] for name in ("support_vnd", "own_vnd", "other_vnd")}
    assert units == {"support_vnd": pasting.MILLION, "own_vnd": pasting.MILLION, "other_vnd": pasting.THOUSAND}


def test_a_heading_of_two_levels_stays_one_of_two(tmp_path: Path) -> None:
    table = import_layouts.found("projects", _sheet(tmp_path, PROJECTS, tuple(PROJECTS_MERGED)))
    assert table is not None
    assert (table.heading, table.levels, table.data_from) == (3, 2, 5)


def test_the_heading_repeated_on_each_page_is_no_data(empty: Workspace, tmp_path: Path) -> None:
    numbers = (1, 2, 3)
    heading = ("STT", "Họ và tên", "Điện thoại")
    path = write_xlsx(
        tmp_path / "a.xlsx",
        (
            *(heading, numbers, (1, "Cộng tác viên 01", "0920351920")),
            *(heading, numbers, (2, "Cộng tác viên 02", "0920351921")),
        ),
    )
    found = importing.judge(empty, "people", read_workbook(path))
    assert [each.name for each in found.rows] == ["Cộng tác viên 01", "Cộng tác viên 02"]
    assert [each.kind for each in found.skipped] == ["heading", "heading"]


def test_words_in_a_cell_merged_down_stand_for_each_row_an_amount_does_not(empty: Workspace, tmp_path: Path) -> None:
    rows: Rows = (
        ("STT", "Tên cơ sở", "Ngành nghề", "Vốn (đồng)"),
        (1, "Cơ sở 01", "Mây tre đan", 900),
        (2, "Cơ sở 02", "", ""),
        (3, "Cơ sở 03", "", 5),
    )
    path = write_xlsx(tmp_path / "a.xlsx", rows, merged=((1, 2, 2, 2), (1, 3, 2, 3)))
    found = importing.judge(empty, "establishments", read_workbook(path))
    importing.write(found)
    kept = [(each.trade, each.capital_vnd) for each in empty.all(Establishment)]
    assert kept == [("Mây tre đan", 900), ("Mây tre đan", None), ("", 5)]
    cells = {each.label: each for each in import_details.Details(empty, found).cells_of(found.rows[1])}
    assert cells["Ngành nghề sản xuất"].said == "Ô gộp từ dòng trên."


_HEADS = ("STT", "Tên đề án", "Đơn vị thụ hưởng", "KC hỗ trợ (triệu đồng)", "Năm")


@pytest.mark.parametrize(
    ("rows", "kinds", "group"),
    [
        (
            [("", "TỔNG SỐ", "", 300, ""), ("I", "Hội chợ", "", 300, ""), (1, "Đề án 01", "Cơ sở 01", 300, 2022)],
            ["total", "group"],
            "Hội chợ",
        ),
        (
            [("A", "Hội chợ", "", "", ""), (1, "Đề án 01", "Cơ sở 01", 300, 2022), ("", "Cộng nhóm A", "", 300, "")],
            ["group", "total"],
            "Hội chợ",
        ),
        (
            [("1", "Hội chợ", "", "", ""), ("1.1", "Đề án 01", "Cơ sở 01", 300, 2022), ("", "Tổng cộng", "", 300, "")],
            ["group", "total"],
            "Hội chợ",
        ),
    ],
    ids=["total first", "total of a group", "numbers of two levels"],
)
def test_groups_and_their_totals_are_no_projects(
    empty: Workspace, tmp_path: Path, rows: list[tuple[object, ...]], kinds: list[str], group: str
) -> None:
    found = importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", (_HEADS, *rows))))
    assert [each.name for each in found.rows] == ["Đề án 01"]
    assert [each.kind for each in found.skipped] == kinds
    assert f"“{group}”" in found.rows[0].readings[0]
    assert not found.notes


def test_what_only_parts_a_column_of_the_heading_is_no_row_and_its_other_half_is_told(
    empty: Workspace, tmp_path: Path
) -> None:
    rows: Rows = (
        *(("STT", "Họ và tên", "Năm sinh", "", "Điện thoại"), ("", "", "Nam", "Nữ", "")),
        *((1, "Đại biểu 01", 1990, "", "0920351920"), (2, "Đại biểu 02", "", 1991, "0920351921")),
    )
    found = importing.judge(
        empty, "people", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows, merged=((0, 2, 0, 3),)))
    )
    assert [each.verdict for each in found.rows] == ["new", "new"]
    assert found.notes == ("Trang “Trang 1”: chưa đọc cột “D”.",)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Vốn đầu tư (tỷ đồng)", pasting.BILLION),
        ("Vốn đầu tư (triệu đồng)", pasting.MILLION),
        ("Vốn đầu tư hợp đồng", None),
        ("Vốn đầu tư, đồng", pasting.DONG),
        ("Vốn đầu tư (1.000 đồng)", pasting.THOUSAND),
        ("Vốn đầu tư (tr.đ)", pasting.MILLION),
    ],
)
def test_a_heading_says_what_its_amounts_count(tmp_path: Path, head: str, unit: int | None) -> None:
    table = import_layouts.found("establishments", _sheet(tmp_path, (("Tên cơ sở", head), ("Cơ sở 01", 5))))
    assert table is not None
    assert table.told_units.get("capital_vnd") == unit


# --- what the file remembers ------------------------------------------------------------------------------------------

ODD: Rows = (
    ("Cột lạ", "Tên gọi", "Liên lạc", "Số nợ"),
    ("a", "Cơ sở 01", "0920351920", 5),
    ("b", "Cơ sở 02", "0920351921", 7),
)


def test_columns_chosen_by_hand_are_used_for_the_next_workbook_with_these_headings(
    empty: Workspace, tmp_path: Path
) -> None:
    sheet = _sheet(tmp_path, ODD)
    assert import_layouts.found("establishments", sheet) is None
    places, units = {"name": 1, "phone": 2, "capital_vnd": 3}, {"capital_vnd": pasting.MILLION}
    chosen = import_layouts.chosen("establishments", sheet, 0, 1, places, units)
    assert import_layouts.remember(empty, "establishments", [chosen])
    assert not import_layouts.remember(empty, "establishments", [chosen])
    below = write_xlsx(tmp_path / "tháng sau.xlsx", (("DANH SÁCH",), (), *ODD))
    found = importing.judge(empty, "establishments", read_workbook(below))
    importing.write(found)
    kept = empty.all(Establishment)
    assert [(each.name, each.phone, each.capital_vnd) for each in kept] == [
        ("Cơ sở 01", "0920351920", 5_000_000),
        ("Cơ sở 02", "0920351921", 7_000_000),
    ]
    with pytest.raises(KnownError):
        importing.judge(empty, "people", read_workbook(below))


def test_rows_that_come_back_with_errors_are_read_by_the_columns_chosen(empty: Workspace, tmp_path: Path) -> None:
    rows: Rows = (*ODD, ("c", "Cơ sở 03", "0920351922", "bao nhiêu"))
    book = read_workbook(write_xlsx(tmp_path / "a.xlsx", rows))
    places = {"name": 1, "phone": 2, "capital_vnd": 3}
    chosen = import_layouts.chosen("establishments", book.sheets[0], 0, 1, places)
    import_layouts.remember(empty, "establishments", [chosen])
    found = importing.judge(empty, "establishments", book)
    back = tmp_path / "lỗi.xlsx"
    back.write_bytes(importing.wrong_rows(found))
    again = importing.judge(empty, "establishments", read_workbook(back))
    assert [each.name for each in again.rows] == ["Cơ sở 03"]
    assert again.notes == ("Trang “Trang 1”: chưa đọc cột “Cột lạ”.",)


def test_going_back_to_the_names_forgets_what_was_chosen(empty: Workspace, tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, COLLABORATORS)
    found = import_layouts.found("people", sheet)
    assert found is not None
    other = import_layouts.chosen("people", sheet, found.heading, 1, {**found.places, "note": 5})
    import_layouts.remember(empty, "people", [other])
    again = import_layouts.remembered(empty, "people", sheet)
    assert again is not None
    assert again.places == other.places
    import_layouts.remember(empty, "people", [found])
    assert import_layouts.remembered(empty, "people", sheet) is None


def test_what_the_file_remembers_is_forgotten_where_it_makes_no_sense(empty: Workspace, tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, COLLABORATORS)
    found = import_layouts.found("people", sheet)
    assert found is not None
    places = {**found.places, "note": 5}
    import_layouts.remember(empty, "people", [import_layouts.chosen("people", sheet, found.heading, 1, places)])
    sound = empty.setting(import_layouts.SETTING)
    assert import_layouts.remembered(empty, "people", sheet) is not None
    damaged = [sound.replace(each, f'"{each[1:4]}"') for each in ('"levels"', '"places"', '"units"', '"people"')]
    wrong = [sound.replace('"levels": 1', f'"levels": {each}') for each in ("[1]", "10", '"1"')]
    for each in (*damaged, *wrong, "[" * 100_000, "[1]", '{"people": 3}', sound[:-9], sound.replace(": 5", ": [5]")):
        assert each != sound
        empty.set_setting(import_layouts.SETTING, each, "Thử")
        assert import_layouts.remembered(empty, "people", sheet) is None, each[:80]
    empty.set_setting(import_layouts.SETTING, sound.replace(": 5", ": 9999"), "Thử")
    again = import_layouts.remembered(empty, "people", sheet)
    assert again is not None
    assert "note" not in again.places


def test_what_a_workbook_holds_is_guessed_by_its_headings(tmp_path: Path) -> None:
    for what, rows in (("collaborators", COLLABORATORS), ("projects", PROJECTS), ("", ODD)):
        assert import_layouts.guessed_what(read_workbook(write_xlsx(tmp_path / "a.xlsx", rows))) == what


# --- totals, and how cells were read ----------------------------------------------------------------------------------


def _people_with(total: str) -> Rows:
    return (*COLLABORATORS[:12], ("", total), *COLLABORATORS[13:])


def test_a_day_without_a_year_is_of_the_one_over_the_table(empty: Workspace, tmp_path: Path) -> None:
    rows = (
        ("DANH SÁCH ĐỀ ÁN NĂM 2021 (ĐVT: triệu đồng)",),
        ("Tên đề án", "Kinh phí hỗ trợ", "Thời gian bắt đầu", "Thời gian kết thúc"),
        ("Mẫu thử 01", 100, "1/3", "31/1/2022"),
    )
    found = importing.judge(empty, "projects", read_workbook(write_xlsx(tmp_path / "a.xlsx", rows)))
    cells = {each.label: each.value for each in import_details.Details(empty, found).cells_of(found.rows[0])}
    assert (cells["Bắt đầu"], cells["Kết thúc"]) == ("01/03/2021", "31/01/2022")
    importing.write(found)
    (project,) = empty.all(Project)
    assert (project.starts_on, project.ends_on) == (date(2021, 3, 1), date(2022, 1, 31))


@pytest.mark.parametrize(("total", "said"), [("Tổng cộng: 3 cộng tác viên", 0), ("Tổng cộng: 72 người", 1)])
def test_a_total_that_counts_rows_is_held_against_them(empty: Workspace, tmp_path: Path, total: str, said: int) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", _people_with(total))
    found = importing.judge(empty, "people", read_workbook(path))
    assert len(found.notes) - len([each for each in found.notes if "cột" in each]) == said
    assert all("72" in each and "3 dòng" in each for each in found.notes if "cột" not in each)


def test_a_total_is_held_against_the_sum_of_its_rows(empty: Workspace, tmp_path: Path) -> None:
    def notes(total: float) -> tuple[str, ...]:
        rows = (*PROJECTS[:-1], ("", "Tổng cộng", "", "", "", total))
        path = write_xlsx(tmp_path / "a.xlsx", rows, merged=PROJECTS_MERGED)
        return importing.judge(empty, "projects", read_workbook(path)).notes

    assert notes(587.5) == ()
    (said,) = notes(600)
    assert "dòng tổng ghi 600.000.000 đồng, các dòng cộng lại 587.500.000 đồng" in said


def test_every_cell_of_a_row_says_how_it_was_read(empty: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", PROJECTS, merged=PROJECTS_MERGED)
    found = importing.judge(empty, "projects", read_workbook(path))
    cells = {each.label: each for each in import_details.Details(empty, found).cells_of(found.rows[0])}
    support = cells["Khuyến công hỗ trợ"]
    assert (support.column, support.cell, support.value) == ("Kinh phí KC hỗ trợ", "100", "100.000.000 đồng")
    assert support.said == "Tính bằng triệu đồng."
    assert [each.verdict for each in import_details.all_rows(found)] == [
        *("skipped", "new", "new", "skipped", "new", "skipped"),
    ]


def test_a_zero_put_back_and_what_the_file_has_stand_beside_the_cell(empty: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", COLLABORATORS)
    empty.save(Person(name="Cộng tác viên 01", birth_year=1998, organisation="UBND xã Long Hoà"))
    found = importing.judge(empty, "people", read_workbook(path))
    cells = {each.label: each for each in import_details.Details(empty, found).cells_of(found.rows[0])}
    phone = cells["Điện thoại"]
    assert (phone.cell, phone.value, phone.kept) == ("976599511", "0976599511", "trống")
    assert "thêm số 0" in phone.said
    importing.write(found)
    again = importing.judge(empty, "people", read_workbook(path))
    kept = {each.label: each.kept for each in import_details.Details(empty, again).cells_of(again.rows[0])}
    assert set(kept.values()) == {"không đổi"}


# --- on a thread of its own -------------------------------------------------------------------------------------------


def test_what_was_judged_is_written_through_another_opening_of_the_file(empty: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", PROJECTS, merged=PROJECTS_MERGED)
    beside = empty.second(may_write=True)
    found = importing.judge(beside, "projects", read_workbook(path))
    beside.close()
    writer = empty.second(may_write=True)
    importing.write(found, workspace=writer)
    writer.close()
    assert len(empty.all(Project)) == 3
    empty.undo()
    assert not empty.all(Project)


def test_a_stopped_write_leaves_nothing_behind(empty: Workspace, tmp_path: Path) -> None:
    found = importing.judge(empty, "people", read_workbook(write_xlsx(tmp_path / "a.xlsx", COLLABORATORS)))
    revision = empty.revision

    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    writer = empty.second(may_write=True)
    with pytest.raises(InterruptedError):
        importing.write(found, workspace=writer, progress=stop)
    writer.close()
    assert (empty.revision, empty.all(Person)) == (revision, ())

"""Blocks pasted into lists: what a list was copied as changes nothing, whatever order and headings it stands in."""

from __future__ import annotations

from datetime import date

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import Programme
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.services import copying, lists, pasted_lists, pasting
from kc_desktop.services.import_plans import CHANGED, NEW, SAME, WRONG
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from ui.tabs.bulk_deeds import copied

IMPORTED = ("people", "collaborators", "establishments", "projects", "fund-entries")


@pytest.mark.parametrize("key", [*IMPORTED, *sorted(pasted_lists.ADDED_TO)])
@pytest.mark.parametrize("has_headings", [True, False])
def test_a_list_copied_and_pasted_back_changes_nothing(workspace: Workspace, key: str, has_headings: bool) -> None:
    workspace.save(Establishment(name="Cơ sở 90", kind="ho_kinh_doanh", tax_code="001099000017"))
    columns = LISTS[key].columns
    rows = [
        [copied(value, column) for value, column in zip(row.cells, columns, strict=True)]
        for row in list(lists.every_row(workspace, key, ListRequest()))[:30]
    ]
    headings = [f"{each.label} ({each.unit})" if each.unit else each.label for each in columns]
    text = copying.as_lines(headings if has_headings else (), rows)
    before = workspace.revision
    found = pasted_lists.judge(workspace, key, text, columns, LISTS[key].cls())
    assert found.count(SAME) == len(found.rows) >= 1
    assert found.rows[0].number == (2 if has_headings else 1)
    assert "001099000017" not in text, "what the list masks is copied masked"
    found.write(workspace, None)
    assert workspace.revision == before


def test_rows_without_a_heading_are_read_by_the_columns_on_show_even_numbered(workspace: Workspace) -> None:
    shown = [each for each in LISTS["people"].columns if each.key in ("name", "phone")]
    text = "1\tĐại biểu 81\t0903000081\n2\tĐại biểu 82\t\n"
    found = pasted_lists.judge(workspace, "people", text, shown, Person(name=""))
    assert found.headings == ("STT", "Họ và tên", "Điện thoại")
    assert [(each.name, each.verdict) for each in found.rows] == [("Đại biểu 81", NEW), ("Đại biểu 82", NEW)]
    found.write(workspace, None)
    assert {each.phone for each in workspace.all(Person) if each.name == "Đại biểu 81"} == {"0903000081"}
    assert workspace.undo_label == "Nhập danh bạ từ nội dung vừa chép"


def test_amounts_without_a_heading_count_what_is_chosen_and_columns_are_called_as_the_list_does(
    workspace: Workspace,
) -> None:
    shown = [each for each in LISTS["projects"].columns if each.key in ("name", "year", "requested_vnd")]
    text = "Đề án thử 91\t120\t2023\nĐề án thử 92\tnhiều\t2023\n"
    judged = [
        pasted_lists.judge(workspace, "projects", text, shown, Project(name=""), unit=unit)
        for unit in (None, pasting.MILLION)
    ]
    assert [each.unit for each in judged] == [pasting.DONG, pasting.MILLION]
    values = [{one.label: one.after for one in each.rows[0].changes}["Hỗ trợ đề nghị"] for each in judged]
    assert values == ["120 đồng", "120.000.000 đồng"]
    assert judged[0].rows[1].reasons[0].startswith("Hỗ trợ đề nghị: ")
    headed = f"Đề án\tHỗ trợ (triệu đồng)\tNăm\n{text}"
    told = pasted_lists.judge(workspace, "projects", headed, shown, Project(name=""))
    assert told.unit is None, "a heading that tells the unit leaves nothing to choose"


def test_projects_without_a_year_are_of_the_year_on_show_and_the_preview_says_so(workspace: Workspace) -> None:
    shown = [each for each in LISTS["projects"].columns if each.key in ("name", "requested_vnd")]
    blank = Project(name="", year=2023)
    for text in ("Đề án thử 91\t120\n", "Tên đề án\tHỗ trợ (đồng)\nĐề án thử 91\t120\n"):
        found = pasted_lists.judge(workspace, "projects", text, shown, blank)
        assert [(each.verdict, each.number) for each in found.rows] == [(NEW, text.count("\n"))]
        assert "Không có cột năm: lấy năm 2023 đang xem." in found.notes
    found.write(workspace, None)
    assert {each.year for each in workspace.all(Project) if each.name == "Đề án thử 91"} == {2023}
    headed = "Danh mục năm 2024\t\nTên đề án\tHỗ trợ\nĐề án thử 92\t120\n"
    assert not any("đang xem" in each for each in pasted_lists.judge(workspace, "projects", headed, shown, blank).notes)


def test_every_table_of_a_block_is_read_and_its_lines_are_counted_as_they_were_copied(workspace: Workspace) -> None:
    text = (
        "Khuyến công địa phương\t\t\nSTT\tTên đề án\tHỗ trợ\n1\tĐề án thử 91\t120\n\tTổng cộng\t120\n"
        "Khuyến công quốc gia\t\t\nSTT\tTên đề án\tHỗ trợ\n1\tĐề án thử 92\t80\n\tTổng cộng\t90\n"
    )
    found = pasted_lists.judge(
        workspace, "projects", text, LISTS["projects"].columns, Project(name="", year=2023), unit=pasting.MILLION
    )
    assert [(each.name, each.number) for each in found.rows] == [("Đề án thử 91", 3), ("Đề án thử 92", 7)]
    assert any("dòng 8:" in each and "80.000.000 đồng" in each for each in found.notes), found.notes
    found.write(workspace, None)
    made = {each.name: each for each in workspace.all(Project) if each.name.startswith("Đề án thử")}
    assert {each.year for each in made.values()} == {2023}
    assert [made[f"Đề án thử {each}"].source for each in (91, 92)] == ["KCDP", "KCQG"]


def test_programmes_pasted_are_new_ones_of_the_year_and_the_wrong_stay_behind(workspace: Workspace) -> None:
    shown = LISTS["programmes"].columns
    text = "Tên chương trình\tKinh phí kế hoạch (triệu đồng)\nChương trình thử\t1,5\nKhác\tnhiều\n"
    found = pasted_lists.judge(workspace, "programmes", text, shown, Programme(name="", year=2023))
    assert [each.verdict for each in found.rows] == [NEW, WRONG]
    assert found.count(CHANGED) == 0
    found.write(workspace, None)
    (made,) = [each for each in workspace.all(Programme) if each.name == "Chương trình thử"]
    assert (made.year, made.budget_vnd) == (2023, 1_500_000)
    workspace.undo()
    assert made not in workspace.all(Programme)


def test_a_day_without_a_year_is_of_the_year_on_show(workspace: Workspace) -> None:
    text = "Loại\tNgày\tSố tiền (đồng)\tChứng từ\nGiao vốn\t1/3\t1000000\tQĐ thử 01\n"
    found = pasted_lists.judge(workspace, "fund-entries", text, LISTS["fund-entries"].columns, FundEntry(), year=2023)
    assert any("2023 đang xem" in each for each in found.notes)
    found.write(workspace, None)
    (made,) = [each for each in workspace.all(FundEntry) if each.document == "QĐ thử 01"]
    assert made.happened_on == date(2023, 3, 1)


def test_a_clipboard_that_holds_nothing_usable_says_what_to_do(workspace: Workspace) -> None:
    for key in ("people", "programmes"):
        with pytest.raises(KnownError, match="chép"):
            pasted_lists.judge(workspace, key, " \t \n", LISTS[key].columns, LISTS[key].cls())

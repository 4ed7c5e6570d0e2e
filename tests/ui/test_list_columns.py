"""Columns, groups and signs of lists: chosen, remembered by name, drawn with words; folded by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.project import Project
from kc_desktop.services.list_steps import RENEW, first_step
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press, show_active
from ui.dialogs.columns import Choice, ColumnsDialog
from ui.models.list_groups import HEADING_ROLE
from ui.tabs.directory import DisclosureTab
from ui.tabs.record_tab import RecordTab
from ui.tabs.register import RegisterTab
from ui.view_state import ViewState
from ui.widgets import list_panel
from ui.widgets.list_panel import ListPanel


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, state: ViewState) -> Iterator[ListPanel]:
    made = ListPanel(workspace, state, "projects")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.set_year(0)
    show_active(qtbot, made)
    yield made
    made.close()


def _again(panel: ListPanel, qtbot: QtBot, workspace: Workspace, state: ViewState) -> ListPanel:
    panel.remember()
    again = ListPanel(workspace, state, "projects")
    qtbot.addWidget(again)
    again.set_year(0)
    return again


def _headings(panel: ListPanel) -> list[str]:
    found = (panel.model.heading_at(row) for row in range(panel.model.rowCount()))
    return [each.words for each in found if each is not None]


def _ids(panel: ListPanel) -> list[int]:
    return [found for row in range(panel.model.rowCount()) if (found := panel.model.id_at(row))]


def test_a_search_that_finds_nothing_leaves_the_columns_as_wide_as_they_were(panel: ListPanel) -> None:
    name = panel.model.section_of("name")
    width = panel.table.columnWidth(name)
    panel.search.setText("qwz")
    assert panel.model.rowCount() == 0
    panel.resize(panel.width() - 40, panel.height())
    QApplication.processEvents()
    assert panel.table.columnWidth(name) == width


def test_columns_order_sort_and_group_are_there_again_tomorrow(
    panel: ListPanel, qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    panel.columns.arrange(("content", "name", "disbursed_vnd", "state"))
    panel.columns.sort_by("disbursed_vnd", True)
    panel.columns.group_by("content")
    again = _again(panel, qtbot, workspace, state)
    assert again.shown_columns() == ("content", "name", "disbursed_vnd", "state")
    assert (again.model.request.sort, again.model.request.descending) == ("disbursed_vnd", True)
    assert _headings(again) == _headings(panel) != []
    again.columns.reset()
    third = _again(again, qtbot, workspace, state)
    assert third.shown_columns() == tuple(each.key for each in LISTS["projects"].columns)
    assert third.model.request.group == ""


def test_a_column_of_a_later_version_comes_in_and_one_that_is_gone_resets_nothing(
    panel: ListPanel, qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    panel.columns.arrange(("year", "name", "code"))
    panel.remember()
    own = [each.key for each in LISTS["projects"].columns]
    state.put("lists/projects/known", ",".join(each for each in own if each != "state"))
    state.put("lists/projects/columns", state.text("lists/projects/columns") + ",gone:80")
    again = ListPanel(workspace, state, "projects")
    qtbot.addWidget(again)
    assert again.shown_columns() == ("year", "name", "state", "code")


def test_nothing_is_kept_of_a_list_that_stands_as_at_first(panel: ListPanel, state: ViewState) -> None:
    panel.remember()
    assert state.text("lists/projects/columns") == ""
    assert state.text("lists/projects/known") == ""


def test_the_dialog_ticks_moves_sorts_and_groups_by_keyboard(qtbot: QtBot, panel: ListPanel) -> None:
    now = Choice(columns=panel.shown_columns(), sort="name", is_descending=False, group="")
    dialog = ColumnsDialog("projects", now)
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.list.currentRow() == 1
    press(dialog.list, Key.Key_Space)
    dialog.group_box.setCurrentIndex(dialog.group_box.findData("content"))
    dialog.descending_box.setChecked(True)
    with qtbot.waitSignal(dialog.acted) as told:
        dialog.ok_button.click()
    assert told.args is not None
    own = panel.shown_columns()
    assert told.args[0] == Choice(columns=(*own[1:], "content"), sort="name", is_descending=True, group="content")


def test_every_column_put_away_is_refused_in_words(qtbot: QtBot) -> None:
    dialog = ColumnsDialog("people", Choice(columns=(), sort="name", is_descending=False, group=""))
    qtbot.addWidget(dialog)
    dialog.ok_button.click()
    assert "Chưa chọn cột nào" in dialog._problem.text()
    assert not any(dialog.group_box.itemText(each) == "Số định danh" for each in range(dialog.group_box.count()))


def test_groups_have_headings_with_number_and_sums_and_no_id(panel: ListPanel) -> None:
    everything = sorted(_ids(panel))
    panel.columns.group_by("state")
    model = panel.model
    assert model.id_at(0) == 0
    assert panel.select_first() == model.id_at(1) != 0
    assert sorted(_ids(panel)) == everything
    heading = model.index(0, model.section_of("requested_vnd"))
    amounts = [
        each.requested_vnd or 0
        for each in panel._workspace.many(Project, set(everything)).values()
        if each.state == "received"
    ]
    assert str(heading.data(HEADING_ROLE)).startswith("Trạng thái: Đã tiếp nhận hồ sơ (")
    assert str(heading.data()).replace(".", "") == str(sum(amounts))
    panel.columns.group_by("")
    assert _headings(panel) == []
    assert sorted(_ids(panel)) == everything


def test_left_right_enter_and_a_click_fold_and_unfold(panel: ListPanel) -> None:
    panel.columns.group_by("state")
    rows, table = panel.model.rowCount(), panel.table
    table.setCurrentIndex(panel.model.index(2, 0))
    press(table, Key.Key_Left)
    assert table.currentIndex().row() == 0
    press(table, Key.Key_Left)
    heading = panel.model.heading_at(0)
    assert heading is not None
    assert heading.is_folded
    assert panel.model.rowCount() == rows - heading.group.rows
    assert table.currentIndex().row() == 0
    press(table, Key.Key_Right)
    assert panel.model.rowCount() == rows
    press(table, Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert panel.model.rowCount() == len(_headings(panel)) == 4
    press(table, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert panel.model.rowCount() == rows
    place = table.visualRect(panel.model.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert panel.model.rowCount() == rows - heading.group.rows


def test_a_search_narrows_groups_and_pages_go_on_under_their_headings(panel: ListPanel) -> None:
    with panel._workspace.change("Thêm"):
        for number in range(150):
            panel._workspace.save(Project(name=f"Mẫu thử {number:03}", year=2023, state="draft"))
    panel.columns.group_by("state")
    panel.search.setText("mẫu thử 0")
    assert len(_headings(panel)) == 1
    while panel.model.canFetchMore():
        panel.model.fetchMore()
    assert len(_ids(panel)) == panel.model.count() == 100
    assert _headings(panel) == ["Trạng thái: Nháp (100 đề án)"]
    panel.model.fold(0, True)
    assert panel.model.count() == 100
    assert _ids(panel) == []


def test_a_marked_cell_says_why_by_sign_colour_tooltip_and_for_a_reader(panel: ListPanel, workspace: Workspace) -> None:
    workspace.save(Project(name="Đề án trễ", year=2023, state="running", ends_on=date(2023, 5, 1)))
    panel.show_request(ListRequest(search="đề án trễ"))
    cell = panel.model.index(0, panel.model.section_of("state"))
    assert cell.data() == "▲ Đang thực hiện"
    assert "chưa nghiệm thu" in str(cell.data(Qt.ItemDataRole.ToolTipRole))
    assert "chưa nghiệm thu" in str(cell.data(Qt.ItemDataRole.AccessibleTextRole))
    assert cell.data(Qt.ItemDataRole.ForegroundRole) is not None
    name = panel.model.index(0, panel.model.section_of("name"))
    assert name.data(Qt.ItemDataRole.ForegroundRole) is None


def test_the_button_of_an_empty_list_leads_where_its_rows_begin(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    disclosures = DisclosureTab(workspace, state)
    qtbot.addWidget(disclosures)
    disclosures.set_year(2023)
    assert disclosures.panel._empty.button.text() == "Mở Danh bạ"
    with qtbot.waitSignal(disclosures.requestOpen) as told:
        disclosures.panel._empty.button.click()
    assert told.args == ["people", ListRequest(year=2023)]


def test_every_empty_list_says_what_to_do_and_has_the_button_that_does_it() -> None:
    for key, spec in LISTS.items():
        step = first_step(key)
        assert ("Bấm Thêm" in spec.empty_hint) is (step is None), key
        assert step is None or step.target in LISTS or step.target == RENEW


def test_the_rows_menu_groups_by_the_column_under_the_mouse(panel: ListPanel) -> None:
    cell = panel.table.visualRect(panel.model.index(0, panel.model.section_of("state"))).center()
    panel.table.customContextMenuRequested.emit(cell)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.text() == "Nhóm theo cột Trạng thái").trigger()
    menu.close()
    assert panel.model.request.group == "state"


def test_a_record_whose_group_is_folded_stays_in_the_form(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    tab = RecordTab(workspace, state, "people")
    qtbot.addWidget(tab)
    tab.refresh(frozenset())
    tab.panel.columns.group_by("group_code")
    shown = tab.panel.current_id()
    place = tab.panel.model.row_of(shown)
    heading = next(row for row in reversed(range(place)) if tab.panel.model.heading_at(row) is not None)
    tab.panel.columns._groups.fold(heading, True)  # type: ignore[union-attr]  # made by grouping
    assert tab.panel.model.row_of(shown) == -1
    tab.refresh(frozenset({"person"}))
    assert tab.current_record() == ("person", shown)


def test_more_rows_found_than_are_counted_are_said_to_be_more(
    panel: ListPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_panel, "_COUNTED", 3)
    with qtbot.waitSignal(panel.countChanged) as told:
        panel.search.setText("hỗ trợ")
    assert told.args == ["hơn 3 đề án"]
    with qtbot.waitSignal(panel.countChanged) as told:
        panel.search.clear()
    assert told.args == [f"{panel.model.count()} đề án"]


def test_after_a_deletion_the_bar_is_on_the_record_nearest_whatever_headings_stand_between(panel: ListPanel) -> None:
    panel.columns.group_by("state")
    model = panel.model
    heading = next(row for row in range(1, model.rowCount()) if model.heading_at(row) is not None)
    assert model.id_near(heading) == model.id_at(heading + 1) != 0
    assert model.id_near(model.rowCount()) == model.id_at(model.rowCount() - 1) != 0
    model.fold_all(True)
    assert model.id_near(0) == 0


def test_a_list_that_begins_with_few_columns_keeps_what_the_user_chose(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    tab = RegisterTab(workspace, state)
    qtbot.addWidget(tab)
    first = tab.panel.shown_columns()
    assert first == ("number", "dated", "subject", "state")
    tab.remember()
    assert state.text("lists/register/columns") == ""
    tab.panel.columns.arrange(("number", "signer"))
    tab.remember()
    again = RegisterTab(workspace, state)
    qtbot.addWidget(again)
    assert again.panel.shown_columns() == ("number", "signer")
    again.panel.columns.reset()
    assert again.panel.shown_columns() == first

"""The filter row and saved views of a list: typed, ticked, taken away again, all by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.conditions import Condition, Operator
from kc_desktop.domain.meeting import Meeting
from kc_desktop.services import saved_views
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.saved_views import SavedView
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click, commit, compose, press, replace_text, show_active, type_text
from ui.dialogs.guide import GuideDialog
from ui.dialogs.view_name import ViewNameDialog
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.filter_editor import FilterEditor
from ui.widgets.filter_row import FilterRow
from ui.widgets.list_panel import ListPanel
from ui.widgets.tick_list import TickList

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _panel(qtbot: QtBot, workspace: Workspace, state: ViewState, key: str) -> ListPanel:
    made = ListPanel(workspace, state, key)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.set_year(2023)
    show_active(qtbot, made)
    return made


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, state: ViewState) -> ListPanel:
    """The projects of the sample, the filter row under their headings."""
    made = _panel(qtbot, workspace, state, "projects")
    qtbot.waitUntil(lambda: made._filters is not None)
    press(made.search, Key.Key_L, CTRL | SHIFT)
    qtbot.waitUntil(made.filters.is_row_shown)
    return made


def _row(panel: ListPanel) -> FilterRow:
    assert panel.filters.row is not None
    return panel.filters.row


def _editor(panel: ListPanel, key: str) -> FilterEditor:
    found = _row(panel).editor(key)
    assert found is not None
    return found


def _type(panel: ListPanel, key: str, text: str) -> FilterEditor:
    editor = _editor(panel, key)
    replace_text(editor, text)
    press(editor, Key.Key_Return)
    return editor


def _codes(panel: ListPanel) -> list[str]:
    return [str(panel.model.value_at(row, "code")) for row in range(panel.model.rowCount())]


def _chips(panel: ListPanel) -> list[str]:
    return [each.text() for each in panel.filters.chips.findChildren(QToolButton) if not each.isHidden()]


def _menu(parent: QWidget) -> dict[str, QAction]:
    (menu,) = (each for each in parent.findChildren(QMenu) if each.isVisible())
    return {each.text().split("\t")[0]: each for each in menu.actions() if each.text()}


def test_each_filter_stands_under_its_heading_wherever_the_column_goes(panel: ListPanel) -> None:
    header = panel.table.horizontalHeader()

    def check() -> None:
        row = _row(panel)
        assert row.geometry().bottom() < panel.table.viewport().mapTo(panel, row.pos() * 0).y()
        for editor in row.editors():
            section = panel.model.section_of(editor.column.key)
            left = header.sectionViewportPosition(section)
            assert left <= editor.x() < editor.geometry().right() <= left + header.sectionSize(section)
            assert editor.accessibleName() == f"Lọc cột {editor.column.label}"

    check()
    header.resizeSection(1, header.sectionSize(1) + 60)
    check()
    header.moveSection(0, 3)
    check()
    panel.columns.show_column(2, False)
    check()
    assert "state" not in [each.column.key for each in _row(panel).editors()]
    panel.table.horizontalScrollBar().setValue(40)
    check()
    panel.resize(700, 400)
    check()


def test_what_is_typed_filters_after_a_pause_and_stands_as_a_chip(panel: ListPanel, qtbot: QtBot) -> None:
    everything = panel.model.rowCount()
    editor = _editor(panel, "requested_vnd")
    replace_text(editor, ">100 triệu")
    assert panel.model.rowCount() == everything
    qtbot.waitUntil(lambda: panel.model.request.conditions != ())

    assert 0 < panel.model.rowCount() < everything
    assert all(int(str(panel.model.value_at(row, "requested_vnd"))) > 10**8 for row in range(panel.model.rowCount()))
    _type(panel, "name", "cơ sở 01")
    assert _codes(panel) == ["2023-02"]
    assert _chips(panel) == ["Tên đề án có “cơ sở 01”", "Hỗ trợ đề nghị > 100.000.000 đồng", "Bỏ lọc"]


def test_esc_clears_one_filter_then_goes_to_the_rows_and_chips_take_filters_away(panel: ListPanel) -> None:
    everything = panel.model.rowCount()
    _type(panel, "requested_vnd", ">100 triệu")
    name = _type(panel, "name", "máy")
    press(name, Key.Key_Escape)
    assert [each.column for each in panel.model.request.conditions] == ["requested_vnd"]
    press(name, Key.Key_Escape)
    assert panel.focusWidget() is panel.table

    chip = next(each for each in panel.filters.chips.findChildren(QToolButton) if not each.isHidden())
    press(chip, Key.Key_Space)
    assert panel.model.rowCount() == everything
    assert _editor(panel, "requested_vnd").text() == ""


def test_what_is_no_condition_is_told_and_filters_nothing(panel: ListPanel) -> None:
    everything = panel.model.rowCount()
    editor = _type(panel, "requested_vnd", ">abc")

    assert panel.model.rowCount() == everything
    assert "“abc” chưa phải là số tiền" in editor.problem
    assert editor.accessibleDescription() == editor.problem
    assert panel.filters.chips.isVisible()
    replace_text(editor, ">")
    press(editor, Key.Key_Return)
    assert editor.problem == ""
    assert not panel.filters.chips.isVisible()


def test_no_rows_leave_the_filters_in_place_and_say_why(panel: ListPanel) -> None:
    editor = _type(panel, "name", "không có đâu")

    assert panel.model.rowCount() == 0
    assert editor.isVisible()
    assert panel.focusWidget() is editor
    assert panel.table.isVisible()
    replace_text(editor, "")
    press(editor, Key.Key_Return)
    assert panel.model.rowCount() > 0


def test_half_a_word_an_input_method_composes_is_never_told_as_wrong(panel: ListPanel, qtbot: QtBot) -> None:
    state = _editor(panel, "state")
    state.setFocus()
    type_text(state, "đ")
    compose(state, "anq")
    state.settle()
    assert state.problem == ""
    assert state.text() == "đ"
    compose(state, "ang t")
    commit(state, "ang t")
    qtbot.waitUntil(lambda: panel.model.request.conditions != ())
    assert _chips(panel) == ["Trạng thái: Đang thực hiện"]

    name = _editor(panel, "name")
    name.setFocus()
    compose(name, "duy tr")
    qtbot.waitUntil(lambda: any(each.column == "name" for each in panel.model.request.conditions))
    compose(name, "")
    qtbot.waitUntil(lambda: not any(each.column == "name" for each in panel.model.request.conditions))


def test_tab_goes_through_the_filters_and_alt_down_offers_what_there_is(panel: ListPanel) -> None:
    first, second = _row(panel).editors()[:2]
    first.setFocus()
    press(first, Key.Key_Down)
    assert panel.focusWidget() is panel.table

    amount = _type(panel, "requested_vnd", "200tr")
    press(amount, Key.Key_Down, ALT)
    actions = _menu(amount)
    actions["Nhỏ hơn  (<)"].trigger()
    assert amount.text() == "<200tr"
    assert panel.model.request.conditions[0].operator is Operator.BELOW
    QApplication.activePopupWidget().close()  # type: ignore[union-attr]  # the menu just used
    press(second, Key.Key_Down, ALT)
    assert "Chọn trong danh sách…" in _menu(second)
    QApplication.activePopupWidget().close()  # type: ignore[union-attr]  # as above
    QApplication.processEvents()


def test_f1_in_a_filter_opens_the_guide_at_what_may_be_typed(panel: ListPanel) -> None:
    press(_editor(panel, "name"), Key.Key_F1)

    (guide,) = panel.window().findChildren(GuideDialog)
    assert guide.page_name() == "danh-sach"
    guide.close()


def test_values_are_ticked_by_keyboard(panel: ListPanel) -> None:
    state = _editor(panel, "state")
    press(state, Key.Key_Down, ALT)
    ticks = state.findChild(TickList)
    assert ticks is not None
    type_text(ticks.search, "thuc hien")
    assert [ticks.values.item(row).text() for row in range(ticks.values.count())] == ["Đang thực hiện  (3)"]
    press(ticks.search, Key.Key_Down)
    press(ticks.values, Key.Key_Space)
    press(ticks.values, Key.Key_Return)

    assert panel.model.request.conditions == (Condition(column="state", operator=Operator.ANY_OF, values=("running",)),)
    assert panel.model.rowCount() == 3
    assert state.text() == "Đang thực hiện"


def test_the_row_is_there_again_tomorrow_and_costs_nothing_where_it_never_was(
    panel: ListPanel, qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    assert panel.filters.is_row_shown()
    again = _panel(qtbot, workspace, state, "projects")
    qtbot.waitUntil(lambda: again.filters.is_row_shown())
    press(again.search, Key.Key_L, CTRL | SHIFT)
    other = _panel(qtbot, workspace, state, "meetings")
    qtbot.waitUntil(lambda: other._filters is not None)
    assert other.filters.row is None
    assert other.filters.views.tabs is None


def test_a_list_without_any_rows_has_its_first_step_and_no_filters_over_it(
    qtbot: QtBot, tmp_path: Path, state: ViewState
) -> None:
    empty = Workspace.create(tmp_path / "mới.kcdb")
    try:
        panel = _panel(qtbot, empty, state, "meetings")
        panel.filters.toggle_row()
        assert not panel.table.isVisible()
        assert not _row(panel).isVisible()
        empty.save(Meeting(title="Họp giao ban", held_on=date(2023, 4, 3)))
        panel.refresh()
        assert _row(panel).isVisible()
        assert _editor(panel, "title").isVisible()
        panel.hide()
    finally:
        empty.close()


def test_a_masked_column_has_no_filter(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    panel = _panel(qtbot, workspace, state, "establishments")
    panel.filters.toggle_row()

    assert _row(panel).editor("tax_code") is None
    assert _row(panel).editor("name") is not None


def test_a_month_without_a_year_follows_the_year_on_show(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    panel = _panel(qtbot, workspace, state, "fund-entries")
    panel.filters.toggle_row()
    _type(panel, "happened_on", "tháng 6")
    assert panel.model.rowCount() == 1
    panel.set_year(2022)
    assert _chips(panel) == ["Ngày: tháng 6 (01/06/2022 – 30/06/2022)"]
    _type(panel, "happened_on", "15/6")
    assert _chips(panel) == ["Ngày là 15/06/2022"]


# --- saved views


def _save(panel: ListPanel, name: str) -> None:
    panel.filters.views.save_as()
    dialog = panel.findChild(ViewNameDialog)
    assert dialog is not None
    replace_text(dialog.fields["name"].control(), name)
    press(dialog, Key.Key_Return)
    assert not dialog.isVisible()
    dialog.setParent(None)


def test_a_view_brings_everything_back_and_all_rows_are_as_they_were(panel: ListPanel) -> None:
    everything, columns = panel.model.rowCount(), panel.shown_columns()
    assert panel.filters.views.tabs is None
    _type(panel, "name", "máy")
    panel.columns.arrange(("name", "state"))
    panel.columns.sort_by("name", True)
    panel.columns.group_by("state")
    _save(panel, "Có máy")
    tabs = panel.filters.views.tabs
    assert tabs is not None
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["Tất cả", "Có máy"]
    assert tabs.currentIndex() == 1

    press(tabs, Key.Key_Left)
    assert panel.model.count() == everything
    assert _editor(panel, "name").text() == ""
    panel.columns.reset()
    press(tabs, Key.Key_Right)
    assert panel.shown_columns() == ("name", "state")
    request = panel.model.request
    assert (request.group, request.sort, request.descending, request.year) == ("state", "name", True, 2023)
    assert _editor(panel, "name").text() == "máy"
    press(tabs, Key.Key_Left)
    assert panel.shown_columns() == columns
    assert (panel.model.request.group, panel.model.request.sort) == ("", panel.model.spec.default_sort)
    press(tabs, Key.Key_Right)
    panel.remember()
    again = ListPanel(panel._workspace, panel._state, "projects")
    assert again.shown_columns() == columns


def test_what_is_changed_in_a_view_is_marked_and_there_again_until_it_is_kept_or_put_back(panel: ListPanel) -> None:
    panel.columns.arrange(("name", "state", "year"))
    _save(panel, "Gọn")
    views = panel.filters.views
    tabs = views.tabs
    assert tabs is not None
    assert not views._back_button.isVisible()

    panel.columns.arrange(("state", "name"))
    panel.columns.set_widths((100, 250))
    panel.columns.sort_by("state", True)
    panel.columns.group_by("state")
    views.look()
    assert tabs.tabText(1) == "Gọn •"
    press(tabs, Key.Key_Left)
    assert tabs.tabText(1) == "Gọn •"
    assert not views._back_button.isVisible()
    assert (panel.model.request.group, panel.columns.widths()) == ("", ())
    press(tabs, Key.Key_Right)
    assert panel.shown_columns() == ("state", "name")
    assert panel.columns.widths()[0] == pytest.approx(100, abs=1)
    assert (panel.model.request.sort, panel.model.request.group) == ("state", "state")

    click(views._back_button)
    assert tabs.tabText(1) == "Gọn"
    assert (panel.shown_columns(), panel.model.request.group) == (("name", "state", "year"), "")
    panel.columns.set_widths((100, 60, 60))
    views.look()
    click(views._update_button)
    assert tabs.tabText(1) == "Gọn"
    (view,) = saved_views.views_of(panel._workspace, "projects").views
    assert view.widths[0] == pytest.approx(100, abs=1)


def test_views_are_renamed_updated_moved_and_deleted_from_the_menu(
    panel: ListPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    for name in ("Một", "Hai"):
        saved_views.save(workspace, "projects", SavedView(name=name, request=ListRequest(search="máy")))
    panel.refresh_views()
    views = panel.filters.views
    views.open("Hai")
    _type(panel, "requested_vnd", ">1")

    def do(words: str) -> None:
        panel.filters.open_menu()
        action = _menu(panel.filters.views_button)[words]
        QApplication.activePopupWidget().close()  # type: ignore[union-attr]  # as a click does before its action
        action.trigger()
        QApplication.processEvents()

    with qtbot.waitSignal(panel.changed):
        do("Cập nhật “Hai” theo phần đang xem")
    assert saved_views.views_of(workspace, "projects").views[1].request.conditions != ()
    do("Đổi tên…")
    dialog = panel.findChild(ViewNameDialog)
    assert dialog is not None
    replace_text(dialog.fields["name"].control(), "Hai, mới")
    press(dialog, Key.Key_Return)
    assert views.names() == ("Một", "Hai, mới")
    current = views.current()
    assert current is not None
    assert current.name == "Hai, mới"
    assert panel.model.request.conditions != ()
    do("Sang trái")
    assert views.names() == ("Hai, mới", "Một")
    assert views.current() is not None
    assert views.tabs is not None
    assert views.tabs.currentIndex() == 1
    press(views.tabs, Key.Key_Delete)
    assert views.names() == ("Một",)
    workspace.undo()
    panel.refresh_views()
    assert views.names() == ("Hai, mới", "Một")


def test_undo_takes_a_view_back_and_its_tab_with_it(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    tab = RecordTab(workspace, state, "projects")
    qtbot.addWidget(tab)
    tab.set_year(2023)
    show_active(qtbot, tab)
    with qtbot.waitSignal(tab.dataChanged):
        _save(tab.panel, "Mọi đề án")
    tabs = tab.panel.filters.views.tabs
    assert tabs is not None
    assert tabs.isVisible()

    tab.open_request("projects", ListRequest(year=2023, filters=(("state", "running"),)))
    assert tabs.currentIndex() == 0
    assert _chips(tab.panel) == ["Trạng thái: Đang thực hiện"]
    tab.refresh(workspace.undo())
    assert not tabs.isVisible()
    assert tab.panel.model.rowCount() > 0


def test_a_view_of_a_damaged_setting_is_told_and_the_list_stands(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    workspace.set_setting("views/projects", '[{"name":"Cũ","sort":"gone"},5]', "Thử")
    told: list[str] = []
    panel = ListPanel(workspace, state, "projects")
    panel.told.connect(told.append)
    qtbot.addWidget(panel)
    panel.set_year(2023)
    show_active(qtbot, panel)
    qtbot.waitUntil(lambda: bool(told))

    assert "“Cũ” bỏ cột" in told[0]
    assert panel.filters.views.names() == ("Cũ",)
    assert panel.model.rowCount() > 0


def test_a_file_open_for_reading_says_why_no_view_is_kept(
    qtbot: QtBot, workspace: Workspace, sample: Path, state: ViewState
) -> None:
    assert not workspace.is_read_only
    reader = Workspace.open(sample)
    try:
        panel = _panel(qtbot, reader, state, "projects")
        panel.filters.open_menu()
        actions = _menu(panel.filters.views_button)
        assert not actions["Lưu cách xem (tệp chỉ đọc)"].isEnabled()
        QApplication.activePopupWidget().close()  # type: ignore[union-attr]  # the menu just looked at
        panel.hide()
    finally:
        reader.close()

"""The main window: files, menus, undo through the menu, pages of Danh mục, dialogs, and the way out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QTableWidget, QTreeWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import KnownError
from kc_desktop.services.lists import LATE_TITLES, LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click, click_button, commit, compose, in_dialog, press, replace_text, type_text
from ui import theme
from ui.dialogs.history import HistoryDialog
from ui.dialogs.notes import NotesDialog
from ui.dialogs.office import OfficeDialog
from ui.dialogs.recycle_bin import RecycleBinDialog
from ui.errors import ErrorReporter
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


def _menu(window: MainWindow, title: str) -> QMenu:
    for action in window.menuBar().actions():
        if action.text().replace("&", "") == title:
            menu = action.menu()
            assert isinstance(menu, QMenu)
            return menu
    raise AssertionError(title)


def _action(menu: QMenu, start: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "").startswith(start))


def _people(window: MainWindow) -> RecordTab:
    window.open_catalogue("people")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    QApplication.processEvents()  # what is laid out is shown in the next turn of the loop
    return tab


def test_the_menus_and_tabs_are_those_offices_know(window: MainWindow) -> None:
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["Tệp", "Sửa", "Xem", "Danh mục", "Báo cáo", "Công cụ", "Trợ giúp"]
    tabs = [window.pages.tabText(index) for index in range(window.pages.count())]
    assert tabs == ["Tổng quan", "Chương trình", "Kinh phí", "Cộng tác viên", "Cuộc họp"]


def test_a_tab_is_made_only_when_it_is_first_shown(window: MainWindow) -> None:
    assert len(window.pages.built()) == 1
    press(window, Key.Key_PageDown, CTRL)
    assert len(window.pages.built()) == 2
    assert window.pages.currentIndex() == 1
    press(window, Key.Key_PageUp, CTRL)
    assert window.pages.currentIndex() == 0


def test_a_deleted_record_comes_back_through_the_menu_which_names_the_step(window: MainWindow) -> None:
    assert window.workspace is not None
    kept = window.workspace.save(Person(name="Đại biểu 07"))
    tab = _people(window)
    tab.reload()
    tab.open_record("people", kept.id)
    tab.panel.table.setFocus()
    press(tab.panel.table, Key.Key_Delete)
    assert window.status.said() == "Đã xóa người Đại biểu 07."
    assert window.status.offers_undo()
    undo = _action(_menu(window, "Sửa"), "Hoàn tác")
    assert undo.text() == "Hoàn tác: Xóa người Đại biểu 07"
    undo.trigger()
    assert window.workspace.get(Person, kept.id).name == "Đại biểu 07"
    assert tab.panel.model.row_of(kept.id) >= 0
    redo = _action(_menu(window, "Sửa"), "Làm lại")
    assert redo.text() == "Làm lại: Xóa người Đại biểu 07"
    redo.trigger()
    assert window.workspace.find(Person, kept.id) is None


def test_the_status_line_offers_the_way_back(window: MainWindow) -> None:
    assert window.workspace is not None
    kept = window.workspace.save(Person(name="Đại biểu 07"))
    tab = _people(window)
    tab.open_record("people", kept.id)
    tab.remove()
    click(window.status._undo)
    assert window.workspace.find(Person, kept.id) is not None
    assert window.status.said() == "Đã hoàn tác: Xóa người Đại biểu 07"


def test_the_keys_work_the_verbs(window: MainWindow) -> None:
    tab = _people(window)
    press(window, Key.Key_N, CTRL)
    assert tab.form.is_editing()
    type_text(tab.form.editor("name").control(), "Đại biểu 09")
    press(tab.form.editor("name").control(), Key.Key_S, CTRL)
    assert not tab.form.is_editing()
    press(window, Key.Key_F2)
    assert tab.form.is_editing()
    replace_text(tab.form.editor("post").control(), "Chuyên viên")
    press(tab.form.editor("post").control(), Key.Key_Escape)
    assert not tab.form.is_editing()
    press(window, Key.Key_F, CTRL)
    assert tab.panel.search.hasFocus()
    press(window, Key.Key_F5)
    assert window.workspace is not None
    assert window.workspace.undo_label == "Thêm người Đại biểu 09"
    press(tab.panel.table, Key.Key_Z, CTRL)
    assert "Đại biểu 09" not in window.workspace.undo_label


def test_undo_in_a_field_takes_back_typing_not_the_last_step(window: MainWindow) -> None:
    assert window.workspace is not None
    tab = _people(window)
    tab.edit()
    line = tab.form.editor("post").control()
    line.setFocus()
    before, revision = line.property("text"), window.workspace.revision
    type_text(line, "xyz")
    press(line, Key.Key_Z, CTRL)
    assert line.property("text") == before
    assert window.workspace.revision == revision


def test_a_change_in_one_tab_shows_in_another(window: MainWindow) -> None:
    window.pages.setCurrentIndex(3)
    group = window.pages.current()
    assert isinstance(group, GroupTab)
    directory = group.show_part("people")
    tab = _people(window)
    tab.new()
    type_text(tab.form.editor("name").control(), "Đại biểu 09")
    tab.save()
    names = {
        directory.panel.model.data(directory.panel.model.index(row, 0))
        for row in range(directory.panel.model.rowCount())
    }
    assert "Đại biểu 09" in names


def test_a_page_of_danh_muc_opens_once_and_closes(window: MainWindow) -> None:
    menu = _menu(window, "Danh mục")
    _action(menu, "Cơ sở").trigger()
    _action(menu, "Cơ sở").trigger()
    assert window.pages.count() == 6
    assert window.pages.tabText(5) == "Cơ sở công nghiệp nông thôn"
    press(window, Key.Key_W, CTRL)
    assert window.pages.count() == 5
    press(window, Key.Key_W, CTRL)
    assert window.pages.count() == 5


def test_titles_known_beforehand_are_those_of_the_lists() -> None:
    assert {key: LISTS[key].title for key in LATE_TITLES} == LATE_TITLES


def test_every_catalogue_opens(window: MainWindow) -> None:
    for action in window.actions_.catalogues.values():
        action.trigger()
        assert action.text() == window.pages.tabText(window.pages.currentIndex())
        assert window.pages.current() is not None


def test_a_page_with_unsaved_text_is_not_closed(window: MainWindow) -> None:
    tab = _people(window)
    tab.new()
    type_text(tab.form.editor("name").control(), "Đại biểu")
    press(window, Key.Key_W, CTRL)
    assert window.pages.count() == 6
    assert "chưa lưu" in window.status.said()


def test_the_year_chosen_is_shown_in_every_tab_and_remembered(window: MainWindow, state: ViewState) -> None:
    window.pages.setCurrentIndex(2)
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    window._years.setCurrentIndex(window._years.findData(2022))
    assert tab.panel.model.request.year == 2022
    window._years.setCurrentIndex(window._years.findText("Mọi năm"))
    assert tab.panel.model.request.year is None
    assert state.number("window/year", -1) == 0


def test_what_is_taken_back_is_said_before_it_is_done(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.workspace is not None
    window.workspace.save(Person(name="Đại biểu 88"))
    window.refresh()
    said: list[str] = []
    undo = type(window.workspace).undo

    def watched(workspace: Workspace) -> frozenset[str]:
        said.append(window.status.said())
        return undo(workspace)

    monkeypatch.setattr(type(window.workspace), "undo", watched)
    window.actions_.undo.trigger()
    assert said == [f"Đang hoàn tác: {window.workspace.redo_label}…"]
    assert window.status.said() == f"Đã hoàn tác: {window.workspace.redo_label}"
    assert QApplication.overrideCursor() is None


def test_a_list_of_the_menu_takes_the_keys_from_the_years(window: MainWindow) -> None:
    window._years.setFocus()
    tab = _people(window)
    assert window.focusWidget() is tab.panel.table


def test_the_year_on_show_stays_when_its_last_row_goes(window: MainWindow) -> None:
    assert window.workspace is not None
    window.workspace.save(AnnualPlan(year=2031))
    window.refresh()
    window.choose_year(2031)
    window.actions_.undo.trigger()
    assert window.year() == window.pages._year == 2031
    window.choose_year(2023)
    assert window.year() == window.pages._year == 2023


def test_a_figure_opens_the_rows_behind_it_with_a_chip(window: MainWindow) -> None:
    window.open_request("fund-entries", ListRequest(year=2022, filters=(("kind", ("allocation",)),)))
    assert window.pages.tabText(window.pages.currentIndex()) == "Kinh phí"
    assert window.year() == 2022
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    assert tab.panel.model.request.filters == (("kind", ("allocation",)),)
    assert tab.panel.model.rowCount() >= 1


def test_anything_is_found_and_opened_from_the_box_in_the_toolbar(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_K, CTRL)
    assert window.quick_find.hasFocus()
    type_text(window.quick_find, "ho tran ")
    compose(window.quick_find, "hồng")
    qtbot.waitUntil(lambda: len(window.quick_find.suggestions_shown()) > 0)
    assert window.quick_find.suggestions_shown()[0].startswith("Người: Hồ Trần Hồng Ân")
    commit(window.quick_find, "hồng")
    press(window.quick_find, Key.Key_Return)
    tab = window.pages.current()
    assert isinstance(tab, GroupTab)
    assert window.workspace is not None
    current = tab.current_record()
    assert current is not None
    assert window.workspace.title_of(*current) == "Hồ Trần Hồng Ân"
    press(window, Key.Key_K, CTRL)
    type_text(window.quick_find, "qwz")
    qtbot.waitUntil(lambda: "“qwz”" in "".join(window.quick_find.suggestions_shown()))
    assert window.quick_find.suggestions_shown()[0].startswith("Không thấy gì có “qwz”")
    press(window.quick_find, Key.Key_Return)
    press(window.quick_find, Key.Key_Escape)
    assert window.quick_find.suggestions_shown() == ()


def test_a_meeting_of_another_year_opens_from_the_box(window: MainWindow, qtbot: QtBot) -> None:
    window._years.setCurrentIndex(window._years.findData(2022))
    press(window, Key.Key_K, CTRL)
    type_text(window.quick_find, "tong ket hoat dong")
    qtbot.waitUntil(lambda: len(window.quick_find.suggestions_shown()) > 0)
    press(window.quick_find, Key.Key_Return)
    tab = window.pages.current()
    assert tab is not None
    assert tab.current_record() == ("meeting", 1)


def test_the_recycle_bin_brings_a_record_back(window: MainWindow) -> None:
    assert window.workspace is not None
    kept = window.workspace.save(Person(name="Đại biểu 07"))
    window.workspace.delete(Person, kept.id)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RecycleBinDialog)
        table = dialog.findChild(QTableWidget)
        assert table is not None
        assert [cell.text() for column in range(2) if (cell := table.item(0, column))] == ["Người", "Đại biểu 07"]
        click_button(dialog, "Khôi phục")
        assert table.rowCount() == 0

    in_dialog(act, window.actions_.bin.trigger)
    assert window.workspace.find(Person, kept.id) is not None
    assert window.workspace.undo_label.startswith("Khôi phục người")


def test_the_history_of_a_record_names_every_change(window: MainWindow) -> None:
    assert window.workspace is not None
    kept = window.workspace.save(Person(name="Đại biểu 07"))
    tab = _people(window)
    tab.open_record("people", kept.id)
    tab.edit()
    replace_text(tab.form.editor("post").control(), "Chuyên viên")
    tab.save()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, HistoryDialog)
        tree = dialog.findChild(QTreeWidget)
        assert tree is not None
        newest = tree.topLevelItem(0)
        assert newest is not None
        assert "Sửa người Đại biểu 07" in newest.text(0)
        changed = newest.child(0)
        assert changed is not None
        assert [changed.text(column) for column in range(3)] == ["Chức vụ", "(trống)", "Chuyên viên"]

    in_dialog(act, window.actions_.history.trigger)


def test_the_office_is_set_up_in_a_form(window: MainWindow) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, OfficeDialog)
        dialog.form.begin_edit()
        replace_text(dialog.form.editor("abbreviation").control(), "TTKC")
        dialog.close()
        assert dialog.isVisible(), "unsaved text must not be thrown away"
        assert dialog.form.save()

    in_dialog(act, window.actions_.office.trigger)
    assert window.workspace is not None
    assert window.workspace.office.abbreviation == "TTKC"


def test_checking_the_file_tells_the_outcome(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.check.trigger()
    qtbot.waitUntil(lambda: window.status.said() == "Tệp dữ liệu lành lặn.")


def test_what_this_program_is_can_be_read(window: MainWindow) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, NotesDialog)
        click_button(dialog, "Đóng")

    in_dialog(act, window.actions_.about.trigger)


@pytest.mark.parametrize("look", list(theme.Look))
def test_every_look_can_be_worn(window: MainWindow, look: theme.Look) -> None:
    action = next(each for each in window.actions_.looks.actions() if each.data() == look)
    action.trigger()
    for index in range(window.pages.count()):
        window.pages.setCurrentIndex(index)
        assert not window.grab().isNull()
    window.actions_.looks.actions()[1].trigger()


def test_an_error_nobody_caught_is_told_calmly_on_the_windows_thread(window: MainWindow) -> None:
    reporter = ErrorReporter(window)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert dialog.text().startswith("Chương trình gặp lỗi")
        assert "ZeroDivisionError" in dialog.detailedText()
        click_button(dialog, "Chép chi tiết")

    def fail() -> None:
        try:
            _ = 1 // 0
        except ZeroDivisionError as error:
            reporter.hook(type(error), error, error.__traceback__)
            QApplication.processEvents()

    in_dialog(act, fail)
    assert "ZeroDivisionError" in QApplication.clipboard().text()


def test_a_known_error_nobody_caught_is_told_with_its_remedy(window: MainWindow) -> None:
    reporter = ErrorReporter(window)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert (dialog.text(), dialog.informativeText()) == ("Đĩa đầy.", "Xóa bớt tệp.")

    def fail() -> None:
        error = KnownError("Đĩa đầy.", "Xóa bớt tệp.")
        reporter.hook(KnownError, error, None)
        QApplication.processEvents()

    in_dialog(act, fail)

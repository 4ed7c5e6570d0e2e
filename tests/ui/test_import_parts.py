"""Nhập Excel…: two tables of one sheet each have their columns; the rows' menu of a list leads there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.services import importing, lists
from tests.exchange.books import Rows, write_xlsx
from ui.dialogs.import_wizard import ImportDialog
from ui.importing import begin_import
from ui.main_window import MainWindow
from ui.tabs.record_tab import RecordTab
from ui.widgets.list_empty import EmptyState

_TWO: Rows = (
    ("DANH SÁCH", "", "", ""),
    ("STT", "Họ và tên", "Điện thoại", ""),
    (1, "Đại biểu 31", "0920351931", ""),
    ("", "Tổng cộng: 1 người", "", ""),
    ("", "", "Người lập biểu", ""),
    *([("", "", "", "")] * 70),
    ("TT", "Họ và tên", "Việc", "Năm sinh"),
    (1, "Đại biểu 32", "Chuyên viên", 1990),
    (2, "Đại biểu 33", "Chuyên viên", "không nhớ"),
)


def _entries() -> dict[str, bool]:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = {each.text(): each.isEnabled() for each in menu.actions()}
    menu.close()
    return found


def test_each_table_of_a_sheet_has_its_own_columns_and_errors(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    workspace = window.workspace
    assert workspace is not None
    window.open_catalogue("people")
    path = write_xlsx(tmp_path / "hai bảng.xlsx", _TWO)
    dialog = begin_import(window, window.files.jobs(), path)
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.file_page.book is not None and not dialog.is_busy())
    sheets = dialog.file_page.sheets
    items = [(sheets.item(at, 0), sheets.item(at, 1)) for at in range(sheets.rowCount())]
    said = [(name.text(), where.text()) for name, where in items if name is not None and where is not None]
    assert said == [
        ("Trang 1", "Tiêu đề dòng 2, số liệu từ dòng 3 đến 5, đọc 2 cột."),
        ("Trang 1, bảng 2", "Tiêu đề dòng 76, số liệu từ dòng 77 đến 78, đọc 2 cột."),
    ]
    dialog.next_button.click()
    page = dialog.columns_page
    page.sheet_box.setCurrentIndex(1)
    assert page.heading_box.value() == 76
    header = page.preview.verticalHeaderItem(page.preview.rowCount() - 1)
    assert header is not None
    assert header.text() == "78"
    page.field_box(2).setCurrentIndex(page.field_box(2).findData("post"))
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.check_page.found is not None and not dialog.is_busy())
    found = dialog.check_page.found
    assert found is not None
    assert [(each.sheet, each.number, each.verdict) for each in found.rows] == [
        *(("Trang 1", 3, "new"), ("Trang 1, bảng 2", 77, "new"), ("Trang 1, bảng 2", 78, "wrong")),
    ]
    dialog.reject()
    (tmp_path / "lỗi.xlsx").write_bytes(importing.wrong_rows(found))
    again = importing.judge(workspace, "people", importing.read_workbook(tmp_path / "lỗi.xlsx"))
    assert [(each.name, each.number) for each in again.rows] == [("Đại biểu 33", 3)]
    assert again.tables[0].places["post"] == 2, "the columns chosen for this heading are remembered"


def test_a_list_that_can_be_imported_says_so_in_the_menu_of_its_rows(window: MainWindow) -> None:
    window.open_catalogue("people")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    tab.panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    assert _entries()["Nhập Excel…"]
    tab.panel.show_request(lists.ListRequest(search="không ai tên như thế"))
    empty = tab.panel.findChild(EmptyState)
    assert empty is not None
    QApplication.sendEvent(empty, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5)))
    assert list(_entries()) == ["Xuất Excel…", "Nhập Excel…"]
    window.open_catalogue("phrases")
    other = window.pages.current()
    assert isinstance(other, RecordTab)
    other.panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    assert "Nhập Excel…" not in _entries()

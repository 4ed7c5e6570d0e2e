"""Pictures of several rows chosen in a list and of the dialogs that act on them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from kc_desktop.services import selection
from ui.dialogs.bulk_edit import BulkEditDialog, BulkRemoveDialog
from ui.dialogs.paste_list import PasteListDialog
from ui.tabs.record_tab import RecordTab

if TYPE_CHECKING:
    from tests.ui.screens import Photographer

_BLOCK = (
    "Họ và tên\tChức vụ\tNăm sinh\tĐiện thoại\nĐại biểu 71\tPhó Giám đốc\t1980\t0903000071\n"
    "Đại biểu 72\t\tabc\t0903000072\nHồ Trần Hồng Ân\tPhó Trưởng phòng\t\t\nTrương Thanh Nhàn\t\t\t\n"
)


def photograph(photographer: Photographer, tab: RecordTab) -> None:
    """Keep the list of projects with several chosen, their menu, and what editing, deleting and pasting first show."""
    workspace, table = tab.workspace, tab.panel.table
    tab.panel.select_first()
    table.setFocus()
    for _ in range(4):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(200)  # the status bar counts after a moment
    photographer.keep("list-several")
    table.customContextMenuRequested.emit(QPoint(60, 60))
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        photographer.keep("list-several-menu", menu)
        menu.close()
    ids = selection.ids(workspace, tab.panel.selection.chosen())
    edit = BulkEditDialog(workspace, tab.cls, ids, tab.window())
    edit.show()
    photographer.keep("bulk-edit", edit)
    edit.field_box.setCurrentIndex(edit.field_box.findData("ends_on"))
    assert edit.editor is not None
    edit.editor.set_value(date(2023, 11, 30))
    edit.judge()
    photographer.keep("bulk-edit-judged", edit)
    edit.close()
    remove = BulkRemoveDialog(workspace, tab.cls, ids, tab.window())
    remove.show()
    photographer.keep("bulk-remove", remove)
    remove.close()
    photographer.window.open_catalogue("people")
    people = photographer.window.pages.current()
    assert isinstance(people, RecordTab)
    for name, text in (("paste-list", _BLOCK), ("paste-list-none", "")):
        QGuiApplication.clipboard().setText(text)
        photographer.modal(name, partial(_paste, people))
    photographer.window.pages.close_current()
    QTest.keyClick(table, Qt.Key.Key_Home)  # Shift counts as held down until the next key
    tab.panel.select_first()


def _paste(tab: RecordTab) -> None:
    PasteListDialog(tab).exec()

"""What can be done with the rows chosen: the rows' menu of a list, and the same under Sửa."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.icons import icon
from ui.menus import EXPORT, IMPORT
from ui.widgets.list_panel import ListPanel

if TYPE_CHECKING:
    from ui.tabs.record_tab import RecordTab

_ENTRIES: tuple[tuple[str, str, str, str] | None, ...] = (
    ("copy", "Chép các dòng đã chọn", "", "Ctrl+C"),
    ("paste", "Dán vào danh sách…", "", "Ctrl+V"),
    ("all", "Chọn tất cả", "", "Ctrl+A"),
    None,
    ("edit", "Sửa hàng loạt…", "edit", "F2"),
    ("remove", "Xóa các mục đã chọn…", "delete", "Del"),
    ("print", "In giấy tờ của các mục đã chọn…", "print", "Ctrl+P"),
    ("export", "Xuất Excel các dòng đã chọn…", "columns", ""),
)
"""Deeds with their words, icons and keys; the list itself takes the keys, which mean one record where one is chosen."""


def fill(menu: QMenu, panel: ListPanel) -> None:
    """Put into a menu what can be done with the rows chosen in a list."""
    tab = _tab_of(panel)
    for entry in _ENTRIES:
        if entry is None:
            menu.addSeparator()
            continue
        deed, words, icon_name, keys = entry
        action = menu.addAction(f"{words}\t{keys}" if keys else words)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.triggered.connect(partial(_ask, panel, deed))
        action.setEnabled(tab is not None and tab.deeds.can(deed))


def fill_with_whole(menu: QMenu, panel: ListPanel) -> None:
    """Put into a menu what can be done with the rows chosen, and with the whole list: out to Excel, in from it."""
    fill(menu, panel)
    menu.addActions(whole_list_actions(panel, panel.model.spec.key))


def whole_list_actions(widget: QWidget, key: str) -> list[QAction]:
    """Return the window's own actions for a list: Nhập Excel… only where such a list is imported."""
    from kc_desktop.services import import_columns  # the start does without it

    names = (EXPORT, IMPORT) if key in import_columns.WHATS else (EXPORT,)
    return [action for name in names if (action := widget.window().findChild(QAction, name)) is not None]


def fill_for(menu: QMenu, page: QWidget | None) -> None:
    """Fill the menu under Sửa for the list in sight."""
    menu.clear()
    panels = [each for each in page.findChildren(ListPanel) if each.isVisible()] if page is not None else []
    if panels:
        fill(menu, panels[0])
    else:
        menu.addAction("Mở một danh sách rồi chọn các dòng").setEnabled(False)


def _ask(panel: ListPanel, deed: str, _is_checked: bool = False) -> None:
    panel.deedWanted.emit(deed)


def _tab_of(panel: ListPanel) -> RecordTab | None:
    from ui.tabs.record_tab import RecordTab

    parent = panel.parentWidget()
    while parent is not None and not isinstance(parent, RecordTab):
        parent = parent.parentWidget()
    return parent

"""Pictures of filtered lists: the row under the headings, what it offers, what is wrong, saved views over the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from kc_desktop.services import saved_views
from kc_desktop.services.lists import ListRequest
from ui.tabs.record_tab import RecordTab
from ui.widgets.filter_editor import FilterEditor
from ui.widgets.list_panel import ListPanel
from ui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer, tab: RecordTab) -> None:
    """Keep the list of projects filtered, with its views, and what a column of each kind offers."""
    panel, workspace = tab.panel, photographer.window.workspace
    assert workspace is not None
    panel.filters.button.setChecked(True)
    for name in ("Chờ nghiệm thu quý này", "Trên 100 triệu"):
        saved_views.save(workspace, "projects", panel.filters.views.now(name))
    panel.refresh_views()
    panel.filters.views.open("Trên 100 triệu")
    _type(panel, "requested_vnd", ">100 triệu")
    _type(panel, "name", "máy")
    photographer.keep("list-filtered")
    _type(panel, "approved_vnd", ">abc")
    photographer.keep("list-filter-wrong")
    _type(panel, "approved_vnd", "")
    _type(panel, "name", "không có đâu")
    photographer.keep("list-filter-empty")
    _type(panel, "name", "")
    QTest.keyClick(_editor(panel, "state"), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    ticks = _editor(panel, "state").findChild(TickList)
    assert ticks is not None
    photographer.keep("list-filter-ticks", ticks)
    ticks.close()
    _keep_menu(photographer, panel, "requested_vnd", "list-filter-menu")
    panel.filters.open_menu()
    menu = next(each for each in panel.filters.views_button.findChildren(QMenu) if each.isVisible())
    photographer.keep("list-views-menu", menu)
    menu.close()
    panel.show_wider(ListRequest(year=panel.year()))
    panel.filters.views.open("")
    panel.filters.button.setChecked(False)
    workspace.undo()
    workspace.undo()
    photographer.window.refresh()


def _editor(panel: ListPanel, key: str) -> FilterEditor:
    row = panel.filters.row
    found = row.editor(key) if row is not None else None
    assert found is not None
    return found


def _type(panel: ListPanel, key: str, text: str) -> None:
    _editor(panel, key).set_typed(text, is_whole=True)


def _keep_menu(photographer: Photographer, panel: ListPanel, key: str, name: str) -> None:
    editor = _editor(panel, key)
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = next(each for each in editor.findChildren(QMenu) if each.isVisible())
    photographer.keep(name, menu)
    menu.close()

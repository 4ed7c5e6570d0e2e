"""The menu Báo cáo, filled when it opens: the papers of the record in front, and those of the year's plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.tabs.base import Verb
from ui.widgets import paper_menu

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def fill_reports(window: MainWindow, menu: QMenu) -> None:
    """List what can be printed now; what was there goes."""
    paper_menu.empty(menu)
    tab = window.pages.current()
    menu.addAction(window.actions_.verbs[Verb.PRINT])
    if tab is None or not tab.can(Verb.PRINT):
        menu.addAction("Chọn một cuộc họp hoặc đề án để in giấy tờ").setEnabled(False)
    if window.workspace is not None:
        paper_menu.add_plan_papers(menu, window.workspace, window.year())

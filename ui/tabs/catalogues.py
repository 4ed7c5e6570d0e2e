"""The pages of Danh mục: which tab shows which list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.services.workspace import Workspace
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


def catalogue(workspace: Workspace, state: ViewState, key: str, parent: QWidget) -> RecordTab:
    """Make the tab of a list of Danh mục."""
    if key == "establishments":
        from ui.tabs.establishments import EstablishmentTab

        return EstablishmentTab(workspace, state, parent)
    return RecordTab(workspace, state, key, parent)

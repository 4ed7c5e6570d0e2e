"""Cơ sở CNNT: who support can be for, whether they qualify today, and what they were given."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.services.workspace import Workspace
from ui.tabs.directory import DirectoryTab
from ui.view_state import ViewState


class EstablishmentTab(DirectoryTab):
    """The establishments."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "establishments", parent)

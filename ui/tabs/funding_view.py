"""What the views of the tab Kinh phí have in common: a year, a unit, and reading again when something changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kc_desktop.services.workspace import Workspace
from ui.money_unit import MoneyUnit
from ui.view_state import ViewState


class FundingView(QWidget):
    """A page of the tab. It reads when it is in front; what changed meanwhile is read when it comes to the front."""

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""
    dataChanged = Signal(object)
    statusMessage = Signal(str)
    undoOffered = Signal(str)
    requestPaper = Signal(str, object)
    verbsChanged = Signal()

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.state = state
        self.year = 0
        self.unit = MoneyUnit.DONG
        self._is_stale = True

    def set_year(self, year: int) -> None:
        """Show a year."""
        self.year = year
        self.refresh()

    def set_unit(self, unit: MoneyUnit) -> None:
        """Show amounts in a unit."""
        self.unit = unit
        self.refresh()

    def refresh(self) -> None:
        """Read again: now when in front, else when next shown."""
        if self.isVisible():
            self._is_stale = False
            self.fill()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while another page was in front."""
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.fill()

    # for the views

    def fill(self) -> None:
        """Read and show everything."""

    def remember(self) -> None:
        """Keep how the view stands."""

    def papers_record(self) -> tuple[str, int] | None:
        """Return the list and id of the record whose papers can be printed from here, None for none."""
        return None

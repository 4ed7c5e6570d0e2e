"""F1 in a dialog: the guide over it, at the place that tells of it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class HelpKey(QShortcut):
    """Opens the guide from a dialog; `screen` is the dialog's name in the guide."""

    def __init__(self, dialog: QWidget, screen: str) -> None:
        super().__init__(QKeySequence("F1"), dialog)
        self.screen = screen
        self._dialog = dialog
        self.activated.connect(self._on_activated)

    @Slot()
    def _on_activated(self) -> None:
        from ui.dialogs.guide import show_over

        show_over(self._dialog, self.screen)

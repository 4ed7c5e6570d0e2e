"""F1 in a dialog or a message: the guide over it, at the place that tells of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.pages import Pages


class HelpKey(QShortcut):
    """Opens the guide from a dialog; `screen` is the dialog's name in the guide, "" for that of what is behind it."""

    def __init__(self, dialog: QWidget, screen: str = "") -> None:
        super().__init__(QKeySequence("F1"), dialog)
        self.screen = screen
        self._dialog = dialog
        self.activated.connect(self._on_activated)

    def screens(self) -> tuple[str, ...]:
        """Return the names the guide may know what is asked about by, the closest first."""
        return (self.screen,) if self.screen else _screens_of(self._dialog.parentWidget())

    @Slot()
    def _on_activated(self) -> None:
        from ui.dialogs.guide import show_over

        show_over(self._dialog, *self.screens())


def _screens_of(widget: QWidget | None) -> tuple[str, ...]:
    """Return the names of the dialog a widget belongs to, or of what the window shows in front."""
    if widget is None:
        return ()
    key = widget.findChild(HelpKey, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if isinstance(key, HelpKey):
        return key.screens()
    pages = widget.findChild(Pages) if widget.isWindow() else None
    return pages.screens_in_front() if isinstance(pages, Pages) else _screens_of(widget.parentWidget())

"""A label for text that may be longer than its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Text that wraps, or one line that ends in "…" where there is no room; the whole of it is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_wrapped(False)

    def set_wrapped(self, is_wrapped: bool) -> None:
        """Show all of the text on as many lines as it takes, or one line."""
        self.setWordWrap(is_wrapped)
        policy = self.sizePolicy()  # changed, not replaced: setWordWrap has put in it that the height follows the width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred if is_wrapped else QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        self._show()

    def setText(self, text: str) -> None:
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._show()

    def text(self) -> str:
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.wordWrap():
            self._show()

    def _show(self) -> None:
        room = max(self.width(), 1)
        elided = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        super().setText(self._text if self.wordWrap() else elided)

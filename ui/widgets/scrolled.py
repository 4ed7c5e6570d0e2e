"""A part of a window that scrolls only where the screen has too little room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

from ui import theme

_LEAST_ROWS = 4
_LEAST_LETTERS = 30


class Scrolled(QScrollArea):
    """Wants to be as large as what it holds; gives in downwards, or `sideways`, and scrolls that way then."""

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self._content, self._is_sideways = content, sideways
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bar.ScrollBarAsNeeded if sideways else bar.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOff if sideways else bar.ScrollBarAsNeeded)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what has the focus in it is scrolled into sight
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """Be as large as the content, with room for a bar where one is needed."""
        wanted = self._content.sizeHint()
        return QSize(wanted.width(), wanted.height() + self._bar_room())

    def minimumSizeHint(self) -> QSize:
        """Be as narrow, or as low, as still makes sense."""
        least = self._content.minimumSizeHint()
        if self._is_sideways:
            width = self.fontMetrics().horizontalAdvance("0") * _LEAST_LETTERS
            return QSize(min(width, least.width()), least.height() + self._bar_room())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(least.width() + bar, min(least.height(), theme.row_height(self) * _LEAST_ROWS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the room of a bar once one is needed."""
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the content when it grows or shrinks."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar_room(self) -> int:
        is_needed = self._is_sideways and self._content.minimumSizeHint().width() > self.width()
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) if is_needed else 0

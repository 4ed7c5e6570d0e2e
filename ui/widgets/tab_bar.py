"""A row of tabs drawn flat: text, and a line of the accent under the one in front.

A style sheet on a QTabBar would do the same, but keeps the whole QTabWidget from following a change of palette
(Qt 6.12).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from ui import theme


class FlatTabBar(QTabBar):
    """Give it to a QTabWidget before its first tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = -1
        self.setMouseTracking(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Các thẻ")

    def tabSizeHint(self, index: int) -> QSize:
        """Leave air around the text, and room for a close button."""
        step, metrics = theme.step(self), self.fontMetrics()
        button = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        width = metrics.horizontalAdvance(self.tabText(index).replace("&", "")) + 6 * step
        return QSize(width + (button.sizeHint().width() if button is not None else 0), metrics.height() + 4 * step)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut a word; the bar scrolls instead."""
        return self.tabSizeHint(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which tab the mouse is over."""
        super().mouseMoveEvent(event)
        self._hover(self.tabAt(QPoint(round(event.position().x()), round(event.position().y()))))

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is over none."""
        super().leaveEvent(event)
        self._hover(-1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every tab."""
        painter = QPainter(self)
        colours, step = theme.colours(), theme.step(self)
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for index in range(self.count()):
            rect = self.tabRect(index)
            is_front = index == self.currentIndex()
            if index == self._hovered and not is_front:
                painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(colours.accent_soft))
            if is_front:
                height = max(2, step // 2)
                painter.fillRect(QRect(rect.left(), rect.bottom() - height + 1, rect.width(), height), _accent())
                if self.hasFocus():
                    painter.setPen(QPen(_accent(), 1, Qt.PenStyle.DotLine))
                    painter.drawRect(rect.adjusted(step, step, -step, -step - height))
            colour = colours.accent if is_front else (colours.text if self.isTabEnabled(index) else colours.muted)
            painter.setPen(QColor(colour))
            text = rect.adjusted(3 * step, 0, 0, 0)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
            painter.drawText(text, flags, self.tabText(index))
        painter.end()

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()


def _accent() -> QColor:
    return QColor(theme.colours().accent)

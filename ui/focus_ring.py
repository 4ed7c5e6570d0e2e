"""A ring around what has the focus, in every look and on every kind of control.

Fusion marks a focused field, but hardly a button, a box of choices, a table or a text that is only read. The ring lies
over the focused widget as a child of it, so that it moves, scrolls and goes with it. A focus that came by the mouse has
none: the pointer shows where it is.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme


class FocusRing(QWidget):
    """The ring itself; takes no clicks and no focus."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fit()

    def fit(self) -> None:
        """Lie over the whole widget; only the ring's own pixels, so that what is inside is painted as fast as ever."""
        self.setGeometry(self._around.rect())
        width = self._width()
        self.setMask(QRegion(self.rect()).subtracted(QRegion(self.rect().adjusted(width, width, -width, -width))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        width, colours = self._width(), theme.colours()
        ink = colours.text if colours.is_dark else colours.accent  # a dark look's buttons are too light for its accent
        painter = QPainter(self)
        painter.setPen(QPen(QColor(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        half = width / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()

    def _width(self) -> int:
        return max(2, round(theme.step(count=0.5)))


class FocusWatcher(QObject):
    """Keeps the ring around what has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.ring: FocusRing | None = None
        self._around: QWidget | None = None
        app.focusObjectChanged.connect(self._on_focus_object_changed)
        self._on_focus_object_changed(app.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the focused widget."""
        if event.type() == QEvent.Type.Resize and watched is self._around and self.ring is not None:
            self.ring.fit()
        return super().eventFilter(watched, event)

    @Slot(QObject)
    def _on_focus_object_changed(self, widget: QObject | None) -> None:
        """Move the ring. Not by focusChanged: that would wrap the widget left, which may be a dying one."""
        self._take_away()
        if not isinstance(widget, QWidget) or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._around = widget
        self.ring = FocusRing(widget)
        widget.installEventFilter(self)
        self.ring.show()
        self.ring.raise_()

    def _take_away(self) -> None:
        ring, around = self.ring, self._around
        self.ring = self._around = None
        if around is not None and shiboken6.isValid(around):
            around.removeEventFilter(self)
        if ring is not None and shiboken6.isValid(ring):
            ring.hide()
            ring.deleteLater()


def watch(app: QApplication) -> FocusWatcher:
    """Begin to show the ring in every window; the second time nothing more happens."""
    found = app.findChild(FocusWatcher)
    return found if isinstance(found, FocusWatcher) else FocusWatcher(app)

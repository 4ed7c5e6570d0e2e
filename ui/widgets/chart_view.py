"""A chart as the papers draw it, but in the window's letters: each of its numbers is a button that opens its rows.

One number of a chart is a stop of the Tab key; the arrow keys walk between them, Enter opens. The picture can be copied
and saved in the colours of paper, whatever the look of the window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from kc_desktop.services.overview_charts import Mark, OverviewChart, Picture
from ui import theme
from ui.widgets.bars import OpenButton
from ui.widgets.labels import heading

_NEXT = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Right})
_LAST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Left})
_LETTERS = 10.0
"""Points the letters of a drawing are high: they are shown as high as the window's own."""


class MarkButton(OpenButton):
    """A number of a chart: nothing is drawn but where the mouse or the cursor is."""

    stepped = Signal(object)
    """How many numbers further the arrow keys ask to go."""
    reached = Signal()
    """The cursor came here."""

    def __init__(self, mark: Mark, parent: QWidget) -> None:
        super().__init__(*mark.opens, parent)
        self.mark = mark
        self.setText(mark.words)
        self.setAccessibleName(mark.words)
        self.setToolTip(f"{mark.words}\nBấm để xem các dòng phía sau")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, open with Enter or Space."""
        if event.key() in _NEXT:
            self.stepped.emit(1)
        elif event.key() in _LAST:
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the cursor is here."""
        super().focusInEvent(event)
        self.reached.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show hover and focus over the picture."""
        painter = QPainter(self)
        accent = QColor(theme.colours().accent)
        if self.hasFocus():
            painter.setPen(QPen(accent, 1.5))
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))
        if self.underMouse() or self.isDown():
            accent.setAlphaF(0.16)
            painter.fillRect(self.rect(), accent)
        painter.end()


class ChartPicture(QWidget):
    """The drawing, as wide as it was drawn for, and the buttons on it."""

    requestOpen = Signal(str, object)

    def __init__(self, picture: Picture, name: str, scale: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture, self._scale = picture, scale
        self._svg = QSvgRenderer(QByteArray(picture.svg.encode()), self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.buttons = tuple(MarkButton(each, self) for each in picture.marks)
        for each in self.buttons:
            each.requestOpen.connect(self.requestOpen)
            each.stepped.connect(self._on_stepped)
            each.reached.connect(self._on_reached)
        if self.buttons:
            self.buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The picture's own size."""
        return QSize(round(self._picture.width * self._scale), round(self._picture.height * self._scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the buttons over their numbers."""
        super().resizeEvent(event)
        for each in self.buttons:
            mark, scale, air = each.mark, self._scale, 1
            each.setGeometry(
                round(mark.left * scale) - air,
                round(mark.top * scale) - air,
                round(mark.width * scale) + 2 * air,
                round(mark.height * scale) + 2 * air,
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.sizeHint()
        self._svg.render(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()

    @Slot(object)
    def _on_stepped(self, by: int) -> None:
        place = next((place for place, each in enumerate(self.buttons) if each.hasFocus()), 0)
        wanted = min(max(place + by, 0), len(self.buttons) - 1)
        self.buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_reached(self) -> None:
        for each in self.buttons:
            here = each.hasFocus()
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)


class ChartView(QWidget):
    """A chart under its title, with what can be done with its picture."""

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""
    copyAsked = Signal(object)
    saveAsked = Signal(object)
    """The OverviewChart whose picture is wanted."""

    def __init__(self, chart: OverviewChart, picture: Picture, scale: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.chart = chart
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QWidget(self)
        head.setMaximumWidth(round(picture.width * scale))
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(heading(chart.title, self), 1)
        self.copy_button = self._button("Chép hình", "Chép hình để dán vào Word, Zalo (Ctrl+C khi đang ở biểu đồ)")
        self.save_button = self._button("Lưu hình…", "Lưu hình ra tệp PNG hoặc SVG")
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        column.addWidget(head)
        self.picture = ChartPicture(picture, chart.title, scale, self)
        self.picture.requestOpen.connect(self.requestOpen)
        column.addWidget(self.picture)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(f"{text.rstrip('…')}: {self.chart.title}")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    @Slot()
    def copy(self) -> None:
        """Ask for the picture in the clipboard."""
        self.copyAsked.emit(self.chart)

    @Slot()
    def save(self) -> None:
        """Ask for the picture in a file."""
        self.saveAsked.emit(self.chart)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same by the right button and the menu key."""
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return what can be done with the picture."""
        menu = QMenu(self)
        for text, done in (("Chép hình", self.copy), ("Lưu hình…", self.save)):
            _add(menu, text, done)
        return menu


def _add(menu: QMenu, text: str, done: Callable[[], None]) -> None:
    action = menu.addAction(text)
    action.triggered.connect(done)
    if not text.endswith("…"):
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))


def scale_of(widget: QWidget) -> float:
    """Return how many pixels a point of a drawing takes, so that its letters are as large as the window's."""
    return QFontInfo(widget.font()).pixelSize() / _LETTERS

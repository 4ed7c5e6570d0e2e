"""Figures and bars of the overview: each is a button that opens the rows behind it.

Bars are drawn with a fill and a hatching of their own, so that they can still be told apart on a grey printer.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme

_LABEL_CHARACTERS = 22
"""Room for the label of a bar that is given no other."""


class Fill(Enum):
    """How a bar is filled; `value` is its brush."""

    OUTLINE = Qt.BrushStyle.NoBrush
    HATCHED = Qt.BrushStyle.BDiagPattern
    SOLID = Qt.BrushStyle.SolidPattern


class OpenButton(QAbstractButton):
    """Something drawn that opens the rows behind it by mouse, Enter or Space."""

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""

    def __init__(self, list_key: str, request: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list_key, self._request = list_key, request
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip("Bấm để xem các dòng phía sau")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.requestOpen.emit(self._list_key, self._request)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _draw_ground(self, painter: QPainter) -> None:
        """Show hover and focus."""
        colours = theme.colours()
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(colours.accent_soft))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))


class FigureButton(OpenButton):
    """One large figure with its label above and a note below."""

    def __init__(self, label: str, value: str, note: str, list_key: str, request: object, parent: QWidget) -> None:
        super().__init__(list_key, request, parent)
        self._label, self._value, self._note = label, value, note
        self._room: QSize | None = None
        self.setText(value)
        self.setAccessibleName(f"{label}: {value} {note}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _large(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        return font

    def sizeHint(self) -> QSize:
        """Be as wide as the longest of the three lines; measured once: hundreds ask at a start."""
        if self._room is None:
            self._room = self._measured()
        return QSize(self._room)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in other letters."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._room = None
        super().changeEvent(event)

    def _measured(self) -> QSize:
        small, large = self.fontMetrics(), QFontMetrics(self._large())
        width = max(
            small.horizontalAdvance(self._label),
            large.horizontalAdvance(self._value),
            small.horizontalAdvance(self._note),
        )
        step = theme.step(self)
        return QSize(width + 4 * step, 2 * small.height() + large.height() + 4 * step)

    def minimumSizeHint(self) -> QSize:
        """Never cut a figure."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three lines."""
        painter = QPainter(self)
        self._draw_ground(painter)
        colours, step = theme.colours(), theme.step(self)
        area = self.rect().adjusted(2 * step, step, -step, -step)
        left = Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, left | Qt.AlignmentFlag.AlignTop, self._label)
        painter.drawText(area, left | Qt.AlignmentFlag.AlignBottom, self._note)
        painter.setPen(QColor(colours.accent))
        painter.setFont(self._large())
        painter.drawText(area, left | Qt.AlignmentFlag.AlignVCenter, self._value)
        painter.end()


class BarButton(OpenButton):
    """A label, a horizontal bar and its value written beside it."""

    def __init__(
        self, label: str, share: float, value: str, fill: Fill, list_key: str, request: object, parent: QWidget
    ) -> None:
        super().__init__(list_key, request, parent)
        self._label, self._value, self._fill = label, value, fill
        self._label_characters = _LABEL_CHARACTERS
        self._share = min(max(share, 0.0), 1.0)
        self.setText(label)
        self.setAccessibleName(f"{label}: {value}")
        self.setToolTip(f"{label}: {value}\nBấm để xem các dòng phía sau")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text with air around it."""
        return QSize(theme.step(self, 90), self.fontMetrics().height() + theme.step(self, 1.5))

    def minimumSizeHint(self) -> QSize:
        """Leave room for the label, a stub of a bar and the value."""
        return QSize(theme.step(self, 60), self.sizeHint().height())

    def set_label_room(self, characters: int) -> None:
        """Leave so many characters for the label."""
        self._label_characters = characters
        self.update()

    def label_width(self) -> int:
        """Return the width the label takes, at most two fifths of the whole."""
        return min(self.fontMetrics().horizontalAdvance("0" * self._label_characters), int(self.width() * 0.45))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw label, bar and value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._draw_ground(painter)
        colours, step, metrics = theme.colours(), theme.step(self), self.fontMetrics()
        area = self.rect().adjusted(2 * step, 0, -step, 0)
        label_width = self.label_width()
        painter.setPen(QColor(colours.muted))
        shown = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, label_width)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(area.left(), area.top(), label_width, area.height()), middle, shown)
        value_width = metrics.horizontalAdvance(self._value) + step
        left = area.left() + label_width + 2 * step
        room = max(area.right() - left - value_width - step, step)
        height = max(round(metrics.height() * 0.7), 4)
        top = area.center().y() - height // 2
        length = max(round(room * self._share), 1 if self._share > 0 else 0)
        painter.setPen(QPen(QColor(colours.accent if self._fill is not Fill.OUTLINE else colours.muted), 1))
        painter.setBrush(QBrush(QColor(colours.accent), self._fill.value))
        if length:
            painter.drawRect(QRect(left, top, length, height))
        else:
            painter.drawLine(left, top, left, top + height)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(QRect(left + length + 2 * step, area.top(), value_width, area.height()), middle, self._value)
        painter.end()


class AmountButton(OpenButton):
    """An amount, right-aligned as in a column, that opens the rows it is made of."""

    def __init__(self, name: str, value: str, list_key: str, request: object, parent: QWidget) -> None:
        super().__init__(list_key, request, parent)
        self.setText(value)
        self.setAccessibleName(f"{name}: {value}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the amount."""
        step = theme.step(self)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + step, self.fontMetrics().height() + step // 2)

    def minimumSizeHint(self) -> QSize:
        """Never cut an amount."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the amount."""
        painter = QPainter(self)
        self._draw_ground(painter)
        painter.setPen(QColor(theme.colours().accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class FigureBand(QWidget):
    """Figures side by side, on a narrow screen in as many rows as leave each of them whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the window may be made narrower
        self._figures: list[FigureButton] = []

    def show_figures(self, figures: list[FigureButton]) -> None:
        """Take the figures in."""
        self._figures = figures
        self._arrange()

    def sizeHint(self) -> QSize:
        """As high as the rows it takes at this width."""
        height = max((each.sizeHint().height() for each in self._figures), default=0)
        rows = -(-len(self._figures) // self._columns())
        return QSize(0, rows * height + max(rows - 1, 0) * theme.step(self, 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin further rows where one has no room for all."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
            self.updateGeometry()

    def _columns(self) -> int:
        """Return how many stand side by side; all, until the band has its place."""
        count, gap = max(len(self._figures), 1), theme.step(self, 2)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return count
        fitting = (each for each in range(count, 1, -1) if sum(self._least(each)) + gap * (each - 1) <= self.width())
        return next(fitting, 1)

    def _least(self, columns: int) -> list[int]:
        widths = [each.sizeHint().width() for each in self._figures]
        return [max(widths[column::columns], default=0) for column in range(columns)]

    def _arrange(self) -> None:
        columns, gap = self._columns(), theme.step(self, 2)
        widths = _shared(self.width() - gap * (columns - 1), self._least(columns))
        for place, figure in enumerate(self._figures):
            row, column = divmod(place, columns)
            height = figure.sizeHint().height()
            left = sum(widths[:column]) + gap * column
            figure.setGeometry(left, row * (height + gap), widths[column], height)


def _shared(room: int, least: list[int]) -> list[int]:
    """Return widths that are equal but where one needs more."""
    wide: set[int] = set()
    while True:
        others = len(least) - len(wide)
        share = (room - sum(least[each] for each in wide)) // others if others else 0
        more = {place for place, each in enumerate(least) if place not in wide and each > share}
        if not more:
            return [each if place in wide else share for place, each in enumerate(least)]
        wide |= more

"""The filters that hold, as chips that take them away, in as many lines as they need; under them what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from ui import theme
from ui.icons import icon

_LONGEST = 48
"""Characters of a chip; its tooltip says the rest."""
_LAST = 16


class ListChips(QWidget):
    """A chip for each filter, one for all of them, and a line of words."""

    removed = Signal(str)
    """The filter of this name is to go."""
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._chips: list[QToolButton] = []
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._colour()

    def show_chips(self, chips: tuple[tuple[str, str], ...]) -> None:
        """Show a chip for each pair of name and words, and one that clears where there are several."""
        for each in self._chips:
            each.hide()
            each.deleteLater()
        self._chips = [self._chip(words, name, partial(self.removed.emit, name)) for name, words in chips]
        if len(chips) > 1:
            clear = self._chip("Bỏ lọc", "", self.cleared.emit)
            clear.setToolTip("Bỏ tất cả điều kiện lọc")
            clear.setAccessibleName("Bỏ tất cả điều kiện lọc")
            self._chips.append(clear)
        self._flow()

    def say(self, problem: str) -> None:
        """Say what is wrong with what was typed; "" when nothing is."""
        self._problem.setText(f"▲ {problem}" if problem else "")
        self._problem.setVisible(bool(problem))
        self._flow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._flow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    # private

    def _colour(self) -> None:
        """Write what is wrong in the colour of what wants a second look, not of what blocks."""
        palette = self._problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.colours().late))
        self._problem.setPalette(palette)

    def _chip(self, words: str, name: str, act: Callable[[], None]) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(_short(words))
        chip.setIcon(icon("cancel"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setToolTip("Bỏ lọc này" if len(words) <= _LONGEST else f"{words}\nBấm để bỏ lọc này")
        chip.setAccessibleName(f"Bỏ lọc {words}")
        chip.setProperty("filter", name)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(act)
        return chip

    def _flow(self) -> None:
        gap, place, line = theme.step(self), QPoint(0, 0), 0
        for chip in self._chips:
            size = chip.sizeHint().boundedTo(self.size().expandedTo(chip.minimumSizeHint()))
            if place.x() and place.x() + size.width() > self.width():
                place = QPoint(0, place.y() + line + gap)
            chip.setGeometry(place.x(), place.y(), size.width(), chip.sizeHint().height())
            chip.show()
            place.setX(place.x() + size.width() + gap)
            line = chip.sizeHint().height()
        height = place.y() + line
        if self._problem.text():
            top = height + gap if height else 0
            self._problem.setGeometry(0, top, self.width(), self._problem.heightForWidth(max(self.width(), 1)))
            height = self._problem.geometry().bottom() + 1
        self.setFixedHeight(height)
        self.setVisible(bool(height))


def _short(words: str) -> str:
    """Cut long words in their middle: names of one kind often differ in their last words."""
    if len(words) <= _LONGEST:
        return words
    return f"{words[: _LONGEST - _LAST].rstrip()} … {words[-_LAST:].lstrip()}"

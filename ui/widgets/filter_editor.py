"""What is typed under a heading to filter its column: read a moment after the last key, told calmly when wrong."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from kc_desktop.domain.conditions import DAYS, NUMBERS, Condition, ConditionError
from kc_desktop.domain.fields import Kind
from kc_desktop.services import list_filters
from kc_desktop.services.lists import Column
from ui import theme
from ui.icons import icon
from ui.widgets.suggestions import ComposingLine

_PAUSE_MS = 250
_BESIDE_TEXT = 2
"""What the arrow and the frame take of a cell's width, in heights of a letter."""
_BEGUN = (">", "<", ">=", "<=", "=>", "=<", "≥", "≤", "≠", "!=", "-")
"""Signs whose value is still to come."""
_EXAMPLES = {
    Kind.MONEY: ">5 triệu, <=2,5 tỷ, 5-10 triệu",
    Kind.INTEGER: ">5, <=10, 5-10",
    Kind.DECIMAL: ">1,5, <=10, 5-10",
    Kind.DATE: "13/4, >=1/6, 1/4 - 30/6, tháng 6, quý này, quá hạn",
    Kind.MOMENT: "13/4, tháng 6, quý này",
    Kind.CHOICE: "vài chữ, hoặc nhiều giá trị cách nhau bằng ;",
    Kind.FLAG: "có, không",
}
_OF_WORDS = "chữ cần có, “chữ*” bắt đầu bằng, “=chữ” đúng bằng, “<>chữ” khác"


class FilterEditor(ComposingLine):
    """The filter of one column. What it says is read whole; half a word an input method composes is read, too."""

    changed = Signal()
    """Another condition, or another problem."""
    listWanted = Signal()
    """Alt+Down or the small arrow: what there is to choose from."""
    left = Signal()
    """Down or Esc: back to the rows."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        self.condition: Condition | None = None
        self.problem = ""
        self._year: int | None = None
        self._is_composing = False
        self._typed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.setAccessibleName(f"Lọc cột {column.label}")
        self._explain()
        self.setTextMargins(0, 0, 0, max(2, theme.step(self) // 2))
        arrow = QAction(icon("down"), f"Chọn điều kiện lọc cột {column.label}", self)
        arrow.triggered.connect(self.listWanted)
        self.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.textNow.connect(self._on_text_now)

    # public

    def show_condition(self, condition: Condition | None, year: int | None) -> None:
        """Show a condition that came from elsewhere; what is being typed is left alone when it says the same."""
        self._year = year
        if condition == self.condition and not self.problem:
            return
        self._pause.stop()
        self.condition, self.problem = condition, ""
        self._typed = list_filters.typed_text(condition, self.column) if condition is not None else ""
        self.setText(self._typed)
        self.setCursorPosition(0)
        self._explain()

    def set_typed(self, text: str, *, is_whole: bool) -> None:
        """Put text as if it had been typed; one that is not whole waits for the rest."""
        self.setText(text)
        self._typed = text
        self._pause.stop()
        if is_whole:
            self.settle()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)

    @Slot()
    def settle(self) -> None:
        """Read what stands here now."""
        self._pause.stop()
        condition, problem = self._read()
        if problem and self._is_composing:
            return
        if (condition, problem) != (self.condition, self.problem):
            self.condition, self.problem = condition, problem
            self._explain()
            self.changed.emit()

    # overrides

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know while a word is being composed: half a word is never told as wrong."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._is_composing:  # committed, or given up
            self._on_text_now(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads at once, Down goes to the rows, Alt+Down offers a choice, Esc clears, then goes to the rows."""
        key, is_alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Down:
            (self.listWanted if is_alt else self.left).emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
        elif key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._typed = ""
                self.settle()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take what stands here to be typed over, as a cell of Excel does."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read what is left behind, and show how it begins."""
        self._is_composing = False
        super().focusOutEvent(event)
        if self._pause.isActive():
            self.settle()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole of what a narrower cell cuts."""
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line of the accent under a filter that holds, one of the colour of lateness under a wrong one."""
        super().paintEvent(event)
        if self.condition is None and not self.problem:
            return
        painter = QPainter(self)
        height = max(3, theme.step(self, 0.75))
        colour = theme.colours().late if self.problem else theme.colours().accent
        painter.fillRect(1, self.height() - height - 1, self.width() - 2, height, QColor(colour))
        painter.end()

    # slots

    @Slot(str)
    def _on_text_now(self, text: str) -> None:
        self._typed = text
        self._pause.start()

    # private

    def _read(self) -> tuple[Condition | None, str]:
        typed = self._typed.strip()
        if typed in _BEGUN and self.column.kind in (*NUMBERS, *DAYS):
            return None, ""
        try:
            return list_filters.parse(typed, self.column, date.today(), self._year), ""
        except ConditionError as error:
            return None, str(error)

    def _explain(self) -> None:
        example = _EXAMPLES.get(self.column.kind, _OF_WORDS)
        whole = self._cut_text()
        said = self.problem or (f"Đang lọc: {whole}" if whole else "")
        self.setToolTip(said or f"Lọc cột {self.column.label}: {example}. Alt+↓ để chọn.")
        self.setAccessibleDescription(said or f"Ví dụ: {example}")
        self.update()

    def _cut_text(self) -> str:
        """Return what stands here where the cell is too narrow to show all of it, else ""."""
        margins = self.textMargins()
        room = self.width() - margins.left() - margins.right() - self.fontMetrics().height() * _BESIDE_TEXT
        text = self.text()
        return text if self.fontMetrics().horizontalAdvance(text) > room else ""

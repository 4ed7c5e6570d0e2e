"""Dragging one row of a table to another place among its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from ui import theme

if TYPE_CHECKING:
    from ui.meeting.lines import LineTable


class RowDrag:
    """Follows the mouse over a table. Nothing changes until the button is let go: then the table asks for one move."""

    def __init__(self, table: LineTable) -> None:
        self._table = table
        self.is_wanted = False
        """Whether the rows of this table have an order of their own."""
        self._pressed_at: QPoint | None = None
        self._record: Any = None
        self._gap = -1

    @property
    def is_under_way(self) -> bool:
        """Whether a row is being dragged."""
        return self._gap >= 0

    def press(self, event: QMouseEvent) -> None:
        """Remember where the button went down on a row."""
        self._gap = -1
        row = self._table.rowAt(event.position().toPoint().y())
        self._record = self._table.lines.record_at(row)
        may_drag = self.is_wanted and self._table.is_editable and self._record is not None
        self._pressed_at = event.position().toPoint() if may_drag and _is_plain_left(event) else None

    def move(self, event: QMouseEvent) -> bool:
        """Show where the row would go; False while it is only pressed."""
        place = event.position().toPoint()
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        if not self.is_under_way:
            if (place - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return True  # else the press would begin to select
            self._table.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._gap = self._gap_at(place.y())
        self._scroll(place.y())
        self._table.viewport().update()
        return True

    def release(self) -> bool:
        """Ask for the move; False when nothing was dragged."""
        if not self.is_under_way:
            self._pressed_at = None
            return False
        record, step = self._record, self._steps()
        self.give_up()
        if step:
            self._table.moveWanted.emit(record, step)
        return True

    def give_up(self) -> None:
        """Leave the row where it was."""
        self._pressed_at, self._gap = None, -1
        self._table.viewport().unsetCursor()
        self._table.viewport().update()

    def paint(self) -> None:
        """Draw the line the row would come to stand at."""
        if not self.is_under_way:
            return
        table = self._table
        last = table.lines.rowCount() - 1
        if self._gap > last:
            at = table.rowViewportPosition(last) + table.rowHeight(last) - 1
        else:
            at = table.rowViewportPosition(self._gap)
        painter = QPainter(table.viewport())
        painter.setPen(QPen(QColor(theme.colours().accent), max(theme.step(table) // 2, 2)))
        painter.drawLine(0, at, table.viewport().width(), at)
        painter.end()

    def _gap_at(self, height: int) -> int:
        """Return before which row the mouse is; the number of rows for behind the last."""
        row = self._table.rowAt(height)
        if row < 0:
            return 0 if height < 0 else self._table.lines.rowCount()
        middle = self._table.rowViewportPosition(row) + self._table.rowHeight(row) // 2
        return row + (height > middle)

    def _steps(self) -> int:
        """Return by how many records the row moves; headings are no places."""
        lines = self._table.lines
        own = lines.row_of(self._record.id)
        before = [row for row in range(self._gap) if row != own and lines.record_at(row) is not None]
        place = sum(1 for row in range(own) if lines.record_at(row) is not None)
        return len(before) - place

    def _scroll(self, height: int) -> None:
        bar, edge = self._table.verticalScrollBar(), theme.row_height(self._table) // 2
        if height < edge:
            bar.setValue(bar.value() - edge)
        elif height > self._table.viewport().height() - edge:
            bar.setValue(bar.value() + edge)


def _is_plain_left(event: QMouseEvent) -> bool:
    return event.button() == Qt.MouseButton.LeftButton and not event.modifiers()

"""The two ends of a long list: Ctrl+End and the scroll bar go to its real last row, and upwards from there.

A list holds the rows read from one end of it. Going to the other end reads the page there; nothing between is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from ui.widgets.list_panel import ListPanel

_ONE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NEAR = 3
"""So many rows from the first one the page above is read."""


class ListEnds(QObject):
    """Made once the list has been painted."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._table = panel.table
        self._model = panel.model
        self._bar = panel.table.verticalScrollBar()
        self._is_dragged_down = False
        self._is_reading = False
        panel.table.installEventFilter(self)
        self._bar.valueChanged.connect(self._on_scrolled)
        self._bar.sliderMoved.connect(self._on_dragged)
        self._bar.sliderReleased.connect(self._on_released)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the last row with Ctrl+End, to the first with Ctrl+Home; upwards the page above comes in time."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_End and held == _CTRL and self._model.canFetchMore():
            self.go_to_end()
            return True
        if key == Qt.Key.Key_End and held == _CTRL | _SHIFT and self._model.canFetchMore():
            self._panel.told.emit("Chọn được đến dòng đã hiện. Ctrl+A để chọn tất cả các dòng.")
        if not self._model.is_from_end:
            return False
        if key == Qt.Key.Key_Home and held == _CTRL:
            self._model.show_start()
            self._panel.columns.fit()
            self._go_to(0)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) and self._table.currentIndex().row() <= self._rows_in_sight():
            self._read_above()
        return False

    # public

    def go_to_end(self) -> None:
        """Show the last rows and put the bar on the very last."""
        self._model.show_end()
        self._panel.columns.fit()
        self._go_to(self._model.rowCount() - 1)

    # slots

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if value <= _NEAR and not self._bar.isSliderDown():
            self._read_above()

    @Slot(int)
    def _on_dragged(self, value: int) -> None:
        self._is_dragged_down = value >= self._bar.maximum()

    @Slot()
    def _on_released(self) -> None:
        """Show the last rows where the handle was let go at the bottom; the bar on its record stays where it is."""
        was_down, self._is_dragged_down = self._is_dragged_down, False
        if was_down and self._model.canFetchMore():
            self._model.show_end()
            self._panel.columns.fit()
            self._table.scrollToBottom()
        elif self._bar.value() <= _NEAR:
            self._read_above()

    # private

    def _go_to(self, row: int) -> None:
        place = self._model.index(row, max(self._table.currentIndex().column(), 0))
        self._table.selectionModel().setCurrentIndex(place, _ONE_ROW)
        self._table.scrollTo(place)

    def _read_above(self) -> None:
        """Read the page above and keep the rows in sight where they are."""
        if self._is_reading or not self._model.is_from_end:
            return
        self._is_reading = True
        came = self._model.fetch_before()
        self._bar.setValue(self._bar.value() + came)
        self._is_reading = False

    def _rows_in_sight(self) -> int:
        return self._table.viewport().height() // max(self._table.verticalHeader().defaultSectionSize(), 1) + 1

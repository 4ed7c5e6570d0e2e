"""A sheet of the office's form as it is drawn, with what goes into its cells: clicked to say what goes where."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from kc_desktop.services.office_forms import FormSheet, column_letters
from ui import theme

_LEAST_ROWS, _MOST_ROWS = 12, 120
_LEAST_COLUMNS, _MOST_COLUMNS = 8, 40
_USUAL_WIDTH = 8.43
_LETTERS = 0.8
"""How wide a column is shown against its width in Excel: the whole form is to be seen."""


class FormGrid(QTableWidget):
    """The cells of one sheet, which are only shown; those with a value of ours say which one, with an arrow."""

    chosen = Signal(int, int)
    """(row, column) of the cell under the cursor, both from 1."""
    opened = Signal()
    """Enter, F2 or a double click: what goes into the cell is to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Mẫu biểu")
        theme.flatten(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self.currentCellChanged.connect(self._on_current_cell_changed)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the cell as Excel does, before Enter reaches the dialog's own button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def show_sheet(self, sheet: FormSheet) -> None:
        """Draw the cells of a sheet."""
        self.blockSignals(True)
        self.clearSpans()
        self.clear()
        rows = max((row for row, _ in (*sheet.cells, *sheet.drawn)), default=0)
        columns = max((column for _, column in (*sheet.cells, *sheet.drawn)), default=0)
        self.setRowCount(min(max(rows + 2, _LEAST_ROWS), _MOST_ROWS))
        self.setColumnCount(min(max(columns + 1, _LEAST_COLUMNS), _MOST_COLUMNS))
        self.setHorizontalHeaderLabels([column_letters(each + 1) for each in range(self.columnCount())])
        unit = self.fontMetrics().horizontalAdvance("0")
        for column in range(self.columnCount()):
            width = sheet.widths.get(column + 1, _USUAL_WIDTH)
            self.setColumnWidth(column, round(max(width, 8) * unit * _LETTERS) + unit)
        for top, left, bottom, right in sheet.merged:
            if top <= self.rowCount() and left <= self.columnCount():
                self.setSpan(top - 1, left - 1, bottom - top + 1, right - left + 1)
        self.blockSignals(False)

    def show_values(self, sheet: FormSheet, values: Mapping[tuple[int, int], str]) -> None:
        """Write the texts of the form, and over them what goes into the cells with a value of ours."""
        accent = QColor(theme.colours().accent)
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                at = row + 1, column + 1
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                    self.setItem(row, column, item)
                value = values.get(at, "")
                text = "(công thức)" if at in sheet.formulas else " ".join(sheet.cells.get(at, "").split())
                item.setText(f"← {value}" if value else text)
                item.setToolTip(f"← {value}" if value else text)
                font = self.font()
                font.setBold(bool(value))
                item.setFont(font)
                item.setData(Qt.ItemDataRole.ForegroundRole, accent if value else None)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, counted from 1."""
        if row <= self.rowCount() and column <= self.columnCount():
            self.setCurrentCell(row - 1, column - 1)

    @Slot(int, int, int, int)
    def _on_current_cell_changed(self, row: int, column: int, _row_before: int, _column_before: int) -> None:
        if row >= 0 and column >= 0:
            self.chosen.emit(row + 1, column + 1)

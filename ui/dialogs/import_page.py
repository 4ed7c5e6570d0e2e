"""What the steps of the import wizard share."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QLabel, QTableWidget, QVBoxLayout, QWidget

from ui import theme


class ImportPage(QWidget):
    """One step: its title, its widgets from top to bottom, and why one cannot go on yet."""

    changed = Signal()
    """What was chosen changed: `problem` may answer differently now."""
    title = ""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.step(self) * 2)

    def say(self, text: str = "", *, is_note: bool = False) -> QLabel:
        """Add words that wrap; a note stands back."""
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.column.addWidget(label)
        return label

    def problem(self) -> str:
        """Return why one cannot go on, "" when one can."""
        return ""

    def first_control(self) -> QWidget:
        """Return where typing begins."""
        raise NotImplementedError


class SharedTable(QTableWidget):
    """A small table to read, one row of it under the bar; its columns share the width, so none goes out of sight.

    `columns` are its headings with the part of the width each takes, in hundredths; the last takes the rest.
    """

    def __init__(self, columns: tuple[tuple[str, int], ...], name: str, parent: QWidget) -> None:
        super().__init__(0, len(columns), parent)
        self._shares = tuple(share for _heading, share in columns)
        theme.flatten(self)
        self.setHorizontalHeaderLabels([heading for heading, _share in columns])
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(parent))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def controls(self) -> list[QWidget]:
        """Return the boxes in the cells that are on show, as one reads."""
        cells = (self.cellWidget(row, column) for row in range(self.rowCount()) for column in range(self.columnCount()))
        boxes = (box for cell in cells if cell is not None for box in (cell, *cell.findChildren(QComboBox)))
        return [each for each in boxes if isinstance(each, QComboBox) and each.isVisibleTo(self)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        for column, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(column, self.viewport().width() * share // 100)

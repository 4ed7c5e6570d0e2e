"""What the steps of the import wizard share."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QTableWidget, QVBoxLayout, QWidget

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


def plain_table(headings: tuple[str, ...], name: str, parent: QWidget) -> QTableWidget:
    """Make a small table to read, one row of it under the bar."""
    table = QTableWidget(0, len(headings), parent)
    theme.flatten(table)
    table.setHorizontalHeaderLabels(list(headings))
    table.setAccessibleName(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.row_height(parent))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setStretchLastSection(True)
    return table

"""A table of figures worked out, not kept: each may open the rows behind it, a selection is copied with headings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from kc_desktop.services.copying import CopiedCell
from ui import theme
from ui.clipboard import number_cell, put_cells

_MOST = 26
"""Letters a column has room for at most, the wide one aside."""
_MEASURED_ROWS = 60

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: what it shows, what copying gives (for a number without dots), what it opens, and a word about it.

    A sign is centred; `colour` names one of the look's colours, never the only thing that tells cells apart.
    """

    text: str
    plain: str = ""
    is_number: bool = False
    is_sign: bool = False
    colour: str = ""
    opens: tuple[str, object] | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A row: its cells, the id of what it stands for, whether it sums up others, and whether it asks for attention."""

    cells: tuple[Cell, ...]
    id: int = 0
    is_total: bool = False
    is_problem: bool = False


class FigureModel(QAbstractTableModel):
    """Rows given all at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: tuple[str, ...] = ()
        self.rows: tuple[FigureRow, ...] = ()

    def show_rows(self, headings: tuple[str, ...], rows: tuple[FigureRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.headings, self.rows = headings, rows
        self.endResetModel()

    def cell(self, index: _Index) -> Cell:
        """Return a cell."""
        return self.rows[index.row()].cells[index.column()]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text, alignment, weight, colour or tooltip of a cell."""
        if not index.isValid():
            return None
        row, cell = self.rows[index.row()], self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter if cell.is_sign else _RIGHT if cell.is_number else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{cell.text} {cell.tip}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            opening = "Bấm để xem các dòng phía sau" if cell.opens is not None else ""
            return "\n".join(part for part in (cell.tip or ("" if cell.is_number else cell.text), opening) if part)
        if role == Qt.ItemDataRole.FontRole and row.is_total:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme.colours()
            if cell.colour:
                return QColor(getattr(colours, cell.colour))
            if row.is_problem:
                return QColor(colours.problem)
            return QColor(colours.accent) if cell.opens is not None else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            first = self.rows[0].cells[section] if self.rows else Cell(text="")
            return Qt.AlignmentFlag.AlignCenter if first.is_sign else _RIGHT if first.is_number else _LEFT
        return None


class FigureTable(QTableView):
    """Shows figures. A click or Enter on one opens its rows; Ctrl+C copies what is selected, Ctrl+A selects all.

    `wide` is the column that takes the room the others leave, at least `least` letters.
    """

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""
    rowChosen = Signal(int)
    """The place of the row under the cursor."""
    ticked = Signal()
    """The space bar on a row."""

    def __init__(self, name: str, parent: QWidget | None = None, *, wide: int = 0, least: int = 20) -> None:
        super().__init__(parent)
        self.figures = FigureModel(self)
        self._wide, self._least = wide, least
        theme.flatten(self)
        self.setModel(self.figures)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_rows(self, headings: tuple[str, ...], rows: tuple[FigureRow, ...]) -> None:
        """Show other rows, the cursor where it was."""
        current = self.currentIndex()
        self.figures.show_rows(headings, rows)
        if rows:
            place = self.figures.index(
                min(max(current.row(), 0), len(rows) - 1), min(max(current.column(), 0), len(headings) - 1)
            )
            self.setCurrentIndex(place)
        self._fit()

    def current_row(self) -> FigureRow | None:
        """Return the row under the cursor."""
        index = self.currentIndex()
        return self.figures.rows[index.row()] if index.isValid() else None

    def copy(self) -> None:
        """Put what is selected on the clipboard, with its headings where it is more than one cell."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return
        rows = range(min(each.row() for each in chosen), max(each.row() for each in chosen) + 1)
        columns = range(min(each.column() for each in chosen), max(each.column() for each in chosen) + 1)
        headings = [self.figures.headings[column] for column in columns] if len(chosen) > 1 else []
        put_cells(headings, [[_copied(self.figures.rows[row].cells[column]) for column in columns] for row in rows])

    def copy_all(self) -> None:
        """Put the whole table on the clipboard."""
        self.selectAll()
        self.copy()

    # overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C, open with Enter."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the figure that was clicked; a selection drawn over several opens none."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and index.isValid() and len(self.selectionModel().selectedIndexes()) == 1:
            self._open(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the wide column the room that is left."""
        super().resizeEvent(event)
        self._fit()

    # private

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.rowChosen.emit(current.row())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            opens = self.figures.cell(index).opens
            if opens is not None:
                self.requestOpen.emit(*opens)

    def _fit(self) -> None:
        """Fit the columns to what they hold; the wide one takes the rest, but keeps room for a name."""
        if not self.figures.headings:
            return
        self.resizeColumnsToContents()
        letter = self.fontMetrics().horizontalAdvance("0")
        others = [each for each in range(len(self.figures.headings)) if each != self._wide]
        for each in others:
            self.setColumnWidth(each, min(self.columnWidth(each), letter * _MOST))
        room = self.viewport().width() - sum(self.columnWidth(each) for each in others)
        self.setColumnWidth(self._wide, max(room, letter * self._least))


def _copied(cell: Cell) -> CopiedCell:
    text = " ".join((cell.plain or cell.text).split())
    return number_cell(text, is_counted="." in cell.text) if cell.is_number else CopiedCell(text=text)

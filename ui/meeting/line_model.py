"""The rows of a meeting's table: records, with headings between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from ui import theme

RECORD_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn:
    """One column: `width` in characters (0 takes the room left), `text` writes a record's cell."""

    name: str
    title: str
    text: Callable[[Any], str]
    width: int = 0
    is_number: bool = False
    ink: Callable[[Any], str] | None = None
    """Returns the colour a record's cell is written in, "" for the usual one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names the group under it."""

    text: str


class LineModel(QAbstractTableModel):
    """Rows are records, with headings between them."""

    def __init__(self, columns: Sequence[LineColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Any] = []
        self._numbers: dict[int, int] = {}

    def set_rows(self, rows: Sequence[Any]) -> bool:
        """Show records and headings; return whether rows came, went or moved (else only their cells changed)."""
        same = [_key(each) for each in rows] == [_key(each) for each in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = list(rows)
        self._numbers = {}
        for row, each in enumerate(self._rows):
            if not isinstance(each, Heading):
                self._numbers[row] = len(self._numbers) + 1
        if not same:
            self.endResetModel()
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))
        return not same

    def record_at(self, row: int) -> Any | None:
        """Return the record of a row, None for a heading or no row."""
        if not 0 <= row < len(self._rows) or isinstance(self._rows[row], Heading):
            return None
        return self._rows[row]

    def texts(self, row: int) -> tuple[str, ...]:
        """Return what the cells of a row say; one text for a heading."""
        shown = self._rows[row]
        if isinstance(shown, Heading):
            return (shown.text,)
        return tuple(column.text(shown) for column in self.columns)

    def row_of(self, record_id: int) -> int:
        """Return the row of a record, -1 when it is not shown."""
        return next((row for row in self._numbers if self._rows[row].id == record_id), -1)

    def nearest_record(self, row: int) -> Any | None:
        """Return the record nearest to a row, None when there is none."""
        place = min(self._numbers, key=lambda each: (abs(each - row), each), default=None)
        return self._rows[place] if place is not None else None

    def heading_rows(self) -> list[int]:
        """Return the rows that are headings."""
        return [row for row, each in enumerate(self._rows) if isinstance(each, Heading)]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if isinstance(row, Heading):
            return self._heading_data(row, index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self._numbers[index.row()]) if column.name == "ordinal" else column.text(row)
        if role == RECORD_ROLE:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignTop
        if role == Qt.ItemDataRole.ForegroundRole and column.name == "ordinal":
            return QColor(theme.colours().muted)
        if role == Qt.ItemDataRole.ForegroundRole and column.ink is not None and column.ink(row):
            return QColor(column.ink(row))
        return None

    def _heading_data(self, row: Heading, column: int, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            return row.text
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.colours().accent)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _key(row: Any) -> object:
    return row.text if isinstance(row, Heading) else (type(row), row.id)

"""The rows of a list, read a page at a time; searching, filtering and sorting happen in SQL."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.services import lists
from kc_desktop.services.lists import Column, ListRequest, ListSpec, Row
from kc_desktop.services.workspace import Workspace
from ui.formats import value_text

PAGE_ROWS = 60
_ONE_LINE = 10
"""A longer heading has its unit on a second line: amounts are narrower than their headings."""
_MAY_BE_CUT = 10
"""A longer text may be cut in a narrow column; the tooltip says it whole."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecordListModel(QAbstractTableModel):
    """A list of records. Rows are known by the record's id; a reset keeps as many rows as were loaded."""

    def __init__(self, workspace: Workspace, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec: ListSpec = lists.LISTS[key]
        self._workspace = workspace
        self._request = ListRequest(sort=self.spec.default_sort, descending=self.spec.default_descending)
        self._rows: list[Row] = []
        self._has_more = False

    # public

    @property
    def request(self) -> ListRequest:
        """What the list shows now, its page aside."""
        return self._request

    def show_request(self, request: ListRequest) -> None:
        """Show the first rows of a request; an empty `sort` keeps the order there is."""
        if not request.sort:
            request = dataclasses.replace(request, sort=self._request.sort, descending=self._request.descending)
        self._request = dataclasses.replace(request, offset=0, limit=PAGE_ROWS)
        self._read(PAGE_ROWS)

    def refresh(self) -> None:
        """Read the rows on show again."""
        self._read(max(PAGE_ROWS, len(self._rows)))

    def count(self) -> int:
        """Return how many rows the request has in all; asks the file."""
        return lists.count(self._workspace, self.spec.key, self._request)

    def id_at(self, row: int) -> int:
        """Return the id of the record in a row, 0 outside the list."""
        return self._rows[row].id if 0 <= row < len(self._rows) else 0

    def row_of(self, record_id: int) -> int:
        """Return the row of a record among those read so far, -1 when it is not there."""
        for row, each in enumerate(self._rows):
            if each.id == record_id:
                return row
        return -1

    def value_at(self, row: int, key: str) -> Value:
        """Return what a row holds in a column; None outside the list."""
        return self._rows[row].cells[self.section_of(key)] if 0 <= row < len(self._rows) else None

    def column(self, section: int) -> Column:
        """Return the description of a column."""
        return self.spec.columns[section]

    def section_of(self, key: str) -> int:
        """Return the place of a column, -1 when there is none of this key."""
        for section, column in enumerate(self.spec.columns):
            if column.key == key:
                return section
        return -1

    # overrides

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows are read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns the list has."""
        return 0 if parent.isValid() else len(self.spec.columns)

    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        """Whether the file may hold more rows."""
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        """Read the next page."""
        if parent.isValid() or not self._has_more:
            return
        found = lists.page(
            self._workspace,
            self.spec.key,
            dataclasses.replace(self._request, offset=len(self._rows), limit=PAGE_ROWS),
        )
        self._has_more = len(found) == PAGE_ROWS
        if found:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(found) - 1)
            self._rows.extend(found)
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text, alignment or tooltip of a cell."""
        if not index.isValid():
            return None
        column = self.spec.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._rows[index.row()].cells[index.column()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self._text(self._rows[index.row()].cells[index.column()], column)
            return text if len(text) > _MAY_BE_CUT else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column, with its unit."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.spec.columns):
            return None
        column = self.spec.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            gap = "\n" if len(column.label) > _ONE_LINE else " "
            return f"{column.label}{gap}({column.unit})" if column.unit else column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return "Bấm để sắp xếp; bấm nút phải để chọn cột"
        return None

    def sort(self, section: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in SQL."""
        if not 0 <= section < len(self.spec.columns):
            return
        key, descending = self.spec.columns[section].key, order is Qt.SortOrder.DescendingOrder
        if (key, descending) != (self._request.sort, self._request.descending):
            self.show_request(dataclasses.replace(self._request, sort=key, descending=descending))

    # private

    def _read(self, limit: int) -> None:
        found = lists.page(self._workspace, self.spec.key, dataclasses.replace(self._request, offset=0, limit=limit))
        if [row.id for row in found] == [row.id for row in self._rows]:
            self._rows = list(found)
            self._has_more = len(found) == limit
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = list(found)
        self._has_more = len(found) == limit
        self.endResetModel()

    @staticmethod
    def _text(value: Value, column: Column) -> str:
        text = value_text(value, column.kind, column.key)
        return text.split("\n", 1)[0] if column.kind is Kind.TEXT else text

"""The rows of a list, read a page at a time; searching, filtering and sorting happen in SQL."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.services import lists
from kc_desktop.services.lists import Column, ListRequest, ListSpec, Row
from kc_desktop.services.workspace import Workspace
from ui.formats import value_text
from ui.models.list_window import PAGE_ROWS, ListWindow

if TYPE_CHECKING:
    from kc_desktop.services.list_signs import Mark
    from ui.models.late_reading import Found, LateReading
    from ui.models.list_groups import Groups, Heading, Item

_LONG = 15_000
"""The groups of a longer list are not read while somebody waits for a keystroke."""
_ONE_LINE = 10
"""A longer heading has its unit on a second line: amounts are narrower than their headings."""
_MAY_BE_CUT = 10
"""A longer text may be cut in a narrow column; the tooltip says it whole."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecordListModel(QAbstractTableModel):
    """A list of records. Rows are known by the record's id; a reset keeps as many rows as were loaded.

    Columns chosen besides the list's own stand behind these. A grouped list has headings among its rows, of id 0.
    The rows read are the list's first ones, or its last (`show_end`); more are read at the other side of them.
    """

    arrived = Signal()
    """The rows of a request that was not waited for are there."""

    def __init__(self, workspace: Workspace, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec: ListSpec = lists.LISTS[key]
        self._workspace = workspace
        self._request = ListRequest(sort=self.spec.default_sort, descending=self.spec.default_descending)
        self._columns = list(self.spec.columns)
        self._window = ListWindow(workspace, key)
        self._rows: list[Item] = []
        self._groups: Groups | None = None
        self._late: LateReading | None = None

    # public

    @property
    def request(self) -> ListRequest:
        """What the list shows now, its page aside."""
        return self._request

    def show_request(self, request: ListRequest, *, may_wait: bool = False) -> None:
        """Show the first rows of a request in the columns and groups there are; an empty `sort` keeps the order.

        With `may_wait` those of a long grouped list come later (`arrived`): nobody waits for their groups.
        """
        if not request.sort:
            request = dataclasses.replace(request, sort=self._request.sort, descending=self._request.descending)
        now = self._request
        self._request = dataclasses.replace(
            request,
            group=now.group,
            folded=now.folded,
            opened=now.opened,
            columns=now.columns,
            offset=0,
            limit=PAGE_ROWS,
        )
        if may_wait and self._groups is not None and self._is_long():
            self._read_late()
        else:
            self._read(PAGE_ROWS)

    def is_waiting(self) -> bool:
        """Whether the rows of the request are still to come."""
        return self._late is not None and self._late.is_waiting()

    def stop(self) -> None:
        """Let nothing be read any more that was not waited for: the file may be closed now."""
        if self._late is not None:
            self._late.stop()
            self._late = None

    @property
    def is_from_end(self) -> bool:
        """Whether the rows read are the list's last ones, with more above them."""
        return self._window.is_from_end

    def records_read(self) -> int:
        """Return how many records are read so far."""
        return len(self._window.rows)

    def show_end(self) -> None:
        """Show the last rows of the list; those above them come as they are scrolled to."""
        if self._window.has_more:
            self._read(PAGE_ROWS, are_groups_known=True, from_end=True)
        elif self._groups is not None:  # headings of folded groups alone
            self._groups.make_room_for_all()
            self._show(are_groups_known=True)

    def show_start(self) -> None:
        """Show the first rows of the list."""
        if self._window.is_from_end:
            self._read(PAGE_ROWS, are_groups_known=True)

    def fetch_before(self) -> int:
        """Read the page above the rows; return how many rows came."""
        if not self._window.is_from_end or self.is_waiting():
            return 0
        self._window.more(self._request)
        arranged = self._arranged()
        if not self._window.has_more:  # the beginning is reached
            self._window.is_from_end = False
            arranged = self._arranged()
        came = len(arranged) - len(self._rows)
        if came > 0:
            self.beginInsertRows(QModelIndex(), 0, came - 1)
            self._rows = arranged
            self.endInsertRows()
        return came

    def show_columns(self, extra: tuple[str, ...]) -> None:
        """Show these columns behind the list's own; the rows are read again when there are any."""
        known = {each.key: each for each in lists.more_columns(self.spec.key)} if extra else {}
        own, wanted = len(self.spec.columns), [known[each] for each in extra if each in known]
        keys = tuple(each.key for each in wanted)
        for section in reversed(range(own, len(self._columns))):
            if self._columns[section].key not in keys:
                self.beginRemoveColumns(QModelIndex(), section, section)
                del self._columns[section]
                self.endRemoveColumns()
        now = {each.key for each in self._columns}
        added = [each for each in wanted if each.key not in now]
        if added:
            self.beginInsertColumns(QModelIndex(), len(self._columns), len(self._columns) + len(added) - 1)
            self._columns.extend(added)
            self.endInsertColumns()
        before = self._request
        self._request = dataclasses.replace(before, columns=self.extra_columns())
        if self.section_of(before.sort) < 0:
            self._request = dataclasses.replace(
                self._request, sort=self.spec.default_sort, descending=self.spec.default_descending
            )
        if before.group and self.section_of(before.group) < 0:
            self._groups = None
            self._request = dataclasses.replace(self._request.unfolded(), group="")
        if before.columns != self._request.columns and (self._rows or self.is_waiting()):
            self.refresh()

    def extra_columns(self) -> tuple[str, ...]:
        """Return the keys of the columns on show besides the list's own."""
        return tuple(each.key for each in self._columns[len(self.spec.columns) :])

    def group_by(self, key: str) -> None:
        """Let rows with one value in a column stand together under a heading; "" for no groups."""
        if key == self._request.group:
            return
        from ui.models.list_groups import Groups

        self._groups = Groups(self._workspace, self.spec.key) if key else None
        self._request = dataclasses.replace(self._request.unfolded(), group=key)
        if key and self._rows and self._is_long():
            self._read_late()
        else:
            self._read(PAGE_ROWS)

    def heading_at(self, row: int) -> Heading | None:
        """Return the heading in a row; None for the row of a record."""
        item = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if item is None or isinstance(item, Row) else item

    def fold(self, row: int, is_folded: bool) -> int:
        """Fold the rows under a heading away, or bring them back; return the row the heading stands in then."""
        heading = self.heading_at(row)
        if heading is None or heading.is_folded == is_folded:
            return row
        from ui.models.list_groups import with_fold

        self._request = with_fold(self._request, heading.group.key, is_folded)
        self._read_again(are_groups_known=True)
        if not self._window.is_from_end:
            return row
        keys = [None if isinstance(each, Row) else (each.group.key,) for each in self._rows]
        return keys.index((heading.group.key,)) if (heading.group.key,) in keys else row

    def fold_all(self, is_folded: bool) -> None:
        """Fold the rows of every group away, read or not, or bring all back."""
        if self._groups is not None:
            self._request = dataclasses.replace(self._request, folded=(), opened=() if is_folded else None)
            self._read(PAGE_ROWS, are_groups_known=True)

    def refresh(self) -> None:
        """Read the rows on show again."""
        self._read_again()

    def count(self, *, at_most: int | None = None) -> int:
        """Return how many rows the request has in all; asks the file, which counts no more than `at_most`."""
        return lists.count(self._workspace, self.spec.key, self._request, at_most=at_most)

    def id_at(self, row: int) -> int:
        """Return the id of the record in a row, 0 outside the list."""
        return self._rows[row].id if 0 <= row < len(self._rows) else 0

    def id_near(self, row: int) -> int:
        """Return the id of the record in a row, else of the next below, else of the last above; 0 for no records."""
        below = (each.id for each in self._rows[row:] if each.id)
        above = (each.id for each in reversed(self._rows[:row]) if each.id)
        return next(below, 0) or next(above, 0)

    def first_id(self) -> int:
        """Return the id of the first record among the rows read, 0 when there is none."""
        return self._window.rows[0].id if self._window.rows else 0

    def row_of(self, record_id: int) -> int:
        """Return the row of a record among those read so far, -1 when it is not there."""
        for row, each in enumerate(self._rows):
            if each.id == record_id:
                return row
        return -1

    def value_at(self, row: int, key: str) -> Value:
        """Return what a row holds in a column; None outside the list."""
        item = self._rows[row] if 0 <= row < len(self._rows) else None
        return item.cells[self.section_of(key)] if isinstance(item, Row) else None

    def column(self, section: int) -> Column:
        """Return the description of a column."""
        return self._columns[section]

    def section_of(self, key: str) -> int:
        """Return the place of a column, -1 when there is none of this key."""
        for section, column in enumerate(self._columns):
            if column.key == key:
                return section
        return -1

    # overrides

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows are read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns the list has."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: _Index = _NOWHERE) -> bool:
        """Whether the file may hold more rows below those read."""
        if parent.isValid() or self._window.is_from_end or self.is_waiting():
            return False
        return self._window.has_more or (self._groups is not None and self._groups.has_more_headings)

    def fetchMore(self, parent: _Index = _NOWHERE) -> None:
        """Read the next page, or let more headings follow."""
        if not self.canFetchMore(parent):
            return
        if self._window.has_more:
            self._window.more(self._request)
        elif self._groups is not None:
            self._groups.make_room()
        arranged = self._arranged()
        if len(arranged) > len(self._rows):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(arranged) - 1)
            self._rows = arranged
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text, alignment or tooltip of a cell; a marked one begins with its sign, in the sign's colour."""
        if not index.isValid():
            return None
        column, item = self._columns[index.column()], self._rows[index.row()]
        if not isinstance(item, Row):
            return self._of_heading(item, column, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            text, mark = self._cell_text(item, index.column()), self._mark(item, column)
            return f"{mark.sign} {text}".rstrip() if mark is not None else text
        if role == Qt.ItemDataRole.ToolTipRole:
            text, mark = self._cell_text(item, index.column()), self._mark(item, column)
            told = text if len(text) > _MAY_BE_CUT else ""
            return "\n".join(filter(None, [told, mark.words if mark is not None else ""])) or None
        if not item.signs:
            return None
        mark = self._mark(item, column)
        if mark is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._cell_text(item, index.column())}: {mark.words}"
        if role == Qt.ItemDataRole.ForegroundRole:
            from ui.widgets.list_signs import colour_of

            return colour_of(mark)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column, with its unit."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
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
        if not 0 <= section < len(self._columns):
            return
        key, descending = self._columns[section].key, order is Qt.SortOrder.DescendingOrder
        before = self._request
        if (key, descending) == (before.sort, before.descending):
            return
        is_order_of_groups = before.group in (before.sort, key)
        self._request = dataclasses.replace(before, sort=key, descending=descending)
        self._read(PAGE_ROWS, are_groups_known=not is_order_of_groups)

    # private

    def _read(self, rows: int, *, are_groups_known: bool = False, from_end: bool = False) -> None:
        was_waiting = self._give_up_waiting()
        self._window.begin(self._request, rows, from_end=from_end)
        self._show(are_groups_known and not was_waiting)

    def _read_again(self, *, are_groups_known: bool = False) -> None:
        was_waiting = self._give_up_waiting()
        self._window.again(self._request)
        self._show(are_groups_known and not was_waiting)

    def _give_up_waiting(self) -> bool:
        """Give up what is read beside the window; return whether anything was: the groups known are not of its rows."""
        was_waiting = self.is_waiting()
        if self._late is not None:
            self._late.drop()
        return was_waiting

    def _read_late(self) -> None:
        if self._late is None:
            from ui.models.late_reading import LateReading

            self._late = LateReading(self._workspace, self.spec.key, self)
            self._late.arrived.connect(self._on_arrived)
        self._late.ask(self._request)

    @Slot(object)
    def _on_arrived(self, found: Found | None) -> None:
        if found is None or self._groups is None:
            self._read(PAGE_ROWS)
        else:
            self._window.take(found.rows, PAGE_ROWS)
            self._groups.take(self._request, found.groups)
            self._show(are_groups_known=True)
        self.arrived.emit()

    def _show(self, are_groups_known: bool) -> None:
        if self._groups is not None and not are_groups_known:
            self._groups.read(self._request)
        before = [_identity(each) for each in self._rows]
        arranged = self._arranged()
        if [_identity(each) for each in arranged] == before:
            self._rows = arranged
            if arranged:
                self.dataChanged.emit(self.index(0, 0), self.index(len(arranged) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = arranged
        self.endResetModel()

    def _is_long(self) -> bool:
        if self._workspace.is_copy:  # each reading beside would copy the whole file
            return False
        return lists.count(self._workspace, self.spec.key, ListRequest(), at_most=_LONG + 1) > _LONG

    def _arranged(self) -> list[Item]:
        if self._groups is None:
            return [*self._window.rows]
        if self._window.is_from_end:
            return self._groups.arranged_from_end(self._window.rows, self._request)
        return self._groups.arranged(self._window.rows, self._request, self._window.has_more)

    def _mark(self, row: Row, column: Column) -> Mark | None:
        if not row.signs:
            return None
        from kc_desktop.services.list_signs import marks_of

        return marks_of(self.spec.key, row.signs).get(column.key)

    def _cell_text(self, row: Row, section: int) -> str:
        """Return the words of a cell; of one whose column has only just come, none until it is read."""
        return self._text(row.cells[section], self._columns[section]) if section < len(row.cells) else ""

    @staticmethod
    def _of_heading(heading: Heading, column: Column, role: int) -> object:
        from ui.models.list_groups import FOLDED_ROLE, HEADING_ROLE

        if role == HEADING_ROLE or role == Qt.ItemDataRole.AccessibleTextRole:
            return heading.words
        if role == FOLDED_ROLE:
            return heading.is_folded
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.sum_text(column.key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        return None

    @staticmethod
    def _text(value: Value, column: Column) -> str:
        text = value_text(value, column.kind, column.key)
        return text.split("\n", 1)[0] if column.kind is Kind.TEXT else text


def _identity(item: Item) -> object:
    """Return what an item is known by: a record by its id, a heading by its group and whether it is folded."""
    return item.id if isinstance(item, Row) else (str(item.group.key), item.is_folded)

"""The seats of a proposed network as a table: who is ticked, level, role, area, and why somebody is not."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from kc_desktop.domain.people import COLLABORATOR_LEVELS, COLLABORATOR_ROLES
from kc_desktop.services import network, reappointment
from kc_desktop.services.reappointment import Seat
from kc_desktop.services.workspace import Workspace
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NAME, LEVEL, ROLE, AREA, COMMUNES, REMARK = range(6)
_HEADINGS = ("Họ và tên", "Cấp", "Vai trò", "Hiệp hội, địa bàn", "Xã, phường phụ trách", "Ghi chú")
CHOICES = {LEVEL: COLLABORATOR_LEVELS, ROLE: COLLABORATOR_ROLES}
"""The columns whose value is picked, with their codes and labels."""
_FIELDS = {LEVEL: "level", ROLE: "role", AREA: "area"}


class SeatsModel(QAbstractTableModel):
    """Rows of `Seat`; the first column is ticked, the next three are edited in place."""

    edited = Signal()
    """What is proposed has changed."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._seats: list[Seat] = []
        self._first: date | None = None
        self._closed = network.district_end(workspace)

    # public

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats as they stand now."""
        return tuple(self._seats)

    def show_seats(self, seats: tuple[Seat, ...], first: date | None) -> None:
        """Show the seats of a draft whose term begins on a day."""
        self.beginResetModel()
        self._seats, self._first = list(seats), first
        self.endResetModel()
        self.edited.emit()

    def set_first_day(self, first: date | None) -> None:
        """Judge everybody again by another first day of the term; only whom that newly refuses is unticked."""
        for row, seat in enumerate(self._seats):
            was, now = (reappointment.why_not(seat, each, self._closed) for each in (self._first, first))
            if bool(was) != bool(now):
                self._seats[row] = dataclasses.replace(seat, is_chosen=not now)
        self._first = first
        self._all_changed()

    def remark(self, row: int) -> str:
        """Say why somebody is not to be proposed, that they are new, or what they did in the last year."""
        seat = self._seats[row]
        refused = self._refused(seat)
        return f"▲ {refused}" if refused else seat.work if seat.is_former else "mới"

    def add(self, seat: Seat) -> int:
        """Put a seat at the end and return its row; somebody who is there already is ticked instead."""
        for row, each in enumerate(self._seats):
            if seat.person_id and each.person_id == seat.person_id:
                self.setData(self.index(row, NAME), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
                return row
        row = len(self._seats)
        self.beginInsertRows(QModelIndex(), row, row)
        self._seats.append(seat)
        self.endInsertRows()
        self.edited.emit()
        return row

    def set_communes(self, row: int, commune_ids: tuple[int, ...]) -> None:
        """Let somebody look after these communes."""
        self._put(row, dataclasses.replace(self._seats[row], commune_ids=commune_ids))

    # overrides

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of seats."""
        return 0 if parent.isValid() else len(self._seats)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the name be ticked, level, role and area be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in _FIELDS else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column or the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return _HEADINGS[section] if 0 <= section < len(_HEADINGS) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text, tick and colour of a cell."""
        if not index.isValid():
            return None
        seat = self._seats[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            return Qt.CheckState.Checked if seat.is_chosen else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole and index.column() in _FIELDS:
            return getattr(seat, _FIELDS[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row(), index.column())
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick somebody, or change level, role or area."""
        if not index.isValid():
            return False
        seat = self._seats[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            self._put(index.row(), dataclasses.replace(seat, is_chosen=Qt.CheckState(value) == Qt.CheckState.Checked))
            return True
        if role == Qt.ItemDataRole.EditRole and index.column() in _FIELDS:
            put: dict[str, Any] = {_FIELDS[index.column()]: str(value or "")}
            changed = dataclasses.replace(seat, **put)
            if index.column() == LEVEL:
                refused = reappointment.why_not(changed, self._first, self._closed)
                was = reappointment.why_not(seat, self._first, self._closed)
                changed = dataclasses.replace(changed, is_chosen=not refused if refused or was else seat.is_chosen)
            self._put(index.row(), changed)
            return True
        return False

    # private

    def _text(self, row: int, column: int) -> str:
        seat = self._seats[row]
        if column == NAME:
            return seat.name
        if column in CHOICES:
            return dict(CHOICES[column]).get(getattr(seat, _FIELDS[column]), "")
        if column == AREA:
            return seat.area
        if column == COMMUNES:
            return ", ".join(self._workspace.title_of("admin_unit", each) for each in seat.commune_ids)
        return self.remark(row)

    def _refused(self, seat: Seat) -> str:
        return reappointment.why_not(seat, self._first, self._closed)

    def _colour(self, row: int, column: int) -> QBrush | None:
        if column == REMARK and self._refused(self._seats[row]):
            return QBrush(QColor(theme.colours().late))
        return None

    def _put(self, row: int, seat: Seat) -> None:
        self._seats[row] = seat
        self.dataChanged.emit(self.index(row, 0), self.index(row, REMARK))
        self.edited.emit()

    def _all_changed(self) -> None:
        if self._seats:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._seats) - 1, REMARK))
        self.edited.emit()

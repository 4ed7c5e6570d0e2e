"""The rows of a small editable table inside a form: kept in memory until the form is saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from kc_desktop.domain.fields import Field, Kind, Value, describe
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.formats import NUMBER_KINDS, value_text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class Line:
    """One row being edited: the record, and text that could not be read, by field, with the reason."""

    record: Any
    unread: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTable:
    """What a small table shows: its columns, those that are worked out, and those summed in a last row.

    `derive` works the derived columns out after a field was edited, whose name it is given; `parent_link` is the field
    that points to the form's record. `warn` says what does not agree in a row, without keeping it from being saved.
    """

    cls: type[Any]
    parent_link: str
    columns: tuple[str, ...]
    derived: frozenset[str] = frozenset()
    summed: tuple[str, ...] = ()
    derive: Callable[[Any, str], Any] | None = None
    warn: Callable[[Any], str] | None = None
    texts: Mapping[str, Callable[[Any], str]] = dataclasses.field(default_factory=dict)
    """How a column writes a record where the field's own way will not do."""
    is_locked: bool = False
    """Rows that are only read, never edited or saved here."""
    is_pasted: bool = True
    """Whether a block copied from Excel can be pasted in."""
    headings: Mapping[str, tuple[str, ...]] | None = None
    """The words that head the columns in a pasted block; by default the fields' labels."""
    complete: Callable[[Mapping[str, Any], str], tuple[dict[str, Any], str]] | None = None
    """Fills in what a pasted row leaves out; its second argument is the part a total not shared out goes into."""
    parts: tuple[str, ...] = ()
    """The fields a total that is not shared out can go into."""
    extra: tuple[tuple[str, Callable[[Any], str]], ...] = ()
    """Read-only columns at the end: heading and the text of a record."""


class SmallRowsModel(QAbstractTableModel):
    """Rows of one SmallTable; the last row shows the sums where there are any."""

    edited = Signal()

    def __init__(self, workspace: Workspace, table: SmallTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._workspace = workspace
        described = describe(table.cls)
        self.fields: tuple[Field, ...] = tuple(described.field(name) for name in table.columns)
        self.lines: list[Line] = []
        self._is_read_only = True

    # public

    def show_records(self, records: tuple[Any, ...]) -> None:
        """Show these records as they are kept."""
        self.beginResetModel()
        self.lines = [Line(each) for each in records]
        self.endResetModel()

    def show_lines(self, lines: list[Line]) -> None:
        """Show rows as they were being edited, text that could not be read with them."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        self._touched()

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let the cells be edited."""
        self._is_read_only = read_only or self.table.is_locked

    def add(self, record: Any) -> int:
        """Add a row at the end and return its place."""
        row = len(self.lines)
        self.beginInsertRows(QModelIndex(), row, row)
        self.lines.append(Line(record))
        self.endInsertRows()
        self._touched()
        return row

    def remove(self, row: int) -> None:
        """Take a row away."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.lines[row]
        self.endRemoveRows()
        self._touched()

    def move(self, row: int, step: int) -> int:
        """Move a row up or down and return its new place."""
        place = row + step
        if not (0 <= row < len(self.lines) and 0 <= place < len(self.lines)):
            return row
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), place + (1 if step > 0 else 0))
        self.lines.insert(place, self.lines.pop(row))
        self.endMoveRows()
        self._touched()
        return place

    def put(self, index: _Index, value: Value) -> None:
        """Write a value into a cell and work the derived columns out."""
        line, field = self.lines[index.row()], self.fields[index.column()]
        line.unread.pop(field.name, None)
        line.record = self.changed(line.record, field, value)
        self._row_changed(index.row())

    def changed(self, record: Any, field: Field, value: Value) -> Any:
        """Return a row with another value in a column, the derived columns worked out."""
        if value is None:
            value = _default_of(self.table.cls, field)
        record = dataclasses.replace(record, **{field.name: value})
        return self.table.derive(record, field.name) if self.table.derive is not None else record

    def put_unread(self, index: _Index, text: str, problem: str) -> None:
        """Keep text that could not be read, so that nothing typed is lost."""
        self.lines[index.row()].unread[self.fields[index.column()].name] = (text, problem)
        self._row_changed(index.row())

    def warnings(self) -> tuple[str, ...]:
        """Say what does not agree, row by row."""
        warn = self.table.warn
        if warn is None:
            return ()
        said = ((number, warn(line.record)) for number, line in enumerate(self.lines, start=1))
        return tuple(f"Dòng {number}: {words}" for number, words in said if words)

    def add_all(self, records: list[Any]) -> None:
        """Add many rows at the end as one edit."""
        if not records:
            return
        row = len(self.lines)
        self.beginInsertRows(QModelIndex(), row, row + len(records) - 1)
        self.lines += [Line(each) for each in records]
        self.endInsertRows()
        self._touched()

    def problem(self) -> str:
        """Say which cell keeps the table from being saved, "" for none."""
        for number, line in enumerate(self.lines, start=1):
            for field in self.fields:
                if field.name in line.unread:
                    return f"Dòng {number}, {field.label}: {line.unread[field.name][1]}"
                value = getattr(line.record, field.name)
                if field.required and value in (None, "", 0) and field.kind not in NUMBER_KINDS:
                    return f"Dòng {number} chưa có {field.label[:1].lower()}{field.label[1:]}."
        return ""

    def is_line(self, row: int) -> bool:
        """Whether a row is a record and not the sums."""
        return 0 <= row < len(self.lines)

    def total(self, name: str) -> int:
        """Return the sum of a column."""
        return sum(getattr(line.record, name) or 0 for line in self.lines)

    # overrides

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of rows, the sums included."""
        return 0 if parent.isValid() else len(self.lines) + (1 if self._has_sums() else 0)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.fields) + len(self.table.extra)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let cells of records be edited unless they are worked out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.is_line(index.row()) or index.column() >= len(self.fields):
            return flags
        if not self._is_read_only and self.fields[index.column()].name not in self.table.derived:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column or the number of a row."""
        if orientation is Qt.Orientation.Vertical:
            is_text = role == Qt.ItemDataRole.DisplayRole
            return (str(section + 1) if self.is_line(section) else "") if is_text else None
        if not 0 <= section < self.columnCount():
            return None
        if section >= len(self.fields):
            return self.table.extra[section - len(self.fields)][0] if role == Qt.ItemDataRole.DisplayRole else None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading_of(field)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if field.kind in NUMBER_KINDS else _LEFT
        return field.help if role == Qt.ItemDataRole.ToolTipRole and field.help else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text and look of a cell."""
        if not index.isValid():
            return None
        if not self.is_line(index.row()):
            return self._sum_data(index.column(), role)
        line = self.lines[index.row()]
        if index.column() >= len(self.fields):
            extra = self.table.extra[index.column() - len(self.fields)][1]
            return extra(line.record) if role == Qt.ItemDataRole.DisplayRole else None
        field = self.fields[index.column()]
        unread = line.unread.get(field.name)
        if role == Qt.ItemDataRole.DisplayRole:
            return unread[0] if unread else self._text(field, line.record)
        if role == Qt.ItemDataRole.EditRole:
            return getattr(line.record, field.name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if field.kind in NUMBER_KINDS else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return unread[1] if unread else self._warning(field, line.record) or self._text(field, line.record) or None
        if role == Qt.ItemDataRole.ForegroundRole and unread:
            return QBrush(QColor(theme.colours().problem))
        if role == Qt.ItemDataRole.ForegroundRole and self._warning(field, line.record):
            return QBrush(QColor(theme.colours().late))
        return None

    # private

    def _has_sums(self) -> bool:
        return bool(self.table.summed) and bool(self.lines)

    def _sum_data(self, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if column >= len(self.fields):
            return None
        field = self.fields[column]
        if role == Qt.ItemDataRole.DisplayRole:
            if field.name in self.table.summed:
                return value_text(self.total(field.name), field.kind, field.name)
            return "Cộng" if column == 0 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if field.kind in NUMBER_KINDS else _LEFT
        return None

    def _warning(self, field: Field, record: Any) -> str:
        return self.table.warn(record) if self.table.warn is not None and field.name in self.table.derived else ""

    def _text(self, field: Field, record: Any) -> str:
        if field.name in self.table.texts:
            return self.table.texts[field.name](record)
        value: Value = getattr(record, field.name)
        if field.kind is Kind.CHOICE:
            return field.choice_label(str(value or "")) if value else ""
        if field.kind is Kind.LINK:
            return self._workspace.title_of(field.target, value) if isinstance(value, int) and value else ""
        return value_text(value, field.kind, field.name)

    def _row_changed(self, row: int) -> None:
        last = self.columnCount() - 1
        self.dataChanged.emit(self.index(row, 0), self.index(row, last))
        self._touched()

    def _touched(self) -> None:
        if self._has_sums():
            row = self.rowCount() - 1
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.edited.emit()


def heading_of(field: Field) -> str:
    """Return the heading of a column, a long one on two lines."""
    unit = "đ" if field.kind is Kind.MONEY else "%" if field.unit == "%" else ""
    text = f"{field.label} ({unit})" if unit else field.label
    if len(text) <= (14 if field.width >= len(text) else 9) or " " not in text:
        return text
    middle = len(text) // 2
    place = min((at for at, letter in enumerate(text) if letter == " "), key=lambda at: abs(at - middle))
    return f"{text[:place]}\n{text[place + 1 :]}"


def _default_of(cls: type[Any], field: Field) -> Any:
    return next(each.default for each in dataclasses.fields(cls) if each.name == field.name)

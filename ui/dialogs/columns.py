"""Which columns a list shows, in which order; what it is sorted and grouped by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.errors import KnownError
from kc_desktop.services.list_groups import can_group_by
from kc_desktop.services.lists import LISTS, Column, more_columns
from ui import theme
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.choice_editors import CalmComboBox

_KEY = Qt.ItemDataRole.UserRole
_ROWS, _LEAST_ROWS = 13, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The columns of a list by their keys, from left to right; what it is sorted by, and grouped by, "" for nothing."""

    columns: tuple[str, ...]
    sort: str
    is_descending: bool
    group: str


class _ColumnList(QListWidget):
    """Wants to show many columns at once; gives in on a small screen."""

    def sizeHint(self) -> QSize:
        """So many rows."""
        return QSize(super().sizeHint().width(), theme.row_height(self) * _ROWS)


class ColumnsDialog(AskDialog):
    """Tick, move, sort, group; `acted` brings a `Choice`."""

    def __init__(self, key: str, now: Choice, parent: QWidget | None = None, *, first: tuple[str, ...] = ()) -> None:
        super().__init__(f"Cột của danh sách {LISTS[key].title}", "Dùng", parent)
        HelpKey(self, "list-columns")
        self._spec = LISTS[key]
        self._first = first or tuple(each.key for each in self._spec.columns)
        self._columns = {each.key: each for each in (*self._spec.columns, *more_columns(key))}
        self.say("Đánh dấu cột muốn xem. Kéo, hoặc nhấn Alt+↑, Alt+↓, để đổi chỗ.", is_note=True)
        self.list = _ColumnList(self)
        self.list.setAccessibleName("Các cột")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.installEventFilter(self)
        self.list.setMinimumHeight(theme.row_height(self) * _LEAST_ROWS)
        self.put(self._list_with_buttons())
        self.sort_box, self.group_box = CalmComboBox(self), CalmComboBox(self)
        self.descending_box = QCheckBox("Giảm dần", self)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.sort_box, 1)
        line.addWidget(self.descending_box)
        self.add_row("&Xếp theo", self.sort_box, row)
        self.add_row("&Nhóm theo", self.group_box, self.group_box)
        self._show(now)
        self.finish()
        self.list.setFocus()
        as_read = (self.list, self.up_button, self.down_button, self.reset_button, self.sort_box, self.descending_box)
        for one, then in pairwise((*as_read, self.group_box, self.ok_button)):
            QWidget.setTabOrder(one, then)

    def _list_with_buttons(self) -> QWidget:
        part = QWidget(self)
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        buttons = QVBoxLayout()
        self.up_button = QPushButton("&Lên", self)
        self.down_button = QPushButton("X&uống", self)
        self.reset_button = QPushButton("&Về ban đầu", self)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.reset_button.clicked.connect(self._on_reset)
        for button in (self.up_button, self.down_button, self.reset_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        row.addLayout(buttons)
        return part

    def act(self) -> Choice:
        """Return what is chosen. Raises KnownError while no column is."""
        shown = tuple(str(each.data(_KEY)) for each in self._items() if each.checkState() is Qt.CheckState.Checked)
        if not shown:
            raise KnownError("Chưa chọn cột nào.", "Đánh dấu ít nhất một cột.")
        sort, group = str(self.sort_box.currentData()), str(self.group_box.currentData())
        own = {each.key for each in self._spec.columns}
        needed = tuple(each for each in dict.fromkeys((sort, group)) if each and each not in own and each not in shown)
        return Choice(columns=(*shown, *needed), sort=sort, is_descending=self.descending_box.isChecked(), group=group)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the column under the cursor with Alt+Up and Alt+Down."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)

    # slots

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot()
    def _on_reset(self) -> None:
        spec = self._spec
        self._show(
            Choice(
                columns=self._first,
                sort=spec.default_sort,
                is_descending=spec.default_descending,
                group="",
            )
        )

    # private

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentItem(item)

    def _show(self, choice: Choice) -> None:
        shown = [self._columns[each] for each in choice.columns if each in self._columns]
        others = [each for each in self._columns.values() if each not in shown]
        self.list.clear()
        for column in (*shown, *others):
            item = QListWidgetItem(column.label, self.list)
            item.setData(_KEY, column.key)
            item.setSizeHint(QSize(0, theme.row_height(self)))
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if column in shown else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        grouping = [each for each in self._columns.values() if can_group_by(each)]
        _fill(self.sort_box, list(self._columns.values()), choice.sort, none="")
        _fill(self.group_box, grouping, choice.group, none="(không nhóm)")
        self.descending_box.setChecked(choice.is_descending)


def _fill(box: CalmComboBox, columns: list[Column], chosen: str, *, none: str) -> None:
    box.clear()
    if none:
        box.addItem(none, "")
    for column in columns:
        box.addItem(column.label, column.key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.setMaxVisibleItems(20)

"""What a column holds, to tick: the values with how many rows hold each, and a search box for long lists."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Value
from kc_desktop.domain.money import format_vnd
from kc_desktop.services import list_filters
from kc_desktop.services.list_filters import Ticks
from kc_desktop.services.lists import Column, ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.suggestions import ComposingLine

_ROWS = 12
_WIDTH = 34


class TickList(QFrame):
    """Opens under a filter. Enter takes what is ticked; with nothing ticked, what the words typed have left."""

    chosen = Signal(object)
    """The values taken, () for none: no filter."""

    def __init__(
        self,
        workspace: Workspace,
        key: str,
        request: ListRequest,
        column: Column,
        ticked: tuple[Value, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._key = key
        self._request = request
        self._column = column
        self._ticked: dict[Value, None] = dict.fromkeys(ticked)
        self._is_filling = False
        self._all: Ticks | None = None
        self._build_ui()
        self._fill("")
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAccessibleName(f"Chọn giá trị của cột {self._column.label}")
        self.search = ComposingLine(self)
        self.search.become_search_box()
        self.search.setPlaceholderText("Tìm trong danh sách")
        self.search.setAccessibleName(f"Tìm giá trị của cột {self._column.label}")
        self.values = QListWidget(self)
        theme.flatten(self.values)
        self.values.setAccessibleName(f"Các giá trị của cột {self._column.label}")
        self.values.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.values.setSpacing(max(1, step // 4))
        self.values.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.ok_button = QPushButton("Lọc", self)
        self.clear_button = QPushButton("Bỏ lọc cột này", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 2] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self.search)
        column.addWidget(self.values, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self.search.textNow.connect(self._fill)
        self.search.textChanged.connect(self._fill)
        self.values.itemChanged.connect(self._on_item_changed)
        self.ok_button.clicked.connect(self._take)
        self.clear_button.clicked.connect(self._on_clear_clicked)

    # public

    def open_under(self, widget: QWidget) -> None:
        """Open under a widget, above it where the screen ends, wide enough for what it holds."""
        metrics = self.fontMetrics()
        widest = self.values.sizeHintForColumn(0) + theme.step(self, 12)
        width = min(max(widest, metrics.horizontalAdvance("0") * _WIDTH), metrics.horizontalAdvance("0") * 2 * _WIDTH)
        rows = min(max(self.values.count(), 3), _ROWS) * (
            max(self.values.sizeHintForRow(0), metrics.height()) + 2 * self.values.spacing()
        )
        self.values.setFixedHeight(rows + theme.step(self, 2))
        self.setFixedWidth(width)
        self.adjustSize()
        screen = widget.screen().availableGeometry()
        place = widget.mapToGlobal(QPoint(0, widget.height()))
        if place.y() + self.height() > screen.bottom():
            place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height())
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()

    # overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc closes, Down goes from the search into the values."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.focusWidget() is self.clear_button:
                self._on_clear_clicked()
            else:
                self._take()
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key == Qt.Key.Key_Down and self.focusWidget() is self.search:
            self.values.setFocus(Qt.FocusReason.OtherFocusReason)
            self.values.setCurrentRow(max(self.values.currentRow(), 0))
        else:
            super().keyPressEvent(event)

    # slots

    @Slot(str)
    def _fill(self, typed: str) -> None:
        found = self._found(typed)
        self._is_filling = True
        self.values.clear()
        for each in found.values:
            item = QListWidgetItem(f"{each.words}  ({format_vnd(each.rows)})", self.values)
            item.setToolTip(each.words)
            item.setData(Qt.ItemDataRole.UserRole, each.value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            is_ticked = each.value in self._ticked
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self._is_filling = False
        self._say(found)

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        value = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked[value] = None
        else:
            self._ticked.pop(value, None)

    @Slot()
    def _take(self) -> None:
        taken = tuple(self._ticked)
        if not taken and self.search.text().strip():
            shown = (self.values.item(row) for row in range(self.values.count()))
            taken = tuple(each.data(Qt.ItemDataRole.UserRole) for each in shown)
            if not taken:
                return
        self.close()
        self.chosen.emit(taken)

    @Slot()
    def _on_clear_clicked(self) -> None:
        self.close()
        self.chosen.emit(())

    # private

    def _found(self, typed: str) -> Ticks:
        """Ask the file once; again at each letter only where it holds more values than are offered."""
        if self._all is not None and not self._all.has_more:
            return list_filters.narrowed(self._all, typed)
        found = list_filters.ticks(self._workspace, self._key, self._request, self._column, typed)
        self._all = self._all or found
        return found

    def _say(self, found: Ticks) -> None:
        words = []
        if not found.values:
            words.append("Không có giá trị nào.")
        if found.has_more:
            words.append(f"Còn nhiều giá trị khác ngoài {list_filters.MOST_TICKS} giá trị này: gõ để tìm.")
        if found.is_partly_counted:
            words.append("Danh sách rất dài: chỉ đếm trong phần đầu.")
        self.note.setText(" ".join(words))
        self.note.setVisible(bool(words))

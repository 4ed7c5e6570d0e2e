"""Việc cần làm: one list in groups of urgency; arrows walk through it, Enter or a double click opens the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.services.to_do import ToDo, Urgency
from ui import theme
from ui.reading_order import lend_focus
from ui.widgets.labels import heading

_MOST_ROWS = 100
"""So many things of one group are shown; the rest is counted."""
_SIGNS = {Urgency.LATE: "▲", Urgency.WEEK: "●", Urgency.MONTH: "○", Urgency.OPEN: "–"}
_THING = Qt.ItemDataRole.UserRole
EMPTY = "Không có việc nào đến hạn."
WAITING = "Đang xem có việc nào đến hạn…"

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ToDoModel(QAbstractListModel):
    """Titles of groups (plain text) and the things to do under them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | ToDo] = []

    def show(self, found: Sequence[ToDo]) -> None:
        """Show what was found, in its order."""
        self.beginResetModel()
        self._rows = []
        for urgency in Urgency:
            group = [each for each in found if each.urgency is urgency]
            if group:
                self._rows += [f"{urgency.value} ({len(group)})", *group[:_MOST_ROWS]]
            if len(group) > _MOST_ROWS:
                self._rows.append(f"… và {len(group) - _MOST_ROWS} việc nữa")
        self.endResetModel()

    def thing(self, row: int) -> ToDo | None:
        """Return what stands in a row; None for a title."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, ToDo) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are, titles too."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row in words; the whole of it for a screen reader and the tooltip."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(each for each in (row.urgency.value, row.what, row.words, second_line(row)) if each)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.what}\n{second_line(row)}\n{row.words}\nEnter hoặc bấm đúp để mở".replace("\n\n", "\n")
        return row if role == _THING else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only things be chosen; the bar steps over titles."""
        if self.thing(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def second_line(thing: ToDo) -> str:
    """Return what a thing belongs to: its kind, the record's name, and whether its day was held against the law."""
    return " · ".join(
        each for each in (thing.kind, thing.about, "" if thing.is_verified else "hạn chưa kiểm chứng") if each
    )


class _Delegate(QStyledItemDelegate):
    """Draws a title in one line, a thing in two: sign and what, the time at the right; below, what it belongs to."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give a title one line and a thing two."""
        height, step = option.fontMetrics.height(), option.fontMetrics.height() / 4.2
        lines = 1 if index.data(_THING) is None else 2
        return QSize(round(step * 40), round(height * lines + step * (3 if lines == 1 else 2.5)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        thing = index.data(_THING)
        painter.save()
        if isinstance(thing, ToDo):
            self._paint_thing(painter, option, thing)
        else:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(theme.colours().muted))
            step = round(option.fontMetrics.height() / 4.2)
            painter.drawText(
                option.rect.adjusted(step * 2, step, -step, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                str(index.data() or ""),
            )
        painter.restore()

    def _paint_thing(self, painter: QPainter, option: QStyleOptionViewItem, thing: ToDo) -> None:
        colours, metrics = theme.colours(), option.fontMetrics
        step = round(metrics.height() / 4.2)
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        if is_selected:
            painter.fillRect(option.rect, QColor(colours.accent))
        elif state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.fillRect(option.rect, QColor(colours.accent_soft))
        room = option.rect.adjusted(step * 2, step, -step * 2, -step)
        text, muted = (colours.on_accent,) * 2 if is_selected else (colours.text, colours.muted)
        sign = text if is_selected else colours.late if thing.urgency is Urgency.LATE else colours.accent
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        first = QRect(room.left(), room.top(), room.width(), metrics.height())
        second = first.translated(0, metrics.height() + step // 2)
        painter.setPen(QColor(sign))
        painter.drawText(first, middle, _SIGNS[thing.urgency])
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, thing.words)
        left = metrics.horizontalAdvance("●") + step * 2
        right = metrics.horizontalAdvance(thing.words) + step * 3
        elided = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(text))
        what = metrics.elidedText(thing.what, elided, first.width() - left - right)
        painter.drawText(first.adjusted(left, 0, -right, 0), middle, what)
        painter.setPen(QColor(muted))
        about = metrics.elidedText(second_line(thing), elided, second.width() - left)
        painter.drawText(second.adjusted(left, 0, 0, 0), middle, about)


class _View(QListView):
    """The bar stands on the first thing as soon as the list has the focus."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the bar somewhere, so that Enter and the arrows do something."""
        super().focusInEvent(event)
        model = self.model()
        if not self.currentIndex().isValid() and isinstance(model, ToDoModel):
            first = next((row for row in range(model.rowCount()) if model.thing(row) is not None), -1)
            if first >= 0:
                self.setCurrentIndex(model.index(first))


class ToDoList(QWidget):
    """The heading, the list, and what stands in its place while nothing is due."""

    opened = Signal(object)
    """The ToDo to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        step = theme.step(self)
        self.is_ready = False
        title = heading("&Việc cần làm", self)
        title.setContentsMargins(step * 2, 0, 0, 0)
        self.words = QLabel(WAITING, self)
        self.words.setWordWrap(True)
        self.words.setContentsMargins(step * 2, 0, 0, 0)
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.model = ToDoModel(self)
        self.view = _View(self)
        theme.flatten(self.view)
        self.view.setAccessibleName("Việc cần làm")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.hide()
        title.setBuddy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addWidget(title)
        column.addWidget(self.words)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self.view.activated.connect(self._on_view_activated)

    def show_found(self, found: Sequence[ToDo], today: date) -> None:
        """Show what was found on a day; the bar stays on its row."""
        row = self.view.currentIndex().row()
        place = self.view.verticalScrollBar().value()
        self.model.show(found)
        self.is_ready = True
        self._show_view(is_shown=bool(found))
        self.words.setVisible(not found)
        self.words.setText(EMPTY)
        self.setAccessibleDescription(f"Đến ngày {today.day}/{today.month}/{today.year}: {len(found)} việc")
        last = self.model.rowCount() - 1
        if row >= 0 and self.model.thing(min(row, last)) is not None:
            self.view.setCurrentIndex(self.model.index(min(row, last)))
            self.view.verticalScrollBar().setValue(place)

    def show_failure(self, text: str) -> None:
        """Say why the list could not be made."""
        self.is_ready = True
        self._show_view(is_shown=False)
        self.words.setText(f"▲ {text}")
        self.words.show()

    def _show_view(self, *, is_shown: bool) -> None:
        self.view.setVisible(is_shown)
        lend_focus(self, self.view if is_shown else None)

    @Slot(QModelIndex)
    def _on_view_activated(self, index: QModelIndex) -> None:
        thing = self.model.thing(index.row())
        if thing is not None:
            self.opened.emit(thing)

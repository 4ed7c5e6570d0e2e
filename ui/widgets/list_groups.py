"""The headings of a grouped list: drawn across the row, folded and unfolded by mouse and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import theme
from ui.models.list_groups import FOLDED_ROLE, HEADING_ROLE

if TYPE_CHECKING:
    from ui.widgets.list_panel import ListPanel

_Index = QModelIndex | QPersistentModelIndex
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class HeadingDelegate(QStyledItemDelegate):
    """Draws the row of a heading: its words run on through the cells that hold no sum, each sum under its column."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell's part of the heading."""
        from PySide6.QtWidgets import QStyle

        colours, step = theme.colours(), theme.step(self._table)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, QColor(colours.accent if is_selected else colours.accent_soft))
        painter.setPen(QColor(colours.on_accent if is_selected else colours.text))
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        total = str(index.data() or "")
        if total:
            room = option.rect.adjusted(step, 0, -round(step * 2.5), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, total)
        elif self._run(index)[0] <= self._first_run(index) <= self._run(index)[1]:
            self._draw_words(painter, option.rect, index)
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Draw the whole row's words, of which the cell's clip lets its own part through."""
        step, left = theme.step(self._table), self._left(index)
        size = step * 2.2
        middle = QPointF(left + step * 2.5, rect.center().y() + 0.5)
        turned = bool(index.data(FOLDED_ROLE))
        corners = [(-0.4, -0.5), (0.5, 0.0), (-0.4, 0.5)] if turned else [(-0.5, -0.4), (0.5, -0.4), (0.0, 0.5)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([middle + QPointF(x * size, y * size) for x, y in corners]))
        room = QRect(left + step * 5, rect.top(), self._right(index) - left - step * 6, rect.height())
        words, metrics = str(index.data(HEADING_ROLE)), painter.fontMetrics()
        if metrics.horizontalAdvance(words) > room.width():
            words = metrics.elidedText(words.partition(": ")[2], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _first_run(self, index: _Index) -> int:
        """Return the place of the first cell on show that holds no sum: the words begin there and nowhere else."""
        header = self._table.horizontalHeader()
        places = (place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place)))
        return next((place for place in places if not self._holds_sum(index, place)), 0)

    def _run(self, index: _Index) -> tuple[int, int]:
        """Return the first and the last place, in the order on show, of the cells without a sum around this one."""
        header = self._table.horizontalHeader()
        first = last = header.visualIndex(index.column())
        while first > 0 and not self._holds_sum(index, first - 1):
            first -= 1
        while last < header.count() - 1 and not self._holds_sum(index, last + 1):
            last += 1
        return first, last

    def _holds_sum(self, index: _Index, place: int) -> bool:
        header = self._table.horizontalHeader()
        section = header.logicalIndex(place)
        return not header.isSectionHidden(section) and bool(index.sibling(index.row(), section).data())

    def _left(self, index: _Index) -> int:
        header = self._table.horizontalHeader()
        return header.sectionViewportPosition(header.logicalIndex(self._run(index)[0]))

    def _right(self, index: _Index) -> int:
        header = self._table.horizontalHeader()
        section = header.logicalIndex(self._run(index)[1])
        return header.sectionViewportPosition(section) + header.sectionSize(section)


class ListGroups(QObject):
    """What mouse and keys do with the headings of a list; made when a list is first grouped."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__(panel)
        self._table = panel.table
        self._model = panel.model
        self._delegate = HeadingDelegate(panel.table)
        self._drawn: set[int] = set()
        self._model.modelReset.connect(self._on_reset)
        self._model.rowsInserted.connect(self._on_rows_inserted)
        self._table.clicked.connect(self._on_clicked)
        self._table.installEventFilter(self)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold with Left, unfold with Right, either with Enter or Space; Left in a group goes to its heading."""
        if not self._model.request.group:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers() & _HELD:
            row = self._table.currentIndex().row()
            heading = self._model.heading_at(row)
            if heading is None:
                return event.key() == Qt.Key.Key_Left and self._go_to_heading(row)
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.fold(row, event.key() == Qt.Key.Key_Left)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self.fold(row, not heading.is_folded)
                return True
        return super().eventFilter(watched, event)

    # public

    def fold(self, row: int, is_folded: bool) -> None:
        """Fold the rows under a heading away or bring them back, keeping the bar on the heading."""
        place = self._table.verticalScrollBar().value()
        self._model.fold(row, is_folded)
        self._table.setCurrentIndex(self._model.index(row, max(self._table.currentIndex().column(), 0)))
        self._table.verticalScrollBar().setValue(place)

    # slots

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        heading = self._model.heading_at(index.row())
        if heading is not None:
            self.fold(index.row(), not heading.is_folded)

    @Slot()
    def _on_reset(self) -> None:
        for row in self._drawn:
            self._table.setItemDelegateForRow(row, None)  # type: ignore[arg-type]  # Qt takes none for no delegate
        self._drawn.clear()
        self._draw_from(0)

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, _last: int) -> None:
        self._draw_from(first)

    # private

    def _draw_from(self, first: int) -> None:
        if not self._model.request.group:
            return
        for row in range(first, self._model.rowCount()):
            if self._model.heading_at(row) is not None:
                self._table.setItemDelegateForRow(row, self._delegate)
                self._drawn.add(row)

    def _go_to_heading(self, row: int) -> bool:
        while row > 0 and self._model.heading_at(row) is None:
            row -= 1
        if self._model.heading_at(row) is None:
            return False
        self._table.setCurrentIndex(self._model.index(row, self._table.currentIndex().column()))
        return True

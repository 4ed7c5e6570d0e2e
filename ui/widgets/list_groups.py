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
_ALL = Qt.KeyboardModifier.ControlModifier
_HELD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


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
        else:
            self._draw_words(painter, option.rect, index)
        painter.restore()

    def _draw_words(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Draw the arrow and the words where they stand in the row; the cell's clip lets its own part through."""
        runs = self._runs(index)
        if not runs:
            return
        step, left = theme.step(self._table), runs[0][0]
        size = step * 2.2
        middle = QPointF(left + step * 2.5, rect.center().y() + 0.5)
        turned = bool(index.data(FOLDED_ROLE))
        corners = [(-0.4, -0.5), (0.5, 0.0), (-0.4, 0.5)] if turned else [(-0.5, -0.4), (0.5, -0.4), (0.0, 0.5)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([middle + QPointF(x * size, y * size) for x, y in corners]))
        metrics, words = painter.fontMetrics(), str(index.data(HEADING_ROLE))
        rooms = [(left + step * 5, runs[0][1]), *((start + step * 2, end) for start, end in runs[1:])]
        short = words.partition(": ")[2]
        said = (words, f"{short[:1].upper()}{short[1:]}")
        fitting = (
            (room, each)
            for room in (rooms[0], max(rooms, key=_width))
            for each in said
            if metrics.horizontalAdvance(each) <= _width(room) - step
        )
        (start, end), told = next(fitting, (max(rooms, key=_width), said[1]))
        room = QRect(start, rect.top(), end - start - step, rect.height())
        told = metrics.elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)

    def _runs(self, index: _Index) -> list[tuple[int, int]]:
        """Return from where to where, in pixels on show, cells without a sum stand side by side."""
        header = self._table.horizontalHeader()
        runs: list[tuple[int, int]] = []
        for place in range(header.count()):
            section = header.logicalIndex(place)
            if header.isSectionHidden(section) or index.sibling(index.row(), section).data():
                continue
            start = header.sectionViewportPosition(section)
            end = start + header.sectionSize(section)
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        seen = self._table.viewport().width()
        return [(start, min(end, seen)) for start, end in runs if start < seen]


def _width(room: tuple[int, int]) -> int:
    return room[1] - room[0]


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
        """Fold with Left, unfold with Right, all with Ctrl; Enter and Space do either; Left goes to the heading."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if not self._model.request.group or event.modifiers() & _HELD:
            return False
        key, row = event.key(), self._table.currentIndex().row()
        is_arrow = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if is_arrow and event.modifiers() & _ALL:
            self._model.fold_all(key == Qt.Key.Key_Left)
            return True
        heading = self._model.heading_at(row)
        if heading is None:
            return key == Qt.Key.Key_Left and self._go_to_heading(row)
        if is_arrow or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.fold(row, key == Qt.Key.Key_Left if is_arrow else not heading.is_folded)
            return True
        return False

    # public

    def fold(self, row: int, is_folded: bool) -> None:
        """Fold the rows under a heading away or bring them back, keeping the bar on the heading."""
        place = self._table.verticalScrollBar().value()
        before, row = row, self._model.fold(row, is_folded)
        self._table.setCurrentIndex(self._model.index(row, max(self._table.currentIndex().column(), 0)))
        self._table.verticalScrollBar().setValue(place + row - before)

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
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if last + 1 < self._model.rowCount():  # above others, which stand elsewhere now
            self._on_reset()
        else:
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

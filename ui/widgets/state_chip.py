"""Draws the state of a record in a list as a small chip with text, in the colour of its sign where it has one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme


class StateChipDelegate(QStyledItemDelegate):
    """For the one column of a list that holds the state."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's ground, then the chip."""
        text = str(index.data() or "")
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        shown.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        if not text:
            return
        colours, metrics = theme.colours(), shown.fontMetrics
        step = max(1.0, metrics.height() / 4.2)
        room = QRectF(shown.rect).adjusted(step, step * 0.75, -step, -step * 0.75)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width() - 2 * step))
        room.setWidth(min(room.width(), metrics.horizontalAdvance(text) + 3 * step))
        marked = index.data(Qt.ItemDataRole.ForegroundRole)
        is_selected = bool(shown.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.on_accent), 1) if is_selected else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if is_selected else QColor(colours.accent_soft))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        words = marked if isinstance(marked, QColor) else QColor(colours.text)
        painter.setPen(QColor(colours.on_accent) if is_selected else words)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

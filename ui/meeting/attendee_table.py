"""The table of attendees: states as chips, digits and Space that mark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QWidget

from kc_desktop.domain.meeting import ATTENDANCE_STATES, Attendee
from ui import theme
from ui.meeting.line_model import RECORD_ROLE, LineColumn
from ui.meeting.lines import LineDelegate, LineTable


class StateChip(LineDelegate):
    """Draws a state as a small chip: came in the accent, stayed away in amber, not known yet plain."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        record = index.data(RECORD_ROLE)
        if not isinstance(record, Attendee):
            super().paint(painter, option, index)
            return
        text = str(index.data() or "")
        self.paint_ground(painter, option, index)
        rect = option.rect
        step = theme.step(option.widget)
        chip = QRect(
            rect.left() + step // 2,
            rect.top() + step // 2,
            min(painter.fontMetrics().horizontalAdvance(text) + step * 4, rect.width() - step),
            painter.fontMetrics().height() + step,
        )
        ground, ink = _chip_colours(record.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, step, step)
        painter.setPen(QColor(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def _chip_colours(state: str) -> tuple[str, str]:
    colours = theme.colours()
    if state == "present":
        return colours.accent_soft, colours.accent if not colours.is_dark else colours.text
    if state in ("excused", "absent", "delegate"):
        return colours.base, colours.late
    return colours.base, colours.muted


class AttendeeTable(LineTable):
    """The attendees; digits mark them, Space says present or not."""

    stateWanted = Signal(str, bool)
    """Mark the selected ones; True goes on to the next row."""
    addWanted = Signal()
    """Ins: ask somebody else."""
    toggleWanted = Signal()
    """Present or not, for the selected ones."""

    def __init__(self, columns: Sequence[LineColumn], name: str, parent: QWidget | None = None) -> None:
        super().__init__(columns, name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._state_column = next(place for place, each in enumerate(columns) if each.name == "state")
        self.setItemDelegateForColumn(self._state_column, StateChip(self))

    def event(self, event: QEvent) -> bool:
        """Take the digits before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _state_of_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = _state_of_key(event)
        if self.is_editable and self.selected() and state:
            self.stateWanted.emit(state, True)
        elif self.is_editable and self.selected() and event.key() == Qt.Key.Key_Space:
            self.toggleWanted.emit()
        elif self.is_editable and event.key() == Qt.Key.Key_Insert:
            self.addWanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and self.is_editable and index.column() == self._state_column and index.data(RECORD_ROLE):
            self.open_state_menu(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def open_state_menu(self, place: QPoint) -> None:
        """Offer the six states for the selected ones."""
        menu = QMenu(self)
        for number, (code, label) in enumerate(ATTENDANCE_STATES, start=1):
            menu.addAction(f"&{number}  {label}", partial(self.stateWanted.emit, code, False))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)


def _state_of_key(event: QKeyEvent) -> str:
    """Return the state a digit stands for, "" for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    place = event.key() - Qt.Key.Key_1
    return ATTENDANCE_STATES[place][0] if 0 <= place < len(ATTENDANCE_STATES) else ""

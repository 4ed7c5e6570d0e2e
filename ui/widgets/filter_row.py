"""The row of filters between the headings of a list and its rows: one under each column, wherever the column goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from kc_desktop.domain.conditions import Condition
from kc_desktop.services import list_filters
from ui import theme
from ui.widgets.filter_editor import FilterEditor

if TYPE_CHECKING:
    from ui.widgets.list_panel import ListPanel

_ANY_HEIGHT = 16_777_215
"""Qt's own word for no limit."""


class FilterRow(QWidget):
    """Lies over the lower part of the headings, which make room for it; a child of the panel, so that Tab finds it."""

    changed = Signal()
    """Another condition holds, or something typed is wrong."""
    listWanted = Signal(object)
    """The editor whose choices are wanted."""

    def __init__(self, panel: ListPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._table = panel.table
        self._header = panel.table.horizontalHeader()
        self._editors: dict[str, FilterEditor] = {}
        self._hint = QLabel(self._table.viewport())
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._hint.hide()
        self.setAccessibleName("Hàng lọc")
        self._make_editors()
        for signal in (
            self._header.sectionResized,
            self._header.sectionMoved,
            self._header.geometriesChanged,
            self._table.horizontalScrollBar().valueChanged,
        ):
            signal.connect(self.place)
        panel.model.columnsInserted.connect(self._on_columns_changed)
        panel.model.columnsRemoved.connect(self._on_columns_changed)
        self._table.installEventFilter(self)
        self._header.installEventFilter(self)

    # public

    def editors(self) -> tuple[FilterEditor, ...]:
        """Return the editors of the columns on show, from left to right."""
        shown = [self._editors[key] for key in self._panel.columns.shown() if key in self._editors]
        return tuple(each for each in shown if each.isVisibleTo(self))

    def editor(self, key: str) -> FilterEditor | None:
        """Return the editor of a column; None for one that cannot be filtered."""
        return self._editors.get(key)

    def conditions(self) -> tuple[Condition, ...]:
        """Return what the editors say, in the order of the columns."""
        return tuple(each.condition for each in self._editors.values() if each.condition is not None)

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with what was typed."""
        return tuple(each.problem for each in self._editors.values() if each.problem)

    def show_conditions(self, conditions: tuple[Condition, ...], year: int | None) -> None:
        """Show conditions that came from elsewhere."""
        by_column = {each.column: each for each in conditions}
        for key, editor in self._editors.items():
            editor.show_condition(by_column.get(key), year)

    def say_empty(self, words: str) -> None:
        """Say in the middle of the rows why there are none; "" where there are some."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._hint.setGeometry(self._table.viewport().rect())

    def focus_first(self) -> None:
        """Begin to type in the first filter in sight."""
        for editor in self.editors():
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            editor.selectAll()
            return

    def set_shown(self, is_shown: bool) -> None:
        """Show or hide the row; the headings give back its room."""
        self.setVisible(is_shown)
        if is_shown:
            self.place()
            self.raise_()
        else:
            self._hint.hide()
            self._header.setViewportMargins(0, 0, 0, 0)
            self._header.setMinimumHeight(0)
            self._header.setMaximumHeight(_ANY_HEIGHT)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where the table goes; F1 in a filter opens the guide at what may be typed."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            if event.type() == QEvent.Type.KeyPress:
                from ui.dialogs.guide import show_over

                show_over(self.window(), "list-filters")
            event.accept()
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.place()
        elif event.type() == QEvent.Type.FocusIn and isinstance(watched, FilterEditor):
            self._bring_into_sight(watched)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks between the editors from what lies below."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of the headings and their line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().window))
        painter.setPen(QColor(theme.colours().line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    # slots

    @Slot()
    def place(self) -> None:
        """Lie under the headings, each editor under its own."""
        if self.isHidden() or not shiboken6.isValid(self._header):  # the headings may end before their filters
            return
        gap = max(1, theme.step(self) // 2)
        line = next(iter(self._editors.values()), None)
        height = (line.sizeHint().height() if line is not None else theme.row_height(self)) + 2 * gap
        whole = self._header.sizeHint().height() + height
        if self._header.minimumHeight() != whole:
            self._header.setFixedHeight(whole)
            self._header.setViewportMargins(0, 0, 0, height)
        corner = self._header.mapTo(self._panel, QPoint(0, whole - height))
        self.setGeometry(corner.x(), corner.y(), self._header.width(), height)
        for key, editor in self._editors.items():
            section = self._panel.model.section_of(key)
            is_hidden = section < 0 or self._header.isSectionHidden(section)
            editor.setVisible(not is_hidden)
            if not is_hidden:
                left, width = self._header.sectionViewportPosition(section), self._header.sectionSize(section)
                editor.setGeometry(left + gap, gap, max(width - 2 * gap, 1), height - 2 * gap - 1)
        if self._hint.isVisible():
            self._hint.setGeometry(self._table.viewport().rect())

    @Slot()
    def _on_columns_changed(self) -> None:
        self._make_editors()
        self.place()

    @Slot()
    def _on_list_wanted(self) -> None:
        editor = self.sender()
        if isinstance(editor, FilterEditor):
            self.listWanted.emit(editor)

    # private

    def _make_editors(self) -> None:
        model = self._panel.model
        columns = [model.column(section) for section in range(model.columnCount())]
        wanted = {each.key: each for each in columns if list_filters.may_filter(each)}
        for key in [each for each in self._editors if each not in wanted]:
            self._editors.pop(key).deleteLater()
        for key, column in wanted.items():
            if key not in self._editors:
                editor = self._editors[key] = FilterEditor(column, self)
                editor.changed.connect(self.changed)
                editor.listWanted.connect(self._on_list_wanted)
                editor.left.connect(self._panel.focus_rows)
                editor.installEventFilter(self)

    def _bring_into_sight(self, editor: FilterEditor) -> None:
        bar, area = self._table.horizontalScrollBar(), editor.geometry()
        if area.right() > self.width():
            bar.setValue(bar.value() + min(area.right() - self.width(), area.left()))
        elif area.left() < 0:
            bar.setValue(bar.value() + area.left())

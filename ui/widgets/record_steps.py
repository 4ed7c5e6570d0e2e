"""Trước, Sau: from the form to the record before or after it in the list, as the list is filtered and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from kc_desktop.domain.money import format_vnd
from ui.icons import icon

if TYPE_CHECKING:
    from ui.tabs.record_tab import RecordTab

_ONE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
PREVIOUS, NEXT = -1, 1


class RecordSteps(QWidget):
    """Two buttons and the place of the record on show among the rows of its list: "3/31"."""

    def __init__(self, tab: RecordTab) -> None:
        super().__init__(tab.form)
        self._tab = tab
        self.place = QLabel(self)
        self.place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.place.setAccessibleName("Thứ tự trong danh sách")
        self.previous, self.next = QToolButton(self), QToolButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button, name, words, keys in (
            (self.previous, "previous", "Trước", "Alt+Left"),
            (self.next, "next", "Sau", "Alt+Right"),
        ):
            button.setIcon(icon(name))
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(f"{words} (Alt+{'←' if name == 'previous' else '→'})")
            button.setAccessibleName(f"{words}: mục {'trước' if name == 'previous' else 'sau'} trong danh sách")
            shortcut = QShortcut(QKeySequence(keys), tab, button.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for widget in (self.previous, self.place, self.next):
            row.addWidget(widget)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        tab.panel.countChanged.connect(self.renew)
        tab.panel.currentChanged.connect(self.renew)
        tab.form.editingChanged.connect(self.renew)
        self.renew()

    @Slot()
    def renew(self) -> None:
        """Show the place of the record that is on show now."""
        at = self._place()
        self.setVisible(bool(at))
        total = max(self._tab.panel.total, at)
        self.place.setText(f"{format_vnd(at)}/{self._tab.panel.total_words(at_least=at)}")
        self.previous.setEnabled(at > 1)
        self.next.setEnabled(at < total)

    def _place(self) -> int:
        """Return which of the list's records is on show, from 1; 0 for one that is not among those read."""
        model, record = self._tab.panel.model, self._tab.form.record
        row = model.row_of(record.id) if record is not None and record.id else -1
        if row < 0:
            return 0
        above = 0
        if model.is_from_end:  # the last rows were gone to: those above them are not read
            if not self._tab.panel.is_total_known:
                return 0
            above = max(self._tab.panel.total - model.records_read(), 0)
        return above + sum(1 for each in range(row + 1) if model.id_at(each))  # headings of groups are none

    def step(self, by: int) -> None:
        """Go to the record before or after; the next page is read where those read so far end."""
        panel, record = self._tab.panel, self._tab.form.record
        model = panel.model
        row = model.row_of(record.id) if record is not None and record.id else -1
        if row < 0:
            return
        row += by
        while (row >= 0 or model.is_from_end) and not model.id_at(row):
            if row < 0:
                row += model.fetch_before()
            elif row >= model.rowCount():
                if not model.canFetchMore():
                    return
                model.fetchMore()
            else:
                row += by
        if row >= 0:
            bar = panel.table.selectionModel()
            place = model.index(row, max(bar.currentIndex().column(), 0))
            bar.setCurrentIndex(place, _ONE_ROW)
            panel.table.scrollTo(place)
        self.renew()

    @Slot()
    def _on_previous_clicked(self) -> None:
        self.step(PREVIOUS)

    @Slot()
    def _on_next_clicked(self) -> None:
        self.step(NEXT)

"""The columns of a list: which stand where, how wide, what they are sorted by; remembered on this PC."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from ui.view_state import ViewState
from ui.widgets.column_fit import fit

if TYPE_CHECKING:
    from ui.widgets.list_panel import ListPanel


class ListColumns(QObject):
    """The columns of the table of a list panel; fitted to the room until the user has chosen widths."""

    def __init__(self, panel: ListPanel, state: ViewState) -> None:
        super().__init__(panel)
        self._panel = panel
        self._state = state
        self._table = panel.table
        self._model = panel.model
        self._header = panel.table.horizontalHeader()
        self._has_own_widths = False
        self._is_fitting = False
        self._header.sortIndicatorChanged.connect(self._on_sort_changed)
        self._header.customContextMenuRequested.connect(self._on_header_menu)
        self._header.sectionResized.connect(self._on_section_resized)
        self._table.viewport().installEventFilter(self)

    # public

    def shown(self) -> tuple[str, ...]:
        """Return the keys of the columns on show, in the order they stand in."""
        sections = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return tuple(self._model.column(each).key for each in sections if not self._header.isSectionHidden(each))

    def show_column(self, section: int, is_shown: bool) -> None:
        """Show or hide a column; the last one on show stays."""
        if is_shown or self._header.hiddenSectionCount() < self._model.columnCount() - 1:
            self._header.setSectionHidden(section, not is_shown)
            self.fit()

    def fit(self) -> None:
        """Fit the columns to the room, until the user has chosen widths."""
        if self._has_own_widths or self._is_fitting or not self._panel.isVisible():
            return
        self._is_fitting = True
        fit(self._table, self._model)
        self._is_fitting = False

    def restore(self) -> None:
        """Put the columns as they were kept on this PC; where the list has other columns now, as they are at first."""
        key = f"lists/{self._model.spec.key}"
        if self._state.text(f"{key}/keys") == self._keys() and self._header.restoreState(
            self._state.blob(f"{key}/header")
        ):
            self._model.sort(self._header.sortIndicatorSection(), self._header.sortIndicatorOrder())
            self._has_own_widths = self._state.flag(f"{key}/own-widths")
        else:
            self.reset()
        self._table.setSortingEnabled(False)

    def remember(self) -> None:
        """Keep the columns on this PC."""
        key = f"lists/{self._model.spec.key}"
        self._state.put(f"{key}/keys", self._keys())
        self._state.put(f"{key}/own-widths", self._has_own_widths)
        self._state.put(f"{key}/header", self._header.saveState())

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns when the room changes."""
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    # slots

    @Slot()
    def reset(self) -> None:
        """Put every column where it stands at first, sorted as at first."""
        for section in range(self._model.columnCount()):
            self._header.moveSection(self._header.visualIndex(section), section)
            self._header.setSectionHidden(section, False)
        self._has_own_widths = False
        self.fit()
        spec = self._model.spec
        order = Qt.SortOrder.DescendingOrder if spec.default_descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(self._model.section_of(spec.default_sort), order)

    @Slot(int, Qt.SortOrder)
    def _on_sort_changed(self, section: int, order: Qt.SortOrder) -> None:
        self._model.sort(section, order)

    @Slot(int, int, int)
    def _on_section_resized(self, _section: int, _before: int, _after: int) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton and not self._is_fitting:
            self._has_own_widths = True

    @Slot(QPoint)
    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self._panel)
        menu.setTitle("Cột")
        for section in range(self._model.columnCount()):
            action = menu.addAction(self._model.column(section).label)
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(section))
            action.toggled.connect(partial(self.show_column, section))
        menu.addSeparator()
        menu.addAction("Về các cột ban đầu", self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._header.mapToGlobal(place))

    # private

    def _keys(self) -> str:
        return ",".join(column.key for column in self._model.spec.columns)

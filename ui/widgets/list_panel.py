"""A working list: search as you type, sort by any column, columns remembered, filters as removable chips."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.models.record_list import RecordListModel
from ui.view_state import ViewState
from ui.widgets.button_row import ButtonRow
from ui.widgets.list_columns import ListColumns, list_table
from ui.widgets.suggestions import ComposingLine

if TYPE_CHECKING:
    from kc_desktop.domain.conditions import Condition
    from ui.widgets.list_empty import EmptyState
    from ui.widgets.list_filters import ListFilters
    from ui.widgets.list_selection import ListSelection

_ONE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows

_COUNTED = 10_000
"""So many rows that fit a search are counted while the window waits."""

_COUNTED_AFTER_MS = 150
_BAR_RESTS_MS = 120


class ListPanel(QWidget):
    """One list of `services.lists`, with its search box, chips, table and empty state."""

    currentChanged = Signal(int)
    """The id of the record under the bar, 0 for none; only when the user or a request moves it."""
    opened = Signal(int)
    """Enter or a double click on a row."""
    newWanted = Signal()
    """The button of the empty state."""
    stepWanted = Signal(str)
    """The button of an empty list whose rows are added elsewhere: the target of its `services.list_steps` step."""
    countChanged = Signal(str)
    """How many rows there are, in words; of several that are chosen, what they come to."""
    changed = Signal(object)
    """The data file was changed from here: the tables."""
    told = Signal(str)
    """Words for the status bar."""
    deedWanted = Signal(str)
    """What a key or the rows' menu asks for the rows chosen: a key of `ui.tabs.bulk_deeds`."""

    def __init__(self, workspace: Workspace, state: ViewState, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RecordListModel(workspace, key, self)
        self._workspace = workspace
        self._year: int | None = None
        self._standing: tuple[tuple[str, object], ...] = ()
        self._current_id = 0
        self._is_restoring = False
        self._state = state
        self._selection: ListSelection | None = None
        self._filters: ListFilters | None = None
        self._empty_state: EmptyState | None = None
        self.total = 0
        """How many rows there were when they were last counted."""
        self.is_total_known = True
        """Whether they were counted to the last."""
        self._count_timer = QTimer(self, singleShot=True, interval=_COUNTED_AFTER_MS)
        self._bar_timer = QTimer(self, singleShot=True, interval=_BAR_RESTS_MS)
        self._build_ui()
        self._connect_signals()
        self.columns = ListColumns(self, state)
        self.columns.restore()

    def _build_ui(self) -> None:
        step = theme.step(self)
        spec = self.model.spec
        self.search = ComposingLine(self)
        self.search.setPlaceholderText(f"Tìm {spec.singular} (Ctrl+F)")
        self.search.setAccessibleName(f"Tìm {spec.singular}")
        self.search.become_search_box()
        self.table = list_table(self, self.model)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._head = QHBoxLayout()
        self._head.setSpacing(step * 2)
        self._head.addWidget(self.search, 1)
        self._head_buttons = ButtonRow(self, spacing=step * 2)
        self._head.addWidget(self._head_buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step * 2)
        column.addLayout(self._head)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.table)

    def _connect_signals(self) -> None:
        self.search.textNow.connect(self._on_search_text)
        self.search.textChanged.connect(self._on_search_text)
        self.search.installEventFilter(self)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.activated.connect(self._on_table_activated)
        self.table.customContextMenuRequested.connect(self._on_rows_menu)
        self.model.modelReset.connect(self._restore_selection)
        self.model.arrived.connect(self._on_arrived)
        self._count_timer.timeout.connect(self._on_count_due)
        self._bar_timer.timeout.connect(self._on_bar_rests)

    # public

    def add_to_head(self, widget: QWidget, at: int = -1) -> None:
        """Put a widget to the right of the search box, behind what stands there or at a place of its own."""
        if at < 0 and isinstance(widget, QAbstractButton):
            self._head_buttons.add(widget)
        else:
            self._head.insertWidget(at, widget)

    def year(self) -> int | None:
        """Return the year whose rows are shown, None for all."""
        return self._year

    def set_year(self, year: int) -> None:
        """Show the rows of a year, all years for 0."""
        self._year = year or None
        self._ask(self.model.request)
        if self._filters is not None:
            self._filters.show(self.model.request)
        self.columns.fit()

    def show_request(self, request: ListRequest) -> None:
        """Show the rows of a request; each filter stands as a removable chip under the search box."""
        self._year = request.year
        self.search.blockSignals(True)
        self.search.setText(request.search)
        self.search.blockSignals(False)
        if self._filters is not None or request.conditions or self.chosen_filters(request):
            self.filters.show(request)
        self._ask(request)
        self.columns.fit()

    def narrow(self, conditions: tuple[Condition, ...]) -> None:
        """Hold columns against other conditions, all else as it is."""
        self._ask(dataclasses.replace(self.model.request, conditions=conditions), may_wait=True)
        self.filters.show(self.model.request)

    def show_wider(self, request: ListRequest, *, focus: bool = True) -> None:
        """Show a request's rows, and the first of them where no record was on show."""
        self.show_request(request)
        if self.model.row_of(self._current_id) < 0 and self.select_first():
            self.currentChanged.emit(self._current_id)
        if focus:
            self.focus_rows()

    def chosen_filters(self, request: ListRequest) -> tuple[tuple[str, object], ...]:
        """Return the filters of a request without the standing ones."""
        return tuple(each for each in request.filters if each not in self._standing)

    def set_standing_filters(self, filters: tuple[tuple[str, object], ...]) -> None:
        """Keep to these filters whatever is asked; they stand as no chip."""
        request = self.model.request
        kept = self.chosen_filters(request)
        self._standing = filters
        self._ask(dataclasses.replace(request, filters=kept))

    def refresh(self) -> None:
        """Read the rows on show again, keeping the bar on its record."""
        self.model.refresh()
        self._after_reading()
        self.columns.fit()

    @property
    def filters(self) -> ListFilters:
        """The filter row, chips and saved views, made once the list stands or something asks for them."""
        return self._filters or self._make_filters()

    def total_words(self, *, at_least: int = 0) -> str:
        """Return how many rows there are, in figures: "1.204", "hơn 10.000"."""
        number = max(self.total if self.is_total_known else _COUNTED, at_least)
        return ("" if self.is_total_known else "hơn ") + f"{number:,}".replace(",", ".")

    def leave_view(self) -> None:
        """Go back from a saved view to all rows; those that are to be shown follow at once."""
        if self._filters is not None:
            self._filters.views.close()

    def refresh_views(self) -> None:
        """Read the saved views again."""
        if self._filters is not None:
            self._filters.views.refresh()

    @property
    def selection(self) -> ListSelection:
        """The rows chosen, made once the list stands or something asks for them."""
        return self._selection or self._make_selection()

    def has_several(self) -> bool:
        """Whether more than one row is chosen."""
        return self._selection is not None and self._selection.is_several()

    def current_id(self) -> int:
        """Return the id under the bar, 0 for none."""
        return self._current_id

    def select(self, record_id: int) -> None:
        """Put the bar on a record without telling; one that is not among the rows takes the bar away."""
        self._current_id = record_id
        self._restore_selection()

    def select_first(self) -> int:
        """Put the bar on the first row and return its id, 0 for an empty list."""
        self.select(self.model.first_id())
        return self._current_id

    def focus_rows(self) -> None:
        """Put the cursor into the rows, or where the first step of an empty list is."""
        target: QWidget = self.table
        if self._stack.currentWidget() is not self.table:
            target = self._empty.button if self._empty.button.isVisibleTo(self) else self.search
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def shown_columns(self) -> tuple[str, ...]:
        """Return the keys of the columns on show, in the order they stand in."""
        return self.columns.shown()

    def remember(self) -> None:
        """Keep the columns, those of no saved view; whatever is still added up stops."""
        self.model.stop()
        if self._selection is not None:
            self._selection.stop()
        if self._filters is not None:
            self._filters.views.leave()
        self.columns.remember()

    # overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Say how many rows there are whenever the list comes to the front."""
        super().showEvent(event)
        self._count_timer.start()
        self.columns.fit()
        if self._selection is None or self._filters is None:
            QTimer.singleShot(theme.AFTER_PAINT_MS, self, self._on_painted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search box into the rows with Down or Enter; Esc clears the search."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                if not self.table.selectionModel().hasSelection():
                    self.table.selectRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    # slots

    @Slot(str)
    def _on_search_text(self, text: str) -> None:
        if text.strip() != self.model.request.search:
            self._ask(dataclasses.replace(self.model.request, search=text.strip()), may_wait=True)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._is_restoring:
            return
        rows = self.table.selectionModel().selectedRows()
        if len(rows) == 1:
            self._show_row(rows[0].row())

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        """Follow the bar; while it draws over several rows, none is read but the one it comes to rest on."""
        if not self._is_restoring:
            self._bar_timer.start()

    @Slot()
    def _on_bar_rests(self) -> None:
        row, chosen = self.table.currentIndex().row(), self.table.selectionModel()
        is_chosen = chosen.isRowSelected(row) or not chosen.hasSelection()  # Ctrl with an arrow chooses none
        if self.isVisible() and is_chosen:
            self._show_row(row)

    @Slot()
    def _on_painted(self) -> None:
        if not self.isVisible():  # gone again, perhaps with its file
            return
        if self._selection is None:
            self._make_selection()
        if self._filters is None:
            self._make_filters()

    @Slot(QModelIndex)
    def _on_table_activated(self, index: QModelIndex) -> None:
        if self.model.id_at(index.row()):  # not the heading of a group
            self.opened.emit(self.model.id_at(index.row()))

    @Slot(QPoint)
    def _on_rows_menu(self, place: QPoint) -> None:
        from ui.selection_menu import fill_with_whole

        menu = QMenu(self)
        fill_with_whole(menu, self)
        menu.addSeparator()
        under = self.table.indexAt(place)
        self.columns.fill_menu(menu, self.model.column(under.column()) if under.isValid() else None)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot()
    def _on_empty_button(self) -> None:
        if self._is_narrowed():
            self.show_wider(ListRequest(year=self._year))
        elif self._empty.target:
            self.stepWanted.emit(self._empty.target)
        else:
            self.newWanted.emit()

    @Slot()
    def _on_count_due(self) -> None:
        if not self.isVisible():
            return
        if self.has_several():
            self.countChanged.emit(self.selection.words())
            return
        request = self.model.request
        is_looked_for = bool(request.search or request.conditions)  # else SQLite counts an index, however long
        self.total = self.model.count(at_most=_COUNTED + 1 if is_looked_for else None)
        self.is_total_known = not is_looked_for or self.total <= _COUNTED
        self.countChanged.emit(f"{self.total_words()} {self.model.spec.singular}")

    # private

    def _ask(self, request: ListRequest, *, may_wait: bool = False) -> None:
        filters = (*self.chosen_filters(request), *self._standing)
        year = self._year if self.model.spec.by_year else None
        self.model.show_request(dataclasses.replace(request, year=year, filters=filters), may_wait=may_wait)
        if not self.model.is_waiting():
            self._on_arrived()

    @Slot()
    def _on_arrived(self) -> None:
        """Show the rows of a request from the first on."""
        self.table.scrollToTop()
        self._restore_selection()
        self._after_reading()

    def _after_reading(self) -> None:
        self.show_emptiness()
        self._count_timer.start()

    def show_emptiness(self) -> None:
        """Say why there are no rows: in their place, or among them while the filters stand over them."""
        is_empty = self.model.rowCount() == 0
        if is_empty:
            self._empty.explain(
                self.model.spec, self.model.request.search, self._is_narrowed(), not self._workspace.is_read_only
            )
        is_among = is_empty and self._is_narrowed() and self._filters is not None and self._filters.is_row_shown()
        is_table = is_among or not is_empty
        if self._filters is not None:
            self._filters.stand_over(is_table, self._empty.words() if is_among else "")
        has_keys = self._empty_state is not None and self.window().focusWidget() is self._empty_state.button
        self._stack.setCurrentWidget(self.table if is_table else self._empty)
        if has_keys and is_table:  # the first row came by a dialog: else the years would take the arrows
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFocusProxy(self.table if is_table else self.search)  # a hidden one would stop Tab for good

    @property
    def _empty(self) -> EmptyState:
        """What stands in the place of rows, made once there are none."""
        if self._empty_state is None:
            from ui.widgets.list_empty import EmptyState

            self._empty_state = EmptyState(self)
            self._empty_state.button.clicked.connect(self._on_empty_button)
            self._stack.addWidget(self._empty_state)
        return self._empty_state

    def _is_narrowed(self) -> bool:
        request = self.model.request
        return bool(request.search or request.conditions or self.chosen_filters(request))

    def _make_filters(self) -> ListFilters:
        from ui.widgets.list_filters import ListFilters

        self._filters = ListFilters(self, self._workspace, self._state)
        return self._filters

    def _make_selection(self) -> ListSelection:
        from ui.widgets.list_ends import ListEnds
        from ui.widgets.list_selection import ListSelection

        ListEnds(self)
        self._selection = ListSelection(self, self._workspace)
        self._selection.changed.connect(self._count_timer.start)
        return self._selection

    def _show_row(self, row: int) -> None:
        record_id = self.model.id_at(row)
        if record_id and record_id != self._current_id:
            self._current_id = record_id
            self.currentChanged.emit(record_id)

    @Slot()
    def _restore_selection(self) -> None:
        """Put the bar where it belongs; several rows that are chosen stay so while it stands among them."""
        row = self.model.row_of(self._current_id) if self._current_id else -1
        self._bar_timer.stop()
        self._is_restoring = True
        bar = self.table.selectionModel()
        if row >= 0 and (bar.currentIndex().row() != row or not bar.isRowSelected(row, QModelIndex())):
            place = self.model.index(row, max(bar.currentIndex().column(), 0))
            bar.setCurrentIndex(place, _ONE_ROW)  # not the view's own: it would look at the keys held down
            self.table.scrollTo(place)
        elif row < 0:
            self.table.clearSelection()
        self._is_restoring = False

"""The columns of a list: which stand where, how wide, sorted and grouped by what; remembered on this PC.

What is remembered names columns, so it holds in later versions, which may have others. Nothing is kept of a list that
stands as it does at first.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QToolButton, QWidget

from ui import theme
from ui.models.record_list import RecordListModel
from ui.view_state import ViewState
from ui.widgets.column_fit import MEASURED_ROWS, fit
from ui.widgets.state_chip import StateChipDelegate

if TYPE_CHECKING:
    from kc_desktop.services.lists import Column
    from ui.dialogs.columns import Choice
    from ui.widgets.list_groups import ListGroups
    from ui.widgets.list_panel import ListPanel

CHOOSE_KEY = "Ctrl+Shift+G"
_ROOMY = 100
"""Steps of spacing; a list that is narrower has a head too short for one more button."""


def list_table(panel: QWidget, model: RecordListModel) -> QTableView:
    """Return the table of a list: rows are chosen whole, columns moved, sorted and hidden by their headings."""
    table = QTableView(panel)
    theme.flatten(table)
    table.setModel(model)
    table.setAccessibleName(model.spec.title)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of one kind often differ in their last words
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(theme.row_height(panel))
    header = table.horizontalHeader()
    header.setSectionsMovable(True)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.setSortIndicatorShown(True)
    header.setSectionsClickable(True)
    header.setResizeContentsPrecision(0)
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.setFrameShape(QFrame.Shape.NoFrame)
    state_column = model.section_of("state")
    if state_column >= 0:
        table.setItemDelegateForColumn(state_column, StateChipDelegate(table))
    return table


class ListColumns(QObject):
    """The columns of the table of a list panel; fitted to the room until the user has chosen widths."""

    def __init__(self, panel: ListPanel, state: ViewState) -> None:
        super().__init__(panel)
        self._panel = panel
        self._state = state
        self._table = panel.table
        self._model = panel.model
        self._header = panel.table.horizontalHeader()
        self._first = tuple(each.key for each in self._model.spec.columns)
        self._groups: ListGroups | None = None
        self._has_button = False
        self._button: QToolButton | None = None
        self._has_own_widths = False
        self._is_fitting = False
        self._fitted_rows = 0
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.timeout.connect(self.fit)
        self._model.modelReset.connect(self._on_rows_arrived)
        self._model.rowsInserted.connect(self._on_rows_arrived)
        self._header.sortIndicatorChanged.connect(self._on_sort_changed)
        self._header.customContextMenuRequested.connect(self._on_header_menu)
        self._header.sectionResized.connect(self._on_section_resized)
        self._table.viewport().installEventFilter(self)
        shortcut = QShortcut(QKeySequence(CHOOSE_KEY), panel, self.choose)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

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

    def arrange(self, keys: tuple[str, ...]) -> None:
        """Show these columns in this order and no others, the list's own or not; those of no list are left out."""
        own = {each.key for each in self._model.spec.columns}
        self._model.show_columns(tuple(each for each in keys if each not in own))
        places = [section for section in map(self._model.section_of, keys) if section >= 0]
        if not places:
            return
        for place, section in enumerate(places):
            self._header.moveSection(self._header.visualIndex(section), place)
        for section in range(self._model.columnCount()):
            self._header.setSectionHidden(section, section not in places)
        self.fit()

    def widths(self) -> tuple[int, ...]:
        """Return how wide the columns on show are, in tenths of a figure's width; () where they are fitted."""
        if not self._has_own_widths:
            return ()
        figure = self._table.fontMetrics().horizontalAdvance("0")
        sizes = (self._header.sectionSize(self._model.section_of(each)) for each in self.shown())
        return tuple(round(each * 10 / figure) for each in sizes)

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Draw the columns on show so wide, as `widths` tells them; fit them for ()."""
        shown = self.shown()
        self._has_own_widths = bool(widths) and len(widths) == len(shown)
        if not self._has_own_widths:
            self.fit()
            return
        figure = self._table.fontMetrics().horizontalAdvance("0")
        for key, width in zip(shown, widths, strict=True):
            self._header.resizeSection(self._model.section_of(key), round(width * figure / 10))

    def begin_with(self, keys: tuple[str, ...]) -> None:
        """Let these be the columns the list stands with at first, where the form or the room asks for fewer."""
        self._first = keys
        if not self._state.text(f"lists/{self._model.spec.key}/columns"):
            self.arrange(keys)

    def sort_by(self, key: str, descending: bool) -> None:
        """Sort by a column and say so in its heading; one that is not there changes nothing."""
        section = self._model.section_of(key)
        if section >= 0:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(section, order)

    def group_by(self, key: str) -> None:
        """Let rows with one value in a column stand together under a heading; "" for no groups."""
        if key and self._model.section_of(key) < 0:
            return
        if key and self._groups is None:
            from ui.widgets.list_groups import ListGroups

            self._groups = ListGroups(self._panel)
        self._model.group_by(key)

    @Slot()
    def fit(self) -> None:
        """Fit the columns to the room, until the user has chosen widths."""
        if not self._panel.isVisible():
            return
        if not self._has_button:
            self._has_button = True
            QTimer.singleShot(theme.AFTER_PAINT_MS, self, self._make_button)
        self._show_button()
        if self._has_own_widths or self._is_fitting:
            return
        self._is_fitting = True
        self._fitted_rows = min(self._model.rowCount(), MEASURED_ROWS)
        fit(self._table, self._model)
        self._is_fitting = False

    def restore(self) -> None:
        """Put the columns as they were kept on this PC, else as they are at first."""
        key = f"lists/{self._model.spec.key}"
        kept = self._state.text(f"{key}/columns")
        if kept:
            self._put_back(kept, self._state.text(f"{key}/known").split(","))
            sort = self._state.text(f"{key}/sort")
            self.sort_by(sort.lstrip("-"), sort.startswith("-"))
            self.group_by(self._state.text(f"{key}/group"))
        else:
            self.reset()
        self._table.setSortingEnabled(False)

    def remember(self) -> None:
        """Keep the columns on this PC."""
        key = f"lists/{self._model.spec.key}"
        request = self._model.request
        sizes = (f"{each}:{self._header.sectionSize(self._model.section_of(each))}" for each in self.shown())
        kept: dict[str, str | bool] = {
            "columns": "" if self._is_as_at_first() else ",".join(sizes),
            "known": ",".join(each.key for each in self._model.spec.columns),
            "sort": f"{'-' if request.descending else ''}{request.sort}",
            "group": request.group,
            "own-widths": self._has_own_widths,
        }
        if kept["columns"] or self._state.text(f"{key}/columns"):
            for name, value in kept.items():
                self._state.put(f"{key}/{name}", value)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the columns when the room changes; a filter that finds nothing leaves them as they are."""
        if event.type() == QEvent.Type.Resize and self._model.rowCount():
            self.fit()
        return super().eventFilter(watched, event)

    # slots

    @Slot()
    def reset(self) -> None:
        """Put every column where it stands at first, sorted as at first, in no groups."""
        self.group_by("")
        self._has_own_widths = False
        self.arrange(self._first)
        self.sort_by(self._model.spec.default_sort, self._model.spec.default_descending)

    @Slot()
    def choose(self) -> None:
        """Open the dialog in which columns, their order, sorting and grouping are chosen."""
        from ui.dialogs.columns import Choice, ColumnsDialog

        request = self._model.request
        now = Choice(columns=self.shown(), sort=request.sort, is_descending=request.descending, group=request.group)
        dialog = ColumnsDialog(self._model.spec.key, now, self._panel, first=self._first)
        dialog.acted.connect(self._on_chosen)
        dialog.open()

    @Slot(object)
    def _on_chosen(self, choice: Choice) -> None:
        first = self._header.logicalIndex(0)
        if choice.columns != self.shown():
            self._has_own_widths = False
        self.arrange(choice.columns)
        self.sort_by(choice.sort, choice.is_descending)
        self.group_by(choice.group)
        if self._header.logicalIndex(0) != first:
            self._table.scrollTo(self._table.currentIndex())
        self._panel.focus_rows()

    @Slot()
    def _on_rows_arrived(self) -> None:
        """Fit the columns to rows that were not there to be measured; while a search narrows them nothing moves."""
        if min(self._model.rowCount(), MEASURED_ROWS) > self._fitted_rows:
            self._fit_timer.start()

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
        section = self._header.logicalIndexAt(place)
        self.fill_menu(menu, self._model.column(section) if section >= 0 else None)
        menu.addAction("Về các cột ban đầu", self.reset)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._header.mapToGlobal(place))

    def fill_menu(self, menu: QMenu, column: Column | None) -> None:
        """Add what can be done with groups and columns; `column` is the one the menu was asked for in."""
        from kc_desktop.services.list_groups import can_group_by

        if column is not None and can_group_by(column) and column.key != self._model.request.group:
            menu.addAction(f"Nhóm theo cột {column.label}", partial(self.group_by, column.key))
        if self._model.request.group:
            menu.addAction("Gập mọi nhóm\tCtrl+←", partial(self._model.fold_all, True))
            menu.addAction("Mở mọi nhóm\tCtrl+→", partial(self._model.fold_all, False))
            menu.addAction("Bỏ nhóm", partial(self.group_by, ""))
        menu.addAction(f"Cột, nhóm…\t{CHOOSE_KEY}", self.choose)

    @Slot()
    def _make_button(self) -> None:
        """Put the button of the dialog at the end of the list's head, once the list has been painted."""
        from ui.icons import icon

        button = QToolButton(self._panel)
        button.setIcon(icon("columns"))
        button.setAutoRaise(True)
        button.setAccessibleName("Chọn cột, nhóm")
        button.setToolTip(f"Chọn cột, sắp xếp, nhóm ({CHOOSE_KEY})")
        button.clicked.connect(self.choose)
        self._panel.add_to_head(button)
        self._button = button
        self._show_button()

    # private

    def _show_button(self) -> None:
        """Leave the button out where the search would be left without room: key and menus do the same."""
        if self._button is not None:
            self._button.setVisible(self._panel.width() >= theme.step(self._panel, _ROOMY))

    def _put_back(self, kept: str, known: list[str]) -> None:
        """Show the columns kept; one of the list's own that is new since then stands behind the one before it."""
        pairs = [each.partition(":") for each in kept.split(",")]
        widths = {name: int(width) for name, _, width in pairs if width.isdecimal()}
        names = [name for name, _, _ in pairs]
        before = ""
        for column in self._model.spec.columns:
            if column.key not in known and column.key not in names:
                names.insert(names.index(before) + 1 if before in names else len(names), column.key)
            before = column.key
        self._has_own_widths = self._state.flag(f"lists/{self._model.spec.key}/own-widths")
        self.arrange(tuple(names))
        for name, width in widths.items():
            section = self._model.section_of(name)
            if section >= 0 and width > 0:
                self._header.resizeSection(section, width)

    def _is_as_at_first(self) -> bool:
        spec, request = self._model.spec, self._model.request
        is_ordered = (request.sort, request.descending, request.group) == (
            spec.default_sort,
            spec.default_descending,
            "",
        )
        return is_ordered and not self._has_own_widths and self.shown() == self._first

"""A table of what is counted beside the form of the record behind a cell; the plain list is one button away."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.figure_table import FigureTable
from ui.widgets.switch import Switch

FIGURES, ROWS = "figures", "rows"


class OpeningTable(FigureTable):
    """A table of figures whose cells are opened with Enter or a double click."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open with a double click."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()


class FiguresTab(RecordTab):
    """Figures of a year at the left, the record behind the cell at the right."""

    figures_title = ""
    """What the button that shows the figures says."""
    told_by: frozenset[str] = frozenset()
    """Tables whose change may change the figures."""

    def __init__(self, workspace: Workspace, state: ViewState, key: str, parent: QWidget | None = None) -> None:
        self._is_filling = False
        super().__init__(workspace, state, key, parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        step = theme.step(self)
        self.view = Switch(((FIGURES, self.figures_title), (ROWS, "Danh sách")), self)
        self.figures = self.make_table()
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setMargin(step * 6)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.page = QWidget(self)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        self.strip = QHBoxLayout()
        self.strip.setSpacing(step * 2)
        column.addLayout(self.strip)
        column.addWidget(self.figures, 1)
        column.addWidget(self.empty, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(step * 2)
        column.addLayout(self.foot)
        left = QWidget(self)
        outer = QVBoxLayout(left)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(step)
        outer.addWidget(self.view)
        self.stack = QStackedWidget(left)
        self.splitter.replaceWidget(0, left)
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.panel)
        outer.addWidget(self.stack, 1)
        left.setMinimumWidth(step * 60)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        if self.state.blob(f"tabs/{self.key}/splitter").isEmpty():
            self.splitter.setSizes([830, 510])
        else:
            self.splitter.restoreState(self.state.blob(f"tabs/{self.key}/splitter"))
        kept = self.state.text(f"tabs/{self.key}/view")
        self.view.set_current(kept if kept in (FIGURES, ROWS) else FIGURES)
        self._show_view()

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.panel.countChanged.disconnect(self.countChanged)
        self.panel.countChanged.connect(self._on_list_counted)
        self.view.chosen.connect(self._on_view_chosen)
        self.figures.opened.connect(self._on_figure_opened)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.figures, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.figures.selectionModel().currentChanged.connect(self._on_figure_changed)

    # for subclasses

    def make_table(self) -> OpeningTable:
        """Make the table of figures."""
        return OpeningTable(self.figures_title, self)

    def fill(self) -> None:
        """Read the figures of the year and show them."""

    def record_behind(self) -> Any:
        """Return the record behind the cell under the cursor, with id 0 where it is not kept yet; None for none."""
        return None

    def count_words(self) -> str:
        """Say how much the figures are of, for the status bar."""
        return ""

    def start(self, record: Any) -> None:
        """Begin the record of a cell that has none yet."""
        self.form.start_new(record)
        self.verbsChanged.emit()

    def show_figures(self, text: str) -> None:
        """Show the table, or a sentence in its place."""
        self.figures.setVisible(not text)
        self.empty.setVisible(bool(text))
        self.empty.setText(text)

    # --- what the window asks

    @property
    def shows_figures(self) -> bool:
        """Whether the figures are in front, not the list."""
        return self.view.current() == FIGURES

    @property
    def year(self) -> int:
        """The year on show, 0 for all."""
        return self._year

    def today(self) -> date:
        """Return the day everything is counted on."""
        return date.today()

    def set_year(self, year: int) -> None:
        """Show a year."""
        self._year = year
        self._fill()
        super().set_year(year)

    def refresh(self, tables: frozenset[str]) -> None:
        """Count again what may have changed."""
        if not tables or self.concerns(tables):
            self._fill()
        super().refresh(tables)

    def concerns(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables may show here."""
        return bool(tables & self.told_by) or super().concerns(tables)

    def reload(self) -> None:
        """Read everything again."""
        self._fill()
        super().reload()

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request in the list; where all of a year is asked for, the figures."""
        if key != self.key or not self._may_leave_record():
            return
        if request.filters or request.conditions or request.search:
            self.show_view(ROWS)
            super().open_request(key, request)
        else:
            self.show_view(FIGURES)
            self._show_something()
            self.focus_list()

    def open_record(self, key: str, record_id: int) -> None:
        """Show one record in the list."""
        if key == self.key and self._may_leave_record():
            self.show_view(ROWS)
            super().open_record(key, record_id)

    def show_view(self, view: str) -> None:
        """Bring the figures or the list to the front."""
        self.view.set_current(view)
        self._show_view()

    def remove(self) -> None:
        """Delete the record on show; the cell it was behind stays under the cursor."""
        super().remove()
        if self.shows_figures:
            self._fill()
            self._show_something()

    def focus_list(self) -> None:
        """Put the cursor into the figures, the rows, or back into the form while it is being edited."""
        if self.shows_figures and not self.form.is_editing():
            self.figures.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_list()

    def focus_search(self) -> None:
        """Look for something in the list."""
        self.show_view(ROWS)
        super().focus_search()

    def remember(self) -> None:
        """Keep which of the two is in front."""
        super().remember()
        self.state.put(f"tabs/{self.key}/view", self.view.current())

    # --- overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Say how much is on show."""
        super().showEvent(event)
        self._tell_count()

    # --- slots

    @Slot(str)
    def _on_list_counted(self, words: str) -> None:
        if not self.shows_figures:
            self.countChanged.emit(words)

    @Slot(str)
    def _on_view_chosen(self, _view: str) -> None:
        if self._may_leave_record():
            self._show_view()
            self._show_something()
        else:
            self.view.set_current(FIGURES if self.stack.currentWidget() is self.page else ROWS)

    @Slot()
    def _on_figure_opened(self) -> None:
        record = self.record_behind()
        if record is None or not self._may_leave_record():
            return
        if record.id:
            self.form.focus_first()
        else:
            self.start(record)

    @Slot(QModelIndex, QModelIndex)
    def _on_figure_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_filling and self.shows_figures and self._may_leave_record():
            self._show_something()

    @Slot(object)
    def _on_form_saved(self, record: Any) -> None:
        super()._on_form_saved(record)
        self._fill()

    @Slot(bool)
    def _on_form_mode_changed(self, is_on: bool) -> None:
        if not self.shows_figures:
            super()._on_form_mode_changed(is_on)
            return
        self.add_button.setEnabled(not self.form.is_editing() and not self.workspace.is_read_only)
        if not self.form.is_editing() and self.form.record is None:  # a new record was given up
            self._show_something()
        self.verbsChanged.emit()

    # --- private

    def _fill(self) -> None:
        self._is_filling = True
        try:
            self.fill()
        finally:
            self._is_filling = False
        self._tell_count()

    def _tell_count(self) -> None:
        if self.shows_figures and self.isVisible():
            self.countChanged.emit(self.count_words())

    def _show_view(self) -> None:
        self.stack.setCurrentWidget(self.page if self.shows_figures else self.panel)
        self.setFocusProxy(self.figures if self.shows_figures else self.panel)
        self._tell_count()

    def _show_something(self) -> None:
        if not self.shows_figures:
            super()._show_something()
            return
        record = self.record_behind()
        self._show_record(record.id if record is not None else 0)

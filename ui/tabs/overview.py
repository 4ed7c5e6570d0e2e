"""Tổng quan: the year in a few figures, what is to be done, and the charts that answer a leader's questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import lists
from kc_desktop.services.overview import Figure, figures
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.tabs.base import Tab
from ui.view_state import ViewState
from ui.widgets.bars import FigureBand, FigureButton, OpenButton

if TYPE_CHECKING:
    from ui.jobs import Job, JobRunner
    from ui.tabs.overview_charts import ChartsPanel
    from ui.widgets.to_do_list import ToDoList

_NARROW = 250
"""Steps of width below which the charts stand under what is to be done instead of beside it."""
_SETTLE_MS = 300
"""What is to be done is looked for again once writing has paused for so long."""
_TABLES = frozenset(
    {
        "fund_entry",
        "project",
        "programme",
        "target",
        "target_result",
        "annual_plan",
        "meeting",
        "year_share",
        "admin_unit",
    }
)


class OverviewTab(Tab):
    """Every figure and bar here opens the rows it was counted from."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, parent)
        self._year = 0
        self._is_stale = False
        self._jobs: JobRunner | None = None
        self.to_do: ToDoList | None = None
        self.charts: ChartsPanel | None = None
        self._is_calm = state.flag("tabs/overview/calm")
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(_SETTLE_MS)
        self._search.timeout.connect(self._on_search_due)
        self._build_ui()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._head = QWidget(self)
        self._left = QWidget(self)
        box = QVBoxLayout(self._left)
        box.setContentsMargins(0, 0, step * 2, 0)
        self._right = QWidget(self)
        QVBoxLayout(self._right).setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        if not self.splitter.restoreState(self.state.blob("tabs/overview/splitter")):
            self.splitter.setSizes([520, 780])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(step * 3, step * 3, step * 3, step * 2)
        outer.setSpacing(step * 3)
        outer.addWidget(self._head)
        outer.addWidget(self.splitter, 1)

    # what the window asks

    def set_year(self, year: int) -> None:
        """Show a year; for all years the newest that holds anything."""
        known = lists.years(self.workspace)
        self._year = year or (known[0] if known else date.today().year)
        self._fill()

    def refresh(self, tables: frozenset[str]) -> None:
        """Count again: now when in front, else when next shown."""
        if not tables or tables & _TABLES:
            if self.isVisible():
                self._fill()
            else:
                self._is_stale = True
        self._search.start()

    def reload(self) -> None:
        """Count and look again."""
        self._fill()
        self._search.start()

    def focus_list(self) -> None:
        """Put the cursor into what is to be done."""
        if self.to_do is not None and self.to_do.view.isVisible():
            self.to_do.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def remember(self) -> None:
        """Keep the splitter; whatever still looks for things to do stops, for the file may be closed now."""
        if self.splitter.orientation() is Qt.Orientation.Horizontal:
            self.state.put("tabs/overview/splitter", self.splitter.saveState())
        self.state.put("tabs/overview/calm", self._is_calm)
        self._search.stop()
        if self.charts is not None:
            self.charts.remember()
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    def showEvent(self, event: QShowEvent) -> None:
        """Count again what changed while another tab was in front."""
        if self._is_stale:
            self._fill()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the charts below where there is no room beside."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add what is to be done and the charts once the figures stand on the screen."""
        super().paintEvent(event)
        if self.charts is None:
            QTimer.singleShot(0, self, self._make_rest)

    def buttons(self) -> tuple[OpenButton, ...]:
        """Return everything that opens rows, from top to bottom."""
        return (*self._head.findChildren(OpenButton), *self._right.findChildren(OpenButton))

    # slots

    @Slot()
    def _on_search_due(self) -> None:
        """Look for what is to be done, on a thread of its own: a large file has many projects to go through."""
        from ui.jobs import JobRunner

        if self.to_do is None:
            return
        if self._jobs is None:
            self._jobs = JobRunner(self)
        workspace = self.workspace

        def work(job: Job) -> Any:
            from contextlib import closing

            from kc_desktop.services import to_do

            today = date.today()
            with closing(workspace.second()) as reader:
                return today, to_do.to_do(reader, today, job.report)

        job = self._jobs.submit("Việc cần làm", work)
        job.succeeded.connect(self._on_found)
        job.failed.connect(self._on_search_failed)

    @Slot(object)
    def _on_found(self, found: Any) -> None:
        if self.to_do is not None:
            today, things = found
            self.to_do.show_found(things, today)
            self._is_calm = not things
            self._arrange()

    @Slot(object)
    def _on_search_failed(self, error: Exception) -> None:
        if self.to_do is not None:
            known = isinstance(error, KnownError)
            self.to_do.show_failure(str(error) if known else "Chưa xem được việc cần làm. Bấm Nạp (F5) để thử lại.")

    @Slot(object)
    def _on_thing_opened(self, thing: Any) -> None:
        if thing.request is not None:
            self.requestOpen.emit(thing.list_key, thing.request)
        else:
            self.requestRecord.emit(thing.list_key, thing.record_id, thing.year)

    # private

    def _fill(self) -> None:
        self._is_stale = False
        focused = self._focused_place()
        self._fill_head()
        heads = self._head.findChildren(OpenButton)
        for button in heads:
            button.requestOpen.connect(self.requestOpen)
        if self.charts is not None:
            self.charts.set_year(self._year)
        if 0 <= focused < len(heads) and self.isVisible():
            heads[focused].setFocus()

    def _fill_head(self) -> None:
        """Show the figures of the year."""
        head = FigureBand(self)
        head.show_figures([self._figure(each, head) for each in figures(self.workspace, self._year)])
        outer = self.layout()
        assert outer is not None
        outer.replaceWidget(self._head, head)
        self._head.hide()
        self._head.deleteLater()
        self._head = head

    @Slot()
    def _make_rest(self) -> None:
        """Make the list of what is to be done and the charts once the window stands, and begin to look."""
        if self.charts is not None or not self.isVisible():  # the file may have been left meanwhile
            return
        from ui.tabs.overview_charts import ChartsPanel
        from ui.widgets.to_do_list import ToDoList

        self.to_do = ToDoList(self._left)
        self.to_do.opened.connect(self._on_thing_opened)
        self.charts = ChartsPanel(self.workspace, self.state, self._right)
        self.charts.requestOpen.connect(self.requestOpen)
        self.charts.statusMessage.connect(self.statusMessage)
        for side, part in ((self._left, self.to_do), (self._right, self.charts)):
            box = side.layout()
            assert box is not None
            box.addWidget(part)
        self._on_search_due()
        self.charts.set_year(self._year)

    def _arrange(self) -> None:
        """Put the charts beside what is to be done; below it where there is no room, or where nothing is due."""
        is_narrow = self.width() < theme.step(self, _NARROW)
        self._left.setMaximumHeight(self._left.sizeHint().height() if self._is_calm else self.maximumHeight())
        stacked = is_narrow or self._is_calm
        self.splitter.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)

    def _focused_place(self) -> int:
        heads = self._head.findChildren(OpenButton)
        return next((place for place, button in enumerate(heads) if button.hasFocus()), -1)

    def _figure(self, figure: Figure, page: QWidget) -> FigureButton:
        value = format_vnd(figure.value)
        unit = f"{figure.unit}, {figure.note}" if figure.unit and figure.note else figure.unit or figure.note
        return FigureButton(figure.label, value, unit, figure.list_key, figure.request, page)

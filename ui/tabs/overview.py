"""Tổng quan: the year in a few figures, what is to be done, and the programmes against their budget and targets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import lists
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.overview import Figure, ProgrammeProgress, figures, programmes
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.tabs.base import Tab
from ui.view_state import ViewState
from ui.widgets.bars import BarButton, FigureButton, Fill, OpenButton, TitleButton
from ui.widgets.labels import heading

if TYPE_CHECKING:
    from ui.jobs import Job, JobRunner
    from ui.widgets.to_do_list import ToDoList

_NARROW = 250
"""Steps of width below which the programmes stand under what is to be done instead of beside it."""
_SETTLE_MS = 300
"""What is to be done is looked for again once writing has paused for so long."""
_TABLES = frozenset({"fund_entry", "project", "programme", "target", "target_result", "annual_plan", "meeting"})


class OverviewTab(Tab):
    """Every number and bar here opens the rows it was counted from."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, parent)
        self._year = 0
        self._is_stale = False
        self._are_programmes_due = False
        self._column: QVBoxLayout | None = None
        self._jobs: JobRunner | None = None
        self.to_do: ToDoList | None = None
        self._is_calm = state.flag("tabs/overview/calm")
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(_SETTLE_MS)
        self._search.timeout.connect(self._on_search_due)
        self._build_ui()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._head = QWidget(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left = QWidget(self)
        box = QVBoxLayout(self._left)
        box.setContentsMargins(0, 0, step * 2, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self._scroll)
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
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    def showEvent(self, event: QShowEvent) -> None:
        """Count again what changed while another tab was in front."""
        if self._is_stale:
            self._fill()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the programmes below where there is no room beside."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the programmes once the figures stand on the screen."""
        super().paintEvent(event)
        if self._are_programmes_due:
            QTimer.singleShot(0, self, self._fill_programmes)

    def buttons(self) -> tuple[OpenButton, ...]:
        """Return everything that opens rows, from top to bottom."""
        page = self._scroll.widget()
        below = page.findChildren(OpenButton) if page is not None else []
        return (*self._head.findChildren(OpenButton), *below)

    # slots

    @Slot()
    def _on_first_step(self) -> None:
        self.requestOpen.emit("programmes", ListRequest(year=self._year or None))

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
        place = self._scroll.verticalScrollBar().value()
        focused = self._focused_place()
        self._fill_head()
        page = QWidget(self)
        step = theme.step(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, step * 2, step * 2)
        self._column.setSpacing(step * 3)
        title = heading(f"Các chương trình năm {self._year} so với kế hoạch và chỉ tiêu", page)
        title.setContentsMargins(step * 2, 0, 0, 0)
        self._column.addWidget(title)
        self._column.addStretch(1)
        self._scroll.setWidget(page)
        for button in self.buttons():
            button.requestOpen.connect(self.requestOpen)
        self._are_programmes_due = True
        if self.isVisible():
            self._fill_programmes()
            self._scroll.verticalScrollBar().setValue(place)
            buttons = self.buttons()
            if 0 <= focused < len(buttons):
                buttons[focused].setFocus()

    def _fill_head(self) -> None:
        """Show the figures of the year."""
        head = QWidget(self)
        head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the window may be made narrower
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self, 2))
        for figure in figures(self.workspace, self._year):
            row.addWidget(self._figure(figure, head))
        outer = self.layout()
        assert outer is not None
        outer.replaceWidget(self._head, head)
        self._head.hide()
        self._head.deleteLater()
        self._head = head

    def _make_to_do(self) -> None:
        """Make the list of what is to be done once the window stands, and begin to look."""
        from ui.widgets.to_do_list import ToDoList

        self.to_do = ToDoList(self._left)
        self.to_do.opened.connect(self._on_thing_opened)
        box = self._left.layout()
        assert box is not None
        box.addWidget(self.to_do)
        self._on_search_due()

    def _arrange(self) -> None:
        """Put the programmes beside what is to be done; below it where there is no room, or where nothing is due."""
        is_narrow = self.width() < theme.step(self, _NARROW)
        self._left.setMaximumHeight(self._left.sizeHint().height() if self._is_calm else self.maximumHeight())
        stacked = is_narrow or self._is_calm
        self.splitter.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)

    @Slot()
    def _fill_programmes(self) -> None:
        """Add the programmes. When the window starts they come one frame after the figures: it opens sooner."""
        if not self._are_programmes_due or not self.isVisible():  # the file may have been left meanwhile
            return
        self._are_programmes_due = False
        if self.to_do is None:
            self._make_to_do()
        page = self._scroll.widget()
        column = self._column
        if page is None or column is None:
            return
        column.takeAt(column.count() - 1)
        found = programmes(self.workspace, self._year)
        if found:
            self._add_legend(column, page)
            most = max(each.programme.budget_vnd for each in found) or 1
            for each in found:
                block = self._programme(each, most, page)
                column.addWidget(block)
                for button in block.findChildren(OpenButton):
                    button.requestOpen.connect(self.requestOpen)
        else:
            self._add_first_step(column, page)
        column.addStretch(1)

    def _focused_place(self) -> int:
        return next((place for place, button in enumerate(self.buttons()) if button.hasFocus()), -1)

    def _figure(self, figure: Figure, page: QWidget) -> FigureButton:
        value = format_vnd(figure.value)
        unit = f"{figure.unit}, {figure.note}" if figure.unit and figure.note else figure.unit or figure.note
        return FigureButton(figure.label, value, unit, figure.list_key, figure.request, page)

    def _programme(self, progress: ProgrammeProgress, most: int, page: QWidget) -> QWidget:
        programme = progress.programme
        block = QWidget(page)
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, theme.step(self, 2))
        grid.setHorizontalSpacing(theme.step(self, 6))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 3)  # amounts in đồng with their share are longer than counts
        grid.setColumnStretch(1, 2)
        itself = ListRequest(year=programme.year, filters=(("id", programme.id),))
        count = f"{progress.project_count} đề án, nhiệm vụ" if progress.project_count else "chưa có đề án"
        grid.addWidget(TitleButton(programme.name, count, "projects", progress.request, block), 0, 0, 1, 2)
        budget = programme.budget_vnd
        for row, (label, amount, fill, key, request) in enumerate(
            (
                ("Kinh phí kế hoạch", budget, Fill.OUTLINE, "programmes", itself),
                ("Đã phê duyệt", progress.approved_vnd, Fill.HATCHED, "projects", progress.approved),
                ("Đã giải ngân", progress.disbursed_vnd, Fill.SOLID, "fund-entries", progress.entries),
            ),
            start=1,
        ):
            share = f" ({format_percent(amount, budget)})" if row > 1 and budget else ""
            bar = BarButton(label, amount / most, f"{format_vnd(amount)}{share}", fill, key, request, block)
            grid.addWidget(bar, row, 0)
        for row, target in enumerate(progress.targets, start=1):
            wanted = target.target.planned_to or target.target.planned_from
            value = f"{format_vnd(target.done)} / {target.target.planned_text} {target.target.unit}".rstrip()
            share_done = target.done / wanted if wanted else 0.0
            bar = BarButton(target.target.name, share_done, value, Fill.HATCHED, "programmes", itself, block)
            bar.set_label_room(40)
            grid.addWidget(bar, row, 1)
        return block

    def _add_legend(self, column: QVBoxLayout, page: QWidget) -> None:
        legend = QLabel(
            "Khung trống: kinh phí kế hoạch (đồng). Gạch chéo: đã phê duyệt, hoặc kết quả so với chỉ tiêu. "
            "Tô kín: đã giải ngân. Bấm vào số hoặc thanh để xem các dòng phía sau.",
            page,
        )
        legend.setWordWrap(True)
        legend.setContentsMargins(theme.step(self, 2), 0, 0, 0)
        legend.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column.addWidget(legend)

    def _add_first_step(self, column: QVBoxLayout, page: QWidget) -> None:
        words = QLabel(
            f"Năm {self._year} chưa có chương trình nào. Lập chương trình với kinh phí và chỉ tiêu, "
            "rồi lập đề án; số liệu sẽ hiện ở đây.",
            page,
        )
        words.setWordWrap(True)
        words.setContentsMargins(theme.step(self, 2), 0, 0, 0)
        button = QPushButton("Đến danh sách chương trình", page)
        button.clicked.connect(self._on_first_step)
        column.addWidget(words)
        row = QHBoxLayout()
        row.setContentsMargins(theme.step(self, 2), 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

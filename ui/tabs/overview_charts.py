"""The leader's charts of Tổng quan, one question at a time; drawn by a job, once the window stands."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QStyle, QVBoxLayout, QWidget

from kc_desktop.errors import KnownError
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.jobs import JobRunner
from ui.view_state import ViewState
from ui.widgets.tab_bar import FlatTabBar

if TYPE_CHECKING:
    from kc_desktop.services.overview_charts import OverviewChart, Picture
    from ui.chart_letters import ScreenLetters
    from ui.jobs import Job
    from ui.widgets.chart_view import ChartView

_VIEW_KEY = "tabs/overview/chart"
_VIEWS: Final = ("programmes", "months", "states", "places")
_TITLES: Final = ("Chương trình", "Giải ngân", "Đề án", "Địa bàn")
_SETTLE_MS = 120
"""A window that is being made wider is drawn for once its size has settled."""
_LEAST, _MOST = 300, 780
"""Points a drawing is wide."""
_FAILED = "Chưa vẽ được biểu đồ. Bấm Nạp (F5) để thử lại."
_EMPTY: Final = {
    "programmes": (
        "Năm {year} chưa có chương trình nào. Lập chương trình với kinh phí và chỉ tiêu, rồi lập đề án; "
        "số liệu sẽ hiện ở đây.",
        "Đến danh sách chương trình",
        "programmes",
    ),
    "months": (
        "Năm {year} chưa tạm ứng, thanh toán khoản nào. Ghi bút toán vào sổ kinh phí; biểu đồ giải ngân theo tháng "
        "sẽ hiện ở đây.",
        "Đến sổ kinh phí",
        "fund-entries",
    ),
    "states": (
        "Năm {year} chưa có đề án nào. Thêm đề án; số đề án theo trạng thái sẽ hiện ở đây.",
        "Đến danh sách đề án",
        "projects",
    ),
    "places": (
        "Năm {year} chưa có đề án nào được phê duyệt hoặc giải ngân. Ghi kinh phí phê duyệt và địa bàn ở đề án; "
        "mức hỗ trợ theo địa bàn sẽ hiện ở đây.",
        "Đến danh sách đề án",
        "projects",
    ),
}


class ChartsPanel(QWidget):
    """Four tabs, each the charts of one question. Nothing of ReportLab is loaded before the first of them is drawn."""

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""
    statusMessage = Signal(str)
    shown = Signal()
    """What is in front is drawn."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._state = workspace, state
        self._year = 0
        self._turn = 0
        self._jobs: JobRunner | None = None
        self._charts: dict[str, tuple[OverviewChart, ...]] = {}
        self._wanted: tuple[Any, ...] = ()
        self._drawn: tuple[Any, ...] = ()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._build_ui()

    def _build_ui(self) -> None:
        self.tabs = FlatTabBar(self)
        self.tabs.setAccessibleName("Biểu đồ")
        self.tabs.setExpanding(False)
        for title in _TITLES:
            self.tabs.addTab(title)
        kept = self._state.text(_VIEW_KEY)
        self.tabs.setCurrentIndex(_VIEWS.index(kept) if kept in _VIEWS else 0)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        column.addWidget(self.tabs)
        column.addWidget(self.scroller, 1)

    # what the tab asks

    @property
    def view(self) -> str:
        """The question in front."""
        return _VIEWS[self.tabs.currentIndex()]

    def show_view(self, view: str) -> None:
        """Bring a question to the front."""
        self.tabs.setCurrentIndex(_VIEWS.index(view))

    def set_year(self, year: int) -> None:
        """Draw a year, or draw it again: its figures may have changed."""
        self._year = year
        self._turn += 1
        self._charts.clear()
        if self.isVisible():
            self._ask()

    def views(self) -> tuple[ChartView, ...]:
        """Return the charts in front."""
        from ui.widgets.chart_view import ChartView

        page = self.scroller.widget()
        return tuple(page.findChildren(ChartView)) if page is not None else ()

    def is_drawn(self) -> bool:
        """Whether what is in front is what was asked for."""
        return bool(self._drawn) and self._drawn == self._wanted and self._drawn[0] == self._turn

    def remember(self) -> None:
        """Keep the question in front; whatever still draws stops, for the file may be closed now."""
        self._state.put(_VIEW_KEY, self.view)
        self._settle.stop()
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    # Qt

    def sizeHint(self) -> QSize:
        """Leave room for a picture as on paper."""
        return QSize(theme.step(self, 160), theme.step(self, 100))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed meanwhile."""
        super().showEvent(event)
        self._settle.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for another width."""
        super().resizeEvent(event)
        self._settle.start(_SETTLE_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Draw in other colours and other letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._settle.start(0)

    # slots

    @Slot(int)
    def _on_tab_changed(self, _index: int) -> None:
        self._ask()

    @Slot()
    def _on_settled(self) -> None:
        if self.isVisible():
            self._ask()

    @Slot()
    def _on_first_step(self) -> None:
        self.requestOpen.emit(_EMPTY[self.view][2], ListRequest(year=self._year or None))

    @Slot(object)
    def _on_drawn(self, found: tuple[Any, list[tuple[OverviewChart, Picture]]]) -> None:
        key, drawn = found
        if key != self._wanted or key[0] != self._turn:
            return
        _, _, view, *_ = key
        self._charts[view] = tuple(chart for chart, _ in drawn)
        self._drawn = key
        self._show(drawn)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._drawn = ()
        self._show_words(str(error) if isinstance(error, KnownError) else _FAILED)

    @Slot(object)
    def _on_copy_asked(self, chart: OverviewChart) -> None:
        from ui import chart_pictures

        self.statusMessage.emit(chart_pictures.copy(chart))

    @Slot(object)
    def _on_save_asked(self, chart: OverviewChart) -> None:
        from ui import chart_pictures

        try:
            said = chart_pictures.save(chart, self._state, self)
        except KnownError as error:
            said = str(error)
        if said:
            self.statusMessage.emit(said)

    # private

    def _ask(self) -> None:
        """Have what is in front drawn by a job, unless it stands there already."""
        from ui.chart_letters import ScreenLetters
        from ui.widgets.chart_view import scale_of

        if not self._year:
            return
        scale = scale_of(self)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)  # its coming moves nothing
        room = self.scroller.width() - bar - theme.step(self, 3)
        width = min(max(int(room / scale), _LEAST), _MOST)
        wanted = (self._turn, self._year, self.view, width, self.font().family(), scale, theme.colours())
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if self._jobs is None:
            self._jobs = JobRunner(self)
        known = self._charts.get(self.view)
        job = self._jobs.submit("Biểu đồ", _work(self._workspace, wanted, known, ScreenLetters(self.font())))
        job.succeeded.connect(self._on_drawn)
        job.failed.connect(self._on_failed)

    def _show(self, drawn: list[tuple[OverviewChart, Picture]]) -> None:
        from ui.widgets.chart_view import ChartView

        place, focused = self.scroller.verticalScrollBar().value(), self._focused()
        page, column = self._page()
        *_, scale, _ = self._drawn
        for chart, picture in drawn:
            view = ChartView(chart, picture, scale, page)
            view.requestOpen.connect(self.requestOpen)
            view.copyAsked.connect(self._on_copy_asked)
            view.saveAsked.connect(self._on_save_asked)
            column.addWidget(view)
        if drawn:
            column.addWidget(
                _muted("Bấm vào số hoặc thanh để xem các dòng phía sau; phím mũi tên đi giữa các số.", page)
            )
        else:
            words, button, _ = _EMPTY[self.view]
            column.addWidget(_muted(words.format(year=self._year), page))
            first = QPushButton(button, page)
            first.clicked.connect(self._on_first_step)
            row = QHBoxLayout()
            row.addWidget(first)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        self.scroller.setWidget(page)
        self.scroller.verticalScrollBar().setValue(place)
        if focused:
            self._focus(focused)
        self.shown.emit()

    def _show_words(self, words: str) -> None:
        page, column = self._page()
        column.addWidget(_muted(words, page))
        column.addStretch(1)
        self.scroller.setWidget(page)
        self.shown.emit()

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        step = theme.step(self)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * step, 0, step, step)
        column.setSpacing(2 * step)
        return page, column

    def _focused(self) -> str:
        """Return what the number under the cursor stands for, to find it again in a new drawing."""
        marks = (mark for view in self.views() for mark in view.picture.buttons)
        return next((mark.text().rpartition(":")[0] for mark in marks if mark.hasFocus()), "")

    def _focus(self, wanted: str) -> None:
        for view in self.views():
            for mark in view.picture.buttons:
                if mark.text().rpartition(":")[0] == wanted:
                    mark.setFocus(Qt.FocusReason.OtherFocusReason)
                    return


def _work(
    workspace: Workspace, wanted: tuple[Any, ...], known: tuple[OverviewChart, ...] | None, letters: ScreenLetters
) -> Any:
    """Return what a job does: read the figures unless they are known, and draw them."""
    _, year, view, width, _, _, colours = wanted

    def work(_job: Job) -> Any:
        from kc_desktop.services import overview_charts

        charts = known
        if charts is None:
            with closing(workspace.second()) as reader:
                charts = overview_charts.charts(reader, year, view)
        line = colours.text if colours.is_dark else colours.muted
        ink = overview_charts.Ink(words=colours.text, line=line, solid=colours.accent, ground=colours.base)
        return wanted, [(each, overview_charts.draw(each, width, ink, letters=letters)) for each in charts]

    return work


def _muted(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label

"""The tabs of the window, each made when it is first shown; lists of Danh mục come as further pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QTabBar, QTabWidget, QWidget

from ui import theme
from ui.icons import icon
from ui.tabs.base import Tab
from ui.view_state import ViewState
from ui.widgets.tab_bar import FlatTabBar

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace

_LEAST_LETTERS, _LEAST_ROWS = 30, 4
"""What is left of a page on the smallest screen."""

TabMaker = Callable[["Workspace", ViewState, QWidget], Tab]


def _overview(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
    from ui.tabs.overview import OverviewTab

    return OverviewTab(workspace, state, parent)


def _programmes(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
    from ui.tabs.programmes import ProgrammesTab

    return ProgrammesTab(workspace, state, parent)


def _funding(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
    from ui.tabs.funding import FundingTab

    return FundingTab(workspace, state, parent)


def _collaborators(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
    from ui.tabs.collaborators import CollaboratorsTab

    return CollaboratorsTab(workspace, state, parent)


def _meetings(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
    from ui.tabs.meetings import MeetingsTab

    return MeetingsTab(workspace, state, parent)


@dataclass(frozen=True, slots=True)
class _Spec:
    name: str
    title: str
    make: TabMaker
    lists: tuple[str, ...] = ()


_TABS = (
    _Spec("overview", "Tổng quan", _overview),
    _Spec("programmes", "Chương trình", _programmes, ("programmes", "projects", "targets")),
    _Spec("funding", "Kinh phí", _funding, ("fund-entries",)),
    _Spec(
        "collaborators",
        "Cộng tác viên",
        _collaborators,
        (
            *("collaborators", "people", "appointments", "uncovered"),
            *("reports", "leads", "evaluations", "remuneration-lists"),
        ),
    ),
    _Spec("meetings", "Cuộc họp", _meetings, ("meetings",)),
)
_LISTS_OF_YEARS = frozenset(
    {"programmes", "projects", "targets", "fund-entries", "collaborators", "meetings", "register", "remuneration-lists"}
    | {"reports", "leads", "evaluations"}
)


def is_list_of_year(key: str) -> bool:
    """Whether a list shows the rows of one year."""
    return key in _LISTS_OF_YEARS


class ScrolledPage(QScrollArea):
    """A whole page that lies still wherever it has the room it needs, and scrolls both ways on the smallest screens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusObjectChanged.connect(self._on_focus_object_changed)

    def show_page(self, page: QWidget) -> None:
        """Take the page in."""
        self.setWidget(page)
        page.setAutoFillBackground(False)
        page.installEventFilter(self)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Make no window larger than the smallest screen."""
        return QSize(self.fontMetrics().horizontalAdvance("0") * _LEAST_LETTERS, theme.row_height(self) * _LEAST_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the page has the room it needs."""
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page when it needs more or less."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._make_room()
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        """Make a page that has to scroll higher than it must be: its lists show more than their least."""
        page, room = self.widget(), self.viewport().height()
        if page is not None:
            least = page.minimumSizeHint().height()
            page.setMinimumHeight(least + room // 3 if least > room else 0)

    @Slot(QObject)
    def _on_focus_object_changed(self, focused: QObject | None) -> None:
        """Bring what is focused into sight, however it was come to: with Tab from outside, too."""
        page = self.widget()
        can_scroll = bool(self.verticalScrollBar().maximum() or self.horizontalScrollBar().maximum())
        if can_scroll and isinstance(focused, QWidget) and page is not None and page.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)


class _Page(ScrolledPage):
    """The place of a tab; empty until the tab is first shown."""

    def __init__(self, name: str, make: TabMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.make = make
        self.tab: Tab | None = None

    def fill(self, tab: Tab) -> None:
        """Put the tab into its place."""
        self.tab = tab
        self.show_page(tab)
        self.setFocusProxy(tab)


class Pages(QTabWidget):
    """The five tabs, then the pages of Danh mục that are open."""

    tabMade = Signal(object)

    def __init__(self, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._workspace: Workspace | None = None
        self._year = 0
        self.setTabBar(FlatTabBar(self))
        self.setDocumentMode(True)
        self.setMovable(False)
        self.currentChanged.connect(self._on_current_changed)
        self.tabCloseRequested.connect(self._on_close_requested)
        for place in range(len(_TABS)):
            QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self, partial(self.go_to, place))

    # public

    def show_workspace(self, workspace: Workspace, year: int) -> None:
        """Show the tabs of a file, the one in front as it was left."""
        self.clear()
        self._workspace, self._year = workspace, year
        self.blockSignals(True)
        for spec in _TABS:
            place = self.addTab(_Page(spec.name, spec.make, self), spec.title)
            self.setTabToolTip(place, f"{spec.title} (Ctrl+{place + 1})")
        last = self._state.text("window/tab", _TABS[0].name)
        self.setCurrentIndex(next((row for row, spec in enumerate(_TABS) if spec.name == last), 0))
        self.blockSignals(False)
        self._on_current_changed(self.currentIndex())

    def build_anew(self) -> None:
        """Make every page again, those of Danh mục that are open with them."""
        workspace, in_front = self._workspace, self.currentIndex()
        if workspace is None:
            return
        pages = [self.widget(index) for index in range(len(_TABS), self.count())]
        open_catalogues = [page.name for page in pages if isinstance(page, _Page)]
        self.remember()
        self.show_workspace(workspace, self._year)
        for name in open_catalogues:
            self.show_catalogue(name)
        self.setCurrentIndex(in_front)

    def clear(self) -> None:
        """Take every page away."""
        self.blockSignals(True)
        while self.count():
            page = self.widget(0)
            self.removeTab(0)
            if page is not None:
                page.setParent(None)
                page.deleteLater()
        self.blockSignals(False)
        self._workspace = None

    def built(self) -> tuple[Tab, ...]:
        """Return the tabs that were shown at least once."""
        pages = (self.widget(index) for index in range(self.count()))
        return tuple(page.tab for page in pages if isinstance(page, _Page) and page.tab is not None)

    def current(self) -> Tab | None:
        """Return the tab in front."""
        page = self.currentWidget()
        return page.tab if isinstance(page, _Page) else None

    def screens_in_front(self) -> tuple[str, ...]:
        """Return the names the guide may know what is in front by, the closest first; () for nothing."""
        page = self.currentWidget()
        if not isinstance(page, _Page):
            return ()
        return (page.tab.help_screen() if page.tab is not None else "", page.name)

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        for index in range(self.count()):
            page = self.widget(index)
            if isinstance(page, _Page) and page.tab is tab:
                self.setCurrentIndex(index)

    def tab_for(self, key: str) -> Tab:
        """Bring the tab that shows a list to the front and return it."""
        for index, spec in enumerate(_TABS):
            if key in spec.lists:
                self.setCurrentIndex(index)
                break
        else:
            self.show_catalogue(key)
        tab = self.current()
        assert tab is not None
        return tab

    def show_catalogue(self, key: str) -> None:
        """Bring the page of a list of Danh mục to the front, making it when needed."""
        from ui.tabs.catalogues import catalogue, page_of, title_of

        name = page_of(key)
        for index in range(self.count()):
            page = self.widget(index)
            if isinstance(page, _Page) and page.name == name:
                self.setCurrentIndex(index)
                return

        def make(workspace: Workspace, state: ViewState, parent: QWidget) -> Tab:
            return catalogue(workspace, state, name, parent)

        index = self.addTab(_Page(name, make, self), title_of(name))
        self._add_close_button(index)
        self.setCurrentIndex(index)

    def is_current_closable(self) -> bool:
        """Whether the page in front is one of Danh mục."""
        return self.currentIndex() >= len(_TABS)

    def set_year(self, year: int) -> None:
        """Show another year in every tab."""
        self._year = year
        for tab in self.built():
            tab.set_year(year)

    def remember(self) -> None:
        """Keep the tab in front and what each tab wants to keep."""
        page = self.currentWidget()
        if isinstance(page, _Page):
            self._state.put("window/tab", page.name)
        for tab in self.built():
            tab.remember()

    def step(self, by: int, _is_checked: bool = False) -> None:
        """Go to the tab after or before, round and round."""
        if self.count():
            self.go_to((self.currentIndex() + by) % self.count())

    def go_to(self, index: int) -> None:
        """Bring a page to the front by key: the cursor goes into its rows."""
        if 0 <= index < self.count():
            self.setCurrentIndex(index)
            tab = self.current()
            if tab is not None:
                tab.focus_list()

    @Slot()
    def close_current(self) -> None:
        """Close the page in front when it is one of Danh mục."""
        if self.is_current_closable():
            self._on_close_requested(self.currentIndex())

    # slots

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        page = self.widget(index)
        if isinstance(page, _Page) and page.tab is None and self._workspace is not None:
            tab = page.make(self._workspace, self._state, page)
            page.fill(tab)
            self.tabMade.emit(tab)
            tab.set_year(self._year)

    @Slot(int)
    def _on_close_requested(self, index: int) -> None:
        page = self.widget(index)
        if index < len(_TABS) or not isinstance(page, _Page):
            return
        if page.tab is not None and page.tab.is_dirty():
            self.setCurrentIndex(index)
            page.tab.statusMessage.emit("Phần đang sửa chưa lưu. Lưu hoặc Hoãn rồi đóng thẻ này.")
            return
        if page.tab is not None:
            page.tab.remember()
        self.removeTab(index)
        page.deleteLater()

    @Slot()
    def _on_close_button(self) -> None:
        for index in range(self.count()):
            if self.tabBar().tabButton(index, QTabBar.ButtonPosition.RightSide) is self.sender():
                self._on_close_requested(index)
                return

    # private

    def _add_close_button(self, index: int) -> None:
        from PySide6.QtWidgets import QToolButton

        button = QToolButton(self)
        button.setIcon(icon("cancel"))
        button.setAutoRaise(True)
        button.setToolTip("Đóng thẻ này (Ctrl+W)")
        button.setAccessibleName(f"Đóng thẻ {self.tabText(index)}")
        button.clicked.connect(self._on_close_button)
        self.tabBar().setTabButton(index, QTabBar.ButtonPosition.RightSide, button)

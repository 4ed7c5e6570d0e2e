"""The main window: the open file, its tabs, and all wiring between them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from kc_desktop.errors import KnownError
from ui.file_menu import FileMenu
from ui.icons import icon
from ui.menus import YEAR_SETTING, Actions, YearBox, connect_files, fill_menus, make_toolbar, size_toolbar
from ui.pages import Pages, is_list_of_year
from ui.status import StatusLine
from ui.tabs.base import Tab, Verb
from ui.view_state import ViewState

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from kc_desktop.services.lists import ListRequest
    from kc_desktop.services.workspace import Workspace
    from ui.finding import Finding
    from ui.start_page import StartPage
    from ui.widgets.quick_find import QuickFind

_FIND_AFTER_MS = 60
_NOTICES_AFTER_MS = 400
"""Once the window stands: what is to be said about a file's place must not hold the start up."""

_BACKUPS_AFTER_MS = 4000
_UPDATES_AFTER_MS = 2000


class MainWindow(QMainWindow):
    """Shows one data file, or the start page while none is open."""

    fileChanged = Signal(object)
    """The Workspace now open, None for none."""

    def __init__(self, state: ViewState) -> None:
        super().__init__()
        self.state = state
        self.workspace: Workspace | None = None
        self._start_page: StartPage | None = None
        self._build_ui()
        self._connect_signals()
        self._restore_window()

    def _build_ui(self) -> None:
        self.setWindowTitle("KC Desktop")
        self.setWindowIcon(icon("app"))
        self.actions_ = Actions(self)
        self._reports = fill_menus(self, self.actions_)
        self._years = YearBox(self)
        self._finding: Finding | None = None
        self.toolbar = make_toolbar(self, self.actions_, self._years)
        self._stack = QStackedWidget(self)
        self.pages = Pages(self.state, self._stack)
        self._stack.addWidget(self.pages)
        centre = QWidget(self)
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._stack)
        self.setCentralWidget(centre)
        self.setAcceptDrops(True)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.files = FileMenu(self)

    def _connect_signals(self) -> None:
        do = self.actions_
        connect_files(do, self.files)
        for verb, action in do.verbs.items():
            action.triggered.connect(partial(self._on_verb, verb))
        for key, action in {**do.catalogues, "law": do.law, "disclosures": do.disclosures}.items():
            action.triggered.connect(partial(self.open_catalogue, key))
        do.close_file.triggered.connect(self.close_file)
        do.quit.triggered.connect(self.close)
        do.undo.triggered.connect(self.undo)
        do.redo.triggered.connect(self.redo)
        do.find.triggered.connect(self._on_find)
        do.quick_find.triggered.connect(self._on_quick_find)
        do.next_tab.triggered.connect(partial(self.pages.step, 1))
        do.previous_tab.triggered.connect(partial(self.pages.step, -1))
        do.close_page.triggered.connect(self.pages.close_current)
        self._years.currentIndexChanged.connect(self._on_year_changed)
        self._reports.triggered.connect(self._on_report_chosen)
        self.pages.tabMade.connect(self._on_tab_made)
        self.pages.currentChanged.connect(self._on_page_changed)
        self.status.undoClicked.connect(self.undo)
        self.status.backupClicked.connect(self.files.back_up)

    @property
    def quick_find(self) -> QuickFind:
        """The box of the toolbar that finds anything, made when first wanted or once the window stands."""
        return self.finding.box

    @property
    def finding(self) -> Finding:
        """The search over everything, made with its box."""
        return self._finding or self._make_quick_find()

    # files

    def begin(self, path: Path | None) -> None:
        """Open the file given, else the one open last, else show the start page."""
        last = self.state.text("files/last")
        wanted = path or (Path(last) if last and Path(last).is_file() else None)
        if wanted is None or not self.open_file(wanted):
            self._show_file()

    def open_file(self, path: Path) -> bool:
        """Open a data file in place of the one on show; False when it could not be opened (the reason is told)."""
        from kc_desktop.services.workspace import Workspace

        if not self.may_leave():
            return False
        try:
            kept = self.files.bring_up_to_date(path) if Workspace.is_older(path) else None
            opened = Workspace.open(path)
        except KnownError as error:
            self.files.tell(error, "Chưa mở được tệp")
            return False
        self.show_workspace(opened)
        if kept is not None:
            self.status.tell(f"Dữ liệu đã được nâng cấp cho bản chương trình này. Tệp trước đó được giữ ở {kept}.")
        return True

    def show_workspace(self, workspace: Workspace) -> None:
        """Show an open data file; the window closes it when it is done."""
        self._leave_file()
        self.workspace = workspace
        self.state.remember_file(workspace.path)
        self.state.put("files/last", str(workspace.path))
        self._show_file()
        QTimer.singleShot(_NOTICES_AFTER_MS, self, self.files.show_notices)
        QTimer.singleShot(_BACKUPS_AFTER_MS, self, self.files.look_after_backups)

    def put_on_top(self, widget: QWidget) -> None:
        """Put a widget between the toolbar and the tabs."""
        self._column.insertWidget(0, widget)

    @Slot()
    def close_file(self) -> None:
        """Close the file and show the start page."""
        if self.may_leave():
            self._leave_file()
            self.show_start()

    def show_start(self) -> None:
        """Show the start page; no file is open any more."""
        self.state.put("files/last", "")
        self._show_file()

    def build_anew(self) -> None:
        """Make every page again, in letters of another size; whoever asks for it has asked about unsaved text."""
        if self._start_page is not None:
            self._stack.removeWidget(self._start_page)
            self._start_page.deleteLater()
            self._start_page = None
        size_toolbar(self.toolbar)
        if self.workspace is None:
            self._show_start_page()
        else:
            self.pages.build_anew()
            self._on_verbs_changed()

    def leave_file_unsaved(self) -> None:
        """Close the file that is about to be replaced; whoever asks for it has asked about unsaved text."""
        self._leave_file(is_kept=False)

    def may_leave(self) -> bool:
        """Ask what to do with unsaved text; False when the user wants to stay."""
        dirty = next((tab for tab in self.pages.built() if tab.is_dirty()), None)
        if dirty is None:
            return True
        self.pages.show_tab(dirty)
        answer = self.files.ask_about_unsaved()
        if answer == "save":
            return dirty.save() and self.may_leave()
        if answer == "drop":
            dirty.cancel()
            return self.may_leave()
        return False

    # what the menus do

    @Slot()
    def undo(self) -> None:
        """Take the last step back and show what it touched."""
        from ui.turning import turn

        turn(self, is_undo=True)

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        from ui.turning import turn

        turn(self, is_undo=False)

    def open_catalogue(self, key: str) -> None:
        """Show a list of Danh mục in a page of its own, the cursor in its rows."""
        if self.workspace is not None:
            self.pages.show_catalogue(key)
            self.pages.go_to(self.pages.currentIndex())

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request in the tab they belong to."""
        if request.year and is_list_of_year(key):
            self.choose_year(request.year)
        tab = self.pages.tab_for(key)
        tab.open_request(key, request)

    @Slot(str, object)
    def open_record(self, key: str, record_id: int) -> None:
        """Show one record in the tab its list belongs to, the cursor on its row."""
        tab = self.pages.tab_for(key)
        tab.open_record(key, record_id)
        tab.focus_list()
        self.finding.remember(key, record_id)

    def reports_menu(self) -> QMenu:
        """Return the menu Báo cáo, which is filled when it opens."""
        return self._reports

    def refresh(self, tables: frozenset[str] = frozenset()) -> None:
        """Show what changed in every tab but the one that changed it, and the undo texts."""
        for tab in self.pages.built():
            tab.refresh(tables)
        self._after_change()

    def year(self) -> int:
        """Return the year chosen, 0 for all."""
        return self._years.year()

    def choose_year(self, year: int) -> None:
        """Show a year in every tab, when the file holds anything of it."""
        self._years.choose(year)

    # overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Make the search box after the first paint: the first line edit of a program costs 5 ms."""
        super().showEvent(event)
        if self._finding is None:
            QTimer.singleShot(_FIND_AFTER_MS, self, self._on_find_due)
            QTimer.singleShot(_UPDATES_AFTER_MS, self, self.files.look_for_updates)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button in focus with Enter, too; Qt does so in dialogs only."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Go on as one reads; only what has been put into a table goes in Qt's own order."""
        from ui import reading_order

        return reading_order.step(self, is_forward=is_forward) or super().focusNextPrevChild(is_forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a workbook, to import it."""
        if self.files.dropped_workbook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the workbook that was dropped."""
        event.acceptProposedAction()
        self.files.import_dropped(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved text, remember where we were, close the file."""
        if not self.may_leave():
            event.ignore()
            return
        self.state.put("window/geometry", self.saveGeometry())
        self.state.put("window/maximised", self.isMaximized())
        self._leave_file()
        self.state.flush()
        self.hide()  # the last backup may take a moment
        self.files.close()
        super().closeEvent(event)

    # slots

    @Slot()
    def _on_find_due(self) -> None:
        if self._finding is None:
            self._make_quick_find()

    @Slot(object)
    def _on_tab_made(self, tab: Tab) -> None:
        tab.dataChanged.connect(self._on_data_changed)
        tab.statusMessage.connect(self.status.tell)
        tab.countChanged.connect(self.status.show_count)
        tab.undoOffered.connect(self.status.offer_undo)
        tab.requestPaper.connect(self._on_paper_requested)
        tab.requestOpen.connect(self.open_request)
        tab.requestRecord.connect(self._on_record_requested)
        tab.verbsChanged.connect(self._on_verbs_changed)

    @Slot(str, object, object)
    def _on_record_requested(self, key: str, record_id: int, year: int | None) -> None:
        if year and self.year() and is_list_of_year(key):
            self.choose_year(year)
        self.open_record(key, record_id)

    @Slot(int)
    def _on_page_changed(self, _index: int) -> None:
        self.status.tell("")
        self.status.show_count("")
        self._on_verbs_changed()

    @Slot()
    def _on_verbs_changed(self) -> None:
        tab = self.pages.current()
        for verb, action in self.actions_.verbs.items():
            action.setEnabled(tab is not None and tab.can(verb))
        self.actions_.close_page.setEnabled(self.pages.is_current_closable())
        self.actions_.history.setEnabled(tab is not None and tab.current_record() is not None)

    @Slot(object)
    def _on_data_changed(self, tables: frozenset[str]) -> None:
        changer = self.sender()
        for tab in self.pages.built():
            if tab is not changer:
                tab.refresh(tables)
        self._after_change()

    @Slot(str, object)
    def _on_paper_requested(self, key: str, record_id: int) -> None:
        if self.workspace is not None:
            from ui.dialogs.preview import PreviewDialog

            PreviewDialog.show_paper(self, self.workspace, key, record_id)

    @Slot(int)
    def _on_year_changed(self, _index: int) -> None:
        year = self.year()
        self.state.put(YEAR_SETTING, year)
        self.pages.set_year(year)

    @Slot()
    def _on_find(self) -> None:
        tab = self.pages.current()
        if tab is not None:
            tab.focus_search()

    @Slot()
    def _on_quick_find(self) -> None:
        self.quick_find.begin()

    @Slot()
    def _on_quick_find_left(self) -> None:
        tab = self.pages.current()
        if tab is not None:
            tab.focus_list()

    @Slot(QAction)
    def _on_report_chosen(self, action: QAction) -> None:
        if isinstance(action.data(), tuple):
            self._on_paper_requested(*action.data())

    def _on_verb(self, verb: Verb, _is_checked: bool = False) -> None:
        tab = self.pages.current()
        if tab is not None and tab.can(verb):
            tab.do(verb)

    # private

    def _make_quick_find(self) -> Finding:
        from ui.finding import Finding

        self._finding = Finding(self)
        self._finding.search_in(self.workspace)
        box = self._finding.box
        box.left.connect(self._on_quick_find_left)
        self.toolbar.addWidget(box)
        box.show()  # now, not with the next layout: Ctrl+K may be waiting for it
        return self._finding

    def _after_change(self) -> None:
        self.actions_.show_undo_texts(self.workspace)
        if self.workspace is not None:
            self._years.fill(self.workspace, self.state)
        self._on_verbs_changed()

    def _show_file(self) -> None:
        """Bring the window into line with the file that is open, or with none."""
        workspace = self.workspace
        self.status.show_file(workspace)
        if self._finding is not None:
            self._finding.search_in(workspace)
        for action in self.actions_.need_a_file():
            action.setEnabled(workspace is not None)
        self.toolbar.setVisible(workspace is not None)
        if workspace is None:
            self.setWindowTitle("KC Desktop")
            self._show_start_page()
        else:
            self.actions_.name_catalogues()
            self.setWindowTitle(f"{workspace.path.name} – KC Desktop")
            self._years.forget()
            self._years.fill(workspace, self.state)
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_workspace(workspace, self.year())
        self.actions_.show_undo_texts(self.workspace)
        self._on_verbs_changed()
        self.fileChanged.emit(workspace)

    def _show_start_page(self) -> None:
        if self._start_page is None:
            from ui.start_page import StartPage

            self._start_page = StartPage(self)
            self._start_page.createWanted.connect(self.files.create)
            self._start_page.openWanted.connect(self.files.open)
            self._start_page.sampleWanted.connect(self.files.sample)
            self._start_page.fileChosen.connect(self.open_file)
            self._stack.addWidget(self._start_page)
        self._start_page.show_recent(self.state.recent_files())
        self._stack.setCurrentWidget(self._start_page)

    def _leave_file(self, *, is_kept: bool = True) -> None:
        if self.workspace is not None:
            if is_kept and not self.workspace.is_read_only:
                self.files.leave(self.workspace)
            self.files.hide_notices()
            self.pages.remember()
            self.pages.clear()
            self.workspace.close()
            self.workspace = None

    def _restore_window(self) -> None:
        if not self.restoreGeometry(self.state.blob("window/geometry")):
            room = self.screen().availableSize()
            self.resize(min(1360, room.width()), min(820, room.height()))
            if room.width() <= 1440 or room.height() <= 900:  # a small screen is needed whole
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self.actions_.looks.begin(self.state)

"""The actions of the main window, its menus and its one slim toolbar."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from ui import theme
from ui.icons import icon
from ui.tabs.base import Verb

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace
    from ui.file_menu import FileMenu
    from ui.main_window import MainWindow
    from ui.view_state import ViewState

CATALOGUES = (
    *("people", "establishments", "appointments", "plans", "register", "admin-units"),
    *("meeting-templates", "phrases", "office-forms"),
)
"""Lists under Danh mục, each shown in a page of its own."""
EXPORT, IMPORT = "export", "import"
"""The names lists find the window's actions Xuất Excel, Nhập Excel by."""
YEAR_SETTING = "window/year"
_ALL_YEARS = 0
LAW_TITLE = "Quy định, mức và thời hạn"

_VERBS = {
    Verb.NEW: ("add", "Ctrl+N"),
    Verb.EDIT: ("edit", "F2"),
    Verb.SAVE: ("save", "Ctrl+S"),
    Verb.CANCEL: ("cancel", ""),
    Verb.REMOVE: ("delete", ""),
    Verb.PRINT: ("print", "Ctrl+P"),
    Verb.RELOAD: ("reload", "F5"),
}
_HINTS = {Verb.CANCEL: "Esc", Verb.REMOVE: "Del"}
"""Keys the form and the list handle themselves, so that they never reach a field being edited by mistake."""


class Looks(QActionGroup):
    """The looks of the menu Xem: the one chosen is worn at once and kept."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._state: ViewState | None = None
        self.triggered.connect(self._on_triggered)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_colour_scheme_changed)

    def begin(self, state: ViewState) -> None:
        """Tick the look kept in the settings of the window, and keep others there."""
        self._state = state
        chosen = state.text("window/look", theme.Look.SYSTEM)
        for action in self.actions():
            action.setChecked(str(action.data()) == chosen)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        _wear(theme.Look(action.data()))
        if self._state is not None:
            self._state.put("window/look", str(action.data()))

    @Slot()
    def _on_colour_scheme_changed(self) -> None:
        """Follow the desktop from light to dark while the look follows the system."""
        chosen = self.checkedAction()
        if chosen is None or chosen.data() == theme.Look.SYSTEM:
            _wear(theme.Look.SYSTEM)


class YearBox(QComboBox):
    """The year at work, of those the file holds something of, or all."""

    def year(self) -> int:
        """Return the year chosen, 0 for all."""
        return int(self.currentData() or _ALL_YEARS)

    def choose(self, year: int) -> None:
        """Choose a year, when the file holds anything of it."""
        row = self.findData(year)
        if row >= 0:
            self.setCurrentIndex(row)

    def forget(self) -> None:
        """Empty the box without a word: an emptied box would say "all years"."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def fill(self, workspace: Workspace, state: ViewState) -> None:
        """Offer the years of a file; the one chosen stays, though its last row went."""
        from kc_desktop.services import lists

        known = lists.years(workspace) or (date.today().year,)
        shown = {self.year()} - {_ALL_YEARS} if self.count() else set()
        wanted = [*sorted({*known} | shown, reverse=True), _ALL_YEARS]
        if [self.itemData(row) for row in range(self.count())] == wanted:
            return
        chosen = self.year() if self.count() else state.number(YEAR_SETTING, known[0])
        self.blockSignals(True)
        self.clear()
        for year in wanted:
            self.addItem(str(year) if year else "Mọi năm", year)
        self.setCurrentIndex(wanted.index(chosen) if chosen in wanted else 0)
        self.blockSignals(False)


class Actions:
    """Every action of the window, made once. The window connects them; the menus and the toolbar show them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.verbs = {verb: self._make(_verb_text(verb), *_VERBS[verb]) for verb in Verb}
        self.create = self._make("Tạo tệp mới…", "new-file", "Ctrl+Shift+N")
        self.open = self._make("Mở tệp…", "open", "Ctrl+O")
        self.sample = self._make("Dùng thử dữ liệu mẫu", "sample")
        self.close_file = self._make("Đóng tệp")
        self.quit = self._make("Thoát", "", "Ctrl+Q")
        self.undo = self._make("Hoàn tác", "undo", "Ctrl+Z")
        self.redo = self._make("Làm lại", "redo", "Ctrl+Y")
        self.find = self._make("Tìm trong danh sách", "search", "Ctrl+F")
        self.quick_find = self._make("Tìm nhanh", "search", "Ctrl+K")
        self.history = self._make("Lịch sử của mục đang xem…", "history", "Ctrl+H")
        self.next_tab = self._make("Thẻ sau", "", "Ctrl+PgDown")
        self.previous_tab = self._make("Thẻ trước", "", "Ctrl+PgUp")
        self.close_page = self._make("Đóng thẻ danh mục", "", "Ctrl+W")
        self.office = self._make("Thiết lập đơn vị…", "office")
        self.bin = self._make("Thùng rác…", "bin")
        self.next_year = self._make("Mở kế hoạch năm mới…", "calendar")
        self.calendar = self._make("Xuất lịch .ics…", "calendar")
        self.export = self._make("Xuất Excel…", "columns", "Ctrl+Shift+E")
        self.export.setObjectName(EXPORT)
        self.export_all = self._make("Xuất toàn bộ dữ liệu…")
        self.import_ = self._make("Nhập Excel…", "add", "Ctrl+Shift+I")
        self.import_.setObjectName(IMPORT)
        self.check = self._make("Kiểm tra tệp dữ liệu", "check")
        self.back_up = self._make("Sao lưu ngay…", "save")
        self.update = self._make("Cập nhật chương trình…")
        self.news = self._make("Có gì mới")
        self.restore = self._make("Phục hồi từ bản sao lưu…", "history")
        self.about = self._make("Giới thiệu")
        self.guide = self._make("Hướng dẫn", "help", "F1")
        self.keys = self._make("Phím tắt")
        self.first_steps = self._make("Các bước đầu tiên…")
        self.for_it_staff = self._make("Dành cho cán bộ tin học")
        self.catalogues = {key: self._make("") for key in CATALOGUES}
        self.law = self._make(LAW_TITLE)
        self.disclosures = self._make("Nhật ký xem dữ liệu bảo vệ")
        self.looks = Looks(window)
        for look, label in theme.LOOK_LABELS.items():
            action = self._make(label)
            action.setCheckable(True)
            action.setData(look)
            self.looks.addAction(action)
        self.text_sizes = QMenu("Cỡ chữ", window)
        self.text_sizes.aboutToShow.connect(partial(_fill_text_sizes, self.text_sizes, window))
        self.chosen_rows = QMenu("Các dòng đã chọn", window)
        self.chosen_rows.aboutToShow.connect(partial(_fill_chosen_rows, self.chosen_rows, window))
        self.verbs[Verb.REMOVE].setIconVisibleInMenu(True)

    def _make(self, text: str, icon_name: str = "", keys: str = "") -> QAction:
        action = QAction(text, self._window)
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setToolTip(f"{text.split(chr(9))[0]} ({keys})")
        self._window.addAction(action)
        return action

    def show_undo_texts(self, workspace: Workspace | None) -> None:
        """Name the steps that Hoàn tác and Làm lại would take."""
        writable = workspace is not None and not workspace.is_read_only
        for action, word, label in (
            (self.undo, "Hoàn tác", workspace.undo_label if workspace and writable else ""),
            (self.redo, "Làm lại", workspace.redo_label if workspace and writable else ""),
        ):
            action.setEnabled(bool(label))
            action.setText(f"{word}: {label}".replace("&", "&&") if label else word)
            action.setIconText(word)
            action.setToolTip(f"{word}: {label}" if label else word)

    def name_catalogues(self) -> None:
        """Give the lists of Danh mục their titles, known once a file is open."""
        if not self.catalogues[CATALOGUES[0]].text():
            from kc_desktop.services.lists import title_of

            for key, action in self.catalogues.items():
                action.setText(title_of(key))

    def need_a_file(self) -> list[QAction]:
        """Return the actions that make sense only with a file open."""
        return [
            self.close_file,
            self.find,
            self.quick_find,
            self.history,
            self.office,
            self.first_steps,
            self.next_year,
            self.bin,
            self.calendar,
            self.import_,
            self.export,
            self.export_all,
            self.check,
            self.back_up,
            self.next_tab,
            self.previous_tab,
            *self.catalogues.values(),
            self.law,
            self.disclosures,
        ]


def connect_files(do: Actions, files: FileMenu) -> None:
    """Connect what the menus Tệp, Công cụ and Trợ giúp do."""
    for action, slot in (
        (do.create, files.create),
        (do.open, files.open),
        (do.sample, files.sample),
        (do.history, files.show_history),
        (do.bin, files.show_bin),
        (do.office, files.show_office),
        (do.first_steps, files.show_first_steps),
        (do.next_year, files.open_next_year),
        (do.calendar, files.export_calendar),
        (do.import_, files.import_),
        (do.export, files.export),
        (do.export_all, files.export_all),
        (do.check, files.check),
        (do.back_up, files.back_up),
        (do.restore, files.restore),
        (do.update, files.update),
        (do.news, files.show_news),
        (do.about, files.show_about),
        (do.guide, files.show_guide),
        (do.keys, files.show_keys),
        (do.for_it_staff, files.show_page_for_it_staff),
    ):
        action.triggered.connect(slot)


def fill_menus(window: MainWindow, actions: Actions) -> QMenu:
    """Fill the menu bar and return the menu Báo cáo, which the window fills when it opens."""
    bar = window.menuBar()
    verbs = actions.verbs
    _menu(
        bar.addMenu("&Tệp"),
        *(actions.create, actions.open, actions.sample, actions.close_file, None),
        *(actions.import_, actions.export, actions.export_all, None),
        *(actions.back_up, actions.restore, None, actions.quit),
    )
    edit = bar.addMenu("&Sửa")
    _menu(
        edit,
        actions.undo,
        actions.redo,
        None,
        *(verbs[each] for each in (Verb.NEW, Verb.EDIT, Verb.SAVE, Verb.CANCEL, Verb.REMOVE)),
        None,
        verbs[Verb.PRINT],
        verbs[Verb.RELOAD],
        None,
        actions.find,
        actions.quick_find,
        None,
    )
    edit.addMenu(actions.chosen_rows)
    view = bar.addMenu("&Xem")
    _menu(view, actions.next_tab, actions.previous_tab, actions.close_page, None, actions.history, None)
    looks = view.addMenu("Giao diện")
    looks.addActions(actions.looks.actions())
    view.addMenu(actions.text_sizes)
    _menu(bar.addMenu("&Danh mục"), *actions.catalogues.values(), None, actions.law, actions.office)
    reports = bar.addMenu("&Báo cáo")
    reports.aboutToShow.connect(partial(_fill_reports, reports, window))
    _menu(
        bar.addMenu("&Công cụ"),
        *(actions.next_year, actions.calendar, None, actions.bin, actions.disclosures, actions.check),
        *(None, actions.update),
    )
    _menu(
        bar.addMenu("Trợ &giúp"),
        *(actions.guide, actions.keys, actions.for_it_staff, None, actions.first_steps, None),
        *(actions.news, actions.about),
    )
    return reports


def _fill_chosen_rows(menu: QMenu, window: QMainWindow) -> None:
    from ui.selection_menu import fill_for

    fill_for(menu, window.centralWidget())


def _fill_text_sizes(menu: QMenu, window: MainWindow) -> None:
    from ui.text_size import fill_menu

    fill_menu(window, menu)


def _fill_reports(menu: QMenu, window: MainWindow) -> None:
    from ui.reports_menu import fill_reports

    fill_reports(window, menu)


def _wear(look: theme.Look) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, look)


def make_toolbar(window: QMainWindow, actions: Actions, years: QComboBox) -> QToolBar:
    """Make the slim toolbar: the year, the verbs used most, and at its right end the room of the search box."""
    step = theme.step(window)
    bar = QToolBar("Thanh công cụ", window)
    bar.setObjectName("toolbar")
    theme.flatten(bar)
    bar.setMovable(False)
    size_toolbar(bar)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    bar.setContentsMargins(step * 2, 0, step * 2, 0)
    label = QLabel("Năm ", window)
    label.setBuddy(years)
    years.setAccessibleName("Năm làm việc")
    years.setToolTip("Năm làm việc của mọi thẻ")
    years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    years.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bar.addWidget(label)
    bar.addWidget(years)
    bar.addWidget(_gap(window, step * 3))
    for verb in (Verb.NEW, Verb.SAVE):
        bar.addAction(actions.verbs[verb])
    bar.addAction(actions.undo)
    bar.addAction(actions.verbs[Verb.PRINT])
    room = QWidget(window)
    room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(room)
    window.addToolBar(bar)
    return bar


def size_toolbar(bar: QToolBar) -> None:
    """Give the toolbar icons that go with its letters."""
    edge = theme.step(count=5)
    bar.setIconSize(QSize(edge, edge))


def _gap(parent: QWidget, width: int) -> QWidget:
    gap = QWidget(parent)
    gap.setFixedWidth(width)
    gap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return gap


def _menu(menu: QMenu, *entries: QAction | None) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            menu.addAction(entry)


def _verb_text(verb: Verb) -> str:
    return f"{verb.value}\t{_HINTS[verb]}" if verb in _HINTS else verb.value

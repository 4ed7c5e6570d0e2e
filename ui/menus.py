"""The actions of the main window, its menus and its one slim toolbar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from ui import theme
from ui.icons import icon
from ui.tabs.base import Verb

CATALOGUES = (
    *("people", "establishments", "appointments", "plans", "register", "admin-units"),
    *("meeting-templates", "phrases", "office-forms"),
)
"""Lists under Danh mục, each shown in a page of its own."""
EXPORT, IMPORT = "export", "import"
"""The names lists find the window's actions Xuất Excel, Nhập Excel by."""
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


class Actions:
    """Every action of the window, made once. The window connects them; the menus and the toolbar show them."""

    def __init__(self, window: QMainWindow) -> None:
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
        self.looks = QActionGroup(window)
        for look, label in theme.LOOK_LABELS.items():
            action = self._make(label)
            action.setCheckable(True)
            action.setData(look)
            self.looks.addAction(action)
        self.text_sizes = QMenu("Cỡ chữ", window)
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


def fill_menus(window: QMainWindow, actions: Actions) -> QMenu:
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

"""Why a command of the menus is greyed out now, and what makes it work: Tìm nhanh says it under the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from ui.tabs.base import Verb
from ui.widgets.list_panel import ListPanel

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_CHOOSE_ONE = "Chọn một mục trong danh sách trước."
_OPEN_A_LIST = "Mở một danh sách trước, như thẻ Chương trình hoặc Danh mục, Danh bạ."
_CHOOSE_ROWS = "Chọn các dòng trong danh sách trước."
_READ_ONLY = "Tệp đang mở chỉ để đọc."
_VERBS = {
    Verb.NEW: "Ở đây không thêm được. Mở danh sách cần thêm trước.",
    Verb.EDIT: _CHOOSE_ONE,
    Verb.REMOVE: _CHOOSE_ONE,
    Verb.SAVE: "Chưa có phần nào đang sửa.",
    Verb.CANCEL: "Chưa có phần nào đang sửa.",
    Verb.PRINT: "Chọn một cuộc họp hoặc đề án trước.",
    Verb.RELOAD: _OPEN_A_LIST,
}
_WRITING = frozenset({Verb.NEW, Verb.EDIT, Verb.REMOVE})


def missing(window: MainWindow, action: QAction) -> str:
    """Return what a greyed-out command of the window waits for, "" for what is no command of its menus."""
    do = window.actions_
    verb = next((verb for verb, each in do.verbs.items() if each is action), None)
    if verb is not None:
        tab = window.pages.current()
        is_editing = tab is not None and tab.can(Verb.SAVE)
        if window.workspace is not None and window.workspace.is_read_only and verb in _WRITING:
            return _READ_ONLY
        return "Lưu hoặc Hoãn phần đang sửa trước." if is_editing else _VERBS[verb]
    if action in do.chosen_rows.actions():
        return _of_rows(window)
    if action is do.history:
        return _CHOOSE_ONE
    if action is do.close_page:
        return "Thẻ đang xem không phải thẻ danh mục."
    if action in (do.undo, do.redo):
        if window.workspace is not None and window.workspace.is_read_only:
            return _READ_ONLY
        return "Chưa có bước nào để hoàn tác." if action is do.undo else "Chưa hoàn tác bước nào."
    return ""


def missing_list() -> str:
    """Return what the commands of a list wait for where no list is in sight."""
    return _OPEN_A_LIST


def list_in_sight(window: MainWindow) -> ListPanel | None:
    """Return the list on show, None where there is none."""
    return next((each for each in window.pages.findChildren(ListPanel) if each.isVisible()), None)


def _of_rows(window: MainWindow) -> str:
    if list_in_sight(window) is None:
        return ""  # the menu holds words only
    is_read_only = window.workspace is not None and window.workspace.is_read_only
    return f"{_CHOOSE_ROWS} {_READ_ONLY}" if is_read_only else _CHOOSE_ROWS

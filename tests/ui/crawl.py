"""A walk through every screen of `tests.ui.screens` that notes what one would miss without a mouse, or without eyes.

Nothing is asserted here: `found` keeps, by kind, one line for each fault and the first screen it was seen on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolBar,
    QWidget,
)

from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import KnownError
from kc_desktop.services import update
from tests.ui import screens
from tests.ui.helpers import all_widgets
from ui import errors
from ui.dialogs.ballot_comment import BallotCommentDialog
from ui.dialogs.finalise import ReopenDialog
from ui.dialogs.merge import MergeDialog
from ui.dialogs.override import OverrideDialog
from ui.dialogs.roll_forward import RollForwardDialog
from ui.dialogs.statement import StatementDialog
from ui.dialogs.update import NewsDialog
from ui.widgets.chart_view import ChartPicture
from ui.widgets.value_editors import DateEdit

_CONTROLS = (
    *(QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView),
    *(QAbstractSpinBox, QTabBar, QAbstractSlider),
)
_BY_OTHER_KEYS = {
    "Câu mẫu": "Ctrl+M, where the phrase goes",
    **dict.fromkeys(
        ("1 Đã mời", "2 Đã xác nhận", "3 Có mặt", "4 Vắng có phép", "5 Vắng", "6 Cử người dự thay"),
        "the number, on the row of the person",
    ),
    **dict.fromkeys(("Gợi ý", "Kết quả tìm nhanh"), "the arrows, while typing"),
    "Hoàn tác việc vừa làm": "Ctrl+Z",
    "Nút khác của hàng này": "Tab and the arrows lead to the buttons it lists",
}
"""What Tab passes by on purpose, and the key that leads there. Also: buttons of the toolbar (each has a key or stands
in the menu), the calendar of a date (Alt+Down in the date), a choice that is not the one made and the marks of a chart
but one (the arrows)."""

_ROLES = {
    QTabBar: (QAccessible.Role.PageTabList,),
    QRadioButton: (QAccessible.Role.RadioButton,),
    QAbstractButton: (
        *(QAccessible.Role.Button, QAccessible.Role.ButtonMenu, QAccessible.Role.CheckBox),
        QAccessible.Role.RadioButton,
    ),
    QComboBox: (QAccessible.Role.ComboBox,),
    QAbstractSpinBox: (QAccessible.Role.SpinBox,),
    QLineEdit: (QAccessible.Role.EditableText,),
    QPlainTextEdit: (QAccessible.Role.EditableText,),
    QTextEdit: (QAccessible.Role.EditableText, QAccessible.Role.StaticText),
    QAbstractItemView: (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree),
    QLabel: (QAccessible.Role.StaticText, QAccessible.Role.Link),
}
_WIDE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)


class Crawler(screens.Photographer):
    """Looks at every screen instead of keeping its picture."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1366, 728)) -> None:
        super().__init__(folder, "", size)
        self.found: dict[str, dict[str, str]] = {}
        self.seen: list[str] = []
        self.dialogs: dict[str, QSize] = {}
        """The least size of each dialog."""

    def keep(self, name: str, widget: QWidget | None = None) -> None:
        """Look at what is on show."""
        screens._settle()
        while self.window.files.jobs().is_busy():
            QCoreApplication.processEvents()
        shown = widget or self.window
        self.seen.append(name)
        for kind, what in self._faults(shown):
            self.found.setdefault(kind, {}).setdefault(what, name)
        if isinstance(shown, QDialog):
            self.dialogs[name] = shown.minimumSizeHint().expandedTo(shown.minimumSize())

    def clean_up(self) -> None:
        """Delete the window and the files it worked on."""
        shiboken6.delete(self.window)
        self._work.cleanup()

    def faults(self, kind: str) -> list[str]:
        """Return the faults of a kind, each with the screen it was first seen on."""
        return [f"{screen}: {what}" for what, screen in self.found.get(kind, {}).items()]

    def _dialogs(self) -> None:
        super()._dialogs()
        workspace, window = self.window.workspace, self.window
        assert workspace is not None
        for name, dialog in (
            ("merge", MergeDialog(workspace, Person, window)),
            ("statement", StatementDialog(workspace, tuple(workspace.all(AnnualPlan)), window)),
            ("roll-forward", RollForwardDialog(workspace, 2023, window)),
            ("reopen", ReopenDialog(workspace, 1, window)),
            ("override", OverrideDialog(workspace, 1, (), window)),
            ("ballot-comment", BallotCommentDialog(workspace, 1, 1, "Đại biểu 01", window)),
            ("news", NewsDialog(update.news_since("0"), window)),
        ):
            self.modal(name, dialog.exec)
            dialog.deleteLater()
        self.modal("known-error", partial(errors.show_known, window, KnownError("Không mở được tệp.", "Thử lại.")))
        self.modal("unknown-error", partial(errors._show_unknown, window, ValueError("thử")))

    def _faults(self, shown: QWidget) -> Iterator[tuple[str, str]]:
        yield from _unnamed(shown)
        yield from _same_letters(shown)
        yield from _same_keys(shown)
        if not isinstance(shown, QMenu):
            yield from _tab_walk(shown)


def name_of(widget: QWidget) -> str:
    """Return the name a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _path(widget: QWidget | None) -> str:
    names: list[str] = []
    while widget is not None and len(names) < 3:
        names.append(type(widget).__name__)
        widget = widget.parentWidget()
    return " in ".join(names)


def _is_of_qt(widget: QWidget) -> bool:
    """Whether Qt put it into a control of its own."""
    parent = widget.parentWidget()
    return (
        isinstance(widget, QScrollBar | QHeaderView)
        or isinstance(parent, QComboBox | QAbstractSpinBox | QCalendarWidget | QLineEdit | QScrollBar | QTabBar)
        or (isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton))
        or widget.objectName().startswith("qt_")
    )


def _shown(parent: QWidget) -> Iterator[QWidget]:
    for widget in all_widgets(parent):
        if widget.isVisible() and widget.window() is parent.window():
            yield widget


def controls(parent: QWidget) -> Iterator[QWidget]:
    """Yield what can be worked with on a screen."""
    for widget in _shown(parent):
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget, QTabWidget)
        if not _is_of_qt(widget) and (isinstance(widget, _CONTROLS) or takes_tab):
            yield widget


def _unnamed(shown: QWidget) -> Iterator[tuple[str, str]]:
    for widget in controls(shown):
        if not name_of(widget):
            yield "name", _path(widget)
        role = QAccessible.queryAccessibleInterface(widget).role()
        fitting = next((roles for kind, roles in _ROLES.items() if isinstance(widget, kind)), None)
        if fitting is not None and role not in fitting:
            yield "role", f"{_path(widget)}: {role.name}"
        elif fitting is None and role in (QAccessible.Role.Client, QAccessible.Role.NoRole):
            is_scrolled = isinstance(widget, QAbstractScrollArea)  # a page that the arrows scroll
            if not (is_scrolled and name_of(widget)):
                yield "role", f"{_path(widget)}: {role.name}"


def _same_letters(shown: QWidget) -> Iterator[tuple[str, str]]:
    """Two mnemonics alike: the key would only move the focus from one to the other."""
    letters: dict[str, str] = {}
    for text in _mnemonic_texts(shown):
        letter = text.replace("&&", "").partition("&")[2][:1].casefold()
        if letter and letters.setdefault(letter, text) is not text:
            yield "letter", f"Alt+{letter}: {letters[letter]}, {text}"


def _mnemonic_texts(shown: QWidget) -> Iterator[str]:
    for widget in _shown(shown):
        if isinstance(widget, QMenuBar | QMenu):
            yield from (each.text() for each in widget.actions())
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, QAbstractButton | QLabel) and not isinstance(widget.parent(), QToolBar):
            yield widget.text() if isinstance(widget, QAbstractButton) or widget.buddy() is not None else ""


def _same_keys(shown: QWidget) -> Iterator[tuple[str, str]]:
    """Two shortcuts alike that both hear the key: Qt then runs neither."""
    known: dict[str, list[tuple[Qt.ShortcutContext, QWidget, str]]] = {}
    for key, context, widget, what in _shortcuts(shown.window()):
        for other_context, other, other_what in known.get(key, []):
            is_near = widget is other or widget.isAncestorOf(other) or other.isAncestorOf(widget)
            if context in _WIDE or other_context in _WIDE or is_near:
                yield "key", f"{key}: {what}, {other_what}"
        known.setdefault(key, []).append((context, widget, what))


def _shortcuts(top: QWidget) -> Iterator[tuple[str, Qt.ShortcutContext, QWidget, str]]:
    for widget in _shown(top):
        if isinstance(widget, QAbstractButton):
            if not widget.shortcut().isEmpty() and "&" not in widget.text():
                yield widget.shortcut().toString(), Qt.ShortcutContext.WindowShortcut, widget, widget.text()
        elif not isinstance(widget, QMenu | QMenuBar | QToolBar):
            for action in widget.actions():
                for key in action.shortcuts() if action.isEnabled() else ():
                    yield key.toString(), action.shortcutContext(), widget, action.text()
    for shortcut in top.findChildren(QShortcut):
        parent = shortcut.parent()
        if isinstance(parent, QWidget) and parent.isVisible() and parent.window() is top:
            yield shortcut.key().toString(), shortcut.context(), parent, _path(parent)


def _tab_walk(shown: QWidget) -> Iterator[tuple[str, str]]:
    """Press Tab round the window: everything is met, once, and in the order it is read."""
    top = shown.window()
    before, met = top.focusWidget(), list[QWidget]()
    for _ in range(300):
        top.focusNextChild()
        focused = top.focusWidget()
        if focused is None or any(focused is each for each in met):
            break
        met.append(focused)
    if before is not None:
        before.setFocus()
    for widget in controls(shown):
        if widget.isEnabled() and not any(widget is each for each in met) and not _has_other_keys(widget):
            yield "reach", f"{_path(widget)}: {name_of(widget)}"
        if isinstance(widget, QAbstractItemView) and widget.tabKeyNavigation():
            yield "trap", _path(widget)
        if isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly() and not widget.tabChangesFocus():
            yield "trap", _path(widget)
    back = [(first, then) for first, then in zip(met, met[1:] + met[:1], strict=True) if _goes_back(top, first, then)]
    for first, then in back[1:]:  # one step leads from the end to the beginning
        yield "order", f"{name_of(first)}, then {name_of(then)} ({_path(then)})"


def _has_other_keys(widget: QWidget) -> bool:
    parent = widget.parent()
    if widget.focusProxy() is not None or isinstance(parent, QToolBar | ChartPicture):
        return True
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive() and group.checkedButton() is not widget:
            return True
        if isinstance(parent, DateEdit) or (isinstance(widget, QRadioButton) and not widget.isChecked()):
            return True
    return name_of(widget) in _BY_OTHER_KEYS


def _goes_back(top: QWidget, first: QWidget, then: QWidget) -> bool:
    """Whether a step of Tab leads up, or back in the same line."""
    before, after = _place(top, first, then), _place(top, then, first)
    if after.contains(before):  # from what stands in the head of a table into its rows
        return False
    is_up = after.bottom() < before.top() and after.left() <= before.right()
    shared = min(before.bottom(), after.bottom()) - max(before.top(), after.top())
    is_beside = shared > min(before.height(), after.height()) / 2
    return is_up or (is_beside and after.right() <= before.left())


def _place(top: QWidget, widget: QWidget, other: QWidget) -> QRect:
    """Return where a widget stands; in a page that scrolls and the other is not on, where the page stands."""
    shown, parent = widget, widget.parentWidget()
    if widget.visibleRegion().isEmpty() and parent is not None:  # scrolled out of sight
        shown = parent
    while parent is not None and parent is not top:
        if isinstance(parent, QScrollArea) and not parent.isAncestorOf(other):
            shown = parent
        parent = parent.parentWidget()
    return QRect(shown.mapTo(top, QPoint(0, 0)), shown.size())

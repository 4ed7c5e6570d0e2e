"""What every control says: Vietnamese, and something to those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QToolBar,
    QWidget,
)

from tests.ui.helpers import all_widgets, in_dialog
from ui.main_window import MainWindow
from ui.menus import CATALOGUES
from ui.tabs.base import Verb
from ui.tabs.group import GroupTab

_ENGLISH = re.compile(
    r"\b(the|and|of|to|open|save|close|cancel|yes|no|new|edit|delete|remove|undo|redo|copy|paste|cut|select|all|print"
    r"|find|search|file|view|help|tools|settings|apply|reset|ok|error|warning|next|back|previous|scroll|page|name|date"
    r"|today|loading|empty|none|true|false)\b",
    re.IGNORECASE,
)
_NAMED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView, QCheckBox)


def _says(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        for row in range(widget.count()):
            yield widget.itemText(row)
    if isinstance(widget, QTableView):
        model = widget.model()
        for section in range(model.columnCount()):
            yield str(model.headerData(section, Qt.Orientation.Horizontal) or "")
    for action in widget.actions():
        yield action.text()
        yield action.toolTip()


def _every_tab(window: MainWindow) -> Iterator[QWidget]:
    for key in CATALOGUES:
        window.open_catalogue(key)
    for index in range(window.pages.count()):
        window.pages.setCurrentIndex(index)
        tab = window.pages.current()
        assert tab is not None
        parts = tab.list_keys() if isinstance(tab, GroupTab) else ("",)
        for part in parts:
            if isinstance(tab, GroupTab):
                tab.show_part(part)
            QApplication.processEvents()
            yield tab
            if tab.can(Verb.NEW):
                tab.new()
                QApplication.processEvents()
                yield tab
                tab.cancel()


def _english(parent: QWidget) -> list[str]:
    found = []
    for widget in all_widgets(parent):
        for text in _says(widget):
            words = re.sub(r"(Ctrl|Alt|Shift|PgDown|PgUp|Del|Esc|F\d+|KC Desktop|\S*\.kcdb|<[^>]*>)", "", text)
            if _ENGLISH.search(words):
                found.append(f"{type(widget).__name__}: {text}")
    return found


def _nameless(parent: QWidget) -> list[str]:
    found = []
    for widget in all_widgets(parent):
        is_part_of_qt = isinstance(widget.parent(), QComboBox | QScrollBar | QAbstractScrollArea | QLineEdit)
        if not isinstance(widget, _NAMED) or is_part_of_qt or widget.objectName().startswith("qt_"):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text or isinstance(widget.parent(), QToolBar)):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_no_english_word_stands_anywhere_in_the_window(window: MainWindow) -> None:
    for _tab in _every_tab(window):
        assert _english(window) == []


def test_every_control_says_what_it_is(window: MainWindow) -> None:
    for _tab in _every_tab(window):
        assert _nameless(window) == []


@pytest.mark.parametrize("name", ["bin", "office", "about"])
def test_every_dialog_speaks_vietnamese_and_names_its_controls(window: MainWindow, name: str) -> None:
    def act(dialog: QDialog) -> None:
        assert _english(dialog) == []
        assert _nameless(dialog) == []

    in_dialog(act, getattr(window.actions_, name).trigger)


def test_every_action_has_words_and_no_two_share_a_key(window: MainWindow) -> None:
    keys: dict[str, str] = {}
    for action in window.actions():
        assert action.text()
        key = action.shortcut().toString()
        if key:
            assert key not in keys, f"{action.text()} and {keys[key]}: {key}"
            keys[key] = action.text()


def test_every_menu_of_the_bar_can_be_reached_by_its_letter(window: MainWindow) -> None:
    letters = []
    for action in window.menuBar().actions():
        assert isinstance(action.menu(), QMenu)
        letters.append(action.text().partition("&")[2][:1].casefold())
    assert all(letters)
    assert len(set(letters)) == len(letters)

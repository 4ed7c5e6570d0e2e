"""What the tests of the meeting editor and of the preview share: the tab, a keyboard and an input method."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import show_active
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
_open: list[MeetingsTab] = []
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_tab(qtbot: QtBot, workspace: Workspace, state: ViewState, year: int = 2023) -> MeetingsTab:
    """Show the tab on a screen of 1366 x 768 as the main window does."""
    tab = MeetingsTab(workspace, state)
    _open.append(tab)
    tab.resize(1366, 680)
    tab.set_year(year)
    tab.refresh(frozenset())
    show_active(qtbot, tab)
    return tab


def close_tabs() -> None:
    """Delete the tabs opened; before their workspace is closed, as the main window does."""
    while _open:
        shiboken6.delete(_open.pop())


def focused() -> QWidget:
    """Return the widget that gets the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key wherever the focus is, shortcuts included."""
    QTest.keyClick(focused(), key, modifiers)
    QCoreApplication.processEvents()


def type_keys(text: str) -> None:
    """Type plain letters."""
    QTest.keyClicks(focused(), text)
    QCoreApplication.processEvents()


def compose(text: str) -> None:
    """Type Vietnamese through an input method: every word is composed letter by letter, then committed."""
    for place, word in enumerate(text.split(" ")):
        if place:
            type_keys(" ")
        for end in range(1, len(word) + 1):
            preedit(word[:end])
        commit(word)


def preedit(text: str) -> None:
    """Let the input method show what it is composing."""
    QApplication.sendEvent(focused(), QInputMethodEvent(text, []))


def commit(text: str) -> None:
    """Let the input method hand over what was composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)

"""Hands and eyes of the tests: typing, composing, answering a dialog, reading what is on show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def show_active(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and wait until keys and shortcuts are its own.

    isActiveWindow() would be too early: on Windows it says what the system knows, before Qt has been told.
    """
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type Vietnamese as an input method hands it over: composed letter by letter, then committed."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            compose(widget, letter)
            commit(widget, letter)


def compose(widget: QWidget, text: str) -> None:
    """Show letters an input method is still composing."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit(widget: QWidget, text: str) -> None:
    """Commit what was composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def replace_text(widget: QWidget, text: str) -> None:
    """Select everything in a field and type over it."""
    widget.setFocus()
    press(widget, Key.Key_A, CTRL)
    if text:
        type_text(widget, text)
    else:
        press(widget, Key.Key_Delete)


def in_dialog(act: Callable[[QDialog], None], open_it: Callable[[], object]) -> None:
    """Open a modal dialog and act in it; the dialog is closed afterwards in any case, a failure inside is raised."""
    failures: list[BaseException] = []
    seen: list[QDialog] = []

    def drive() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(5, drive)
            return
        seen.append(dialog)
        try:
            act(dialog)
        except BaseException as error:
            failures.append(error)
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(0, drive)
    open_it()
    if failures:
        raise failures[0]
    assert seen, "no dialog was opened"


def click(widget: QWidget) -> None:
    """Click a widget in its middle."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def click_button(parent: QWidget, text: str) -> None:
    """Click the visible button of these words."""
    for button in parent.findChildren(QPushButton):
        if button.text().replace("&", "") == text and button.isVisible():
            click(button)
            return
    raise AssertionError(f"no button {text}")


def texts(parent: QWidget) -> list[str]:
    """Return the text of every visible label."""
    return [label.text() for label in parent.findChildren(QLabel) if label.isVisible() and label.text()]


def all_widgets(parent: QWidget) -> Iterator[QWidget]:
    """Yield a widget and everything in it."""
    yield parent
    yield from parent.findChildren(QWidget)

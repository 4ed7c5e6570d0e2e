"""What Vietnamese input methods send while a word is typed, as events.

Three kinds are in use. UniKey and EVKey swallow the key and send Backspaces, then the letters as keys (VK_PACKET:
a key of no code with a text). Windows' own Telex and IBus compose: the word is shown as preedit and handed over at its
end. IBus-bamboo replaces what stands before the cursor. Telex and VNI differ in the order the marks come in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

Stream = Callable[[Sequence[str]], None]

TELEX = {
    "đường": ("d", "đ", "đu", "đuo", "đươ", "đươn", "đương", "đường"),
    "khuyến công": (
        *("k", "kh", "khu", "khuy", "khuye", "khuyê", "khuyên", "khuyến", "khuyến ", "khuyến c"),
        *("khuyến co", "khuyến cô", "khuyến côn", "khuyến công"),
    ),
    "Thị Ước": ("T", "Th", "Thi", "Thị", "Thị ", "Thị U", "Thị Ư", "Thị Ưo", "Thị Ươ", "Thị Ươc", "Thị Ước"),
}
"""What stands there after each key of dduowngf, khuyeens coong, Thij Uwowcs."""

VNI = {
    "đường": ("d", "du", "duo", "duon", "duong", "đuong", "đương", "đường"),
    "khuyến công": (
        *("k", "kh", "khu", "khuy", "khuye", "khuyen", "khuyên", "khuyến", "khuyến ", "khuyến c"),
        *("khuyến co", "khuyến con", "khuyến cong", "khuyến công"),
    ),
    "Thị Ước": ("T", "Th", "Thi", "Thị", "Thị ", "Thị U", "Thị Uo", "Thị Uoc", "Thị Ươc", "Thị Ước"),
}
"""What stands there after each key of duong972, khuyen61 cong6, Thi5 Uoc71."""


def backspaces(states: Sequence[str]) -> None:
    """Type as UniKey does, with letters as keys of no code."""
    shown = ""
    for state in states:
        kept = _common(shown, state)
        for _letter in shown[kept:]:
            _key(Qt.Key.Key_Backspace, "\b")
        for letter in state[kept:]:
            _key(Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown, letter)
        shown = state


def composition(states: Sequence[str]) -> None:
    """Type as Windows' Telex does: each word composed, handed over, then the space as a key."""
    done = 0
    for state in states:
        if state.endswith(" "):
            _input("", state[done:-1])
            _key(Qt.Key.Key_Space, " ")
            done = len(state)
        else:
            _input(state[done:])
    _input("", states[-1][done:])


def replacements(states: Sequence[str]) -> None:
    """Type as IBus-bamboo does: what stands before the cursor is replaced."""
    shown = ""
    for state in states:
        kept = _common(shown, state)
        _input("", state[kept:], replaced=len(shown) - kept)
        shown = state


STREAMS: dict[str, Stream] = {"backspaces": backspaces, "composition": composition, "replacements": replacements}


def _common(one: str, other: str) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _receiver() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _key(key: Qt.Key, text: str) -> None:
    """Press and release a key as the window system does: shortcuts are asked first."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
    override.ignore()
    QCoreApplication.sendEvent(_receiver(), override)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(_receiver(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _input(preedit: str, commit: str = "", replaced: int = 0) -> None:
    event = QInputMethodEvent(preedit, [])
    if commit or replaced:
        event.setCommitString(commit, -replaced, replaced)
    QCoreApplication.sendEvent(_receiver(), event)

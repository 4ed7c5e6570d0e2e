"""Light, dark and high contrast: words that can be read, frames that can be seen, and where the focus is."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCommandLinkButton,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.helpers import click, show_active
from ui import focus_ring, theme
from ui.focus_ring import FocusRing
from ui.widgets.bars import AmountButton
from ui.widgets.editor import paper_look
from ui.widgets.tab_bar import FlatTabBar
from ui.widgets.text_editors import Paragraphs

_ALL = {
    "light": (theme.LIGHT, 4.5),
    "dark": (theme.DARK, 4.5),
    "contrast": (theme.CONTRAST, 7.0),
    "contrast-dark": (theme.CONTRAST_DARK, 7.0),
}
"""Each look with the least ratio of words to their ground (WCAG 2.2, 1.4.3; 1.4.6 for high contrast)."""

_LOOKS = (theme.Look.LIGHT, theme.Look.DARK, theme.Look.CONTRAST)
_PAIRS = (
    *(("text", ground) for ground in ("window", "base", "stripe", "button", "accent_soft")),
    *(("muted", ground) for ground in ("window", "base", "stripe", "accent_soft")),
    *(("accent", ground) for ground in ("window", "base", "stripe", "accent_soft")),
    *((sign, ground) for sign in ("problem", "late") for ground in ("window", "base", "stripe")),
    *(("on_accent", ground) for ground in ("accent", "late")),
)
"""Every colour words are written in, on every ground they are written on."""


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, theme.Look.LIGHT)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _ratio(one: QColor, other: QColor) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", _ALL)
def test_words_stand_out_from_every_ground_they_are_written_on(name: str) -> None:
    colours, least = _ALL[name]
    pale = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground in _PAIRS
        if (ratio := _ratio(QColor(getattr(colours, ink)), QColor(getattr(colours, ground)))) < least
    }
    assert pale == {}


@pytest.mark.parametrize(
    ("is_dark", "is_high", "expected"),
    [
        (False, False, theme.LIGHT),
        (True, False, theme.DARK),
        (False, True, theme.CONTRAST),
        (True, True, theme.CONTRAST_DARK),
    ],
)
def test_the_look_follows_the_desktop_into_high_contrast(is_dark: bool, is_high: bool, expected: theme.Colours) -> None:
    wanted = Qt.ContrastPreference.HighContrast if is_high else Qt.ContrastPreference.NoPreference
    hints = SimpleNamespace(  # the desktop's own settings, which no test can change
        colorScheme=lambda: Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light,
        accessibility=lambda: SimpleNamespace(contrastPreference=lambda: wanted),
    )
    assert theme._colours_of(hints, theme.Look.SYSTEM) is expected  # type: ignore[arg-type]  # stands for QStyleHints
    assert theme._colours_of(hints, theme.Look.LIGHT) is theme.LIGHT  # type: ignore[arg-type]  # as above


def _controls(parent: QWidget) -> dict[str, QWidget]:
    made: dict[str, QWidget] = {
        "button": QPushButton("Lưu", parent),
        "tool": QToolButton(parent),
        "line": QLineEdit("Họp giao ban", parent),
        "line read": QLineEdit("Họp giao ban", parent),
        "text": Paragraphs(parent),
        "text read": Paragraphs(parent),
        "choice": QComboBox(parent),
        "tick": QCheckBox("Có", parent),
        "one of": QRadioButton("Bản này", parent),
        "large button": QCommandLinkButton("Tạo tệp mới", "Của đơn vị", parent),
        "table": QTableWidget(3, 3, parent),
        "empty table": QTableWidget(0, 3, parent),
        "list": QListWidget(parent),
        "tree": QTreeWidget(parent),
        "tabs": FlatTabBar(parent),
        "amount": AmountButton("Vốn", "1.000", "fund-entries", None, parent),
        "links": QLabel("<a href='a'>Đề án</a> 03", parent),
        "page": QTextBrowser(parent),
        "calendar": QCalendarWidget(parent),
    }
    for name, each in made.items():
        if isinstance(each, QLineEdit | Paragraphs) and "read" in name:
            each.setReadOnly(True)
        if isinstance(each, QLineEdit) and each.isReadOnly():
            paper_look(each, True)
        if isinstance(each, QTableWidget | QListWidget | QTreeWidget | QTextBrowser):
            each.setFixedHeight(70)
        if isinstance(each, QTableWidget | QTreeWidget):
            theme.flatten(each)
        if isinstance(each, FlatTabBar):
            each.addTab("Thông tin")
        if isinstance(each, QLabel):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        if isinstance(each, QComboBox):
            each.addItem("Đã họp")
        if isinstance(each, QCalendarWidget):
            each.setSelectedDate(QDate(2023, 4, 13))
    return made


def _stands_out(before: QImage, after: QImage) -> int:
    """Count the pixels one in from the edge that the focus changes by 3 to 1 or more (WCAG 2.2, 2.4.13)."""
    right, bottom = before.width() - 2, before.height() - 2
    edge = [(x, y) for x in range(1, right) for y in (1, bottom)] + [
        (x, y) for y in range(1, bottom) for x in (1, right)
    ]
    return sum(_ratio(before.pixelColor(x, y), after.pixelColor(x, y)) >= 3 for x, y in edge)


@pytest.mark.parametrize("look", _LOOKS)
def test_every_kind_of_control_shows_that_it_has_the_focus(qapp: QApplication, qtbot: QtBot, look: theme.Look) -> None:
    focus_ring.watch(qapp)
    theme.apply(qapp, look)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    other = QPushButton("Khác", window)
    controls = _controls(window)
    for each in (other, *controls.values()):
        column.addWidget(each)
    show_active(qtbot, window)
    unseen = []
    for name, control in controls.items():
        other.setFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        after = control.grab().toImage()
        if _stands_out(before, after) < control.width() + control.height() - 8:  # half of the way round
            unseen.append(name)
    assert unseen == []


def test_the_ring_goes_where_the_focus_goes_and_not_where_the_mouse_does(qapp: QApplication, qtbot: QtBot) -> None:
    watcher = focus_ring.watch(qapp)
    assert focus_ring.watch(qapp) is watcher
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, second = QLineEdit(window), QLineEdit(window)
    column.addWidget(first)
    column.addWidget(second)
    show_active(qtbot, window)
    first.setFocus()
    assert watcher.ring is not None
    assert watcher.ring in first.children()
    window.resize(500, 200)
    qapp.processEvents()
    assert watcher.ring.size() == first.size()
    click(second)
    assert second.hasFocus()
    assert watcher.ring is None
    assert not [each for each in first.findChildren(FocusRing) if each.isVisible()]
    first.setFocus()
    first.deleteLater()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not first)
    second.setFocus()
    assert isinstance(second.findChild(FocusRing), FocusRing)


def test_high_contrast_frames_its_fields(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, theme.Look.CONTRAST)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    fields = [QLineEdit(window), QPushButton("Lưu", window), QComboBox(window), QCheckBox("Có", window)]
    for field in fields:
        column.addWidget(field)
    window.show()
    for field in fields:
        drawn = field.grab().toImage()
        inks = {drawn.pixelColor(x, drawn.height() // 2).name() for x in range(4)}
        assert max(_ratio(QColor(ink), QColor(theme.CONTRAST.base)) for ink in inks) >= 3, type(field)

"""Small screens, large letters, a screen that is gone: every window stands whole where somebody sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRect, QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import show_active
from ui import icons, on_screen, theme
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.roll_forward import RollForwardDialog
from ui.main_window import MainWindow
from ui.view_state import ViewState
from ui.widgets.scrolled import Scrolled


def _geometry_on_a_screen_that_is_gone(frame: QRect) -> QByteArray:
    """Return what QWidget.saveGeometry wrote on a second screen, far to the right."""
    kept = QByteArray()
    stream = QDataStream(kept, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_4_0)
    stream.writeUInt32(0x1D9D0CB)
    stream.writeUInt16(3)
    stream.writeUInt16(0)
    stream << frame << frame
    stream.writeInt32(1)  # the second screen
    stream.writeUInt8(0)
    stream.writeUInt8(0)
    stream.writeInt32(1920)
    stream << frame
    return kept


@pytest.mark.parametrize(
    "frame", [QRect(5000, 300, 700, 500), QRect(-3000, -900, 700, 500), QRect(100, 4000, 700, 500)]
)
def test_a_window_left_on_a_screen_that_is_gone_comes_back_on_one_that_is_there(
    qapp: QApplication, tmp_path: Path, frame: QRect
) -> None:
    state = ViewState(tmp_path / "window.ini")
    state.put("window/geometry", _geometry_on_a_screen_that_is_gone(frame))
    window = MainWindow(state)
    window.show()
    qapp.processEvents()
    shown = qapp.primaryScreen().availableGeometry().intersected(window.frameGeometry())
    assert shown.width() >= 300
    assert shown.height() >= 200
    assert shown.top() <= window.frameGeometry().top()  # the title can be grasped
    window.close()


_ROOM = QRect(1366, 0, 683, 344)
_SIDES = st.integers(min_value=1, max_value=3000)
_PLACES = st.integers(min_value=-4000, max_value=4000)


@given(left=_PLACES, top=_PLACES, width=_SIDES, height=_SIDES)
def test_any_window_fits_its_screen_and_one_that_fits_stays(left: int, top: int, width: int, height: int) -> None:
    frame = QRect(left, top, width, height)
    fitted = on_screen.fitted(frame, _ROOM)
    assert _ROOM.contains(fitted)
    if _ROOM.contains(frame):
        assert fitted == frame
    assert fitted.size() == frame.size().boundedTo(_ROOM.size())


def test_a_dialog_larger_than_the_screen_is_brought_back_when_it_opens(qapp: QApplication, qtbot: QtBot) -> None:
    watcher = on_screen.ScreenWatcher(qapp)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.resize(4000, 3000)
    dialog.move(600, 500)
    show_active(qtbot, dialog)
    room = dialog.screen().availableGeometry()
    qtbot.waitUntil(lambda: room.contains(dialog.frameGeometry()))
    watcher.deleteLater()


def test_what_scrolls_on_a_small_screen_shows_all_of_itself_on_a_large_one(qtbot: QtBot) -> None:
    content = QLabel("\n".join(f"Dòng {number}" for number in range(30)))
    scrolled = Scrolled(content)
    qtbot.addWidget(scrolled)
    scrolled.show()
    assert scrolled.sizeHint().height() >= content.sizeHint().height()
    assert scrolled.minimumSizeHint().height() < content.sizeHint().height() / 3
    wide = QLabel("Kinh phí khuyến công hỗ trợ " * 10)
    strip = Scrolled(wide, sideways=True)
    qtbot.addWidget(strip)
    strip.resize(300, 40)
    strip.show()
    assert strip.minimumSizeHint().width() < 300 < wide.sizeHint().width()
    assert strip.minimumSizeHint().height() > wide.sizeHint().height()  # the bar hides nothing


@pytest.mark.parametrize("kind", ["first steps", "next year"])
def test_the_longest_dialogs_scroll_at_200_percent(qtbot: QtBot, workspace: Workspace, kind: str) -> None:
    dialog: QDialog = FirstStepsDialog(workspace) if kind == "first steps" else RollForwardDialog(workspace, 2023)
    qtbot.addWidget(dialog)
    dialog.resize(683, 344)
    dialog.show()
    QApplication.processEvents()
    assert dialog.size() == QSize(683, 344)
    area = dialog.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    page = area.widget()
    assert isinstance(page, QWidget)
    assert page.width() <= area.viewport().width()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_icons_are_drawn_as_fine_as_the_screen_is(qapp: QApplication, ratio: float) -> None:
    theme.apply(qapp, theme.Look.LIGHT)
    drawn: QPixmap = icons.icon("save").pixmap(QSize(20, 20), ratio, QIcon.Mode.Normal)
    assert drawn.width() == round(20 * ratio)

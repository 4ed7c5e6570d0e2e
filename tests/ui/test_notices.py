"""What around a file deserves a word is said over the tabs, calmly, and put away for good where that makes sense."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kc_desktop import paths
from kc_desktop.domain.people import Person
from kc_desktop.services import surroundings
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press
from tests.ui.test_words import _english, _nameless
from ui.dialogs.guide import GuideDialog
from ui.main_window import MainWindow
from ui.notices import NoticeBar, Notices
from ui.view_state import ViewState


def _bars(window: MainWindow) -> list[NoticeBar]:
    return [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]


@pytest.fixture
def cloud(tmp_path: Path, sample: Path) -> Path:
    folder = tmp_path / "OneDrive - Sở Công Thương"
    folder.mkdir()
    return sample.rename(folder / "Khuyến công.kcdb")


@pytest.fixture
def on_cloud(qtbot: QtBot, cloud: Path, state: ViewState) -> Iterator[MainWindow]:
    """The window on a file in a folder of OneDrive."""
    made = MainWindow(state)
    made.begin(cloud)
    made.show()
    qtbot.waitUntil(lambda: bool(_bars(made)))
    yield made
    made.close()
    shiboken6.delete(made)


def test_a_file_in_a_cloud_is_told_over_the_tabs_and_work_goes_on(on_cloud: MainWindow) -> None:
    (bar,) = _bars(on_cloud)
    assert "OneDrive" in bar.words.text()
    assert "ổ đĩa của máy" in bar.words.text()
    assert bar.mapTo(on_cloud, bar.rect().bottomLeft()).y() < on_cloud.pages.mapTo(on_cloud, QPoint()).y()
    assert not bar.isAncestorOf(on_cloud.focusWidget() or on_cloud)
    assert on_cloud.workspace is not None
    assert not on_cloud.workspace.is_read_only
    assert _english(bar) == []
    assert _nameless(bar) == []


def test_put_away_it_does_not_come_back_for_this_file_and_does_for_another(
    on_cloud: MainWindow, cloud: Path, qtbot: QtBot
) -> None:
    _bars(on_cloud)[0].done_button.setFocus()
    press(_bars(on_cloud)[0].done_button, Key.Key_Space)
    assert _bars(on_cloud) == []
    on_cloud.open_file(cloud)
    on_cloud.files.show_notices()
    assert _bars(on_cloud) == []
    other = cloud.with_name("Tệp khác.kcdb")
    on_cloud.show_workspace(Workspace.create(other))
    qtbot.waitUntil(lambda: bool(_bars(on_cloud)))


def test_a_file_made_there_is_told_as_well(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "Dropbox").mkdir()
    window.show_workspace(Workspace.create(tmp_path / "Dropbox" / "mới.kcdb"))
    qtbot.waitUntil(lambda: bool(_bars(window)))
    assert "Dropbox" in _bars(window)[0].words.text()
    window.close_file()
    assert _bars(window) == []


def test_a_new_file_is_not_offered_in_the_cloud_the_last_one_was_opened_in(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[Path] = []

    def ask(_parent: object, _title: str, place: str, *_: object, **__: object) -> tuple[str, str]:
        offered.append(Path(place).parent)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for name in ("Hồ sơ", "OneDrive"):
        (tmp_path / name).mkdir()
        window.state.put("files/folder", str(tmp_path / name))
        window.files.create()
    assert offered == [tmp_path / "Hồ sơ", paths.documents_folder()]


def test_reading_more_opens_the_guide_at_the_place(on_cloud: MainWindow) -> None:
    _bars(on_cloud)[0].more_button.click()
    guide = on_cloud.findChild(GuideDialog)
    assert guide is not None
    assert guide.page_name() == "bat-dau"
    assert guide.browser.verticalScrollBar().value() > 0
    guide.close()


def test_a_file_on_a_good_place_under_a_right_clock_shows_nothing(window: MainWindow) -> None:
    window.files.show_notices()
    assert _bars(window) == []
    notices = window.findChild(Notices)
    assert notices is not None
    assert not notices.isVisible()


def test_a_wrong_clock_is_told_at_every_opening(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right = surroundings._now
    monkeypatch.setattr(surroundings, "_now", lambda: right() - timedelta(days=400))
    window.show_workspace(_changed(tmp_path / "a.kcdb"))
    for _ in range(2):
        window.files.show_notices()
        (bar,) = _bars(window)
        assert "Đồng hồ của máy đang chỉ" in bar.words.text()
        bar.done_button.click()
        assert _bars(window) == []


def _changed(path: Path) -> Workspace:
    workspace = Workspace.create(path)
    workspace.save(Person(name="Đại biểu 01"))
    return workspace


def test_the_words_have_room_in_a_narrow_window(on_cloud: MainWindow) -> None:
    on_cloud.resize(640, 480)
    QApplication.processEvents()
    (bar,) = _bars(on_cloud)
    assert bar.words.height() >= bar.words.heightForWidth(bar.words.width())


def _saved(x: int, y: int, width: int, height: int, *, screen: int, screen_width: int) -> QByteArray:
    """A window's place as Qt keeps it, from a PC with other screens."""
    box = struct.pack(">iiii", x, y, x + width - 1, y + height - 1)
    head = struct.pack(">IHH", 0x1D9D0CB, 3, 0)
    return QByteArray(head + box + box + struct.pack(">iBBi", screen, 0, 0, screen_width) + box)


@pytest.mark.parametrize("screen_width", [None, 1920, 3840])
@pytest.mark.parametrize(
    "place", [(5000, 3000, 1200, 700, 1), (-2500, 100, 1000, 600, 1), (0, 0, 3840, 2100, 0), (10, -900, 700, 400, 0)]
)
def test_a_window_left_on_a_screen_this_pc_does_not_have_comes_up_on_one_it_has(
    qtbot: QtBot, state: ViewState, place: tuple[int, int, int, int, int], screen_width: int | None
) -> None:
    x, y, width, height, screen = place
    room = QApplication.primaryScreen().availableGeometry()
    state.put("window/geometry", _saved(x, y, width, height, screen=screen, screen_width=screen_width or room.width()))
    window = MainWindow(state)
    qtbot.addWidget(window)
    shown = window.geometry()
    assert room.contains(shown.topLeft())
    assert room.intersected(shown).width() > room.width() // 3
    assert shown.height() <= room.height()

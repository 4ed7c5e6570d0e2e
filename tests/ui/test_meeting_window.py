"""The meeting editor inside the main window: its keys and the window's do not get in each other's way."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Attendee, Entry, Meeting
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import in_dialog
from tests.ui.meeting_parts import ALT, CTRL, Key, compose, press, type_keys
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.tabs.meetings import MeetingsTab


@pytest.fixture
def tab(window: MainWindow) -> MeetingsTab:
    current = window.pages.tab_for("meetings")
    assert isinstance(current, MeetingsTab)
    return current


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def test_what_is_said_is_written_down_and_taken_back_by_keys_alone(window: MainWindow, tab: MeetingsTab) -> None:
    workspace = _workspace(window)
    count = len(workspace.all(Entry))
    tab.panel.table.setFocus()
    press(Key.Key_4, ALT)
    type_keys("nhan")
    press(Key.Key_Tab)
    compose("Nhất trí với kế hoạch")
    press(Key.Key_Return)
    assert len(workspace.all(Entry)) == count + 1
    assert "Ghi ý kiến Trương Thanh Nhàn" in window.actions_.undo.text()
    press(Key.Key_Z, CTRL)
    assert len(workspace.all(Entry)) == count
    press(Key.Key_Y, CTRL)
    assert len(workspace.all(Entry)) == count + 1


def test_delete_and_f2_on_a_row_mean_the_row_and_not_the_meeting(window: MainWindow, tab: MeetingsTab) -> None:
    workspace = _workspace(window)
    press(Key.Key_3, ALT)
    before = len(workspace.all(Attendee))
    press(Key.Key_Delete)
    assert len(workspace.all(Attendee)) == before - 1
    assert len(workspace.all(Meeting)) == 1
    press(Key.Key_F2)
    assert tab.editor.tabs.currentIndex() == 2
    assert tab.editor.attendance.detail.isVisible()
    press(Key.Key_Escape)
    assert not tab.editor.attendance.detail.isVisible()
    tab.panel.table.setFocus()
    press(Key.Key_F2)
    assert tab.editor.tabs.currentIndex() == 0
    assert tab.form.is_editing()
    press(Key.Key_Escape)
    assert not tab.form.is_editing()


def test_ctrl_p_offers_the_papers_and_enter_shows_the_minutes(
    qtbot: QtBot, window: MainWindow, tab: MeetingsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[object, str, int]] = []

    def show(parent: object, _workspace: Workspace, key: str, record_id: int) -> None:
        shown.append((parent, key, record_id))

    monkeypatch.setattr(PreviewDialog, "show_paper", show)
    tab.panel.table.setFocus()
    press(Key.Key_P, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [(window, "meeting-minutes", 1)]


def test_the_preview_of_the_window_opens_with_the_pages_and_closes_with_escape(
    qtbot: QtBot, window: MainWindow, tab: MeetingsTab
) -> None:
    pages: list[int] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PreviewDialog)
        qtbot.waitUntil(lambda: dialog.is_ready, timeout=20_000)
        pages.append(dialog.view.page_count)
        QTest.keyClick(dialog.view, Key.Key_Escape)
        assert not dialog.isVisible()

    in_dialog(look, lambda: tab.requestPaper.emit("attendance-sheet", 1))
    assert pages[0] >= 1
    assert window.isVisible()


def test_another_file_opens_with_nothing_left_of_the_first(window: MainWindow, tab: MeetingsTab) -> None:
    press(Key.Key_4, ALT)
    press(Key.Key_Tab)
    compose("Đang gõ dở")
    path = _workspace(window).path
    window.close_file()
    assert window.workspace is None
    window.begin(path)
    again = window.pages.tab_for("meetings")
    assert isinstance(again, MeetingsTab)
    assert again is not tab
    assert again.editor.minutes.composer.draft()["body"] == "Đang gõ dở"

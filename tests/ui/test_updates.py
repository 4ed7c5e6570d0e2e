"""Updating from a stick, from the window: what is shown, what is refused, the backup before, the news after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from kc_desktop import __version__
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import backup, update
from kc_desktop.services.backup import Reason
from kc_desktop.services.workspace import SAMPLE_SETTING
from tests.services.installers import installer
from tests.ui.helpers import click, in_dialog, type_text
from ui.dialogs.update import NewsDialog, UpdateDialog
from ui.main_window import MainWindow
from ui.tabs.record_tab import RecordTab


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.files.jobs().is_busy(), timeout=30_000)
    QApplication.processEvents()


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installer of a newer version, chosen wherever the window asks for a file."""
    path = installer(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(path), ""))
    return path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions handed over to, in place of running a Windows program."""
    found: list[str] = []

    def hand_over(given: update.Installer, **_more: Any) -> None:
        found.append(given.version)

    monkeypatch.setattr(update, "hand_over", hand_over)
    return found


def _own(window: MainWindow) -> Path:
    """Make the sample an office's own file, which is worth a backup."""
    assert window.workspace is not None
    window.workspace.set_setting(SAMPLE_SETTING, "", "Dùng thật")
    window.workspace.save(Person(name="Đại biểu 07"))
    return window.workspace.path


def _accept(window: MainWindow, qtbot: QtBot, dialog: QDialog) -> None:
    assert isinstance(dialog, UpdateDialog)
    _idle(window, qtbot)
    assert "Chưa thấy bản mới" in dialog.head.text()
    assert not dialog.update_button.isEnabled()
    click(dialog.choose_button)
    _idle(window, qtbot)
    assert dialog.head.text() == "Có bản 99.1.0"
    assert "sao lưu tệp đang mở" in dialog.words.text()
    assert "Tự sao lưu mỗi ngày" in dialog.news.toPlainText()
    assert "Phiên bản đầu tiên" not in dialog.news.toPlainText(), "older than the version in use"
    click(dialog.update_button)


def test_the_data_is_backed_up_the_installer_started_and_the_window_closed(
    window: MainWindow, chosen: Path, started: list[str], qtbot: QtBot
) -> None:
    path = _own(window)
    in_dialog(lambda dialog: _accept(window, qtbot, dialog), window.actions_.update.trigger)
    assert started == ["99.1.0"]
    assert not window.isVisible()
    assert window.workspace is None
    assert [each.reason for each in backup.listed(path)] == [Reason.PROGRAM_UPDATE]
    assert window.state.text("files/last") == str(path), "the new program opens it again"
    assert chosen.exists()


def test_without_a_backup_nothing_is_installed(
    window: MainWindow, chosen: Path, started: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.usual_folder(_own(window)).touch()
    told: list[KnownError] = []
    monkeypatch.setattr(window.files, "tell", lambda error, _title: told.append(error))
    in_dialog(lambda dialog: _accept(window, qtbot, dialog), window.actions_.update.trigger)
    assert started == []
    assert len(told) == 1
    assert window.isVisible()
    assert chosen.exists()


def test_unsaved_text_is_asked_about_and_who_stays_is_not_updated(
    window: MainWindow, chosen: Path, started: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_catalogue("people")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    tab.new()
    tab.form.editor("name").control().setFocus()
    type_text(tab.form.editor("name").control(), "Đại biểu 08")
    monkeypatch.setattr(window.files, "ask_about_unsaved", lambda: "stay")
    in_dialog(lambda dialog: _accept(window, qtbot, dialog), window.actions_.update.trigger)
    assert started == []
    assert window.isVisible()
    assert chosen.exists()
    tab.cancel()


def test_where_it_cannot_be_run_the_window_stays_and_says_why(
    window: MainWindow, chosen: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(window.files, "tell", lambda error, _title: told.append(error))
    monkeypatch.setattr(update.sys, "platform", "linux")  # type: ignore[attr-defined]  # the module's own name for it
    in_dialog(lambda dialog: _accept(window, qtbot, dialog), window.actions_.update.trigger)
    assert "chỉ chạy trên Windows" in told[0].message
    assert window.isVisible()
    assert chosen.exists()


def test_a_file_that_is_no_installer_is_told_in_the_dialog(window: MainWindow, chosen: Path, qtbot: QtBot) -> None:
    chosen.write_bytes(b"MZ")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateDialog)
        _idle(window, qtbot)
        click(dialog.choose_button)
        _idle(window, qtbot)
        assert "không phải bộ cài đặt" in dialog.words.text()
        assert not dialog.update_button.isEnabled()

    in_dialog(act, window.actions_.update.trigger)


def test_a_newer_version_on_a_stick_is_told_quietly_and_offered_at_once(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = update.judge(installer(tmp_path))
    monkeypatch.setattr(update, "can_update", lambda: True)
    monkeypatch.setattr(update, "find", lambda: found)
    window.files.look_for_updates()
    _idle(window, qtbot)
    assert window.status.said().startswith("Có bản 99.1.0 trên ")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateDialog)
        assert dialog.head.text() == "Có bản 99.1.0"
        assert dialog.update_button.isEnabled()

    in_dialog(act, window.actions_.update.trigger)


def _news(window: MainWindow) -> list[NewsDialog]:
    return [each for each in window.findChildren(NewsDialog) if each.isVisible()]


def test_what_is_new_is_shown_once_after_an_update(window: MainWindow) -> None:
    for before, is_told in (("", False), (__version__, False), ("0.0.9", True), (__version__, False)):
        window.state.put("program/version", before)
        window.files.look_for_updates()
        dialogs = _news(window)
        assert bool(dialogs) is is_told
        for each in dialogs:
            assert each.news.toPlainText()
            each.close()
        assert window.state.text("program/version") == __version__
        window.files.look_for_updates()
        assert _news(window) == []


def test_what_is_new_can_be_read_again_from_the_menu(window: MainWindow) -> None:
    window.actions_.news.trigger()
    (dialog,) = _news(window)
    assert "Tệp dữ liệu" in dialog.news.toPlainText()
    dialog.close()

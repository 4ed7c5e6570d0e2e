"""Công cụ, Xuất lịch: the calendar goes where the user says, or the reason is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from kc_desktop.errors import KnownError
from ui.file_menu import FileMenu
from ui.main_window import MainWindow


def _choose(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))


def test_the_calendar_is_written_where_the_user_says_with_its_ending(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, str(tmp_path / "2023.06.01. Lịch"))
    window.actions_.calendar.trigger()
    target = tmp_path / "2023.06.01. Lịch.ics"
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert window.status.said() == f"Đã xuất lịch ra {target}."


def test_a_dialog_given_up_writes_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    before = window.status.said()
    _choose(monkeypatch, "")
    window.actions_.calendar.trigger()
    assert window.status.said() == before


def test_a_place_that_cannot_be_written_to_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(FileMenu, "tell", lambda _self, error, _title: told.append(error))
    _choose(monkeypatch, str(tmp_path / "không có" / "lịch.ics"))
    window.actions_.calendar.trigger()
    assert len(told) == 1


def test_without_a_file_there_is_nothing_to_export(window: MainWindow) -> None:
    window.close_file()
    assert not window.actions_.calendar.isEnabled()

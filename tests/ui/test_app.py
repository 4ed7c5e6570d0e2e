"""The program as a whole: it starts, shows the window, keeps a log, and ends when the window closes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kc_desktop import logs, paths
from ui import icons
from ui.app import application, problems_of_window, run
from ui.main_window import MainWindow
from ui.on_screen import ScreenWatcher
from ui.view_state import settings_file


@pytest.fixture(autouse=True)
def nothing_watches_on(qapp: QApplication) -> Iterator[None]:
    """Let nothing bring back the windows of later tests: they are made larger than the screen of the tests."""
    yield
    for watcher in qapp.findChildren(ScreenWatcher):
        shiboken6.delete(watcher)


def _close_soon(seen: list[str]) -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow) and widget.isVisible():
            seen.append(widget.windowTitle())
            widget.close()
            return
    QTimer.singleShot(20, lambda: _close_soon(seen))


@pytest.mark.parametrize("kind", ["file", "sample", "last", "gone"])
def test_the_window_opens_and_the_program_ends_with_it(
    qapp: QApplication, sample: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is application()
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    settings_file().unlink(missing_ok=True)
    seen: list[str] = []
    if kind == "last":
        QTimer.singleShot(0, lambda: _close_soon([]))
        run(sample)
    QTimer.singleShot(0, lambda: _close_soon(seen))
    code = run(sample if kind == "file" else None, sample=kind == "sample")
    assert code == 0
    expected = {"file": sample.name, "last": sample.name, "sample": paths.sample_file().name, "gone": ""}[kind]
    assert seen == [f"{expected} – KC Desktop" if expected else "KC Desktop"]
    assert sys.excepthook is sys.__excepthook__
    logs.stop()


def test_the_self_test_of_the_window_finds_nothing_wrong(qapp: QApplication, sample: Path) -> None:
    assert qapp is not None
    assert problems_of_window(sample) == ()


def test_every_icon_draws_something(qapp: QApplication) -> None:
    assert qapp is not None
    assert len(icons.names()) >= 25
    assert [name for name in icons.names() if icons.is_blank(name)] == []
    assert not icons.icon("save").pixmap(24, 24).isNull()


def test_the_log_works_without_a_console_and_writes_into_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    logs.stop()
    logs.start(tmp_path)
    logs.start(tmp_path)
    logs.log.error("Đĩa đầy")
    assert len(logs.log.handlers) == 1
    logs.stop()
    assert "Đĩa đầy" in (tmp_path / "kc-desktop.log").read_text(encoding="utf-8")
    assert logs.log.handlers == []


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(tmp_path: Path) -> None:
    logs.stop()
    logs.start(tmp_path / "không có")
    assert [type(each) for each in logs.log.handlers] == [logging.NullHandler]
    logs.stop()

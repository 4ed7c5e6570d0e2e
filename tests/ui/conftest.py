"""The window the tests drive: real, on a fresh copy of the sample, with settings of its own."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.services.sample import write_sample
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import show_active
from ui import theme
from ui.app import application
from ui.main_window import MainWindow
from ui.view_state import ViewState


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Run every test in the program's own application: Vietnamese, Fusion, our palette."""
    app = application()
    theme.apply(app, theme.Look.LIGHT)
    return app


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """Hold the widgets a test adds until they are closed: pytest-qt itself lets go of them when the test ends.

    Python's collector, coming by before they are closed, would take away what their events still ask for.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_hold(widget: QWidget, **more: Any) -> None:
        held.append(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", add_and_hold)
    yield qtbot
    held.clear()


@functools.cache
def _sample_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.kcdb"
        write_sample(path)
        return path.read_bytes()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A fresh copy of the sample file."""
    path = tmp_path / "mẫu.kcdb"
    path.write_bytes(_sample_bytes())
    return path


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    """The sample, open."""
    opened = Workspace.open(sample)
    yield opened
    for widget in QApplication.topLevelWidgets():
        widget.hide()  # what waits for the next turn of the loop must not find the file closed
    opened.close()


@pytest.fixture
def state(tmp_path: Path) -> ViewState:
    """Settings of the test's own."""
    return ViewState(tmp_path / "window.ini")


@pytest.fixture
def window(qtbot: QtBot, sample: Path, state: ViewState) -> Iterator[MainWindow]:
    """The main window on the sample, shown and active."""
    state.put("window/year", 2023)
    made = MainWindow(state)
    made.begin(sample)
    made.setWindowState(Qt.WindowState.WindowNoState)  # the screen of the tests is smaller than a user's
    made.resize(1366, 700)
    show_active(qtbot, made)
    yield made
    for tab in made.pages.built():
        tab.cancel()
    made.close()
    assert QApplication.activeModalWidget() is None, "a modal dialog was left behind"
    shiboken6.delete(made)

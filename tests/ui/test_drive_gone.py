"""The PC slept, or the stick was pulled: saving fails in words, nothing typed is lost, and it goes on afterwards."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from tests.ui.helpers import replace_text
from ui.jobs import Job, JobRunner
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.record_tab import RecordTab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")


def _people(window: MainWindow) -> RecordTab:
    group = window.pages.tab_for("people")
    assert isinstance(group, GroupTab)
    part = group.show_part("people")
    QApplication.processEvents()
    return part


def _stick(window: MainWindow, sample: Path, tmp_path: Path) -> Path:
    """Put the file onto a drive of its own and open it there."""
    drive = tmp_path / "USB"
    drive.mkdir()
    path = Path(shutil.move(sample, drive / "Khuyến công.kcdb"))
    assert window.open_file(path)
    return path


@pytest.fixture
def on_a_stick(window: MainWindow, sample: Path, tmp_path: Path) -> MainWindow:
    """The window on a file that lies on a stick."""
    QApplication.processEvents()  # the overview fills itself a turn after it was painted
    window.close_file()
    _stick(window, sample, tmp_path)
    return window


def test_what_is_typed_stays_while_the_drive_is_gone_and_is_saved_when_it_is_back(
    on_a_stick: MainWindow, tmp_path: Path
) -> None:
    part = _people(on_a_stick)
    part.new()
    replace_text(part.form.editor("name").control(), "Đại biểu 77")
    (tmp_path / "USB").rename(tmp_path / "rút ra")
    assert not part.save()
    assert part.form.is_dirty()
    assert part.form.editor("name").value() == "Đại biểu 77"
    said = part.form._notice.text()
    assert "chưa lưu được" in said
    (tmp_path / "rút ra").rename(tmp_path / "USB")
    assert part.save()
    assert on_a_stick.workspace is not None
    assert "Đại biểu 77" in {each.name for each in on_a_stick.workspace.all(Person)}


def test_the_window_closes_calmly_without_the_drive(on_a_stick: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "USB").rename(tmp_path / "rút ra")
    on_a_stick.close()
    assert not on_a_stick.isVisible()
    (tmp_path / "rút ra").rename(tmp_path / "USB")


def test_the_next_start_without_the_drive_shows_the_start_page_and_remembers_the_file(
    on_a_stick: MainWindow, tmp_path: Path
) -> None:
    state = on_a_stick.state
    on_a_stick.close()
    (tmp_path / "USB").rename(tmp_path / "rút ra")
    again = MainWindow(state)
    again.begin(None)
    assert again.workspace is None
    assert "Khuyến công.kcdb" in {each.name for each in state.recent_files()}
    again.close()


def test_a_job_goes_on_after_the_pc_slept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock that never goes back jumps by a night in the middle of the work."""
    jobs = JobRunner()
    told: list[object] = []
    real = time.monotonic

    def work(job: Job) -> str:
        job.report(1, 2)
        monkeypatch.setattr(time, "monotonic", lambda: real() + 8 * 3600)
        job.report(2, 2)
        return "xong"

    job = jobs.submit("Việc dài", work)
    job.succeeded.connect(told.append)
    with qtbot.waitSignal(job.finished):
        pass
    jobs.close()
    assert told == ["xong"]


def test_a_job_whose_drive_is_gone_after_the_sleep_fails_in_words(
    on_a_stick: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KnownError] = []
    monkeypatch.setattr(on_a_stick.files, "tell", lambda error, _title: told.append(error))
    (tmp_path / "USB").rename(tmp_path / "rút ra")
    on_a_stick.actions_.check.trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert "Không tìm thấy tệp" in told[0].message
    assert "USB" in told[0].remedy
    (tmp_path / "rút ra").rename(tmp_path / "USB")


class _DeadDrive:
    """A connection whose drive was pulled: every reading and writing fails, as the system says it."""

    in_transaction = False

    def execute(self, *_: object) -> None:
        """Fail."""
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    def close(self) -> None:
        """Let go."""


def test_whatever_is_done_without_the_drive_is_told_in_words_and_what_is_typed_stays(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    part = _people(window)
    part.new()
    replace_text(part.form.editor("name").control(), "Đại biểu 77")
    alive = window.workspace._file.connection
    monkeypatch.setattr(window.workspace._file, "connection", _DeadDrive())
    with qtbot.captureExceptions() as told:
        assert not part.save()
        window.pages.setCurrentIndex(1)
        window.pages.setCurrentIndex(4)
        window.actions_.undo.trigger()
        window.actions_.office.trigger()
        QApplication.processEvents()
    assert {kind for kind, _error, _trace in told} <= {KnownError}
    assert "Nếu ổ đã rút ra rồi nối lại" in part.form._notice.text()
    assert part.form.editor("name").value() == "Đại biểu 77"
    part.cancel()
    with qtbot.captureExceptions() as told:
        window.close_file()
        QApplication.processEvents()
    assert {kind for kind, _error, _trace in told} <= {KnownError}
    assert window.workspace is None
    alive.close()

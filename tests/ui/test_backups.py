"""Backups around the window: made by themselves, told in the status bar, asked for, put back; older files upgraded."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from kc_desktop.domain.people import Person
from kc_desktop.services import backup
from kc_desktop.services.backup import Reason
from kc_desktop.services.workspace import Workspace
from tests.end2end.program import ROOT
from tests.storage.old_files import old_file
from tests.ui.helpers import Key, click, in_dialog, press
from ui.dialogs.backup import BackupDialog
from ui.dialogs.backup_wait import WaitDialog
from ui.dialogs.restore import RestoreDialog
from ui.main_window import MainWindow
from ui.view_state import ViewState


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An office's own file with something saved in it."""
    folder = tmp_path / "Phòng Kỹ thuật"
    folder.mkdir()
    workspace = Workspace.create(folder / "Khuyến công.kcdb")
    workspace.save(Person(name="Đại biểu 01"))
    workspace.close()
    return folder / "Khuyến công.kcdb"


@pytest.fixture
def office(qtbot: QtBot, data: Path, state: ViewState) -> Iterator[MainWindow]:
    """The window on that file."""
    made = MainWindow(state)
    made.begin(data)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QApplication.processEvents()
    yield made
    made.close()
    assert QApplication.activeModalWidget() is None, "a modal dialog was left behind"
    shiboken6.delete(made)


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.files.jobs().is_busy(), timeout=30_000)
    QApplication.processEvents()


def _people(window: MainWindow) -> list[str]:
    assert window.workspace is not None
    return [each.name for each in window.workspace.all(Person)]


def _age(path: Path, days: int) -> None:
    """Let the backups of a file be of another day, as their names say."""
    for each in backup.listed(path):
        at = each.at - timedelta(days=days)
        each.path.rename(each.path.with_name(each.path.name.replace(f"{each.at:%Y-%m-%d}", f"{at:%Y-%m-%d}")))


def test_a_file_is_backed_up_by_itself_once_a_day_when_something_was_saved(
    office: MainWindow, data: Path, qtbot: QtBot
) -> None:
    office.files.look_after_backups()
    _idle(office, qtbot)
    (made,) = backup.listed(data)
    assert made.reason is Reason.DAILY
    assert office.status.backup_said() == f"Sao lưu: hôm nay {made.at:%H:%M}"
    office.files.look_after_backups()
    _idle(office, qtbot)
    assert len(backup.listed(data)) == 1
    _age(data, 1)
    office.files.look_after_backups()
    _idle(office, qtbot)
    assert len(backup.listed(data)) == 1, "nothing was saved since"
    assert office.status.backup_said().startswith("Sao lưu: hôm qua")
    assert office.workspace is not None
    office.workspace.save(Person(name="Đại biểu 02"))
    office.files.look_after_backups()
    _idle(office, qtbot)
    assert len(backup.listed(data)) == 2


def test_closing_the_window_makes_the_backup_that_is_due(office: MainWindow, data: Path) -> None:
    office.close()
    (made,) = backup.listed(data)
    assert backup.verdict(made.path, data) == backup.Verdict(is_usable=True, words="Tốt")
    assert not list(data.parent.rglob("*.part"))


def test_leaving_a_file_for_another_backs_it_up_beside_the_work(
    office: MainWindow, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    Workspace.create(tmp_path / "khác.kcdb").close()
    office.open_file(tmp_path / "khác.kcdb")
    _idle(office, qtbot)
    assert len(backup.listed(data)) == 1
    assert office.status.backup_said() == ""


def test_the_sample_and_a_file_that_is_only_read_are_left_alone(window: MainWindow, sample: Path, qtbot: QtBot) -> None:
    window.files.look_after_backups()
    _idle(window, qtbot)
    window.close()
    assert backup.listed(sample) == ()
    assert window.status.backup_said() == ""


def test_a_backup_that_cannot_be_made_is_told_in_the_status_bar(
    office: MainWindow, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.usual_folder(data).touch()  # where the folder should be: as good as a place nobody may write to
    office.files.look_after_backups()
    _idle(office, qtbot)
    assert office.status.said().startswith("Chưa sao lưu được.")
    assert office.status.backup_said() == "▲ Chưa sao lưu được"
    assert monkeypatch is not None


def test_the_status_bar_warns_of_a_late_backup() -> None:
    now = datetime(2026, 11, 23, 9, 0)
    for days, words in ((0, "hôm nay 09:00"), (1, "hôm qua 09:00"), (7, "16/11/2026 09:00"), (8, "15/11/2026 09:00")):
        made = backup.Backup(path=Path("a"), at=now - timedelta(days=days), reason=Reason.DAILY, size=1)
        for is_current in (True, False):
            state = backup.State(folder=Path(), backups=(made,), is_current=is_current)
            assert backup.status_words(state, now) == (f"Sao lưu: {words}", days > 7 and not is_current)
    never = backup.State(folder=Path(), backups=(), is_current=False)
    assert backup.status_words(never, now) == ("Chưa sao lưu", True)


def test_backing_up_from_the_menu_shows_where_it_went(office: MainWindow, data: Path, qtbot: QtBot) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupDialog)
        assert dialog.folder.text() == str(backup.usual_folder(data))
        _idle(office, qtbot)
        assert dialog.last.text() == "Chưa có bản nào."
        press(dialog, Key.Key_Return)
        _idle(office, qtbot)
        assert dialog.outcome.text().startswith("Đã sao lưu và kiểm tra lúc ")
        assert "từ đó chưa sửa gì" in dialog.last.text()
        assert dialog.now_button.hasFocus()

    in_dialog(act, office.actions_.back_up.trigger)
    (made,) = backup.listed(data)
    assert made.reason is Reason.ASKED
    assert office.status.backup_said().startswith("Sao lưu: hôm nay")


def test_another_folder_is_kept_with_the_file_and_its_loss_is_no_obstacle(
    office: MainWindow, data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(stick))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupDialog)
        click(dialog.change_button)
        assert dialog.folder.text() == str(stick)
        click(dialog.now_button)
        _idle(office, qtbot)
        (made,) = backup.listed(data)
        assert made.path.parent == stick
        made.path.unlink()
        stick.rmdir()
        click(dialog.now_button)
        _idle(office, qtbot)
        assert "▲ Không thấy thư mục" in dialog.outcome.text()
        (made,) = backup.listed(data)
        assert made.path.parent == backup.usual_folder(data)
        click(dialog.usual_button)
        assert dialog.folder.text() == str(backup.usual_folder(data))

    in_dialog(act, office.actions_.back_up.trigger)
    assert backup.folder_of(data) == backup.usual_folder(data)


def test_a_backup_is_put_back_from_the_menu_and_back_again(office: MainWindow, data: Path, qtbot: QtBot) -> None:
    assert office.workspace is not None
    backup.back_up(data)
    office.workspace.save(Person(name="Đại biểu 02"))

    def choose_first(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        _idle(office, qtbot)
        assert dialog.table.rowCount() >= 1
        cell = dialog.table.item(0, 3)
        assert cell is not None
        assert cell.text() == "Tốt"
        press(dialog.table, Key.Key_Return)

    in_dialog(choose_first, office.actions_.restore.trigger)
    assert _people(office) == ["Đại biểu 01"]
    assert office.status.said().startswith("Đã phục hồi từ Khuyến công – sao lưu")
    assert office.windowTitle() == "Khuyến công.kcdb – KC Desktop"
    assert [each.reason for each in backup.listed(data)] == [Reason.RESTORE, Reason.ASKED]
    assert office.workspace is not None
    assert not office.workspace.is_read_only
    in_dialog(choose_first, office.actions_.restore.trigger)
    assert _people(office) == ["Đại biểu 01", "Đại biểu 02"]


def test_a_damaged_file_that_cannot_be_opened_is_restored_from_the_start_page(
    office: MainWindow, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(data)
    office.close_file()
    _idle(office, qtbot)
    content = data.read_bytes()
    data.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(data), ""))

    def choose_first(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        _idle(office, qtbot)
        press(dialog.table, Key.Key_Return)

    in_dialog(choose_first, office.actions_.restore.trigger)
    assert _people(office) == ["Đại biểu 01"]
    assert [each.reason for each in backup.listed(data)] == [Reason.DAMAGED, Reason.ASKED]


def test_bad_backups_are_named_and_cannot_be_chosen(office: MainWindow, data: Path, qtbot: QtBot) -> None:
    at = datetime(2026, 11, 23, 9, 0)
    places = []
    for number in range(3):
        moment = (at - timedelta(days=number)).astimezone()
        places.append(backup.back_up(data, clock=lambda moment=moment: moment).backup.path)  # type: ignore[misc]
    places[0].write_bytes(places[0].read_bytes()[:20_000])
    with closing(sqlite3.connect(places[1])) as connection:
        connection.execute("PRAGMA user_version = 99")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        _idle(office, qtbot)
        cells = [dialog.table.item(row, 3) for row in range(3)]
        words = [cell.text() for cell in cells if cell is not None]
        assert words == ["▲ Hỏng", "▲ Do bản chương trình mới hơn tạo ra", "Tốt"]
        for row, is_usable in enumerate((False, False, True)):
            dialog.table.selectRow(row)
            assert dialog.restore_button.isEnabled() is is_usable

    in_dialog(act, office.actions_.restore.trigger)


def test_a_backup_of_another_file_is_told_and_the_window_stays_on_its_file(
    office: MainWindow, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other = Workspace.create(tmp_path / "khác.kcdb")
    other.save(Person(name="Đại biểu 09"))
    other.close()
    made = backup.back_up(tmp_path / "khác.kcdb").backup.path
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(made), ""))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        _idle(office, qtbot)
        assert "Chưa có bản sao lưu nào" in dialog.note.text()
        click(dialog.other_button)
        assert dialog.restore_button.isEnabled(), "not judged yet"
        click(dialog.restore_button)

    told: list[str] = []

    def read_refusal() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QDialog) or isinstance(box, RestoreDialog | WaitDialog):
            QTimer.singleShot(20, read_refusal)
            return
        told.extend(label.text() for label in box.findChildren(QLabel))
        box.done(0)

    QTimer.singleShot(0, read_refusal)
    in_dialog(act, office.actions_.restore.trigger)
    assert any("tệp dữ liệu khác" in each for each in told)
    assert office.workspace is not None
    assert office.workspace.path == data
    assert _people(office) == ["Đại biểu 01"]


def test_an_older_file_is_backed_up_and_upgraded_when_the_window_opens_it(office: MainWindow, tmp_path: Path) -> None:
    path = old_file(tmp_path)
    assert office.open_file(path)
    assert office.workspace is not None
    assert not office.workspace.is_read_only
    assert office.status.said().startswith("Dữ liệu đã được nâng cấp")
    (made,) = backup.listed(path)
    assert made.reason is Reason.DATA_UPGRADE


def test_an_older_file_held_by_another_instance_is_shown_for_reading(
    office: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_file(tmp_path)
    before = path.read_bytes()
    backup.usual_folder(path).touch()  # no backup can be made
    assert office.open_file(path)
    assert office.workspace is not None
    assert office.workspace.is_read_only
    assert "chưa nâng cấp được" in office.status.said()
    office.pages.setCurrentIndex(4)
    QApplication.processEvents()
    assert path.read_bytes() == before
    assert monkeypatch is not None


def test_a_program_that_ends_makes_the_backup_that_is_due_and_is_gone(data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ENDING, str(data)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    (made,) = backup.listed(data)
    assert made.reason is Reason.DAILY
    assert [each.name for each in data.parent.iterdir() if each.suffix == ".lock"] == []


_ENDING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import application, run
app = application()
QTimer.singleShot(500, QApplication.closeAllWindows)
sys.exit(run(Path(sys.argv[1])))
"""

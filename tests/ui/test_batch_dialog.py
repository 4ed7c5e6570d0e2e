"""In cho từng người: chosen from a list, in one file or one each, with progress, stopped without a trace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press, show_active
from ui.dialogs.batch import BatchDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.widgets.paper_menu import FOR_EACH, add_papers


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to print to."""
    folder = tmp_path / "Giấy mời"
    folder.mkdir()
    return folder


def _dialog(qtbot: QtBot, workspace: Workspace, meeting_id: int = 1) -> BatchDialog:
    dialog = BatchDialog(workspace, "invitation", meeting_id)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _big_meeting(workspace: Workspace, number: int) -> int:
    with workspace.change("Mời"):
        meeting = workspace.save(Meeting(title="Hội nghị 01", held_on=date(2026, 12, 10)))
        for place in range(1, number + 1):
            person = workspace.save(Person(name=f"Đại biểu {place:03d}"))
            workspace.save(Attendee(meeting_id=meeting.id, person_id=person.id, ordinal=place))
    return meeting.id


def _is_idle(dialog: BatchDialog) -> bool:
    return dialog._job is None


def _tick(dialog: BatchDialog, row: int, state: Qt.CheckState) -> None:
    item = dialog.list.item(row)
    assert item is not None
    item.setCheckState(state)


def test_everybody_is_chosen_at_first_and_the_count_follows_the_ticks(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = _dialog(qtbot, workspace)
    assert dialog.windowTitle() == "In Giấy mời cho từng người"
    assert dialog.count.text() == "Đã chọn 29 / 29 người"
    _tick(dialog, 0, Qt.CheckState.Unchecked)
    assert dialog.count.text() == "Đã chọn 28 / 29 người"
    dialog.none_button.click()
    assert not dialog.save_button.isEnabled()
    assert not dialog.print_button.isEnabled()
    dialog.search.setText("cong tac vien 0")
    dialog.all_button.click()
    assert dialog.count.text() == "Đã chọn 9 / 29 người"
    dialog.reject()


def test_a_file_each_goes_into_the_folder_for_those_chosen(qtbot: QtBot, workspace: Workspace, out: Path) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog.none_button.click()
    for row in (4, 5):
        _tick(dialog, row, Qt.CheckState.Checked)
    dialog.file_each.setChecked(True)
    dialog.format.setCurrentIndex(dialog.format.findData(".docx"))
    dialog.save_to(out)
    qtbot.waitUntil(lambda: _is_idle(dialog))
    assert "Đã lưu 2 tệp vào thư mục Giấy mời" in dialog.outcome.text()
    assert sorted(each.suffix for each in out.iterdir()) == [".docx", ".docx"]
    assert not dialog.progress.isVisible()
    dialog.reject()


def test_one_file_holds_all_of_them(qtbot: QtBot, workspace: Workspace, out: Path) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog.save_to(out / "giấy mời.pdf")
    qtbot.waitUntil(lambda: _is_idle(dialog))
    with pypdfium2.PdfDocument((out / "giấy mời.pdf").read_bytes()) as document:
        assert len(document) == 29
    dialog.reject()


@pytest.mark.parametrize("is_closed", [False, True])
def test_stopping_or_closing_on_the_way_leaves_no_file(
    qtbot: QtBot, workspace: Workspace, out: Path, is_closed: bool
) -> None:
    dialog = _dialog(qtbot, workspace, _big_meeting(workspace, 500))
    dialog.file_each.setChecked(True)
    dialog.save_to(out)
    qtbot.waitUntil(lambda: dialog.progress.value() > 3)
    assert dialog.stop_button.isVisible()
    assert not dialog.save_button.isEnabled()
    if is_closed:
        dialog.reject()
    else:
        dialog.stop_button.click()
        qtbot.waitUntil(lambda: _is_idle(dialog))
        assert dialog.outcome.text() == "Đã dừng: chưa ghi tệp nào."
        assert dialog.save_button.isEnabled()
        dialog.reject()
    assert list(out.iterdir()) == []


def test_what_cannot_be_written_is_told_with_the_next_step(qtbot: QtBot, workspace: Workspace, out: Path) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog.save_to(out / "không có" / "a.pdf")
    qtbot.waitUntil(lambda: _is_idle(dialog))
    assert dialog.outcome.text().startswith("▲ Không có thư mục")
    dialog.reject()


def test_files_of_an_earlier_run_are_replaced_only_when_asked(
    qtbot: QtBot, workspace: Workspace, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog.file_each.setChecked(True)
    (out / papers.file_name(workspace, papers.parts(workspace, "invitation", 1)[0].key, 1, ".pdf")).touch()
    monkeypatch.setattr("ui.dialogs.batch.QFileDialog.getExistingDirectory", lambda *_: str(out))
    asked: list[int] = []

    def may_replace(number: int, _folder: Path) -> bool:
        asked.append(number)
        return len(asked) > 1

    monkeypatch.setattr(dialog, "_may_replace", may_replace)
    dialog.save_button.click()
    assert _is_idle(dialog)
    assert len(list(out.iterdir())) == 1
    dialog.save_button.click()
    qtbot.waitUntil(lambda: _is_idle(dialog))
    assert asked == [1, 1]
    assert len(list(out.iterdir())) == 29
    dialog.reject()


def test_all_of_them_are_seen_before_they_are_printed(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = _dialog(qtbot, workspace)
    seen: list[int] = []

    def look() -> None:
        preview = QApplication.activeModalWidget()
        if not isinstance(preview, PreviewDialog):
            QTimer.singleShot(20, look)
            return
        seen.append(preview.document.pageCount())
        preview.reject()

    QTimer.singleShot(0, look)
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(seen) and _is_idle(dialog))
    assert seen == [29]
    dialog.reject()


def test_f1_opens_the_guide_where_it_tells_of_papers(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = _dialog(qtbot, workspace)
    show_active(qtbot, dialog)
    press(dialog, Key.Key_F1)
    (guide,) = dialog.findChildren(GuideDialog)
    assert guide.page_name() == "giay-to"
    guide.close()
    dialog.reject()


def test_the_menu_offers_the_one_for_all_and_one_each(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    add_papers(menu, papers.kinds_for("meetings"), 1)
    (invitation,) = [each for each in menu.actions() if each.text() == "In Giấy mời"]
    inner = invitation.menu()
    assert isinstance(inner, QMenu)
    assert [(each.text(), each.data()) for each in inner.actions()] == [
        ("Chung cho tất cả", ("invitation", 1)),
        ("Từng người…", (f"invitation{FOR_EACH}", 1)),
    ]
    sections = [each.text() for each in menu.actions() if each.isSeparator()]
    assert sections == ["Trước cuộc họp", "Sau cuộc họp"]


def test_one_each_is_a_step_from_the_menu_and_from_the_preview(window: MainWindow) -> None:
    opened: list[str] = []

    def look() -> None:
        modal = QApplication.activeModalWidget()
        if isinstance(modal, PreviewDialog) and not opened:
            opened.append(modal.each_button.text().replace("&", ""))
            QTimer.singleShot(0, look)
            modal.each_button.click()
            modal.reject()
        elif isinstance(modal, BatchDialog):
            opened.append(modal.windowTitle())
            modal.reject()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    window._on_paper_requested("invitation", 1)
    assert opened == ["Từng người…", "In Giấy mời cho từng người"]
    QTimer.singleShot(0, look)
    window._on_paper_requested(f"invitation{FOR_EACH}", 1)
    assert opened[2:] == ["In Giấy mời cho từng người"]

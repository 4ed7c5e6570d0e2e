"""The window's files: leaving with unsaved text, files that do not open, the start page, a new file, where it stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Meeting
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import click, click_button, in_dialog, replace_text, type_text
from ui.dialogs.first_steps import FirstStepsDialog
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


def _people(window: MainWindow) -> RecordTab:
    window.open_catalogue("people")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    QApplication.processEvents()  # what is laid out is shown in the next turn of the loop
    return tab


@pytest.mark.parametrize(
    ("answer", "is_open", "is_kept"), [("Lưu", False, True), ("Không lưu", False, False), ("Ở lại", True, False)]
)
def test_closing_with_unsaved_text_asks_first(window: MainWindow, answer: str, is_open: bool, is_kept: bool) -> None:
    tab = _people(window)
    tab.new()
    type_text(tab.form.editor("name").control(), "Đại biểu 07")
    path = window.workspace.path if window.workspace is not None else Path()

    def act(dialog: QDialog) -> None:
        click_button(dialog, answer)

    in_dialog(act, window.close)
    assert window.isVisible() is is_open
    if not is_open:
        again = Workspace.open(path)
        assert bool([name for _id, name in again.suggest("person", "Đại biểu 07")]) is is_kept
        again.close()


def test_a_damaged_file_is_told_and_the_open_one_stays(window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "hỏng.kcdb"
    bad.write_bytes(b"khong phai tep du lieu" * 100)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert dialog.text()
        click_button(dialog, "Đã hiểu")

    in_dialog(act, lambda: window.open_file(bad))
    assert window.workspace is not None
    assert window.workspace.path.name == "mẫu.kcdb"
    assert bad.read_bytes() == b"khong phai tep du lieu" * 100


def test_without_a_file_the_start_page_offers_three_ways(qtbot: QtBot, state: ViewState, sample: Path) -> None:
    state.remember_file(sample)
    window = MainWindow(state)
    qtbot.addWidget(window)
    window.begin(None)
    window.show()
    page = window._start_page
    assert page is not None
    assert page.isVisible()
    assert not window.toolbar.isVisible()
    assert not window.actions_.bin.isEnabled()
    with qtbot.waitSignal(window.fileChanged):
        page._recent.itemActivated.emit(page._recent.item(0))
    assert window.workspace is not None
    window.actions_.close_file.trigger()
    assert window.workspace is None
    assert page.isVisible()


def test_the_sample_opens_with_one_click_and_no_question(qtbot: QtBot, state: ViewState) -> None:
    window = MainWindow(state)
    qtbot.addWidget(window)
    window.begin(None)
    window.show()
    page = window._start_page
    assert page is not None
    click(page._sample)
    assert window.workspace is not None
    assert window.workspace.is_sample
    assert window.workspace.children(Meeting, kind="tong_ket_ctv")
    window.close()


def test_a_new_file_begins_with_the_office(
    qtbot: QtBot, state: ViewState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.file_menu.QFileDialog.getSaveFileName", lambda *_a, **_k: (str(tmp_path / "Mới"), ""))
    window = MainWindow(state)
    qtbot.addWidget(window)
    window.begin(None)
    window.show()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstStepsDialog)
        replace_text(dialog.page().editors["name"].control(), "Trung tâm Khuyến công")
        dialog.next_button.click()

    in_dialog(act, window.actions_.create.trigger)
    assert (tmp_path / "Mới.kcdb").exists()
    assert window.workspace is not None
    assert window.workspace.office.name == "Trung tâm Khuyến công"
    for index in range(window.pages.count()):
        window.pages.setCurrentIndex(index)
    window.close()


def test_the_window_comes_back_where_it_was(qtbot: QtBot, sample: Path, state: ViewState) -> None:
    first = MainWindow(state)
    qtbot.addWidget(first)
    first.begin(sample)
    first.show()
    first.pages.setCurrentIndex(3)
    first.resize(777, 590)
    first.close()
    second = MainWindow(state)
    qtbot.addWidget(second)
    second.begin(None)
    second.show()
    assert second.workspace is not None
    assert second.pages.currentIndex() == 3
    assert (second.width(), second.height()) == (777, 590)
    second.close()


def test_a_second_window_on_the_same_file_says_why_it_only_reads(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert window.workspace is not None
    second = MainWindow(ViewState(tmp_path / "second.ini"))
    qtbot.addWidget(second)
    second.begin(window.workspace.path)
    second.show()
    assert second.workspace is not None
    assert second.workspace.is_read_only
    assert second.status.said() == second.workspace.read_only_reason
    assert not second.actions_.verbs[Verb.NEW].isEnabled()
    assert not second.actions_.undo.isEnabled()
    second.close()

"""Attached files and closed versions: dropped, pasted, opened, taken off; listed, verified, compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Conclusion, Meeting
from kc_desktop.domain.project import Project
from kc_desktop.services import attachments, finalising
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import CTRL, Key, close_tabs, open_tab, press
from ui.dialogs import kept_pdf
from ui.dialogs.versions import VersionsDialog
from ui.meeting.extra_parts import FILES
from ui.tabs.meetings import MeetingsTab
from ui.tabs.projects import ProjectTab
from ui.view_state import ViewState
from ui.widgets.attachments import AttachmentList


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    opened.open_record("meetings", workspace.all(Meeting)[0].id)
    opened.editor.show_part(FILES)
    return opened


@pytest.fixture
def files(tab: MeetingsTab) -> AttachmentList:
    return tab.editor.extra.files.list


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Biên bản đã ký.txt"
    path.write_bytes(b"scan")
    return path


def _cell(table: QTableWidget, row: int, column: int) -> str:
    return str(table.model().index(row, column).data())


def _drop(widget: QWidget, paths: list[Path]) -> bool:
    """Drag files over the widget and let go; return whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, buttons, keys))
    return enter.isAccepted()


def test_a_scan_is_attached_by_drag_and_drop_and_undone(
    qtbot: QtBot, tab: MeetingsTab, files: AttachmentList, workspace: Workspace, scan: Path
) -> None:
    with qtbot.waitSignal(tab.undoOffered) as told:
        assert _drop(files, [scan])
    assert told.args == ["Đã đính kèm Biên bản đã ký.txt."]
    assert [each.name for each in files.files] == ["Biên bản đã ký.txt"]
    assert tab.editor.tabs.tabText(FILES) == "Tệp (1)"
    tab.refresh(workspace.undo())
    assert files.files == ()
    assert tab.editor.tabs.tabText(FILES) == "Tệp"


def test_a_scan_dropped_on_any_part_of_the_meeting_goes_to_its_files(
    tab: MeetingsTab, files: AttachmentList, scan: Path
) -> None:
    tab.editor.show_part(3)
    assert _drop(tab.editor, [scan])
    assert tab.editor.tabs.currentIndex() == FILES
    assert [each.name for each in files.files] == ["Biên bản đã ký.txt"]
    tab.editor.open(0)
    assert not _drop(tab.editor, [scan])


def test_the_scan_comes_after_the_minutes_were_closed(
    tab: MeetingsTab, files: AttachmentList, workspace: Workspace, scan: Path
) -> None:
    finalising.finalise(workspace, tab.editor.desk.meeting_id, on=date(2023, 4, 14))
    tab.refresh(frozenset())
    assert files.add_button.isEnabled()
    assert _drop(files, [scan])
    assert len(files.files) == 1


def test_files_and_pictures_are_pasted(files: AttachmentList, scan: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    QGuiApplication.clipboard().setMimeData(data)
    files.setFocus()
    files.attach([scan])
    files.table.setFocus()
    press(Key.Key_V, CTRL)
    assert len(files.files) == 1, "the same file is attached once"
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    press(Key.Key_V, CTRL)
    assert files.files[-1].name.startswith("Ảnh dán ")
    assert files.files[-1].name.endswith(".png")


def test_files_are_chosen_opened_saved_elsewhere_and_taken_off(
    files: AttachmentList, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "Quyết định.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(pdf)], ""))
    files.add_button.click()
    shown: list[tuple[str, bytes]] = []
    monkeypatch.setattr(kept_pdf, "show_kept_pdf", lambda _parent, name, data, _words: shown.append((name, data)))
    files.table.setFocus()
    press(Key.Key_Return)
    assert shown == [("Quyết định.pdf", b"%PDF-1.7")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "bản sao.pdf"), ""))
    files.save_button.click()
    assert (tmp_path / "bản sao.pdf").read_bytes() == b"%PDF-1.7"
    files.table.setFocus()
    press(Key.Key_Delete)
    assert files.files == ()
    workspace.undo()
    assert len(attachments.of(workspace, "meeting", 1)) == 1


def test_a_file_that_cannot_be_taken_or_is_gone_is_told_below_the_list(
    files: AttachmentList, workspace: Workspace, scan: Path, tmp_path: Path
) -> None:
    assert _drop(files, [tmp_path])
    assert "không phải một tệp" in files.problem_label.text()
    files.attach([scan])
    assert not files.problem_label.isVisible()
    (attachments.folder(workspace) / files.files[0].sha256).unlink()
    files.show_owner("meeting", 1)
    assert _cell(files.table, 0, 1) == "không thấy tệp"
    files.open_button.click()
    assert "Không thấy" in files.problem_label.text()


def test_a_file_opened_only_for_reading_takes_no_files(qtbot: QtBot, workspace: Workspace, scan: Path) -> None:
    second = Workspace.open(workspace.path)
    shown = AttachmentList(second)
    qtbot.addWidget(shown)
    shown.show_owner("meeting", 1)
    assert not _drop(shown, [scan])
    assert shown.add_button.isHidden()
    second.close()


def test_a_project_has_files_of_its_own(qtbot: QtBot, workspace: Workspace, state: ViewState, scan: Path) -> None:
    project = workspace.all(Project)[0]
    tab = ProjectTab(workspace, state)
    qtbot.addWidget(tab)
    tab.set_year(project.year)
    tab.refresh(frozenset())
    tab.open_record("projects", project.id)
    with qtbot.waitSignal(tab.dataChanged) as told:
        tab.files.list.attach([scan])
    assert "attachment" in told.args[0]
    assert len(attachments.of(workspace, "project", project.id)) == 1
    assert tab.concerns(frozenset({"attachment"}))


def _reopened(workspace: Workspace) -> Meeting:
    (meeting,) = workspace.all(Meeting)
    finalising.finalise(workspace, meeting.id, on=date(2023, 4, 14))
    finalising.reopen(workspace, meeting.id, "Bổ sung ý kiến", on=date(2023, 4, 15))
    conclusion = workspace.children(Conclusion, meeting_id=meeting.id)[0]
    workspace.save(dataclasses.replace(conclusion, body="Kết luận đã sửa"))
    return meeting


def test_the_versions_are_listed_verified_and_compared(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = _reopened(workspace)
    dialog = VersionsDialog(workspace, meeting.id)
    qtbot.addWidget(dialog)
    cells = [_cell(dialog.table, 0, column) for column in range(5)]
    (version,) = dialog.versions
    assert cells == ["1", "14/04/2023", f"{version.sha256[:12]}…", "15/04/2023", "Bổ sung ý kiến"]
    assert dialog.sum_label.text() == "sửa 1 dòng"
    assert _cell(dialog.differences, 0, 0) == "Sửa"
    assert "Kết luận đã sửa" in _cell(dialog.differences, 0, 2)
    dialog.verify_button.click()
    assert "nguyên vẹn" in dialog.verdict_label.text()
    shown: list[bytes] = []
    monkeypatch.setattr(kept_pdf, "show_kept_pdf", lambda _parent, _name, data, _words: shown.append(data))
    dialog.open_button.click()
    assert shown == [finalising.closed_pdf(workspace, version.id)]


def test_a_version_is_compared_with_the_next_one_first(qtbot: QtBot, workspace: Workspace) -> None:
    meeting = _reopened(workspace)
    finalising.finalise(workspace, meeting.id, on=date(2023, 4, 16))
    dialog = VersionsDialog(workspace, meeting.id)
    qtbot.addWidget(dialog)
    assert dialog.target_box.currentText() == "bản 1, chốt ngày 14/04/2023", "now is the last version itself"
    assert dialog.sum_label.text() == "sửa 1 dòng"
    headings = [dialog.differences.horizontalHeaderItem(column) for column in (1, 2)]
    assert [each.text() for each in headings if each is not None] == ["Bản 1", "Bản 2"]
    dialog.table.selectRow(0)
    assert dialog.target_box.currentText() == "bản 2, chốt ngày 16/04/2023"
    assert dialog.sum_label.text() == "sửa 1 dòng"


def test_the_editor_leads_to_the_versions_open_or_closed(tab: MeetingsTab, workspace: Workspace) -> None:
    assert not tab.editor.lock_label.isVisible()
    _reopened(workspace)
    tab.refresh(frozenset())
    assert "nay đang mở để sửa" in tab.editor.lock_label.text()
    assert "Các bản đã chốt (1)" in tab.editor.lock_label.text()


def test_a_kept_pdf_opens_in_the_preview_without_word(qtbot: QtBot, workspace: Workspace) -> None:
    meeting = _reopened(workspace)
    (version,) = finalising.versions(workspace, meeting.id)
    dialog = kept_pdf.kept_dialog(None, "a.pdf", finalising.closed_pdf(workspace, version.id), "Bản 1")
    qtbot.addWidget(dialog)
    assert dialog.document.pageCount() >= 1
    assert dialog.word_button.isHidden()
    dialog.reject()

"""The main job: from the meeting of 13/4/2023 to the paper on the printer's tray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Attendee, Conclusion, Entry
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import ALT, Key, close_tabs, compose, open_tab, press, type_keys
from ui.dialogs.preview import PreviewDialog
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> MeetingsTab:
    return open_tab(qtbot, workspace, state)


def _meeting_id(tab: MeetingsTab) -> int:
    current = tab.current_record()
    assert current is not None
    return current[1]


def _pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def test_a_clerk_marks_attendance_writes_minutes_and_gets_the_signed_paper_in_pdf_and_word(
    qtbot: QtBot, tab: MeetingsTab, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id = _meeting_id(tab)
    assert "Họp tổng kết hoạt động của cộng tác viên năm 2022" in tab.editor.title_label.text()

    tab.editor.show_part(2)
    press(Key.Key_3)
    press(Key.Key_5)
    press(Key.Key_4)
    assert "vắng có phép 1" in tab.editor.attendance.count_label.text()
    assert "vắng 1" in tab.editor.attendance.count_label.text()
    states = [each.state for each in workspace.children(Attendee, meeting_id=meeting_id)]
    assert states[:3] == ["present", "absent", "excused"]

    tab.editor.show_part(3)
    type_keys("an")
    press(Key.Key_Tab)
    compose("Đề nghị các xã phía Bắc cử thêm cộng tác viên")
    press(Key.Key_Return)
    said = workspace.children(Entry, meeting_id=meeting_id)[-1]
    assert said.body == "Đề nghị các xã phía Bắc cử thêm cộng tác viên"
    assert workspace.title_of("person", said.speaker_id) == "Hồ Trần Hồng Ân"
    assert workspace.undo_label == "Ghi ý kiến Hồ Trần Hồng Ân"

    press(Key.Key_5, ALT)
    compose("Quý III mở lớp tập huấn cho cộng tác viên")
    press(Key.Key_Return)
    assert workspace.children(Conclusion, meeting_id=meeting_id)[-1].body == "Quý III mở lớp tập huấn cho cộng tác viên"

    seen: list[str] = []
    pdf_path, word_path = tmp_path / "bien-ban.pdf", tmp_path / "bien-ban.docx"

    def use(dialog: PreviewDialog) -> int:
        qtbot.waitUntil(lambda: dialog.is_ready, timeout=20_000)
        pages = range(dialog.document.pageCount())
        seen.append(" ".join(dialog.document.getAllText(page).text() for page in pages))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(pdf_path), ""))
        dialog.pdf_button.click()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(word_path), ""))
        dialog.word_button.click()
        qtbot.waitUntil(word_path.exists, timeout=20_000)
        dialog.reject()
        return 0

    monkeypatch.setattr(PreviewDialog, "exec", use)
    tab.requestPaper.connect(lambda key, record_id: PreviewDialog.show_paper(tab, workspace, key, record_id))
    tab.print_()
    menu = tab.editor.print_button.menu()
    words = [action.text() for action in menu.actions()]
    assert words[0] == "In Biên bản họp"
    assert "In Danh sách đại biểu ký tên" in words
    QTest.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))

    on_screen = " ".join(seen[0].split())
    in_word = " ".join(" ".join(paragraph.text for paragraph in Document(str(word_path)).paragraphs).split())
    for text in (on_screen, _pdf_text(pdf_path), in_word):
        assert "Đề nghị các xã phía Bắc cử thêm cộng tác viên" in text
        assert "Quý III mở lớp tập huấn cho cộng tác viên" in text
        assert "BIÊN BẢN" in text


def test_undo_takes_each_step_back_and_the_editor_follows(tab: MeetingsTab, workspace: Workspace) -> None:
    meeting_id = _meeting_id(tab)
    before = meetings.dossier(workspace, meeting_id)
    tab.editor.show_part(2)
    press(Key.Key_5)
    tab.editor.show_part(3)
    press(Key.Key_Tab)
    compose("Nhất trí")
    press(Key.Key_Return)
    tab.editor.show_part(4)
    compose("Giao phòng Khuyến công theo dõi")
    press(Key.Key_Return)
    labels = []
    for _ in range(3):
        labels.append(workspace.undo_label)
        tab.refresh(workspace.undo())
    assert labels == [
        "Thêm kết luận Giao phòng Khuyến công theo dõi",
        "Ghi ý kiến",
        "Điểm danh Trương Thanh Nhàn: Vắng",
    ]
    assert meetings.dossier(workspace, meeting_id) == before
    assert tab.editor.attendance.count_label.text() == "Có mặt 29/29"
    assert tab.editor.desk.dossier == before

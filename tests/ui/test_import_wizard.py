"""Nhập Excel…: a clerk brings old lists in by keyboard; nothing is written before the last step, all of it by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QTableWidget
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services import importing, pasting
from kc_desktop.services.workspace import Workspace
from tests.exchange.books import COLLABORATORS, PROJECTS, PROJECTS_MERGED, Rows, write_xlsx
from tests.ui.helpers import Key, press
from tests.ui.test_words import _english, _nameless
from ui.dialogs.import_wizard import ImportDialog
from ui.importing import begin_import
from ui.main_window import MainWindow
from ui.tabs.programmes import ProgrammesTab

ODD: Rows = (
    ("Danh sách",),
    ("Ai", "Gọi số", "Nơi"),
    ("Đại biểu 21", "0920351920", "UBND xã An Long"),
    ("Đại biểu 22", "chưa rõ", "UBND xã An Long"),
)


def _text(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text() if item is not None else ""


def _wait(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_busy())


def _begun(qtbot: QtBot, window: MainWindow, path: Path) -> ImportDialog:
    dialog = begin_import(window, window.files.jobs(), path)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.file_page.book is not None)
    _wait(qtbot, dialog)
    return dialog


def _go_on(qtbot: QtBot, dialog: ImportDialog) -> None:
    press(dialog, Key.Key_Return)
    _wait(qtbot, dialog)


def test_a_list_goes_in_by_return_alone_and_twice_changes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    workspace = window.workspace
    assert workspace is not None
    window.open_catalogue("people")
    before = len(workspace.all(Person))
    path = write_xlsx(tmp_path / "cũ.xlsx", COLLABORATORS)
    dialog = _begun(qtbot, window, path)
    assert dialog.file_page.what_key() == "people"
    assert _text(dialog.file_page.sheets, 0, 1).startswith("Tiêu đề dòng 7, số liệu từ dòng 8")
    _go_on(qtbot, dialog)
    _go_on(qtbot, dialog)
    assert dialog.next_button.text() == "Ghi 3 dòng"
    assert len(workspace.all(Person)) == before
    for page in dialog.pages:
        dialog.stack.setCurrentWidget(page)
        assert _nameless(dialog) == []
    dialog.stack.setCurrentIndex(2)
    _go_on(qtbot, dialog)
    assert dialog.done_page.words.text() == "Đã nhập 3 dòng mới từ cũ.xlsx."
    assert len(workspace.all(Person)) == before + 3
    dialog.done_page.list_button.click()
    assert not dialog.isVisible()
    again = _begun(qtbot, window, path)
    _go_on(qtbot, again)
    _go_on(qtbot, again)
    assert again.next_button.text() == "Đóng"
    assert again.check_page.found is not None
    assert again.check_page.found.counts == {"new": 0, "changed": 0, "same": 3, "wrong": 0}
    press(again, Key.Key_Return)
    window.undo()
    assert len(workspace.all(Person)) == before


def test_columns_chosen_by_hand_are_there_the_next_time_and_for_the_command_line(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    workspace = window.workspace
    assert workspace is not None
    window.open_catalogue("people")
    path = write_xlsx(tmp_path / "lạ.xlsx", ODD)
    dialog = _begun(qtbot, window, path)
    assert "Không thấy tiêu đề" in dialog.file_page.hint.text()
    _go_on(qtbot, dialog)
    page = dialog.columns_page
    page.heading_box.setValue(2)
    press(dialog, Key.Key_Return)
    assert "Chưa cột nào là Họ và tên" in dialog.problem_label.text()
    for place, name in enumerate(("name", "phone", "organisation")):
        page.field_box(place).setCurrentIndex(page.field_box(place).findData(name))
    _go_on(qtbot, dialog)
    assert dialog.next_button.text() == "Ghi 2 dòng"
    dialog.back_button.click()
    dialog.reject()
    assert "Ghi nhớ cách ghép cột" in window.actions_.undo.toolTip() + window.actions_.undo.text()
    found = importing.judge(workspace, "people", importing.read_workbook(path))
    assert [each.name for each in found.rows] == ["Đại biểu 21", "Đại biểu 22"]
    again = _begun(qtbot, window, path)
    assert "Tiêu đề dòng 2" in _text(again.file_page.sheets, 0, 1)
    _go_on(qtbot, again)
    assert again.columns_page.field_box(1).currentData() == "phone"
    again.columns_page.reset_button.click()
    assert again.columns_page.problem()
    again.reject()


def test_each_cell_says_how_it_was_read_and_amounts_in_which_unit(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    rows = [*PROJECTS]
    rows[1] = ()
    dialog = _begun(qtbot, window, write_xlsx(tmp_path / "đề án.xlsx", rows, merged=PROJECTS_MERGED))
    assert dialog.file_page.what_key() == "projects"
    _go_on(qtbot, dialog)
    page = dialog.columns_page
    assert "không ghi số tiền tính bằng gì" in page.note.text()
    assert page.unit_box(5).isVisibleTo(dialog)
    assert not page.unit_box(1).isVisibleTo(dialog)
    for place in (4, 5, 6):
        page.unit_box(place).setCurrentIndex(page.unit_box(place).findData(pasting.MILLION))
    _go_on(qtbot, dialog)
    cells = dialog.check_page.cells
    shown = {_text(cells, at, 0): [_text(cells, at, c) for c in (1, 2, 3)] for at in range(cells.rowCount())}
    assert shown["Khuyến công hỗ trợ ← Kinh phí KC hỗ trợ"] == ["100", "100.000.000 đồng", "Tính bằng triệu đồng."]
    dialog.check_page.verdicts.show_only("skipped")
    assert "Dòng nhóm" in dialog.check_page.why.text()
    _go_on(qtbot, dialog)
    dialog.done_page.list_button.click()
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, ProgrammesTab)
    model = tab.front().panel.model
    names = {model.value_at(row, "name") for row in range(model.rowCount())}
    assert {"Hỗ trợ máy cắt laser", "Hỗ trợ máy sấy gỗ"} <= names, "those of another year than the window's, too"
    assert [each for each in _english(dialog) if tmp_path.name not in each] == []  # the file says where the test lies


def test_the_year_of_what_was_imported_is_told_and_turned_to(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    rows = (("Tên đề án", "Năm", "Kinh phí hỗ trợ (đồng)"), ("Mẫu thử 31", 2031, 5_000_000), ("Mẫu thử 32", 2031, 0))
    dialog = _begun(qtbot, window, write_xlsx(tmp_path / "sang năm.xlsx", rows))
    for _step in range(3):
        _go_on(qtbot, dialog)
    assert dialog.done_page.words.text() == "Đã nhập 2 dòng mới từ sang năm.xlsx vào năm 2031."
    assert window.year() != 2031
    dialog.done_page.list_button.click()
    assert window.year() == 2031
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, ProgrammesTab)
    model = tab.front().panel.model
    assert [model.value_at(row, "name") for row in range(model.rowCount())] == ["Mẫu thử 31", "Mẫu thử 32"]


def test_of_several_sheets_those_with_a_table_are_read_each_with_its_own_columns(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "nhiều trang.xlsx"
    book = Workbook(str(path))
    book.add_worksheet("Bìa").write_row(2, 0, ("DANH SÁCH",))
    for name, rows in (("Đợt 1", ODD[1:]), ("Đợt 2", (("Họ và tên", "Điện thoại"), ("Đại biểu 41", "0920351941")))):
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    window.open_catalogue("people")
    dialog = _begun(qtbot, window, path)
    sheets = dialog.file_page.sheets
    items = [item for at in range(sheets.rowCount()) if (item := sheets.item(at, 0)) is not None]
    assert [each.checkState() for each in items] == [*[Qt.CheckState.Unchecked] * 2, Qt.CheckState.Checked]
    items[1].setCheckState(Qt.CheckState.Checked)
    _go_on(qtbot, dialog)
    page_of_columns = dialog.columns_page
    press(dialog, Key.Key_Return)
    assert dialog.problem_label.text() == "▲ Trang “Đợt 1”: Chưa cột nào là Họ và tên."
    page_of_columns.field_box(0).setFocus()
    page_of_columns.field_box(0).setCurrentIndex(page_of_columns.field_box(0).findData("name"))
    press(page_of_columns.field_box(0), Key.Key_Tab)
    assert dialog.focusWidget() is page_of_columns.field_box(1)
    page_of_columns.field_box(1).setCurrentIndex(page_of_columns.field_box(1).findData("note"))
    _go_on(qtbot, dialog)
    assert dialog.next_button.text() == "Ghi 3 dòng"
    assert "Trang “Bìa” không có bảng nào" in dialog.check_page.note.text()
    dialog.reject()


def test_rows_with_errors_come_back_as_a_workbook(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (("Họ và tên", "Năm sinh"), ("Đại biểu 31", "năm nào"), ("Đại biểu 32", 1980))
    dialog = _begun(qtbot, window, write_xlsx(tmp_path / "a.xlsx", rows))
    _go_on(qtbot, dialog)
    _go_on(qtbot, dialog)
    assert dialog.check_page.why.text().startswith("Trang “Trang 1”, dòng 2: có lỗi.")
    target = tmp_path / "lỗi.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    dialog.check_page.errors_button.click()
    (sheet,) = importing.read_workbook(target).sheets
    assert sheet.rows[0][-1] == "Lỗi"
    assert len(sheet.rows) == 2
    _go_on(qtbot, dialog)
    assert "1 dòng có lỗi chưa nhập" in dialog.done_page.wrong.text()
    target.unlink()
    assert dialog.focusWidget() is dialog.done_page.errors_button
    press(dialog.done_page.errors_button, Key.Key_Return)
    assert target.is_file()
    dialog.reject()


def test_a_stopped_write_leaves_nothing_and_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    workspace = window.workspace
    assert workspace is not None
    rows = [("Họ và tên", "Điện thoại"), *((f"Đại biểu {each:03}", f"0920351{each:03}") for each in range(300))]
    dialog = _begun(qtbot, window, write_xlsx(tmp_path / "a.xlsx", rows))
    dialog.file_page.what.setCurrentIndex(0)
    _go_on(qtbot, dialog)
    _go_on(qtbot, dialog)
    revision = workspace.revision
    press(dialog, Key.Key_Return)
    assert dialog.is_busy()
    press(dialog, Key.Key_Escape)  # the job begins in the next turn of the loop
    _wait(qtbot, dialog)
    assert "chưa ghi gì" in dialog.problem_label.text()
    assert (workspace.revision, dialog.stack.currentIndex()) == (revision, 2)
    dialog.reject()
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"PK", "không phải bảng tính"),
        ("a.xlsx", b"", "rỗng"),
        ("a.xlsx", b"PK rubbish", "hỏng"),
        ("a.csv", b"\n\n", "không có ô nào có chữ"),
        ("", b"", "Không tìm thấy tệp"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_remedy(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / (name or "mất.xlsx")
    if name:
        path.write_bytes(content)
    dialog = begin_import(window, window.files.jobs(), path)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.problem_label.text()))
    assert said in dialog.problem_label.text()
    assert dialog.file_page.problem() == "Chọn tệp trước."
    dialog.reject()


def test_a_file_open_for_reading_only_takes_nothing_in(
    window: MainWindow, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window.files, "tell", lambda error, _title: told.append(error.message))
    beside = Workspace.open(sample)
    assert beside.is_read_only
    kept, window.workspace = window.workspace, beside
    assert begin_import(window, window.files.jobs()) is None
    window.workspace = kept
    beside.close()
    assert "chỉ để đọc" in told[0]


def test_a_workbook_dropped_on_the_window_opens_the_wizard(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "đề án.xlsx", PROJECTS, merged=PROJECTS_MERGED)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "tờ trình.docx"))])
    assert window.files.dropped_workbook(data) is None
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.files.import_dropped(data)
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)))
    dialog = window.findChildren(ImportDialog)[-1]
    qtbot.waitUntil(lambda: dialog.file_page.book is not None)
    _wait(qtbot, dialog)
    assert dialog.file_page.what_key() == "projects"
    dialog.reject()
    assert window.workspace is not None
    assert len(window.workspace.all(Project)) > 0

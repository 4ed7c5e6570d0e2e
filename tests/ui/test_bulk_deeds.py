"""Deeds on several rows in the window: the same keys as for one, looked at before they are done, one step each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.services import bulk, record_history, selection
from tests.ui.helpers import CTRL, Key, click, in_dialog, press, replace_text
from ui.dialogs import gather_papers
from ui.dialogs.batch import BatchDialog
from ui.dialogs.bulk_edit import BulkEditDialog, BulkRemoveDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.paste_list import PasteListDialog
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.widgets import job_row

SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("Đại biểu 71", "Đại biểu 72", "Đại biểu 73")


@pytest.fixture
def people(window: MainWindow) -> RecordTab:
    assert window.workspace is not None
    with window.workspace.change("Thêm người"):
        for name in NAMES:
            window.workspace.save(Person(name=name))
    window.open_catalogue("people")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    tab.panel.search.setText("Đại biểu 7")
    tab.open_record("people", tab.panel.model.id_at(0))
    tab.panel.table.setFocus()
    for _ in range(2):
        press(tab.panel.table, Key.Key_Down, SHIFT)
    assert len(tab.panel.selection.ids()) == 3
    return tab


def test_f2_on_several_rows_sets_a_field_of_all_and_ctrl_z_takes_it_back(window: MainWindow, people: RecordTab) -> None:
    ids = people.panel.selection.ids()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BulkEditDialog)
        dialog.field_box.setCurrentIndex(dialog.field_box.findData("organisation"))
        assert dialog.table.model.rowCount() == 3
        assert dialog.ok.text() == "Xem trước"
        assert dialog.editor is not None
        replace_text(dialog.editor.control(), "Sở Công Thương")
        press(dialog, Key.Key_Return)
        assert dialog.ok.text() == "Sửa 3 mục"
        assert "trống → Sở Công Thương" in dialog.table.model.text(0, 4)
        press(dialog, Key.Key_Return)

    in_dialog(act, lambda: window.actions_.verbs[Verb.EDIT].trigger())
    workspace = people.workspace
    assert {workspace.get(Person, each).organisation for each in ids} == {"Sở Công Thương"}
    assert window.status.said() == "Đã sửa đơn vị công tác của 3 người."
    assert window.status.offers_undo()
    assert people.form.record.organisation == "Sở Công Thương"
    window.undo()
    assert {workspace.get(Person, each).organisation for each in ids} == {""}


def test_a_day_typed_for_several_is_of_the_year_on_show(window: MainWindow) -> None:
    tab = window.pages.tab_for("projects").show_part("projects")  # type: ignore[attr-defined]  # a tab of several lists
    assert isinstance(tab, RecordTab)
    tab.panel.table.setFocus()
    press(tab.panel.table, Key.Key_Down, SHIFT)
    ids = tab.panel.selection.ids()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BulkEditDialog)
        dialog.field_box.setCurrentIndex(dialog.field_box.findData("ends_on"))
        assert dialog.editor is not None
        replace_text(dialog.editor.control(), "15/12")
        for _ in range(2):
            press(dialog, Key.Key_Return)

    in_dialog(act, lambda: window.actions_.verbs[Verb.EDIT].trigger())
    assert window.year() == 2023
    assert {tab.workspace.get(Project, each).ends_on for each in ids} == {date(2023, 12, 15)}
    window.undo()


def test_many_are_edited_by_jobs_that_esc_stops_and_that_leave_one_step(
    qtbot: QtBot, window: MainWindow, people: RecordTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_row, "AT_ONCE", 0)
    workspace, ids = people.workspace, people.panel.selection.ids()
    before = workspace.undo_label

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BulkEditDialog)
        dialog.field_box.setCurrentIndex(dialog.field_box.findData("organisation"))
        assert dialog.editor is not None
        replace_text(dialog.editor.control(), "Sở Công Thương")
        click(dialog.ok)
        assert not dialog.ok.isEnabled()
        qtbot.waitUntil(lambda: dialog.ok.text() == "Sửa 3 mục")
        click(dialog.ok)
        press(dialog, Key.Key_Escape)
        qtbot.waitUntil(lambda: not dialog.work.is_busy())
        assert dialog.summary.text() == "Đã dừng: dữ liệu chưa thay đổi gì."
        assert workspace.undo_label == before
        click(dialog.ok)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    in_dialog(act, lambda: window.actions_.verbs[Verb.EDIT].trigger())
    assert {workspace.get(Person, each).organisation for each in ids} == {"Sở Công Thương"}
    assert window.status.said() == "Đã sửa đơn vị công tác của 3 người."
    assert people.form.record.organisation == "Sở Công Thương"
    window.undo()
    assert workspace.undo_label == before


def test_enter_on_hoan_deletes_nothing(people: RecordTab) -> None:
    before = people.panel.model.count()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BulkRemoveDialog)
        dialog._cancel.setFocus()
        press(dialog._cancel, Key.Key_Return)
        assert not dialog.isVisible()

    in_dialog(act, lambda: press(people.panel.table, Key.Key_Delete))
    assert people.panel.model.count() == before


def test_del_on_several_rows_names_them_and_puts_them_into_the_bin(window: MainWindow, people: RecordTab) -> None:
    before = people.panel.model.count()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BulkRemoveDialog)
        assert [dialog.table.model.text(row, 2) for row in range(3)] == list(NAMES)
        assert dialog.focusWidget() is dialog.ok, "the frame stands on what Enter does"
        click(dialog.ok)

    in_dialog(act, lambda: press(people.panel.table, Key.Key_Delete))
    assert people.panel.model.count() == before - 3
    assert {each.title for each in record_history.deleted(people.workspace)} == set(NAMES)
    window.undo()
    assert people.panel.model.count() == before


def test_a_block_is_pasted_after_it_was_looked_at(window: MainWindow, people: RecordTab) -> None:
    QGuiApplication.clipboard().setText(
        "Họ và tên\tChức vụ\tNăm sinh\nĐại biểu 71\tPhó Giám đốc\t\nĐại biểu 79\t\t1980\nĐại biểu 78\t\tabc\n"
    )
    told: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteListDialog)
        told.append(dialog.summary())
        assert dialog.ok.text() == "Ghi 2 dòng"
        click(dialog.ok)

    in_dialog(act, lambda: press(people.panel.table, Key.Key_V, CTRL))
    assert told == ["Đọc được 3 dòng: 1 dòng mới, 1 dòng sửa, 1 dòng có lỗi. Dòng có lỗi không được ghi."]
    kept = {each.name: each for each in people.workspace.all(Person)}
    assert kept["Đại biểu 71"].post == "Phó Giám đốc"
    assert kept["Đại biểu 79"].birth_year == 1980
    assert "Đại biểu 78" not in kept
    assert window.status.said() == "Đã dán: thêm 1 người, sửa 1 người."
    window.undo()
    assert "Đại biểu 79" not in {each.name for each in people.workspace.all(Person)}


def test_an_empty_clipboard_says_what_to_do_and_writes_nothing(people: RecordTab) -> None:
    QGuiApplication.clipboard().setText("  \n")
    told: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteListDialog)
        told.append(dialog._problem.text())
        assert not dialog.ok.isEnabled()
        QGuiApplication.clipboard().setText("Đại biểu 80\nĐại biểu 81")
        click(dialog.again)
        assert dialog.ok.text() == "Ghi 2 dòng", "without a heading the columns on show give the order"

    in_dialog(act, lambda: press(people.panel.table, Key.Key_V, CTRL))
    assert "Chọn các ô trong Excel" in told[0]


def test_the_rows_menu_exports_those_chosen_alone(
    qtbot: QtBot, window: MainWindow, people: RecordTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "chọn.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    press(people.panel.table, Key.Key_Up, SHIFT)
    people.panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    window.actions_.chosen_rows.aboutToShow.emit()
    under_edit = {each.text(): each.isEnabled() for each in window.actions_.chosen_rows.actions()}
    assert {each.text(): each.isEnabled() for each in menu.actions()}.items() >= under_edit.items()
    assert under_edit["Sửa hàng loạt…\tF2"]
    assert not under_edit["In giấy tờ của các mục đã chọn…\tCtrl+P"], "a person has no papers"
    entry = next(each for each in menu.actions() if each.text().startswith("Xuất Excel các dòng"))
    assert entry.isEnabled()
    entry.trigger()
    menu.close()
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: target.is_file() and window.status.said().startswith("Đã xuất"))
    assert window.status.said() == "Đã xuất 2 dòng ra chọn.xlsx."
    dialog.accept()


def test_papers_of_several_projects_come_in_one_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.pages.tab_for("projects").show_part("projects")  # type: ignore[attr-defined]  # a tab of several lists
    assert isinstance(tab, RecordTab)
    press(tab.panel.table, Key.Key_Down, SHIFT)
    names = [row.cells[1] for row in selection.rows(tab.workspace, tab.panel.selection.chosen())]
    target = tmp_path / "đơn.pdf"

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BatchDialog)
        listed = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert [each.split(" – ▲")[0] for each in listed] == names
        dialog.save_to(target)
        qtbot.waitUntil(target.is_file, timeout=20_000)
        qtbot.waitUntil(lambda: dialog._job is None)

    tab.deeds.do("print")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first = QAction(tab)
    first.setData(next(each.data() for each in menu.actions() if each.data()))
    menu.close()
    in_dialog(act, lambda: tab.deeds._on_paper_chosen(first))

    monkeypatch.setattr(gather_papers, "_READ_AT_ONCE", 0)

    def stop(dialog: QDialog) -> None:
        assert isinstance(dialog, gather_papers.GatherDialog)
        press(dialog, Key.Key_Escape)
        qtbot.waitUntil(lambda: not dialog.isVisible())

    in_dialog(stop, lambda: tab.deeds._on_paper_chosen(first))
    assert window.status.said() == "Đã dừng, chưa in gì."


def test_what_cannot_be_done_says_why(window: MainWindow, people: RecordTab) -> None:
    people.panel.select_first()
    press(people.panel.table, Key.Key_Down)
    people.deeds.do("edit")
    assert window.status.said().startswith("Chọn nhiều dòng trước")
    window.pages.go_to(2)
    ledger = window.pages.current()
    assert isinstance(ledger, RecordTab)
    press(ledger.panel.table, Key.Key_Down, SHIFT)
    assert not ledger.deeds.can("edit")
    assert not ledger.deeds.can("remove")
    ledger.deeds.do("remove")
    assert window.status.said() == "Sổ kinh phí: không xóa ở danh sách này."


def test_more_than_can_be_looked_over_is_refused_without_being_read(
    window: MainWindow, people: RecordTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_EDITED", 2)
    monkeypatch.setattr(selection, "ids", None)
    people.deeds.do("edit")
    assert window.status.said().startswith("Đã chọn 3 mục, mỗi lần nhiều nhất 2 mục.")


def test_f2_with_the_cursor_in_the_form_edits_the_record_on_show(window: MainWindow, people: RecordTab) -> None:
    people.form.editor("post").control().setFocus()
    window.actions_.verbs[Verb.EDIT].trigger()
    assert people.form.is_editing()
    assert len(people.panel.selection.ids()) == 3
    people.cancel()

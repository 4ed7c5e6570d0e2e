"""Mẫu biểu Excel: a form is brought, its map clicked together, a list goes out in it; the collaborators' workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from kc_desktop.domain.office_form import FIXED, map_from_text
from kc_desktop.services import office_forms
from kc_desktop.services.workspace import Workspace
from tests.exchange.form_books import drawn
from tests.ui.helpers import Key, press
from tests.ui.test_words import _english, _nameless
from ui.dialogs.cell_map import CellMapDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_form import ExportFormDialog
from ui.dialogs.lead_template import ANYBODY, EACH, LeadTemplateDialog
from ui.dialogs.new_form import NewFormDialog
from ui.exporting import export_front
from ui.main_window import MainWindow
from ui.tabs.leads import LeadsTab
from ui.tabs.office_forms import OfficeFormsTab


def _form(tmp_path: Path) -> Path:
    path = tmp_path / "Biểu 05.xlsx"
    path.write_bytes(drawn())
    return path


def _tab(window: MainWindow) -> OfficeFormsTab:
    window.open_catalogue("office-forms")
    tab = window.pages.current()
    assert isinstance(tab, OfficeFormsTab)
    QApplication.processEvents()
    return tab


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def test_a_form_is_brought_and_its_map_opens_at_once(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = _tab(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(_form(tmp_path)), ""))
    tab.add_button.click()
    (asking,) = tab.findChildren(NewFormDialog)
    asking.ok_button.click()
    assert office_forms.all_forms(_workspace(window)) == (), "there is no file yet"
    QApplication.processEvents()
    name = asking.fields["name"]
    assert name.heightForWidth(name.width()) <= name.height(), "what is said at a field stands under it"
    asking.file_button.click()
    assert asking.text_of("name") == "Biểu 05"
    asking.ok_button.click()
    (form,) = office_forms.all_forms(_workspace(window))
    assert (form.name, form.source) == ("Biểu 05", "projects")
    (dialog,) = (each for each in tab.findChildren(CellMapDialog) if each.isVisible())
    assert _english(dialog) == _nameless(dialog) == _english(tab) == _nameless(tab) == []
    named = dialog.grid.item(6, 1)
    assert named is not None
    assert named.text() == "← Tên đề án"
    dialog.grid.go_to(7, 4)
    assert dialog.where.text() == "Cột D của bảng nhận"
    dialog.value_box.setCurrentIndex(dialog.value_box.findData("approved_vnd"))
    dialog.value_box.activated.emit(dialog.value_box.currentIndex())
    dialog.grid.go_to(5, 6)
    assert dialog.where.text() == "Ô F5 nhận"
    dialog.value_box.setCurrentIndex(dialog.value_box.findData(FIXED))
    dialog.value_box.activated.emit(dialog.value_box.currentIndex())
    dialog.fixed_line.setText("Mẫu của Sở")
    dialog.save_button.click()
    (form,) = office_forms.all_forms(_workspace(window))
    given = map_from_text(form.cell_map)
    assert given.tables[0].columns["D"] == "approved_vnd"
    assert [(each.cell, each.value) for each in given.cells] == [("F5", "text:Mẫu của Sở")]
    assert "cột D ← " in tab.section.words.text()
    assert window.focusWidget() is tab.panel.table


def test_rows_of_the_table_are_set_and_a_value_is_taken_away(window: MainWindow, tmp_path: Path) -> None:
    workspace = _workspace(window)
    form = office_forms.bring(workspace, _form(tmp_path), name="Biểu", source="projects")
    dialog = CellMapDialog(workspace, form, window)
    dialog.show()
    said = [dialog.list.item(row, 1).text() for row in range(dialog.list.rowCount())]  # type: ignore[union-attr]  # filled
    assert "{{ }} Tên đơn vị" in said
    assert "{{ }} ▲ chưa biết “chua_biet” là gì" in said
    dialog.grid.go_to(7, 2)
    dialog.remove_button.click()
    assert "B" not in dialog.chosen().tables[0].columns
    dialog.first_box.setValue(8)
    assert (dialog.chosen().tables[0].first_row, dialog.chosen().tables[0].last_row) == (8, 8)
    dialog.first_box.setValue(0)
    assert dialog.chosen().tables == ()
    dialog.guess_button.click()
    assert dialog.chosen() == map_from_text(form.cell_map)
    dialog.reject()


def test_a_sheet_has_several_tables_and_the_form_another_source(window: MainWindow, tmp_path: Path) -> None:
    workspace = _workspace(window)
    form = office_forms.bring(workspace, _form(tmp_path), name="Biểu", source="projects")
    dialog = CellMapDialog(workspace, form, window)
    dialog.show()
    (first,) = dialog.chosen().tables
    below = first.last_row + 3
    dialog.grid.go_to(below, 2)
    assert dialog.table_box.currentText() == "Bảng 1"
    dialog.table_box.setCurrentIndex(1)
    dialog.table_box.activated.emit(1)
    assert (dialog.table_box.currentText(), dialog.first_box.value()) == ("Bảng 2", below)
    dialog.last_box.setValue(below + 1)
    dialog.set_value(below + 1, 2, "name")
    dialog.set_value(1, 1, "office")
    assert [(each.first_row, each.last_row) for each in dialog.chosen().tables] == [
        *((first.first_row, first.last_row), (below, below + 1)),
    ]
    assert "Bảng 2, cột B" in [dialog.list.item(at, 0).text() for at in range(dialog.list.rowCount())]  # type: ignore[union-attr]  # filled
    dialog.first_box.setValue(first.last_row)
    dialog.save_button.click()
    assert "cùng lấy dòng" in dialog._problem.text()
    dialog.first_box.setValue(below)
    before = dialog.chosen()
    dialog.source_box.setCurrentIndex(dialog.source_box.findData("people"))
    dialog.source_box.activated.emit(dialog.source_box.currentIndex())
    assert "Đã đổi số liệu: giữ " in dialog._problem.text()
    assert dialog.value_at(1, 1) == "office"
    assert dialog.value_at(below, 2) == ""
    assert dialog.value_box.findData("organisation") > 0
    dialog.source_box.setCurrentIndex(dialog.source_box.findData("projects"))
    dialog.source_box.activated.emit(dialog.source_box.currentIndex())
    assert dialog.chosen() == before
    dialog.source_box.setCurrentIndex(dialog.source_box.findData("people"))
    dialog.source_box.activated.emit(dialog.source_box.currentIndex())
    dialog.save_button.click()
    kept = office_forms.by_id(workspace, form.id)
    assert kept.source == "people"
    assert map_from_text(kept.cell_map) == dialog.chosen()
    window.undo()
    assert office_forms.by_id(workspace, form.id) == form


def test_enter_on_a_cell_leads_to_what_goes_into_it_and_back_not_out(window: MainWindow, tmp_path: Path) -> None:
    form = office_forms.bring(_workspace(window), _form(tmp_path), name="Biểu", source="projects")
    dialog = CellMapDialog(_workspace(window), form, window)
    dialog.show()
    dialog.grid.go_to(7, 4)
    press(dialog.grid, Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.value_box
    press(dialog.value_box.view(), Key.Key_Down)
    press(dialog.value_box.view(), Key.Key_Return)
    assert dialog.focusWidget() is dialog.grid
    assert dialog.chosen().tables[0].columns["D"] == dialog.value_box.currentData() != ""
    dialog.reject()


def test_a_list_goes_out_in_a_form_when_there_is_one_for_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = office_forms.bring(_workspace(window), _form(tmp_path), name="Biểu 05", source="people")
    window.open_catalogue("people")
    QApplication.processEvents()
    target = tmp_path / "ra.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def choose() -> None:
        (dialog,) = (each for each in window.findChildren(ExportFormDialog) if each.isVisible())
        dialog.fields["form"].set_value(str(form.id))
        dialog.ok_button.click()

    QTimer.singleShot(0, choose)
    shown = export_front(window, window.files.jobs())
    assert shown is not None
    qtbot.waitUntil(lambda: not shown.is_running and shown.close_button.isVisible())
    assert "vào mẫu biểu" in shown.words.text()
    assert "chua_biet" in shown.words.text()
    assert CalamineWorkbook.from_path(str(target)).sheet_names == ["Biểu 1", "Tổng quát"]
    shown.close_button.click()


def test_the_collaborators_workbook_is_saved_for_anybody_and_for_each(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_record("leads", 1)
    (leads,) = window.pages.tab_for("leads").findChildren(LeadsTab)
    folder = tmp_path / "gửi"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mẫu.xlsx"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    for who in (ANYBODY, EACH):
        leads.template_button.click()
        (dialog,) = (each for each in leads.findChildren(LeadTemplateDialog) if each.isVisible())
        assert _english(dialog) == _nameless(dialog) == []
        dialog.fields["who"].set_value(who)
        dialog.ok_button.click()
        (shown,) = (each for each in leads.findChildren(ExportDialog) if each.isVisible())
        qtbot.waitUntil(shown.close_button.isVisible)
        shown.close_button.click()
    assert (tmp_path / "mẫu.xlsx").is_file()
    names = [each.name for each in folder.iterdir()]
    assert len(names) > 1
    assert all(each.startswith("Mẫu ghi nhu cầu 2023 – ") for each in names)

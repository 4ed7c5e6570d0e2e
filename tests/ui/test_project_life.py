"""A project's form: its way and next step, its papers, its pages, and blocks pasted from Excel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import ChecklistItem, EstimateLine, Project, ProjectStep
from kc_desktop.services import lifecycle
from kc_desktop.services.workspace import Workspace
from tests.services.projects_at_work import install_law, project
from tests.ui.helpers import CTRL, Key, click, click_button, in_dialog, press, replace_text, show_active
from ui.dialogs.paste_rows import PasteRowsDialog
from ui.dialogs.project_step import ProjectStepDialog
from ui.tabs.projects import DOSSIER, ESTIMATE, MONEY, ProjectTab
from ui.view_state import ViewState


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> ProjectTab:
    """The projects of 2024 with one of them on show."""
    install_law(workspace)
    kept = project(workspace)
    made = ProjectTab(workspace, state)
    qtbot.addWidget(made)
    made.resize(1340, 620)
    made.set_year(2024)
    show_active(qtbot, made)
    made.open_record("projects", kept.id)
    QApplication.processEvents()
    return made


def _project(tab: ProjectTab) -> Project:
    record = tab.form.record
    assert isinstance(record, Project)
    return tab.workspace.get(Project, record.id)


def _fill(dialog: QDialog, **values: str) -> ProjectStepDialog:
    assert isinstance(dialog, ProjectStepDialog)
    for name, value in values.items():
        replace_text(dialog.editors[name].control(), value)
    return dialog


def test_the_next_step_is_one_button_and_takes_the_project_on(qtbot: QtBot, tab: ProjectTab) -> None:
    assert tab.life.next_button.text() == "Tiếp nhận hồ sơ…"

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, happened_on="5/1/2024", document="12/ĐN")
        click(filled.ok)

    with qtbot.waitSignal(tab.dataChanged) as changed, qtbot.waitSignal(tab.undoOffered):
        in_dialog(act, lambda: click(tab.life.next_button))
    assert {"project", "project_step", "checklist_item"} <= changed.args[0] | {"checklist_item"}
    assert _project(tab).state == "received"
    assert tab.life.next_button.text() == "Khảo sát…"
    assert "Đã tiếp nhận hồ sơ" in tab.life.path.accessibleName()
    assert [line.record.document for line in tab.history.model.lines] == ["12/ĐN"]
    tab.workspace.undo()
    tab.refresh(frozenset({"project", "project_step"}))
    assert _project(tab).state == "draft"
    assert tab.life.next_button.text() == "Tiếp nhận hồ sơ…"


def test_what_a_step_lacks_is_said_at_its_field_and_nothing_is_kept(tab: ProjectTab) -> None:
    seen: list[str] = []

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, happened_on="5/1/2024")
        click(filled.ok)
        seen.append(filled.editors["document"].shown_problem())
        assert filled.isVisible()

    action = next(each for each in tab.life.others.menu().actions() if each.data() == "submit")
    in_dialog(act, action.trigger)
    assert seen == ["Chưa có số công văn, tờ trình."]
    assert tab.workspace.children(ProjectStep, project_id=_project(tab).id) == ()


def test_the_dialog_tells_what_will_happen_and_what_is_missing(tab: ProjectTab) -> None:
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, happened_on="5/1/2099")
        press(filled.editors["happened_on"].control(), Key.Key_Tab)
        said.append(filled.warning())

    in_dialog(act, lambda: click(tab.life.next_button))
    assert "05/01/2099 còn ở phía trước" in said[0]
    assert "Còn thiếu 2 giấy tờ: Đơn đề nghị" in said[0]
    assert "Vẫn ghi được bước này." in said[0]


def test_a_day_before_the_last_step_is_refused_at_the_day(tab: ProjectTab) -> None:
    kept = _project(tab)
    tab.workspace.save(ProjectStep(project_id=kept.id, action="adjust", state="draft", happened_on=date(2024, 3, 1)))

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, happened_on="1/2/2024")
        click(filled.ok)
        assert "không thể sớm hơn" in filled.editors["happened_on"].shown_problem()

    in_dialog(act, lambda: click(tab.life.next_button))
    assert _project(tab).state == "draft"


def test_signers_of_before_are_suggested(tab: ProjectTab) -> None:
    kept = _project(tab)
    tab.workspace.save(
        ProjectStep(project_id=kept.id, state="draft", happened_on=date(2024, 1, 1), signer="Người ký 02")
    )

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectStepDialog)
        line = dialog.editors["signer"].control()
        line.setFocus()
        press(line, Key.Key_Down)
        press(line, Key.Key_Return)
        assert dialog.editors["signer"].value() == "Người ký 02"

    action = next(each for each in tab.life.others.menu().actions() if each.data() == "submit")
    in_dialog(act, action.trigger)


def test_steps_wait_until_the_form_is_saved_and_the_state_is_no_field(tab: ProjectTab) -> None:
    assert tab.life.next_button.isEnabled()
    tab.edit()
    assert not tab.life.next_button.isEnabled()
    assert "Lưu đề án" in tab.life.next_button.toolTip()
    with pytest.raises(KeyError):
        tab.form.editor("state")
    tab.cancel()
    assert tab.life.next_button.isEnabled()


def test_a_new_project_has_no_way_yet(tab: ProjectTab) -> None:
    tab.new()
    assert not tab.life.isVisible()
    tab.cancel()
    assert tab.life.isVisible()


def test_papers_are_ticked_by_keyboard_with_the_day_above_them(qtbot: QtBot, tab: ProjectTab) -> None:
    assert tab.life.papers_button.text() == "Còn thiếu 2 giấy tờ"
    click_target = tab.life.papers_button
    click(click_target)
    assert QApplication.focusWidget() is tab.checklist.view
    tab.checklist.view.setCurrentIndex(tab.checklist.model.index(1, 0))
    tab.checklist.day.set_value(None)
    press(tab.checklist.view, Key.Key_Space)
    assert "Ghi ngày nhận" in tab.checklist.problem_words()
    replace_text(tab.checklist.day.control(), "6/1")
    tab.checklist.view.setFocus()
    with qtbot.waitSignal(tab.dataChanged):
        press(tab.checklist.view, Key.Key_Space)
    (item,) = tab.workspace.children(ChecklistItem, project_id=_project(tab).id)
    assert item.received_on == date(2024, 1, 6)
    assert tab.life.papers_button.text() == "Còn thiếu 1 giấy tờ"
    index = tab.checklist.model.index(1, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    press(tab.checklist.view, Key.Key_Space)
    assert tab.life.papers_button.text() == "Còn thiếu 2 giấy tờ"


def test_a_paper_of_the_offices_own_is_added_and_taken_away(tab: ProjectTab) -> None:
    tab.form.show_page(DOSSIER)
    replace_text(tab.checklist.own, "Bản vẽ nhà xưởng")
    press(tab.checklist.own, Key.Key_Return)
    names = [each.name for each in tab.checklist.model.rows if not isinstance(each, str)]
    assert "Bản vẽ nhà xưởng" in names
    row = next(row for row in range(tab.checklist.model.rowCount()) if _name(tab, row) == "Bản vẽ nhà xưởng")
    tab.checklist.view.setCurrentIndex(tab.checklist.model.index(row, 0))
    click(tab.checklist.remove_button)
    assert "Bản vẽ nhà xưởng" not in [each.name for each in tab.checklist.model.rows if not isinstance(each, str)]
    tab.checklist.view.setCurrentIndex(tab.checklist.model.index(1, 0))
    assert not tab.checklist.remove_button.isEnabled()
    click(tab.checklist.need_button)
    assert tab.life.papers_button.text() == "Còn thiếu 1 giấy tờ"


def _name(tab: ProjectTab, row: int) -> str:
    paper = tab.checklist.model.paper(row)
    return paper.name if paper is not None else ""


def test_amounts_and_their_papers_stand_side_by_side(tab: ProjectTab) -> None:
    tab.form.show_page(MONEY)
    QApplication.processEvents()
    names = ("requested_vnd", "request_number", "requested_on")
    tops = {tab.form.editor(name).mapTo(tab.form, tab.form.editor(name).rect().topLeft()).y() for name in names}
    assert len(tops) == 1
    below = tab.form.editor("appraised_vnd")
    assert below.mapTo(tab.form, below.rect().topLeft()).x() == (
        tab.form.editor("requested_vnd").mapTo(tab.form, below.rect().topLeft()).x()
    )


def test_a_problem_on_another_page_brings_that_page_to_the_front(tab: ProjectTab) -> None:
    tab.edit()
    tab.form.show_page(MONEY)
    replace_text(tab.form.editor("requested_vnd").control(), "1.5 ty")
    tab.form.show_page(DOSSIER)
    assert not tab.save()
    assert tab.form.editor("requested_vnd").isVisible()
    assert tab.form.editor("requested_vnd").shown_problem()
    bar = tab.form.findChild(QTabBar)
    assert bar is not None
    assert [bar.tabText(place) for place in range(bar.count())].count(f"▲ {MONEY}") == 1
    tab.cancel()
    assert MONEY in [bar.tabText(place) for place in range(bar.count())]


_BLOCK = (
    "Nội dung chi\tĐVT\tSố lượng\tĐơn giá (triệu đồng)\tHỗ trợ\n"
    "Máy chính\tmáy\t1\t450\t180\nMáy phụ\tbộ\t2\t\tsai\nCộng\t\t\t\t180\n"
)


def test_a_block_is_pasted_into_the_estimate_after_a_look(tab: ProjectTab) -> None:
    tab.form.show_page(ESTIMATE)
    tab.edit()
    tab.estimate.view.setFocus()
    QGuiApplication.clipboard().setText(_BLOCK)
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteRowsDialog)
        said.append(dialog.summary())
        assert dialog.unit.currentText() == "triệu đồng"
        assert tab.estimate.model.lines == []
        click(dialog.ok)

    in_dialog(act, lambda: press(tab.estimate.view, Key.Key_V, CTRL))
    assert said == ["Sẽ thêm 1 dòng, bỏ qua 2 dòng tiêu đề, nhóm hoặc tổng; 1 dòng chưa đọc được nên không thêm."]
    assert tab.workspace.children(EstimateLine, project_id=_project(tab).id) == ()
    assert tab.save()
    (line,) = tab.workspace.children(EstimateLine, project_id=_project(tab).id)
    assert (line.content, line.support_vnd, line.own_vnd, line.total_vnd) == (
        "Máy chính",
        180_000_000,
        270_000_000,
        450_000_000,
    )


def test_the_unit_of_a_pasted_block_can_be_chosen(tab: ProjectTab) -> None:
    tab.form.show_page(ESTIMATE)
    tab.edit()
    QGuiApplication.clipboard().setText("Máy chính\tmáy\t1\t450\t450\t180")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteRowsDialog)
        dialog.unit.setCurrentText("nghìn đồng")
        click(next(each for each in dialog.findChildren(QPushButton) if each.text() == "Thêm 1 dòng"))

    in_dialog(act, lambda: tab.estimate.paste_button.click())
    assert [line.record.total_vnd for line in tab.estimate.model.lines] == [450_000]
    tab.cancel()


def test_an_empty_clipboard_says_what_to_do(tab: ProjectTab) -> None:
    tab.form.show_page(ESTIMATE)
    tab.edit()
    QGuiApplication.clipboard().setText("")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteRowsDialog)
        assert "Chưa có gì để dán" in dialog.summary()
        assert not dialog.ok.isEnabled()
        click_button(dialog, "Hoãn")

    in_dialog(act, lambda: tab.estimate.paste_button.click())
    tab.cancel()


def test_the_history_is_only_read(tab: ProjectTab) -> None:
    tab.form.show_page(DOSSIER)
    tab.edit()
    assert not tab.history.add_button.isVisible()
    assert not tab.history.model.flags(tab.history.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    tab.cancel()


def test_a_payment_goes_into_the_ledger_with_the_step_and_away_with_undo(tab: ProjectTab) -> None:
    kept = tab.workspace.save(replace(_project(tab), state="running", approved_vnd=200_000_000))
    tab.workspace.save(AnnualPlan(year=2024, source="KCDP"))
    tab.reload()
    tab.open_record("projects", kept.id)

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, happened_on="2/5/2024", document="UNC 09", amount_vnd="60 triệu")
        assert filled.to_ledger.isVisible()
        assert filled.to_ledger.isChecked()
        click(filled.ok)

    action = next(each for each in tab.life.others.menu().actions() if each.data() == "advance")
    in_dialog(act, action.trigger)
    (entry,) = tab.workspace.children(FundEntry, project_id=kept.id)
    assert (entry.kind, entry.amount_vnd, entry.document, entry.payee) == ("advance", 60_000_000, "UNC 09", "Cơ sở 03")
    tab.workspace.undo()
    assert tab.workspace.children(FundEntry, project_id=kept.id) == ()
    assert tab.workspace.children(ProjectStep, project_id=kept.id) == ()


def test_a_step_written_wrong_is_amended_and_the_last_one_withdrawn(tab: ProjectTab) -> None:
    kept = _project(tab)
    lifecycle.take(tab.workspace, kept.id, "submit", on=date(2024, 2, 1), document="15/CV")
    tab.reload()
    tab.form.show_page(DOSSIER)
    QApplication.processEvents()

    def act(dialog: QDialog) -> None:
        filled = _fill(dialog, document="16/CV")
        assert not filled.to_ledger.isVisible()
        click(filled.ok)

    in_dialog(act, lambda: tab.amend_button.click())
    assert _project(tab).request_number == "16/CV"
    tab.withdraw_button.click()
    assert _project(tab).state == "draft"
    assert not tab.withdraw_button.isEnabled()
    assert tab.withdraw_button.toolTip() == "Đề án chưa có bước nào."


def test_a_new_project_follows_its_programme_and_is_carried_out_by_the_office(tab: ProjectTab) -> None:
    programme = tab.workspace.save(Programme(year=2024, name="Chương trình hội chợ", content="4", source="KCQG"))
    tab.new()
    assert tab.form.editor("implementer").value() == tab.workspace.office.name
    replace_text(tab.form.editor("programme_id").control(), "hội chợ")
    tab.form.editor("programme_id").settle()
    assert tab.form.editor("programme_id").value() == programme.id
    assert [tab.form.editor(name).value() for name in ("source", "content")] == ["KCQG", "4"]
    tab.cancel()

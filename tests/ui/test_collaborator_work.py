"""Reports month by month, needs and evaluations in the window, as a clerk works with them."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.collaborator import CollaboratorReport, Lead
from kc_desktop.domain.meeting import Attendee
from kc_desktop.domain.network import Evaluation, ReportReminder
from kc_desktop.domain.people import AppointmentMember
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.services import collaborator_work, evaluations
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click, press, replace_text, show_active, texts
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.collaborators import CollaboratorsTab
from ui.tabs.establishments import EstablishmentTab
from ui.tabs.evaluations import EvaluationsTab
from ui.tabs.figures_tab import FIGURES, ROWS
from ui.tabs.leads import LeadsTab
from ui.tabs.report_matrix import ReportMatrixTab
from ui.tabs.work_sections import MeetingsSection
from ui.view_state import ViewState

_TODAY = date(2023, 6, 15)
_TOTALS = 2
_JANUARY = 2


@pytest.fixture
def matrix(qtbot: QtBot, workspace: Workspace, state: ViewState, monkeypatch: pytest.MonkeyPatch) -> ReportMatrixTab:
    """The tab of reports on 15/6/2023."""
    monkeypatch.setattr(ReportMatrixTab, "today", lambda _self: _TODAY)
    tab = ReportMatrixTab(workspace, state)
    qtbot.addWidget(tab)
    tab.resize(1340, 640)
    tab.set_year(2023)
    show_active(qtbot, tab)
    return tab


@pytest.fixture
def judging(qtbot: QtBot, workspace: Workspace, state: ViewState, monkeypatch: pytest.MonkeyPatch) -> EvaluationsTab:
    """The tab of evaluations at the end of 2023."""
    monkeypatch.setattr(EvaluationsTab, "today", lambda _self: date(2023, 12, 31))
    tab = EvaluationsTab(workspace, state)
    qtbot.addWidget(tab)
    tab.resize(1340, 640)
    tab.set_year(2023)
    show_active(qtbot, tab)
    return tab


def _go(tab: ReportMatrixTab, person: int, month: int) -> None:
    tab.figures.setCurrentIndex(tab.figures.figures.index(_TOTALS + person - 1, _JANUARY + month - 1))
    tab.figures.setFocus()


def _line(tab: ReportMatrixTab, row: int) -> str:
    return "".join(each.text or " " for each in tab.figures.figures.rows[row].cells[_JANUARY : _JANUARY + 12])


def test_the_matrix_shows_every_collaborator_with_a_sign_for_each_month(matrix: ReportMatrixTab) -> None:
    assert matrix.figures.figures.rowCount() == _TOTALS + 25
    assert _line(matrix, _TOTALS) == "––✕✕✕·······"
    missing = matrix.figures.figures.rows[1]
    assert [each.text for each in missing.cells[_JANUARY + 2 : _JANUARY + 5]] == ["25"] * 3
    assert matrix.figures.figures.rows[_TOTALS].cells[-2].text == "0/3"
    model = matrix.figures.figures
    told = model.data(model.index(_TOTALS, _JANUARY + 2), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "✕ Tháng 3 năm 2023: còn thiếu"


def test_the_space_bar_receives_a_report_and_takes_it_back(
    qtbot: QtBot, matrix: ReportMatrixTab, workspace: Workspace
) -> None:
    _go(matrix, 3, 4)
    with qtbot.waitSignals([matrix.undoOffered, matrix.dataChanged]):
        press(matrix.figures, Key.Key_Space)
    (kept,) = workspace.all(CollaboratorReport)
    assert (kept.period, kept.received_on) == ("2023-04", _TODAY)
    assert _line(matrix, _TOTALS + 2) == "––✕✓✕·······"
    assert matrix.figures.currentIndex().column() == _JANUARY + 3
    assert matrix.form.record == kept
    assert matrix.form.visible_title() == "Báo cáo tháng 4/2023 của Cộng tác viên 03"
    press(matrix.figures, Key.Key_Space)
    assert workspace.all(CollaboratorReport) == ()
    assert matrix.form.record is None
    assert any(each.startswith("Cộng tác viên 03, tháng 4 năm 2023: còn thiếu. Phím cách") for each in texts(matrix))


def test_a_month_that_is_not_due_says_why(qtbot: QtBot, matrix: ReportMatrixTab, workspace: Workspace) -> None:
    for month, words in ((1, "không phải cộng tác viên trong tháng 1 năm 2023"), (9, "Chưa đến tháng 9 năm 2023")):
        _go(matrix, 1, month)
        with qtbot.waitSignal(matrix.statusMessage, check_params_cb=lambda told, words=words: words in told):
            click(matrix.receive_button)
    assert workspace.all(CollaboratorReport) == ()


def test_enter_opens_the_report_of_a_cell(matrix: ReportMatrixTab, workspace: Workspace) -> None:
    _go(matrix, 2, 5)
    press(matrix.figures, Key.Key_Return)
    assert matrix.form.is_editing()
    assert matrix.form.record.period == "2023-05"
    replace_text(matrix.form.editor("content").control(), "Hai cơ sở mới.")
    assert matrix.save()
    (kept,) = workspace.all(CollaboratorReport)
    assert (kept.period, kept.received_on, kept.content) == ("2023-05", _TODAY, "Hai cơ sở mới.")
    assert _line(matrix, _TOTALS + 1) == "––✕✕✓·······"


def test_only_those_who_miss_something_are_shown_when_asked(matrix: ReportMatrixTab, workspace: Workspace) -> None:
    people = [row.person for row in matrix.shown]
    with workspace.change("Nhận hết"):
        for person in people[1:]:
            for month in ("2023-03", "2023-04", "2023-05"):
                collaborator_work.toggle(workspace, person.id, month, _TODAY)
    matrix.refresh(workspace.last_touched)
    click(matrix.who.button("missing"))
    assert [row.person for row in matrix.shown] == people[:1]
    for month in ("2023-03", "2023-04", "2023-05"):
        collaborator_work.toggle(workspace, people[0].id, month, _TODAY)
    matrix.refresh(workspace.last_touched)
    assert "Không ai còn thiếu báo cáo." in texts(matrix)
    click(matrix.who.button("all"))
    assert len(matrix.shown) == 25


def test_one_click_makes_a_letter_for_each_who_misses_the_chosen_months(
    qtbot: QtBot, matrix: ReportMatrixTab, workspace: Workspace
) -> None:
    assert matrix.remind_button.text() == "Giấy nhắc tháng 3, 4, 5"
    matrix.figures.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    matrix.figures.selectColumn(_JANUARY + 3)
    assert matrix.remind_button.text() == "Giấy nhắc tháng 4"
    with qtbot.waitSignal(matrix.requestPaper) as asked:
        click(matrix.remind_button)
    key, reminder_id = asked.args
    reminder = workspace.get(ReportReminder, reminder_id)
    assert (key, reminder.months, reminder.reminded_on) == ("report-reminder", "2023-04", _TODAY)
    assert len(collaborator_work.reminded(workspace, reminder)) == 25


def test_the_day_to_answer_by_is_kept_and_what_is_no_day_is_told(
    qtbot: QtBot, matrix: ReportMatrixTab, workspace: Workspace
) -> None:
    replace_text(matrix.answer_by.control(), "chưa rõ")
    with qtbot.waitSignal(matrix.statusMessage):
        click(matrix.remind_button)
    before = len(workspace.all(ReportReminder))
    replace_text(matrix.answer_by.control(), "30/6/2023")
    with qtbot.waitSignal(matrix.requestPaper) as asked:
        click(matrix.remind_button)
    assert len(workspace.all(ReportReminder)) == before + 1
    assert workspace.get(ReportReminder, asked.args[1]).answer_by == date(2023, 6, 30)


def test_earlier_reminders_are_printed_again_from_their_menu(qtbot: QtBot, matrix: ReportMatrixTab) -> None:
    menu = matrix.reminders_button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == "15/06/2023: tháng 4, 5 năm 2023"
    with qtbot.waitSignal(matrix.requestPaper) as asked:
        action.trigger()
    assert asked.args == ["report-reminder", 1]


def test_the_list_is_one_button_away_and_the_choice_is_remembered(
    qtbot: QtBot, matrix: ReportMatrixTab, workspace: Workspace, state: ViewState
) -> None:
    person = matrix.shown[0].person
    collaborator_work.toggle(workspace, person.id, "2023-03", _TODAY)
    matrix.refresh(workspace.last_touched)
    matrix.open_request("reports", ListRequest(filters=(("person_id", person.id),)))
    assert not matrix.shows_figures
    assert matrix.form.record.person_id == person.id
    matrix.remember()
    again = ReportMatrixTab(workspace, state)
    qtbot.addWidget(again)
    assert again.view.current() == ROWS
    again.show_view(FIGURES)
    assert again.shows_figures


def test_deleting_a_report_leaves_the_cell_missing(matrix: ReportMatrixTab, workspace: Workspace) -> None:
    _go(matrix, 1, 3)
    press(matrix.figures, Key.Key_Space)
    assert matrix.can(Verb.REMOVE)
    press(matrix.figures, Key.Key_Delete)
    assert workspace.all(CollaboratorReport) == ()
    assert _line(matrix, _TOTALS)[2] == "✕"
    assert matrix.form.record is None


def test_a_year_without_a_network_says_where_to_begin(matrix: ReportMatrixTab) -> None:
    matrix.set_year(2021)
    assert any("Năm 2021 chưa có cộng tác viên" in each for each in texts(matrix))
    matrix.set_year(0)
    assert any("Chọn một năm" in each for each in texts(matrix))


# --- needs ---


def test_a_need_is_a_project_one_click_later(window: MainWindow, qtbot: QtBot) -> None:
    workspace = window.workspace
    assert workspace is not None
    (told,) = workspace.all(Lead)
    lead = workspace.save(
        dataclasses.replace(told, id=0, project_id=None, state="new", need="Cần máy sấy", found_on=date(2023, 5, 9))
    )
    window.refresh()
    window.open_record("leads", lead.id)
    group = window.pages.current()
    assert isinstance(group, CollaboratorsTab)
    tab = group.front()
    assert isinstance(tab, LeadsTab)
    assert tab.project_button.text() == "Lập đề án"
    click(tab.project_button)
    kept = workspace.get(Lead, lead.id)
    assert kept.project_id is not None
    project = workspace.get(Project, kept.project_id)
    assert (project.year, project.necessity) == (2023, "Cần máy sấy")
    assert workspace.children(ProjectBeneficiary, project_id=project.id)
    qtbot.waitUntil(lambda: window.pages.current() is not group)
    projects = window.pages.current()
    assert projects is not None
    assert projects.current_record() == ("project", project.id)
    window.open_record("leads", lead.id)
    assert tab.project_button.text() == "Mở đề án"
    assert "Đã thành đề án. Đề án năm 2023: nháp." in tab.standing.words.text()
    press(window, Key.Key_Z, CTRL)
    assert workspace.get(Lead, lead.id).project_id is None


def test_an_establishment_shows_the_needs_found_there(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    (lead,) = workspace.all(Lead)
    tab = EstablishmentTab(workspace, state)
    qtbot.addWidget(tab)
    tab.open_record("establishments", lead.establishment_id or 0)
    assert "Cộng tác viên 09" in tab.needs.words.text()
    with qtbot.waitSignal(tab.requestOpen) as asked:
        tab.needs.words.linkActivated.emit(f"leads:{lead.id}")
    assert asked.args[0] == "leads"


# --- evaluations ---


def test_everybody_in_the_network_is_listed_with_what_was_counted(judging: EvaluationsTab) -> None:
    assert judging.figures.figures.rowCount() == 25
    row = judging.figures.figures.rows[8]
    assert [each.text for each in row.cells] == [
        *("Cộng tác viên 09", "Cấp xã", "0/9", "1", "1", "1/1", "", "Chưa đánh giá", "")
    ]
    assert judging.counts.text() == "25 người, đã xếp loại 1, đề nghị khen 1"


def test_whoever_has_no_evaluation_yet_is_judged_at_once(judging: EvaluationsTab, workspace: Workspace) -> None:
    judging.figures.setCurrentIndex(judging.figures.figures.index(2, 0))
    assert judging.form.visible_title() == "Cộng tác viên 03, năm 2023"
    assert judging.can(Verb.EDIT)
    press(judging.figures, Key.Key_Return)
    replace_text(judging.form.editor("strengths").control(), "Báo cáo đủ.")
    judging.form.editor("grade").set_value("excellent")
    assert judging.save()
    (kept,) = [each for each in workspace.all(Evaluation) if each.strengths == "Báo cáo đủ."]
    assert (kept.year, kept.grade) == (2023, "excellent")
    assert workspace.title_of("person", kept.person_id) == "Cộng tác viên 03"
    assert judging.figures.figures.rows[2].cells[7].text == "Hoàn thành xuất sắc"
    assert (
        "Báo cáo: đã nhận 0/9, còn thiếu tháng 3, 4, 5, 6, 7, 8, 9, 10, 11 năm 2023" in judging.sheet.work.words.text()
    )


def test_a_judgement_given_up_leaves_whoever_is_under_the_cursor_on_show(
    judging: EvaluationsTab, workspace: Workspace
) -> None:
    (kept,) = workspace.all(Evaluation)
    judging.panel.select(kept.id)
    judging.figures.setCurrentIndex(judging.figures.figures.index(2, 0))
    judging.edit()
    replace_text(judging.form.editor("strengths").control(), "Chưa chắc.")
    judging.cancel()
    assert judging.form.visible_title() == "Cộng tác viên 03, năm 2023"
    assert not judging.is_dirty()
    assert workspace.all(Evaluation) == (kept,)


def test_papers_of_one_of_all_and_the_proposal_are_offered(judging: EvaluationsTab, workspace: Workspace) -> None:
    for each in workspace.all(Evaluation):
        workspace.delete(Evaluation, each.id)
    judging.refresh(frozenset())
    judging.figures.setCurrentIndex(judging.figures.figures.index(1, 0))
    asked: list[tuple[str, int]] = []
    judging.requestPaper.connect(lambda key, record_id: asked.append((key, record_id)))
    for place in range(3):
        judging.print_()
        menu = judging.findChildren(QMenu)[-1]
        menu.actions()[place].trigger()
        menu.close()
    person_id = judging.rows[1].person.id
    assert [key for key, _ in asked] == [f"evaluation-sheet:{person_id}", "evaluation-sheet", "reward-proposal"]
    assert len(workspace.children(Evaluation, year=2023)) == 25
    assert workspace.get(Evaluation, asked[0][1]).year == 2023


def test_a_member_and_a_person_show_the_meetings_they_came_to(window: MainWindow, qtbot: QtBot) -> None:
    workspace = window.workspace
    assert workspace is not None
    person = evaluations.of_year(workspace, 2023, _TODAY)[0].person
    (own,) = workspace.children(Attendee, person_id=person.id)
    (member,) = workspace.children(AppointmentMember, person_id=person.id)
    for key, record_id in (("people", person.id), ("collaborators", member.id)):
        window.open_record(key, record_id)
        group = window.pages.current()
        assert isinstance(group, CollaboratorsTab)
        (section,) = group.front().findChildren(MeetingsSection)
        assert section.words.text().startswith("Dự 1, được mời 1; trong đó tập huấn dự 0\n13/04/2023 · có mặt · Họp")
        qtbot.waitUntil(section.isVisible)
        workspace.save(dataclasses.replace(own, state="absent"))
        group.show_part("reports")
        group.show_part(key)  # what is shown again is read again
        qtbot.waitUntil(section.isVisible)
        assert section.words.text().startswith("Dự 0, được mời 1; trong đó tập huấn dự 0\n13/04/2023 · không dự · Họp")
        workspace.save(own)

"""Tái bổ nhiệm, Ghi quyết định, terms and places on screen: as a clerk does it, by keyboard."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import AdminUnit, Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.services import network
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press, texts, type_text
from ui.dialogs.appointment_decision import AppointmentDecisionDialog
from ui.dialogs.reappoint import ReappointDialog
from ui.models.seats import COMMUNES, LEVEL, NAME, REMARK, SeatsModel
from ui.tabs.base import Verb
from ui.tabs.collaborators import CollaboratorsTab
from ui.tabs.coverage import CoverageTab
from ui.tabs.network import AppointmentsTab, MembersTab
from ui.view_state import ViewState

_TODAY = date(2023, 12, 10)
_CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> ReappointDialog:
    return _open(qtbot, workspace)


def _open(qtbot: QtBot, workspace: Workspace) -> ReappointDialog:
    made = ReappointDialog(workspace, today=_TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


Opened = Callable[..., CollaboratorsTab]


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace, state: ViewState) -> Opened:
    """Open the tab on a year; what was opened is kept until the test's last paint, whatever failed in between."""
    kept: list[CollaboratorsTab] = []

    def open_tab(year: int = 2023) -> CollaboratorsTab:
        tab = CollaboratorsTab(workspace, state)
        kept.append(tab)
        qtbot.addWidget(tab)
        tab.resize(1300, 700)
        tab.set_year(year)
        tab.show()
        return tab

    return open_tab


def _cell(model: SeatsModel, row: int, column: int) -> str:
    return str(model.index(row, column).data() or "")


def _commune(workspace: Workspace, place: int = 0) -> AdminUnit:
    return [each for each in workspace.all(AdminUnit) if each.kind in ("xa", "phuong")][place]


# --- the dialog ---


def test_the_seats_are_a_sound_model(qtmodeltester, dialog: ReappointDialog) -> None:  # type: ignore[no-untyped-def]  # pytest-qt ships no type for it
    qtmodeltester.check(dialog.model)


def test_everybody_is_ticked_and_counted_and_the_space_bar_takes_one_away(dialog: ReappointDialog) -> None:
    assert dialog.counts.text() == "Cấp huyện 8 · Cấp xã 11 · Hiệp hội ngành hàng 6 · cộng 25 người (ở lại 25, mới 0)"
    press(dialog.table, Key.Key_Space)
    assert dialog.counts.text() == "Cấp huyện 7 · Cấp xã 11 · Hiệp hội ngành hàng 6 · cộng 24 người (ở lại 24, mới 0)"
    press(dialog.table, Key.Key_Space)
    assert "cộng 25 người" in dialog.counts.text()


def test_one_esc_throws_nothing_away(dialog: ReappointDialog) -> None:
    press(dialog.table, Key.Key_Space)
    press(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    assert any("Esc lần nữa để bỏ" in text for text in texts(dialog))
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_list_nothing_was_changed_in_is_closed_by_esc(dialog: ReappointDialog) -> None:
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_term_after_the_district_level_unticks_it_with_the_reason_and_a_term_before_ticks_it_again(
    dialog: ReappointDialog,
) -> None:
    first = dialog.editors["valid_from"]
    first.set_value(date(2025, 7, 1))
    dialog.model.set_first_day(date(2025, 7, 1))
    assert dialog.model.index(0, NAME).data(_CHECK) == Qt.CheckState.Unchecked
    assert _cell(dialog.model, 0, REMARK) == "▲ Cấp huyện kết thúc ngày 30/06/2025"
    assert dialog.counts.text().startswith("Cấp huyện 0 · Cấp xã 11")
    dialog.model.setData(dialog.model.index(0, LEVEL), "xa")
    assert _cell(dialog.model, 0, REMARK) == ""
    assert dialog.counts.text().startswith("Cấp huyện 0 · Cấp xã 12")
    dialog.model.set_first_day(date(2025, 6, 30))
    assert dialog.counts.text().startswith("Cấp huyện 7 · Cấp xã 12")


def test_a_name_of_the_directory_is_picked_and_a_new_one_typed(
    qtbot: QtBot, workspace: Workspace, dialog: ReappointDialog
) -> None:
    known = workspace.save(Person(name="Đại biểu 07"))
    dialog.person.setFocus()
    type_text(dialog.person, "đại biểu 07")
    qtbot.waitUntil(lambda: len(dialog.person.suggestions_shown()) == 1)
    press(dialog.person, Key.Key_Return)
    assert dialog.model.seats[-1].person_id == known.id
    dialog.person.setFocus()
    type_text(dialog.person, "Cộng tác viên 26")
    press(dialog.person, Key.Key_Escape)
    press(dialog.person, Key.Key_Return)
    assert dialog.model.seats[-1].name == "Cộng tác viên 26"
    assert _cell(dialog.model, 26, REMARK) == "mới"
    assert dialog.isVisible()
    assert "cộng 27 người (ở lại 25, mới 2)" in dialog.counts.text()


def test_no_suggestions_are_left_over_the_counts(qtbot: QtBot, dialog: ReappointDialog) -> None:
    dialog.person.setFocus()
    type_text(dialog.person, "Cộng tác viên 26")
    qtbot.waitUntil(lambda: bool(dialog.person.suggestions_shown()))
    press(dialog.person, Key.Key_Return)
    assert dialog.model.seats[-1].name == "Cộng tác viên 26"
    assert dialog.person.suggestions_shown() == ()
    dialog.commune.setFocus()
    type_text(dialog.commune, "không có")
    qtbot.waitUntil(lambda: bool(dialog.commune.suggestions_shown()))
    assert "Danh mục, Đơn vị hành chính" in dialog.commune.suggestions_shown()[0]
    QApplication.sendEvent(dialog.commune, QFocusEvent(QEvent.Type.FocusOut))  # also where no window is active
    assert dialog.commune.suggestions_shown() == ()


def test_priority_places_with_nobody_are_named_until_somebody_looks_after_them(
    qtbot: QtBot, workspace: Workspace
) -> None:
    commune = workspace.save(AdminUnit(code="99001", name="Xã Số 01", kind="xa", is_priority=True))
    dialog = _open(qtbot, workspace)
    assert dialog.places.text() == "▲ Địa bàn ưu tiên chưa có ai: Xã Số 01."
    dialog.table.setCurrentIndex(dialog.model.index(9, NAME))
    dialog.commune.setFocus()
    type_text(dialog.commune, "xã số 01")
    qtbot.waitUntil(lambda: len(dialog.commune.suggestions_shown()) == 1)
    press(dialog.commune, Key.Key_Return)
    assert dialog.model.seats[9].commune_ids == (commune.id,)
    assert _cell(dialog.model, 9, COMMUNES) == "Xã Số 01"
    assert not dialog.places.isVisible()
    menu = dialog.drop_button.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert dialog.places.isVisible()


def test_the_proposal_is_kept_and_told_or_refused_in_words(
    qtbot: QtBot, workspace: Workspace, dialog: ReappointDialog
) -> None:
    for row in range(25):
        dialog.model.setData(dialog.model.index(row, NAME), Qt.CheckState.Unchecked, _CHECK)
    dialog._make.click()
    assert any("Chưa chọn ai vào danh sách" in text for text in texts(dialog))
    dialog.model.setData(dialog.model.index(3, NAME), Qt.CheckState.Checked, _CHECK)
    dialog.editors["valid_to"].set_value(date(2020, 1, 1))
    dialog._make.click()
    assert any("trước thời điểm bắt đầu" in text for text in texts(dialog))
    dialog.editors["valid_to"].set_value(date(2024, 12, 31))
    dialog.editors["submission_number"].set_value("12/TTr-TTXT")
    with qtbot.waitSignal(dialog.made) as told:
        dialog._make.click()
    (made,) = told.args or (None,)
    assert isinstance(made, Appointment)
    assert (made.state, made.submission_number) == ("proposed", "12/TTr-TTXT")
    assert len(workspace.children(AppointmentMember, appointment_id=made.id)) == 1


def test_a_file_without_a_decision_begins_a_list_of_its_own(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.delete(Appointment, 1)
    dialog = _open(qtbot, workspace)
    assert dialog.model.rowCount() == 0
    assert dialog.editors["valid_from"].value() == date(2023, 1, 1)
    dialog.person.setText("Cộng tác viên 26")
    dialog.add_button.click()
    dialog._make.click()
    assert len(workspace.all(Appointment)) == 1


# --- the lists ---


def test_a_member_of_a_closed_level_is_told_of_at_once(workspace: Workspace, opened: Opened) -> None:
    decision = workspace.get(Appointment, 1)
    first = date(2026, 1, 5)
    workspace.save(dataclasses.replace(decision, decided_on=first, valid_from=first, valid_to=date(2026, 12, 31)))
    tab = opened(0)
    tab.open_record("collaborators", 1)
    assert any("trước khi quyết định có hiệu lực" in text for text in texts(tab.front().form))


def test_somebody_twice_in_a_decision_is_refused_in_words(opened: Opened) -> None:
    tab = opened()
    front = tab.show_part("appointments")
    assert isinstance(front, AppointmentsTab)
    front.edit()
    front.members.model.add(AppointmentMember(person_id=front.members.model.lines[0].record.person_id))
    assert not front.save()
    assert any("Đã có cộng tác viên khác" in text for text in texts(front.form))
    front.cancel()


def test_from_the_list_to_the_decision(qtbot: QtBot, workspace: Workspace, opened: Opened) -> None:
    dialog = _open(qtbot, workspace)
    dialog._make.click()
    tab = opened()
    tab.open_record("appointments", 2)
    front = tab.front()
    assert isinstance(front, AppointmentsTab)
    assert front.members.counts.text() == "Cấp huyện 8 · Cấp xã 11 · Hiệp hội ngành hàng 6 · cộng 25 người"
    assert front.decide_button.isVisible()
    assert any("đang đề nghị" in text for text in texts(front.form))
    proposed = workspace.get(Appointment, 2)
    asked = AppointmentDecisionDialog(workspace, proposed, front)
    asked.acted.connect(front._on_decided)
    asked.show()
    asked.fields["valid_from"].set_value(date(2023, 12, 1))
    asked._list_replaced()
    assert [asked.replaced.item(0).text()] == ["49/QĐ-SCT, đến 31/12/2023"]
    asked.ok_button.click()
    assert any("Chưa có Số quyết định" in text for text in texts(asked))
    asked.fields["number"].set_value("60/QĐ-SCT")
    asked.fields["decided_on"].set_value(date(2023, 11, 28))
    with qtbot.waitSignal(front.undoOffered):
        asked.ok_button.click()
    assert workspace.get(Appointment, 2).state == "decided"
    assert not front.decide_button.isVisible()
    assert all(each.ended_on == date(2023, 12, 1) for each in workspace.children(AppointmentMember, appointment_id=1))


def test_members_are_edited_in_the_decisions_form(workspace: Workspace, opened: Opened) -> None:
    tab = opened()
    front = tab.show_part("appointments")
    assert isinstance(front, AppointmentsTab)
    front.edit()
    front.members.model.remove(0)
    assert front.members.counts.text().endswith("cộng 24 người")
    assert front.save()
    assert len(workspace.children(AppointmentMember, appointment_id=1)) == 24


def test_the_papers_of_a_list_are_offered_by_the_button_the_verb_and_the_row(opened: Opened) -> None:
    tab = opened()
    front = tab.show_part("appointments")
    assert isinstance(front, AppointmentsTab)
    assert front.can(Verb.PRINT)
    asked: list[str] = []
    front.requestPaper.connect(lambda key, _record: asked.append(key))
    row = front.panel.table.visualRect(front.panel.model.index(0, 0)).center()
    for open_it in (front.print_button.click, partial(front._on_row_menu, row)):
        open_it()
        menu = next(each for each in front.findChildren(QMenu) if each.isVisible())
        words = [each.text() for each in menu.actions() if each.text()]
        assert [each for each in words if "cộng tác viên" in each] == words
        menu.actions()[-1].trigger()
        menu.close()
    assert asked == ["collaborator-directory"] * 2


def test_communes_are_picked_in_the_members_form_and_the_terms_lead_to_their_decisions(
    qtbot: QtBot, workspace: Workspace, opened: Opened
) -> None:
    tab = opened()
    front = tab.front()
    assert isinstance(front, MembersTab)
    front.edit()
    front.communes.model.add(MemberArea(commune_id=_commune(workspace).id))
    front.communes.model.add(MemberArea(commune_id=_commune(workspace).id))
    assert not front.save()
    assert any("có hai lần: bỏ một dòng" in text for text in texts(front.form))
    front.communes.model.remove(1)
    assert front.save()
    assert len(workspace.all(MemberArea)) == 1
    assert "49/QĐ-SCT" in front.terms.words.text()
    with qtbot.waitSignal(front.requestOpen) as told:
        front.terms.words.linkActivated.emit("appointments:1")
    assert told.args is not None
    assert told.args[0] == "appointments"


def test_who_ends_soon_is_marked_by_a_sign_and_found_by_one_click(workspace: Workspace, opened: Opened) -> None:
    today = date.today()
    decision = workspace.get(Appointment, 1)
    running = dataclasses.replace(decision, decided_on=today, valid_from=today, valid_to=today + timedelta(days=300))
    workspace.save(running)
    members = [each for each in workspace.all(AppointmentMember) if each.level == "xa"]
    workspace.save(dataclasses.replace(members[0], ended_on=today + timedelta(days=11)))
    tab = opened(0)
    front = tab.front()
    assert isinstance(front, MembersTab)
    assert front.soon_button.text() == "Sắp hết hạn (1)"
    front.soon_button.click()
    assert front.panel.model.rowCount() == 1
    until = front.panel.model.index(0, front.panel.model.section_of("until"))
    assert str(until.data()).startswith("○ ")
    assert "Hết nhiệm kỳ trong 30 ngày tới" in str(until.data(Qt.ItemDataRole.ToolTipRole))
    assert any("▲ Hết nhiệm kỳ sau 10 ngày" in text for text in texts(front.form))


def test_a_place_with_nobody_leads_to_what_is_there_and_is_given_to_somebody(
    qtbot: QtBot, workspace: Workspace, opened: Opened
) -> None:
    commune = _commune(workspace)
    place = workspace.save(Establishment(name="Cơ sở 99", commune_id=commune.id))
    tab = opened()
    front = tab.show_part("uncovered")
    assert isinstance(front, CoverageTab)
    assert front.panel.model.rowCount() == 1
    assert (front.can(Verb.NEW), front.can(Verb.REMOVE), front.can(Verb.EDIT)) == (False, False, True)
    with qtbot.waitSignal(front.requestOpen) as told:
        front.place.words.linkActivated.emit(f"establishments:{place.id}")
    assert told.args is not None
    assert told.args[0] == "establishments"
    with qtbot.waitSignal(front.undoOffered):
        front.cover.button.click()
    assert front.panel.model.rowCount() == 0
    assert [each.commune_id for each in workspace.all(MemberArea)] == [commune.id]
    tab.open_request("uncovered", network.uncovered_request(date(2024, 6, 1)))
    assert front.panel.model.rowCount() == 1
    assert not front.cover.button.isEnabled()

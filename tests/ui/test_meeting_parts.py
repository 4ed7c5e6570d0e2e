"""Agenda, attendance, conclusions, tasks and petitions, and the tab around them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Meeting, Petition, Task
from kc_desktop.domain.people import Person
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import (
    ALT,
    CTRL,
    NONE,
    SHIFT,
    Key,
    close_tabs,
    compose,
    focused,
    open_tab,
    press,
    type_keys,
)
from ui.meeting.attendance import AttendanceSection
from ui.tabs.base import Verb
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def meeting(workspace: Workspace) -> Meeting:
    """A second meeting with nothing in it yet."""
    return workspace.save(Meeting(title="Giao ban quý II", held_on=date(2023, 6, 30), starts_at="08:00"))


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, meeting: Meeting, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    opened.open_record("meetings", meeting.id)
    return opened


@pytest.fixture
def attendance(tab: MeetingsTab) -> AttendanceSection:
    tab.editor.show_part(2)
    return tab.editor.attendance


def _attendees(workspace: Workspace, meeting: Meeting) -> tuple[Attendee, ...]:
    return workspace.children(Attendee, meeting_id=meeting.id)


def _invite_collaborators(workspace: Workspace, meeting: Meeting, tab: MeetingsTab) -> None:
    meetings.invite_group(workspace, meeting.id, "collaborator")
    tab.refresh(frozenset({"attendee"}))
    tab.editor.show_part(2)


# --- agenda


def test_an_agenda_is_typed_with_enter_and_sums_its_minutes(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tab.editor.show_part(1)
    compose("Báo cáo quý I")
    press(Key.Key_Tab)
    type_keys("nhan")
    press(Key.Key_Tab)
    type_keys("45")
    press(Key.Key_Return)
    compose("Thảo luận")
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    type_keys("60")
    press(Key.Key_Return)
    first, second = workspace.children(AgendaItem, meeting_id=meeting.id)
    assert (first.title, first.planned_minutes, second.title) == ("Báo cáo quý I", 45, "Thảo luận")
    assert workspace.title_of("person", first.presenter_id) == "Trương Thanh Nhàn"
    assert tab.editor.agenda.sum_label.text() == "Tổng 105 phút · bắt đầu 08:00, xong khoảng 09:45"
    assert "(2)" in tab.editor.tabs.tabText(1)


def test_alt_arrows_reorder_the_agenda_and_the_cursor_goes_along(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tab.editor.show_part(1)
    for title in ("Một", "Hai", "Ba"):
        compose(title)
        press(Key.Key_Return)
    press(Key.Key_Up, CTRL)
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    assert [each.title for each in workspace.children(AgendaItem, meeting_id=meeting.id)] == ["Ba", "Một", "Hai"]
    assert tab.editor.agenda.table.selected()[0].title == "Ba"
    assert workspace.undo_label == "Xếp lại thứ tự nội dung họp"


def test_an_agenda_item_without_a_title_or_with_odd_minutes_is_refused_at_its_field(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tab.editor.show_part(1)
    composer = tab.editor.agenda.composer
    compose("Báo cáo")
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    type_keys("nua")
    press(Key.Key_Return)
    assert workspace.children(AgendaItem, meeting_id=meeting.id) == ()
    assert composer.editors["planned_minutes"].shown_problem()
    assert composer.draft()["title"] == "Báo cáo"


def test_enter_in_another_field_goes_first_to_the_field_a_line_cannot_do_without(tab: MeetingsTab) -> None:
    tab.editor.show_part(1)
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    type_keys("30")
    press(Key.Key_Return)
    assert focused() is tab.editor.agenda.composer.editors["title"].control()


# --- attendance


def test_one_click_asks_a_whole_group(attendance: AttendanceSection, workspace: Workspace, meeting: Meeting) -> None:
    button = attendance.group_buttons["collaborator"]
    assert button.text() == "+ Cộng tác viên (25)"
    button.click()
    assert len(_attendees(workspace, meeting)) == 25
    assert {each.role for each in _attendees(workspace, meeting)} == {"collaborator"}
    assert "collaborator" not in attendance.group_buttons
    assert attendance.count_label.text() == "Có mặt 0/25 · đã mời 25"
    workspace.undo()
    assert _attendees(workspace, meeting) == ()


def test_a_person_is_asked_by_a_few_letters_and_not_offered_twice(
    attendance: AttendanceSection, workspace: Workspace, meeting: Meeting
) -> None:
    attendance.add_line.setFocus()
    type_keys("le thi thanh")
    press(Key.Key_Return)
    (attendee,) = _attendees(workspace, meeting)
    assert workspace.title_of("person", attendee.person_id) == "Lê Thị Thanh Tâm"
    assert attendee.role == "authority"
    attendance.add_line.setFocus()
    type_keys("le thi thanh")
    assert attendance.add_line.suggestions_shown() == ("+ Thêm người mới “le thi thanh”…",)


def test_those_asked_already_do_not_crowd_out_the_others(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    left = _attendees(workspace, meeting)[-1]
    workspace.delete(Attendee, left.id)
    tab.refresh(workspace.last_touched)
    press(Key.Key_Insert)
    type_keys("cong tac vien")
    name = workspace.title_of("person", left.person_id)
    assert name in tab.editor.attendance.add_line.suggestions_shown()[0]


def test_a_new_guest_is_typed_once_into_the_directory_and_the_meeting(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    attendance = tab.editor.attendance
    _invite_collaborators(workspace, meeting, tab)
    press(Key.Key_Insert)
    assert focused() is attendance.add_line
    compose("Đại biểu 07")
    press(Key.Key_Return)
    assert attendance.newcomer.isVisible()
    compose("Chủ tịch")
    press(Key.Key_Tab)
    compose("Hiệp hội 03")
    press(Key.Key_Return)
    person = workspace.get(Person, _attendees(workspace, meeting)[-1].person_id)
    assert (person.name, person.post, person.organisation) == ("Đại biểu 07", "Chủ tịch", "Hiệp hội 03")
    assert workspace.undo_label == "Thêm và mời Đại biểu 07"
    assert not attendance.newcomer.isVisible()
    workspace.undo()
    assert workspace.suggest("person", "Đại biểu 07") == ()


def test_each_digit_marks_one_of_the_six_states_and_goes_on(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6):
        press(key)
    states = [each.state for each in _attendees(workspace, meeting)][:6]
    assert states == ["invited", "confirmed", "present", "excused", "absent", "delegate"]
    assert tab.editor.attendance.count_label.text() == (
        "Có mặt 1/25 · đã mời 20 · đã xác nhận 1 · vắng có phép 1 · vắng 1 · cử người dự thay 1"
    )
    assert "(1/25)" in tab.editor.tabs.tabText(2)


def test_many_are_marked_at_once_in_one_step(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    _invite_collaborators(workspace, meeting, tab)
    press(Key.Key_A, CTRL)
    press(Key.Key_3)
    assert {each.state for each in _attendees(workspace, meeting)} == {"present"}
    assert workspace.undo_label == "Điểm danh 25 người: Có mặt"
    tab.refresh(workspace.undo())
    assert tab.editor.attendance.present_text() == "0/25"


def test_space_says_present_and_again_not(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    _invite_collaborators(workspace, meeting, tab)
    press(Key.Key_Down, SHIFT)
    press(Key.Key_Space)
    assert [each.state for each in _attendees(workspace, meeting)][:3] == ["present", "present", "invited"]
    assert len(tab.editor.attendance.table.selected()) == 2
    press(Key.Key_Space)
    assert [each.state for each in _attendees(workspace, meeting)][:2] == ["invited", "invited"]


def test_a_click_on_the_bar_of_states_marks_the_selected(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    tab.editor.attendance.state_buttons["excused"].click()
    assert _attendees(workspace, meeting)[0].state == "excused"


def test_a_click_on_a_state_opens_the_six(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    _invite_collaborators(workspace, meeting, tab)
    table = tab.editor.attendance.table
    chip = table.visualRect(table.model().index(table.lines.row_of(_attendees(workspace, meeting)[1].id), 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NONE, chip.center())
    menu = next(each for each in table.findChildren(type(tab.editor.print_button.menu())) if each.isVisible())
    menu.actions()[4].trigger()
    menu.close()
    assert _attendees(workspace, meeting)[1].state == "absent"


def test_a_reason_and_a_delegate_are_written_beside_the_absence(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    attendance = tab.editor.attendance
    press(Key.Key_4)
    press(Key.Key_Up)
    press(Key.Key_F2)
    compose("bận công tác")
    press(Key.Key_Return)
    assert _attendees(workspace, meeting)[0].reason == "bận công tác"
    assert focused() is attendance.table
    press(Key.Key_F2)
    press(Key.Key_Tab)
    type_keys("hong an")
    press(Key.Key_Return)
    press(Key.Key_Return)
    changed = _attendees(workspace, meeting)[0]
    assert changed.state == "delegate"
    assert workspace.title_of("person", changed.delegate_id) == "Hồ Trần Hồng Ân"
    row = attendance.table.lines.row_of(changed.id)
    assert attendance.table.model().index(row, 4).data() == "dự thay: Ông Hồ Trần Hồng Ân; bận công tác"
    assert not attendance.detail.isVisible()


def test_marking_that_somebody_is_sent_asks_at_once_whom(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    attendance = tab.editor.attendance
    press(Key.Key_6)
    assert focused() is attendance.detail.editors["delegate_id"].control()
    type_keys("hong an")
    press(Key.Key_Return)
    press(Key.Key_Return)
    first = _attendees(workspace, meeting)[0]
    assert (first.state, workspace.title_of("person", first.delegate_id)) == ("delegate", "Hồ Trần Hồng Ân")
    assert focused() is attendance.table


def test_a_delegate_nobody_knows_yet_is_written_into_the_directory_by_enter_never_by_leaving_the_field(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    known = len(workspace.all(Person))
    press(Key.Key_6)
    type_keys("Nguoi moi 99")
    press(Key.Key_Tab)
    assert len(workspace.all(Person)) == known
    tab.editor.attendance.detail.editors["delegate_id"].control().setFocus()
    press(Key.Key_A, CTRL)
    type_keys("Nguoi moi 99")
    press(Key.Key_Return)
    press(Key.Key_Return)
    first = _attendees(workspace, meeting)[0]
    assert first.delegate_id is not None
    sent, sender = workspace.get(Person, first.delegate_id), workspace.get(Person, first.person_id)
    assert (sent.name, sent.organisation) == ("Nguoi moi 99", sender.organisation)
    assert len(workspace.all(Person)) == known + 1


def test_taking_people_off_the_list_is_one_step_that_undo_brings_back(
    qtbot: QtBot, tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    before = _attendees(workspace, meeting)
    press(Key.Key_Down, SHIFT)
    with qtbot.waitSignal(tab.undoOffered) as offered:
        press(Key.Key_Delete)
    assert offered.args == ["Đã bỏ 2 người khỏi cuộc họp."]
    assert len(_attendees(workspace, meeting)) == 23
    workspace.undo()
    assert _attendees(workspace, meeting) == before


# --- outcome


def test_conclusions_tasks_and_petitions_are_kept_as_they_are_typed(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tab.editor.show_part(4)
    compose("Thống nhất kế hoạch quý III")
    press(Key.Key_Return)
    outcome = tab.editor.outcome
    outcome.tasks.composer.focus_first()
    compose("Lập danh sách cơ sở")
    press(Key.Key_Tab)
    type_keys("hong an")
    press(Key.Key_Tab)
    type_keys("31/7/2023")
    press(Key.Key_Return)
    outcome.petitions.composer.focus_first()
    type_keys("cong tac vien 07")
    press(Key.Key_Tab)
    compose("Đề nghị tập huấn thêm")
    press(Key.Key_Return)
    assert [each.body for each in workspace.children(Conclusion, meeting_id=meeting.id)] == [
        "Thống nhất kế hoạch quý III"
    ]
    (task,) = workspace.children(Task, meeting_id=meeting.id)
    assert (task.body, task.due_on, task.state) == ("Lập danh sách cơ sở", date(2023, 7, 31), "open")
    assert workspace.title_of("person", task.owner_id) == "Hồ Trần Hồng Ân"
    (petition,) = workspace.children(Petition, meeting_id=meeting.id)
    assert workspace.title_of("person", petition.asked_by_id) == "Cộng tác viên 07"
    assert outcome.petitions.sum_label.text() == "1 kiến nghị chưa trả lời"
    assert "(3)" in tab.editor.tabs.tabText(4)


def test_a_petition_is_answered_later_and_the_rest_of_it_stays(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    kept = meetings.add(
        workspace,
        Petition(meeting_id=meeting.id, body="Đề nghị tập huấn", answered_on=date(2023, 7, 1), is_closed=True),
    )
    tab.refresh(frozenset({"petition"}))
    tab.editor.show_part(4)
    sheet = tab.editor.outcome.petitions
    sheet.table.setFocus()
    sheet.table.select_record(kept.id)
    sheet.table.setCurrentIndex(sheet.table.model().index(0, 3))
    press(Key.Key_F2)
    assert focused() is sheet.composer.editors["answer"].control()
    compose("Sẽ mở lớp trong quý III")
    press(Key.Key_Return)
    changed = workspace.get(Petition, kept.id)
    assert changed.answer == "Sẽ mở lớp trong quý III"
    assert (changed.answered_on, changed.is_closed, changed.ordinal) == (date(2023, 7, 1), True, kept.ordinal)


# --- the tab around them


def test_a_new_meeting_begins_in_the_head_form_and_its_parts_wait_for_the_first_save(
    tab: MeetingsTab, workspace: Workspace
) -> None:
    tab.new()
    assert tab.editor.tabs.currentIndex() == 0
    assert not tab.editor.tabs.isTabEnabled(3)
    tab.form.editor("title").set_value("Họp đột xuất")
    tab.form.editor("held_on").set_value(date(2023, 9, 1))
    assert tab.save()
    assert tab.editor.title_label.text() == "Họp đột xuất"
    assert tab.editor.tabs.isTabEnabled(3)
    assert workspace.undo_label == "Thêm cuộc họp 1/9/2023"
    assert "lập chương trình" in tab.editor.next_label.text()


def test_a_head_half_changed_keeps_the_meeting_and_comes_to_the_front(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tab.edit()
    press(Key.Key_End, CTRL)
    editor = tab.form.editor("title")
    editor.control().setFocus()
    compose(" đổi tên")
    assert not tab.editor.print_button.isEnabled()
    tab.editor.show_part(3)
    tab.open_record("meetings", 1)
    assert tab.editor.desk.meeting_id == meeting.id
    assert tab.editor.tabs.currentIndex() == 0
    assert tab.save()
    assert "đổi tên" in workspace.get(Meeting, meeting.id).title
    assert "đổi tên" in tab.editor.title_label.text()
    assert tab.editor.print_button.isEnabled()


def test_the_next_step_is_offered_and_goes_there(tab: MeetingsTab) -> None:
    assert "lập chương trình" in tab.editor.next_label.text()
    tab.editor.next_label.linkActivated.emit("1")
    assert tab.editor.tabs.currentIndex() == 1
    compose("Nội dung")
    press(Key.Key_Return)
    assert "mời thành phần" in tab.editor.next_label.text()


def test_undo_of_the_meeting_itself_clears_the_editor(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    workspace.delete(Meeting, meeting.id)
    tab.refresh(workspace.last_touched)
    assert tab.editor.desk.meeting_id != meeting.id
    tab.refresh(workspace.undo())
    tab.open_record("meetings", meeting.id)
    assert tab.editor.title_label.text() == "Giao ban quý II"


def test_printing_is_offered_for_a_meeting_only(qtbot: QtBot, tab: MeetingsTab) -> None:
    assert tab.can(Verb.PRINT)
    tab.editor.fill_print_menu()
    actions = tab.editor.print_button.menu().actions()
    with qtbot.waitSignal(tab.requestPaper) as asked:
        next(each for each in actions if each.text() == "In Danh sách đại biểu ký tên").trigger()
    assert asked.args is not None
    assert asked.args[0] == "attendance-sheet"
    tab.new()
    assert not tab.can(Verb.PRINT)
    assert not tab.editor.print_button.isEnabled()


def test_changing_a_name_in_the_directory_shows_in_the_meeting(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    _invite_collaborators(workspace, meeting, tab)
    table = tab.editor.attendance.table
    person = workspace.get(Person, _attendees(workspace, meeting)[0].person_id)
    workspace.save(Person(id=person.id, name="Cộng tác viên 99", group_code=person.group_code))
    tab.refresh(workspace.last_touched)
    assert table.model().index(1, 1).data() == "Cộng tác viên 99"


def test_the_models_obey_qts_rules(qtmodeltester: object, tab: MeetingsTab) -> None:
    tab.open_record("meetings", 1)
    for table in (tab.editor.attendance.table, tab.editor.minutes.table, tab.editor.outcome.conclusions.table):
        qtmodeltester.check(table.model())  # type: ignore[attr-defined]  # pytest-qt's fixture has no public type


def test_alt_digits_go_to_the_parts(tab: MeetingsTab) -> None:
    for place, key in enumerate((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5)):
        press(key, ALT)
        assert tab.editor.tabs.currentIndex() == place

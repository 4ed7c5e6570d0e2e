"""Việc kỳ trước, what is late, answers and their days; roles of a council and whether enough of it came."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Attendee, Conclusion, Meeting, Petition, Task
from kc_desktop.services import finalising, meetings
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import Key, close_tabs, compose, open_tab, press, type_keys
from ui import theme
from ui.meeting.outcome import OutcomeSection
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState

_TODAY = date.today()


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def before(workspace: Workspace) -> Meeting:
    """The meeting before, with two open tasks and one that is done."""
    kept = workspace.save(Meeting(kind="giao_ban", title="Giao ban tháng 5", held_on=date(2023, 5, 31)))
    for body, state in (("Rà soát hồ sơ", "open"), ("Gửi báo cáo", "done"), ("Khảo sát cơ sở 03", "open")):
        meetings.add(workspace, Task(meeting_id=kept.id, body=body, state=state, due_on=date(2023, 6, 10)))
    return kept


@pytest.fixture
def meeting(workspace: Workspace) -> Meeting:
    return workspace.save(Meeting(kind="giao_ban", title="Giao ban tháng 6", held_on=date(2023, 6, 30)))


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, before: Meeting, meeting: Meeting, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    assert before.id < meeting.id
    opened.open_record("meetings", meeting.id)
    opened.editor.show_part(4)
    return opened


@pytest.fixture
def outcome(tab: MeetingsTab) -> OutcomeSection:
    return tab.editor.outcome


def _cells(outcome: OutcomeSection) -> list[str]:
    model = outcome.tasks.table.model()
    return [str(model.index(row, 1).data() or model.index(row, 0).data()) for row in range(model.rowCount())]


def test_tasks_of_the_meeting_before_come_over_with_one_click_and_stand_under_their_heading(
    outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    button = outcome.tasks.carry_button
    assert button.isVisible()
    assert button.text() == "+ Việc kỳ trước (2)"
    button.click()
    assert not button.isVisible()
    outcome.tasks.composer.focus_first()
    compose("Lập danh sách")
    press(Key.Key_Return)
    assert _cells(outcome) == ["Việc kỳ trước", "Rà soát hồ sơ", "Khảo sát cơ sở 03", "Việc mới", "Lập danh sách"]
    assert len(workspace.children(Task, meeting_id=meeting.id)) == 3
    outcome.tasks.desk.undo()
    outcome.tasks.desk.undo()
    assert button.isVisible()
    assert workspace.children(Task, meeting_id=meeting.id) == ()


def test_space_marks_a_carried_task_done_here_and_where_it_came_from(
    outcome: OutcomeSection, workspace: Workspace, before: Meeting
) -> None:
    outcome.tasks.carry_button.click()
    table = outcome.tasks.table
    press(Key.Key_Space)
    first = workspace.children(Task, meeting_id=before.id)[0]
    assert (first.state, first.done_on) == ("done", _TODAY)
    assert str(table.model().index(1, 4).data()) == f"✓ Đã xong {_TODAY:%d/%m/%Y}"
    press(Key.Key_Space)
    assert workspace.children(Task, meeting_id=before.id)[0].state == "open"


def test_a_result_is_written_with_f2_and_goes_back_too(
    outcome: OutcomeSection, workspace: Workspace, before: Meeting
) -> None:
    outcome.tasks.carry_button.click()
    table = outcome.tasks.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 5))
    press(Key.Key_F2)
    compose("Đã gửi Sở")
    press(Key.Key_Return)
    assert workspace.children(Task, meeting_id=before.id)[0].result == "Đã gửi Sở"


def test_what_is_late_has_a_sign_and_the_colour_of_what_is_late(
    outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    late, early = _TODAY - timedelta(days=1), _TODAY + timedelta(days=1)
    for due in (late, early):
        meetings.add(workspace, Task(meeting_id=meeting.id, body="Việc", due_on=due))
        meetings.add(workspace, Petition(meeting_id=meeting.id, body="Kiến nghị", due_on=due))
    outcome.tasks.desk.renew()
    for sheet, column in ((outcome.tasks, 3), (outcome.petitions, 5)):
        model = sheet.table.model()
        assert str(model.index(0, column).data()).startswith("▲ ")
        assert model.index(0, column).data(Qt.ItemDataRole.ForegroundRole).name().upper() == theme.colours().late
        assert not str(model.index(1, column).data()).startswith("▲")
        assert model.index(1, column).data(Qt.ItemDataRole.ForegroundRole) is None
    assert outcome.tasks.sum_label.text() == "2 việc đang làm trong 2 việc · ▲ 1 việc quá hạn"
    assert outcome.petitions.sum_label.text() == "2 kiến nghị chưa trả lời · ▲ 1 quá hạn"


def test_after_the_minutes_were_closed_tasks_are_marked_and_petitions_answered_and_no_more(
    tab: MeetingsTab, outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    task = meetings.add(workspace, Task(meeting_id=meeting.id, body="Lập danh sách"))
    petition = meetings.add(workspace, Petition(meeting_id=meeting.id, body="Đề nghị tập huấn"))
    finalising.finalise(workspace, meeting.id, on=date(2023, 7, 1))
    tab.refresh(frozenset())
    assert "đánh dấu việc đã xong và ghi trả lời kiến nghị" in tab.editor.lock_label.text()
    assert not outcome.tasks.composer.isVisible()
    assert not outcome.tasks.carry_button.isVisible()
    outcome.tasks.table.setFocus()
    outcome.tasks.table.select_record(task.id)
    press(Key.Key_Space)
    assert workspace.get(Task, task.id).state == "done"
    press(Key.Key_Delete)
    assert workspace.find(Task, task.id) is not None
    assert tab.editor.problem_label.isVisible()
    sheet = outcome.petitions
    sheet.table.setFocus()
    sheet.table.select_record(petition.id)
    sheet.table.setCurrentIndex(sheet.table.model().index(0, 3))
    press(Key.Key_F2)
    assert sheet.composer.isVisible()
    compose("Sẽ mở lớp")
    press(Key.Key_Return)
    answered = workspace.get(Petition, petition.id)
    assert (answered.answer, answered.answered_on) == ("Sẽ mở lớp", _TODAY)
    assert not sheet.composer.isVisible()
    sheet.table.editWanted.emit(answered, "body")
    compose(" khác")
    press(Key.Key_Return)
    assert workspace.get(Petition, petition.id).body == "Đề nghị tập huấn"
    assert "đã chốt" in sheet.composer.editors["body"].shown_problem()


def test_space_says_that_a_petition_needs_no_more_answer(
    outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    kept = meetings.add(workspace, Petition(meeting_id=meeting.id, body="Đề nghị", due_on=date(2023, 7, 1)))
    sheet = outcome.petitions
    sheet.desk.renew()
    sheet.table.setFocus()
    sheet.table.select_record(kept.id)
    press(Key.Key_Space)
    assert workspace.get(Petition, kept.id).is_closed
    assert sheet.table.model().index(0, 5).data() == "✓ Đã xong"
    assert sheet.sum_label.text() == ""
    assert workspace.undo_label == "Ghi đã xong: kiến nghị Đề nghị"
    press(Key.Key_Space)
    assert not workspace.get(Petition, kept.id).is_closed


def test_a_day_and_month_alone_are_the_next_after_the_meeting(
    outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    days = []
    for typed in ("30/6", "15/1", "15/1/2026"):
        outcome.tasks.composer.focus_first()
        compose(f"Việc đến {typed}")
        outcome.tasks.composer.editors["due_on"].control().setFocus()
        type_keys(typed)
        press(Key.Key_Return)
        days.append(workspace.children(Task, meeting_id=meeting.id)[-1].due_on)
    assert days == [date(2023, 6, 30), date(2024, 1, 15), date(2026, 1, 15)]


def test_a_conclusion_has_somebody_who_sees_to_it(
    outcome: OutcomeSection, workspace: Workspace, meeting: Meeting
) -> None:
    compose("Mở lớp tập huấn")
    press(Key.Key_Tab)
    type_keys("hong an")
    press(Key.Key_Return)
    press(Key.Key_Return)
    (kept,) = workspace.children(Conclusion, meeting_id=meeting.id)
    assert workspace.title_of("person", kept.owner_id) == "Hồ Trần Hồng Ân"
    assert outcome.conclusions.table.model().index(0, 2).data() == "Ông Hồ Trần Hồng Ân"


# --- the council


def test_roles_of_the_council_are_given_to_many_at_once_and_the_quorum_counts_live(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    meeting = workspace.save(dataclasses.replace(meeting, kind="tham_dinh"))
    meetings.invite_group(workspace, meeting.id, "staff")
    tab.refresh(frozenset({"attendee"}))
    tab.editor.show_part(2)
    attendance = tab.editor.attendance
    assert attendance.quorum_text() == ""
    roles = {each.text(): each for each in attendance.role_menu.actions() if each.text()}
    assert list(roles) == ["Chủ tịch", "Phó Chủ tịch", "Ủy viên", "Ủy viên, thư ký", "Không phải thành viên"]
    attendance.table.selectAll()
    roles["Ủy viên"].trigger()
    assert {each.council_role for each in workspace.children(Attendee, meeting_id=meeting.id)} == {"Ủy viên"}
    assert workspace.undo_label == "Ghi vai trò hội đồng 3 người: Ủy viên"
    assert "chưa ghi số thành viên tối thiểu" in attendance.count_label.text()
    workspace.save(dataclasses.replace(workspace.get(Meeting, meeting.id), quorum_percent=70))
    ids = [each.id for each in workspace.children(Attendee, meeting_id=meeting.id)]
    meetings.set_attendance(workspace, ids[:2], "present")
    tab.editor.desk.renew()
    assert attendance.count_label.text().endswith("Hội đồng có mặt 2/3, cần 3 (70 %): ▲ còn thiếu 1")
    press(Key.Key_3)
    meetings.set_attendance(workspace, ids, "present")
    tab.editor.desk.renew()
    assert attendance.count_label.text().endswith("Hội đồng có mặt 3/3, cần 3 (70 %): đủ")


def test_a_meeting_without_a_council_speaks_of_none(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    meetings.invite_group(workspace, meeting.id, "staff")
    tab.refresh(frozenset({"attendee"}))
    tab.editor.show_part(2)
    assert not tab.editor.attendance.role_button.isVisible()
    assert "Hội đồng" not in tab.editor.attendance.count_label.text()


def test_an_offer_to_undo_goes_when_something_else_is_done(qtbot: QtBot, tab: MeetingsTab) -> None:
    with qtbot.waitSignal(tab.statusMessage) as said:
        tab.editor.outcome.tasks.carry_button.click()
    assert said.args == [""]


def test_guests_are_typed_one_after_the_other(tab: MeetingsTab, workspace: Workspace, meeting: Meeting) -> None:
    tab.editor.show_part(2)
    for number in (7, 8):
        compose(f"Đại biểu {number:02d}")
        press(Key.Key_Return)
        compose("Phó Chủ tịch")
        press(Key.Key_Tab)
        compose("UBND xã 03")
        press(Key.Key_Return)
    people = [each.person_id for each in workspace.children(Attendee, meeting_id=meeting.id)]
    assert [workspace.title_of("person", each) for each in people] == ["Đại biểu 07", "Đại biểu 08"]

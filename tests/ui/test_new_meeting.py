"""Thêm cuộc họp: empty, from a template, or like an earlier one; and meetings at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import in_dialog
from tests.ui.meeting_parts import Key, close_tabs, compose, open_tab
from ui.dialogs.new_meeting import CopyMeetingDialog, FromTemplateDialog
from ui.main_window import MainWindow
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


def _set(dialog: FromTemplateDialog | CopyMeetingDialog, name: str, typed: str) -> None:
    control = dialog.editors[name].control()
    control.selectAll()  # type: ignore[attr-defined]  # every field of the head is a line or a text
    QTest.keyClicks(control, typed)
    dialog.editors[name].settle()


def _newest(workspace: Workspace) -> Meeting:
    return max(workspace.all(Meeting), key=lambda each: each.id)


def test_an_empty_meeting_begins_at_once_with_the_other_ways_beside_it(tab: MeetingsTab) -> None:
    assert not tab.template_button.isVisible()
    tab.new()
    assert tab.form.is_editing()
    assert tab.template_button.isVisible()
    assert tab.copy_button.isVisible()
    tab.cancel()
    assert not tab.template_button.isVisible()
    tab.edit()
    assert not tab.copy_button.isVisible()


def test_a_meeting_is_made_from_a_template_with_what_was_typed_already(tab: MeetingsTab, workspace: Workspace) -> None:
    tab.new()
    tab.form.editor("held_on").set_value(date(2023, 11, 20))
    tab.form.editor("starts_at").set_value("08:00")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FromTemplateDialog)
        dialog.search_line.setText("tong ket")
        assert dialog.sources.count() == 1
        assert "6 nội dung, 130 phút" in dialog.summary_label.text()
        assert "Cộng tác viên" in dialog.summary_label.text()
        assert "năm 2022" in str(dialog.editors["title"].value())
        dialog.make_button.click()

    in_dialog(act, tab.template_button.click)
    made = _newest(workspace)
    assert (made.held_on, made.starts_at, made.kind) == (date(2023, 11, 20), "08:00", "tong_ket_ctv")
    assert tab.current_record() == ("meeting", made.id)
    assert tab.editor.agenda.table.isVisible()
    assert "xong khoảng 10:10" in tab.editor.agenda.sum_label.text()
    assert "(6)" in tab.editor.tabs.tabText(1)
    assert not tab.form.is_editing()
    tab.refresh(workspace.undo())
    assert workspace.find(Meeting, made.id) is None


def test_last_years_meeting_is_copied_and_its_title_follows_the_day_until_it_is_typed(
    tab: MeetingsTab, workspace: Workspace
) -> None:
    tab.new()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, CopyMeetingDialog)
        title = dialog.editors["title"]
        _set(dialog, "held_on", "12/4/2024")
        assert "năm 2023 và triển khai nhiệm vụ công tác năm 2024" in str(title.value())
        assert "29 người" in dialog.summary_label.text()
        _set(dialog, "title", "Hop tong ket")
        _set(dialog, "held_on", "12/4/2025")
        assert title.value() == "Hop tong ket"
        dialog.make_button.click()

    in_dialog(act, tab.copy_button.click)
    made, source = _newest(workspace), workspace.all(Meeting)[0]
    assert (made.title, made.held_on, made.previous_id) == ("Hop tong ket", date(2025, 4, 12), source.id)
    assert len(workspace.children(Attendee, meeting_id=made.id)) == 29
    assert len(workspace.children(AgendaItem, meeting_id=made.id)) == 3
    assert tab.editor.attendance.present_text() == "0/29"


def test_a_dialog_given_up_leaves_the_empty_form_as_it_was(tab: MeetingsTab, workspace: Workspace) -> None:
    tab.new()
    tab.form.editor("title").control().setFocus()
    compose("Họp")
    before = workspace.revision
    in_dialog(lambda dialog: dialog.reject(), tab.copy_button.click)
    assert tab.form.is_dirty()
    assert tab.form.editor("title").value() == "Họp"
    assert workspace.revision == before


def test_what_is_missing_is_told_at_its_field(tab: MeetingsTab, workspace: Workspace) -> None:
    tab.new()
    before = workspace.revision

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FromTemplateDialog)
        dialog.make_button.click()
        assert dialog.editors["held_on"].shown_problem()
        _set(dialog, "held_on", "5/5/2023")
        _set(dialog, "ends_at", "muon")
        dialog.make_button.click()
        assert dialog.editors["ends_at"].shown_problem()
        assert dialog.isVisible()
        dialog.editors["ends_at"].set_value("07:00")
        dialog.editors["starts_at"].set_value("08:00")
        dialog.make_button.click()
        assert dialog.editors["ends_at"].shown_problem()
        dialog.search_line.setText("không có mẫu này")
        assert not dialog.make_button.isEnabled()

    in_dialog(act, tab.template_button.click)
    assert workspace.revision == before


def test_a_clash_is_told_over_every_part_and_opens_the_other_meeting(tab: MeetingsTab, workspace: Workspace) -> None:
    day = date(2023, 6, 30)
    first = workspace.save(Meeting(title="Giao ban", held_on=day, starts_at="8:00", ends_at="10:00", place="Phòng 2"))
    second = workspace.save(Meeting(title="Thẩm định", held_on=day, starts_at="9:00", ends_at="11:00", place="phòng 2"))
    tab.refresh(frozenset({"meeting"}))
    tab.open_record("meetings", first.id)
    line = tab.editor.clash_line
    assert line.isVisible()
    assert line.text() == (f"▲ Trùng giờ; cùng địa điểm phòng 2: <a href='{second.id}'>Thẩm định (09:00–11:00)</a>")
    line.linkActivated.emit(str(second.id))
    assert tab.current_record() == ("meeting", second.id)
    assert "Giao ban (08:00–10:00)" in line.text()
    tab.open_record("meetings", workspace.all(Meeting)[0].id)
    assert not line.isVisible()


def test_the_dialog_works_by_keyboard_alone(tab: MeetingsTab, workspace: Workspace) -> None:
    tab.new()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FromTemplateDialog)
        QTest.keyClicks(dialog.editors["held_on"].control(), "5/5/2023")
        QTest.keyClicks(dialog.search_line, "giao")
        QTest.keyClick(dialog.search_line, Key.Key_Return)

    in_dialog(act, tab.template_button.click)
    assert _newest(workspace).kind == "giao_ban"


def test_a_meeting_of_another_year_is_shown_with_its_year_and_stays_on_show(
    qtbot: QtBot, sample: Path, state: ViewState
) -> None:
    state.put("window/year", 2023)
    window = MainWindow(state)
    qtbot.addWidget(window)
    window.begin(sample)
    window.open_record("meetings", 1)
    (tab,) = window.findChildren(MeetingsTab)
    tab.new()

    def copy(dialog: QDialog) -> None:
        assert isinstance(dialog, CopyMeetingDialog)
        _set(dialog, "held_on", "12/4/2024")
        dialog.make_button.click()

    in_dialog(copy, tab.copy_button.click)
    made = tab.editor.desk.meeting_id
    assert made != 1
    assert window.year() == 2024
    window.refresh()
    assert tab.editor.desk.meeting_id == made
    tab.edit()
    tab.form.editor("held_on").set_value(date(2025, 4, 11))
    tab.form.editor("held_on").edited.emit()
    assert tab.save()
    assert (window.year(), tab.editor.desk.meeting_id) == (2025, made)

"""Fast minute-taking: no word is lost, whatever the keyboard, the input method or an accident does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import AgendaItem, Attendee, Entry, Meeting
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import click_button, in_dialog, texts
from tests.ui.meeting_parts import (
    ALT,
    CTRL,
    SHIFT,
    Key,
    close_tabs,
    commit,
    compose,
    focused,
    open_tab,
    preedit,
    press,
    type_keys,
)
from ui.meeting.composer import Composer
from ui.meeting.minutes import MinutesSection
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState
from ui.widgets.editors import LineEdit


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    opened.editor.show_part(3)
    return opened


@pytest.fixture
def minutes(tab: MeetingsTab) -> MinutesSection:
    return tab.editor.minutes


def _entries(workspace: Workspace) -> tuple[Entry, ...]:
    return workspace.children(Entry, meeting_id=workspace.all(Meeting)[0].id)


def _body(composer: Composer) -> str:
    text = composer.editors["body"].control()
    assert isinstance(text, QPlainTextEdit)
    return text.toPlainText()


def test_enter_goes_on_to_the_next_entry_of_the_same_point_of_the_agenda(
    minutes: MinutesSection, workspace: Workspace
) -> None:
    press(Key.Key_Down, ALT)
    chosen = minutes.agenda_choice.value()
    for said in ("Một", "Hai"):
        type_keys("nhan")
        press(Key.Key_Tab)
        compose(said)
        press(Key.Key_Return)
        assert focused() is minutes.composer.editors["speaker_id"].control()
    first, second = _entries(workspace)[-2:]
    assert (first.body, second.body) == ("Một", "Hai")
    assert first.agenda_item_id == second.agenda_item_id == chosen
    (item,) = [each for each in workspace.all(AgendaItem) if each.id == chosen]
    assert item.title.startswith("Thảo luận giải pháp")


def test_who_is_at_the_meeting_is_offered_before_the_rest_of_the_directory(minutes: MinutesSection) -> None:
    type_keys("n")
    shown = minutes.composer.editors["speaker_id"].control().suggestions_shown()  # type: ignore[attr-defined]
    assert "Trương Thanh Nhàn" in shown[0]


@pytest.mark.usefixtures("minutes")
def test_shift_enter_begins_a_new_line_inside_the_entry(workspace: Workspace) -> None:
    press(Key.Key_Tab)
    compose("Dòng một")
    press(Key.Key_Return, SHIFT)
    compose("dòng hai")
    press(Key.Key_Return)
    assert _entries(workspace)[-1].body == "Dòng một\ndòng hai"


@pytest.mark.usefixtures("minutes")
def test_enter_while_an_input_method_composes_does_not_write_the_entry_down(workspace: Workspace) -> None:
    count = len(_entries(workspace))
    press(Key.Key_Tab)
    compose("Kiến")
    type_keys(" ")
    preedit("nghị")
    press(Key.Key_Return)
    assert len(_entries(workspace)) == count
    press(Key.Key_Return)
    assert [each.body for each in _entries(workspace)[count:]] == ["Kiến nghị"]


def test_a_click_on_add_takes_over_what_is_still_being_composed(minutes: MinutesSection, workspace: Workspace) -> None:
    press(Key.Key_Tab)
    compose("Kiến")
    type_keys(" ")
    preedit("nghị")
    minutes.composer.keep_button.click()
    assert _entries(workspace)[-1].body == "Kiến nghị"


def test_ctrl_z_undoes_typing_first_and_then_the_last_step(
    tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace
) -> None:
    undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), tab)
    undo.activated.connect(partial(_undo, tab, workspace))
    count = len(_entries(workspace))
    press(Key.Key_Tab)
    compose("Một")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    type_keys("Hai")
    press(Key.Key_Z, CTRL)
    assert _body(minutes.composer) == ""
    assert len(_entries(workspace)) == count + 1
    press(Key.Key_Z, CTRL)
    assert len(_entries(workspace)) == count
    assert _body(minutes.composer) == ""


def _undo(tab: MeetingsTab, workspace: Workspace) -> None:
    tab.refresh(workspace.undo())


@pytest.mark.usefixtures("minutes")
def test_typing_with_backspaces_the_way_unikey_does_loses_no_letter(workspace: Workspace) -> None:
    press(Key.Key_Tab)
    type_keys("Tieengs")
    for _ in range(6):
        press(Key.Key_Backspace)
    commit("iếng")
    type_keys(" Vieetj")
    for _ in range(5):
        press(Key.Key_Backspace)
    commit("iệt")
    press(Key.Key_Return)
    assert _entries(workspace)[-1].body == "Tiếng Việt"


def test_what_is_being_composed_is_part_of_the_draft(minutes: MinutesSection) -> None:
    press(Key.Key_Tab)
    compose("Đề")
    type_keys(" ")
    preedit("nghị")
    assert minutes.composer.draft()["body"] == "Đề nghị"


@pytest.mark.usefixtures("minutes")
def test_decomposed_text_is_kept_as_nfc(workspace: Workspace) -> None:
    press(Key.Key_Tab)
    commit("Ho\u0323p xong")
    press(Key.Key_Return)
    assert _entries(workspace)[-1].body == "Họp xong"


def test_a_half_typed_entry_waits_while_other_parts_are_looked_at(tab: MeetingsTab, minutes: MinutesSection) -> None:
    press(Key.Key_Tab)
    compose("Đang nói dở")
    tab.editor.show_part(1)
    tab.editor.show_part(3)
    assert _body(minutes.composer) == "Đang nói dở"


def test_a_half_typed_entry_is_there_again_after_an_accidental_end(
    qtbot: QtBot, tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace, state: ViewState
) -> None:
    press(Key.Key_Down, ALT)
    type_keys("nhan")
    press(Key.Key_Tab)
    with qtbot.waitSignal(minutes.composer.draftChanged):
        compose("Đang nói dở thì mất điện")
    # nothing is closed in order: a second window reads what the first has put down
    again = open_tab(qtbot, workspace, ViewState(Path(state._settings.fileName())))
    composer = again.editor.minutes.composer
    assert _body(composer) == "Đang nói dở thì mất điện"
    assert composer.draft()["speaker_id"].startswith("#")
    assert again.editor.minutes.agenda_choice.value() == minutes.agenda_choice.value()
    assert tab.editor.desk.meeting_id == again.editor.desk.meeting_id


def test_a_draft_belongs_to_its_meeting_and_is_gone_once_written_down(
    qtbot: QtBot, tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace, state: ViewState
) -> None:
    first, other = _two_meetings(tab, workspace)
    press(Key.Key_Tab)
    compose("Của cuộc họp đầu")
    tab.open_record("meetings", other)
    assert minutes.composer.is_blank()
    tab.open_record("meetings", first)
    assert _body(minutes.composer) == "Của cuộc họp đầu"
    assert minutes.composer.keep()
    again = open_tab(qtbot, workspace, state)
    again.open_record("meetings", first)
    assert again.editor.minutes.composer.is_blank()


def test_an_earlier_entry_is_edited_without_losing_the_one_half_typed(
    minutes: MinutesSection, workspace: Workspace
) -> None:
    press(Key.Key_Tab)
    compose("Câu đang gõ")
    press(Key.Key_Up, CTRL)
    first = _entries(workspace)[0]
    minutes.table.select_record(first.id)
    press(Key.Key_F2)
    assert _body(minutes.composer) == first.body
    press(Key.Key_End, CTRL)
    compose(" (đã sửa)")
    press(Key.Key_Return)
    assert _entries(workspace)[0].body == f"{first.body} (đã sửa)"
    assert _entries(workspace)[0].agenda_item_id == first.agenda_item_id
    assert _body(minutes.composer) == "Câu đang gõ"


def test_escape_never_empties_a_new_entry(minutes: MinutesSection) -> None:
    press(Key.Key_Tab)
    compose("Câu đang gõ")
    press(Key.Key_Escape)
    assert _body(minutes.composer) == "Câu đang gõ"


def test_escape_gives_up_a_change_and_brings_the_half_typed_entry_back(
    minutes: MinutesSection, workspace: Workspace
) -> None:
    press(Key.Key_Tab)
    compose("Câu đang gõ")
    before = _entries(workspace)
    minutes.table.setFocus()
    minutes.table.select_record(before[0].id)
    press(Key.Key_F2)
    compose("bỏ đi")
    press(Key.Key_Escape)
    assert _entries(workspace) == before
    assert _body(minutes.composer) == "Câu đang gõ"


def test_a_half_typed_change_waits_for_its_meeting_even_through_an_accidental_end(
    qtbot: QtBot, tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace, state: ViewState
) -> None:
    first, other = _two_meetings(tab, workspace)
    entry = _entries(workspace)[0]
    minutes.composer.edit(entry, "body")
    press(Key.Key_End, CTRL)
    compose(" thêm chữ")
    tab.open_record("meetings", other)
    assert minutes.composer.edited_record is None
    tab.open_record("meetings", first)
    assert _body(minutes.composer) == f"{entry.body} thêm chữ"
    again = open_tab(qtbot, workspace, state)
    again.open_record("meetings", first)
    assert again.editor.minutes.composer.edited_record == entry
    assert _body(again.editor.minutes.composer) == f"{entry.body} thêm chữ"


def test_a_change_of_an_entry_that_vanishes_becomes_a_new_line(
    tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace
) -> None:
    press(Key.Key_Tab)
    compose("Vừa ghi")
    press(Key.Key_Return)
    minutes.composer.edit(_entries(workspace)[-1], "body")
    press(Key.Key_End, CTRL)
    compose(" và sửa dở")
    tab.refresh(workspace.undo())
    assert minutes.composer.edited_record is None
    assert _body(minutes.composer) == "Vừa ghi và sửa dở"


def _two_meetings(tab: MeetingsTab, workspace: Workspace) -> tuple[int, int]:
    first = tab.editor.desk.meeting_id
    other = workspace.save(Meeting(title="Giao ban", held_on=workspace.get(Meeting, first).held_on))
    tab.refresh(frozenset({"meeting"}))
    return first, other.id


def test_delete_takes_an_entry_away_and_undo_brings_it_back(
    qtbot: QtBot, tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace
) -> None:
    before = _entries(workspace)
    minutes.table.setFocus()
    minutes.table.select_record(before[1].id)
    with qtbot.waitSignal(tab.undoOffered) as offered:
        press(Key.Key_Delete)
    assert offered.args == ["Đã xóa ý kiến."]
    assert [each.id for each in _entries(workspace)] == [each.id for each in before if each.id != before[1].id]
    assert minutes.table.current_record() is not None
    tab.refresh(workspace.undo())
    assert _entries(workspace) == before


def test_alt_arrows_reorder_inside_a_point_of_the_agenda(minutes: MinutesSection, workspace: Workspace) -> None:
    before = _entries(workspace)
    group = [each.id for each in before if each.agenda_item_id == before[1].agenda_item_id]
    minutes.table.setFocus()
    minutes.table.select_record(group[1])
    press(Key.Key_Up, ALT)
    after = [each.id for each in _entries(workspace) if each.agenda_item_id == before[1].agenda_item_id]
    assert after == [group[1], group[0], *group[2:]]
    press(Key.Key_Up, ALT)
    assert [each.id for each in _entries(workspace) if each.id in group] == after
    assert minutes.table.selected()[0].id == group[1]


def test_an_unknown_speaker_is_refused_at_the_field_and_the_words_stay(
    minutes: MinutesSection, workspace: Workspace
) -> None:
    count = len(_entries(workspace))
    type_keys("zzz")
    press(Key.Key_Tab)
    compose("Lời nói không mất")
    press(Key.Key_Return)
    assert len(_entries(workspace)) == count
    assert "Chưa chọn người" in minutes.composer.editors["speaker_id"].shown_problem()
    assert _body(minutes.composer) == "Lời nói không mất"


def test_a_file_that_refuses_keeps_the_words_and_says_why(minutes: MinutesSection, workspace: Workspace) -> None:
    (meeting,) = workspace.all(Meeting)
    press(Key.Key_Tab)
    compose("Lời nói không mất")
    workspace.delete(Meeting, meeting.id)
    press(Key.Key_Return)
    assert minutes.composer.editors["body"].shown_problem()
    assert _body(minutes.composer) == "Lời nói không mất"


def test_ctrl_s_writes_the_entry_down_as_enter_does(minutes: MinutesSection, workspace: Workspace) -> None:
    press(Key.Key_Tab)
    compose("Ghi bằng Ctrl+S")
    press(Key.Key_S, CTRL)
    assert _entries(workspace)[-1].body == "Ghi bằng Ctrl+S"
    assert minutes.composer.is_blank()


def test_a_finalised_meeting_says_why_it_cannot_be_edited_and_opens_again(
    tab: MeetingsTab, minutes: MinutesSection, workspace: Workspace
) -> None:
    def close(dialog: QDialog) -> None:
        assert any("Kết luận 1 chưa có người thực hiện" in text for text in texts(dialog))
        click_button(dialog, "Chốt biên bản")

    in_dialog(close, tab.editor.finalise_button.click)
    (meeting,) = workspace.all(Meeting)
    assert meeting.state == "finalised"
    assert "Biên bản đã chốt" in tab.editor.lock_label.text()
    assert not minutes.composer.isVisible()
    assert not tab.editor.attendance.add_line.isVisible()
    count = len(_entries(workspace))
    minutes.table.setFocus()
    minutes.table.select_record(_entries(workspace)[0].id)
    press(Key.Key_Delete)
    press(Key.Key_F2)
    assert len(_entries(workspace)) == count

    def open_again(dialog: QDialog) -> None:
        click_button(dialog, "Mở lại")
        assert dialog.isVisible(), "a reason is asked for"
        reason = dialog.findChild(LineEdit)
        assert isinstance(reason, LineEdit)
        reason.set_value("Bổ sung ý kiến")
        click_button(dialog, "Mở lại")

    in_dialog(open_again, partial(tab.editor.lock_label.linkActivated.emit, "reopen"))
    kept = workspace.get(Meeting, meeting.id)
    assert (kept.state, kept.version) == ("held", 2)
    assert minutes.composer.isVisible()
    assert workspace.undo_label == "Mở lại biên bản 13/4/2023"


def test_a_file_opened_for_reading_shows_the_meeting_and_why_it_cannot_be_edited(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    reader = Workspace.open(workspace.path)
    tab = open_tab(qtbot, reader, state)
    assert "Chỉ xem" in tab.editor.lock_label.text()
    assert not tab.editor.finalise_button.isVisible()
    tab.editor.show_part(2)
    press(Key.Key_3)
    assert {each.state for each in reader.all(Attendee)} == {"present"}
    close_tabs()
    reader.close()

"""Phrases of the office put in while typing, whatever an input method does; and the time beside what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kc_desktop.domain.council import Phrase
from kc_desktop.domain.meeting import Conclusion, Entry, Meeting
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import (
    CTRL,
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
from ui.meeting.minutes import MinutesSection
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState

_AGREED = "Cơ bản nhất trí với nội dung báo cáo và các ý kiến phát biểu."


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


@pytest.fixture
def body(minutes: MinutesSection) -> QPlainTextEdit:
    control = minutes.composer.editors["body"].control()
    assert isinstance(control, QPlainTextEdit)
    control.setFocus()
    return control


def _offered(minutes: MinutesSection) -> list[str]:
    return [each.partition(":")[0] for each in minutes.pickers["body"].labels()]


def test_a_slash_and_a_few_letters_offer_phrases_and_enter_puts_one_in(
    minutes: MinutesSection, body: QPlainTextEdit, workspace: Workspace
) -> None:
    before = len(workspace.all(Entry))
    compose("Đại biểu: /nhat")
    assert _offered(minutes) == ["nhất trí"]
    press(Key.Key_Return)
    assert body.toPlainText() == f"Đại biểu: {_AGREED}"
    assert _offered(minutes) == []
    assert len(workspace.all(Entry)) == before
    press(Key.Key_Return)
    assert workspace.all(Entry)[-1].body == f"Đại biểu: {_AGREED}"


def test_arrows_walk_and_tab_puts_in_and_one_undo_brings_the_letters_back(
    minutes: MinutesSection, body: QPlainTextEdit
) -> None:
    type_keys("/k")
    assert _offered(minutes)[:2] == ["kết luận", "kết thúc"]
    press(Key.Key_Down)
    press(Key.Key_Tab)
    assert body.toPlainText().startswith("Biên bản được đọc lại")
    assert focused() is body
    body.undo()
    assert body.toPlainText() == "/k"


@pytest.mark.parametrize("text", ["ngày 13/4", "12 km/h", "và/hoặc", "a / b", "http://x"])
def test_a_slash_inside_words_and_numbers_offers_nothing(
    minutes: MinutesSection, body: QPlainTextEdit, text: str
) -> None:
    compose(text)
    assert _offered(minutes) == []
    press(Key.Key_Return)
    assert body.toPlainText() == ""


def test_escape_closes_the_offer_and_leaves_the_words(minutes: MinutesSection, body: QPlainTextEdit) -> None:
    type_keys("/k")
    press(Key.Key_Escape)
    assert _offered(minutes) == []
    assert body.toPlainText() == "/k"
    type_keys("e")
    assert "kết luận" in _offered(minutes)


def test_letters_nobody_knows_are_words_like_others(
    minutes: MinutesSection, body: QPlainTextEdit, workspace: Workspace
) -> None:
    body.setFocus()
    type_keys("/xyz")
    assert _offered(minutes) == []
    press(Key.Key_Return)
    assert workspace.all(Entry)[-1].body == "/xyz"


def test_a_name_that_is_composed_is_found_while_it_is_composed(minutes: MinutesSection, body: QPlainTextEdit) -> None:
    type_keys("/")
    for part in ("n", "nh", "nhấ", "nhất"):
        preedit(part)
    assert _offered(minutes) == ["nhất trí"]
    press(Key.Key_Return)
    assert body.toPlainText() == _AGREED


def test_an_input_method_that_corrects_with_backspaces_finds_the_same(
    minutes: MinutesSection, body: QPlainTextEdit
) -> None:
    compose("Ý kiến")
    type_keys(" /nha")
    press(Key.Key_Backspace)
    commit("ấ")
    type_keys("t")
    assert _offered(minutes) == ["nhất trí"]
    press(Key.Key_Tab)
    assert body.toPlainText() == f"Ý kiến {_AGREED}"
    compose("và bổ sung")
    assert body.toPlainText() == f"Ý kiến {_AGREED}và bổ sung"


def test_the_button_and_its_key_offer_all_and_put_one_in_at_the_cursor(
    minutes: MinutesSection, body: QPlainTextEdit, workspace: Workspace
) -> None:
    type_keys("Chu tri: ")
    minutes.phrase_button.click()
    assert len(_offered(minutes)) == len(workspace.children(Phrase, scope="minutes"))
    press(Key.Key_Escape)
    press(Key.Key_M, CTRL)
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert body.toPlainText() == f"Chu tri: {_AGREED}"


def test_the_offices_own_phrase_is_there_at_once_and_in_every_text_of_the_meeting(
    tab: MeetingsTab, workspace: Workspace
) -> None:
    workspace.save(Phrase(name="quỹ", ordinal=1, body="Từ nguồn quỹ của đơn vị.\nKhông dùng ngân sách."))
    tab.editor.show_part(4)
    type_keys("/quy")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert workspace.all(Conclusion)[-1].body == "Từ nguồn quỹ của đơn vị.\nKhông dùng ngân sách."


# --- when it was said


def test_on_the_day_of_the_meeting_the_time_is_written_beside_what_is_said_and_can_be_changed(
    tab: MeetingsTab, workspace: Workspace
) -> None:
    today = date.today()
    around = Meeting(title="Họp dài", held_on=today - timedelta(days=1), ended_on=today + timedelta(days=1))
    meeting = workspace.save(around)
    tab.set_year(0)
    tab.refresh(frozenset({"meeting"}))
    tab.open_record("meetings", meeting.id)
    tab.editor.show_part(3)
    press(Key.Key_Tab)
    type_keys("Khai mac")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    type_keys("Bao cao")
    press(Key.Key_Tab)
    type_keys("9h5")
    press(Key.Key_Return)
    first, second = workspace.children(Entry, meeting_id=meeting.id)
    assert re.fullmatch(r"\d\d:\d\d", first.said_at)
    assert second.said_at == "09:05"
    tab.editor.minutes.table.editWanted.emit(first, "said_at")
    focused().selectAll()  # type: ignore[attr-defined]  # the line of the time
    type_keys("8h15")
    press(Key.Key_Return)
    assert workspace.get(Entry, first.id).said_at == "08:15"


@pytest.mark.usefixtures("tab")
def test_after_the_day_no_time_is_written(workspace: Workspace) -> None:
    press(Key.Key_Tab)
    type_keys("Bo sung")
    press(Key.Key_Return)
    assert workspace.all(Entry)[-1].said_at == ""


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2023-06-01T08:05:59", "08:05"),
        ("2023-06-02T23:59:00", "23:59"),
        ("2023-06-03T00:00:00", ""),
        ("2023-05-31T23:59:59", ""),
    ],
)
def test_the_time_belongs_to_the_days_of_the_meeting(now: str, words: str) -> None:
    meeting = Meeting(title="Họp", held_on=date(2023, 6, 1), ended_on=date(2023, 6, 2))
    assert meetings.said_now(meeting, datetime.fromisoformat(now)) == words
    assert meetings.said_now(Meeting(title="Họp"), datetime.fromisoformat(now)) == ""

"""Whatever an input method does, the text kept is the text seen: streams of keys, compositions and backspaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Entry
from kc_desktop.domain.text import clean_text
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import (
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
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState

_WORDS = ("Đề", "nghị", "khuyến", "công", "ưỡn", "quý", "Ở", "đấy", "xã", "hợp")

_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("keys"), st.sampled_from(("a", "b ", "12", " ", "x,"))),
        st.tuples(st.just("compose"), st.sampled_from(_WORDS)),
        st.tuples(st.just("correct"), st.sampled_from(_WORDS)),
        st.tuples(st.just("give up"), st.sampled_from(_WORDS)),
        st.tuples(st.just("backspace"), st.just("")),
        st.tuples(st.just("new line"), st.just("")),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def tab(qtbot: QtBot, sample: Path, state: ViewState) -> Iterator[MeetingsTab]:
    workspace = Workspace.open(sample)
    opened = open_tab(qtbot, workspace, state)
    opened.editor.show_part(3)
    yield opened
    close_tabs()
    workspace.close()


def _do(step: tuple[str, str], seen: str) -> str:
    """Do one step and return the text that must now be seen."""
    what, text = step
    if what == "keys":
        type_keys(text)
        return seen + text
    if what == "compose":
        for end in range(1, len(text) + 1):
            preedit(text[:end])
        commit(text)
        return seen + text
    if what == "correct":  # UniKey and EVKey: plain letters, then backspaces, then the letters with their marks
        type_keys("aw")
        press(Key.Key_Backspace)
        press(Key.Key_Backspace)
        commit(text)
        return seen + text
    if what == "give up":
        preedit(text)
        preedit("")
        return seen
    if what == "new line":
        press(Key.Key_Return, SHIFT)
        return seen + "\n"
    press(Key.Key_Backspace)
    return seen[:-1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_the_entry_kept_is_the_text_seen(tab: MeetingsTab, steps: list[tuple[str, str]]) -> None:
    composer = tab.editor.minutes.composer
    composer.set_draft({})
    body = composer.editors["body"].control()
    assert isinstance(body, QPlainTextEdit)
    body.setFocus()
    seen = ""
    for step in steps:
        seen = _do(step, seen)
        assert body.toPlainText() == seen
    count = len(tab.workspace.all(Entry))
    press(Key.Key_Return)
    entries = tab.workspace.all(Entry)
    if clean_text(seen):
        assert entries[-1].body == clean_text(seen)
        assert composer.is_blank()
    else:
        assert len(entries) == count


@pytest.mark.parametrize("typed", ["Nhàn", "truong thanh", "Trương Thanh Nh"])
def test_a_speaker_is_found_by_letters_with_and_without_marks(tab: MeetingsTab, typed: str) -> None:
    compose(typed)
    press(Key.Key_Tab)
    speaker = tab.editor.minutes.composer.editors["speaker_id"]
    assert tab.workspace.title_of("person", int(str(speaker.value()))) == "Trương Thanh Nhàn"
    assert focused() is tab.editor.minutes.composer.editors["body"].control()


def test_a_speaker_is_offered_while_the_name_is_still_composed(tab: MeetingsTab) -> None:
    preedit("Nhàn")
    line = focused()
    shown = line.suggestions_shown()  # type: ignore[attr-defined]  # the line is a SuggestionLine
    assert any("Trương Thanh Nhàn" in each for each in shown)
    press(Key.Key_Return)
    commit("Nhàn")
    assert tab.editor.minutes.composer.is_blank() is False

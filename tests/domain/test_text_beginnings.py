"""The spellings of a word's beginning, by which a search with marks is narrowed down, leave nothing out."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import compile_query, marked_key, matches, search_key

WORDS = st.text(alphabet="aàáâầbcdđeêghhioòóôốơpnrtuưyñ/-", min_size=1, max_size=5)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def _starts_a_word(beginning: str, key: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(beginning)}", key) is not None


@given(typed=TEXTS, text=TEXTS)
def test_a_text_that_fits_holds_a_spelling_of_every_beginning(typed: str, text: str) -> None:
    if matches(typed, text):
        for spellings in compile_query(typed).beginnings:
            assert not spellings or any(_starts_a_word(each, marked_key(text)) for each in spellings)


@given(text=TEXTS)
def test_a_text_fits_itself_by_its_beginnings(text: str) -> None:
    for spellings in compile_query(text).beginnings:
        assert not spellings or any(_starts_a_word(each, marked_key(text)) for each in spellings)


@given(typed=TEXTS, text=TEXTS)
def test_where_beginnings_suffice_a_text_that_holds_them_all_fits(typed: str, text: str) -> None:
    query = compile_query(typed)
    key, folded = marked_key(text), search_key(text)
    holds = all(
        any(_starts_a_word(each, key) for each in spellings) if spellings else _starts_a_word(word, folded)
        for word, spellings in zip(query.folded_words, query.beginnings, strict=True)
    )
    if query.beginnings_suffice and holds:
        assert matches(typed, text)


def test_spellings_stop_at_the_last_letter_with_a_mark_and_are_left_out_when_too_many() -> None:
    (spellings,) = compile_query("trần").beginnings
    assert "trầ" in spellings
    assert {each[-1] for each in spellings} == {"ầ"}
    assert compile_query("tran").beginnings == ((),)
    assert compile_query("nguyễn").beginnings == ((),)
    (unfinished,) = compile_query("hò").beginnings
    assert {"hò", "hoà", "hoè"} <= set(unfinished)

"""Cleaning text: NFC, white space, invisible signs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import clean_line, clean_text, nfc

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hồ Trần Hồng Ân", "Hồ Trần Hồng Ân"),
        (unicodedata.normalize("NFD", "Hồ Trần Hồng Ân"), "Hồ Trần Hồng Ân"),
        ("  Hồ \t Trần\r\nHồng\u00a0Ân ", "Hồ Trần Hồng Ân"),
        ("\ufeffHồ\u200b Trần\u00ad", "Hồ Trần"),
        ("Hồ\x00 Trần\x07", "Hồ Trần"),
        ("\u202aHồ\u202c \u2066Trần\u2069", "Hồ Trần"),
        ("Hồ\ud800 Trần", "Hồ Trần"),
        ("a\u200b\u0301", "á"),
        ("A & B <C> \"D\" 'E'", "A & B <C> \"D\" 'E'"),
        ("", ""),
        (" \n\u200b", ""),
    ],
)
def test_a_clean_line_keeps_what_is_seen_and_nothing_else(text: str, line: str) -> None:
    assert clean_line(text) == line


def test_a_clean_text_keeps_paragraphs_and_tabs() -> None:
    text = "\n\r\nMục 1:\tnội dung  \r\n\r\n  thụt  vào\u2028dòng\u200b mới\r\x00hết \n\n"
    assert clean_text(text) == "Mục 1:\tnội dung\n\n  thụt  vào\ndòng mới\nhết"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_text(text)) == clean_line(text)


@given(ANY_TEXT)
def test_cleaned_text_is_nfc_storable_and_has_nothing_invisible(text: str) -> None:
    for cleaned, kept in ((clean_line(text), ""), (clean_text(text), "\n\t")):
        assert unicodedata.is_normalized("NFC", cleaned)
        cleaned.encode()
        hidden = {char for char in cleaned if unicodedata.category(char) in ("Cc", "Cf", "Cs")}
        assert hidden <= set(kept)
    assert "  " not in clean_line(text)
    assert clean_line(text) == clean_line(text).strip()


@given(st.text(max_size=40))
def test_composed_and_decomposed_text_clean_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert nfc(decomposed) == nfc(text)
    assert clean_line(decomposed) == clean_line(text)

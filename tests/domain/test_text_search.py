"""Search the way people type."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import (
    clean_line,
    compile_query,
    marked_key,
    matches,
    search_key,
    words_match,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORD = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=7)
PHRASES_WITH_SIGNS = st.text("aàâdđoò09 /-.,()'\"“&_*:", max_size=15)
PHRASE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
SPELLINGS = "hòa hoà thúy thuý khỏe khoẻ trần hồng ân đỗ của mùa quý"
SYLLABLE = st.sampled_from(SPELLINGS.split())


@pytest.mark.parametrize(
    "query", ["ho tran hong an", "hồ trần", "Hồ tran", "HONG", "an ho", "hồng â", "ân", "h t h a", ""]
)
def test_finds_a_name_by_the_beginnings_of_its_words(query: str) -> None:
    assert matches(query, "Hồ Trần Hồng Ân")
    assert matches(unicodedata.normalize("NFD", query), unicodedata.normalize("NFD", "Hồ Trần Hồng Ân"))


@pytest.mark.parametrize("query", ["hồ trân", "hô", "ho tran van", "ran", "ồ", "hồngân", "ăn", "hố"])
def test_a_typed_mark_or_a_wrong_letter_keeps_a_name_out(query: str) -> None:
    assert not matches(query, "Hồ Trần Hồng Ân")


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("d", "Đỗ", True),
        ("đ", "Đỗ", True),
        ("đ", "Dũng", False),
        ("do", "Đỗ", True),
        ("hoà", "Hòa", True),
        ("hòa", "Hoà", True),
        ("hoa", "Hòa", True),
        ("hò", "Hòa", True),
        ("hò", "Hoà", True),
        ("hò", "Hoá", False),
        ("hò", "Hò", True),
        ("thủ", "Thuỷ", True),
        ("thủ", "Thủy", True),
        ("thủ", "Thuý", False),
        ("hoá", "Hòa", False),
        ("hoà", "hoài bão", True),
        ("hoài", "HOÀI BÃO", True),
        ("49/qd", "Quyết định số 49/QĐ-SCT", True),
        ("49/QĐ-SCT", "Số: 49/QĐ-SCT ngày 30/3/2023", True),
        ("49/qđ-sct", "49/QĐ–SCT", True),
        ("sct", "49/QĐ-SCT", True),
        ("9/qd", "49/QĐ-SCT", False),
        ("(49/QĐ", "số 49/QĐ-SCT", True),
        ("hồ - trần", "Hồ Trần Hồng Ân", True),
        ("tp.", "TP Thủ Dầu Một", True),
        ("h'hoa", "H’Hoa Niê", True),
        ("cơ sở", "“Cơ sở 03”, xã Long Hoà", True),
        ("co so 3", "Cơ sở 03", False),
        ("5.978", "5.978.000.000", True),
        ("muller", "Müller", True),
        ("...", "bất kỳ", True),
    ],
)
def test_finds_what_people_expect(query: str, text: str, found: bool) -> None:
    assert matches(query, text) is found


@pytest.mark.parametrize(
    ("text", "folded", "marked"),
    [
        ("Hồ Trần Hồng Ân", "ho tran hong an", "hồ trần hồng ân"),
        ("Số: 49/QĐ-SCT", "so 49/qd-sct", "số 49/qđ-sct"),
        ("  Hòa,  Thúy;Khỏe ", "hoa thuy khoe", "hoà thuý khoẻ"),
        ("HÒA HOÀN", "hoa hoan", "hoà hoàn"),
        ("của mùa lúa", "cua mua lua", "của mùa lúa"),
        ("“Duy trì (mạng lưới)”", "duy tri mang luoi", "duy trì mạng lưới"),
        ("Ðặng", "dang", "ðặng"),
        ("a_b#1@x.vn & 50%", "a_b#1@x.vn & 50%", "a_b#1@x.vn & 50%"),
        ("", "", ""),
    ],
)
def test_keys_look_as_documented(text: str, folded: str, marked: str) -> None:
    assert search_key(text) == folded
    assert marked_key(text) == marked


@given(st.text(max_size=40) | PHRASE)
def test_keys_are_stable_and_agree_letter_for_letter(text: str) -> None:
    folded, marked = search_key(text), marked_key(text)
    assert search_key(folded) == folded
    assert marked_key(marked) == marked
    assert search_key(marked) == folded
    assert [len(word) for word in folded.split(" ")] == [len(word) for word in marked.split(" ")]
    assert search_key(unicodedata.normalize("NFD", text)) == folded
    assert marked_key(unicodedata.normalize("NFD", text)) == marked


@given(PHRASE)
def test_the_folded_key_of_vietnamese_is_ascii_and_ignores_case(text: str) -> None:
    assert search_key(text).isascii()
    assert search_key(clean_line(f" \u200b{text}\x00\t")) == search_key(text)
    assert search_key(text.upper()) == search_key(text.lower()) == search_key(text)


@given(PHRASE, st.data())
def test_any_beginnings_of_words_in_any_order_are_found_with_and_without_marks(text: str, data: st.DataObject) -> None:
    words = data.draw(st.permutations(marked_key(text).split(" ")))
    query = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    assert matches(query, text)
    assert matches(query.upper(), text)
    assert matches(search_key(query), text)
    assert words_match(query.split(" "), marked_key(text).split(" "))


@given(PHRASE, PHRASE)
def test_marks_only_narrow_what_is_found(query: str, text: str) -> None:
    if matches(query, text):
        assert matches(search_key(query), text)
    compiled = compile_query(query)
    assert compiled.matches_folded(search_key(text)) == matches(search_key(query), text)
    if not compiled.needs_marks:
        assert compiled.matches_marked(marked_key(text)) == compiled.matches_folded(search_key(text))


@given(WORD, WORD)
def test_a_single_word_matches_exactly_when_each_letter_does(typed: str, word: str) -> None:
    typed_key, key = marked_key(typed), marked_key(word)
    folded = search_key(word)
    expected = len(typed_key) <= len(key) and all(
        char in (key[place], folded[place]) for place, char in enumerate(typed_key)
    )
    if typed_key[-1] not in "òỏõóọùủũúụ":  # an unfinished tone may still move to the next letter
        assert matches(typed, word) == expected
    elif expected:
        assert matches(typed, word)


@given(SYLLABLE, st.data())
def test_while_a_word_is_typed_letter_by_letter_it_stays_found(word: str, data: st.DataObject) -> None:
    other_spelling = marked_key(word)
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert matches(typed, word)
    assert matches(typed, other_spelling)


@given(PHRASES_WITH_SIGNS, PHRASES_WITH_SIGNS)
def test_full_text_search_for_the_folded_words_misses_nothing(query: str, text: str) -> None:
    words = compile_query(query).folded_words
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute('CREATE VIRTUAL TABLE t USING fts5(key, tokenize="unicode61 remove_diacritics 0")')
        connection.execute("INSERT INTO t VALUES (?)", (search_key(text),))
        for word in words:
            found = connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (f'"{word}"*',)).fetchone()
            assert found or not compile_query(word).matches_folded(search_key(text))


@given(PHRASES_WITH_SIGNS, st.data())
def test_a_code_is_found_by_any_beginning_of_it_signs_and_all(text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(marked_key(text).split(" ")))
    assert matches(word[: data.draw(st.integers(0, len(word)))], text)


def test_a_query_says_what_to_look_for_and_whether_marks_matter() -> None:
    plain, marked = compile_query("ho tran"), compile_query("Hồ “49/QĐ")
    assert (plain.folded_words, plain.needs_marks) == (("ho", "tran"), False)
    assert (marked.folded_words, marked.needs_marks) == (("ho", "49/qd"), True)
    assert compile_query(" - ").folded_words == ()


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_breaks_a_search(query: str, text: str) -> None:
    assert matches(query, text) in (True, False)
    assert matches("", text)

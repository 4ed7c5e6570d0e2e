"""What was found stands out: the stretches of a line that match, and a long text cut around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.matching import marked
from kc_desktop.domain.text import clean_line, compile_query, matches
from tests.domain.test_text_search import LETTERS, PHRASE

_LINE = st.text(f"{LETTERS} ĐHỒ 019/-.,;()", max_size=120)


def _shown(query: str, text: str, longest: int = 0) -> str:
    found = marked(compile_query(query), text, longest)
    shown, at = "", 0
    for first, last in found.spans:
        shown += f"{found.text[at:first]}[{found.text[first:last]}]"
        at = last
    return shown + found.text[at:]


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("ho tran", "Hồ Trần Hồng Ân", "[Hồ] [Trần] [Hồ]ng Ân"),
        ("hồ", "Hồ sơ của hộ Hò Hoà", "[Hồ] sơ của hộ Hò Hoà"),
        ("hò", "Hòa Hoà Hoá Hò", "[Hò]a [Hoà] Hoá [Hò]"),
        ("49/qđ", "Quyết định 49/QĐ-SCT", "Quyết định [49/QĐ]-SCT"),
        ("đ", "Đỗ Dũng", "[Đ]ỗ Dũng"),
        ("toan", "Hoàn toàn\n thanh toán", "Hoàn [toàn] thanh [toán]"),
        ("", "Hồ", "Hồ"),
    ],
)
def test_the_letters_typed_are_marked_where_they_begin_a_word(query: str, text: str, shown: str) -> None:
    assert _shown(query, text) == shown


def test_a_long_text_is_cut_around_the_first_word_found() -> None:
    text = "Đầu câu dài. " * 20 + "Kinh phí thực hiện: 830 triệu đồng. " + "Cuối câu. " * 20
    found = marked(compile_query("kinh phi"), text, 60)
    assert found.text.startswith("… ")
    assert found.text.endswith("…")
    assert len(found.text) <= 64
    assert [found.text[first:last] for first, last in found.spans] == ["Kinh", "phí"]


@given(query=PHRASE, line=_LINE, longest=st.integers(min_value=20, max_value=80))
def test_what_matches_is_marked_and_what_is_marked_matches(query: str, line: str, longest: int) -> None:
    compiled = compile_query(query)
    whole, cut = marked(compiled, line), marked(compiled, line, longest)
    assert whole.text == clean_line(line)
    for found in (whole, cut):
        assert all(0 <= first < last <= len(found.text) for first, last in found.spans)
        assert all(before[1] < after[0] for before, after in zip(found.spans, found.spans[1:], strict=False))
    if compiled.folded_words and matches(query, line):
        assert whole.spans
        assert cut.spans


@given(line=_LINE, start=st.integers(min_value=0, max_value=100), length=st.integers(min_value=1, max_value=8))
def test_the_beginning_of_any_word_of_a_line_is_marked(line: str, start: int, length: int) -> None:
    words = clean_line(line).split()
    if words:
        typed = words[start % len(words)][:length]
        if compile_query(typed).folded_words:
            assert marked(compile_query(typed), line).spans

"""Amounts in words, against hand-checked tables and an independent reader."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.money import MAX_AMOUNT_VND, WordStyle, in_words

STYLES = [
    WordStyle(four=four, zero_tens=zero_tens, thousand=thousand)
    for four in ("bốn", "tư")
    for zero_tens in ("linh", "lẻ")
    for thousand in ("nghìn", "ngàn")
]
# Plain random numbers almost never have empty groups, so half of them are built group by group.
GROUPS = st.lists(st.sampled_from([0, 1, 4, 5, 10, 11, 14, 15, 20, 21, 24, 25, 100, 101, 105, 999]), max_size=6)
AMOUNTS = st.integers(-MAX_AMOUNT_VND, MAX_AMOUNT_VND) | GROUPS.map(
    lambda groups: sum(group * 1000**place for place, group in enumerate(groups))
)

ONES = {
    **{"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5},
    **{"sáu": 6, "bảy": 7, "tám": 8, "chín": 9},
}
SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6}


def read_words(words: list[str]) -> int:
    """Read a number the other way round: from the largest scale word down, by splitting the text."""
    if "tỷ" in words:
        last = len(words) - 1 - words[::-1].index("tỷ")
        return read_words(words[:last]) * 10**9 + read_words(words[last + 1 :])
    for scale in ("triệu", "nghìn", "ngàn"):
        if scale in words:
            at = words.index(scale)
            return read_words(words[:at]) * SCALES[scale] + read_words(words[at + 1 :])
    return read_group(words)


def read_group(words: list[str]) -> int:
    total = 0
    if "trăm" in words:
        at = words.index("trăm")
        assert at == 1
        total += 100 * ONES[words[0]]
        words = words[2:]
    if words and words[0] in ("linh", "lẻ"):
        assert len(words) == 2
        return total + ONES[words[1]]
    if "mươi" in words:
        assert words[1] == "mươi"
        total += 10 * ONES[words[0]]
        words = words[2:]
    elif words and words[0] == "mười":
        total += 10
        words = words[1:]
    assert len(words) <= 1
    return total + (ONES[words[0]] if words else 0)


def read_amount(text: str) -> int:
    words = text.lower().split()
    assert words.pop() == "đồng"
    return -read_words(words[1:]) if words[0] == "âm" else read_words(words)


@given(AMOUNTS, st.sampled_from(STYLES))
def test_words_read_back_to_the_same_amount(amount: int, style: WordStyle) -> None:
    assert read_amount(in_words(amount, style)) == amount


@given(st.sampled_from(STYLES), st.integers(0, 15))
def test_words_read_back_around_every_power_of_ten(style: WordStyle, power: int) -> None:
    for amount in range(10**power - 30, 10**power + 131):
        assert read_amount(in_words(amount, style)) == amount


def test_no_two_amounts_share_their_words() -> None:
    parts = (0, 1, 5, 10, 21, 105, 110, 999)
    amounts = {a * 10**9 + b * 10**6 + c * 10**3 + d for a, b, c, d in itertools.product(parts, repeat=4)}
    amounts |= {amount * 10**9 for amount in amounts if amount <= 10**9} | set(range(2000))
    assert len({in_words(amount) for amount in amounts}) == len(amounts)


@given(AMOUNTS, AMOUNTS)
def test_different_amounts_have_different_words(first: int, second: int) -> None:
    assert (in_words(first) == in_words(second)) == (first == second)


@given(AMOUNTS, st.sampled_from(STYLES))
def test_words_are_one_clean_sentence(amount: int, style: WordStyle) -> None:
    text = in_words(amount, style)
    assert text == " ".join(text.split())
    assert text[0].isupper()
    assert text[1:] == text[1:].lower()
    assert text.endswith(" đồng")
    assert in_words(amount, style, unit="") + " đồng" == text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không"),
        (1, "Một"),
        (4, "Bốn"),
        (5, "Năm"),
        (10, "Mười"),
        (11, "Mười một"),
        (14, "Mười bốn"),
        (15, "Mười lăm"),
        (20, "Hai mươi"),
        (21, "Hai mươi mốt"),
        (24, "Hai mươi bốn"),
        (25, "Hai mươi lăm"),
        (91, "Chín mươi mốt"),
        (100, "Một trăm"),
        (101, "Một trăm linh một"),
        (104, "Một trăm linh bốn"),
        (105, "Một trăm linh năm"),
        (110, "Một trăm mười"),
        (111, "Một trăm mười một"),
        (115, "Một trăm mười lăm"),
        (121, "Một trăm hai mươi mốt"),
        (555, "Năm trăm năm mươi lăm"),
        (1_000, "Một nghìn"),
        (1_005, "Một nghìn không trăm linh năm"),
        (1_010, "Một nghìn không trăm mười"),
        (1_021, "Một nghìn không trăm hai mươi mốt"),
        (1_100, "Một nghìn một trăm"),
        (6_303, "Sáu nghìn ba trăm linh ba"),
        (10_000, "Mười nghìn"),
        (1_000_005, "Một triệu không trăm linh năm"),
        (1_005_000, "Một triệu không trăm linh năm nghìn"),
        (125_000_000, "Một trăm hai mươi lăm triệu"),
        (5_978_000_000, "Năm tỷ chín trăm bảy mươi tám triệu"),
        (5_804_000_000, "Năm tỷ tám trăm linh bốn triệu"),
        (1_000_005_000, "Một tỷ không trăm linh năm nghìn"),
        (1_000_000_005, "Một tỷ không trăm linh năm"),
        (21_000_000_000, "Hai mươi mốt tỷ"),
        (10**12, "Một nghìn tỷ"),
        (10**12 + 5, "Một nghìn tỷ không trăm linh năm"),
        (1_005 * 10**9, "Một nghìn không trăm linh năm tỷ"),
        (1_000_001 * 10**9, "Một triệu không trăm linh một tỷ"),
        (10**15, "Một triệu tỷ"),
        (10**15 + 10**6, "Một triệu tỷ không trăm linh một triệu"),
        (10**17, "Một trăm triệu tỷ"),
        (10**18, "Một tỷ tỷ"),
        (-1, "Âm một"),
        (-5_000_000, "Âm năm triệu"),
    ],
)
def test_says_amounts_as_accounting_papers_do(amount: int, words: str) -> None:
    assert in_words(amount) == words + " đồng"
    assert in_words(amount, unit="") == words


def test_the_settings_change_only_their_own_words() -> None:
    style = WordStyle(four="tư", zero_tens="lẻ", thousand="ngàn")
    assert in_words(24_104, style) == "Hai mươi tư ngàn một trăm lẻ bốn đồng"
    assert in_words(14_004, style) == "Mười bốn ngàn không trăm lẻ bốn đồng"
    assert in_words(4_400, style) == "Bốn ngàn bốn trăm đồng"


def test_another_unit_may_end_the_words() -> None:
    assert in_words(5_000_000, unit="đồng chẵn") == "Năm triệu đồng chẵn"


@pytest.mark.parametrize("amount", [10**18 + 1, -(10**18) - 1, 10**30])
def test_an_amount_beyond_the_limit_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="giới hạn"):
        in_words(amount)

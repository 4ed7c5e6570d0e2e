"""Names are broken where a person would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.documents.fonts import BOLD, font_set
from kc_desktop.documents.names import break_name, rule_length

COLUMN_PT = 186.0
_SYLLABLE_LINE = "TRUNG TÂM KHUYẾN CÔNG VÀ TƯ VẤN PHÁT TRIỂN NGHIỆP THƯƠNG MẠI ĐẦU TỈNH XÚC TIẾN HỖ TRỢ SỞ"
SYLLABLES = _SYLLABLE_LINE.split()


def measure(text: str) -> float:
    return font_set(bundled_only=True).width(text, BOLD, 12.0)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("SỞ CÔNG THƯƠNG", ("SỞ CÔNG THƯƠNG",)),
        ("SỞ CÔNG THƯƠNG TỈNH BÌNH DƯƠNG", ("SỞ CÔNG THƯƠNG", "TỈNH BÌNH DƯƠNG")),
        ("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", ("ỦY BAN NHÂN DÂN", "TỈNH BÀ RỊA - VŨNG TÀU")),
        ("SỞ CÔNG THƯƠNG THÀNH PHỐ HỒ CHÍ MINH", ("SỞ CÔNG THƯƠNG", "THÀNH PHỐ HỒ CHÍ MINH")),
        (
            "TRUNG TÂM KHUYẾN CÔNG VÀ TƯ VẤN PHÁT TRIỂN CÔNG NGHIỆP",
            ("TRUNG TÂM KHUYẾN CÔNG", "VÀ TƯ VẤN PHÁT TRIỂN", "CÔNG NGHIỆP"),
        ),
        (
            "TRUNG TÂM XÚC TIẾN ĐẦU TƯ, THƯƠNG MẠI VÀ PHÁT TRIỂN CÔNG NGHIỆP",
            ("TRUNG TÂM XÚC TIẾN", "ĐẦU TƯ, THƯƠNG MẠI", "VÀ PHÁT TRIỂN CÔNG NGHIỆP"),
        ),
    ],
)
def test_names_of_real_bodies_break_as_offices_break_them(name: str, lines: tuple[str, ...]) -> None:
    assert break_name(name, measure, COLUMN_PT) == lines


@given(
    st.lists(st.sampled_from(SYLLABLES), min_size=4, max_size=26).map(" ".join).filter(lambda name: len(name) <= 120)
)
def test_a_name_of_any_length_keeps_its_words_fits_its_column_and_leaves_no_syllable_alone(name: str) -> None:
    lines = break_name(name, measure, COLUMN_PT)
    assert " ".join(lines) == name
    assert all(measure(line) <= COLUMN_PT for line in lines)
    assert all(" " in line for line in lines)


def test_a_word_wider_than_the_column_stands_alone_and_nothing_is_lost() -> None:
    name = "CÔNG TY " + "X" * 60 + " MỘT THÀNH VIÊN"
    assert " ".join(break_name(name, measure, COLUMN_PT)) == name


def test_an_empty_name_has_no_lines() -> None:
    assert break_name("  ", measure, COLUMN_PT) == ()


@given(st.lists(st.floats(min_value=20, max_value=400), min_size=1, max_size=5))
def test_a_rule_is_never_longer_than_half_the_longest_line(widths: list[float]) -> None:
    length = rule_length(widths, 0.42, 1 / 3, 1 / 2)
    assert max(widths) / 3 - 1e-9 <= length <= max(widths) / 2 + 1e-9

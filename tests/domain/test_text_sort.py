"""Vietnamese order, against a plain reference."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import person_sort_key, sort_key

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORD = st.text(LETTERS, min_size=1, max_size=5)
PHRASE = st.lists(WORD | st.integers(0, 2000).map(str), min_size=1, max_size=4).map(" ".join)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def reference_key(text: str) -> "list[tuple[list[int], list[int]]]":
    """Compare word by word: first the letters by their place in the alphabet, then the tones."""
    words: list[tuple[list[int], list[int]]] = []
    for word in text.lower().split():
        if word.isdigit():
            words.append(([-1, int(word)], []))
            continue
        letters: list[int] = []
        tones: list[int] = []
        for char in unicodedata.normalize("NFD", word):
            if char in TONES:
                tones.append(TONES.index(char) + 1)
            elif unicodedata.combining(char):
                previous = ALPHABET[letters.pop()]
                letters.append(ALPHABET.index(unicodedata.normalize("NFC", previous + char)))
            else:
                letters.append(ALPHABET.index(char))
        words.append((letters, tones))
    return words


@given(PHRASE, PHRASE)
def test_keys_order_texts_as_the_reference_does(first: str, second: str) -> None:
    ours = (sort_key(first) > sort_key(second)) - (sort_key(first) < sort_key(second))
    one, two = reference_key(first), reference_key(second)
    assert ours == (one > two) - (one < two)


@given(st.text(max_size=40))
def test_keys_are_ascii_and_ignore_composition_and_signs_around(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isprintable()
    assert sort_key(unicodedata.normalize("NFD", text)) == key
    assert sort_key(f"  “{text}” ") == key
    assert person_sort_key(text).isascii()


@given(PHRASE)
def test_case_does_not_count(text: str) -> None:
    assert sort_key(text.upper()) == sort_key(text)


def assert_in_order(texts: str) -> None:
    listed = [text.strip() for text in texts.split("|")]
    backwards = listed[::-1]
    backwards.sort(key=sort_key)
    assert backwards == listed


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert_in_order(" | ".join(ALPHABET))
    assert_in_order("can | cày | căn | cân | chân | da | dy | đa | đy | ea | êa | oa | ôa | ơa | pa | ua | ưa | va")


def test_tones_follow_the_vietnamese_order_and_only_break_ties() -> None:
    assert_in_order("ma | mà | mả | mã | má | mạ | mac | mai")
    assert_in_order("ba | ba ba | bà | bà con | bả | bã | bá | bạ | ban")


def test_numbers_go_by_size_and_before_letters() -> None:
    assert_in_order("2 | 10 | Quận 2 | Quận 10 | Quận 100 | Quận Ba | Quận Năm")
    assert_in_order("9/QĐ-SCT | 10/QĐ-SCT | 49/QĐ-SCT | 49/QĐ-UBND | 100/BC-SCT")
    assert_in_order(f"{'9' * 60} | a")


def test_other_scripts_follow_latin() -> None:
    assert_in_order("Zoë | Ω | 中")


def test_the_documented_key_is_the_key() -> None:
    assert sort_key("Hồ Ân 12") == "ho{ 1 a|n  112 "
    assert sort_key("") == ""


@given(NAME, NAME)
def test_people_sort_by_given_then_family_then_middle_names(first: str, second: str) -> None:
    def reference(name: str) -> "list[list[tuple[list[int], list[int]]]]":
        words = name.split()
        family = words[0] if len(words) > 1 else ""
        return [reference_key(words[-1]), reference_key(family), reference_key(" ".join(words[1:-1]))]

    ours = (person_sort_key(first) > person_sort_key(second)) - (person_sort_key(first) < person_sort_key(second))
    one, two = reference(first), reference(second)
    assert ours == (one > two) - (one < two)


def test_a_list_of_people_stands_as_offices_list_them() -> None:
    listed = [
        "Hồ Trần Hồng Ân",
        "Đại biểu 02",
        "Đại biểu 10",
        "Lê Thị Thanh Tâm",
        "Trương Thanh Nhàn",
    ]
    by_name = ["Đại biểu 02", "Đại biểu 10", "Hồ Trần Hồng Ân", "Trương Thanh Nhàn", "Lê Thị Thanh Tâm"]
    assert sorted(listed, key=person_sort_key) == by_name


def test_what_stands_beside_a_name_does_not_count() -> None:
    assert person_sort_key("Hồ Trần Hồng Ân (Chuyên viên)") == person_sort_key("Hồ Trần Hồng Ân")
    assert person_sort_key("Hồ Trần Hồng Ân, Chuyên viên") == person_sort_key("Hồ Trần Hồng Ân")
    assert person_sort_key("(Đại biểu)") == sort_key("biểu) (Đại")
    assert person_sort_key("  ") == ""

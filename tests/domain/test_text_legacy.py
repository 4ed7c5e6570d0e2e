"""TCVN3 and VNI: conversion against written-out tables, and careful recognition."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni

# Both tables were compared with UniKey and xvnkb; here they are written letter by letter.
# Vowel by vowel: plain tones huyền, sắc, hỏi, ngã, nặng, headed by the letter itself where it is no plain one.
SMALL_LETTERS = (
    "à á ả ã ạ  ă ằ ắ ẳ ẵ ặ  â ầ ấ ẩ ẫ ậ  đ  è é ẻ ẽ ẹ  ê ề ế ể ễ ệ  ì í ỉ ĩ ị  "
    "ò ó ỏ õ ọ  ô ồ ố ổ ỗ ộ  ơ ờ ớ ở ỡ ợ  ù ú ủ ũ ụ  ư ừ ứ ử ữ ự  ỳ ý ỷ ỹ ỵ"
)
TCVN3_CODES = (
    "µ ¸ ¶ · ¹  ¨ » ¾ ¼ ½ Æ  © Ç Ê È É Ë  ®  Ì Ð Î Ï Ñ  ª Ò Õ Ó Ô Ö  × Ý Ø Ü Þ  "
    "ß ã á â ä  « å è æ ç é  ¬ ê í ë ì î  ï ó ñ ò ô  \xad õ ø ö ÷ ù  ú ý û ü þ"
)
VNI_CODES = (
    "aø aù aû aõ aï  aê aè aé aú aü aë  aâ aà aá aå aã aä  ñ  eø eù eû eõ eï  eâ eà eá eå eã eä  ì í æ ó ò  "
    "oø où oû oõ oï  oâ oà oá oå oã oä  ô ôø ôù ôû ôõ ôï  uø uù uû uõ uï  ö öø öù öû öõ öï  yø yù yû yõ î"
)
SMALL = SMALL_LETTERS.split()
TO_TCVN3 = dict(zip(SMALL, TCVN3_CODES.split(), strict=True))
TO_VNI = dict(zip(SMALL, VNI_CODES.split(), strict=True))
TO_VNI_CAPITALS = {letter.upper(): code.upper() for letter, code in TO_VNI.items()}

PROSE = """Trong những năm qua, được sự quan tâm chỉ đạo của UBND tỉnh và Sở Công Thương, hoạt động khuyến công
ngày càng tạo được sức lan tỏa. Hoạt động khuyến công đã hỗ trợ, tiếp sức, khuyến khích nhiều doanh nghiệp, làng nghề
sản xuất công nghiệp, tiểu thủ công nghiệp mạnh dạn đầu tư, đổi mới dây chuyền thiết bị sản xuất, mở rộng quy mô sản
xuất, nâng cao chất lượng sản phẩm, liên kết, mở rộng thị trường, tạo việc làm, nâng cao hiệu suất lao động""".replace(
    "\n", " "
)
WORDS = sorted({word.strip(",.").lower() for word in PROSE.split(" ")})
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def to_tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(char, char) for char in text)


def to_vni(text: str) -> str:
    return "".join((TO_VNI | TO_VNI_CAPITALS).get(char, char) for char in text)


@pytest.mark.parametrize("letter", SMALL)
def test_every_letter_converts_from_both_encodings(letter: str) -> None:
    assert from_tcvn3("x" + TO_TCVN3[letter]) == "x" + letter
    assert from_tcvn3(f"KH{TO_TCVN3[letter]}NG") == f"KH{letter.upper()}NG"
    assert from_vni("x" + TO_VNI[letter]) == "x" + letter
    assert from_vni("X" + TO_VNI[letter].upper()) == "X" + letter.upper()


@pytest.mark.parametrize(("code", "letter"), list(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True)))
def test_the_capitals_tcvn3_has_convert(code: str, letter: str) -> None:
    assert from_tcvn3(code + "m") == letter + "m"


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Hå TrÇn Hång ¢n", "Hồ Trần Hồng Ân"),
        ("Së C¤NG TH¦¥NG", "SỞ CÔNG THƯƠNG"),
        ("TRUNG T¢M XT§T, TM Vµ PTCN", "TRUNG TÂM XTĐT, TM VÀ PTCN"),
        ("DANH S¸CH CéNG T¸C VI£N KHUYÕN C¤NG N¡M 2023", "DANH SÁCH CỘNG TÁC VIÊN KHUYẾN CÔNG NĂM 2023"),
        ("(KÌm theo QuyÕt ®Þnh sè 49/Q§-SCT ngµy 30/3/2023)", "(Kèm theo Quyết định số 49/QĐ-SCT ngày 30/3/2023)"),
        ("Ph\xadíc Hoµ", "Phước Hoà"),
        ("UBND x· Th\xadêng T©n", "UBND xã Thường Tân"),
        ("Sè TT", "Số TT"),
        ("Lª", "Lê"),
        ("", ""),
        ("49/2023 (a-b)", "49/2023 (a-b)"),
    ],
)
def test_converts_what_stands_in_old_tcvn3_workbooks(old: str, text: str) -> None:
    assert from_tcvn3(old) == text


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("Hoà Traàn Hoàng AÂn", "Hồ Trần Hồng Ân"),
        ("SÔÛ COÂNG THÖÔNG", "SỞ CÔNG THƯƠNG"),
        ("Quyeát ñònh soá 49/QÑ-SCT", "Quyết định số 49/QĐ-SCT"),
        ("Aân", "Ân"),
        ("Myõ Yù Lyù Kyø", "Mỹ Ý Lý Kỳ"),
    ],
)
def test_converts_what_stands_in_old_vni_files(old: str, text: str) -> None:
    assert from_vni(old) == text


@given(SENTENCES)
def test_sentences_survive_the_way_there_and_back(text: str) -> None:
    assert from_tcvn3(to_tcvn3(text)) == text
    assert from_vni(to_vni(text)) == text
    assert from_vni(to_vni(text.upper())) == text.upper()


@given(st.text(max_size=40))
def test_any_text_converts_to_nfc_and_breaks_nothing(text: str) -> None:
    for converted in (from_tcvn3(text), from_vni(text)):
        assert unicodedata.is_normalized("NFC", converted)
    if text.isascii():
        assert from_tcvn3(text) == from_vni(text) == text


def test_a_page_in_an_old_encoding_is_recognised_for_what_it_is() -> None:
    assert looks_like_tcvn3(to_tcvn3(PROSE))
    assert not looks_like_vni(to_tcvn3(PROSE))
    assert looks_like_vni(to_vni(PROSE))
    assert not looks_like_tcvn3(to_vni(PROSE))
    assert looks_like_vni(to_vni(PROSE.upper()))


@pytest.mark.parametrize("text", ["NÑ 45/2012/NÑ-CP", "49/QÑ-SCT", "49/Q§-SCT", "Hoà", "Ghi chó"])
def test_too_little_text_is_not_guessed_at(text: str) -> None:
    assert not looks_like_tcvn3(text)
    assert not looks_like_vni(text)


@given(SENTENCES)
def test_what_is_recognised_is_recognised_rightly(text: str) -> None:
    assert not looks_like_vni(to_tcvn3(text)) or from_vni(to_tcvn3(text)) == text
    assert not looks_like_tcvn3(to_vni(text)) or from_tcvn3(to_vni(text)) == text


@given(SENTENCES)
def test_real_unicode_vietnamese_is_never_taken_for_an_old_encoding(text: str) -> None:
    for form in (text, text.upper(), text.title(), unicodedata.normalize("NFD", text)):
        assert not looks_like_tcvn3(form)
        assert not looks_like_vni(form)


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "49/2023", "Hà", "Trí", "cà phê", "Hòa", "hoà", "Là", "Ý kiến", "HÀ", "LÊ VÂN", "Tôi có cô út"),
        *("Y Thông Mlô", "H'Hoa Niê", "Krông Nô", "café", "São Tomé", "Müller & Söhne", "naïve", "Ångström", "Zoë"),
        *("5 µm", "25 °C", "10 m²", "½", "© 2023", "Windows®", "«abc»", "a·b", "§ 5", "¡Hola!", "10 £", "5¢", "œuvre"),
        *("Năm 2023 – “Cơ sở 03”", "TRƯỜNG", "đ"),
    ],
)
def test_unicode_text_of_any_language_is_left_alone(text: str) -> None:
    assert not looks_like_tcvn3(text)
    assert not looks_like_vni(text)

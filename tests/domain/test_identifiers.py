"""Tax code, citizen id, phone, e-mail: what is taken, what is refused, what is hidden."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import identifiers
from kc_desktop.domain.identifiers import IdentifierError, Sex

DIGITS = "0123456789"
CHECKS = [
    identifiers.check_tax_code,
    identifiers.check_citizen_id,
    identifiers.check_phone,
    identifiers.check_email,
]
MASKS = [
    identifiers.mask_citizen_id,
    identifiers.mask_phone,
    identifiers.mask_email,
    identifiers.mask_bank_account,
]
TODAY = date(2023, 4, 13)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=length, max_size=length)


def tax_code(first_nine: str) -> str:
    """Work the check digit out in another way: the ten digits with weights … 3, 1 give 10 modulo 11."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3, 1)
    for last in DIGITS:
        if sum(int(digit) * weight for digit, weight in zip(first_nine + last, weights, strict=True)) % 11 == 10:
            return first_nine + last
    return ""


@given(st.sampled_from(CHECKS), st.text(max_size=25) | st.text(DIGITS + " .-+()@", max_size=16))
def test_a_checked_value_stays_as_it_is_when_checked_again(check: Callable[[str], str], text: str) -> None:
    try:
        value = check(text)
    except IdentifierError as refused:
        value = ""
        message = str(refused)
    else:
        message = "Ghi"
        assert check(value) == value
    assert value.isascii()
    assert any(word in message for word in ("Ghi", "gồm", "Đối chiếu", "từ 001"))


@given(st.sampled_from([*MASKS, identifiers.mask_tax_code]), st.text(max_size=30))
def test_hiding_never_fails(mask: Callable[[str], str], text: str) -> None:
    assert isinstance(mask(text), str)


@given(st.sampled_from(MASKS), digits(6) | digits(9) | digits(10) | digits(12) | digits(16))
def test_a_hidden_number_shows_at_most_half_of_its_digits(mask: Callable[[str], str], number: str) -> None:
    hidden = mask(number)
    assert len(hidden) == len(number)
    assert hidden.count("•") * 2 >= len(number)


# --- tax code ---


@given(digits(9), st.integers(1, 999))
def test_a_tax_code_with_the_right_check_digit_is_taken_and_no_other(first_nine: str, branch: int) -> None:
    right = tax_code(first_nine)
    for last in DIGITS:
        code = first_nine + last
        if code == right:
            assert identifiers.check_tax_code(code) == code
            assert identifiers.check_tax_code(f"{code}-{branch:03d}") == f"{code}-{branch:03d}"
            assert identifiers.check_tax_code(f" {code[:2]} {code[2:]}.{branch:03d}\u200b") == f"{code}-{branch:03d}"
        else:
            with pytest.raises(IdentifierError, match="số kiểm tra"):
                identifiers.check_tax_code(code)


def test_the_tax_codes_of_known_firms_pass() -> None:
    assert identifiers.check_tax_code("0100109106") == "0100109106"
    assert identifiers.check_tax_code("0300588569") == "0300588569"
    assert identifiers.check_tax_code("0100109106001") == "0100109106-001"


def test_a_person_may_use_the_personal_id_as_tax_code() -> None:
    assert identifiers.check_tax_code("079 083 012 345") == "079083012345"
    assert identifiers.mask_tax_code("079083012345") == "0790••••••45"
    assert identifiers.mask_tax_code("0100109106") == "0100109106"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có mã số thuế"),
        ("MST 0100109106", "chỉ gồm chữ số"),
        ("100109106", "thiếu số 0 ở đầu"),
        ("01001091", "đang có 8 chữ số"),
        ("0100109106-01", "đủ 3 chữ số"),
        ("0100109106-000", "từ 001 đến 999"),
        ("0100109107", "số kiểm tra"),
        ("٠١٠٠١٠٩١٠٦", "chỉ gồm chữ số"),
    ],
)
def test_a_wrong_tax_code_is_refused_with_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        identifiers.check_tax_code(text)


# --- citizen id ---


@given(digits(12) | digits(9))
def test_a_citizen_id_is_twelve_digits_or_an_old_nine_however_they_are_spaced(number: str) -> None:
    if number.strip("0"):
        assert identifiers.check_citizen_id(number) == number
        assert identifiers.check_citizen_id(identifiers.format_citizen_id(number)) == number
        assert identifiers.check_citizen_id(f"{number[:3]}.{number[3:]}-") == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có số căn cước"),
        ("07908301234A", "chỉ gồm chữ số"),
        ("79083012345", "thiếu số 0 ở đầu"),
        ("0790830123456", "đang có 13 chữ số"),
        ("000000000000", "toàn số 0"),
    ],
)
def test_a_wrong_citizen_id_is_refused_with_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        identifiers.check_citizen_id(text)


@pytest.mark.parametrize(
    ("number", "place", "sex", "year"),
    [
        ("079083012345", "079", Sex.MALE, 1983),
        ("074183012345", "074", Sex.FEMALE, 1983),
        ("001205012345", "001", Sex.MALE, 2005),
        ("001300012345", "001", Sex.FEMALE, 2000),
        ("001400012345", "001", Sex.MALE, 2100),
    ],
)
def test_a_citizen_id_tells_place_sex_and_year(number: str, place: str, sex: Sex, year: int) -> None:
    parts = identifiers.read_citizen_id(number)
    assert parts is not None
    assert (parts.place_code, parts.sex, parts.birth_year) == (place, sex, year)


def test_what_contradicts_the_record_is_a_warning() -> None:
    warnings = identifiers.citizen_id_warnings
    assert warnings("079083012345", birth_year=1983, sex=Sex.MALE, today=TODAY) == ()
    assert warnings("079083012345", today=TODAY) == ()
    assert "1983, khác năm đã ghi 1984" in warnings("079083012345", birth_year=1984, today=TODAY)[0]
    assert "giới tính là nam" in warnings("079083012345", sex=Sex.FEMALE, today=TODAY)[0]
    assert "Ba số đầu 003" in warnings("003083012345", today=TODAY)[0]
    assert "chưa tới" in warnings("079299012345", today=TODAY)[0]
    assert warnings("079083012345", today=TODAY, place_codes=()) != ()
    assert len(warnings("003399012345", birth_year=1984, sex=Sex.MALE, today=TODAY)) == 4
    assert warnings("280123456", birth_year=1984, sex=Sex.MALE) == ()
    assert identifiers.read_citizen_id("280123456") is None


def test_there_were_sixty_three_provinces() -> None:
    assert len(identifiers.BIRTH_PLACE_CODES) == 63
    assert {"001", "074", "077", "079", "096"} <= identifiers.BIRTH_PLACE_CODES


def test_a_citizen_id_is_shown_in_threes_or_hidden() -> None:
    assert identifiers.format_citizen_id("079012345634") == "079 012 345 634"
    assert identifiers.format_citizen_id("chưa rõ") == "chưa rõ"
    assert identifiers.mask_citizen_id("079012345634") == "0790••••••34"
    assert identifiers.mask_citizen_id("079 012 345 634") == "0790••••••34"
    assert identifiers.mask_citizen_id("280123456") == "•••••••56"
    assert identifiers.mask_citizen_id("12") == "••"


# --- phone ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0989966880", "0989966880"),
        ("0989 966 880", "0989966880"),
        ("0989.966.880", "0989966880"),
        ("0989-966-880", "0989966880"),
        ("+84 989 966 880", "0989966880"),
        ("+84 (0)989 966 880", "0989966880"),
        ("0084989966880", "0989966880"),
        ("84989966880", "0989966880"),
        ("989966880", "0989966880"),
        ("989966880.0", "0989966880"),
        ("0843123456", "0843123456"),
        ("843123456", "0843123456"),
        ("(0274) 3814 163", "02743814163"),
        ("+84 274 3814 163", "02743814163"),
        ("842743814163", "02743814163"),
        ("2743814163", "02743814163"),
        ("024 3825 5555", "02438255555"),
    ],
)
def test_a_phone_number_is_kept_as_digits_with_its_zero(text: str, number: str) -> None:
    assert identifiers.check_phone(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có số điện thoại"),
        ("0958847422", "đầu số 0958"),
        ("098996688", "đang có 9 chữ số"),
        ("0989966880; 0274 3814 163", "mỗi ô một số"),
        ("0989966880 0989966881", "đang có 20 chữ số"),
        ("gọi sau", "chỉ gồm chữ số"),
        ("+1 202 555 0100", "chỉ gồm chữ số"),
        ("113", "đang có 3 chữ số"),
    ],
)
def test_a_wrong_phone_number_is_refused_with_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        identifiers.check_phone(text)


@given(st.from_regex(r"\A0(3[2-9]|5[2589]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}\Z|\A02[0-9]{9}\Z"))
def test_every_way_to_write_a_number_gives_the_same_number(number: str) -> None:
    for written in (number, number[1:], f"+84{number[1:]}", f"+84 {number}", f"0084{number[1:]}", f"84{number[1:]}"):
        assert identifiers.check_phone(written) == number
    assert identifiers.check_phone(identifiers.format_phone(number)) == number


def test_a_phone_number_is_shown_in_groups_or_hidden() -> None:
    assert identifiers.format_phone("0989966880") == "0989 966 880"
    assert identifiers.format_phone("02743814163") == "0274 3814 163"
    assert identifiers.format_phone("02438255555") == "024 3825 5555"
    assert identifiers.format_phone("gọi sau") == "gọi sau"
    assert identifiers.mask_phone("0989966880") == "098•••••80"


# --- e-mail and bank account ---


def test_an_email_address_is_trimmed_and_its_domain_lowered() -> None:
    assert identifiers.check_email("  Ten.Ho+x@SCT.BinhDuong.GOV.vn\u200b ") == "Ten.Ho+x@sct.binhduong.gov.vn"


@pytest.mark.parametrize(
    "text",
    ["", "abc", "a@b", "a b@c.vn", "a@c..vn", "a@-c.vn", ".a@c.vn", "tên@c.vn", "a@c.vn; d@e.vn", f"{'a' * 250}@c.vn"],
)
def test_a_wrong_email_address_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(IdentifierError, match="Ghi địa chỉ dạng"):
        identifiers.check_email(text)


def test_email_and_account_are_hidden_but_for_a_hint() -> None:
    assert identifiers.mask_email("ten@coquan.gov.vn") == "t•••@coquan.gov.vn"
    assert identifiers.mask_email("không rõ") == "••••••••"
    assert identifiers.mask_bank_account("0123 4567 890") == "•••••••7890"
    assert identifiers.mask_bank_account("12345") == "•••••"


@given(st.text(max_size=20))
def test_showing_leaves_alone_what_it_does_not_know(text: str) -> None:
    if not any(char.isdigit() for char in text):
        assert identifiers.format_tax_code(text) == text
        assert identifiers.format_citizen_id(text) == text
        assert identifiers.format_phone(text) == text
        assert identifiers.format_email(text) == text

"""Amounts: print, read, share out, percentages."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import money
from kc_desktop.domain.money import MoneyError

AMOUNTS = st.integers(-money.MAX_AMOUNT_VND, money.MAX_AMOUNT_VND)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5978000000", 5_978_000_000),
        ("5.978.000.000", 5_978_000_000),
        ("5 978 000 000", 5_978_000_000),
        ("5\u00a0978\u00a0000\u00a0000", 5_978_000_000),
        ("5\u202f978\u202f000\u202f000 \u20ab", 5_978_000_000),
        ("  5.978.000.000  ", 5_978_000_000),
        ("\ufeff5.978.000.000\u200b", 5_978_000_000),
        ("0", 0),
        ("000", 0),
        ("05 triệu", 5_000_000),
        ("5.978", 5_978),
        ("5,978 tỷ", 5_978_000_000),
        ("5,978 tỉ đồng", 5_978_000_000),
        ("2.735 triệu", 2_735_000_000),
        ("2.735 triệu đồng", 2_735_000_000),
        ("2.735,5 triệu đồng", 2_735_500_000),
        ("5.978,000 triệu", 5_978_000_000),
        ("2,735 triệu", 2_735_000),
        ("1.234.567 triệu", 1_234_567_000_000),
        ("5 tỷ 978 triệu", 5_978_000_000),
        ("5 tỷ 978 triệu đồng", 5_978_000_000),
        ("5 TỶ 978 TRIỆU ĐỒNG", 5_978_000_000),
        ("5tỷ978tr", 5_978_000_000),
        ("5 ty 978 trieu dong", 5_978_000_000),
        ("5 tỷ 978,5 triệu", 5_978_500_000),
        ("5 tỷ 978", 5_978_000_000),
        ("5 tỷ 978.000.000", 5_978_000_000),
        ("5 tỷ 978.000.000 đồng", 5_978_000_000),
        ("5 tỷ 8 nghìn", 5_000_008_000),
        ("1 tỷ 2 triệu 3 nghìn 456 đồng", 1_002_003_456),
        ("2,5 tr", 2_500_000),
        ("120 tr.đ", 120_000_000),
        ("-1,5 tr. đồng", -1_500_000),
        ("2 tr 500", 2_500_000),
        ("2 triệu 500.000", 2_500_000),
        ("0,5 triệu", 500_000),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000),
        ("5 nghìn 500 đồng", 5_500),
        ("1,2 nghìn tỷ", 1_200_000_000_000),
        ("1.500 tỷ", 1_500_000_000_000),
        ("1 triệu tỷ", 10**15),
        ("1000 triệu tỷ", 10**18),
        ("5.000 đồng", 5_000),
        ("5.000đ", 5_000),
        ("5.000 VND", 5_000),
        ("5.000 VNĐ", 5_000),
        ("VND 5.000", 5_000),
        ("₫5.000", 5_000),
        ("5.000 đồng chẵn", 5_000),
        ("5.000 đồng.", 5_000),
        ("5.000 đồng./.", 5_000),
        ("5.000./.", 5_000),
        ("1,234,567", 1_234_567),
        ("1,234,567.00", 1_234_567),
        ("1,234.00", 1_234),
        ("1.234.567,00", 1_234_567),
        ("1.234,0", 1_234),
        ("5978000000.0", 5_978_000_000),
        ("5978000000,00", 5_978_000_000),
        ("-5.000", -5_000),
        ("−5.000 đồng", -5_000),
        ("- 5 tỷ 978 triệu", -5_978_000_000),
        ("(5.000)", -5_000),
        ("(5.000 đồng)", -5_000),
        ("(5.000) đồng", -5_000),
        ("1.000.000.000.000.000.000", 10**18),
    ],
)
def test_reads_an_amount_as_people_write_it(text: str, amount: int) -> None:
    assert money.parse(text) == amount
    assert money.parse(unicodedata.normalize("NFD", text)) == amount


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có số tiền"),
        (" \u00a0 ", "Chưa có số tiền"),
        ("./.", "Chưa có số tiền"),
        ("đồng", "Chưa có số tiền"),
        ("-", "Chưa có số tiền"),
        ("5,978", "có thể hiểu hai cách"),
        ("5,978 đồng", "có thể hiểu hai cách"),
        ("12,5", "chưa có đơn vị"),
        ("5,00", "chưa có đơn vị"),
        ("1.234,5", "chưa có đơn vị"),
        ("5.978,000", "chưa có đơn vị"),
        ("5,978.000", "Ghi số tiền như"),
        ("1.5 tỷ", "1,5 tỷ"),
        ("5.97", "5,97 tỷ"),
        ("0.978 tỷ", "0,978 tỷ"),
        ("1.50 triệu", "Dấu chấm chỉ tách"),
        ("5.978.00", "Dấu chấm chỉ tách"),
        ("5978.000.000", "Dấu chấm chỉ tách"),
        ("5.", "không phải là một số"),
        ("5,", "không phải là một số"),
        ("5,,9", "không phải là một số"),
        ("5..978", "không phải là một số"),
        ("5 978.000", "không phải là một số"),
        ("12 34", "không phải là một số"),
        ("0 978 000", "không phải là một số"),
        ("0,978,000", "không phải là một số"),
        ("1,234,567.50", "tròn đồng"),
        ("0,0000000005 tỷ", "tròn đồng"),
        ("1,2345 k", "tròn đồng"),
        ("5 tỷ 9", "chưa rõ đơn vị"),
        ("5 tỷ 90", "chưa rõ đơn vị"),
        ("5 tỷ 978.500", "chưa rõ đơn vị"),
        ("5 tỷ 978 đồng", "chưa rõ đơn vị"),
        ("2 triệu 5", "chưa rõ đơn vị"),
        ("978 triệu 5 tỷ", "nhỏ dần"),
        ("5 triệu 6 triệu", "nhỏ dần"),
        ("5 tỷ 1.978 triệu", "nhỏ dần"),
        ("1 nghìn 200 tỷ", "nhỏ dần"),
        ("5,9 tỷ 78 triệu", "số cuối cùng"),
        ("năm tỷ", "Không hiểu “năm”"),
        ("5 tấn", "Không hiểu “tấn”"),
        ("1e9", "Không hiểu “e”"),
        ("tỷ", "Thiếu chữ số"),
        ("5 triệu tr", "Hai đơn vị"),
        ("5 đồng 3 triệu", "ở cuối số tiền"),
        ("5 đ đ", "ở cuối số tiền"),
        ("--5", "không thuộc số tiền"),
        ("5/6", "không thuộc số tiền"),
        ("5%", "không thuộc số tiền"),
        ("=1+1", "không thuộc số tiền"),
        ("٥", "không thuộc số tiền"),
        ("1.000.000.000.000.000.001", "lớn quá mức"),
        ("1001 triệu tỷ", "lớn quá mức"),
        ("9" * 5000, "quá dài"),
    ],
)
def test_refuses_what_is_not_clearly_an_amount_and_says_why(text: str, reason: str) -> None:
    with pytest.raises(MoneyError, match=r"[Gg]hi|[Kk]iểm tra|ví dụ") as caught:
        money.parse(text)
    assert reason in str(caught.value)


@given(st.text(max_size=30) | st.text(alphabet="0123456789., tỷriệunghđồk()-", max_size=20))
def test_any_text_is_read_or_refused_in_vietnamese_and_never_breaks(text: str) -> None:
    try:
        amount = money.parse(text)
    except MoneyError as refused:
        outcome = str(refused)
    else:
        outcome = money.format_vnd(amount)
        assert abs(amount) <= money.MAX_AMOUNT_VND
    assert outcome


@given(AMOUNTS, st.booleans())
def test_a_printed_amount_reads_back(amount: int, unit: bool) -> None:
    printed = money.format_vnd(amount, unit=unit)
    assert money.parse(printed) == amount
    assert money.parse(str(amount)) == amount


@given(st.integers(10**6, money.MAX_AMOUNT_VND))
def test_english_grouping_of_two_or_more_groups_reads_back(amount: int) -> None:
    assert money.parse(f"{amount:,} VND") == amount
    assert money.parse(f"{amount:,}.00") == amount


@given(st.integers(1000, 999_999))
def test_one_comma_group_without_a_unit_is_always_refused(amount: int) -> None:
    with pytest.raises(MoneyError):
        money.parse(f"{amount:,}")


@given(AMOUNTS)
def test_million_is_exact_and_reads_back(amount: int) -> None:
    assert money.parse(money.format_million(amount) + " triệu") == amount


@pytest.mark.parametrize(
    ("amount", "vnd", "million"),
    [
        (5_978_000_000, "5.978.000.000", "5.978"),
        (2_735_500_000, "2.735.500.000", "2.735,5"),
        (0, "0", "0"),
        (1, "1", "0,000001"),
        (999, "999", "0,000999"),
        (1_000, "1.000", "0,001"),
        (-500_000, "-500.000", "-0,5"),
        (-2_735_000_000, "-2.735.000.000", "-2.735"),
    ],
)
def test_prints_dong_and_millions(amount: int, vnd: str, million: str) -> None:
    assert money.format_vnd(amount) == vnd
    assert money.format_vnd(amount, unit=True) == vnd + " đồng"
    assert money.format_million(amount) == million


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (5_804, 5_978, "97,09 %"),
        (0, 5_978, "0,00 %"),
        (5_978, 5_978, "100,00 %"),
        (1, 3, "33,33 %"),
        (2, 3, "66,67 %"),
        (1, 20_000, "0,01 %"),
        (1, 20_001, "0,00 %"),
        (-1, 3, "-33,33 %"),
        (1, -3, "-33,33 %"),
        (-1, 10**9, "0,00 %"),
        (25, 2, "1.250,00 %"),
        (10**18, 10**18 - 1, "100,00 %"),
        (1, 0, "—"),
        (0, 0, "—"),
    ],
)
def test_prints_a_percentage_rounded_half_up(numerator: int, denominator: int, text: str) -> None:
    assert money.format_percent(numerator, denominator) == text


@given(AMOUNTS, st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any))
def test_sharing_out_loses_nothing_and_stays_within_one_of_the_exact_share(total: int, weights: list[int]) -> None:
    shares = money.apportion(total, weights)
    whole = sum(weights)
    assert sum(shares) == total
    assert len(shares) == len(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * whole - total * weight) < whole
        assert weight or not share
    assert money.apportion(-total, weights) == tuple(-share for share in shares)


def test_sharing_out_gives_the_largest_remainders_first_and_ties_to_the_first() -> None:
    assert money.apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert money.apportion(10, [6, 3, 1]) == (6, 3, 1)
    assert money.apportion(7, [2, 2, 3]) == (2, 2, 3)
    assert money.apportion(0, []) == ()
    assert money.apportion(0, [0, 0]) == (0, 0)


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1]])
def test_sharing_out_refuses_weights_that_cannot_carry_the_amount(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weight"):
        money.apportion(5, weights)

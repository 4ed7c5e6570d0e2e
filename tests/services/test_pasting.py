"""A block copied from Excel or a web page comes in as the values it shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.money import format_million, format_vnd
from kc_desktop.services import pasting
from kc_desktop.services.pasting import MILLION, THOUSAND, CellError


def test_a_block_comes_apart_into_rows_of_one_width_without_empty_ones() -> None:
    block = "Nội dung\tSố tiền\t\r\n\t\t\r\nMáy cắt\t1.000\r\n  Chạy thử \t\r\n"
    assert pasting.parse_block(block) == (("Nội dung", "Số tiền"), ("Máy cắt", "1.000"), ("Chạy thử", ""))


def test_a_quoted_cell_keeps_its_line_ends_tabs_and_quotes() -> None:
    block = '"Máy ""CNC""\nhai đầu"\t5\n"chưa đóng\t6\n12" inch\t7'
    assert pasting.parse_block(block) == (('Máy "CNC"\nhai đầu', "5"), ('"chưa đóng', "6"), ('12" inch', "7"))


@given(st.text(max_size=300))
def test_whatever_is_pasted_gives_rows_of_one_width_with_something_in_each(text: str) -> None:
    rows = pasting.parse_block(text)
    assert len({len(row) for row in rows}) <= 1
    assert all(any(row) for row in rows)


@given(st.lists(st.lists(st.from_regex(r"[a-zđ0-9\"\n]{1,6}", fullmatch=True), min_size=2, max_size=2), max_size=6))
def test_a_block_quoted_as_excel_quotes_it_comes_back(rows: list[list[str]]) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(char in cell for char in '"\n\t') else cell

    cleaned = [tuple(cell.strip("\n") for cell in row) for row in rows]
    kept = tuple(row for row in cleaned if any(row))
    if all(row[1] or any(each[1] for each in kept) for row in kept):
        block = "\r\n".join("\t".join(quoted(cell) for cell in row) for row in rows)
        assert pasting.parse_block(block) == kept


@pytest.mark.parametrize(
    ("cell", "unit", "machine", "expected"),
    [
        ("", 1, False, None),
        (" - ", 1, False, 0),
        ("5.978.000.000", 1, False, 5_978_000_000),
        ("5978000000", 1, False, 5_978_000_000),
        ("5,978,000,000", 1, True, 5_978_000_000),
        ("1,234", 1, True, 1_234),
        ("123.00", 1, True, 123),
        ("(1,234.00)", 1, True, -1_234),
        ("2.735", MILLION, False, 2_735_000_000),
        ("2.735,5", MILLION, False, 2_735_500_000),
        ("12.5", MILLION, True, 12_500_000),
        ("2,735.50", MILLION, True, 2_735_500_000),
        ("(2.735)", MILLION, False, -2_735_000_000),
        ("150", THOUSAND, False, 150_000),
        ("2 tỷ", MILLION, False, 2_000_000_000),
        ("100", 1, True, 100),
    ],
)
def test_an_amount_is_read_in_the_unit_and_style_of_its_column(
    cell: str, unit: int, machine: bool, expected: int | None
) -> None:
    assert pasting.amount(cell, unit, machine=machine) == expected


@pytest.mark.parametrize("cell", ["abc", "1.5", "5,978", "1,5 đồng", "12 34"])
def test_a_doubtful_amount_is_refused_in_words(cell: str) -> None:
    with pytest.raises(CellError, match=r"[.]"):
        pasting.amount(cell)


@given(st.integers(-(10**15), 10**15))
def test_what_the_screen_shows_is_read_back_as_the_same_amount(amount: int) -> None:
    assert pasting.amount(format_vnd(amount)) == amount
    assert pasting.amount(format_million(amount), MILLION) == amount
    assert pasting.amount(f"{amount:,}.00", machine=True) == amount


def test_the_style_of_numbers_is_judged_from_the_whole_column() -> None:
    assert pasting.is_machine_style(["Số tiền", "1,234,567", "1,234", "5"])
    assert pasting.is_machine_style(["1,234.50"])
    assert not pasting.is_machine_style(["1.234.567", "5.000"])
    assert not pasting.is_machine_style(["12.5", "2,5"])
    assert not pasting.is_machine_style([])


def test_a_number_is_read_exactly() -> None:
    assert pasting.number("1.250,75") == Decimal("1250.75")
    assert pasting.number("0.5", machine=True) == Decimal("0.5")
    assert pasting.number("") is None
    with pytest.raises(CellError, match="chưa phải là một số"):
        pasting.number("ba cái")


@pytest.mark.parametrize("cell", ["13/04/2023", "13/4/23", "2023-04-13", "13/04/2023 00:00:00", "45029", "13.4.2023"])
def test_a_day_is_read_however_excel_shows_it(cell: str) -> None:
    assert pasting.day(cell, today=date(2023, 6, 1)) == date(2023, 4, 13)


def test_a_cell_that_is_no_day_is_refused_in_words() -> None:
    assert pasting.day("  ") is None
    with pytest.raises(CellError, match="chưa phải là ngày"):
        pasting.day("tháng tư")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "Tổng cộng", "5.000"), True),
        (("TỔNG CỘNG (I+II):", "", "5.000"), True),
        (("Cộng phát sinh trong kỳ", "1"), True),
        (("Số dư cuối kỳ", "1"), True),
        (("1", "Tổng hợp số liệu", "5.000"), False),
        (("1", "Cộng tác viên", "5.000"), False),
        (("1", "2"), False),
    ],
)
def test_a_row_of_totals_is_told_from_data(row: tuple[str, ...], expected: bool) -> None:
    assert pasting.is_total_row(row) is expected


def test_columns_are_found_by_the_words_above_them() -> None:
    rows = (
        ("SAO KÊ TÀI KHOẢN", "", "", ""),
        ("STT", "Ngày hạch toán", "Diễn giải", "Số tiền"),
        ("1", "13/4/2023", "Chi hỗ trợ", "5.000"),
    )
    wanted = {"day": ("ngày",), "content": ("nội dung", "diễn giải"), "amount": ("số tiền",)}
    assert pasting.heading_row(rows, wanted) == 1
    assert pasting.columns_by_heading(rows, wanted) == {"day": 1, "content": 2, "amount": 3}
    assert pasting.columns_by_heading(rows[2:], wanted) == {}

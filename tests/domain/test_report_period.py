"""Parts of a year: each has one code and one name, its days are there in every year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.report_period import PERIODS, between, of_code

YEARS = st.sampled_from([2023, 2024])


@given(year=YEARS, days=st.tuples(st.integers(0, 364), st.integers(0, 364)))
def test_days_make_a_period_that_its_code_finds_again_and_that_begins_and_ends_with_them(
    year: int, days: tuple[int, int]
) -> None:
    first, last = (date.fromordinal(date(year, 1, 1).toordinal() + each) for each in sorted(days))
    period = between(first, last)
    assert of_code(period.code) == period
    assert (period.first_day(year), period.last_day(year)) == (first, last)
    for other in (2022, 2023, 2024):
        assert period.first_day(other) <= period.last_day(other)


@pytest.mark.parametrize(
    ("first", "last", "code", "words", "until"),
    [
        ((1, 1), (12, 31), "", "năm 2023", "năm 2023"),
        ((4, 1), (6, 30), "q2", "quý II năm 2023", "quý II năm 2023"),
        ((1, 1), (2, 28), "m2", "2 tháng đầu năm 2023", "2 tháng đầu năm 2023"),
        ((7, 1), (12, 31), "h2", "6 tháng cuối năm 2023", "năm 2023"),
        ((3, 1), (7, 31), "0301-0731", "từ tháng 3 đến tháng 7 năm 2023", "tháng 7 năm 2023"),
        ((2, 1), (2, 28), "0201-0229", "tháng 02 năm 2023", "tháng 02 năm 2023"),
        (
            (3, 15),
            (9, 20),
            "0315-0920",
            "từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2023",
            "ngày 20 tháng 9 năm 2023",
        ),
        ((1, 5), (2, 28), "0105-0229", "từ ngày 05 tháng 01 đến hết tháng 02 năm 2023", "tháng 02 năm 2023"),
        ((3, 1), (3, 9), "0301-0309", "từ ngày 01 tháng 3 đến ngày 09 tháng 3 năm 2023", "ngày 09 tháng 3 năm 2023"),
        ((5, 5), (5, 5), "0505-0505", "ngày 05 tháng 5 năm 2023", "ngày 05 tháng 5 năm 2023"),
    ],
)
def test_a_period_is_called_what_papers_call_it(
    first: tuple[int, int], last: tuple[int, int], code: str, words: str, until: str
) -> None:
    period = between(date(2023, *first), date(2023, *last))
    assert (period.code, period.words(2023), period.end_words(2023)) == (code, words, until)


@pytest.mark.parametrize("code", ["0101-1231", "0401-0630", "0230-0301", "0920-0315", "x", "2021-2031", "2025-2021"])
def test_days_that_are_none_and_codes_of_what_has_another_are_not_known(code: str) -> None:
    assert of_code(code) is None


def test_the_periods_with_names_are_found_by_their_days() -> None:
    for each in PERIODS:
        assert between(each.first_day(2023), each.last_day(2023)) == each


def test_days_of_two_years_are_no_part_of_a_year() -> None:
    with pytest.raises(ValueError, match="no part of a year"):
        between(date(2023, 12, 1), date(2024, 1, 1))

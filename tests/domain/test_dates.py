"""Dates and times of day: read what people type, print what papers want."""

import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain import dates
from kc_desktop.domain.dates import DateError

TODAY = date(2023, 4, 13)
DATES = st.dates(date(dates.FIRST_YEAR, 1, 1), date(dates.LAST_YEAR, 12, 31))
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    "text",
    [
        "13/4/2023",
        "13/04/2023",
        "13-04-2023",
        "13.4.2023",
        "13.4.23",
        "13 4 2023",
        "13 / 4 / 2023",
        " 13/4/2023\n",
        "\u00a013/4/2023",
        "13/4",
        "13-4",
        "2023-04-13",
        "2023/4/13",
        "ngày 13 tháng 4 năm 2023",
        "Ngày 13 tháng 04 năm 2023",
        "13 tháng 4",
    ],
)
def test_reads_a_date_as_people_write_it(text: str) -> None:
    assert dates.parse_date(text, today=TODAY) == TODAY
    assert dates.parse_date(unicodedata.normalize("NFD", text), today=TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có ngày"),
        ("hôm qua", "chưa phải là ngày"),
        ("x" * 500, "chưa phải là ngày"),
        ("13/4-2023", "chưa phải là ngày"),
        ("13/4/202", "chưa phải là ngày"),
        ("13042023", "chưa phải là ngày"),
        ("13", "chưa phải là ngày"),
        ("31/02/2023", "Tháng 2 năm 2023 có 28 ngày"),
        ("29/2/2023", "Tháng 2 năm 2023 có 28 ngày"),
        ("30/2/2024", "Tháng 2 năm 2024 có 29 ngày"),
        ("31/4", "Tháng 4 năm 2023 có 30 ngày"),
        ("0/4/2023", "không có ngày 0"),
        ("32/4/2023", "không có ngày 32"),
        ("4/13/2023", "Ghi ngày trước, tháng sau"),
        ("13/0/2023", "Không có tháng 0"),
        ("13/4/1899", "Năm 1899"),
        ("13/4/2200", "Năm 2200"),
        ("0000-01-01", "Năm 0"),
        ("٣/٤/٢٠٢٣", "chưa phải là ngày"),
    ],
)
def test_refuses_what_is_no_date_and_says_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(DateError, match="Ghi") as caught:
        dates.parse_date(text, today=TODAY)
    assert reason in str(caught.value)


def test_without_a_given_today_the_clock_is_asked() -> None:
    assert dates.parse_date("1/1").month == 1


@pytest.mark.parametrize(("text", "year"), [("1/1/23", 2023), ("1/1/53", 2053), ("1/1/54", 1954), ("1/1/99", 1999)])
def test_a_two_digit_year_lies_at_most_thirty_years_ahead(text: str, year: int) -> None:
    assert dates.parse_date(text, today=TODAY).year == year


@given(DATES)
def test_every_printed_date_reads_back(value: date) -> None:
    assert dates.parse_date(dates.format_date(value)) == value
    assert dates.parse_date(dates.long_date(value)) == value
    assert dates.parse_date(value.isoformat()) == value
    assert dates.parse_date(f"{value.day}/{value.month}", today=value) == value


@given(st.text(max_size=20) | st.text(alphabet="0123456789/-. :hgiờ", max_size=12))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    for read in (dates.parse_date, dates.parse_time):
        outcome: object
        try:
            outcome = read(text)
        except DateError as refused:
            outcome = str(refused)
        assert outcome is not None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"),
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2023, 3, 30), "ngày 30 tháng 3 năm 2023"),
        (date(2023, 9, 9), "ngày 09 tháng 9 năm 2023"),
        (date(2023, 10, 10), "ngày 10 tháng 10 năm 2023"),
    ],
)
def test_a_paper_date_has_zeros_for_days_below_ten_and_months_one_and_two(value: date, text: str) -> None:
    assert dates.long_date(value) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8h30", time(8, 30)),
        ("8 giờ 30", time(8, 30)),
        ("8 giờ 30 phút", time(8, 30)),
        ("08 giờ 30", time(8, 30)),
        ("08:30", time(8, 30)),
        ("8 : 30", time(8, 30)),
        ("8g30'", time(8, 30)),
        ("8H30", time(8, 30)),
        ("14g", time(14)),
        ("14h", time(14)),
        ("14 giờ", time(14)),
        ("14", time(14)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_reads_a_time_as_people_write_it(text: str, value: time) -> None:
    assert dates.parse_time(text) == value
    assert dates.parse_time(unicodedata.normalize("NFD", text)) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Chưa có giờ"),
        ("24:00", "giờ từ 0 đến 23"),
        ("8h60", "phút từ 0 đến 59"),
        ("2 giờ chiều", "chưa phải là giờ"),
        ("8.30", "chưa phải là giờ"),
        ("0830", "chưa phải là giờ"),
        ("sáng", "chưa phải là giờ"),
        ("8:30:00", "chưa phải là giờ"),
    ],
)
def test_refuses_what_is_no_time_and_says_what_is_allowed(text: str, reason: str) -> None:
    with pytest.raises(DateError, match="Ghi giờ") as caught:
        dates.parse_time(text)
    assert reason in str(caught.value)


@given(TIMES)
def test_every_printed_time_reads_back(value: time) -> None:
    assert dates.parse_time(dates.format_time(value)) == value
    assert dates.parse_time(dates.clock(value)) == value


def test_paper_and_screen_write_a_time_each_in_its_way() -> None:
    assert dates.format_time(time(8, 30)) == "08 giờ 30"
    assert dates.format_time(time(14)) == "14 giờ 00"
    assert dates.clock(time(8, 5)) == "08:05"

"""Conditions as they are typed under a heading: read as Excel people mean them, written so that they read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.conditions import PERIODS, Condition, ConditionError, Operator, is_period, period_days, resolved
from kc_desktop.domain.fields import Choices, Kind, Value
from kc_desktop.domain.typed_conditions import condition_words, parse, typed_text

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column to be filtered."""

    key: str
    label: str
    kind: Kind
    unit: str = ""
    choices: Choices = ()


NAME = Column(key="name", label="Tên đề án", kind=Kind.LINE)
MONEY = Column(key="amount_vnd", label="Kinh phí", kind=Kind.MONEY, unit="đồng")
YEAR = Column(key="year", label="Năm", kind=Kind.INTEGER)
RATE = Column(key="rate", label="Tỷ lệ", kind=Kind.DECIMAL, unit="%")
DAY = Column(key="held_on", label="Ngày họp", kind=Kind.DATE)
STATE = Column(
    key="state",
    label="Trạng thái",
    kind=Kind.CHOICE,
    choices=(("draft", "Nháp"), ("running", "Đang thực hiện"), ("stopped", "Ngừng thực hiện"), ("done", "Thực hiện")),
)
FLAG = Column(key="is_key", label="Điểm", kind=Kind.FLAG)
Op = Operator


@pytest.mark.parametrize(
    ("column", "typed", "operator", "values"),
    [
        (NAME, "máy", Op.CONTAINS, ("máy",)),
        (NAME, "*máy*", Op.CONTAINS, ("máy",)),
        (NAME, "hỗ trợ*", Op.BEGINS, ("hỗ trợ",)),
        (NAME, "= Hội chợ ", Op.EQUAL, ("Hội chợ",)),
        (NAME, "<>nháp", Op.UNEQUAL, ("nháp",)),
        (NAME, "=", Op.EMPTY, ()),
        (NAME, "<>", Op.FILLED, ()),
        (NAME, '"Sở ""A"""; "B; C"', Op.ANY_OF, ('Sở "A"', "B; C")),
        (MONEY, ">5000000", Op.ABOVE, (5_000_000,)),
        (MONEY, "≥ 2,5 tỷ", Op.AT_LEAST, (2_500_000_000,)),
        (MONEY, "<=5.000.000", Op.AT_MOST, (5_000_000,)),
        (MONEY, "=200tr", Op.EQUAL, (200_000_000,)),
        (MONEY, "200tr", Op.EQUAL, (200_000_000,)),
        (MONEY, "<>0", Op.UNEQUAL, (0,)),
        (MONEY, "5-10", Op.BETWEEN, (5, 10)),
        (MONEY, "5 - 10 triệu", Op.BETWEEN, (5_000_000, 10_000_000)),
        (MONEY, "từ 10 triệu đến 5 triệu", Op.BETWEEN, (5_000_000, 10_000_000)),
        (MONEY, "-5", Op.EQUAL, (-5,)),
        (MONEY, "đến 5 triệu", Op.AT_MOST, (5_000_000,)),
        (MONEY, "trống", Op.EMPTY, ()),
        (YEAR, "2022..2024", Op.BETWEEN, (2022, 2024)),
        (YEAR, "từ năm 2024", Op.AT_LEAST, (2024,)),
        (RATE, ">=1,5", Op.AT_LEAST, (Decimal("1.5"),)),
        (DAY, "13/4", Op.EQUAL, (date(2023, 4, 13),)),
        (DAY, "13-04-2022", Op.EQUAL, (date(2022, 4, 13),)),
        (DAY, "1/4 - 30/6", Op.BETWEEN, (date(2023, 4, 1), date(2023, 6, 30))),
        (DAY, "1/4-30/6", Op.BETWEEN, (date(2023, 4, 1), date(2023, 6, 30))),
        (DAY, "từ 1/4/2022 đến 30/6/2023", Op.BETWEEN, (date(2022, 4, 1), date(2023, 6, 30))),
        (DAY, "trước 1/6/2025", Op.BELOW, (date(2025, 6, 1),)),
        (DAY, "sau 1/6", Op.ABOVE, (date(2023, 6, 1),)),
        (DAY, ">=1/6", Op.AT_LEAST, (date(2023, 6, 1),)),
        (DAY, "quý này", Op.PERIOD, ("this-quarter",)),
        (DAY, "QUY NAY", Op.PERIOD, ("this-quarter",)),
        (DAY, "Quý II/2026", Op.PERIOD, ("quarter:2:2026",)),
        (DAY, "tháng 6", Op.PERIOD, ("month:6",)),
        (DAY, "6/2025", Op.PERIOD, ("month:6:2025",)),
        (DAY, "2025", Op.PERIOD, ("year:2025",)),
        (DAY, "15 ngày tới", Op.PERIOD, ("next-days:15",)),
        (DAY, "quá hạn", Op.PERIOD, ("overdue",)),
        (STATE, "nháp", Op.ANY_OF, ("draft",)),
        (STATE, "thực hiện", Op.ANY_OF, ("done",)),
        (STATE, "thuc hi", Op.ANY_OF, ("running", "stopped", "done")),
        (STATE, "nháp; dang", Op.ANY_OF, ("draft", "running")),
        (STATE, "<>nháp", Op.ANY_OF, ("running", "stopped", "done")),
        (FLAG, "có", Op.ANY_OF, (1,)),
        (FLAG, "khong", Op.ANY_OF, (0,)),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(
    column: Column, typed: str, operator: Operator, values: tuple[Value, ...]
) -> None:
    condition = parse(typed, column, TODAY, 2023)

    assert condition == Condition(column=column.key, operator=operator, values=values)
    assert parse(typed_text(condition, column), column, TODAY, 2023) == condition


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        (MONEY, ">abc", "“abc” chưa phải là số tiền"),
        (MONEY, "5-abc", "“abc” chưa phải là số tiền"),
        (YEAR, ">1,5", "“1,5” chưa phải là năm"),
        (YEAR, "năm ba", "“năm ba” chưa phải là năm. Ghi như 2026"),
        (DAY, "31/2", "chưa phải là ngày"),
        (DAY, "tháng 13", "chưa phải là ngày"),
        (NAME, ">5", "ghi bằng chữ"),
        (NAME, "!!", "chưa có chữ nào"),
        (STATE, "xong", "không có giá trị nào có “xong”. Có: Nháp, Đang thực hiện"),
        (STATE, ">nháp", "chọn trong danh sách"),
    ],
)
def test_what_is_no_condition_is_told_with_what_may_be_typed(column: Column, typed: str, said: str) -> None:
    with pytest.raises(ConditionError) as told:
        parse(typed, column, TODAY)

    assert said in str(told.value)


@given(st.text(max_size=40), st.sampled_from([NAME, MONEY, YEAR, RATE, DAY, STATE, FLAG]))
def test_nothing_typed_goes_unread_or_untold_and_what_was_read_is_written_the_same(typed: str, column: Column) -> None:
    try:
        condition = parse(typed, column, TODAY)
    except ConditionError:
        return
    if condition is not None:
        assert parse(typed_text(condition, column), column, TODAY) == condition
        assert condition_words(condition, column, TODAY).startswith(column.label)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("today", date(2026, 11, 23), date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("this-week", date(2026, 11, 23), date(2026, 11, 29)),
        ("last-week", date(2026, 11, 16), date(2026, 11, 22)),
        ("this-month", date(2026, 11, 1), date(2026, 11, 30)),
        ("next-month", date(2026, 12, 1), date(2026, 12, 31)),
        ("this-quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("next-quarter", date(2027, 1, 1), date(2027, 3, 31)),
        ("this-year", date(2026, 1, 1), date(2026, 12, 31)),
        ("next-days:7", date(2026, 11, 23), date(2026, 11, 30)),
        ("last-days:30", date(2026, 10, 24), date(2026, 11, 23)),
        ("overdue", None, date(2026, 11, 22)),
        ("month:2:2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("month:2", date(2025, 2, 1), date(2025, 2, 28)),
        ("quarter:1", date(2025, 1, 1), date(2025, 3, 31)),
        ("year:2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_means_the_days_it_has_today(code: str, first: date | None, last: date) -> None:
    assert is_period(code)
    assert period_days(code, TODAY, 2025) == (first, last)


@given(st.sampled_from(sorted(PERIODS)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_period_moves_with_the_calendar_and_never_turns_round(code: str, today: date) -> None:
    condition = resolved(Condition(column="held_on", operator=Operator.PERIOD, values=(code,)), today)

    assert condition.operator in (Operator.BETWEEN, Operator.AT_MOST)
    days = [each for each in condition.values if isinstance(each, date)]
    assert days == sorted(days)
    if code.startswith("this-") or code == "today":
        assert days[0] <= today <= days[-1]


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        (NAME, "máy", "Tên đề án có “máy”"),
        (NAME, "=", "Tên đề án để trống"),
        (MONEY, ">=5 triệu", "Kinh phí ≥ 5.000.000 đồng"),
        (MONEY, "5-10 triệu", "Kinh phí từ 5.000.000 đến 10.000.000 đồng"),
        (DAY, "quý này", "Ngày họp: quý này (01/10/2026 – 31/12/2026)"),
        (DAY, "quá hạn", "Ngày họp: quá hạn (đến 22/11/2026)"),
        (DAY, "<1/6/2026", "Ngày họp trước 01/06/2026"),
        (STATE, "nháp; (trống)", "Trạng thái: Nháp, (trống)"),
        (FLAG, "có", "Điểm: Có"),
    ],
)
def test_conditions_are_said_in_words(column: Column, typed: str, words: str) -> None:
    condition = parse(typed, column, TODAY)

    assert condition is not None
    assert condition_words(condition, column, TODAY) == words

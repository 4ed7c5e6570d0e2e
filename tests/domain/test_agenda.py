"""The clock of a meeting: rows follow each other, the sum is held against the planned end."""

from __future__ import annotations

import itertools
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.agenda import expected_end, length, slots
from kc_desktop.domain.meeting import AgendaItem, Meeting


def _agenda(*minutes: int | None) -> list[AgendaItem]:
    return [AgendaItem(meeting_id=1, title="Nội dung", planned_minutes=each) for each in minutes]


def _meeting(starts_at: str = "08:30", ends_at: str = "", ended_on: date | None = None) -> Meeting:
    return Meeting(title="Họp", held_on=date(2023, 4, 13), starts_at=starts_at, ends_at=ends_at, ended_on=ended_on)


def test_each_point_begins_when_the_one_before_ends() -> None:
    found = [each.words for each in slots(_meeting(), _agenda(15, 45, 0, 20))]
    assert found == ["08:30–08:45", "08:45–09:30", "09:30–09:30", "09:30–09:50"]


def test_after_a_point_without_minutes_no_time_is_invented() -> None:
    assert [each.words for each in slots(_meeting(), _agenda(15, None, 30))] == ["08:30–08:45", "08:45", ""]


def test_without_a_start_or_with_an_odd_one_there_are_no_times() -> None:
    assert [each.words for each in slots(_meeting(""), _agenda(15))] == [""]
    assert [each.words for each in slots(_meeting("sáng"), _agenda(15))] == [""]


def test_an_agenda_runs_over_midnight() -> None:
    assert [each.words for each in slots(_meeting("23:30"), _agenda(45))] == ["23:30–00:15"]


@pytest.mark.parametrize(
    ("ends_at", "minutes", "over"),
    [("10:00", (60, 45), 15), ("10:00", (60, 30), 0), ("10:00", (30,), -60), ("", (30,), 0), ("08:00", (30,), 0)],
)
def test_the_sum_is_held_against_the_planned_end(ends_at: str, minutes: tuple[int, ...], over: int) -> None:
    assert length(_meeting(ends_at=ends_at), _agenda(*minutes)).over == over


def test_a_meeting_over_days_has_all_the_time_to_its_last_hour() -> None:
    meeting = _meeting(ends_at="11:30", ended_on=date(2023, 4, 14))
    assert length(meeting, _agenda(60)).planned == 24 * 60 + 3 * 60


def test_a_meeting_ends_as_it_says_else_with_its_agenda_else_nobody_knows() -> None:
    assert expected_end(_meeting(ends_at="10:00"), _agenda(15)) == datetime(2023, 4, 13, 10)
    assert expected_end(_meeting(), _agenda(15, 30)) == datetime(2023, 4, 13, 9, 15)
    assert expected_end(_meeting(), _agenda(15, None)) is None
    assert expected_end(_meeting(), []) is None
    assert expected_end(_meeting(""), _agenda(15)) is None
    assert expected_end(_meeting(ended_on=date(2023, 4, 15)), _agenda(15)) is None


@given(st.lists(st.integers(0, 600), max_size=12))
def test_times_follow_each_other_without_a_gap(minutes: list[int]) -> None:
    found = slots(_meeting(), _agenda(*minutes))
    assert all(one.ends == other.starts for one, other in itertools.pairwise(found))
    assert length(_meeting(), _agenda(*minutes)).minutes == sum(minutes)

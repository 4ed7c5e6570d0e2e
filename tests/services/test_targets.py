"""Targets against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.programme import Programme, Target, TargetResult
from kc_desktop.services import targets
from kc_desktop.services.workspace import Workspace

_DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2022, 12, 31), 0),
        (date(2023, 2, 28), 0),
        (date(2023, 3, 2), 1000),
        (date(2023, 12, 30), 5000),
        (date(2023, 12, 31), 6000),
        (date(2024, 5, 1), 6000),
    ],
)
def test_six_issues_a_year_are_expected_issue_by_issue(on: date, expected: int) -> None:
    issues = Target(name="Bản tin", unit="bản", planned_from=6000, planned_to=6000, periods=6)
    assert issues.expected_by(2023, on) == expected


def test_a_target_with_a_span_of_its_own_is_expected_within_it() -> None:
    target = Target(name="Cơ sở", planned_from=10, planned_to=15, starts_on=date(2023, 4, 1), ends_on=date(2023, 4, 10))
    assert [target.expected_by(2023, date(2023, 4, day)) for day in (1, 5, 10, 30)] == [1, 5, 10, 10]
    assert target.expected_by(2023, date(2023, 3, 31)) == 0


@given(planned=st.integers(0, 10**9), periods=st.one_of(st.none(), st.integers(1, 52)), on=_DAYS)
def test_what_is_expected_never_falls_and_ends_at_the_plan(planned: int, periods: int | None, on: date) -> None:
    target = Target(planned_from=planned, planned_to=planned, periods=periods)
    today = target.expected_by(2023, on)
    assert 0 <= today <= target.expected_by(2023, on + timedelta(days=1)) <= planned
    assert target.expected_by(2023, date(2023, 12, 31)) == planned


def _write(workspace: Workspace) -> tuple[Programme, Target]:
    programme = workspace.save(Programme(name="Chương trình 01", year=2023))
    target = workspace.save(
        Target(programme_id=programme.id, name="Hỗ trợ máy móc", unit="cơ sở", planned_from=10, planned_to=15)
    )
    for month, quantity in ((3, 2), (9, 5)):
        workspace.save(TargetResult(target_id=target.id, happened_on=date(2023, month, 1), quantity=quantity))
    return programme, target


def test_only_what_was_done_by_the_day_counts_and_what_is_behind_is_listed(empty: Workspace) -> None:
    programme, target = _write(empty)
    (standing,) = targets.of_programme(empty, programme, date(2023, 7, 2))
    assert (standing.done, standing.expected, standing.words) == (2, 5, "chậm 3 cơ sở")
    assert [each.target for each in targets.behind(empty, 2023, date(2023, 7, 2))] == [target]
    assert targets.behind(empty, 2023, date(2023, 9, 1)) == ()


def test_a_target_that_reached_its_least_figure_is_reached(empty: Workspace) -> None:
    programme, target = _write(empty)
    empty.save(TargetResult(target_id=target.id, happened_on=date(2023, 10, 1), quantity=3))
    (standing,) = targets.of_programme(empty, programme, date(2023, 12, 31))
    assert (standing.is_reached, standing.words) == (True, "đã đạt")

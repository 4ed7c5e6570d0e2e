"""How many members of a council have to be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.council import needed_of, share_words


@pytest.mark.parametrize(
    ("percent", "members", "needed"),
    [
        (67, 6, 4),
        (66, 6, 4),
        (67, 7, 5),
        (67, 9, 6),
        (67, 5, 4),
        (50, 7, 4),
        (50, 8, 4),
        (75, 4, 3),
        (100, 7, 7),
        (0, 7, 0),
    ],
)
def test_a_share_is_rounded_up_to_whole_people_and_two_thirds_are_two_thirds(
    percent: int, members: int, needed: int
) -> None:
    assert needed_of(percent, members) == needed


@given(st.integers(0, 100), st.integers(0, 500))
def test_no_share_asks_for_more_than_there_are(percent: int, members: int) -> None:
    assert 0 <= needed_of(percent, members) <= members


def test_a_share_is_said_as_people_say_it() -> None:
    assert [share_words(each) for each in (50, 66, 67, 75)] == ["50 %", "2/3", "2/3", "75 %"]

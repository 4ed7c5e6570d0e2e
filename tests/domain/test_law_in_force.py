"""Which row of law holds on a day: both ends of a span count, the asked source goes before all, the newest wins."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.law import BodyName, LegalFigure, certainty_words, holds_on, in_force

_FIRST, _LAST = date(2014, 4, 8), date(2018, 5, 10)
_DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
_SPANS = st.tuples(st.none() | _DAYS, st.none() | _DAYS)
_SCOPES = st.sampled_from(["", "KCDP", "KCQG"])


def _figure(value: int = 70, **fields: object) -> LegalFigure:
    return LegalFigure(code="advance-cap", value=Decimal(value), **fields)  # type: ignore[arg-type]  # fields of a record


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (_FIRST - timedelta(days=1), False),
        (_FIRST, True),
        (_LAST, True),
        (_LAST + timedelta(days=1), False),
    ],
)
def test_both_ends_of_a_span_belong_to_it(on: date, holds: bool) -> None:
    row = _figure(valid_from=_FIRST, valid_to=_LAST)
    assert holds_on(row, on) is holds
    assert (in_force([row], "advance-cap", on) is not None) is holds


def test_an_end_that_is_not_known_is_open() -> None:
    assert in_force([_figure()], "advance-cap", date(1999, 1, 1)) is not None


def test_a_row_of_another_code_says_nothing() -> None:
    assert in_force([_figure()], "management-agency", _FIRST) is None


def test_a_row_made_for_the_source_goes_before_one_for_all_however_old() -> None:
    own, general = _figure(60, scope="KCDP", valid_from=_FIRST), _figure(70, valid_from=_LAST)
    assert in_force([own, general], "advance-cap", date(2023, 1, 1), "KCDP") is own
    assert in_force([own, general], "advance-cap", date(2023, 1, 1), "KCQG") is general
    assert in_force([own, general], "advance-cap", date(2023, 1, 1)) is general


def test_a_row_of_one_source_never_answers_for_another_nor_for_all() -> None:
    rows = [_figure(scope="KCQG")]
    assert in_force(rows, "advance-cap", _FIRST, "KCDP") is None
    assert in_force(rows, "advance-cap", _FIRST) is None


def test_of_several_the_one_that_came_into_force_last_wins() -> None:
    old, new = _figure(70, valid_from=_FIRST), _figure(50, valid_from=_LAST)
    assert in_force([new, old], "advance-cap", date(2023, 1, 1)) is new
    assert in_force([new, old], "advance-cap", _LAST - timedelta(days=1)) is old


def test_rows_that_know_no_source_are_for_every_source() -> None:
    body = BodyName(code="central-agency", name="Cục Công Thương địa phương")
    assert in_force([body], "central-agency", _FIRST, "KCQG") is body


@given(st.lists(st.tuples(_SPANS, _SCOPES), max_size=6), _DAYS, _SCOPES)
def test_what_is_found_holds_and_nothing_better_was_passed_over(
    told: list[tuple[tuple[date | None, date | None], str]], on: date, scope: str
) -> None:
    rows = [_figure(valid_from=start, valid_to=end, scope=own) for (start, end), own in told]
    fitting = [row for row in rows if holds_on(row, on) and row.scope in ("", scope)]
    found = in_force(rows, "advance-cap", on, scope)
    assert (found is None) is (not fitting)
    if found is not None:
        assert found in fitting
        for row in fitting:
            assert (bool(row.scope), row.valid_from or date.min) <= (bool(found.scope), found.valid_from or date.min)


def test_only_what_was_verified_is_said_without_a_word_of_caution() -> None:
    assert certainty_words(_figure(certainty="confirmed")) == ""
    assert certainty_words(_figure()) == "chưa kiểm chứng"

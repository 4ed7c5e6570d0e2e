"""Conditions on columns: what SQL leaves is what looking at every row would leave, whatever else is asked."""

from __future__ import annotations

import dataclasses
import operator
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.conditions import Condition, Operator
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Value
from kc_desktop.domain.law import Norm
from kc_desktop.domain.meeting import MEETING_KINDS, MEETING_STATES, Meeting
from kc_desktop.domain.programme import Programme
from kc_desktop.domain.project import PROJECT_STATES, Project
from kc_desktop.domain.text import marked_key, search_key
from kc_desktop.storage import column_conditions, filtered_pages, list_extras, listing, records
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.listing import ListRequest
from kc_desktop.storage.listings import LISTINGS
from tests.storage.helpers import new_file

NAMES = (
    "Hỗ trợ máy nung gốm",
    "Hỗ trợ máy dệt",
    "Ho tro may",
    "HỘI CHỢ, triển lãm",
    "Đào tạo nghề mây tre đan",
    "hòa an",
    "Hoà An (đợt 2)",
    "Xử lý 100% “nước thải”",
)
AMOUNTS = (None, 0, 1, 5_000_000, 5_000_001, 250_000_000, 12_345_678_901)
DAYS = tuple(date(2023, 1, 1) + timedelta(days=13 * place) for place in range(40))
COMPARED: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.UNEQUAL: operator.ne,
    Operator.ABOVE: operator.gt,
    Operator.AT_LEAST: operator.ge,
    Operator.BELOW: operator.lt,
    Operator.AT_MOST: operator.le,
}
ALL = 10_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    """A file whose columns hold everything twice, and nothing in places."""
    made = new_file(tmp_path_factory.mktemp("conditions"))
    chance = random.Random(1)
    with made.change("Thêm"):
        programmes = [
            records.insert(made.connection, Programme(name=name, year=2023, source="KCDP")).id for name in NAMES
        ]
        for number in range(160):
            records.insert(
                made.connection,
                Project(
                    name=chance.choice(NAMES),
                    code=f"2023-{number:02}",
                    year=chance.choice((2022, 2023)),
                    source="KCDP",
                    state=chance.choice(PROJECT_STATES)[0],
                    requested_vnd=chance.choice(AMOUNTS),
                    programme_id=chance.choice((None, *programmes)),
                ),
            )
            records.insert(
                made.connection,
                Meeting(
                    title=chance.choice(NAMES),
                    place=chance.choice(("", *NAMES)),
                    held_on=chance.choice(DAYS),
                    kind=chance.choice(MEETING_KINDS)[0],
                    state=chance.choice(MEETING_STATES)[0],
                ),
            )
    yield made
    made.close()


def _fits_words(typed: str, held: str, how: Operator) -> bool:
    """Compare letter by letter: one typed without a mark means any, one with a mark itself."""
    typed, held = marked_key(typed), marked_key(held)
    if how in (Operator.EQUAL, Operator.UNEQUAL):
        starts = [0] if len(typed) == len(held) else []
    else:
        last = 0 if how is Operator.BEGINS else len(held) - len(typed)
        starts = list(range(last + 1)) if len(typed) <= len(held) else []
    found = any(
        all(
            letter == other or (search_key(letter) == letter and search_key(other) == letter)
            for letter, other in zip(typed, held[start:], strict=False)
        )
        for start in starts
    )
    return found is not (how is Operator.UNEQUAL)


def _fits(condition: Condition, held: Value) -> bool:
    how, values = condition.operator, condition.values
    if how is Operator.EMPTY:
        return held in (None, "")
    if how is Operator.FILLED:
        return held not in (None, "")
    if how is Operator.ANY_OF:
        return ("" if held is None else held) in values
    if isinstance(values[0], str):
        return _fits_words(values[0], str(held or ""), how)
    if how is Operator.BETWEEN:
        return held is not None and values[0] <= held <= values[1]  # type: ignore[operator]  # both of one kind
    return (held is not None or how is Operator.UNEQUAL) and COMPARED[how](held, values[0])


@st.composite
def _typed(draw: st.DrawFn) -> str:
    """A part of some name, some of its marks left away; never one that ends in an unfinished tone."""
    name = draw(st.sampled_from(NAMES))
    start = draw(st.integers(0, len(name) - 1))
    part = name[start : start + draw(st.integers(1, 12))]
    plain = draw(st.lists(st.booleans(), min_size=len(part), max_size=len(part)))
    typed = "".join(search_key(each) or each if bare else each for each, bare in zip(part, plain, strict=True))
    key = marked_key(typed)
    return typed if key and key[-1] not in "òỏõóọùủũúụ" else "ho"


def _words(column: str) -> st.SearchStrategy[Condition]:
    operators = st.sampled_from((Operator.CONTAINS, Operator.BEGINS, Operator.EQUAL, Operator.UNEQUAL))
    return st.builds(
        lambda how, typed: Condition(column=column, operator=how, values=(typed,)), operators, _typed()
    ) | st.builds(
        lambda held: Condition(column=column, operator=Operator.ANY_OF, values=tuple(held)),
        st.lists(st.sampled_from(("", *NAMES)), min_size=1, max_size=3),
    )


def _numbers(column: str, values: st.SearchStrategy[Value]) -> st.SearchStrategy[Condition]:
    one = st.builds(
        lambda how, value: Condition(column=column, operator=how, values=(value,)),
        st.sampled_from(tuple(COMPARED)),
        values,
    )
    two = st.builds(
        lambda first, last: Condition(column=column, operator=Operator.BETWEEN, values=(first, last)), values, values
    )
    return one | two


def _codes(column: str, codes: list[str]) -> st.SearchStrategy[Condition]:
    return st.builds(
        lambda chosen: Condition(column=column, operator=Operator.ANY_OF, values=tuple(chosen)),
        st.lists(st.sampled_from(codes), min_size=1, max_size=3),
    )


def _empty(*columns: str) -> st.SearchStrategy[Condition]:
    return st.builds(
        lambda column, how: Condition(column=column, operator=how),
        st.sampled_from(columns),
        st.sampled_from((Operator.EMPTY, Operator.FILLED)),
    )


AMOUNT = st.sampled_from([each for each in AMOUNTS if each is not None]) | st.integers(-1, 10**10)
OF_PROJECTS = (
    _words("name")
    | _words("programme")
    | _numbers("requested_vnd", AMOUNT)
    | _numbers("year", st.integers(2021, 2024))
    | _codes("state", [code for code, _ in PROJECT_STATES])
    | _empty("name", "requested_vnd", "programme", "state")
)
OF_MEETINGS = (
    _words("title")
    | _words("place")
    | _numbers("held_on", st.dates(date(2022, 12, 1), date(2024, 7, 1)))
    | _codes("kind", [code for code, _ in MEETING_KINDS])
    | _empty("title", "place", "held_on")
)


def _held(file: DataFile, key: str) -> list[tuple[int, dict[str, Value]]]:
    """Return every row as it is stored, by columns; links by the names they show."""
    if key == "meetings":
        return [
            (each.id, {name: getattr(each, name) for name in ("title", "place", "held_on", "kind", "state")})
            for each in records.fetch_all(file.connection, Meeting)
        ]
    names = {each.id: each.name for each in records.fetch_all(file.connection, Programme)}
    return [
        (
            each.id,
            {name: getattr(each, name) for name in ("name", "requested_vnd", "year", "state")}
            | {"programme": names.get(each.programme_id or 0, "")},
        )
        for each in records.fetch_all(file.connection, Project)
    ]


def _check(file: DataFile, key: str, request: ListRequest) -> None:
    found = {row_id for row_id, _ in _held(file, key)} if request.search == "" else None
    if found is None:
        bare = dataclasses.replace(request, conditions=())
        found = {row.id for row in listing.stream(file.connection, LISTINGS[key], bare)}
    expected = {
        row_id
        for row_id, held in _held(file, key)
        if row_id in found and all(_fits(each, held[each.column]) for each in request.conditions)
    }
    streamed = [row.id for row in listing.stream(file.connection, LISTINGS[key], request)]
    assert set(streamed) == expected
    assert listing.count(file.connection, LISTINGS[key], request) == len(streamed) == len(expected)
    for first, few in (
        (500, 1_000),
        (8, 25),
        (8, 1_000),
    ):
        paged: list[int] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(filtered_pages, "_FIRST", first)
            patch.setattr(filtered_pages, "_FEW", few)
            while page := listing.page(
                file.connection, LISTINGS[key], dataclasses.replace(request, offset=len(paged), limit=30)
            ):
                paged += [row.id for row in page]
        assert paged == streamed


FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(
    conditions=st.lists(OF_PROJECTS, min_size=1, max_size=3),
    search=st.sampled_from(("", "", "may", "hòa")),
    sort=st.sampled_from(("name", "requested_vnd", "programme")),
    descending=st.booleans(),
)
def test_projects_left_by_conditions_are_those_that_fit_them(
    file: DataFile, conditions: list[Condition], search: str, sort: str, descending: bool
) -> None:
    request = ListRequest(conditions=tuple(conditions), search=search, sort=sort, descending=descending)
    _check(file, "projects", request)


@FEW
@given(conditions=st.lists(OF_MEETINGS, min_size=1, max_size=3), search=st.sampled_from(("", "hoi", "hỗ trợ")))
def test_meetings_left_by_conditions_are_those_that_fit_them(
    file: DataFile, conditions: list[Condition], search: str
) -> None:
    _check(file, "meetings", ListRequest(conditions=tuple(conditions), search=search, sort="held_on"))


def test_a_tone_that_is_not_finished_finds_both_spellings(file: DataFile) -> None:
    for typed in ("hò", "hòa", "hoà"):
        request = ListRequest(
            conditions=(Condition(column="name", operator=Operator.BEGINS, values=(typed,)),), limit=ALL
        )
        found = {row.cells[1] for row in listing.page(file.connection, LISTINGS["projects"], request)}
        assert found == {"hòa an", "Hoà An (đợt 2)"}


def test_decimals_are_compared_by_size_and_not_letter_by_letter(file: DataFile) -> None:
    with file.change("Thêm"):
        for rate in ("9.50", "30", "100"):
            records.insert(
                file.connection,
                Norm(
                    code=f"thu-{rate}",
                    name="Mức thử",
                    valid_from=date(2023, 1, 1),
                    rate_percent=Decimal(rate),
                    citation="Thử",
                ),
            )

    def rates(how: Operator, *values: str) -> set[Value]:
        conditions = (
            Condition(column="name", operator=Operator.EQUAL, values=("mức thử",)),
            Condition(column="rate_percent", operator=how, values=tuple(map(Decimal, values))),
        )
        request = ListRequest(conditions=conditions, limit=ALL)
        return {row.cells[1] for row in listing.page(file.connection, LISTINGS["norms"], request)}

    assert rates(Operator.ABOVE, "9.5") == {Decimal(30), Decimal(100)}
    assert rates(Operator.EQUAL, "9.5") == {Decimal("9.50")}
    assert rates(Operator.BETWEEN, "9", "30") == {Decimal("9.50"), Decimal(30)}


def test_values_to_tick_are_counted_among_what_the_other_conditions_leave(file: DataFile) -> None:
    conditions = (Condition(column="year", operator=Operator.EQUAL, values=(2023,)),)
    request = ListRequest(conditions=conditions, search="may")

    found = dict(column_conditions.values_of(file.connection, LISTINGS["projects"], request, "name", ALL))

    rows = [row.cells[1] for row in listing.stream(file.connection, LISTINGS["projects"], request)]
    assert found == {name: rows.count(name) for name in set(rows)}
    typed = column_conditions.values_of(file.connection, LISTINGS["projects"], request, "name", ALL, "nung")
    assert [held for held, _ in typed] == ["Hỗ trợ máy nung gốm"]


def test_what_is_masked_is_neither_filtered_nor_offered_to_tick(file: DataFile) -> None:
    with file.change("Thêm"):
        records.insert(file.connection, Establishment(name="Cơ sở 01", tax_code="074190000001"))
    probe = ListRequest(conditions=(Condition(column="tax_code", operator=Operator.BEGINS, values=("07419",)),))

    with pytest.raises(ValueError, match="masked"):
        listing.page(file.connection, LISTINGS["establishments"], probe)
    with pytest.raises(ValueError, match="masked"):
        column_conditions.values_of(file.connection, LISTINGS["establishments"], ListRequest(), "tax_code", 10)


@pytest.mark.parametrize("key", sorted(LISTINGS))
def test_every_column_that_shows_a_mask_is_known_as_masked(key: str) -> None:
    columns = (*LISTINGS[key].columns, *list_extras.extra_columns(key))

    assert [each.key for each in columns if "•" in each.sql and not each.is_masked] == []

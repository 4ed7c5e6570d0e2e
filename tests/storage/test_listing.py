"""Lists: what a page holds is what reading every row would give, whatever path the query took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain import text
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.people import Appointment, Person
from kc_desktop.domain.programme import Programme
from kc_desktop.domain.project import Project
from kc_desktop.storage import list_sums, listing, records, searched_pages
from kc_desktop.storage.data_file import DataFile
from kc_desktop.storage.listing import ListRequest
from kc_desktop.storage.listings import LISTINGS
from tests.storage.helpers import new_file

FAMILY = ("Hồ", "Nguyễn", "Trần", "Đặng", "Lê")
MIDDLE = ("Trần Hồng", "Thị", "Văn", "Thanh", "Đức")
GIVEN = ("Ân", "An", "Hòa", "Hoà", "Đạt", "Yến", "Tuấn", "Tuân")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    """A file of many people with names of the same few syllables: broad searches and narrow ones."""
    file = new_file(tmp_path_factory.mktemp("people"))
    with file.change("Thêm"):
        for number in range(6):
            for family in FAMILY:
                for middle in MIDDLE:
                    for last in GIVEN:
                        records.insert(
                            file.connection,
                            Person(
                                name=f"{family} {middle} {last}",
                                post=f"Số {number}",
                                group_code="collaborator" if number % 2 else "guest",
                            ),
                        )
    yield file
    file.close()


def _all_pages(file: DataFile, request: ListRequest, key: str = "people") -> list[int]:
    ids: list[int] = []
    while True:
        page = listing.page(
            file.connection,
            LISTINGS[key],
            ListRequest(
                search=request.search,
                sort=request.sort,
                descending=request.descending,
                filters=request.filters,
                year=request.year,
                offset=len(ids),
                limit=request.limit,
            ),
        )
        ids += [row.id for row in page]
        if len(page) < request.limit:
            return ids


def _by_reading_everything(file: DataFile, request: ListRequest) -> list[int]:
    found = [
        each
        for each in records.fetch_all(file.connection, Person)
        if text.matches(request.search, f"{each.name} {each.post}")
        and all(getattr(each, name) == wanted for name, wanted in request.filters)
    ]
    found.sort(key=lambda each: (text.person_sort_key(each.name), each.id), reverse=request.descending)
    return [each.id for each in found]


QUERIES = st.one_of(
    st.sampled_from(
        ["", "h", "...", "ho tran hong an", "hồ trần", "Hồ tran", "hồ trân", "hoà", "hòa", "đ", "yen", "Số 3", "tuân"]
    ),
    st.lists(st.sampled_from([*FAMILY, *MIDDLE, *GIVEN, "a", "t", "đ", "hò"]), min_size=1, max_size=3).map(" ".join),
)


@given(search=QUERIES, descending=st.booleans(), grouped=st.booleans(), limit=st.sampled_from([7, 60, 500]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_pages_of_a_search_are_what_reading_every_row_gives(
    people: DataFile, search: str, descending: bool, grouped: bool, limit: int
) -> None:
    request = ListRequest(
        search=search,
        sort="name",
        descending=descending,
        limit=limit,
        filters=(("group_code", "collaborator"),) if grouped else (),
    )
    expected = _by_reading_everything(people, request)
    assert _all_pages(people, request) == expected
    assert listing.count(people.connection, LISTINGS["people"], request) == len(expected)
    last = listing.page(people.connection, LISTINGS["people"], replace(request, from_end=True, offset=3))
    assert [row.id for row in last] == expected[: max(len(expected) - 3, 0)][-limit:]


@pytest.mark.parametrize("few", [3, 100_000])
@pytest.mark.parametrize("first", [3, 100, 100_000])
@pytest.mark.parametrize("search", ["yen", "yến", "Yen t", "hò"])
def test_gathering_trying_the_first_rows_and_walking_give_the_same(
    people: DataFile, monkeypatch: pytest.MonkeyPatch, search: str, first: int, few: int
) -> None:
    request = ListRequest(search=search, sort="name", limit=7)
    monkeypatch.setattr(searched_pages, "_FEW", few)
    monkeypatch.setattr(searched_pages, "_FEW_TO_LOOK_AT", few)
    monkeypatch.setattr(searched_pages, "_FIRST", first)
    assert _all_pages(people, request) == _by_reading_everything(people, request)


def test_names_find_people_as_they_are_typed(people: DataFile) -> None:
    def found(search: str) -> set[str]:
        rows = listing.page(people.connection, LISTINGS["people"], ListRequest(search=search, sort="name", limit=5000))
        return {str(row.cells[0]) for row in rows}

    for typed in ("ho tran hong an", "hồ trần", "Hồ tran"):
        assert "Hồ Trần Hồng Ân" in found(typed)
    assert "Hồ Trần Hồng Ân" not in found("hồ trân")
    assert found("hoà") == found("hòa") != set()
    assert {name.split()[0] for name in found("dang van dat")} == {"Đặng"}


@pytest.mark.parametrize("typed", ["49", "49/", "49/q", "49/QĐ", "49/qd-sct", "qđ-sct", "sct", "49 sct", "49𞤀qd"])
def test_codes_are_found_as_far_as_they_are_typed(tmp_path: Path, typed: str) -> None:
    file = new_file(tmp_path)
    with file.change("Thêm"):
        for number in ("49/QĐ-SCT", "94/QĐ-SCT", "149/QĐ-SCT"):
            records.insert(file.connection, Appointment(number=number))
    rows = listing.page(file.connection, LISTINGS["appointments"], ListRequest(search=typed, sort="number"))
    expected = [each for each in ("149/QĐ-SCT", "49/QĐ-SCT", "94/QĐ-SCT") if text.matches(typed, each)]
    assert [row.cells[0] for row in rows] == expected
    file.close()


@pytest.mark.parametrize("key", sorted(LISTINGS))
def test_every_list_sorts_by_every_column_both_ways_and_counts(people: DataFile, key: str) -> None:
    for column in LISTINGS[key].columns:
        for descending in (False, True):
            request = ListRequest(sort=column.key, descending=descending, year=2023, search="a")
            rows = listing.page(people.connection, LISTINGS[key], request)
            assert len(rows) <= request.limit
    assert listing.count(people.connection, LISTINGS[key], ListRequest()) >= 0


def test_rows_of_one_group_stand_together_each_in_the_order_asked_for(people: DataFile) -> None:
    request = ListRequest(group="group_code", sort="name", descending=True, limit=2_000)

    rows = listing.page(people.connection, LISTINGS["people"], request)

    groups = [str(row.cells[1]) for row in rows]
    assert groups == sorted(groups)
    assert len(set(groups)) == 2
    alone = [
        row.id
        for group in ("collaborator", "guest")
        for row in listing.page(
            people.connection,
            LISTINGS["people"],
            ListRequest(sort="name", descending=True, filters=(("group_code", group),), limit=2_000),
        )
    ]
    assert [row.id for row in rows] == alone


def test_links_choices_dates_and_amounts_come_as_people_read_them(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    with file.change("Thêm"):
        programme = records.insert(file.connection, Programme(year=2023, name="Chương trình một"))
        records.insert(
            file.connection,
            Project(name="Đề án", year=2023, programme_id=programme.id, approved_vnd=12_345_678_901, state="approved"),
        )
        records.insert(file.connection, Meeting(title="Họp", held_on=date(2023, 4, 13), kind="giao_ban"))
    (project,) = listing.page(file.connection, LISTINGS["projects"], ListRequest(year=2023))
    cells = dict(zip([each.key for each in LISTINGS["projects"].columns], project.cells, strict=True))
    assert (cells["state"], cells["programme"], cells["approved_vnd"]) == (
        "Đã phê duyệt",
        "Chương trình một",
        12_345_678_901,
    )
    (meeting,) = listing.page(file.connection, LISTINGS["meetings"], ListRequest(year=2023))
    assert meeting.cells[0] == date(2023, 4, 13)
    assert listing.page(file.connection, LISTINGS["meetings"], ListRequest(year=2022)) == ()
    assert listing.years(file.connection) == (2023,)
    file.close()


def test_a_paste_longer_than_any_line_is_looked_for_by_its_beginning(tmp_path: Path) -> None:
    file, long = new_file(tmp_path), "x" * 2_000
    with file.change("Thêm"):
        records.insert(file.connection, Person(name="Cộng tác viên 01", organisation=long))
    for typed in (long, long + "y" * 1_000_000):
        assert listing.count(file.connection, LISTINGS["people"], ListRequest(search=typed)) == 1
    file.close()


def test_a_sum_of_many_large_amounts_is_exact(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    with file.change("Thêm"):
        kept = records.insert(file.connection, Programme(name="Chương trình 01", year=2023, budget_vnd=10**15 - 1))

    ids = [kept.id] * 10_000
    found = list_sums.totals(file.connection, LISTINGS["programmes"], ListRequest(), "budget_vnd", ids=ids)

    assert (found.rows, found.counted, found.total) == (10_000, 10_000, 10_000 * (10**15 - 1))
    file.close()

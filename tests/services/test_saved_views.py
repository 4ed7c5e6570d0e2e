"""Saved views: kept in the file with all they say, undoable; what is damaged or gone never takes the rest along."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.conditions import Condition, Operator
from kc_desktop.domain.people import Person
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import list_filters, list_groups, lists, saved_views
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.saved_views import SavedView
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.listings import LISTINGS

WAITING = SavedView(
    name="Chờ nghiệm thu quý này",
    request=ListRequest(
        search="máy",
        sort="requested_vnd",
        descending=True,
        group="programme",
        filters=(("kind", ("thuong", "nhom")), ("commune_id", 3)),
        conditions=(
            Condition(column="state", operator=Operator.ANY_OF, values=("running", "accepted")),
            Condition(column="requested_vnd", operator=Operator.BETWEEN, values=(5, 10_000_000_000)),
        ),
    ),
    columns=("name", "state", "requested_vnd"),
    widths=(420, 150, 180),
)


def test_a_view_comes_back_with_all_it_says_after_the_file_was_closed(sample: Workspace) -> None:
    days = SavedView(
        name="Họp sắp tới",
        request=ListRequest(
            sort="held_on",
            conditions=(
                Condition(column="held_on", operator=Operator.PERIOD, values=("next-days:30",)),
                Condition(column="title", operator=Operator.BEGINS, values=("họp",)),
            ),
        ),
    )
    from_day = Condition(column="valid_from", operator=Operator.AT_LEAST, values=(date(2024, 7, 1),))
    over = Condition(column="rate_percent", operator=Operator.ABOVE, values=(Decimal("1.5"),))
    law = SavedView(name="Từ 7/2024", request=ListRequest(sort="name", conditions=(from_day, over)))
    saved_views.save(sample, "projects", WAITING)
    saved_views.save(sample, "meetings", days)
    saved_views.save(sample, "norms", law)
    path = sample.path
    sample.close()

    again = Workspace.open(path)
    try:
        assert saved_views.views_of(again, "projects").views == (WAITING,)
        assert saved_views.views_of(again, "meetings").views == (days,)
        assert saved_views.views_of(again, "norms").views == (law,)
        assert saved_views.views_of(again, "people") == saved_views.SavedViews()
    finally:
        again.close()


def test_views_are_renamed_moved_updated_and_deleted_each_a_step_that_is_undone(sample: Workspace) -> None:
    def names() -> list[str]:
        return [each.name for each in saved_views.views_of(sample, "projects").views]

    for name in ("Một", "Hai", "Ba"):
        saved_views.save(sample, "projects", SavedView(name=name, request=ListRequest()))
    saved_views.move(sample, "projects", "Ba", -5)
    assert names() == ["Ba", "Một", "Hai"]
    assert saved_views.rename(sample, "projects", "Một", "  Thứ   nhất ") == "Thứ nhất"
    assert names() == ["Ba", "Thứ nhất", "Hai"]
    changed = SavedView(name="Hai", request=ListRequest(search="gốm"))
    saved_views.update(sample, "projects", changed)
    assert saved_views.views_of(sample, "projects").views[2] == changed
    saved_views.delete(sample, "projects", "Ba")
    assert names() == ["Thứ nhất", "Hai"]
    assert sample.undo_label == "Xóa cách xem “Ba” của danh sách Đề án"
    sample.undo()
    assert names() == ["Ba", "Thứ nhất", "Hai"]


@pytest.mark.parametrize("name", ["", "   ", "tat ca", "MỘT", "x" * 61])
def test_a_name_that_is_empty_taken_or_too_long_is_told_at_its_field(sample: Workspace, name: str) -> None:
    saved_views.save(sample, "projects", SavedView(name="Một", request=ListRequest()))

    with pytest.raises(FieldError) as told:
        saved_views.save(sample, "projects", SavedView(name=name, request=ListRequest()))

    assert told.value.field == "name"
    assert len(saved_views.views_of(sample, "projects").views) == 1


def test_a_file_open_for_reading_says_why_no_view_is_kept(sample: Workspace) -> None:
    reader = Workspace.open(sample.path)
    try:
        assert reader.is_read_only
        with pytest.raises(KnownError):
            saved_views.save(reader, "projects", WAITING)
    finally:
        reader.close()


def test_what_is_no_longer_there_is_left_out_and_told_and_the_rest_is_shown(sample: Workspace) -> None:
    kept = [
        {
            "name": "Cũ",
            "search": "máy",
            "sort": "gone",
            "group": 5,
            "filters": [["gone", 1], ["source", "KCDP"], "x"],
            "columns": ["name", "gone", 7],
            "conditions": [
                {"column": "gone", "operator": "contains", "values": ["x"]},
                {"column": "name", "operator": "sounds-like", "values": ["x"]},
                {"column": "name", "operator": "between", "values": ["x"]},
                {"column": "requested_vnd", "operator": "above", "values": ["nhiều"]},
                {"column": "state", "operator": "any-of", "values": ["running"]},
                3,
            ],
        },
        {"search": "không tên"},
        {"name": "Trống"},
    ]
    sample.set_setting(lists.views_setting("projects"), json.dumps(kept), "Thử")

    found = saved_views.views_of(sample, "projects")

    assert [each.name for each in found.views] == ["Cũ", "Trống"]
    assert found.views[0].request == ListRequest(
        search="máy",
        filters=(("source", "KCDP"),),
        conditions=(Condition(column="state", operator=Operator.ANY_OF, values=("running",)),),
    )
    assert found.views[0].columns == ("name",)
    assert any("“Cũ” bỏ cột" in each for each in found.left_out)
    assert any("điều kiện" in each for each in found.left_out)


def test_a_view_may_sort_and_group_by_a_column_it_does_not_show(sample: Workspace) -> None:
    kept = {"name": "Theo thư", "sort": "email", "group": "birth_year", "columns": ["name"]}
    sample.set_setting("views/people", json.dumps([kept]), "Thử")

    (view,) = saved_views.views_of(sample, "people").views

    assert (view.request.sort, view.request.group, view.columns) == ("email", "birth_year", ("name",))
    rows = lists.page(sample, "people", view.request)
    assert len(rows) == min(lists.count(sample, "people", view.request), 60)
    assert sum(each.rows for each in list_groups.groups(sample, "people", view.request)) >= len(rows)
    assert list_groups.heading("people", view.request, list_groups.groups(sample, "people", view.request)[0])


def test_every_filter_of_every_list_may_be_kept_with_any_value(empty: Workspace) -> None:
    for key, listing in LISTINGS.items():
        for value in (1, "x", [1, "x", 3]):
            kept = [{"name": name, "filters": [[name, value]]} for name in listing.filters]
            empty.set_setting(lists.views_setting(key), json.dumps(kept), "Thử")
            for view in saved_views.views_of(empty, key).views:
                lists.page(empty, key, view.request)
                assert all(list_filters.filter_words(empty, key, *each) for each in view.request.filters), view


def test_a_filter_that_makes_no_sense_is_said_as_far_as_it_goes(sample: Workspace) -> None:
    said = partial(list_filters.filter_words, sample)
    assert said("collaborators", "expiring", "hôm nào") == "Hết hạn trong 30 ngày"
    assert said("fund-entries", "commune_id", ("x", 10**18)) == "Địa bàn: (đã xóa, số 1000000000000000000)"
    assert said("fund-entries", "month", "2023") == "Tháng /2023"


def test_a_masked_column_is_not_filtered_by_a_view_either(sample: Workspace) -> None:
    probe = {"column": "tax_code", "operator": "begins", "values": ["07419"]}
    sample.set_setting("views/establishments", json.dumps([{"name": "Dò", "conditions": [probe]}]), "Thử")

    (view,) = saved_views.views_of(sample, "establishments").views

    assert view.request.conditions == ()
    lists.page(sample, "establishments", view.request)


@pytest.mark.parametrize(
    "kept",
    [
        "[" * 100_000,
        json.dumps([{"name": "Dò", "filters": [["year", 10**30]]}]),
        json.dumps([{"name": "Dò", "filters": [["id", [1, -(10**30)]]]}]),
        *(
            json.dumps([{"name": "Dò", "conditions": [{"column": "year", "operator": each, "values": [10**30]}]}])
            for each in ("equal", "above", "any-of")
        ),
    ],
)
def test_numbers_and_depths_beyond_all_measure_keep_no_list_from_its_rows(sample: Workspace, kept: str) -> None:
    sample.set_setting(lists.views_setting("projects"), kept, "Thử")

    found = saved_views.views_of(sample, "projects")

    assert found.left_out
    assert all(lists.page(sample, "projects", view.request) for view in found.views)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["name", "state", "period"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "conditions", "filters", "columns", "column", "operator", "values", "sort"]),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    ).map(lambda found: json.dumps([found]))
)
def test_no_damage_to_the_setting_keeps_a_list_from_its_rows(sample: Workspace, damaged: str) -> None:
    sample.set_setting(lists.views_setting("projects"), damaged, "Thử")

    found = saved_views.views_of(sample, "projects")

    every = {row.id for row in lists.every_row(sample, "projects", ListRequest())}
    for view in found.views:
        assert {row.id for row in lists.page(sample, "projects", view.request)} <= every


def test_ticks_offer_every_code_of_a_set_and_count_the_rows_of_each(sample: Workspace) -> None:
    (column,) = (each for each in LISTS["people"].columns if each.key == "group_code")
    own = Condition(column="group_code", operator=Operator.ANY_OF, values=("guest",))

    found = list_filters.ticks(sample, "people", ListRequest(conditions=(own,)), column)

    rows = list(lists.every_row(sample, "people", ListRequest()))
    assert sum(each.rows for each in found.values) == len(rows)
    assert {each.value for each in found.values} >= {"staff", "authority", "collaborator", "establishment", "guest"}
    typed = list_filters.ticks(sample, "people", ListRequest(), column, "cong tac")
    assert [each.words for each in typed.values] == ["Cộng tác viên"]


def test_a_column_that_is_not_on_show_can_be_filtered_all_the_same(sample: Workspace) -> None:
    (column,) = (each for each in lists.more_columns("people") if each.key == "email")
    condition = list_filters.parse("=", column, date(2026, 11, 23))
    assert condition is not None
    request = ListRequest(conditions=(condition,))

    rows = lists.page(sample, "people", request)

    assert lists.count(sample, "people", request) >= len(rows) > 0
    assert all(sample.get(Person, row.id).email == "" for row in rows)
    assert list_filters.said("people", request, date(2026, 11, 23)) == ("Thư điện tử để trống",)

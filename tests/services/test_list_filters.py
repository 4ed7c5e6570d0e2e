"""Filtered lists from end to end: the same rows on the page, counted, grouped, chosen and in the workbook."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kc_desktop.domain.conditions import Condition, Operator
from kc_desktop.domain.meeting import Meeting
from kc_desktop.services import exporting, list_filters, list_groups, lists, selection
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.selection import Selection
from kc_desktop.services.workspace import Workspace


def _quiet(_done: int, _total: int) -> None:
    pass


def _typed(key: str, **typed: str) -> ListRequest:
    """Return what asks for the rows that fit what is typed under the headings, this year's where there are years."""
    columns = {each.key: each for each in (*LISTS[key].columns, *lists.more_columns(key))}
    read = [list_filters.parse(text, columns[name], date.today()) for name, text in typed.items()]
    return ListRequest(conditions=tuple(each for each in read if each is not None))


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("projects", {"requested_vnd": ">=200 triệu", "state": "đang"}),
        ("projects", {"programme": "cong nghiep", "approved_vnd": "<>"}),
        ("projects", {"commune_id": "=", "name": "máy"}),
        ("people", {"organisation": "cấp*", "group_code": "cộng tác viên"}),
        ("fund-entries", {"happened_on": "2023", "kind": "tạm ứng; giao vốn"}),
        ("collaborators", {"name": "=Cộng tác viên 07"}),
        ("norms", {"rate_percent": ">=50", "certainty": "<>chưa kiểm chứng"}),
    ],
)
def test_a_filtered_list_is_the_same_counted_chosen_grouped_and_in_a_workbook(
    sample: Workspace, tmp_path: Path, key: str, typed: dict[str, str]
) -> None:
    request = _typed(key, **typed)
    found = [row.id for row in lists.every_row(sample, key, request)]

    assert found
    assert [row.id for row in lists.page(sample, key, request)] == found[:60]
    assert lists.count(sample, key, request) == len(found)
    everything = Selection(key=key, request=request, ids=None)
    assert sorted(selection.ids(sample, everything)) == sorted(found)
    column = next(each.key for each in LISTS[key].columns if list_groups.can_group_by(each))
    groups = list_groups.groups(sample, key, ListRequest(conditions=request.conditions, group=column))
    assert sum(each.rows for each in groups) == len(found)
    path = tmp_path / "a.xlsx"
    assert exporting.export_list(sample, key, request, path, _quiet, today=date(2026, 11, 23)) == len(found)
    written = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    said = "\n".join(str(row[0]) for row in written)
    assert all(each in said for each in list_filters.said(key, request, date(2026, 11, 23)))


def test_a_period_means_the_days_of_today_wherever_the_list_is_read(empty: Workspace) -> None:
    today = date.today()
    for days in (-40, -1, 0, 20, 200):
        empty.save(Meeting(title=f"Họp {days}", held_on=today + timedelta(days=days)))

    def titles(typed: str) -> set[str]:
        request = _typed("meetings", held_on=typed)
        rows = list(lists.every_row(empty, "meetings", request))
        groups = list_groups.groups(empty, "meetings", ListRequest(conditions=request.conditions, group="held_on"))
        assert sum(each.rows for each in groups) == len(rows) == lists.count(empty, "meetings", request)
        return {empty.get(Meeting, row.id).title for row in rows}

    assert titles("hôm nay") == {"Họp 0"}
    assert titles("30 ngày tới") == {"Họp 0", "Họp 20"}
    assert titles("30 ngày qua") == {"Họp -1", "Họp 0"}
    assert titles("quá hạn") == {"Họp -40", "Họp -1"}


def test_a_month_without_a_year_lies_in_the_year_on_show(sample: Workspace) -> None:
    june = Condition(column="happened_on", operator=Operator.PERIOD, values=("month:6",))

    rows = lists.page(sample, "fund-entries", ListRequest(year=2023, conditions=(june,)))

    assert {str(row.cells[0])[:7] for row in rows} == {"2023-06"}

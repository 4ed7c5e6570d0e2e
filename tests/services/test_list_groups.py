"""Groups and signs of lists: what SQL says in one query is what reading every row gives."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import Meeting, Task
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import ChecklistItem, LimitOverride, Project
from kc_desktop.services import list_groups, list_signs, lists
from kc_desktop.services.list_groups import Group
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.list_signs import rules_of

_TODAY = date.today()


def _signs(workspace: Workspace, key: str, record_id: int) -> dict[str, str]:
    """Return the words of a row's marks by column."""
    (row,) = lists.page(workspace, key, ListRequest(filters=(("id", record_id),)))
    return {column: mark.words for column, mark in list_signs.marks_of(key, row.signs).items()}


def test_every_column_of_every_list_sorts_and_groups_whole(sample: Workspace) -> None:
    for key in LISTS:
        _check_list(sample, key)


def _check_list(sample: Workspace, key: str) -> None:
    total = lists.count(sample, key, ListRequest())
    extra = tuple(each.key for each in lists.more_columns(key))
    asked = ListRequest(columns=extra, limit=2_000)
    columns = lists.columns_of(key, asked)
    assert len({each.key for each in columns}) == len({each.label for each in columns}) == len(columns)
    for place, column in enumerate(columns):
        rows = lists.page(sample, key, dataclasses.replace(asked, sort=column.key, group=column.key))
        assert len(rows) == min(total, 2_000)
        if not list_groups.can_group_by(column):
            continue
        grouped = dataclasses.replace(asked, group=column.key)
        found = list_groups.groups(sample, key, grouped)
        assert sum(each.rows for each in found) <= total
        _check_folds(sample, key, grouped, found)
        if total <= 2_000 and column.kind not in (Kind.DATE, Kind.MOMENT):
            counted = Counter(list_groups.words_of(column, row.cells[place]) for row in rows)
            told = Counter({list_groups.words_of(column, each.value): 0 for each in found})
            for each in found:
                told[list_groups.words_of(column, each.value)] += each.rows
            assert told == counted


def _check_folds(sample: Workspace, key: str, grouped: ListRequest, groups: Sequence[Group]) -> None:
    """Fold some groups, open the same alone: together they are all rows, and from the end the same as from above."""
    some = tuple(each.key for each in groups[::2])  # that of no value, which is the first, among them
    folded, opened = dataclasses.replace(grouped, folded=some), dataclasses.replace(grouped, opened=some)
    of_some, of_others = ([each.id for each in lists.page(sample, key, asked)] for asked in (opened, folded))
    everything = lists.page(sample, key, grouped)
    assert len({*of_some, *of_others}) == len(of_some) + len(of_others) == len(everything)
    if len(everything) < grouped.limit:
        assert len(of_some) == sum(each.rows for each in groups[::2])
    assert lists.page(sample, key, dataclasses.replace(grouped, from_end=True, limit=5)) == everything[-5:]
    assert lists.page(sample, key, dataclasses.replace(grouped, opened=())) == ()


def test_groups_add_up_what_their_rows_hold(sample: Workspace) -> None:
    request = ListRequest(year=2023, group="state", columns=("disbursed_vnd",), limit=500)
    rows = lists.page(sample, "projects", request)
    keys = [each.key for each in lists.columns_of("projects", request)]
    for group in list_groups.groups(sample, "projects", request):
        mine = [row for row in rows if row.cells[keys.index("state")] == group.value]
        assert len(mine) == group.rows
        for name in ("requested_vnd", "approved_vnd", "disbursed_vnd"):
            assert group.sums[name] == sum(int(str(row.cells[keys.index(name)] or 0)) for row in mine)


def test_entries_of_several_kinds_are_not_added_up_and_reversals_take_away(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    paid = empty.save(
        FundEntry(
            plan_id=plan.id, kind="payment", amount_vnd=10_000_000, happened_on=date(2023, 4, 1), payee="Cơ sở 03"
        )
    )
    empty.save(
        FundEntry(
            plan_id=plan.id,
            kind="reversal",
            amount_vnd=10_000_000,
            happened_on=date(2023, 4, 9),
            reverses_id=paid.id,
            payee="Cơ sở 03",
            reason="Ghi nhầm",
        )
    )
    by_payee = ListRequest(group="payee")
    assert list_groups.groups(empty, "fund-entries", by_payee)[0].sums == {}
    (one,) = list_groups.groups(empty, "fund-entries", dataclasses.replace(by_payee, filters=(("kind", ("payment",)),)))
    assert (one.rows, one.sums) == (2, {"amount_vnd": 0})
    (month,) = list_groups.groups(empty, "fund-entries", ListRequest(group="happened_on"))
    assert list_groups.heading("fund-entries", ListRequest(group="happened_on"), month) == (
        "Ngày: tháng 04/2023 (2 bút toán)"
    )
    assert "Đã bị đảo" in _signs(empty, "fund-entries", paid.id)["kind"]


def test_projects_late_soon_over_and_missing_papers_are_marked(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2023))
    late = empty.save(
        Project(name="Đề án 01", year=2023, state="running", ends_on=_TODAY - timedelta(days=1), approved_vnd=5_000_000)
    )
    for rule in ("disbursed", "advance"):
        empty.save(LimitOverride(project_id=late.id, rule=rule, amount_vnd=6_000_000, reason="Được cho phép"))
    assert "đã ghi lý do" in _signs(empty, "projects", late.id)["approved_vnd"]
    empty.save(FundEntry(plan_id=plan.id, project_id=late.id, kind="advance", amount_vnd=5_000_001, happened_on=_TODAY))
    empty.save(ChecklistItem(project_id=late.id, name="Biên bản", due_on=_TODAY - timedelta(days=1)))
    marked = _signs(empty, "projects", late.id)
    assert set(marked) == {"state", "approved_vnd", "name"}
    assert marked["approved_vnd"] == "Giải ngân nhiều hơn số được duyệt"
    soon = empty.save(dataclasses.replace(late, id=0, ends_on=_TODAY + timedelta(days=30)))
    assert "30 ngày" in _signs(empty, "projects", soon.id)["state"]
    done = empty.save(dataclasses.replace(late, id=0, state="settled"))
    assert _signs(empty, "projects", done.id) == {}


def test_programmes_and_meetings_say_what_is_over_or_open(empty: Workspace) -> None:
    programme = empty.save(Programme(year=2023, name="Chương trình 01", budget_vnd=5_000_000))
    assert _signs(empty, "programmes", programme.id) == {}
    project = empty.save(Project(name="Đề án 01", year=2023, programme_id=programme.id, approved_vnd=5_000_000))
    assert "duyệt hết" in _signs(empty, "programmes", programme.id)["budget_vnd"]
    empty.save(dataclasses.replace(project, adjusted_vnd=5_000_001))
    assert "nhiều hơn" in _signs(empty, "programmes", programme.id)["budget_vnd"]
    meeting = empty.save(Meeting(title="Giao ban", held_on=_TODAY - timedelta(days=2), state="invited"))
    assert "qua ngày họp" in _signs(empty, "meetings", meeting.id)["held_on"]
    empty.save(Task(meeting_id=meeting.id, body="Gửi báo cáo", due_on=_TODAY - timedelta(days=1)))
    assert "quá hạn" in _signs(empty, "meetings", meeting.id)["title"]
    empty.save(dataclasses.replace(meeting, state="held"))
    assert "held_on" not in _signs(empty, "meetings", meeting.id)


def test_what_is_protected_is_masked_in_columns_of_its_own_and_sorts_by_the_mask(empty: Workspace) -> None:
    for citizen, account in (("079012345634", "1234567890"), ("001099999934", "9994567890")):
        empty.save(Person(name="Đại biểu 07", citizen_id=citizen, bank_account=account))
    asked = ListRequest(columns=("citizen_id", "bank_account"), sort="bank_account")
    rows = lists.page(empty, "people", asked)
    assert [row.cells[-2:] for row in rows] == [
        ("0790••••••34", "••••••7890"),
        ("0010••••••34", "••••••7890"),
    ]


def test_every_sign_has_words_and_stands_in_a_column_of_its_list() -> None:
    for key in LISTS:
        shown = {each.key for each in LISTS[key].columns}
        for rule in rules_of(key):
            assert rule.column in shown, (key, rule.name)
            for name in (rule.name, *rule.others):
                assert list_signs.MARKS[name].words

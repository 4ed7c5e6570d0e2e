"""The ledger, the year at a glance and the sample: every sum is a query over rows, and every figure opens its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.charts import OF_ROW
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.people import AppointmentMember
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, lists, overview_charts, projects
from kc_desktop.services.checking import check
from kc_desktop.services.overview import figures
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000


def _entry(workspace: Workspace, kind: str, amount: int, plan: AnnualPlan) -> FundEntry:
    return workspace.save(FundEntry(happened_on=date(2024, 1, 1), kind=kind, plan_id=plan.id, amount_vnd=amount))


def test_a_mistake_is_reversed_once_with_a_reason_and_both_stay(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2024))
    wrong = _entry(empty, "advance", 700, plan)
    with pytest.raises(FieldError, match="lý do"):
        funding.reverse(empty, wrong.id, "  ")
    undoing = funding.reverse(empty, wrong.id, "Ghi nhầm số tiền", on=date(2024, 2, 1))
    assert funding.sums(empty, 2024).disbursed_vnd == 0
    assert len(empty.all(FundEntry)) == 2
    for again in (wrong.id, undoing.id):
        with pytest.raises(KnownError):
            funding.reverse(empty, again, "Lần nữa")
    for refused in (lambda: empty.delete(FundEntry, wrong.id), lambda: empty.save(wrong)):
        with pytest.raises(KnownError, match="Bút toán đã ghi"):
            refused()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["allocation", "supplement", "advance", "payment", "refund", "settlement"]),
            st.integers(1, 10**12),
            st.booleans(),
        ),
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sums_are_what_adding_up_by_hand_gives(empty: Workspace, movements: list[tuple[str, int, bool]]) -> None:
    with empty.change("Thử", is_start=True):  # any sums at all: not held against the limits
        year = 1990 + len(empty.all(AnnualPlan))
        plan = empty.save(AnnualPlan(year=year))
        by_hand: dict[str, int] = {}
        for kind, amount, is_reversed in movements:
            entry = _entry(empty, kind, amount, plan)
            if is_reversed:
                funding.reverse(empty, entry.id, "Thử", on=date(2024, 1, 2))
            else:
                by_hand[kind] = by_hand.get(kind, 0) + amount
    sums = funding.sums(empty, year)
    given_out = by_hand.get("allocation", 0) + by_hand.get("supplement", 0)
    out = by_hand.get("advance", 0) + by_hand.get("payment", 0) - by_hand.get("refund", 0)
    assert (sums.allocated_vnd, sums.disbursed_vnd, sums.left_vnd) == (given_out, out, given_out - out)
    assert sums.settled_vnd == by_hand.get("settlement", 0)


def test_the_sample_says_what_the_centre_published(sample: Workspace) -> None:
    sums = funding.sums(sample, 2022)
    assert (sums.allocated_vnd, sums.approved_vnd) == (5_978 * MILLION, 5_804 * MILLION)
    assert len(sample.children(Project, year=2022)) == 31
    budgets = [each.budget_vnd for each in sample.children(Programme, year=2023)]
    assert budgets == [2_735 * MILLION, 335 * MILLION, 900 * MILLION, 830 * MILLION]
    assert sum(budgets) == 4_800 * MILLION == funding.sums(sample, 2023).allocated_vnd
    assert [each.planned_text for each in sample.all(Target)] == ["10–15", "6.000", "5", "15"]
    levels = [each.level for each in sample.all(AppointmentMember)]
    assert [levels.count(each) for each in ("huyen", "xa", "hiep_hoi")] == [8, 11, 6]
    assert check(sample.path) == ()


def test_the_year_at_a_glance_gives_the_share_approved_and_every_figure_opens_its_rows(sample: Workspace) -> None:
    seen = {each.key: each for each in figures(sample, 2022)}
    assert seen["approved"].note == "97,09 % vốn giao"
    for each in seen.values():
        rows = lists.page(sample, each.list_key, each.request)
        count = lists.count(sample, each.list_key, each.request)
        if each.unit == "":
            assert count == each.value
        elif each.value:
            column = [c.key for c in lists.LISTS[each.list_key].columns].index(
                "approved_vnd" if each.key == "approved" else "amount_vnd"
            )
            amounts = [row.cells[column] for row in rows]
            assert sum(amount for amount in amounts if isinstance(amount, int)) == each.value


def _signed(workspace: Workspace, request: lists.ListRequest) -> int:
    """Add up the rows a figure opens as a person would: what came back and what was reversed counts the other way."""
    total = 0
    for row in lists.page(workspace, "fund-entries", request):
        entry = workspace.get(FundEntry, row.id)
        meant = workspace.get(FundEntry, entry.reverses_id) if entry.reverses_id else entry
        sign = (-1 if entry.reverses_id else 1) * (-1 if meant.kind == "refund" else 1)
        total += sign * entry.amount_vnd
    return total


def test_figures_with_reversals_and_with_entries_of_projects_alone_open_the_rows_they_are_made_of(
    empty: Workspace,
) -> None:
    plan = empty.save(AnnualPlan(year=2024))
    programme = empty.save(Programme(name="Chương trình 1", year=2024))
    project = empty.save(Project(name="Đề án 1", year=2024, programme_id=programme.id, adjusted_vnd=900))
    for kind, amount in (("allocation", 5_000), ("supplement", 70), ("settlement", 30)):
        funding.reverse(empty, _entry(empty, kind, amount, plan).id, "Ghi nhầm", on=date(2024, 2, 1))
        _entry(empty, kind, amount * 2, plan)
    for kind, amount in (("advance", 600), ("payment", 200), ("refund", 100)):
        made = empty.save(
            FundEntry(
                happened_on=date(2024, 1, 1), kind=kind, plan_id=plan.id, project_id=project.id, amount_vnd=amount
            )
        )
        funding.reverse(empty, made.id, "Ghi nhầm", on=date(2024, 2, 1))
        empty.save(replace(made, id=0, amount_vnd=amount + 1))
    seen = {each.key: each for each in figures(empty, 2024)}
    assert seen["allocated"].value == 10_140 == _signed(empty, seen["allocated"].request)
    assert seen["disbursed"].value == 701 == _signed(empty, seen["disbursed"].request)
    assert seen["approved"].value == 900
    assert lists.count(empty, "projects", seen["approved"].request) == 1
    (chart,) = overview_charts.charts(empty, 2024, "programmes")
    place = chart.chart.stands_for.index(("KCDP", programme.id))
    (bar,) = [each for each in chart.bars if (each.row, each.series) == (place, 2)]
    assert chart.chart.series[2].values[place] == 701 == _signed(empty, bar.opens[1])
    for request in (seen["disbursed"].request, bar.opens[1]):
        assert lists.count(empty, "fund-entries", request) == 9


def test_sums_beyond_what_sqlite_can_add_up_are_right(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2024))
    most, rows = 10**15, 9_300  # 2^63 lies between
    with empty.change("Thử"):
        entry = _entry(empty, "payment", most, plan)
        with empty.reading() as connection:
            connection.execute(
                "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                "INSERT INTO fund_entry (happened_on, kind, plan_id, amount_vnd) "
                "SELECT happened_on, kind, plan_id, amount_vnd FROM fund_entry, n WHERE id = ?",
                (rows, entry.id),
            )
    assert funding.sums(empty, 2024).disbursed_vnd == most * rows > 2**63
    assert figures(empty, 2024)[2].value == most * rows
    empty.undo()
    assert funding.sums(empty, 2024).disbursed_vnd == 0
    empty.redo()
    assert funding.sums(empty, 2024).disbursed_vnd == most * rows


def test_the_four_programmes_stand_against_their_targets(sample: Workspace) -> None:
    money, reached = overview_charts.charts(sample, 2023, "programmes")
    opened = [bar.opens for bar in money.bars if bar.series == OF_ROW]
    assert [lists.count(sample, *each) for each in opened] == [12, 1, 0, 0]
    assert [key[0] for key in reached.chart.stands_for] == [1, 4, 4, 4]


def test_an_estimate_that_does_not_fit_its_project_is_told(sample: Workspace) -> None:
    project = next(each for each in sample.children(Project, year=2023) if each.programme_id == 1)
    assert projects.estimate_differences(projects.dossier(sample, project.id)) == ()
    sample.save(
        EstimateLine(project_id=project.id, content="Khoản thêm", total_vnd=5 * MILLION, support_vnd=5 * MILLION),
    )
    (told,) = projects.estimate_differences(projects.dossier(sample, project.id))
    assert "205.000.000" in told
    assert "200.000.000" in told


def test_an_entry_is_of_the_source_its_project_and_programme_are_of(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2024, source="KCDP"))
    project = empty.save(Project(name="Đề án quốc gia", year=2024, source="KCQG", approved_vnd=10))
    programme = empty.save(Programme(name="Chương trình quốc gia", year=2024, source="KCQG"))
    entry = FundEntry(happened_on=date(2024, 3, 1), kind="payment", plan_id=plan.id, amount_vnd=1)
    for name, wrong in (("project_id", project.id), ("programme_id", programme.id)):
        with pytest.raises(FieldError, match="thuộc nguồn Khuyến công quốc gia") as refused:
            empty.save(replace(entry, **{name: wrong}))  # type: ignore[arg-type]  # fields of ids
        assert refused.value.field == name

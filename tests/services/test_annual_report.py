"""The yearly report from a real file: every figure of its text and charts is one the ledger's queries give."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.chart import Chart
from kc_desktop.documents.paper import Paper
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.balance import View
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import Project
from kc_desktop.services import balances, funding, lists, overview, papers
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000


def charts_of(paper: Paper) -> dict[str, Chart]:
    return {each.title: each for each in paper.body if isinstance(each, Chart)}


def written_down(workspace: Workspace, year: int) -> tuple[str, dict[str, Chart]]:
    plan = workspace.children(AnnualPlan, year=year)[0]
    paper = papers.build(workspace, "annual-report", plan.id)
    return plain_text(paper), charts_of(paper)


def agrees_with_the_ledger(workspace: Workspace, year: int) -> None:
    """Check the text and the charts of a year's report against the queries behind the screens."""
    text, charts = written_down(workspace, year)
    sums = funding.sums(workspace, year)
    assert f"Vốn khuyến công được giao là {format_vnd(sums.allocated_vnd)} đồng" in text
    assert f"tính cho năm {year} là {format_vnd(sums.approved_vnd)} đồng" in text
    moved = sums.advanced_vnd or sums.paid_vnd or sums.refunded_vnd
    spent = f"đã giải ngân {format_vnd(sums.disbursed_vnd)} đồng" if moved else "chưa phát sinh giải ngân"
    assert f"Kinh phí năm {year} {spent}" in text
    assert (f"Đã quyết toán {format_vnd(sums.settled_vnd)} đồng" if sums.settled_vnd else "Chưa quyết toán") in text
    left = format_vnd(sums.allocated_vnd - sums.disbursed_vnd)
    assert f"còn lại chưa giải ngân {left} đồng" in text
    if sums.allocated_vnd > 0 and sums.disbursed_vnd:
        assert f"bằng {format_percent(sums.disbursed_vnd, sums.allocated_vnd)} vốn được giao" in text
    shown = {each.key: each for each in overview.figures(workspace, year)}
    assert f"Năm {year} có {shown['projects'].value} đề án, nhiệm vụ khuyến công" in text
    _bars_agree(workspace, year, charts)


def _bars_agree(workspace: Workspace, year: int, charts: dict[str, Chart]) -> None:
    sums = funding.sums(workspace, year)
    months = charts.get("Giải ngân theo tháng so với kinh phí kế hoạch")
    if months is not None:
        *moves, so_far = months.series
        signs = {"Hoàn trả trong tháng": -1}
        assert sum(sum(each.values) * signs.get(each.name, 1) for each in moves) == so_far.values[-1]
        assert so_far.values[-1] == sums.disbursed_vnd
    planned = balances.table(workspace, year, View.PROGRAMME).total.planned_vnd
    programmes = charts.get("Chương trình so với kinh phí kế hoạch")
    if programmes is not None:
        assert [sum(each.values) for each in programmes.series] == [planned, sums.approved_vnd, sums.disbursed_vnd]
    places = charts.get("Kinh phí theo địa bàn")
    if places is not None:
        assert [sum(each.values) for each in places.series] == [sums.approved_vnd, sums.disbursed_vnd]


def test_the_sample_years_say_what_the_ledger_says(sample: Workspace) -> None:
    for year in (2022, 2023):
        agrees_with_the_ledger(sample, year)
    text, charts = written_down(sample, 2023)
    assert "giảm 18 so với năm 2022" in text
    assert "giảm 1.178.000.000 đồng so với năm 2022" in text
    months = charts["Giải ngân theo tháng so với kinh phí kế hoạch"]
    assert months.mark is not None
    assert months.mark.value == 4800 * MILLION


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["supplement", "advance", "payment", "refund", "settlement"]),
        st.integers(1, 50_000_000),
        st.integers(1, 12),
        st.sampled_from(["KCDP", "KCQG"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_the_report_says_what_the_ledger_says_whatever_was_entered_and_reversed(
    empty: Workspace, moves: list[tuple[str, int, int, str, bool, bool]]
) -> None:
    with empty.change("Thử"):
        year = 2001 + len(lists.names(empty, "plans"))
        plans = {each: empty.save(AnnualPlan(year=year, source=each)) for each in ("KCDP", "KCQG")}
        owners = {each: _project(empty, year, each) for each in plans}
        for source, plan in plans.items():
            _enter(empty, plan, "allocation", 100_000 * MILLION, date(year, 1, 2))
            _enter(empty, plan, "advance", 600 * MILLION, date(year, 2, 2), owners[source])
        for kind, amount, month, source, of_project, is_reversed in moves:
            project = owners[source] if of_project and kind != "supplement" else None
            entry = _enter(empty, plans[source], kind, amount, date(year, month, 5), project)
            if is_reversed:
                funding.reverse(empty, entry.id, "Ghi nhầm", on=date(year, month, 6))
    agrees_with_the_ledger(empty, year)


def _project(workspace: Workspace, year: int, source: str) -> Project:
    programme = workspace.save(Programme(year=year, name="Chương trình", source=source, budget_vnd=900 * MILLION))
    return workspace.save(
        Project(
            name="Đề án",
            year=year,
            source=source,
            programme_id=programme.id,
            state="approved",
            requested_vnd=10**9,
            approved_vnd=10**9,
        )
    )


def _enter(
    workspace: Workspace, plan: AnnualPlan, kind: str, amount_vnd: int, on: date, project: Project | None = None
) -> FundEntry:
    return workspace.save(
        FundEntry(
            happened_on=on,
            kind=kind,
            plan_id=plan.id,
            project_id=project.id if project else None,
            amount_vnd=amount_vnd,
            document="UNC",
        )
    )


def test_a_part_of_a_year_counts_what_is_dated_by_its_end_and_the_same_part_of_the_year_before(
    empty: Workspace,
) -> None:
    for year, amount in ((2023, 30 * MILLION), (2024, 50 * MILLION)):
        plan = empty.save(AnnualPlan(year=year, source="KCDP"))
        project = _project(empty, year, "KCDP")
        _enter(empty, plan, "allocation", 1000 * MILLION, date(year, 1, 2))
        _enter(empty, plan, "advance", amount, date(year, 5, 5), project)
        _enter(empty, plan, "payment", 100 * MILLION, date(year, 8, 8), project)
    (plan,) = empty.children(AnnualPlan, year=2024)
    paper = papers.build(empty, "annual-report:h1", plan.id)
    text = plain_text(paper)
    assert "Đến hết 6 tháng đầu năm 2024 đã giải ngân 50.000.000 đồng" in text
    assert "tăng 20.000.000 đồng so với cùng kỳ năm 2023" in text
    assert charts_of(paper)["Kinh phí theo địa bàn"].series[1].values == (50 * MILLION,)
    assert papers.name_of("annual-report:h1") == "Báo cáo sơ kết công tác khuyến công 6 tháng đầu năm"


def test_a_year_the_file_knows_nothing_before_is_told_of(empty: Workspace) -> None:
    plan = empty.save(AnnualPlan(year=2024, source="KCDP"))
    found = papers.problems(empty, "annual-report", plan.id)
    assert any("chưa có số liệu năm 2023" in each for each in found)
    assert any("Chưa ghi vốn được giao" in each for each in found)

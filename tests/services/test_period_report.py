"""A part of a year on paper: what happened before it, in it and in all, by the days of the entries, to the đồng."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.chart import Chart
from kc_desktop.documents.paper import Paper, Table
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.programme import AnnualPlan, Programme, Target, TargetResult
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.errors import KnownError
from kc_desktop.services import lists, papers, plan_papers, report_periods, report_texts
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
KEY = "annual-report:0315-0920"
YEARS = {
    2024: (
        ("allocation", 1000, (1, 10)),
        ("advance", 100, (3, 14)),
        ("advance", 40, (3, 15)),
        ("refund", 10, (5, 5)),
        ("settlement", 25, (6, 20)),
        ("payment", 60, (9, 20)),
        ("payment", 200, (9, 21)),
    ),
    2023: (
        ("allocation", 800, (1, 10)),
        ("advance", 5, (3, 14)),
        ("advance", 50, (4, 1)),
        ("payment", 7, (9, 21)),
    ),
}
"""In millions, by month and day."""


def enter(
    workspace: Workspace, plan: AnnualPlan, kind: str, millions: int, on: date, project: Project | None = None
) -> None:
    workspace.save(
        FundEntry(
            happened_on=on,
            kind=kind,
            plan_id=plan.id,
            project_id=project.id if project and kind != "allocation" else None,
            amount_vnd=millions * MILLION,
            document="UNC",
        )
    )


@pytest.fixture
def plan(empty: Workspace) -> AnnualPlan:
    """The plan of 2024, with 2023 before it: entries on both sides of each end of the period."""
    found = None
    for year, moves in sorted(YEARS.items()):
        found = empty.save(AnnualPlan(year=year, source="KCDP"))
        programme = empty.save(Programme(year=year, name="Máy móc", source="KCDP", budget_vnd=900 * MILLION))
        project = empty.save(
            Project(
                name="Đề án 01",
                year=year,
                source="KCDP",
                programme_id=programme.id,
                state="running",
                requested_vnd=400 * MILLION,
                approved_vnd=400 * MILLION,
                approved_on=date(year, 3, 15),
            )
        )
        for state, earlier, day in (("approved", "received", (3, 15)), ("running", "approved", (9, 21))):
            empty.save(
                ProjectStep(project_id=project.id, from_state=earlier, state=state, happened_on=date(year, *day))
            )
        target = empty.save(Target(programme_id=programme.id, name="Cơ sở", unit="cơ sở", planned_from=4, planned_to=4))
        for month in (2, 5, 10):
            empty.save(TargetResult(target_id=target.id, happened_on=date(year, month, 1), quantity=1, evidence="BB"))
        for kind, millions, day in moves:
            enter(empty, found, kind, millions, date(year, *day), project)
    assert found is not None
    return found


def row_of(paper: Paper, label: str, column: str) -> tuple[str, ...]:
    """Return the cells after a label in the first table with that column."""
    for table in (each for each in paper.body if isinstance(each, Table)):
        if column in [each.title for each in table.columns]:
            for row in table.rows:
                if label in row.cells:
                    return row.cells[row.cells.index(label) + 1 :]
    raise AssertionError(label)


def test_what_came_before_in_and_by_the_end_of_a_period_adds_up(empty: Workspace, plan: AnnualPlan) -> None:
    paper = papers.build(empty, KEY, plan.id)
    text = plain_text(paper)
    assert paper.title.subject == "Sơ kết công tác khuyến công từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2024"
    assert (
        "Trong kỳ từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2024 giải ngân 90.000.000 đồng (khuyến công quốc gia 0 "
        "đồng, khuyến công địa phương 90.000.000 đồng), bằng 10,00 % kinh phí kế hoạch cả năm, tăng 40.000.000 đồng so "
        "với cùng kỳ năm 2023. Quyết toán trong kỳ 25.000.000 đồng."
    ) in text
    assert "Lũy kế từ đầu năm đến hết ngày 20 tháng 9 năm 2024 đã giải ngân 190.000.000 đồng" in text
    assert "bằng 19,00 % vốn được giao, bằng 21,11 % kinh phí kế hoạch, tăng 135.000.000 đồng so với cùng kỳ" in text
    assert "trong kỳ không giao thêm" in text
    spent = "Đã giải ngân (tạm ứng + thanh toán - hoàn trả)"
    assert row_of(paper, spent, "Trước kỳ") == ("100", "90", "190")
    assert row_of(paper, "Vốn được giao", "Trước kỳ") == ("1.000", "0", "1.000")
    assert row_of(paper, "Hoàn trả", "Trước kỳ") == ("0", "10", "10")
    same = "Cùng kỳ năm 2023"
    assert row_of(paper, "Giải ngân trong kỳ", same) == ("triệu đồng", "50", "90", "180,00")
    assert row_of(paper, "Giải ngân lũy kế từ đầu năm", same) == ("triệu đồng", "55", "190", "345,45")
    assert row_of(paper, "Kinh phí kế hoạch (cả năm)", same) == ("triệu đồng", "900", "900", "100,00")


def test_projects_targets_and_annexes_follow_the_days(empty: Workspace, plan: AnnualPlan) -> None:
    paper = papers.build(empty, KEY, plan.id)
    assert "có 1 đề án được phê duyệt (theo ngày quyết định), bằng cùng kỳ năm 2023" in plain_text(paper)
    assert "không có đề án chuyển trạng thái khác" in plain_text(paper)
    assert row_of(paper, "- Đã phê duyệt", "KCĐP")[1:] == ("0", "1")
    assert row_of(paper, "Cơ sở", "Lũy kế") == ("cơ sở", "4", "1", "2", "50,00 %")
    (table,) = [each for each in paper.annexes[0].body if isinstance(each, Table)]
    moved = ("900", "400", "40", "60", "10", "90", "0", "190", "25")
    assert table.rows[0].cells[3:12] == moved
    after = plain_text(papers.build(empty, "annual-report:0921-1231", plan.id))
    assert "chưa có đề án nào được phê duyệt (theo ngày quyết định); số đề án chuyển" in after
    assert "đang thực hiện 1." in after


def test_charts_hold_the_days_of_the_period_and_the_sums_so_far(empty: Workspace, plan: AnnualPlan) -> None:
    charts = {each.title: each for each in papers.build(empty, KEY, plan.id).body if isinstance(each, Chart)}
    months = charts["Giải ngân theo tháng so với kinh phí kế hoạch"]
    assert (months.rows[0], months.rows[-1]) == ("15–31/03/2024", "01–20/09/2024")
    values = {each.name: [value // MILLION for value in each.values] for each in months.series}
    assert values["Tạm ứng trong tháng"] == [40, 0, 0, 0, 0, 0, 0]
    assert values["Thanh toán trong tháng"] == [0, 0, 0, 0, 0, 0, 60]
    assert values["Lũy kế đã giải ngân"] == [140, 140, 130, 130, 130, 130, 190]
    programmes = {each.name: each.values for each in charts["Chương trình so với kinh phí kế hoạch"].series}
    assert programmes["Giải ngân trong kỳ"] == (90 * MILLION,)
    assert programmes["Giải ngân lũy kế"] == (190 * MILLION,)


def test_words_of_a_period_name_its_own_figures_and_are_kept_for_it_alone(empty: Workspace, plan: AnnualPlan) -> None:
    draft = report_texts.draft(empty, KEY, plan.id)
    wanted = {"giải ngân": "90.000.000", "giải ngân lũy kế": "190.000.000", "chênh lệch giải ngân": "40.000.000"}
    assert {name: draft.figures[name] for name in wanted} == wanted
    assert draft.figures["tỷ lệ kế hoạch"] == "21,11 %"
    names = [each.name for each in draft.suggestions["strengths"]]
    assert "ưu điểm: giải ngân tăng" in names
    assert "tồn tại: chưa đạt kế hoạch" not in [each.name for each in draft.suggestions["weaknesses"]]
    assert report_texts.save(empty, draft, {"general": "Trong {kỳ}: {giải ngân} đồng."})
    assert "Trong kỳ từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2024: 90.000.000 đồng." in plain_text(
        papers.build(empty, KEY, plan.id)
    )
    assert report_texts.draft(empty, "annual-report:q2", plan.id).texts == {}
    assert report_texts.draft(empty, KEY, plan.id).texts == {"general": "Trong {kỳ}: {giải ngân} đồng."}


def test_several_years_are_added_up_and_stand_one_by_one(empty: Workspace, plan: AnnualPlan) -> None:
    key = "annual-report:2023-2024"
    paper = papers.build(empty, key, plan.id)
    text = plain_text(paper)
    assert paper.title.subject == "Tổng kết công tác khuyến công giai đoạn 2023–2024"
    assert "các chương trình khuyến công giai đoạn 2023–2024 là 1.800.000.000 đồng" in text
    assert "Giai đoạn 2023–2024 có 2 đề án" in text
    assert "trong đó 2 đề án của giai đoạn đã được phê duyệt. Kinh phí được phê duyệt tính cho giai đoạn" in text
    assert "Kinh phí giai đoạn 2023–2024 đã giải ngân 452.000.000 đồng" in text
    assert "bằng 25,11 % vốn được giao, bằng 25,11 % kinh phí kế hoạch. Đã quyết toán 25.000.000 đồng" in text
    by_year = "Giải ngân so với kế hoạch (%)"
    assert row_of(paper, "2023", by_year) == ("1", "900", "800", "400", "62", "0", "6,89")
    assert row_of(paper, "2024", by_year) == ("1", "900", "1.000", "400", "390", "25", "43,33")
    assert row_of(paper, "Tổng cộng", by_year) == ("2", "1.800", "1.800", "800", "452", "25", "25,11")
    assert papers.name_of(key) == "Báo cáo tổng kết công tác khuyến công giai đoạn 2023–2024"
    draft = report_texts.draft(empty, key, plan.id)
    assert (draft.title, draft.figures["giải ngân"]) == ("tổng kết giai đoạn 2023–2024", "452.000.000")
    assert draft.figures["kỳ trước"] == draft.figures["cả kỳ trước"] == "giai đoạn 2021–2022"
    found = papers.problems(empty, "annual-report:2022-2024", plan.id)
    assert "Tệp chưa có số liệu năm 2022: báo cáo tính các năm đó là 0." in found
    with pytest.raises(KnownError, match="không thuộc giai đoạn 2011–2015"):
        papers.build(empty, "annual-report:2011-2015", plan.id)


def test_no_rate_is_of_a_plan_that_lacks_one_of_the_years(empty: Workspace, plan: AnnualPlan) -> None:
    (programme,) = empty.children(Programme, year=2023)
    empty.save(dataclasses.replace(programme, budget_vnd=0))
    key = "annual-report:2023-2024"
    paper = papers.build(empty, key, plan.id)
    text = plain_text(paper)
    assert "là 900.000.000 đồng (khuyến công quốc gia 0 đồng, khuyến công địa phương 900.000.000 đồng); chưa có" in text
    assert "chưa có số liệu kinh phí kế hoạch năm 2023." in text
    assert "% kinh phí kế hoạch" not in text
    by_year = "Giải ngân so với kế hoạch (%)"
    assert [row_of(paper, label, by_year)[-1] for label in ("2023", "2024", "Tổng cộng")] == ["—", "43,33", "—"]
    assert row_of(paper, "Tổng cộng", "So với kế hoạch (%)")[-2:] == ("—", "25,11")
    assert any("Chưa có kinh phí kế hoạch năm 2023" in each for each in papers.problems(empty, key, plan.id))
    assert report_texts.draft(empty, key, plan.id).figures["tỷ lệ kế hoạch"] == "…"


@pytest.mark.parametrize(
    "key", ["annual-report", "annual-report:2024-2025", "annual-report:q1", "annual-report:q4", KEY]
)
def test_where_nothing_is_known_sentences_say_so_and_no_rate_is_made_up(empty: Workspace, key: str) -> None:
    text = plain_text(papers.build(empty, key, empty.save(AnnualPlan(year=2025, source="KCDP")).id))
    assert "Chưa có số liệu kinh phí kế hoạch" in text
    assert "chưa phát sinh giải ngân" in text
    assert "0,00" not in text
    assert " 0 đồng" not in text


def test_a_period_without_money_in_a_year_with_some_is_told_calmly(empty: Workspace, plan: AnnualPlan) -> None:
    text = plain_text(papers.build(empty, "annual-report:1001-1031", plan.id))
    assert "Trong tháng 10 năm 2024 không phát sinh giải ngân." in text
    assert "Lũy kế từ đầu năm đến hết tháng 10 năm 2024 đã giải ngân 390.000.000 đồng" in text


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.tuples(st.integers(1, 364), st.integers(1, 364)).map(sorted),
    moves=st.lists(
        st.tuples(st.sampled_from(["advance", "payment"]), st.integers(1, 90), st.integers(0, 364)), max_size=8
    ),
)
def test_whatever_the_days_the_sums_are_those_of_the_entries_dated_in_them(
    empty: Workspace, days: list[int], moves: list[tuple[str, int, int]]
) -> None:
    year = 2001 + len(lists.names(empty, "plans"))
    first, last, *others = (
        date.fromordinal(date(year, 1, 1).toordinal() + each) for each in (*days, *(day for *_, day in moves))
    )
    with empty.change("Thử"):
        plan = empty.save(AnnualPlan(year=year, source="KCDP"))
        enter(empty, plan, "allocation", 10_000, date(year, 1, 1))
        for (kind, millions, _), on in zip(moves, others, strict=True):
            enter(empty, plan, kind, millions, on)
    period = report_periods.of_days(year, first, last)
    dossier = plan_papers.dossier(empty, report_periods.key_of(period), plan.id)
    within = sum(millions for (_, millions, _), on in zip(moves, others, strict=True) if first <= on <= last)
    so_far = sum(millions for (_, millions, _), on in zip(moves, others, strict=True) if on <= last)
    assert dossier.in_period.disbursed_vnd == within * MILLION
    assert dossier.by_source.total.disbursed_vnd == so_far * MILLION
    rows = [row for row in dossier.months.rows if row.year == year]
    assert sum(row.amounts.disbursed_vnd for row in rows) == within * MILLION
    assert rows[-1].so_far.disbursed_vnd == so_far * MILLION

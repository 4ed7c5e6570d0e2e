"""A plan's papers from a real file: the sums of the screen on paper, both sources, quarters, what is lacking."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.paper import Block, Paper, Table
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.balance import View
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.law import LegalBasis
from kc_desktop.domain.money import format_million, format_vnd
from kc_desktop.domain.office import Office
from kc_desktop.domain.programme import AnnualPlan, FiveYearProgramme, Programme, Target, TargetResult
from kc_desktop.domain.project import Contract, Impact, Project, ProjectBeneficiary, ProjectStep, YearShare
from kc_desktop.domain.report_period import PERIODS
from kc_desktop.errors import KnownError
from kc_desktop.services import balances, funding, law, lists, papers, plan_papers, statements
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
KEYS = tuple(kind.key for kind in papers.kinds_for("plans"))


@pytest.fixture
def plan(empty: Workspace) -> AnnualPlan:
    """The plan of 2024 of the province's money, in the file of an office."""
    empty.save(
        Office(id=1, name="Trung tâm Khuyến công", parent_name="Sở Công Thương tỉnh Bình Dương", abbreviation="TTKC")
    )
    return empty.save(AnnualPlan(year=2024, source="KCDP", decision="05/QĐ-UBND", decided_on=date(2024, 1, 10)))


def enter(
    workspace: Workspace,
    plan: AnnualPlan,
    kind: str,
    amount_vnd: int,
    on: date,
    project: Project | None = None,
    programme: Programme | None = None,
) -> FundEntry:
    return workspace.save(
        FundEntry(
            happened_on=on,
            kind=kind,
            plan_id=plan.id,
            project_id=project.id if project else None,
            programme_id=programme.id if programme else None,
            amount_vnd=amount_vnd,
            document="UNC",
        )
    )


def granted(workspace: Workspace, name: str = "Ứng dụng máy ép gạch", **fields: object) -> Project:
    values: dict[str, object] = {"year": 2024, "content": "3", "requested_vnd": 200 * MILLION, "state": "approved"}
    given_values = {**values, "approved_vnd": 200 * MILLION, **fields}
    return workspace.save(Project(name=name, **given_values))  # type: ignore[arg-type]  # fields of any kind


def built(workspace: Workspace, key: str, plan_id: int) -> Paper:
    return papers.build(workspace, key, plan_id)


def tables_of(paper: Paper) -> list[Table]:
    blocks: list[Block] = [*paper.body, *[block for each in paper.annexes for block in each.body]]
    return [each for each in blocks if isinstance(each, Table)]


def cells(paper: Paper, words: str, *, at: int = 0) -> tuple[str, ...]:
    """Return the cells after the words that begin a row; of several such rows the one `at` a place."""
    found = [row.cells for table in tables_of(paper) for row in table.rows if row.cells[1].startswith(words)]
    return found[at][2:]


def _plan_of(workspace: Workspace, year: int) -> int:
    (found,) = workspace.children(AnnualPlan, year=year)
    return found.id


# --- the sample ---


def test_the_sample_of_2022_shows_what_was_given_and_approved_and_their_rate(sample: Workspace) -> None:
    paper = built(sample, "funding-report", _plan_of(sample, 2022))
    assert cells(paper, "Vốn được giao") == ("triệu đồng", "0", "5.978")
    assert cells(paper, "Kinh phí được phê duyệt") == ("triệu đồng", "0", "5.804")
    assert cells(paper, "Tỷ lệ phê duyệt") == ("%", "—", "97,09")
    results = built(sample, "results-report", _plan_of(sample, 2022))
    assert cells(results, "Đề án của năm được phê duyệt") == ("đề án", "0", "31")
    assert cells(built(sample, "project-summary-table", _plan_of(sample, 2022)), "Tổng cộng (31 đề án)")[5] == "5.804"
    assert cells(built(sample, "reconciliation", _plan_of(sample, 2022)), "Tổng cộng")[1] == "5.804.000.000"


def test_the_sample_of_2023_shows_its_four_programmes(sample: Workspace) -> None:
    plan_id = _plan_of(sample, 2023)
    plan_paper = built(sample, "annual-plan", plan_id)
    table = next(each for each in tables_of(plan_paper) if each.columns[-1].title == "Kinh phí kế hoạch")
    assert [row.cells[-1] for row in table.rows] == ["2.735", "335", "900", "830", "4.800"]
    text = plain_text(plan_paper)
    assert "theo 04 chương trình với kinh phí kế hoạch 4.800.000.000 đồng, 13 đề án" in text
    assert "- Bản tin Công Thương (6 kỳ/năm): 6.000 bản tin;" in text
    report = built(sample, "funding-report", plan_id)
    assert cells(report, "Kinh phí kế hoạch") == ("triệu đồng", "0", "4.800")
    assert cells(report, "Tổng cộng")[1:3] == ("4.800", "4.800")
    assert cells(built(sample, "results-report", plan_id), "Cơ sở công nghiệp nông thôn")[1:3] == ("10–15", "3")


PERIOD_KEYS = [key for kind in papers.kinds_for("plans") for key, _ in papers.by_period(kind)]
PRINTED = [
    *(
        (key, ".pdf") for key in PERIOD_KEYS if ":m" not in key or key.endswith(":m9")
    ),  # one number of months is as another
    *((key, ".docx") for key in PERIOD_KEYS if ":" not in key or key.endswith(":h1")),
]


@pytest.mark.parametrize(("key", "suffix"), PRINTED)
def test_every_paper_of_a_plan_prints_for_every_period(sample: Workspace, key: str, suffix: str) -> None:
    assert papers.render(sample, key, _plan_of(sample, 2023), suffix)[:2] in (b"%P", b"PK")


# --- equal to the screen ---

MOVES = st.lists(
    st.tuples(
        st.sampled_from(["allocation", "supplement", "advance", "payment", "refund", "settlement", "reduction"]),
        st.integers(1, 50_000_000),
        st.integers(1, 12),
        st.sampled_from(["none", "project", "programme"]),
        st.sampled_from(["KCDP", "KCQG"]),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_papers_hold_the_balances_of_the_screen_whatever_was_entered_and_reversed(
    empty: Workspace, moves: list[tuple[str, int, int, str, str, bool]]
) -> None:
    with empty.change("Thử"):
        year = 2000 + len(lists.names(empty, "plans"))
        plans = {each: empty.save(AnnualPlan(year=year, source=each)) for each in ("KCDP", "KCQG")}
        owners: dict[str, tuple[Project, Programme]] = {}
        for source, plan in plans.items():
            enter(empty, plan, "allocation", 100_000 * MILLION, date(year, 1, 2))
            programme = empty.save(Programme(year=year, name="Chương trình", source=source, budget_vnd=MILLION))
            project = empty.save(
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
            owners[source] = (project, programme)
        for kind, amount, month, owner, source, is_reversed in moves:
            project, programme = owners[source]
            gives = kind in ("allocation", "supplement", "reduction")
            entry = enter(
                empty,
                plans[source],
                kind,
                amount,
                date(year, month, 5),
                project if owner == "project" and not gives else None,
                programme if owner == "programme" else None,
            )
            if is_reversed:
                funding.reverse(empty, entry.id, "Ghi nhầm", on=date(year, month, 6))
    for source, plan in plans.items():
        sums = funding.sums(empty, year, source)
        report = plan_papers.dossier(empty, "funding-report", plan.id)
        assert report.own_sums.disbursed_vnd == sums.disbursed_vnd
        assert report.own_sums.allocated_vnd == sums.allocated_vnd
        reconciled = plan_papers.dossier(empty, "reconciliation", plan.id).reconciled
        assert sum(each.row.amounts.disbursed_vnd for each in reconciled) == sums.disbursed_vnd
        assert sum(each.row.amounts.left_vnd for each in reconciled) == sums.left_vnd
        (money,) = [each for each in report.money if each.source == source]
        quarters = [money.within(each) for each in PERIODS if each.code.startswith("q")]
        assert sum(each.disbursed_vnd for each in quarters) == sums.disbursed_vnd
        assert cells(built(empty, "reconciliation", plan.id), "Tổng cộng")[-1] == format_vnd(sums.left_vnd)


def test_each_source_has_its_own_papers_and_reports_hold_both(empty: Workspace, plan: AnnualPlan) -> None:
    national = empty.save(AnnualPlan(year=2024, source="KCQG"))
    local_project, national_project = granted(empty), granted(empty, "Máy ép của Bộ", source="KCQG")
    enter(empty, plan, "allocation", 500 * MILLION, date(2024, 1, 15))
    enter(empty, national, "allocation", 300 * MILLION, date(2024, 2, 15))
    enter(empty, plan, "advance", 100 * MILLION, date(2024, 5, 15), local_project)
    enter(empty, national, "advance", 60 * MILLION, date(2024, 8, 15), national_project)
    for each in (plan, national):
        report = built(empty, "funding-report", each.id)
        assert cells(report, "Vốn được giao") == ("triệu đồng", "300", "500")
        assert cells(report, "Tạm ứng") == ("triệu đồng", "60", "100")
    assert "Máy ép của Bộ" not in plain_text(built(empty, "project-summary-table", plan.id))
    assert "Máy ép của Bộ" in plain_text(built(empty, "reconciliation", national.id))
    third = built(empty, "funding-report:q3", plan.id)
    assert cells(third, "Tạm ứng") == ("triệu đồng", "60", "60", "0", "100")
    first = built(empty, "funding-report:q1", plan.id)
    assert cells(first, "Tạm ứng") == ("triệu đồng", "0", "0", "0", "0")


def test_an_entry_of_the_adjustment_period_counts_in_the_year_and_in_no_quarter(
    empty: Workspace, plan: AnnualPlan
) -> None:
    project = granted(empty)
    enter(empty, plan, "payment", 50 * MILLION, date(2025, 1, 20), project)
    assert cells(built(empty, "funding-report", plan.id), "Thanh toán")[-1] == "50"
    assert cells(built(empty, "funding-report:q4", plan.id), "Thanh toán")[-2:] == ("0", "0")


def test_a_project_of_an_earlier_year_is_in_the_reconciliation_but_not_in_the_summary(
    empty: Workspace, plan: AnnualPlan
) -> None:
    older = granted(empty, "Đề án chuyển tiếp", year=2023, end_year=2024)
    empty.save(Contract(project_id=older.id, number="07/HĐ-KC", signed_on=date(2023, 4, 20)))
    enter(empty, plan, "payment", 60 * MILLION, date(2024, 3, 1), older)
    assert cells(built(empty, "reconciliation", plan.id), "Đề án chuyển tiếp")[0] == "07/HĐ-KC ngày 20/04/2023"
    assert "Đề án chuyển tiếp" not in plain_text(built(empty, "project-summary-table", plan.id))
    results = built(empty, "results-report", plan.id)
    assert cells(results, "Đề án, nhiệm vụ trong năm") == ("đề án", "0", "1")
    assert cells(results, "Đề án của năm được phê duyệt") == ("đề án", "0", "0")


def test_two_hundred_projects_add_up_to_what_the_screen_shows(empty: Workspace, plan: AnnualPlan) -> None:
    with empty.change("Thử"):
        for number in range(1, 201):
            granted(empty, f"Đề án {number:03d}", approved_vnd=number * MILLION, requested_vnd=number * MILLION)
    shown = balances.table(empty, 2024, View.PROJECT)
    total = cells(built(empty, "project-summary-table", plan.id), "Tổng cộng (200 đề án)")
    assert total[5] == format_million(shown.total.approved_vnd) == "20.100"
    assert len(plan_papers.dossier(empty, "reconciliation", plan.id).reconciled) == 200 + (shown.rows[-1].key is None)


# --- what is read besides the ledger ---


def test_targets_are_told_as_they_stood_at_the_end_of_the_period(empty: Workspace, plan: AnnualPlan) -> None:
    programme = empty.save(Programme(year=2024, name="Mô hình", budget_vnd=MILLION))
    target = empty.save(Target(programme_id=programme.id, name="Cơ sở", unit="cơ sở", planned_from=10, planned_to=15))
    for month, quantity in ((2, 1), (5, 2), (11, 4)):
        empty.save(TargetResult(target_id=target.id, happened_on=date(2024, month, 1), quantity=quantity))
    done = {
        key: plan_papers.dossier(empty, key, plan.id).programmes[0].targets[0].done
        for key in ("funding-report:q1", "funding-report:h1", "results-report")
    }
    assert done == {"funding-report:q1": 1, "funding-report:h1": 3, "results-report": 7}


def test_the_supported_are_counted_once_and_impact_goes_by_the_source(empty: Workspace, plan: AnnualPlan) -> None:
    place = empty.save(Establishment(name="Cơ sở 03", address="Ấp 1"))
    for name in ("Máy ép", "Máy cắt"):
        kept = granted(empty, name)
        empty.save(ProjectBeneficiary(project_id=kept.id, establishment_id=place.id))
    asked = empty.save(Project(name="Chưa duyệt", year=2024, requested_vnd=1))
    other = empty.save(Establishment(name="Cơ sở 04", address="Ấp 2"))
    empty.save(ProjectBeneficiary(project_id=asked.id, establishment_id=other.id))
    empty.save(Impact(project_id=kept.id, establishment_id=place.id, workers_before=5, workers_after=8))
    paper = built(empty, "results-report", plan.id)
    assert cells(paper, "Cơ sở được hỗ trợ") == ("cơ sở", "0", "1")
    assert cells(paper, "Lao động") == ("người", "", "", "5", "8")


def test_a_project_takes_its_programmes_content_when_it_has_none(empty: Workspace, plan: AnnualPlan) -> None:
    programme = empty.save(Programme(year=2024, name="Thông tin", content="6"))
    kept = granted(empty, content="", programme_id=programme.id)
    found = plan_papers.dossier(empty, "results-report", plan.id)
    assert found.content_of == {kept.id: "6"}


def test_the_plan_cites_the_law_of_its_day_and_the_programme_above_it(empty: Workspace, plan: AnnualPlan) -> None:
    above = empty.save(
        FiveYearProgramme(name="Chương trình khuyến công 2021 - 2025", decision="Quyết định 1234/QĐ-UBND")
    )
    empty.save(Programme(year=2024, name="Mô hình", five_year_programme_id=above.id))
    lines = built(empty, "annual-plan", plan.id).basis_lines
    assert any("45/2012/NĐ-CP" in line for line in lines)
    assert not any("235/2025/NĐ-CP" in line for line in lines), "in force only after the plan's decision"
    assert "Căn cứ Quyết định số 1234/QĐ-UBND" in " ".join(lines)
    assert lines[-1].startswith("Căn cứ Quyết định số 05/QĐ-UBND ngày 10 tháng 01 năm 2024 giao kế hoạch")


def test_an_expired_basis_is_warned_of(empty: Workspace, plan: AnnualPlan) -> None:
    basis = next(each for each in empty.all(LegalBasis) if each.code == "46/2012/TT-BCT")
    empty.save(dataclasses.replace(basis, valid_to=date(2023, 12, 31)))
    assert any(
        each.startswith("Căn cứ 46/2012/TT-BCT hết hiệu lực từ 01/01/2024")
        for each in papers.problems(empty, "annual-plan", plan.id)
    )
    assert not any("46/2012" in each for each in papers.problems(empty, "funding-report", plan.id))


def test_the_office_may_let_a_report_cite_bases(empty: Workspace, plan: AnnualPlan) -> None:
    basis = next(each for each in empty.all(LegalBasis) if each.code == "45/2012/NĐ-CP")
    law.cite(empty, basis.id, "funding-report", law.Citation(kind="funding-report"))
    assert "45/2012/NĐ-CP" in plain_text(built(empty, "funding-report:q2", plan.id))


# --- the treasury ---


def test_the_treasurys_statements_are_reconciled_as_on_the_screen(empty: Workspace, plan: AnnualPlan) -> None:
    project = granted(empty)
    enter(empty, plan, "advance", 140 * MILLION, date(2024, 6, 15), project)
    enter(empty, plan, "payment", 60 * MILLION, date(2024, 6, 20), project)
    kept = statements.save_statement(
        empty,
        TreasuryStatement(plan_id=plan.id, name="Quý II"),
        [
            StatementLine(happened_on=date(2024, 6, 16), document="1", amount_vnd=140 * MILLION),
            StatementLine(happened_on=date(2024, 6, 30), document="2", amount_vnd=5 * MILLION, content="Phí"),
        ],
    )
    found = statements.reconciliation(empty, kept.id)
    paper = built(empty, "reconciliation", plan.id)
    assert cells(paper, "Đã giải ngân (chi")[-1] == format_vnd(found.difference_vnd)
    assert "Phí" in plain_text(paper)
    (told,) = [each for each in papers.problems(empty, "reconciliation", plan.id) if each.startswith("Sao kê")]
    assert told.startswith("Sao kê Quý II còn")


# --- what is lacking, names of files ---


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_plan_says_what_to_do_next(empty: Workspace, key: str) -> None:
    kept = empty.save(AnnualPlan(year=2024))
    found = papers.problems(empty, key, kept.id)
    assert found[0] == "Chưa có tên đơn vị: mở Danh mục, Thiết lập đơn vị để ghi."
    assert len(found) > 1
    assert all(":" in each and each.endswith(".") for each in found)
    assert papers.render(empty, key, kept.id, ".pdf").startswith(b"%PDF")


def test_programmes_and_what_was_given_are_held_against_each_other(empty: Workspace, plan: AnnualPlan) -> None:
    empty.save(Programme(year=2024, name="Mô hình", budget_vnd=300 * MILLION, is_draft=True))
    enter(empty, plan, "allocation", 500 * MILLION, date(2024, 1, 15))
    found = " ".join(papers.problems(empty, "annual-plan", plan.id))
    assert "cộng được 300.000.000 đồng, vốn được giao 500.000.000 đồng" in found
    assert "1 chương trình còn là dự thảo" in found
    assert "1 chương trình chưa có chỉ tiêu" in found


def test_files_are_named_after_the_source_or_the_period(empty: Workspace, plan: AnnualPlan) -> None:
    names = {key: papers.file_name(empty, key, plan.id, ".pdf") for key in (*KEYS, "funding-report:h1")}
    assert names["annual-plan"].endswith("Kế hoạch khuyến công năm - Khuyến công địa phương năm 2024.pdf")
    assert names["funding-report:h1"].endswith("Báo cáo kinh phí - 6 tháng đầu năm 2024.pdf")
    assert papers.name_of("funding-report:q2") == "Báo cáo kinh phí quý II"


def test_a_plan_that_is_gone_and_a_period_that_is_unknown_are_told(empty: Workspace, plan: AnnualPlan) -> None:
    with pytest.raises(KnownError, match="Không còn kế hoạch năm"):
        papers.build(empty, "annual-plan", plan.id + 1)
    with pytest.raises(KnownError, match="Không có loại giấy tờ"):
        papers.build(empty, "annual-plan:q1", plan.id)


def test_the_results_of_a_part_of_the_year_are_as_they_stood_at_its_end(empty: Workspace, plan: AnnualPlan) -> None:
    project = granted(empty, state="accepted")
    for action, before, after, on in (
        ("approve", "appraising", "approved", date(2024, 2, 1)),
        ("start", "approved", "running", date(2024, 4, 1)),
        ("accept", "running", "accepted", date(2024, 9, 1)),
    ):
        empty.save(ProjectStep(project_id=project.id, action=action, from_state=before, state=after, happened_on=on))
    enter(empty, plan, "allocation", 500 * MILLION, date(2024, 1, 10))
    enter(empty, plan, "advance", 100 * MILLION, date(2024, 3, 20), project)
    enter(empty, plan, "payment", 80 * MILLION, date(2024, 9, 20), project)
    for key, state, out in (
        ("results-report:q1", "Đã phê duyệt", "100"),
        ("results-report:h1", "Đang thực hiện", "100"),
        ("results-report:q3", "Đã nghiệm thu", "180"),
        ("results-report", "Đã nghiệm thu", "180"),
    ):
        paper = built(empty, key, plan.id)
        assert cells(paper, f"- {state}")[2] == "1", key
        assert cells(paper, "Đã giải ngân")[2] == out, key
        assert cells(paper, "Kinh phí được phê duyệt")[2] == "200", key
    assert "lũy kế từ đầu năm đến hết quý I năm 2024" in plain_text(built(empty, "results-report:q1", plan.id))


def test_a_project_of_several_years_stands_in_each_years_plan_with_that_years_part(
    empty: Workspace, plan: AnnualPlan
) -> None:
    project = granted(empty, end_year=2025, own_vnd=300 * MILLION)
    empty.save(YearShare(project_id=project.id, year=2025, support_vnd=80 * MILLION))
    later = empty.save(AnnualPlan(year=2025, source="KCDP"))
    for of, expected in ((plan, ("420", "120", "300")), (later, ("80", "80", "0"))):
        paper = built(empty, "project-summary-table", of.id)
        assert cells(paper, "Tổng cộng (1 đề án)")[-4:-1] == expected
        assert not any("Trong đó đã được phê duyệt" in row.cells for table in tables_of(paper) for row in table.rows)
        assert cells(built(empty, "annual-plan", of.id), "Tổng cộng", at=0)

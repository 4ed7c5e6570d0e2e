"""Plans to print from: a year of both sources, with numbered placeholders for projects and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, MonthRow, MonthTable, View
from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.law import ReportingGroup
from kc_desktop.domain.plan_dossier import (
    MeasuredImpact,
    PlanDossier,
    PlannedProgramme,
    PlannedTarget,
    ReconciledProject,
    SourceMoney,
    YearBefore,
)
from kc_desktop.domain.programme import SOURCES, AnnualPlan, Programme, Target
from kc_desktop.domain.project import Contract, Impact, Project
from kc_desktop.domain.project_dossier import PaperSigner
from kc_desktop.domain.reconciliation import MatchedLine, Reconciliation
from kc_desktop.domain.report_period import WHOLE_YEAR, Period
from tests.documents.dossiers import OFFICE

MILLION = 1_000_000
YEAR = 2024


def project(
    number: int, *, source: str = "KCDP", support_vnd: int = 200 * MILLION, programme: int | None = 1
) -> Project:
    """Build an approved project with a numbered name."""
    return Project(
        id=number,
        name=f"Hỗ trợ ứng dụng máy móc thiết bị tiên tiến tại Cơ sở {number:03d}",
        year=YEAR,
        source=source,
        programme_id=programme,
        state="running" if number % 2 else "settled",
        implementer=OFFICE.name,
        starts_on=date(YEAR, 3, 1),
        ends_on=date(YEAR, 11, 30),
        requested_vnd=support_vnd,
        approved_vnd=support_vnd,
        approval_number=f"{number:02d}/QĐ-SCT",
        approved_on=date(YEAR, 2, 20),
        own_vnd=300 * MILLION,
        goals="Nâng cao năng suất, chất lượng sản phẩm.",
        scale="Đầu tư 01 dây chuyền.",
        effects="Tăng doanh thu, tạo việc làm.",
    )


def spent(given: Project) -> Amounts:
    """Return how a project of these stands: 70 % advanced, of which a tenth came back, the rest paid."""
    advanced = given.support_vnd * 7 // 10
    return Amounts(
        approved_vnd=given.support_vnd,
        advanced_vnd=advanced,
        paid_vnd=given.support_vnd - advanced,
        refunded_vnd=advanced // 10,
        settled_vnd=given.support_vnd - advanced // 10,
        share_vnd=given.support_vnd,
    )


def plan_dossier(*, local: int = 3, national: int = 2, period: Period = WHOLE_YEAR) -> PlanDossier:
    """Build a plan with so many projects of each source; every second one of the province's has no programme."""
    of_local = [project(place, programme=1 if place % 2 else None) for place in range(1, local + 1)]
    of_national = [project(500 + place, source="KCQG", programme=2) for place in range(1, national + 1)]
    projects = (*of_local, *of_national)
    sums = {
        source: _source_sums([each for each in projects if each.source == source], 900 * MILLION * (source == "KCDP"))
        for source, _ in SOURCES
    }
    rows = tuple(_row(None, "", source, sums[source]) for source, _ in SOURCES)
    by_content = tuple(
        _row("3", "3. Mô hình", source, replace(sums[source], share_vnd=sums[source].planned_vnd))
        for source, _ in SOURCES
    )
    return PlanDossier(
        office=OFFICE,
        plan=AnnualPlan(id=1, year=YEAR, source="KCDP", decision="05/QĐ-UBND", decided_on=date(YEAR, 1, 10)),
        period=period,
        by_source=_table(View.SOURCE, rows),
        by_programme=_table(
            View.PROGRAMME,
            tuple(
                _row(place, f"Chương trình {place:02d}", source, sums[source])
                for place, source in ((1, "KCDP"), (2, "KCQG"))
            ),
        ),
        by_content=_table(View.CONTENT, by_content),
        by_place=_table(
            View.PLACE,
            tuple(
                _row(
                    7 if each.id % 2 else None, "Xã 07" if each.id % 2 else "Chưa ghi địa bàn", each.source, spent(each)
                )
                for each in projects
            ),
        ),
        by_project=_table(View.PROJECT, tuple(_row(each.id, each.name, each.source, spent(each)) for each in projects)),
        months=_money("", total(sums.values())).months,
        before=YearBefore(year=YEAR - 1, by_source=_table(View.SOURCE, rows[:1]), projects=tuple(of_national)),
        money=tuple(_money(source, sums[source]) for source in ("KCQG", "KCDP")),
        programmes=(
            PlannedProgramme(
                programme=_programme(1, "KCDP"), targets=(_target(1, 10, 15, 4), _target(2, 6000, 6000, 0))
            ),
            PlannedProgramme(programme=_programme(2, "KCQG")),
        ),
        projects=projects,
        programme_names={1: "Chương trình 01", 2: "Chương trình 02"},
        content_of={each.id: "3" for each in projects},
        reconciled=tuple(_reconciled(each) for each in of_local),
        statements=(reconciliation(),),
        allocations=(
            FundEntry(
                id=1,
                happened_on=date(YEAR, 1, 15),
                kind="allocation",
                plan_id=1,
                amount_vnd=sums["KCDP"].allocated_vnd,
                document="05/QĐ-UBND",
            ),
        ),
        groups=tuple(
            ReportingGroup(id=place, code=f"nhom-{place}", ordinal=place, name=f"Nhóm {place:02d}", contents=contents)
            for place, contents in enumerate(("1, 2", "3", "4, 5, 6, 7, 8"), start=1)
        ),
        beneficiaries={"KCDP": local, "KCQG": national},
        impacts=(
            MeasuredImpact(
                source="KCDP",
                impact=Impact(
                    establishment_id=3,
                    workers_before=45,
                    workers_after=52,
                    revenue_before_vnd=30_500 * MILLION,
                    revenue_after_vnd=36_000 * MILLION,
                ),
            ),
        ),
        payer=OFFICE.parent_name,
        signer=PaperSigner(name="Trương Thanh Nhàn", post="Phó Giám đốc", authority="KT.", authority_post="Giám đốc"),
        bases=("Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công",),
        is_sample=True,
    )


def empty_plan(year: int = YEAR) -> PlanDossier:
    """Build a plan nothing is known of."""
    nothing = _table(View.SOURCE, ())
    return PlanDossier(
        office=replace(OFFICE, parent_name="", name="", abbreviation="", place="", department_abbreviation=""),
        plan=AnnualPlan(id=1, year=year),
        by_source=nothing,
        by_programme=nothing,
        by_content=nothing,
        money=tuple(_money(source, Amounts()) for source in ("KCQG", "KCDP")),
    )


def reconciliation() -> Reconciliation:
    """Build a statement that agrees in one line, and lacks and has one of its own."""
    entry = FundEntry(
        id=9,
        happened_on=date(YEAR, 6, 15),
        kind="advance",
        plan_id=1,
        amount_vnd=140 * MILLION,
        document="UNC 01",
        payee="Cơ sở 001",
    )
    line = StatementLine(id=1, ordinal=1, happened_on=date(YEAR, 6, 16), document="UNC 01", amount_vnd=140 * MILLION)
    return Reconciliation(
        statement=TreasuryStatement(
            id=1, plan_id=1, name="Quý II", from_day=date(YEAR, 4, 1), to_day=date(YEAR, 6, 30)
        ),
        plan=AnnualPlan(id=1, year=YEAR),
        matched=(MatchedLine(line=line, entry=entry),),
        only_in_ledger=(replace(entry, id=10, document="UNC 02", amount_vnd=60 * MILLION),),
        only_in_statement=(
            replace(line, id=2, document="GBC 07", amount_vnd=5 * MILLION, content="Hoàn trả", is_incoming=True),
        ),
    )


def _source_sums(projects: list[Project], budget_vnd: int) -> Amounts:
    found = total(spent(each) for each in projects)
    given = budget_vnd + found.approved_vnd
    return replace(found, planned_vnd=given, allocated_vnd=given, share_vnd=given)


def _row(key: int | str | None, label: str, source: str, amounts: Amounts) -> BalanceRow:
    return BalanceRow(key=key, label=label, source=source, source_label=dict(SOURCES)[source], amounts=amounts)


def _table(view: View, rows: tuple[BalanceRow, ...]) -> BalanceTable:
    return BalanceTable(year=YEAR, view=view, rows=rows, total=total(row.amounts for row in rows))


def _money(source: str, sums: Amounts) -> SourceMoney:
    """Spread a year: given in January, advanced in May, the rest in November."""
    of_month = {
        1: Amounts(allocated_vnd=sums.allocated_vnd, share_vnd=sums.allocated_vnd),
        5: Amounts(advanced_vnd=sums.advanced_vnd),
        11: replace(sums, planned_vnd=0, allocated_vnd=0, approved_vnd=0, advanced_vnd=0, share_vnd=0),
    }
    rows, so_far = [], Amounts()
    for month in range(1, 13):
        here = of_month.get(month, Amounts())
        so_far = total((so_far, here))
        rows.append(MonthRow(year=YEAR, month=month, amounts=here, so_far=so_far))
    months = MonthTable(year=YEAR, rows=tuple(rows), planned_vnd=sums.planned_vnd, total=so_far)
    return SourceMoney(source=source, label=dict(SOURCES).get(source, ""), sums=sums, months=months)


def _programme(place: int, source: str) -> Programme:
    return Programme(
        id=place,
        year=YEAR,
        ordinal=place,
        name=f"Chương trình {place:02d}",
        content="3",
        source=source,
        budget_vnd=900 * MILLION,
        description="Hỗ trợ 10–15 cơ sở.",
    )


def _target(place: int, first: int, last: int, done: int) -> PlannedTarget:
    return PlannedTarget(
        target=Target(
            id=place,
            programme_id=1,
            ordinal=place,
            name=f"Chỉ tiêu {place:02d}",
            unit="cơ sở",
            planned_from=first,
            planned_to=last,
        ),
        done=done,
    )


def _reconciled(given: Project) -> ReconciledProject:
    contract = Contract(id=given.id, project_id=given.id, number=f"{given.id:02d}/HĐ-KC", signed_on=date(YEAR, 4, 20))
    return ReconciledProject(row=_row(given.id, given.name, "KCDP", spent(given)), project=given, contracts=(contract,))

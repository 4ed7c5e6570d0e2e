"""The papers of a year's plan: what a kind needs, from the queries the screen uses, and what it still lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Final

from kc_desktop.documents import annual_report, catalogue, report_words
from kc_desktop.domain.balance import BalanceTable, View
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import TreasuryStatement
from kc_desktop.domain.law import ReportingGroup
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.plan_dossier import (
    REPORT_SOURCES,
    MeasuredImpact,
    PlanDossier,
    PlannedProgramme,
    PlannedTarget,
    ReconciledProject,
    SourceMoney,
)
from kc_desktop.domain.programme import AnnualPlan, FiveYearProgramme, Programme
from kc_desktop.domain.project import Contract, Project
from kc_desktop.domain.report_period import Period
from kc_desktop.errors import KnownError
from kc_desktop.services import (
    balances,
    law,
    period_figures,
    projects,
    report_texts,
    stage_figures,
    statements,
    targets,
)
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import plan_papers as stored

_AS_AT_ITS_END: Final = frozenset({"results-report", annual_report.KEY})
"""Reports of a part of a year tell how everything stood at its end."""


def dossier(workspace: Workspace, key: str, plan_id: int) -> PlanDossier:
    """Return what a kind of paper is made from; the key may name a period. Raises KnownError when the plan is gone."""
    plan = workspace.get(AnnualPlan, plan_id)
    period = catalogue.period_of(key)
    if period.is_stage:
        stage_figures.refuse_other_plan(plan, period)
        plan = dataclasses.replace(plan, year=period.last_year)
    kind = catalogue.kind(key).key
    until = period.last_day(plan.year) if kind in _AS_AT_ITS_END and not period.is_year else None
    by_source = balances.table(workspace, plan.year, View.SOURCE, until)
    with workspace.reading() as connection:
        running = stored.projects(connection, plan.year)
        if until is not None:
            then = stored.states_on(connection, plan.year, until)
            running = tuple(dataclasses.replace(each, state=then.get(each.id, each.state)) for each in running)
        found = PlanDossier(
            office=workspace.office,
            plan=plan,
            period=period,
            by_source=by_source,
            by_programme=balances.table(
                workspace, plan.year, View.PROGRAMME, until if kind == annual_report.KEY else None
            ),
            by_content=balances.table(workspace, plan.year, View.CONTENT, until),
            money=_money(workspace, plan.year, by_source),
            projects=running,
            allocations=stored.allocations(connection, plan.id),
            year_support=stored.year_support(connection, plan.year),
            beneficiaries=stored.beneficiaries(connection, plan.year),
            impacts=tuple(
                MeasuredImpact(source=source, impact=each)
                for source, each in stored.impacts(connection, plan.year)
                if until is None or each.measured_on is None or each.measured_on <= until
            ),
            groups=workspace.all(ReportingGroup),
            signer=projects.default_signer(workspace),
            is_sample=workspace.is_sample,
        )
    if kind == annual_report.KEY:
        found = _with_tables(workspace, found, until)
        found = dataclasses.replace(
            found,
            within=period_figures.within(workspace, plan.year, period, running),
            before=period_figures.year_before(workspace, plan.year, period),
            texts=report_texts.kept(workspace, plan.year, period.code),
        )
    if period.is_stage:
        found = stage_figures.with_years(workspace, found)
    found = _with_programmes(workspace, found)
    day = basis_day(kind, found)
    found = dataclasses.replace(
        found,
        payer=projects.payer(workspace, Project(year=plan.year, source=plan.source, approved_on=day)),
        bases=law.basis_lines(law.bases_for(workspace, kind, day, plan.source)),
    )
    return _with_reconciliation(workspace, found) if kind == "reconciliation" else found


def plan_of(workspace: Workspace, year: int) -> AnnualPlan:
    """Return the plan that a report of all of a year's sources is made for: the province's, else another.

    Raises:
        KnownError: if the file has no plan of that year.
    """
    plans = sorted(workspace.children(AnnualPlan, year=year), key=lambda each: (each.source != "KCDP", each.id))
    if not plans:
        raise KnownError(
            f"Tệp chưa có kế hoạch khuyến công năm {year}.",
            "Thêm kế hoạch của năm đó ở Danh mục, Kế hoạch khuyến công năm.",
        )
    return plans[0]


def _with_tables(workspace: Workspace, given: PlanDossier, until: date | None) -> PlanDossier:
    year = given.plan.year
    return dataclasses.replace(
        given,
        months=balances.months(workspace, year, "", until, given.period.since(year)),
        by_place=balances.table(workspace, year, View.PLACE, until),
        by_project=balances.table(workspace, year, View.PROJECT, until),
    )


def _money(workspace: Workspace, year: int, by_source: BalanceTable) -> tuple[SourceMoney, ...]:
    labels = describe(AnnualPlan).field("source")
    found = []
    for source in REPORT_SOURCES:
        months = balances.months(workspace, year, source)
        sums = next((row.amounts for row in by_source.rows if row.source == source), months.total)
        found.append(SourceMoney(source=source, label=labels.choice_label(source), sums=sums, months=months))
    return tuple(found)


def _with_programmes(workspace: Workspace, given: PlanDossier) -> PlanDossier:
    year, period = given.plan.year, given.period
    until = date.max if period.is_year else period.last_day(year)
    years = stage_figures.years_of(period) if period.is_stage else (year,)
    own = tuple(each for of in years for each in workspace.children(Programme, year=of))
    named = workspace.many(Programme, {each.programme_id or 0 for each in given.projects})
    five_years = workspace.many(
        FiveYearProgramme, {each.five_year_programme_id or 0 for each in own if each.source == given.plan.source}
    )
    content = {each.id: each.content for each in (*named.values(), *own)}
    return dataclasses.replace(
        given,
        programmes=tuple(
            PlannedProgramme(
                programme=each,
                targets=_targets(workspace, each, given.period, until),
            )
            for each in own
        ),
        programme_names={
            each.id: each.name if each.year == year else f"{each.name} (chương trình năm {each.year})"
            for each in named.values()
        },
        content_of={each.id: each.content or content.get(each.programme_id or 0, "") for each in given.projects},
        five_year_programmes=tuple(five_years.values()),
    )


def _targets(workspace: Workspace, programme: Programme, period: Period, until: date) -> tuple[PlannedTarget, ...]:
    """Return the targets of a programme with what was done by a day, and in the period where that is not the same."""
    found = targets.of_programme(workspace, programme, until)
    if period.is_from_january:
        return tuple(PlannedTarget(target=each.target, done=each.done) for each in found)
    eve = targets.of_programme(workspace, programme, period.eve(programme.year))
    return tuple(
        PlannedTarget(target=each.target, done=each.done, done_within=each.done - earlier.done)
        for each, earlier in zip(found, eve, strict=True)
    )


def _with_reconciliation(workspace: Workspace, given: PlanDossier) -> PlanDossier:
    plan = given.plan
    rows = [row for row in balances.table(workspace, plan.year, View.PROJECT).rows if row.source == plan.source]
    found = workspace.many(Project, {row.key for row in rows if isinstance(row.key, int)})
    with workspace.reading() as connection:
        contracts = stored.contracts(connection, plan.id, plan.year, plan.source)
    of_project: dict[int, list[Contract]] = {}
    for each in contracts:
        of_project.setdefault(each.project_id, []).append(each)
    return dataclasses.replace(
        given,
        reconciled=tuple(
            ReconciledProject(
                row=row,
                project=found.get(row.key) if isinstance(row.key, int) else None,
                contracts=tuple(of_project.get(row.key, ())) if isinstance(row.key, int) else (),
            )
            for row in rows
        ),
        statements=tuple(
            statements.reconciliation(workspace, each.id)
            for each in sorted(
                workspace.children(TreasuryStatement, plan_id=plan.id),
                key=lambda each: (each.from_day or date.min, each.id),
            )
        ),
    )


def basis_day(kind: str, given: PlanDossier) -> date:
    """Return the day whose law a paper cites: the plan's decision for the plan, else the last day of its period.

    A day to come counts as today; a plan without a decision cites the law of its year's first day.
    """
    year = given.plan.year
    if kind == "annual-plan":
        return given.plan.decided_on or min(_day_of(year, 1, 1), date.today())
    return min(_day_of(year, given.period.last_month, min(given.period.ends, 28)), date.today())


def _day_of(year: int, month: int, day: int) -> date:
    """Return a day; today for a year no calendar has."""
    return date(year, month, day) if 1 <= year <= 9999 else date.today()


def dated(_key: str, _given: PlanDossier) -> date | None:
    """Return None: a paper of a year bears the day it is printed."""
    return None


def subject(key: str, given: PlanDossier) -> str:
    """Return what a paper's file is named after: its source where it is on one, its period."""
    when = given.period.words(given.plan.year)
    return when if catalogue.kind(key).key in _OF_ALL_SOURCES else f"{given.source_label} {when}"


_OF_ALL_SOURCES: Final = frozenset({"funding-report", "results-report", annual_report.KEY})


# --- what a paper lacks ---

_NO_ALLOCATION: Final = "Chưa ghi vốn được giao của năm: ghi bút toán Giao vốn ở thẻ Kinh phí."
_NO_PROJECT: Final = "Chưa có đề án nào của năm và nguồn này: thêm ở thẻ Chương trình."
_NO_PROGRAMME: Final = "Chưa có chương trình nào của năm và nguồn này: thêm ở thẻ Chương trình."
_NO_SIGNER: Final = "Chưa có người ký mặc định: đặt ở Danh mục, Thiết lập đơn vị."
_NO_PARENT: Final = "Chưa có cơ quan chủ quản: ghi ở Danh mục, Thiết lập đơn vị."


def problems(workspace: Workspace, key: str, given: PlanDossier) -> tuple[str, ...]:
    """Return what a paper of a plan still lacks, in sentences that say the next step."""
    kind = catalogue.kind(key).key
    found = [*_LACKING[kind](given), *([] if given.signer else [_NO_SIGNER])]
    day = basis_day(kind, given)
    return (*dict.fromkeys(found), *law.basis_problems(law.bases_for(workspace, kind, day, given.plan.source), day))


def _summary(given: PlanDossier) -> Iterator[str]:
    own = given.own_projects
    if not own:
        yield _NO_PROJECT
    for number, what in (
        (sum(1 for each in own if not each.goals), "mục tiêu"),
        (sum(1 for each in own if not each.effects), "hiệu quả"),
        (sum(1 for each in own if each.starts_on is None or each.ends_on is None), "thời gian thực hiện"),
        (sum(1 for each in own if not each.support_vnd), "kinh phí hỗ trợ"),
        (sum(1 for each in own if each.programme_id is None), "chương trình"),
    ):
        if number:
            yield f"{number} đề án chưa ghi {what}: bổ sung ở đề án."


def _reconciliation(given: PlanDossier) -> Iterator[str]:
    if not given.own_sums.allocated_vnd:
        yield _NO_ALLOCATION
    if not given.payer:
        yield "Chưa có tên cơ quan quản lý kinh phí: ghi cơ quan chủ quản ở Danh mục, Thiết lập đơn vị."
    without = sum(1 for each in given.reconciled if each.project is not None and not each.contracts)
    if without:
        yield f"{without} đề án chưa có hợp đồng: ghi ở phần Hợp đồng của đề án."
    if not given.statements:
        yield "Chưa có sao kê kho bạc để đối chiếu: dán sao kê ở thẻ Kinh phí, phần Đối chiếu kho bạc."
    for each in given.statements:
        number = len(each.only_in_ledger) + len(each.only_in_statement)
        if number:
            yield (
                f"Sao kê {each.statement.name} còn {number} dòng chưa khớp, chênh lệch "
                f"{format_vnd(each.difference_vnd)} đồng: khớp ở thẻ Kinh phí, phần Đối chiếu kho bạc."
            )
    yield from _overspent(given, given.plan.source)


def _plan(given: PlanDossier) -> Iterator[str]:
    if not given.own_programmes:
        yield _NO_PROGRAMME
    if not given.own_projects:
        yield _NO_PROJECT
    if not given.plan.decision:
        yield "Chưa có quyết định giao kế hoạch: ghi ở Danh mục, Kế hoạch khuyến công năm."
    sums = given.own_sums
    if not sums.allocated_vnd:
        yield _NO_ALLOCATION
    elif sums.planned_vnd and sums.planned_vnd != sums.allocated_vnd:
        yield (
            f"Kinh phí kế hoạch các chương trình cộng được {format_vnd(sums.planned_vnd)} đồng, vốn được giao "
            f"{format_vnd(sums.allocated_vnd)} đồng: kiểm tra lại cho khớp, hoặc để chênh lệch nếu đúng thực tế."
        )
    drafts = sum(1 for each in given.own_programmes if each.programme.is_draft)
    if drafts:
        yield f"{drafts} chương trình còn là dự thảo: bỏ dấu Dự thảo khi đã được giao."
    bare = sum(1 for each in given.own_programmes if not each.targets)
    if bare:
        yield f"{bare} chương trình chưa có chỉ tiêu: ghi ở chương trình, hoặc ghi tay trên giấy."


def _funding(given: PlanDossier) -> Iterator[str]:
    if not any(each.sums.allocated_vnd for each in given.money):
        yield _NO_ALLOCATION
    if not given.office.parent_name:
        yield _NO_PARENT
    for source in REPORT_SOURCES:
        yield from _overspent(given, source)


def _results(given: PlanDossier) -> Iterator[str]:
    if not given.office.parent_name:
        yield _NO_PARENT
    if not given.projects:
        yield "Chưa có đề án nào của năm: thêm ở thẻ Chương trình."
    without = sum(1 for each in given.projects if not given.content_of.get(each.id))
    if without:
        yield f"{without} đề án chưa có nội dung hoạt động nên chưa xếp được vào nhóm: chọn ở đề án."
    if not any(each.targets for each in given.programmes):
        yield "Chưa có chỉ tiêu nào: ghi ở chương trình, hoặc ghi tay trên giấy."
    if not given.impacts:
        yield "Chưa có kết quả trước và sau hỗ trợ: ghi ở phần Hiệu quả của đề án, hoặc ghi tay trên giấy."
    unverified = sum(1 for each in given.groups if law.certainty_words(each))
    if unverified:
        yield (
            f"{unverified} nhóm nội dung báo cáo chưa kiểm chứng: đối chiếu ở Danh mục, Quy định, mức và thời hạn, "
            "Nhóm nội dung báo cáo."
        )


def _annual(given: PlanDossier) -> Iterator[str]:
    unknown = report_words.unknown_names("\n".join(given.texts.values()), report_words.figures(given))
    if unknown:
        names = ", ".join(f"“{each}”" for each in unknown)
        yield f"Không có số liệu tên {names} nên in nguyên chữ trong ngoặc nhọn: sửa lời ở bước soạn báo cáo."
    yield from _funding(given)
    yield from _results(given)
    if given.within is not None and given.within.undated:
        yield (
            f"{len(given.within.undated)} đề án được phê duyệt chưa ghi ngày phê duyệt nên không đếm vào kỳ nào: "
            "bổ sung ở đề án."
        )
    unknown_years = [str(each.year) for each in given.years if not each.is_known]
    if unknown_years:
        yield f"Tệp chưa có số liệu năm {', '.join(unknown_years)}: báo cáo tính các năm đó là 0."
    if given.unplanned_years:
        yield (
            f"Chưa có kinh phí kế hoạch năm {', '.join(str(each) for each in given.unplanned_years)} nên báo cáo không "
            "tính tỷ lệ so với kế hoạch của cả giai đoạn: ghi ở Kinh phí kế hoạch của các chương trình năm đó."
        )
    if given.before is not None and not given.before.is_known:
        before = given.period.before().plan_words(given.before.year)
        yield f"Tệp chưa có số liệu {before}: cột {given.period.kind} trước để trống, ghi tay nếu cần so sánh."


def _overspent(given: PlanDossier, source: str) -> Iterator[str]:
    sums = given.sums_of(source)
    over = sums.disbursed_vnd - sums.allocated_vnd
    if sums.allocated_vnd and over > 0:
        yield f"Đã giải ngân vượt vốn được giao {format_vnd(over)} đồng: kiểm tra lại bút toán ở thẻ Kinh phí."


_LACKING: Final = {
    "project-summary-table": _summary,
    "reconciliation": _reconciliation,
    "annual-plan": _plan,
    "funding-report": _funding,
    "results-report": _results,
    annual_report.KEY: _annual,
}

"""Hồ sơ kế hoạch năm: everything the papers of a year's plan may say, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, MonthTable, View
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import ReportingGroup
from kc_desktop.domain.office import Office
from kc_desktop.domain.programme import SOURCES, AnnualPlan, FiveYearProgramme, Programme, Target
from kc_desktop.domain.project import Contract, Impact, Project
from kc_desktop.domain.project_dossier import PaperSigner
from kc_desktop.domain.reconciliation import Reconciliation
from kc_desktop.domain.report_period import WHOLE_YEAR, Period

REPORT_SOURCES: Final = ("KCQG", "KCDP")
"""The columns of reports: national money first, then the province's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMoney:
    """One source's money of the year: its sums, and its months."""

    source: str
    label: str
    sums: Amounts
    months: MonthTable

    def within(self, period: Period) -> Amounts:
        """Return what is dated in a period; of the whole year, everything on its plan, whenever dated.

        Budgets and approvals have no month: of a shorter period they are 0.
        """
        if period.is_year:
            return self.sums
        return total(
            row.amounts
            for row in self.months.rows
            if row.year == self.months.year and period.first_month <= row.month <= period.last_month
        )

    def until(self, period: Period) -> Amounts:
        """Return the sums from the beginning of the plan to the end of a period."""
        if period.is_year:
            return self.sums
        return next(
            row.so_far for row in self.months.rows if row.year == self.months.year and row.month == period.last_month
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTarget:
    """A target, and what was done towards it by the end of the dossier's period, and in the period itself.

    `done_within` is None where the period begins with the year, or is all of it.
    """

    target: Target
    done: int
    done_within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedProgramme:
    """A programme of the year, with its targets in their order."""

    programme: Programme
    targets: tuple[PlannedTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciledProject:
    """A row of the plan's balances by project; `project` is None for money that is not on any project."""

    row: BalanceRow
    project: Project | None = None
    contracts: tuple[Contract, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredImpact:
    """Figures before and after the support, with the source of the money."""

    source: str
    impact: Impact


_NOTHING: Final = BalanceTable(year=0, view=View.PROJECT, rows=(), total=Amounts())
_NO_MONTHS: Final = MonthTable(year=0, rows=(), planned_vnd=0, total=Amounts())


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """What happened in a part of a year itself, not before it: money by its entries' days, projects by their steps'.

    Budgets and approvals in these tables are the year's: they have no day. `approved` are the projects whose decision
    is dated in the period, `undated` those approved without a day; `reached` holds how many came into which state.
    """

    by_source: BalanceTable
    by_programme: BalanceTable = _NOTHING
    by_content: BalanceTable = _NOTHING
    by_place: BalanceTable = _NOTHING
    by_project: BalanceTable = _NOTHING
    approved: tuple[Project, ...] = ()
    undated: tuple[Project, ...] = ()
    reached: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBefore:
    """A year beside the report's own: the one before, to the end of the same period, which the report compares with.

    Before several years as many others stand, their sums together; `year` is their last. `within` is what happened in
    the same period itself; None for a whole year.
    """

    year: int
    by_source: BalanceTable
    projects: tuple[Project, ...] = ()
    within: PeriodFigures | None = None

    @property
    def is_known(self) -> bool:
        """Whether the file holds anything of it."""
        return bool(self.projects) or not self.by_source.total.is_nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDossier:
    """Everything a paper on a year's plan may say; amounts are the balances every screen shows.

    `projects` are those that run in the year, of all sources, by name; `programmes` those of the year, of all sources.
    `programme_names` names the programmes any of the projects belongs to, `content_of` is a project's content: its own,
    else its programme's. `beneficiaries` counts the establishments with an approved project, by source. `allocations`
    are the plan's entries that gave or took money and still stand. `year_support` is what of the support of projects of
    several years is for this one. `months`, `by_place`, `by_project`, `before`, `within` and `texts` are gathered for
    the yearly report only; `within` is None for a whole year, `years` are those of a
    report of several, whose sums all tables hold then. `texts` are what the office wrote into its sections,
    figures still by their names. `bases` are lines "Căn cứ …" without a last sign.
    """

    office: Office
    plan: AnnualPlan
    by_source: BalanceTable
    by_programme: BalanceTable
    by_content: BalanceTable
    period: Period = WHOLE_YEAR
    by_place: BalanceTable = _NOTHING
    by_project: BalanceTable = _NOTHING
    months: MonthTable = _NO_MONTHS
    before: YearBefore | None = None
    within: PeriodFigures | None = None
    years: tuple[YearBefore, ...] = ()
    money: tuple[SourceMoney, ...] = ()
    programmes: tuple[PlannedProgramme, ...] = ()
    five_year_programmes: tuple[FiveYearProgramme, ...] = ()
    projects: tuple[Project, ...] = ()
    programme_names: Mapping[int, str] = field(default_factory=dict)
    content_of: Mapping[int, str] = field(default_factory=dict)
    reconciled: tuple[ReconciledProject, ...] = ()
    statements: tuple[Reconciliation, ...] = ()
    allocations: tuple[FundEntry, ...] = ()
    groups: tuple[ReportingGroup, ...] = ()
    beneficiaries: Mapping[str, int] = field(default_factory=dict)
    impacts: tuple[MeasuredImpact, ...] = ()
    year_support: Mapping[int, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    payer: str = ""
    signer: PaperSigner | None = None
    bases: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def has_eve(self) -> bool:
        """Whether the report's period has a part of the year before it: what happened in it is not all so far."""
        return self.within is not None and not self.period.is_from_january

    @property
    def unplanned_years(self) -> tuple[int, ...]:
        """The years of a report of several that the file knows but no planned money of: their plan is not entered."""
        return tuple(each.year for each in self.years if each.is_known and not each.by_source.total.planned_vnd)

    @property
    def whole_planned_vnd(self) -> int:
        """The planned money as what rates are of, in đồng; 0 where the plan of some of the years is not known."""
        return 0 if self.unplanned_years else self.by_source.total.planned_vnd

    @property
    def before_words(self) -> str:
        """What the report compares with: "năm 2022", "cùng kỳ năm 2022", "giai đoạn 2016–2020"."""
        same = "" if self.period.is_year else "cùng kỳ "
        return f"{same}{self.period.before().plan_words(self.plan.year - 1)}"

    @property
    def in_period(self) -> Amounts:
        """What happened in the period itself, of all sources: the sums so far where it begins with the year."""
        return (self.within.by_source if self.within is not None else self.by_source).total

    @property
    def source_label(self) -> str:
        """The plan's source: "Khuyến công địa phương"."""
        return dict(SOURCES).get(self.plan.source, "")

    @property
    def own_programmes(self) -> tuple[PlannedProgramme, ...]:
        """The programmes of the plan's source."""
        return tuple(each for each in self.programmes if each.programme.source == self.plan.source)

    @property
    def own_projects(self) -> tuple[Project, ...]:
        """The projects planned for this year and source: those that begin in it, and earlier ones with a part for it.

        Rejected ones are left out.
        """
        return tuple(
            each
            for each in self.projects
            if each.source == self.plan.source
            and (each.year == self.plan.year or self.year_support.get(each.id))
            and each.state != "rejected"
        )

    def support_of(self, project: Project) -> int:
        """Return what of a project's support is for this year."""
        return self.year_support.get(project.id, project.support_vnd)

    def rest_of(self, project: Project) -> int:
        """Return the money of others in a project, which counts in its first year."""
        return project.own_vnd + project.other_vnd if project.year == self.plan.year else 0

    def total_of(self, project: Project) -> int:
        """Return all money of a project that counts in this year."""
        return self.support_of(project) + self.rest_of(project)

    @property
    def own_sums(self) -> Amounts:
        """The sums of the plan's source in this year."""
        return self.sums_of(self.plan.source)

    def sums_of(self, source: str) -> Amounts:
        """Return the sums of a source in this year, as the balances by source show them."""
        return next((row.amounts for row in self.by_source.rows if row.source == source), Amounts())

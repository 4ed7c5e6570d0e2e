"""What limits are worked out from: the rows of law and a project's money, and which version of a row counts.

The row that counts is the one in force on the project's day: the approval day, else the day of the request, else the
start of the project's year. What was approved earlier keeps the law of its date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kc_desktop.domain.law import AdvanceRate, LegalFigure, Norm, in_force
from kc_desktop.domain.project import Contract, EstimateLine, LimitOverride, Project, ProjectBeneficiary

ADVANCE_CAP = "advance-cap"
PRIORITY_MULTIPLIER = "priority-multiplier"
MANAGEMENT_OF_PROJECT = "management-implementer"
MANAGEMENT_OF_YEAR = "management-agency"
FIGURE_CODES = (ADVANCE_CAP, PRIORITY_MULTIPLIER, MANAGEMENT_OF_PROJECT, MANAGEMENT_OF_YEAR)
"""Codes of the legal figures the rules count with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLaw:
    """The rows of law that limits are worked out from."""

    norms: tuple[Norm, ...] = ()
    advance_rates: tuple[AdvanceRate, ...] = ()
    figures: tuple[LegalFigure, ...] = ()

    def figure(self, code: str, on: date, scope: str) -> LegalFigure | None:
        """Return a figure in force on a day, None when there is none or it has no value."""
        found = in_force(self.figures, code, on, scope)
        return found if found is not None and found.value is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """A project with everything its limits depend on.

    `advanced_vnd` is advances less refunds, `disbursed_vnd` advances and payments less refunds, `settled_vnd` what was
    settled, reversals counted.
    """

    project: Project
    shares: tuple[ProjectBeneficiary, ...] = ()
    contracts: tuple[Contract, ...] = ()
    overrides: tuple[LimitOverride, ...] = ()
    lines: tuple[EstimateLine, ...] = ()
    advanced_vnd: int = 0
    disbursed_vnd: int = 0
    settled_vnd: int = 0

    @property
    def approved_vnd(self) -> int | None:
        """The support in force that was decided: adjusted, else approved; None before the approval."""
        adjusted = self.project.adjusted_vnd
        return self.project.approved_vnd if adjusted is None else adjusted

    @property
    def contracted_vnd(self) -> int | None:
        """The support of the signed contracts, None when none says one.

        The contract with whoever assigns the project (TT 36/2013 Điều 12 khoản 2) covers all of it; where there is none
        the contracts with the beneficiaries together do.
        """
        for amounts in (
            [each.support_vnd for each in self.contracts if each.establishment_id is None],
            [each.support_vnd for each in self.contracts if each.establishment_id is not None],
        ):
            known = [each for each in amounts if each is not None]
            if known:
                return sum(known)
        return None

    @property
    def managed_vnd(self) -> int | None:
        """The support of the estimate's lines that are cost of management; None when no line is marked so."""
        marked = [each.support_vnd for each in self.lines if each.is_management]
        return sum(marked) if marked else None

    def overrides_of(self, code: str) -> tuple[LimitOverride, ...]:
        """Return what lets a limit be exceeded."""
        return tuple(each for each in self.overrides if each.rule == code)


def day_of_law(project: Project) -> date:
    """Return the day whose law counts for a project."""
    return project.approved_on or project.requested_on or date(max(project.year, 1), 1, 1)


def norm_of(law: LimitLaw, project: Project) -> Norm | None:
    """Return the version of the project's norm that counts, None when no norm was chosen.

    The row that was chosen stands in where no version of its code is in force for this source on the day.
    """
    chosen = next((each for each in law.norms if each.id == project.norm_id), None)
    if chosen is None:
        return None
    return in_force(law.norms, chosen.code, day_of_law(project), project.source) or chosen


def percent_of(amount_vnd: int, rate_percent: Decimal) -> int:
    """Return so many percent of an amount, rounded down to whole đồng."""
    top, bottom = rate_percent.as_integer_ratio()
    return amount_vnd * top // (100 * bottom)


def percent_text(rate: Decimal) -> str:
    """Write a rate as people do: "2,5 %", "70 %"."""
    whole, _, part = f"{rate:f}".partition(".")
    part = part.rstrip("0")
    return f"{whole},{part} %" if part else f"{whole} %"

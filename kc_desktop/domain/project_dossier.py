"""Hồ sơ đề án: everything the papers of one project may say, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.double_support import DoubleSupport
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import (
    ChecklistItem,
    Contract,
    EstimateLine,
    Impact,
    ProgressReport,
    Project,
    ProjectBeneficiary,
    ProjectStep,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigner:
    """Who signs a paper: NĐ 30/2020, Phụ lục I, Mục II, khoản 7."""

    name: str
    post: str
    authority: str = ""
    authority_post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """A project's beneficiary with its establishment, representative and commune ("phường An Phú"), for papers."""

    share: ProjectBeneficiary
    establishment: Establishment
    representative: Person | None = None
    commune: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDossier:
    """Everything a paper about one project may say; `bases` are the lines "Căn cứ …" it cites, without a last sign.

    `payer` is the body that assigns the project and pays for it. `steps`, `progress` and `entries` stand in the order
    they happened; `entries` are those of the ledger that still count: no reversal, nothing reversed; `money` holds the
    ledger's own sums. `warnings` are sentences about limits of the law that the project's amounts pass, let stand or
    not.
    """

    office: Office
    project: Project
    content_label: str = ""
    programme_name: str = ""
    payer: str = ""
    beneficiaries: tuple[Beneficiary, ...] = ()
    estimate: tuple[EstimateLine, ...] = ()
    contracts: tuple[Contract, ...] = ()
    steps: tuple[ProjectStep, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    progress: tuple[ProgressReport, ...] = ()
    impacts: tuple[Impact, ...] = ()
    entries: tuple[FundEntry, ...] = ()
    money: Amounts = field(default_factory=Amounts)
    warnings: tuple[str, ...] = ()
    double_support: tuple[DoubleSupport, ...] = ()
    signer: PaperSigner | None = None
    bases: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def granted_vnd(self) -> int | None:
        """The support that was decided: adjusted, else approved; None while nothing is."""
        project = self.project
        return project.approved_vnd if project.adjusted_vnd is None else project.adjusted_vnd

    @property
    def left_vnd(self) -> int | None:
        """What is granted and not disbursed, below 0 when more went out; None while nothing is granted."""
        granted = self.granted_vnd
        return None if granted is None else granted - self.money.disbursed_vnd

    def last_step(self, action: str) -> ProjectStep | None:
        """Return the latest step of this kind, None when it was never taken."""
        return next((each for each in reversed(self.steps) if each.action == action), None)

    def day_of(self, action: str) -> date | None:
        """Return the day of the latest step of this kind: the day of the paper that made it."""
        step = self.last_step(action)
        return step.happened_on if step else None

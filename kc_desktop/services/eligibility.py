"""Whether support may be for an establishment: the verdict with its rule, its day and the fact that decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kc_desktop.domain import eligibility
from kc_desktop.domain.eligibility import Eligibility, Place
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.law import LegalBasis, LegalFigure
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.services import admin_units
from kc_desktop.services.workspace import Workspace

_STEPS = 10
"""How many changes of units are followed at most: a circle in the data must not keep the program busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """An establishment's share of one project."""

    project_id: int
    project_name: str
    first_year: int
    last_year: int
    support_vnd: int
    state_label: str

    @property
    def year_words(self) -> str:
        """The years as people write them: "2023" or "2023–2024"."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"


def verdict(workspace: Workspace, establishment_id: int, on: date) -> Eligibility:
    """Return the verdict on an establishment for a day. Raises KnownError when it is gone."""
    establishment = workspace.get(Establishment, establishment_id)
    return judge(workspace, establishment, on)


def judge(workspace: Workspace, establishment: Establishment, on: date) -> Eligibility:
    """Return the verdict on an establishment as it stands in a form, saved or not."""
    unit = workspace.find(AdminUnit, establishment.commune_id)
    return eligibility.judge(
        establishment,
        _place(workspace, unit, on),
        on=on,
        figures=workspace.all(LegalFigure),
        bases=workspace.all(LegalBasis),
    )


def of_project(
    workspace: Workspace, project_id: int, today: date
) -> tuple[tuple[ProjectBeneficiary, Eligibility], ...]:
    """Return the verdict on each beneficiary: on the project's approval day, today while it is not approved.

    So a project approved under the earlier rule goes on under it (NĐ 235/2025/NĐ-CP, transition).
    """
    project = workspace.get(Project, project_id)
    shares = workspace.children(ProjectBeneficiary, project_id=project_id)
    return tuple((each, verdict(workspace, each.establishment_id, project.approved_on or today)) for each in shares)


def doubts(workspace: Workspace, project_id: int, today: date) -> tuple[tuple[str, bool], ...]:
    """Return what stands against a project's beneficiaries, in sentences; True with those who are not eligible at all.

    A warning, never a refusal: the file may lack what a person knows.
    """
    return tuple(
        (
            f"{workspace.title_of('establishment', share.establishment_id)}: {_in_sentence(found.explanation)}",
            found.outcome == "not",
        )
        for share, found in of_project(workspace, project_id, today)
        if found.outcome != "eligible"
    )


def _in_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


def support_of(workspace: Workspace, establishment_id: int) -> tuple[Support, ...]:
    """Return the projects an establishment has a share of, the newest year first."""
    shares = {
        each.project_id: each for each in workspace.children(ProjectBeneficiary, establishment_id=establishment_id)
    }
    states = describe(Project).field("state")
    found = [
        Support(
            project_id=each.id,
            project_name=each.name,
            first_year=each.year,
            last_year=each.end_year or each.year,
            support_vnd=shares[each.id].support_vnd,
            state_label=states.choice_label(each.state),
        )
        for each in workspace.many(Project, set(shares)).values()
    ]
    return tuple(sorted(found, key=lambda each: (-each.first_year, each.project_id)))


def size_class(workspace: Workspace, establishment: Establishment, on: date) -> str:
    """Return the size class of an establishment, one of `domain.eligibility.SIZE_CLASSES`."""
    return eligibility.size_class(establishment, workspace.all(LegalFigure), on)


def _place(workspace: Workspace, unit: AdminUnit | None, on: date) -> Place:
    commune = _on_day(workspace, unit, on)
    province = commune
    for _ in range(_STEPS):
        if province is None or admin_units.is_province(province):
            break
        province = admin_units.unit_on(workspace, province.parent_code, on)
    return Place(commune=commune, province=province)


def _on_day(workspace: Workspace, unit: AdminUnit | None, on: date) -> AdminUnit | None:
    """Return what a unit is on a day: itself, another row of its code, or what took its place."""
    code = unit.code if unit is not None else ""
    for _ in range(_STEPS):
        found = admin_units.unit_on(workspace, code, on) if code else None
        if found is not None or unit is None or unit.valid_to is None or on <= unit.valid_to:
            return found
        code = unit.successor_code if unit.successor_code != code else ""
        following = workspace.children(AdminUnit, code=code) if code else ()
        unit = following[-1] if following else None
    return None

"""Needs found at establishments: each becomes a project in one step and follows it to the result."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain import lifecycle
from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project, ProjectBeneficiary, ProjectStep
from kc_desktop.errors import KnownError
from kc_desktop.services import naming
from kc_desktop.services.workspace import Workspace

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a need stands: its own state, or what its project has come to; `words` say it whole."""

    state: str
    words: str
    project: Project | None = None

    @property
    def state_label(self) -> str:
        """The state in words."""
        return describe(Lead).field("state").choice_label(self.state)


def standing(workspace: Workspace, lead: Lead) -> Standing:
    """Return how a need stands: with a project, the project says so, and its end is the need's."""
    project = workspace.find(Project, lead.project_id)
    if project is None:
        return Standing(state=lead.state, words=lead.result.strip() or "Chưa có đề án.")
    is_over = project.state in lifecycle.FINAL_STATES
    label = describe(Project).field("state").choice_label(project.state)
    since = _since(workspace, project)
    amount = f", hỗ trợ {format_vnd(project.support_vnd)} đồng" if project.support_vnd else ""
    words = f"Đề án năm {project.year}: {label.lower()}{since}{amount}."
    return Standing(
        state="closed" if is_over else "project",
        words=" ".join(part for part in (words, lead.result.strip()) if part),
        project=project,
    )


def _since(workspace: Workspace, project: Project) -> str:
    days = [
        each.happened_on
        for each in workspace.children(ProjectStep, project_id=project.id)
        if each.state == project.state and each.happened_on
    ]
    return f" từ {max(days):%d/%m/%Y}" if days else ""


def make_project(workspace: Workspace, lead_id: int, year: int) -> Project:
    """Make a need the project of a year: its establishment benefits, its words say why; one step of the history.

    Raises KnownError for a need that has a project already.
    """
    lead = workspace.get(Lead, lead_id)
    if lead.project_id:
        name = workspace.title_of("project", lead.project_id)
        raise KnownError(f"Nhu cầu này đã thành đề án {name}.", "Mở đề án ấy để làm tiếp.")
    establishment = workspace.find(Establishment, lead.establishment_id)
    with workspace.change(f"Lập đề án từ nhu cầu {naming.short(lead.need)}"):
        project = workspace.save(
            Project(
                name=_name(lead, establishment),
                year=year,
                implementer=workspace.office.name,
                place=establishment.address if establishment is not None else "",
                commune_id=establishment.commune_id if establishment is not None else None,
                necessity=lead.need,
                content=lead.content,
            )
        )
        if establishment is not None:
            workspace.save(ProjectBeneficiary(project_id=project.id, establishment_id=establishment.id))
        workspace.save(dataclasses.replace(lead, project_id=project.id, state="project"))
    return project


def _name(lead: Lead, establishment: Establishment | None) -> str:
    need = naming.short(lead.need, _LONGEST_NAME).rstrip(".…;, ")
    if establishment is None or establishment.name.casefold() in need.casefold():
        return need
    return f"{need} tại {establishment.name}"


def of_establishment(workspace: Workspace, establishment_id: int) -> tuple[tuple[Lead, Person | None, Standing], ...]:
    """Return the needs found at an establishment, the newest first, each with who found it and how it stands."""
    found = workspace.children(Lead, establishment_id=establishment_id)
    people = workspace.many(Person, {each.person_id for each in found})
    newest = sorted(found, key=lambda each: (each.found_on or date.min, each.id), reverse=True)
    return tuple((each, people.get(each.person_id), standing(workspace, each)) for each in newest)

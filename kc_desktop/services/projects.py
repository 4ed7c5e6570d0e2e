"""Projects: their beneficiaries and estimate, as papers and forms need them."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

from kc_desktop.domain import money
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.office import Signer
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import CONTENTS, Programme
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
from kc_desktop.domain.project_dossier import Beneficiary, PaperSigner, ProjectDossier
from kc_desktop.services import law
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import ledger


def dossier(workspace: Workspace, project_id: int) -> ProjectDossier:
    """Return everything about a project. Raises KnownError when it is gone."""
    project = workspace.get(Project, project_id)
    programme = workspace.find(Programme, project.programme_id)
    steps = workspace.children(ProjectStep, project_id=project_id)
    progress = workspace.children(ProgressReport, project_id=project_id)
    with workspace.reading() as connection:
        sums = ledger.project_sums(connection, project_id)
    return ProjectDossier(
        office=workspace.office,
        project=project,
        content_label=dict(CONTENTS)[project.content] if project.content else "",
        programme_name=programme.name if programme else "",
        payer=payer(workspace, project),
        beneficiaries=beneficiaries(workspace, project_id),
        estimate=workspace.children(EstimateLine, project_id=project_id),
        contracts=workspace.children(Contract, project_id=project_id),
        steps=tuple(sorted(steps, key=lambda each: (each.happened_on or date.min, each.id))),
        checklist=workspace.children(ChecklistItem, project_id=project_id),
        progress=tuple(sorted(progress, key=lambda each: (each.month, each.id))),
        impacts=workspace.children(Impact, project_id=project_id),
        entries=standing_entries(workspace, project_id),
        money=sums,
        signer=default_signer(workspace),
        is_sample=workspace.is_sample,
    )


def beneficiaries(workspace: Workspace, project_id: int) -> tuple[Beneficiary, ...]:
    """Return a project's beneficiaries with their establishments and representatives, in three queries."""
    shares = workspace.children(ProjectBeneficiary, project_id=project_id)
    establishments = workspace.many(Establishment, {each.establishment_id for each in shares})
    people = workspace.many(Person, {each.representative_id or 0 for each in establishments.values()})
    return tuple(
        Beneficiary(
            share=share,
            establishment=as_at_approval(establishments[share.establishment_id], share.snapshot),
            representative=people.get(establishments[share.establishment_id].representative_id or 0),
        )
        for share in shares
    )


def as_at_approval(establishment: Establishment, snapshot: str) -> Establishment:
    """Return an establishment with the name and address it had when its project was approved, where they were kept.

    A project approved before a place was renamed keeps the old name on its papers.
    """
    try:
        kept = json.loads(snapshot or "{}")
    except ValueError:
        return establishment
    if not isinstance(kept, dict):
        return establishment
    return dataclasses.replace(
        establishment,
        name=str(kept.get("name") or establishment.name),
        address=str(kept.get("address") or establishment.address),
    )


_NATIONAL_BODY = "central-agency"
"""The code of the body that manages national projects, in the table of bodies' names."""


def payer(workspace: Workspace, project: Project) -> str:
    """Return the body that assigns a project and pays for it, by its name on the day of approval; "" when not known.

    Local projects: the office's parent body. National ones: the body of TT 36/2013 Điều 12 khoản 1, as the table of
    bodies' names has it.
    """
    if project.source != "KCQG":
        return workspace.office.parent_name
    found = law.body_name(workspace, _NATIONAL_BODY, project.approved_on or date.today())
    return found.name if found else ""


def standing_entries(workspace: Workspace, project_id: int) -> tuple[FundEntry, ...]:
    """Return the entries of a project that count, by day: reversals and what they reverse are left out."""
    entries = workspace.children(FundEntry, project_id=project_id)
    undone = {each.reverses_id for each in entries if each.kind == "reversal"}
    standing = [each for each in entries if each.kind != "reversal" and each.id not in undone]
    return tuple(sorted(standing, key=lambda each: (each.happened_on or date.min, each.id)))


def default_signer(workspace: Workspace) -> PaperSigner | None:
    """Return who signs the office's papers by default, None while nobody is set."""
    chosen = next((each for each in workspace.all(Signer) if each.is_default), None)
    if chosen is None:
        return None
    return PaperSigner(
        name=workspace.title_of("person", chosen.person_id),
        post=chosen.post,
        authority=chosen.authority,
        authority_post=chosen.authority_post,
    )


def estimate_differences(given: ProjectDossier) -> tuple[str, ...]:
    """Return, in sentences, where the estimate's sums and the project's amounts do not agree; () when they do."""
    if not given.estimate:
        return ()
    sums = (
        ("khuyến công hỗ trợ", sum(each.support_vnd for each in given.estimate), given.project.support_vnd),
        ("vốn đối ứng", sum(each.own_vnd for each in given.estimate), given.project.own_vnd),
        ("nguồn khác", sum(each.other_vnd for each in given.estimate), given.project.other_vnd),
    )
    return tuple(
        f"Dự toán cộng phần {name} được {money.format_vnd(estimated)} đồng, đề án ghi "
        f"{money.format_vnd(stated)} đồng: sửa cho khớp."
        for name, estimated, stated in sums
        if estimated != stated
    )

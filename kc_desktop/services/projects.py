"""Projects: their beneficiaries and estimate, as papers and forms need them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date

from kc_desktop.domain import money
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import BodyName
from kc_desktop.domain.office import Signer
from kc_desktop.domain.people import AdminUnit, Person
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
    YearShare,
)
from kc_desktop.domain.project_dossier import Beneficiary, PaperSigner, ProjectDossier
from kc_desktop.services import admin_units, law
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
    """Return a project's beneficiaries with their establishments, representatives and communes, in four queries."""
    shares = workspace.children(ProjectBeneficiary, project_id=project_id)
    establishments = workspace.many(Establishment, {each.establishment_id for each in shares})
    people = workspace.many(Person, {each.representative_id or 0 for each in establishments.values()})
    places = workspace.many(AdminUnit, {each.commune_id or 0 for each in establishments.values()})
    return tuple(
        _beneficiary(share, establishments[share.establishment_id], people, places)
        for share in shares
        if share.establishment_id in establishments
    )


def _beneficiary(
    share: ProjectBeneficiary, now: Establishment, people: dict[int, Person], places: dict[int, AdminUnit]
) -> Beneficiary:
    """Return a beneficiary by the name, address and commune it had when the project was approved, where kept.

    A project approved before a place was renamed keeps the old names on its papers.
    """
    then = _kept_at_approval(share.snapshot)
    commune = places.get(now.commune_id or 0)
    return Beneficiary(
        share=share,
        establishment=dataclasses.replace(
            now, name=str(then.get("name") or now.name), address=str(then.get("address") or now.address)
        ),
        representative=people.get(now.representative_id or 0),
        commune=admin_units.in_sentence(str(then.get("commune") or (commune.name if commune else ""))),
    )


def _kept_at_approval(snapshot: str) -> dict[str, object]:
    try:
        kept = json.loads(snapshot or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


NATIONAL = "KCQG"
_NATIONAL_BODY = "central-agency"
"""The code of the body that manages national projects, in the table of bodies' names."""


def payer(workspace: Workspace, project: Project) -> str:
    """Return the body that assigns a project and pays for it; "" when not known.

    Local projects: the office's parent body. National ones: the body of TT 36/2013 Điều 12 khoản 1.
    """
    if project.source != NATIONAL:
        return workspace.office.parent_name
    found = national_body(workspace, project)
    return found.name if found is not None else ""


def national_body(workspace: Workspace, project: Project) -> BodyName | None:
    """Return the body over a national project by its name on the day of approval; None for a local project."""
    if project.source != NATIONAL:
        return None
    return law.body_name(workspace, _NATIONAL_BODY, project.approved_on or date.today())


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


def told_by_year(project: Project, shares: Sequence[YearShare]) -> tuple[str, bool]:
    """Say what of a project's approved support counts in its first year, and whether the shares do not agree with it.

    `ledger.approved` counts the same: the first year has what is not written down for another.
    """
    approved = project.approved_vnd if project.adjusted_vnd is None else project.adjusted_vnd
    if approved is None:
        return "Ghi phần hỗ trợ của từng năm; tính vào cân đối của năm khi đề án được phê duyệt.", False
    later = sum(each.support_vnd for each in shares if each.year != project.year)
    first = [each.support_vnd for each in shares if each.year == project.year]
    last = project.end_year or project.year
    outside = sorted({each.year for each in shares if not project.year <= each.year <= last})
    total = later + sum(first)
    if later > approved or (first and total != approved):
        return (
            f"Các năm cộng được {money.format_vnd(total)} đồng, hỗ trợ được duyệt {money.format_vnd(approved)} đồng: "
            "sửa cho khớp.",
            True,
        )
    if outside:
        return f"Đề án thực hiện {project.year}–{last}: năm {outside[0]} nằm ngoài thời gian này.", True
    return (
        f"Tính vào năm {project.year}: {money.format_vnd(approved - later)} đồng, phần còn lại vào các năm đã ghi.",
        False,
    )

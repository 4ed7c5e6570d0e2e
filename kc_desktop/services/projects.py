"""Projects: their beneficiaries and estimate, as papers and forms need them."""

from __future__ import annotations

from kc_desktop.domain import money
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.office import Signer
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import CONTENTS, Programme
from kc_desktop.domain.project import (
    Beneficiary,
    EstimateLine,
    PaperSigner,
    Project,
    ProjectBeneficiary,
    ProjectDossier,
)
from kc_desktop.services.workspace import Workspace


def dossier(workspace: Workspace, project_id: int) -> ProjectDossier:
    """Return everything about a project. Raises KnownError when it is gone."""
    project = workspace.get(Project, project_id)
    programme = workspace.find(Programme, project.programme_id)
    return ProjectDossier(
        office=workspace.office,
        project=project,
        content_label=dict(CONTENTS)[project.content] if project.content else "",
        programme_name=programme.name if programme else "",
        beneficiaries=tuple(
            _beneficiary(workspace, share) for share in workspace.children(ProjectBeneficiary, project_id=project_id)
        ),
        estimate=workspace.children(EstimateLine, project_id=project_id),
        signer=default_signer(workspace),
        is_sample=workspace.is_sample,
    )


def _beneficiary(workspace: Workspace, share: ProjectBeneficiary) -> Beneficiary:
    establishment = workspace.get(Establishment, share.establishment_id)
    return Beneficiary(
        share=share,
        establishment=establishment,
        representative=workspace.find(Person, establishment.representative_id),
    )


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

"""A project to take through its life, in a file that holds the law's rows of dossiers and deadlines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Kind, Record, describe
from kc_desktop.domain.law import DeadlineRule, DossierRule, Norm
from kc_desktop.domain.project import Project, ProjectBeneficiary
from kc_desktop.services.workspace import Workspace

LAW = Path(__file__).parents[2] / "resources" / "law"


def install_law(workspace: Workspace) -> None:
    """Put the rows of dossiers and deadlines into a file that has none yet."""
    for cls, name in ((DeadlineRule, "deadlines"), (DossierRule, "dossier-rules")):
        if workspace.all(cls):
            continue
        rows = json.loads((LAW / f"{name}.json").read_text("utf-8"))["rows"]
        with workspace.change("Nạp luật"):
            for row in rows:
                workspace.save(_record(cls, row))


def _record(cls: type[Any], row: dict[str, Any]) -> Record:
    days = {each.name for each in describe(cls).fields if each.kind is Kind.DATE}
    made: Record = cls(**{key: date.fromisoformat(each) if key in days else each for key, each in row.items()})
    return made


def norm(workspace: Workspace, code: str = "may-moc", content: str = "3") -> Norm:
    """Keep a norm of a code."""
    return workspace.save(Norm(code=code, name="Ứng dụng máy móc thiết bị", content=content))


def project(workspace: Workspace, **fields: Any) -> Project:
    """Keep a project for 2024 with one beneficiary."""
    kept = workspace.save(
        Project(
            **{"name": "Ứng dụng máy ép gạch", "year": 2024, "content": "3", "requested_vnd": 200_000_000, **fields}
        )
    )
    place = workspace.save(Establishment(name="Cơ sở 03", address="Ấp 1", phone="02743814163", workers=12))
    workspace.save(
        ProjectBeneficiary(project_id=kept.id, establishment_id=place.id, support_vnd=200_000_000, own_vnd=300_000_000)
    )
    return kept

"""The picture of a form that offers what was half typed and never saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kc_desktop.domain.project import Project
from ui.drafts import AT, Drafts

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer) -> None:
    """Keep a project with a draft from a power cut, of a morning long ago: the picture is the same every day."""
    part = photographer.part(1, "projects")
    project = next(each for each in part.workspace.all(Project) if each.year == 2023)
    drafts, owner = Drafts(part.state, part.workspace.path), f"project-{project.id}"
    drafts.keep(
        owner, "form-1", {AT: "2023-06-20T14:05", "place": "Xã 05", "note": "Cơ sở đề nghị lùi ngày nghiệm thu"}
    )
    part.open_record("projects", project.id)
    photographer.keep("form-draft")
    drafts.keep(owner, "form-1", {})
    part.open_record("projects", project.id)

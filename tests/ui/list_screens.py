"""Pictures of lists that stand in groups, their signs, and the dialog in which columns are chosen."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kc_desktop.domain.project import Project
from ui.dialogs.columns import ColumnsDialog
from ui.tabs.record_tab import RecordTab

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer, tab: RecordTab) -> None:
    """Keep the list of projects in groups, one of them folded, with a project that is late and one that soon ends."""
    panel, workspace = tab.panel, photographer.window.workspace
    assert workspace is not None
    ends = (date.today() - timedelta(days=3), date.today() + timedelta(days=3))
    running = [each for each in workspace.all(Project) if each.state == "running"][: len(ends)]
    with workspace.change("Sửa đề án"):
        for project, day in zip(running, ends, strict=True):
            workspace.save(dataclasses.replace(project, ends_on=day))
    panel.refresh()
    panel.columns.group_by("state")
    photographer.keep("list-groups")
    panel.model.fold(0, True)
    panel.columns.arrange(("state", "name", "content", "disbursed_vnd"))
    photographer.keep("list-columns")
    panel.columns.choose()
    dialog = panel.findChild(ColumnsDialog)
    assert dialog is not None
    photographer.keep("list-columns-dialog", dialog)
    dialog.reject()
    panel.columns.reset()
    workspace.undo()
    panel.refresh()

"""Pictures of the office's forms and the collaborators' workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kc_desktop.services import office_forms
from tests.exchange.form_books import drawn
from ui.dialogs.cell_map import CellMapDialog
from ui.dialogs.export_form import ExportFormDialog
from ui.dialogs.lead_template import LeadTemplateDialog
from ui.dialogs.new_form import NewFormDialog

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer, folder: Path) -> None:
    """Keep a form with its map, the dialogs around it, and the question for whom the collaborators' workbook is."""
    window = photographer.window
    workspace = window.workspace
    assert workspace is not None
    path = folder / "Biểu 05.xlsx"
    path.write_bytes(drawn(rows=3))
    form = office_forms.bring(workspace, path, name="Biểu 05 – Tổng hợp đề án", source="projects")
    window.open_catalogue("office-forms")
    QCoreApplication.processEvents()
    photographer.keep("office-forms")
    chart = CellMapDialog(workspace, form, window)
    chart.show()
    chart.grid.go_to(7, 4)
    photographer.keep("cell-map", chart)
    chart.reject()
    for name, dialog in (
        ("new-form", NewFormDialog(workspace, window)),
        ("export-form", ExportFormDialog(workspace, "Đề án", (form,), form.id, window)),
        ("lead-template", LeadTemplateDialog(workspace, 2023, window)),
    ):
        dialog.show()
        photographer.keep(name, dialog)
        dialog.reject()
    workspace.undo()

"""Pictures of the import wizard, step by step, over workbooks as offices write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tests.exchange.books import COLLABORATORS, PROJECTS, PROJECTS_MERGED, write_xlsx
from ui.dialogs.import_wizard import ImportDialog
from ui.importing import begin_import

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def photograph(photographer: Photographer, folder: Path) -> None:
    """Keep every step of the wizard: projects in triệu đồng, then people with a row that is wrong."""
    path = write_xlsx(folder / "Biểu tổng hợp đề án 2022.xlsx", PROJECTS, merged=PROJECTS_MERGED, name="KH 2022")
    dialog = _begun(photographer, path)
    for name in ("import-file", "import-columns", "import-check"):
        photographer.keep(name, dialog)
        _go_on(dialog)
    dialog.accept()
    rows = [
        *COLLABORATORS[:9],
        (3, "Cộng tác viên 03", "năm 89", "", "Cấp huyện", "", 955117771, ""),
        *COLLABORATORS[11:],
    ]
    dialog = _begun(photographer, write_xlsx(folder / "Danh sách CTV.xlsx", rows, name="DS CTV"))
    _go_on(dialog)
    _go_on(dialog)
    photographer.keep("import-wrong", dialog)
    _go_on(dialog)
    photographer.keep("import-done", dialog)
    dialog.accept()
    workspace = photographer.window.workspace
    assert workspace is not None
    workspace.undo()
    workspace.undo()
    photographer.window.refresh()


def _begun(photographer: Photographer, path: Path) -> ImportDialog:
    dialog = begin_import(photographer.window, photographer.window.files.jobs(), path)
    assert dialog is not None
    while dialog.file_page.book is None:
        QCoreApplication.processEvents()
    return dialog


def _go_on(dialog: ImportDialog) -> None:
    dialog.next_button.click()
    while dialog.is_busy():
        QCoreApplication.processEvents()

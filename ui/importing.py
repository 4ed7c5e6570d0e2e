"""Nhập Excel…: opens the import wizard for the list in front, and shows what it wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kc_desktop import paths
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import import_columns
from kc_desktop.services.import_plans import CHANGED, NEW
from kc_desktop.services.importing import Imported
from kc_desktop.services.lists import ListRequest
from ui.dialogs.import_wizard import ImportDialog

if TYPE_CHECKING:
    from ui.jobs import JobRunner
    from ui.main_window import MainWindow

_FOLDER_KEY = "import/folder"


def begin_import(window: MainWindow, jobs: JobRunner, path: Path | None = None) -> ImportDialog | None:
    """Open the wizard, with a workbook where one is given; None where nothing can be written."""
    workspace = window.workspace
    if workspace is None or not window.may_leave():
        return None
    if workspace.is_read_only:
        error = KnownError("Tệp đang mở chỉ để đọc nên không nhập được.", workspace.read_only_reason)
        window.files.tell(error, "Chưa nhập được Excel")
        return None
    kept = window.state.text(_FOLDER_KEY)
    folder = Path(kept) if kept and Path(kept).is_dir() else paths.documents_folder()
    dialog = ImportDialog(workspace, jobs, folder, what=_in_front(window), path=path, parent=window)
    _Outcome(window, dialog)
    dialog.open()
    return dialog


def _in_front(window: MainWindow) -> str:
    """Return what the list in front holds that can be imported, "" for none."""
    return next((each for each in window.pages.screens_in_front() if each in import_columns.WHATS), "")


class _Outcome(QObject):
    """Shows in the window what the wizard did; it lives as long as the dialog."""

    def __init__(self, window: MainWindow, dialog: ImportDialog) -> None:
        super().__init__(dialog)
        self._window = window
        self._year = 0
        dialog.imported.connect(self._on_imported)
        dialog.remembered.connect(self._on_remembered)
        dialog.listWanted.connect(self._on_list_wanted)
        dialog.folderUsed.connect(self._on_folder_used)
        dialog.finished.connect(dialog.deleteLater)

    @Slot(object)
    def _on_imported(self, found: Imported) -> None:
        self._window.refresh()
        self._year = found.plan.year()
        number = format_vnd(found.counts[NEW] + found.counts[CHANGED])
        of = f" năm {self._year}" if self._year else ""
        self._window.status.offer_undo(f"Đã nhập {number} dòng {import_columns.TITLES[found.what]}{of}.")

    @Slot()
    def _on_remembered(self) -> None:
        self._window.refresh(frozenset({"setting"}))

    @Slot(str)
    def _on_list_wanted(self, what: str) -> None:
        self._window.open_request(what, ListRequest(year=self._year))

    @Slot(object)
    def _on_folder_used(self, folder: Path) -> None:
        self._window.state.put(_FOLDER_KEY, str(folder))

"""Lists of people and establishments: the same one typed twice is told at once and can be merged."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from kc_desktop.services import merging
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


class DirectoryTab(RecordTab):
    """A list with the button that finds what is there twice."""

    def __init__(self, workspace: Workspace, state: ViewState, key: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, key, parent)

    def _build_ui(self) -> None:
        self._notice = ""
        super()._build_ui()
        self.merge_button = QPushButton(icon("merge"), "Tìm trùng…", self)
        self.merge_button.setToolTip(f"Tìm {self.panel.model.spec.singular} ghi nhiều lần và gộp làm một")
        self.merge_button.setEnabled(not self.workspace.is_read_only)
        self.panel.add_to_head(self.merge_button)
        self.merge_button.clicked.connect(self._on_merge_clicked)

    def record_shown(self, record: Any) -> None:
        """Say when what is on show may stand in the list already."""
        super().record_shown(record)
        found = merging.alike_to(self.workspace, record) if record is not None and record.id else ()
        self._notice = ""
        if found:
            more = f" và {len(found) - 1} bản ghi nữa" if len(found) > 1 else ""
            first = found[0]
            self._notice = f"▲ Có thể đã ghi rồi: {first.titles[0]} ({first.reason}){more}. Bấm Tìm trùng để gộp."
        self.form.show_notice(self._notice)

    def notice(self) -> str:
        """Return what is said of the record on show, "" when it stands alone."""
        return self._notice

    @Slot()
    def _on_merge_clicked(self) -> None:
        if not self._may_leave_record():
            return
        from ui.dialogs.merge import MergeDialog

        dialog = MergeDialog(self.workspace, self.cls, self)
        dialog.merged.connect(self._on_merged)
        dialog.exec()

    @Slot(object)
    def _on_merged(self, record: Any) -> None:
        self.panel.refresh()
        self.panel.select(record.id)
        self._show_record(record.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã gộp {self.panel.model.spec.singular}.")

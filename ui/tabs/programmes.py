"""Chương trình: the year's programmes with their targets, beside the projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Value
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import Programme, Target, TargetResult
from kc_desktop.services import targets
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs.group import GroupTab, Part
from ui.tabs.projects import ProjectTab
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm
from ui.widgets.small_table import SmallTableSection


class ProgrammesTab(GroupTab):
    """Chương trình năm | Đề án."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        parts = (Part("programmes", "Chương trình năm", ProgrammeTab), Part("projects", "Đề án, nhiệm vụ", ProjectTab))
        super().__init__(workspace, state, "programmes", parts, parent)


class ProgrammeTab(RecordTab):
    """The programmes of the year; each with its targets and what was done towards them."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "programmes", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        if not self.state.blob(f"tabs/{self.key}/splitter"):
            self.splitter.setSizes([560, 780])  # the targets stand with how far they are

    def make_form(self) -> RecordForm:
        """Add the targets and the button for results."""
        form = super().make_form()
        table = SmallTable(
            cls=Target,
            parent_link="programme_id",
            columns=("name", "unit", "planned_from", "planned_to", "periods"),
            extra=(("Đã làm", self._done), ("Tiến độ", self._standing)),
        )
        self.targets = SmallTableSection(self.workspace, table, form)
        self.targets.set_title("Chỉ tiêu")
        form.add_section("Chỉ tiêu", self.targets)
        self.results_button = QPushButton(icon("check"), "Ghi kết quả…", self.targets)
        self.results_button.setToolTip("Ghi kết quả thực hiện của chỉ tiêu đang chọn")
        self.results_button.setAutoDefault(False)
        self.results_button.clicked.connect(self._on_results_clicked)
        box = self.targets.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self.results_button, 0, Qt.AlignmentFlag.AlignLeft)
        return form

    def new_values(self) -> dict[str, Value]:
        """Put a new programme after those of its year."""
        values = super().new_values()
        kept = self.workspace.children(Programme, year=self._year) if self._year else ()
        return values | {"ordinal": max((each.ordinal for each in kept), default=0) + 1}

    def concerns(self, tables: frozenset[str]) -> bool:
        """Targets and results show here, too."""
        return bool(tables & {"target", "target_result"}) or super().concerns(tables)

    def record_shown(self, record: Any) -> None:
        """Results can be written once the programme is kept and has a target."""
        can = record is not None and bool(record.id) and bool(self.targets.model.lines)
        self.results_button.setEnabled(can and not self.workspace.is_read_only)

    def _done(self, target: Target) -> str:
        results = self.workspace.children(TargetResult, target_id=target.id) if target.id else ()
        return format_vnd(sum(each.quantity for each in results))

    def _standing(self, target: Target) -> str:
        programme = self.form.record
        if not target.id or programme is None:
            return ""
        on = date.today()
        return next(
            (each.words for each in targets.of_programme(self.workspace, programme, on) if each.target.id == target.id),
            "",
        )

    @Slot()
    def _on_results_clicked(self) -> None:
        if self.form.is_editing():
            self.form.show_notice("Lưu chương trình rồi ghi kết quả của chỉ tiêu.")
            return
        row = max(self.targets.view.currentIndex().row(), 0)
        if not self.targets.model.is_line(row):
            return
        from ui.dialogs.results import TargetResultsDialog

        dialog = TargetResultsDialog(self.workspace, self.targets.model.lines[row].record, self)
        dialog.saved.connect(self._on_results_saved)
        dialog.exec()

    @Slot()
    def _on_results_saved(self) -> None:
        self.reload()
        self.dataChanged.emit(self.workspace.last_touched)

"""Chương trình: the year's programmes with their targets, and the projects with beneficiaries and estimate."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Record
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import Target, TargetResult
from kc_desktop.domain.project import EstimateLine, Project, ProjectBeneficiary
from kc_desktop.errors import FieldError
from kc_desktop.services import projects, targets
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs.group import GroupTab, Part
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm, Section
from ui.widgets.small_table import SmallTableSection

_AMOUNTS = ("requested_vnd", "appraised_vnd", "approved_vnd", "adjusted_vnd", "own_vnd", "other_vnd")


class ProgrammesTab(GroupTab):
    """Chương trình năm | Đề án."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        parts = (Part("programmes", "Chương trình năm", ProgrammeTab), Part("projects", "Đề án, nhiệm vụ", ProjectTab))
        super().__init__(workspace, state, "programmes", parts, parent)


class ProgrammeTab(RecordTab):
    """The programmes of the year; each with its targets and what was done towards them."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "programmes", parent)

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


def _with_total(line: EstimateLine) -> EstimateLine:
    return dataclasses.replace(line, total_vnd=line.support_vnd + line.own_vnd + line.other_vnd)


class ProjectTotal(Section):
    """The sum of a project's money, live: support + own + other."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__(form)
        self._form = form
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._label)
        for name in _AMOUNTS:
            form.editor(name).changed.connect(self._on_amount_changed)

    def load(self, record: Record | None) -> None:
        """Show the sum of the record in the form."""
        self._tell(record if isinstance(record, Project) else Project())

    def words(self) -> str:
        """Return the sentence on show."""
        return self._label.text()

    @Slot(object)
    def _on_amount_changed(self, _value: object) -> None:
        values: dict[str, Any] = {}
        for name in _AMOUNTS:
            try:
                value = self._form.editor(name).value()
            except FieldError:
                continue
            values[name] = value if value is not None or name not in ("own_vnd", "other_vnd") else 0
        self._tell(Project(**values))

    def _tell(self, project: Project) -> None:
        self._label.setText(
            f"{format_vnd(project.total_vnd)} đồng = khuyến công hỗ trợ {format_vnd(project.support_vnd)} "
            f"+ vốn đối ứng {format_vnd(project.own_vnd)} + nguồn khác {format_vnd(project.other_vnd)}"
        )


class ProjectTab(RecordTab):
    """The projects of the year, each with its beneficiaries and its estimate."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "projects", parent)

    def make_form(self) -> RecordForm:
        """Add the sum, the beneficiaries and the estimate."""
        form = super().make_form()
        self.total = ProjectTotal(form)
        form.add_section("Tổng kinh phí", self.total)
        beneficiaries = SmallTable(
            cls=ProjectBeneficiary,
            parent_link="project_id",
            columns=("establishment_id", "support_vnd", "own_vnd"),
            summed=("support_vnd", "own_vnd"),
        )
        self.beneficiaries = SmallTableSection(self.workspace, beneficiaries, form)
        self.beneficiaries.set_title("Đơn vị thụ hưởng")
        form.add_section("Đơn vị thụ hưởng", self.beneficiaries)
        estimate = SmallTable(
            cls=EstimateLine,
            parent_link="project_id",
            columns=(
                "content",
                "unit",
                "quantity",
                "price_vnd",
                "support_vnd",
                "own_vnd",
                "other_vnd",
                "total_vnd",
                "note",
            ),
            derived=frozenset({"total_vnd"}),
            summed=("support_vnd", "own_vnd", "other_vnd", "total_vnd"),
            derive=_with_total,
        )
        self.estimate = SmallTableSection(self.workspace, estimate, form)
        self.estimate.set_title("Dự toán kinh phí")
        form.add_section("Dự toán kinh phí", self.estimate)
        self._differences = QLabel(self.estimate)
        self._differences.setWordWrap(True)
        self._differences.setForegroundRole(QPalette.ColorRole.BrightText)
        self._differences.hide()
        box = self.estimate.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self._differences)
        print_button = QPushButton(icon("print"), "In…", form)
        print_button.setToolTip("In giấy tờ của đề án (Ctrl+P)")
        print_button.setAutoDefault(False)
        print_button.clicked.connect(self.print_)
        self.print_button = print_button
        form.add_to_head(print_button)
        form.editingChanged.connect(self._on_editing_changed)
        return form

    def concerns(self, tables: frozenset[str]) -> bool:
        """Beneficiaries and estimates show here, too."""
        return bool(tables & {"project_beneficiary", "estimate_line", "establishment"}) or super().concerns(tables)

    def record_shown(self, record: Any) -> None:
        """Say where the estimate and the project's amounts do not agree."""
        said = ""
        if record is not None and record.id:
            given = projects.dossier(self.workspace, record.id)
            said = "\n".join(f"▲ {each}" for each in projects.estimate_differences(given))
        self._differences.setText(said)
        self._differences.setVisible(bool(said))
        self.print_button.setVisible(record is not None and bool(record.id))

    @Slot()
    def print_(self) -> None:
        """Offer the papers of the project."""
        super().print_()

    @Slot(bool)
    def _on_editing_changed(self, is_editing: bool) -> None:
        record = self.form.record
        self.print_button.setVisible(not is_editing and record is not None and bool(record.id))

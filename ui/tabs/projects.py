"""Đề án: the projects of the year, each with its life, money, estimate, dossier and progress."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain import lifecycle
from kc_desktop.domain.fields import Record, Value
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import Programme
from kc_desktop.domain.project import ProgressReport, Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import deadlines, projects, step_corrections
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs import project_tables
from ui.tabs.project_sections import WorkDoneSection, YearSharesSection
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.checklist import ChecklistSection
from ui.widgets.form_body import FieldTable, FormPage
from ui.widgets.lifecycle_panel import LifecyclePanel
from ui.widgets.limits import LimitsSection
from ui.widgets.record_form import RecordForm, Section
from ui.widgets.small_table import SmallTableSection

_AMOUNTS = ("requested_vnd", "appraised_vnd", "approved_vnd", "adjusted_vnd", "own_vnd", "other_vnd")
MONEY, ESTIMATE, DOSSIER, WORK = "Kinh phí", "Dự toán", "Hồ sơ", "Thực hiện"
_HELP = {MONEY: "project-money", ESTIMATE: "project-estimate", DOSSIER: "project-dossier", WORK: "project-work"}
_YEARS, _DONE = "Hỗ trợ được duyệt theo từng năm", "Khối lượng, kinh phí thực hiện"

_PAGES = (
    FormPage(title="Đề án", groups=("", "Đơn vị và địa điểm")),
    FormPage(title="Nội dung", groups=("Nội dung đề án",)),
    FormPage(
        title=MONEY,
        groups=("Kinh phí",),
        table=FieldTable(
            heads=("Hỗ trợ (đ)", "Văn bản", "Ngày"),
            rows=(
                ("Đề nghị", ("requested_vnd", "request_number", "requested_on")),
                ("Thẩm định", ("appraised_vnd", "appraisal_number", "appraised_on")),
                ("Phê duyệt", ("approved_vnd", "approval_number", "approved_on")),
                ("Điều chỉnh", ("adjusted_vnd", "adjustment_number", "adjusted_on")),
            ),
        ),
    ),
    FormPage(title=ESTIMATE),
    FormPage(title=DOSSIER),
    FormPage(title=WORK),
)
_BESIDE = frozenset(
    {"project_step", "checklist_item", "contract", "progress_report", "impact", "project_beneficiary", "estimate_line"}
    | {
        "year_share",
        "establishment",
        "dossier_rule",
        "deadline_rule",
        "norm",
        "limit_override",
        "fund_entry",
        "advance_rate",
        "attachment",
    }
)
"""Tables whose rows show in a project's form."""


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
    """The projects of the year: their way over the form, and its parts on pages of their own."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "projects", parent, hidden=frozenset({"state"}))

    def _build_ui(self) -> None:
        super()._build_ui()
        if not self.state.blob(f"tabs/{self.key}/splitter"):
            self.splitter.setSizes([500, 840])  # its tables are wide

    def make_form(self) -> RecordForm:
        """Make the form with its pages; the state is changed by steps only."""
        form = RecordForm(self.workspace, self.cls, self, hidden=self._hidden_fields, pages=_PAGES)
        self.life = LifecyclePanel(self.workspace, form)
        form.add_panel(self.life)
        self._add_money(form)
        self.checklist = ChecklistSection(self.workspace, form)
        form.add_section("Thành phần hồ sơ", self.checklist, DOSSIER)
        self.history = self._table(form, "Quá trình thực hiện", project_tables.history(), DOSSIER)
        self._add_corrections()
        self._add_files(form)
        self.contracts = self._table(form, "Hợp đồng", project_tables.contracts(), WORK)
        self.progress = self._table(form, "Báo cáo tiến độ", project_tables.progress(self._report_due), WORK)
        self.work_done = WorkDoneSection(self.workspace, form)
        self.work_done.set_title(_DONE)
        form.add_section(_DONE, self.work_done, WORK)
        self.impacts = self._table(form, "Hiệu quả trước và sau hỗ trợ", project_tables.impacts(), WORK)
        print_button = QPushButton(icon("print"), "In…", form)
        print_button.setToolTip("In giấy tờ của đề án (Ctrl+P)")
        print_button.setAutoDefault(False)
        print_button.clicked.connect(self.print_)
        self.print_button = print_button
        form.add_to_head(print_button)
        form.editingChanged.connect(self._on_editing_changed)
        self.life.stepWanted.connect(self._on_step_wanted)
        self.life.papersWanted.connect(self._on_papers_wanted)
        self.checklist.written.connect(self._on_paper_written)
        self.estimate.edited.connect(self._on_estimate_edited)
        form.editor("programme_id").changed.connect(self._on_programme_chosen)
        return form

    def _add_money(self, form: RecordForm) -> None:
        self.total = ProjectTotal(form)
        form.add_section("Tổng kinh phí", self.total, MONEY)
        self.limits = LimitsSection(self.workspace, form)
        self.limits.changed.connect(self._on_limits_changed)
        form.add_section("Mức hỗ trợ và tạm ứng", self.limits, MONEY)
        self.beneficiaries = self._table(form, "Đơn vị thụ hưởng", project_tables.beneficiaries(), MONEY)
        self.year_shares = YearSharesSection(self.workspace, form)
        self.year_shares.set_title(_YEARS)
        self.year_shares.set_heading(form.add_section(_YEARS, self.year_shares, MONEY))
        self.estimate = self._table(form, "Dự toán kinh phí", project_tables.estimate(), ESTIMATE)
        self._differences = QLabel(self.estimate)
        self._differences.setWordWrap(True)
        self._differences.setForegroundRole(QPalette.ColorRole.BrightText)
        self._differences.hide()
        box = self.estimate.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self._differences)

    def _add_corrections(self) -> None:
        """Put what is written about steps right: one at a time, the last one as a whole."""
        self.amend_button = QPushButton(icon("edit"), "Sửa bước…", self.history)
        self.amend_button.setToolTip("Sửa ngày, số văn bản, người ký, số tiền, lý do của bước đang chọn")
        self.withdraw_button = QPushButton(icon("reverse"), "Rút lại bước cuối", self.history)
        row = QHBoxLayout()
        for button in (self.amend_button, self.withdraw_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        box = self.history.layout()
        assert isinstance(box, QVBoxLayout)
        box.addLayout(row)
        self.amend_button.clicked.connect(self._on_amend_clicked)
        self.withdraw_button.clicked.connect(self._on_withdraw_clicked)

    def _show_corrections(self, record: Any) -> None:
        is_kept = record is not None and bool(record.id)
        can = is_kept and not self.form.is_editing() and not self.workspace.is_read_only
        why = step_corrections.why_not_withdrawn(self.workspace, record.id) if is_kept else ""
        self.amend_button.setEnabled(can and bool(self.history.model.lines))
        self.withdraw_button.setEnabled(can and not why)
        self.withdraw_button.setToolTip(why or "Bỏ bước cuối: đề án trở lại trạng thái trước đó")

    def _table(self, form: RecordForm, title: str, table: SmallTable, page: str) -> SmallTableSection:
        section = SmallTableSection(self.workspace, table, form)
        section.set_title(title)
        form.add_section(title, section, page)
        return section

    def _add_files(self, form: RecordForm) -> None:
        from ui.widgets.attachments import AttachmentSection

        self.files = AttachmentSection(self.workspace, form)
        self.files.changed.connect(self.dataChanged)
        self.files.undoOffered.connect(self.undoOffered)
        self.files.said.connect(self.statusMessage)
        form.add_section("Tệp đính kèm", self.files, DOSSIER)

    def new_values(self) -> dict[str, Value]:
        """Start with the office as who carries it out, as most projects have it."""
        return super().new_values() | {"implementer": self.workspace.office.name}

    def help_screen(self) -> str:
        """Return the name of the page of the form in front."""
        return _HELP.get(self.form.page_in_front(), self.key)

    def concerns(self, tables: frozenset[str]) -> bool:
        """Everything that belongs to a project shows here, too."""
        return bool(tables & _BESIDE) or super().concerns(tables)

    def set_year(self, year: int) -> None:
        """Let days without a year lie in the year worked on."""
        self.checklist.set_working_year(year)
        super().set_year(year)

    def record_shown(self, record: Any) -> None:
        """Say where the estimate and the project's amounts do not agree."""
        self._tell_differences(record)
        self._show_corrections(record)
        self.print_button.setVisible(record is not None and bool(record.id))

    def _tell_differences(self, record: Any) -> None:
        said: tuple[str, ...] = ()
        if record is not None and record.id:
            lines = tuple(each.record for each in self.estimate.model.lines)
            given = dataclasses.replace(projects.dossier(self.workspace, record.id), estimate=lines)
            said = (*projects.estimate_differences(given), *self.estimate.model.warnings())
        self._differences.setText("\n".join(f"▲ {each}" for each in said))
        self._differences.setVisible(bool(said))

    def _report_due(self, report: ProgressReport) -> str:
        project = self.form.record
        if not report.month or not isinstance(project, Project):
            return ""
        if not deadlines.month_code(report.month):
            return "Ghi tháng như 04/2024"
        due = deadlines.report_due(self.workspace, project.source, report.month)
        if due is None:
            return ""
        late = ((report.reported_on or date.today()) - due).days
        return f"{due.day:02d}/{due.month:02d}" + (f", trễ {late} ngày" if late > 0 else "")

    @Slot()
    def print_(self) -> None:
        """Offer the papers of the project."""
        super().print_()

    @Slot(str)
    def _on_step_wanted(self, step: str) -> None:
        record = self.form.record
        if not isinstance(record, Project) or self.form.is_editing():
            return
        from kc_desktop.services import lifecycle as lives
        from ui.dialogs.project_step import ProjectStepDialog

        try:
            project = self.workspace.get(Project, record.id)
            verdict = next(each for each in lives.steps_for(self.workspace, record.id) if each.step == step)
        except KnownError as error:
            self.form.show_notice(str(error), is_problem=True)
            return
        if not verdict.is_allowed:
            self.form.show_notice(verdict.reason, is_problem=True)
            return
        dialog = ProjectStepDialog(self.workspace, project, verdict, self._year, self)
        dialog.taken.connect(self._on_step_taken)
        dialog.exec()

    @Slot(object)
    def _on_step_taken(self, project: Project) -> None:
        touched = self.workspace.last_touched
        self.reload()
        self.dataChanged.emit(touched)
        state = lifecycle.state_label(project.state)
        self.undoOffered.emit(f"Đã ghi quá trình của đề án {project.name}; nay: {state}.")

    @Slot()
    def _on_amend_clicked(self) -> None:
        row = max(self.history.view.currentIndex().row(), 0)
        if not self.history.model.is_line(row):
            return
        step, project = self.history.model.lines[row].record, self.form.record
        rule = step_corrections.rule_of(self.workspace, step)
        if rule is None:
            self.form.show_notice("Dòng này chỉ ghi trạng thái, không phải một bước sửa được.")
            return
        from ui.dialogs.project_step import ProjectStepDialog

        verdict = lifecycle.Verdict(step=step.action, rule=rule, state=step.state)
        dialog = ProjectStepDialog(self.workspace, project, verdict, self._year, self, amended=step)
        dialog.taken.connect(self._on_step_taken)
        dialog.exec()

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        try:
            project = step_corrections.withdraw(self.workspace, self.form.record.id)
        except KnownError as error:
            self.form.show_notice(str(error), is_problem=True)
            return
        self._on_step_taken(project)

    @Slot(object)
    def _on_limits_changed(self, touched: frozenset[str]) -> None:
        self.dataChanged.emit(touched)

    @Slot(object)
    def _on_programme_chosen(self, programme_id: Any) -> None:
        """Fill in what the programme tells of a new project: its source, and its content where none is chosen."""
        record = self.form.record
        programme = self.workspace.find(Programme, programme_id if isinstance(programme_id, int) else None)
        if programme is None or not self.form.is_editing() or record is None or record.id:
            return
        self.form.editor("source").set_value(programme.source)
        if self.form.editor("content").is_empty():
            self.form.editor("content").set_value(programme.content)

    @Slot()
    def _on_papers_wanted(self) -> None:
        self.form.show_page(DOSSIER)
        self.checklist.view.setFocus()

    @Slot()
    def _on_paper_written(self) -> None:
        self.life.load(self.form.record)
        self.dataChanged.emit(self.workspace.last_touched)

    @Slot()
    def _on_estimate_edited(self) -> None:
        self._tell_differences(self.form.record)

    @Slot(bool)
    def _on_editing_changed(self, is_editing: bool) -> None:
        record = self.form.record
        self.print_button.setVisible(not is_editing and record is not None and bool(record.id))
        self._show_corrections(record)

"""Đánh giá: the year's collaborators with what they did, counted, beside how each is judged."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from kc_desktop.domain.collaborator_work import EvaluatedYear, months_words
from kc_desktop.domain.network import EVALUATION_GRADES, Evaluation
from kc_desktop.errors import KnownError
from kc_desktop.services import evaluations, work_papers
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.tabs.base import Verb
from ui.tabs.figures_tab import FiguresTab, OpeningTable
from ui.tabs.report_matrix import LEVELS
from ui.tabs.work_sections import WorkSection
from ui.view_state import ViewState
from ui.widgets.figure_table import Cell, FigureRow
from ui.widgets.record_form import RecordForm

_HEADINGS: Final = (
    *("Họ và tên", "Cấp", "Báo cáo", "Nhu\ncầu", "Thành\nđề án", "Dự họp", "Tập\nhuấn"),
    *("Xếp loại", "Đề nghị\nkhen"),
)
_GRADES: Final = dict(EVALUATION_GRADES)


class EvaluationForm(RecordForm):
    """The judgement, under the name of whom it is about."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, Evaluation, parent, hidden=frozenset({"person_id", "year"}))
        self.work = WorkSection(self)
        self.add_section("Công việc trong năm (chương trình tự đếm)", self.work)

    def _title_text(self) -> str:
        record = self.record
        if record is None:
            return ""
        return f"{self._workspace.title_of('person', record.person_id)}, năm {record.year}"


class EvaluationsTab(FiguresTab):
    """Everybody in the year's network, what they did, and their grade."""

    figures_title = "Cả mạng lưới"
    told_by = frozenset(
        {
            *("evaluation", "collaborator_report", "appointment", "appointment_member", "person", "deadline_rule"),
            *("lead", "project", "attendee", "meeting"),
        }
    )

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self.rows: tuple[EvaluatedYear, ...] = ()
        super().__init__(workspace, state, "evaluations", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        self.add_button.hide()
        self.print_button = QPushButton(icon("print"), "In", self.page)
        self.print_button.setToolTip("In phiếu đánh giá, tờ trình đề nghị tặng giấy khen (Ctrl+P)")
        self.print_button.setAutoDefault(False)
        self.counts = QLabel(self.page)
        self.counts.setWordWrap(True)
        self.strip.addWidget(self.counts, 1)
        self.strip.addWidget(self.print_button)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.print_button.clicked.connect(self.print_)

    # --- for FiguresTab

    def make_form(self) -> RecordForm:
        """Put the counted year under the judgement."""
        self.sheet = EvaluationForm(self.workspace, self)
        return self.sheet

    def make_table(self) -> OpeningTable:
        """Make the table, its names wide."""
        return OpeningTable("Đánh giá cộng tác viên", self, wide=0, least=16)

    def fill(self) -> None:
        """Count the year."""
        self.rows = evaluations.of_year(self.workspace, self.year, self.today()) if self.year else ()
        if not self.year:
            self.show_figures("Chọn một năm ở thanh công cụ để đánh giá cộng tác viên của năm ấy.")
        elif not self.rows:
            self.show_figures(
                f"Năm {self.year} chưa có cộng tác viên để đánh giá. Ghi quyết định công nhận và danh sách trước."
            )
        else:
            self.show_figures("")
        judged = sum(1 for each in self.rows if each.evaluation.grade)
        proposed = sum(1 for each in self.rows if each.evaluation.is_proposed)
        self.counts.setText(f"{len(self.rows)} người, đã xếp loại {judged}, đề nghị khen {proposed}")
        self.print_button.setEnabled(bool(self.rows))
        self.figures.show_rows(_HEADINGS, tuple(map(_row, self.rows)))

    def record_behind(self) -> Evaluation | None:
        """Return the evaluation under the cursor, with id 0 while it is not kept."""
        found = self._current()
        return found.evaluation if found is not None else None

    def count_words(self) -> str:
        """Say how many are in the network."""
        return f"{len(self.rows)} cộng tác viên" if self.rows else ""

    # --- what the window asks

    def record_shown(self, record: Any) -> None:
        """Count the year of whom the evaluation is about."""
        given = None
        if record is not None:
            given = next((each for each in self.rows if each.person.id == record.person_id), None)
            if record.year != self.year or given is None:
                given = evaluations.of_person(self.workspace, record.person_id, record.year, self.today())
        self.sheet.work.show_year(given)

    def can(self, verb: Verb) -> bool:
        """Whoever is in the network can be judged at once; nobody is added here."""
        if verb is Verb.NEW:
            return False
        is_free = self.shows_figures and self.form.record is not None and not self.form.is_editing()
        if verb is Verb.EDIT and is_free:
            return not self.workspace.is_read_only
        if verb is Verb.PRINT and is_free:
            return bool(self.rows)
        return super().can(verb)

    def has_papers(self) -> bool:
        """Sheets and the proposal are made from here."""
        return True

    @Slot()
    def new(self) -> None:
        """Judge whoever is under the cursor."""
        self.edit()

    @Slot()
    def print_(self) -> None:
        """Offer the sheet of whom is on show, those of all, and the proposal."""
        if self.form.is_editing() or not self.rows:
            return
        menu = QMenu(self)
        found = self._current()
        if found is not None:
            one = menu.addAction(icon("print"), f"In Phiếu đánh giá của {found.person.name}")
            one.setData(work_papers.sheet_key(found.person.id))
        menu.addAction(icon("print"), f"In Phiếu đánh giá cả {len(self.rows)} người").setData("evaluation-sheet")
        menu.addAction(icon("print"), "In Tờ trình đề nghị tặng giấy khen").setData("reward-proposal")
        menu.triggered.connect(self._on_paper_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.print_button.mapToGlobal(QPoint(0, self.print_button.height())))
        menu.setActiveAction(menu.actions()[0])

    # --- slots

    @Slot(object)
    def _on_paper_chosen(self, action: Any) -> None:
        record_id = self._any_evaluation()
        if record_id and action.data():
            self.requestPaper.emit(action.data(), record_id)

    # --- private

    def _current(self) -> EvaluatedYear | None:
        place = self.figures.currentIndex().row()
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def _any_evaluation(self) -> int:
        """Return an evaluation of the year, which stands for all; empty sheets are kept first where there are none."""
        kept = next((each.evaluation.id for each in self.rows if each.evaluation.id), 0)
        if kept or self.workspace.is_read_only:
            return kept
        try:
            evaluations.open_year(self.workspace, self.year, self.today())
        except KnownError as error:
            self.statusMessage.emit(f"{error.message} {error.remedy}")
            return 0
        self._fill()
        self._show_something()
        self.dataChanged.emit(self.workspace.last_touched)
        return next((each.evaluation.id for each in self.rows if each.evaluation.id), 0)

    def _show_something(self) -> None:
        """Show the evaluation under the cursor, also one that is not kept yet."""
        record = self.record_behind() if self.shows_figures else None
        if record is None or record.id:
            super()._show_something()
            return
        self.form.show_record(record)
        self.record_shown(record)
        self.verbsChanged.emit()

    @Slot()
    def _on_figure_opened(self) -> None:
        if self.record_behind() is not None and self._may_leave_record():
            self.edit()


def _row(given: EvaluatedYear) -> FigureRow:
    work, evaluation = given.work, given.evaluation
    is_short = work.reports_received < work.reports_owed
    meetings = f"{work.meetings_come}/{work.meetings_asked}" if work.participations else ""
    return FigureRow(
        id=given.person.id,
        cells=(
            Cell(text=given.person.name),
            Cell(text=LEVELS.get(given.level, "")),
            Cell(
                text=f"{work.reports_received}/{work.reports_owed}",
                is_sign=True,
                tip=f"Còn thiếu tháng {months_words(work.missing_months)}" if work.missing_months else "",
                colour="late" if is_short else "",
            ),
            Cell(text=str(work.leads) if work.leads else "", is_sign=True),
            Cell(text=str(work.projects) if work.projects else "", is_sign=True),
            Cell(text=meetings, is_sign=True, tip="đã dự trên số được mời"),
            Cell(text=str(work.trainings_come) if work.trainings_come else "", is_sign=True),
            Cell(text=_GRADES[evaluation.grade] if evaluation.grade else "Chưa đánh giá"),
            Cell(text="✓" if evaluation.is_proposed else "", is_sign=True, tip=evaluation.reward),
        ),
    )

"""Nhu cầu: what collaborators found at establishments, each a button away from being a project."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from kc_desktop import paths
from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record, Value
from kc_desktop.errors import KnownError
from kc_desktop.services import leads
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.links import LinksSection, plain
from ui.widgets.record_form import RecordForm

if TYPE_CHECKING:
    from ui.jobs import JobRunner

_FOLDER_KEY = "export/folder"
_SUFFIX = ".xlsx"
_FILTER = f"Bảng tính Excel (*{_SUFFIX})"


class StandingSection(LinksSection):
    """What a need has come to: its own state, or its project's."""

    def load(self, record: Record | None) -> None:
        """Say how a need stands."""
        if not isinstance(record, Lead) or not record.id:
            self.words.setText("Lưu nhu cầu, rồi bấm Lập đề án khi cơ sở đủ điều kiện.")
            return
        found = leads.standing(self._workspace, record)
        words = f"{plain(found.state_label)}. {plain(found.words)}"
        if found.project is not None:
            words += f"<br>{self.link('projects', found.project.id, found.project.name)}"
        self.words.setText(words)


class NeedsSection(LinksSection):
    """The needs found at an establishment; each opens itself."""

    def load(self, record: Record | None) -> None:
        """List the needs, the newest first."""
        is_kept = isinstance(record, Establishment) and bool(record.id)
        found = leads.of_establishment(self._workspace, record.id) if record is not None and is_kept else ()
        if not found:
            self.words.setText("Chưa ghi nhận nhu cầu nào.")
            return
        lines = []
        for lead, person, standing in found:
            day = format_date(lead.found_on) if lead.found_on else ""
            link = self.link("leads", lead.id, _first_line(lead.need))
            who = plain(person.name) if person is not None else ""
            lines.append(" · ".join(part for part in (day, link, who, plain(standing.state_label)) if part))
        self.words.setText("<br>".join(lines))


class LeadsTab(RecordTab):
    """The needs of the year."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "leads", parent)

    def make_form(self) -> RecordForm:
        """Add how the need stands and the button that makes it a project."""
        form = super().make_form()
        self.standing = StandingSection(self.workspace, form)
        form.add_section("Theo dõi", self.standing)
        self.project_button = QPushButton(icon("programme"), "Lập đề án", form)
        self.project_button.setAutoDefault(False)
        form.add_to_head(self.project_button)
        return form

    def _build_ui(self) -> None:
        super()._build_ui()
        self.template_button = QPushButton("Mẫu cho cộng tác viên…", self)
        self.template_button.setToolTip("Lưu bảng Excel để cộng tác viên ghi nhu cầu, gửi về thì nhập lại được")
        self.template_button.setAutoDefault(False)
        self.panel.add_to_head(self.template_button)
        self._jobs: JobRunner | None = None

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.template_button.clicked.connect(self._on_template_clicked)
        self.standing.wanted.connect(self.requestOpen)
        self.project_button.clicked.connect(self._on_project_clicked)
        self.verbsChanged.connect(self._show_button)

    def new_values(self) -> dict[str, Value]:
        """Start with today, when it lies in the year worked on."""
        today = date.today()
        return {"found_on": today} if self._year in (0, today.year) else {}

    def concerns(self, tables: frozenset[str]) -> bool:
        """A project's steps tell how a need stands."""
        return "project_step" in tables or super().concerns(tables)

    # --- slots

    @Slot()
    def _on_template_clicked(self) -> None:
        from ui.dialogs.lead_template import LeadTemplateDialog

        dialog = LeadTemplateDialog(self.workspace, self._year, self)
        dialog.acted.connect(self._on_template_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_template_wanted(self, wanted: Any) -> None:
        """Ask where, and write the workbooks by a job on a connection of its own."""
        place = self._ask_place(wanted)
        if place is None:
            return
        from kc_desktop.services import lead_templates
        from ui.dialogs.export import ExportDialog
        from ui.jobs import Job, JobRunner

        workspace = self.workspace

        def work(job: Job) -> tuple[Path, str]:
            with closing(workspace.second()) as reader:
                if wanted.people:
                    made = lead_templates.write_each(reader, place, wanted.people, job.report, year=wanted.year)
                    return place, f"Đã lưu {len(made)} mẫu ghi nhu cầu vào thư mục {place.name}."
                person_id = wanted.person.id if wanted.person is not None else 0
                lead_templates.write(reader, place, year=wanted.year, person_id=person_id)
            return place, f"Đã lưu mẫu ghi nhu cầu ra {place.name}."

        if self._jobs is None:
            self._jobs = JobRunner(self)
        dialog = ExportDialog(self._jobs.submit("Mẫu ghi nhu cầu", work), "mẫu ghi nhu cầu", place, self)
        dialog.told.connect(self.statusMessage)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _ask_place(self, wanted: Any) -> Path | None:
        """Ask for a file, or for a folder where there are several."""
        from kc_desktop.services import lead_templates

        kept = self.state.text(_FOLDER_KEY)
        folder = Path(kept) if kept and Path(kept).is_dir() else paths.documents_folder()
        if wanted.people:
            chosen = QFileDialog.getExistingDirectory(self, "Lưu các mẫu ghi nhu cầu vào thư mục", str(folder))
        else:
            name = lead_templates.file_name(wanted.year, wanted.person)
            chosen, _ = QFileDialog.getSaveFileName(self, "Lưu mẫu ghi nhu cầu", str(folder / name), _FILTER)
        if not chosen:
            return None
        if wanted.people:
            self.state.put(_FOLDER_KEY, chosen)
            return Path(chosen)
        self.state.put(_FOLDER_KEY, str(Path(chosen).parent))
        return Path(chosen if chosen.lower().endswith(_SUFFIX) else f"{chosen}{_SUFFIX}")

    @Slot()
    def _on_project_clicked(self) -> None:
        lead = self.form.record
        if not isinstance(lead, Lead) or not lead.id or self.form.is_editing():
            return
        if lead.project_id:
            self._on_project_wanted(lead.project_id)
            return
        found_in = lead.found_on.year if lead.found_on is not None else date.today().year
        try:
            project = leads.make_project(self.workspace, lead.id, self._year or found_in)
        except KnownError as error:
            self.form.show_notice(f"{error.message} {error.remedy}", is_problem=True)
            return
        self.panel.refresh()
        self._show_record(lead.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self._on_project_wanted(project.id)
        self.undoOffered.emit(f"Đã lập đề án {project.name}.")

    @Slot(object)
    def _on_project_wanted(self, project_id: Any) -> None:
        self.requestOpen.emit("projects", ListRequest(filters=(("id", project_id),)))

    @Slot()
    def _show_button(self) -> None:
        lead = self.form.record
        has_project = isinstance(lead, Lead) and bool(lead.project_id)
        is_kept = isinstance(lead, Lead) and bool(lead.id) and not self.form.is_editing()
        self.project_button.setVisible(is_kept)
        self.project_button.setText("Mở đề án" if has_project else "Lập đề án")
        self.project_button.setEnabled(has_project or self.can(Verb.EDIT))
        self.project_button.setToolTip(
            "Mở đề án của nhu cầu này"
            if has_project
            else "Lập đề án từ nhu cầu này: cơ sở là đơn vị thụ hưởng, nhu cầu là sự cần thiết"
        )


def _first_line(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0] + "…"

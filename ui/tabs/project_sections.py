"""Parts of a project's form that a plain table will not do for: the money of each year, and the work that is done."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout

from kc_desktop.domain.fields import Record
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.errors import FieldError
from kc_desktop.services import projects
from kc_desktop.services.workspace import Workspace
from ui.tabs import project_tables
from ui.widgets.record_form import RecordForm
from ui.widgets.small_table import SmallTableSection

_YEAR_FIELDS = ("year", "end_year", "approved_vnd", "adjusted_vnd")


class YearSharesSection(SmallTableSection):
    """What of the approved support is for which year; only there for a project of several years."""

    def __init__(self, workspace: Workspace, form: RecordForm) -> None:
        super().__init__(workspace, project_tables.year_shares(), form)
        self._form = form
        self._heading: QLabel | None = None
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.addWidget(self._words)
        self.edited.connect(self._on_changed)
        for name in _YEAR_FIELDS:
            form.editor(name).changed.connect(self._on_changed)

    def set_heading(self, heading: QLabel) -> None:
        """Let the heading over the table come and go with it."""
        self._heading = heading
        heading.hide()
        self.hide()

    def load(self, record: Record | None) -> None:
        """Show the shares of a project."""
        super().load(record)
        self._tell(record if isinstance(record, Project) else None)

    def words(self) -> str:
        """Return the sentence under the table."""
        return self._words.text()

    @Slot()
    def _on_changed(self) -> None:
        record = self._form.record
        if not isinstance(record, Project):
            return
        values: dict[str, Any] = {}
        for name in _YEAR_FIELDS:
            try:
                values[name] = self._form.editor(name).value()
            except FieldError:
                return
        self._tell(dataclasses.replace(record, **{**values, "year": values["year"] or 0}))

    def _tell(self, project: Project | None) -> None:
        shares = tuple(line.record for line in self.model.lines)
        is_long = project is not None and (project.end_year or 0) > project.year
        self.setVisible(is_long or bool(shares))
        if self._heading is not None:
            self._heading.setVisible(is_long or bool(shares))
        if project is None:
            return
        words, is_wrong = projects.told_by_year(project, shares)
        self._words.setText(f"▲ {words}" if is_wrong else words)
        role = QPalette.ColorRole.BrightText if is_wrong else QPalette.ColorRole.PlaceholderText
        self._words.setForegroundRole(role)


class WorkDoneSection(SmallTableSection):
    """The lines of the estimate with what was done of each: no line comes or goes here."""

    def __init__(self, workspace: Workspace, form: RecordForm) -> None:
        super().__init__(workspace, project_tables.work_done(), form)

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let what was done be edited."""
        super().set_read_only(read_only)
        self._buttons.hide()

    def save(self, _record: Record) -> None:
        """Write what was done into the lines as they are kept by now: the estimate was saved just before."""
        before = {each.id: each for each in self._kept}
        for line in self.model.lines:
            done = {name: getattr(line.record, name) for name in project_tables.DONE_FIELDS}
            old = before[line.record.id]
            if all(getattr(old, name) == value for name, value in done.items()):
                continue
            kept = self._workspace.find(EstimateLine, line.record.id)
            if kept is not None:
                self._workspace.save(dataclasses.replace(kept, **done))

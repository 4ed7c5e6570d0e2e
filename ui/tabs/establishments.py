"""Cơ sở CNNT: who support can be for, whether they qualify, and what they were given."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kc_desktop.domain.eligibility import SIZE_CLASSES
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record
from kc_desktop.domain.money import format_vnd
from kc_desktop.services import eligibility
from kc_desktop.services.workspace import Workspace
from ui.tabs.directory import DirectoryTab
from ui.tabs.leads import NeedsSection
from ui.view_state import ViewState
from ui.widgets.links import LinksSection, plain
from ui.widgets.protected import TaxCodeEdit
from ui.widgets.record_form import RecordForm, Section

_SIGNS = {"eligible": "✓", "not": "✕", "unknown": "?"}


class EligibilitySection(Section):
    """The verdict of today with its rule, and the size class."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.words)

    def load(self, record: Record | None) -> None:
        """Judge the establishment as it is kept."""
        if not isinstance(record, Establishment) or not record.id:
            self.words.setText("Lưu cơ sở để xem có thuộc đối tượng khuyến công không.")
            return
        today = date.today()
        verdict = eligibility.judge(self._workspace, record, today)
        size = dict(SIZE_CLASSES)[eligibility.size_class(self._workspace, record, today)]
        lines = [f"{_SIGNS[verdict.outcome]} {verdict.explanation}"]
        if record.kind == "doanh_nghiep":
            lines.append(f"Quy mô: {size}.")
        self.words.setText("\n".join(lines))


class SupportSection(LinksSection):
    """The projects an establishment was or is supported by; each opens its project."""

    def load(self, record: Record | None) -> None:
        """List the projects, the newest year first."""
        found = eligibility.support_of(self._workspace, record.id) if record is not None and record.id else ()
        if not found:
            self.words.setText("Chưa có đề án nào.")
            return
        self.words.setText(
            "<br>".join(
                f"{each.year_words} · {self.link('projects', each.project_id, each.project_name)} · "
                f"{format_vnd(each.support_vnd)} đồng · {plain(each.state_label)}"
                for each in found
            )
        )


class EstablishmentTab(DirectoryTab):
    """The establishments."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "establishments", parent)

    def make_form(self) -> RecordForm:
        """Add the verdict and the projects."""
        form = super().make_form()
        code = form.editor("tax_code")
        assert isinstance(code, TaxCodeEdit)
        code.disclosed.connect(self._on_disclosed)
        self.verdict = EligibilitySection(self.workspace, form)
        form.add_section("Đối tượng khuyến công", self.verdict)
        self.support = SupportSection(self.workspace, form)
        self.support.wanted.connect(self.requestOpen)
        form.add_section("Đề án được hỗ trợ", self.support)
        self.needs = NeedsSection(self.workspace, form)
        self.needs.wanted.connect(self.requestOpen)
        form.add_section("Nhu cầu đã ghi nhận", self.needs)
        return form

    def record_shown(self, record: Any) -> None:
        """Say the verdict with its rule over the fields, unless the same establishment may be there already."""
        super().record_shown(record)
        if record is not None and record.id and not self.notice():
            self.form.show_notice(self.verdict.words.text().split("\n", 1)[0])

    def concerns(self, tables: frozenset[str]) -> bool:
        """The verdict rests on law and places, the list on projects."""
        told = {"project", "project_beneficiary", "legal_figure", "legal_basis", "admin_unit", "lead"}
        return bool(tables & told) or super().concerns(tables)

    @Slot()
    def _on_disclosed(self) -> None:
        self.dataChanged.emit(self.workspace.last_touched)

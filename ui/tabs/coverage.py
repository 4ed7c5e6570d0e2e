"""Độ phủ địa bàn: the places with projects or establishments that nobody looks after."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.services import network
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.tabs.base import Verb
from ui.tabs.network_sections import CoverSection, PlaceSection
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm


class CoverageTab(RecordTab):
    """The places with projects or establishments that nobody looks after on the last day of the year worked on."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        hidden = frozenset({"code", "parent_code", "successor_code"})
        super().__init__(workspace, state, "uncovered", parent, hidden=hidden)
        self._look_on(date.today())

    def _build_ui(self) -> None:
        super()._build_ui()
        self.add_button.hide()
        self.day_label = QLabel(self)
        self.day_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.panel.add_to_head(self.day_label)

    def make_form(self) -> RecordForm:
        """Show what is there and who could look after it."""
        form = super().make_form()
        form.set_hint("Chọn một xã, phường để xem đề án, cơ sở ở đó và giao cho cộng tác viên.")
        self.place = PlaceSection(self.workspace, form)
        self.place.wanted.connect(self.requestOpen)
        form.add_section("Đề án, cơ sở ở đây", self.place)
        self.cover = CoverSection(self.workspace, form)
        self.cover.covered.connect(self._on_covered)
        form.add_section("Giao cho cộng tác viên", self.cover)
        return form

    def set_year(self, year: int) -> None:
        """Look at the last day of a past year, at today in the present one."""
        today = date.today()
        self._look_on(date(year, 12, 31) if year and year < today.year else today)
        super().set_year(year)

    def open_request(self, key: str, request: ListRequest) -> None:
        """Look at the day a request names."""
        day = dict(request.filters).get("uncovered_on")
        if isinstance(day, str):
            self._look_on(date.fromisoformat(day))
        super().open_request(key, request)

    def concerns(self, tables: frozenset[str]) -> bool:
        """What is uncovered rests on terms, areas, projects and establishments."""
        return bool(tables & (network.TERM_TABLES | {"project", "establishment"})) or super().concerns(tables)

    def can(self, verb: Verb) -> bool:
        """Places are added and deleted in the list of administrative units."""
        return verb not in (Verb.NEW, Verb.REMOVE) and super().can(verb)

    @Slot()
    def new(self) -> None:
        """Add nothing here."""

    def _look_on(self, day: date) -> None:
        self.cover.on = day
        self.day_label.setText(f"Ngày {format_date(day)}")
        self.panel.set_standing_filters((("uncovered_on", day.isoformat()),))

    @Slot(int)
    def _on_covered(self, _unit_id: int) -> None:
        self.panel.refresh()
        self._show_something()
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit("Đã giao xã, phường cho cộng tác viên.")

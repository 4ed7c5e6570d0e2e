"""Đơn vị hành chính: the provinces, and the communes of those the office works with."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from kc_desktop.errors import KnownError
from kc_desktop.services import admin_units
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm


class AdminUnitTab(RecordTab):
    """The units with the button that fetches the communes of the province on show."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "admin-units", parent)

    def make_form(self) -> RecordForm:
        """Add the button for the communes of a province."""
        form = super().make_form()
        self.communes_button = QPushButton(icon("add"), "Nạp xã, phường", form)
        self.communes_button.setToolTip("Nạp các xã, phường, đặc khu của tỉnh, thành phố này vào tệp")
        self.communes_button.setAutoDefault(False)
        self.communes_button.clicked.connect(self._on_communes_clicked)
        form.add_to_head(self.communes_button)
        return form

    def record_shown(self, record: Any) -> None:
        """Offer the communes of a province."""
        super().record_shown(record)
        is_province = record is not None and bool(record.id) and admin_units.is_province(record)
        self.communes_button.setVisible(is_province and not self.workspace.is_read_only)

    @Slot()
    def _on_communes_clicked(self) -> None:
        province = self.form.record
        if province is None or self.form.is_editing():
            return
        try:
            number = admin_units.install_communes(self.workspace, province.code)
        except KnownError as error:
            self.form.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)
            return
        if not number:
            self.statusMessage.emit(f"Tệp đã có các xã, phường của {province.name}.")
            return
        self.panel.refresh()
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã nạp {number} xã, phường của {province.name}.")

"""Mẫu biểu Excel: the forms the office brought, what each is filled with, and the way to its map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Record
from kc_desktop.domain.office_form import OfficeForm
from kc_desktop.errors import KnownError
from kc_desktop.services import form_sources, office_forms
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm, Section

if TYPE_CHECKING:
    from ui.dialogs.new_form import NewFormDialog

_FILTER = "Bảng tính Excel (*.xlsx)"


class MapSection(Section):
    """The file of a form, what it is filled with and what goes where, in words."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.step(self, 2))
        box.addWidget(self.words)

    def load(self, record: Record | None) -> None:
        """Say it of a form."""
        if not isinstance(record, OfficeForm) or not record.id:
            self.words.setText("")
            return
        try:
            lines = [
                f"Tệp mẫu: {office_forms.file_of(self._workspace, record.id)[0]}",
                f"Số liệu: {form_sources.source(record.source).title}",
                *(office_forms.map_in_words(record) or ("Chưa có ô nào: bấm Bản đồ ô để chọn nội dung cho từng ô.",)),
            ]
        except KnownError as error:
            lines = [f"▲ {error.message} {error.remedy}"]
        self.words.setText("\n".join(lines))


class OfficeFormsTab(RecordTab):
    """The forms of the office; a new one begins with its file."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self._asking: NewFormDialog | None = None
        super().__init__(workspace, state, "office-forms", parent)

    def make_form(self) -> RecordForm:
        """Add what goes where, and the buttons that change it."""
        form = super().make_form()
        self.section = MapSection(self.workspace, form)
        form.add_section("Tệp mẫu và bản đồ ô", self.section)
        self.map_button = QPushButton(icon("columns"), "Bản đồ ô…", form)
        self.map_button.setToolTip("Chọn nội dung điền vào từng ô, từng cột của mẫu")
        self.file_button = QPushButton("Thay tệp mẫu…", form)
        self.file_button.setToolTip("Thay bằng tệp .xlsx mới của cùng mẫu biểu; bản đồ ô giữ nguyên")
        for button in (self.file_button, self.map_button):
            button.setAutoDefault(False)
            form.add_to_head(button)
        self.map_button.clicked.connect(self._on_map_clicked)
        self.file_button.clicked.connect(self._on_file_clicked)
        form.editingChanged.connect(self._show_buttons)
        return form

    def record_shown(self, record: Any) -> None:
        """Offer the map of a form that is kept."""
        super().record_shown(record)
        self._show_buttons()

    @Slot()
    def new(self) -> None:
        """Ask for the file, its name and what it is filled with; its map opens at once."""
        if not self._may_leave_record() or self.workspace.is_read_only:
            return
        if self._asking is not None:
            self._asking.deleteLater()
        from ui.dialogs.new_form import NewFormDialog

        self._asking = NewFormDialog(self.workspace, self)
        self._asking.acted.connect(self._on_brought)
        self._asking.open()

    def cancel(self) -> None:
        """Give up what was typed, or the form that was going to be brought."""
        if self._asking is not None:
            self._asking.reject()
        super().cancel()

    @Slot()
    def _show_buttons(self) -> None:
        """Offer map and file of a form that is kept; while its name is being edited that comes first."""
        record = self.form.record
        is_kept = record is not None and bool(record.id) and not self.form.is_editing()
        self.map_button.setVisible(is_kept)
        self.file_button.setVisible(is_kept and not self.workspace.is_read_only)

    def _show_anew(self, form_id: int) -> None:
        self.panel.refresh()
        self.panel.select(form_id)
        self._show_record(form_id)
        self.dataChanged.emit(self.workspace.last_touched)

    # slots

    @Slot(object)
    def _on_brought(self, form: Any) -> None:
        self._show_anew(form.id)
        self.undoOffered.emit(f"Đã thêm mẫu biểu {form.name}.")
        self._on_map_clicked()

    @Slot()
    def _on_map_clicked(self) -> None:
        form = self.form.record
        if not isinstance(form, OfficeForm) or not form.id or self.form.is_editing():
            return
        from ui.dialogs.cell_map import CellMapDialog

        try:
            dialog = CellMapDialog(self.workspace, form, self)
        except KnownError as error:
            self.form.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)
            return
        dialog.accepted.connect(self._on_map_kept)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_map_kept(self) -> None:
        form = self.form.record
        if form is not None:
            self._show_anew(form.id)
            self.undoOffered.emit("Đã lưu bản đồ ô.")

    @Slot()
    def _on_file_clicked(self) -> None:
        form = self.form.record
        if form is None or self.form.is_editing():
            return
        chosen, _ = QFileDialog.getOpenFileName(self, "Thay tệp mẫu biểu", "", _FILTER)
        if not chosen:
            return
        path = Path(chosen)
        try:
            office_forms.bring_anew(self.workspace, form.id, path)
        except KnownError as error:
            self.form.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)
            return
        self._show_anew(form.id)
        self.undoOffered.emit(f"Đã thay tệp mẫu bằng {path.name}.")

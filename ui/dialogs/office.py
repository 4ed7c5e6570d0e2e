"""Thiết lập đơn vị: what stands in the head of the office's papers, and who signs them."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Record
from kc_desktop.domain.office import Office, Signer
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.models.small_rows import SmallTable
from ui.view_state import ViewState
from ui.widgets.form_drafts import FormDrafts
from ui.widgets.record_form import RecordForm
from ui.widgets.small_table import SmallTableSection

_SIGNERS = SmallTable(
    cls=Signer,
    parent_link="",
    columns=("person_id", "post", "authority", "authority_post", "valid_from", "valid_to", "is_default"),
)


_FIRST = "parent_name"
_WHAT_FOR = "Tên đơn vị và người ký đứng trên mọi giấy tờ in ra. Ghi tên đơn vị trước; phần còn lại có thể ghi sau."


class _Signers(SmallTableSection):
    """The signers stand under no record: there is one office in a file."""

    def load(self, _record: Record | None) -> None:
        """Show everyone who may sign."""
        self._kept = self._workspace.all(Signer)
        self.model.show_records(self._kept)

    def save(self, _record: Record) -> None:
        """Save new and changed signers, delete those taken away."""
        before = {each.id: each for each in self._kept}
        ids = {line.record.id for line in self.model.lines}
        for line in self.model.lines:
            if before.get(line.record.id) != line.record:
                self._workspace.save(line.record)
        for each in self._kept:
            if each.id not in ids:
                self._workspace.delete(Signer, each.id)


class OfficeDialog(QDialog):
    """The form of the office with its signers."""

    saved = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, state: ViewState | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "office")
        self.setWindowTitle("Thiết lập đơn vị")
        step = theme.step(self)
        self.form = RecordForm(workspace, Office, self)
        signers = _Signers(workspace, _SIGNERS, self)
        signers.set_title("Người ký văn bản")
        self.form.add_section("Người ký văn bản", signers)
        self._close = QPushButton("Đóng", self)
        self._close.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self.form, 1)
        column.addLayout(buttons)
        unit = self.fontMetrics().horizontalAdvance("0")
        self.resize(unit * 112, theme.row_height(self) * 22)
        self._close.clicked.connect(self.close)
        self.form.saved.connect(self._on_form_saved)
        self.form.show_record(dataclasses.replace(workspace.office, id=1))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.form.save)
        if not workspace.office.name:
            self.form.show_notice(_WHAT_FOR)
            self.form.begin_edit()
            self.form.editor(_FIRST).control().setFocus()
        if state is not None and not workspace.is_read_only:
            FormDrafts(self.form, workspace, state)

    def reject(self) -> None:
        """Hoãn with Esc first; close only when nothing is being edited."""
        if self.form.is_editing():
            office = self.form.record
            self.form.escape()
            if not self.form.is_editing():
                self.form.show_record(office)
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never throw unsaved text away."""
        if self.form.is_dirty():
            self.form.show_notice("Phần đang sửa chưa lưu. Lưu (Ctrl+S) hoặc Hoãn (Esc) rồi đóng.", is_problem=True)
            event.ignore()
        else:
            super().closeEvent(event)

    @Slot(object)
    def _on_form_saved(self, _record: object) -> None:
        self.saved.emit()

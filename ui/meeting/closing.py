"""Chốt biên bản: closing and opening the minutes again, the versions kept, the results written to the projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import Workspace
from ui.meeting.desk import Desk
from ui.widgets.links import plain

if TYPE_CHECKING:
    from kc_desktop.services.meetings import PartCounts


class Closing(QObject):
    """The button that closes the minutes and the line that says they are closed; the editor gives both their places."""

    aboutToAsk = Signal()
    """A dialog is about to open: keep what is half typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self.finalise_button = QPushButton("Chốt biên bản", parent)
        self.finalise_button.setToolTip("Khóa các phần của cuộc họp sau khi biên bản đã ký")
        self.lock_label = QLabel(parent)
        self.lock_label.setWordWrap(True)
        self.lock_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.finalise_button.clicked.connect(self._on_finalise_button_clicked)
        self.lock_label.linkActivated.connect(self._on_lock_label_link_activated)

    def show_meeting(self, counts: PartCounts) -> None:
        """Show what may be done with the minutes of the meeting on the desk."""
        desk, is_read_only = self._desk, self._desk.workspace.is_read_only
        has_words = desk.meeting is not None and bool(
            desk.records("entry") or desk.records("conclusion") or counts.decisions
        )
        self.finalise_button.setVisible(has_words and not desk.is_final and not is_read_only)
        reason = desk.lock_reason if desk.meeting is not None else ""
        link = " <a href='reopen'>Mở lại để sửa</a>" if desk.is_final and not is_read_only else ""
        told = reason
        if counts.versions:
            told = reason or f"Biên bản đã chốt {counts.versions} lần, nay đang mở để sửa."
            link += f" · <a href='versions'>Các bản đã chốt ({counts.versions})</a>"
        self.lock_label.setText(f"{plain(told)}{link}")
        self.lock_label.setVisible(bool(told))

    @Slot()
    def write_back(self) -> None:
        """Show what each project will get of the council's results, and write it."""
        from ui.dialogs.write_back import WriteBackDialog

        if self._do(WriteBackDialog):
            self._desk.told.emit("Đã ghi kết quả của hội đồng vào đề án.", True)

    @Slot()
    def _on_finalise_button_clicked(self) -> None:
        from ui.dialogs.finalise import FinaliseDialog

        self._ask(FinaliseDialog)

    @Slot(str)
    def _on_lock_label_link_activated(self, link: str) -> None:
        if link == "versions":
            from ui.dialogs.versions import VersionsDialog

            self._do(VersionsDialog)
            return
        from ui.dialogs.finalise import ReopenDialog

        self._ask(ReopenDialog)

    def _ask(self, make: Callable[[Workspace, int, QWidget], QDialog]) -> None:
        """Close or open the minutes through a dialog and show what became of the meeting."""
        if self._do(make) and self._desk.meeting is not None:
            verb = "Đã chốt" if self._desk.is_final else "Đã mở lại"
            self._desk.told.emit(f"{verb} biên bản họp {self._desk.meeting.title}.", True)

    def _do(self, make: Callable[[Workspace, int, QWidget], QDialog]) -> bool:
        """Do something to the meeting through a dialog; return whether it was done."""
        meeting, workspace = self._desk.meeting, self._desk.workspace
        if meeting is None:
            return False
        self.aboutToAsk.emit()
        try:
            dialog = make(workspace, meeting.id, self._parent)
        except KnownError as error:
            self._desk.refused.emit(error.message, error.remedy)
            return False
        is_done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if is_done:
            touched = workspace.last_touched
            self._desk.renew()
            self._desk.acted.emit(touched)
        return is_done

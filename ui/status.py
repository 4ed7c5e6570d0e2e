"""The status bar: what just happened, with a way back; the file, and why it can only be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from ui import theme
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace

_BACKUP_PLACE = 3
"""Among the permanent widgets: before the file's name."""


class StatusLine(QStatusBar):
    """One line at the foot of the window."""

    undoClicked = Signal()
    backupClicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._message = ElidedLabel(self)
        self._message.setAccessibleName("Thông báo")
        self._undo = QToolButton(self)
        self._undo.setText("Hoàn tác")
        self._undo.setToolTip("Lấy lại như trước (Ctrl+Z)")
        self._undo.setAccessibleName("Hoàn tác việc vừa làm")
        self._progress = QProgressBar(self)
        self._progress.setMaximumWidth(theme.step(self, 40))
        self._progress.setAccessibleName("Tiến độ")
        self._read_only = QLabel(self)
        self._count = ElidedLabel(self)
        self._file = ElidedLabel(self)
        self._backup: QToolButton | None = None
        said = QWidget(self)
        row = self._said = QHBoxLayout(said)
        row.setContentsMargins(theme.step(self, 2), 0, 0, 0)
        row.setSpacing(theme.step(self, 2))
        row.addWidget(self._message)
        row.addWidget(self._undo)
        row.addStretch(1)
        self.addWidget(said, 1)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._count)
        self.addPermanentWidget(self._read_only)
        self.addPermanentWidget(self._file)
        self._file.setContentsMargins(0, 0, theme.step(self, 2), 0)
        self._undo.hide()
        self._progress.hide()
        self._undo.clicked.connect(self._on_undo_clicked)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say something; it stays until the next thing is said."""
        self._message.setText(text)
        self._undo.hide()

    def tell_at_once(self, text: str) -> None:
        """Say what begins now, before it keeps the window busy: a step of many thousand rows takes seconds."""
        self.tell(text)
        self._said.activate()
        self.repaint()

    @Slot(str)
    def offer_undo(self, text: str) -> None:
        """Say what was just done, with a button that takes it back."""
        self.tell(text)
        self._undo.show()

    @Slot(str)
    def show_count(self, text: str) -> None:
        """Say how many rows the list in front has."""
        self._count.setText(text)

    def said(self) -> str:
        """Return what is on show."""
        return self._message.text()

    def offers_undo(self) -> bool:
        """Whether the button Hoàn tác is on show."""
        return not self._undo.isHidden()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a job is; a total of 0 shows that it runs."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.show()

    def hide_progress(self) -> None:
        """Take the progress away."""
        self._progress.hide()

    def show_backup(self, text: str, more: str, *, is_late: bool) -> None:
        """Say when the file was backed up last; a click asks for more. "" says nothing."""
        if self._backup is None:  # made when there is first something to say: the start does without
            self._backup = QToolButton(self)
            self._backup.setAutoRaise(True)
            self._backup.clicked.connect(self.backupClicked)
            self.insertPermanentWidget(_BACKUP_PLACE, self._backup)
        self._backup.setText(text)
        self._backup.setToolTip(more)
        self._backup.setAccessibleName(f"Sao lưu, {text}")
        self._backup.setProperty("late", is_late)
        self._backup.setVisible(bool(text))
        self._colour()

    def backup_said(self) -> str:
        """Return what is on show about the last backup."""
        return self._backup.text() if self._backup is not None and not self._backup.isHidden() else ""

    def show_file(self, workspace: Workspace | None) -> None:
        """Name the file, and say when it can only be read or is the sample."""
        self.tell("")
        if self._backup is not None:
            self._backup.hide()
        self._file.setText(workspace.path.name if workspace is not None else "")
        self._file.setToolTip(str(workspace.path) if workspace is not None else "")
        notice = ""
        if workspace is not None and workspace.is_read_only:
            notice = "Chỉ đọc"
            self._read_only.setToolTip(workspace.read_only_reason)
            self.tell(workspace.read_only_reason)
        elif workspace is not None and workspace.is_sample:
            notice = "Dữ liệu mẫu"
            self._read_only.setToolTip("Giấy tờ in từ tệp này mang dòng DỮ LIỆU MẪU")
        self._read_only.setText(notice)
        self._read_only.setVisible(bool(notice))
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_read_only"):
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.colours().late))
        self._read_only.setPalette(palette)
        if self._backup is not None:
            is_late = bool(self._backup.property("late"))
            palette = QPalette()
            if is_late:
                for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
                    palette.setColor(role, QColor(theme.colours().late))
            self._backup.setPalette(palette)

    @Slot()
    def _on_undo_clicked(self) -> None:
        self._undo.hide()
        self.undoClicked.emit()

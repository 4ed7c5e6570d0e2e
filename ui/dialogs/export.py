"""How far a workbook is, beside the window that stays usable; then where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from kc_desktop.errors import KnownError
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.jobs import Job


class ExportDialog(QDialog):
    """Shows one job that writes a workbook, or a folder of them, and returns where with a sentence about it.

    Closing it while the job runs stops the job, and no file is left.
    """

    told = Signal(str)
    """What came of it, for the status bar."""

    def __init__(self, job: Job, title: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._path = path
        self.is_running = True
        self.setWindowTitle("Xuất Excel")
        self._build_ui(title)
        job.progressed.connect(self._on_progressed)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.file_button.clicked.connect(self._on_file_clicked)
        self.folder_button.clicked.connect(self._on_folder_clicked)
        self.close_button.clicked.connect(self.accept)
        HelpKey(self, "export")

    def _build_ui(self, title: str) -> None:
        step = theme.step(self)
        self.words = QLabel(f"Đang xuất {title} ra {self._path.name}…", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 60)
        self.words.setAccessibleName("Kết quả")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Tiến độ")
        self.stop_button = QPushButton("Dừ&ng", self)
        self.file_button = QPushButton("Mở &tệp", self)
        self.folder_button = QPushButton("Mở thư &mục", self)
        self.close_button = QPushButton("Đón&g", self)
        self.stop_button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addStretch(1)
        for button in (self.stop_button, self.file_button, self.folder_button, self.close_button):
            row.addWidget(button)
        for button in (self.file_button, self.folder_button, self.close_button):
            button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 5] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(row)

    def done(self, result: int) -> None:
        """Stop what is running; the job leaves nothing behind."""
        if self.is_running:
            self._job.cancel()
        super().done(result)

    # slots

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_button.setEnabled(False)
        self._job.cancel()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done if total else 1)
        if done >= total:
            self.words.setText(f"Đang ghi {self._path.name}…")

    @Slot(object)
    def _on_succeeded(self, made: tuple[Path, str]) -> None:
        self.is_running = False
        self._path, words = made
        self._say(words)
        self.file_button.setVisible(self._path.is_file())
        self.folder_button.show()

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        self.is_running = False
        if not isinstance(error, KnownError):
            self._say("Chưa xuất được Excel: chương trình gặp lỗi, đã ghi vào nhật ký.")
            raise error
        self._say(f"▲ {error.message} {error.remedy}".strip())

    @Slot()
    def _on_finished(self) -> None:
        if self.is_running:
            self.is_running = False
            self._say("Đã dừng xuất Excel: chưa ghi tệp nào.")
        self.bar.hide()
        self.stop_button.hide()
        self.close_button.show()
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    @Slot()
    def _on_file_clicked(self) -> None:
        self._open(self._path)

    @Slot()
    def _on_folder_clicked(self) -> None:
        self._open(self._path if self._path.is_dir() else self._path.parent)

    # private

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.told.emit(words.partition("\n")[0])

    def _open(self, path: Path) -> None:
        """Hand a file or folder to the desktop. Tests patch it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

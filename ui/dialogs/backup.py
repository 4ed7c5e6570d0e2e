"""Sao lưu: when the file was backed up last, where to, and one more now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.errors import KnownError
from kc_desktop.services import backup
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.errors import show_known
from ui.formats import moment_words
from ui.icons import icon
from ui.jobs import Job, JobRunner
from ui.reading_order import OrderedDialog
from ui.widgets.labels import ElidedLabel

_WHAT = (
    "Mỗi bản sao lưu là một tệp dữ liệu trọn vẹn, được đọc lại để kiểm tra ngay sau khi ghi. Ngày nào có sửa đổi, "
    "chương trình tự sao lưu ngày đó; bản cũ được giữ thưa dần: 14 ngày, 8 tuần, 24 tháng gần nhất."
)


class BackupDialog(OrderedDialog):
    """Shows the last backup and its folder, backs up now, there or elsewhere."""

    stateChanged = Signal(object)
    """The State of the file, newly looked at."""

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "backup")
        self._workspace, self._jobs = workspace, jobs
        self._job: Job | None = None
        self.setWindowTitle("Sao lưu")
        self._build_ui()
        self.now_button.clicked.connect(self._on_now_clicked)
        self.elsewhere_button.clicked.connect(self._on_elsewhere_clicked)
        self.change_button.clicked.connect(self._on_change_clicked)
        self.usual_button.clicked.connect(self._on_usual_clicked)
        self.show_button.clicked.connect(self._on_show_clicked)
        self._close.clicked.connect(self.reject)
        self._show_folder()
        self._look()

    def _build_ui(self) -> None:
        step = theme.step(self)
        words = QLabel(_WHAT, self)
        words.setWordWrap(True)
        self.last = QLabel("Đang xem…", self)
        self.folder = ElidedLabel(self)
        self.folder.setAccessibleName("Thư mục sao lưu")
        self.change_button = QPushButton("Đổi…", self)
        self.change_button.setToolTip("Chọn thư mục khác, nên ở ổ đĩa khác")
        self.usual_button = QPushButton("Mặc định", self)
        self.usual_button.setToolTip("Lại sao lưu vào thư mục cạnh tệp dữ liệu")
        self.show_button = QPushButton("Mở thư mục", self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(step * 3)
        grid.setVerticalSpacing(step * 2)
        grid.addWidget(QLabel("Lần gần nhất", self), 0, 0)
        grid.addWidget(self.last, 0, 1, 1, 4)
        grid.addWidget(QLabel("Thư mục", self), 1, 0)
        grid.addWidget(self.folder, 1, 1)
        for column, button in enumerate((self.change_button, self.usual_button, self.show_button), 2):
            grid.addWidget(button, 1, column)
        grid.setColumnStretch(1, 1)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setAccessibleName("Kết quả")
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Tiến độ")
        self.progress.hide()
        self.now_button = QPushButton(icon("save"), "Sao lưu ngay", self)
        self.elsewhere_button = QPushButton("Sao lưu sang nơi khác…", self)
        self.elsewhere_button.setToolTip("Một lần này, ví dụ ra USB")
        self._close = QPushButton("Đóng", self)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.now_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        for button in (self.elsewhere_button, self.now_button, self._close):
            buttons.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[step * 4] * 4)
        outer.setSpacing(step * 4)
        outer.addWidget(words)
        outer.addLayout(grid)
        outer.addWidget(self.outcome)
        outer.addStretch(1)
        outer.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 100, theme.row_height(self) * 10)
        self.now_button.setFocus()

    def reject(self) -> None:
        """Stop what is running; nothing half-made is left."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _show_folder(self) -> None:
        path = self._workspace.path
        folder = backup.folder_of(path)
        self.folder.setText(str(folder))
        is_usual = folder == backup.usual_folder(path)
        self.change_button.setEnabled(not self._workspace.is_read_only)
        self.usual_button.setEnabled(not is_usual and not self._workspace.is_read_only)
        self.show_button.setEnabled(folder.is_dir())

    def _look(self) -> None:
        path = self._workspace.path

        def work(_job: Job) -> backup.State:
            return backup.look(path)

        job = self._jobs.submit("Xem các bản sao lưu", work)
        job.succeeded.connect(self._on_looked)
        job.failed.connect(self._on_failed)

    def _back_up(self, to: Path | None) -> None:
        path = self._workspace.path

        def work(job: Job) -> backup.Done:
            return backup.back_up(path, to=to, progress=job.report)

        self._job = self._jobs.submit("Sao lưu", work)
        self._job.progressed.connect(self._on_progressed)
        self._job.succeeded.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self.outcome.setText("Đang sao lưu…")
        self.progress.setRange(0, 0)
        self.progress.show()
        for button in (self.now_button, self.elsewhere_button):
            button.setEnabled(False)

    @Slot()
    def _on_now_clicked(self) -> None:
        self._back_up(None)

    @Slot()
    def _on_elsewhere_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Sao lưu vào thư mục")
        if chosen:
            self._back_up(Path(chosen))

    @Slot()
    def _on_change_clicked(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Chọn thư mục sao lưu")
        if chosen:
            self._choose(Path(chosen))

    @Slot()
    def _on_usual_clicked(self) -> None:
        self._choose(None)

    def _choose(self, folder: Path | None) -> None:
        try:
            backup.choose_folder(self._workspace, folder)
        except KnownError as error:
            show_known(self, error, "Chưa đổi được thư mục")
            return
        self._show_folder()
        self._look()

    @Slot()
    def _on_show_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    @Slot(object)
    def _on_looked(self, state: backup.State) -> None:
        words = "Chưa có bản nào."
        if state.last is not None:
            words = f"{moment_words(state.last.at)}, {state.last.reason}, {backup.size_words(state.last.size)}"
            words += "; từ đó chưa sửa gì" if state.is_current else "; từ đó đã có sửa đổi"
        self.last.setText(words)
        self.last.setToolTip(str(state.last.path) if state.last else "")
        if state.problem is not None and not self.outcome.text():
            self.outcome.setText(f"▲ {state.problem}")
        self.stateChanged.emit(state)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot(object)
    def _on_made(self, done: backup.Done) -> None:
        lines = [f"Đã sao lưu và kiểm tra lúc {done.backup.at:%H:%M}: {done.backup.path}"]
        if done.instead_of is not None:
            lines.append(f"▲ {done.instead_of.message} Bản này được ghi vào thư mục cạnh tệp dữ liệu.")
        if done.faults:
            lines.append(f"▲ Bản sao đúng như tệp, nhưng tệp có vấn đề: {' '.join(done.faults)}")
        self.outcome.setText("\n".join(lines))
        self._show_folder()
        self._look()

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        self.outcome.setText("")
        if not isinstance(error, KnownError):
            raise error
        self.outcome.setText(f"▲ {error}")

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.progress.hide()
        for button in (self.now_button, self.elsewhere_button):
            button.setEnabled(True)
        self.now_button.setFocus()

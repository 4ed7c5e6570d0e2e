"""Backups around the open file: made by themselves once a day, told in the status bar, asked for, put back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog

from kc_desktop.errors import KnownError
from kc_desktop.services import backup
from kc_desktop.services.workspace import Workspace
from ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_AGAIN_MS = 3_600_000


class Backups(QObject):
    """Watches over the backups of whatever file the window shows."""

    def __init__(self, window: MainWindow, jobs: JobRunner) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._looked_at: Path | None = None
        self._again = QTimer(self)  # for the window that stays open for days
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.look)

    # by itself

    @Slot()
    def look(self) -> None:
        """Look at the backups of the open file on the worker thread, and make today's when it is due; then hourly."""
        self._again.start()
        workspace = self._window.workspace
        if workspace is None or workspace.is_sample:
            return
        path, may_write = workspace.path, backup.is_worth_keeping(workspace)

        def work(_job: Job) -> tuple[Path, backup.State, backup.Done | None]:
            return path, *(backup.back_up_daily(path) if may_write else (backup.look(path), None))

        self._looked_at = path
        job = self._jobs.submit("Sao lưu hằng ngày", work)
        job.succeeded.connect(self._on_looked)
        job.failed.connect(self._on_look_failed)

    def leave(self, workspace: Workspace) -> None:
        """Make today's backup of a file that is being left, when it is due, with a connection of its own."""
        try:
            if not backup.is_worth_keeping(workspace):
                return
        except KnownError:  # the stick with the file was pulled out: nothing is left to copy from
            return
        path = workspace.path

        def work(job: Job) -> None:
            backup.back_up_daily(path, progress=job.report)

        self._jobs.submit("Sao lưu hằng ngày", work)

    # asked for

    def show_dialog(self) -> None:
        """Show the last backup and offer one more."""
        if self._window.workspace is not None:
            from ui.dialogs.backup import BackupDialog

            dialog = BackupDialog(self._window.workspace, self._jobs, self._window)
            dialog.stateChanged.connect(self._show)
            dialog.exec()
            dialog.deleteLater()

    def restore(self) -> None:
        """Ask which backup and put it in the place of the open file; without one, of a file that is asked for."""
        from ui.dialogs.restore import RestoreDialog

        workspace = self._window.workspace
        path = workspace.path if workspace is not None else self._ask_for_file()
        if path is None:
            return
        chosen = RestoreDialog.choose(path, self._jobs, self._window)
        if chosen is not None and self._window.may_leave():
            self._put_back(chosen, path)

    def _ask_for_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Chọn tệp dữ liệu cần phục hồi", "", "Tệp dữ liệu khuyến công (*.kcdb)"
        )
        return Path(name) if name else None

    def _put_back(self, chosen: Path, path: Path) -> None:
        from ui.dialogs.backup_wait import WaitDialog

        def work(_job: Job) -> Path | None:
            return backup.restore(chosen, path)

        self._window.leave_file_unsaved()
        failure: KnownError | None = None
        kept: Path | None = None
        try:
            kept = WaitDialog.wait(self._jobs, f"Đang phục hồi {path.name}…", work, self._window)
        except KnownError as error:
            failure = error
        is_open = path.exists() and self._window.open_file(path)
        if not is_open:
            self._window.show_start()
        if failure is not None:
            self._window.files.tell(failure, "Chưa phục hồi được")
        elif is_open:
            tail = f" Tệp trước đó được giữ ở {kept}." if kept is not None else ""
            self._window.status.tell(f"Đã phục hồi từ {chosen.name}.{tail}")

    # slots

    @Slot(object)
    def _on_looked(self, looked: tuple[Path, backup.State, backup.Done | None]) -> None:
        path, state, done = looked
        if self._window.workspace is None or self._window.workspace.path != path:
            return
        self._show(state)
        if done is not None and done.faults:
            self._window.status.tell(f"Tệp dữ liệu có vấn đề: {' '.join(done.faults)} Chọn Công cụ, Kiểm tra tệp.")
        elif done is not None and done.instead_of is not None:
            self._window.status.tell(f"{done.instead_of.message} Đã sao lưu vào thư mục cạnh tệp dữ liệu.")

    @Slot(object)
    def _on_look_failed(self, error: Any) -> None:
        if not isinstance(error, KnownError):
            raise error
        if self._window.workspace is not None and self._window.workspace.path == self._looked_at:
            self._window.status.tell(f"Chưa sao lưu được. {error}")
            self._window.status.show_backup("▲ Chưa sao lưu được", str(error), is_late=True)

    @Slot(object)
    def _show(self, state: backup.State) -> None:
        words, is_late = backup.status_words(state, datetime.now())
        told = str(state.last.path) if state.last is not None else "Bấm để sao lưu ngay"
        if is_late:
            told = "Có sửa đổi chưa được sao lưu. Bấm để sao lưu ngay."
        if state.problem is not None:
            told = f"{told}\n{state.problem}"
        self._window.status.show_backup(f"▲ {words}" if is_late else words, told, is_late=is_late)

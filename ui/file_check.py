"""Công cụ, Kiểm tra tệp dữ liệu: the file is read through beside the window, and what was found is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kc_desktop.errors import KnownError
from kc_desktop.services.checking import check

if TYPE_CHECKING:
    from ui.jobs import Job, JobRunner
    from ui.main_window import MainWindow


class FileCheck(QObject):
    """One check; it goes when it is done."""

    def __init__(self, window: MainWindow, jobs: JobRunner) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs

    def run(self, path: Path) -> None:
        """Check a data file."""

        def work(_job: Job) -> tuple[str, ...]:
            return check(path)

        job = self._jobs.submit("Kiểm tra tệp dữ liệu", work)
        job.succeeded.connect(self._on_checked)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._window.status.hide_progress)
        job.finished.connect(self.deleteLater)
        self._window.status.tell("Đang kiểm tra tệp dữ liệu…")
        self._window.status.show_progress(0, 0)

    # slots

    @Slot(object)
    def _on_checked(self, problems: tuple[str, ...]) -> None:
        if not problems:
            self._window.status.tell("Tệp dữ liệu lành lặn.")
            return
        self._window.status.tell("Tệp dữ liệu có vấn đề.")
        error = KnownError("Tệp dữ liệu có vấn đề:\n" + "\n".join(problems), "Sao chép tệp ra nơi khác rồi nhờ hỗ trợ.")
        self._window.files.tell(error, "Kiểm tra tệp dữ liệu")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._window.files.tell(error, "Chưa kiểm tra được tệp")

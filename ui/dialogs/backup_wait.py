"""A short wait in front of the window while a file is copied or replaced: nothing else may touch it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.jobs import Job, JobRunner


class WaitDialog(QDialog):
    """Says what is being done until it is done. It cannot be closed: what it waits for is done whole or not at all."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xin chờ")
        self._result: Any = None
        self._failure: BaseException | None = None
        self._is_done = False
        step = theme.step(self)
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 60)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Tiến độ")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 5] * 4)
        column.setSpacing(step * 3)
        column.addWidget(label)
        column.addWidget(self._bar)

    @classmethod
    def wait(cls, jobs: JobRunner, words: str, work: Callable[[Job], Any], parent: QWidget | None = None) -> Any:
        """Do a piece of work on the worker thread and return its result. Raises what it raised."""
        dialog = cls(words, parent)
        job = jobs.submit(words, work)
        job.progressed.connect(dialog._on_progressed)
        job.succeeded.connect(dialog._on_succeeded)
        job.failed.connect(dialog._on_failed)
        job.finished.connect(dialog._on_finished)
        dialog.exec()
        dialog.deleteLater()
        if dialog._failure is not None:
            raise dialog._failure
        return dialog._result

    def reject(self) -> None:
        """Stay until the work is done."""
        if self._is_done:
            super().reject()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        self._result = result

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._failure = error

    @Slot()
    def _on_finished(self) -> None:
        self._is_done = True
        self.accept()

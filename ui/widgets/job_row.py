"""A row of a dialog that does its long work off the GUI thread: how far it is, and a button that stops it.

    row = JobRow(dialog, workspace)
    row.run("Đang sửa…", work, len(ids), then=…, failed=…, stopped=…)   # `work` gets a workspace and reports to it

Little is done at once, in the window's own workspace. The row shows itself only where the work lasts: it would flicker.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from kc_desktop.errors import KnownError
from kc_desktop.services.import_plans import Progress
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.jobs import Job, JobRunner

AT_ONCE = 200
"""So many records are judged or written while the window waits."""
_SHOWN_AFTER_MS = 400

_MISTAKE = KnownError("Chương trình gặp lỗi, đã ghi vào nhật ký.", "Dữ liệu chưa thay đổi gì.")

Work = Callable[[Workspace, Progress | None], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """What follows: a result, a failure, a stop."""

    then: Callable[[Any], None]
    failed: Callable[[KnownError], None]
    stopped: Callable[[], None]


class _Run(QObject):
    """One piece of work under way; what comes of it counts while the row still waits for it."""

    def __init__(self, row: JobRow, job: Job, ends: _Ends) -> None:
        super().__init__(row)
        self._row, self.job, self._ends = row, job, ends
        job.progressed.connect(self._on_progressed)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self._row.current is self:
            self._row.bar.setRange(0, max(total, 1))
            self._row.bar.setValue(done)

    @Slot(object)
    def _on_succeeded(self, done: tuple[Any, frozenset[str]]) -> None:
        if self._row.current is self:
            result, touched = done
            self._row.end(touched)
            self._ends.then(result)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._row.current is not self:
            return
        self._row.end()
        self._ends.failed(error if isinstance(error, KnownError) else _MISTAKE)
        if not isinstance(error, KnownError):
            raise error

    @Slot()
    def _on_finished(self) -> None:
        """Say that it was stopped where neither a result nor a failure came before."""
        if self._row.current is self:
            self._row.end()
            self._ends.stopped()
        self.deleteLater()


class JobRow(QWidget):
    """Runs one piece of work at a time; close it before its dialog goes."""

    busyChanged = Signal()
    """Work has begun or ended."""

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = JobRunner(self)
        self.current: _Run | None = None
        self._words = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Tiến độ")
        self.stop_button = QPushButton(icon("cancel"), "Dừng", self)
        self.stop_button.setAutoDefault(False)
        self.stop_button.setToolTip("Dừng lại, dữ liệu như chưa làm gì (Esc)")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_AFTER_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self) * 2)
        row.addWidget(self._words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self._timer.timeout.connect(self._on_lasting)
        self.stop_button.clicked.connect(self.stop)
        self.hide()

    def run(
        self,
        words: str,
        work: Work,
        records: int,
        *,
        then: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        stopped: Callable[[], None],
    ) -> None:
        """Do a piece of work and then one of three: with its result, its failure, or because it was stopped.

        Work that still runs is stopped first, without a word.
        """
        self.drop()
        if records <= AT_ONCE:
            self._do_now(work, then, failed)
            return
        workspace = self._workspace

        def beside(job: Job) -> tuple[Any, frozenset[str]]:
            with closing(workspace.second(may_write=True)) as opened:
                return work(opened, job.report), opened.last_touched

        ends = _Ends(then=then, failed=failed, stopped=stopped)
        self.current = _Run(self, self._jobs.submit(words, beside), ends)
        self._words.setText(words)
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self._timer.start()
        self.busyChanged.emit()

    def _do_now(self, work: Work, then: Callable[[Any], None], failed: Callable[[KnownError], None]) -> None:
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            result = work(self._workspace, None)
        except KnownError as error:
            failed(error)
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        then(result)

    def is_busy(self) -> bool:
        """Whether work runs."""
        return self.current is not None

    def close_down(self) -> None:
        """Stop what runs, wait for it and take nothing more."""
        self.drop()
        self._jobs.close()

    def drop(self) -> None:
        """Stop what runs without a word."""
        if self.current is not None:
            self.current.job.cancel()
            self.end()

    @Slot()
    def stop(self) -> None:
        """Ask the work to stop; it leaves nothing behind."""
        if self.current is not None:
            self.stop_button.setEnabled(False)
            self.current.job.cancel()

    @Slot()
    def _on_lasting(self) -> None:
        if self.current is not None:
            self.show()

    def end(self, touched: frozenset[str] = frozenset()) -> None:
        """Nothing runs any more; these tables were changed."""
        if touched:
            self._workspace.last_touched = touched
        self.current = None
        self._timer.stop()
        self.hide()
        self.busyChanged.emit()

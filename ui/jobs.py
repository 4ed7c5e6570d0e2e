"""One job runner for the whole program: work that takes longer than a frame, one job at a time, on its own thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from kc_desktop.errors import KnownError
from kc_desktop.logs import log

_COLLECT_EVERY_MS = 500
_YOUNG = 1
"""The generation of Python's collector that a job's leavings are in; the older ones take longer to go through."""


class JobCancelledError(Exception):
    """Raised inside a job when the user has asked it to stop."""


class Job(QObject):
    """A piece of work with a name; its signals arrive on the thread that made it."""

    progressed = Signal(int, int)
    """(done, of how many)"""
    succeeded = Signal(object)
    failed = Signal(object)
    """A KnownError, or another exception that is a mistake of the program (it is in the log already)."""
    finished = Signal()
    """After success, failure or cancel."""

    def __init__(self, name: str, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self.name = name
        self._work = work
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next progress report."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Report progress from inside the work. Raises JobCancelledError when the user asked to stop."""
        if self._cancelled.is_set():
            raise JobCancelledError
        self.progressed.emit(done, total)

    def run(self) -> None:
        """Do the work on the present thread and tell the outcome by signals."""
        try:
            if not self._cancelled.is_set():
                self.succeeded.emit(self._work(self))
        except JobCancelledError:
            pass
        except KnownError as error:
            self.failed.emit(error)
        except Exception as error:
            log.exception("Job %s failed", self.name)
            self.failed.emit(error)
        finally:
            self.finished.emit()


class _Runnable(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        """Run the job on the pool's thread."""
        try:
            self._job.run()
        finally:
            _Collector.running.discard(id(self._job))


class _Collector(QObject):
    """Keeps Python's cycle collector to the GUI thread while jobs run.

    It works on whichever thread happens to allocate, and a widget it frees outside the GUI thread ends the program.
    """

    running: ClassVar[set[int]] = set()
    """The ids of the jobs that run or wait for their thread."""
    _only: ClassVar[_Collector | None] = None

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)

    @classmethod
    def hold(cls, job: Job) -> None:
        """Take the collector over for a job that is about to run."""
        cls.running.add(id(job))
        if cls._only is None:
            cls._only = cls(QCoreApplication.instance())
        gc.disable()
        cls._only._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        gc.collect(_YOUNG)  # here, where nothing is under way, not wherever the next object is made
        if not _Collector.running:
            self._timer.stop()
            gc.enable()


class JobRunner(QObject):
    """Runs jobs one after another for as long as the application lives."""

    started = Signal(object)
    """The Job that was just accepted."""
    _accepted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []
        self._begun: list[Job] = []
        self._is_open = True
        self._accepted.connect(self._on_accepted, Qt.ConnectionType.QueuedConnection)

    def submit(self, name: str, work: Callable[[Job], Any]) -> Job:
        """Queue a piece of work. It must open a workspace of its own: a connection never crosses threads.

        The work starts in the next turn of the event loop, so that whoever submits it can connect to its signals first.
        """
        job = Job(name, work)
        if not self._is_open:
            job.cancel()
            return job
        self._jobs.append(job)
        job.finished.connect(self._on_job_finished)
        self.started.emit(job)
        self._accepted.emit(job)
        return job

    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    def finish(self, patience_ms: int) -> None:
        """Do what waits, but for no longer than this; then close."""
        if self._is_open:
            self._is_open = False
            for job in self._jobs:
                if job not in self._begun:
                    self._begin(job)
            self._pool.waitForDone(patience_ms)
        self.close()

    def close(self) -> None:
        """Take no more jobs, ask the running one to stop and wait for it."""
        self._is_open = False
        for job in self._jobs:
            job.cancel()
        self._pool.waitForDone()

    @Slot(object)
    def _on_accepted(self, job: Job) -> None:
        if self._is_open:
            self._begin(job)

    def _begin(self, job: Job) -> None:
        self._begun.append(job)
        _Collector.hold(job)
        self._pool.start(_Runnable(job))

    @Slot()
    def _on_job_finished(self) -> None:
        job = self.sender()
        self._jobs = [each for each in self._jobs if each is not job]
        self._begun = [each for each in self._begun if each is not job]

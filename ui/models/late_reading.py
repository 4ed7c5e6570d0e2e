"""A long grouped list read off the GUI thread while somebody types: only what was asked last is shown.

Groups are added up over every row that fits, which takes longer than a keystroke may where the list is long.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from kc_desktop.services import lists
from kc_desktop.services.list_groups import Group
from kc_desktop.services.lists import ListRequest, Row
from kc_desktop.services.workspace import Workspace
from ui.jobs import Job, JobRunner
from ui.models.list_groups import first_groups


@dataclass(frozen=True, slots=True)
class Found:
    """The first page of a request and its first groups."""

    request: ListRequest
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]


class LateReading(QObject):
    """Reads one request at a time; a newer one interrupts it."""

    arrived = Signal(object)
    """What was read, a `Found`; None where it failed."""

    def __init__(self, workspace: Workspace, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._key = workspace, key
        self._jobs = JobRunner(self)
        self._job: Job | None = None
        self._wanted: ListRequest | None = None
        self._reader: Workspace | None = None
        self._lock = threading.Lock()

    def is_waiting(self) -> bool:
        """Whether something is being read."""
        return self._wanted is not None

    def ask(self, request: ListRequest) -> None:
        """Read the first page of a request and its groups; what was asked before is given up."""
        self.drop()
        self._wanted = request

        def work(job: Job) -> Found:
            with closing(self._workspace.second()) as reader:
                self._hold(reader)
                try:
                    job.report(0, 1)
                    rows = lists.page(reader, self._key, request)
                    job.report(0, 1)
                    return Found(request, rows, first_groups(reader, self._key, request))
                except Exception:
                    job.report(0, 1)  # one that was given up is interrupted: no failure of anything
                    raise
                finally:
                    self._hold(None)

        self._job = self._jobs.submit("Đọc danh sách theo nhóm", work)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)

    def drop(self) -> None:
        """Give up what is being read."""
        self._wanted = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        with self._lock:
            if self._reader is not None:
                self._reader.interrupt()

    def stop(self) -> None:
        """Give up what is being read, wait for its thread and read nothing more."""
        self.drop()
        self._jobs.close()

    def _hold(self, reader: Workspace | None) -> None:
        with self._lock:
            self._reader = reader

    @Slot(object)
    def _on_succeeded(self, found: Found) -> None:
        if found.request is self._wanted:
            self._wanted = self._job = None
            self.arrived.emit(found)

    @Slot(object)
    def _on_failed(self, _error: object) -> None:
        if self._wanted is not None:
            self._wanted = self._job = None
            self.arrived.emit(None)

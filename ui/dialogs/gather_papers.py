"""A short wait while what the papers of many records are made from is read; it may be stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import record_papers
from kc_desktop.services.import_plans import Progress
from kc_desktop.services.record_papers import GatheredRecords
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.job_dialog import JobDialog
from ui.widgets.job_row import AT_ONCE, JobRow

_READ_AT_ONCE = 30
"""A paper is made from many records: no more papers are read while the window waits."""


class GatherDialog(JobDialog):
    """Reads papers of one kind; Esc stops it."""

    def __init__(self, workspace: Workspace, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        HelpKey(self, "bulk")
        self.setWindowTitle("Đọc dữ liệu để in")
        self.found: GatheredRecords | None = None
        self.failure: KnownError | None = None
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 60)
        self.work = JobRow(self, workspace)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.step(self, 5)] * 4)
        column.setSpacing(theme.step(self, 3))
        column.addWidget(label)
        column.addWidget(self.work)

    @classmethod
    def gather(
        cls, workspace: Workspace, key: str, ids: Sequence[int], singular: str, parent: QWidget | None
    ) -> GatheredRecords | None:
        """Return what the papers of a kind are made from; None where it was stopped. Raises KnownError."""
        if len(ids) <= _READ_AT_ONCE:
            return record_papers.gather(workspace, key, ids)

        def work(reader: Workspace, progress: Progress | None) -> GatheredRecords:
            return record_papers.gather(reader, key, ids, progress=progress)

        dialog = cls(workspace, f"Đang đọc dữ liệu của {format_vnd(len(ids))} {singular}…", parent)
        dialog.work.run(
            "Đang đọc…",
            work,
            AT_ONCE + len(ids),
            then=dialog._on_read,
            failed=dialog._on_failed,
            stopped=dialog.accept,
        )
        dialog.exec()
        dialog.deleteLater()
        if dialog.failure is not None:
            raise dialog.failure
        return dialog.found

    def _on_read(self, found: GatheredRecords) -> None:
        self.found = found
        self.accept()

    def _on_failed(self, error: KnownError) -> None:
        self.failure = error
        self.accept()

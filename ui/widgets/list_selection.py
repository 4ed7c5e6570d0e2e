"""Several rows of a list chosen at once: which they are, what they come to, and the keys that act on them.

"All" (Ctrl+A) is a request: a hundred thousand rows are chosen without one of them being read.
"""

from __future__ import annotations

import dataclasses
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.services import selection
from kc_desktop.services.lists import Column, ListRequest
from kc_desktop.services.selection import Selection, Sums
from kc_desktop.services.workspace import Workspace
from ui.formats import decimal_text

if TYPE_CHECKING:
    from ui.jobs import Job, JobRunner
    from ui.widgets.list_panel import ListPanel

_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_KEYS = (
    (QKeySequence.StandardKey.Copy, "copy"),
    (QKeySequence.StandardKey.Paste, "paste"),
)

_AT_ONCE = 10_000
"""More rows than these are added up by a job: the window does not wait for it."""


def _rows_asked(request: ListRequest) -> ListRequest:
    """Return what says which rows a request has, whatever their order."""
    return dataclasses.replace(request.unfolded(), sort="", descending=False, group="", columns=(), offset=0)


class ListSelection(QObject):
    """What is chosen in a list; made when the list has been painted or something first asks for it."""

    changed = Signal()
    """Other rows are chosen, or the cursor stands in another column."""

    def __init__(self, panel: ListPanel, workspace: Workspace) -> None:
        super().__init__(panel)
        self._panel = panel
        self._workspace = workspace
        self._is_all = False
        self._is_restoring = False
        self._asked = ListRequest()
        self._kept: frozenset[int] = frozenset()
        self._jobs: JobRunner | None = None
        self._adding: object = None
        self._failed: object = None
        self._sums: tuple[object, Sums] | None = None
        panel.table.installEventFilter(self)
        model = panel.table.selectionModel()
        model.selectionChanged.connect(self._on_selection_changed)
        model.currentColumnChanged.connect(self._on_column_changed)
        panel.model.rowsInserted.connect(self._on_rows_inserted)
        panel.model.modelAboutToBeReset.connect(self._on_about_to_reset)
        panel.model.modelReset.connect(self._on_reset)

    # public

    def is_all(self) -> bool:
        """Whether every row that fits is chosen, read or not."""
        return self._is_all

    def ids(self) -> tuple[int, ...]:
        """Return the ids of the rows chosen among those read so far, from top to bottom."""
        model = self._panel.model
        places = sorted(index.row() for index in self._panel.table.selectionModel().selectedRows())
        return tuple(found for found in map(model.id_at, places) if found)

    def is_several(self) -> bool:
        """Whether more than one row is chosen."""
        return self._is_all or len(self.ids()) > 1

    def chosen(self) -> Selection:
        """Return the rows chosen, for the services."""
        model = self._panel.model
        return Selection(key=model.spec.key, request=model.request, ids=None if self._is_all else self.ids())

    def select_all(self) -> None:
        """Choose every row that fits."""
        self._is_restoring = True
        self._panel.table.selectAll()
        self._is_restoring = False
        self._is_all = self._panel.model.rowCount() > 0
        self._asked = _rows_asked(self._panel.model.request)
        self.changed.emit()

    def stop(self) -> None:
        """Let nothing be added up any more: the file may be closed now."""
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = self._adding = None

    def words(self) -> str:
        """Say how many rows are chosen and what their numbers come to; "" for one or none."""
        if not self.is_several():
            return ""
        chosen, model = self.chosen(), self._panel.model
        place = self._panel.table.currentIndex().column()
        wanted = model.column(place).key if place >= 0 else ""
        column = selection.summed_column(model.spec.key, model.request, wanted, self._panel.shown_columns())
        if not (self._is_all and self._is_long()):
            number = format_vnd(selection.size(self._workspace, chosen))
            found = selection.sums(self._workspace, chosen, column) if column is not None else None
        else:
            number = self._panel.total_words()
            found = self._added_up(chosen, column) if column is not None else None
            if found is None and column is not None and self._adding is not None:
                return "Đã chọn tất cả · đang cộng…"
        said = f"Đã chọn {format_vnd(found.rows) if found is not None else number} {model.spec.singular}"
        return said if found is None else f"{said} · {_sums_words(found)}"

    def _is_long(self) -> bool:
        return self._panel.model.count(at_most=_AT_ONCE + 1) > _AT_ONCE

    def _added_up(self, chosen: Selection, column: Column) -> Sums | None:
        """Return what the column comes to, once a job has added it up; one is begun where none has."""
        wanted = (chosen, column.key, self._workspace.revision)
        if self._sums is not None and self._sums[0] == wanted:
            return self._sums[1]
        if wanted in (self._adding, self._failed):
            return None
        self._adding = wanted
        workspace = self._workspace

        def work(_job: Job) -> tuple[object, Sums]:
            with closing(workspace.second()) as reader:
                return wanted, selection.sums(reader, chosen, column)

        if self._jobs is None:
            from ui.jobs import JobRunner

            self._jobs = JobRunner(self)
        job = self._jobs.submit("Cộng các dòng đã chọn", work)
        job.succeeded.connect(self._on_added_up)
        job.failed.connect(self._on_not_added_up)
        return None

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose all with Ctrl+A; copy and paste with Ctrl+C and Ctrl+V."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self.select_all()
                return True
            for key, deed in _KEYS:
                if event.matches(key):
                    self._panel.deedWanted.emit(deed)
                    return True
        return super().eventFilter(watched, event)

    # slots

    @Slot(object)
    def _on_added_up(self, found: tuple[object, Sums]) -> None:
        self._sums = found
        if found[0] == self._adding:
            self._adding = None
        self.changed.emit()

    @Slot(object)
    def _on_not_added_up(self, _error: object) -> None:
        """Say how many rows there are, no more: nobody asked for the sum, and the log has the reason."""
        self._failed, self._adding = self._adding, None
        self.changed.emit()

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if not self._is_restoring:
            self._is_all = False
            self._asked = _rows_asked(self._panel.model.request)
            self.changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_column_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self.is_several():
            self.changed.emit()

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._is_all:
            self._select([(first, last)])

    @Slot()
    def _on_about_to_reset(self) -> None:
        ids = self.ids()
        self._kept = frozenset(ids if len(ids) > 1 else ())

    @Slot()
    def _on_reset(self) -> None:
        """Choose again what was chosen, where the list still shows the same rows: by id, in whatever order."""
        was_all, self._is_all = self._is_all, False
        model = self._panel.model
        if not (was_all or self._kept):
            return
        last = model.rowCount() - 1
        is_same = last >= 0 and self._asked == _rows_asked(model.request)
        if is_same and was_all:
            self._select([(0, last)])
            self._is_all = True
        elif is_same:
            self._select([(row, row) for row in range(last + 1) if model.id_at(row) in self._kept])
        self.changed.emit()

    # private

    def _select(self, spans: list[tuple[int, int]]) -> None:
        model, marked = self._panel.model, QItemSelection()
        for first, last in spans:
            marked.select(model.index(first, 0), model.index(last, 0))
        self._is_restoring = True
        self._panel.table.selectionModel().select(marked, _ROWS)
        self._is_restoring = False


def _sums_words(found: Sums) -> str:
    """Write the sum, the average and the count of a column, with its unit."""
    unit = f" {found.column.unit}" if found.column.unit else ""
    number = format_vnd(found.total) if isinstance(found.total, int) else decimal_text(found.total)
    said = [f"Σ {found.column.label} {number}{unit}" + (" (đã trừ bút toán đảo)" if found.has_taken_off else "")]
    if found.average is not None:
        average = format_vnd(int(found.average)) if found.column.kind is Kind.MONEY else decimal_text(found.average)
        said.append(f"trung bình {average}{unit}")
    said.append(f"đếm {format_vnd(found.counted)}")
    return ", ".join(said)

"""Keystrokes as the window sees them: the request through the list's Qt model, and the text of the rows on show."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure
from tests.benchmarks.reading import KEY_RUNS, QUERIES, Times, limit_ms, typed
from ui.models.record_list import RecordListModel

_ROWS_ON_SHOW = 25


def figures(path: Path, records: int) -> list[Figure]:
    """Measure a file of so many records."""
    application = QCoreApplication.instance() or QCoreApplication([])
    workspace = Workspace.open(path)
    try:
        times = {key: _times(RecordListModel(workspace, key, application)) for key in QUERIES}
    finally:
        workspace.close()
    return [
        Figure(
            name=f"{records:,}: keystroke through the Qt model, {key}, p95",
            value=each.p95,
            unit="ms",
            limit_value=limit_ms(records),
        )
        for key, each in times.items()
    ]


def _times(model: RecordListModel) -> Times:
    times = Times()
    for query in QUERIES[model.spec.key]:
        for words in typed(query):
            times.add(words, partial(_show, model, ListRequest(search=words)), KEY_RUNS)
    return times


def _show(model: RecordListModel, request: ListRequest) -> None:
    model.show_request(request)
    for row in range(min(_ROWS_ON_SHOW, model.rowCount())):
        for column in range(model.columnCount()):
            model.data(model.index(row, column))

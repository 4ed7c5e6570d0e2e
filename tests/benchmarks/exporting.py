"""A long list as a workbook against the plainest XlsxWriter can do with the same cells, in turns in the same run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from kc_desktop.domain.fields import Value
from kc_desktop.services import exporting, lists
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure, interleaved_medians_ms

_KEY: Final = "fund-entries"
_RUNS: Final = 3
_LIMIT: Final = 2.2


def figures(path: Path, entries: int) -> list[Figure]:
    """Measure the ledger of a file of so many entries: read, laid out, written; the floor only writes."""
    workspace = Workspace.open(path)
    request = ListRequest()
    folder = Path(tempfile.mkdtemp(prefix="kc-export-"))
    try:
        cells = [row.cells for row in lists.every_row(workspace, _KEY, request)]
        ours, plain = interleaved_medians_ms(
            (
                lambda: exporting.export_list(workspace, _KEY, request, folder / "ours.xlsx", _quiet),
                lambda: _plain(cells, folder / "plain.xlsx"),
            ),
            _RUNS,
        )
    finally:
        workspace.close()
        shutil.rmtree(folder, ignore_errors=True)
    rate = len(cells) / ours * 1000
    name = f"{len(cells):,} of {entries:,} entries to a workbook ({rate:,.0f} rows a second), against plain XlsxWriter"
    return [Figure(name=name, value=ours, unit="ms", floor=plain, limit_ratio=_LIMIT)]


def _quiet(_done: int, _total: int) -> None:
    """Go on."""


def _plain(rows: Sequence[Sequence[Value]], path: Path) -> None:
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                page.write_datetime(place, column, value, day)
            elif isinstance(value, int):
                page.write_number(place, column, value)
            elif isinstance(value, str) and value:
                page.write_string(place, column, value)
    book.close()

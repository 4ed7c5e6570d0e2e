"""Putting cells on the clipboard: one way for lists and for tables of figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from kc_desktop.services import copying
from kc_desktop.services.copying import CopiedCell


def put_cells(headings: Sequence[str], rows: Sequence[Sequence[CopiedCell]]) -> None:
    """Put rows on the clipboard as text by tabs and as a table; a single cell without headings as its text alone."""
    data = QMimeData()
    data.setText(copying.as_lines(headings, rows))
    if headings:
        data.setHtml(copying.as_table(headings, rows))
    QGuiApplication.clipboard().setMimeData(data)

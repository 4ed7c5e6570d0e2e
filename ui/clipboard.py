"""Putting cells on the clipboard: one way for lists and for tables of figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from kc_desktop.services import copying
from kc_desktop.services.copying import CopiedCell


def number_cell(text: str, *, is_counted: bool = True) -> CopiedCell:
    """Return the cell of a number as it is written: a spreadsheet counts with it, or keeps what is none as text."""
    return CopiedCell(text=text, value=copying.read_number(text), is_counted=is_counted, is_share=text.endswith("%"))


def put_lines(text: str) -> None:
    """Put a table written as lines on the clipboard: headings first, a name in each row, then numbers."""
    heading, *lines = (line.split("\t") for line in text.split("\n"))
    put_cells(heading, [[CopiedCell(text=line[0]), *map(number_cell, line[1:])] for line in lines])


def put_cells(headings: Sequence[str], rows: Sequence[Sequence[CopiedCell]]) -> None:
    """Put rows on the clipboard as text by tabs and as a table; a single cell without headings as its text alone."""
    data = QMimeData()
    data.setText(copying.as_lines(headings, rows))
    if headings:
        data.setHtml(copying.as_table(headings, rows))
    QGuiApplication.clipboard().setMimeData(data)

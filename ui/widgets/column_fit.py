"""Widths for the columns of a list, so that as many of them as can be stand in the room there is."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from ui import theme
from ui.models.record_list import RecordListModel

MEASURED_ROWS = 40
_WIDEST = 46
_SHORT = 20
"""So many characters and fewer are never cut: dates, states, numbers of papers, the names of people."""
_NAME_LEAST = 21
_TEXT_LEAST = 13
_NAMES = ("name", "title")


def fit(table: QTableView, model: RecordListModel) -> None:
    """Give every column what its first rows need; where that is too much, cut long texts down, the name last.

    Of a list that was gone to the end of, these are its last rows.
    """
    header = table.horizontalHeader()
    sections = [each for each in range(model.columnCount()) if not header.isSectionHidden(each)]
    widths = {each: _wanted(table, model, each) for each in sections}
    room = table.viewport().width()
    is_name = {each: model.column(each).key in _NAMES for each in sections}
    for names in (False, True):
        long = [each for each in sections if is_name[each] is names and _is_long(table, model, each, widths[each])]
        least = {each: _least(table, each, _NAME_LEAST if names else _TEXT_LEAST, widths[each]) for each in long}
        too_much = sum(widths.values()) - room
        givable = sum(widths[each] - least[each] for each in long)
        if too_much > 0 and givable > 0:
            part = min(1.0, too_much / givable)
            for each in long:
                widths[each] -= int((widths[each] - least[each]) * part)
    for each, width in widths.items():
        header.resizeSection(each, width)


def _wanted(table: QTableView, model: RecordListModel, section: int) -> int:
    metrics = table.fontMetrics()
    pad = theme.step(table, 6)
    first = max(0, model.rowCount() - MEASURED_ROWS) if model.is_from_end else 0
    rows = range(first, min(model.rowCount(), first + MEASURED_ROWS))
    texts = (str(model.index(row, section).data() or "") for row in rows)
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    cap = metrics.horizontalAdvance("0") * _WIDEST
    return max(min(widest, cap) + pad, table.horizontalHeader().sectionSizeHint(section))


def _least(table: QTableView, section: int, characters: int, wanted: int) -> int:
    unit = table.fontMetrics().horizontalAdvance("0")
    return min(wanted, max(unit * characters, table.horizontalHeader().sectionSizeHint(section)))


def _is_long(table: QTableView, model: RecordListModel, section: int, width: int) -> bool:
    column = model.column(section)
    is_text = not column.is_number and column.key != "state"
    return is_text and width > table.fontMetrics().horizontalAdvance("0") * _SHORT

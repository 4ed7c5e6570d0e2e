"""The papers of a project's dossier as rows, under a heading for each step."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from kc_desktop.domain import lifecycle
from kc_desktop.domain.dates import format_date
from kc_desktop.services.checklist import Paper
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADINGS = ("Giấy tờ", "Hạn", "Ngày nhận")


class PapersModel(QAbstractTableModel):
    """Papers by step; the box before a paper is ticked when it has come."""

    toggled = Signal(object, bool)
    """A Paper whose box was clicked, and whether it is to be ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Paper | str] = []
        self._today = date.today()
        self._may_tick = True

    def show_papers(self, papers: tuple[Paper, ...], today: date) -> None:
        """Show these papers, those of one step together."""
        self.beginResetModel()
        self._today = today
        self.rows = []
        step = None
        for each in papers:
            if each.step != step:
                step = each.step
                self.rows.append(step)
            self.rows.append(each)
        self.endResetModel()

    def set_may_tick(self, may: bool) -> None:
        """Let the boxes be ticked, or only show them."""
        self._may_tick = may

    def paper(self, row: int) -> Paper | None:
        """Return the paper of a row, None for a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Paper) else None

    def step_of(self, row: int) -> str:
        """Return the step a row belongs to, "" where there are no rows."""
        if not 0 <= row < len(self.rows):
            row = 0
        if not self.rows:
            return ""
        found = self.rows[row]
        return found.step if isinstance(found, Paper) else found

    # overrides

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of rows, headings included."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section] if 0 <= section < len(HEADINGS) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let papers be ticked; headings are only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.paper(index.row()) is not None and self._may_tick:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text and look of a cell."""
        if not index.isValid():
            return None
        paper = self.paper(index.row())
        if paper is None:
            return self._heading(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(paper, index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if paper.received_on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(paper)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme.colours()
            if index.column() > 0 and paper.is_late(self._today):
                return QBrush(QColor(colours.late))
            if not paper.is_required:
                return QBrush(QColor(colours.muted))
        return None

    def setData(self, index: _Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell that a box was ticked; the rows are read again after it was kept."""
        paper = self.paper(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or paper is None or not self._may_tick:
            return False
        self.toggled.emit(paper, paper.received_on is None)
        return True

    # private

    def _heading(self, index: _Index, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
            step = self.step_of(index.row())
            papers = [each for each in self.rows if isinstance(each, Paper) and each.step == step]
            received = sum(1 for each in papers if each.received_on)
            return f"{lifecycle.step_label(step)}: đã nhận {received}/{len(papers)}"
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _text(self, paper: Paper, column: int) -> str:
        if column == 0:
            copies = f" ({paper.copies} bộ)" if paper.copies and paper.copies > 1 else ""
            return paper.name + copies + ("" if paper.is_required else " – nếu có")
        day = paper.due_on if column == 1 else paper.received_on
        return format_date(day) if day else ""


def _tip(paper: Paper) -> str:
    parts = [paper.name, paper.citation]
    if paper.citation and not paper.is_verified:
        parts.append("Chưa kiểm chứng")
    return "\n".join(each for each in (*parts, paper.note) if each)

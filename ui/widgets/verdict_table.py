"""What is to become of rows: each with its verdict by sign and word, why, and what would change, before anything is.

table = VerdictTable(parent, words=words)
table.show_rows(found.rows)          # any rows that tell a `Verdict`: an import's, a bulk edit's
table.show_only(WRONG)               # as its buttons do; "" shows all
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.money import format_vnd
from kc_desktop.services.import_plans import CHANGED, NEW, SAME, VERDICT_WORDS, WRONG, Change
from ui import theme
from ui.widgets.button_row import ButtonRow

SKIPPED = "skipped"
"""What a row is that holds no record; for callers whose words name it."""
SIGNS = {NEW: "+", CHANGED: "→", SAME: "=", WRONG: "▲", SKIPPED: "–"}
"""What tells a verdict besides its word and its colour."""

_HEADINGS = ("Trang", "Dòng", "Tên", "Kết quả", "Thay đổi, lý do")
_SHEET, _NUMBER, _NAME, _VERDICT, _WHY = range(len(_HEADINGS))
_WIDTHS = {_SHEET: 14, _NUMBER: 7, _NAME: 34}
"""Letters of an ordinary value."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Verdict(Protocol):
    """What a row tells: `sheet` is "" and `number` 0 where it stands in no file."""

    @property
    def sheet(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def readings(self) -> tuple[str, ...]: ...
    @property
    def changes(self) -> tuple[Change, ...]: ...


def told(row: Verdict) -> str:
    """Return why a row is wrong, what of it was read otherwise and what would change, in one line."""
    changes = (f"{each.label}: {each.after}" if row.verdict == NEW else _changed(each) for each in row.changes)
    said = (each.rstrip(".") for each in (*row.reasons, *changes, *row.readings))
    return " ".join("; ".join(said).split())


def _changed(change: Change) -> str:
    return f"{change.label}: {change.before or 'trống'} → {change.after or 'trống'}"


class VerdictModel(QAbstractTableModel):
    """The rows of one verdict, or all; a filter keeps places, so that 50,000 rows are filtered at once."""

    def __init__(self, words: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.rows: Sequence[Verdict] = ()
        self._places: Sequence[int] = ()

    def show_rows(self, rows: Sequence[Verdict], only: str = "") -> None:
        """Show other rows, or only those of a verdict."""
        self.beginResetModel()
        self.rows = rows
        self._places = [place for place, each in enumerate(rows) if each.verdict == only] if only else range(len(rows))
        self.endResetModel()

    def row(self, row: int) -> Verdict:
        """Return what stands in a row of the table."""
        return self.rows[self._places[row]]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        each = self.row(row)
        if column == _SHEET:
            return each.sheet
        if column == _NUMBER:
            return str(each.number) if each.number else ""
        if column == _NAME:
            return each.name
        if column == _VERDICT:
            return f"{SIGNS[each.verdict]} {self._words[each.verdict]}"
        return told(each)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows are on show."""
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the text, colour, alignment or tooltip of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(index.row(), index.column()) if index.column() in (_NAME, _WHY) else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            verdict, colours = self.row(index.row()).verdict, theme.colours()
            if verdict == WRONG:
                return QColor(colours.problem)
            return QColor(colours.muted) if verdict in (SAME, SKIPPED) else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the heading of a column."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(_HEADINGS):
            if role == Qt.ItemDataRole.DisplayRole:
                return _HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section == _NUMBER else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _NameDelegate(QStyledItemDelegate):
    """Cuts a long name in its middle: names of one kind often differ in their last words."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Say where the text is cut."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class VerdictTable(QWidget):
    """A table of verdicts with a button for each verdict that occurs.

    The row under the bar is written out below, unless `is_told_below` says that somebody else does.
    """

    currentChanged = Signal(object)
    """The row under the bar, a `Verdict`, None for none."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        words: Mapping[str, str] = VERDICT_WORDS,
        name: str = "Kết quả đọc",
        is_told_below: bool = True,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._only = ""
        step = theme.step(self)
        self.model = VerdictModel(words, self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        row = ButtonRow(self, spacing=step)
        for place, verdict in enumerate(("", *words)):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(button, place)
            self._buttons[verdict] = button
            row.add(button)
        self.view = self._make_view(name)
        self._whole = QLabel(self)
        self._whole.setWordWrap(True)
        self._whole.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._whole.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self._whole.setTextFormat(Qt.TextFormat.PlainText)
        self._whole.setVisible(is_told_below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addWidget(row)
        column.addWidget(self.view, 1)
        column.addWidget(self._whole)
        self._group.idClicked.connect(self._on_button_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.show_rows(())

    def _make_view(self, name: str) -> QTableView:
        view = QTableView(self)
        theme.flatten(view)
        view.setModel(self.model)
        view.setAccessibleName(name)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setItemDelegateForColumn(_NAME, _NameDelegate(view))
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        letter = self.fontMetrics().horizontalAdvance("0")
        for column, letters in _WIDTHS.items():
            header.resizeSection(column, letter * letters)
        widest = max(self.fontMetrics().horizontalAdvance(each) for each in self._words.values())
        header.resizeSection(_VERDICT, widest + letter * 5)  # the sign and the gaps
        return view

    # public

    def show_rows(self, rows: Sequence[Verdict]) -> None:
        """Show what is to become of these rows; the verdict chosen stays where a row still has it."""
        counts = Counter(each.verdict for each in rows)
        for verdict, button in self._buttons.items():
            number = counts[verdict] if verdict else len(rows)
            word = self._words[verdict] if verdict else "tất cả"
            sign = f"{SIGNS[verdict]} " if verdict else ""
            button.setText(f"{sign}{word[:1].upper()}{word[1:]} ({format_vnd(number)})")
            button.setVisible(not verdict or bool(number))
        self.view.setColumnHidden(_SHEET, len({each.sheet for each in rows}) < 2)
        self.view.setColumnHidden(_NUMBER, not any(each.number for each in rows))
        self.model.rows = rows
        self.show_only(self._only if counts[self._only] else "")

    def show_only(self, verdict: str) -> None:
        """Show the rows of a verdict, "" for all."""
        self._only = verdict
        self._buttons[verdict].setChecked(True)
        self.model.show_rows(self.model.rows, verdict)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(self._first(), _NAME))
        else:
            self._tell(None)

    def current(self) -> Verdict | None:
        """Return the row under the bar."""
        index = self.view.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    # slots

    @Slot(int)
    def _on_button_clicked(self, place: int) -> None:
        self.show_only(("", *self._words)[place])

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell(self.model.row(current.row()) if current.isValid() else None)

    # private

    def _first(self) -> int:
        """Return the first row that holds a record, else the first."""
        rows = range(self.model.rowCount())
        return next((row for row in rows if self.model.row(row).verdict != SKIPPED), 0)

    def _tell(self, row: Verdict | None) -> None:
        """Write the row under the bar out whole: its line may be cut in the table."""
        self._whole.setText("" if row is None else told(row))
        self.currentChanged.emit(row)

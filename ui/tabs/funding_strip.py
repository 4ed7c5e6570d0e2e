"""Above the ledger: what each source has left, and the four quarters of the year with their locks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from kc_desktop.domain.balance import BalanceRow, BalanceTable, View
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.money import format_percent
from kc_desktop.services import balances, locks
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.money_unit import MoneyUnit
from ui.widgets.bars import AmountButton
from ui.widgets.button_row import ButtonRow

_FIGURES = tuple(each for each in balances.FIGURES if each[0] != "planned")


class BalanceStrip(QWidget):
    """One line of sums per source of money; each amount opens the rows it is made of."""

    requestOpen = Signal(str, object)
    """(list key, ListRequest)"""
    planWanted = Signal()
    """The year has no plan and someone wants one."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._grid = QGridLayout(self)
        step = theme.step(self)
        self._grid.setContentsMargins(0, 0, 0, step)
        self._grid.setHorizontalSpacing(step * 5)
        self._grid.setVerticalSpacing(step)

    def show_year(self, year: int, unit: MoneyUnit) -> None:
        """Show the sums of a year in a unit, which the first heading states."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = balances.table(self._workspace, year, View.SOURCE)
        if not found.rows:
            words = f"Năm {year} chưa có kế hoạch nào: thêm ở Danh mục, Kế hoạch khuyến công năm."
            self._put(0, 0, self._label(words, is_note=True))
            button = QPushButton("Thêm kế hoạch năm", self)
            button.setAutoDefault(False)
            button.clicked.connect(self.planWanted)
            self._put(0, 1, button)
            self._grid.setColumnStretch(2, 1)
            return
        for column, text in enumerate((f"Nguồn ({unit.label})", *(label for _, label in _FIGURES))):
            self._put(0, column, self._label(text, is_note=True))
        for row, given in enumerate(found.rows, start=1):
            self._put(row, 0, self._label(given.label))
            for column, (key, label) in enumerate(_FIGURES, start=1):
                self._put(row, column, self._amount(found, given, key, label, unit))

    def texts(self) -> tuple[str, ...]:
        """Return every text on show, row by row."""
        found = []
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QLabel | AmountButton):
                found.append(widget.text())
        return tuple(found)

    def _amount(self, table: BalanceTable, row: BalanceRow, key: str, label: str, unit: MoneyUnit) -> QWidget:
        amount = balances.amount(row.amounts, key)
        opens = balances.opens(table, row, key) if amount else None
        if opens is None:
            return self._label(unit.text(amount))
        button = AmountButton(f"{row.label}, {label}", unit.text(amount), *opens, self)
        share = format_percent(amount, row.amounts.allocated_vnd)
        if share != "—":
            button.setToolTip(f"{share} vốn được giao. Bấm để xem các dòng phía sau")
        button.requestOpen.connect(self.requestOpen)
        return button

    def _label(self, text: str, *, is_note: bool = False) -> QLabel:
        label = QLabel(text, self)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _put(self, row: int, column: int, widget: QWidget) -> None:
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(widget, row, column, side)
        self._grid.setColumnStretch(column, 1)


class QuarterStrip(QWidget):
    """The four quarters: open or locked since a day. Each opens its dialog."""

    quarterChosen = Signal(int)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        step = theme.step(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, step)
        row.setSpacing(step * 2)
        label = QLabel("Khóa sổ", self)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(label)
        quarters = ButtonRow(self, spacing=step * 2)
        self.buttons = tuple(QPushButton(self) for _ in locks.QUARTERS)
        for quarter, button in zip(locks.QUARTERS, self.buttons, strict=True):
            button.setAutoDefault(False)
            button.setFlat(True)
            button.clicked.connect(partial(self.quarterChosen.emit, quarter))
            quarters.add(button)
        row.addWidget(quarters, 1)

    def show_year(self, year: int) -> None:
        """Show how the quarters of a year stand."""
        for state, button in zip(locks.states(self._workspace, year), self.buttons, strict=True):
            name = state.name.partition("/")[0]
            day = state.lock.happened_on if state.lock is not None else None
            since = f" {format_date(day)}" if day is not None else ""
            words = f"đã khóa{since}" if state.is_locked else "đang mở"
            button.setText(f"{'■' if state.is_locked else '□'} {name}: {words}")
            button.setAccessibleName(f"{state.name} {words}")
            button.setToolTip("Mở khóa có lý do…" if state.is_locked else "Khóa sổ: không ghi thêm vào quý này…")

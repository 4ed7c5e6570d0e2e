"""Above the ledger: what each source has left, and the four quarters of the year with their locks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.money import format_percent
from kc_desktop.services import funding, locks
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.money_unit import MoneyUnit

_HEADINGS = ("Được giao", "Đã phê duyệt", "Tạm ứng", "Thanh toán", "Hoàn trả", "Đã giải ngân", "Còn lại")


class BalanceStrip(QWidget):
    """One line of sums per source of money."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._grid = QGridLayout(self)
        step = theme.step(self)
        self._grid.setContentsMargins(0, 0, 0, step)
        self._grid.setHorizontalSpacing(step * 6)
        self._grid.setVerticalSpacing(step)

    def show_year(self, year: int, unit: MoneyUnit) -> None:
        """Show the sums of a year in a unit, which the first heading states."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        found = funding.balances(self._workspace, year)
        if not found:
            self._put(
                0, 0, f"Năm {year} chưa có kế hoạch nào: thêm ở Danh mục, Kế hoạch khuyến công năm.", is_note=True
            )
            return
        for column, text in enumerate((f"Nguồn ({unit.label})", *_HEADINGS)):
            self._put(0, column, text, is_note=True)
        for row, balance in enumerate(found, start=1):
            sums = balance.sums
            self._put(row, 0, balance.source_label)
            amounts = (
                sums.allocated_vnd,
                sums.approved_vnd,
                sums.advanced_vnd,
                sums.paid_vnd,
                sums.refunded_vnd,
                sums.disbursed_vnd,
                sums.left_vnd,
            )
            for column, amount in enumerate(amounts, start=1):
                self._put(row, column, unit.text(amount), tip=format_percent(amount, sums.allocated_vnd))

    def texts(self) -> tuple[str, ...]:
        """Return every text on show, row by row."""
        found = []
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QLabel):
                found.append(widget.text())
        return tuple(found)

    def _put(self, row: int, column: int, text: str, *, is_note: bool = False, tip: str = "") -> None:
        label = QLabel(text, self)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if tip and tip != "—":
            label.setToolTip(f"{tip} vốn được giao")
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)
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
        self.buttons = tuple(QPushButton(self) for _ in locks.QUARTERS)
        for quarter, button in zip(locks.QUARTERS, self.buttons, strict=True):
            button.setAutoDefault(False)
            button.setFlat(True)
            button.clicked.connect(partial(self.quarterChosen.emit, quarter))
            row.addWidget(button)
        row.addStretch(1)

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

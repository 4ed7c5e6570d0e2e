"""Kinh phí: the ledger, what each source has left, and the way to put a wrong entry right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Value
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.services import funding, lists
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm

_LOCKED = "Bút toán đã ghi không sửa, không xóa. Nếu ghi nhầm, bấm Đảo bút toán rồi ghi lại cho đúng."
_HEADINGS = ("Nguồn", "Được giao", "Đã phê duyệt", "Tạm ứng", "Thanh toán", "Hoàn trả", "Đã giải ngân", "Còn lại")


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

    def show_year(self, year: int) -> None:
        """Show the sums of a year."""
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
        for column, text in enumerate(_HEADINGS):
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
                self._put(row, column, format_vnd(amount), tip=format_percent(amount, sums.allocated_vnd))

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
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPalette

        label = QLabel(text, self)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if tip and tip != "—":
            label.setToolTip(f"{tip} vốn được giao")
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)
        self._grid.setColumnStretch(column, 1)


class FundingTab(RecordTab):
    """The ledger of the year."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "fund-entries", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        self.strip = BalanceStrip(self.workspace, self)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(0, self.strip)
        outer.setStretch(1, 1)

    def make_form(self) -> RecordForm:
        """Add the button that reverses an entry, and the words about what it reversed."""
        form = super().make_form()
        self.reverse_button = QPushButton(icon("reverse"), "Đảo bút toán…", form)
        self.reverse_button.setAutoDefault(False)
        self.reverse_button.setToolTip("Ghi một bút toán ngược lại, kèm lý do")
        self.reverse_button.clicked.connect(self._on_reverse_clicked)
        form.add_to_head(self.reverse_button)
        return form

    def new_values(self) -> dict[str, Value]:
        """Start with the plan of the year."""
        plans = self.workspace.children(AnnualPlan, year=self._year) if self._year else ()
        return {"plan_id": plans[0].id} if plans else {}

    def set_year(self, year: int) -> None:
        """Show the ledger and the balances of a year; for all years the balances of the newest."""
        super().set_year(year)
        self._show_balances()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read entries and balances."""
        super().refresh(tables)
        self._show_balances()

    def reload(self) -> None:
        """Read entries and balances."""
        super().reload()
        self._show_balances()

    def can(self, verb: Verb) -> bool:
        """A kept entry is neither edited nor deleted."""
        return verb not in (Verb.EDIT, Verb.REMOVE) and super().can(verb)

    def record_shown(self, record: Any) -> None:
        """Lock a kept entry and say what reversed it or what it reversed."""
        is_kept = record is not None and bool(record.id)
        reversed_by = self.workspace.children(FundEntry, reverses_id=record.id) if is_kept else ()
        may = is_kept and record.kind != "reversal" and not reversed_by and not self.workspace.is_read_only
        self.reverse_button.setVisible(bool(may))
        if not is_kept:
            self.form.set_locked("")
            return
        if record.kind == "reversal":
            wrong = self.workspace.title_of("fund_entry", record.reverses_id)
            self.form.set_locked(f"Bút toán này đảo bút toán {wrong}. Lý do: {record.reason}")
        elif reversed_by:
            self.form.set_locked(f"Bút toán này đã được đảo. Lý do: {reversed_by[0].reason}")
        else:
            self.form.set_locked(_LOCKED)

    @Slot()
    def new(self) -> None:
        """Start a new entry."""
        self.reverse_button.hide()
        super().new()

    @Slot(object)
    def _on_form_saved(self, record: Any) -> None:
        super()._on_form_saved(record)
        self._show_balances()

    @Slot()
    def _on_reverse_clicked(self) -> None:
        record = self.form.record
        if record is None or self.form.is_editing():
            return
        from ui.dialogs.reverse import ReverseDialog

        dialog = ReverseDialog(self.workspace, record, self)
        dialog.reversed.connect(self._on_reversed)
        dialog.exec()

    @Slot(object)
    def _on_reversed(self, entry: FundEntry) -> None:
        self.panel.refresh()
        self.panel.select(entry.id)
        self._show_record(entry.id)
        self._show_balances()
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã đảo bút toán {format_vnd(entry.amount_vnd)} đồng.")

    def _show_balances(self) -> None:
        known = (self._year,) if self._year else lists.years(self.workspace)
        if known:
            self.strip.show_year(known[0])

"""Cân đối: the year's money per programme, content, source, place or project; each number opens its rows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import VIEW_LABELS, BalanceRow, BalanceTable, View
from kc_desktop.services import balances
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.reading_order import lend_focus
from ui.tabs.funding_view import FundingView
from ui.view_state import ViewState
from ui.widgets.figure_table import Cell, FigureRow, FigureTable
from ui.widgets.switch import Switch

_SETTING = "tabs/funding/view"


class BalanceView(FundingView):
    """The table of balances, with its sums in the first row."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, parent)
        step = theme.step(self)
        self.switch = Switch(tuple((each.value, label) for each, label in VIEW_LABELS.items()), self)
        kept = state.text(_SETTING)
        self.switch.set_current(kept if kept in set(View) else View.PROGRAMME.value)
        by = QLabel("Xếp theo", self)
        copy = QPushButton("Chép bảng", self)
        copy.setToolTip("Chép cả bảng với tiêu đề để dán vào Excel (Ctrl+A, Ctrl+C)")
        copy.setAutoDefault(False)
        self.table = FigureTable("Cân đối kinh phí", self)
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setMargin(step * 6)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(by)
        row.addWidget(self.switch)
        row.addStretch(1)
        row.addWidget(copy)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, step, 0, 0)
        column.setSpacing(step * 2)
        column.addLayout(row)
        column.addLayout(self._stack, 1)
        self.switch.chosen.connect(self._on_view_chosen)
        self.table.requestOpen.connect(self.requestOpen)
        copy.clicked.connect(self._on_copy_clicked)

    def fill(self) -> None:
        """Read the balances."""
        found = balances.table(self.workspace, self.year, View(self.switch.current()))
        if not found.rows:
            self._empty.setText(
                f"Năm {self.year} chưa có gì để cân đối. Mở kế hoạch năm ở Danh mục, "
                "rồi ghi vốn được giao vào Sổ kinh phí."
            )
            self._stack.setCurrentWidget(self._empty)
            lend_focus(self, None)
            return
        figures = balances.figures_of(found.view)
        has_sources = found.view is not View.SOURCE and len({row.source for row in found.rows}) > 1
        headings = (
            VIEW_LABELS[found.view],
            *(("Nguồn",) if has_sources else ()),
            *(label for _, label in figures),
            "Tỷ lệ\ngiải ngân",
        )
        rows = [self._row(found, None, "Tổng cộng", has_sources=has_sources)]
        rows += [self._row(found, row, row.label, has_sources=has_sources) for row in found.rows]
        self.table.show_rows(headings, tuple(rows))
        self._stack.setCurrentWidget(self.table)
        lend_focus(self, self.table)

    def remember(self) -> None:
        """Keep what the rows stand for."""
        self.state.put(_SETTING, self.switch.current())

    # slots

    @Slot(str)
    def _on_view_chosen(self, _key: str) -> None:
        self.fill()

    @Slot()
    def _on_copy_clicked(self) -> None:
        self.table.copy_all()
        self.statusMessage.emit("Đã chép bảng cân đối, đơn vị tính: " + self.unit.label + ".")

    # private

    def _row(self, table: BalanceTable, row: BalanceRow | None, label: str, *, has_sources: bool) -> FigureRow:
        amounts = table.total if row is None else row.amounts
        cells = [Cell(text=label)]
        if has_sources:
            words = row.source_label if row is not None else ""
            cells.append(Cell(text=_initials(words), tip=words))
        for key, _ in balances.figures_of(table.view):
            amount = balances.amount(amounts, key)
            cells.append(
                Cell(
                    text=self.unit.text(amount),
                    plain=self.unit.plain(amount),
                    is_number=True,
                    opens=balances.opens(table, row, key) if amount else None,
                    tip=self._about_left(amounts) if key == "left" else "",
                )
            )
        cells.append(Cell(text=amounts.rate, plain=amounts.rate.replace(".", ""), is_number=True))
        return FigureRow(cells=tuple(cells), is_total=row is None)

    def _about_left(self, amounts: Amounts) -> str:
        share, out = self.unit.text(amounts.share_vnd), self.unit.text(amounts.disbursed_vnd)
        return f"Còn lại = phần vốn {share} − đã giải ngân {out} ({self.unit.label})"


def _initials(words: str) -> str:
    """Shorten a source as the trade does: Khuyến công địa phương is KCĐP."""
    return "".join(word[0].upper() for word in words.split())

"""Theo tháng: what was disbursed month by month, and so far against what was given."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from kc_desktop.domain.balance import MonthTable, View
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.programme import SOURCES
from kc_desktop.services import balances
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.clipboard import put_lines
from ui.tabs.funding_view import FundingView
from ui.view_state import ViewState
from ui.widgets.bars import BarButton, Fill, OpenButton
from ui.widgets.labels import heading
from ui.widgets.switch import Switch

_LABEL_CHARACTERS = 10
_NOTE = "Bấm vào thanh để xem các bút toán phía sau. Ctrl+C chép bảng."
_FIRST_STEP = "Năm này chưa có bút toán nào: ghi vốn được giao, rồi các khoản chi vào Sổ kinh phí."


class MonthsView(FundingView):
    """Two bars for each month: the month's own, and everything so far against the year's money."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, parent)
        self._found: MonthTable | None = None
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sources = Switch((("", "Mọi nguồn"), *SOURCES), self)
        self.sources.set_current("")
        self.sources.chosen.connect(self._on_source_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.step(self), 0, 0)
        column.addWidget(self.sources)
        column.addWidget(self._scroll)

    def fill(self) -> None:
        """Read the months and draw their bars."""
        has_several = len(balances.table(self.workspace, self.year, View.SOURCE).rows) > 1
        self.sources.setVisible(has_several)
        if not has_several:
            self.sources.set_current("")
        self._found = found = balances.months(self.workspace, self.year, self.sources.current())
        page = QWidget(self)
        step = theme.step(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, step, step * 2, step * 2)
        grid.setHorizontalSpacing(step * 6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        unit = self.unit
        grid.addWidget(heading(f"Giải ngân trong tháng ({unit.label})", page), 0, 0)
        grid.addWidget(heading(f"Lũy kế so với vốn được giao ({unit.label})", page), 0, 1)
        self._add_plan(grid, page, found)
        most = max((abs(row.amounts.disbursed_vnd) for row in found.rows), default=0) or 1
        whole = _whole(found)
        for place, row in enumerate(found.rows, start=3):
            month, so_far = row.amounts.disbursed_vnd, row.so_far.disbursed_vnd
            own = BarButton(
                row.label,
                month / most,
                unit.text(month),
                Fill.SOLID,
                *balances.opens_month(found, row, "disbursed"),
                page,
            )
            words = f"{unit.text(so_far)} ({format_percent(so_far, found.total.allocated_vnd)})"
            to_date = BarButton(
                f"Đến {row.label}", so_far / whole, words, Fill.HATCHED, *balances.opens_until(found, row), page
            )
            for column, bar in enumerate((own, to_date)):
                bar.set_label_room(_LABEL_CHARACTERS + 4 * column)
                grid.addWidget(bar, place, column)
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(page)
        for button in self.buttons():
            button.requestOpen.connect(self.requestOpen)

    def buttons(self) -> tuple[OpenButton, ...]:
        """Return everything that opens rows, from top to bottom."""
        page = self._scroll.widget()
        return tuple(page.findChildren(OpenButton)) if page is not None else ()

    def copy_text(self) -> str:
        """Return the months as lines with headings, amounts as plain numbers."""
        if self._found is None:
            return ""
        unit, base = self.unit, self._found.total.allocated_vnd
        lines = [f"Tháng\tGiải ngân trong tháng ({unit.label})\tLũy kế ({unit.label})\tTỷ lệ lũy kế"]
        lines += [
            f"{row.label}\t{unit.plain(row.amounts.disbursed_vnd)}\t{unit.plain(row.so_far.disbursed_vnd)}"
            f"\t{format_percent(row.so_far.disbursed_vnd, base)}"
            for row in self._found.rows
        ]
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            put_lines(self.copy_text())
            self.statusMessage.emit("Đã chép bảng theo tháng.")
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_source_chosen(self, _source: str) -> None:
        self.fill()

    def _add_plan(self, grid: QGridLayout, page: QWidget, found: MonthTable) -> None:
        """Put what was planned and given above the months, to measure them by."""
        note = QLabel(_NOTE if _has_money(found) else _FIRST_STEP, page)
        note.setWordWrap(True)
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        note.setContentsMargins(theme.step(self, 2), 0, 0, 0)
        grid.addWidget(note, 1, 0)
        whole = _whole(found)
        for row, (label, amount, opened) in enumerate(
            (
                ("Kế hoạch", found.planned_vnd, balances.opens_plan(found)),
                ("Được giao", found.total.allocated_vnd, balances.opens_year(found, "allocated")),
            ),
            start=1,
        ):
            bar = BarButton(label, amount / whole, self.unit.text(amount), Fill.OUTLINE, *opened, page)
            bar.set_label_room(_LABEL_CHARACTERS + 4)
            grid.addWidget(bar, row, 1)


def _has_money(found: MonthTable) -> bool:
    amounts = found.total
    return bool(amounts.allocated_vnd or amounts.disbursed_vnd)


def _whole(found: MonthTable) -> int:
    """Return the amount a full bar stands for."""
    most = max((row.so_far.disbursed_vnd for row in found.rows), default=0)
    return max(found.planned_vnd, found.total.allocated_vnd, most, 1)

"""Đối chiếu kho bạc: a pasted statement beside the ledger, what agrees, and the difference both ways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.reconciliation import Reconciliation
from kc_desktop.errors import KnownError
from kc_desktop.services import funding, statements
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.reading_order import lend_focus
from ui.tabs.funding_view import FundingView
from ui.view_state import ViewState
from ui.widgets.button_row import ButtonRow
from ui.widgets.figure_table import Cell, FigureRow, FigureTable
from ui.widgets.labels import heading

_LINES = ("TT", "Ngày", "Số chứng từ", "Nội dung", "Chi (nợ)", "Thu (có)", "Khớp với bút toán")
_ENTRIES = ("Ngày", "Số chứng từ", "Đơn vị nhận", "Chi", "Thu")
_SETTING = "tabs/funding/statement"


class StatementView(FundingView):
    """The lines of a statement with their entries, and the entries the statement does not have."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, parent)
        self._found: Reconciliation | None = None
        self.chosen = QComboBox(self)
        self.chosen.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chosen.setMinimumContentsLength(14)
        self.chosen.setAccessibleName("Sao kê kho bạc")
        self.paste_button = self._button("add", "Dán sao kê…", "Dán các dòng sao kê chép từ Excel")
        self.match_button = self._button("check", "Khớp tự động", "Khớp theo số tiền, số chứng từ và ngày gần nhau")
        self.tick_button = self._button("edit", "Khớp tay…", "Chọn bút toán khớp với dòng đang chọn (phím cách)")
        self.remove_button = self._button("delete", "Xóa sao kê", "Xóa sao kê này; sổ kinh phí không đổi")
        self.lines = FigureTable("Dòng sao kê", self, wide=3, least=12)
        self.entries = FigureTable("Bút toán chưa có trong sao kê", self, wide=2)
        self._sums = QLabel(self)
        self._sums.setWordWrap(True)
        self._sums.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = QLabel(
            "Chép các dòng sao kê của kho bạc trong Excel, cả dòng tiêu đề, rồi bấm Dán sao kê. "
            "Chương trình cho xem trước, ghi lại, khớp với sổ kinh phí và nêu phần chênh lệch của hai bên.",
            self,
        )
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._build_ui()
        self.chosen.activated.connect(self._on_chosen)
        self.paste_button.clicked.connect(self._on_paste_clicked)
        self.match_button.clicked.connect(self._on_match_clicked)
        self.tick_button.clicked.connect(self._on_tick_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.lines.rowChosen.connect(self._on_row_chosen)
        self.lines.ticked.connect(self._on_tick_clicked)
        for table in (self.lines, self.entries):
            table.requestOpen.connect(self.requestOpen)

    def _button(self, icon_name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(icon(icon_name), text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _build_ui(self) -> None:
        step = theme.step(self)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(self.chosen, 1)
        buttons = ButtonRow(self, spacing=step * 2)
        for button in (self.paste_button, self.match_button, self.tick_button, self.remove_button):
            buttons.add(button)
        row.addWidget(buttons)
        self._page = QSplitter(Qt.Orientation.Horizontal, self)
        self._page.setChildrenCollapsible(False)
        for words, table, share in (
            ("Dòng sao kê", self.lines, 3),
            ("Có trong sổ, chưa có trong sao kê", self.entries, 2),
        ):
            side = QWidget(self)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, step * 2, 0)
            column.addWidget(heading(words, side))
            column.addWidget(table, 1)
            self._page.addWidget(side)
            self._page.setStretchFactor(self._page.count() - 1, share)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, step, 0, 0)
        outer.setSpacing(step * 2)
        outer.addLayout(row)
        outer.addWidget(self._hint)
        outer.addWidget(self._sums)
        outer.addWidget(self._page, 1)
        outer.addStretch(0)

    # what the tab asks

    def fill(self) -> None:
        """Read the statements of the year and the one that was on show."""
        found = self._statements()
        wanted = self.chosen.currentData() or self.state.number(_SETTING)
        self.chosen.blockSignals(True)
        self.chosen.clear()
        for each in found:
            self.chosen.addItem(_title(each), each.id)
        place = max(self.chosen.findData(wanted), 0) if found else -1
        self.chosen.setCurrentIndex(place)
        self.chosen.blockSignals(False)
        self._show()

    def remember(self) -> None:
        """Keep which statement is on show."""
        self.state.put(_SETTING, self.chosen.currentData() or 0)

    def papers_record(self) -> tuple[str, int] | None:
        """Return the plan of the statement on show: its reconciliation holds every statement."""
        return ("plans", self._found.plan.id) if self._found is not None else None

    def open_statement(self, statement_id: int) -> None:
        """Show a statement."""
        self.fill()
        self.chosen.setCurrentIndex(max(self.chosen.findData(statement_id), 0))
        self._show()

    # slots

    @Slot(int)
    def _on_chosen(self, _place: int) -> None:
        self._show()

    @Slot(int)
    def _on_row_chosen(self, _row: int) -> None:
        self._show_buttons()

    @Slot()
    def _on_paste_clicked(self) -> None:
        plans = self._plans()
        if not plans:
            self.statusMessage.emit(f"Năm {self.year} chưa có kế hoạch nào: thêm ở Danh mục, Kế hoạch khuyến công năm.")
            return
        from ui.dialogs.statement import StatementDialog

        dialog = StatementDialog(self.workspace, plans, self)
        dialog.saved.connect(self._on_saved)
        dialog.exec()

    @Slot(object)
    def _on_saved(self, statement: TreasuryStatement) -> None:
        self.open_statement(statement.id)
        self._changed(f"Đã nhập sao kê {statement.name}.")

    @Slot()
    def _on_match_clicked(self) -> None:
        if self._found is None:
            return
        number = statements.match(self.workspace, self._found.statement.id)
        self._show()
        if number:
            self._changed(f"Đã khớp thêm {number} dòng.")
        else:
            self.statusMessage.emit("Không có dòng nào khớp thêm theo số tiền, số chứng từ và ngày.")

    @Slot()
    def _on_tick_clicked(self) -> None:
        row = self.lines.current_row()
        if row is None or self._found is None or self.workspace.is_read_only:
            return
        menu = QMenu(self)
        if row.id in {each.line.id for each in self._found.matched}:
            menu.addAction("Bỏ khớp").setData(0)
        else:
            for entry in statements.candidates(self.workspace, row.id)[:20]:
                menu.addAction(_named(entry)).setData(entry.id)
            if not menu.actions():
                menu.addAction("Sổ không có bút toán nào cùng số tiền, cùng chiều, chưa khớp").setEnabled(False)
        menu.triggered.connect(self._on_entry_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.lines.visualRect(self.lines.currentIndex()).bottomLeft()
        menu.popup(self.lines.viewport().mapToGlobal(place + QPoint(0, 1)))
        menu.setActiveAction(menu.actions()[0])

    @Slot(object)
    def _on_entry_chosen(self, action: Any) -> None:
        row = self.lines.current_row()
        if row is None:
            return
        try:
            statements.tick(self.workspace, row.id, action.data() or None)
        except KnownError as error:
            self.statusMessage.emit(f"{error.message} {error.remedy}".strip())
            return
        self._show()
        self._changed("Đã khớp." if action.data() else "Đã bỏ khớp.")

    @Slot()
    def _on_remove_clicked(self) -> None:
        if self._found is None:
            return
        name = self._found.statement.name
        try:
            self.workspace.delete(TreasuryStatement, self._found.statement.id)
        except KnownError as error:
            self.statusMessage.emit(f"{error.message} {error.remedy}".strip())
            return
        self.fill()
        self._changed(f"Đã xóa sao kê {name}.")

    # private

    def _plans(self) -> tuple[AnnualPlan, ...]:
        return self.workspace.children(AnnualPlan, year=self.year) if self.year else ()

    def _statements(self) -> list[TreasuryStatement]:
        return [each for plan in self._plans() for each in self.workspace.children(TreasuryStatement, plan_id=plan.id)]

    def _show(self) -> None:
        statement_id = self.chosen.currentData()
        self._found = funding.reconciliation(self.workspace, statement_id) if statement_id else None
        has_any = self._found is not None
        self._hint.setVisible(not has_any)
        self._sums.setVisible(has_any)
        self._page.setVisible(has_any)
        lend_focus(self, self.lines if has_any else None)
        self.chosen.setEnabled(has_any)
        if self._found is not None:
            self._show_lines(self._found)
            self._show_entries(self._found)
            self._sums.setText(self._words(self._found))
        self._show_buttons()
        self.verbsChanged.emit()

    def _show_buttons(self) -> None:
        has_any, writable = self._found is not None, not self.workspace.is_read_only
        self.paste_button.setEnabled(writable)
        self.match_button.setEnabled(has_any and writable)
        self.remove_button.setEnabled(has_any and writable)
        self.tick_button.setEnabled(has_any and writable and self.lines.current_row() is not None)

    def _show_lines(self, found: Reconciliation) -> None:
        matched = {each.line.id: each.entry for each in found.matched}
        lines = sorted((*(each.line for each in found.matched), *found.only_in_statement), key=lambda it: it.ordinal)
        self.lines.show_rows(_LINES, tuple(self._line_row(each, matched.get(each.id)) for each in lines))

    def _line_row(self, line: StatementLine, entry: FundEntry | None) -> FigureRow:
        opens = ("fund-entries", ListRequest(filters=(("id", entry.id),))) if entry is not None else None
        return FigureRow(
            id=line.id,
            is_problem=entry is None,
            cells=(
                Cell(text=str(line.ordinal), is_number=True),
                Cell(text=format_date(line.happened_on) if line.happened_on else ""),
                Cell(text=line.document),
                Cell(text=line.content),
                *self._amount_cells(line.amount_vnd, is_back=line.is_incoming),
                Cell(text=f"✓ {_named(entry)}" if entry is not None else "▲ chưa có trong sổ", opens=opens),
            ),
        )

    def _show_entries(self, found: Reconciliation) -> None:
        self.entries.show_rows(
            _ENTRIES,
            tuple(
                FigureRow(
                    id=each.id,
                    cells=(
                        Cell(
                            text=format_date(each.happened_on) if each.happened_on else "",
                            opens=("fund-entries", ListRequest(filters=(("id", each.id),))),
                        ),
                        Cell(text=each.document),
                        Cell(text=each.payee),
                        *self._amount_cells(each.amount_vnd, is_back=each.kind == "refund"),
                    ),
                )
                for each in found.only_in_ledger
            ),
        )

    def _amount_cells(self, amount_vnd: int, *, is_back: bool) -> tuple[Cell, Cell]:
        cell = Cell(text=self.unit.text(amount_vnd), plain=self.unit.plain(amount_vnd), is_number=True)
        nothing = Cell(text="", is_number=True)
        return (nothing, cell) if is_back else (cell, nothing)

    def _words(self, found: Reconciliation) -> str:
        text = self.unit.text
        difference = (
            "Hai bên khớp nhau."
            if found.difference_vnd == 0 and not found.only_in_ledger and not found.only_in_statement
            else f"Sổ nhiều hơn sao kê: {text(found.difference_vnd)}."
            if found.difference_vnd >= 0
            else f"Sao kê nhiều hơn sổ: {text(-found.difference_vnd)}."
        )
        return (
            f"Sổ kinh phí: chi {text(found.ledger_out_vnd)}, thu {text(found.ledger_in_vnd)}. "
            f"Sao kê: chi {text(found.statement_out_vnd)}, thu {text(found.statement_in_vnd)} ({self.unit.label}). "
            f"Khớp {len(found.matched)} dòng; {len(found.only_in_statement)} dòng sao kê chưa có trong sổ, "
            f"{len(found.only_in_ledger)} bút toán chưa có trong sao kê. {difference}"
        )

    def _changed(self, words: str) -> None:
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(words)


def _title(statement: TreasuryStatement) -> str:
    days = [format_date(each) for each in (statement.from_day, statement.to_day) if each is not None]
    return f"{statement.name} ({' – '.join(days)})" if days else statement.name


def _named(entry: FundEntry) -> str:
    day = format_date(entry.happened_on) if entry.happened_on else ""
    return ", ".join(part for part in (day, entry.document, entry.payee) if part)

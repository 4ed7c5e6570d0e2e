"""Thù lao: the payment lists of the year, who is paid what for which months, and how each stands to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Record, describe
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.network import Remuneration, RemunerationLine, RemunerationList, month_words, months_words
from kc_desktop.errors import KnownError
from kc_desktop.services import remuneration, remuneration_locks
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.errors import show_known
from ui.formats import decimal_text
from ui.icons import icon
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.figure_table import Cell, FigureRow, FigureTable
from ui.widgets.record_form import RecordForm, Section

if TYPE_CHECKING:
    from ui.dialogs.remuneration import MakeListDialog

_MOST_ROWS = 14
_HEADINGS = ("Họ và tên", "Cấp", "Tháng", "Số\ntháng", "Hệ số", "Lương\ncơ sở", "Mức một\ntháng", "Thành tiền")
_COUNTED = frozenset({"first_month", "last_month", "paid_on"})
"""What the list was made from and what booking writes: no field of the form."""


class PaidSection(Section):
    """Who is paid what, months of one base salary on a row, with the sum in figures and words."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.table = FigureTable("Người được chi", self, wide=0, least=16)
        self.sum = QLabel(self)
        self.sum.setWordWrap(True)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self))
        column.addWidget(self.sum)
        column.addWidget(self.table)

    def load(self, record: Record | None) -> None:
        """Show the rows of a list."""
        lines = remuneration.lines_of(self._workspace, record.id) if record is not None and record.id else ()
        total = sum(each.amount_vnd for each in lines)
        people = len({each.person.id for each in lines})
        self.sum.setText(f"{people} người, tổng số tiền {format_vnd(total)} đồng ({in_words(total)}).")
        self.table.show_rows(_HEADINGS, tuple(_row(each) for each in lines))
        shown = min(max(len(lines), 1), _MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + shown * theme.row_height(self) + bar + theme.step(self))


def _row(line: RemunerationLine) -> FigureRow:
    months = [month_words(each) for each in line.months]
    level = describe(Remuneration).field("level").choice_label(line.level).partition(" (")[0]
    salary = line.base_salary_vnd
    return FigureRow(
        id=line.person.id,
        cells=(
            Cell(text=line.person.name, opens=("people", ListRequest(filters=(("id", line.person.id),)))),
            Cell(text=level),
            Cell(text=months_words(line.months), tip=", ".join(months)),
            Cell(text=str(len(months)), is_number=True),
            Cell(text=decimal_text(line.coefficient) if line.coefficient is not None else "", is_number=True),
            _money(salary) if salary is not None else Cell(text="", is_number=True),
            _money(line.monthly_vnd),
            _money(line.amount_vnd),
        ),
    )


def _money(amount_vnd: int) -> Cell:
    return Cell(text=format_vnd(amount_vnd), plain=str(amount_vnd), is_number=True)


class RemunerationTab(RecordTab):
    """The payment lists; a new one is made in a dialog, a booked one is locked."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self._making: MakeListDialog | None = None
        super().__init__(workspace, state, "remuneration-lists", parent, hidden=_COUNTED)

    def _build_ui(self) -> None:
        super()._build_ui()
        if not self.state.blob(f"tabs/{self.key}/splitter"):
            self.splitter.setSizes([560, 780])
        self.add_button.setText("Lập bảng…")
        self.add_button.setToolTip("Lập bảng thù lao: chọn tháng, xem ai được bao nhiêu (Ctrl+N)")

    def make_form(self) -> RecordForm:
        """Add the rows, and the buttons that print and book."""
        form = super().make_form()
        self.book_button = _head_button(form, "Ghi sổ…", "money", "Chi bảng này: ghi một bút toán vào sổ kinh phí")
        self.print_button = _head_button(form, "In", "print", "In Bảng thanh toán thù lao (Ctrl+P)")
        self.accounts_button = _head_button(
            form, "In kèm số tài khoản…", "print", "In với số tài khoản đầy đủ; phải ghi mục đích và được ghi nhật ký"
        )
        form.add_to_head(self.book_button)
        form.add_to_head(self.print_button)
        self.paid = PaidSection(self.workspace, form)
        self.paid.table.requestOpen.connect(self.requestOpen)
        form.add_section("Người được chi", self.paid)
        self.accounts = _ButtonSection(self.accounts_button, form)
        form.add_section("Chuyển khoản", self.accounts)
        self.book_button.clicked.connect(self._on_book_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.accounts_button.clicked.connect(self._on_accounts_clicked)
        return form

    # what the window asks

    @Slot()
    def new(self) -> None:
        """Propose a list for the months to come and let it be made; Hoãn leaves it."""
        if self.workspace.is_read_only or not self._may_leave_record():
            return
        from ui.dialogs.remuneration import MakeListDialog

        self._making = MakeListDialog(self.workspace, self._year, self)
        self._making.made.connect(self._on_made)
        self._making.finished.connect(self._on_making_finished)
        self._making.open()

    def cancel(self) -> None:
        """Leave the proposal, or give up what was typed."""
        if self._making is not None:
            self._making.reject()
        super().cancel()

    def can(self, verb: Verb) -> bool:
        """A booked list is neither edited nor deleted."""
        if verb in (Verb.EDIT, Verb.REMOVE) and self._is_booked():
            return False
        return super().can(verb)

    def has_papers(self) -> bool:
        """Every list can be printed."""
        return True

    def concerns(self, tables: frozenset[str]) -> bool:
        """Names come from the directory, the state from the ledger."""
        return bool(tables & {"remuneration", "person", "fund_entry"}) or super().concerns(tables)

    def record_shown(self, record: Any) -> None:
        """Lock a booked list and say why; say what became of one whose entry was reversed."""
        is_kept = isinstance(record, RemunerationList) and bool(record.id)
        booked = self._is_booked()
        for button in (self.print_button, self.accounts_button):
            button.setVisible(is_kept)
        self.book_button.setVisible(is_kept and not booked and not self.workspace.is_read_only)
        if not is_kept:
            self.form.set_locked("")
        elif booked:
            self.form.set_locked(f"{remuneration_locks.reason(record)} {remuneration_locks.REMEDY}")
        else:
            self.form.set_locked("")
            if record.fund_entry_id:
                self.form.show_notice("Bút toán chi đã được đảo: sửa, xóa hoặc ghi sổ lại bảng này.")

    # slots

    @Slot(int)
    def _on_making_finished(self, _result: int) -> None:
        if self._making is not None:
            self._making.deleteLater()
            self._making = None

    @Slot(object)
    def _on_made(self, listed: RemunerationList) -> None:
        self._show_kept(listed, f"Đã lập {remuneration.named(listed)}.")

    @Slot()
    def _on_book_clicked(self) -> None:
        if self.form.is_editing() and not self.form.save():
            return
        record = self.form.record
        if record is None:
            return
        from ui.dialogs.book_remuneration import BookDialog

        dialog = BookDialog(self.workspace, record, self._year, self)
        dialog.acted.connect(self._on_booked)
        dialog.exec()

    @Slot(object)
    def _on_booked(self, entry: Any) -> None:
        record = self.form.record
        self._show_kept(record, f"Đã ghi sổ {format_vnd(entry.amount_vnd)} đồng.")

    @Slot()
    def _on_print_clicked(self) -> None:
        record = self.form.record
        if record is not None and record.id:
            self.requestPaper.emit("remuneration-list", record.id)

    @Slot()
    def _on_accounts_clicked(self) -> None:
        record = self.form.record
        if record is None or not record.id:
            return
        from kc_desktop.services import disclosure
        from ui.dialogs.purpose import ask_purpose

        purpose = ask_purpose(
            self, "In kèm số tài khoản", f"số tài khoản của mọi người trong {remuneration.named(record)}"
        )
        if not purpose:
            return
        try:
            disclosure.grant_accounts(self.workspace, record.id, purpose)
        except KnownError as error:
            show_known(self, error, "Chưa in được")
            return
        self.dataChanged.emit(self.workspace.last_touched)
        self.requestPaper.emit("remuneration-list", record.id)

    # private

    def _is_booked(self) -> bool:
        record = self.form.record
        return isinstance(record, RemunerationList) and remuneration.standing_entry(self.workspace, record) is not None

    def _show_kept(self, listed: RemunerationList, words: str) -> None:
        self.panel.refresh()
        self.panel.select(listed.id)
        self._show_record(listed.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(words)


class _ButtonSection(Section):
    """A button under the fields that works whether the form is edited or not."""

    def __init__(self, button: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _head_button(form: RecordForm, text: str, icon_name: str, tip: str) -> QPushButton:
    button = QPushButton(icon(icon_name), text, form)
    button.setAutoDefault(False)
    button.setToolTip(tip)
    return button

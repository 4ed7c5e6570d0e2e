"""Sổ văn bản đi: the register of a year, what each number became, and what the clerk does with numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Record, Value
from kc_desktop.domain.paper import ENTERED, PaperRecord
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import register
from kc_desktop.services.validation import REGISTER_FIELDS
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm, Section

_NUMBERINGS = ((register.BY_KIND, "riêng từng loại văn bản"), (register.COMMON, "chung một dãy"))


class StandingPanel(Section):
    """Over the fields: how the row stands, and what can be done with its number."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.copy_button = _button(self, "Mở bản đã ban hành", "Xem, in bản PDF giữ nguyên từ lúc ghi số")
        self.use_button = _button(self, "Dùng số này…", "Ban hành văn bản với số đã giữ")
        self.replace_button = _button(self, "Thay thế…", "Ban hành văn bản thay cho văn bản này")
        self.cancel_button = _button(self, "Hủy số…", "Hủy số với lý do; số vẫn còn trong sổ")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self, 2))
        for button in self.buttons():
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        column.addWidget(self.words)
        column.addLayout(row)

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return what can be done, from left to right."""
        return (self.copy_button, self.use_button, self.replace_button, self.cancel_button)

    def load(self, record: Record | None) -> None:
        """Say how the row stands, and offer what its state lets be done."""
        if not isinstance(record, PaperRecord):
            return
        self.words.setText(self._standing(record))
        writable = not self._workspace.is_read_only
        self.copy_button.setVisible(bool(record.sha256))
        self.use_button.setVisible(writable and record.state == "reserved")
        self.replace_button.setVisible(writable and record.state == "issued")
        self.cancel_button.setVisible(writable and record.state in ("reserved", "issued"))

    def set_read_only(self, read_only: bool) -> None:
        """Leave numbers alone while the row is being edited."""
        for button in self.buttons():
            button.setEnabled(read_only)

    def _standing(self, paper: PaperRecord) -> str:
        old = self._workspace.find(PaperRecord, paper.replaces_id)
        replaced = f" Thay cho số {old.mark}: {paper.reason}." if old is not None else ""
        if paper.state == "reserved":
            return "Số đang giữ, chưa ban hành."
        if paper.state == "cancelled":
            return f"✕ Đã hủy: {paper.reason}. Số không dùng lại."
        if paper.state == "replaced":
            new = register.replacement_of(self._workspace, paper.id)
            return f"✕ Đã thay thế bằng số {new.mark if new is not None else '…'}: {paper.reason}."
        if paper.is_entered:
            return f"✓ Đã ban hành, lập ở nơi khác nên chương trình không giữ bản PDF.{replaced}"
        return f"✓ Đã ban hành, đã khóa. Chỉ ghi thêm bản lưu, số bản, ngày chuyển, ký nhận và ghi chú.{replaced}"


class RegisterForm(RecordForm):
    """A row of the register: all of it while the clerk may write it, else the last columns."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, PaperRecord, parent)
        self._suggested: int | None = None
        self.standing = StandingPanel(workspace, self)
        self.add_panel(self.standing)
        for name in ("symbol", "dated"):
            self._editors[name].changed.connect(self._on_series_changed)

    def start_new(self, record: Any) -> None:
        """Begin a row with the number that comes next."""
        super().start_new(record)
        self._suggested = record.number

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be written."""
        if self.is_editing():
            first = next(each for each in self._editors.values() if not each.is_read_only())
            first.control().setFocus()
        else:
            super().focus_first()

    def _set_mode(self, *, editing: bool) -> None:
        super()._set_mode(editing=editing)
        if editing and self._is_locked():
            for name, editor in self._editors.items():
                editor.set_read_only(name not in REGISTER_FIELDS)

    def _is_locked(self) -> bool:
        paper = self.record
        if not isinstance(paper, PaperRecord) or not paper.id:
            return False
        return paper.state in register.ENDED or (paper.state == "issued" and not paper.is_entered)

    def _write(self, record: Any) -> Any:
        return register.fill_in(self._workspace, record)

    @Slot()
    def _on_series_changed(self) -> None:
        """Suggest the next number of another series, unless the clerk has written one."""
        if not self.is_editing() or self.record is None or self.record.id:
            return
        try:
            symbol, day = clean_line(str(self._editors["symbol"].value())), self._editors["dated"].value()
            typed = self._editors["number"].value()
        except FieldError:
            return
        if symbol and isinstance(day, date) and typed in (None, self._suggested):
            series = register.series_for(self._workspace, symbol)
            self._suggested = register.suggest(self._workspace, series, day.year)
            self._editors["number"].set_value(self._suggested)


class RegisterTab(RecordTab):
    """The rows of the year, how the numbers of each series stand, and the row under the bar."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "register", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        step = theme.step(self)
        self.add_button.setToolTip("Ghi vào sổ một văn bản lập ở nơi khác (Ctrl+N)")
        self.reserve_button = _button(self, "Giữ số…", "Giữ số cho văn bản sắp ban hành")
        self.reserve_button.setEnabled(not self.workspace.is_read_only)
        self.panel.add_to_head(self.reserve_button)
        self.issue_button = _button(self, "Ban hành…", "Ghi số, ban hành một giấy tờ lập từ chương trình")
        self.issue_button.setEnabled(not self.workspace.is_read_only)
        self.panel.add_to_head(self.issue_button)
        self.series = QLabel(self)
        self.series.setWordWrap(True)
        self.series.setAccessibleName("Tình trạng các dãy số")
        self.numbering = QComboBox(self)
        self.numbering.setAccessibleName("Cách đánh số")
        self.numbering.setToolTip("Cách đánh số từ nay về sau; số đã vào sổ giữ nguyên")
        for code, words in _NUMBERINGS:
            self.numbering.addItem(words, code)
        self.numbering.setEnabled(not self.workspace.is_read_only)
        label = QLabel("Đán&h số", self)
        label.setBuddy(self.numbering)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QHBoxLayout()
        head.setSpacing(step * 2)
        head.addWidget(self.series, 1)
        head.addWidget(label)
        head.addWidget(self.numbering)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.setSpacing(step * 2)
        outer.insertLayout(0, head)
        self.panel.columns.begin_with(("number", "dated", "subject", "state"))  # the form says the rest

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.reserve_button.clicked.connect(self._on_reserve_wanted)
        self.issue_button.clicked.connect(self._on_issue_wanted)
        self.numbering.activated.connect(self._on_numbering_chosen)
        standing = self.register_form.standing
        standing.copy_button.clicked.connect(self._on_copy_wanted)
        standing.use_button.clicked.connect(self._on_use_wanted)
        standing.replace_button.clicked.connect(self._on_replace_wanted)
        standing.cancel_button.clicked.connect(self._on_cancel_wanted)

    # for RecordTab

    def make_form(self) -> RecordForm:
        """Make the form whose issued rows are locked."""
        from ui.widgets.attachments import AttachmentSection

        self.register_form = RegisterForm(self.workspace, self)
        self.files = AttachmentSection(self.workspace, self.register_form)
        self.files.changed.connect(self.dataChanged)
        self.files.undoOffered.connect(self.undoOffered)
        self.files.said.connect(self.statusMessage)
        self.register_form.add_section("Bản quét, tệp đính kèm", self.files)
        return self.register_form

    def concerns(self, tables: frozenset[str]) -> bool:
        """The files attached to a row show here, too."""
        return "attachment" in tables or super().concerns(tables)

    def new_values(self) -> dict[str, Value]:
        """Start with the symbol written last and its next number, and with today when it lies in the working year."""
        today = date.today()
        year = self._year or today.year
        day = today if year == today.year else None
        values: dict[str, Value] = {"kind": ENTERED, "state": "issued", "dated": day, "year": year}
        symbol = register.newest_symbol(self.workspace)
        if symbol:
            series = register.series_for(self.workspace, symbol)
            values |= {"symbol": symbol, "number": register.suggest(self.workspace, series, year)}
        return values

    def record_shown(self, _record: Any) -> None:
        """Say how the numbers stand whenever a row comes into the form."""
        self._show_series()

    def set_year(self, year: int) -> None:
        """Show the rows and the series of a year."""
        super().set_year(year)
        self._show_series()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the rows and how the numbers stand again."""
        super().refresh(tables)
        if not tables or tables & {"paper", "setting"}:
            self._show_series()

    def can(self, verb: Verb) -> bool:
        """The register of a year is printed whether a row is on show or not."""
        return not self.form.is_editing() if verb is Verb.PRINT else super().can(verb)

    def has_papers(self) -> bool:
        """The register itself is a paper."""
        return True

    def print_(self) -> None:
        """Show the register of the year as it is printed."""
        self.requestPaper.emit("outgoing-register", self._shown_year())

    # slots

    @Slot()
    def _on_reserve_wanted(self) -> None:
        from ui.dialogs.issue import ReserveDialog

        if self._may_leave_record():
            self._ask(ReserveDialog(self.workspace, self), "Đã giữ số {}.")

    @Slot()
    def _on_cancel_wanted(self) -> None:
        from ui.dialogs.issue import CancelDialog

        self._ask(CancelDialog(self.workspace, self._paper(), self), "Đã hủy số {}.")

    @Slot()
    def _on_replace_wanted(self) -> None:
        from ui.dialogs.issue import IssueDialog, ReplaceEnteredDialog

        paper = self._paper()
        if paper.is_entered:
            self._ask(ReplaceEnteredDialog(self.workspace, paper, self), "Đã ghi văn bản thay thế số {}.")
            return
        try:
            dialog = IssueDialog(self.workspace, paper.kind, paper.record_id, self, replaces=paper)
        except KnownError as error:
            self._tell(error)
            return
        self._ask(dialog, "Đã ban hành văn bản thay thế số {}.")

    @Slot()
    def _on_issue_wanted(self) -> None:
        if self._may_leave_record():
            self._issue(None)

    @Slot()
    def _on_use_wanted(self) -> None:
        self._issue(self._paper())

    def _issue(self, paper: PaperRecord | None) -> None:
        """Ask which paper is to be issued, with a number kept for it or the next one, then issue it."""
        from ui.dialogs.issue import IssueDialog, PickPaperDialog

        pick = PickPaperDialog(self.workspace, paper, self)
        is_picked = pick.exec() == QDialog.DialogCode.Accepted
        pick.deleteLater()
        if not is_picked:
            return
        if not pick.key:
            self._show_done(pick.done_record, "Đã ghi văn bản số {} vào sổ.")
            return
        dialog = IssueDialog(self.workspace, pick.key, pick.record_id, self, uses=paper)
        self._ask(dialog, "Đã ban hành văn bản số {}.")

    @Slot()
    def _on_copy_wanted(self) -> None:
        from ui.dialogs.preview import PreviewDialog

        try:
            PreviewDialog.show_copy(self.window(), self.workspace, self._paper())
        except KnownError as error:
            self._tell(error)

    @Slot(int)
    def _on_numbering_chosen(self, _index: int) -> None:
        code = str(self.numbering.currentData())
        if code != register.numbering_of(self.workspace):
            register.set_numbering(self.workspace, code)
            self.dataChanged.emit(self.workspace.last_touched)
            self.undoOffered.emit(f"Từ nay đánh số {self.numbering.currentText()}.")

    # private

    def _paper(self) -> PaperRecord:
        paper = self.form.record
        assert isinstance(paper, PaperRecord)
        return paper

    def _ask(self, dialog: Any, words: str) -> None:
        """Open a dialog of numbers; show the row it wrote."""
        is_done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if is_done:
            self._show_done(dialog.done_record, words)

    def _show_done(self, paper: PaperRecord | None, words: str) -> None:
        if paper is None:
            return
        self.panel.refresh()
        self.panel.select(paper.id)
        self._show_record(paper.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(words.format(paper.mark))

    def _tell(self, error: KnownError) -> None:
        self.form.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)

    def _shown_year(self) -> int:
        record = self.form.record
        shown = record.year if isinstance(record, PaperRecord) and record.id else 0
        return self._year or shown or date.today().year

    def _show_series(self) -> None:
        year = self._shown_year()
        found = register.state_of(self.workspace, year)
        words = ". ".join(each.words for each in found)
        self.series.setText(f"Sổ năm {year}: {words}." if found else f"Sổ năm {year} chưa có số nào; bắt đầu từ 01.")
        self.numbering.setCurrentIndex(self.numbering.findData(register.numbering_of(self.workspace)))


def _button(parent: QWidget, text: str, tip: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button

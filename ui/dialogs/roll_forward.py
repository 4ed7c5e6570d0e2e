"""Mở kế hoạch năm mới: what of this year goes on into the next, chosen on one page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import roll_forward
from kc_desktop.services.roll_forward import Chosen, Proposal
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import DateEdit, Editor, LineEdit, MoneyEdit
from ui.widgets.labels import heading
from ui.widgets.scrolled import Scrolled


class RollForwardDialog(QDialog):
    """Shows what may be carried, asks for the decision, and opens the year as one step."""

    opened = Signal(int)
    """The year that was opened."""

    def __init__(self, workspace: Workspace, from_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "roll-forward")
        self._workspace = workspace
        self._proposal: Proposal = roll_forward.propose(workspace, from_year)
        self.amounts: dict[int, MoneyEdit] = {}
        self.setWindowTitle(f"Mở kế hoạch năm {self._proposal.to_year}")
        self._build_ui()
        self._open.clicked.connect(self._on_open_clicked)
        self._cancel.clicked.connect(self.reject)

    def _build_ui(self) -> None:
        step = theme.step(self)
        year = self._proposal.to_year
        words = QLabel(
            f"Chọn những gì của năm {self._proposal.from_year} đi tiếp sang năm {year}. Chương trình được chép thành "
            "dự thảo để sửa; đề án và kinh phí chuyển sang phải có văn bản. Cả lần mở hoàn tác được bằng một bước.",
            self,
        )
        words.setWordWrap(True)
        self.programmes = self._list(f"Chương trình chép sang năm {year} (dự thảo)")
        for programme in self._proposal.programmes:
            is_there = programme.id in self._proposal.copied
            text = f"{programme.name} – {format_vnd(programme.budget_vnd)} đồng"
            self._add(self.programmes, programme.id, text, is_done=is_there, done_words="đã có ở năm sau")
        self.projects = self._list("Đề án chưa xong")
        for each in self._proposal.projects:
            left = f", chưa giải ngân {format_vnd(each.left_vnd)} đồng" if each.left_vnd else ""
            again = ", đã được chuyển năm" if each.goes_on and not each.is_carried else ""
            text = f"{each.project.name} – {each.state_label}{left}{again}"
            self._add(self.projects, each.project.id, text, is_done=each.is_carried, done_words="đã chuyển")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[step * 4] * 4)
        outer.setSpacing(step * 2)
        outer.addWidget(words)
        page = QWidget(self)
        outer.addWidget(Scrolled(page, self), 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step * 2)
        for title, listed, nothing in (
            (f"Chương trình chép sang năm {year} (dự thảo)", self.programmes, "Năm này chưa có chương trình."),
            ("Đề án đã duyệt mà chưa quyết toán", self.projects, "Không còn đề án nào chưa quyết toán."),
        ):
            column.addWidget(heading(title, self))
            if listed.count():
                column.addWidget(listed, min(listed.count(), 6))
            else:
                listed.hide()
                column.addWidget(self._note(nothing))
        column.addWidget(heading("Kinh phí chưa sử dụng", self))
        self.going_on = self._note("")
        column.addWidget(self.going_on)
        self.projects.itemChanged.connect(self._on_project_ticked)
        self._on_project_ticked()
        column.addLayout(self._money_form())
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        outer.addWidget(self._problem)
        self._open = QPushButton(f"Mở kế hoạch năm {year}", self)
        self._open.setDefault(True)
        self._open.setEnabled(not self._workspace.is_read_only)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        buttons.addWidget(self._cancel)
        outer.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 100, theme.row_height(self) * 24)

    def _list(self, name: str) -> QListWidget:
        listed = QListWidget(self)
        listed.setAccessibleName(name)
        listed.setAlternatingRowColors(True)
        theme.flatten(listed)
        listed.setTextElideMode(Qt.TextElideMode.ElideRight)
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return listed

    def _add(self, listed: QListWidget, record_id: int, text: str, *, is_done: bool, done_words: str) -> None:
        item = QListWidgetItem(f"{text} ({done_words})" if is_done else text)
        item.setToolTip(item.text())
        item.setData(Qt.ItemDataRole.UserRole, record_id)
        item.setCheckState(Qt.CheckState.Unchecked if is_done else Qt.CheckState.Checked)
        if is_done:
            item.setFlags(item.flags() & ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable))
        listed.addItem(item)

    def _note(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _money_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.step(self, 3))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for unspent in self._proposal.unspent:
            field = Field(
                name="amount_vnd",
                label=unspent.source_label,
                kind=Kind.MONEY,
                unit="đồng",
                width=18,
                help=f"Còn {format_vnd(unspent.left_vnd)} đồng chưa sử dụng; để trống thì không chuyển",
            )
            editor = MoneyEdit(field, self)
            self.amounts[unspent.plan.id] = editor
            self._row(form, f"{unspent.source_label}, còn {format_vnd(unspent.left_vnd)} đồng; chuyển", editor)
        if not self._proposal.unspent:
            form.addRow(self._note(f"Năm {self._proposal.from_year} chưa có kế hoạch nào."))
        self.document = LineEdit(
            Field(name="document", label="Số văn bản", kind=Kind.LINE, width=24, help="Quyết định cho chuyển tiếp"),
            self,
        )
        self.day = DateEdit(Field(name="decided_on", label="Ngày văn bản", kind=Kind.DATE, width=11), self)
        self._row(form, "&Số văn bản cho chuyển tiếp", self.document)
        self._row(form, "&Ngày văn bản", self.day)
        return form

    def _row(self, form: QFormLayout, text: str, editor: Editor) -> None:
        label = QLabel(text, self)
        label.setBuddy(editor.control())
        form.addRow(label, editor)

    # slots

    @Slot()
    def _on_project_ticked(self) -> None:
        """Say how much the chosen projects still have coming, to know what money they need."""
        ticked = _checked(self.projects)
        chosen = [each for each in self._proposal.projects if each.project.id in ticked and not each.is_carried]
        sums = (
            (unspent.source_label, sum(each.left_vnd for each in chosen if each.project.source == unspent.plan.source))
            for unspent in self._proposal.unspent
        )
        words = "; ".join(f"{label} {format_vnd(left)} đồng" for label, left in sums if left)
        self.going_on.setText(f"Đề án đã chọn còn chưa giải ngân: {words}." if words else "")
        self.going_on.setVisible(bool(words))

    @Slot()
    def _on_open_clicked(self) -> None:
        editors: tuple[Editor, ...] = (*self.amounts.values(), self.document, self.day)
        for editor in editors:
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in editors if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        try:
            roll_forward.carry(self._workspace, self._proposal.from_year, self._chosen())
        except FieldError as error:
            editor = self.day if error.field in ("decided_on", "happened_on") else self.document
            editor.show_problem(f"{error.message} {error.remedy}".strip())
            editor.control().setFocus()
            return
        except KnownError as error:
            self._problem.setText(f"▲ {error.message} {error.remedy}".strip())
            self._problem.show()
            return
        self.accept()
        self.opened.emit(self._proposal.to_year)

    # private

    def _chosen(self) -> Chosen:
        day = self.day.value()
        amounts = {plan_id: editor.value() for plan_id, editor in self.amounts.items()}
        return Chosen(
            programmes=_checked(self.programmes),
            projects=_checked(self.projects),
            amounts_vnd={plan_id: int(amount) for plan_id, amount in amounts.items() if isinstance(amount, int)},
            document=str(self.document.value() or ""),
            decided_on=day if isinstance(day, date) else None,
        )


def _checked(listed: QListWidget) -> frozenset[int]:
    items = (listed.item(row) for row in range(listed.count()))
    return frozenset(
        int(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
    )

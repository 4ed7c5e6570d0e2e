"""Ghi sổ bảng thù lao: where the money of a payment list comes from, the day and the document."""

from __future__ import annotations

import dataclasses
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.network import RemunerationList
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import remuneration
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import DateEdit, Editor, LineEdit, editor_for


class BookDialog(QDialog):
    """Says where the money goes out from, asks day and document, and books the list as one entry."""

    booked = Signal(object)
    """The FundEntry."""

    def __init__(
        self, workspace: Workspace, listed: RemunerationList, year: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._listed = workspace, listed
        self.setWindowTitle("Ghi sổ bảng thù lao")
        step = theme.step(self)
        total = remuneration.total_vnd(workspace, listed.id)
        words = QLabel(
            f"Chi {format_vnd(total)} đồng ({in_words(total)}) cho {remuneration.named(listed)}. Một bút toán "
            "Thanh toán được ghi vào sổ kinh phí; bảng khóa lại. Ghi sai thì đảo bút toán ở thẻ Kinh phí.",
            self,
        )
        words.setWordWrap(True)
        described = describe(RemunerationList)
        self.plan = editor_for(dataclasses.replace(described.field("plan_id"), required=True), workspace, self)
        self.programme = editor_for(described.field("programme_id"), workspace, self)
        self.project = editor_for(described.field("project_id"), workspace, self)
        self.day = DateEdit(dataclasses.replace(described.field("paid_on"), required=True), self)
        self.day.working_year = year
        self.document = LineEdit(described.field("document"), self)
        self.plan.set_value(listed.plan_id)
        self.programme.set_value(listed.programme_id)
        self.project.set_value(listed.project_id)
        self.day.set_value(date.today())
        self.document.set_value(listed.document)
        self._editors: dict[str, Editor] = {
            "plan_id": self.plan,
            "programme_id": self.programme,
            "project_id": self.project,
            "happened_on": self.day,
            "document": self.document,
        }
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for text, editor in zip(
            ("&Kế hoạch năm *", "Chương &trình", "Đề á&n", "N&gày chi *", "&Số chứng từ"),
            self._editors.values(),
            strict=True,
        ):
            label = QLabel(text, self)
            label.setBuddy(editor.control())
            fields.addRow(label, editor)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self.ok_button = QPushButton("Ghi sổ", self)
        self.ok_button.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addLayout(fields)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 80)
        self.ok_button.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)
        self.document.control().setFocus()
        self._tell_refusals()

    def _tell_refusals(self) -> None:
        refused = remuneration.refusals(self._workspace, self._listed.id)
        if refused:
            self.ok_button.setEnabled(False)
            self._tell(" ".join(refused[: remuneration.TOLD]))

    @Slot()
    def _on_ok_clicked(self) -> None:
        for editor in self._editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in self._editors.values() if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        day = self.day.value()
        assert isinstance(day, date)
        numbers = {name: self._editors[name].value() for name in ("plan_id", "programme_id", "project_id")}
        goes_to = {name: value if isinstance(value, int) else None for name, value in numbers.items()}
        try:
            entry = remuneration.book(
                self._workspace, self._listed.id, on=day, document=str(self.document.value() or ""), goes_to=goes_to
            )
        except FieldError as error:
            editor = self._editors.get(error.field, self.document)
            editor.show_problem(f"{error.message} {error.remedy}".strip())
            editor.control().setFocus()
            return
        except KnownError as error:
            self._tell(f"{error.message} {error.remedy}".strip())
            return
        self.accept()
        self.booked.emit(entry)

    def _tell(self, text: str) -> None:
        self._problem.setText(f"▲ {text}")
        self._problem.show()

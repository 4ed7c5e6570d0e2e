"""Đảo bút toán: why an entry of the ledger is put right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import DateEdit, LineEdit


class ReverseDialog(QDialog):
    """Asks the reason and the day, then reverses."""

    reversed = Signal(object)
    """The FundEntry that reverses."""

    def __init__(self, workspace: Workspace, entry: FundEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._entry = workspace, entry
        self.setWindowTitle("Đảo bút toán")
        step = theme.step(self)
        words = QLabel(
            f"Đảo bút toán {format_vnd(entry.amount_vnd)} đồng. Cả hai bút toán vẫn nằm trong sổ; "
            "sau đó ghi lại bút toán đúng.",
            self,
        )
        words.setWordWrap(True)
        self.reason = LineEdit(
            Field(
                name="reason", label="Lý do", kind=Kind.LINE, required=True, width=40, help="Ví dụ: ghi nhầm số tiền"
            ),
            self,
        )
        self.day = DateEdit(Field(name="happened_on", label="Ngày đảo", kind=Kind.DATE, required=True, width=11), self)
        self.day.set_value(date.today())
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        for text, editor in (("&Lý do *", self.reason), ("&Ngày đảo *", self.day)):
            label = QLabel(text, self)
            label.setBuddy(editor.control())
            fields.addRow(label, editor)
        self._ok = QPushButton("Đảo bút toán", self)
        self._ok.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addLayout(fields)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 64)
        self._ok.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)
        self.reason.control().setFocus()

    @Slot()
    def _on_ok_clicked(self) -> None:
        for editor in (self.reason, self.day):
            editor.settle()
            editor.show_problem(editor.problem())
            if editor.problem():
                editor.control().setFocus()
                return
        day = self.day.value()
        try:
            entry = funding.reverse(
                self._workspace, self._entry.id, self.reason.value(), on=day if isinstance(day, date) else None
            )
        except FieldError as error:
            (self.day if error.field == "happened_on" else self.reason).show_problem(str(error))
            return
        except KnownError as error:
            self.reason.show_problem(str(error))
            return
        self.accept()
        self.reversed.emit(entry)

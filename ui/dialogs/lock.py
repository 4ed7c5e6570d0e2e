"""Khóa sổ: lock a quarter of the ledger, or unlock it with a reason; who did so before stays in view."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Field, Kind
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, locks
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import DateEdit, LineEdit

_LINES = 6


class LockDialog(QDialog):
    """Asks the day and the reason, which unlocking cannot do without."""

    done_ = Signal(str)
    """What was done, in words."""

    def __init__(self, workspace: Workspace, state: locks.QuarterState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._state = workspace, state
        self._is_unlocking = state.is_locked
        verb = "Mở khóa" if self._is_unlocking else "Khóa sổ"
        self.setWindowTitle(f"{verb} {state.name}")
        self.reason = LineEdit(
            Field(
                name="reason",
                label="Lý do",
                kind=Kind.LINE,
                required=self._is_unlocking,
                width=40,
                help="Ví dụ: bổ sung chứng từ về muộn" if self._is_unlocking else "Ví dụ: đã quyết toán quý",
            ),
            self,
        )
        self.day = DateEdit(Field(name="happened_on", label="Ngày", kind=Kind.DATE, required=True, width=11), self)
        self.day.set_value(date.today())
        self._ok = QPushButton(verb, self)
        self._ok.setDefault(True)
        self._ok.setEnabled(not workspace.is_read_only)
        self._cancel = QPushButton("Hoãn", self)
        self._build_ui()
        self._ok.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)
        self.reason.control().setFocus()

    def _build_ui(self) -> None:
        step = theme.step(self)
        words = QLabel(
            "Sau khi mở khóa, ghi và đảo bút toán trong quý này lại được. Lý do nằm lại trong sổ."
            if self._is_unlocking
            else "Sau khi khóa, không ghi, không đảo, không hoàn tác bút toán nào của quý này. Mở khóa cần có lý do.",
            self,
        )
        words.setWordWrap(True)
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        for text, editor in ((f"&Lý do{' *' if self._is_unlocking else ''}", self.reason), ("&Ngày *", self.day)):
            label = QLabel(text, self)
            label.setBuddy(editor.control())
            fields.addRow(label, editor)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._ok)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addLayout(fields)
        for line in self._life():
            label = QLabel(line, self)
            label.setWordWrap(True)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(label)
        column.addStretch(1)
        column.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 64)

    def _life(self) -> list[str]:
        """Return what was done to the quarter before, newest first."""
        found = locks.life(self._workspace, self._state.year, self._state.quarter)[:_LINES]
        lines = []
        for lock, line in found:
            what = "Khóa" if lock.is_locked else "Mở khóa"
            day = f" ngày {format_date(lock.happened_on)}" if lock.happened_on is not None else ""
            who = f", {line.who}" if line.who else ""
            reason = f": {lock.reason}" if lock.reason else ""
            lines.append(f"{what}{day}{who}{reason}")
        return lines

    @Slot()
    def _on_ok_clicked(self) -> None:
        for editor in (self.reason, self.day):
            editor.settle()
            editor.show_problem(editor.problem())
            if editor.problem():
                editor.control().setFocus()
                return
        day = self.day.value()
        act = funding.unlock_quarter if self._is_unlocking else funding.lock_quarter
        try:
            act(
                self._workspace,
                self._state.year,
                self._state.quarter,
                str(self.reason.value() or ""),
                on=day if isinstance(day, date) else None,
            )
        except FieldError as error:
            (self.day if error.field == "happened_on" else self.reason).show_problem(str(error))
            return
        except KnownError as error:
            self.reason.show_problem(str(error))
            return
        self.accept()
        self.done_.emit(f"Đã {'mở khóa' if self._is_unlocking else 'khóa sổ'} {self._state.name}.")

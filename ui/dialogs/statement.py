"""Dán sao kê: what was copied from the treasury's statement, looked at before it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import KnownError
from kc_desktop.services import pasting, statements
from kc_desktop.services.statements import Preview, PreviewLine
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.money_unit import MoneyUnit
from ui.widgets.figure_table import Cell, FigureRow, FigureTable
from ui.widgets.switch import Switch

_HEADINGS = ("TT", "Ngày", "Số chứng từ", "Nội dung", "Chi (nợ)", "Thu (có)", "Xem trước")
_COUNTS = {MoneyUnit.DONG.value: pasting.DONG, MoneyUnit.MILLION.value: pasting.MILLION}


class StatementDialog(QDialog):
    """Reads the clipboard when it opens and at Ctrl+V; writes the lines that can be read when Ghi is pressed."""

    saved = Signal(object)
    """The TreasuryStatement as it was kept."""

    def __init__(self, workspace: Workspace, plans: tuple[AnnualPlan, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "funding-statements")
        self._workspace, self._plans = workspace, plans
        self._text = ""
        self._preview = Preview(lines=(), problem="")
        self.setWindowTitle("Dán sao kê kho bạc")
        self.name = QLineEdit(f"Sao kê kho bạc năm {plans[0].year}", self)
        self.plan = QComboBox(self)
        source = describe(AnnualPlan).field("source")
        for each in plans:
            self.plan.addItem(f"{each.year}, {source.choice_label(each.source)}", each.id)
        self.units = Switch(tuple((each.value, each.label) for each in MoneyUnit), self)
        self.units.set_current(MoneyUnit.DONG.value)
        self.paste_button = QPushButton(icon("add"), "Dán (Ctrl+V)", self)
        self.paste_button.setAutoDefault(False)
        self.table = FigureTable("Xem trước sao kê", self, wide=3)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self.save_button = QPushButton(icon("save"), "Ghi", self)
        self.save_button.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        self._build_ui()
        paste = QShortcut(QKeySequence.StandardKey.Paste, self.table)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.paste)
        self.paste_button.clicked.connect(self.paste)
        self.units.chosen.connect(self._on_unit_chosen)
        self.save_button.clicked.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self.reject)
        self.paste()
        self.table.setFocus()

    def _build_ui(self) -> None:
        step = theme.step(self)
        hint = QLabel(
            "Chép các dòng sao kê trong Excel, cả dòng tiêu đề (ngày, số chứng từ, nội dung, số tiền hoặc nợ, có), "
            "rồi dán vào đây. Chưa có gì được ghi cho đến khi bấm Ghi.",
            self,
        )
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        fields = QFormLayout()
        fields.setHorizontalSpacing(step * 3)
        for text, widget in (("&Tên sao kê *", self.name), ("&Kế hoạch", self.plan), ("Số tiền tính bằng", self.units)):
            label = QLabel(text, self)
            label.setBuddy(widget)
            fields.addRow(label, widget)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.paste_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self._problem, 1)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(hint)
        column.addLayout(fields)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 120, theme.row_height(self) * 20)

    @Slot()
    def paste(self) -> None:
        """Read the clipboard."""
        self._text = QGuiApplication.clipboard().text()
        self._read()

    @Slot(str)
    def _on_unit_chosen(self, _key: str) -> None:
        self._read()

    def _read(self) -> None:
        year, unit = self._plans[0].year, _COUNTS[self.units.current()]
        is_empty = not self._text.strip()
        self._preview = Preview(lines=(), problem="") if is_empty else statements.read_statement(self._text, year, unit)
        self.table.show_rows(_HEADINGS, tuple(_row(each) for each in self._preview.lines))
        good = len(self._preview.good)
        bad = len(self._preview.lines) - good
        left_out = f", bỏ {bad} dòng chưa đọc được" if bad else ""
        self._words.setText("Chưa dán gì." if is_empty else self._preview.problem or f"Đọc được {good} dòng{left_out}.")
        self.save_button.setText(f"Ghi {good} dòng" if good else "Ghi")
        self.save_button.setEnabled(bool(good) and not self._workspace.is_read_only)
        self._problem.clear()

    @Slot()
    def _on_save_clicked(self) -> None:
        statement = TreasuryStatement(plan_id=self.plan.currentData(), name=clean_line(self.name.text()))
        try:
            kept = statements.save_statement(self._workspace, statement, self._preview.good)
        except KnownError as error:
            self._problem.setText(f"▲ {error}")
            self.name.setFocus()
            return
        self.accept()
        self.saved.emit(kept)


def _row(given: PreviewLine) -> FigureRow:
    line, unit = given.line, MoneyUnit.DONG
    amount = Cell(text=unit.text(line.amount_vnd) if line.amount_vnd else "", is_number=True)
    nothing = Cell(text="", is_number=True)
    return FigureRow(
        id=given.number,
        is_problem=bool(given.problem),
        cells=(
            Cell(text=str(given.number), is_number=True),
            Cell(text=format_date(line.happened_on) if line.happened_on else ""),
            Cell(text=line.document),
            Cell(text=line.content),
            *((nothing, amount) if line.is_incoming else (amount, nothing)),
            Cell(text=f"▲ {given.problem}" if given.problem else "✓ ghi được", tip=given.problem),
        ),
    )

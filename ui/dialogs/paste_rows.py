"""Dán từ Excel: what a copied block holds, row by row, before anything of it is added."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.services import pasted_rows, pasting
from kc_desktop.services.pasted_lists import resolver
from kc_desktop.services.pasted_rows import Block, PastedRow
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.formats import NUMBER_KINDS, value_text
from ui.icons import icon
from ui.models.small_rows import SmallTable, heading_of
from ui.reading_order import OrderedDialog

_UNITS = ((pasting.DONG, "đồng"), (pasting.THOUSAND, "nghìn đồng"), (pasting.MILLION, "triệu đồng"))
_SKIPPED = {
    pasted_rows.HEADING: "Tiêu đề, bỏ qua",
    pasted_rows.TOTAL: "Dòng tổng, bỏ qua",
    pasted_rows.GROUP: "Dòng nhóm, bỏ qua",
}


class PasteRowsDialog(OrderedDialog):
    """Shows a block as the program understands it; only sound rows are added, and only to the form."""

    accepted_rows = Signal(object)
    """The records to add, a list."""

    def __init__(
        self, workspace: Workspace, table: SmallTable, text: str, parent: QWidget | None = None, *, year: int = 0
    ) -> None:
        super().__init__(parent)
        HelpKey(self, "project-estimate")
        self._today = date(year, 1, 1) if year else None
        self._workspace, self._table, self._text = workspace, table, text
        described = describe(table.cls)
        self._fields: tuple[Field, ...] = tuple(described.field(name) for name in table.columns)
        self._block = Block(rows=(), unit=pasting.DONG, is_unit_told=False)
        self.setWindowTitle("Dán từ Excel")
        self._build_ui()
        self._read()
        if self._block.is_unit_told:
            self.unit.blockSignals(True)
            self.unit.setCurrentIndex([each for each, _label in _UNITS].index(self._block.unit))
            self.unit.blockSignals(False)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self.unit = QComboBox(self)
        for unit, label in _UNITS:
            self.unit.addItem(label, unit)
        self.rest = QComboBox(self)
        self.rest.addItem("Báo để tự chia", "")
        described = describe(self._table.cls)
        for name in self._table.parts:
            self.rest.addItem(described.field(name).label, name)
        self.again = QPushButton(icon("reload"), "Dán lại", self)
        self.again.setToolTip("Đọc lại nội dung vừa chép")
        self.again.setAutoDefault(False)
        choices = QHBoxLayout()
        choices.setSpacing(step * 2)
        self._choice(choices, "Số tiền tính bằng", self.unit, any(each.kind is Kind.MONEY for each in self._fields))
        self._choice(choices, "Tổng chưa chia nguồn ghi vào", self.rest, bool(self._table.parts))
        choices.addStretch(1)
        choices.addWidget(self.again)
        self.preview = QTableWidget(0, len(self._fields) + 1, self)
        theme.flatten(self.preview)
        self.preview.setAccessibleName("Xem trước các dòng sẽ thêm")
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.preview.setTabKeyNavigation(False)
        self.preview.setHorizontalHeaderLabels(["Kết quả đọc", *(heading_of(each) for each in self._fields)])
        unit = self.fontMetrics().horizontalAdvance("0")
        self.preview.setColumnWidth(0, unit * 40)
        for place, each in enumerate(self._fields, start=1):
            self.preview.setColumnWidth(place, unit * (min(max(each.width, 10), 28) + 2))
        self._notes = QLabel(self)
        self._notes.setWordWrap(True)
        self._notes.setForegroundRole(QPalette.ColorRole.BrightText)
        self.ok = QPushButton(icon("add"), "Thêm", self)
        self.ok.setDefault(True)
        cancel = QPushButton("Hoãn", self)
        cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self._summary)
        column.addLayout(choices)
        column.addWidget(self.preview, 1)
        column.addWidget(self._notes)
        column.addLayout(buttons)
        self.resize(unit * 140, theme.row_height(self) * 20)
        self.unit.currentIndexChanged.connect(self._on_choice_changed)
        self.rest.currentIndexChanged.connect(self._on_choice_changed)
        self.again.clicked.connect(self._on_again_clicked)
        self.ok.clicked.connect(self._on_ok_clicked)
        cancel.clicked.connect(self.reject)

    def _choice(self, row: QHBoxLayout, text: str, box: QComboBox, is_wanted: bool) -> None:
        label = QLabel(text, self)
        label.setBuddy(box)
        label.setVisible(is_wanted)
        box.setVisible(is_wanted)
        row.addWidget(label)
        row.addWidget(box)

    # public

    def summary(self) -> str:
        """Return what the dialog says it will do."""
        return self._summary.text()

    def notes(self) -> str:
        """Return what does not agree in the whole block."""
        return self._notes.text()

    # private

    def _read(self, unit: int | None = None) -> None:
        complete = self._table.complete
        rest = self.rest.currentData()

        def completed(values: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
            assert complete is not None
            return complete(values, rest)

        self._block = pasted_rows.read(
            self._text,
            self._fields,
            resolver(self._workspace),
            headings=self._table.headings,
            unit=unit,
            complete=completed if complete is not None else None,
            today=self._today,
        )
        self._show()

    def _show(self) -> None:
        block = self._block
        self.preview.setRowCount(len(block.rows))
        self.preview.setVerticalHeaderLabels([str(each.number) for each in block.rows])
        for place, row in enumerate(block.rows):
            self._show_row(place, row)
        self.preview.resizeRowsToContents()
        good, wrong = len(block.good), sum(1 for each in block.rows if each.problem)
        skipped = sum(1 for each in block.rows if each.kind != pasted_rows.ROW)
        if not block.rows:
            words = "Chưa có gì để dán: chọn các ô trong Excel, chép (Ctrl+C) rồi bấm Dán lại."
        else:
            words = f"Sẽ thêm {good} dòng"
            words += f", bỏ qua {skipped} dòng tiêu đề, nhóm hoặc tổng" if skipped else ""
            words += f"; {wrong} dòng chưa đọc được nên không thêm" if wrong else ""
            words += "."
        self._summary.setText(words)
        self._notes.setText("\n".join(f"▲ {each}" for each in block.notes))
        self._notes.setVisible(bool(block.notes))
        self.ok.setText(f"Thêm {good} dòng" if good else "Thêm")
        self.ok.setEnabled(bool(good))

    def _show_row(self, place: int, row: PastedRow) -> None:
        colours = theme.colours()
        result = f"▲ {row.problem}" if row.problem else _SKIPPED.get(row.kind, "Sẽ thêm")
        colour = QColor(colours.problem if row.problem else colours.text if row.is_good else colours.muted)
        cells = [result, *(self._cell_text(each, row) for each in self._fields)]
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setForeground(colour)
            item.setToolTip(text)
            if column and self._fields[column - 1].kind in NUMBER_KINDS:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.preview.setItem(place, column, item)

    def _cell_text(self, field: Field, row: PastedRow) -> str:
        if not row.is_good or field.name not in row.values or field.kind in (Kind.LINK, Kind.CHOICE):
            return row.cells.get(field.name, "")
        return value_text(row.values[field.name], field.kind, field.name)

    @Slot()
    def _on_choice_changed(self) -> None:
        self._read(self.unit.currentData())

    @Slot()
    def _on_again_clicked(self) -> None:
        self._text = QGuiApplication.clipboard().text()
        self._read(self.unit.currentData())

    @Slot()
    def _on_ok_clicked(self) -> None:
        blank = self._table.cls()
        records = []
        for row in self._block.good:
            values = {name: value for name, value in row.values.items() if value is not None}
            records.append(dataclasses.replace(blank, **values))
        self.accept()
        self.accepted_rows.emit(records)

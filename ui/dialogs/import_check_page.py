"""Step 3 of the import wizard: what each row would do and why, and how each of its cells was read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTableWidgetItem, QVBoxLayout, QWidget

from kc_desktop.domain.money import format_vnd
from kc_desktop.services import import_details
from kc_desktop.services.import_details import CellReading
from kc_desktop.services.import_plans import CHANGED, NEW, WRONG
from kc_desktop.services.importing import Imported, RowVerdict
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.import_page import ImportPage, SharedTable
from ui.widgets.verdict_table import VerdictTable

_MOST_NOTES = 4


class ImportCheckPage(ImportPage):
    """The verdict of every row, those that are skipped among them; below, the row under the bar cell by cell."""

    errorsWanted = Signal()
    title = "Xem trước"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.found: Imported | None = None
        self._details: import_details.Details | None = None
        self.verdicts = VerdictTable(self, words=import_details.WORDS, is_told_below=False)
        self.cells = SharedTable(
            (("Cột", 19), ("Trong tệp", 19), ("Đọc là", 20), ("Lưu ý", 27), ("Đang có", 15)),
            "Cách đọc từng ô của dòng đang chọn",
            self,
        )
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, theme.step(self), 0, 0)
        below.setSpacing(theme.step(self))
        below.addWidget(self.why)
        below.addWidget(self.cells, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.verdicts)
        self.splitter.addWidget(lower)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)
        self.errors_button = QPushButton("Lưu dòng &lỗi…", self)
        self.errors_button.setAutoDefault(False)
        self.errors_button.setToolTip("Lưu các dòng có lỗi thành bảng tính, thêm cột Lỗi, để sửa rồi nhập lại")
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.errors_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(row)
        self.verdicts.currentChanged.connect(self._on_row_changed)
        self.errors_button.clicked.connect(self.errorsWanted)

    # public

    def show_found(self, found: Imported, rows: tuple[RowVerdict, ...]) -> None:
        """Show what a workbook would do; `rows` are all of its rows, the skipped ones among them."""
        self.found = found
        self._details = import_details.Details(self._workspace, found)
        self.verdicts.show_rows(rows)
        if found.counts[WRONG]:
            self.verdicts.show_only(WRONG)
        notes = [f"Lưu ý: {each}" for each in found.notes[:_MOST_NOTES]]
        if len(found.notes) > _MOST_NOTES:
            notes.append(f"và {len(found.notes) - _MOST_NOTES} lưu ý nữa.")
        self.note.setToolTip("\n".join(found.notes))
        self.note.setVisible(bool(notes) or bool(found.counts[WRONG]))
        self.note.setText("\n".join(notes))
        self.errors_button.setVisible(bool(found.counts[WRONG]))
        self.changed.emit()

    def to_write(self) -> int:
        """Return how many rows would be written."""
        return self.found.counts[NEW] + self.found.counts[CHANGED] if self.found is not None else 0

    def first_control(self) -> QWidget:
        """Return where typing begins."""
        return self.verdicts.view

    # slots

    @Slot(object)
    def _on_row_changed(self, row: RowVerdict | None) -> None:
        cells: tuple[CellReading, ...] = ()
        if row is not None and self._details is not None:
            cells = self._details.cells_of(row)
        self._explain(row)
        self.cells.setRowCount(len(cells))
        colours = theme.colours()
        for at, each in enumerate(cells):
            column = each.label if each.label == each.column else f"{each.label} ← {each.column}"
            said = f"▲ {each.said}" if each.is_wrong and each.said else each.said
            for place, text in enumerate((column, each.cell, each.value, said, each.kept)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(text)
                if each.is_wrong:
                    item.setForeground(QColor(colours.problem))
                elif place == 3 and text:
                    item.setForeground(QColor(colours.late))
                self.cells.setItem(at, place, item)

    def _explain(self, row: RowVerdict | None) -> None:
        """Say over the cells which row this is, and what is not about one cell: why it is wrong, what was put in."""
        if row is None:
            self.why.setText("")
            return
        where = f"Trang “{row.sheet}”, dòng {format_vnd(row.number)}"
        said = [each if each.endswith(".") else f"{each}." for each in (*row.reasons, *row.readings)]
        said += [f"{each.label}: {each.before or 'trống'} → {each.after or 'trống'}." for each in row.changes]
        colour = QPalette.ColorRole.BrightText if row.verdict == WRONG else QPalette.ColorRole.WindowText
        self.why.setForegroundRole(colour)
        self.why.setText(" ".join((f"{where}: {import_details.WORDS[row.verdict]}.", *said)))

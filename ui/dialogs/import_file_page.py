"""Step 1 of the import wizard: which file, what it holds, and which of its sheets are read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QTableWidgetItem, QWidget

from kc_desktop.services import import_columns, import_layouts
from kc_desktop.services.import_layouts import Sheet, Table, Workbook
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.import_page import ImportPage, SharedTable
from ui.icons import icon
from ui.widgets.choice_editors import CalmComboBox
from ui.widgets.labels import ElidedLabel, heading

_SHEET, _FOUND, _NOTES = range(3)


class ImportFilePage(ImportPage):
    """The file, its sheets and the tables on them; `tables` are those that are ticked."""

    fileWanted = Signal()
    title = "Chọn tệp"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.book: Workbook | None = None
        self._tables: list[tuple[Sheet, Table | None]] = []
        self.file_label = ElidedLabel(self)
        self.file_button = QPushButton(icon("open"), "&Chọn tệp…", self)
        self.file_button.setAutoDefault(False)
        self.what = CalmComboBox(self)
        self.what.setAccessibleName("Nhập vào")
        for key in import_columns.WHATS:
            title = import_columns.TITLES[key]
            self.what.addItem(f"{title[:1].upper()}{title[1:]}", key)
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self._build_ui()
        self.file_button.clicked.connect(self.fileWanted)
        self.what.currentIndexChanged.connect(self._on_what_changed)
        self.sheets.itemChanged.connect(self._on_sheet_changed)
        self.show_book(Path(), None, "")

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.say(
            "Chọn bảng tính của đơn vị (.xlsx, .xls, .ods, .csv). Chương trình chỉ đọc tệp, không sửa gì trong đó; "
            "chưa ghi gì vào dữ liệu trước bước cuối.",
            is_note=True,
        )
        file_row = QHBoxLayout()
        file_row.setSpacing(step * 2)
        file_row.addWidget(self.file_button)
        file_row.addWidget(self.file_label, 1)
        what_row = QHBoxLayout()
        what_row.setSpacing(step * 2)
        what_row.addWidget(self.what)
        what_row.addWidget(self.hint, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(step * 3)
        form.setVerticalSpacing(step * 2)
        form.addRow("Tệp", file_row)
        label = QLabel("Nhập &vào", self)
        label.setBuddy(self.what)
        form.addRow(label, what_row)
        self.column.addLayout(form)
        self.column.addWidget(heading("Các trang của tệp", self))
        self.sheets = SharedTable((("Trang", 16), ("Bảng", 40), ("Lưu ý", 44)), "Các trang của tệp", self)
        self.column.addWidget(self.sheets, 1)

    # public

    def show_book(self, path: Path, book: Workbook | None, what: str) -> None:
        """Show a workbook that was read, and what it is taken for."""
        self.book = book
        self.file_label.setText(str(path) if book is not None else "Chưa chọn tệp")
        self.what.setEnabled(book is not None)
        self.what.blockSignals(True)
        self.what.setCurrentIndex(max(self.what.findData(what), 0))
        self.what.blockSignals(False)
        self._find()

    def what_key(self) -> str:
        """Return what is imported."""
        return str(self.what.currentData())

    def tables(self) -> list[tuple[Sheet, Table | None]]:
        """Return the tables that are ticked, each with its sheet or its part of one; None where none was found."""
        return [
            each
            for place, each in enumerate(self._tables)
            if (item := self.sheets.item(place, _SHEET)) is not None and item.checkState() is Qt.CheckState.Checked
        ]

    def problem(self) -> str:
        """Return why one cannot go on, "" when one can."""
        if self.book is None:
            return "Chọn tệp trước."
        return "" if self.tables() else "Đánh dấu ít nhất một bảng để đọc."

    def first_control(self) -> QWidget:
        """Return where typing begins."""
        return self.what if self.book is not None else self.file_button

    # slots

    @Slot(int)
    def _on_what_changed(self, _index: int) -> None:
        self._find()

    @Slot(QTableWidgetItem)
    def _on_sheet_changed(self, _item: QTableWidgetItem) -> None:
        self.changed.emit()

    # private

    def _find(self) -> None:
        sheets = self.book.sheets if self.book is not None else ()
        self._tables = [row for each in sheets for row in self._rows_of(each)]
        is_any = any(table is not None for _, table in self._tables)
        self.sheets.blockSignals(True)
        self.sheets.setRowCount(len(self._tables))
        for place, (sheet, table) in enumerate(self._tables):
            self._show_sheet(place, sheet.name, table, is_taken=table is not None or (not is_any and len(sheets) == 1))
            notes = import_layouts.sheet_notes(sheet, table)
            self._put(place, _NOTES, " ".join(notes))
        self.sheets.blockSignals(False)
        if sheets:
            self.sheets.setCurrentCell(0, 0)
        self.hint.setText(
            ""
            if is_any or not sheets
            else "▲ Không thấy tiêu đề của bảng này: chọn loại khác, hoặc chỉ dòng tiêu đề ở bước sau."
        )
        self.changed.emit()

    def _rows_of(self, sheet: Sheet) -> list[tuple[Sheet, Table | None]]:
        """Return the tables of a sheet, or the sheet without one."""
        tables = import_layouts.tables_on(self._workspace, self.what_key(), sheet)
        return [(each.sheet, each) for each in tables] or [(sheet, None)]

    def _show_sheet(self, place: int, name: str, table: Table | None, *, is_taken: bool) -> None:
        item = QTableWidgetItem(name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked)
        item.setToolTip("Phím cách: đọc hay không đọc bảng này")
        self.sheets.setItem(place, _SHEET, item)
        self._put(place, _FOUND, import_layouts.place_in_words(table))

    def _put(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setToolTip(text)
        self.sheets.setItem(row, column, item)

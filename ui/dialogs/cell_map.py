"""Bản đồ ô: the form as it is drawn beside the list of what goes where; a click on a cell says what goes into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.office_form import (
    FIXED,
    FORM_UNITS,
    CellMap,
    MappedTable,
    OfficeForm,
    map_from_text,
)
from kc_desktop.errors import KnownError
from kc_desktop.services import form_sources, office_forms
from kc_desktop.services.map_draft import MapDraft
from kc_desktop.services.office_forms import cell, column_letters, column_number
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs import cell_map_boxes as boxes
from ui.dialogs.help_key import HelpKey
from ui.reading_order import OrderedDialog
from ui.widgets.choice_editors import CalmComboBox
from ui.widgets.form_grid import FormGrid


class CellMapDialog(OrderedDialog):
    """Edits the map of one form; nothing is kept before Lưu."""

    def __init__(self, workspace: Workspace, form: OfficeForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "cell-map")
        self.setWindowTitle(f"Bản đồ ô: {form.name}")
        self._workspace, self._form = workspace, form
        self._source = form_sources.source(form.source)
        self._labels = form_sources.labels(self._source)
        self._sheets = office_forms.sheets_of(workspace, form.id)
        self._draft = MapDraft(map_from_text(form.cell_map), self._sheets)
        self._drafts = {self._source.key: self._draft}
        self._current: MappedTable | None = None
        self._is_showing = self._is_opened = False
        self._build_ui()
        self._show_sheet()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.source_box = boxes.source_box(self, self._source)
        self.table_box = boxes.table_box(self)
        self.sheet_box = CalmComboBox(self)
        self.sheet_box.setAccessibleName("Trang")
        self.sheet_box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheet_box.setMinimumContentsLength(10)
        for each in self._sheets:
            self.sheet_box.addItem(each.name)
        self.unit_box = CalmComboBox(self)
        self.unit_box.setAccessibleName("Đơn vị tính")
        for code, label in FORM_UNITS:
            self.unit_box.addItem(label, code)
        self.unit_box.setCurrentIndex(max(self.unit_box.findData(self._form.unit), 0))
        self.first_box = boxes.rows_box(self, "Dòng đầu của bảng")
        self.last_box = boxes.rows_box(self, "Dòng cuối vẽ sẵn")
        self.grid = FormGrid(self)
        self.value_box = boxes.value_box(self)
        boxes.fill_values(self.value_box, self._source)
        self.fixed_line = QLineEdit(self)
        self.fixed_line.setPlaceholderText("Chữ luôn đứng ở ô này")
        self.fixed_line.setAccessibleName("Chữ cố định")
        self.where = QLabel(self)
        self.where.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 18)
        self.list = boxes.map_table(self)
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._lay_out(step)
        self._connect_signals()
        self.grid.setFocus()

    def _lay_out(self, step: int) -> None:
        words = QLabel("Chọn một ô của mẫu, rồi chọn nội dung; ô trong các dòng của bảng là của cả cột.", self)
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(words)
        shrinking = (self.sheet_box, self.unit_box, self.value_box, self.first_box, self.last_box)
        for box in (*shrinking, self.source_box, self.table_box):
            box.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 8)  # a screen at 200 % has little room
        column.addLayout(self._row(step, (("&Số liệu", self.source_box), ("Đơn vị tín&h", self.unit_box))))
        column.addLayout(
            self._row(
                step,
                (
                    *(("&Trang", self.sheet_box), ("Bản&g", self.table_box)),
                    *(("từ &dòng", self.first_box), ("đến dòng &vẽ sẵn", self.last_box)),
                ),
            )
        )
        column.addLayout(self._choice_row(step))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.grid)
        split.addWidget(self.list)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        column.addWidget(split, 1)
        column.addWidget(self._problem)
        column.addLayout(self._buttons(step))
        self.resize(self.fontMetrics().horizontalAdvance("0") * 150, theme.row_height(self) * 22)

    def _connect_signals(self) -> None:
        self.sheet_box.currentIndexChanged.connect(self._on_sheet_changed)
        self.source_box.activated.connect(self._on_source_activated)
        self.table_box.activated.connect(self._on_table_activated)
        self.grid.chosen.connect(self._on_cell_chosen)
        self.grid.opened.connect(self._on_cell_opened)
        self.value_box.activated.connect(self._on_value_activated)
        self.fixed_line.editingFinished.connect(self._on_fixed_edited)
        for rows_box in (self.first_box, self.last_box):
            rows_box.valueChanged.connect(self._on_rows_changed)
        self.list.currentCellChanged.connect(self._on_listed_chosen)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.grid, self._on_remove_clicked)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _row(self, step: int, pairs: tuple[tuple[str, QWidget], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        for text, widget in pairs:
            label = QLabel(text, self)
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _choice_row(self, step: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(self.where)
        row.addWidget(self.value_box, 3)
        row.addWidget(self.fixed_line, 2)
        row.addStretch(1)
        self.remove_button = QPushButton("&Bỏ", self)
        self.remove_button.setToolTip("Không điền gì vào ô này (Del)")
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        row.addWidget(self.remove_button)
        return row

    def _buttons(self, step: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        self.guess_button = QPushButton("Đọc lại tiêu đề", self)
        self.guess_button.setToolTip("Lập lại bản đồ ô theo các tiêu đề và chữ trong {{ }} của mẫu")
        self.guess_button.setAutoDefault(False)
        self.save_button = QPushButton("&Lưu", self)
        self.save_button.setDefault(True)
        self.save_button.setEnabled(not self._workspace.is_read_only)
        cancel = QPushButton("Hoãn", self)
        row.addWidget(self.guess_button)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(cancel)
        self.guess_button.clicked.connect(self._on_guess_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        cancel.clicked.connect(self.reject)
        return row

    # what is chosen

    @property
    def _sheet(self) -> office_forms.FormSheet:
        return self._sheets[max(self.sheet_box.currentIndex(), 0)]

    def _at(self) -> tuple[int, int]:
        return self.grid.currentRow() + 1, self.grid.currentColumn() + 1

    def chosen(self) -> CellMap:
        """Return the map as it stands."""
        return self._draft.as_map()

    def set_value(self, row: int, column: int, value: str) -> None:
        """Say what goes into a cell, or into its column where the cell is of the rows; "" for nothing."""
        self._draft.set_value(self._sheet.name, row, column, value)
        self._current = self._draft.table_at(self._sheet.name, row) or self._current_again()
        self._show_values()

    def value_at(self, row: int, column: int) -> str:
        """Return what goes into a cell, "" for nothing."""
        return self._draft.value_at(self._sheet.name, row, column)

    def _current_again(self) -> MappedTable | None:
        """Return the table on show as it is now, None for one to be made."""
        return None if self._current is None else self._draft.table_at(self._sheet.name, self._current.first_row)

    # showing

    def _said(self, value: str) -> str:
        return value.removeprefix(FIXED) if value.startswith(FIXED) else self._labels.get(value, value)

    def _show_sheet(self) -> None:
        tables = self._draft.tables_on(self._sheet.name)
        self._current = tables[0] if tables else None
        self._is_showing = True
        self.grid.show_sheet(self._sheet)
        self._is_showing = False
        self._show_tables()
        self._show_values()
        first = next(iter(tables[0].columns), "A") if tables else "A"
        self.grid.go_to(tables[0].first_row if tables else 1, column_number(first))

    def _show_tables(self) -> None:
        """List the tables of the sheet and one to be made, and show the rows of the one that is meant."""
        table, tables = self._current, self._draft.tables_on(self._sheet.name)
        self._is_showing = True
        self.table_box.clear()
        for number in range(1, len(tables) + 1):
            self.table_box.addItem(f"Bảng {number}")
        self.table_box.addItem("Bảng mới")
        place = next((at for at, each in enumerate(tables) if each is table), len(tables))
        self.table_box.setCurrentIndex(place)
        self.first_box.setValue(table.first_row if table is not None else 0)
        self.last_box.setValue(table.last_row if table is not None else 0)
        self.last_box.setEnabled(table is not None)
        self._is_showing = False

    def _show_values(self) -> None:
        name, tables = self._sheet.name, self._draft.tables_on(self._sheet.name)
        cells = self._draft.cells.items()
        values = {(row, column): self._said(value) for (sheet, row, column), value in cells if sheet == name}
        listed = [(cell(row, column), value, row, column) for (row, column), value in sorted(values.items())]
        for number, table in enumerate(tables, start=1):
            which = f"Bảng {number}, cột" if len(tables) > 1 else "Cột"
            for letters, key in table.columns.items():
                values[table.first_row, column_number(letters)] = self._said(key)
                listed.append((f"{which} {letters}", self._said(key), table.first_row, column_number(letters)))
        braces = office_forms.braces_in_words(self._sheet, self._source)
        listed += [(cell(row, at), f"{{{{ }}}} {said}", row, at) for row, at, said in braces if (row, at) not in values]
        self.grid.show_values(self._sheet, values)
        self._is_showing = True
        self.list.setRowCount(len(listed))
        for at, (place, said, row, column) in enumerate(listed):
            for number, text in enumerate((place, said)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.UserRole, (row, column))
                self.list.setItem(at, number, item)
        self._is_showing = False
        self._show_choice()

    def _show_choice(self) -> None:
        row, column = self._at()
        if row < 1:
            return
        table = self._draft.table_at(self._sheet.name, row)
        of_rows = table is not None
        if table is not None and table is not self._current:
            self._current = table
            self._show_tables()
        self.where.setText(f"Cột {column_letters(column)} của bảng nhận" if of_rows else f"Ô {cell(row, column)} nhận")
        value = self.value_at(row, column)
        is_fixed = value.startswith(FIXED)
        self.value_box.setCurrentIndex(max(self.value_box.findData(FIXED if is_fixed else value), 0))
        self.fixed_line.setVisible(is_fixed)
        if is_fixed:
            self.fixed_line.setText(value.removeprefix(FIXED))
        self.remove_button.setEnabled(bool(value))

    # slots

    @Slot(int)
    def _on_sheet_changed(self, _index: int) -> None:
        self._show_sheet()

    @Slot(int, int)
    def _on_cell_chosen(self, _row: int, _column: int) -> None:
        self._show_choice()

    @Slot(int)
    def _on_value_activated(self, _index: int) -> None:
        value = str(self.value_box.currentData() or "")
        self.set_value(*self._at(), value)
        if value == FIXED:
            self.fixed_line.setFocus()
        elif self._is_opened:
            self.grid.setFocus()  # to go on with the next cell
        self._is_opened = False

    @Slot()
    def _on_cell_opened(self) -> None:
        self._is_opened = self.value_box.isEnabled()
        if self._is_opened:
            self.value_box.setFocus()
            self.value_box.showPopup()

    @Slot()
    def _on_fixed_edited(self) -> None:
        if self.fixed_line.isVisible():
            self.set_value(*self._at(), FIXED + self.fixed_line.text().strip())

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.set_value(*self._at(), "")

    @Slot(int)
    def _on_rows_changed(self, _value: int) -> None:
        if self._is_showing:
            return
        first = self.first_box.value()
        last = max(self.last_box.value(), first)
        if first or self._current is not None:
            self._current = self._draft.put_rows(self._sheet.name, self._current, first, last)
        self._show_tables()
        self._show_values()

    @Slot(int)
    def _on_table_activated(self, index: int) -> None:
        tables = self._draft.tables_on(self._sheet.name)
        self._current = tables[index] if index < len(tables) else None
        if self._current is None:
            row, _column = self._at()
            is_free = self._draft.table_at(self._sheet.name, row) is None
            self._current = self._draft.put_rows(self._sheet.name, None, row, row) if is_free else None
            self.first_box.setFocus()
        self._show_tables()
        self._show_values()
        if self._current is not None:
            self.grid.go_to(self._current.first_row, column_number(next(iter(self._current.columns), "A")))

    @Slot(int)
    def _on_source_activated(self, _index: int) -> None:
        """Fill the form from something else; going back to what it was filled from brings its own map back."""
        key = str(self.source_box.currentData())
        if key == self._source.key:
            return
        before, kept = self._labels, self.chosen()
        self._source = form_sources.source(key)
        self._labels = form_sources.labels(self._source)
        if key in self._drafts:
            self._draft = self._drafts[key]
            self._tell("")
        else:
            self._draft = self._drafts[key] = MapDraft(kept, self._sheets)
            asked = office_forms.propose(self._workspace, self._form.id, key)
            self._tell(self._draft.refit(before, self._labels, asked).in_words, is_good=True)
        boxes.fill_values(self.value_box, self._source)
        self._show_sheet()

    @Slot(int, int, int, int)
    def _on_listed_chosen(self, row: int, _column: int, _before: int, _column_before: int) -> None:
        item = self.list.item(row, 0)
        if item is not None and not self._is_showing:
            self.grid.go_to(*item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_guess_clicked(self) -> None:
        asked = office_forms.propose(self._workspace, self._form.id, self._source.key)
        self._draft = self._drafts[self._source.key] = MapDraft(asked, self._sheets)
        self._show_sheet()

    @Slot()
    def _on_save_clicked(self) -> None:
        self._on_fixed_edited()
        unit, source = str(self.unit_box.currentData()), self._source.key
        try:
            office_forms.set_map(self._workspace, self._form.id, self.chosen(), unit=unit, source=source)
        except KnownError as error:
            self._tell(f"▲ {error.message} {error.remedy}".strip())
            return
        self.accept()

    def _tell(self, words: str, *, is_good: bool = False) -> None:
        role = QPalette.ColorRole.WindowText if is_good else QPalette.ColorRole.BrightText
        self._problem.setForegroundRole(role)
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

"""Bản đồ ô: the form as it is drawn beside the list of what goes where; a click on a cell says what goes into it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Kind
from kc_desktop.domain.office_form import (
    FIXED,
    FORM_UNITS,
    IN_WORDS,
    ORDINAL,
    TOTAL,
    CellMap,
    MappedCell,
    MappedTable,
    OfficeForm,
    map_from_text,
)
from kc_desktop.errors import KnownError
from kc_desktop.services import form_sources, office_forms
from kc_desktop.services.office_forms import cell, column_letters, column_number, split_cell
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.reading_order import OrderedDialog
from ui.widgets.choice_editors import CalmComboBox
from ui.widgets.form_grid import FormGrid

_MOST_ROW = 9_999


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
        self._cells: dict[tuple[str, int, int], str] = {}
        self._tables: dict[str, MappedTable] = {}
        self._take(map_from_text(form.cell_map))
        self._is_showing = self._is_opened = False
        self._build_ui()
        self._show_sheet()

    def _build_ui(self) -> None:
        step = theme.step(self)
        words = QLabel(
            f"Số liệu: {self._source.title}. Chọn một ô của mẫu, rồi chọn nội dung điền vào; "
            "ô trong các dòng của bảng là của cả cột.",
            self,
        )
        words.setWordWrap(True)
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
        self.first_box, self.last_box = self._row_box("Dòng đầu của bảng"), self._row_box("Dòng cuối vẽ sẵn")
        self.grid = FormGrid(self)
        self.value_box = self._choices()
        self.fixed_line = QLineEdit(self)
        self.fixed_line.setPlaceholderText("Chữ luôn đứng ở ô này")
        self.fixed_line.setAccessibleName("Chữ cố định")
        self.where = QLabel(self)
        self.where.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 18)
        self.list = self._map_table()
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(words)
        for box in (self.sheet_box, self.unit_box, self.value_box, self.first_box, self.last_box):
            box.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 8)  # a screen at 200 % has little room
        column.addLayout(self._head(step))
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
        self.sheet_box.currentIndexChanged.connect(self._on_sheet_changed)
        self.grid.chosen.connect(self._on_cell_chosen)
        self.grid.opened.connect(self._on_cell_opened)
        self.value_box.activated.connect(self._on_value_activated)
        self.fixed_line.editingFinished.connect(self._on_fixed_edited)
        for rows_box in (self.first_box, self.last_box):
            rows_box.valueChanged.connect(self._on_rows_changed)
        self.list.currentCellChanged.connect(self._on_listed_chosen)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.grid, self._on_remove_clicked)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.grid.setFocus()

    def _row_box(self, name: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, _MOST_ROW)
        box.setSpecialValueText("không")
        box.setAccessibleName(name)
        box.setKeyboardTracking(False)
        return box

    def _head(self, step: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        for text, widget in (
            ("&Trang", self.sheet_box),
            ("Bảng từ &dòng", self.first_box),
            ("đến dòng &vẽ sẵn", self.last_box),
            ("Đơn vị tín&h", self.unit_box),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            row.addWidget(label)
            row.addWidget(widget)
        return row

    def _choice_row(self, step: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(self.where)
        row.addWidget(self.value_box, 2)
        row.addWidget(self.fixed_line, 1)
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

    def _choices(self) -> CalmComboBox:
        """Return the box of everything that may go into a cell, those of rows first."""
        box = CalmComboBox(self)
        box.setAccessibleName("Nội dung điền vào")
        box.setMaxVisibleItems(24)
        box.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.addItem("(để nguyên)", "")
        groups = (
            (ORDINAL, *(each.key for each in self._source.columns)),
            tuple(key for key, _ in form_sources.OFFICE_VALUES),
            tuple(TOTAL + each.key for each in self._source.summed),
            tuple(IN_WORDS + each.key for each in self._source.summed if each.kind is Kind.MONEY),
        )
        for group in groups:
            box.insertSeparator(box.count())
            for key in group:
                box.addItem(self._labels[key], key)
        box.insertSeparator(box.count())
        box.addItem("Chữ cố định…", FIXED)
        return box

    def _map_table(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setAccessibleName("Bản đồ ô")
        theme.flatten(table)
        table.setHorizontalHeaderLabels(["Ô, cột", "Nội dung"])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    # what is chosen

    @property
    def _sheet(self) -> office_forms.FormSheet:
        return self._sheets[max(self.sheet_box.currentIndex(), 0)]

    def _table(self) -> MappedTable | None:
        return self._tables.get(self._sheet.name)

    def _at(self) -> tuple[int, int]:
        return self.grid.currentRow() + 1, self.grid.currentColumn() + 1

    def _is_of_rows(self, row: int) -> bool:
        table = self._table()
        return table is not None and table.first_row <= row <= table.last_row

    def _take(self, given: CellMap) -> None:
        """Begin with a map; what is of sheets that another file of the form no longer has is left out."""
        names = {each.name for each in self._sheets}
        own = (each for each in given.cells if each.sheet in names)
        self._cells = {(each.sheet, *split_cell(each.cell)): each.value for each in own}
        self._tables = {each.sheet: each for each in given.tables if each.sheet in names}

    def chosen(self) -> CellMap:
        """Return the map as it stands."""
        cells = tuple(
            MappedCell(sheet=sheet, cell=cell(row, column), value=value)
            for (sheet, row, column), value in sorted(self._cells.items())
            if value != FIXED
        )
        return CellMap(cells=cells, tables=tuple(each for each in self._tables.values() if each.columns))

    def set_value(self, row: int, column: int, value: str) -> None:
        """Say what goes into a cell, or into its column where the cell is of the rows; "" for nothing."""
        name, table = self._sheet.name, self._table()
        if table is not None and self._is_of_rows(row):
            columns = {letters: key for letters, key in table.columns.items() if letters != column_letters(column)}
            columns |= {column_letters(column): value} if value else {}
            ordered = dict(sorted(columns.items(), key=lambda each: column_number(each[0])))
            self._tables[name] = replace(table, columns=ordered)
        elif value:
            self._cells[name, row, column] = value
        else:
            self._cells.pop((name, row, column), None)
        self._show_values()

    def value_at(self, row: int, column: int) -> str:
        """Return what goes into a cell, "" for nothing."""
        table = self._table()
        if table is not None and self._is_of_rows(row):
            return table.columns.get(column_letters(column), "")
        return self._cells.get((self._sheet.name, row, column), "")

    # showing

    def _said(self, value: str) -> str:
        return value.removeprefix(FIXED) if value.startswith(FIXED) else self._labels.get(value, value)

    def _show_sheet(self) -> None:
        self._is_showing = True
        table = self._table()
        self.first_box.setValue(table.first_row if table is not None else 0)
        self.last_box.setValue(table.last_row if table is not None else 0)
        self.last_box.setEnabled(table is not None)
        self.grid.show_sheet(self._sheet)
        self._is_showing = False
        self._show_values()
        first = next(iter(table.columns), "A") if table is not None else "A"
        self.grid.go_to(table.first_row if table is not None else 1, column_number(first))

    def _show_values(self) -> None:
        name, table = self._sheet.name, self._table()
        values = {
            (row, column): self._said(value) for (sheet, row, column), value in self._cells.items() if sheet == name
        }
        listed = [(cell(row, column), value, row, column) for (row, column), value in sorted(values.items())]
        if table is not None:
            for letters, key in table.columns.items():
                values[table.first_row, column_number(letters)] = self._said(key)
                listed.append((f"Cột {letters}", self._said(key), table.first_row, column_number(letters)))
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
        of_rows = self._is_of_rows(row)
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
        name, first = self._sheet.name, self.first_box.value()
        if first:
            kept = self._table() or MappedTable(sheet=name, first_row=first, last_row=first)
            self._tables[name] = replace(kept, first_row=first, last_row=max(self.last_box.value(), first))
        else:
            self._tables.pop(name, None)
        self.last_box.setEnabled(bool(first))
        self._is_showing = True
        self.last_box.setValue(max(self.last_box.value(), first) if first else 0)
        self._is_showing = False
        self._show_values()

    @Slot(int, int, int, int)
    def _on_listed_chosen(self, row: int, _column: int, _before: int, _column_before: int) -> None:
        item = self.list.item(row, 0)
        if item is not None and not self._is_showing:
            self.grid.go_to(*item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_guess_clicked(self) -> None:
        self._take(office_forms.propose(self._workspace, self._form.id, self._form.source))
        self._show_sheet()

    @Slot()
    def _on_save_clicked(self) -> None:
        self._on_fixed_edited()
        try:
            office_forms.set_map(self._workspace, self._form.id, self.chosen(), unit=str(self.unit_box.currentData()))
        except KnownError as error:
            self._problem.setText(f"▲ {error.message} {error.remedy}".strip())
            self._problem.show()
            return
        self.accept()

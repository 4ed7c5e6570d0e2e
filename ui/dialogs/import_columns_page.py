"""Step 2 of the import wizard: where the heading is, and which column is read as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Kind
from kc_desktop.services import import_columns, import_layouts, pasting
from kc_desktop.services.import_headings import MAX_LEVELS, letters_of, shown
from kc_desktop.services.import_layouts import Sheet, Table
from kc_desktop.services.import_tables import FARTHEST_HEADING, SEARCHED_ROWS, rows_of
from kc_desktop.services.pasted_rows import ROW
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.import_page import ImportPage, SharedTable
from ui.widgets.choice_editors import CalmComboBox

_LETTER, _HEAD, _SAMPLES, _FIELD, _UNIT = range(5)
_UNITS = (
    *((pasting.DONG, "đồng"), (pasting.THOUSAND, "nghìn đồng")),
    *((pasting.MILLION, "triệu đồng"), (pasting.BILLION, "tỷ đồng")),
)
_NOT_READ = "không đọc"
_ROWS_AFTER_HEADING = 8
_MOST_COLUMNS_SHOWN = 40
_COLUMNS_STRETCHED = 12
"""So many columns share the width; more scroll."""
_SAMPLED_ROWS = 60
_SAMPLES_SHOWN = 3


class ImportColumnsPage(ImportPage):
    """The first rows of a sheet with its heading marked; under them each column with the field it is read as."""

    title = "Ghép cột"

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._what = import_columns.PEOPLE
        self._tables: list[Table] = []
        self._fields: list[CalmComboBox] = []
        self._units: list[CalmComboBox] = []
        self._build_ui()
        self.sheet_box.currentIndexChanged.connect(self._on_sheet_chosen)
        self.heading_box.valueChanged.connect(self._on_heading_chosen)
        self.levels_box.valueChanged.connect(self._on_heading_chosen)
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self.preview.cellDoubleClicked.connect(self._on_row_chosen)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.sheet_box = CalmComboBox(self)
        self.sheet_box.setAccessibleName("Trang")
        self.heading_box = QSpinBox(self)
        self.heading_box.setRange(1, FARTHEST_HEADING)
        self.levels_box = QSpinBox(self)
        self.levels_box.setRange(1, MAX_LEVELS)
        self.levels_box.setToolTip("Tiêu đề chiếm mấy dòng: 1, 2 hoặc 3")
        self.reset_button = QPushButton("&Về cách ghép ban đầu", self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.setToolTip("Ghép lại theo tên cột, bỏ những gì đã chọn")
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        self.sheet_label = QLabel("T&rang", self)
        self.sheet_label.setBuddy(self.sheet_box)
        row.addWidget(self.sheet_label)
        row.addWidget(self.sheet_box)
        for words, box in (("Dòng t&iêu đề", self.heading_box), ("&Số dòng tiêu đề", self.levels_box)):
            label = QLabel(words, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self.reset_button)
        self.column.addLayout(row)
        self.preview = SharedTable((), "Các dòng đầu của trang", self)
        self.preview.verticalHeader().show()
        self.preview.setToolTip("Bấm đúp vào dòng tiêu đề nếu chương trình tìm sai")
        self.preview.horizontalHeader().setStretchLastSection(False)
        self.matching = SharedTable(
            (("Cột", 5), ("Tiêu đề trong tệp", 25), ("Các ô đầu", 27), ("Đọc là", 28), ("Đơn vị", 15)),
            "Ghép cột của tệp với ô của chương trình",
            self,
        )
        self.matching.verticalHeader().setDefaultSectionSize(self.sheet_box.sizeHint().height() + step)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.BrightText)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, step, 0, 0)
        below.setSpacing(step)
        below.addWidget(self.matching, 1)
        below.addWidget(self.note)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(self.preview)
        self.splitter.addWidget(lower)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)

    # public

    def show_sheets(self, what: str, sheets: Sequence[tuple[Sheet, Table | None]]) -> None:
        """Show the sheets that are read; one without a table begins at its first full row."""
        self._what = what
        self._tables = [table or _begun(what, sheet) for sheet, table in sheets]
        self._show_names(0)
        self._show_table()

    def tables(self) -> tuple[Table, ...]:
        """Return the tables as they are to be read."""
        return tuple(self._tables)

    def table(self) -> Table:
        """Return the table on show."""
        return self._tables[max(self.sheet_box.currentIndex(), 0)]

    def field_box(self, place: int) -> QComboBox:
        """Return the box that says what a column is read as."""
        return self._fields[place]

    def unit_box(self, place: int) -> QComboBox:
        """Return the box that says what the amounts of a column count."""
        return self._units[place]

    def problem(self) -> str:
        """Return why one cannot go on, "" when one can."""
        for each in self._tables:
            lacking = import_layouts.lacking(self._what, each)
            if lacking:
                return f"Trang “{each.sheet.name}”: {lacking}" if len(self._tables) > 1 else lacking
        return ""

    def first_control(self) -> QWidget:
        """Return where typing begins."""
        return self._fields[0] if self._fields else self.heading_box

    # slots

    @Slot(int)
    def _on_sheet_chosen(self, _index: int) -> None:
        self._show_table()

    @Slot(int)
    def _on_heading_chosen(self, _value: int) -> None:
        sheet = self.table().sheet
        heading = min(self.heading_box.value(), len(sheet.rows)) - 1
        levels = min(self.levels_box.value(), len(sheet.rows) - heading)
        self._put(import_layouts.chosen(self._what, sheet, heading, levels))

    @Slot(int, int)
    def _on_row_chosen(self, row: int, _column: int) -> None:
        self.heading_box.setValue(self.table().sheet.begins + row + 1)

    @Slot()
    def _on_reset_clicked(self) -> None:
        sheet = self.table().sheet
        self._put(import_layouts.found(self._what, sheet) or _begun(self._what, sheet))

    def _on_field_chosen(self, place: int, _index: int) -> None:
        """Read a column as another field; the column that was read so is not read any more."""
        table = self.table()
        name = str(self._fields[place].currentData())
        places = {each: at for each, at in table.places.items() if at != place and each != name}
        if name:
            places[name] = place
        self._choose(
            places, {each: unit for each, unit in table.units.items() if places.get(each) == table.places[each]}
        )

    def _on_unit_chosen(self, place: int, _index: int) -> None:
        table = self.table()
        name = str(self._fields[place].currentData())
        self._choose(table.places, {**table.units, name: int(self._units[place].currentData())})

    # private

    def _show_names(self, current: int) -> None:
        """List the tables, where there are several to choose from."""
        self.sheet_box.blockSignals(True)
        self.sheet_box.clear()
        self.sheet_box.addItems([each.sheet.name for each in self._tables])
        self.sheet_box.setCurrentIndex(current)
        self.sheet_box.blockSignals(False)
        self.sheet_label.setVisible(len(self._tables) > 1)
        self.sheet_box.setVisible(len(self._tables) > 1)

    def _take(self, table: Table) -> None:
        """Read the table on show so, and those that begin under it on its sheet each as one of its own."""
        place = max(self.sheet_box.currentIndex(), 0)
        tables = import_layouts.tables_from(self._workspace, self._what, table)
        self._tables[place : place + 1] = tables
        if len(tables) > 1:
            self._show_names(place)

    def _choose(self, places: Mapping[str, int], units: Mapping[str, int]) -> None:
        table = self.table()
        self._take(import_layouts.chosen(self._what, table.sheet, table.heading, table.levels, places, units))
        self._show_choices()
        self._show_preview()
        self.changed.emit()

    def _put(self, table: Table) -> None:
        self._take(table)
        self._show_table()

    def _show_table(self) -> None:
        table = self.table()
        for box, value in ((self.heading_box, table.heading + 1), (self.levels_box, table.levels)):
            box.blockSignals(True)
            if box is self.heading_box:
                begins, end = table.sheet.begins, len(table.sheet.rows)
                box.setRange(begins + 1, max(begins + 1, min(end, begins + FARTHEST_HEADING)))
            box.setValue(value)
            box.blockSignals(False)
        self._show_preview()
        self._show_matching()
        self.changed.emit()

    def _show_preview(self) -> None:
        """Show the first rows, the heading marked, what is no data standing back."""
        table = self.table()
        begins = table.sheet.begins
        rows = table.sheet.rows[begins : table.data_from + _ROWS_AFTER_HEADING]
        width = min(len(table.sheet.rows[0]), _MOST_COLUMNS_SHOWN)
        kinds = _first_kinds(table)
        colours = theme.colours()
        self.preview.setColumnCount(width)
        self.preview.setHorizontalHeaderLabels([letters_of(place) for place in range(width)])
        self.preview.setRowCount(len(rows))
        self.preview.setVerticalHeaderLabels([str(begins + at + 1) for at in range(len(rows))])
        self.preview.clearSpans()
        is_narrow = width <= _COLUMNS_STRETCHED
        mode = QHeaderView.ResizeMode.Stretch if is_narrow else QHeaderView.ResizeMode.Interactive
        self.preview.horizontalHeader().setSectionResizeMode(mode)
        for at, row in enumerate(rows):
            number = begins + at
            is_heading = table.heading <= number < table.heading + table.levels
            is_back = not is_heading and (number < table.data_from or kinds.get(number, ROW) != ROW)
            filled = [place for place in range(width) if row[place] != ""]
            if is_back and len(filled) == 1 and width - filled[0] > 1:
                self.preview.setSpan(at, filled[0], 1, width - filled[0])
            for place in range(width):
                item = QTableWidgetItem(shown(row[place]))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(item.text())
                if is_heading:
                    item.setBackground(QColor(colours.accent_soft))
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                elif is_back:
                    item.setForeground(QColor(colours.muted))
                self.preview.setItem(at, place, item)
        QTimer.singleShot(0, self, self._scroll_to_heading)

    @Slot()
    def _scroll_to_heading(self) -> None:
        """Show the heading with a line above it, once the table has its size."""
        target = self.preview.item(max(self.table().heading - self.table().sheet.begins - 1, 0), 0)
        if target is not None:
            self.preview.scrollToItem(target, self.preview.ScrollHint.PositionAtTop)

    def _show_matching(self) -> None:
        table = self.table()
        width = len(table.heads)
        self._fields, self._units = [], []
        self.matching.setRowCount(0)
        self.matching.setRowCount(width)
        fields = import_columns.layout(self._what).fields
        kinds = _first_kinds(table)
        for place in range(width):
            for column, text in (
                (_LETTER, letters_of(place)),
                (_HEAD, table.heads[place] or "(trống)"),
                (_SAMPLES, _samples(table, place, kinds)),
            ):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(text)
                self.matching.setItem(place, column, item)
            box = _box(f"Cột {letters_of(place)}, {table.heads[place]}: đọc là", self.matching)
            box.addItem("số thứ tự, không đọc" if place == table.ordinal_place else _NOT_READ, "")
            for name, spec in fields.items():
                box.addItem(spec.label, name)
            box.currentIndexChanged.connect(partial(self._on_field_chosen, place))
            unit = _box(f"Cột {letters_of(place)}: số tiền tính bằng", self.matching)
            for value, label in _UNITS:
                unit.addItem(label, value)
            unit.currentIndexChanged.connect(partial(self._on_unit_chosen, place))
            self.matching.setCellWidget(place, _FIELD, box)
            self.matching.setCellWidget(place, _UNIT, _room_for(unit, self.matching))
            self._fields.append(box)
            self._units.append(unit)
        self._show_choices()

    def _show_choices(self) -> None:
        """Show in the boxes what the columns are read as, and say what is missing."""
        table = self.table()
        fields = import_columns.layout(self._what).fields
        by_place = {place: name for name, place in table.places.items()}
        colours = theme.colours()
        for place, (box, unit) in enumerate(zip(self._fields, self._units, strict=True)):
            name = by_place.get(place, "")
            is_amount = bool(name) and fields[name].kind is Kind.MONEY
            for each, value in ((box, name), (unit, table.units.get(name, pasting.DONG))):
                each.blockSignals(True)
                each.setCurrentIndex(max(each.findData(value), 0))
                each.blockSignals(False)
            unit.setVisible(is_amount)
            for column in (_LETTER, _HEAD, _SAMPLES):
                item = self.matching.item(place, column)
                if item is not None:
                    item.setForeground(QColor(colours.text if name else colours.muted))
        self._say_notes(table)

    def _say_notes(self, table: Table) -> None:
        fields = import_columns.layout(self._what).fields
        said = [each for each in (import_layouts.lacking(self._what, table),) if each]
        amounts = [name for name in table.places if fields[name].kind is Kind.MONEY]
        if any(name not in table.told_units for name in amounts):
            said.append("Bảng không ghi số tiền tính bằng gì: xem lại cột Đơn vị.")
        said += [f"{each[:1].upper()}{each[1:]}" for each in table.notes]
        self.note.setText("\n".join(f"▲ {each}" for each in said))
        self.note.setVisible(bool(said))


def _box(name: str, parent: QWidget) -> CalmComboBox:
    box = CalmComboBox(parent)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMaxVisibleItems(20)
    box.setAccessibleName(name)
    return box


def _room_for(box: QComboBox, parent: QWidget) -> QWidget:
    """Return a cell that a box stands in: the table shows its cells again, a box hidden in one stays hidden."""
    cell = QWidget(parent)
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(box)
    return cell


def _begun(what: str, sheet: Sheet) -> Table:
    """Return a table that begins at the first row with three cells or more, for a person to go on from."""
    rows = sheet.rows[sheet.begins : sheet.begins + SEARCHED_ROWS]
    filled = [sum(each != "" for each in row) for row in rows]
    heading = next((at for at, each in enumerate(filled) if each >= min(3, max(filled))), 0)
    return import_layouts.chosen(what, sheet, sheet.begins + heading, 1)


def _first_kinds(table: Table) -> dict[int, str]:
    """Return what the first rows under the heading are; no more of them are looked at, however long the sheet is."""
    if table.needed not in table.places:
        return {}
    short = replace(table.sheet, rows=table.sheet.rows[: table.data_from + _SAMPLED_ROWS])
    return {each.number - 1: each.kind for each in rows_of(replace(table, sheet=short))}


def _samples(table: Table, place: int, kinds: Mapping[int, str]) -> str:
    sheet_rows = table.sheet.rows
    places = range(table.data_from, min(table.data_from + _SAMPLED_ROWS, len(sheet_rows)))
    found = (text for at in places if kinds.get(at, ROW) == ROW and (text := shown(sheet_rows[at][place])))
    return " · ".join(islice(found, _SAMPLES_SHOWN))

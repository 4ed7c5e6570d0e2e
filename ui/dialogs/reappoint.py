"""Tái bổ nhiệm năm mới: who stays, who joins, how many that makes by level and which priority places have nobody."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import Appointment, Person
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import network, reappointment
from kc_desktop.services.reappointment import Draft, Seat
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.models.seats import AREA, CHOICES, COMMUNES, LEVEL, NAME, REMARK, ROLE, SeatsModel
from ui.reading_order import OrderedDialog
from ui.widgets.editors import Editor, editor_for
from ui.widgets.labels import heading
from ui.widgets.suggestions import SuggestionLine

_Index = QModelIndex | QPersistentModelIndex
_NAMED_PLACES = 6
_LETTERS_OF_HEAD = 112
"""So many letters wide is a screen on which the head's three columns stand side by side."""
_WIDTHS = {NAME: 24, LEVEL: 18, ROLE: 14, AREA: 20, COMMUNES: 26, REMARK: 36}


class ReappointDialog(OrderedDialog):
    """Puts next year's list together and keeps it as a proposal: one step of the history."""

    made = Signal(object)
    """The Appointment that was proposed."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, today: date | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "reappoint")
        self._workspace = workspace
        self._today = today or date.today()
        self._draft = Draft()
        self._begun: tuple[Seat, ...] = ()
        self._is_escaping = False
        self.editors: dict[str, Editor] = {}
        self.model = SeatsModel(workspace, self)
        self.setWindowTitle("Tái bổ nhiệm cộng tác viên")
        self._build_ui()
        self._connect_signals()
        self._begin()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.source = QComboBox(self)
        self.source.setAccessibleName("Từ quyết định")
        for each in reappointment.sources(self._workspace):
            until = f", đến {format_date(each.valid_to)}" if each.valid_to else ""
            self.source.addItem(f"{each.number or 'chưa có số'}{until}", each.id)
        if not self.source.count():
            self.source.addItem("Chưa có quyết định nào: lập danh sách mới", 0)
        self._head = QHBoxLayout()
        self._head.setSpacing(step * 6)
        self._add_fields(("authority",), with_source=True)
        self._add_fields(("valid_from", "valid_to"), with_source=False)
        room = self.screen().availableGeometry()
        submission = ("submission_number", "submitted_on")
        is_narrow = room.width() < self.fontMetrics().horizontalAdvance("0") * _LETTERS_OF_HEAD
        if not is_narrow:
            self._add_fields(submission, with_source=False)
        self._build_table()
        self.counts, self.places, self._problem = (self._words() for _ in range(3))
        font = self.counts.font()
        font.setBold(True)
        self.counts.setFont(font)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._make = QPushButton("Lập danh sách đề nghị", self)
        self._make.setDefault(True)
        self._make.setEnabled(not self._workspace.is_read_only)
        self._cancel = QPushButton("Hoãn", self)
        self._cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._make)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addLayout(self._head)
        if is_narrow:
            column.addLayout(self._line_of(submission))
        column.addWidget(heading("Ai ở lại, ai tham gia (phím cách: chọn, bỏ; F2: sửa ô)", self))
        column.addWidget(self.table, 1)
        column.addLayout(self._tools())
        for label in (self.counts, self.places, self._problem):
            column.addWidget(label)
        column.addLayout(buttons)
        width, height = self.fontMetrics().horizontalAdvance("0") * 148, theme.row_height(self) * 24
        self.resize(min(width, room.width() * 19 // 20), min(height, room.height() * 9 // 10))

    def _words(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        return label

    def _add_fields(self, names: tuple[str, ...], *, with_source: bool) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.step(self, 3))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        if with_source:
            label = QLabel("Từ quyết định", self)
            label.setBuddy(self.source)
            form.addRow(label, self.source)
        for name in names:
            form.addRow(*self._field(name))
        self._head.addLayout(form, 1)

    def _line_of(self, names: tuple[str, ...]) -> QHBoxLayout:
        """Lay fields in one line, for a screen too narrow for a third column."""
        line = QHBoxLayout()
        line.setSpacing(theme.step(self, 3))
        for name in names:
            for widget in self._field(name):
                line.addWidget(widget)
        line.addStretch(1)
        return line

    def _field(self, name: str) -> tuple[QLabel, Editor]:
        described = describe(Appointment).field(name)
        editor = editor_for(described, self._workspace, self)
        label = QLabel(described.label, self)
        label.setBuddy(editor.control())
        self.editors[name] = editor
        return label, editor

    def _build_table(self) -> None:
        self.table = QTableView(self)
        theme.flatten(self.table)
        self.table.setModel(self.model)
        self.table.setItemDelegate(_SeatDelegate(self.table))
        self.table.setAccessibleName("Danh sách cộng tác viên đề nghị")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        unit = self.fontMetrics().horizontalAdvance("0")
        for section, width in _WIDTHS.items():
            header.resizeSection(section, unit * width)
        self.table.installEventFilter(self)

    def _tools(self) -> QHBoxLayout:
        step = theme.step(self)
        self.person = self._finder("Thêm người: gõ tên trong danh bạ, hoặc tên mới", "Thêm người")
        self.add_button = QPushButton(icon("add"), "Thêm người", self)
        self.add_button.setAutoDefault(False)
        self.commune = self._finder("Giao thêm xã, phường cho người đang chọn", "Giao xã, phường")
        self.drop_button = QPushButton("Bỏ xã, phường", self)
        self.drop_button.setToolTip("Bỏ một xã, phường của người đang chọn")
        self.drop_button.setAutoDefault(False)
        self._drop_menu = QMenu(self.drop_button)
        self.drop_button.setMenu(self._drop_menu)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(self.person, 1)
        row.addWidget(self.add_button)
        row.addSpacing(step * 4)
        row.addWidget(self.commune, 1)
        row.addWidget(self.drop_button)
        return row

    def _finder(self, hint: str, name: str) -> SuggestionLine:
        line = SuggestionLine(self)
        line.setPlaceholderText(hint)
        line.setAccessibleName(name)
        line.installEventFilter(self)
        return line

    def _connect_signals(self) -> None:
        self.source.activated.connect(self._on_source_activated)
        self.editors["valid_from"].changed.connect(self._on_first_day_changed)
        self.model.edited.connect(self._tell)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.person.textNow.connect(self._on_person_typed)
        self.person.chosen.connect(self._on_person_chosen)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.commune.textNow.connect(self._on_commune_typed)
        self.commune.chosen.connect(self._on_commune_chosen)
        self._drop_menu.triggered.connect(self._on_commune_dropped)
        self._make.clicked.connect(self._on_make_clicked)
        self._cancel.clicked.connect(self.reject)

    def _begin(self) -> None:
        source_id = int(self.source.currentData() or 0)
        if source_id:
            self._draft = reappointment.propose(self._workspace, source_id, self._today)
        else:
            first, last = reappointment.next_term(None, self._today)
            self._draft = Draft(valid_from=first, valid_to=last)
        for name in ("valid_from", "valid_to", "authority"):
            self.editors[name].set_value(getattr(self._draft, name))
        self._begun = self._draft.seats
        self.model.show_seats(self._draft.seats, self._draft.valid_from)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, NAME))
        self.table.setFocus()

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick whoever is under the bar with the space bar, in any column; leave no suggestions under a line left."""
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, SuggestionLine):
            watched.hide_suggestions()
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            index = self.table.currentIndex()
            if event.key() == Qt.Key.Key_Space and index.isValid():
                seat = self.model.seats[index.row()]
                state = Qt.CheckState.Unchecked if seat.is_chosen else Qt.CheckState.Checked
                self.model.setData(self.model.index(index.row(), NAME), state, Qt.ItemDataRole.CheckStateRole)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a typed name with Enter; neither Enter nor one Esc throws away what was put together."""
        if event.key() == Qt.Key.Key_Escape and self.model.seats != self._begun and not self._is_escaping:
            self._is_escaping = True
            self._problem.setText("▲ Danh sách chưa lập: Esc lần nữa để bỏ, hoặc bấm Lập danh sách đề nghị.")
            self._problem.show()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is not self._make:
            if self.focusWidget() is self.person:
                self._on_add_clicked()
            return
        super().keyPressEvent(event)

    # slots

    @Slot(int)
    def _on_source_activated(self, _place: int) -> None:
        self._begin()

    @Slot(object)
    def _on_first_day_changed(self, value: object) -> None:
        self.model.set_first_day(value if isinstance(value, date) else None)

    @Slot(str)
    def _on_person_typed(self, typed: str) -> None:
        found = self._workspace.suggest("person", clean_line(typed))
        self.person.show_suggestions(found, f"Chưa có trong danh bạ: bấm Thêm người để ghi “{clean_line(typed)}”")

    @Slot(int, str)
    def _on_person_chosen(self, person_id: int, _label: str) -> None:
        person = self._workspace.find(Person, person_id)
        if person is not None:
            self._add(Seat(person_id=person.id, name=person.name))

    @Slot()
    def _on_add_clicked(self) -> None:
        name = clean_line(self.person.text())
        if not name:
            self.person.setFocus()
            return
        self._add(Seat(name=name))

    @Slot(str)
    def _on_commune_typed(self, typed: str) -> None:
        found = self._workspace.suggest("admin_unit", clean_line(typed))
        nothing = f"Không thấy “{clean_line(typed)}”: nạp xã, phường ở Danh mục, Đơn vị hành chính"
        self.commune.show_suggestions(found, nothing)

    @Slot(int, str)
    def _on_commune_chosen(self, commune_id: int, _label: str) -> None:
        row = self.table.currentIndex().row()
        self.commune.clear()
        if row >= 0:
            known = self.model.seats[row].commune_ids
            self.model.set_communes(row, tuple(dict.fromkeys((*known, commune_id))))
            self._show_communes()

    @Slot(QAction)
    def _on_commune_dropped(self, action: QAction) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            left = tuple(each for each in self.model.seats[row].commune_ids if each != action.data())
            self.model.set_communes(row, left)
            self._show_communes()

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_communes()

    @Slot()
    def _tell(self) -> None:
        seats = self.model.seats
        self.counts.setText(reappointment.summary(seats))
        covered = {each for seat in seats if seat.is_chosen for each in seat.commune_ids}
        on = self._first_day() or self._today
        missing = network.priority_without_anybody(self._workspace, covered, on)
        names = ", ".join(each.name for each in missing[:_NAMED_PLACES])
        more = f" và {len(missing) - _NAMED_PLACES} nơi nữa" if len(missing) > _NAMED_PLACES else ""
        self.places.setText(f"▲ Địa bàn ưu tiên chưa có ai: {names}{more}." if missing else "")
        self.places.setVisible(bool(missing))
        self._problem.hide()
        self._is_escaping = False

    @Slot()
    def _on_make_clicked(self) -> None:
        self.table.setFocus()  # closes an open cell editor, which commits its text
        for editor in self.editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in self.editors.values() if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        try:
            kept = reappointment.make(self._workspace, self._collected())
        except FieldError as error:
            concerned = self.editors.get(error.field)
            if concerned is None:
                self._show_problem(error)
                return
            concerned.show_problem(f"{error.message} {error.remedy}".strip())
            concerned.control().setFocus()
            return
        except KnownError as error:
            self._show_problem(error)
            return
        self.accept()
        self.made.emit(kept)

    # private

    def _show_problem(self, error: KnownError) -> None:
        self._problem.setText(f"▲ {error.message} {error.remedy}".strip())
        self._problem.show()

    def _first_day(self) -> date | None:
        try:
            value = self.editors["valid_from"].value()
        except FieldError:
            return None
        return value if isinstance(value, date) else None

    def _collected(self) -> Draft:
        values: dict[str, Any] = {name: editor.value() for name, editor in self.editors.items()}
        return dataclasses.replace(self._draft, seats=self.model.seats, **values)

    def _add(self, seat: Seat) -> None:
        row = self.model.add(seat)
        self.person.clear()
        self.person.hide_suggestions()
        self.table.setCurrentIndex(self.model.index(row, LEVEL))
        self.table.scrollTo(self.model.index(row, NAME))

    def _show_communes(self) -> None:
        row = self.table.currentIndex().row()
        held = self.model.seats[row].commune_ids if row >= 0 else ()
        self._drop_menu.clear()
        for each in held:
            self._drop_menu.addAction(self._workspace.title_of("admin_unit", each)).setData(each)
        self.drop_button.setEnabled(bool(held))
        self.commune.setEnabled(row >= 0)


class _SeatDelegate(QStyledItemDelegate):
    """Picks level and role out of a box, writes the area as a line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Make the box of a column that is picked from."""
        choices = CHOICES.get(index.column())
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        for code, label in choices:
            box.addItem(label, code)
        box.activated.connect(self._on_activated)
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the code there is."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Take the code chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)

    @Slot(int)
    def _on_activated(self, _place: int) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

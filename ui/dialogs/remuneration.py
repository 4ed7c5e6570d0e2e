"""Lập bảng thù lao: who is due what for which months, and who comes into the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.network import RemunerationList, month_words, span_words
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import remuneration
from kc_desktop.services.remuneration import PersonPay
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import Editor, LineEdit, editor_for
from ui.widgets.month_edit import MonthEdit

_FIRST = ("Cộng tác viên", "Cấp", "Số tháng", "Cộng (đồng)", "Không tính, vì sao")
"""The columns before those of the months."""
_COUNTED, _REASON = 2, 4
_PERSON = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MakeListDialog(QDialog):
    """Proposes the pay of everybody for a span of months; who is ticked comes into the list."""

    made = Signal(object)
    """The RemunerationList."""

    def __init__(self, workspace: Workspace, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "remuneration-lists")
        self._workspace = workspace
        self._proposed: tuple[PersonPay, ...] = ()
        self._own_name = ""
        self._is_filling = False
        self.setWindowTitle("Lập bảng thù lao")
        self._build_ui(year)
        self._connect_signals()
        self._begin_with(year)

    def _build_ui(self, year: int) -> None:
        step = theme.step(self)
        self.first, self.last = MonthEdit("Từ tháng", self), MonthEdit("Đến tháng", self)
        for each in (self.first, self.last):
            each.offer_years(year or date.today().year)
        months = QHBoxLayout()
        months.setSpacing(step * 2)
        for text, edit in (("&Từ", self.first), ("đế&n", self.last)):
            label = QLabel(text, self)
            label.setBuddy(edit)
            months.addWidget(label)
            months.addWidget(edit)
        months.addStretch(1)
        described = describe(RemunerationList)
        self.name = LineEdit(described.field("name"), self)
        self.plan = editor_for(described.field("plan_id"), self._workspace, self)
        self.programme = editor_for(described.field("programme_id"), self._workspace, self)
        form = QFormLayout()
        form.setHorizontalSpacing(step * 3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(QLabel("Các tháng", self), months)
        for text, editor in (
            ("Tên &bảng *", self.name),
            ("&Chi từ kế hoạch năm", self.plan),
            ("Ch&ương trình", self.programme),
        ):
            label = QLabel(text, self)
            label.setBuddy(editor.control())
            form.addRow(label, editor)
        self.table = self._table()
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._all, self._none = QPushButton("Chọn tất cả", self), QPushButton("Bỏ chọn", self)
        self.make_button = QPushButton("Lập bảng", self)
        self.make_button.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        for button in (self._all, self._none, self._cancel):
            button.setAutoDefault(False)
        buttons.addWidget(self._all)
        buttons.addWidget(self._none)
        buttons.addStretch(1)
        buttons.addWidget(self.make_button)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        width, height = self.fontMetrics().horizontalAdvance("0") * 140, theme.row_height(self) * 23
        self.resize(min(width, room.width() * 19 // 20), min(height, room.height() * 9 // 10))

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 0, self)
        theme.flatten(table)
        table.setAccessibleName("Cộng tác viên và các tháng; phím cách để chọn hoặc bỏ")
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height(table))
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _connect_signals(self) -> None:
        self.first.changed.connect(self._on_months_changed)
        self.last.changed.connect(self._on_months_changed)
        self.table.itemChanged.connect(self._on_item_changed)
        self.table.activated.connect(self._on_row_activated)
        self._all.clicked.connect(self._on_all_clicked)
        self._none.clicked.connect(self._on_none_clicked)
        self.make_button.clicked.connect(self._on_make_clicked)
        self._cancel.clicked.connect(self.reject)

    def _begin_with(self, year: int) -> None:
        first, last = remuneration.next_months(self._workspace, year)
        self.first.set_value(first)
        self.last.set_value(last)
        plans = self._workspace.children(AnnualPlan, year=int(first[:4]))
        last_list = remuneration.last_list(self._workspace, int(first[:4]))
        self.plan.set_value((last_list.plan_id if last_list else None) or (plans[0].id if plans else None))
        self.programme.set_value(last_list.programme_id if last_list else None)
        self._propose()

    # public

    def tick(self, person_id: int, *, ticked: bool) -> None:
        """Take a person into the list or leave them out."""
        for row in range(self.table.rowCount()):
            item = self._item(row)
            if item.data(_PERSON) == person_id:
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def ticked(self) -> frozenset[int]:
        """Return the people who come into the list."""
        items = (self._item(row) for row in range(self.table.rowCount()))
        return frozenset(int(item.data(_PERSON)) for item in items if item.checkState() is Qt.CheckState.Checked)

    # slots

    @Slot()
    def _on_months_changed(self) -> None:
        self._propose()

    @Slot(QTableWidgetItem)
    def _on_item_changed(self, _item: QTableWidgetItem) -> None:
        if not self._is_filling:
            self._sum()

    @Slot(QModelIndex)
    def _on_row_activated(self, index: QModelIndex) -> None:
        item = self._item(index.row())
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            is_ticked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked)

    @Slot()
    def _on_all_clicked(self) -> None:
        self._tick_all(Qt.CheckState.Checked)

    @Slot()
    def _on_none_clicked(self) -> None:
        self._tick_all(Qt.CheckState.Unchecked)

    @Slot()
    def _on_make_clicked(self) -> None:
        editors: tuple[Editor, ...] = (self.name, self.plan, self.programme)
        for editor in editors:
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in editors if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        plan, programme = self.plan.value(), self.programme.value()
        draft = RemunerationList(
            name=str(self.name.value()),
            first_month=self.first.value(),
            last_month=self.last.value(),
            plan_id=plan if isinstance(plan, int) else None,
            programme_id=programme if isinstance(programme, int) else None,
        )
        try:
            listed = remuneration.make_list(self._workspace, draft, self.ticked())
        except KnownError as error:
            self._tell(f"{error.message} {error.remedy}".strip())
            return
        self.accept()
        self.made.emit(listed)

    # private

    def _item(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        assert item is not None
        return item

    def _tell(self, text: str) -> None:
        self._problem.setText(f"▲ {text}" if text else "")
        self._problem.setVisible(bool(text))

    def _propose(self) -> None:
        """Read what everybody is due, keep a name the user has written."""
        first, last = self.first.value(), self.last.value()
        try:
            self._proposed = remuneration.propose(self._workspace, first, last)
        except FieldError as error:
            self._proposed = ()
            self._tell(f"{error.message} {error.remedy}".strip())
        else:
            self._tell("")
            if self.name.value() in ("", self._own_name):
                self._own_name = f"Bảng thù lao {span_words(first, last)}"
                self.name.set_value(self._own_name)
        self._fill()

    def _fill(self) -> None:
        months = [each.month for each in self._proposed[0].months] if self._proposed else []
        headings = [*_FIRST, *self._headings(months)]
        self._is_filling = True
        self.table.clear()
        self.table.setColumnCount(len(headings))
        self.table.setHorizontalHeaderLabels(headings)
        self.table.setRowCount(len(self._proposed))
        for row, pay in enumerate(self._proposed):
            self._fill_row(row, pay)
        self._is_filling = False
        self._fit(len(headings))
        self._sum()

    def _headings(self, months: list[str]) -> list[str]:
        """Return each month over its base salary."""
        salaries = remuneration.salaries_of(self._workspace, months)
        return [
            f"{month_words(each)}\n{format_vnd(salaries[each])}" if each in salaries else month_words(each)
            for each in months
        ]

    def _fill_row(self, row: int, pay: PersonPay) -> None:
        due = bool(pay.total_vnd)
        reasons = " ".join(_of_row(each, pay.person.name) for each in pay.refusals)
        level = remuneration.level_words(pay.level)
        counted = sum(1 for each in pay.months if each.amount_vnd)
        amounts = [format_vnd(each.amount_vnd) if each.amount_vnd else "–" for each in pay.months]
        name, total = pay.person.name, format_vnd(pay.total_vnd)
        cells = [name, f"{level[:1].upper()}{level[1:]}", str(counted), total, reasons, *amounts]
        muted = QBrush(QColor(theme.colours().muted))
        for place, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if place == 0:
                item.setData(_PERSON, pay.person.id)
                item.setCheckState(Qt.CheckState.Checked if due else Qt.CheckState.Unchecked)
                if due:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            elif place == _REASON:
                item.setToolTip(reasons)
            elif place >= _COUNTED:
                item.setTextAlignment(_RIGHT)
                item.setToolTip(pay.months[place - len(_FIRST)].refusal if place >= len(_FIRST) else "")
            if not due:
                item.setForeground(muted)
            self.table.setItem(row, place, item)

    def _fit(self, columns: int) -> None:
        letter = self.fontMetrics().horizontalAdvance("0")
        self.table.setColumnHidden(_REASON, not any(each.refusals for each in self._proposed))
        self.table.resizeColumnsToContents()
        self.table.setColumnWidth(0, max(self.table.columnWidth(0), letter * 22))
        self.table.setColumnWidth(_REASON, min(self.table.columnWidth(_REASON), letter * 44))
        for place in range(columns):
            header = self.table.horizontalHeaderItem(place)
            if header is not None:
                header.setTextAlignment(_RIGHT if place >= _COUNTED and place != _REASON else _LEFT)

    def _tick_all(self, state: Qt.CheckState) -> None:
        self._is_filling = True
        for row in range(self.table.rowCount()):
            item = self._item(row)
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(state)
        self._is_filling = False
        self._sum()

    def _sum(self) -> None:
        ticked = self.ticked()
        total = sum(each.total_vnd for each in self._proposed if each.person.id in ticked)
        refused = sum(1 for each in self._proposed if not each.total_vnd)
        words = f"Đã chọn {len(ticked)} người, tổng số tiền {format_vnd(total)} đồng ({in_words(total)})."
        words += " Dưới mỗi tháng là lương cơ sở của tháng đó."
        if refused:
            words += f" {refused} người không được tính: xem lý do ở cột Không tính."
        if refused and refused == len(self._proposed):
            words = f"▲ {self._proposed[0].refusals[0]} {words}"
        if not self._proposed:
            words = "Chưa có cộng tác viên nào: ghi quyết định công nhận và cộng tác viên trước."
        self.words.setText(words)
        self.make_button.setEnabled(bool(ticked) and not self._workspace.is_read_only)


def _of_row(reason: str, name: str) -> str:
    """Return a reason without the name its row begins with."""
    words = reason.removeprefix(f"{name} ")
    return f"{words[:1].upper()}{words[1:]}"

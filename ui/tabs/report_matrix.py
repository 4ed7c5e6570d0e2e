"""Báo cáo: whose reports came month by month, received with the space bar, reminded with one button."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QItemSelection, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.collaborator_work import (
    OWED,
    REPORT_STATES,
    ReportMatrix,
    ReportMonth,
    ReportRow,
    months_words,
)
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Field, Kind, Value
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import collaborator_work
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.tabs.figures_tab import FiguresTab, OpeningTable
from ui.view_state import ViewState
from ui.widgets.button_row import ButtonRow
from ui.widgets.editors import editor_for
from ui.widgets.figure_table import Cell, FigureRow
from ui.widgets.labels import ElidedLabel
from ui.widgets.switch import Switch

SIGNS: Final = {"received": "✓", "late": "▲", "missing": "✕", "ahead": "·", "none": "–"}
LEVELS: Final = {"huyen": "Cấp huyện", "xa": "Cấp xã", "hiep_hoi": "Hiệp hội"}
_COLOURS: Final = {"late": "late", "missing": "late", "ahead": "muted", "none": "muted"}
_ALL, _MISSING = "all", "missing"
_FIRST_MONTH: Final = 2
"""The column of January."""
_MOST_SAID: Final = 4
"""So many months a button names; more are counted."""
_REMINDERS_SHOWN: Final = 12


class ReportMatrixTab(FiguresTab):
    """Months across, collaborators down."""

    figures_title = "Bảng tháng"
    told_by = frozenset({"collaborator_report", "appointment", "appointment_member", "person", "deadline_rule"})

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self.matrix: ReportMatrix | None = None
        self.shown: tuple[ReportRow, ...] = ()
        self._has_begun = False
        super().__init__(workspace, state, "reports", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        writable = not self.workspace.is_read_only
        self.who = Switch(((_ALL, "Tất cả"), (_MISSING, "Còn thiếu")), self.page)
        self.who.set_current(_ALL)
        self.receive_button = _button(self.page, "check", "Nhận hôm nay")
        self.receive_button.setToolTip("Ghi hoặc bỏ báo cáo đã nhận hôm nay của ô đang chọn (phím cách)")
        self.receive_button.setEnabled(writable)
        self.remind_button = _button(self.page, "print", "Giấy nhắc")
        self.remind_button.setEnabled(writable)
        self.reminders_button = QToolButton(self.page)
        self.reminders_button.setText("Đã nhắc")
        self.reminders_button.setAutoRaise(True)
        self.reminders_button.setToolTip("In lại giấy của những lần đã nhắc trong năm")
        self.reminders_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.reminders_button.setMenu(QMenu(self.reminders_button))
        self.who.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # the buttons give way first
        buttons = ButtonRow(self.page, spacing=theme.step(self) * 2)
        for button in (self.receive_button, self.remind_button, self.reminders_button):
            buttons.add(button)
        self.strip.addWidget(self.who)
        self.strip.addStretch(1)
        self.strip.addWidget(buttons)
        labels = dict(REPORT_STATES)
        legend = ElidedLabel(self.page)
        legend.setText("   ".join(f"{sign} {labels[state].lower()}" for state, sign in SIGNS.items()))
        legend.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        spec = Field(name="answer_by", label="Gửi bổ sung trước ngày", kind=Kind.DATE, width=11)
        self.answer_by = editor_for(spec, self.workspace, self.page)
        self.answer_by.set_read_only(not writable)
        self.answer_by.setMaximumWidth(self.fontMetrics().horizontalAdvance("0") * 18)
        label = QLabel("Gửi bổ sung trước", self.page)
        label.setBuddy(self.answer_by)
        self.foot.addWidget(legend, 1)
        self.foot.addWidget(label)
        self.foot.addWidget(self.answer_by)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.who.chosen.connect(self._on_who_chosen)
        self.receive_button.clicked.connect(self._on_received)
        self.remind_button.clicked.connect(self._on_remind_clicked)
        self.figures.ticked.connect(self._on_received)
        self.figures.selectionModel().selectionChanged.connect(self._on_selection_changed)
        menu = self.reminders_button.menu()
        assert menu is not None
        menu.aboutToShow.connect(self._on_menu_about_to_show)

    # --- for FiguresTab

    def make_table(self) -> OpeningTable:
        """Make the table, its names wide."""
        return OpeningTable("Báo cáo theo tháng", self, wide=0, least=18)

    def fill(self) -> None:
        """Read the year's reports."""
        if not self.year:
            self.matrix, self.shown = None, ()
            self.show_figures("Chọn một năm ở thanh công cụ để xem bảng báo cáo theo tháng.")
            return
        self.matrix = collaborator_work.matrix(self.workspace, self.year, self.today())
        only_missing = self.who.current() == _MISSING
        self.shown = tuple(row for row in self.matrix.rows if row.missing or not only_missing)
        if not self.matrix.rows:
            self.show_figures(
                f"Năm {self.year} chưa có cộng tác viên. Ghi quyết định công nhận và danh sách trước, "
                "rồi theo dõi báo cáo từng tháng ở đây."
            )
        elif not self.shown:
            self.show_figures("Không ai còn thiếu báo cáo.")
        else:
            self.show_figures("")
        headings = (
            "Họ và tên",
            "Cấp",
            *(str(month) for month in range(1, 13)),
            "Đã nhận",
            "Thiếu",
        )
        self.figures.show_rows(headings, (*self._totals(self.matrix), *map(self._row, self.shown)))
        self._begin_at_a_person()
        self._say_months()

    def _begin_at_a_person(self) -> None:
        """Put the cursor, while it was nowhere, on the first person and the newest month that is due."""
        if self.matrix is None or not self.shown or self._has_begun:
            return
        self._has_begun = True
        due = [place for place, month in enumerate(self.shown[0].months) if month.state in OWED]
        column = _FIRST_MONTH + (due[-1] if due else 0)
        self.figures.setCurrentIndex(self.figures.figures.index(len(self._totals(self.matrix)), column))

    def record_behind(self) -> CollaboratorReport | None:
        """Return the report of the cell, a new one where none is kept; None beside the months."""
        found = self._cell()
        if found is None:
            return None
        row, month = found
        if month.report_id:
            return self.workspace.find(CollaboratorReport, month.report_id)
        if month.state == "none":
            return None
        return CollaboratorReport(person_id=row.person.id, period=month.month, received_on=self.today())

    def start(self, record: Any) -> None:
        """Begin a report where its day is typed."""
        super().start(record)
        self.form.editor("received_on").control().setFocus(Qt.FocusReason.OtherFocusReason)

    def count_words(self) -> str:
        """Say how many collaborators are on show."""
        return f"{len(self.shown)} cộng tác viên" if self.shown else ""

    def new_values(self) -> dict[str, Value]:
        """Start with the person and month of the cell."""
        found = self._cell() if self.shows_figures else None
        if found is None or found[1].report_id:
            return {"received_on": self.today()}
        return {"person_id": found[0].person.id, "period": found[1].month, "received_on": self.today()}

    def months_to_remind(self) -> tuple[str, ...]:
        """Return the months a reminder would be for: those of the columns chosen, else all with something missing."""
        if self.matrix is None:
            return ()
        columns = {each.column() - _FIRST_MONTH for each in self.figures.selectionModel().selectedIndexes()}
        rows = {each.row() for each in self.figures.selectionModel().selectedIndexes()}
        chosen = {self.matrix.months[each] for each in columns if 0 <= each < len(self.matrix.months)}
        missing = self.matrix.missing_months
        picked = tuple(month for month in missing if month in chosen)
        return picked if picked and len(rows) > 1 else missing

    # --- slots

    @Slot(str)
    def _on_who_chosen(self, _key: str) -> None:
        if self._may_leave_record():
            self._fill()
            self._show_something()

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._say_months()

    @Slot()
    def _on_received(self) -> None:
        found = self._cell()
        if found is None or self.workspace.is_read_only or not self._may_leave_record():
            return
        row, month = found
        words = f"báo cáo tháng {months_words((month.month,))} của {row.person.name}"
        try:
            is_there = collaborator_work.toggle(self.workspace, row.person.id, month.month, self.today())
        except KnownError as error:
            self.statusMessage.emit(f"{error.message} {error.remedy}")
            return
        self._has_changed()
        self.undoOffered.emit(f"Đã nhận {words}." if is_there else f"Đã bỏ {words}.")

    @Slot()
    def _on_remind_clicked(self) -> None:
        if not self._may_leave_record():
            return
        try:
            answer_by = self.answer_by.value()
            reminder = collaborator_work.remind(
                self.workspace,
                self.year or self.today().year,
                self.months_to_remind(),
                self.today(),
                answer_by,  # type: ignore[arg-type]  # an editor of a date gives a date or None
            )
        except FieldError as error:
            self.answer_by.settle()
            self.statusMessage.emit(f"{error.message} {error.remedy}")
            return
        except KnownError as error:
            self.statusMessage.emit(f"{error.message} {error.remedy}")
            return
        self._has_changed()
        self.requestPaper.emit("report-reminder", reminder.id)

    @Slot()
    def _on_menu_about_to_show(self) -> None:
        menu = self.reminders_button.menu()
        assert menu is not None
        menu.clear()
        found = collaborator_work.reminders(self.workspace, self.year) if self.year else ()
        for each in found[:_REMINDERS_SHOWN]:
            day = format_date(each.reminded_on) if each.reminded_on else ""
            words = f"{day}: tháng {months_words(collaborator_work.months_of(each))}"
            menu.addAction(icon("print"), words).triggered.connect(partial(self._on_reminder_chosen, each.id))
        if not found:
            menu.addAction("Chưa nhắc lần nào trong năm").setEnabled(False)

    @Slot()
    def _on_reminder_chosen(self, reminder_id: int, _is_checked: object = None) -> None:
        self.requestPaper.emit("report-reminder", reminder_id)

    # --- private

    def _show_something(self) -> None:
        """Show the report of the cell; where there is none, say how the month stands and what can be done."""
        super()._show_something()
        if self.shows_figures:
            self.form.show_notice(self._about_cell() if self.form.record is None else "")

    def _about_cell(self) -> str:
        found = self._cell()
        if found is None:
            return ""
        row, month = found
        words = f"{row.person.name}, tháng {months_words((month.month,))}: {dict(REPORT_STATES)[month.state].lower()}."
        may_come = month.state == "missing" and not self.workspace.is_read_only
        return f"{words} Phím cách: nhận hôm nay; Enter: ghi ngày khác, nội dung." if may_come else words

    def _has_changed(self) -> None:
        tables = self.workspace.last_touched
        self.panel.refresh()
        self._fill()
        self._show_something()
        self.dataChanged.emit(tables)

    def _cell(self) -> tuple[ReportRow, ReportMonth] | None:
        """Return the person and month under the cursor, None on totals and beside the months."""
        index = self.figures.currentIndex()
        place, column = index.row() - len(self._totals(self.matrix)), index.column() - _FIRST_MONTH
        if self.matrix is None or not 0 <= place < len(self.shown) or not 0 <= column < len(self.matrix.months):
            return None
        return self.shown[place], self.shown[place].months[column]

    def _totals(self, matrix: ReportMatrix | None) -> tuple[FigureRow, ...]:
        if matrix is None or not self.shown:
            return ()
        counts = [matrix.counts(month) for month in matrix.months]
        came, missing = sum(each[0] for each in counts), sum(each[1] for each in counts)
        return (
            _total("Đã nhận", [each[0] for each in counts], came, None),
            _total("Còn thiếu", [each[1] for each in counts], None, missing),
        )

    def _row(self, row: ReportRow) -> FigureRow:
        cells = [Cell(text=row.person.name), Cell(text=LEVELS[row.level])]
        cells += [_sign(each) for each in row.months]
        cells.append(Cell(text=f"{row.received}/{row.owed}", is_sign=True, tip="đã nhận trên số phải nhận đến nay"))
        missing = f"Tháng {months_words(row.missing)}" if row.missing else ""
        number = str(len(row.missing)) if row.missing else ""
        cells.append(Cell(text=number, is_sign=True, tip=missing, colour="late" if row.missing else ""))
        return FigureRow(cells=tuple(cells), id=row.person.id)

    def _say_months(self) -> None:
        months = self.months_to_remind()
        words = (
            f"{len(months)} tháng"
            if len(months) > _MOST_SAID
            else "tháng " + ", ".join(str(int(each[5:])) for each in months)
        )
        self.remind_button.setText(f"Giấy nhắc {words}" if months else "Giấy nhắc")
        self.remind_button.setToolTip(
            "Lập giấy nhắc cho mọi người còn thiếu báo cáo "
            + (f"tháng {months_words(months)}. " if months else "của năm. ")
            + "Chọn các cột tháng để chỉ nhắc những tháng ấy"
        )


def _total(title: str, counts: list[int], came: int | None, missing: int | None) -> FigureRow:
    cells = [Cell(text=title), Cell(text="")]
    cells += [Cell(text=str(each) if each else "", is_sign=True) for each in counts]
    cells += [Cell(text="" if each is None else str(each), is_sign=True) for each in (came, missing)]
    return FigureRow(cells=tuple(cells), is_total=True)


def _sign(month: ReportMonth) -> Cell:
    words = dict(REPORT_STATES)[month.state]
    if month.received_on is not None and month.state in ("received", "late"):
        words += f" ngày {format_date(month.received_on)}"
    if month.due_on is not None and month.state != "none":
        words += f" (hạn {format_date(month.due_on)})"
    return Cell(
        text=SIGNS[month.state],
        plain=SIGNS[month.state],
        is_sign=True,
        colour=_COLOURS.get(month.state, ""),
        tip=f"Tháng {months_words((month.month,))}: {words[:1].lower()}{words[1:]}",
    )


def _button(parent: QWidget, picture: str, text: str) -> QPushButton:
    button = QPushButton(icon(picture), text, parent)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setMinimumHeight(theme.row_height(parent))
    return button

"""The meeting editor: what meeting it is, the next step, and its parts on sub-tabs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import Meeting
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.meeting.agenda import AgendaSection
from ui.meeting.attendance import AttendanceSection
from ui.meeting.clash_line import ClashLine
from ui.meeting.closing import Closing
from ui.meeting.desk import Desk
from ui.meeting.elided import ElidedLabel
from ui.meeting.extra_parts import TITLES, ExtraParts
from ui.meeting.line_drafts import LineDrafts
from ui.meeting.minutes import MinutesSection
from ui.meeting.outcome import OutcomeSection
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm
from ui.widgets.tab_bar import FlatTabBar

_INFO, _AGENDA, _ATTENDANCE, _MINUTES, _OUTCOME = range(5)
_TITLES = ("Thông tin", "Chương trình", "Thành phần", "Diễn biến", "Kết luận, kiến nghị")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_LOW_ROWS = 18
"""With less room than for so many rows of a list the head shrinks to one line."""


class MeetingEditor(QWidget):
    """One meeting. The head form is the tab's; everything else is saved at once through the desk."""

    paperWanted = Signal(str)
    """Print this kind of paper."""
    headWanted = Signal()
    """Change the head of the meeting: who chairs and who writes."""

    def __init__(self, workspace: Workspace, state: ViewState, form: RecordForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = ""
        self.form = form
        self.desk = Desk(workspace, self)
        self._drafts = LineDrafts(self.desk, state, self)
        self.agenda = AgendaSection(self.desk, self)
        self.attendance = AttendanceSection(self.desk, self)
        self.minutes = MinutesSection(self.desk, self)
        self.outcome = OutcomeSection(self.desk, self)
        self._build_ui()
        self._connect_signals()
        self._on_desk_renewed()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.closing = Closing(self.desk, self)
        self.finalise_button, self.lock_label = self.closing.finalise_button, self.closing.lock_label
        self.title_label = ElidedLabel(self)
        font = self.title_label.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        self.title_label.setFont(font)
        self.print_button = QPushButton(icon("print"), "In", self)
        self.print_button.setToolTip("In biên bản và các giấy tờ khác của cuộc họp (Ctrl+P)")
        self.print_button.setMenu(QMenu(self.print_button))
        head = QHBoxLayout()
        head.setSpacing(step * 2)
        head.addWidget(self.title_label, 1)
        for button in (self.finalise_button, self.print_button):
            button.setAutoDefault(False)
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.facts_label = ElidedLabel(self)
        self.facts_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.next_label = QLabel(self)
        self.next_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.next_label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._facts_row = QWidget(self)
        facts = QHBoxLayout(self._facts_row)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(step * 4)
        facts.addWidget(self.facts_label, 1)
        facts.addWidget(self.next_label, 0, Qt.AlignmentFlag.AlignTop)
        self.clash_line = ClashLine(self.desk, self)
        self.problem_label = QLabel(self)
        self.problem_label.setWordWrap(True)
        self.problem_label.setTextFormat(Qt.TextFormat.PlainText)
        self.problem_label.hide()
        self._build_tabs()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addLayout(head)
        column.addWidget(self._facts_row)
        column.addWidget(self.lock_label)
        column.addWidget(self.clash_line)
        column.addWidget(self.problem_label)
        column.addSpacing(step)
        column.addWidget(self.tabs, 1)
        self._colour()

    def _build_tabs(self) -> None:
        step = theme.step(self)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(FlatTabBar(self.tabs))
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Các phần của cuộc họp")
        for place, section in enumerate((self.form, self.agenda, self.attendance, self.minutes, self.outcome)):
            page = QWidget(self.tabs)
            box = QVBoxLayout(page)
            box.setContentsMargins(0, step * 2, 0, 0)
            box.addWidget(section)
            self.tabs.addTab(page, _TITLES[place])
            self.tabs.setTabToolTip(place, f"{_TITLES[place]} (Alt+{place + 1})")
        self.extra = ExtraParts(self.desk, self.tabs, self)

    def _connect_signals(self) -> None:
        self.desk.renewed.connect(self._on_desk_renewed)
        self.desk.refused.connect(self._on_desk_refused)
        self.desk.acted.connect(self._on_desk_acted)
        self.form.editingChanged.connect(self._on_form_editing_changed)
        self.print_button.menu().aboutToShow.connect(self.fill_print_menu)
        self.print_button.menu().triggered.connect(self._on_print_menu_triggered)
        self.closing.aboutToAsk.connect(self.keep_drafts)
        self.next_label.linkActivated.connect(self._on_next_label_link_activated)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        self.extra.paperWanted.connect(self.paperWanted)
        self.extra.writeBackWanted.connect(self.closing.write_back)
        for place in (*range(len(_TITLES)), *TITLES):
            keys = QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self.show_part, place))
            keys.setContext(Qt.ShortcutContext.WindowShortcut)
        self.extra.composerMade.connect(self._drafts.add)
        for table, composer in (
            ("agenda_item", self.agenda.composer),
            ("attendee", self.attendance.detail),
            ("person", self.attendance.newcomer),
            ("entry", self.minutes.composer),
            ("conclusion", self.outcome.conclusions.composer),
            ("task", self.outcome.tasks.composer),
            ("petition", self.outcome.petitions.composer),
        ):
            self._drafts.add(table, composer)

    # --- public

    def open(self, meeting_id: int) -> None:
        """Show a meeting; 0 for none. What is half typed stays with the meeting it was typed for."""
        if meeting_id != self.desk.meeting_id:
            self.keep_drafts()
            self.problem_label.hide()
        self.desk.open(meeting_id)
        self._drafts.open(meeting_id)
        self.attendance.show_half_typed()

    def show_part(self, place: int) -> None:
        """Go to a part by its place and put the cursor where one begins there."""
        if not (self.tabs.isTabEnabled(place) and self.tabs.isTabVisible(place)):
            return
        self.tabs.setCurrentIndex(place)
        self._focus_part(place)

    def show_info(self) -> None:
        """Go to the head form."""
        self.tabs.setCurrentIndex(_INFO)

    def keep_drafts(self) -> None:
        """Keep everything half typed, what an input method is composing included."""
        self._drafts.keep()

    def open_print_menu(self) -> None:
        """Offer the papers under the button In, the minutes first."""
        menu = self.print_button.menu()
        if self.print_button.isEnabled():
            self.fill_print_menu()
            menu.popup(self.print_button.mapToGlobal(self.print_button.rect().bottomLeft()))
            menu.setActiveAction(menu.actions()[0])

    @Slot()
    def fill_print_menu(self) -> None:
        """Offer the papers of the meeting on the desk."""
        from ui.meeting import paper_choice

        paper_choice.fill(self.print_button.menu(), self.desk, self.extra.counts)

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen leave the rows to the parts: the facts are in the first part, too."""
        super().resizeEvent(event)
        is_low = self.height() < theme.row_height(self) * _LOW_ROWS
        self._facts_row.setVisible(not is_low)
        self.title_label.set_wrapped(not is_low)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "tabs"):
            self._colour()
            for label in (self.next_label, self.lock_label):
                words = label.text()
                label.clear()
                label.setText(words)  # a link takes its colour from the palette when its text is set

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting = self.desk.meeting
        self.title_label.setText(meeting.title if meeting is not None else "")
        self.facts_label.setText(self._facts() if meeting is not None else "")
        self.facts_label.setVisible(meeting is not None)
        self._show_buttons()
        self.closing.show_meeting(self.extra.counts)
        self._lock_form()
        self._show_next()
        for place in range(_AGENDA, len(_TITLES)):
            self.tabs.setTabEnabled(place, meeting is not None)
        self._show_counts()

    @Slot(bool)
    def _on_form_editing_changed(self, _is_editing: bool) -> None:
        self._show_buttons()

    @Slot(object)
    def _on_desk_acted(self, _tables: frozenset[str]) -> None:
        self.problem_label.hide()

    @Slot(str, str)
    def _on_desk_refused(self, message: str, remedy: str) -> None:
        self.problem_label.setText(f"▲ {message} {remedy}".strip())
        self.problem_label.show()

    @Slot(QAction)
    def _on_print_menu_triggered(self, action: QAction) -> None:
        self.paperWanted.emit(action.data()[0])

    @Slot(str)
    def _on_next_label_link_activated(self, link: str) -> None:
        if link == "print":
            from ui.meeting import paper_choice

            self.paperWanted.emit(paper_choice.first_paper(self.desk))
        elif int(link) == _INFO:
            self.show_info()
            self.headWanted.emit()
        else:
            self.show_part(int(link))

    @Slot(int)
    def _on_tabs_current_changed(self, _place: int) -> None:
        self.problem_label.hide()

    # --- private

    def _focus_part(self, place: int) -> None:
        composers = {
            _AGENDA: self.agenda.composer,
            _MINUTES: self.minutes.composer,
            _OUTCOME: self.outcome.conclusions.composer,
        }
        if place in TITLES:
            self.extra.focus(place)
        elif place == _INFO:
            self.form.focus_first()
        elif place == _ATTENDANCE:
            self._focus_attendance()
        elif self.desk.is_editable:
            composers[place].focus_first()

    def _focus_attendance(self) -> None:
        table = self.attendance.table
        if table.isVisible():
            table.setFocus()
            if not table.selected():
                first = next((row for row in range(table.lines.rowCount()) if table.lines.record_at(row)), -1)
                table.selectRow(first)
        else:
            self.attendance.add_line.setFocus()

    def _facts(self) -> str:
        meeting = self.desk.meeting
        assert meeting is not None
        parts = []
        if meeting.held_on is not None:
            parts.append(f"{_WEEKDAYS[meeting.held_on.weekday()]} {format_date(meeting.held_on)}")
        hours = "–".join(each for each in (meeting.starts_at, meeting.ends_at) if each)
        parts += [hours] if hours else []
        parts.append(describe(Meeting).field("state").choice_label(meeting.state))
        chair, secretary = self.desk.name_of(meeting.chair_id), self.desk.name_of(meeting.secretary_id)
        parts.append(f"Chủ trì: {chair or 'chưa chọn'}")
        parts.append(f"Thư ký: {secretary or 'chưa chọn'}")
        parts += [meeting.place] if meeting.place else []
        return " · ".join(parts)

    def _show_buttons(self) -> None:
        """Nothing is printed or closed off while the head is being changed: it would miss the change."""
        is_at_rest = self.desk.meeting is not None and not self.form.is_editing()
        self.print_button.setEnabled(is_at_rest)
        self.finalise_button.setEnabled(is_at_rest)

    def _lock_form(self) -> None:
        locked = "Biên bản đã chốt: mở lại biên bản rồi sửa." if self.desk.is_final else ""
        if self.desk.meeting is not None and not self.form.is_editing() and (locked or self._locked):
            self.form.set_locked(locked)
            self._locked = locked

    def _show_next(self) -> None:
        """Offer the first step that is still to be done."""
        dossier = self.desk.dossier
        if dossier is None or not self.desk.is_editable:
            self.next_label.hide()
            return
        is_marked = any(each.attendee.state not in ("invited", "confirmed") for each in dossier.attendees)
        steps = (
            (dossier.agenda, _AGENDA, "lập chương trình"),
            (dossier.attendees, _ATTENDANCE, "mời thành phần"),
            (self._is_led(dossier.meeting), _INFO, "chọn chủ trì, thư ký"),
            (is_marked, _ATTENDANCE, "điểm danh"),
            *self.extra.steps(),
            (dossier.entries, _MINUTES, "ghi diễn biến"),
            (dossier.conclusions or self.extra.counts.decisions, _OUTCOME, "ghi kết luận"),
        )
        place, words = next(
            ((str(place), words) for there, place, words in steps if not there), ("print", "in biên bản")
        )
        self.next_label.setText(f"Tiếp theo: <a href='{place}'>{words}</a>")
        self.next_label.show()

    def _is_led(self, meeting: Meeting) -> bool:
        """Whether somebody chairs and writes, or nobody has to: the parties sign what they worked out."""
        return bool(meeting.chair_id and meeting.secretary_id) or meeting.kind == "lam_viec"

    def _show_counts(self) -> None:
        dossier = self.desk.dossier
        counts = [""] * len(_TITLES)
        if dossier is not None:
            outcome = len(dossier.conclusions) + len(dossier.tasks) + len(dossier.petitions)
            numbers = (len(dossier.agenda), self.attendance.present_text(), len(dossier.entries), outcome)
            counts[_AGENDA:] = [str(each or "") for each in numbers]
        for place, count in enumerate(counts):
            self.tabs.setTabText(place, f"{_TITLES[place]} {f'({count})' if count else ''}".rstrip())

    def _colour(self) -> None:
        for label, colour in (
            (self.problem_label, theme.colours().problem),
            (self.lock_label, theme.colours().late),
        ):
            palette = label.palette()
            if palette.color(QPalette.ColorRole.WindowText) != QColor(colour):
                palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
                label.setPalette(palette)

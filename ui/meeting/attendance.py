"""Thành phần: who is asked, who came, and who stayed away and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Field, Value, describe
from kc_desktop.domain.meeting import ATTENDANCE_STATES, ATTENDEE_ROLES, Attendee
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import clean_line
from kc_desktop.services import meetings
from ui import theme
from ui.meeting.attendance_marks import AttendanceMarks
from ui.meeting.attendee_table import AttendeeTable
from ui.meeting.composer import Composer
from ui.meeting.desk import Desk
from ui.meeting.line_model import Heading, LineColumn
from ui.meeting.lines import NUMBER_WIDTH
from ui.meeting.person_edit import PersonEdit, line_editor
from ui.meeting.sheet import field, ordinal_column
from ui.widgets.button_row import ButtonRow
from ui.widgets.editors import Editor
from ui.widgets.suggestions import SuggestionLine

_NAME, _STATE, _REASON = 24, 18, 26
_ROLE = 22
_NEW_PERSON = 0
"""The id of the suggestion that stands for somebody who is not in the directory yet."""
_MAX_SUGGESTIONS = 8
"""So few that the offer to add somebody new stays in sight below them."""
_STATE_LABELS = dict(ATTENDANCE_STATES)


class AttendanceSection(QWidget):
    """Asking people in, marking them, and the live count."""

    shown = Signal()
    """The list was shown anew."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table = AttendeeTable(
            (
                ordinal_column(),
                LineColumn(name="person_id", title="Họ và tên", text=self._name_text, width=_NAME),
                LineColumn(name="role", title="Chức vụ, đơn vị", text=self._post_text),
                LineColumn(name="state", title="Có mặt", text=_state_text, width=_STATE),
                LineColumn(name="reason", title="Lý do vắng, người dự thay", text=self._reason_text, width=_REASON),
            ),
            "Thành phần tham dự",
            self,
        )
        self.detail = Composer(
            desk.workspace,
            (
                field(Attendee, "role", _NAME),
                field(Attendee, "council_role", _ROLE, help="Vai trò trong hội đồng"),
                field(Attendee, "reason", 0, help="Lý do vắng"),
                field(Attendee, "delegate_id", _STATE + _REASON, help="Người dự thay: vài chữ"),
            ),
            self._commit_detail,
            "người dự",
            NUMBER_WIDTH,
            self._make_editor,
            parent=self,
        )
        self.newcomer = Composer(
            desk.workspace,
            (
                field(Person, "name", _NAME, help="Họ và tên"),
                field(Person, "honorific", 8),
                field(Person, "post", 24, help="Chức vụ"),
                field(Person, "organisation", 0, help="Đơn vị công tác"),
            ),
            self._commit_newcomer,
            "người mới vào danh bạ và cuộc họp",
            NUMBER_WIDTH,
            parent=self,
        )
        self.newcomer.clears_on_escape = True
        self.group_buttons: dict[str, QPushButton] = {}
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        step = theme.step(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step * 2)
        self._asking = QWidget(self)
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(step * 2)
        self.add_line = SuggestionLine(self._asking)
        self.add_line.setPlaceholderText("Thêm người (Ins): gõ vài chữ tên, Enter")
        self.add_line.setAccessibleName("Thêm người dự họp")
        self.add_line.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 24)
        asking.addWidget(self.add_line, 1)
        self._groups = ButtonRow(self._asking, spacing=step)
        asking.addWidget(self._groups)
        column.addWidget(self._asking)
        column.addWidget(self.newcomer)
        self._marks = AttendanceMarks(self)
        self.role_button, self.role_menu = self._marks.role_button, self._marks.role_menu
        self.state_buttons = self._marks.state_buttons
        column.addWidget(self._marks)
        self.empty_label = QLabel("Chưa mời ai. Bấm một nhóm ở trên để mời cả nhóm, hoặc gõ tên từng người.", self)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty_label, 1)
        column.addWidget(self.detail)
        self.count_label = QLabel(self)
        self.count_label.setWordWrap(True)
        column.addWidget(self.count_label)
        self.newcomer.hide()
        self.detail.hide()

    def _connect_signals(self) -> None:
        self.desk.renewed.connect(self._on_desk_renewed)
        self.add_line.textNow.connect(self._on_add_line_text_now)
        self.add_line.chosen.connect(self._on_add_line_chosen)
        self._marks.stateWanted.connect(self._mark)
        self._marks.roleWanted.connect(self._on_marks_role_wanted)
        self.table.stateWanted.connect(self._on_table_state_wanted)
        self.table.addWanted.connect(self.add_line.setFocus)
        self.table.toggleWanted.connect(self._on_table_toggle_wanted)
        self.table.editWanted.connect(self._on_table_edit_wanted)
        self.table.deleteWanted.connect(self._on_table_delete_wanted)
        self.table.moveWanted.connect(self._on_table_move_wanted)
        for composer in (self.detail, self.newcomer):
            composer.upWanted.connect(self.table.setFocus)
            composer.left.connect(self._on_composer_done)
        self.detail.kept.connect(self._on_composer_done)
        self.newcomer.kept.connect(self._on_newcomer_kept)

    # --- public

    def count_text(self) -> str:
        """Return the live count: who came out of all, and every other state somebody stands in."""
        counts = self._counts()
        total = sum(counts.values())
        if not total:
            return ""
        others = [
            f"{label.lower()} {counts[code]}" for code, label in ATTENDANCE_STATES if code != "present" and counts[code]
        ]
        return " · ".join([f"Có mặt {counts['present']}/{total}", *others])

    def quorum_text(self) -> str:
        """Return whether enough members of the council came, by the share the meeting itself names; "" without one."""
        if not any(each.council_role for each in self._attendees()):
            return ""
        from kc_desktop.domain.council import share_words
        from kc_desktop.services import councils

        found = councils.quorum(self.desk.workspace, self.desk.meeting_id)
        meeting = self.desk.meeting
        text = f"Hội đồng có mặt {found.came}/{found.members}"
        if meeting is None or not meeting.quorum_percent:
            return f"{text} (chưa ghi số thành viên tối thiểu ở phần Thông tin)"
        enough = "đủ" if found.is_met else f"▲ còn thiếu {found.needed - found.came}"
        return f"{text}, cần {found.needed} ({share_words(meeting.quorum_percent)}): {enough}"

    def present_text(self) -> str:
        """Return the count as the tab's title has it: "23/29"."""
        counts = self._counts()
        total = sum(counts.values())
        return f"{counts['present']}/{total}" if total else ""

    def show_newcomer(self) -> None:
        """Show the row for somebody new while something is typed into it."""
        self.newcomer.setVisible(self.desk.is_editable and not self.newcomer.is_blank())

    def show_half_typed(self) -> None:
        """Show the rows that something was left half typed in."""
        self.detail.setVisible(self.desk.is_editable and self.detail.edited_record is not None)
        self.show_newcomer()

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        attendees = self._attendees()
        rows: list[Any] = []
        for code, label in ATTENDEE_ROLES:
            group = [each for each in attendees if each.role == code]
            if group:
                present = sum(each.state == "present" for each in group)
                rows += [Heading(f"{label} ({present}/{len(group)})"), *group]
        self.table.is_editable = self.desk.is_editable
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty_label.setVisible(not rows)
        self._asking.setVisible(self.desk.is_editable)
        self._marks.setVisible(self.desk.is_editable and bool(rows))
        edited = self.detail.edited_record
        if edited is not None:
            self.detail.follow(next((each for each in attendees if each.id == edited.id), None))
        if not self.desk.is_editable or self.detail.edited_record is None:
            self.detail.hide()
        self.show_newcomer()
        self.count_label.setText(" · ".join(each for each in (self.count_text(), self.quorum_text()) if each))
        self._show_groups()
        self._show_roles()
        self.shown.emit()

    @Slot(str)
    def _on_add_line_text_now(self, typed: str) -> None:
        typed = clean_line(typed)
        here = {each.person_id for each in self._attendees()}
        known = self.desk.workspace.suggest("person", typed, _MAX_SUGGESTIONS + len(here))
        found = [each for each in known if each[0] not in here][:_MAX_SUGGESTIONS]
        if typed:
            found.append((_NEW_PERSON, f"+ Thêm người mới “{typed}”…"))
        self.add_line.show_suggestions(tuple(found), "Không còn ai trong danh bạ chưa được mời")

    @Slot(int, str)
    def _on_add_line_chosen(self, person_id: int, _label: str) -> None:
        typed = clean_line(self.add_line.text())
        self.add_line.clear()
        if person_id == _NEW_PERSON:
            self.newcomer.set_draft({"name": typed})
            self.show_newcomer()
            self.newcomer.editors["post"].control().setFocus()
            return
        self.desk.try_act(partial(self._invite, person_id))

    @Slot()
    def _on_group_button_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            code = str(button.property("code"))
            self.desk.try_act(partial(meetings.invite_group, self.desk.workspace, self.desk.meeting_id, code))
            self.table.setFocus()

    @Slot(str)
    def _on_marks_role_wanted(self, role: str) -> None:
        ids = [each.id for each in self.table.selected()]
        if ids and self.desk.is_editable:
            self.desk.try_act(partial(meetings.set_council_role, self.desk.workspace, ids, role))

    @Slot(str, bool)
    def _on_table_state_wanted(self, state: str, goes_on: bool) -> None:
        selected = self.table.selected()
        self._mark(state)
        if goes_on and state != "delegate" and len(selected) == 1:
            self._go_on(selected[0])

    @Slot()
    def _on_table_toggle_wanted(self) -> None:
        selected = self.table.selected()
        self._mark("invited" if all(each.state == "present" for each in selected) else "present")

    @Slot(object, str)
    def _on_table_edit_wanted(self, record: Attendee, name: str) -> None:
        wanted = "role" if name == "role" else "delegate_id" if record.state == "delegate" else "reason"
        self.detail.show()
        self.detail.edit(record, wanted)
        self.detail.set_title(self._name_text(record))

    @Slot(object)
    def _on_table_delete_wanted(self, records: tuple[Attendee, ...]) -> None:
        names = self._name_text(records[0]) if len(records) == 1 else f"{len(records)} người"
        if self.desk.try_act(partial(self._take_off, records, names)):
            self.desk.told.emit(f"Đã bỏ {names} khỏi cuộc họp.", True)

    @Slot(object, int)
    def _on_table_move_wanted(self, record: Attendee, step: int) -> None:
        attendees = self._attendees()
        group = [place for place, each in enumerate(attendees) if each.role == record.role]
        here = next(place for place in group if attendees[place].id == record.id)
        there = group.index(here) + step
        if 0 <= there < len(group):
            self.desk.move(record, group[there] - here)
            self.table.select_record(record.id)

    @Slot()
    def _on_composer_done(self) -> None:
        self.detail.hide()
        self.newcomer.hide()
        self.table.setFocus()

    @Slot()
    def _on_newcomer_kept(self) -> None:
        """Be ready for the next guest."""
        self.newcomer.hide()
        self.add_line.setFocus()

    # --- private

    def _attendees(self) -> list[Attendee]:
        return [each.attendee for each in self.desk.dossier.attendees] if self.desk.dossier is not None else []

    def _counts(self) -> dict[str, int]:
        counts = dict.fromkeys(_STATE_LABELS, 0)
        for each in self._attendees():
            counts[each.state] += 1
        return counts

    def _name_text(self, record: Attendee) -> str:
        return self.desk.name_of(record.person_id)

    def _post_text(self, record: Attendee) -> str:
        person = self.desk.person(record.person_id)
        post = ", ".join(part for part in (person.post, person.organisation) if part) if person is not None else ""
        council = f"{record.council_role} (hội đồng)" if record.council_role else ""
        return " · ".join(part for part in (council, post) if part)

    def _reason_text(self, record: Attendee) -> str:
        delegate = self.desk.name_of(record.delegate_id)
        return "; ".join(part for part in (f"dự thay: {delegate}" if delegate else "", record.reason) if part)

    @Slot(str)
    def _mark(self, state: str) -> None:
        ids = [each.id for each in self.table.selected()]
        if ids and self.desk.is_editable:
            self.desk.try_act(partial(meetings.set_attendance, self.desk.workspace, ids, state))
        marked = self.table.selected()
        if state == "delegate" and len(marked) == 1 and marked[0].state == state and not marked[0].delegate_id:
            self._on_table_edit_wanted(marked[0], "delegate_id")

    def _go_on(self, record: Attendee) -> None:
        """Put the cursor on the attendee after this one; at the end it stays."""
        row = self.table.lines.row_of(record.id) + 1
        while row < self.table.lines.rowCount():
            following = self.table.lines.record_at(row)
            if following is not None:
                self.table.select_record(following.id)
                return
            row += 1

    def _invite(self, person_id: int) -> None:
        person = self.desk.workspace.get(Person, person_id)
        role = person.group_code if person.group_code in dict(ATTENDEE_ROLES) else "guest"
        meetings.invite_person(self.desk.workspace, self.desk.meeting_id, person_id, role)

    def _take_off(self, records: Sequence[Attendee], names: str) -> None:
        with self.desk.workspace.change(f"Bỏ {names} khỏi cuộc họp"):
            for record in records:
                self.desk.workspace.delete(Attendee, record.id)

    def _make_editor(self, field: Field, parent: QWidget) -> Editor:
        if field.name == "delegate_id":
            return PersonEdit(field, self.desk, self._sent, parent)
        return line_editor(self.desk, field, parent)

    def _sent(self, name: str) -> Person:
        """Return somebody new whom the attendee being changed sends: of the same body and group."""
        sender = self.desk.person(self.detail.edited_record.person_id) if self.detail.edited_record else None
        if sender is None:
            return Person(name=name, group_code="guest")
        return Person(name=name, organisation=sender.organisation, group_code="guest")

    def _commit_detail(self, record: Attendee | None, values: dict[str, Value]) -> None:
        assert record is not None
        changed = replace(record, **values)  # type: ignore[arg-type]  # the composer's fields are the record's own
        if changed.delegate_id and record.state != "delegate" and changed.delegate_id != record.delegate_id:
            changed = replace(changed, state="delegate")
        self.desk.save(changed)

    def _commit_newcomer(self, _record: None, values: dict[str, Value]) -> None:
        self.desk.act(partial(self._add_newcomer, values))

    def _add_newcomer(self, values: dict[str, Value]) -> None:
        workspace = self.desk.workspace
        with workspace.change(f"Thêm và mời {values['name']}"):
            person = workspace.save(Person(**values, group_code="guest"))  # type: ignore[arg-type]  # as above
            meetings.invite_person(workspace, self.desk.meeting_id, person.id)

    def _show_roles(self) -> None:
        """Offer the roles of a council where the office's templates or this meeting name any."""
        meeting = self.desk.meeting
        roles: dict[str, None] = {}
        if meeting is not None:
            from kc_desktop.services import meeting_plans

            own = (each.council_role for each in self._attendees() if each.council_role)
            roles = dict.fromkeys((*meeting_plans.roles_for(self.desk.workspace, meeting.kind), *own))
        self._marks.offer_roles(tuple(roles))

    def _show_groups(self) -> None:
        groups = meetings.groups(self.desk.workspace, self.desk.meeting_id) if self.desk.meeting_id else ()
        wanted = {each.code: each for each in groups if each.missing}
        for code in list(self.group_buttons):
            if code not in wanted:
                button = self.group_buttons.pop(code)
                self._groups.remove(button)
                button.deleteLater()
        for code, group in wanted.items():
            if code not in self.group_buttons:
                button = QPushButton(self._groups)
                button.setProperty("code", code)
                button.setAutoDefault(False)
                button.clicked.connect(self._on_group_button_clicked)
                self.group_buttons[code] = button
                self._groups.add(button)
            self.group_buttons[code].setText(f"+ {group.label} ({group.missing})")
            self.group_buttons[code].setToolTip(f"Mời {group.missing} người nhóm {group.label} chưa có trong danh sách")


def _state_text(record: Attendee) -> str:
    return _STATE_LABELS.get(record.state, describe(Attendee).field("state").choice_label(record.state))

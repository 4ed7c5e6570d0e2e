"""Các bên: who works together and signs the minutes of a working session, each party with its people."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.council import CAME, MeetingParty
from kc_desktop.domain.meeting import Attendee
from kc_desktop.services import councils
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.elided import ElidedLabel
from ui.meeting.line_model import Heading, LineColumn
from ui.meeting.lines import LineTable
from ui.meeting.sheet import Sheet, field, ordinal_column, value_column

_SIGNER, _PARTY = 30, 34


_PARTY_ROWS, _PEOPLE_ROWS = 9, 12
"""How the room is shared at first: five parties with the row where the next is typed, the rest for the people."""


class PartySheet(Sheet):
    """The parties in the order they sign."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            MeetingParty,
            (
                value_column(MeetingParty, "name", "Bên"),
                LineColumn(name="signer_id", title="Người ký", text=self._signer_text, width=_SIGNER),
                LineColumn(name="people", title="Số người", text=self._people_text, width=10),
            ),
            (
                field(MeetingParty, "name", 0, help="Tên bên tiếp theo, rồi Enter"),
                field(MeetingParty, "signer_id", _SIGNER + 11, help="Người ký: vài chữ"),
            ),
            heading="Các bên",
            empty_hint="Chưa có bên nào. Bấm Lập các bên từ thành phần: mỗi cơ quan có người dự thành một bên.",
            parent=parent,
        )
        self.composer.set_low()
        self._on_desk_renewed()

    def sum_text(self) -> str:
        """Return how many parties sign."""
        number = len(self.desk.records("meeting_party"))
        return f"{number} bên ký biên bản" if number else ""

    def _signer_text(self, record: MeetingParty) -> str:
        council = self.desk.council
        details = council.parties if council is not None else ()
        detail = next((each for each in details if each.party.id == record.id), None)
        if detail is None or detail.signer is None:
            return ""
        return detail.signer.address_name if record.signer_id else f"{detail.signer.address_name} (người đầu)"

    def _people_text(self, record: MeetingParty) -> str:
        council = self.desk.council
        details = council.parties if council is not None else ()
        return next((str(len(each.people)) for each in details if each.party.id == record.id), "")


class PeopleTable(LineTable):
    """Who came; a digit puts the selected ones into the party of that number, 0 into none."""

    partyWanted = Signal(int)

    def event(self, event: QEvent) -> bool:
        """Take the digits before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _digit(event) >= 0:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editable and _digit(event) >= 0:
            self.partyWanted.emit(_digit(event))
        elif event.key() not in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """People are added and changed where attendance is taken."""
        event.accept()


class PartiesSection(QWidget):
    """The parties above; below, who came and which party they belong to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet = PartySheet(desk, self)
        self.people = PeopleTable(
            (
                ordinal_column(),
                LineColumn(name="person_id", title="Người có mặt", text=self._name_text, width=_PARTY),
                LineColumn(name="post", title="Chức vụ, đơn vị", text=self._post_text),
            ),
            "Người có mặt và bên của họ",
            self,
        )
        self._build_ui()
        self._connect_signals()
        self._on_desk_renewed()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.make_button = QPushButton("Lập các bên từ thành phần", self)
        self.make_button.setToolTip("Mỗi cơ quan, đơn vị có người dự thành một bên; người đầu tiên ký")
        self.move_button = QPushButton("Xếp vào bên", self)
        self.move_button.setToolTip("Xếp những người đang chọn vào một bên (phím số của bên; 0: không thuộc bên nào)")
        self.move_button.setMenu(QMenu(self.move_button))
        for button in (self.make_button, self.move_button):
            button.setAutoDefault(False)
        self.people.setSelectionMode(LineTable.SelectionMode.ExtendedSelection)
        self.hint_label = ElidedLabel(self)
        self.hint_label.setText("Chọn người rồi gõ số của bên (0: không thuộc bên nào).")
        self.hint_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setSpacing(step * 2)
        row.addWidget(self.make_button)
        row.addWidget(self.move_button)
        row.addWidget(self.hint_label, 1)
        self._below = QWidget(self)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(step)
        self._buttons = QWidget(self)
        self._buttons.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.empty_label = QLabel("Chưa điểm danh ai có mặt: đánh dấu ở phần Thành phần.", self)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        below.addWidget(self._buttons)
        below.addWidget(self.people, 1)
        below.addWidget(self.empty_label, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(step * 3)
        self.splitter.addWidget(self.sheet)
        self.splitter.addWidget(self._below)
        self.splitter.setSizes([theme.row_height(self) * rows for rows in (_PARTY_ROWS, _PEOPLE_ROWS)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def _connect_signals(self) -> None:
        self.desk.renewed.connect(self._on_desk_renewed)
        self.make_button.clicked.connect(self._on_make_button_clicked)
        self.move_button.menu().triggered.connect(self._on_move_menu_triggered)
        self.people.partyWanted.connect(self._on_people_party_wanted)

    # --- public

    def focus_first(self) -> None:
        """Put the cursor into the row the next party is typed into."""
        if self.desk.is_editable:
            self.sheet.composer.focus_first()

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        parties: tuple[MeetingParty, ...] = self.desk.records("meeting_party")
        people = self._people()
        rows: list[Any] = []
        for number, party in enumerate(parties, start=1):
            rows += [Heading(f"{number}. {party.name}"), *(each for each in people if each.party_id == party.id)]
        known = {party.id for party in parties}
        loose = [each for each in people if each.party_id not in known]
        rows += [Heading("Chưa thuộc bên nào"), *loose] if loose else []
        self.people.is_editable = self.desk.is_editable
        self.people.set_rows(rows)
        self.people.setVisible(bool(people))
        self.empty_label.setVisible(not people)
        self._buttons.setVisible(self.desk.is_editable)
        self.move_button.setEnabled(bool(parties and people))
        menu = self.move_button.menu()
        menu.clear()
        for number, party in enumerate(parties, start=1):
            menu.addAction(f"{number}. {party.name}").setData(party.id)
        menu.addAction("Không thuộc bên nào").setData(0)

    @Slot()
    def _on_make_button_clicked(self) -> None:
        if self.desk.try_act(partial(councils.make_parties, self.desk.workspace, self.desk.meeting_id)):
            self.desk.told.emit("Đã lập các bên từ thành phần tham dự.", True)

    @Slot(QAction)
    def _on_move_menu_triggered(self, action: QAction) -> None:
        self._put(action.data() or None)

    @Slot(int)
    def _on_people_party_wanted(self, number: int) -> None:
        parties = self.desk.records("meeting_party")
        if number == 0:
            self._put(None)
        elif number <= len(parties):
            self._put(parties[number - 1].id)

    # --- private

    def _people(self) -> list[Attendee]:
        attendees = self.desk.dossier.attendees if self.desk.dossier is not None else ()
        return [each.attendee for each in attendees if each.attendee.state in CAME]

    def _put(self, party_id: int | None) -> None:
        chosen = [each.id for each in self.people.selected()]
        if chosen:
            self.desk.try_act(partial(councils.put_into_party, self.desk.workspace, chosen, party_id))
            self.people.setFocus()

    def _name_text(self, record: Attendee) -> str:
        delegate = self.desk.name_of(record.delegate_id) if record.state == "delegate" else ""
        name = self.desk.name_of(record.person_id)
        return f"{delegate} (dự thay {name})" if delegate else name

    def _post_text(self, record: Attendee) -> str:
        person = self.desk.person(record.delegate_id if record.state == "delegate" else record.person_id)
        return ", ".join(part for part in (person.post, person.organisation) if part) if person is not None else ""


def _digit(event: QKeyEvent) -> int:
    """Return the digit of a key pressed alone, -1 for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return -1
    place = event.key() - Qt.Key.Key_0
    return place if 0 <= place <= 9 else -1

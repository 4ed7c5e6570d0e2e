"""The desk: the one meeting being worked on, read once and shared by the editor's sections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from kc_desktop.domain.meeting import Meeting, MeetingDossier
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import matches
from kc_desktop.errors import KnownError
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from kc_desktop.domain.council import CouncilDossier

T = TypeVar("T")

PARTS = {
    "agenda_item": "agenda",
    "entry": "entries",
    "conclusion": "conclusions",
    "task": "tasks",
    "petition": "petitions",
}
"""The tables of a meeting's plain lists, and where the dossier holds them."""


class Desk(QObject):
    """Read one meeting and do the acts on it, each of them saved at once as one step of the history."""

    renewed = Signal()
    """The dossier was read again; sections show it."""
    acted = Signal(object)
    """An act of this editor touched these tables."""
    refused = Signal(str, str)
    """An act could not be done: message, remedy."""
    told = Signal(str, bool)
    """Something worth one quiet line; whether undo is offered with it."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.dossier: MeetingDossier | None = None

    @property
    def meeting(self) -> Meeting | None:
        """The meeting on the desk, None when the desk is empty."""
        return self.dossier.meeting if self.dossier is not None else None

    @property
    def meeting_id(self) -> int:
        """Its id, 0 when the desk is empty."""
        return self.dossier.meeting.id if self.dossier is not None else 0

    @property
    def is_final(self) -> bool:
        """Whether the minutes of the meeting on the desk are closed."""
        return self.meeting is not None and self.meeting.state == "finalised"

    @property
    def lock_reason(self) -> str:
        """Why nothing may be changed, with what to do about it; "" when it may."""
        if self.workspace.is_read_only:
            return f"Chỉ xem. {self.workspace.read_only_reason}"
        if self.is_final:
            return "Biên bản đã chốt: chỉ còn đánh dấu việc đã xong và ghi trả lời kiến nghị."
        return ""

    @property
    def is_editable(self) -> bool:
        """Whether a meeting lies on the desk and may be changed."""
        return self.dossier is not None and not self.lock_reason

    @property
    def is_living(self) -> bool:
        """Whether tasks may be marked and petitions answered: after the minutes were closed, too."""
        return self.dossier is not None and not self.workspace.is_read_only

    def open(self, meeting_id: int) -> None:
        """Lay a meeting on the desk; 0 clears it. Raises KnownError when it is gone."""
        self.dossier = meetings.dossier(self.workspace, meeting_id) if meeting_id else None
        self.renewed.emit()

    def renew(self) -> None:
        """Read the meeting again, as after an undo. A meeting that is gone clears the desk."""
        try:
            self.open(self.meeting_id)
        except KnownError:
            self.open(0)

    def act(self, deed: Callable[[], T], *, is_living: bool = False) -> T:
        """Do a deed, read the meeting again and tell which tables it touched. Raises what the deed raises.

        `is_living`: the deed may be done after the minutes were closed.
        """
        if not (self.is_editable or (is_living and self.is_living)):
            raise KnownError(self.lock_reason or "Chưa chọn cuộc họp nào.", "Chọn một cuộc họp trong danh sách.")
        before = self.workspace.revision
        done = deed()
        if self.workspace.revision != before:
            touched = self.workspace.last_touched
            self.renew()
            self.acted.emit(touched)
        return done

    def try_act(self, deed: Callable[[], Any], *, is_living: bool = False) -> bool:
        """Do a deed; a refusal is told in the editor's message line. Return whether it was done."""
        try:
            self.act(deed, is_living=is_living)
        except KnownError as error:
            self.refused.emit(error.message, error.remedy)
            self.renew()
            return False
        return True

    def undo(self) -> None:
        """Take the last step back."""
        try:
            label = self.workspace.undo_label
            touched = self.workspace.undo()
        except KnownError as error:
            self.refused.emit(error.message, error.remedy)
            return
        self.renew()
        self.acted.emit(touched)
        self.told.emit(f"Đã hoàn tác: {label}.", False)

    # --- reading

    @property
    def council(self) -> CouncilDossier | None:
        """The meeting's votes, decisions and parties, read when somebody first asks after the meeting was read."""
        if self.dossier is not None and self.dossier.council is None:
            from kc_desktop.services import councils

            self.dossier = councils.with_council(self.workspace, self.dossier)
        return self.dossier.council if self.dossier is not None else None

    def records(self, table: str) -> tuple[Any, ...]:
        """Return the meeting's records of a table, in their order."""
        if table in ("vote_item", "council_decision", "meeting_party"):
            return self._council_records(table)
        if table == "attendee":
            return tuple(each.attendee for each in self.dossier.attendees) if self.dossier is not None else ()
        return getattr(self.dossier, PARTS[table]) if self.dossier is not None and table in PARTS else ()

    def _council_records(self, table: str) -> tuple[Any, ...]:
        council = self.council
        if council is None:
            return ()
        if table == "vote_item":
            return tuple(each.item for each in council.items)
        if table == "council_decision":
            return tuple(each.decision for each in council.decisions)
        return tuple(each.party for each in council.parties)

    def person(self, person_id: int | None) -> Person | None:
        """Return a person the meeting points to."""
        return self.dossier.person(person_id) if self.dossier is not None else None

    def name_of(self, person_id: int | None) -> str:
        """Return how such a person is written, "" for none."""
        person = self.person(person_id)
        return person.address_name if person is not None else ""

    def attending(self, typed: str) -> tuple[tuple[int, str], ...]:
        """Return (id, label) of those at the meeting, or come in their place, whom a few letters may mean."""
        details = self.dossier.attendees if self.dossier is not None else ()
        people = [each.delegate or each.person for each in details]
        return tuple(
            (person.id, " – ".join(part for part in (person.name, person.post, person.organisation) if part))
            for person in people
            if not typed or matches(typed, person.name)
        )

    # --- writing, for the sections that are plain lists

    def add(self, record: Any) -> Any:
        """Keep a new part of the meeting at the end of its list. Raises KnownError when it is refused."""
        return self.act(lambda: meetings.add(self.workspace, record))

    def save(self, record: Any) -> Any:
        """Keep a change of a part of the meeting. Raises KnownError when it is refused."""
        return self.act(lambda: self.workspace.save(record))

    def delete(self, record: Any) -> bool:
        """Delete a part of the meeting."""
        return self.try_act(lambda: self.workspace.delete(type(record), record.id))

    def move(self, record: Any, step: int) -> bool:
        """Move a part of the meeting up (-1) or down (+1) in its list."""
        return self.try_act(lambda: meetings.move(self.workspace, record, step))

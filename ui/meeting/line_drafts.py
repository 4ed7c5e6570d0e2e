"""What is half typed in the rows of a meeting: it stays with the meeting it was typed for, and outlives a power cut."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from kc_desktop.domain.meeting import Meeting
from ui.drafts import Drafts
from ui.meeting.composer import Composer
from ui.meeting.desk import Desk
from ui.view_state import ViewState


class LineDrafts(QObject):
    """Keeps and brings back the drafts of all composers, each under the table its lines are kept in."""

    def __init__(self, desk: Desk, state: ViewState, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = Drafts(state, desk.workspace.path)
        self._composers: dict[str, Composer] = {}
        self._meeting_id = 0
        self._is_swept = False

    def add(self, table: str, composer: Composer) -> None:
        """Look after a composer from now on; what was half typed in it for this meeting comes back."""
        self._composers[table] = composer
        composer.draftChanged.connect(partial(self._keep, table))
        if self._meeting_id:
            self._bring_back(table)

    def open(self, meeting_id: int) -> None:
        """Bring back what was half typed for another meeting, 0 for none."""
        if meeting_id != self._meeting_id:
            self._sweep()
            self._meeting_id = meeting_id
            for table in self._composers:
                self._bring_back(table)

    def keep(self) -> None:
        """Keep everything half typed, what an input method is composing included."""
        for table, composer in self._composers.items():
            composer.settle_input()
            self._keep(table)

    def _sweep(self) -> None:
        """Throw away what was left of meetings that are gone: once, for a meeting just deleted may be taken back."""
        if not self._is_swept:
            self._is_swept = True
            for owner, name in self._drafts.all():
                if owner.isdecimal() and self._desk.workspace.find(Meeting, int(owner)) is None:
                    self._drafts.keep(owner, name, {})

    def _keep(self, table: str) -> None:
        if not self._meeting_id:
            return
        composer, owner = self._composers[table], str(self._meeting_id)
        self._drafts.keep(owner, table, composer.draft())
        self._drafts.keep(owner, f"{table}-edit", composer.edit_draft())

    def _bring_back(self, table: str) -> None:
        composer = self._composers[table]
        composer.set_draft(self._kept(table))
        changed = self._kept(f"{table}-edit")
        if changed:
            record = next((each for each in self._desk.records(table) if str(each.id) == changed.get("id")), None)
            if record is not None:
                composer.resume(record, changed)

    def _kept(self, name: str) -> dict[str, str]:
        return self._drafts.kept(str(self._meeting_id), name) if self._meeting_id else {}

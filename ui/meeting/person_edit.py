"""A person of the directory in a meeting's fields: who is at the meeting first, and somebody new without leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import clean_line
from ui.meeting.desk import Desk
from ui.widgets.editors import Editor, LinkEdit, editor_for

_MAX_SUGGESTIONS = 9
_NEW = 0
"""The id of the suggestion that stands for somebody who is not in the directory yet."""


def line_editor(desk: Desk, field: Field, parent: QWidget) -> Editor:
    """Return the editor of a field of a meeting's line."""
    if field.kind is Kind.LINK and field.target == "person":
        return PersonEdit(field, desk, _guest, parent)
    return editor_for(field, desk.workspace, parent)


def is_offer_of_new(labels: tuple[str, ...]) -> bool:
    """Whether all that is suggested is to write somebody new down: that takes Enter, no key that only goes on."""
    return len(labels) == 1 and labels[0].startswith("+ ")


class PersonEdit(LinkEdit):
    """A person by a few letters; who is not known yet is written into the directory by Enter."""

    def __init__(self, field: Field, desk: Desk, make: Callable[[str], Person], parent: QWidget | None = None) -> None:
        """`make` returns the new person of a name."""
        super().__init__(field, desk.workspace, parent)
        self._desk = desk
        self._make = make

    def settle(self) -> None:
        """Leave somebody new alone: only Enter writes them down."""
        if is_offer_of_new(self._picker.suggestions_shown()):
            self._picker.hide_suggestions()
        super().settle()

    @Slot(str)
    def _on_text_now(self, typed: str) -> None:
        if self._is_read_only:
            return
        typed = clean_line(typed)
        here = self._desk.attending(typed)
        known = {person_id for person_id, _ in here}
        others = [each for each in self._workspace.suggest("person", typed) if each[0] not in known]
        found = [*here, *others][:_MAX_SUGGESTIONS]
        if typed and not self._workspace.is_read_only:
            found.append((_NEW, f"+ Thêm vào danh bạ “{typed}” (Enter)"))
        self._picker.show_suggestions(tuple(found), f"Không thấy ai có “{typed}”")

    @Slot(int, str)
    def _on_chosen(self, record_id: int, label: str) -> None:
        if record_id != _NEW:
            super()._on_chosen(record_id, label)
            return
        name = clean_line(self.line.text())
        if not name:
            return
        person = self._make(name)
        is_kept = self._desk.try_act(partial(self._keep, person), is_living=True)
        if is_kept and self._id is not None:
            super()._on_chosen(self._id, name)
            self._desk.told.emit(f"Đã thêm {name} vào danh bạ.", False)

    def _keep(self, person: Person) -> None:
        self._id = self._workspace.save(person).id


def _guest(name: str) -> Person:
    return Person(name=name, group_code="guest")

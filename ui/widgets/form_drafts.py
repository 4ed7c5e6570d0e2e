"""What is typed into a form and not saved: kept a moment after the last key, offered again after a power cut.

A draft belongs to its record (or to the new record of a kind), says only what was changed, and goes when the form is
saved or given up. Several of one record stand beside each other: typing anew never writes over one not yet answered.
"""

from __future__ import annotations

import dataclasses
import hashlib
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from kc_desktop.domain.fields import Field, describe
from kc_desktop.errors import FieldError
from ui.drafts import AT, DELAY_MS, Drafts, may_be_kept, type_into, typed_into, when_typed
from ui.widgets.composing import Composing
from ui.widgets.draft_bar import DraftBar

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace
    from ui.view_state import ViewState
    from ui.widgets.record_form import RecordForm

_LONGEST_MS = 5_000
"""Whoever types on and on without a rest: nothing older than this is only in memory."""
_MARK, _SECTION = "@", "#"
"""What begins the name of a note about a draft, and of the draft of a section; every other name is a field's."""
_BASED_ON, _LEFT_OUT = "@based-on", "@left-out"
_SHOWN = 60
"""So many letters of a value are told."""
_TOLD_WHOLE = 3
"""Of so many fields the bar tells what was typed, of more only their names."""
_BEING_TYPED: set[tuple[str, str]] = set()
"""Owner and name of the drafts of forms that are being edited now: no other form offers them."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A draft that waits for an answer."""

    owner: str
    name: str
    draft: dict[str, str]

    @property
    def record_id(self) -> int:
        """The record it belongs to, 0 for a new one."""
        return int(self.owner.split("-")[1])

    def fits(self, fields: set[str]) -> bool:
        """Whether a form with these fields can take all of it."""
        return all(each[:1] in (_MARK, _SECTION) or each in fields for each in self.draft)

    def says_nothing(self) -> bool:
        """Whether it holds but notes about itself."""
        return all(each[:1] == _MARK for each in self.draft)


class FormDrafts(QObject):
    """Keeps the drafts of one form and offers them in a bar over its fields."""

    def __init__(self, form: RecordForm, workspace: Workspace, state: ViewState) -> None:
        super().__init__(form)
        self._form, self._workspace = form, workspace
        self._drafts = Drafts(state, workspace.path)
        self._owner, self._name = "", ""
        self._before: dict[str, str] = {}
        self._offered: Offer | None = None
        self._bar: DraftBar | None = None
        self._is_warned = False
        self._rest, self._typing = QTimer(self), QElapsedTimer()
        self._rest.setSingleShot(True)
        self._rest.setInterval(DELAY_MS)
        self._composing = Composing(self)
        for editor in form.editors.values():
            self._composing.watch(editor.control())
        self._composing.changed.connect(self._on_touched)
        self._rest.timeout.connect(self.keep)
        form.touched.connect(self._on_touched)
        form.editingChanged.connect(self._on_editing_changed)
        form.shown.connect(self._on_shown)
        self._on_shown()
        if form.is_dirty():  # before anybody watched: all of it counts as typed
            self._owner = self._owner_of_form()
            self._rest.start()

    # public

    @property
    def bar(self) -> DraftBar | None:
        """The bar that offers a draft, None before there was any."""
        return self._bar

    @Slot()
    def keep(self) -> None:
        """Keep what is typed by now, unless it is kept already."""
        self._rest.stop()
        if not self._owner:
            return
        draft = self._changed()
        if not draft:
            self._forget()
            return
        if not self._name:
            self._take(self._owner, self._drafts.free_name(self._owner))
        draft |= {AT: datetime.now().isoformat(timespec="minutes"), _BASED_ON: _mark_of(self._form.record)}
        left_out = ", ".join(self._left_out())
        if not self._drafts.keep(self._owner, self._name, draft | ({_LEFT_OUT: left_out} if left_out else {})):
            self._warn()

    # slots

    @Slot()
    def _on_touched(self) -> None:
        if not self._owner:
            return
        if not self._rest.isActive():
            self._typing.start()
        elif self._typing.elapsed() > _LONGEST_MS:
            return  # the rest that is due keeps it
        self._rest.start()

    @Slot(bool)
    def _on_editing_changed(self, is_editing: bool) -> None:
        if is_editing:
            self._begin()
        else:  # saved, or given up
            self._rest.stop()
            self._forget()
            self._owner = ""
        self._offer()

    @Slot()
    def _on_shown(self) -> None:
        if self._form.is_editing() and not self._form.is_dirty():
            self._begin()
        self._offer()

    @Slot()
    def _on_restore_wanted(self) -> None:
        offer, form = self._offered, self._form
        if offer is None:
            return
        if not self._is_of_form(offer.owner):
            form.recordWanted.emit(offer.record_id)
        if not self._is_of_form(offer.owner) or not form.begin_edit():
            return
        self.keep()  # what was typed here until now is offered next
        if form.is_dirty():
            form.begin_again()
        self._take(offer.owner, offer.name)
        notes = self._notes(offer)
        self._lay_in(offer.draft)
        if notes:
            form.show_notice(notes)
        self._offer()

    @Slot()
    def _on_drop_wanted(self) -> None:
        if self._offered is not None:
            self._drafts.keep(self._offered.owner, self._offered.name, {})
        self._offer()

    # private: what is typed

    def _begin(self) -> None:
        self._owner, self._name, self._before = self._owner_of_form(), "", self._typed()

    def _take(self, owner: str, name: str) -> None:
        """Go on in a draft: while this form is edited no other offers it."""
        _BEING_TYPED.discard((self._owner, self._name))
        self._owner, self._name = owner, name
        _BEING_TYPED.add((owner, name))
        self._form.destroyed.connect(partial(_BEING_TYPED.discard, (owner, name)))

    def _forget(self) -> None:
        if self._name:
            self._drafts.keep(self._owner, self._name, {})
            _BEING_TYPED.discard((self._owner, self._name))
            self._name = ""

    def _typed(self) -> dict[str, str]:
        return {
            name: typed_into(each, self._composing.words(each.control()))
            for name, each in self._form.editors.items()
            if may_be_kept(each.field)
        }

    def _changed(self) -> dict[str, str]:
        changed = {name: typed for name, typed in self._typed().items() if typed != self._before.get(name)}
        sections = {f"{_SECTION}{place}": each.draft() for place, each in enumerate(self._form.sections)}
        return changed | {place: draft for place, draft in sections.items() if draft}

    def _left_out(self) -> list[str]:
        """Return the protected fields something was typed into: only that it was, never what."""
        labels = []
        for name, editor in self._form.editors.items():
            if not may_be_kept(editor.field):
                with suppress(FieldError):
                    if editor.value() != getattr(self._form.record, name):
                        labels.append(editor.field.label.lower())
        return labels

    def _lay_in(self, draft: dict[str, str]) -> None:
        editors = {name: each for name, each in self._form.editors.items() if name in draft and not each.is_read_only()}
        for name, editor in editors.items():
            type_into(editor, draft[name])
        for editor in editors.values():
            editor.edited.emit()
            with suppress(FieldError):
                editor.changed.emit(editor.value())
        for name, editor in editors.items():
            if typed_into(editor) != draft[name]:  # another field's change suggested something
                type_into(editor, draft[name])
        for place, section in enumerate(self._form.sections):
            if f"{_SECTION}{place}" in draft:
                with suppress(ValueError, KeyError, TypeError):
                    section.resume(draft[f"{_SECTION}{place}"])
        if editors and self._form.record.id:
            self._form.focus_on(next(iter(editors)))  # what was put back may stand on another page
        else:
            self._form.focus_first()

    def _warn(self) -> None:
        if not self._is_warned:
            self._is_warned = True
            self._form.message.emit("Chưa giữ được bản đang gõ dở: thư mục của người dùng không ghi được. Nhớ Lưu sớm.")

    # private: what is offered

    def _owner_of_form(self) -> str:
        record = self._form.record
        return _owner_of(record, frozenset(self._form.editors)) if record is not None else ""

    def _is_of_form(self, owner: str) -> bool:
        """Whether a draft is of the record on show, or was begun as a new one for what that is about."""
        record = self._form.record
        if record is None:
            return False
        as_new = _owner_of(dataclasses.replace(record, id=0), frozenset(self._form.editors))
        return owner == self._owner_of_form() or (owner == as_new and _is_told_apart(owner))

    def _offer(self) -> None:
        """Offer the newest draft of the record on show; while nothing is edited, else the newest of its kind."""
        waiting = self._waiting()
        own = [each for each in waiting if self._is_of_form(each.owner) and self._says_more(each)]
        others = [] if self._form.is_editing() else [each for each in waiting if not self._is_of_form(each.owner)]
        found = sorted(own or others, key=lambda each: each.draft.get(AT, ""))
        self._offered = found[-1] if found else None
        if self._offered is None:
            if self._bar is not None:
                self._bar.hide()
            return
        if self._bar is None:
            self._bar = DraftBar(self._form)
            self._bar.restoreWanted.connect(self._on_restore_wanted)
            self._bar.dropWanted.connect(self._on_drop_wanted)
            self._form.add_bar(self._bar)
        told = self._told(self._offered)
        self._bar.offer(self._words(self._offered, told), "\n".join(told.values()), opens=not own)
        self._bar.show()

    def _waiting(self) -> list[Offer]:
        """Return the drafts of this kind of record; what nothing can be done with any more is thrown away."""
        described, found = self._form.described, []
        known = {each.name for each in described.fields}
        for owner, name in self._drafts.all():
            table, _, rest = owner.partition("-")
            is_other_form = table != described.table or not rest.partition("-")[0].isdecimal()
            if is_other_form or (owner, name) in _BEING_TYPED:
                continue
            kept = self._drafts.kept(owner, name)
            draft = {each: typed for each, typed in kept.items() if each in known or each[:1] in (_MARK, _SECTION)}
            offer, is_here = Offer(owner=owner, name=name, draft=draft), self._is_of_form(owner)
            is_gone = bool(offer.record_id) and not is_here
            is_gone = is_gone and self._workspace.find(described.cls, offer.record_id) is None
            if is_gone or offer.says_nothing():
                self._drafts.keep(owner, name, {})
            elif offer.fits(set(self._form.editors)) and (is_here or not _is_told_apart(owner)):
                found.append(offer)
        return found

    def _says_more(self, offer: Offer) -> bool:
        """Whether a draft of the record on show differs from it; one that was saved after all is thrown away."""
        if self._told(offer):
            return True
        if not self._form.is_editing():
            self._drafts.keep(offer.owner, offer.name, {})
        return False

    def _told(self, offer: Offer) -> dict[str, str]:
        """Return the label of each field that differs from what stands in the form, with the words that were typed."""
        now = self._typed() if self._is_of_form(offer.owner) else {}
        told = {}
        for name, editor in self._form.editors.items():
            if name in offer.draft and offer.draft[name] != now.get(name):
                told[editor.field.label] = f"{editor.field.label}: {self._shown(editor.field, offer.draft[name])}"
        if any(each.startswith(_SECTION) for each in offer.draft):
            told["bảng kèm theo"] = "Bảng kèm theo có dòng gõ dở"
        return told

    def _shown(self, field: Field, typed: str) -> str:
        if field.target and typed[:1] == "#" and typed[1:].isdecimal():
            typed = self._workspace.title_of(field.target, int(typed[1:]))
        elif field.choices:
            typed = field.choice_label(typed)
        return f"“{typed[:_SHOWN]}{'…' if len(typed) > _SHOWN else ''}”" if typed else "đã xóa trống"

    def _words(self, offer: Offer, told: dict[str, str]) -> str:
        described, whose = self._form.described, ""
        if not self._is_of_form(offer.owner):
            title = self._workspace.title_of(described.table, offer.record_id) if offer.record_id else "mới"
            is_named = title.casefold().startswith(described.singular)
            whose = f" của {title}" if is_named else f" của {described.singular} {title}"
        words = f"Có bản đang gõ dở{whose}{when_typed(offer.draft.get(AT, ''))}, chưa lưu."
        if told:
            differs = "; ".join(told.values()) if len(told) <= _TOLD_WHOLE else ", ".join(told)
            words += f" {'Khác' if offer.record_id else 'Đã gõ'}: {differs}."
        return f"{words} {self._notes(offer)}".rstrip()

    def _notes(self, offer: Offer) -> str:
        """Say what has to be looked at once the draft is laid in."""
        notes, record = [], self._form.record
        is_here = bool(offer.record_id) and offer.owner == self._owner_of_form()
        if is_here and offer.draft.get(_BASED_ON) != _mark_of(record):
            notes.append("Từ lúc gõ đã có lần lưu khác: xem lại trước khi lưu.")
        if offer.draft.get(_LEFT_OUT):
            notes.append(f"Không giữ {offer.draft[_LEFT_OUT]} vì là dữ liệu được bảo vệ: phải gõ lại.")
        return " ".join(notes)


def _owner_of(record: Any, in_form: frozenset[str]) -> str:
    """Name what a draft belongs to: a new record that the form does not wholly show is told apart by the rest of it."""
    described = describe(type(record))
    if record.id:
        return f"{described.table}-{record.id}"
    blank = described.cls()
    rest = [
        (each.name, str(getattr(record, each.name)))
        for each in described.fields
        if each.name not in in_form and getattr(record, each.name) != getattr(blank, each.name)
    ]
    return f"{described.table}-0" + (f"-{_digest(rest)}" if rest else "")


def _is_told_apart(owner: str) -> bool:
    return owner.count("-") > 1


def _mark_of(record: Any) -> str:
    """Tell one state of a record from another without keeping what it says."""
    fields = describe(type(record)).fields
    return _digest([(each.name, str(getattr(record, each.name))) for each in fields if may_be_kept(each)])


def _digest(values: list[tuple[str, str]]) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]

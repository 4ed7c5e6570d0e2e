"""What is half typed and not saved: kept on this PC beside the view state, until it is saved or given up.

Lines of the minutes and the forms of records are kept alike: each belongs to an owner (a meeting, a record) and has a
name of its own there, and is the text of the fields as it was typed. Nothing of it is in the data file, its history or
its backups. What the file protects is never kept here: these lines stand open to whoever reads the user's folder.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Field, Kind, Value, described_tables
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from ui.view_state import ViewState
from ui.widgets.editor import LineBasedEditor
from ui.widgets.editors import Editor, LinkEdit
from ui.widgets.text_editors import TextEdit

AT = "@at"
"""The name under which a draft of a form says when it was typed."""
DELAY_MS = 1_000
"""How long after the last key what is typed into a form is kept."""
FORM = "form-"
"""What the names of drafts of forms begin with; a number follows."""

_PROTECTED_CHECKS = ("citizen_id", "tax_code")
"""A household's tax code is a citizen id, and half a number does not yet say which it is."""


class Drafts:
    """The drafts of one data file."""

    def __init__(self, state: ViewState, path: Path) -> None:
        self._state = state
        self._group = f"drafts/{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"

    def kept(self, owner: str, name: str) -> dict[str, str]:
        """Return a draft; {} for none."""
        return draft_from(self._state.text(self._key(owner, name)))

    def keep(self, owner: str, name: str, draft: dict[str, str]) -> bool:
        """Keep a draft, {} to have none any more; False when it is only in memory, for its place cannot be written."""
        key, text = self._key(owner, name), draft_text(draft)
        if text == self._state.text(key):
            return True
        if text:
            self._state.put(key, text)
        else:
            self._state.remove(key)
        return self._state.flush()

    def all(self) -> tuple[tuple[str, str], ...]:
        """Return owner and name of every draft of the file."""
        parts = (each.partition("/") for each in self._state.keys_under(self._group))
        return tuple((owner, name) for owner, _, name in parts)

    def free_name(self, owner: str) -> str:
        """Return a name for a draft of a form that none of its owner has yet."""
        taken = {name for each, name in self.all() if each == owner}
        number = 1
        while f"{FORM}{number}" in taken:
            number += 1
        return f"{FORM}{number}"

    def forms_waiting(self) -> str:
        """Name the kinds of records with something half typed in a form; minutes come back by themselves."""
        tables = {owner.partition("-")[0] for owner, name in self.all() if name.startswith(FORM)}
        known = described_tables() if tables else {}
        return ", ".join(sorted(known[each].singular for each in tables if each in known))

    def _key(self, owner: str, name: str) -> str:
        return f"{self._group}/{owner}/{name}"


def when_typed(at: str) -> str:
    """Return when a draft was typed, given its ISO moment: " lúc 14:05", with the day unless that is today."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f" lúc {moment:%H:%M}" + ("" if moment.date() == date.today() else f" ngày {format_date(moment.date())}")


def draft_text(draft: dict[str, str]) -> str:
    """Write a draft as one line for the view state, "" for none."""
    return json.dumps(draft, ensure_ascii=False) if draft else ""


def draft_from(text: str) -> dict[str, str]:
    """Read a draft; what cannot be read is none."""
    try:
        read = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(name): str(typed) for name, typed in read.items()} if isinstance(read, dict) else {}


def may_be_kept(field: Field) -> bool:
    """Whether what is typed into a field may stand in a draft: never what is masked in the file."""
    return not field.protected and field.check not in _PROTECTED_CHECKS


def default_of(editor: Editor) -> Value:
    """Return what a field of a new line holds at first."""
    field = editor.field
    if field.kind is Kind.CHOICE:
        return field.choices[0][0] if field.choices else ""
    if field.kind is Kind.FLAG:
        return False
    return "" if field.kind in (Kind.LINE, Kind.TEXT) else None


def typed_into(editor: Editor, composing: str = "") -> str:
    """Return what stands in a field as text: an id for a chosen link, "" for a default."""
    if isinstance(editor, LinkEdit):
        try:
            chosen = editor.value()
        except FieldError:
            return clean_line(_with(composing, editor.line))
        return f"#{chosen}" if chosen else composing
    if isinstance(editor, TextEdit):
        text = _with(composing, editor.text)
        return text if text.strip() else ""
    if isinstance(editor, LineBasedEditor):
        text = _with(composing, editor.line)
        return text.removesuffix(f" {editor.field.unit}") if editor.is_read_only() and editor.field.unit else text
    return "" if editor.value() == default_of(editor) else str(editor.value())


def type_into(editor: Editor, typed: str) -> None:
    """Let a text stand in a field as if it had been typed, "" for the default."""
    if isinstance(editor, LinkEdit) and typed.startswith("#") and typed[1:].isdecimal():
        editor.set_value(int(typed[1:]))
    elif isinstance(editor, LineBasedEditor):
        editor.line.setText(typed)
    elif editor.field.kind is Kind.FLAG:
        editor.set_value(typed == "True")
    else:
        editor.set_value(typed or default_of(editor))


def _with(composing: str, control: QLineEdit | QPlainTextEdit) -> str:
    """Return the text of a control with what an input method is composing where the cursor stands."""
    if isinstance(control, QLineEdit):
        text, place = control.text(), control.cursorPosition()
        return text[:place] + composing + text[place:]
    text, place = control.toPlainText(), control.textCursor().position()
    return text[:place] + composing + text[place:]

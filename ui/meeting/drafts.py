"""What is half typed in a row of fields, as text that can be kept and shown again."""

from __future__ import annotations

import json

from kc_desktop.domain.fields import Kind, Value
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from ui.widgets.editor import LineBasedEditor
from ui.widgets.editors import Editor, LinkEdit
from ui.widgets.text_editors import TextEdit


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


def default_of(editor: Editor) -> Value:
    """Return what a field of a new line holds at first."""
    field = editor.field
    if field.kind is Kind.CHOICE:
        return field.choices[0][0] if field.choices else ""
    if field.kind is Kind.FLAG:
        return False
    return "" if field.kind in (Kind.LINE, Kind.TEXT) else None


def typed_into(editor: Editor, composing: str) -> str:
    """Return what stands in a field as text: an id for a chosen link, "" for a default."""
    if isinstance(editor, LinkEdit):
        try:
            chosen = editor.value()
        except FieldError:
            return clean_line(editor.line.text() + composing)
        return f"#{chosen}" if chosen else composing
    if isinstance(editor, TextEdit):
        return editor.text.toPlainText() + composing if (editor.text.toPlainText() + composing).strip() else ""
    if isinstance(editor, LineBasedEditor):
        return editor.line.text() + composing
    return "" if editor.value() == default_of(editor) else str(editor.value())


def type_into(editor: Editor, typed: str) -> None:
    if isinstance(editor, LinkEdit) and typed.startswith("#") and typed[1:].isdecimal():
        editor.set_value(int(typed[1:]))
    elif isinstance(editor, LineBasedEditor):
        editor.line.setText(typed)
    elif editor.field.kind is Kind.FLAG:
        editor.set_value(typed == "True")
    else:
        editor.set_value(typed)

"""Keys that mean one thing in a field and another to the window around it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.meeting.person_edit import is_offer_of_new
from ui.widgets.suggestions import SuggestionLine


def is_undo_for_the_window(watched: QObject, event: QKeyEvent) -> bool:
    """Whether Ctrl+Z or Ctrl+Y finds nothing to turn back in this field, so that it means the last step saved.

    Text fields claim both keys even then, and the key would do nothing at all.
    """
    field = watched.document() if isinstance(watched, QPlainTextEdit) else watched
    if not isinstance(field, QTextDocument | QLineEdit):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not field.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not field.isRedoAvailable()


def takes_suggestion(line: SuggestionLine) -> bool:
    """Whether Tab takes a suggestion: never one that writes somebody new down."""
    shown = line.suggestions_shown()
    return bool(shown) and not is_offer_of_new(shown)

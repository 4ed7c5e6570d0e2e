"""Phrases of the office while typing: "/" and a few letters offer them, Enter or Tab puts the chosen one in.

The text is changed only by that key, and what an input method is composing is settled first: UniKey, EVKey and Telex
never find their letters moved away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidgetItem, QPlainTextEdit

from kc_desktop.services.naming import short
from kc_desktop.services.workspace import Workspace
from ui.widgets.suggestions import SuggestionBox

if TYPE_CHECKING:
    from kc_desktop.domain.council import Phrase

_ASKED = re.compile(r"(?:^|\s)/([^\s/][^/\n]{0,24})?$")
"""A slash that begins a word, and what follows it: not that of 13/4 or km/giờ."""
_MAX_PHRASES = 10
_NOTHING = "Chưa có câu mẫu nào: thêm ở Danh mục, Câu mẫu"


class PhrasePicker(QObject):
    """Watches one text; `settle` takes over what an input method is composing."""

    def __init__(self, workspace: Workspace, text: QPlainTextEdit, settle: Callable[[], None]) -> None:
        super().__init__(text)
        self._workspace = workspace
        self._text = text
        self._settle = settle
        self._composing = ""
        self._box: SuggestionBox | None = None
        self._phrases: dict[int, Phrase] = {}
        self._given_up = ""
        text.installEventFilter(self)
        text.textChanged.connect(self._on_text_changed)

    # --- public

    def labels(self) -> tuple[str, ...]:
        """Return the phrases on offer."""
        return self._box.labels() if self._box is not None else ()

    @Slot()
    def offer_all(self) -> None:
        """Offer every phrase at the cursor."""
        self._text.setFocus()
        self._offer(self._found(""), _NOTHING)

    def hide(self) -> None:
        """Take the offer away."""
        if self._box is not None:
            self._box.hide()

    # --- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that walk in the list, choose and close it, before anything else sees them."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowDeactivate, QEvent.Type.FocusOut):
            if watched is not self._text or event.type() == QEvent.Type.FocusOut:
                self.hide()
        elif watched is self._text and isinstance(event, QInputMethodEvent):
            self._composing = event.preeditString()
            self._look(self._composing)
        elif watched is self._text and isinstance(event, QKeyEvent) and _asks_for_all(event):
            if event.type() == QEvent.Type.KeyPress:
                self.offer_all()
            event.accept()
            return True
        elif watched is self._text and isinstance(event, QKeyEvent) and self.labels():
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            return event.type() == QEvent.Type.KeyPress and self._take_key(event)
        return super().eventFilter(watched, event)

    # --- slots

    @Slot()
    def _on_text_changed(self) -> None:
        self._look(self._composing)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        if self._box is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._box.setCurrentItem(item)
            self._put_in()

    # --- private

    def _asked(self, composing: str = "") -> re.Match[str] | None:
        cursor = self._text.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return _ASKED.search(before + composing)

    def _look(self, composing: str) -> None:
        """Offer what the letters after the slash may mean."""
        asked = self._asked(composing) if self._text.hasFocus() and not self._text.isReadOnly() else None
        if asked is None or asked[0] == self._given_up:
            self.hide()
            self._given_up = self._given_up if asked is not None else ""
            return
        found = self._found(asked[1] or "")
        if found:
            self._offer(found, _NOTHING)
        else:
            self.hide()

    def _found(self, typed: str) -> tuple[Phrase, ...]:
        from kc_desktop.services import meeting_plans  # nothing the window begins with needs it

        return meeting_plans.phrases(self._workspace, typed)

    def _offer(self, found: tuple[Phrase, ...], nothing: str) -> None:
        self._phrases = {each.id: each for each in found[:_MAX_PHRASES]}
        rows = tuple((each.id, f"{each.name}: {short(each.body)}") for each in self._phrases.values())
        self._list().show_rows(rows, nothing, self._text.viewport(), self._text.cursorRect())

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape:
            asked = self._asked(self._composing)
            self._given_up = asked[0] if asked is not None else ""
            self.hide()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            return self._put_in()
        return self._box is not None and self._box.walk(key)

    def _put_in(self) -> bool:
        """Put the phrase under the bar in the place of the slash and its letters."""
        item = self._box.currentItem() if self._box is not None else None
        phrase = self._phrases.get(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None
        self.hide()
        if phrase is None:
            return False
        self._settle()
        self._composing = ""
        asked = self._asked()
        cursor = self._text.textCursor()
        if asked is not None:
            slash = asked[0].index("/")
            length = len(asked[0]) - slash
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
        cursor.insertText(phrase.body)
        self._text.setTextCursor(cursor)
        self.hide()
        return True

    def _list(self) -> SuggestionBox:
        window = self._text.window()
        if self._box is None or self._box.parent() is not window:
            if self._box is not None:
                self._box.deleteLater()
            self._box = SuggestionBox(window)
            self._box.itemClicked.connect(self._on_item_clicked)
            window.installEventFilter(self)
        return self._box


def _asks_for_all(event: QKeyEvent) -> bool:
    """Ctrl+M, for "mẫu"."""
    is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_control and event.key() == Qt.Key.Key_M

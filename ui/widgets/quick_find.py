"""Tìm nhanh: one box that finds meetings, projects, people and the rest by a few letters, and opens what is picked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import describe_table
from kc_desktop.services.workspace import Workspace
from ui.widgets.suggestions import SuggestionLine

_SEARCHED = (
    ("meeting", "meetings"),
    ("project", "projects"),
    ("programme", "programmes"),
    ("person", "people"),
    ("establishment", "establishments"),
)
_EACH = 4
_PAUSE_MS = 120
"""Five lists are searched: wait for a pause in typing instead of searching at every key."""


class QuickFind(SuggestionLine):
    """Searches the lists people look things up in, a few rows of each."""

    recordChosen = Signal(str, object)
    """(list key, record id)"""
    left = Signal()
    """Esc: back to what was on show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace: Workspace | None = None
        self._found: list[tuple[str, int]] = []
        self._wanted = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self.setPlaceholderText("Tìm nhanh (Ctrl+K)")
        self.setAccessibleName("Tìm nhanh mọi cuộc họp, đề án, người, cơ sở")
        self.become_search_box()
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * 34))
        self.textNow.connect(self._on_text_now)
        self.chosen.connect(self._on_chosen)
        self._timer.timeout.connect(self.search_now)

    def search_in(self, workspace: Workspace | None) -> None:
        """Search another file from now on."""
        self._timer.stop()
        self._workspace = workspace
        self.clear()
        self.hide_suggestions()

    @Slot()
    def search_now(self) -> None:
        """Show what the text typed so far may mean."""
        typed = self._wanted.strip()
        if self._workspace is None or not typed:
            self.hide_suggestions()
            return
        self._found = []
        rows: list[tuple[int, str]] = []
        for table, key in _SEARCHED:
            singular = describe_table(table).singular
            for record_id, label in self._workspace.suggest(table, typed, _EACH):
                rows.append((len(self._found), f"{singular[:1].upper()}{singular[1:]}: {label}"))
                self._found.append((key, record_id))
        self.show_suggestions(tuple(rows), f"Không thấy gì có “{typed}”")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take away the list first, then the text and the cursor."""
        if event.key() == Qt.Key.Key_Escape and not self.suggestions_shown():
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list away with the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._timer.stop()
            self.hide_suggestions()

    @Slot(str)
    def _on_text_now(self, text: str) -> None:
        self._wanted = text
        self._timer.start()

    @Slot(int, str)
    def _on_chosen(self, place: int, _label: str) -> None:
        self.clear()
        self.recordChosen.emit(*self._found[place])

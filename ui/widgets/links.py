"""Words with links: text made safe for rich text, and a section of a form whose lines lead to other records."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.record_form import Section


def plain(text: str) -> str:
    """Return text that rich text shows as it is typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class LinksSection(Section):
    """Lines with links into lists."""

    wanted = Signal(str, object)
    """(list key, ListRequest): the record a link leads to."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.words.linkActivated.connect(self._on_link_activated)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.step(self, 2))
        box.addWidget(self.words)

    def link(self, key: str, record_id: int, words: str) -> str:
        """Return a link to a record of a list."""
        return f"<a href='{key}:{record_id}'>{plain(words)}</a>"

    @Slot(str)
    def _on_link_activated(self, link: str) -> None:
        key, _, record_id = link.partition(":")
        self.wanted.emit(key, ListRequest(filters=(("id", int(record_id)),)))

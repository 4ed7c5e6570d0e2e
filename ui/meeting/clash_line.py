"""A line that warns of other meetings at the same time, each a link that opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from kc_desktop.services import clashes
from kc_desktop.services.clashes import Clash
from kc_desktop.services.naming import short
from ui import theme
from ui.meeting.desk import Desk
from ui.widgets.links import plain

_MOST = 2
"""So many are told in full; of more only how many."""


class ClashLine(QLabel):
    """Hidden while nothing clashes with the meeting on the desk."""

    meetingWanted = Signal(object)
    """Open the meeting of this id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: tuple[Clash, ...] = ()
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        desk.renewed.connect(self._on_desk_renewed)
        self.linkActivated.connect(self._on_link_activated)

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting = self._desk.meeting
        is_over = meeting is None or meeting.state == "finalised"
        self.found = () if is_over else clashes.clashes(self._desk.workspace, self._desk.meeting_id)
        self.setVisible(bool(self.found))
        if not self.found:
            self.clear()
            return
        self._colour()
        told = [_sentence(each) for each in self.found[:_MOST]]
        if len(self.found) > _MOST:
            told.append(f"và {len(self.found) - _MOST} cuộc họp khác")
        self.setText("▲ " + " · ".join(told))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the look; links take their colour when the text is set."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._colour():
            words = self.text()
            self.clear()
            self.setText(words)

    def _colour(self) -> bool:
        """Write in the colour of what is late; False when it is written so already."""
        palette, colour = self.palette(), QColor(theme.colours().late)
        if palette.color(QPalette.ColorRole.WindowText) == colour:
            return False
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)
        return True

    @Slot(str)
    def _on_link_activated(self, link: str) -> None:
        self.meetingWanted.emit(int(link))


def _sentence(clash: Clash) -> str:
    meeting = clash.meeting
    hours = "–".join(each for each in (meeting.starts_at, meeting.ends_at) if each)
    name = short(meeting.title) + (f" ({hours})" if hours else "")
    words = clash.words
    return f"{plain(words[:1].upper() + words[1:])}: <a href='{meeting.id}'>{plain(name)}</a>"

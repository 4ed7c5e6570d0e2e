"""The parts only some meetings have: council, parties, attached files; each is made when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from kc_desktop.services import meetings
from kc_desktop.services.meetings import PartCounts
from ui import theme
from ui.icons import icon
from ui.meeting.desk import Desk

if TYPE_CHECKING:
    from ui.meeting.council import CouncilSection
    from ui.meeting.files import FilesSection
    from ui.meeting.parties import PartiesSection

COUNCIL, PARTIES, FILES = 5, 6, 7
TITLES = {COUNCIL: "Hội đồng", PARTIES: "Các bên", FILES: "Tệp"}
_ADDABLE = {COUNCIL: "Hội đồng: biểu quyết, chấm điểm", PARTIES: "Các bên cùng ký"}
_OF_KIND = {"tham_dinh": COUNCIL, "nghiem_thu": COUNCIL, "lam_viec": PARTIES}


class ExtraParts(QObject):
    """Puts the parts behind the usual five tabs and shows those a meeting of this kind has, or was given."""

    paperWanted = Signal(str)
    """Print this kind of paper."""
    writeBackWanted = Signal()
    """Write what the council decided to the projects."""
    composerMade = Signal(str, object)
    """A part was made with a composer of lines kept in this table."""

    def __init__(self, desk: Desk, tabs: QTabWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._tabs = tabs
        self._added: dict[int, set[int]] = {}
        self._sections: dict[int, QWidget] = {}
        self.counts = PartCounts()
        for place, title in TITLES.items():
            page = QWidget(tabs)
            box = QVBoxLayout(page)
            box.setContentsMargins(0, theme.step(parent, 2), 0, 0)
            tabs.addTab(page, title)
            tabs.setTabToolTip(place, f"{title} (Alt+{place + 1})")
            tabs.setTabVisible(place, False)
        self.add_button = QToolButton(tabs)
        self.add_button.setIcon(icon("add"))
        self.add_button.setAccessibleName("Thêm phần của cuộc họp")
        self.add_button.setToolTip("Thêm phần cho cuộc họp này: hội đồng, các bên cùng ký")
        self.add_button.setAutoRaise(True)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.add_button)
        self._actions = {place: menu.addAction(words) for place, words in _ADDABLE.items()}
        self.add_button.setMenu(menu)
        tabs.setCornerWidget(self.add_button)
        menu.triggered.connect(self._on_menu_triggered)
        tabs.currentChanged.connect(self._on_tabs_current_changed)
        desk.renewed.connect(self._on_desk_renewed)
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    # --- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Attach a file dropped anywhere on the meeting, and show the part it went to."""
        is_drop = event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop)
        if not (is_drop and isinstance(event, QDropEvent) and self.desk.meeting_id):
            return super().eventFilter(watched, event)
        if not self.files.list.takes(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._tabs.setCurrentIndex(FILES)
            self.files.list.paste(event.mimeData())
        return True

    # --- public

    @property
    def council(self) -> CouncilSection:
        """The council's part, made now if nobody looked at it yet."""
        from ui.meeting.council import CouncilSection

        section = self._section(COUNCIL)
        assert isinstance(section, CouncilSection)
        return section

    @property
    def parties(self) -> PartiesSection:
        """The parties' part."""
        from ui.meeting.parties import PartiesSection

        section = self._section(PARTIES)
        assert isinstance(section, PartiesSection)
        return section

    @property
    def files(self) -> FilesSection:
        """The attached files' part."""
        from ui.meeting.files import FilesSection

        section = self._section(FILES)
        assert isinstance(section, FilesSection)
        return section

    def focus(self, place: int) -> None:
        """Put the cursor where one begins in a part."""
        if place == COUNCIL:
            self.council.focus_first()
        elif place == PARTIES:
            self.parties.focus_first()
        else:
            self.files.focus_first()

    def steps(self) -> tuple[tuple[int, int, str], ...]:
        """Return what a meeting of this kind does besides the usual: (how much is done, the part, in words)."""
        meeting, counts = self.desk.meeting, self.counts
        place = _OF_KIND.get(meeting.kind) if meeting is not None else None
        if place == COUNCIL:
            return ((counts.items or counts.decisions, COUNCIL, "lấy ý kiến hội đồng"),)
        return ((counts.parties, PARTIES, "lập các bên"),) if place == PARTIES else ()

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting = self.desk.meeting
        self.counts = meetings.part_counts(self.desk.workspace, meeting.id) if meeting is not None else PartCounts()
        shown = self._added.get(meeting.id, set()) if meeting is not None else set()
        numbers = {
            COUNCIL: self.counts.items or self.counts.decisions,
            PARTIES: self.counts.parties,
            FILES: self.counts.files,
        }
        for place, title in TITLES.items():
            is_usual = meeting is not None and (place == FILES or _OF_KIND.get(meeting.kind) == place)
            is_there = meeting is not None and (is_usual or bool(numbers[place]) or place in shown)
            self._tabs.setTabVisible(place, is_there)
            self._tabs.setTabText(place, f"{title} {f'({numbers[place]})' if numbers[place] else ''}".rstrip())
            if place in self._actions:
                self._actions[place].setVisible(not is_there)
        self.add_button.setVisible(
            self.desk.is_editable and any(action.isVisible() for action in self._actions.values())
        )

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        place = next(place for place, each in self._actions.items() if each is action)
        self._added.setdefault(self.desk.meeting_id, set()).add(place)
        self._on_desk_renewed()
        self._tabs.setCurrentIndex(place)
        self.focus(place)

    @Slot(int)
    def _on_tabs_current_changed(self, place: int) -> None:
        if place in TITLES:
            self._section(place)

    # --- private

    def _section(self, place: int) -> QWidget:
        if place not in self._sections:
            page = self._tabs.widget(place)
            assert page is not None
            section = self._make(place, page)
            box = page.layout()
            assert box is not None
            box.addWidget(section)
            self._sections[place] = section
            if place == COUNCIL:
                self.composerMade.emit("vote_item", self.council.composer)
                self.composerMade.emit("council_decision", self.council.decisions.composer)
            elif place == PARTIES:
                self.composerMade.emit("meeting_party", self.parties.sheet.composer)
        return self._sections[place]

    def _make(self, place: int, page: QWidget) -> QWidget:
        if place == COUNCIL:
            from ui.meeting.council import CouncilSection

            council = CouncilSection(self.desk, page)
            council.paperWanted.connect(self.paperWanted)
            council.writeBackWanted.connect(self.writeBackWanted)
            return council
        if place == PARTIES:
            from ui.meeting.parties import PartiesSection

            return PartiesSection(self.desk, page)
        from ui.meeting.files import FilesSection

        return FilesSection(self.desk, page)

"""What the box Tìm nhanh finds is opened here: records, lines of minutes, pages of the guide, commands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ui.pages import is_list_of_year
from ui.tabs.base import Tab
from ui.widgets.quick_find import QuickFind

if TYPE_CHECKING:
    from kc_desktop.services.finding import Command, LinePlace, Recent
    from kc_desktop.services.workspace import Workspace
    from ui.jobs import Job
    from ui.main_window import MainWindow
    from ui.tabs.meetings import MeetingsTab

_REMEMBERED: Final = 20
"""More than are shown: some may be deleted meanwhile, and come back."""
_TABS_WITH_KEYS: Final = 5
_MINUTES, _OUTCOME = 3, 4
"""The parts of a meeting its lines stand in."""

Deed = Callable[[], object]
Offer = tuple[Deed, "Command"]


class Finding(QObject):
    """The box of the toolbar and what leads from it into the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box = QuickFind(window)
        self._window = window
        self._workspace: Workspace | None = None
        self._is_ready = False
        self._deeds: list[Deed] = []
        self._job: Job | None = None
        self._knows_papers = False
        self.box.begun.connect(self._on_begun)
        self.box.placeChosen.connect(self._on_place_chosen)
        self.box.allWanted.connect(self._on_all_wanted)
        window.pages.tabMade.connect(self._on_tab_made)
        for tab in window.pages.built():
            self._on_tab_made(tab)

    # public

    def search_in(self, workspace: Workspace | None) -> None:
        """Search another file from now on, None for none."""
        self._workspace, self._is_ready = workspace, False
        self.box.search_in(None)

    def remember(self, key: str, record_id: int) -> None:
        """Put a record at the head of what was opened last in this file."""
        if self._workspace is not None and record_id:
            opened = [(key, record_id), *(each for each in self._opened() if each != (key, record_id))]
            kept = (f"{list_key}:{each_id}" for list_key, each_id in opened[:_REMEMBERED])
            self._window.state.put(self._state_key(), ";".join(kept))

    # slots

    @Slot()
    def _on_begun(self) -> None:
        """Have everything ready that the first letter needs; the papers' names are read meanwhile, which takes long."""
        if self._workspace is None:
            return
        if not self._is_ready:
            from kc_desktop.services.finding import Finder

            self._is_ready = True
            self.box.search_in(Finder(self._workspace))
        if self._job is None:
            self._job = self._window.files.jobs().submit("Tên giấy tờ", _read_papers)
            self._job.succeeded.connect(self._on_papers_known)
        in_front = self._in_front()
        if in_front is not None:
            self.remember(*in_front)
        self._offer()

    @Slot(object)
    def _on_papers_known(self, _nothing: object) -> None:
        self._knows_papers = True
        if self._is_ready and self.box.hasFocus():
            self._offer()

    @Slot(object)
    def _on_tab_made(self, tab: Tab) -> None:
        tab.dataChanged.connect(self._on_data_changed)

    @Slot(object)
    def _on_data_changed(self, _tables: frozenset[str]) -> None:
        """What is worked on was opened, however it was come by."""
        changer = self.sender()
        current = changer.current_record() if isinstance(changer, Tab) else None
        if current is not None:
            self.remember(_list_of(current[0]), current[1])

    @Slot(object)
    def _on_place_chosen(self, place: object) -> None:
        from kc_desktop.services import finding

        match place:
            case finding.RecordPlace():
                self._open_record(place.key, place.id, place.years)
            case finding.LinePlace():
                self._open_record("meetings", place.meeting_id, place.years)
                self._show_line(place)
            case finding.GuidePlace():
                self._window.files.open_guide(place.page, place.anchor)
            case finding.CommandPlace():
                self._deeds[place.place]()

    @Slot(str, str)
    def _on_all_wanted(self, key: str, words: str) -> None:
        from kc_desktop.services.lists import ListRequest

        if self._window.year():
            self._window.choose_year(0)
        self._window.open_request(key, ListRequest(search=words))
        tab = self._window.pages.current()
        if tab is not None:
            tab.focus_list()

    # private

    def _open_record(self, key: str, record_id: int, years: tuple[int, int] | None) -> None:
        """Open a record, and a year it is of where the list shows another; all years where that year is not known."""
        window = self._window
        if years and window.year() and is_list_of_year(key) and not years[0] <= window.year() <= years[1]:
            window.choose_year(years[0])
            if window.year() != years[0]:
                window.choose_year(0)
        window.open_record(key, record_id)

    def _show_line(self, line: LinePlace) -> None:
        from ui.tabs.meetings import MeetingsTab

        tab = self._window.pages.current()
        if isinstance(tab, MeetingsTab) and tab.current_record() == ("meeting", line.meeting_id):
            _show_line_of(tab, line.table, line.id)

    def _in_front(self) -> tuple[str, int] | None:
        tab = self._window.pages.current()
        current = tab.current_record() if tab is not None else None
        return (_list_of(current[0]), current[1]) if current is not None else None

    def _opened(self) -> Recent:
        pairs = (each.rpartition(":") for each in self._window.state.text(self._state_key()).split(";"))
        return tuple((key, int(number)) for key, _, number in pairs if key and number.isdecimal())

    def _state_key(self) -> str:
        path = str(self._workspace.path) if self._workspace is not None else ""
        return f"finding/{hashlib.sha256(path.encode()).hexdigest()[:12]}"

    def _offer(self) -> None:
        in_front = self._in_front()
        self.box.offer(tuple(each for each in self._opened() if each != in_front), self._commands())

    # commands

    def _commands(self) -> tuple[Command, ...]:

        found: list[Command] = []
        self._deeds = []
        for deed, command in (*self._entries(), *self._of_the_list(), *self._tabs()):
            self._deeds.append(partial(self._window.status.tell, command.missing) if command.missing else deed)
            found.append(command)
        return tuple(found)

    def _entries(self) -> Iterator[Offer]:
        """Give what the menus offer; what is greyed out there says what it waits for."""
        reports = self._window.reports_menu()
        for action in self._window.menuBar().actions():
            menu = action.menu()
            if isinstance(menu, QMenu):
                if menu is not reports or self._knows_papers:
                    menu.aboutToShow.emit()  # some menus are filled when they are opened
                yield from self._entries_of(menu, _plain(menu.title()), "")

    def _entries_of(self, menu: QMenu, top: str, before: str) -> Iterator[Offer]:
        from kc_desktop.services.finding import Command
        from ui.missing import missing

        for action in menu.actions():
            inner = action.menu()
            name, _, hint = action.text().partition("\t")
            waits_for = "" if action.isEnabled() else missing(self._window, action)
            is_offered = action.isEnabled() or bool(waits_for)
            if action.isSeparator() or not is_offered or action is self._window.actions_.quick_find:
                continue
            if isinstance(inner, QMenu):
                inner.aboutToShow.emit()
                yield from self._entries_of(inner, top, f"{before}{_plain(inner.title())}: ")
            elif name and action.isVisible():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                command = Command(name=f"{before}{_plain(name)}", menu=top, keys=keys or hint, missing=waits_for)
                yield partial(_trigger, action), command

    def _of_the_list(self) -> Iterator[Offer]:
        """Give what has a key in the list in sight, but stands in no menu of the window."""
        from kc_desktop.services.finding import Command
        from ui.missing import list_in_sight, missing_list
        from ui.widgets.list_columns import CHOOSE_KEY
        from ui.widgets.list_filters import ROW_KEY

        panel = list_in_sight(self._window)
        waits_for = "" if panel is not None else missing_list()
        for name, keys, deed in (
            ("Hàng lọc", ROW_KEY, panel.filters.toggle_row if panel is not None else _nothing),
            ("Cột, nhóm…", CHOOSE_KEY, panel.columns.choose if panel is not None else _nothing),
        ):
            yield deed, Command(name=name, menu="Danh sách", keys=keys, missing=waits_for)

    def _tabs(self) -> Iterator[Offer]:
        from kc_desktop.services.finding import Command

        pages = self._window.pages
        for index in range(pages.count()):
            if index != pages.currentIndex():
                keys = f"Ctrl+{index + 1}" if index < _TABS_WITH_KEYS else ""
                yield partial(pages.go_to, index), Command(name=pages.tabText(index), menu="Thẻ", keys=keys)


def _read_papers(_job: Job) -> None:
    """Import what the menu Báo cáo needs, which takes a third of a second."""
    import kc_desktop.services.papers  # noqa: F401 - that it is there is all that is wanted


def _nothing() -> None:
    """Stand for a command that waits for something."""


def _plain(text: str) -> str:
    """Return the words of a menu or an action without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _trigger(action: QAction) -> None:
    import shiboken6

    if shiboken6.isValid(action) and action.isEnabled():
        action.trigger()


def _list_of(table: str) -> str:
    from kc_desktop.services.finding import list_of

    return list_of(table)


def _show_line_of(tab: MeetingsTab, table: str, line_id: int) -> None:
    """Bring a line of the meeting on show to the front, the cursor on it."""
    editor = tab.editor
    outcome = editor.outcome
    sheets = {"conclusion": outcome.conclusions, "task": outcome.tasks, "petition": outcome.petitions}
    sheet = sheets.get(table, editor.minutes)
    editor.show_part(_OUTCOME if table in sheets else _MINUTES)
    sheet.table.select_record(line_id)
    sheet.table.setFocus()

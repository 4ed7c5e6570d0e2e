"""A tab of several lists, one in front at a time, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.tabs.base import Tab, Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.switch import Switch

if TYPE_CHECKING:
    from kc_desktop.services.lists import ListRequest
    from kc_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """One list of a group: its key, the words of its button, and how its tab is made."""

    key: str
    title: str
    make: Callable[[Workspace, ViewState, QWidget], RecordTab]


class GroupTab(Tab):
    """Routes everything to the list in front."""

    def __init__(
        self, workspace: Workspace, state: ViewState, name: str, parts: tuple[Part, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, state, parent)
        self._name = name
        self._parts = parts
        self._tabs: dict[str, RecordTab] = {}
        self._year = 0
        step = theme.step(self)
        self._stack = QStackedWidget(self)
        self._switch = Switch(tuple((part.key, part.title) for part in parts), self, keys=True)
        row = QVBoxLayout()
        row.setContentsMargins(step * 3, step * 2, step * 3, 0)
        row.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._switch.chosen.connect(self._on_part_chosen)

    # the list in front

    def front(self) -> RecordTab:
        """Return the tab of the list in front, making it when needed."""
        tab = self._stack.currentWidget()
        return tab if isinstance(tab, RecordTab) else self.show_part(self._remembered())

    def show_part(self, key: str) -> RecordTab:
        """Bring a list to the front."""
        tab = self._tabs.get(key)
        if tab is None:
            part = next(each for each in self._parts if each.key == key)
            tab = part.make(self.workspace, self.state, self)
            self._tabs[key] = tab
            self._stack.addWidget(tab)
            tab.dataChanged.connect(self._on_part_changed)
            tab.statusMessage.connect(self.statusMessage)
            tab.countChanged.connect(self.countChanged)
            tab.undoOffered.connect(self.undoOffered)
            tab.requestPaper.connect(self.requestPaper)
            tab.requestOpen.connect(self.requestOpen)
            tab.verbsChanged.connect(self.verbsChanged)
            tab.set_year(self._year)
        self._stack.setCurrentWidget(tab)
        self._switch.set_current(key)
        self.setFocusProxy(tab)
        self.verbsChanged.emit()
        return tab

    # what the window asks

    def set_year(self, year: int) -> None:
        """Show a year in every list."""
        self._year = year
        for tab in self._tabs.values():
            tab.set_year(year)
        self.front()

    def refresh(self, tables: frozenset[str]) -> None:
        """Show what changed in every list."""
        for tab in self._tabs.values():
            tab.refresh(tables)

    def help_screen(self) -> str:
        """Return what the list in front says."""
        return self.front().help_screen()

    def list_keys(self) -> tuple[str, ...]:
        """Return the keys of the lists."""
        return tuple(part.key for part in self._parts)

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request in its list."""
        if key in self.list_keys():
            self.show_part(key).open_request(key, request)

    def open_record(self, key: str, record_id: int) -> None:
        """Show one record in its list."""
        if key in self.list_keys():
            self.show_part(key).open_record(key, record_id)

    def current_record(self) -> tuple[str, int] | None:
        """Return the record of the list in front."""
        return self.front().current_record()

    def is_dirty(self) -> bool:
        """Whether any list holds something unsaved."""
        return any(tab.is_dirty() for tab in self._tabs.values())

    def can(self, verb: Verb) -> bool:
        """Ask the list in front."""
        return self.front().can(verb)

    def new(self) -> None:
        """Start a new record in the list in front."""
        self.front().new()

    def edit(self) -> None:
        """Edit the record of the list in front."""
        self.front().edit()

    def save(self) -> bool:
        """Save every list."""
        for key, tab in self._tabs.items():
            if not tab.save():
                self.show_part(key)
                return False
        return True

    def cancel(self) -> None:
        """Give up what was typed in every list."""
        for tab in self._tabs.values():
            tab.cancel()

    def remove(self) -> None:
        """Delete the record of the list in front."""
        self.front().remove()

    def print_(self) -> None:
        """Offer the papers of the record in front."""
        self.front().print_()

    def reload(self) -> None:
        """Read the list in front again."""
        self.front().reload()

    def focus_list(self) -> None:
        """Go to the rows of the list in front."""
        self.front().focus_list()

    def focus_search(self) -> None:
        """Go to the search box of the list in front."""
        self.front().focus_search()

    def remember(self) -> None:
        """Keep the list in front and what each list keeps."""
        self.state.put(f"tabs/{self._name}/part", self.front().key)
        for tab in self._tabs.values():
            tab.remember()

    # slots

    @Slot(str)
    def _on_part_chosen(self, key: str) -> None:
        self.show_part(key)
        self.focus_list()

    @Slot(object)
    def _on_part_changed(self, tables: frozenset[str]) -> None:
        changer = self.sender()
        for tab in self._tabs.values():
            if tab is not changer:
                tab.refresh(tables)
        self.dataChanged.emit(tables)

    # private

    def _remembered(self) -> str:
        kept = self.state.text(f"tabs/{self._name}/part")
        return kept if kept in self.list_keys() else self._parts[0].key

"""What the main window asks of every tab, and what every tab may ask of the main window."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ui.view_state import ViewState

if TYPE_CHECKING:
    from kc_desktop.services.lists import ListRequest
    from kc_desktop.services.workspace import Workspace


class Verb(Enum):
    """What a user can do with the record of a tab: the verbs offices know."""

    NEW = "Thêm"
    EDIT = "Sửa"
    SAVE = "Lưu"
    CANCEL = "Hoãn"
    REMOVE = "Xóa"
    PRINT = "In"
    RELOAD = "Nạp"


class Tab(QWidget):
    """A page of the main window over an open data file: `Tab(workspace, state, parent)`.

    The window makes a tab when it is first shown, calls `set_year` and then `refresh`, and routes the verbs of its
    menu and toolbar to the tab in front. Every method here does nothing by default, so a tab overrides what it can.
    """

    dataChanged = Signal(object)
    """frozenset of table names this tab has just changed; the window refreshes the other tabs and the undo texts."""
    statusMessage = Signal(str)
    """A sentence for the status bar."""
    countChanged = Signal(str)
    """How many rows the list in front has, in words."""
    undoOffered = Signal(str)
    """A sentence for the status bar about something just done, shown with a button "Hoàn tác"."""
    requestPaper = Signal(str, object)
    """(kind of paper, record id): show it in the preview."""
    requestOpen = Signal(str, object)
    """(list key, ListRequest): show these rows in the tab they belong to."""
    requestRecord = Signal(str, object, object)
    """(list key, record id, its year or None): show this record in the tab it belongs to."""
    verbsChanged = Signal()
    """`can` may answer differently now."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.state = state

    def set_year(self, year: int) -> None:
        """Show the records of a year; 0 shows all years."""

    def refresh(self, tables: frozenset[str]) -> None:
        """Show what changed in these tables; an empty set means anything may have changed."""

    def help_screen(self) -> str:
        """Return the name of what is in front, as the guide knows it; "" for nothing but the tab itself."""
        return ""

    def list_keys(self) -> tuple[str, ...]:
        """Return the keys of `services.lists.LISTS` this tab can open rows of."""
        return ()

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request in the list of this key."""

    def open_record(self, key: str, record_id: int) -> None:
        """Show one record of the list of this key."""

    def current_record(self) -> tuple[str, int] | None:
        """Return the table and id of the record on show, None when there is none."""
        return None

    def is_dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return False

    def can(self, verb: Verb) -> bool:
        """Whether a verb makes sense now; the window greys out the others."""
        return verb is Verb.RELOAD

    def do(self, verb: Verb) -> None:
        """Do what a verb says, which `can` has allowed."""
        {
            Verb.NEW: self.new,
            Verb.EDIT: self.edit,
            Verb.SAVE: self.save,
            Verb.CANCEL: self.cancel,
            Verb.REMOVE: self.remove,
            Verb.PRINT: self.print_,
            Verb.RELOAD: self.reload,
        }[verb]()

    def new(self) -> None:
        """Start a new record."""

    def edit(self) -> None:
        """Let the record on show be edited."""

    def save(self) -> bool:
        """Save what was typed; True when nothing unsaved is left."""
        return True

    def cancel(self) -> None:
        """Give up what was typed and show the record as it is kept."""

    def remove(self) -> None:
        """Delete the record on show; undo brings it back, so nothing is asked."""

    def print_(self) -> None:
        """Offer the papers of the record on show."""

    def reload(self) -> None:
        """Read everything on show again."""
        self.refresh(frozenset())

    def focus_list(self) -> None:
        """Put the cursor into the rows, or into what is being edited."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the rows: keys that came to the page itself would be lost."""
        super().focusInEvent(event)
        self.focus_list()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""

    def remember(self) -> None:
        """Put columns, splitters and the record on show into `state`; called before the window closes."""

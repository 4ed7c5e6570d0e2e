"""What a search over everything is asked and what it answers: places, rows, groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kc_desktop.domain.matching import Marked
from kc_desktop.domain.text import Query
from kc_desktop.storage.finding import Candidate

EXACT, BEGINS, HOLDS, FITS = range(4)
"""How well a row fits: by its code or whole name, by its beginning, by the words side by side in its name, at all."""
OFF: Final = "command-off"
"""Where the commands stand that cannot be done now."""
OFF_RANK: Final = FITS + 1
"""They come after all that can, and alone lift no group."""
_NOTHING: Final = Marked(text="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlace:
    """A record in the list of a key; `years` are its first and last year, None where lists know no years."""

    key: str
    id: int
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlace:
    """A line of a meeting: what was said, concluded, asked, or is to be done."""

    meeting_id: int
    table: str
    id: int
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePlace:
    """A heading of a page of the guide, "" for its top."""

    page: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandPlace:
    """A command, by its place among those that were offered."""

    place: int


Place = RecordPlace | LinePlace | GuidePlace | CommandPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What the window can do: its name, its menu, its keys; `missing` is what it waits for, "" where it can be done."""

    name: str
    menu: str = ""
    keys: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row: what kind of thing it is, its title with what was found in it, what tells it from others, where it is.

    `aside` is short and stands beside the title: a command's menu and keys. `is_off` says that it cannot be done now.
    """

    kind: str
    title: Marked
    second: Marked = _NOTHING
    aside: str = ""
    place: Place
    is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of one kind; `total` is how many fit, None for more than were looked at.

    `list_key` is the list that can show all of them, "" for none. `rank` says how well its best row fits.
    """

    key: str
    title: str
    hits: tuple[Hit, ...]
    total: int | None
    list_key: str = ""
    rank: int = FITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for: the words as typed and as a query, what was opened last, and the window's commands."""

    typed: str
    query: Query
    recent: dict[tuple[str, int], int]
    commands: tuple[Command, ...] = ()

    @property
    def phrase(self) -> str:
        """The words without marks, one after the other."""
        return " ".join(self.query.folded_words)

    @property
    def letters(self) -> int:
        """How many letters and digits were typed."""
        return sum(map(len, self.query.folded_words))


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate of a group: the list or the table it is of, and the row."""

    where: str
    row: Candidate

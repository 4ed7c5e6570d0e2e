"""The headings between the rows of a grouped list: where they stand among the rows read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt

from kc_desktop.domain.money import format_vnd
from kc_desktop.services import list_groups
from kc_desktop.services.list_groups import Group
from kc_desktop.services.lists import ListRequest, Row
from kc_desktop.services.workspace import Workspace

HEADING_ROLE = Qt.ItemDataRole.UserRole + 7
"""The words of a heading, for every cell of its row; None for the row of a record."""
FOLDED_ROLE = Qt.ItemDataRole.UserRole + 8
"""Whether the rows under a heading are folded away."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among the rows of a list; it is no record, so its id is 0."""

    group: Group
    words: str
    is_folded: bool
    id: int = 0

    def sum_text(self, key: str) -> str:
        """Return what a column of money comes to, "" for a column that is not added up."""
        return format_vnd(self.group.sums[key]) if key in self.group.sums else ""


Item = Row | Heading


def is_folded(request: ListRequest, key: object) -> bool:
    """Whether the rows of a group stay away."""
    return key in request.folded if request.opened is None else key not in request.opened


def with_fold(request: ListRequest, key: object, folds: bool) -> ListRequest:
    """Return a request with the rows of one group folded away, or brought back."""
    name, isin = ("folded", folds) if request.opened is None else ("opened", not folds)
    others = tuple(each for each in (request.folded if request.opened is None else request.opened) if each != key)
    kept = (*others, key) if isin else others
    return replace(request, folded=kept) if name == "folded" else replace(request, opened=kept)


def first_groups(workspace: Workspace, key: str, request: ListRequest) -> tuple[Group, ...]:
    """Return the first groups of a request, as many as are read at a time."""
    return list_groups.groups(workspace, key, request, 0, list_groups.GROUPS_AT_A_TIME)


class Groups:
    """The groups of a request, read some hundred at a time.

    `has_more_headings` says that headings with no rows on show wait behind the last one: a list whose groups are all
    folded is scrolled through like any other.
    """

    def __init__(self, workspace: Workspace, key: str) -> None:
        self._workspace = workspace
        self._key = key
        self._request = ListRequest()
        self._groups: list[Group] = []
        self._has_more = False
        self._room = 0
        self.has_more_headings = False

    def read(self, request: ListRequest) -> None:
        """Read the first groups of a request."""
        self.take(request, first_groups(self._workspace, self._key, request))

    def take(self, request: ListRequest, found: Sequence[Group]) -> None:
        """Take over groups that were read elsewhere."""
        self._request = request
        self._groups = list(found)
        self._has_more = len(found) == list_groups.GROUPS_AT_A_TIME
        self._room = list_groups.GROUPS_AT_A_TIME

    def make_room(self) -> None:
        """Let so many more headings follow one another."""
        self._room += list_groups.GROUPS_AT_A_TIME

    def make_room_for_all(self) -> None:
        """Let all headings that are left follow one another, read at once."""
        self._read_all()
        self._room = len(self._groups)

    def arranged(self, rows: Sequence[Row], request: ListRequest, has_more: bool) -> list[Item]:
        """Return the rows read so far under their headings; the headings that follow while no more rows wait."""
        items: list[Item] = []
        taken = place = alone = 0
        self.has_more_headings = False
        while True:
            if place == len(self._groups) and not self._read_on():
                break
            if taken == len(rows) and has_more:
                break
            if alone == self._room:
                self.has_more_headings = True
                break
            group = self._groups[place]
            folds = is_folded(request, group.key)
            items.append(self._heading(group, folds))
            if not folds:
                items.extend(rows[taken : taken + group.rows])
                taken = min(taken + group.rows, len(rows))
            alone = alone + 1 if taken == len(rows) else 0
            place += 1
        return items

    def arranged_from_end(self, rows: Sequence[Row], request: ListRequest) -> list[Item]:
        """Return the last rows of a list under those of their headings that stand among them; more rows wait above."""
        self.make_room_for_all()  # once the beginning is reached, these headings still stand below
        self.has_more_headings = False
        items: list[Item] = []
        left = len(rows)
        for group in reversed(self._groups):
            folds = is_folded(request, group.key)
            if not folds:
                part = rows[max(0, left - group.rows) : left]
                items.extend(reversed(part))
                left -= len(part)
                if left == 0:
                    break
            items.append(self._heading(group, folds))
        return items[::-1]

    def _heading(self, group: Group, folds: bool) -> Heading:
        return Heading(group, list_groups.heading(self._key, self._request, group), folds)

    def _read_all(self) -> None:
        if self._has_more:
            self._groups.extend(list_groups.groups(self._workspace, self._key, self._request, len(self._groups), -1))
            self._has_more = False

    def _read_on(self) -> bool:
        if not self._has_more:
            return False
        more = list_groups.groups(
            self._workspace, self._key, self._request, len(self._groups), list_groups.GROUPS_AT_A_TIME
        )
        self._groups.extend(more)
        self._has_more = len(more) == list_groups.GROUPS_AT_A_TIME
        return bool(more)

"""The headings between the rows of a grouped list: where they stand among the rows read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


class Groups:
    """The groups of a request, read some hundred at a time, and which of them are folded."""

    def __init__(self, workspace: Workspace, key: str) -> None:
        self._workspace = workspace
        self._key = key
        self._request = ListRequest()
        self._groups: list[Group] = []
        self._has_more = False

    def read(self, request: ListRequest) -> None:
        """Read the first groups of a request."""
        self._request = request
        self._groups = list(list_groups.groups(self._workspace, self._key, request))
        self._has_more = len(self._groups) == list_groups.GROUPS_AT_A_TIME

    def keys(self) -> tuple[object, ...]:
        """Return the keys of the groups read so far."""
        return tuple(each.key for each in self._groups)

    def arranged(self, rows: Sequence[Row], folded: tuple[object, ...], has_more: bool) -> list[Item]:
        """Return the rows read so far under their headings; the headings that follow while no more rows wait."""
        items: list[Item] = []
        taken = place = 0
        while True:
            if place == len(self._groups) and not self._read_on():
                break
            if taken == len(rows) and has_more:
                break
            group = self._groups[place]
            is_folded = group.key in folded
            items.append(Heading(group, list_groups.heading(self._key, self._request, group), is_folded))
            if not is_folded:
                items.extend(rows[taken : taken + group.rows])
                taken = min(taken + group.rows, len(rows))
            place += 1
        return items

    def _read_on(self) -> bool:
        if not self._has_more:
            return False
        more = list_groups.groups(self._workspace, self._key, self._request, len(self._groups))
        self._groups.extend(more)
        self._has_more = len(more) == list_groups.GROUPS_AT_A_TIME
        return bool(more)

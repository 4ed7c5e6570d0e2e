"""The rows of a list read so far: its first ones, or its last; never the way between.

A list of a million records is scrolled from either end a page at a time. Reading the last page costs what the first
does; the rows between stay in the file.
"""

from __future__ import annotations

import dataclasses

from kc_desktop.services import lists
from kc_desktop.services.lists import ListRequest, Row
from kc_desktop.services.workspace import Workspace

PAGE_ROWS = 60


class ListWindow:
    """`rows` are those read, in the list's order; `has_more` says that more follow, away from the end they begin at."""

    def __init__(self, workspace: Workspace, key: str) -> None:
        self._workspace, self._key = workspace, key
        self.rows: list[Row] = []
        self.is_from_end = False
        self.has_more = False

    def begin(self, request: ListRequest, rows: int = PAGE_ROWS, *, from_end: bool = False) -> None:
        """Read so many rows from the beginning of the list, or from its end."""
        self.take(self._page(request, 0, rows, from_end), rows, from_end=from_end)

    def take(self, found: tuple[Row, ...], asked: int, *, from_end: bool = False) -> None:
        """Take rows over that were read elsewhere; so many were asked for."""
        self.rows, self.has_more = list(found), len(found) == asked
        self.is_from_end = from_end and self.has_more  # the whole list begins at its beginning

    def again(self, request: ListRequest) -> None:
        """Read as many rows as there are once more, from the same end."""
        self.begin(request, max(PAGE_ROWS, len(self.rows)), from_end=self.is_from_end)

    def more(self, request: ListRequest) -> None:
        """Read the next page: below the rows, or above them where they begin at the end."""
        found = self._page(request, len(self.rows), PAGE_ROWS, self.is_from_end)
        self.has_more = len(found) == PAGE_ROWS
        self.rows[:] = [*found, *self.rows] if self.is_from_end else [*self.rows, *found]

    def _page(self, request: ListRequest, offset: int, limit: int, from_end: bool) -> tuple[Row, ...]:
        asked = dataclasses.replace(request, offset=offset, limit=limit, from_end=from_end)
        return lists.page(self._workspace, self._key, asked)

"""Tìm nhanh: one search over everything a file holds, the window's commands and the guide, grouped and ranked.

`Finder.steps` does one group a step, each in a few milliseconds, so that the window can stop between any two when
another letter is typed. Protected data (numbers of persons and of accounts, tax codes that are personal) find nothing
and stand in no row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kc_desktop.domain.text import search_key
from kc_desktop.services.finding_sources import Source, sources
from kc_desktop.services.finding_words import Words, list_of
from kc_desktop.services.found import (
    BEGINS,
    EXACT,
    FITS,
    HOLDS,
    OFF,
    OFF_RANK,
    Asked,
    Command,
    CommandPlace,
    Group,
    GuidePlace,
    Hit,
    Item,
    LinePlace,
    Place,
    RecordPlace,
)
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.finding import MOST
from kc_desktop.storage.listing import query_of

__all__ = [
    "Command",
    "CommandPlace",
    "Finder",
    "Group",
    "GuidePlace",
    "Hit",
    "LinePlace",
    "Place",
    "Recent",
    "RecordPlace",
    "arranged",
    "list_of",
]

SHOWN: Final = 4
"""Rows of each group where many have some."""
SHOWN_ALONE: Final = 10
"""Rows of each group where only one or two have any."""
_FEW_GROUPS: Final = 2
_NAMED_LAST: Final = frozenset({"people", "collaborators"})
"""Lists whose rows are named by their last word first: a given name is the beginning of a name, too."""

Recent = tuple[tuple[str, int], ...]
"""What was opened last as (list key, id), the newest first."""


class Finder:
    """Searches an open file."""

    def __init__(self, workspace: Workspace) -> None:
        self._sources = sources(workspace)
        self._words = Words(workspace)

    def steps(
        self, typed: str, *, recent: Recent = (), commands: tuple[Command, ...] = (), only: str = ""
    ) -> Iterator[Group]:
        """Give one group a step, one without rows where nothing fits.

        `only` is the key of the one group wanted, which then has all its rows. Words without a letter or digit find
        nothing.
        """
        query = query_of(typed)
        if query is None:
            return
        order = {each: place for place, each in enumerate(recent)}
        asked = Asked(typed=typed, query=query, recent=order, commands=commands)
        for source in self._sources:
            if source.key == only or (not only and asked.letters >= source.fewest_letters):
                yield self._group(source, asked, MOST if only else SHOWN_ALONE)

    def recent(self, recent: Recent) -> Group:
        """Return what was opened last, as far as it is still there."""
        found = (hit for key, record_id in recent for hit in self._words.of_records(key, (record_id,), None))
        hits = tuple(hit for hit, _ in zip(found, range(SHOWN_ALONE), strict=False))
        return Group(key="recent", title="Mở gần đây", hits=hits, total=len(hits))

    def _group(self, source: Source, asked: Asked, shown: int) -> Group:
        items = source.find(asked)
        ranked = sorted((*_rank(item, asked), place) for place, item in enumerate(items))
        chosen = [items[place] for *_, place in ranked[:shown]]
        return Group(
            key=source.key,
            title=source.title,
            hits=self._words.of_items(source.key, chosen, asked),
            total=len(items) if len(items) < MOST else None,
            list_key=source.list_key,
            rank=max(ranked[0][0], source.best) if ranked else FITS,
        )


def arranged(groups: list[Group]) -> tuple[Group, ...]:
    """Return the groups that have rows, the one with the best row first, each with as many as there is room for."""
    found = sorted((each for each in groups if each.hits), key=lambda each: each.rank)
    if len(found) == 1:
        return tuple(found)
    shown = SHOWN_ALONE if len(found) <= _FEW_GROUPS else SHOWN
    return tuple(dataclasses.replace(each, hits=each.hits[:shown]) for each in found)


def _rank(item: Item, asked: Asked) -> tuple[int, int]:
    """Return how well a row fits, and within that when it was opened last."""
    order = asked.recent.get((item.where, item.row.id), len(asked.recent))
    return (OFF_RANK if item.where == OFF else _fit(item, asked.phrase)), order


def _fit(item: Item, phrase: str) -> int:
    row = item.row
    if phrase not in row.key:
        return FITS
    code, name = _folded(row.code), _folded(row.name)
    if phrase in (code, name):
        return EXACT
    if name.startswith(phrase) or code.startswith(phrase):
        return BEGINS
    if item.where in _NAMED_LAST and name.endswith(f" {phrase}"):
        return BEGINS
    return HOLDS if f" {phrase}" in name else FITS


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return search_key(text)

"""What an import is going to write: records staged row by row, checked as they will be kept, written as one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from kc_desktop.domain.fields import Field, Kind, Record, describe, describe_table
from kc_desktop.domain.funding import FundEntry
from kc_desktop.services import naming, validation
from kc_desktop.services.workspace import Workspace

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
"""What a row is: a record not known yet, one that is written otherwise, one as it is, one that cannot be kept."""

VERDICT_WORDS: Final = {NEW: "mới", CHANGED: "thay đổi", SAME: "không đổi", WRONG: "có lỗi"}

R = TypeVar("R", bound=Record)
Progress = Callable[[int, int], None]

_EVERY: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that gets another value, in words."""

    label: str
    before: str
    after: str


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one row is going to write; `main` is the record the row is about."""

    staged: list[Record] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    main: tuple[type[Any], int] | None = None
    is_new: bool = False

    @property
    def verdict(self) -> str:
        """New when its main record is, else changed when anything is written."""
        if self.is_new:
            return NEW
        return CHANGED if self.staged else SAME


_HELD_AGAINST_FILE: Final = frozenset({FundEntry})
"""Records that the rest of the file must allow, not only their own values."""


@cache
def _links(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((spec.name, spec.target) for spec in describe_table(table).fields if spec.kind is Kind.LINK)


class Plan:
    """The records an import is going to write. New ones have ids below 0 until they are written."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._records: dict[tuple[type[Any], int], Record] = {}
        self._next = 0
        self.row_of: dict[tuple[type[Any], int], str] = {}

    def stage(self, draft: Draft, kept: R | None, blank: R, values: Mapping[str, Any], *, is_main: bool = True) -> R:
        """Stage a record with values written over what is kept of it, and return it as it is going to be.

        An empty value never takes anything away. Raises FieldError for what cannot be kept.
        """
        base = kept if kept is not None else blank
        told = {name: value for name, value in values.items() if value not in ("", None)}
        if kept is None:
            self._next -= 1
            told["id"] = self._next
        clean = validation.checked(dataclasses.replace(base, **told))  # type: ignore[type-var]  # records are dataclasses
        if is_main:
            draft.main, draft.is_new = (type(clean), clean.id), kept is None
        if kept is None or clean != kept:
            draft.staged.append(clean)
        if kept is not None:
            draft.changes += self._differences(kept, clean)
        return clean

    def _differences(self, before: Record, after: Record) -> list[Change]:
        found = []
        for spec in describe(type(after)).fields:
            old, new = getattr(before, spec.name), getattr(after, spec.name)
            if old != new:
                found.append(
                    Change(label=spec.label, before=self._in_words(spec, old), after=self._in_words(spec, new))
                )
        return found

    def _in_words(self, spec: Field, value: Any) -> str:
        if spec.kind is Kind.LINK and isinstance(value, int) and value < 0:
            return "(bản ghi mới)"
        return naming.value_in_words(self._workspace.title_of, spec, value)

    def take(self, draft: Draft, row: str) -> None:
        """Take in what a row stages: nothing of it was wrong."""
        for each in draft.staged:
            self._records[type(each), each.id] = each
        if draft.main is not None:
            self.row_of.setdefault(draft.main, row)
        for known in draft.after:
            known()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self._records

    def write(self, label: str, progress: Progress) -> None:
        """Write everything as one step of the history. Raises KnownError; then, and when stopped, nothing is left."""
        ids: dict[tuple[str, int], int] = {}
        total = len(self._records)
        with self._workspace.change(label):
            for done, ((cls, record_id), record) in enumerate(self._records.items()):
                if done % _EVERY == 0:
                    progress(done, total)
                table = describe(cls).table
                linked = ((name, target, getattr(record, name) or 0) for name, target in _links(table))
                links = {name: ids[target, number] for name, target, number in linked if number < 0}
                links |= {"id": 0} if record_id < 0 else {}
                ready = dataclasses.replace(record, **links) if links else record  # type: ignore[type-var]  # as above
                is_plain = record_id < 0 and cls not in _HELD_AGAINST_FILE
                kept = self._workspace.insert_checked(ready) if is_plain else self._workspace.save(ready)
                ids[table, record_id] = kept.id
        progress(total, total)

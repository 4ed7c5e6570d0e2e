"""What an import is going to write: records staged row by row, checked as they will be kept, written as one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final, TypeVar

from kc_desktop.domain.fields import Field, Kind, Record, describe, describe_table
from kc_desktop.domain.funding import FundEntry
from kc_desktop.errors import KnownError
from kc_desktop.services import import_stages, naming, validation
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import records

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
"""What a row is: a record not known yet, one that is written otherwise, one as it is, one that cannot be kept."""

VERDICT_WORDS: Final = {NEW: "mới", CHANGED: "thay đổi", SAME: "không đổi", WRONG: "có lỗi"}

R = TypeVar("R", bound=Record)
Progress = import_stages.Progress

_EVERY: Final = 200
_AT_A_TIME: Final = 1_500
"""So many records are inserted at a time, between two words to whoever waits."""
_JUDGED_AT_A_TIME: Final = 50


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

    def stage(
        self, draft: Draft, kept: R | None, cls: type[R], values: Mapping[str, Any], *, is_main: bool = True
    ) -> R:
        """Stage a record with values written over what is kept of it, a new one where nothing is; return it.

        An empty value never takes anything away. Raises FieldError for what cannot be kept.
        """
        if kept is None:
            return self.stage_new(draft, self.new(cls, values), is_main=is_main)
        told = {
            name: value for name, value in values.items() if value not in ("", None) and value != getattr(kept, name)
        }
        clean = kept
        if told:
            clean = validation.checked(dataclasses.replace(kept, **told))  # type: ignore[type-var]  # records are dataclasses
        if is_main:
            draft.main, draft.is_new = (cls, clean.id), False
        if clean != kept:
            draft.staged.append(clean)
            draft.changes += self._differences(kept, clean)
        return clean

    def new(self, cls: type[R], values: Mapping[str, Any]) -> R:
        """Return a new record as it would be kept, not staged yet. Raises FieldError for what cannot be kept."""
        self._next -= 1
        return validation.checked_new(cls, self._next, values)

    def stage_new(self, draft: Draft, record: R, *, is_main: bool = True) -> R:
        """Stage what `new` has returned."""
        if is_main:
            draft.main, draft.is_new = (type(record), record.id), True
        draft.staged.append(record)
        return record

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

    def year(self) -> int:
        """Return the year all records with one are of; 0 where they are of several, or have none."""
        found = {getattr(each, "year", 0) for key, each in self._records.items() if key in self.row_of}
        return found.pop() if len(found) == 1 else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self._records

    def write(self, label: str, progress: Progress, workspace: Workspace | None = None) -> None:
        """Write everything as one step of the history. Raises KnownError; then, and when stopped, nothing is left.

        `workspace` is another opening of the same file, for a thread of its own.
        """
        workspace = workspace or self._workspace
        with workspace.held_in_memory(), workspace.change(label):
            self._write(workspace, _Told(progress, len(self._records)))

    def refusals(self, stages: import_stages.Stages) -> dict[Record, KnownError]:
        """Return the records that the limits refuse beside those staged before them, each with the reason.

        Asked record by record only where all of them together are refused. Whoever waits is told, and may end it.
        """
        told = stages.begin()
        if self._workspace.rehearse(lambda: self.write("Thử", told)) is None:
            return {}
        staged = tuple(self._records.values())
        told = stages.begin()

        def deeds() -> Iterator[Callable[[], object]]:
            for at, each in enumerate(staged):
                if at % _JUDGED_AT_A_TIME == 0:
                    told(at, len(staged))
                yield partial(self._workspace.save, _ready(each, {}))

        found = self._workspace.rehearse_each(deeds())
        return {each: error for each, error in zip(staged, found, strict=True) if error is not None}

    def _write(self, workspace: Workspace, told: _Told) -> None:
        """Write what is new and plain class by class, what others link to first, then the rest one by one."""
        plain: dict[type[Any], list[Record]] = {}
        rest: list[Record] = []
        for (cls, record_id), record in self._records.items():
            is_plain = record_id < 0 and cls not in _HELD_AGAINST_FILE
            (plain.setdefault(cls, []) if is_plain else rest).append(record)
        ids: dict[tuple[str, int], int] = {}
        with ThreadPoolExecutor(1) as pool:
            for cls in _linked_first(plain):
                table, first = describe(cls).table, workspace.next_id(cls)
                ids |= {(table, each.id): first + place for place, each in enumerate(plain[cls])}
                for part in _ahead(pool, partial(records.arriving, ids=ids), _parts(plain[cls])):
                    workspace.insert_checked(part)
                    told.more(len(part.rows))
        for each in rest:
            kept = workspace.save(_ready(each, ids))
            ids[describe(type(each)).table, each.id] = kept.id
            told.more(1)


class _Told:
    """Tells how far the writing is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        progress(0, total)

    def more(self, number: int) -> None:
        """So many more are written."""
        before, self._done = self._done, self._done + number
        if self._done == self._total or self._done // _EVERY > before // _EVERY:
            self._progress(self._done, self._total)


def _linked_first(classes: Iterable[type[Any]]) -> list[type[Any]]:
    """Return record classes in an order in which each comes after those it links to."""
    left = {describe(each).table: each for each in classes}
    ordered: list[type[Any]] = []
    while left:
        free = [table for table in left if not any(target in left and target != table for _, target in _links(table))]
        if not free:
            raise RecursionError(f"records link in a ring: {sorted(left)}")
        ordered += [left.pop(table) for table in free]
    return ordered


def _ahead(
    pool: Executor, prepare: Callable[[Sequence[Record]], records.Arriving], parts: Iterable[Sequence[Record]]
) -> Iterator[records.Arriving]:
    """Yield parts prepared; while SQLite writes one, which holds back no other thread, the next is being prepared."""
    ready: Future[records.Arriving] | None = None
    for part in parts:
        before, ready = ready, pool.submit(prepare, part)
        if before is not None:
            yield before.result()
    if ready is not None:
        yield ready.result()


def _parts(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for start in range(0, len(records), _AT_A_TIME):
        yield records[start : start + _AT_A_TIME]


def _ready(record: R, ids: Mapping[tuple[str, int], int]) -> R:
    """Return a staged record as it is saved: a new one without its id, its links leading to what is kept."""
    told = {name: ids.get((target, getattr(record, name)), getattr(record, name)) for name, target in _links_of(record)}
    return dataclasses.replace(record, id=max(record.id, 0), **told)  # type: ignore[type-var]  # as above


def _links_of(record: Record) -> tuple[tuple[str, str], ...]:
    return _links(describe(type(record)).table)

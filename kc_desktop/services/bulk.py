"""Many records changed or deleted alike: judged one by one as a form would be, then written as one step.

    found = bulk.judge_edit(workspace, Project, ids, "programme_id", 7)   # nothing is written: rehearsed, taken back
    bulk.write(workspace, found)                                           # the rows that may be, as one undo step

What is refused is said with its reason and left out knowingly; a failure nobody foresaw takes everything back. So does
a `progress` that raises: it is told (done, of how many) while judging and writing, and may end either.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from kc_desktop.domain.fields import Field, Kind, RecordType, Value, describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import naming
from kc_desktop.services.import_plans import CHANGED, SAME, WRONG, Change, Progress
from kc_desktop.services.validation import REGISTER_FIELDS
from kc_desktop.services.workspace import Workspace

MOST_EDITED: Final = 10_000
MOST_DELETED: Final = 5_000
"""So many records are changed, or deleted, in one step at most: no more than one undo takes back in a few seconds."""
MOST_SHOWN: Final = 300
"""So many records are shown as they stand while nothing is chosen yet."""

_EVERY: Final = 20
"""Who waits is told after so many records."""

_KINDS: Final = frozenset({Kind.CHOICE, Kind.LINK, Kind.DATE, Kind.FLAG, Kind.LINE, Kind.TEXT})
_IDENTITY: Final = frozenset(
    {"state", "code", "symbol", "number", "series", "parent_code", "successor_code", "source", "previous_id", "period"}
)
"""What tells one record from another, what steps change, and what money is counted by."""

_NOTHING: Final = frozenset({"fund_entry", "period_lock", "disclosure", "remuneration_list", "report_reminder"})
"""Tables that are only added to."""

_GOVERNED: Final = {
    "project": frozenset(
        {"requested_on", "appraised_on", "approved_on", "adjusted_on"}
        | {"necessity", "goals", "scale", "work_plan", "organisation", "effects"}
    ),
    "meeting": frozenset({"ended_on"}),
    "appointment": frozenset({"decided_on", "submitted_on"}),
}
"""Fields that steps write down, or that are each record's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """What is to become of one record, as `ui.widgets.verdict_table` shows it."""

    id: int
    name: str
    verdict: str
    reasons: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    readings: tuple[str, ...] = ()
    sheet: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A deed on many records as it would come out; `order` are the ids of those it may be done to, as it is done."""

    cls: type[Any]
    label: str
    rows: tuple[BulkRow, ...]
    order: tuple[int, ...]
    do: Callable[[Workspace, int], None]


def fields(cls: type[Any]) -> tuple[Field, ...]:
    """Return the fields of a record that may be set alike for many: none for what is only ever added to."""
    described = describe(cls)
    if described.table in _NOTHING:
        return ()
    if described.table == "paper":
        return tuple(each for each in described.fields if each.name in REGISTER_FIELDS and each.kind in _KINDS)
    never = _IDENTITY | _GOVERNED.get(described.table, frozenset())
    return tuple(each for each in described.fields if each.name not in never and _may_be_alike(each))


def _may_be_alike(field: Field) -> bool:
    return (
        field.kind in _KINDS
        and field.in_form
        and not (field.required or field.protected or field.check)
        and not field.name.endswith("_number")
    )


def refuse_too_many(number: int, most: int) -> None:
    """Refuse to change more records at once than can be looked over. Raises KnownError."""
    if number > most:
        raise KnownError(
            f"Đã chọn {format_vnd(number)} mục, mỗi lần nhiều nhất {format_vnd(most)} mục.",
            "Lọc hoặc chọn ít dòng hơn rồi làm lại.",
        )


# --- editing ----------------------------------------------------------------------------------------------------------


def judge_edit(
    workspace: Workspace,
    cls: type[Any],
    ids: Sequence[int],
    name: str,
    value: Value,
    *,
    progress: Progress | None = None,
) -> Judged:
    """Judge what setting a field of these records to a value would do; nothing is written.

    Raises KeyError for a field that is not of `fields`, KnownError for too many records.
    """
    field = next((each for each in fields(cls) if each.name == name), None)
    if field is None:
        raise KeyError(f"{describe(cls).table}.{name}")
    refuse_too_many(len(ids), MOST_EDITED)
    kept = workspace.many(cls, set(ids))
    there = [each for each in ids if each in kept]
    wanted = {each: dataclasses.replace(kept[each], **{name: value}) for each in there}
    after: dict[int, Any] = {}

    def do(writer: Workspace, record_id: int) -> None:
        record = writer.get(cls, record_id)
        after[record_id] = writer.save(dataclasses.replace(record, **{name: value}))

    differing = [each for each in there if wanted[each] != kept[each]]
    told = _Told(progress, len(differing) + len(there))
    order, refused = _rehearsed(workspace, differing, do, told)
    rows = []
    for each in there:
        told.one_more()
        title = naming.suggestion(workspace.title_of, kept[each])
        if each in refused:
            rows.append(BulkRow(id=each, name=title, verdict=WRONG, reasons=(str(refused[each]),)))
            continue
        new = after.get(each, kept[each])
        changes = _changes(workspace, field, kept[each], new)
        rows.append(BulkRow(id=each, name=title, verdict=CHANGED if changes else SAME, changes=changes))
    changing = {each.id for each in rows if each.verdict == CHANGED}
    order = tuple(each for each in order if each in changing)
    label = f"Sửa {_lower(field.label)} của {_several(len(order), describe(cls))}"
    return Judged(cls=cls, label=label, rows=tuple(rows), order=order, do=do)


def standing(workspace: Workspace, cls: type[Any], ids: Sequence[int], name: str) -> tuple[BulkRow, ...]:
    """Return what the first `MOST_SHOWN` of the records hold in a field now."""
    field = describe(cls).field(name)
    ids = ids[:MOST_SHOWN]
    kept = workspace.many(cls, set(ids))
    rows = []
    for each in (kept[record_id] for record_id in ids if record_id in kept):
        words = naming.value_in_words(workspace.title_of, field, getattr(each, name))
        now = f"Hiện nay: {words or 'trống'}"
        title = naming.suggestion(workspace.title_of, each)
        rows.append(BulkRow(id=each.id, name=title, verdict=SAME, readings=(now,)))
    return tuple(rows)


def _changes(workspace: Workspace, field: Field, before: Any, after: Any) -> tuple[Change, ...]:
    old, new = getattr(before, field.name), getattr(after, field.name)
    if old == new:
        return ()
    words = (naming.value_in_words(workspace.title_of, field, each) for each in (old, new))
    return (Change(label=field.label, before=next(words), after=next(words)),)


# --- deleting ---------------------------------------------------------------------------------------------------------


def judge_removal(
    workspace: Workspace, cls: type[Any], ids: Sequence[int], *, progress: Progress | None = None
) -> Judged:
    """Judge which of these records may be deleted; nothing is. Raises as `judge_edit` does."""
    refuse_too_many(len(ids), MOST_DELETED)
    kept = workspace.many(cls, set(ids))
    there = [each for each in ids if each in kept]

    def do(writer: Workspace, record_id: int) -> None:
        writer.delete(cls, record_id)

    told = _Told(progress, 2 * len(there))
    order, refused = _rehearsed(workspace, there, do, told)
    rows = []
    for each in there:
        told.one_more()
        title = naming.suggestion(workspace.title_of, kept[each])
        reasons = (_without_name(refused[each]),) if each in refused else ()
        rows.append(BulkRow(id=each, name=title, verdict=WRONG if reasons else CHANGED, reasons=reasons))
    label = f"Xóa {_several(len(order), describe(cls))}"
    return Judged(cls=cls, label=label, rows=tuple(rows), order=order, do=do)


def _without_name(error: KnownError) -> str:
    """Return why a record stays, without its name, which stands beside."""
    _refused, parted, why = error.message.partition(": ")
    return f"{why[:1].upper()}{why[1:]} {error.remedy}" if parted else str(error)


# --- both -------------------------------------------------------------------------------------------------------------


def write(workspace: Workspace, found: Judged, *, progress: Progress | None = None) -> int:
    """Do to the records that may be what was judged, as one step; return how many.

    `workspace` may be another opening of the same file, for a thread of its own. Raises KnownError for what is refused
    all the same; then nothing is written.
    """
    told = _Told(progress, len(found.order))
    with workspace.change(found.label):
        for each in found.order:
            told.one_more()
            found.do(workspace, each)
    return len(found.order)


def _rehearsed(
    workspace: Workspace, ids: Sequence[int], do: Callable[[Workspace, int], None], told: _Told
) -> tuple[tuple[int, ...], dict[int, KnownError]]:
    """Do it to one after the other and take all back: return the ids it may be done to together, and the refused."""

    def deeds() -> Iterator[Callable[[], None]]:
        for each in ids:
            told.one_more()
            yield partial(do, workspace, each)

    refusals = workspace.rehearse_each(deeds())
    refused = {each: error for each, error in zip(ids, refusals, strict=True) if error is not None}
    return tuple(each for each in ids if each not in refused), refused


class _Told:
    """Tells whoever waits how far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one_more(self) -> None:
        """The next record's turn has come; who waits may end it here."""
        if self._progress is not None and self._done % _EVERY == 0:
            self._progress(self._done, self._total)
        self._done += 1


def _several(number: int, described: RecordType) -> str:
    return f"{format_vnd(number)} {described.singular}"


def _lower(label: str) -> str:
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"

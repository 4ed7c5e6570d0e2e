"""What became of records: the life of one, and the recycle bin of those that were deleted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kc_desktop.domain.fields import RecordType, Value, describe_table
from kc_desktop.services import naming
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import records, recycle_bin
from kc_desktop.storage.history import ChangeRow
from kc_desktop.storage.recycle_bin import DeletedRecord

__all__ = ["DeletedRecord", "HistoryLine", "deleted", "life", "restore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One step in a record's life; `fields` are (label, before, after) in words."""

    at: datetime
    who: str
    pc: str
    label: str
    fields: tuple[tuple[str, str, str], ...]


def life(workspace: Workspace, table: str, record_id: int) -> tuple[HistoryLine, ...]:
    """Return a record's life, newest first, each step with the fields it changed in words."""
    described = describe_table(table)
    with workspace.reading() as connection:
        steps = recycle_bin.steps_of(connection, table, record_id)
    return tuple(
        HistoryLine(
            at=datetime.fromisoformat(step.change.at),
            who=step.change.who,
            pc=step.change.pc,
            label={"undo": "Hoàn tác: ", "redo": "Làm lại: "}.get(step.change.kind, "") + step.change.label,
            fields=tuple(_differences(workspace, described, step.row)),
        )
        for step in steps
    )


def _differences(workspace: Workspace, described: RecordType, row: ChangeRow) -> Iterator[tuple[str, str, str]]:
    before, after = row.before or {}, row.after or {}
    for spec in described.fields:
        kept = before.get(spec.name), after.get(spec.name)
        old, new = (_in_words(workspace, described, spec.name, each) for each in kept)
        if spec.is_told and kept[0] != kept[1] and (old or new):  # a hidden value reads the same before and after
            yield spec.label, old, new


def _in_words(workspace: Workspace, described: RecordType, name: str, stored: Any) -> str:
    spec = described.field(name)
    value: Value = records.from_column(spec.kind, stored)
    return naming.value_in_words(workspace.title_of, spec, value)


def deleted(workspace: Workspace) -> tuple[DeletedRecord, ...]:
    """Return the recycle bin: what was deleted and is still gone, newest first."""
    with workspace.reading() as connection:
        found = recycle_bin.deleted(connection)
    return tuple(
        dataclasses.replace(
            each,
            title=naming.title_of_stored(workspace.title_of, each.table, each.row),
            singular=describe_table(each.table).singular,
        )
        for each in found
    )


def restore(workspace: Workspace, item: DeletedRecord) -> None:
    """Bring a deleted record back with the parts that were deleted with it; one step of the history."""
    label = f"Khôi phục {item.singular} {item.title}"
    with workspace.change(label, is_restoring=True), workspace.reading() as connection:
        recycle_bin.restore(connection, item)

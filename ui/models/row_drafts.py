"""What is changed and not saved in a small table, as text: only the changes, so that rows saved since stay theirs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kc_desktop.domain.fields import Field, Kind, Value, describe
from ui.drafts import may_be_kept
from ui.models.small_rows import Line

_READ: dict[Kind, Callable[[str], Value]] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DECIMAL: Decimal,
}


def draft_of(cls: type[Any], kept: Sequence[Any], lines: Sequence[Line]) -> str:
    """Write the rows as they differ from those kept, "" where they do not."""
    before = {each.id: each for each in kept}
    rows = [_row(cls, before.get(line.record.id), line) for line in lines]
    ids = [line.record.id for line in lines]
    gone = [each for each in before if each not in ids]
    if not gone and ids == list(before) and not any(each.keys() - {"id"} for each in rows):
        return ""
    return json.dumps({"rows": rows, "gone": gone}, ensure_ascii=False)


def lines_of(cls: type[Any], kept: Sequence[Any], draft: str) -> list[Line]:
    """Lay the changes of a draft over the rows as they are kept by now. Raises ValueError, KeyError, TypeError."""
    fields = {each.name: each for each in describe(cls).fields}
    read = json.loads(draft)
    rest = {each.id: each for each in kept}
    lines: list[Line] = []
    for row in read["rows"]:
        found = rest.pop(row["id"], None)
        if found is None and row["id"]:
            continue  # deleted since
        values = {name: _value(fields[name], each) for name, each in row.get("values", {}).items() if name in fields}
        record = dataclasses.replace(found, **values) if found is not None else cls(**values)
        lines.append(Line(record, {name: (text, said) for name, (text, said) in row.get("unread", {}).items()}))
    return [*lines, *(Line(each) for each in rest.values() if each.id not in read["gone"])]


def _row(cls: type[Any], before: Any, line: Line) -> dict[str, Any]:
    blank = before if before is not None else cls()
    row: dict[str, Any] = {"id": line.record.id}
    values = {
        each.name: _text(getattr(line.record, each.name))
        for each in describe(cls).fields
        if may_be_kept(each) and getattr(line.record, each.name) != getattr(blank, each.name)
    }
    unread = {name: list(each) for name, each in line.unread.items() if may_be_kept(describe(cls).field(name))}
    return row | ({"values": values} if values else {}) | ({"unread": unread} if unread else {})


def _text(value: Value) -> str | int | bool | None:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _value(field: Field, kept: str | int | bool | None) -> Value:
    read = _READ.get(field.kind)
    return read(kept) if read is not None and isinstance(kept, str) else kept

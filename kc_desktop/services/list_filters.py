"""Filters of a list: what may be filtered, what a column holds to tick, conditions and other filters in words."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.domain.conditions import CHOSEN, Condition, choices_of, operators_for
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Kind, describe
from kc_desktop.domain.programme import CONTENTS, SOURCES
from kc_desktop.domain.text import marked_key, part_pattern
from kc_desktop.domain.typed_conditions import EMPTY_WORDS, condition_words, parse, typed_text
from kc_desktop.services import lists
from kc_desktop.services.lists import Column, ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import column_conditions

__all__ = [
    "MOST_TICKS",
    "Tick",
    "Ticks",
    "can_tick",
    "filter_words",
    "may_filter",
    "narrowed",
    "parse",
    "said",
    "sound",
    "ticks",
    "typed_text",
]

MOST_TICKS: Final = 500
"""So many values are offered to tick; of more, those that hold what is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A value a column holds, in words, and how many rows hold it."""

    value: str | int
    words: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """What a column holds among the rows the other conditions leave."""

    values: tuple[Tick, ...]
    has_more: bool
    is_partly_counted: bool
    """The list is so long that only its first rows were counted."""


def may_filter(column: Column) -> bool:
    """Whether a column can be filtered: what is masked cannot, or the rows left would tell what it holds."""
    return not column.is_masked


def can_tick(column: Column) -> bool:
    """Whether the values of a column are offered to tick."""
    return may_filter(column) and column.kind in (*CHOSEN, Kind.LINE)


def ticks(workspace: Workspace, key: str, request: ListRequest, column: Column, typed: str = "") -> Ticks:
    """Return what a column holds among the rows its own condition aside; typed words leave what contains them."""
    others = tuple(each for each in request.conditions if each.column != column.key)
    asked = lists.dated(dataclasses.replace(request, conditions=others), date.today())
    with workspace.reading() as connection:
        among = lists.listing_of(key, asked)
        of_text = "" if column.kind in CHOSEN else typed
        found = column_conditions.values_of(connection, among, asked, column.key, MOST_TICKS + 1, of_text)
    if column.kind not in CHOSEN:
        values = [Tick(value=held, words=str(held) or EMPTY_WORDS, rows=rows) for held, rows in found[:MOST_TICKS]]
    else:
        values = _chosen(column, dict(found), typed)
    return Ticks(
        values=tuple(values),
        has_more=len(found) > MOST_TICKS,
        is_partly_counted=sum(rows for _, rows in found) >= column_conditions.COUNTED_ROWS,
    )


def narrowed(found: Ticks, typed: str) -> Ticks:
    """Return the values among all of a column's that contain typed words, the file left alone."""
    pattern = part_pattern(typed)
    return dataclasses.replace(
        found, values=tuple(each for each in found.values if pattern.search(marked_key(each.words)))
    )


def _chosen(column: Column, rows: dict[str | int, int], typed: str) -> list[Tick]:
    pattern = part_pattern(typed)
    coded = [(int(code) if column.kind is Kind.FLAG else code, words) for code, words in choices_of(column)]
    unknown = [(held, str(held)) for held in rows if held not in dict(coded)]
    found = [
        Tick(value=code, words=words or EMPTY_WORDS, rows=rows.get(code, 0))
        for code, words in (*coded, *unknown)
        if pattern.search(marked_key(words or EMPTY_WORDS))
    ]
    return sorted(found, key=lambda each: not each.rows)  # what no row holds stands last


def said(key: str, request: ListRequest, today: date) -> tuple[str, ...]:
    """Return the conditions of a request in words, one for each."""
    columns = {each.key: each for each in lists.columns_of(key, request)}
    return tuple(
        condition_words(each, columns[each.column], today, request.year)
        for each in request.conditions
        if each.column in columns
    )


def sound(condition: Condition, columns: tuple[Column, ...]) -> bool:
    """Whether a condition can be asked of one of these columns."""
    column = next((each for each in columns if each.key == condition.column), None)
    return column is not None and may_filter(column) and condition.operator in operators_for(column.kind)


_FLAG_WORDS: Final = {
    "approved_in": "Có số được duyệt cho năm",
    "disbursed": "Đã có giải ngân",
    "without_programme": "Chưa phân cho chương trình",
    "without_project": "Chưa phân cho đề án",
    "without_commune": "Chưa ghi địa bàn",
}
_DAY_WORDS: Final = {
    "expiring": "Hết hạn trong 30 ngày",
    "uncovered_on": "Chưa có cộng tác viên",
}
_CODE_WORDS: Final = {
    "source": ("Nguồn", SOURCES),
    "content": ("Nội dung", CONTENTS),
    "content_or_programmes": ("Nội dung", CONTENTS),
}
_MONTH_WORDS: Final = {"month": "Tháng", "until_month": "Đến hết tháng"}


def filter_words(workspace: Workspace, key: str, name: str, value: object) -> str:
    """Say in words what a filter of a list leaves on show: "Loại: Tạm ứng, Thanh toán", "Tháng 06/2023"."""
    if name in _FLAG_WORDS:
        return _FLAG_WORDS[name]
    if name in _DAY_WORDS:
        with contextlib.suppress(ValueError):
            return f"{_DAY_WORDS[name]} (từ {format_date(date.fromisoformat(str(value)))})"
        return _DAY_WORDS[name]
    if name in _MONTH_WORDS:
        year, _, month = str(value).partition("-")
        return f"{_MONTH_WORDS[name]} {month}/{year}"
    described = describe(lists.LISTS[key].cls)
    if name == "commune_id" and isinstance(value, tuple):
        places = (workspace.title_of("admin_unit", each) for each in value if isinstance(each, int))
        return f"Địa bàn: {', '.join(places)}"
    spec = next((each for each in described.fields if each.name == name), None)
    if name == "commune_id" and isinstance(value, int):
        return f"Địa bàn: {workspace.title_of('admin_unit', value)}"
    if name == "id" and isinstance(value, tuple):
        return f"{len(value)} dòng đã chọn"
    if name == "id" and isinstance(value, int):
        return workspace.title_of(described.table, value)
    if spec is not None and spec.kind is Kind.LINK and isinstance(value, int):
        return f"{spec.label}: {workspace.title_of(spec.target, value)}"
    label, choices = (spec.label, spec.choices) if spec is not None else _CODE_WORDS.get(name, ("", ()))
    if not label:
        return "Đang lọc"
    codes = value if isinstance(value, tuple) else (value,)
    return f"{label}: {', '.join(dict(choices).get(str(code), str(code)) for code in codes)}"

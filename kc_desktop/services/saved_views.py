"""Saved views of lists: search, filters, order, groups and columns under a name, kept in the data file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeGuard

from kc_desktop.domain.conditions import DAYS, NUMBERS, Condition, Operator, is_period
from kc_desktop.domain.fields import Kind, Value
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.errors import FieldError
from kc_desktop.services import list_filters, lists
from kc_desktop.services.lists import Column, ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.listings import LISTINGS

LONGEST_NAME: Final = 60
MOST_VIEWS: Final = 30
_MOST_DIGITS: Final = 30
_NARROWEST: Final = 10
_WIDEST: Final = 5_000
"""Tenths of a figure's width; no column is drawn narrower or wider."""
_ROUNDED: Final = 3
"""Tenths of a figure's width that a column may change by on another screen."""
ALL_ROWS: Final = "Tất cả"
"""What the list is called without a view; no view may take the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """One way to look at a list. The year is not part of it; `columns` are those on show in order, () for any.

    `widths` are as wide as their columns were drawn, in tenths of a figure's width; () where they fit the room.
    """

    name: str
    request: ListRequest
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedViews:
    """The views of a list, in order, and what of them could not be read, in words."""

    views: tuple[SavedView, ...] = ()
    left_out: tuple[str, ...] = ()


def views_of(workspace: Workspace, key: str) -> SavedViews:
    """Return the views of a list; of one that is damaged or names what is no longer there, all the rest."""
    kept = workspace.setting(lists.views_setting(key))
    return _read(key, kept) if kept else SavedViews()


def save(workspace: Workspace, key: str, view: SavedView) -> str:
    """Keep a view under a name of its own, behind the others; return the name.

    Raises FieldError for a name that is empty, too long or taken, KnownError where the file cannot be written.
    """
    views = views_of(workspace, key).views
    name = _checked(view.name, views)
    if len(views) >= MOST_VIEWS:
        raise FieldError("name", f"Danh sách đã có {MOST_VIEWS} cách xem.", "Xóa bớt cách xem không dùng nữa.")
    _write(workspace, key, (*views, replace(view, name=name)), f"Lưu cách xem “{name}”")
    return name


def is_same(one: SavedView, other: SavedView) -> bool:
    """Whether two views show the same; widths differ by more than rounding, the last fills the room anyway."""
    if replace(one, widths=()) != replace(other, widths=()) or len(one.widths) != len(other.widths):
        return False
    return all(abs(a - b) <= _ROUNDED for a, b in list(zip(one.widths, other.widths, strict=True))[:-1])


def update(workspace: Workspace, key: str, view: SavedView) -> None:
    """Let a view of this name show what it says from now on. Raises KnownError where the file cannot be written."""
    views = tuple(view if each.name == view.name else each for each in views_of(workspace, key).views)
    _write(workspace, key, views, f"Cập nhật cách xem “{view.name}”")


def rename(workspace: Workspace, key: str, name: str, to: str) -> str:
    """Give a view another name and return it. Raises FieldError as `save` does."""
    views = views_of(workspace, key).views
    new = _checked(to, tuple(each for each in views if each.name != name))
    renamed = tuple(replace(each, name=new) if each.name == name else each for each in views)
    _write(workspace, key, renamed, f"Đổi tên cách xem “{name}” thành “{new}”")
    return new


def delete(workspace: Workspace, key: str, name: str) -> None:
    """Take a view away; undo brings it back."""
    kept = tuple(each for each in views_of(workspace, key).views if each.name != name)
    _write(workspace, key, kept, f"Xóa cách xem “{name}”")


def move(workspace: Workspace, key: str, name: str, places: int) -> None:
    """Move a view so many places to the right, to the left for less than 0; not beyond the ends."""
    views = list(views_of(workspace, key).views)
    place = next(each for each, view in enumerate(views) if view.name == name)
    view = views.pop(place)
    views.insert(min(max(place + places, 0), len(views)), view)
    _write(workspace, key, tuple(views), f"Xếp lại cách xem “{name}”")


def _checked(name: str, others: Iterable[SavedView]) -> str:
    name = clean_line(name)
    if not name:
        raise FieldError("name", "Cách xem chưa có tên.", "Đặt một tên ngắn, ví dụ “Chờ nghiệm thu quý này”.")
    if len(name) > LONGEST_NAME:
        raise FieldError("name", "Tên cách xem quá dài.", f"Đặt tên không quá {LONGEST_NAME} chữ.")
    if search_key(name) in {search_key(each) for each in (ALL_ROWS, *(view.name for view in others))}:
        raise FieldError("name", f"Danh sách đã có cách xem “{name}”.", "Đặt tên khác.")
    return name


# --- writing ----------------------------------------------------------------------------------------------------------


def _write(workspace: Workspace, key: str, views: Sequence[SavedView], label: str) -> None:
    kept = json.dumps([_written(each) for each in views], separators=(",", ":")) if views else ""
    workspace.set_setting(lists.views_setting(key), kept, f"{label} của danh sách {lists.title_of(key)}")


def _written(view: SavedView) -> dict[str, Any]:
    asked = view.request
    return {
        "name": view.name,
        "search": asked.search,
        "filters": [[name, list(value) if isinstance(value, tuple) else value] for name, value in asked.filters],
        "conditions": [
            {"column": each.column, "operator": each.operator.value, "values": [_kept(value) for value in each.values]}
            for each in asked.conditions
        ],
        "sort": asked.sort,
        "descending": asked.descending,
        "group": asked.group,
        "columns": list(view.columns),
        "widths": list(view.widths),
    }


def _kept(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


# --- reading ----------------------------------------------------------------------------------------------------------


def _read(key: str, kept: str) -> SavedViews:
    try:
        found = json.loads(kept)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        return SavedViews(left_out=(f"Các cách xem đã lưu của danh sách {lists.title_of(key)} không đọc được.",))
    columns = {each.key: each for each in (*lists.LISTS[key].columns, *lists.more_columns(key))}
    left_out: list[str] = []
    views: list[SavedView] = []
    for each in found:
        named = each.get("name") if isinstance(each, dict) else None
        name = clean_line(named)[:LONGEST_NAME] if isinstance(named, str) else ""
        if not name or any(view.name == name for view in views):
            left_out.append("Một cách xem không đọc được nên không hiện.")
            continue
        lost: list[str] = []
        views.append(_view(key, name, each, columns, lost.append))
        left_out += (f"Cách xem “{name}” {words}" for words in lost)
    return SavedViews(views=tuple(views), left_out=tuple(left_out))


def _view(
    key: str, name: str, kept: dict[str, Any], columns: dict[str, Column], tell: Callable[[str], None]
) -> SavedView:
    """Return a view of all that still makes sense, and tell what does not."""
    conditions: list[Condition] = []
    for each in _listed(kept.get("conditions")):
        condition = _condition(each, columns)
        if condition is None or any(other.column == condition.column for other in conditions):
            tell("bỏ một điều kiện lọc: cột không còn hoặc đã đổi.")
        else:
            conditions.append(condition)
    filters = [_filter(key, each) for each in _listed(kept.get("filters"))]
    if None in filters:
        tell("bỏ một điều kiện lọc không còn dùng.")
    shown = [each for each in _listed(kept.get("columns")) if isinstance(each, str)]
    sort, group = kept.get("sort"), kept.get("group")
    if any(each not in columns for each in shown) or any(
        each and not _is_known(each, columns) for each in (sort, group)
    ):
        tell("bỏ cột không còn trong danh sách.")
    request = ListRequest(
        search=clean_line(str(kept.get("search") or "")),
        sort=sort if _is_known(sort, columns) else "",
        descending=_is_known(sort, columns) and kept.get("descending") is True,
        group=group if _is_known(group, columns) else "",
        filters=tuple(each for each in filters if each is not None),
        conditions=tuple(conditions),
    )
    known = tuple(dict.fromkeys(each for each in shown if each in columns))
    widths = [each for each in _listed(kept.get("widths")) if type(each) is int and _NARROWEST <= each <= _WIDEST]
    return SavedView(
        name=name, request=request, columns=known, widths=tuple(widths) if len(widths) == len(known) else ()
    )


def _listed(kept: object) -> list[Any]:
    return kept if isinstance(kept, list) else []


def _is_known(key: object, columns: dict[str, Column]) -> TypeGuard[str]:
    return isinstance(key, str) and key in columns


def _filter(key: str, kept: Any) -> tuple[str, object] | None:
    if not (isinstance(kept, list) and len(kept) == 2 and isinstance(kept[0], str)):
        return None
    name, value = kept
    wanted = value if isinstance(value, list) else [value]
    if name not in LISTINGS[key].filters or not wanted or not all(map(_can_be_held, wanted)):
        return None
    if isinstance(value, list) and not LISTINGS[key].takes_several(name):
        return None
    return name, tuple(value) if isinstance(value, list) else value


def _can_be_held(kept: object) -> TypeGuard[str | int]:
    """Whether SQLite can hold a code, words or a whole number against a column."""
    return isinstance(kept, str) or (isinstance(kept, int) and -(2**63) <= kept < 2**63)


_HOW_MANY: Final = {Operator.EMPTY: 0, Operator.FILLED: 0, Operator.BETWEEN: 2}


def _condition(kept: Any, columns: dict[str, Column]) -> Condition | None:
    if not isinstance(kept, dict) or not _is_known(kept.get("column"), columns):
        return None
    column = columns[kept["column"]]
    try:
        operator = Operator(str(kept.get("operator")))
        values = tuple(_value(each, operator, column.kind) for each in _listed(kept.get("values")))
    except (ValueError, InvalidOperation):
        return None
    condition = Condition(column=column.key, operator=operator, values=values)
    is_whole = bool(values) if operator is Operator.ANY_OF else len(values) == _HOW_MANY.get(operator, 1)
    return condition if is_whole and list_filters.sound(condition, (column,)) else None


def _value(kept: object, operator: Operator, kind: Kind) -> Value:
    """Return a value as it was. Raises ValueError or InvalidOperation for one that does not fit the column."""
    if operator is Operator.PERIOD:
        if not (isinstance(kept, str) and is_period(kept)):
            raise ValueError(kept)
        return kept
    if operator is Operator.ANY_OF:
        if not _can_be_held(kept):
            raise ValueError(kept)
        return kept
    if kind in DAYS:
        return date.fromisoformat(str(kept))
    if kind is Kind.DECIMAL:
        number = Decimal(str(kept))
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            raise ValueError(kept)
        return number
    if kind in NUMBERS:
        if not isinstance(kept, int) or not _can_be_held(kept):
            raise ValueError(kept)
        return kept
    if not isinstance(kept, str):
        raise ValueError(kept)
    return kept

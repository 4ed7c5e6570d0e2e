"""Rows chosen in a list: some by their ids, or every row that fits what the list shows, without reading them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kc_desktop.domain.fields import Kind, is_counted
from kc_desktop.services import lists
from kc_desktop.services.lists import Column, ListRequest, Row
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import list_sums

_AMOUNTS = {
    "projects": "requested_vnd",
    "programmes": "budget_vnd",
    "fund-entries": "amount_vnd",
    "remuneration-lists": "total_vnd",
}
"""The column that is added up where the cursor stands in none of numbers; amounts of law are not offered for it."""

_MINUS = {"fund-entries": "t.kind = 'reversal'"}
"""Rows whose amount takes another one's away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows of the list `key` as `request` orders them; no `ids` (None) stands for every row that fits the request."""

    key: str
    request: ListRequest
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a column comes to; `average` is None where nothing was counted or amounts were taken away."""

    column: Column
    rows: int
    counted: int
    total: int | Decimal
    average: Decimal | None
    has_taken_off: bool


def size(workspace: Workspace, chosen: Selection) -> int:
    """Return how many rows are chosen."""
    return len(chosen.ids) if chosen.ids is not None else lists.count(workspace, chosen.key, chosen.request)


def _asked(chosen: Selection) -> ListRequest:
    return lists.dated(chosen.request, date.today())


def ids(workspace: Workspace, chosen: Selection) -> tuple[int, ...]:
    """Return the ids of the rows chosen."""
    if chosen.ids is not None:
        return chosen.ids
    with workspace.reading() as connection:
        return tuple(list_sums.every_id(connection, lists.listing_of(chosen.key, chosen.request), _asked(chosen)))


def request_of(chosen: Selection) -> ListRequest:
    """Return what asks a list for exactly these rows, in the order they stand in."""
    asked = chosen.request.unfolded()  # rows of folded groups are chosen with the others
    if chosen.ids is None:
        return asked
    return dataclasses.replace(asked, search="", year=None, filters=(("id", chosen.ids),), conditions=())


def rows(workspace: Workspace, chosen: Selection) -> Iterator[Row]:
    """Give the rows chosen as the list shows them, in its order."""
    return lists.every_row(workspace, chosen.key, request_of(chosen))


def summed_column(key: str, request: ListRequest, wanted: str, shown: tuple[str, ...]) -> Column | None:
    """Return the column to add up: the one wanted where it counts something, else the list's amounts if on show."""
    by_key = {each.key: each for each in lists.columns_of(key, request)}
    for name in (wanted, _AMOUNTS.get(key, "")):
        column = by_key.get(name)
        if column is not None and name in shown and column.is_number and is_counted(name):
            return column
    return None


def sums(workspace: Workspace, chosen: Selection, column: Column) -> Sums:
    """Return what a column of numbers comes to in the rows chosen; an average of đồng is whole, else has 2 decimals."""
    with workspace.reading() as connection:
        found = list_sums.totals(
            connection,
            lists.listing_of(chosen.key, chosen.request),
            _asked(chosen),
            column.key,
            ids=chosen.ids,
            minus_sql=_MINUS.get(chosen.key, "") if column.kind is Kind.MONEY else "",
        )
    average = None
    if found.counted and not found.taken_off:
        unit = Decimal(1) if column.kind is Kind.MONEY else Decimal("0.01")
        average = (Decimal(found.total) / found.counted).quantize(unit, ROUND_HALF_UP)
    return Sums(
        column=column,
        rows=found.rows,
        counted=found.counted,
        total=found.total,
        average=average,
        has_taken_off=bool(found.taken_off),
    )

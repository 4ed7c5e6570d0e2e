"""Rows of a list that stand together under a heading: by the value of a column, of days by month."""

from __future__ import annotations

from datetime import date
from typing import Final

from kc_desktop.domain.fields import Kind, Value, describe
from kc_desktop.services.lists import LISTS, Column, ListRequest, columns_of, dated, listing_of
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import list_groups
from kc_desktop.storage.list_groups import Group
from kc_desktop.storage.listings import LAW_LISTS

__all__ = ["GROUPS_AT_A_TIME", "Group", "can_group_by", "groups", "heading", "summed_columns", "words_of"]

GROUPS_AT_A_TIME: Final = 500
_NEVER: Final = frozenset(
    {
        *("name", "title", "subject", "need", "body", "code", "number", "document"),
        *("phone", "email", "tax_code", "citizen_id", "bank_account"),
    }
)
"""What tells one row from all others: nothing stands together by it."""
_NO_VALUE: Final = "Chưa ghi"


def can_group_by(column: Column) -> bool:
    """Whether rows with the same value in a column can stand together: not by amounts, nor by what names a row."""
    if column.kind in (Kind.MONEY, Kind.DECIMAL, Kind.TEXT):
        return False
    return column.key not in _NEVER


def summed_columns(key: str, request: ListRequest) -> tuple[str, ...]:
    """Return the columns whose sum says something in the groups of a list.

    Amounts of law are never added up; those of the ledger only where all entries of a group are of one kind.
    """
    if key in LAW_LISTS:
        return ()
    wanted = dict(request.filters).get("kind")
    kinds = wanted if isinstance(wanted, tuple) else (wanted,) if wanted else ()
    if key == "fund-entries" and request.group != "kind" and len(kinds) != 1:
        return ()
    return tuple(each.key for each in columns_of(key, request) if each.kind is Kind.MONEY)


def groups(
    workspace: Workspace, key: str, request: ListRequest, offset: int = 0, limit: int = GROUPS_AT_A_TIME
) -> tuple[Group, ...]:
    """Return the groups of a request from `offset` on, in the order of its rows; at most `limit`, -1 for all."""
    minus = "t.kind = 'reversal'" if key == "fund-entries" and request.group != "kind" else ""
    with workspace.reading() as connection:
        return list_groups.groups(
            connection,
            listing_of(key, request),
            dated(request, date.today()),
            summed_columns(key, request),
            minus_sql=minus,
            limit=limit,
            offset=offset,
        )


def heading(key: str, request: ListRequest, group: Group) -> str:
    """Say what a group is and how many rows it has: "Trạng thái: Đang thực hiện (12 đề án)"."""
    column = next(each for each in columns_of(key, request) if each.key == request.group)
    number = f"{group.rows:,}".replace(",", ".")
    return f"{words_of(column, group.value)} ({number} {describe(LISTS[key].cls).singular})"


def words_of(column: Column, value: Value) -> str:
    """Say what the rows of a group have in common: "Ngày họp: tháng 04/2023"; of a day, its month."""
    if value in (None, ""):
        said = _NO_VALUE
    elif column.kind in (Kind.DATE, Kind.MOMENT):
        year, month = str(value)[:7].split("-")
        said = f"tháng {month}/{year}"
    elif column.kind is Kind.FLAG:
        said = "có" if value else "không"
    else:
        said = str(value)
    return f"{column.label}: {said}"

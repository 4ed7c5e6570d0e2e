"""A payment list that is booked stands as it is: what may no longer be written, in words."""

from __future__ import annotations

import sqlite3

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.network import Remuneration, RemunerationList
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.storage import ledger, records

_MONTHS = ("first_month", "last_month")


def reason(listed: RemunerationList) -> str:
    """Return why a booked list is locked."""
    when = f" ngày {format_date(listed.paid_on)}" if listed.paid_on else ""
    return f"Bảng thù lao đã ghi vào sổ kinh phí{when} nên không sửa, không xóa được."


REMEDY = "Ghi sai thì đảo bút toán ở thẻ Kinh phí; bảng được mở lại để sửa, xóa hoặc ghi sổ lại."


def is_booked(connection: sqlite3.Connection, listed: RemunerationList) -> bool:
    """Whether a list stands in the ledger by an entry that was not reversed."""
    return bool(listed.fund_entry_id) and not ledger.is_reversed(connection, listed.fund_entry_id or 0)


def check(connection: sqlite3.Connection, record: RemunerationList | Remuneration) -> None:
    """Check that a list or a row of it may be written. Raises KnownError for a booked list, FieldError for its months.

    The months of a list are those its rows were counted for: they do not change by themselves.
    """
    if isinstance(record, Remuneration):
        _refuse_booked(connection, record.list_id)
        return
    kept = records.fetch(connection, RemunerationList, record.id) if record.id else None
    if kept is None:
        return
    _refuse_booked(connection, kept.id)
    for name in _MONTHS:
        if getattr(kept, name) != getattr(record, name):
            label = describe(RemunerationList).field(name).label
            raise FieldError(name, f"{label} của bảng đã lập không đổi được.", "Xóa bảng này rồi lập bảng khác.")


def refuse_deleting(connection: sqlite3.Connection, record: RemunerationList | Remuneration) -> None:
    """Refuse to delete a booked list or a row of one. Raises KnownError."""
    _refuse_booked(connection, record.id if isinstance(record, RemunerationList) else record.list_id)


def _refuse_booked(connection: sqlite3.Connection, list_id: int | None) -> None:
    kept = records.fetch(connection, RemunerationList, list_id) if list_id else None
    if kept is not None and is_booked(connection, kept):
        raise KnownError(reason(kept), REMEDY)

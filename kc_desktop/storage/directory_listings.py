"""Lists nothing the window begins with shows: the payment lists of thù lao, and who was shown what is protected."""

from __future__ import annotations

from typing import Final

from kc_desktop.domain.directory import Disclosure
from kc_desktop.domain.fields import Kind
from kc_desktop.domain.network import RemunerationList
from kc_desktop.storage.listing import Column, Listing
from kc_desktop.storage.listings import columns_of, filters_of

LIST_STATES: Final = (("made", "Chưa ghi sổ"), ("booked", "Đã ghi sổ"), ("reversed", "Đã đảo bút toán"))
"""How a payment list stands to the ledger."""

_MONTH = "substr(t.{0}, 6, 2) || '/' || substr(t.{0}, 1, 4)"
_MONTHS = (
    f"{_MONTH.format('first_month')} || CASE WHEN t.first_month = t.last_month THEN '' "
    f"ELSE ' – ' || {_MONTH.format('last_month')} END"
)
_PEOPLE = "(SELECT count(DISTINCT r.person_id) FROM remuneration AS r WHERE r.list_id = t.id)"
_TOTAL = "(SELECT coalesce(sum(r.amount_vnd), 0) FROM remuneration AS r WHERE r.list_id = t.id)"
_STATE = (
    "CASE WHEN t.fund_entry_id IS NULL THEN 'made' "
    "WHEN EXISTS (SELECT 1 FROM fund_entry AS e WHERE e.reverses_id = t.fund_entry_id) THEN 'reversed' "
    "ELSE 'booked' END"
)
_WHO = (
    "coalesce((SELECT c.who FROM change_row AS w JOIN change AS c ON c.id = w.change_id "
    "WHERE w.table_name = 'disclosure' AND w.row_id = t.id ORDER BY w.id LIMIT 1), '')"
)


def payment_lists() -> Listing:
    """Return the payment lists of a year with what they come to and whether they are booked."""
    return Listing(
        table="remuneration_list",
        columns=(
            *columns_of(RemunerationList, "name"),
            _column("months", "Tháng", _MONTHS, width=18, sort="t.first_month"),
            _column("people", "Số người", _PEOPLE, kind=Kind.INTEGER, width=9),
            _column("total_vnd", "Tổng số tiền", _TOTAL, kind=Kind.MONEY, width=14, unit="đồng"),
            _column("state", "Tình trạng", _STATE, kind=Kind.CHOICE, width=16, choices=LIST_STATES),
            *columns_of(RemunerationList, "paid_on", "document"),
        ),
        year_sql=(
            "CAST(substr(t.first_month, 1, 4) AS INTEGER) <= ? AND CAST(substr(t.last_month, 1, 4) AS INTEGER) >= ?"
        ),
        filters=filters_of(RemunerationList),
        searched_sql="(t.name || ' ' || t.document || ' ' || t.note)",
    )


def disclosures() -> Listing:
    """Return every showing of what is protected, with the account it was shown to."""
    return Listing(
        table="disclosure",
        joins="JOIN person AS p ON p.id = t.person_id",
        columns=(
            *columns_of(Disclosure, "shown_at"),
            _column("name", "Của ai", "p.name", width=28, sort="p.name_key"),
            *columns_of(Disclosure, "field", "reason"),
            _column("who", "Người xem", _WHO, width=16),
        ),
        filters=filters_of(Disclosure),
        searched_sql="(t.field || ' ' || t.reason || ' ' || (SELECT q.name FROM person AS q WHERE q.id = t.person_id))",
    )


def _column(
    key: str,
    label: str,
    sql: str,
    *,
    kind: Kind = Kind.LINE,
    width: int,
    sort: str = "",
    unit: str = "",
    choices: tuple[tuple[str, str], ...] = (),
) -> Column:
    return Column(
        key=key, label=label, kind=kind, sql=sql, sort_sql=sort or sql, width=width, unit=unit, choices=choices
    )

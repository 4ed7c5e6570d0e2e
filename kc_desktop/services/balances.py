"""Balances of the ledger for screen, paper and command line, and the rows behind each of their numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import VIEW_LABELS, BalanceRow, BalanceTable, MonthRow, MonthTable, View
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, DISBURSING_KINDS
from kc_desktop.domain.money import format_vnd
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import balances as stored

Opens = tuple[str, ListRequest]
"""The list that holds the rows behind a number, and which of them."""

FIGURES: tuple[tuple[str, str], ...] = (
    ("planned", "Kế hoạch"),
    ("allocated", "Được giao"),
    ("approved", "Đã duyệt"),
    ("advanced", "Tạm ứng"),
    ("paid", "Thanh toán"),
    ("refunded", "Hoàn trả"),
    ("disbursed", "Đã giải ngân"),
    ("settled", "Quyết toán"),
    ("left", "Còn lại"),
)
"""The numbers of a row in the order they are shown: a stable key and its heading."""

_GIVEN = (*ALLOCATING_KINDS, *DEALLOCATING_KINDS)
_OUT = (*DISBURSING_KINDS, "refund")
_KINDS: dict[str, tuple[str, ...]] = {
    "allocated": _GIVEN,
    "advanced": ("advance",),
    "paid": ("payment",),
    "refunded": ("refund",),
    "disbursed": _OUT,
    "settled": ("settlement",),
    "left": (*_GIVEN, *_OUT),
}


def table(
    workspace: Workspace,
    year: int,
    view: View = View.PROGRAMME,
    until: date | None = None,
    since: date | None = None,
) -> BalanceTable:
    """Return the balances of a year, with their sums; see `storage.balances.balances`."""
    with workspace.reading() as connection:
        return stored.balances(connection, year, view, until, since)


def months(
    workspace: Workspace, year: int, source: str = "", until: date | None = None, since: date | None = None
) -> MonthTable:
    """Return the months of a year against its plan, of one source or of all; see `storage.balances.months`."""
    with workspace.reading() as connection:
        return stored.months(connection, year, source, until, since)


def figures_of(view: View) -> tuple[tuple[str, str], ...]:
    """Return the numbers a view shows: places and projects have no plan of their own."""
    return FIGURES[1:] if view in (View.PLACE, View.PROJECT) else FIGURES


def amount(amounts: Amounts, figure: str) -> int:
    """Return one of the numbers of a row, in đồng."""
    return int(getattr(amounts, f"{figure}_vnd"))


def opens(given: BalanceTable, row: BalanceRow | None, figure: str) -> Opens | None:
    """Return the rows a number is made of; `row` None means the sums. None for a number that has no rows.

    The rows of a kind's sum are its entries with their reversals; what lowers a sum (reductions, money carried on,
    refunds) is among them. What is left opens everything given and spent.
    """
    if figure == "planned":
        return _programmes(given, row)
    if figure == "approved":
        return _projects(given, row)
    filters: list[tuple[str, object]] = [("kind", _KINDS[figure])]
    if row is not None:
        filters += [("source", row.source), *_entries_of(given.view, row.key)]
    return "fund-entries", ListRequest(year=given.year, filters=tuple(filters))


def opens_month(given: MonthTable, row: MonthRow, figure: str) -> Opens:
    """Return the entries behind a number of a month."""
    filters = (("kind", _KINDS[figure]), ("month", f"{row.year}-{row.month:02d}"), *_of_source(given))
    return "fund-entries", ListRequest(year=given.year, filters=filters)


def opens_until(given: MonthTable, row: MonthRow) -> Opens:
    """Return the entries behind what was disbursed from the beginning to the end of a month."""
    filters = (("kind", _OUT), ("until_month", f"{row.year}-{row.month:02d}"), *_of_source(given))
    return "fund-entries", ListRequest(year=given.year, filters=filters)


def opens_year(given: MonthTable, figure: str) -> Opens:
    """Return the entries behind a number of the whole year."""
    return "fund-entries", ListRequest(year=given.year, filters=(("kind", _KINDS[figure]), *_of_source(given)))


def opens_plan(given: MonthTable) -> Opens:
    """Return the programmes whose budgets are the year's plan."""
    return "programmes", ListRequest(year=given.year, filters=_of_source(given))


def _of_source(given: MonthTable) -> tuple[tuple[str, object], ...]:
    return (("source", given.source),) if given.source else ()


def _entries_of(view: View, key: int | str | None) -> tuple[tuple[str, object], ...]:
    name, without = {
        View.PROGRAMME: ("programme_id", "without_programme"),
        View.PLACE: ("commune_id", "without_commune"),
        View.PROJECT: ("project_id", "without_project"),
    }.get(view, ("", ""))
    if view is View.CONTENT:
        return (("content", key or ""),)
    if not name:
        return ()
    return ((without, 1),) if key is None else ((name, key),)


def _programmes(given: BalanceTable, row: BalanceRow | None) -> Opens | None:
    filters: tuple[tuple[str, object], ...] = ()
    if row is not None:
        filters = (("source", row.source),)
        if given.view is View.PROGRAMME:
            filters += (("id", row.key),)
        elif given.view is View.CONTENT:
            filters += (("content", row.key or ""),)
    return "programmes", ListRequest(year=given.year, filters=filters)


def _projects(given: BalanceTable, row: BalanceRow | None) -> Opens:
    filters: tuple[tuple[str, object], ...] = (("approved_in", given.year),)
    if row is not None:
        filters += (("source", row.source),)
        if given.view is View.CONTENT:
            filters += (("content_or_programmes", row.key or ""),)
        elif given.view is View.PROJECT:
            filters += (("id", row.key),)
        else:
            filters += _entries_of(given.view, row.key)
    return "projects", ListRequest(year=given.year, filters=filters)


# --- as text ----------------------------------------------------------------------------------------------------------


def as_json(given: BalanceTable) -> dict[str, Any]:
    """Return a table as JSON keeps it: stable English keys, amounts as whole đồng."""
    return {
        "year": given.year,
        "by": given.view.value,
        "rows": [
            {"key": row.key, "name": row.label, "source": row.source, **_numbers(row.amounts)} for row in given.rows
        ],
        "total": _numbers(given.total),
    }


def _numbers(amounts: Amounts) -> dict[str, int]:
    return {key: amount(amounts, key) for key, _ in FIGURES} | {"share": amounts.share_vnd}


def as_text(given: BalanceTable, longest: int = 44) -> str:
    """Return a table as aligned lines of text with Vietnamese headings; long names are shortened."""
    figures = figures_of(given.view)
    lines = [[VIEW_LABELS[given.view], "Nguồn", *(label for _, label in figures), "Tỷ lệ giải ngân"]]
    lines += [
        [_shortened(row.label, longest), row.source, *_written(row.amounts, figures), row.amounts.rate]
        for row in given.rows
    ]
    lines.append(["Tổng cộng", "", *_written(given.total, figures), given.total.rate])
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _written(amounts: Amounts, figures: tuple[tuple[str, str], ...]) -> list[str]:
    return [format_vnd(amount(amounts, key)) for key, _ in figures]


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"

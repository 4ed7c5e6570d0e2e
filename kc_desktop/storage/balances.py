"""The views of a year's money, one pass over the year's entries each. Screen, paper and command line read these.

An entry belongs to the year and source of its plan. Its programme is the one it names, else its project's; its content
its project's, else its programme's; its place its project's. What a project was approved is `ledger.approved`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, MonthRow, MonthTable, View
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.programme import CONTENTS, SOURCES
from kc_desktop.domain.text import sort_key
from kc_desktop.storage import ledger
from kc_desktop.storage.ledger import EFFECT, PROGRAMME, SIGNED, exact_sum, whole

_Key = tuple[int | str | None, str]
"""What a row stands for, and its source."""

_ENTRY_KEYS = {
    View.PROGRAMME: PROGRAMME,
    View.CONTENT: "nullif(coalesce((SELECT nullif(d.content, '') FROM project AS d WHERE d.id = e.project_id), "
    f"(SELECT g.content FROM programme AS g WHERE g.id = {PROGRAMME})), '')",
    View.SOURCE: "NULL",
    View.PLACE: "(SELECT d.commune_id FROM project AS d WHERE d.id = e.project_id)",
    View.PROJECT: "e.project_id",
}
_PROJECT_KEYS = {
    View.PROGRAMME: "t.programme_id",
    View.CONTENT: "coalesce(nullif(t.content, ''), "
    "(SELECT nullif(g.content, '') FROM programme AS g WHERE g.id = t.programme_id))",
    View.SOURCE: "NULL",
    View.PLACE: "t.commune_id",
    View.PROJECT: "t.id",
}
_PROGRAMME_KEYS = {View.PROGRAMME: "g.id", View.CONTENT: "nullif(g.content, '')", View.SOURCE: "NULL"}
"""Places and projects have no plan of their own."""

_NOBODYS = {
    View.PROGRAMME: "Chưa phân cho chương trình",
    View.CONTENT: "Chưa xác định nội dung",
    View.SOURCE: "",
    View.PLACE: "Chưa ghi địa bàn",
    View.PROJECT: "Chưa phân cho đề án",
}


def balances(
    connection: sqlite3.Connection,
    year: int,
    view: View = View.PROGRAMME,
    until: date | None = None,
    since: date | None = None,
) -> BalanceTable:
    """Return the balances of a year, a row per programme, content, place or project and source, with their sums.

    The sums of every view are the same, those of `ledger.sums`: what belongs to none of its rows has a row of its own.
    Rows that hold nothing are left out. `until` leaves out what is dated later, `since` what is dated before; plans and
    approvals have no day.
    """
    effects = _effects(connection, year, view, until, since)
    approved = ledger.approved(connection, year, _PROJECT_KEYS[view])
    planned = _planned(connection, year, view)
    found = {
        key: ledger.amounts(effects.get(key, {}), approved_vnd=approved.get(key, 0), planned_vnd=planned.get(key, 0))
        for key in {*effects, *approved, *planned}
    }
    if view is View.SOURCE:
        found |= {(None, each): Amounts() for each in ledger.sources(connection, year) if (None, each) not in found}
    else:
        has_own = {key for key, kinds in effects.items() if kinds.get("allocation")}
        _share_out(found, has_own, by_plan=view in _PROGRAMME_KEYS)
    labelled = _labels(connection, year, view, {key for key, _ in found})
    order = {code: place for place, (code, _) in enumerate(SOURCES)}
    rows = tuple(
        BalanceRow(
            key=key,
            label=dict(SOURCES)[source] if view is View.SOURCE else labelled[key][1],
            source=source,
            source_label=dict(SOURCES)[source],
            amounts=found[key, source],
        )
        for key, source in sorted(found, key=lambda it: (it[0] is None, labelled[it[0]][0], order[it[1]]))
        if view is View.SOURCE or not found[key, source].is_nothing
    )
    return BalanceTable(year=year, view=view, rows=rows, total=total(row.amounts for row in rows))


def _by_key(rows: Iterable[tuple[int | str | None, str, int | None, int | None]]) -> dict[_Key, int]:
    return {(key, source): whole(millions, rest) for key, source, millions, rest in rows}


def _effects(
    connection: sqlite3.Connection, year: int, view: View, until: date | None, since: date | None
) -> dict[_Key, dict[str, int]]:
    found: dict[_Key, dict[str, int]] = {}
    limits = [(sign, day.isoformat()) for sign, day in (("<=", until), (">=", since)) if day is not None]
    for key, source, kind, millions, rest in connection.execute(
        f"SELECT {_ENTRY_KEYS[view]}, y.source, {EFFECT}, {exact_sum(SIGNED)} "
        "FROM annual_plan AS y CROSS JOIN fund_entry AS e ON e.plan_id = y.id WHERE y.year = ? "
        f"{''.join(f'AND e.happened_on {sign} ? ' for sign, _ in limits)}GROUP BY 1, 2, 3",
        (year, *(day for _, day in limits)),
    ):
        found.setdefault((key, source), {})[kind] = whole(millions, rest)
    return found


def _planned(connection: sqlite3.Connection, year: int, view: View) -> dict[_Key, int]:
    key = _PROGRAMME_KEYS.get(view)
    if key is None:
        return {}
    return _by_key(
        connection.execute(
            f"SELECT {key}, g.source, {exact_sum('g.budget_vnd')} FROM programme AS g WHERE g.year = ? GROUP BY 1, 2",
            (year,),
        )
    )


def _share_out(found: dict[_Key, Amounts], has_own: set[_Key], *, by_plan: bool) -> None:
    """Give each row its share, and the row that belongs to none, source by source, the rest of what was given."""
    for source in {source for _, source in found}:
        given = sum(amounts.allocated_vnd for (_, own), amounts in found.items() if own == source)
        for key, amounts in list(found.items()):
            if key[0] is None or key[1] != source:
                continue
            share = (
                amounts.allocated_vnd if key in has_own else amounts.planned_vnd if by_plan else amounts.approved_vnd
            )
            found[key] = replace(amounts, share_vnd=share)
            given -= share
        if given or (None, source) in found:
            found[None, source] = replace(found.get((None, source), Amounts()), share_vnd=given)


def _labels(
    connection: sqlite3.Connection, year: int, view: View, keys: set[int | str | None]
) -> dict[int | str | None, tuple[tuple[int, str], str]]:
    """Return, for each key, how it is sorted and how it is called."""
    nobody: dict[int | str | None, tuple[tuple[int, str], str]] = {None: ((0, ""), _NOBODYS[view])}
    if view is View.CONTENT:
        return nobody | {code: ((0, code), label) for code, label in CONTENTS if code}
    query, words = {
        View.PROGRAMME: ("SELECT id, ordinal, name_key, name, year FROM programme", _programme_words(year)),
        View.PLACE: ("SELECT id, 0, name_key, name, kind FROM admin_unit", _place_words),
        View.PROJECT: ("SELECT id, 0, name_key, name, year FROM project", _name_only),
    }.get(view, ("", _name_only))
    if not query:
        return nobody
    wanted = sorted(key for key in keys if isinstance(key, int))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = connection.execute(f"{query} WHERE id IN ({', '.join('?' * len(part))})", part)
        nobody |= {row_id: ((ordinal, key), words(name, more)) for row_id, ordinal, key, name, more in rows}
    return nobody


def _programme_words(year: int) -> Callable[[str, int | str], str]:
    return lambda name, of_year: name if of_year == year else f"{name} (chương trình năm {of_year})"


def _place_words(name: str, kind: int | str) -> str:
    label = describe(AdminUnit).field("kind").choice_label(str(kind))
    has_kind = sort_key(name).startswith(sort_key(label))
    return name if has_kind else f"{label[:1].upper()}{label[1:]} {name}"


def _name_only(name: str, _more: int | str) -> str:
    return name


def months(
    connection: sqlite3.Connection, year: int, source: str = "", until: date | None = None, since: date | None = None
) -> MonthTable:
    """Return the twelve months of a year, and any others its plans' entries are dated in, of one source or of all.

    The rows' sums come to those of `ledger.sums`, approvals aside: these have no month. Nothing dated later than
    `until` counts; what is dated before `since` counts in the sums so far only.
    """
    more, values = (" AND y.source = ?", (year, source)) if source else ("", (year,))
    by_month: dict[tuple[int, int], tuple[dict[str, int], dict[str, int]]] = {
        (year, month): ({}, {}) for month in range(1, 13)
    }
    for month, kind, is_before, millions, rest in connection.execute(
        f"SELECT substr(e.happened_on, 1, 7), {EFFECT}, e.happened_on < ?, {exact_sum(SIGNED)} "
        "FROM annual_plan AS y CROSS JOIN fund_entry AS e ON e.plan_id = y.id "
        f"WHERE e.happened_on <= ? AND y.year = ?{more} GROUP BY 1, 2, 3",
        ((since or date.min).isoformat(), (until or date.max).isoformat(), *values),
    ):
        of_month = by_month.setdefault((int(month[:4]), int(month[5:])), ({}, {}))
        of_month[is_before][kind] = whole(millions, rest)
    rows, so_far = [], Amounts()
    for (of_year, month), (kinds, earlier) in sorted(by_month.items()):
        here = ledger.amounts(kinds)
        so_far = total((so_far, ledger.amounts(earlier), here))
        rows.append(MonthRow(year=of_year, month=month, amounts=here, so_far=so_far))
    (*planned,) = connection.execute(
        f"SELECT {exact_sum('y.budget_vnd')} FROM programme AS y WHERE y.year = ?{more}", values
    ).fetchone()
    return MonthTable(year=year, source=source, rows=tuple(rows), planned_vnd=whole(*planned), total=so_far)

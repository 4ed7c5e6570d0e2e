"""Queries about the network of collaborators: whose term holds or ends when, which places nobody looks after."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from kc_desktop.domain.people import AdminUnit, AppointmentMember
from kc_desktop.domain.terms import DISTRICT_BODY, DISTRICT_LEVEL
from kc_desktop.storage import records

NEVER: Final = "9999-12-31"
DISTRICT_END: Final = f"(SELECT max(b.valid_to) FROM body_name AS b WHERE b.code = '{DISTRICT_BODY}')"
EXPIRY_DAYS: Final = 30
"""So many days before its end a term is told to be expiring."""

PROJECTS: Final = "(SELECT count(*) FROM project AS d WHERE d.commune_id = t.id)"
ESTABLISHMENTS: Final = "(SELECT count(*) FROM establishment AS e WHERE e.commune_id = t.id)"


def first_day_sql() -> str:
    """Return the SQL of a term's first day, of an appointment `a`; the same as `terms.first_day`, "" for none."""
    return "coalesce(a.valid_from, a.decided_on, '')"


def last_day_sql(member: str = "m", appointment: str = "a") -> str:
    """Return the SQL of a term's last day: the same as `terms.last_day`, `NEVER` for none."""
    return (
        f"min(coalesce({appointment}.valid_to, '{NEVER}'), coalesce(date({member}.ended_on, '-1 day'), '{NEVER}'), "
        f"CASE {member}.level WHEN '{DISTRICT_LEVEL}' THEN coalesce({DISTRICT_END}, '{NEVER}') ELSE '{NEVER}' END)"
    )


def holds_on_sql(member: str = "m") -> str:
    """Return the SQL of `terms.holds_on`, of an appointment `a`; the day is bound twice."""
    return f"a.state = 'decided' AND {first_day_sql()} <= ? AND {last_day_sql(member)} >= ?"


def expiring_sql(member: str = "m") -> str:
    """Return the SQL that a term ends within `EXPIRY_DAYS` of a day, bound twice, and nothing decided follows it."""
    return (
        f"a.state = 'decided' AND {last_day_sql(member)} BETWEEN ? AND date(?, '+{EXPIRY_DAYS} days') "
        f"AND {_not_followed(member)}"
    )


def _not_followed(member: str) -> str:
    return (
        "NOT EXISTS (SELECT 1 FROM appointment_member AS n JOIN appointment AS o ON o.id = n.appointment_id "
        f"WHERE n.person_id = {member}.person_id AND n.id <> {member}.id AND o.state = 'decided' "
        f"AND {last_day_sql('n', 'o')} > {last_day_sql(member)})"
    )


def uncovered_sql() -> str:
    """Return the SQL that projects or establishments are in a unit `t` which nobody looks after on a day, bound twice.

    A unit counts as looked after by its own row, by one of the same code at another time, and by the unit that
    followed it or that it followed.
    """
    return (
        "(EXISTS (SELECT 1 FROM project AS d WHERE d.commune_id = t.id) "
        "OR EXISTS (SELECT 1 FROM establishment AS e WHERE e.commune_id = t.id)) "
        "AND NOT EXISTS (SELECT 1 FROM member_area AS r "
        "JOIN admin_unit AS u ON u.id = r.commune_id JOIN appointment_member AS m ON m.id = r.member_id "
        "JOIN appointment AS a ON a.id = m.appointment_id "
        "WHERE (u.code = t.code OR u.code = nullif(t.successor_code, '') OR nullif(u.successor_code, '') = t.code) "
        f"AND {holds_on_sql()})"
    )


def expiring(connection: sqlite3.Connection, first: date, last: date) -> tuple[tuple[int, str], ...]:
    """Return (member's id, last day) of the terms that end within these days and are not followed, the soonest first.

    Both days belong to the span.
    """
    rows = connection.execute(
        f"SELECT m.id, {last_day_sql()} AS ends FROM appointment AS a "  # few, and most of them long over
        "CROSS JOIN appointment_member AS m ON m.appointment_id = a.id JOIN person AS p ON p.id = m.person_id "
        f"WHERE a.state = 'decided' AND coalesce(a.valid_to, '{NEVER}') >= ?1 "
        f"AND {last_day_sql()} BETWEEN ?1 AND ?2 AND {_not_followed('m')} "
        "ORDER BY ends, p.name_key, m.id",
        (first.isoformat(), last.isoformat()),
    )
    return tuple((int(member_id), str(ends)) for member_id, ends in rows)


def uncovered(connection: sqlite3.Connection, on: date) -> tuple[tuple[int, int, int], ...]:
    """Return (unit's id, projects, establishments) of the places nobody looks after on a day.

    Priority places come first, then those with most to look after.
    """
    rows = connection.execute(
        f"SELECT t.id, {PROJECTS} AS projects, {ESTABLISHMENTS} AS establishments FROM admin_unit AS t "
        f"WHERE {uncovered_sql()} ORDER BY t.is_priority DESC, projects + establishments DESC, t.name_key, t.id",
        (on.isoformat(), on.isoformat()),
    )
    return tuple((int(unit_id), int(projects), int(places)) for unit_id, projects, places in rows)


def priority_units(connection: sqlite3.Connection, on: date) -> tuple[AdminUnit, ...]:
    """Return the units marked as priority places that stand on a day, in the order of names."""
    day = on.isoformat()
    return records.fetch_all(
        connection,
        AdminUnit,
        "is_priority = 1 AND coalesce(valid_from, '') <= ? AND coalesce(valid_to, '9999') >= ?",
        (day, day),
        "name_key, id",
    )


def areas(connection: sqlite3.Connection, members: Collection[int]) -> Mapping[int, tuple[AdminUnit, ...]]:
    """Return the communes each of these members looks after, in the order of names; members without any left out."""
    found: dict[int, list[AdminUnit]] = {}
    pairs = connection.execute(
        "SELECT DISTINCT r.member_id, r.commune_id FROM json_each(?) AS w "
        "CROSS JOIN member_area AS r ON r.member_id = w.value "
        "JOIN admin_unit AS u ON u.id = r.commune_id ORDER BY u.name_key, r.commune_id",
        (json.dumps(sorted(set(members))),),
    ).fetchall()
    units = records.fetch_many(connection, AdminUnit, {commune_id for _, commune_id in pairs})
    for member_id, commune_id in pairs:
        found.setdefault(member_id, []).append(units[commune_id])
    return {member_id: tuple(each) for member_id, each in found.items()}


def held_on(connection: sqlite3.Connection, on: date) -> tuple[AppointmentMember, ...]:
    """Return the members whose term holds on a day, in the order of decisions and their lists."""
    day = on.isoformat()
    ids = [
        int(member_id)
        for (member_id,) in connection.execute(
            "SELECT m.id FROM appointment AS a CROSS JOIN appointment_member AS m ON m.appointment_id = a.id "
            f"WHERE {holds_on_sql()} ORDER BY {first_day_sql()}, a.id, m.ordinal, m.id",
            (day, day),
        )
    ]
    found = records.fetch_many(connection, AppointmentMember, set(ids))
    return tuple(found[each] for each in ids)

"""Queries on what collaborators do: who serves when, whose reports came, meetings they came to, needs they found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Final

from kc_desktop.domain.collaborator_work import Participation, Service
from kc_desktop.storage.network import last_day_sql

_SERVICES: Final = f"""
SELECT m.person_id, m.level, m.area, m.role, coalesce(a.valid_from, a.decided_on), {last_day_sql()}
FROM appointment_member AS m
JOIN appointment AS a ON a.id = m.appointment_id
JOIN person AS p ON p.id = m.person_id
WHERE a.state = 'decided' AND coalesce(a.valid_from, a.decided_on, '') <= :last
AND {last_day_sql()} >= :first
ORDER BY p.name_key, p.id, m.id
"""
_REPORTS: Final = """
SELECT person_id, period, id, received_on FROM collaborator_report WHERE period BETWEEN :first AND :last
"""
_HELD: Final = """
m.held_on BETWEEN :first AND :last AND (m.state IN ('held', 'finalised')
OR EXISTS (SELECT 1 FROM attendee AS o WHERE o.meeting_id = m.id AND o.state IN ('present', 'delegate')))
"""
"""Meetings that took place: said so, or somebody was there. One to come counts for nobody."""
_PARTICIPATIONS: Final = """
SELECT t.person_id, m.id, m.held_on, m.kind, m.title, 1, t.state = 'present', ''
FROM attendee AS t JOIN meeting AS m ON m.id = t.meeting_id
WHERE {held}{asked}
UNION ALL
SELECT t.delegate_id, m.id, m.held_on, m.kind, m.title, 0, 1, p.name
FROM attendee AS t JOIN meeting AS m ON m.id = t.meeting_id JOIN person AS p ON p.id = t.person_id
WHERE {held} AND t.state = 'delegate' AND t.delegate_id IS NOT NULL{sent}
ORDER BY 3, 2
"""
_OF_ALL: Final = _PARTICIPATIONS.format(held=_HELD, asked="", sent="")
_OF_ONE: Final = _PARTICIPATIONS.format(
    held=_HELD, asked=" AND t.person_id = :person", sent=" AND t.delegate_id = :person"
)
_LEADS: Final = """
SELECT person_id, count(*), count(project_id) FROM lead WHERE found_on BETWEEN :first AND :last GROUP BY person_id
"""


def services(connection: sqlite3.Connection, first: date, last: date) -> dict[int, tuple[Service, ...]]:
    """Return who is a collaborator on any day of a span, by person in the order of names, with their services.

    Only decisions that were made count. The day somebody stops is the first day they serve no more.
    """
    found: dict[int, list[Service]] = {}
    rows = connection.execute(_SERVICES, {"first": first.isoformat(), "last": last.isoformat()})
    for person_id, level, area, role, begins, ends in rows:
        until = date.fromisoformat(ends)
        since = date.fromisoformat(begins) if begins else date.min
        if since <= until:
            service = Service(first=since, last=until, level=level, area=area, role=role)
            found.setdefault(person_id, []).append(service)
    return {person_id: tuple(each) for person_id, each in found.items()}


def reports(connection: sqlite3.Connection, first: str, last: str) -> dict[tuple[int, str], tuple[int, date | None]]:
    """Return the reports of a span of months: (person, month) to (report, the day it came or None)."""
    rows = connection.execute(_REPORTS, {"first": first, "last": last})
    return {
        (person_id, period): (report_id, date.fromisoformat(received) if received else None)
        for person_id, period, report_id, received in rows
    }


def first_month_received(connection: sqlite3.Connection) -> str:
    """Return the first month a report was received for, "" while none was."""
    (month,) = connection.execute(
        "SELECT coalesce(min(period), '') FROM collaborator_report WHERE received_on IS NOT NULL"
    ).fetchone()
    return str(month)


def participations(
    connection: sqlite3.Connection, first: date, last: date, person_id: int | None = None
) -> dict[int, tuple[Participation, ...]]:
    """Return the meetings of a span that people were asked to or came to, by person and day; of one person or of all.

    Somebody who is asked and also stands in for another has one participation.
    """
    values = {"first": first.isoformat(), "last": last.isoformat(), "person": person_id}
    found: dict[int, dict[int, Participation]] = {}
    rows = connection.execute(_OF_ALL if person_id is None else _OF_ONE, values)
    for owner, meeting_id, held_on, kind, title, is_asked, has_come, came_for in rows:
        own = found.setdefault(owner, {})
        known = own.get(meeting_id)
        own[meeting_id] = Participation(
            meeting_id=meeting_id,
            held_on=date.fromisoformat(held_on),
            kind=kind,
            title=title,
            is_asked=bool(is_asked) or (known is not None and known.is_asked),
            has_come=bool(has_come) or (known is not None and known.has_come),
            came_for=came_for or (known.came_for if known is not None else ""),
        )
    return {owner: tuple(each.values()) for owner, each in found.items()}


def leads(connection: sqlite3.Connection, first: date, last: date) -> Iterator[tuple[int, int, int]]:
    """Yield each person with how many needs they found in a span, and how many of these have a project."""
    yield from connection.execute(_LEADS, {"first": first.isoformat(), "last": last.isoformat()})

"""What meetings leave behind: open tasks, petitions without an answer; and which meetings fall on the same days."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.storage import records

_LAST_OF_ITS_CHAIN = "NOT EXISTS (SELECT 1 FROM task AS later WHERE later.carried_from_id = task.id)"
_LONGEST_DAYS = 60
"""No meeting goes on for longer: what began before is not looked at."""
_OF_KIND_BEFORE = "kind = ? AND id <> ? AND (held_on < ? OR (held_on = ? AND id < ?))"


def open_tasks(connection: sqlite3.Connection) -> tuple[Task, ...]:
    """Return the tasks with a date that are not done, each once: one carried on is told where it is now."""
    where = f"state = 'open' AND due_on IS NOT NULL AND {_LAST_OF_ITS_CHAIN}"
    return records.fetch_all(connection, Task, where, (), "due_on, id")


def unanswered_petitions(connection: sqlite3.Connection) -> tuple[Petition, ...]:
    """Return the petitions nobody has answered and nobody has closed, those with a date first."""
    where = "trim(answer) = '' AND is_closed = 0"
    return records.fetch_all(connection, Petition, where, (), "due_on IS NULL, due_on, id")


def chain(connection: sqlite3.Connection, task_id: int) -> tuple[int, ...]:
    """Return the ids of a task, of those it was carried from and of those carried from it, the first one first."""
    rows = connection.execute(
        "WITH RECURSIVE back (id, carried_from_id) AS ("
        "SELECT id, carried_from_id FROM task WHERE id = ? "
        "UNION SELECT t.id, t.carried_from_id FROM task AS t JOIN back ON t.id = back.carried_from_id), "
        "whole (id) AS (SELECT id FROM back "
        "UNION SELECT t.id FROM task AS t JOIN whole ON t.carried_from_id = whole.id) "
        "SELECT id FROM whole ORDER BY id",
        (task_id,),
    )
    return tuple(number for (number,) in rows)


def last_of_kind(connection: sqlite3.Connection, meeting: Meeting) -> Meeting | None:
    """Return the last meeting of the same kind before a meeting, None for the first."""
    if meeting.held_on is None:
        return None
    day = meeting.held_on.isoformat()
    found = records.fetch_all(
        connection,
        Meeting,
        f"id = (SELECT id FROM meeting WHERE {_OF_KIND_BEFORE} ORDER BY held_on DESC, id DESC LIMIT 1)",
        (meeting.kind, meeting.id, day, day, meeting.id),
    )
    return found[0] if found else None


def on_days(connection: sqlite3.Connection, first: date, last: date) -> tuple[Meeting, ...]:
    """Return the meetings that take place on any day from first to last."""
    return records.fetch_all(
        connection,
        Meeting,
        "held_on BETWEEN ? AND ? AND coalesce(ended_on, held_on) >= ?",
        ((first - timedelta(days=_LONGEST_DAYS)).isoformat(), last.isoformat(), first.isoformat()),
        "held_on, starts_at, id",
    )

"""The clock of a meeting: when each point of its agenda begins and ends, and how the sum stands to the planned end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kc_desktop.domain.dates import DateError, clock, parse_time
from kc_desktop.domain.meeting import AgendaItem, Meeting

_ANY_DAY = date(2000, 1, 1)
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When a point of the agenda begins and ends; None where an earlier point does not say how long it takes."""

    starts: time | None = None
    ends: time | None = None

    @property
    def words(self) -> str:
        """Write it for a column: "08:30–08:45", "08:30" where the end is not known, "" where nothing is."""
        return "–".join(clock(each) for each in (self.starts, self.ends) if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long an agenda takes, in minutes.

    `unknown` points say nothing of their length; `planned` is the time from start to end of the meeting, None where one
    of the two is not known.
    """

    minutes: int
    unknown: int
    planned: int | None

    @property
    def over(self) -> int:
        """By how many minutes the agenda is longer than the meeting; negative with time left, 0 without an end."""
        return self.minutes - self.planned if self.planned is not None else 0


def time_of(text: str) -> time | None:
    """Read a time of day as a record keeps it; None for none and for what is no time."""
    try:
        return parse_time(text) if text.strip() else None
    except DateError:
        return None


def slots(meeting: Meeting, agenda: Sequence[AgendaItem]) -> tuple[Slot, ...]:
    """Return when each point of an agenda begins and ends, counted from the start of the meeting.

    A point without minutes has a start only, and nothing is said of those after it. Times run over midnight.
    """
    at = time_of(meeting.starts_at)
    found = []
    for item in agenda:
        ends = _later(at, item.planned_minutes) if at is not None and item.planned_minutes is not None else None
        found.append(Slot(starts=at, ends=ends))
        at = ends
    return tuple(found)


def length(meeting: Meeting, agenda: Sequence[AgendaItem]) -> Length:
    """Return how long an agenda takes beside the time the meeting has."""
    starts, ends = time_of(meeting.starts_at), time_of(meeting.ends_at)
    days = (meeting.ended_on - meeting.held_on).days if meeting.ended_on and meeting.held_on else 0
    planned = None
    if starts is not None and ends is not None:
        planned = days * _MINUTES_A_DAY + _minute(ends) - _minute(starts)
    return Length(
        minutes=sum(each.planned_minutes or 0 for each in agenda),
        unknown=sum(each.planned_minutes is None for each in agenda),
        planned=planned if planned is not None and planned > 0 else None,
    )


def expected_end(meeting: Meeting, agenda: Sequence[AgendaItem]) -> datetime | None:
    """Return when a meeting is to end: as it says, else when its agenda is through; None where neither tells."""
    if meeting.held_on is None:
        return None
    ends = time_of(meeting.ends_at)
    if ends is not None:
        return datetime.combine(meeting.ended_on or meeting.held_on, ends)
    starts, taken = time_of(meeting.starts_at), length(meeting, agenda)
    if starts is None or not taken.minutes or taken.unknown or meeting.ended_on not in (None, meeting.held_on):
        return None
    return datetime.combine(meeting.held_on, starts) + timedelta(minutes=taken.minutes)


def _later(at: time, minutes: int) -> time:
    return (datetime.combine(_ANY_DAY, at) + timedelta(minutes=minutes % _MINUTES_A_DAY)).time()


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute

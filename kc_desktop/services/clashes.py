"""Meetings at the same time: which other meeting, whether in the same room, and who is asked to both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kc_desktop.domain.agenda import expected_end, time_of
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import search_key
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import follow_up as stored

_STAYS_AWAY = frozenset({"excused", "absent"})
_NAMES_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Another meeting at the same time; `is_certain` is False where one of the two does not say when it is.

    `people` are the ids and names of those asked to both.
    """

    meeting: Meeting
    is_certain: bool
    is_same_room: bool
    people: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> str:
        """Say what clashes, without the name of the other meeting."""
        told = [f"cùng địa điểm {self.meeting.place}"] if self.is_same_room else []
        if self.people:
            names = [name for _id, name in self.people[:_NAMES_TOLD]]
            more = len(self.people) - len(names)
            told.append(f"cùng mời {', '.join(names)}" + (f" và {more} người khác" if more else ""))
        when = "trùng giờ" if self.is_certain else "cùng ngày, có thể trùng giờ (chưa ghi đủ giờ họp)"
        return "; ".join((when, *told))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """From when to when; `is_known` False where a part of it is only the widest it can be."""

    starts: datetime
    ends: datetime
    is_known: bool


def clashes(workspace: Workspace, meeting_id: int) -> tuple[Clash, ...]:
    """Return the other meetings at the time of one, those that share a room or people first.

    A meeting without an end is taken to last as long as its agenda; where that is not known either, it may last until
    the end of its day, and the clash says that it is not certain. A mere possibility is told only where the room or
    people are the same. Who is excused or absent is asked no more; who sent somebody is where the other one is.
    """
    meeting = workspace.get(Meeting, meeting_id)
    own = _span(workspace, meeting)
    if own is None:
        return ()
    with workspace.reading() as connection:
        others = stored.on_days(connection, own.starts.date(), own.ends.date())
    found = []
    for other in others:
        span = _span(workspace, other) if other.id != meeting.id else None
        if span is None or span.starts >= own.ends or own.starts >= span.ends:
            continue
        found.append(_clash(workspace, meeting, other, is_certain=own.is_known and span.is_known))
    told = [each for each in found if each.is_certain or each.is_same_room or each.people]
    return tuple(sorted(told, key=lambda each: (not each.is_same_room, not each.people, each.meeting.id)))


def _clash(workspace: Workspace, meeting: Meeting, other: Meeting, *, is_certain: bool) -> Clash:
    both = _people(workspace, meeting) & _people(workspace, other)
    names = sorted((each.name, each.id) for each in workspace.many(Person, set(both)).values())
    return Clash(
        meeting=other,
        is_certain=is_certain,
        is_same_room=bool(meeting.place) and search_key(meeting.place) == search_key(other.place),
        people=tuple((number, name) for name, number in names),
    )


def _span(workspace: Workspace, meeting: Meeting) -> _Span | None:
    if meeting.held_on is None:
        return None
    starts = time_of(meeting.starts_at)
    ends = expected_end(meeting, () if meeting.ends_at else workspace.children(AgendaItem, meeting_id=meeting.id))
    last: date = meeting.ended_on or meeting.held_on
    return _Span(
        starts=datetime.combine(meeting.held_on, starts or time.min),
        ends=ends or datetime.combine(last, time.max),
        is_known=starts is not None and ends is not None,
    )


def _people(workspace: Workspace, meeting: Meeting) -> frozenset[int]:
    attending = {
        each.delegate_id or each.person_id if each.state == "delegate" else each.person_id
        for each in workspace.children(Attendee, meeting_id=meeting.id)
        if each.state not in _STAYS_AWAY
    }
    led = {each for each in (meeting.chair_id, meeting.secretary_id) if each}
    return frozenset(attending | led)

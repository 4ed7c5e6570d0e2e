"""Events as an iCalendar file (RFC 5545), for the calendars of phones, Outlook and mail programs.

Times are those of Việt Nam, which has had no summer time since 1975: one zone at +07:00, written into the file. The
same events give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_ZONE = "Asia/Ho_Chi_Minh"
_MOST_OCTETS = 75
"""A line is folded before it gets longer, its end not counted (RFC 5545, 3.1)."""
_ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something in a calendar. `uid` stays the same from one export to the next.

    `starts` is a date for what has no hour; `ends` is the moment it ends, or the last day of it; None where not known.
    """

    uid: str
    summary: str
    starts: date | datetime
    ends: date | datetime | None = None
    place: str = ""
    description: str = ""
    is_settled: bool = True


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """Return the iCalendar file of events. `stamp` is the moment they were last changed, with its offset."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//KC Desktop//Lich khuyen cong//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *_ZONE_LINES,
    ]
    for each in events:
        lines += _event(each, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(each)}\r\n" for each in lines).encode("utf-8")


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield _when("DTSTART", event.starts)
    if event.ends is not None:
        # the end of a day is the beginning of the next (RFC 5545, 3.6.1)
        yield _when("DTEND", event.ends if isinstance(event.ends, datetime) else event.ends + timedelta(days=1))
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"STATUS:{'CONFIRMED' if event.is_settled else 'TENTATIVE'}"
    yield f"TRANSP:{'OPAQUE' if isinstance(event.starts, datetime) else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _when(name: str, at: date | datetime) -> str:
    if isinstance(at, datetime):
        return f"{name};TZID={_ZONE}:{at:%Y%m%dT%H%M%S}"
    return f"{name};VALUE=DATE:{at:%Y%m%d}"


def escaped(text: str) -> str:
    """Return a text with the signs a value may not hold as they are (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Return a line broken so that no part is longer than 75 octets of UTF-8, and no letter is broken."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _MOST_OCTETS:
            parts.append(part)
            part, size = "", 1  # the blank that leads a part counts
        part += letter
        size += octets
    return "\r\n ".join((*parts, part))

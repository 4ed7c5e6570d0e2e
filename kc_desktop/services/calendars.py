"""The office's meetings and days by which something must be done, for the calendar on a phone or in Outlook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kc_desktop.documents.calendar import Event, calendar
from kc_desktop.domain.agenda import expected_end, slots, time_of
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import AgendaItem, Meeting
from kc_desktop.services import deadlines, follow_up
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import clock, history

_AHEAD_DAYS = 366
"""How far deadlines are looked up ahead: those of the plan of the next year are among them."""
_NAME = "Lịch khuyến công"


def export(workspace: Workspace, today: date) -> bytes:
    """Return the calendar of all meetings, of tasks and petitions with a day, and of the deadlines a year ahead.

    The same file on the same day gives the same bytes; an event keeps its mark from one export to the next, so that a
    calendar that reads it again moves the event instead of adding another.
    """
    with workspace.reading() as connection:
        mark = history.mark_of_file(connection)
        stamp = clock.changed_last_at(connection)
    found = [*_meetings(workspace, mark), *_to_do(workspace, mark, today), *_deadlines(workspace, mark, today)]
    return calendar(_NAME, found, stamp or datetime.combine(today, datetime.min.time()).astimezone())


def suggested_name(today: date) -> str:
    """Return a name for the file."""
    return f"{today:%Y.%m.%d}. {_NAME}.ics"


def _uid(kind: str, number: object, mark: str) -> str:
    return f"{kind}-{number}@{mark}.kc-desktop"


def _meetings(workspace: Workspace, mark: str) -> Iterator[Event]:
    for meeting in sorted(workspace.all(Meeting), key=lambda each: (each.held_on or date.min, each.id)):
        if meeting.held_on is None:
            continue
        agenda = workspace.children(AgendaItem, meeting_id=meeting.id)
        at = time_of(meeting.starts_at)
        starts: date | datetime = datetime.combine(meeting.held_on, at) if at is not None else meeting.held_on
        ends: date | datetime | None = expected_end(meeting, agenda) if at is not None else meeting.ended_on
        yield Event(
            uid=_uid("cuoc-hop", meeting.id, mark),
            summary=meeting.title,
            starts=starts,
            ends=ends if ends is not None and ends > starts else None,
            place=meeting.place,
            description="\n".join(_about(workspace, meeting, agenda)),
            is_settled=meeting.state != "draft",
        )


def _about(workspace: Workspace, meeting: Meeting, agenda: tuple[AgendaItem, ...]) -> Iterator[str]:
    for label, person_id in (("Chủ trì", meeting.chair_id), ("Thư ký", meeting.secretary_id)):
        if person_id:
            yield f"{label}: {workspace.title_of('person', person_id)}"
    if agenda:
        yield "Chương trình:"
    for number, (item, slot) in enumerate(zip(agenda, slots(meeting, agenda), strict=True), start=1):
        yield f"{number}. {item.title}" + (f" ({slot.words})" if slot.words else "")


def _to_do(workspace: Workspace, mark: str, today: date) -> Iterator[Event]:
    for open_task in follow_up.open_tasks(workspace, today):
        due = open_task.task.due_on
        if due is not None:
            who = f" – {open_task.owner}" if open_task.owner else ""
            body = open_task.task.body
            first = follow_up.first_of(workspace, open_task.task)
            yield _day_event(_uid("viec", first, mark), f"Hạn: {body}{who}", due, open_task.meeting)
    for waiting in follow_up.unanswered_petitions(workspace, today):
        due = waiting.petition.due_on
        if due is not None:
            uid = _uid("kien-nghi", waiting.petition.id, mark)
            yield _day_event(uid, f"Hạn trả lời kiến nghị: {waiting.petition.body}", due, waiting.meeting)


def _day_event(uid: str, summary: str, on: date, meeting: Meeting) -> Event:
    held = f" ngày {format_date(meeting.held_on)}" if meeting.held_on else ""
    return Event(
        uid=uid,
        summary=" ".join(summary.split()),
        starts=on,
        ends=on,
        description=f"Từ cuộc họp{held}: {meeting.title}",
    )


def _deadlines(workspace: Workspace, mark: str, today: date) -> Iterator[Event]:
    for each in deadlines.upcoming(workspace, today, _AHEAD_DAYS):
        told = f"{each.project_id}-{each.code}-{each.step or each.month}"
        yield Event(
            uid=_uid("thoi-han", told, mark),
            summary=f"Hạn: {each.label} – {each.project_name}",
            starts=each.due_on,
            ends=each.due_on,
            description=each.citation + ("" if each.is_verified else " (chưa kiểm chứng)"),
        )

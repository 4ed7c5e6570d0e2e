"""Meetings: who is asked, who came, what was said."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from kc_desktop.domain.dates import clock
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import (
    ATTENDANCE_STATES,
    AgendaItem,
    Attendee,
    AttendeeDetail,
    Conclusion,
    Entry,
    Meeting,
    MeetingDossier,
    Petition,
    Task,
)
from kc_desktop.domain.people import PERSON_GROUPS, Person
from kc_desktop.services import directory
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import meetings as stored

C = TypeVar("C", AgendaItem, Attendee, Entry, Conclusion, Task, Petition)

_ROLE_OF_GROUP = {"staff": "staff", "authority": "authority", "collaborator": "collaborator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of the directory: how many people it holds and how many of them are not asked yet."""

    code: str
    label: str
    total: int
    missing: int


class PartCounts(NamedTuple):
    """How many parts a meeting has that not every meeting has."""

    items: int = 0
    decisions: int = 0
    parties: int = 0
    files: int = 0
    versions: int = 0


def part_counts(workspace: Workspace, meeting_id: int) -> PartCounts:
    """Return how much a meeting has to vote on, decided, of parties, attached files and closed versions."""
    with workspace.reading() as connection:
        return PartCounts(*stored.count_parts(connection, meeting_id))


def dossier(workspace: Workspace, meeting_id: int) -> MeetingDossier:
    """Return everything about a meeting. Raises KnownError when it is gone."""
    meeting = workspace.get(Meeting, meeting_id)
    agenda = workspace.children(AgendaItem, meeting_id=meeting_id)
    attendees = workspace.children(Attendee, meeting_id=meeting_id)
    entries = workspace.children(Entry, meeting_id=meeting_id)
    conclusions = workspace.children(Conclusion, meeting_id=meeting_id)
    tasks = workspace.children(Task, meeting_id=meeting_id)
    petitions = workspace.children(Petition, meeting_id=meeting_id)
    ids = {meeting.chair_id, meeting.secretary_id}
    ids |= {each.presenter_id for each in agenda} | {each.speaker_id for each in entries}
    ids |= {each.person_id for each in attendees} | {each.delegate_id for each in attendees}
    ids |= {each.owner_id for each in tasks} | {each.owner_id for each in conclusions}
    ids |= {each.asked_by_id for each in petitions} | {each.answered_by_id for each in petitions}
    people = directory.as_of(workspace, workspace.many(Person, {each for each in ids if each}), meeting.held_on)
    return MeetingDossier(
        office=workspace.office,
        meeting=meeting,
        agenda=agenda,
        attendees=tuple(
            AttendeeDetail(
                attendee=each,
                person=people[each.person_id],
                delegate=people.get(each.delegate_id) if each.delegate_id else None,
            )
            for each in attendees
        ),
        entries=entries,
        conclusions=conclusions,
        tasks=tasks,
        petitions=petitions,
        people=people,
        is_sample=workspace.is_sample,
    )


def with_petitions_of_year(workspace: Workspace, year: int) -> tuple[MeetingDossier, ...]:
    """Return the meetings held in a year at which somebody asked for something, in order, with their petitions only."""
    held = [each for each in workspace.all(Meeting) if each.held_on is not None and each.held_on.year == year]
    petitions: dict[int, list[Petition]] = {each.id: [] for each in held}
    for each in sorted(workspace.all(Petition), key=lambda one: (one.ordinal, one.id)):
        if each.meeting_id in petitions:
            petitions[each.meeting_id].append(each)
    asked = [each for each in sorted(held, key=lambda one: (one.held_on or date.max, one.id)) if petitions[each.id]]
    people_ids = {
        person_id
        for each in asked
        for one in petitions[each.id]
        for person_id in (one.asked_by_id, one.answered_by_id)
        if person_id
    }
    people = workspace.many(Person, people_ids)
    return tuple(
        MeetingDossier(office=workspace.office, meeting=each, petitions=tuple(petitions[each.id]), people=people)
        for each in asked
    )


def groups(workspace: Workspace, meeting_id: int) -> tuple[Group, ...]:
    """Return the groups of the directory that can be asked in one click, those that hold nobody left out."""
    meeting = workspace.get(Meeting, meeting_id)
    found = []
    for code, label in PERSON_GROUPS:
        with workspace.reading() as connection:
            total = stored.group_size(connection, code, meeting)
            missing = len(stored.not_asked_yet(connection, code, meeting))
        if total:
            found.append(Group(code=code, label=label, total=total, missing=missing))
    return tuple(found)


def invite_group(workspace: Workspace, meeting_id: int, code: str) -> int:
    """Ask everybody of a group who is not asked yet, in the order of names; one step. Returns how many were added."""
    meeting = workspace.get(Meeting, meeting_id)
    with workspace.reading() as connection:
        ids = stored.not_asked_yet(connection, code, meeting)
    if not ids:
        return 0
    label = dict(PERSON_GROUPS)[code]
    with workspace.change(f"Mời {len(ids)} người nhóm {label}"):
        for person_id in ids:
            invite_person(workspace, meeting_id, person_id, role=_ROLE_OF_GROUP.get(code, "guest"))
    return len(ids)


def invite_person(workspace: Workspace, meeting_id: int, person_id: int, role: str = "guest") -> Attendee:
    """Ask one person; someone who is asked already is returned as they stand."""
    for each in workspace.children(Attendee, meeting_id=meeting_id, person_id=person_id):
        return each
    attendee = Attendee(
        meeting_id=meeting_id,
        person_id=person_id,
        role=role,
        ordinal=_next_ordinal(workspace, Attendee, meeting_id),
    )
    return workspace.save(attendee, f"Mời {workspace.title_of('person', person_id)}")


def set_attendance(workspace: Workspace, attendee_ids: Sequence[int], state: str, reason: str = "") -> None:
    """Set the state of several attendees in one step. A reason belongs to an absence only, and is kept there."""
    label = dict(ATTENDANCE_STATES)[state]
    people = workspace.many(Attendee, set(attendee_ids))
    if len(people) == 1:
        (one,) = people.values()
        whom = workspace.title_of("person", one.person_id)
    else:
        whom = f"{len(people)} người"
    with workspace.change(f"Điểm danh {whom}: {label}"):
        for each in people.values():
            is_away = state in ("excused", "absent", "delegate")
            workspace.save(
                dataclasses.replace(
                    each,
                    state=state,
                    reason=(reason or each.reason) if is_away else "",
                    delegate_id=each.delegate_id if state == "delegate" else None,
                )
            )


def set_council_role(workspace: Workspace, attendee_ids: Sequence[int], role: str) -> None:
    """Give several attendees a role in the council, or none (""), in one step."""
    found = list(workspace.many(Attendee, set(attendee_ids)).values())
    if not found:
        return
    whom = workspace.title_of("person", found[0].person_id) if len(found) == 1 else f"{len(found)} người"
    with workspace.change(f"Ghi vai trò hội đồng {whom}: {role or 'không phải thành viên'}"):
        for each in found:
            workspace.save(dataclasses.replace(each, council_role=role))


def said_now(meeting: Meeting, now: datetime) -> str:
    """Return the clock time to write beside what is said now, "" when the meeting is not on this day."""
    last = meeting.ended_on or meeting.held_on
    is_today = meeting.held_on is not None and last is not None and meeting.held_on <= now.date() <= last
    return clock(now.time()) if is_today else ""


def add_entry(
    workspace: Workspace,
    meeting_id: int,
    *,
    agenda_item_id: int | None,
    speaker_id: int | None,
    body: str,
    said_at: str = "",
) -> Entry:
    """Write down what was said and when, after everything said before."""
    entry = Entry(
        meeting_id=meeting_id,
        agenda_item_id=agenda_item_id,
        speaker_id=speaker_id,
        body=body,
        said_at=said_at,
        ordinal=_next_ordinal(workspace, Entry, meeting_id),
    )
    speaker = workspace.title_of("person", speaker_id)
    return workspace.save(entry, f"Ghi ý kiến {speaker}".rstrip())


def add(workspace: Workspace, record: C) -> C:
    """Add a part of a meeting after its last one of the kind."""
    return workspace.save(
        dataclasses.replace(record, ordinal=_next_ordinal(workspace, type(record), record.meeting_id))
    )


def move(workspace: Workspace, record: C, step: int) -> None:
    """Move a part of a meeting up (step < 0) or down among its kind; at the end it stays."""
    siblings = list(workspace.children(type(record), meeting_id=record.meeting_id))
    place = next((index for index, each in enumerate(siblings) if each.id == record.id), None)
    if place is None:
        return
    target = max(0, min(len(siblings) - 1, place + step))
    if target == place:
        return
    siblings.insert(target, siblings.pop(place))
    singular = describe(type(record)).singular
    with workspace.change(f"Xếp lại thứ tự {singular}"):
        for ordinal, each in enumerate(siblings, start=1):
            if each.ordinal != ordinal:
                workspace.save(dataclasses.replace(each, ordinal=ordinal))


def _next_ordinal(workspace: Workspace, cls: type[Any], meeting_id: int) -> int:
    with workspace.reading() as connection:
        return stored.next_ordinal(connection, cls, meeting_id)

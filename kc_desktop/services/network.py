"""The network: who is a collaborator on a day, whose term ends soon, which places nobody looks after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kc_desktop.domain import terms as rules
from kc_desktop.domain.law import BodyName
from kc_desktop.domain.people import COLLABORATOR_LEVELS, AdminUnit, Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.services import admin_units
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import network as stored
from kc_desktop.storage.listing import ListRequest
from kc_desktop.storage.network import EXPIRY_DAYS

__all__ = [
    "EXPIRY_DAYS",
    "TERM_TABLES",
    "Expiring",
    "Term",
    "Uncovered",
    "area_words",
    "areas",
    "cover",
    "district_end",
    "expiring",
    "expiring_request",
    "held_on",
    "level_counts",
    "newest",
    "priority_without_anybody",
    "set_areas",
    "terms_of",
    "uncovered",
    "uncovered_request",
]

TERM_TABLES = frozenset({"appointment", "appointment_member", "member_area", "body_name"})
"""Tables that a term or an area rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A term that ends soon and that no later decision follows."""

    member: AppointmentMember
    person: Person
    last_day: date

    def days_left(self, today: date) -> int:
        """Return how many days are left after today; 0 on the last day."""
        return (self.last_day - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A place with projects or establishments that nobody looks after."""

    unit: AdminUnit
    projects: int
    establishments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One person's time in the network by one decision; `last_day` is None while no end is known."""

    appointment: Appointment
    member: AppointmentMember
    first_day: date | None
    last_day: date | None
    area: str


def district_end(workspace: Workspace) -> date | None:
    """Return the last day of the district level, as the names of bodies keep it; None where they do not tell it."""
    rows = (each.valid_to for each in workspace.children(BodyName, code=rules.DISTRICT_BODY))
    return max((each for each in rows if each is not None), default=None)


# --- terms ---


def newest(workspace: Workspace) -> Appointment | None:
    """Return the newest decision; None while there is none. What is only proposed does not count."""
    decided = (each for each in workspace.all(Appointment) if each.state == "decided")
    return max(decided, key=lambda each: (rules.first_day(each) or date.min, each.id), default=None)


def held_on(workspace: Workspace, on: date) -> tuple[AppointmentMember, ...]:
    """Return the members whose term holds on a day, in the order of decisions and their lists."""
    with workspace.reading() as connection:
        return stored.held_on(connection, on)


def expiring(workspace: Workspace, today: date, days: int = EXPIRY_DAYS) -> tuple[Expiring, ...]:
    """Return the terms whose last day is today or within so many days, the soonest first; renewed ones left out."""
    with workspace.reading() as connection:
        found = stored.expiring(connection, today, today + timedelta(days=days))
    members = workspace.many(AppointmentMember, {member_id for member_id, _ in found})
    people = workspace.many(Person, {each.person_id for each in members.values()})
    return tuple(
        Expiring(
            member=members[member_id],
            person=people[members[member_id].person_id],
            last_day=date.fromisoformat(last),
        )
        for member_id, last in found
    )


def expiring_request(today: date) -> ListRequest:
    """Return the rows of the list `collaborators` whose term ends within `EXPIRY_DAYS` of today."""
    return ListRequest(filters=(("expiring", today.isoformat()),))


def terms_of(workspace: Workspace, person_id: int) -> tuple[Term, ...]:
    """Return a person's terms, the newest first; proposed ones among them."""
    members = workspace.children(AppointmentMember, person_id=person_id)
    decisions = workspace.many(Appointment, {each.appointment_id for each in members})
    places = areas(workspace, [each.id for each in members])
    ended = district_end(workspace)
    found = [
        Term(
            appointment=decisions[each.appointment_id],
            member=each,
            first_day=rules.first_day(decisions[each.appointment_id]),
            last_day=rules.last_day(decisions[each.appointment_id], each, ended),
            area=area_words(each, places.get(each.id, ())),
        )
        for each in members
    ]
    return tuple(sorted(found, key=lambda each: (each.first_day or date.max, each.member.id), reverse=True))


def level_counts(levels: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
    """Return (code, label, how many) of every level, in the order of levels, those with nobody included."""
    held = list(levels)
    return tuple((code, label, held.count(code)) for code, label in COLLABORATOR_LEVELS)


# --- places ---


def areas(workspace: Workspace, member_ids: Sequence[int]) -> Mapping[int, tuple[AdminUnit, ...]]:
    """Return the communes each of these members looks after; members without any left out."""
    with workspace.reading() as connection:
        return stored.areas(connection, member_ids)


def area_words(member: AppointmentMember, communes: Iterable[AdminUnit]) -> str:
    """Return what a member looks after as lists and papers say it: "Hiệp hội gỗ; xã An Long, phường Bến Cát"."""
    names = ", ".join(admin_units.in_sentence(each.name) for each in communes)
    return "; ".join(each for each in (member.area.strip(), names) if each)


def set_areas(workspace: Workspace, member_id: int, commune_ids: Sequence[int]) -> None:
    """Let a member look after these communes and no others, each once; one step of the history."""
    wanted = list(dict.fromkeys(commune_ids))
    kept = workspace.children(MemberArea, member_id=member_id)
    with workspace.change("Sửa địa bàn phụ trách"):
        there = set()
        for each in kept:
            if each.commune_id in wanted and each.commune_id not in there:
                there.add(each.commune_id)
            else:
                workspace.delete(MemberArea, each.id)
        for commune_id in wanted:
            if commune_id not in there:
                workspace.save(MemberArea(member_id=member_id, commune_id=commune_id))


def cover(workspace: Workspace, member_id: int, commune_id: int) -> None:
    """Let a member look after one commune more; one step of the history."""
    known = [each.commune_id for each in workspace.children(MemberArea, member_id=member_id)]
    if commune_id in known:
        return
    member = workspace.get(AppointmentMember, member_id)
    who, where = workspace.title_of("person", member.person_id), workspace.title_of("admin_unit", commune_id)
    with workspace.change(f"Giao {where} cho {who}"):
        workspace.save(MemberArea(member_id=member_id, commune_id=commune_id))


def uncovered(workspace: Workspace, on: date) -> tuple[Uncovered, ...]:
    """Return the places with projects or establishments that no collaborator looks after on a day.

    Priority places (NĐ 45/2012 Điều 6, as marked in the list of administrative units) come first.
    """
    with workspace.reading() as connection:
        found = stored.uncovered(connection, on)
    units = workspace.many(AdminUnit, {unit_id for unit_id, _, _ in found})
    return tuple(
        Uncovered(unit=units[unit_id], projects=projects, establishments=establishments)
        for unit_id, projects, establishments in found
    )


def uncovered_request(on: date) -> ListRequest:
    """Return the rows of the list `uncovered` on a day."""
    return ListRequest(filters=(("uncovered_on", on.isoformat()),))


def priority_without_anybody(workspace: Workspace, commune_ids: Iterable[int], on: date) -> tuple[AdminUnit, ...]:
    """Return the priority places of a day that none of these communes stands for."""
    with workspace.reading() as connection:
        places = stored.priority_units(connection, on)
    covered = workspace.many(AdminUnit, set(commune_ids)).values()
    codes = {each.code for each in covered} | {each.successor_code for each in covered if each.successor_code}
    return tuple(each for each in places if each.code not in codes)

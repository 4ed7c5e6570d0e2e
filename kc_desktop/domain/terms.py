"""Terms: from when to when a decision makes somebody a collaborator, and what ends a term before its time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kc_desktop.domain.people import Appointment, AppointmentMember

DISTRICT_LEVEL: Final = "huyen"
DISTRICT_BODY: Final = "district-level"
"""The code of the district level among the names of bodies: the last day of its row is the level's last day."""


def first_day(appointment: Appointment) -> date | None:
    """Return the first day of a decision's term: the one it names, else its own; None while neither is known."""
    return appointment.valid_from or appointment.decided_on


def last_day(appointment: Appointment, member: AppointmentMember, district_end: date | None) -> date | None:
    """Return the last day of a member's term, None while no end is known.

    It is the decision's last day, the day before the member left, or the last day of the district level
    (`district_end`) for a member of it: whichever comes first.
    """
    ends = [
        appointment.valid_to,
        member.ended_on - timedelta(days=1) if member.ended_on else None,
        district_end if member.level == DISTRICT_LEVEL else None,
    ]
    return min((each for each in ends if each is not None), default=None)


def holds_on(appointment: Appointment, member: AppointmentMember, on: date, district_end: date | None) -> bool:
    """Tell whether somebody is a collaborator by a decision on a day; what is only proposed makes nobody one."""
    if appointment.state != "decided" or (first_day(appointment) or date.min) > on:
        return False
    last = last_day(appointment, member, district_end)
    return last is None or on <= last

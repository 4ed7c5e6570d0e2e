"""Hồ sơ mạng lưới: everything the papers of one decision on collaborators may say, gathered once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.collaborator_work import EvaluatedYear
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import COLLABORATOR_LEVELS, Appointment, AppointmentMember, Person
from kc_desktop.domain.project_dossier import PaperSigner
from kc_desktop.domain.terms import first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """One collaborator of a list: what they look after in words, every phone, whether the last list had them."""

    member: AppointmentMember
    person: Person
    area: str = ""
    phones: tuple[str, ...] = ()
    is_former: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDossier:
    """Everything a paper about one list of collaborators may say.

    `previous` is the decision before it and `previous_size` how many it named; `past_year` is the year before the term
    and `past` what each collaborator did in it, for the submission. `bases` are the lines "Căn cứ …" the paper cites,
    without a last sign.
    """

    office: Office
    appointment: Appointment
    members: tuple[ListedMember, ...] = ()
    previous: Appointment | None = None
    previous_size: int = 0
    past_year: int = 0
    past: tuple[EvaluatedYear, ...] = ()
    signer: PaperSigner | None = None
    bases: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def by_level(self) -> tuple[tuple[str, str, tuple[ListedMember, ...]], ...]:
        """Return (code, label, members) of every level that has somebody, in the order of levels."""
        found = (
            (code, label, tuple(each for each in self.members if each.member.level == code))
            for code, label in COLLABORATOR_LEVELS
        )
        return tuple(each for each in found if each[2])

    @property
    def first_day(self) -> date | None:
        """The first day of the term, None while it is not known."""
        return first_day(self.appointment)

"""The papers of a decision on collaborators: what they are made from, what they still lack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kc_desktop.domain import terms
from kc_desktop.domain.directory import PersonContact
from kc_desktop.domain.network_dossier import ListedMember, NetworkDossier
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.services import evaluations, law, network, projects, reappointment
from kc_desktop.services.workspace import Workspace


def dossier(workspace: Workspace, key: str, appointment_id: int) -> NetworkDossier:
    """Return everything about a decision and its members; the directory leaves out who has left.

    Raises KnownError when the decision is gone.
    """
    appointment = workspace.get(Appointment, appointment_id)
    previous = _previous(workspace, appointment)
    before = workspace.children(AppointmentMember, appointment_id=previous.id) if previous else ()
    members = workspace.children(AppointmentMember, appointment_id=appointment_id)
    if key == "collaborator-directory":
        members = tuple(each for each in members if each.ended_on is None)
    past_year = _past_year(appointment, previous) if key == "appointment-submission" else 0
    counted_on = appointment.submitted_on or date.today()
    return NetworkDossier(
        office=workspace.office,
        appointment=appointment,
        members=_listed(workspace, members, {each.person_id for each in before}),
        previous=previous,
        previous_size=len(before),
        past_year=past_year,
        past=evaluations.of_year(workspace, past_year, counted_on) if past_year else (),
        signer=projects.default_signer(workspace),
        bases=law.basis_lines(law.bases_for(workspace, key, _basis_day(appointment))),
        is_sample=workspace.is_sample,
    )


def _previous(workspace: Workspace, appointment: Appointment) -> Appointment | None:
    """Return the decision before this one: the newest that began before it does; of one without a day, the newest."""
    first = terms.first_day(appointment) or date.max
    earlier = (
        each
        for each in reappointment.sources(workspace)
        if each.id != appointment.id and (terms.first_day(each) or date.min) < first
    )
    return next(earlier, None)


def _past_year(appointment: Appointment, previous: Appointment | None) -> int:
    """Return the year whose results a submission tells: the last before the new term; 0 without a decision before."""
    if previous is None:
        return 0
    first, began, ended = terms.first_day(appointment), terms.first_day(previous), previous.valid_to
    year = first.year - 1 if first else (ended or began or date.today()).year
    return max(year, began.year) if began else year


def _listed(workspace: Workspace, members: tuple[AppointmentMember, ...], before: set[int]) -> tuple[ListedMember, ...]:
    people = workspace.many(Person, {each.person_id for each in members})
    places = network.areas(workspace, [each.id for each in members])
    return tuple(
        ListedMember(
            member=each,
            person=people[each.person_id],
            area=network.area_words(each, places.get(each.id, ())),
            phones=_phones(workspace, people[each.person_id]),
            is_former=each.person_id in before,
        )
        for each in members
    )


def _phones(workspace: Workspace, person: Person) -> tuple[str, ...]:
    more = (each.value for each in workspace.children(PersonContact, person_id=person.id, kind="phone"))
    return tuple(dict.fromkeys(each for each in (person.phone, *more) if each))


def _basis_day(appointment: Appointment) -> date:
    return appointment.submitted_on or appointment.decided_on or date.today()


def dated(key: str, given: NetworkDossier) -> date | None:
    """Return the day a paper bears: that of the submission, of the decision; None for the directory, printed anew."""
    return {
        "appointment-submission": given.appointment.submitted_on,
        "appointment-list": given.appointment.decided_on,
    }.get(key)


def subject(key: str, given: NetworkDossier) -> str:
    """Return what a paper's file is named after: the year of its term, a decision's list after the decision."""
    first = given.first_day
    number = given.appointment.number if key == "appointment-list" else ""
    return number or (f"năm {first.year}" if first else "")


_NO_MEMBERS: Final = "Chưa có ai trong danh sách: thêm người ở phần Danh sách cộng tác viên."
_NO_SIGNER: Final = "Chưa có người ký mặc định: đặt ở Danh mục, Thiết lập đơn vị."
_NO_PARENT: Final = "Chưa có cơ quan chủ quản: ghi ở Danh mục, Thiết lập đơn vị."


def problems(workspace: Workspace, key: str, given: NetworkDossier) -> tuple[str, ...]:
    """Return what a paper of the network still lacks, in sentences that say the next step."""
    return tuple(dict.fromkeys(_problems(workspace, key, given)))


def _problems(workspace: Workspace, key: str, given: NetworkDossier) -> Iterator[str]:
    asked = given.appointment
    if not given.members:
        yield _NO_MEMBERS
    if key == "collaborator-directory":
        silent = sum(1 for each in given.members if not each.phones and not each.person.email)
        if silent:
            yield f"{silent} người chưa có điện thoại, thư điện tử: ghi ở Danh bạ."
    else:
        if not given.office.parent_name:
            yield _NO_PARENT
        if given.first_day is None or asked.valid_to is None:
            yield "Chưa có thời hạn: ghi Từ ngày, Đến ngày."
        unplaced = sum(1 for each in given.members if not each.area)
        if unplaced:
            yield f"{unplaced} người chưa có địa bàn, hiệp hội phụ trách: ghi ở cộng tác viên."
    if key == "appointment-submission":
        if not asked.submission_number or asked.submitted_on is None:
            yield "Chưa có số hoặc ngày tờ trình: giấy in dấu chấm để ghi tay."
        day = _basis_day(asked)
        yield from law.basis_problems(law.bases_for(workspace, key, day), day)
    if key == "appointment-list" and asked.state == "proposed":
        yield "Danh sách chưa có quyết định: bấm Ghi quyết định khi nhận được."
    if key != "appointment-list" and given.signer is None:
        yield _NO_SIGNER

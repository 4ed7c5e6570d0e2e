"""Tái bổ nhiệm: next year's network proposed out of the last decision, then made valid by the new one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kc_desktop.domain import terms as rules
from kc_desktop.domain.collaborator_work import EvaluatedYear
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.network import EVALUATION_GRADES
from kc_desktop.domain.people import Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import evaluations, network
from kc_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One place in the network that is proposed: somebody of the directory, or a new name (`person_id` 0).

    `is_former` tells who was in the last decision; `left` says why such a one is no longer there already, "" for all
    others. `commune_ids` are the places looked after. `work` says what such a one did in the last year.
    """

    person_id: int = 0
    name: str = ""
    level: str = "xa"
    role: str = "ctv"
    area: str = ""
    commune_ids: tuple[int, ...] = ()
    is_chosen: bool = True
    is_former: bool = False
    left: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The proposal as it is being put together: where it comes from, its term, its submission and its seats."""

    source_id: int = 0
    authority: str = "so"
    valid_from: date | None = None
    valid_to: date | None = None
    submission_number: str = ""
    submitted_on: date | None = None
    seats: tuple[Seat, ...] = ()

    @property
    def chosen(self) -> tuple[Seat, ...]:
        """The seats that are proposed."""
        return tuple(each for each in self.seats if each.is_chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision as it arrived: its number, day, authority and term.

    `replaces` are the ids of the decisions whose terms end when the new one begins.
    """

    number: str = ""
    decided_on: date | None = None
    authority: str = "so"
    valid_from: date | None = None
    valid_to: date | None = None
    replaces: frozenset[int] = frozenset()


# --- the proposal ---


def sources(workspace: Workspace) -> tuple[Appointment, ...]:
    """Return the decisions a proposal can start from, the newest first."""
    decided = (each for each in workspace.all(Appointment) if each.state == "decided")
    return tuple(sorted(decided, key=lambda each: (rules.first_day(each) or date.min, each.id), reverse=True))


def next_term(source: Appointment | None, today: date) -> tuple[date, date]:
    """Return the term to propose: a year from the day after the last one ended, else the calendar year of today."""
    if source is None or source.valid_to is None:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    first = source.valid_to + timedelta(days=1)
    return first, _year_later(first) - timedelta(days=1)


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


def propose(workspace: Workspace, source_id: int, today: date) -> Draft:
    """Return a draft with everybody of a decision, in its order.

    Who left before the decision ended, and whose level is closed by the day the new term begins, is not ticked.
    Raises KnownError when the decision is gone.
    """
    source = workspace.get(Appointment, source_id)
    first, last = next_term(source, today)
    members = workspace.children(AppointmentMember, appointment_id=source_id)
    places = network.areas(workspace, [each.id for each in members])
    people = workspace.many(Person, {each.person_id for each in members})
    closed = network.district_end(workspace)
    done = _work(workspace, min(first.year - 1 if source.valid_to else today.year, today.year), today)
    seats = []
    for each in members:
        seat = Seat(
            person_id=each.person_id,
            name=people[each.person_id].name,
            level=each.level,
            role=each.role,
            area=each.area,
            commune_ids=tuple(unit.id for unit in places.get(each.id, ())),
            is_former=True,
            left=_left(source, each),
            work=done.get(each.person_id, ""),
        )
        seats.append(dataclasses.replace(seat, is_chosen=not why_not(seat, first, closed)))
    return Draft(source_id=source_id, authority=source.authority, valid_from=first, valid_to=last, seats=tuple(seats))


def _work(workspace: Workspace, year: int, today: date) -> dict[int, str]:
    """Return what everybody did in a year, by person: who decides who stays looks at it."""
    rows = evaluations.of_year(workspace, year, today)
    sends_reports = any(each.work.reports_received for each in rows)
    return {each.person.id: _work_words(each, with_reports=sends_reports) for each in rows}


def _work_words(given: EvaluatedYear, *, with_reports: bool) -> str:
    grade, work = given.evaluation.grade, given.work
    parts = [dict(EVALUATION_GRADES)[grade]] if grade else []
    if with_reports:
        parts.append(f"báo cáo {work.reports_received}/{work.reports_owed}")
    if work.leads:
        parts.append(f"nhu cầu {work.leads}")
    return f"Năm {work.year}: {', '.join(parts)}" if parts else ""


def _left(source: Appointment, member: AppointmentMember) -> str:
    if member.ended_on is None or (source.valid_to is not None and member.ended_on > source.valid_to):
        return ""
    reason = f": {member.end_reason}" if member.end_reason.strip() else ""
    return f"Thôi làm từ {format_date(member.ended_on)}{reason}"


def why_not(seat: Seat, first: date | None, closed: date | None) -> str:
    """Say why somebody is not to be proposed for a term that begins on a day, "" when nothing speaks against it.

    `closed` is the last day of the district level.
    """
    return seat.left or level_closed(seat.level, first, closed)


def level_closed(level: str, first: date | None, closed: date | None) -> str:
    """Say that a level is closed when a term begins, "" while it is open."""
    if level != rules.DISTRICT_LEVEL or closed is None or first is None or first <= closed:
        return ""
    return f"Cấp huyện kết thúc ngày {format_date(closed)}"


def summary(seats: Iterable[Seat]) -> str:
    """Say how many are proposed, by level, and how many of them stay: "Cấp xã 11 · … · cộng 25 (ở lại 24, mới 1)"."""
    chosen = [each for each in seats if each.is_chosen]
    parts = [f"{label} {number}" for _, label, number in network.level_counts(each.level for each in chosen)]
    stay = sum(1 for each in chosen if each.is_former)
    return f"{' · '.join(parts)} · cộng {len(chosen)} người (ở lại {stay}, mới {len(chosen) - stay})"


def make(workspace: Workspace, draft: Draft) -> Appointment:
    """Keep a draft as a proposed decision with its members; one step of the history.

    A new name is added to the directory. Raises FieldError for a value that is not allowed, KnownError when nobody is
    chosen, somebody is there twice, or a level is closed.
    """
    _check(workspace, draft)
    year = draft.valid_from.year if draft.valid_from else None
    words = f"Tái bổ nhiệm cộng tác viên{f' năm {year}' if year else ''}: {len(draft.chosen)} người"
    with workspace.change(words):
        kept = workspace.save(
            Appointment(
                state="proposed",
                authority=draft.authority,
                valid_from=draft.valid_from,
                valid_to=draft.valid_to,
                submission_number=draft.submission_number,
                submitted_on=draft.submitted_on,
            )
        )
        for ordinal, seat in enumerate(draft.chosen, start=1):
            _seat(workspace, kept, seat, ordinal)
    return kept


def _check(workspace: Workspace, draft: Draft) -> None:
    if not draft.chosen:
        raise KnownError("Chưa chọn ai vào danh sách.", "Đánh dấu người ở lại, hoặc thêm người mới.")
    closed = network.district_end(workspace)
    seen: set[int] = set()
    for seat in draft.chosen:
        name = workspace.title_of("person", seat.person_id) or clean_line(seat.name)
        if not name:
            raise KnownError("Có người chưa ghi tên.", "Ghi họ và tên, hoặc bỏ dòng đó.")
        if seat.person_id and seat.person_id in seen:
            raise KnownError(f"{name} có hai lần trong danh sách.", "Bỏ một dòng.")
        seen.add(seat.person_id)
        refusal = level_closed(seat.level, draft.valid_from, closed)
        if refusal:
            raise KnownError(f"{refusal}: {name} còn ghi cấp huyện.", "Chọn cấp xã hoặc hiệp hội, hoặc bỏ dấu chọn.")


def _seat(workspace: Workspace, kept: Appointment, seat: Seat, ordinal: int) -> None:
    person_id = seat.person_id
    if not person_id:
        person_id = workspace.save(Person(name=seat.name, group_code="collaborator")).id
    member = workspace.save(
        AppointmentMember(
            appointment_id=kept.id,
            person_id=person_id,
            level=seat.level,
            role=seat.role,
            area=seat.area,
            ordinal=ordinal,
        )
    )
    for commune_id in dict.fromkeys(seat.commune_ids):
        workspace.save(MemberArea(member_id=member.id, commune_id=commune_id))


# --- the decision ---


def running(workspace: Workspace, appointment_id: int, on: date) -> tuple[Appointment, ...]:
    """Return the other decisions by which somebody is still a collaborator on a day: those a new one may replace."""
    found = {each.appointment_id for each in network.held_on(workspace, on)} - {appointment_id}
    return tuple(each for each in sources(workspace) if each.id in found)


def decide(workspace: Workspace, appointment_id: int, decision: Decision) -> Appointment:
    """Write down the decision that makes a proposed list valid; one step of the history.

    The terms by the decisions it replaces end the day before it begins; they stay as history, with the reason.
    Raises FieldError where number or day is missing, KnownError when the list is decided already.
    """
    proposed = workspace.get(Appointment, appointment_id)
    if proposed.state == "decided":
        raise KnownError(f"Danh sách này đã có Quyết định {proposed.number}.", "Sai thì sửa ở Quyết định công nhận.")
    if not clean_line(decision.number):
        raise FieldError("number", "Chưa có Số quyết định.", "Ghi số và ký hiệu như trên quyết định.")
    if decision.decided_on is None:
        raise FieldError("decided_on", "Chưa có Ngày quyết định.", "Ghi ngày ký quyết định.")
    first = decision.valid_from or decision.decided_on
    ended = network.district_end(workspace)
    with workspace.change(f"Ghi Quyết định {clean_line(decision.number)}"):
        for old in (workspace.get(Appointment, each) for each in sorted(decision.replaces - {appointment_id})):
            for member in workspace.children(AppointmentMember, appointment_id=old.id):
                last = rules.last_day(old, member, ended)
                if last is None or last >= first:
                    reason = f"Thay bằng Quyết định {clean_line(decision.number)}"
                    workspace.save(dataclasses.replace(member, ended_on=first, end_reason=reason))
        return workspace.save(
            dataclasses.replace(
                proposed,
                state="decided",
                number=decision.number,
                decided_on=decision.decided_on,
                authority=decision.authority,
                valid_from=first,
                valid_to=decision.valid_to,
            )
        )

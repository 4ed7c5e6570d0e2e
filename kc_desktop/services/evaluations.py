"""The yearly evaluation of collaborators: their work counted from the file, beside what is typed about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kc_desktop.domain.collaborator_work import EvaluatedYear, Participation, ReportRow, YearWork
from kc_desktop.domain.network import Evaluation
from kc_desktop.domain.people import Appointment, Person
from kc_desktop.services import collaborator_work
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import collaborator_work as stored


def of_year(workspace: Workspace, year: int, today: date) -> tuple[EvaluatedYear, ...]:
    """Return the year of everybody who is a collaborator in it, by level and name, judged or not.

    Whoever was judged for the year and is in no decision any more stands at the end.
    """
    rows = collaborator_work.matrix(workspace, year, today).rows
    kept = {each.person_id: each for each in workspace.children(Evaluation, year=year)}
    with workspace.reading() as connection:
        first, last = date(year, 1, 1), date(year, 12, 31)
        meetings = stored.participations(connection, first, last)
        leads = {person_id: (found, made) for person_id, found, made in stored.leads(connection, first, last)}
    in_network = {row.person.id for row in rows}
    others = workspace.many(Person, set(kept) - in_network)
    judged = [_judged(row.person, year, row, kept, meetings, leads) for row in rows]
    judged += [_judged(person, year, None, kept, meetings, leads) for person in others.values()]
    return tuple(judged)


def _judged(
    person: Person,
    year: int,
    row: ReportRow | None,
    kept: Mapping[int, Evaluation],
    meetings: Mapping[int, tuple[Participation, ...]],
    leads: Mapping[int, tuple[int, int]],
) -> EvaluatedYear:
    found, made = leads.get(person.id, (0, 0))
    return EvaluatedYear(
        person=person,
        services=row.services if row is not None else (),
        work=YearWork(
            year=year,
            reports_received=row.received if row is not None else 0,
            reports_owed=row.owed if row is not None else 0,
            missing_months=row.missing if row is not None else (),
            leads=found,
            projects=made,
            participations=meetings.get(person.id, ()),
        ),
        evaluation=kept.get(person.id) or Evaluation(person_id=person.id, year=year),
    )


def of_person(workspace: Workspace, person_id: int, year: int, today: date) -> EvaluatedYear | None:
    """Return one person's year, None for somebody who is no collaborator in it and was not judged."""
    return next((each for each in of_year(workspace, year, today) if each.person.id == person_id), None)


def open_year(workspace: Workspace, year: int, today: date) -> int:
    """Keep an empty sheet for everybody in the network of a year who has none; one step of the history.

    Returns how many were added.
    """
    lacking = [each.evaluation for each in of_year(workspace, year, today) if not each.evaluation.id]
    if lacking:
        with workspace.change(f"Lập phiếu đánh giá cộng tác viên năm {year}"):
            for each in lacking:
                workspace.save(each)
    return len(lacking)


def decisions_of(workspace: Workspace, year: int) -> tuple[Appointment, ...]:
    """Return the decisions on the network that hold on any day of a year, in the order they were made."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    holding = [
        each
        for each in workspace.all(Appointment)
        if each.state == "decided"
        and (each.valid_from or each.decided_on or date.min) <= last
        and (each.valid_to or date.max) >= first
    ]
    return tuple(sorted(holding, key=lambda each: (each.decided_on or date.min, each.id)))

"""What collaborators do in a year: whose reports came and whose are missing, the meetings they came to."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Final

from kc_desktop.domain import collaborator_work as domain
from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.collaborator_work import (
    MissingReports,
    Participation,
    ReportMatrix,
    ReportMonth,
    ReportRow,
    Service,
)
from kc_desktop.domain.fields import describe
from kc_desktop.domain.network import ReportReminder
from kc_desktop.domain.people import AppointmentMember, Person
from kc_desktop.errors import KnownError
from kc_desktop.services import deadlines
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import collaborator_work as stored

_LEVELS: Final = {code: place for place, (code, _) in enumerate(describe(AppointmentMember).field("level").choices)}
_MONTHS_LOOKED_BACK: Final = 12


def matrix(workspace: Workspace, year: int, today: date) -> ReportMatrix:
    """Return whose reports of a year came, by level and name: all who are collaborators on any day of the year."""
    return _matrix(workspace, domain.months_of_year(year), today)


def _matrix(workspace: Workspace, months: tuple[str, ...], today: date) -> ReportMatrix:
    due = deadlines.collaborator_reports_due(workspace, months)
    with workspace.reading() as connection:
        services = stored.services(connection, domain.days_of(months[0])[0], domain.days_of(months[-1])[1])
        reports = stored.reports(connection, months[0], months[-1])
    people = workspace.many(Person, set(services))
    rows = [
        ReportRow(
            person=people[person_id],
            services=held,
            months=tuple(
                _month(month, held, reports.get((person_id, month), (0, None)), due.get(month), today)
                for month in months
            ),
        )
        for person_id, held in services.items()
    ]
    return ReportMatrix(months=months, on=today, rows=tuple(sorted(rows, key=lambda row: _LEVELS[row.level])))


def _month(
    month: str, held: tuple[Service, ...], kept: tuple[int, date | None], due_on: date | None, today: date
) -> ReportMonth:
    report_id, received_on = kept
    state = domain.state_of(
        serves=any(each.holds_in(month) for each in held),
        received_on=received_on,
        due_on=due_on,
        month=month,
        today=today,
    )
    return ReportMonth(month=month, state=state, report_id=report_id, received_on=received_on, due_on=due_on)


def missing_reports(workspace: Workspace, today: date) -> tuple[MissingReports, ...]:
    """Return whose reports are missing today, of the last twelve months and this one, by level and name.

    Months before the first report the file holds are left out: what came then was not written down here.
    """
    with workspace.reading() as connection:
        first = stored.first_month_received(connection)
    last = today.year * 12 + today.month - 1
    past = (f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(last - _MONTHS_LOOKED_BACK, last + 1))
    months = tuple(each for each in past if first and each >= first)
    if not months:
        return ()
    return _missing(_matrix(workspace, months, today), months)


def _missing(given: ReportMatrix, months: Sequence[str]) -> tuple[MissingReports, ...]:
    wanted = set(months)
    found = (
        MissingReports(person=row.person, level=row.level, months=tuple(each for each in row.missing if each in wanted))
        for row in given.rows
    )
    return tuple(each for each in found if each.months)


# --- receiving ---


def toggle(workspace: Workspace, person_id: int, month: str, on: date) -> bool:
    """Note that a report came on a day, or that it did not come after all; one step of the history.

    Returns whether it now is there. What was written about a report stays when its day goes. Raises KnownError for a
    month that has not begun and for one the person is no collaborator in.
    """
    begins, ends = domain.days_of(month)
    words = domain.months_words((month,))
    name = workspace.title_of("person", person_id)
    kept = next(iter(workspace.children(CollaboratorReport, person_id=person_id, period=month)), None)
    if kept is not None and kept.received_on is not None:
        label = f"Bỏ báo cáo tháng {words} của {name}"
        if kept.content:
            workspace.save(dataclasses.replace(kept, received_on=None), label)
        else:
            workspace.delete(CollaboratorReport, kept.id, label)
        return False
    if begins > on:
        raise KnownError(f"Chưa đến tháng {words}.", "Đánh dấu khi báo cáo của tháng ấy đã nhận.")
    with workspace.reading() as connection:
        held = stored.services(connection, begins, ends).get(person_id, ())
    if not held:
        raise KnownError(
            f"{name} không phải cộng tác viên trong tháng {words}.", "Kiểm tra quyết định công nhận và ngày thôi làm."
        )
    given = kept or CollaboratorReport(person_id=person_id, period=month)
    workspace.save(dataclasses.replace(given, received_on=on), f"Nhận báo cáo tháng {words} của {name}")
    return True


# --- reminding ---


def remind(
    workspace: Workspace, year: int, months: Sequence[str], on: date, answer_by: date | None = None
) -> ReportReminder:
    """Keep a reminder to all who miss any of these months of a year on a day; the same one is kept once.

    Raises KnownError when nobody misses any of them.
    """
    given = matrix(workspace, year, on)
    chosen = [month for month in (months or given.missing_months) if month in given.missing_months]
    if not chosen:
        asked = f"tháng {domain.months_words(months)}" if months else f"năm {year}"
        raise KnownError(f"Không ai còn thiếu báo cáo {asked}.", "Chọn tháng khác, hoặc chờ hết tháng rồi nhắc.")
    draft = ReportReminder(year=year, months=" ".join(chosen), reminded_on=on, answer_by=answer_by)
    for each in workspace.children(ReportReminder, year=year, months=draft.months, reminded_on=on.isoformat()):
        if each.answer_by == answer_by:
            return each
    return workspace.save(draft, f"Nhắc báo cáo tháng {domain.months_words(chosen)}")


def months_of(reminder: ReportReminder) -> tuple[str, ...]:
    """Return the months of a reminder; what somebody typed and is no month is left out."""
    typed = (deadlines.month_code(each) for each in reminder.months.replace(",", " ").replace(";", " ").split())
    return tuple(sorted({each for each in typed if each}))


def reminded(workspace: Workspace, reminder: ReportReminder) -> tuple[MissingReports, ...]:
    """Return whom a reminder goes to, each with exactly the months whose reports had not come by its day."""
    months = months_of(reminder)
    if not months or reminder.reminded_on is None:
        return ()
    return _missing(_matrix(workspace, months, reminder.reminded_on), months)


def reminders(workspace: Workspace, year: int) -> tuple[ReportReminder, ...]:
    """Return the reminders of a year, the newest first."""
    found = workspace.children(ReportReminder, year=year)
    return tuple(sorted(found, key=lambda each: (each.reminded_on or date.min, each.id), reverse=True))


# --- meetings ---


def participations(workspace: Workspace, person_id: int, year: int | None = None) -> tuple[Participation, ...]:
    """Return the meetings and trainings somebody was asked to or came to, of a year or of all, the newest first."""
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (date.min, date.max)
    with workspace.reading() as connection:
        found = stored.participations(connection, first, last, person_id)
    return tuple(reversed(found.get(person_id, ())))

"""Where the things to do come from: the law's deadlines, meetings, tasks, petitions, the network, targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Project
from kc_desktop.services import collaborator_work, deadlines, follow_up, network, targets
from kc_desktop.services.deadlines import Deadline
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.naming import short
from kc_desktop.services.to_do import MONTH, ToDo, Urgency, Watch, is_near, time_words, urgency_of
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import to_do as stored

_MANY_TERMS: Final = 3
"""More terms than this that end on one day are told in one line."""


def everything(workspace: Workspace, today: date, watch: Watch | None) -> Iterator[ToDo]:
    """Yield everything that waits on a day, source by source. `watch` may raise to stop."""
    yield from _deadlines(workspace, today, watch)
    yield from _tasks(workspace, today)
    yield from _petitions(workspace, today)
    yield from _meetings(workspace, today)
    yield from _terms(workspace, today)
    yield from _reports(workspace, today)
    yield from _targets(workspace, today)


# --- projects ---


def _deadlines(workspace: Workspace, today: date, watch: Watch | None) -> Iterator[ToDo]:
    """Tell the deadlines of projects; the months of one report that are missing stand in one line."""
    found = deadlines.upcoming(workspace, today, MONTH, since_year=0, watch=watch)
    years = {each.id: each.year for each in workspace.many(Project, {each.project_id for each in found}).values()}
    by_report = sorted(found, key=lambda each: (each.project_id, each.code, each.step, each.due_on))
    for _key, group in groupby(by_report, key=lambda each: (each.project_id, each.code, each.step)):
        late = []
        for each in group:
            if each.month and each.due_on < today:
                late.append(each)
            else:
                yield _deadline(each, each.label, today, years)
        if late:
            yield _deadline(late[0], _missing_months(late), today, years)


def _missing_months(late: list[Deadline]) -> str:
    if len(late) == 1:
        return late[0].label
    first, last = (f"{each.month[5:]}/{each.month[:4]}" for each in (late[0], late[-1]))
    return f"{late[0].name}: thiếu {len(late)} tháng, từ {first} đến {last}"


def _deadline(given: Deadline, what: str, today: date, years: dict[int, int]) -> ToDo:
    return ToDo(
        kind="Thời hạn",
        urgency=urgency_of(given.due_on, today),
        what=what,
        about=given.project_name,
        words=given.words(today),
        list_key="projects",
        due_on=given.due_on,
        record_id=given.project_id,
        year=years.get(given.project_id),
        is_verified=given.is_verified,
    )


def _targets(workspace: Workspace, today: date) -> Iterator[ToDo]:
    for each in targets.behind(workspace, today.year, today):
        yield ToDo(
            kind="Chỉ tiêu",
            urgency=Urgency.LATE,
            what=each.target.name,
            about=each.programme.name,
            words=each.words,
            list_key="programmes",
            record_id=each.programme.id,
            year=each.programme.year,
        )


# --- meetings ---


def _tasks(workspace: Workspace, today: date) -> Iterator[ToDo]:
    for each in follow_up.open_tasks(workspace, today):
        due = each.task.due_on
        if due is not None and is_near(due, today):
            what = f"{short(each.task.body, 90)} – {each.owner}" if each.owner else short(each.task.body, 110)
            yield _of_meeting("Việc sau họp", each.meeting, what, time_words(due, today), due, today)


def _petitions(workspace: Workspace, today: date) -> Iterator[ToDo]:
    """Tell each petition with a day; those without one by meeting."""
    waiting = follow_up.unanswered_petitions(workspace, today)
    for each in waiting:
        due = each.petition.due_on
        if due is not None and is_near(due, today):
            what = f"Trả lời kiến nghị: {short(each.petition.body, 90)}"
            yield _of_meeting("Kiến nghị", each.meeting, what, time_words(due, today), due, today)
    undated = sorted((each.meeting for each in waiting if each.petition.due_on is None), key=lambda each: each.id)
    for _id, group in groupby(undated, key=lambda each: each.id):
        same = list(group)
        held = same[0].held_on
        words = f"đã chờ {format_vnd((today - held).days)} ngày" if held is not None and held < today else ""
        yield _of_meeting("Kiến nghị", same[0], f"{len(same)} kiến nghị chưa trả lời", words, None, today)


def _meetings(workspace: Workspace, today: date) -> Iterator[ToDo]:
    """Tell the meetings to come, and those whose day has passed and that still stand as planned."""
    with workspace.reading() as connection:
        ids = stored.planned_meetings(connection, today, MONTH)
    for meeting in workspace.many(Meeting, ids).values():
        day = meeting.held_on
        if day is None:
            continue
        at = f" lúc {meeting.starts_at}" if meeting.starts_at else ""
        if day < today:
            what = "Cuộc họp đã qua ngày: điểm danh, ghi biên bản rồi ghi Đã họp"
        elif meeting.state == "draft":
            what = f"Họp ngày {format_date(day)}{at}, chưa gửi giấy mời"
        else:
            what = f"Họp ngày {format_date(day)}{at}"
        yield _of_meeting("Cuộc họp", meeting, what, time_words(day, today), day, today)


def _of_meeting(kind: str, meeting: Meeting, what: str, words: str, due_on: date | None, today: date) -> ToDo:
    return ToDo(
        kind=kind,
        urgency=urgency_of(due_on, today) if due_on is not None else Urgency.OPEN,
        what=what,
        about=meeting.title,
        words=words,
        list_key="meetings",
        due_on=due_on,
        record_id=meeting.id,
        year=meeting.held_on.year if meeting.held_on is not None else None,
    )


# --- the network ---


def _terms(workspace: Workspace, today: date) -> Iterator[ToDo]:
    for last_day, group in groupby(network.expiring(workspace, today, MONTH), key=lambda each: each.last_day):
        same = list(group)
        if len(same) > _MANY_TERMS:
            yield ToDo(
                kind="Nhiệm kỳ",
                urgency=urgency_of(last_day, today),
                what=f"{len(same)} cộng tác viên hết hạn công nhận ngày {format_date(last_day)}",
                about="Tái bổ nhiệm ở thẻ Cộng tác viên, Quyết định công nhận",
                words=time_words(last_day, today),
                list_key="collaborators",
                due_on=last_day,
                request=network.expiring_request(today),
            )
            continue
        for each in same:
            yield ToDo(
                kind="Nhiệm kỳ",
                urgency=urgency_of(last_day, today),
                what=f"Hết hạn công nhận: {each.person.name}",
                about=each.person.organisation or "Cộng tác viên",
                words=time_words(last_day, today),
                list_key="collaborators",
                due_on=last_day,
                record_id=each.member.id,
                year=last_day.year,
            )


def _reports(workspace: Workspace, today: date) -> Iterator[ToDo]:
    """Tell in one line whose reports are missing: the letters that remind them are made together, too."""
    missing = collaborator_work.missing_reports(workspace, today)
    if not missing:
        return
    most = max(missing, key=lambda each: len(each.months))
    total = sum(len(each.months) for each in missing)
    yield ToDo(
        kind="Báo cáo",
        urgency=Urgency.LATE,
        what=f"{len(missing)} cộng tác viên còn thiếu báo cáo tháng",
        about=f"Nhiều nhất: {most.person.name}, tháng {most.words}",
        words=f"thiếu {total} báo cáo",
        list_key="reports",
        request=ListRequest(year=today.year),
    )

"""Việc cần làm: everything that waits on a day, in its group, leading to its record, whatever year is looked at."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.domain.people import Appointment, AppointmentMember
from kc_desktop.domain.project import ProgressReport, Project
from kc_desktop.services import collaborator_work, to_do
from kc_desktop.services.to_do import ToDo, Urgency
from kc_desktop.services.workspace import Workspace

_TODAY = date(2026, 6, 10)


def _day(after: int) -> date:
    return _TODAY + timedelta(days=after)


def _meeting(workspace: Workspace, **more: object) -> Meeting:
    return workspace.save(
        Meeting(
            **{"title": "Họp giao ban", "held_on": _day(-40), "state": "held", **more}  # type: ignore[arg-type]
        )  # named fields of the record
    )


def _found(workspace: Workspace, on: date = _TODAY) -> tuple[ToDo, ...]:
    return to_do.to_do(workspace, on)


def test_nothing_to_do_is_an_empty_list(empty: Workspace) -> None:
    assert _found(empty) == ()


@pytest.mark.parametrize(
    ("after", "urgency", "words"),
    [
        (-800, Urgency.LATE, "trễ 800 ngày"),
        (-1, Urgency.LATE, "trễ 1 ngày"),
        (0, Urgency.WEEK, "hôm nay"),
        (7, Urgency.WEEK, "còn 7 ngày"),
        (8, Urgency.MONTH, "còn 8 ngày"),
        (30, Urgency.MONTH, "còn 30 ngày"),
    ],
)
def test_a_task_stands_in_the_group_of_its_day(empty: Workspace, after: int, urgency: Urgency, words: str) -> None:
    meeting = _meeting(empty, held_on=_day(-900))
    empty.save(Task(meeting_id=meeting.id, body="Lập danh sách cơ sở", due_on=_day(after)))
    (found,) = _found(empty)
    assert (found.urgency, found.words, found.list_key, found.record_id) == (urgency, words, "meetings", meeting.id)
    assert found.year == _day(-900).year


def test_what_is_far_off_or_done_is_not_on_the_list(empty: Workspace) -> None:
    meeting = _meeting(empty)
    empty.save(Task(meeting_id=meeting.id, body="Việc xa", due_on=_day(31)))
    empty.save(Task(meeting_id=meeting.id, body="Việc xong", due_on=_day(-3), state="done"))
    empty.save(Petition(meeting_id=meeting.id, body="Đã trả lời", due_on=_day(-3), answer="Đã có hướng dẫn"))
    _meeting(empty, held_on=_day(31), state="draft")
    _meeting(empty, held_on=_day(-5), state="held")
    assert _found(empty) == ()


def test_petitions_without_a_day_are_told_by_meeting_and_wait_at_the_end(empty: Workspace) -> None:
    meeting = _meeting(empty)
    for body in ("Tăng mức hỗ trợ", "Hỗ trợ xăng xe"):
        empty.save(Petition(meeting_id=meeting.id, body=body))
    empty.save(Petition(meeting_id=meeting.id, body="Trả lời về thù lao", due_on=_day(-2)))
    dated, undated = _found(empty)
    assert (dated.urgency, dated.what) == (Urgency.LATE, "Trả lời kiến nghị: Trả lời về thù lao")
    assert (undated.urgency, undated.what, undated.words) == (
        Urgency.OPEN,
        "2 kiến nghị chưa trả lời",
        "đã chờ 40 ngày",
    )


def test_meetings_to_come_and_those_whose_day_has_passed_are_told(empty: Workspace) -> None:
    _meeting(empty, title="Quá ngày", held_on=_day(-3), state="invited")
    _meeting(empty, title="Sắp họp", held_on=_day(2), state="invited", starts_at="8:00")
    _meeting(empty, title="Chưa mời", held_on=_day(20), state="draft")
    assert [(each.urgency, each.about) for each in _found(empty)] == [
        (Urgency.LATE, "Quá ngày"),
        (Urgency.WEEK, "Sắp họp"),
        (Urgency.MONTH, "Chưa mời"),
    ]
    assert "chưa gửi giấy mời" in _found(empty)[-1].what


def test_deadlines_come_from_the_law_and_missing_months_of_one_project_stand_in_one_line(sample: Workspace) -> None:
    project = dataclasses.replace(
        sample.all(Project)[0], id=0, code="", source="KCQG", state="running", year=2026, end_year=None, starts_on=None
    )
    kept = sample.save(dataclasses.replace(project, starts_on=date(2026, 2, 1), ends_on=None))
    on = date(2026, 5, 28)
    of_project = [each for each in _found(sample, on) if each.list_key == "projects" and each.record_id == kept.id]
    (late,) = [each for each in of_project if each.urgency is Urgency.LATE]
    assert "thiếu 4 tháng, từ 02/2026 đến 05/2026" in late.what
    assert late.words.startswith("trễ ")
    for month in ("2026-02", "2026-03", "2026-04"):
        sample.save(ProgressReport(project_id=kept.id, month=month, reported_on=on))
    (late,) = [
        each
        for each in _found(sample, on)
        if each.list_key == "projects" and each.record_id == kept.id and each.urgency is Urgency.LATE
    ]
    assert late.what.endswith("tháng 05/2026")


def test_what_a_project_of_years_ago_left_undone_is_late_today(sample: Workspace) -> None:
    project = sample.all(Project)[0]
    old = sample.save(
        dataclasses.replace(project, id=0, code="", source="KCQG", state="accepted", year=2022, end_year=None)
    )
    found = [each for each in _found(sample) if each.list_key == "projects" and each.record_id == old.id]
    assert found
    assert all(each.urgency is Urgency.LATE and each.year == 2022 for each in found)


def test_terms_that_end_together_are_one_line_and_few_are_one_each(sample: Workspace) -> None:
    (appointment,) = sample.all(Appointment)
    assert appointment.valid_to is not None
    near = appointment.valid_to - timedelta(days=10)
    (line,) = [each for each in _found(sample, near) if each.kind == "Nhiệm kỳ"]
    assert line.what.startswith("25 cộng tác viên hết hạn công nhận")
    assert (line.words, line.request is not None) == ("còn 10 ngày", True)


def test_missing_reports_and_targets_behind_are_told_in_words(sample: Workspace) -> None:
    assert not [each for each in _found(sample, date(2023, 12, 20)) if each.kind == "Báo cáo"]
    member = sample.all(AppointmentMember)[0]
    collaborator_work.toggle(sample, member.person_id, "2023-03", date(2023, 3, 31))
    found = _found(sample, date(2023, 12, 20))
    (reports,) = [each for each in found if each.kind == "Báo cáo"]
    assert reports.what == "25 cộng tác viên còn thiếu báo cáo tháng"
    assert reports.words == "thiếu 224 báo cáo"
    targets = [each for each in found if each.kind == "Chỉ tiêu"]
    assert targets
    assert all(each.words.startswith("chậm ") and each.list_key == "programmes" for each in targets)


def test_the_list_is_in_the_order_of_urgency_and_day(sample: Workspace) -> None:
    meeting = _meeting(sample)
    for after in (20, -5, 3, -60):
        sample.save(Task(meeting_id=meeting.id, body=f"Việc {after}", due_on=_day(after)))
    found = _found(sample)
    order = list(Urgency)
    assert [order.index(each.urgency) for each in found] == sorted(order.index(each.urgency) for each in found)
    days = [each.due_on for each in found if each.urgency is Urgency.LATE and each.due_on is not None]
    assert days == sorted(days)


def test_looking_can_be_stopped(sample: Workspace) -> None:
    sample.save(dataclasses.replace(sample.all(Project)[0], id=0, code="", source="KCQG", state="running", year=2026))

    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        to_do.to_do(sample, _TODAY, stop)

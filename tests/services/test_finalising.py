"""Closed minutes: kept byte for byte, locked but for what lives on, opened again with a reason as the next version."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from typing import Any

import pytest

from kc_desktop.domain.council import CouncilDecision, MeetingParty, VoteItem
from kc_desktop.domain.meeting import Attendee, Conclusion, Entry, Meeting, Petition, Task
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import checking, councils, finalising, merging
from kc_desktop.services.workspace import Workspace

_DAY = date(2023, 4, 14)


@pytest.fixture
def meeting(sample: Workspace) -> Meeting:
    """The sample's meeting, with a task beside its petitions."""
    (found,) = sample.all(Meeting)
    sample.save(Task(meeting_id=found.id, body="Gửi tài liệu", ordinal=1))
    return found


def test_closing_keeps_the_minutes_byte_for_byte(sample: Workspace, meeting: Meeting) -> None:
    version = finalising.finalise(sample, meeting.id, on=_DAY)
    pdf = finalising.closed_pdf(sample, version.id)
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == version.sha256
    assert sample.get(Meeting, meeting.id).state == "finalised"


def test_closing_is_one_step_that_an_undo_takes_back_whole(sample: Workspace, meeting: Meeting) -> None:
    before = sample.revision
    finalising.finalise(sample, meeting.id, on=_DAY)
    assert sample.revision == before + 1
    sample.undo()
    assert sample.get(Meeting, meeting.id) == meeting
    assert finalising.versions(sample, meeting.id) == ()


def test_a_closed_meeting_refuses_every_edit_until_it_is_opened_again(sample: Workspace, meeting: Meeting) -> None:
    finalising.finalise(sample, meeting.id, on=_DAY)
    closed = sample.get(Meeting, meeting.id)
    parts: list[Any] = [
        sample.children(cls, meeting_id=meeting.id)[0] for cls in (Attendee, Entry, Conclusion, Task, Petition)
    ]
    for record in (dataclasses.replace(closed, title="Tên khác"), dataclasses.replace(closed, state="held")):
        with pytest.raises(KnownError, match="đã chốt"):
            sample.save(record)
    for part in parts:
        name = "reason" if isinstance(part, Attendee) else "body"
        with pytest.raises(KnownError, match="đã chốt"):
            sample.save(dataclasses.replace(part, **{name: "khác"}))
        with pytest.raises(KnownError, match="đã chốt"):
            sample.delete(type(part), part.id)
        with pytest.raises(KnownError, match="đã chốt"):
            sample.save(dataclasses.replace(part, id=0))
    with pytest.raises(KnownError, match="đã chốt"):
        sample.delete(Meeting, meeting.id)
    finalising.reopen(sample, meeting.id, "Bổ sung ý kiến", on=_DAY)
    sample.save(dataclasses.replace(parts[1], body="khác"))


def test_votes_decisions_and_parties_of_a_closed_meeting_are_locked_too(sample: Workspace, meeting: Meeting) -> None:
    attendee = next(each for each in sample.children(Attendee, meeting_id=meeting.id) if each.state == "present")
    sample.save(dataclasses.replace(attendee, council_role="Chủ tịch"))
    item = sample.save(VoteItem(meeting_id=meeting.id, title="Thông qua"))
    councils.vote(sample, item.id, attendee.id, answer="yes")
    project = sample.all(Project)[0]
    decision = sample.save(CouncilDecision(meeting_id=meeting.id, project_id=project.id))
    party = sample.save(MeetingParty(meeting_id=meeting.id, name="Sở Công Thương"))
    finalising.finalise(sample, meeting.id, on=_DAY)
    deeds: list[Callable[[], object]] = [
        partial(councils.vote, sample, item.id, attendee.id, answer="no"),
        partial(sample.save, dataclasses.replace(item, title="Khác")),
        partial(sample.save, dataclasses.replace(decision, verdict="reject")),
        partial(sample.save, dataclasses.replace(party, name="Khác")),
        partial(sample.save, VoteItem(meeting_id=meeting.id, title="Thêm")),
        partial(councils.put_into_party, sample, [attendee.id], party.id),
        partial(sample.delete, MeetingParty, party.id),
        partial(sample.delete, VoteItem, item.id),
    ]
    for deed in deeds:
        with pytest.raises(KnownError, match="đã chốt"):
            deed()


def test_tasks_get_done_and_petitions_answered_after_the_minutes_are_closed(
    sample: Workspace, meeting: Meeting
) -> None:
    finalising.finalise(sample, meeting.id, on=_DAY)
    (task,) = sample.children(Task, meeting_id=meeting.id)
    petition = sample.children(Petition, meeting_id=meeting.id)[0]
    sample.save(dataclasses.replace(task, state="done", done_on=date(2023, 5, 2), result="Đã gửi"))
    sample.save(dataclasses.replace(petition, answer="Đã trả lời", answered_on=date(2023, 5, 2), is_closed=True))
    assert sample.get(Task, task.id).state == "done"
    assert sample.get(Petition, petition.id).answer == "Đã trả lời"
    assert sample.get(Meeting, meeting.id).state == "finalised"


def test_no_meeting_becomes_closed_without_its_minutes(sample: Workspace, meeting: Meeting) -> None:
    with pytest.raises(KnownError, match="chưa được chốt"):
        sample.save(dataclasses.replace(meeting, state="finalised"))


def test_a_person_merged_into_another_keeps_their_place_in_closed_minutes(sample: Workspace, meeting: Meeting) -> None:
    finalising.finalise(sample, meeting.id, on=_DAY)
    attendee = sample.children(Attendee, meeting_id=meeting.id)[-1]
    other = sample.save(Person(name="Cộng tác viên 99"))
    merging.merge(sample, Person, other.id, attendee.person_id)
    assert sample.get(Attendee, attendee.id).person_id == other.id


def test_opening_again_needs_a_reason_and_makes_the_next_version(sample: Workspace, meeting: Meeting) -> None:
    first = finalising.finalise(sample, meeting.id, on=_DAY)
    kept = finalising.closed_pdf(sample, first.id)
    with pytest.raises(FieldError, match="lý do"):
        finalising.reopen(sample, meeting.id, "  ", on=_DAY)
    again = finalising.reopen(sample, meeting.id, "Bổ sung ý kiến", on=date(2023, 4, 20))
    assert (again.state, again.version) == ("held", 2)
    (told,) = finalising.versions(sample, meeting.id)
    assert (told.reason, told.reopened_on) == ("Bổ sung ý kiến", date(2023, 4, 20))
    conclusion = sample.children(Conclusion, meeting_id=meeting.id)[0]
    sample.save(dataclasses.replace(conclusion, body="Kết luận đã sửa"))
    differences = finalising.differences(sample, meeting.id)
    assert [each.word for each in differences] == ["Sửa"]
    assert conclusion.body in differences[0].before
    assert "Kết luận đã sửa" in differences[0].after
    second = finalising.finalise(sample, meeting.id, on=date(2023, 4, 21))
    assert second.version == 2
    assert finalising.closed_pdf(sample, first.id) == kept


def test_nobody_present_and_a_conclusion_without_an_owner_are_told_before_closing(
    sample: Workspace, meeting: Meeting
) -> None:
    told = finalising.warnings(sample, meeting.id)
    assert "Kết luận 1 chưa có người thực hiện." in told
    assert "Việc 1 chưa có người làm." in told
    assert not any("có mặt" in each for each in told)
    for attendee in sample.children(Attendee, meeting_id=meeting.id):
        sample.save(dataclasses.replace(attendee, state="invited"))
    assert any("có mặt" in each for each in finalising.warnings(sample, meeting.id))


def test_closed_minutes_that_were_tampered_with_are_told(sample: Workspace, meeting: Meeting) -> None:
    version = finalising.finalise(sample, meeting.id, on=_DAY)
    path = sample.path
    sample.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for event in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER history_{event}_meeting_version_file")
        connection.execute("UPDATE meeting_version_file SET pdf = X'00'")
    with closing(Workspace.open(path)) as opened, pytest.raises(KnownError, match="nguyên vẹn"):
        finalising.closed_pdf(opened, version.id)
    assert any("Biên bản đã chốt (bản 1)" in each for each in checking.check(path))

"""The exported calendar, read back by a reader that knows nothing of the writer."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.documents.calendar import Event, calendar, escaped, folded
from kc_desktop.domain.meeting import AgendaItem, Meeting, Petition, Task
from kc_desktop.domain.people import Person
from kc_desktop.services import calendars, follow_up, meetings
from kc_desktop.services.workspace import Workspace

_TODAY = date(2023, 6, 1)
_STAMP = datetime.fromisoformat("2023-05-31T08:00:00+07:00")


def _read(data: bytes) -> list[dict[str, str]]:
    """Read an iCalendar file as RFC 5545 tells: unfold, split name from value, unescape; one dict for an event."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    open_parts: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
    assert not open_parts
    for each in events:
        assert {"UID", "DTSTAMP", "SUMMARY"} <= set(each)
    assert len({each["UID"] for each in events}) == len(events)
    return events


def _of(events: list[dict[str, str]], words: str) -> dict[str, str]:
    (found,) = (each for each in events if words in each["SUMMARY"])
    return found


def test_a_meeting_with_hours_place_and_agenda_is_read_back(sample: Workspace) -> None:
    (meeting,) = sample.all(Meeting)
    sample.save(dataclasses.replace(meeting, starts_at="08:00", ends_at="11:30", state="held"))
    event = _of(_read(calendars.export(sample, _TODAY)), "Họp tổng kết")
    assert event["SUMMARY"] == meeting.title
    assert event["LOCATION"] == meeting.place
    assert event["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20230413T080000"
    assert event["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20230413T113000"
    assert event["STATUS"] == "CONFIRMED"
    assert "Chủ trì: Trương Thanh Nhàn\n" in event["DESCRIPTION"]
    assert "\n1. Báo cáo tóm tắt hoạt động khuyến công năm 2022 (08:00)\n" in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("values", "starts", "ends"),
    [
        ({}, ("DTSTART;VALUE=DATE", "20230601"), None),
        ({"ended_on": date(2023, 6, 2)}, ("DTSTART;VALUE=DATE", "20230601"), ("DTEND;VALUE=DATE", "20230603")),
        ({"starts_at": "14:00"}, ("DTSTART;TZID=Asia/Ho_Chi_Minh", "20230601T140000"), None),
    ],
)
def test_a_meeting_says_no_more_of_its_time_than_is_known(
    empty: Workspace, values: dict[str, object], starts: tuple[str, str], ends: tuple[str, str] | None
) -> None:
    empty.save(Meeting(title="Giao ban", held_on=_TODAY, **values))  # type: ignore[arg-type]  # own fields
    (event,) = _read(calendars.export(empty, _TODAY))
    assert event[starts[0]] == starts[1]
    told = {key: value for key, value in event.items() if key.startswith("DTEND")}
    assert told == ({ends[0]: ends[1]} if ends else {})
    assert event["STATUS"] == "TENTATIVE"


def test_an_end_comes_from_the_agenda_where_the_meeting_says_none(empty: Workspace) -> None:
    meeting = empty.save(Meeting(title="Giao ban", held_on=_TODAY, starts_at="14:00"))
    meetings.add(empty, AgendaItem(meeting_id=meeting.id, title="Báo cáo", planned_minutes=45))
    (event,) = _read(calendars.export(empty, _TODAY))
    assert event["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20230601T144500"


def test_tasks_and_petitions_with_a_day_are_events_of_that_day(empty: Workspace) -> None:
    meeting = empty.save(Meeting(title="Giao ban; tuần 1, 2", held_on=_TODAY))
    owner = empty.save(Person(name="Đại biểu 07"))
    due = date(2023, 6, 15)
    meetings.add(empty, Task(meeting_id=meeting.id, body="Rà soát\ndanh sách", owner_id=owner.id, due_on=due))
    meetings.add(empty, Task(meeting_id=meeting.id, body="Xong rồi", due_on=due, state="done"))
    meetings.add(empty, Task(meeting_id=meeting.id, body="Không hạn"))
    meetings.add(empty, Petition(meeting_id=meeting.id, body="Thêm lớp", due_on=due))
    events = _read(calendars.export(empty, _TODAY))
    task = _of(events, "Rà soát")
    assert task["SUMMARY"] == "Hạn: Rà soát danh sách – Đại biểu 07"
    assert (task["DTSTART;VALUE=DATE"], task["DTEND;VALUE=DATE"]) == ("20230615", "20230616")
    assert task["DESCRIPTION"] == "Từ cuộc họp ngày 01/06/2023: Giao ban; tuần 1, 2"
    assert _of(events, "Thêm lớp")["DTSTART;VALUE=DATE"] == "20230615"
    assert len(events) == 3


def test_the_same_file_gives_the_same_bytes_and_an_event_that_moves_keeps_its_mark(empty: Workspace) -> None:
    meeting = empty.save(Meeting(title="Giao ban", held_on=_TODAY))
    first = calendars.export(empty, _TODAY)
    assert calendars.export(empty, _TODAY) == first
    empty.save(dataclasses.replace(meeting, title="Giao ban dời ngày", held_on=date(2023, 6, 8)))
    (before,), (after,) = _read(first), _read(calendars.export(empty, _TODAY))
    assert before["UID"] == after["UID"]
    assert before["DTSTART;VALUE=DATE"] != after["DTSTART;VALUE=DATE"]


def test_a_task_carried_into_the_next_meeting_stays_the_same_event(empty: Workspace) -> None:
    first = empty.save(Meeting(title="Giao ban", held_on=_TODAY))
    meetings.add(empty, Task(meeting_id=first.id, body="Rà soát", due_on=date(2023, 6, 15)))
    before = _of(_read(calendars.export(empty, _TODAY)), "Rà soát")
    later = empty.save(Meeting(title="Giao ban", held_on=date(2023, 6, 8)))
    follow_up.carry(empty, later.id)
    assert _of(_read(calendars.export(empty, _TODAY)), "Rà soát")["UID"] == before["UID"]


def test_deadlines_of_projects_are_events_with_their_source(sample: Workspace) -> None:
    events = _read(calendars.export(sample, date(2023, 4, 1)))
    marks = [each["UID"] for each in events if each["UID"].startswith("thoi-han-")]
    assert len(set(marks)) == len(marks)
    for each in events:
        if each["UID"].startswith("thoi-han-"):
            assert each["SUMMARY"].startswith("Hạn: ")
            assert each["DESCRIPTION"]


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    words = "\n".join(text.splitlines())
    data = calendar("Lịch", [Event(uid="1", summary="x", starts=_TODAY, description=f"a{words}")], _STAMP)
    (event,) = _read(data)
    assert event["DESCRIPTION"] == f"a{words}"


def test_signs_are_escaped_and_letters_never_broken() -> None:
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
    line = "SUMMARY:" + "ế" * 60
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded(line).split("\r\n"))

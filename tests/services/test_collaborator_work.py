"""Reports by month: who owes what and from when, received by a key, reminders with exactly the missing months."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents import numbering
from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.collaborator_work import days_of, months_of_year, months_words
from kc_desktop.domain.law import DeadlineRule
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.network import ReportReminder
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import collaborator_work, deadlines, issuing, papers
from kc_desktop.services.workspace import Workspace

_AUGUST = date(2023, 8, 10)


def _person(workspace: Workspace, number: int) -> Person:
    return workspace.save(Person(name=f"Cộng tác viên {number:02d}", group_code="collaborator"))


def _member(
    workspace: Workspace, person: Person, first: date | None, last: date | None, ended_on: date | None = None
) -> None:
    decision = workspace.save(Appointment(number=f"{person.id}/QĐ-SCT", valid_from=first, valid_to=last))
    workspace.save(AppointmentMember(appointment_id=decision.id, person_id=person.id, ended_on=ended_on))


def _states(workspace: Workspace, year: int, today: date) -> dict[str, str]:
    signs = {"received": "x", "late": "t", "missing": "o", "ahead": ".", "none": "-"}
    rows = collaborator_work.matrix(workspace, year, today).rows
    return {row.person.name: "".join(signs[each.state] for each in row.months) for row in rows}


def _set_due_day(workspace: Workspace, **rule: int) -> None:
    (kept,) = [each for each in workspace.all(DeadlineRule) if each.code == "collaborator-report"]
    workspace.save(dataclasses.replace(kept, **rule))  # type: ignore[arg-type]  # whole numbers only


def test_nobody_is_asked_for_reports_of_months_before_the_appointment_or_after_the_end(empty: Workspace) -> None:
    _member(empty, _person(empty, 1), date(2023, 3, 30), date(2023, 12, 31))
    _member(empty, _person(empty, 2), date(2023, 1, 1), date(2023, 12, 31), ended_on=date(2023, 5, 1))
    _member(empty, _person(empty, 3), None, date(2023, 2, 1))
    _person(empty, 4)
    assert _states(empty, 2023, _AUGUST) == {
        "Cộng tác viên 01": "--ooooo.....",
        "Cộng tác viên 02": "oooo--------",
        "Cộng tác viên 03": "oo----------",
    }
    assert collaborator_work.matrix(empty, 2024, _AUGUST).rows == ()


def test_a_proposed_network_owes_nothing(empty: Workspace) -> None:
    proposed = empty.save(Appointment(state="proposed", valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31)))
    empty.save(AppointmentMember(appointment_id=proposed.id, person_id=_person(empty, 1).id))
    assert _states(empty, 2023, _AUGUST) == {}
    assert collaborator_work.missing_reports(empty, _AUGUST) == ()


def test_whoever_is_appointed_twice_has_one_row_with_the_newest_level(empty: Workspace) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 1, 1), date(2023, 3, 31))
    later = empty.save(Appointment(number="50/QĐ-SCT", valid_from=date(2023, 6, 1), valid_to=date(2023, 12, 31)))
    empty.save(AppointmentMember(appointment_id=later.id, person_id=person.id, level="hiep_hoi"))
    (row,) = collaborator_work.matrix(empty, 2023, _AUGUST).rows
    assert row.level == "hiep_hoi"
    assert _states(empty, 2023, _AUGUST) == {"Cộng tác viên 01": "ooo--oo....."}


def test_without_a_due_day_no_report_is_late(empty: Workspace) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 1, 1), date(2023, 12, 31))
    collaborator_work.toggle(empty, person.id, "2023-01", date(2023, 8, 1))
    assert deadlines.collaborator_reports_due(empty, ("2023-01",)) == {}
    assert _states(empty, 2023, _AUGUST) == {"Cộng tác viên 01": "xoooooo....."}


@pytest.mark.parametrize(
    ("rule", "due", "states"),
    [({"day_of_month": 25}, date(2023, 2, 25), "xtooooo....."), ({"days_after": 5}, date(2023, 3, 5), "xxooooo.....")],
)
def test_the_offices_own_day_tells_what_is_late_and_is_no_deadline_of_projects(
    empty: Workspace, rule: dict[str, int], due: date, states: str
) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 1, 1), date(2023, 12, 31))
    _set_due_day(empty, **rule)
    assert deadlines.collaborator_reports_due(empty, ("2023-02",)) == {"2023-02": due}
    assert deadlines.report_due(empty, "KCDP", "2023-02") is None
    collaborator_work.toggle(empty, person.id, "2023-01", date(2023, 1, 25))
    collaborator_work.toggle(empty, person.id, "2023-02", date(2023, 3, 1))
    assert _states(empty, 2023, _AUGUST) == {"Cộng tác viên 01": states}


def test_the_rule_the_program_brings_has_no_day(empty: Workspace) -> None:
    (kept,) = [each for each in empty.all(DeadlineRule) if each.code == "collaborator-report"]
    assert (kept.day_of_month, kept.days_after, kept.certainty) == (None, None, "unverified")


# --- receiving ---


def test_a_report_is_received_and_taken_back_each_in_one_step(empty: Workspace) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 1, 1), date(2023, 12, 31))
    before = empty.revision
    assert collaborator_work.toggle(empty, person.id, "2023-07", _AUGUST)
    assert empty.revision == before + 1
    assert empty.undo_label == "Nhận báo cáo tháng 7 năm 2023 của Cộng tác viên 01"
    (kept,) = empty.all(CollaboratorReport)
    assert (kept.period, kept.received_on) == ("2023-07", _AUGUST)
    assert not collaborator_work.toggle(empty, person.id, "2023-07", _AUGUST)
    assert (empty.all(CollaboratorReport), empty.revision) == ((), before + 2)
    empty.undo()
    assert empty.all(CollaboratorReport) == (kept,)
    empty.undo()
    assert empty.all(CollaboratorReport) == ()


def test_what_was_written_about_a_report_stays_when_its_day_goes(empty: Workspace) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 1, 1), date(2023, 12, 31))
    kept = empty.save(
        CollaboratorReport(person_id=person.id, period="2023-07", received_on=_AUGUST, content="Ba cơ sở mới.")
    )
    collaborator_work.toggle(empty, person.id, "2023-07", _AUGUST)
    assert empty.all(CollaboratorReport) == (dataclasses.replace(kept, received_on=None),)
    assert _states(empty, 2023, _AUGUST)["Cộng tác viên 01"][6] == "o"
    assert collaborator_work.toggle(empty, person.id, "2023-07", _AUGUST)
    assert empty.all(CollaboratorReport) == (kept,)


def test_months_to_come_and_months_out_of_the_network_are_refused_in_words(empty: Workspace) -> None:
    person = _person(empty, 1)
    _member(empty, person, date(2023, 3, 30), date(2023, 12, 31))
    with pytest.raises(KnownError, match="Chưa đến tháng 9 năm 2023"):
        collaborator_work.toggle(empty, person.id, "2023-09", _AUGUST)
    with pytest.raises(KnownError, match="Cộng tác viên 01 không phải cộng tác viên trong tháng 2 năm 2023"):
        collaborator_work.toggle(empty, person.id, "2023-02", _AUGUST)


@pytest.mark.parametrize("typed", ["4/2023", "tháng 4/2023", "2023-04", "04-2023"])
def test_a_month_is_kept_alike_however_it_is_typed(empty: Workspace, typed: str) -> None:
    person = _person(empty, 1)
    assert empty.save(CollaboratorReport(person_id=person.id, period=typed)).period == "2023-04"
    with pytest.raises(FieldError) as told:
        empty.save(CollaboratorReport(person_id=person.id, period="quý I"))
    assert told.value.field == "period"


# --- counts against a naive count ---


@contextmanager
def _new_file() -> Iterator[Workspace]:
    with TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "mới.kcdb")
        try:
            yield workspace
        finally:
            workspace.close()


_DAYS = st.dates(date(2022, 6, 1), date(2024, 6, 30))
_TERMS = st.tuples(_DAYS, st.integers(0, 500), st.none() | st.integers(0, 500))
_PEOPLE = st.lists(st.lists(_TERMS, max_size=2), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=_PEOPLE, seed=st.integers(0, 2**32), today=st.dates(date(2022, 12, 1), date(2024, 2, 1)))
def test_the_matrix_and_its_counts_are_those_of_a_naive_count(
    people: list[list[tuple[date, int, int | None]]], seed: int, today: date
) -> None:
    chance = random.Random(seed)
    with _new_file() as workspace, workspace.change("Nạp thử"):
        serving: dict[int, set[date]] = {}
        came: dict[tuple[int, str], date] = {}
        for number, terms in enumerate(people, start=1):
            person = _person(workspace, number)
            serving[person.id] = set()
            for first, length, ended_after in terms:
                last = first + timedelta(days=length)
                ended = None if ended_after is None else first + timedelta(days=ended_after)
                _member(workspace, person, first, last, ended)
                days = (first + timedelta(days=each) for each in range(length + 1))
                serving[person.id] |= {day for day in days if ended is None or day < ended}
            for month in months_of_year(2023):
                if chance.random() < 0.4:
                    came[person.id, month] = date(2023, 1, 1) + timedelta(days=chance.randrange(500))
                    workspace.save(
                        CollaboratorReport(person_id=person.id, period=month, received_on=came[person.id, month])
                    )
        found = collaborator_work.matrix(workspace, 2023, today)
    in_2023 = {person_id for person_id, days in serving.items() if any(day.year == 2023 for day in days)}
    assert {row.person.id for row in found.rows} == in_2023
    for place, month in enumerate(found.months):
        last_day = days_of(month)[1]
        received = {p for p in in_2023 if came.get((p, month), date.max) <= today}
        owing = {p for p in in_2023 if any(f"{day:%Y-%m}" == month for day in serving[p])}
        missing = owing - received if today > last_day else set()
        assert found.counts(month) == (len(received), len(missing))
        assert {row.person.id for row in found.rows if row.months[place].state == "missing"} == missing
        assert all((month in row.missing) == (row.person.id in missing) for row in found.rows)


# --- the sample ---


def test_the_sample_owes_reports_from_march_on_by_all_25(sample: Workspace) -> None:
    found = collaborator_work.matrix(sample, 2023, date(2023, 6, 15))
    assert [found.counts(month) for month in found.months[:7]] == [(0, 0)] * 2 + [(0, 25)] * 3 + [(0, 0)] * 2
    assert [row.level for row in found.rows] == ["huyen"] * 8 + ["xa"] * 11 + ["hiep_hoi"] * 6
    assert collaborator_work.missing_reports(sample, date(2023, 6, 15)) == ()
    for row in found.rows:
        collaborator_work.toggle(sample, row.person.id, "2023-04", date(2023, 5, 2))
    missing = collaborator_work.missing_reports(sample, date(2023, 6, 15))
    assert {each.words for each in missing} == {"5 năm 2023"}  # what came before the first one is not known here
    assert len(missing) == 25
    assert collaborator_work.missing_reports(sample, date(2025, 6, 15)) == ()


# --- reminders ---


def test_a_reminder_names_exactly_the_missing_months_of_each(sample: Workspace) -> None:
    people = [row.person for row in collaborator_work.matrix(sample, 2023, _AUGUST).rows]
    for person in people[2:]:
        for month in ("2023-03", "2023-04", "2023-05"):
            collaborator_work.toggle(sample, person.id, month, date(2023, 6, 1))
    collaborator_work.toggle(sample, people[0].id, "2023-04", date(2023, 6, 1))
    before = sample.revision
    kept = collaborator_work.remind(sample, 2023, ("2023-03", "2023-04", "2023-05"), date(2023, 6, 15))
    assert sample.revision == before + 1
    assert {each.person.id: each.months for each in collaborator_work.reminded(sample, kept)} == {
        people[0].id: ("2023-03", "2023-05"),
        people[1].id: ("2023-03", "2023-04", "2023-05"),
    }
    assert [each.name for each in papers.parts(sample, "report-reminder", kept.id)] == [
        people[0].name,
        people[1].name,
    ]
    letter = papers.build(sample, f"report-reminder:{people[0].id}", kept.id)
    assert letter.followed_by == ()
    assert getattr(letter.head, "subject", "").endswith("tháng 3, 5 năm 2023")
    both = papers.build(sample, "report-reminder", kept.id)
    assert [each.addressees[0] for each in (both, *both.followed_by)] == [
        f"Ông (bà) {people[0].name}, cộng tác viên khuyến công",
        f"Ông (bà) {people[1].name}, cộng tác viên khuyến công",
    ]


def test_a_letter_printed_again_says_what_was_missing_on_its_day(sample: Workspace) -> None:
    kept = collaborator_work.remind(sample, 2023, ("2023-03",), date(2023, 6, 15))
    for each in collaborator_work.reminded(sample, kept):
        collaborator_work.toggle(sample, each.person.id, "2023-03", date(2023, 6, 20))
    assert len(collaborator_work.reminded(sample, kept)) == 25
    with pytest.raises(KnownError, match="Không ai còn thiếu báo cáo tháng 3 năm 2023"):
        collaborator_work.remind(sample, 2023, ("2023-03",), date(2023, 6, 21))


def test_the_same_reminder_is_kept_once_and_without_months_means_all_that_are_missing(sample: Workspace) -> None:
    on = date(2023, 6, 15)
    kept = collaborator_work.remind(sample, 2023, (), on)
    assert collaborator_work.months_of(kept) == ("2023-03", "2023-04", "2023-05")
    assert collaborator_work.remind(sample, 2023, (), on) == kept
    later = collaborator_work.remind(sample, 2023, (), on, date(2023, 6, 30))
    assert collaborator_work.reminders(sample, 2023)[:2] == (later, kept)


def test_a_reminder_typed_by_hand_reads_months_and_leaves_out_the_rest() -> None:
    reminder = ReportReminder(year=2023, months="3/2023, 2023-04; quý")
    assert collaborator_work.months_of(reminder) == ("2023-03", "2023-04")
    assert months_words(("2023-01", "2022-12")) == "12 năm 2022 và 1 năm 2023"


def test_a_reminder_is_issued_under_one_number_in_the_series_of_letters(sample: Workspace) -> None:
    kept = collaborator_work.remind(sample, 2023, ("2023-03",), date(2023, 6, 15))
    proposed = issuing.propose(sample, "report-reminder", kept.id, date(2023, 6, 16))
    assert (proposed.series, proposed.number) == ("CV", 1)
    assert proposed.subject == "Công văn về việc gửi báo cáo của cộng tác viên khuyến công tháng 3 năm 2023"
    record = issuing.issue(sample, "report-reminder", kept.id, number=1, dated=date(2023, 6, 16))
    assert (record.symbol, record.state) == (proposed.symbol, "issued")
    letters = numbering.numbered(
        papers.build(sample, "report-reminder", kept.id), 1, proposed.symbol, "Bình Dương", date(2023, 6, 16)
    )
    numbers = {getattr(each.head, "number", "") for each in (letters, *letters.followed_by)}
    assert numbers == {f"Số: 01/{proposed.symbol}"}
    assert issuing.propose(sample, "report-reminder", 1, date(2023, 6, 16)).number == 2


def test_a_person_merged_from_two_keeps_the_reports_of_both(empty: Workspace) -> None:
    one, other = _person(empty, 1), _person(empty, 2)
    for person in (one, other):
        _member(empty, person, date(2023, 1, 1), date(2023, 12, 31))
    for person, months in ((one, ("2023-01", "2023-02")), (other, ("2023-02", "2023-03"))):
        for month in months:
            collaborator_work.toggle(empty, person.id, month, date(2023, 4, 1))
    empty.merge(one, other.id, "Gộp người")
    assert _states(empty, 2023, _AUGUST) == {"Cộng tác viên 01": "xxxoooo....."}
    assert len(empty.all(CollaboratorReport)) == 3


# --- meetings ---


def _asked(workspace: Workspace, meeting: Meeting, person: Person, state: str, delegate: Person | None = None) -> None:
    workspace.save(
        Attendee(
            meeting_id=meeting.id,
            person_id=person.id,
            role="collaborator",
            state=state,
            delegate_id=delegate.id if delegate else None,
        )
    )


def test_a_delegate_has_come_and_whoever_sent_them_has_not(empty: Workspace) -> None:
    one, other, third = (_person(empty, number) for number in (1, 2, 3))
    training = empty.save(Meeting(kind="tap_huan", title="Tập huấn", held_on=date(2023, 5, 4), state="held"))
    _asked(empty, training, one, "delegate", other)
    _asked(empty, training, third, "excused")
    told = {
        person.id: [(each.is_asked, each.has_come, each.words) for each in found]
        for person in (one, other, third)
        if (found := collaborator_work.participations(empty, person.id, 2023))
    }
    assert told == {
        one.id: [(True, False, "không dự")],
        other.id: [(False, True, "dự thay Cộng tác viên 01")],
        third.id: [(True, False, "không dự")],
    }


def test_only_present_is_present_and_a_meeting_to_come_counts_for_nobody(empty: Workspace) -> None:
    person = _person(empty, 1)
    for number, state in enumerate(("invited", "confirmed", "absent", "present"), start=1):
        meeting = empty.save(Meeting(title=f"Họp {number}", held_on=date(2023, 5, number), state="held"))
        _asked(empty, meeting, person, state)
    _asked(empty, empty.save(Meeting(title="Họp sau", held_on=date(2023, 12, 1))), person, "invited")
    found = collaborator_work.participations(empty, person.id, 2023)
    assert [(each.title, each.has_come) for each in found] == [
        ("Họp 4", True),
        ("Họp 3", False),
        ("Họp 2", False),
        ("Họp 1", False),
    ]
    assert collaborator_work.participations(empty, person.id, 2024) == ()
    assert len(collaborator_work.participations(empty, person.id)) == 4


def test_whoever_comes_for_another_too_has_one_participation(empty: Workspace) -> None:
    one, other = _person(empty, 1), _person(empty, 2)
    meeting = empty.save(Meeting(title="Họp", held_on=date(2023, 5, 4), state="held"))
    _asked(empty, meeting, one, "present")
    _asked(empty, meeting, other, "delegate", one)
    (found,) = collaborator_work.participations(empty, one.id)
    assert (found.is_asked, found.has_come, found.came_for) == (True, True, "Cộng tác viên 02")

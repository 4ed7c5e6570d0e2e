"""The network: terms and what ends them, next year's list proposed and decided, places nobody looks after."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain import terms
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.law import BodyName
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.network import Evaluation
from kc_desktop.domain.people import AdminUnit, Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import collaborator_work, lists, meetings, network, papers, reappointment
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.reappointment import Decision, Seat
from kc_desktop.services.workspace import Workspace

_CLOSED = date(2025, 6, 30)
_TODAY = date(2023, 12, 10)


def _decision(workspace: Workspace, **more: object) -> Appointment:
    values: dict[str, object] = {"number": "49/QĐ-SCT", "decided_on": date(2023, 3, 30), "valid_to": date(2023, 12, 31)}
    return workspace.save(Appointment(**(values | more)))  # type: ignore[arg-type]  # a test names the fields it changes


def _member(workspace: Workspace, decision: Appointment, number: int = 1, **more: object) -> AppointmentMember:
    name = f"Cộng tác viên {number:02d}"
    known = workspace.children(Person, name=name)
    person = known[0] if known else workspace.save(Person(name=name))
    member = AppointmentMember(appointment_id=decision.id, person_id=person.id, **more)  # type: ignore[arg-type]
    return workspace.save(member)


def _commune(workspace: Workspace, number: int = 1, **more: object) -> AdminUnit:
    values: dict[str, object] = {"code": f"9{number:04d}", "name": f"Xã Số {number:02d}", "kind": "xa"}
    return workspace.save(AdminUnit(**(values | more)))  # type: ignore[arg-type]


# --- the sample ---


def test_the_sample_is_25_people_8_11_and_6_under_49_qd_sct(sample: Workspace) -> None:
    newest = network.newest(sample)
    assert newest is not None
    assert (newest.number, newest.decided_on, newest.authority) == ("49/QĐ-SCT", date(2023, 3, 30), "so")
    held = network.held_on(sample, date(2023, 4, 13))
    assert len(held) == 25
    counts = {code: number for code, _, number in network.level_counts(each.level for each in held)}
    assert counts == {"huyen": 8, "xa": 11, "hiep_hoi": 6}
    assert network.held_on(sample, date(2023, 3, 29)) == ()
    assert network.held_on(sample, date(2024, 1, 1)) == ()


def test_the_papers_of_the_sample_say_what_they_lack(sample: Workspace) -> None:
    assert papers.problems(sample, "appointment-list", 1) == ()
    assert papers.problems(sample, "appointment-submission", 1) == (
        "Chưa có số hoặc ngày tờ trình: giấy in dấu chấm để ghi tay.",
    )
    assert papers.problems(sample, "collaborator-directory", 1) == (
        "25 người chưa có điện thoại, thư điện tử: ghi ở Danh bạ.",
    )
    assert papers.file_name(sample, "appointment-list", 1, ".pdf") == (
        "2023.03.30. Danh sách cộng tác viên - 49 QĐ-SCT.pdf"
    )


def test_a_list_without_anything_says_every_next_step(empty: Workspace) -> None:
    asked = empty.save(Appointment(state="proposed"))
    said = " ".join(papers.problems(empty, "appointment-submission", asked.id))
    for each in ("Chưa có ai trong danh sách", "Chưa có cơ quan chủ quản", "Chưa có thời hạn", "Chưa có người ký"):
        assert each in said
    assert any("chưa có quyết định" in each for each in papers.problems(empty, "appointment-list", asked.id))


# --- terms ---


def test_the_last_day_of_the_district_level_is_law_with_its_citation(empty: Workspace) -> None:
    assert network.district_end(empty) == _CLOSED
    (row,) = empty.children(BodyName, code=terms.DISTRICT_BODY)
    assert "202/2025/QH15" in row.citation


def test_a_member_of_the_district_level_ends_with_it_and_stays_as_history(empty: Workspace) -> None:
    decision = _decision(empty, valid_to=date(2025, 12, 31), valid_from=date(2025, 1, 1))
    district, commune = _member(empty, decision, 1, level="huyen"), _member(empty, decision, 2)
    assert {each.id for each in network.held_on(empty, _CLOSED)} == {district.id, commune.id}
    assert {each.id for each in network.held_on(empty, _CLOSED + timedelta(days=1))} == {commune.id}
    (term,) = network.terms_of(empty, district.person_id)
    assert (term.first_day, term.last_day) == (date(2025, 1, 1), _CLOSED)
    empty.delete(BodyName, empty.children(BodyName, code=terms.DISTRICT_BODY)[0].id)
    assert len(network.held_on(empty, _CLOSED + timedelta(days=1))) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(["proposed", "decided"]),
    days=st.lists(st.none() | st.dates(date(2025, 5, 1), date(2025, 9, 1)), min_size=4, max_size=4),
    level=st.sampled_from(["huyen", "xa", "hiep_hoi"]),
    on=st.dates(date(2025, 5, 1), date(2025, 9, 1)),
)
def test_the_file_and_the_rule_agree_on_who_is_a_collaborator(
    empty: Workspace, state: str, days: list[date | None], level: str, on: date
) -> None:
    decided, first, last, ended = days
    if first is not None and last is not None and last < first:
        first, last = last, first
    decision = _decision(empty, state=state, decided_on=decided, valid_from=first, valid_to=last)
    member = _member(empty, decision, level=level, ended_on=ended)
    assert (member in network.held_on(empty, on)) is terms.holds_on(decision, member, on, _CLOSED)
    empty.delete(Appointment, decision.id)


def test_a_group_of_a_meeting_holds_those_whose_term_is_decided_valid_and_not_ended(empty: Workspace) -> None:
    decision = _decision(empty, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    proposed = _decision(empty, state="proposed", number="", valid_from=date(2025, 1, 1), valid_to=None)
    over = _decision(empty, number="01/QĐ-SCT", valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31))
    _member(empty, decision, 1)
    _member(empty, decision, 2, ended_on=date(2025, 7, 15))
    _member(empty, decision, 3, level="huyen")
    _member(empty, proposed, 4)
    _member(empty, over, 5)
    sizes = []
    for day in (date(2025, 6, 30), date(2025, 7, 14), date(2025, 7, 15), date(2026, 1, 1)):
        meeting = empty.save(Meeting(title="Họp cộng tác viên", held_on=day))
        sizes.append(sum(each.total for each in meetings.groups(empty, meeting.id) if each.code == "collaborator"))
    assert sizes == [3, 2, 1, 0]


def test_what_ends_within_30_days_is_told_the_soonest_first_unless_it_is_renewed(empty: Workspace) -> None:
    decision = _decision(empty)
    first, second, third = (_member(empty, decision, number) for number in (1, 2, 3))
    empty.save(dataclasses.replace(second, ended_on=date(2023, 12, 15)))
    renewed = _decision(empty, number="50/QĐ-SCT", valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31))
    _member(empty, renewed, 3)
    found = network.expiring(empty, _TODAY)
    assert [(each.member.id, each.days_left(_TODAY)) for each in found] == [(second.id, 4), (first.id, 21)]
    assert network.expiring(empty, date(2023, 11, 13)) == ()
    assert len(network.expiring(empty, date(2023, 12, 31), days=0)) == 1
    rows = lists.page(empty, "collaborators", network.expiring_request(_TODAY))
    assert {row.id for row in rows} == {first.id, second.id}
    assert third.id not in {row.id for row in rows}


def test_a_proposed_list_renews_nothing(empty: Workspace) -> None:
    _member(empty, _decision(empty), 1)
    _member(empty, _decision(empty, state="proposed", number="", valid_from=date(2024, 1, 1), valid_to=None), 1)
    assert len(network.expiring(empty, _TODAY)) == 1


# --- places ---


def test_places_with_projects_or_establishments_and_nobody_are_told_priority_first(empty: Workspace) -> None:
    plain, priority, covered, idle = (_commune(empty, number, is_priority=number == 2) for number in (1, 2, 3, 4))
    empty.save(Project(name="Đề án 01", year=2023, commune_id=plain.id))
    empty.save(Project(name="Đề án 02", year=2023, commune_id=plain.id))
    empty.save(Establishment(name="Cơ sở 01", commune_id=priority.id))
    empty.save(Establishment(name="Cơ sở 02", commune_id=covered.id))
    member = _member(empty, _decision(empty))
    network.set_areas(empty, member.id, [covered.id, idle.id, covered.id])
    found = network.uncovered(empty, _TODAY)
    assert [(each.unit.id, each.projects, each.establishments) for each in found] == [
        (priority.id, 0, 1),
        (plain.id, 2, 0),
    ]
    assert covered.id in {each.unit.id for each in network.uncovered(empty, date(2024, 1, 1))}
    rows = lists.page(empty, "uncovered", network.uncovered_request(_TODAY))
    assert {row.id for row in rows} == {plain.id, priority.id}
    assert {row for row, _name in lists.names(empty, "uncovered")} == {plain.id, priority.id, covered.id}  # today's
    network.cover(empty, member.id, plain.id)
    network.cover(empty, member.id, plain.id)
    assert [each.unit.id for each in network.uncovered(empty, _TODAY)] == [priority.id]
    assert len(empty.children(MemberArea, member_id=member.id)) == 3


def test_a_place_is_looked_after_by_the_unit_that_followed_it(empty: Workspace) -> None:
    new = _commune(empty, 1, valid_from=date(2025, 7, 1))
    old = _commune(empty, 2, valid_to=date(2025, 6, 30), successor_code=new.code)
    empty.save(Project(name="Đề án 01", year=2024, commune_id=old.id))
    decision = _decision(empty, valid_from=date(2025, 7, 1), valid_to=date(2025, 12, 31))
    assert [each.unit.id for each in network.uncovered(empty, date(2025, 8, 1))] == [old.id]
    network.set_areas(empty, _member(empty, decision).id, [new.id])
    assert network.uncovered(empty, date(2025, 8, 1)) == ()


def test_priority_places_of_the_day_without_anybody_are_named(empty: Workspace) -> None:
    first, second = (_commune(empty, number, is_priority=True) for number in (1, 2))
    _commune(empty, 3, is_priority=True, valid_to=date(2020, 1, 1))
    assert [each.id for each in network.priority_without_anybody(empty, (), _TODAY)] == [first.id, second.id]
    assert [each.id for each in network.priority_without_anybody(empty, [first.id], _TODAY)] == [second.id]


def test_an_area_is_written_with_small_common_nouns(empty: Workspace) -> None:
    member = AppointmentMember(area="Hiệp hội 01")
    assert network.area_words(member, (_commune(empty, 1), _commune(empty, 2))) == "Hiệp hội 01; xã Số 01, xã Số 02"


# --- next year's list ---


def test_everybody_of_the_newest_decision_is_proposed_for_the_year_after_it(sample: Workspace) -> None:
    draft = reappointment.propose(sample, reappointment.sources(sample)[0].id, _TODAY)
    assert (draft.valid_from, draft.valid_to) == (date(2024, 1, 1), date(2024, 12, 31))
    assert len(draft.chosen) == 25
    assert reappointment.summary(draft.seats) == (
        "Cấp huyện 8 · Cấp xã 11 · Hiệp hội ngành hàng 6 · cộng 25 người (ở lại 25, mới 0)"
    )


def test_who_left_and_whose_level_is_closed_is_not_ticked_and_says_why(empty: Workspace) -> None:
    decision = _decision(empty, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    _member(empty, decision, 1, level="huyen")
    _member(empty, decision, 2, ended_on=date(2025, 9, 1), end_reason="Nghỉ hưu")
    _member(empty, decision, 3, level="hiep_hoi")
    draft = reappointment.propose(empty, decision.id, date(2025, 12, 1))
    why = [reappointment.why_not(each, draft.valid_from, _CLOSED) for each in draft.seats]
    assert why == ["Cấp huyện kết thúc ngày 30/06/2025", "Thôi làm từ 01/09/2025: Nghỉ hưu", ""]
    assert [each.is_chosen for each in draft.seats] == [False, False, True]
    forced = dataclasses.replace(draft, seats=tuple(dataclasses.replace(each, is_chosen=True) for each in draft.seats))
    with pytest.raises(KnownError, match="Cấp huyện kết thúc"):
        reappointment.make(empty, forced)


def test_who_stays_is_chosen_with_the_work_of_the_last_year_in_sight(sample: Workspace) -> None:
    assert {each.work for each in reappointment.propose(sample, 1, _TODAY).seats[:8]} == {""}
    first = sample.children(AppointmentMember, appointment_id=1)[0].person_id
    collaborator_work.toggle(sample, first, "2023-05", date(2023, 6, 1))
    sample.save(Evaluation(person_id=first, year=2023, grade="good"))
    one, two = reappointment.propose(sample, 1, _TODAY).seats[:2]
    assert (one.work, two.work) == ("Năm 2023: Hoàn thành tốt, báo cáo 1/9", "Năm 2023: báo cáo 0/9")


def test_the_proposal_is_one_step_with_new_people_areas_and_its_submission(sample: Workspace) -> None:
    commune = _commune(sample, 1)
    draft = reappointment.propose(sample, 1, _TODAY)
    stays = tuple(dataclasses.replace(each, is_chosen=place != 0) for place, each in enumerate(draft.seats))
    new = Seat(name="  Cộng tác viên 26 ", level="xa", commune_ids=(commune.id, commune.id))
    draft = dataclasses.replace(
        draft, seats=(*stays, new), submission_number="12/TTr-TTXT", submitted_on=date(2023, 12, 5)
    )
    before = len(sample.all(Person))
    made = reappointment.make(sample, draft)
    assert (made.state, made.number, made.submission_number) == ("proposed", "", "12/TTr-TTXT")
    members = sample.children(AppointmentMember, appointment_id=made.id)
    assert [each.ordinal for each in members] == list(range(1, 26))
    (person,) = sample.children(Person, name="Cộng tác viên 26")
    assert person.group_code == "collaborator"
    assert [each.commune_id for each in sample.children(MemberArea, member_id=members[-1].id)] == [commune.id]
    assert network.held_on(sample, date(2024, 2, 1)) == ()
    dossier = papers.gather(sample, "appointment-submission", made.id).dossier
    assert (sum(each.is_former for each in dossier.members), dossier.previous_size) == (24, 25)
    assert (dossier.past_year, len(dossier.past)) == (2023, 25)
    sample.undo()
    assert len(sample.all(Person)) == before
    assert len(sample.all(Appointment)) == 1


def test_a_proposal_of_nobody_of_somebody_twice_or_without_a_name_is_refused_whole(sample: Workspace) -> None:
    draft = reappointment.propose(sample, 1, _TODAY)
    for seats in ((), (*draft.seats, draft.seats[0]), (*draft.seats, Seat(name=" "))):
        with pytest.raises(KnownError) as caught:
            reappointment.make(sample, dataclasses.replace(draft, seats=seats))
        assert caught.value.remedy
    with pytest.raises(FieldError):
        reappointment.make(sample, dataclasses.replace(draft, valid_to=date(2023, 1, 1)))
    assert len(sample.all(Appointment)) == 1


def test_the_decision_makes_the_list_valid_and_ends_the_terms_it_replaces(sample: Workspace) -> None:
    draft = reappointment.propose(sample, 1, date(2023, 6, 1))
    made = reappointment.make(sample, dataclasses.replace(draft, valid_from=date(2023, 7, 1), seats=draft.seats[1:]))
    assert [each.id for each in reappointment.running(sample, made.id, date(2023, 7, 1))] == [1]
    decision = Decision(
        number="60/QĐ-SCT",
        decided_on=date(2023, 6, 20),
        valid_from=date(2023, 7, 1),
        valid_to=date(2024, 6, 30),
        replaces=frozenset({1}),
    )
    decided = reappointment.decide(sample, made.id, decision)
    assert (decided.state, decided.number) == ("decided", "60/QĐ-SCT")
    assert len(network.held_on(sample, date(2023, 6, 30))) == 25
    assert len(network.held_on(sample, date(2023, 7, 1))) == 24
    person = draft.seats[1].person_id
    newest, oldest = network.terms_of(sample, person)
    assert (newest.first_day, newest.last_day) == (date(2023, 7, 1), date(2024, 6, 30))
    assert (oldest.first_day, oldest.last_day) == (date(2023, 3, 30), date(2023, 6, 30))
    assert oldest.member.end_reason == "Thay bằng Quyết định 60/QĐ-SCT"
    with pytest.raises(KnownError, match="60/QĐ-SCT"):
        reappointment.decide(sample, made.id, decision)
    sample.undo()
    assert len(network.held_on(sample, date(2023, 7, 1))) == 25


def test_a_decision_needs_its_number_and_day_and_ends_nothing_it_does_not_replace(sample: Workspace) -> None:
    made = reappointment.make(sample, reappointment.propose(sample, 1, _TODAY))
    for decision, field in (
        (Decision(decided_on=_TODAY), "number"),
        (Decision(number="60/QĐ-SCT"), "decided_on"),
        (Decision(number="60/QĐ-SCT", decided_on=_TODAY, valid_to=date(2020, 1, 1)), "valid_to"),
    ):
        with pytest.raises(FieldError) as caught:
            reappointment.decide(sample, made.id, decision)
        assert caught.value.field == field
    reappointment.decide(sample, made.id, Decision(number="60/QĐ-SCT", decided_on=_TODAY))
    assert all(each.ended_on is None for each in sample.children(AppointmentMember, appointment_id=1))


def test_terms_that_ended_by_themselves_are_left_as_they_are(sample: Workspace) -> None:
    made = reappointment.make(sample, reappointment.propose(sample, 1, _TODAY))
    reappointment.decide(
        sample,
        made.id,
        Decision(number="60/QĐ-SCT", decided_on=date(2024, 1, 5), replaces=frozenset({1})),
    )
    assert all(each.ended_on is None for each in sample.children(AppointmentMember, appointment_id=1))


def test_a_term_of_a_year_follows_the_day_after_the_last_one() -> None:
    assert reappointment.next_term(None, date(2026, 11, 23)) == (date(2026, 1, 1), date(2026, 12, 31))
    until = Appointment(valid_to=date(2024, 2, 28))
    assert reappointment.next_term(until, _TODAY) == (date(2024, 2, 29), date(2025, 2, 28))


def test_the_list_of_collaborators_shows_what_they_look_after_and_when_their_term_ends(sample: Workspace) -> None:
    network.set_areas(sample, 1, [_commune(sample, 1).id, _commune(sample, 2).id])
    keys = [column.key for column in lists.LISTS["collaborators"].columns]
    row = lists.page(sample, "collaborators", ListRequest(filters=(("id", 1),)))[0]
    cells = dict(zip(keys, row.cells, strict=True))
    assert cells["area"] == "Cấp huyện; Xã Số 01, Xã Số 02"
    assert cells["until"] == date(2023, 12, 31)
    assert cells["decision"] == "49/QĐ-SCT"
    keys = [column.key for column in lists.LISTS["appointments"].columns]
    (row,) = lists.page(sample, "appointments", ListRequest())
    assert dict(zip(keys, row.cells, strict=True))["size"] == 25

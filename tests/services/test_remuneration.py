"""Thù lao: the base salary of each month, valid appointments only, paid once, booked in one step."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.network import Remuneration, RemunerationList, RemunerationRule
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, lists, papers, remuneration
from kc_desktop.services.workspace import Workspace


def _member(workspace: Workspace, number: int, **more: object) -> Person:
    person = workspace.save(Person(name=f"Cộng tác viên {number:02d}", group_code="collaborator"))
    appointment = workspace.all(Appointment)[0]
    workspace.save(
        AppointmentMember(appointment_id=appointment.id, person_id=person.id, **more)  # type: ignore[arg-type]
    )
    return person


@pytest.fixture
def network(empty: Workspace) -> Workspace:
    """One decision over the years, a coefficient for communes and a fixed sum for associations."""
    empty.save(Appointment(number="49/QĐ-SCT", valid_from=date(2023, 3, 30), valid_to=date(2026, 12, 31)))
    empty.save(RemunerationRule(level="xa", coefficient=Decimal("0.3"), valid_from=date(2023, 1, 1)))
    empty.save(RemunerationRule(level="hiep_hoi", kind="fixed", amount_vnd=500_000, valid_from=date(2023, 1, 1)))
    return empty


@pytest.mark.parametrize(
    ("first", "last", "amounts"),
    [
        ("2024-06", "2024-07", (540_000, 702_000)),  # 1.800.000, then 2.340.000 from 1/7/2024
        ("2026-06", "2026-07", (702_000, 759_000)),  # 2.340.000, then 2.530.000 from 1/7/2026
    ],
)
def test_each_month_is_paid_by_the_base_salary_of_that_month(
    network: Workspace, first: str, last: str, amounts: tuple[int, int]
) -> None:
    _member(network, 1)
    (pay,) = remuneration.propose(network, first, last)
    assert tuple(each.amount_vnd for each in pay.months) == amounts
    assert pay.total_vnd == sum(amounts)


def test_a_fixed_sum_does_not_ask_for_the_base_salary(network: Workspace) -> None:
    _member(network, 1, level="hiep_hoi")
    (pay,) = remuneration.propose(network, "2024-06", "2024-07")
    assert [each.amount_vnd for each in pay.months] == [500_000, 500_000]


def test_months_before_the_appointment_and_after_its_end_are_refused_with_the_reason(network: Workspace) -> None:
    person = _member(network, 1, ended_on=date(2024, 5, 31))
    assert "không có hiệu lực" in remuneration.pay_of(network, _member(network, 2).id, "2023-02").refusal
    assert remuneration.pay_of(network, person.id, "2024-05").amount_vnd == 540_000
    assert "thôi làm cộng tác viên từ 31/05/2024" in remuneration.pay_of(network, person.id, "2024-06").refusal


def test_a_member_of_the_closed_level_is_refused_with_the_day_it_ended(network: Workspace) -> None:
    network.save(RemunerationRule(level="huyen", coefficient=Decimal("0.3"), valid_from=date(2023, 1, 1)))
    person = _member(network, 1, level="huyen")
    assert remuneration.pay_of(network, person.id, "2025-06").amount_vnd == 702_000
    said = remuneration.pay_of(network, person.id, "2025-07").refusal
    assert said.startswith("Cấp huyện kết thúc ngày 30/06/2025: Cộng tác viên 01 còn ghi cấp huyện")


def test_whoever_has_no_decision_is_refused(network: Workspace) -> None:
    person = network.save(Person(name="Cộng tác viên 09"))
    assert "chưa có quyết định" in remuneration.pay_of(network, person.id, "2024-05").refusal
    proposed = network.save(Appointment(state="proposed", valid_from=date(2024, 1, 1)))
    network.save(AppointmentMember(appointment_id=proposed.id, person_id=person.id))
    assert "chưa có quyết định" in remuneration.pay_of(network, person.id, "2024-05").refusal


def test_a_level_without_a_rule_is_refused_and_says_where_to_write_it(network: Workspace) -> None:
    person = _member(network, 1, level="huyen")
    assert "Mức thù lao" in remuneration.pay_of(network, person.id, "2024-05").refusal


def _list(workspace: Workspace, first: str = "2024-06", last: str = "2024-07") -> RemunerationList:
    plan = workspace.children(AnnualPlan, year=2024) or (workspace.save(AnnualPlan(year=2024)),)
    draft = RemunerationList(
        name="Thù lao quý", first_month=first, last_month=last, plan_id=plan[0].id, document="UNC 01"
    )
    return remuneration.make_list(workspace, draft)


def test_a_list_keeps_how_each_month_was_counted_and_pays_no_month_twice(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    rows = network.children(Remuneration, list_id=kept.id)
    assert [(each.period, each.coefficient, each.base_salary_vnd, each.amount_vnd) for each in rows] == [
        ("2024-06", Decimal("0.3"), 1_800_000, 540_000),
        ("2024-07", Decimal("0.3"), 2_340_000, 702_000),
    ]
    with pytest.raises(KnownError, match="Không có tháng nào"):
        _list(network)
    again = _list(network, "2024-07", "2024-08")
    assert [each.period for each in network.children(Remuneration, list_id=again.id)] == ["2024-08"]


def test_a_list_is_booked_in_one_step_and_taken_back_in_one(network: Workspace) -> None:
    for number in (1, 2):
        _member(network, number)
    kept = _list(network)
    before = network.revision
    entry = remuneration.book(network, kept.id, on=date(2024, 8, 5))
    assert (entry.kind, entry.amount_vnd, entry.document) == ("payment", 2 * (540_000 + 702_000), "UNC 01")
    assert network.revision == before + 1
    assert funding.sums(network, 2024).paid_vnd == entry.amount_vnd
    assert {each.paid_on for each in network.children(Remuneration, list_id=kept.id)} == {date(2024, 8, 5)}
    with pytest.raises(KnownError, match="đã ghi vào sổ"):
        remuneration.book(network, kept.id, on=date(2024, 8, 6))
    network.undo()
    assert network.all(FundEntry) == ()
    assert network.get(RemunerationList, kept.id) == kept


def test_a_reversed_payment_lets_the_list_be_booked_again(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    entry = remuneration.book(network, kept.id, on=date(2024, 8, 5))
    funding.reverse(network, entry.id, "Ghi nhầm ngày", on=date(2024, 8, 6))
    again = remuneration.book(network, kept.id, on=date(2024, 8, 7))
    assert remuneration.standing_entry(network, network.get(RemunerationList, kept.id)) == again


def test_a_booked_list_is_not_deleted(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    remuneration.book(network, kept.id, on=date(2024, 8, 5))
    with pytest.raises(KnownError, match="không xóa được"):
        network.delete(RemunerationList, kept.id)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("2024-13", "2024-13", "first_month"), ("tháng 5", "2024-05", "first_month"), ("2024-05", "2024-04", "last_month"),
     ("2020-01", "2024-01", "last_month")],
)  # fmt: skip
def test_what_is_no_span_of_months_is_told_at_its_field(first: str, last: str, field: str) -> None:
    with pytest.raises(FieldError) as told:
        remuneration.months_of(first, last)
    assert told.value.field == field


def test_months_run_over_the_year() -> None:
    assert remuneration.months_of("2023-11", "2024-02") == ("2023-11", "2023-12", "2024-01", "2024-02")


# --- what is due, what is refused, what is locked ---


def test_collaborators_without_a_valid_appointment_stand_last_in_the_proposal_with_the_reason(
    network: Workspace,
) -> None:
    due = _member(network, 2)
    ended = _member(network, 1, ended_on=date(2023, 12, 31))
    none = network.save(Person(name="Cộng tác viên 09", group_code="collaborator"))
    proposed = remuneration.propose(network, "2024-05", "2024-05")
    assert [each.person.id for each in proposed] == [due.id, ended.id, none.id]
    assert "thôi làm cộng tác viên từ 31/12/2023" in proposed[1].refusals[0]
    assert "chưa có quyết định công nhận" in proposed[2].refusals[0]
    kept = _list(network, "2024-05", "2024-05")
    assert {each.person_id for each in network.children(Remuneration, list_id=kept.id)} == {due.id}


def test_booking_refuses_whose_appointment_was_ended_after_the_list_was_made(network: Workspace) -> None:
    person = _member(network, 1)
    kept = _list(network)
    (member,) = network.children(AppointmentMember, person_id=person.id)
    network.save(dataclasses.replace(member, ended_on=date(2024, 6, 30)))
    with pytest.raises(KnownError, match="thôi làm cộng tác viên từ 30/06/2024, tháng 07/2024 không được tính"):
        remuneration.book(network, kept.id, on=date(2024, 8, 5))
    assert network.all(FundEntry) == ()


def test_booking_refuses_a_month_that_another_list_pays_too(network: Workspace) -> None:
    person = _member(network, 1)
    kept = _list(network)
    other = network.save(RemunerationList(name="Bảng 02", first_month="2024-06", last_month="2024-06"))
    network.save(Remuneration(list_id=other.id, person_id=person.id, period="2024-06", amount_vnd=1))
    with pytest.raises(KnownError, match="bảng thù lao khác của tháng 06/2024"):
        remuneration.book(network, kept.id, on=date(2024, 8, 5))


def test_a_booked_list_and_its_rows_are_locked_until_the_entry_is_reversed(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    entry = remuneration.book(network, kept.id, on=date(2024, 8, 5))
    booked = network.get(RemunerationList, kept.id)
    row = network.children(Remuneration, list_id=kept.id)[0]
    for act in (
        lambda: network.save(dataclasses.replace(booked, name="Tên khác")),
        lambda: network.save(dataclasses.replace(row, amount_vnd=1)),
        lambda: network.delete(Remuneration, row.id),
        lambda: network.delete(RemunerationList, kept.id),
    ):
        with pytest.raises(KnownError, match="đã ghi vào sổ kinh phí ngày 05/08/2024"):
            act()
    funding.reverse(network, entry.id, "Ghi nhầm ngày", on=date(2024, 8, 6))
    network.save(dataclasses.replace(booked, name="Tên khác"))
    network.delete(RemunerationList, kept.id)
    assert network.all(Remuneration) == ()
    again = _list(network)
    assert remuneration.total_vnd(network, again.id) == 540_000 + 702_000


def test_the_months_of_a_made_list_do_not_change(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    with pytest.raises(FieldError) as told:
        network.save(dataclasses.replace(kept, last_month="2024-12"))
    assert told.value.field == "last_month"


def test_booking_may_say_anew_what_the_money_is_paid_from(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    other = network.save(AnnualPlan(year=2024, source="KCQG"))
    entry = remuneration.book(network, kept.id, on=date(2024, 8, 5), document="UNC 07", goes_to={"plan_id": other.id})
    assert (entry.plan_id, entry.document) == (other.id, "UNC 07")
    assert network.get(RemunerationList, kept.id).plan_id == other.id


def test_months_of_one_base_salary_stand_on_one_line(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network, "2024-05", "2024-08")
    lines = remuneration.lines_of(network, kept.id)
    assert [(each.months, each.base_salary_vnd, each.amount_vnd) for each in lines] == [
        (("2024-05", "2024-06"), 1_800_000, 1_080_000),
        (("2024-07", "2024-08"), 2_340_000, 1_404_000),
    ]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=st.integers(1, 20), length=st.integers(1, 6))
def test_a_list_comes_to_the_sum_of_what_each_month_alone_would_pay(
    network: Workspace, start: int, length: int
) -> None:
    people = network.children(Person, group_code="collaborator") or [_member(network, each) for each in (1, 2)]
    months = [f"{2024 + (start + each) // 12}-{(start + each) % 12 + 1:02d}" for each in range(length)]
    proposed = remuneration.propose(network, months[0], months[-1])
    alone = sum(remuneration.pay_of(network, person.id, month).amount_vnd for person in people for month in months)
    assert sum(each.total_vnd for each in proposed) == alone


def test_the_next_list_begins_after_the_last_of_the_year(network: Workspace) -> None:
    assert remuneration.next_months(network, 2024) == ("2024-01", "2024-03")
    _member(network, 1)
    _list(network, "2024-01", "2024-03")
    assert remuneration.next_months(network, 2024) == ("2024-04", "2024-06")
    _list(network, "2024-04", "2024-12")
    assert remuneration.next_months(network, 2024) == ("2024-12", "2024-12")
    assert remuneration.next_months(network, 0, today=date(2026, 5, 1)) == ("2026-01", "2026-03")


def test_two_hundred_collaborators_are_proposed_listed_and_booked(network: Workspace) -> None:
    with network.change("Thêm cộng tác viên"):
        for number in range(1, 201):
            _member(network, number)
    kept = _list(network)
    assert len(network.children(Remuneration, list_id=kept.id)) == 400
    (row,) = lists.page(network, "remuneration-lists", lists.ListRequest(year=2024))
    assert row.cells[:5] == ("Thù lao quý", "06/2024 – 07/2024", 200, 200 * 1_242_000, "Chưa ghi sổ")
    remuneration.book(network, kept.id, on=date(2024, 8, 5))
    (row,) = lists.page(network, "remuneration-lists", lists.ListRequest(year=2024))
    assert row.cells[4] == "Đã ghi sổ"
    assert lists.page(network, "remuneration-lists", lists.ListRequest(year=2023)) == ()


def test_the_paper_says_what_it_lacks_and_cites_the_rules(network: Workspace) -> None:
    _member(network, 1)
    kept = _list(network)
    told = papers.problems(network, "remuneration-list", kept.id)
    assert "Mức thù lao cấp xã chưa ghi căn cứ: ghi ở Danh mục, Quy định, mức và thời hạn." in told
    assert any("người ký mặc định" in each for each in told)
    (rule, _other) = network.all(RemunerationRule)
    network.save(dataclasses.replace(rule, citation="Quyết định số 01/QĐ-UBND", certainty="confirmed"))
    assert not any("Mức thù lao" in each for each in papers.problems(network, "remuneration-list", kept.id))
    assert "Quyết định số 01/QĐ-UBND" in plain_text(papers.build(network, "remuneration-list", kept.id))

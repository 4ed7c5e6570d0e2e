"""Taking a project through its life: one change a step, everything that belongs to it, and undo."""

from __future__ import annotations

import itertools
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import LegalFigure
from kc_desktop.domain.lifecycle import rule_of
from kc_desktop.domain.office import Signer
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import ChecklistItem, Contract, Project, ProjectBeneficiary, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lifecycle, step_corrections
from kc_desktop.services.workspace import Workspace
from tests.services.projects_at_work import install_law, project

_LOCAL_LIFE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("receive", {"on": date(2024, 1, 5)}),
    ("survey", {"on": date(2024, 1, 12), "document": "01/BB"}),
    ("submit", {"on": date(2024, 2, 1), "document": "15/TTr-TTKC", "amount_vnd": 200_000_000}),
    ("approve", {"on": date(2024, 3, 1), "document": "33/QĐ-SCT", "amount_vnd": 150_000_000}),
    ("contract", {"on": date(2024, 3, 10), "document": "05/HĐ", "amount_vnd": 150_000_000}),
    ("start", {"on": date(2024, 3, 15)}),
    ("advance", {"on": date(2024, 4, 1), "document": "UNC 09", "amount_vnd": 60_000_000}),
    (
        "adjust",
        {"on": date(2024, 5, 1), "document": "60/QĐ-SCT", "amount_vnd": 140_000_000, "reason": "Giảm quy mô"},
    ),
    ("accept", {"on": date(2024, 9, 1), "document": "07/BB"}),
    ("pay", {"on": date(2024, 9, 20), "document": "UNC 21", "amount_vnd": 80_000_000}),
    ("settle", {"on": date(2024, 12, 20), "document": "99/BC", "amount_vnd": 140_000_000}),
)


def _live(workspace: Workspace, project_id: int, until: str = "settle") -> Project:
    for step, note in _LOCAL_LIFE:
        kept = lifecycle.take(workspace, project_id, step, **note)
        if step == until:
            return kept
    raise AssertionError(until)


def test_a_local_project_lives_from_draft_to_settled(empty: Workspace) -> None:
    kept = _live(empty, project(empty).id)
    assert kept == empty.get(Project, kept.id)
    assert kept.state == "settled"
    assert (kept.requested_vnd, kept.request_number, kept.requested_on) == (
        200_000_000,
        "15/TTr-TTKC",
        date(2024, 2, 1),
    )
    assert (kept.approved_vnd, kept.approval_number, kept.approved_on) == (150_000_000, "33/QĐ-SCT", date(2024, 3, 1))
    assert (kept.adjusted_vnd, kept.adjustment_number, kept.adjusted_on) == (
        140_000_000,
        "60/QĐ-SCT",
        date(2024, 5, 1),
    )
    steps = lifecycle.steps_of(empty, kept.id)
    assert [each.action for each in steps] == [step for step, _note in _LOCAL_LIFE]
    assert all(before.state == after.from_state for before, after in itertools.pairwise(steps))


def test_a_national_project_is_registered_with_its_appraised_amount(empty: Workspace) -> None:
    kept = project(empty, source="KCQG")
    lifecycle.take(empty, kept.id, "submit", on=date(2023, 5, 10), document="15/CV")
    lifecycle.take(empty, kept.id, "register", on=date(2023, 6, 10), document="20/BC-SCT", amount_vnd=180_000_000)
    kept = empty.get(Project, kept.id)
    assert (kept.state, kept.appraised_vnd, kept.appraisal_number) == ("registered", 180_000_000, "20/BC-SCT")
    assert kept.requested_vnd == 200_000_000  # not told by the step, so it stays
    assert lifecycle.steps_for(empty, kept.id)[0].step == "approve"


@pytest.mark.parametrize("last", [step for step, _note in _LOCAL_LIFE])
def test_undo_takes_a_whole_step_back(empty: Workspace, last: str) -> None:
    install_law(empty)
    kept = project(empty)
    before = _state_of(empty, kept.id)
    for step, note in _LOCAL_LIFE:
        before = _state_of(empty, kept.id)
        lifecycle.take(empty, kept.id, step, **note)
        if step == last:
            break
    assert _state_of(empty, kept.id) != before
    empty.undo()
    assert _state_of(empty, kept.id) == before


def _state_of(workspace: Workspace, project_id: int) -> tuple[Any, ...]:
    parts = (ProjectStep, ChecklistItem, Contract, ProjectBeneficiary)
    return (workspace.get(Project, project_id), *(workspace.children(each, project_id=project_id) for each in parts))


def test_a_step_the_state_does_not_allow_is_refused_in_words_and_writes_nothing(empty: Workspace) -> None:
    kept = project(empty)
    revision = empty.revision
    with pytest.raises(KnownError, match="Nghiệm thu cơ sở làm được khi đề án ở “Đang thực hiện”"):
        lifecycle.take(empty, kept.id, "accept", on=date(2024, 9, 1))
    assert empty.revision == revision


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ({"on": None, "document": "15/CV"}, "happened_on"),
        ({"on": date(2024, 1, 4), "document": "15/CV"}, "happened_on"),
        ({"on": date(2024, 2, 1)}, "document"),
        ({"on": date(2024, 2, 1), "document": "15/CV", "amount_vnd": 0}, "amount_vnd"),
    ],
)
def test_what_a_step_lacks_is_said_at_its_field(empty: Workspace, note: dict[str, Any], field: str) -> None:
    kept = project(empty)
    lifecycle.take(empty, kept.id, "receive", on=date(2024, 1, 5))
    with pytest.raises(FieldError) as refused:
        lifecycle.take(empty, kept.id, "submit", **note)
    assert refused.value.field == field
    assert refused.value.remedy


def test_approval_keeps_the_beneficiarys_details_of_that_day(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "approve")
    (share,) = empty.children(ProjectBeneficiary, project_id=kept.id)
    place = empty.get(Establishment, share.establishment_id)
    empty.save(Establishment(id=place.id, name="Cơ sở 03 mới", address="Ấp 2"))
    (share,) = empty.children(ProjectBeneficiary, project_id=kept.id)
    told = json.loads(share.snapshot)
    assert (told["name"], told["address"], told["workers"], told["taken_on"]) == ("Cơ sở 03", "Ấp 1", 12, "2024-03-01")


def test_signing_a_contract_writes_it_down_once(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "contract")
    (contract,) = empty.children(Contract, project_id=kept.id)
    (share,) = empty.children(ProjectBeneficiary, project_id=kept.id)
    assert (contract.number, contract.signed_on, contract.support_vnd) == ("05/HĐ", date(2024, 3, 10), 150_000_000)
    assert contract.establishment_id == share.establishment_id


def test_a_decision_that_lowers_the_support_lowers_the_contract_too(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "adjust")
    (contract,) = empty.children(Contract, project_id=kept.id)
    assert (contract.support_vnd, contract.note) == (140_000_000, "Hỗ trợ theo 60/QĐ-SCT")


def test_extending_moves_the_last_year_on(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "start")
    note: dict[str, Any] = {"on": date(2024, 11, 1), "document": "70/QĐ", "reason": "Máy về chậm"}
    assert lifecycle.take(empty, kept.id, "extend", **note).end_year == 2025
    assert lifecycle.take(empty, kept.id, "extend", **note).end_year == 2026


def test_the_amount_left_to_pay_is_offered(empty: Workspace) -> None:
    kept = _live(empty, project(empty).id, "accept")
    assert lifecycle.expected_amount(empty, kept, "pay") == 80_000_000
    assert lifecycle.expected_amount(empty, kept, "survey") is None


def test_the_amounts_of_advance_payment_and_settlement_are_offered_from_what_is_known(empty: Workspace) -> None:
    empty.save(LegalFigure(code="advance-cap", name="Mức tạm ứng", value=Decimal(70), unit="%"))
    plan = empty.save(AnnualPlan(year=2024, source="KCDP"))
    kept = _live(empty, project(empty).id, "start")
    assert lifecycle.expected_amount(empty, kept, "advance") == 105_000_000
    paid: dict[str, Any] = {"plan_id": plan.id, "project_id": kept.id, "document": "UNC 01"}
    empty.save(FundEntry(happened_on=date(2024, 4, 2), kind="advance", amount_vnd=100_000_000, **paid))
    assert lifecycle.expected_amount(empty, kept, "advance") == 5_000_000
    assert lifecycle.expected_amount(empty, kept, "pay") == 50_000_000
    empty.save(FundEntry(happened_on=date(2024, 5, 2), kind="refund", amount_vnd=10_000_000, **paid))
    assert lifecycle.expected_amount(empty, kept, "settle") == 90_000_000
    assert lifecycle.money_warning(empty, kept.id, "settle", 90_000_000) == ""
    assert "còn 10.000.000 đồng phải hoàn trả" in lifecycle.money_warning(empty, kept.id, "settle", 80_000_000)
    assert "cao hơn số đã giải ngân" in lifecycle.money_warning(empty, kept.id, "settle", 100_000_000)


def test_a_project_that_was_advanced_everything_is_closed_without_another_payment(empty: Workspace) -> None:
    kept = _live(empty, project(empty).id, "accept")
    note: dict[str, Any] = {"on": date(2024, 10, 1), "document": "UNC 02"}
    with pytest.raises(FieldError):
        lifecycle.take(empty, kept.id, "pay", **note)
    lifecycle.take(empty, kept.id, "advance_rest", amount_vnd=80_000_000, **note)
    assert lifecycle.take(empty, kept.id, "pay", **note).state == "paid"
    assert lifecycle.expected_amount(empty, empty.get(Project, kept.id), "settle") == 140_000_000
    step = lifecycle.steps_of(empty, kept.id)[-1]
    assert step_corrections.amend(empty, step.id, on=date(2024, 10, 2), document="UNC 02").amount_vnd is None


def test_what_a_step_will_do_is_said(empty: Workspace) -> None:
    kept = project(empty)
    judged = {each.step: each for each in lifecycle.steps_for(empty, kept.id)}
    assert lifecycle.outcome(kept, judged["receive"]) == "Đề án chuyển sang “Đã tiếp nhận hồ sơ”."
    assert lifecycle.outcome(kept, judged["approve"]) == judged["approve"].reason


def test_signers_of_earlier_steps_are_suggested(empty: Workspace) -> None:
    kept = project(empty)
    lifecycle.take(empty, kept.id, "submit", on=date(2024, 2, 1), document="1/CV", signer="Người ký 02")
    person = empty.save(Person(name="Người ký 05"))
    empty.save(Signer(person_id=person.id, post="GIÁM ĐỐC"))
    assert lifecycle.signers(empty) == ("Người ký 02", "Người ký 05")


def test_a_fields_label_follows_the_step() -> None:
    rule = rule_of("approve", "KCDP")
    assert rule is not None
    assert [lifecycle.field_label(rule, each) for each in rule.fields] == [
        "Quyết định phê duyệt",
        "Người ký",
        "Hỗ trợ được duyệt",
    ]


def test_an_amount_over_a_limit_is_refused_at_the_amount_and_writes_nothing(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "approve")
    before = _state_of(empty, kept.id)
    with pytest.raises(FieldError) as refused:
        lifecycle.take(empty, kept.id, "contract", on=date(2024, 3, 10), document="05/HĐ", amount_vnd=150_000_001)
    assert refused.value.field == "amount_vnd"
    assert _state_of(empty, kept.id) == before


def test_money_written_into_the_ledger_is_written_once(empty: Workspace) -> None:
    kept = project(empty)
    _live(empty, kept.id, "start")
    paid: dict[str, Any] = {"on": date(2024, 4, 1), "document": "UNC 09", "amount_vnd": 60_000_000, "to_ledger": True}
    with pytest.raises(KnownError, match="Chưa có kế hoạch năm"):
        lifecycle.take(empty, kept.id, "advance", **paid)
    assert lifecycle.steps_of(empty, kept.id)[-1].action == "start"
    plan = empty.save(AnnualPlan(year=2024, source="KCDP"))
    lifecycle.take(empty, kept.id, "advance", **paid)
    (entry,) = empty.children(FundEntry, project_id=kept.id)
    assert (entry.plan_id, entry.kind, entry.amount_vnd, entry.payee) == (plan.id, "advance", 60_000_000, "Cơ sở 03")
    with pytest.raises(FieldError) as refused:
        lifecycle.take(empty, kept.id, "advance", **paid)
    assert refused.value.field == "document"
    assert len(empty.children(FundEntry, project_id=kept.id)) == 1


def test_a_project_of_several_years_spends_the_plan_of_the_day(empty: Workspace) -> None:
    plans = {year: empty.save(AnnualPlan(year=year, source="KCDP")) for year in (2024, 2025, 2026)}
    kept = project(empty, end_year=2025)
    chosen = [lifecycle.plan_for(empty, kept, date(year, 1, 20)) for year in (2023, 2024, 2025, 2026)]
    assert chosen == [plans[2024], plans[2024], plans[2025], plans[2025]]

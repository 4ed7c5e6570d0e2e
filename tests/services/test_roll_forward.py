"""The next plan year: drafts, unfinished projects and unspent money, once and with a decision."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import Project, ProjectStep, YearShare
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, lifecycle, roll_forward
from kc_desktop.services.roll_forward import Chosen, Proposal
from kc_desktop.services.workspace import Workspace

_DECISION: dict[str, object] = {"document": "QĐ 01", "decided_on": date(2023, 12, 28)}


def _everything(proposal: Proposal, **more: object) -> Chosen:
    return Chosen(
        programmes=frozenset(each.id for each in proposal.programmes),
        projects=frozenset(each.project.id for each in proposal.projects),
        amounts_vnd={each.plan.id: each.left_vnd for each in proposal.unspent},
        **{**_DECISION, **more},  # type: ignore[arg-type]  # values of their fields
    )


def test_programmes_become_drafts_of_the_next_year_with_their_targets(sample: Workspace) -> None:
    proposal = roll_forward.propose(sample, 2023)
    roll_forward.carry(sample, 2023, Chosen(programmes=frozenset(each.id for each in proposal.programmes)))
    copied = sample.children(Programme, year=2024)
    assert [(each.name, each.budget_vnd, each.is_draft) for each in copied] == [
        (each.name, each.budget_vnd, True) for each in proposal.programmes
    ]
    for old, new in zip(proposal.programmes, copied, strict=True):
        told = [(each.name, each.planned_from) for each in sample.children(Target, programme_id=new.id)]
        assert told == [(each.name, each.planned_from) for each in sample.children(Target, programme_id=old.id)]


def test_unfinished_projects_go_on_with_the_decision_as_a_step_of_their_life(sample: Workspace) -> None:
    proposal = roll_forward.propose(sample, 2023)
    assert {each.project.state for each in proposal.projects} == {"approved", "running"}
    roll_forward.carry(sample, 2023, _everything(proposal))
    for each in proposal.projects:
        assert sample.get(Project, each.project.id).end_year == 2024
        (step,) = [step for step in sample.children(ProjectStep, project_id=each.project.id) if step.action == "extend"]
        assert (step.document, step.happened_on) == ("QĐ 01", date(2023, 12, 28))


def test_what_of_a_projects_support_has_not_gone_out_goes_on_with_it(sample: Workspace) -> None:
    proposal = roll_forward.propose(sample, 2023)
    approved, left = funding.sums(sample, 2023).approved_vnd, sum(each.left_vnd for each in proposal.projects)
    assert left == approved - funding.sums(sample, 2023).disbursed_vnd > 0
    roll_forward.carry(sample, 2023, _everything(proposal))
    assert funding.sums(sample, 2023).approved_vnd == approved - left
    assert funding.sums(sample, 2024).approved_vnd == left
    again = roll_forward.propose(sample, 2024)
    assert sum(each.left_vnd for each in again.projects) == left
    roll_forward.carry(sample, 2024, _everything(again, decided_on=date(2024, 12, 28)))
    assert [funding.sums(sample, year).approved_vnd for year in (2023, 2024, 2025)] == [approved - left, 0, left]


def test_a_project_extended_before_takes_what_is_left_of_it_along_without_another_step(sample: Workspace) -> None:
    first = roll_forward.propose(sample, 2023).projects[0]
    lifecycle.take(
        sample, first.project.id, "extend", on=date(2023, 11, 1), document="QĐ 00", reason="Thiết bị về chậm"
    )
    proposal = roll_forward.propose(sample, 2023)
    (extended,) = [each for each in proposal.projects if each.goes_on]
    assert not extended.is_carried
    roll_forward.carry(sample, 2023, _everything(proposal))
    steps = sample.children(ProjectStep, project_id=first.project.id)
    assert [each.document for each in steps if each.action == "extend"] == ["QĐ 00"]
    (share,) = sample.children(YearShare, project_id=first.project.id)
    assert (share.year, share.support_vnd) == (2024, extended.left_vnd)


def test_unspent_money_leaves_one_year_and_enters_the_next_to_the_last_dong(sample: Workspace) -> None:
    proposal = roll_forward.propose(sample, 2023)
    left = funding.sums(sample, 2023).left_vnd
    assert left == sum(each.left_vnd for each in proposal.unspent) > 0
    roll_forward.carry(sample, 2023, _everything(proposal))
    assert funding.sums(sample, 2023).left_vnd == 0
    assert funding.sums(sample, 2024).allocated_vnd == left
    kinds = [each.kind for each in sample.all(FundEntry) if each.document == "QĐ 01"]
    assert kinds == ["carryover_out", "carryover_in"]


def test_carrying_twice_adds_nothing_twice(sample: Workspace) -> None:
    roll_forward.carry(sample, 2023, _everything(roll_forward.propose(sample, 2023)))
    before = sample.revision
    again = roll_forward.propose(sample, 2023)
    assert all(each.is_carried for each in again.projects)
    assert again.copied == {each.id for each in again.programmes}
    roll_forward.carry(sample, 2023, _everything(again))
    assert sample.revision == before


def test_the_whole_year_is_one_step_of_the_history(sample: Workspace) -> None:
    before = sample.all(Project), sample.all(Programme), sample.all(AnnualPlan), funding.sums(sample, 2023)
    roll_forward.carry(sample, 2023, _everything(roll_forward.propose(sample, 2023)))
    assert sample.undo_label == "Mở kế hoạch năm 2024"
    sample.undo()
    assert (sample.all(Project), sample.all(Programme), sample.all(AnnualPlan), funding.sums(sample, 2023)) == before


@pytest.mark.parametrize(("missing", "field"), [({"document": ""}, "document"), ({"decided_on": None}, "decided_on")])
def test_projects_and_money_go_on_only_with_a_decision(
    sample: Workspace, missing: dict[str, object], field: str
) -> None:
    before = sample.revision
    with pytest.raises(FieldError) as told:
        roll_forward.carry(sample, 2023, _everything(roll_forward.propose(sample, 2023), **missing))
    assert told.value.field == field
    assert sample.revision == before


def test_no_more_than_is_left_can_be_carried(sample: Workspace) -> None:
    proposal = roll_forward.propose(sample, 2023)
    too_much = {each.plan.id: each.left_vnd + 1 for each in proposal.unspent}
    with pytest.raises(KnownError, match="chưa sử dụng"):
        roll_forward.carry(sample, 2023, dataclasses.replace(_everything(proposal), amounts_vnd=too_much))
    assert sample.children(AnnualPlan, year=2024) == ()


def test_a_target_of_a_leap_day_keeps_its_month(empty: Workspace) -> None:
    empty.save(AnnualPlan(year=2024))
    programme = empty.save(Programme(name="Chương trình 01", year=2024))
    empty.save(Target(programme_id=programme.id, name="Kỳ", planned_from=1, planned_to=1, ends_on=date(2024, 2, 29)))
    roll_forward.carry(empty, 2024, Chosen(programmes=frozenset({programme.id})))
    (copied,) = empty.children(Programme, year=2025)
    (target,) = empty.children(Target, programme_id=copied.id)
    assert target.ends_on == date(2025, 2, 28)

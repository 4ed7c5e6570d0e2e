"""Putting right what was written about a step: details followed by the project, the last step withdrawn whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kc_desktop.domain.project import ChecklistItem, Contract, Project, ProjectBeneficiary
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lifecycle, step_corrections
from kc_desktop.services.workspace import Workspace
from tests.services.projects_at_work import install_law, project


def _contracted(workspace: Workspace) -> Project:
    install_law(workspace)
    kept = project(workspace)
    lifecycle.take(workspace, kept.id, "submit", on=date(2024, 2, 1), document="15/TTr", amount_vnd=190_000_000)
    lifecycle.take(workspace, kept.id, "approve", on=date(2024, 3, 1), document="33/QĐ", amount_vnd=150_000_000)
    return lifecycle.take(workspace, kept.id, "contract", on=date(2024, 3, 9), document="05/HĐ", amount_vnd=150_000_000)


def test_an_amended_step_takes_the_project_and_the_contract_with_it(empty: Workspace) -> None:
    kept = _contracted(empty)
    submit, approve, contract = lifecycle.steps_of(empty, kept.id)
    step_corrections.amend(empty, approve.id, on=date(2024, 3, 2), document="34/QĐ", amount_vnd=160_000_000)
    step_corrections.amend(empty, contract.id, on=date(2024, 3, 9), document="06/HĐ", amount_vnd=155_000_000)
    kept = empty.get(Project, kept.id)
    assert (kept.approved_vnd, kept.approval_number, kept.approved_on) == (160_000_000, "34/QĐ", date(2024, 3, 2))
    assert kept.request_number == submit.document
    (signed,) = empty.children(Contract, project_id=kept.id)
    assert (signed.number, signed.support_vnd) == ("06/HĐ", 155_000_000)
    empty.undo()
    assert empty.children(Contract, project_id=kept.id)[0].number == "05/HĐ"


def test_what_was_changed_in_the_form_since_is_left_alone(empty: Workspace) -> None:
    kept = _contracted(empty)
    _submit, approve, _contract = lifecycle.steps_of(empty, kept.id)
    empty.save(replace(kept, approval_number="33/QĐ-UBND"))
    step_corrections.amend(empty, approve.id, on=approve.happened_on, document="34/QĐ", amount_vnd=150_000_000)
    assert empty.get(Project, kept.id).approval_number == "33/QĐ-UBND"


@pytest.mark.parametrize("on", [date(2024, 1, 31), date(2024, 3, 10)])
def test_an_amended_day_stays_between_its_neighbours(empty: Workspace, on: date) -> None:
    kept = _contracted(empty)
    _submit, approve, _contract = lifecycle.steps_of(empty, kept.id)
    with pytest.raises(FieldError) as refused:
        step_corrections.amend(empty, approve.id, on=on, document="33/QĐ", amount_vnd=150_000_000)
    assert refused.value.field == "happened_on"


def test_an_amended_step_still_needs_what_a_new_one_needs(empty: Workspace) -> None:
    kept = _contracted(empty)
    _submit, approve, _contract = lifecycle.steps_of(empty, kept.id)
    with pytest.raises(FieldError) as refused:
        step_corrections.amend(empty, approve.id, on=approve.happened_on, document="", amount_vnd=150_000_000)
    assert refused.value.field == "document"


def test_the_last_step_is_withdrawn_with_all_it_wrote_one_after_the_other(empty: Workspace) -> None:
    kept = _contracted(empty)
    assert step_corrections.withdraw(empty, kept.id).state == "approved"
    assert empty.children(Contract, project_id=kept.id) == ()
    kept = step_corrections.withdraw(empty, kept.id)
    assert (kept.state, kept.approved_vnd, kept.approval_number, kept.approved_on) == ("appraising", None, "", None)
    assert empty.children(ProjectBeneficiary, project_id=kept.id)[0].snapshot == ""
    kept = step_corrections.withdraw(empty, kept.id)
    assert (kept.state, kept.requested_vnd, kept.request_number) == ("draft", 190_000_000, "")
    assert empty.children(ChecklistItem, project_id=kept.id) == ()
    with pytest.raises(KnownError, match="chưa có bước nào"):
        step_corrections.withdraw(empty, kept.id)


def test_withdrawing_a_second_adjustment_brings_the_first_back(empty: Workspace) -> None:
    kept = _contracted(empty)
    for day, number, amount in ((1, "60/QĐ", 140_000_000), (2, "61/QĐ", 130_000_000)):
        lifecycle.take(
            empty, kept.id, "adjust", on=date(2024, 5, day), document=number, amount_vnd=amount, reason="Giảm quy mô"
        )
    kept = step_corrections.withdraw(empty, kept.id)
    assert (kept.adjusted_vnd, kept.adjustment_number, kept.adjusted_on) == (140_000_000, "60/QĐ", date(2024, 5, 1))
    assert kept.state == "contracted"


def test_a_stopped_project_comes_back_and_undo_stops_it_again(empty: Workspace) -> None:
    kept = _contracted(empty)
    lifecycle.take(empty, kept.id, "stop", on=date(2024, 6, 1), reason="Cơ sở xin thôi")
    assert step_corrections.withdraw(empty, kept.id).state == "contracted"
    empty.undo()
    assert empty.get(Project, kept.id).state == "stopped"


def test_withdrawing_an_extension_shortens_the_project_again(empty: Workspace) -> None:
    kept = _contracted(empty)
    lifecycle.take(empty, kept.id, "extend", on=date(2024, 11, 1), document="70/QĐ", reason="Máy về chậm")
    assert step_corrections.withdraw(empty, kept.id).end_year is None


def test_a_state_that_moved_on_otherwise_is_not_withdrawn_over(empty: Workspace) -> None:
    kept = _contracted(empty)
    empty.save(replace(kept, state="running"))
    assert "không còn là trạng thái bước cuối" in step_corrections.why_not_withdrawn(empty, kept.id)

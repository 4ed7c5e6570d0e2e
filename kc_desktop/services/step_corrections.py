"""Putting right what was written about a step: its details, or the last step as a whole.

Both are steps of the file's history like any other, so that nobody wonders later who changed what.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

from kc_desktop.domain import lifecycle
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.lifecycle import StepRule
from kc_desktop.domain.project import ChecklistItem, Contract, Project, ProjectBeneficiary, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lifecycle as lives
from kc_desktop.services.workspace import Workspace

_KEPT_AMOUNTS = frozenset({"requested_vnd"})
"""Amounts a project has without any step: withdrawing a step leaves them."""


def rule_of(workspace: Workspace, step: ProjectStep) -> StepRule | None:
    """Return the rule of a step that was taken; None for a state that was only written down."""
    project = workspace.get(Project, step.project_id)
    return lifecycle.rule_of(step.action, project.source)


def amend(
    workspace: Workspace,
    step_id: int,
    *,
    on: date | None,
    document: str = "",
    signer: str = "",
    amount_vnd: int | None = None,
    reason: str = "",
) -> ProjectStep:
    """Write the details of a step anew; what the project and its contract hold of it follows, if it still does.

    Entries of the ledger stay as they are: they are reversed, not changed. Raises FieldError for what is missing or
    cannot be, such as a day that is not between those of the steps before and after.
    """
    step = workspace.get(ProjectStep, step_id)
    rule = rule_of(workspace, step)
    new = dataclasses.replace(
        step, happened_on=on, document=document, signer=signer, amount_vnd=amount_vnd, reason=reason
    )
    needs = lives.needs_of(workspace, workspace.get(Project, step.project_id), rule) if rule is not None else ()
    lives.check_told(rule, on, new, needs)
    _check_day(workspace, step, on)
    with workspace.change(f"Sửa bước {lifecycle.step_label(step.action) or lifecycle.state_label(step.state)}"):
        kept = workspace.save(new)
        _follow(workspace, step, lambda name: getattr(kept, name))
    return kept


def _check_day(workspace: Workspace, step: ProjectStep, on: date | None) -> None:
    steps = lives.steps_of(workspace, step.project_id)
    place = next(place for place, each in enumerate(steps) if each.id == step.id)
    before = max((each.happened_on for each in steps[:place] if each.happened_on), default=None)
    after = min((each.happened_on for each in steps[place + 1 :] if each.happened_on), default=None)
    if on is not None and before is not None and on < before:
        raise FieldError("happened_on", f"Bước trước ghi ngày {format_date(before)}.", "Ghi ngày không sớm hơn.")
    if on is not None and after is not None and on > after:
        raise FieldError("happened_on", f"Bước sau ghi ngày {format_date(after)}.", "Ghi ngày không muộn hơn.")


def _follow(workspace: Workspace, old: ProjectStep, new: Callable[[str], Any]) -> None:
    """Let what the project and its contract still hold of a step become what `new` gives for its fields."""
    project = workspace.get(Project, old.project_id)
    names = lives.AMOUNT_FIELDS.get(old.action)
    if names is not None:
        amount, document, day = names
        pairs = ((amount, "amount_vnd"), (document, "document"), (day, "happened_on"))
        changed = {
            field: new(name)
            for field, name in pairs
            if getattr(project, field) == getattr(old, name) and getattr(old, name) not in (None, "")
        }
        if changed:
            workspace.save(dataclasses.replace(project, **changed))
    if old.action == "contract":
        for each in workspace.children(Contract, project_id=project.id):
            if each.number == old.document and new("document"):
                support = new("amount_vnd") if each.support_vnd == old.amount_vnd else each.support_vnd
                workspace.save(
                    dataclasses.replace(each, number=new("document"), signed_on=new("happened_on"), support_vnd=support)
                )


def why_not_withdrawn(workspace: Workspace, project_id: int) -> str:
    """Say why the last step of a project cannot be withdrawn; "" when it can."""
    steps = lives.steps_of(workspace, project_id)
    if not steps:
        return "Đề án chưa có bước nào."
    if not steps[-1].from_state:
        return "Bước cuối không ghi trạng thái trước đó nên chưa rút lại được."
    if workspace.get(Project, project_id).state != steps[-1].state:
        return "Trạng thái của đề án không còn là trạng thái bước cuối để lại."
    return ""


def withdraw(workspace: Workspace, project_id: int) -> Project:
    """Take the last step of a project away: the state before it comes back, and what only it had written goes.

    Entries of the ledger stay: they are reversed with a reason. Raises KnownError when there is nothing to withdraw.
    """
    problem = why_not_withdrawn(workspace, project_id)
    if problem:
        raise KnownError(problem, "Xem quá trình thực hiện của đề án, hoặc dùng Hoàn tác.")
    step = lives.steps_of(workspace, project_id)[-1]
    with workspace.change(f"Rút lại bước {lifecycle.step_label(step.action)}"):
        _empty_what_it_wrote(workspace, step)
        project = workspace.get(Project, project_id)
        kept = workspace.save(dataclasses.replace(project, state=step.from_state))
        workspace.delete(ProjectStep, step.id)
    return kept


def _empty_what_it_wrote(workspace: Workspace, step: ProjectStep) -> None:
    project = workspace.get(Project, step.project_id)
    amount, _document, _day = lives.AMOUNT_FIELDS.get(step.action, ("", "", ""))
    if amount:
        steps = lives.steps_of(workspace, step.project_id)
        earlier = next((each for each in reversed(steps[:-1]) if each.action == step.action), None)
        before: dict[str, Any] = {"amount_vnd": None, "document": "", "happened_on": None}
        if amount in _KEPT_AMOUNTS:
            before["amount_vnd"] = step.amount_vnd
        _follow(workspace, step, lambda name: before[name] if earlier is None else getattr(earlier, name))
    if step.action == "extend" and project.end_year is not None:
        last = project.end_year - 1
        workspace.save(dataclasses.replace(project, end_year=last if last > project.year else None))
    if step.action == "approve":
        for share in workspace.children(ProjectBeneficiary, project_id=project.id):
            workspace.save(dataclasses.replace(share, snapshot=""))
    if step.action == "contract":
        for each in workspace.children(Contract, project_id=project.id):
            if (each.number, each.signed_on) == (step.document, step.happened_on):
                workspace.delete(Contract, each.id)
    gathered = lifecycle.prepared_steps(step.from_state, project.source)
    for item in workspace.children(ChecklistItem, project_id=project.id):
        if item.rule_code and item.received_on is None and item.step not in gathered:
            workspace.delete(ChecklistItem, item.id)

"""Còn thiếu gì: the papers a project's dossier must hold at each step, received or not, and what is late.

Which papers are needed is law (`DossierRule`). Once a step is prepared or a paper received, it is kept as a
`ChecklistItem` and stays as it is, also when the law's rows change later.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain import lifecycle
from kc_desktop.domain.law import DossierRule, Norm
from kc_desktop.domain.project import ChecklistItem, Project, ProjectStep
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import deadlines
from kc_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a step; `item_id` is 0 while it is only required by the law and not kept yet."""

    item_id: int = 0
    rule_code: str = ""
    step: str = ""
    name: str = ""
    is_required: bool = True
    copies: int | None = None
    due_on: date | None = None
    received_on: date | None = None
    citation: str = ""
    is_verified: bool = True
    note: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it must be there and is not."""
        return self.is_required and self.received_on is None

    def is_late(self, on: date) -> bool:
        """Whether it came, or on a day has still not come, after its deadline."""
        return self.due_on is not None and (self.received_on or on) > self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What decides which papers a project needs, read once."""

    project: Project
    norm_code: str
    steps: tuple[ProjectStep, ...]
    items: tuple[ChecklistItem, ...]
    law: deadlines.Rules
    on: date

    def needs(self, rule: DossierRule) -> bool:
        """Whether a row of the law is for this project."""
        return (
            deadlines.in_force(rule, self.project.source, self.on)
            and rule.content in ("", self.project.content)
            and rule.norm_code in ("", self.norm_code)
        )

    def due(self, rule: DossierRule) -> date | None:
        """Return the day a paper is due, None when there is no deadline or it cannot be told yet."""
        for each in self.law.deadlines:
            if each.code == rule.deadline_code and deadlines.in_force(each, self.project.source, self.on):
                return deadlines.due_on(each, rule.step, self.project, self.steps)
        return None


def _case(workspace: Workspace, project_id: int, on: date, law: deadlines.Rules | None = None) -> _Case:
    project = workspace.get(Project, project_id)
    norm = workspace.find(Norm, project.norm_id)
    return _Case(
        project=project,
        norm_code=norm.code if norm is not None else "",
        steps=workspace.children(ProjectStep, project_id=project_id),
        items=workspace.children(ChecklistItem, project_id=project_id),
        law=law or deadlines.rules(workspace),
        on=on,
    )


def papers(
    workspace: Workspace,
    project_id: int,
    step: str = "",
    on: date | None = None,
    *,
    law: deadlines.Rules | None = None,
) -> tuple[Paper, ...]:
    """Return the papers of a step, received or not: those kept, then those the law wants and nobody has kept yet.

    Without a step: of all steps whose papers are gathered now, and of every step something is kept for.
    """
    case = _case(workspace, project_id, on or date.today(), law)
    found: list[Paper] = []
    for each in (step,) if step else _steps_on_show(case):
        found += _of_step(case, each)
    return tuple(found)


def missing(workspace: Workspace, project_id: int, step: str = "", on: date | None = None) -> tuple[Paper, ...]:
    """Return the papers that must be there for a step (by default the usual next one) and are not."""
    if not step:
        project = workspace.get(Project, project_id)
        step = lifecycle.usual_next(project.state, project.source)
    return tuple(each for each in papers(workspace, project_id, step, on) if each.is_missing) if step else ()


def _steps_on_show(case: _Case) -> tuple[str, ...]:
    prepared = lifecycle.prepared_steps(case.project.state, case.project.source)
    kept = dict.fromkeys(each.step for each in case.items)
    return tuple(dict.fromkeys((*prepared, *kept)))


def _of_step(case: _Case, step: str) -> list[Paper]:
    by_code = {each.code: each for each in case.law.dossiers}
    kept = [each for each in case.items if each.step == step]
    codes = {each.rule_code for each in kept if each.rule_code}
    found = [_kept(case, each, by_code.get(each.rule_code)) for each in kept]
    found += [
        Paper(
            rule_code=rule.code,
            step=step,
            name=rule.name,
            is_required=rule.is_required,
            copies=rule.copies,
            due_on=case.due(rule),
            citation=rule.citation,
            is_verified=rule.certainty == "confirmed",
        )
        for rule in case.law.dossiers
        if rule.step == step and rule.code not in codes and case.needs(rule)
    ]
    return found


def _kept(case: _Case, item: ChecklistItem, rule: DossierRule | None) -> Paper:
    due = item.due_on
    if due is None and rule is not None and item.received_on is None:
        due = case.due(rule)  # what it counts from may have happened since the item was made
    return Paper(
        item_id=item.id,
        rule_code=item.rule_code,
        step=item.step,
        name=item.name,
        is_required=item.is_required,
        copies=rule.copies if rule is not None else None,
        due_on=due,
        received_on=item.received_on,
        citation=rule.citation if rule is not None else "",
        is_verified=rule is None or rule.certainty == "confirmed",
        note=item.note,
    )


def prepare(workspace: Workspace, project_id: int, steps: Sequence[str], on: date) -> None:
    """Keep the papers of the steps that come next; the caller has opened the change."""
    case = _case(workspace, project_id, on)
    for step in steps:
        for paper in _of_step(case, step):
            if not paper.item_id:
                workspace.save(_item(project_id, paper))


def _item(project_id: int, paper: Paper) -> ChecklistItem:
    return ChecklistItem(
        id=paper.item_id,
        project_id=project_id,
        step=paper.step,
        rule_code=paper.rule_code,
        name=paper.name,
        is_required=paper.is_required,
        due_on=paper.due_on,
        received_on=paper.received_on,
        note=paper.note,
    )


def receive(workspace: Workspace, project_id: int, paper: Paper, on: date | None) -> ChecklistItem:
    """Write down the day a paper came, or with None that it has not; one step of the history."""
    if paper.item_id:
        item = dataclasses.replace(workspace.get(ChecklistItem, paper.item_id), received_on=on)
    else:
        item = _item(project_id, dataclasses.replace(paper, received_on=on))
    verb = "Nhận" if on else "Chưa nhận"
    return workspace.save(item, f"{verb} giấy tờ {paper.name}"[:200])


def require(workspace: Workspace, project_id: int, paper: Paper, *, is_required: bool) -> ChecklistItem:
    """Say that this project needs a paper, or does not; one step of the history."""
    item = dataclasses.replace(_item(project_id, paper), is_required=is_required)
    if paper.item_id:
        item = dataclasses.replace(workspace.get(ChecklistItem, paper.item_id), is_required=is_required)
    verb = "Cần" if is_required else "Không cần"
    return workspace.save(item, f"{verb} giấy tờ {paper.name}"[:200])


def add(workspace: Workspace, project_id: int, step: str, name: str) -> ChecklistItem:
    """Add a paper of the office's own to a step. Raises FieldError without a name."""
    if not clean_line(name):
        raise FieldError("name", "Chưa có tên giấy tờ.", "Ghi tên giấy tờ cần có.")
    return workspace.save(ChecklistItem(project_id=project_id, step=step, name=name))


def remove(workspace: Workspace, paper: Paper) -> None:
    """Take a paper of the office's own away. Raises KnownError for one the law's rows want."""
    if paper.rule_code:
        raise KnownError("Giấy tờ này do quy định yêu cầu nên không xóa.", "Bỏ dấu Bắt buộc nếu đề án không cần.")
    workspace.delete(ChecklistItem, paper.item_id)

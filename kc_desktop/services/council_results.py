"""What a council decided, written to the projects: told beforehand, one step of the history, refused in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from kc_desktop.domain.council import CouncilDecision
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.lifecycle import state_label
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lifecycle
from kc_desktop.services.councils import COUNCIL_KINDS
from kc_desktop.services.workspace import Workspace

_STEPS = {
    ("tham_dinh", "return"): "return",
    ("tham_dinh", "reject"): "reject",
    ("nghiem_thu", "accept"): "accept",
}
"""Which step of a project's life a verdict is, by the kind of meeting. An appraisal that agrees fills the amounts: the
approval itself is the decision of the Sở or the ministry (TT 36/2013 Điều 8–10)."""
_VERDICTS = {"tham_dinh": ("approve", "return", "reject"), "nghiem_thu": ("accept", "not_accept")}
_BEFORE_APPROVAL = ("received", "surveyed", "appraising", "returned")
"""States in which a project is appraised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What writing back would do to one project: `changes` in sentences, or why it is refused, with the remedy.

    `is_done` tells that it was written before; neither changes nor a refusal: there is nothing to write.
    """

    decision: CouncilDecision
    project: Project
    changes: tuple[str, ...] = ()
    refused: str = ""
    is_done: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be written."""
        return bool(self.changes) and not self.refused


def verdicts_for(kind: str) -> tuple[str, ...]:
    """Return the verdicts a council of this kind can come to; all of them for any other meeting."""
    return _VERDICTS.get(kind, tuple(code for codes in _VERDICTS.values() for code in codes))


def minutes_name(meeting: Meeting, symbol: str) -> str:
    """Return how a project names the minutes that decided on it."""
    day = f" ngày {format_date(meeting.held_on)}" if meeting.held_on else ""
    number = f" số {meeting.number:02d}/{meeting.symbol or symbol}" if meeting.number else ""
    return f"Biên bản{number}{day}"


def plan(workspace: Workspace, meeting_id: int) -> tuple[Planned, ...]:
    """Return what writing back would do to each project that was decided on; nothing is kept.

    Raises KnownError for a meeting that is no council.
    """
    meeting = _council(workspace, meeting_id)
    return tuple(
        _planned(workspace, meeting, each) for each in workspace.children(CouncilDecision, meeting_id=meeting_id)
    )


def _planned(workspace: Workspace, meeting: Meeting, decision: CouncilDecision) -> Planned:
    project = workspace.get(Project, decision.project_id)
    planned = Planned(decision=decision, project=project)
    if _is_done(workspace, meeting, decision, project):
        return dataclasses.replace(planned, is_done=True)
    if not decision.verdict or (meeting.kind, decision.verdict) == ("nghiem_thu", "not_accept"):
        return planned
    refusal = workspace.rehearse(partial(_write, workspace, meeting, decision))
    if refusal is not None:
        return dataclasses.replace(planned, refused=f"{refusal.message} {refusal.remedy}".strip())
    return dataclasses.replace(planned, changes=_changes(workspace, meeting, decision, project))


def _is_done(workspace: Workspace, meeting: Meeting, decision: CouncilDecision, project: Project) -> bool:
    if (meeting.kind, decision.verdict) == ("tham_dinh", "approve"):
        return decision.amount_vnd is not None and _agreed(workspace, meeting, decision, project) == project
    return decision.step_id is not None


def _changes(workspace: Workspace, meeting: Meeting, decision: CouncilDecision, project: Project) -> tuple[str, ...]:
    document = minutes_name(meeting, _symbol(workspace))
    if (meeting.kind, decision.verdict) == ("tham_dinh", "approve"):
        before = f" (đang là {format_vnd(project.appraised_vnd)})" if project.appraised_vnd is not None else ""
        return (
            f"Kinh phí thẩm định {format_vnd(decision.amount_vnd or 0)} đồng{before}.",
            f"Văn bản thẩm định: {document}.",
            f"Vẫn ở “{state_label(project.state)}” cho tới khi có quyết định phê duyệt.",
        )
    step = _STEPS[(meeting.kind, decision.verdict)]
    verdict = next(each for each in lifecycle.steps_for(workspace, project.id) if each.step == step)
    told = [lifecycle.outcome(project, verdict), f"Văn bản: {document}."]
    reason = decision.opinion.split("\n", 1)[0]
    return (*told, f"Lý do: {reason}") if reason and step != "accept" else tuple(told)


def write_back(workspace: Workspace, meeting_id: int, only: Collection[int] | None = None) -> tuple[Project, ...]:
    """Write what a council decided to the projects it decided on and return these; one step of the history.

    `only` are the ids of the decisions to write, None for all. A decision that was written back before is left alone.
    Raises FieldError for a decision without what its step needs, KnownError for a project whose state does not allow
    the step and for an amount over its limit; then nothing is written.
    """
    meeting = _council(workspace, meeting_id)
    open_decisions = [
        each
        for each in workspace.children(CouncilDecision, meeting_id=meeting_id)
        if each.verdict and each.step_id is None and (only is None or each.id in only)
    ]
    written = []
    with workspace.change(f"Ghi kết luận hội đồng {workspace.title_of('meeting', meeting_id)} vào đề án"):
        for decision in open_decisions:
            done = _write(workspace, meeting, decision)
            if done is not None:
                written.append(done)
    return tuple(written)


def _council(workspace: Workspace, meeting_id: int) -> Meeting:
    meeting = workspace.get(Meeting, meeting_id)
    if meeting.kind not in COUNCIL_KINDS:
        raise KnownError(
            "Chỉ hội đồng thẩm định, nghiệm thu mới ghi kết luận vào đề án.", "Chọn đúng loại cuộc họp rồi ghi lại."
        )
    return meeting


def _symbol(workspace: Workspace) -> str:
    abbreviation = workspace.office.abbreviation.strip()
    return f"BB-{abbreviation}" if abbreviation else "BB"


def _agreed(workspace: Workspace, meeting: Meeting, decision: CouncilDecision, project: Project) -> Project:
    return dataclasses.replace(
        project,
        appraised_vnd=decision.amount_vnd,
        appraisal_number=minutes_name(meeting, _symbol(workspace)),
        appraised_on=meeting.held_on,
    )


def _write(workspace: Workspace, meeting: Meeting, decision: CouncilDecision) -> Project | None:
    project = workspace.get(Project, decision.project_id)
    if decision.verdict not in (*verdicts_for(meeting.kind), ""):
        raise FieldError(
            "verdict",
            f"Kết luận về {project.name} không phải của hội đồng loại này.",
            "Chọn lại Kết luận cho đúng loại cuộc họp.",
        )
    if (meeting.kind, decision.verdict) == ("tham_dinh", "approve"):
        return _appraise(workspace, meeting, decision, project)
    step = _STEPS.get((meeting.kind, decision.verdict))
    if step is None:
        return None
    done = lifecycle.take(
        workspace,
        project.id,
        step,
        on=meeting.held_on,
        document=minutes_name(meeting, _symbol(workspace)),
        reason=decision.opinion.split("\n", 1)[0],
    )
    newest = max(workspace.children(ProjectStep, project_id=project.id), key=lambda each: each.id)
    workspace.save(dataclasses.replace(decision, step_id=newest.id))
    return done


def _appraise(workspace: Workspace, meeting: Meeting, decision: CouncilDecision, project: Project) -> Project | None:
    if decision.amount_vnd is None:
        raise FieldError(
            "amount_vnd",
            f"Chưa có số tiền hội đồng thống nhất cho {project.name}.",
            "Ghi Hỗ trợ thống nhất rồi ghi vào đề án.",
        )
    if project.state not in _BEFORE_APPROVAL:
        raise KnownError(
            f"Đề án đang ở “{state_label(project.state)}” nên không ghi kết quả thẩm định được.",
            "Chỉ ghi khi đề án đã tiếp nhận hồ sơ và chưa phê duyệt; xem trạng thái ở đề án.",
        )
    agreed = _agreed(workspace, meeting, decision, project)
    return workspace.save(agreed) if agreed != project else None

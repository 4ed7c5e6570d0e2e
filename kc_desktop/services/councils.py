"""Councils: who counts, whether enough came, what they voted, and what they decided written back to the projects."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from kc_desktop.domain import council
from kc_desktop.domain.council import Ballot, CouncilDecision, Quorum, Tally, VoteItem
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.project import Project, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import lifecycle
from kc_desktop.services.workspace import Workspace

_CAME = frozenset({"present", "delegate"})
_STEPS = {
    ("tham_dinh", "return"): "return",
    ("tham_dinh", "reject"): "reject",
    ("nghiem_thu", "accept"): "accept",
}
"""Which step of a project's life a verdict is, by the kind of meeting. An appraisal that agrees fills the amounts: the
approval itself is the decision of the Sở or the ministry (TT 36/2013 Điều 8–10)."""


def members(workspace: Workspace, meeting_id: int) -> tuple[Attendee, ...]:
    """Return the members of the council: the attendees with a role in it."""
    return tuple(each for each in workspace.children(Attendee, meeting_id=meeting_id) if each.council_role)


def quorum(workspace: Workspace, meeting_id: int) -> Quorum:
    """Return whether enough members came, by the share the meeting names; a share is rounded up to whole people."""
    meeting = workspace.get(Meeting, meeting_id)
    belonging = members(workspace, meeting_id)
    share = meeting.quorum_percent or 0
    return Quorum(
        members=len(belonging),
        came=sum(each.state in _CAME for each in belonging),
        needed=-(-share * len(belonging) // 100),
    )


def vote(
    workspace: Workspace, item_id: int, attendee_id: int, *, answer: str = "", score: Decimal | None = None
) -> Ballot:
    """Write a member's vote or score down, over the one given before. Raises FieldError for what is no vote."""
    item = workspace.get(VoteItem, item_id)
    attendee = workspace.get(Attendee, attendee_id)
    if not attendee.council_role:
        name = workspace.title_of("person", attendee.person_id)
        raise KnownError(f"{name} không phải thành viên hội đồng.", "Ghi vai trò trong hội đồng ở mục Thành phần.")
    known = workspace.children(Ballot, vote_item_id=item_id, attendee_id=attendee_id)
    ballot = known[0] if known else Ballot(vote_item_id=item_id, attendee_id=attendee_id)
    changed = dataclasses.replace(ballot, answer=answer, score=score)
    return workspace.save(changed, f"Ghi phiếu {workspace.title_of('person', attendee.person_id)}: {item.title}")


def tally(workspace: Workspace, item_id: int) -> Tally:
    """Return the votes or scores on an item among the members who came."""
    item = workspace.get(VoteItem, item_id)
    came = [each.id for each in members(workspace, item.meeting_id) if each.state in _CAME]
    ballots = [each for each in workspace.children(Ballot, vote_item_id=item_id) if each.attendee_id in came]
    return council.tally(item, ballots, len(came))


def minutes_name(meeting: Meeting, symbol: str) -> str:
    """Return how a project names the minutes that decided on it."""
    day = f" ngày {format_date(meeting.held_on)}" if meeting.held_on else ""
    number = f" số {meeting.number:02d}/{meeting.symbol or symbol}" if meeting.number else ""
    return f"Biên bản{number}{day}"


def write_back(workspace: Workspace, meeting_id: int) -> tuple[Project, ...]:
    """Write what a council decided to the projects it decided on and return these; one step of the history.

    A decision that was written back before is left alone. Raises FieldError for a decision without what its step needs,
    KnownError for a project whose state does not allow the step; then nothing is written.
    """
    meeting = workspace.get(Meeting, meeting_id)
    if meeting.kind not in ("tham_dinh", "nghiem_thu"):
        raise KnownError(
            "Chỉ hội đồng thẩm định, nghiệm thu mới ghi kết luận vào đề án.", "Chọn đúng loại cuộc họp rồi ghi lại."
        )
    open_decisions = [
        each
        for each in workspace.children(CouncilDecision, meeting_id=meeting_id)
        if each.verdict and each.step_id is None
    ]
    written = []
    with workspace.change(f"Ghi kết luận hội đồng {workspace.title_of('meeting', meeting_id)} vào đề án"):
        for decision in open_decisions:
            done = _write(workspace, meeting, decision)
            if done is not None:
                written.append(done)
    return tuple(written)


def _write(workspace: Workspace, meeting: Meeting, decision: CouncilDecision) -> Project | None:
    project = workspace.get(Project, decision.project_id)
    document = minutes_name(meeting, "BB")
    if (meeting.kind, decision.verdict) == ("tham_dinh", "approve"):
        if decision.amount_vnd is None:
            raise FieldError(
                "amount_vnd",
                f"Chưa có số tiền hội đồng thống nhất cho {project.name}.",
                "Ghi Hỗ trợ thống nhất rồi ghi vào đề án.",
            )
        agreed = dataclasses.replace(
            project, appraised_vnd=decision.amount_vnd, appraisal_number=document, appraised_on=meeting.held_on
        )
        return workspace.save(agreed) if agreed != project else None
    step = _STEPS.get((meeting.kind, decision.verdict))
    if step is None:
        return None
    done = lifecycle.take(
        workspace, project.id, step, on=meeting.held_on, document=document, reason=decision.opinion.split("\n", 1)[0]
    )
    newest = max(workspace.children(ProjectStep, project_id=project.id), key=lambda each: each.id)
    workspace.save(dataclasses.replace(decision, step_id=newest.id))
    return done

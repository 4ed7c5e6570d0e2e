"""The next plan year: programmes copied as drafts, unfinished projects and unspent money carried with a decision."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import Project, YearShare
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, lifecycle
from kc_desktop.services.workspace import Workspace

_CARRIED = frozenset({"approved", "contracted", "running", "accepted", "suspended", "paid"})
"""States of a project that was approved for the year and is not settled yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A project of the year that is not settled; `is_carried` when nothing of it is left to be carried.

    `left_vnd` is what of its approved support of the year has not gone out: it goes on with the project, also with one
    that goes on already (`goes_on`) while nothing is written down for its next year.
    """

    project: Project
    state_label: str
    left_vnd: int
    goes_on: bool
    is_carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unspent:
    """What one source was given for the year and has not gone out."""

    plan: AnnualPlan
    source_label: str
    left_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may be carried from one year into the next. `copied` are programmes the next year has already."""

    from_year: int
    programmes: tuple[Programme, ...]
    copied: frozenset[int]
    projects: tuple[Unfinished, ...]
    unspent: tuple[Unspent, ...]

    @property
    def to_year(self) -> int:
        """The year that is opened."""
        return self.from_year + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the office decided to carry: ids of programmes and projects, amounts in đồng by the id of the old plan.

    `document` and `decided_on` are the decision that carries projects and money over.
    """

    programmes: frozenset[int] = frozenset()
    projects: frozenset[int] = frozenset()
    amounts_vnd: Mapping[int, int] = dataclasses.field(default_factory=dict)
    document: str = ""
    decided_on: date | None = None


def propose(workspace: Workspace, from_year: int) -> Proposal:
    """Return what may be carried from a year into the next."""
    programmes = _of_year(workspace, from_year)
    known = {(each.source, each.name) for each in _of_year(workspace, from_year + 1)}
    labels = describe(Project).field("state")
    sources = describe(AnnualPlan).field("source")
    return Proposal(
        from_year=from_year,
        programmes=programmes,
        copied=frozenset(each.id for each in programmes if (each.source, each.name) in known),
        projects=tuple(
            _unfinished(workspace, each, labels.choice_label(each.state), from_year)
            for each in _running_in(workspace, from_year)
            if each.state in _CARRIED
        ),
        unspent=tuple(
            Unspent(
                plan=each,
                source_label=sources.choice_label(each.source),
                left_vnd=funding.sums(workspace, from_year, each.source).left_vnd,
            )
            for each in workspace.children(AnnualPlan, year=from_year)
        ),
    )


def _unfinished(workspace: Workspace, project: Project, state_label: str, year: int) -> Unfinished:
    """Tell what of a project's approved support, less what is for later years, has not gone out, and what goes on."""
    approved = project.approved_vnd if project.adjusted_vnd is None else project.adjusted_vnd
    shares = workspace.children(YearShare, project_id=project.id)
    later = sum(each.support_vnd for each in shares if each.year > year)
    left = max((approved or 0) - later - lifecycle.gone_out(workspace, project.id), 0)
    goes_on = (project.end_year or project.year) > year
    is_planned = any(each.year == year + 1 for each in shares)
    return Unfinished(
        project=project,
        state_label=state_label,
        left_vnd=left,
        goes_on=goes_on,
        is_carried=goes_on and (is_planned or not left),
    )


def _of_year(workspace: Workspace, year: int) -> tuple[Programme, ...]:
    return workspace.children(Programme, year=year)


def _running_in(workspace: Workspace, year: int) -> tuple[Project, ...]:
    """Return the projects of a year, those of earlier years that run into it included."""
    begun = workspace.children(Project, year=year)
    earlier = (each for each in workspace.children(Project, end_year=year) if each.year < year)
    return (*begun, *earlier)


def carry(workspace: Workspace, from_year: int, chosen: Chosen) -> tuple[AnnualPlan, ...]:
    """Open the next year with what was chosen, as one step of the history, and return its plans.

    Programmes that are there already and projects that go on already are left as they are, so that a second run adds
    nothing twice. Raises FieldError where the decision is missing, KnownError for more money than is left.
    """
    proposal = propose(workspace, from_year)
    amounts = {plan_id: amount for plan_id, amount in chosen.amounts_vnd.items() if amount}
    projects = [each for each in proposal.projects if each.project.id in chosen.projects and not each.is_carried]
    _check(proposal, chosen, amounts, needs_decision=bool(projects or amounts))
    # What goes on was held to its limits when it was approved; the next year's money may still have to come.
    with workspace.change(f"Mở kế hoạch năm {proposal.to_year}", is_restoring=True):
        plans = tuple(_plan(workspace, proposal.to_year, each.plan.source) for each in proposal.unspent)
        for programme in proposal.programmes:
            if programme.id in chosen.programmes and programme.id not in proposal.copied:
                _copy(workspace, programme, proposal.to_year)
        for unfinished in projects:
            _extend(workspace, unfinished, proposal, chosen)
        for unspent in proposal.unspent:
            if unspent.plan.id in amounts:
                _carry_money(workspace, unspent.plan, proposal.to_year, amounts[unspent.plan.id], chosen)
    return plans


def _check(proposal: Proposal, chosen: Chosen, amounts: Mapping[int, int], *, needs_decision: bool) -> None:
    if needs_decision and not clean_line(chosen.document):
        raise FieldError(
            "document",
            "Chưa có số văn bản cho chuyển đề án, kinh phí sang năm sau.",
            "Ghi số quyết định; chưa có thì bỏ chọn đề án và kinh phí.",
        )
    if needs_decision and chosen.decided_on is None:
        raise FieldError("decided_on", "Chưa có ngày văn bản.", "Ghi ngày của quyết định.")
    for unspent in proposal.unspent:
        if amounts.get(unspent.plan.id, 0) > unspent.left_vnd:
            raise KnownError(
                f"{unspent.source_label}: chỉ còn {format_vnd(unspent.left_vnd)} đồng chưa sử dụng.",
                "Ghi số tiền bằng hoặc thấp hơn số còn lại.",
            )


def _plan(workspace: Workspace, year: int, source: str) -> AnnualPlan:
    known = [each for each in workspace.children(AnnualPlan, year=year) if each.source == source]
    return known[0] if known else workspace.save(AnnualPlan(year=year, source=source))


def _copy(workspace: Workspace, programme: Programme, year: int) -> None:
    copied = workspace.save(dataclasses.replace(programme, id=0, year=year, is_draft=True))
    for target in workspace.children(Target, programme_id=programme.id):
        span = {
            name: day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
            for name in ("starts_on", "ends_on")
            if (day := getattr(target, name)) is not None
        }
        workspace.save(dataclasses.replace(target, id=0, programme_id=copied.id, **span))


def _extend(workspace: Workspace, unfinished: Unfinished, proposal: Proposal, chosen: Chosen) -> None:
    """Let a project go on, and what of its support has not gone out with it."""
    assert chosen.decided_on is not None
    project_id, year = unfinished.project.id, proposal.to_year
    if not unfinished.goes_on:
        lifecycle.take(
            workspace,
            project_id,
            "extend",
            on=chosen.decided_on,
            document=chosen.document,
            reason=f"Chuyển sang thực hiện tiếp năm {year}",
        )
    if not unfinished.left_vnd:
        return
    shares = {each.year: each for each in workspace.children(YearShare, project_id=project_id)}
    here = shares.get(proposal.from_year)
    if here is not None:
        workspace.save(dataclasses.replace(here, support_vnd=max(here.support_vnd - unfinished.left_vnd, 0)))
    there = shares.get(year) or YearShare(project_id=project_id, year=year, note=f"Chuyển theo {chosen.document}"[:200])
    workspace.save(dataclasses.replace(there, support_vnd=there.support_vnd + unfinished.left_vnd))


def _carry_money(workspace: Workspace, plan: AnnualPlan, year: int, amount_vnd: int, chosen: Chosen) -> None:
    following = _plan(workspace, year, plan.source)
    for kind, of_plan, words in (
        ("carryover_out", plan, f"Chuyển nguồn sang năm {year}"),
        ("carryover_in", following, f"Chuyển nguồn từ năm {plan.year}"),
    ):
        workspace.save(
            FundEntry(
                happened_on=chosen.decided_on,
                kind=kind,
                plan_id=of_plan.id,
                amount_vnd=amount_vnd,
                document=chosen.document,
                note=words,
            )
        )

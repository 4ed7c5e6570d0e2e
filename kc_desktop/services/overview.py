"""Tổng quan: the year in a few figures, each with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from kc_desktop.domain import money
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, DISBURSING_KINDS
from kc_desktop.domain.programme import Programme, Target
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import ledger, plan

_OUT_AND_BACK = (*DISBURSING_KINDS, "refund")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: an amount in đồng or a number of things, and the list that opens behind it."""

    key: str
    label: str
    value: int
    unit: str
    note: str
    list_key: str
    request: ListRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """A target and what has been done towards it."""

    target: Target
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeProgress:
    """A programme against its budget and targets.

    `request` opens its projects of the year, `approved` those whose approved money counts in it, `entries` what was
    disbursed.
    """

    programme: Programme
    approved_vnd: int
    disbursed_vnd: int
    project_count: int
    targets: tuple[TargetProgress, ...]
    request: ListRequest
    approved: ListRequest
    entries: ListRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A year at a glance."""

    year: int
    figures: tuple[Figure, ...]
    programmes: tuple[ProgrammeProgress, ...]


def overview(workspace: Workspace, year: int) -> Overview:
    """Return a year at a glance. Every figure is a query over the rows it opens."""
    return Overview(year=year, figures=figures(workspace, year), programmes=programmes(workspace, year))


def figures(workspace: Workspace, year: int) -> tuple[Figure, ...]:
    """Return the figures of a year."""
    with workspace.reading() as connection:
        sums = ledger.sums(connection, year)
        projects, meetings = plan.year_counts(connection, year)
    approved_share = money.format_percent(sums.approved_vnd, sums.allocated_vnd)
    disbursed_share = money.format_percent(sums.disbursed_vnd, sums.allocated_vnd)
    return (
        Figure(
            key="allocated",
            label="Vốn được giao",
            value=sums.allocated_vnd,
            unit="đồng",
            note="giao, bổ sung, chuyển nguồn",
            list_key="fund-entries",
            request=ListRequest(year=year, filters=(("kind", (*ALLOCATING_KINDS, *DEALLOCATING_KINDS)),)),
        ),
        Figure(
            key="approved",
            label="Đã phê duyệt",
            value=sums.approved_vnd,
            unit="đồng",
            note=f"{approved_share} vốn giao",
            list_key="projects",
            request=ListRequest(year=year, filters=(("approved_in", year),)),
        ),
        Figure(
            key="disbursed",
            label="Đã giải ngân",
            value=sums.disbursed_vnd,
            unit="đồng",
            note=f"{disbursed_share} vốn giao",
            list_key="fund-entries",
            request=ListRequest(year=year, filters=(("kind", _OUT_AND_BACK),)),
        ),
        Figure(
            key="projects",
            label="Đề án, nhiệm vụ",
            value=projects,
            unit="",
            note="trong năm",
            list_key="projects",
            request=ListRequest(year=year),
        ),
        Figure(
            key="meetings",
            label="Cuộc họp",
            value=meetings,
            unit="",
            note="trong năm",
            list_key="meetings",
            request=ListRequest(year=year),
        ),
    )


def programmes(workspace: Workspace, year: int) -> tuple[ProgrammeProgress, ...]:
    """Return the programmes of a year against their budget and targets, in their order."""
    found = []
    with workspace.reading() as connection:
        sums_of = ledger.programme_sums(connection, year)
    for programme in workspace.children(Programme, year=year):
        targets = workspace.children(Target, programme_id=programme.id)
        with workspace.reading() as connection:
            count = plan.project_count(connection, programme.id, year)
            done = plan.done_by_target(connection, programme.id)
        sums = sums_of.get(programme.id, Amounts())
        found.append(
            ProgrammeProgress(
                programme=programme,
                approved_vnd=sums.approved_vnd,
                disbursed_vnd=sums.disbursed_vnd,
                project_count=count,
                targets=tuple(TargetProgress(target=each, done=done.get(each.id, 0)) for each in targets),
                request=ListRequest(year=year, filters=(("programme_id", programme.id),)),
                approved=ListRequest(year=year, filters=(("programme_id", programme.id), ("approved_in", year))),
                entries=ListRequest(year=year, filters=(("programme_id", programme.id), ("kind", _OUT_AND_BACK))),
            )
        )
    return tuple(found)

"""Tổng quan: the year in a few figures, each with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass

from kc_desktop.domain import money
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, DISBURSING_KINDS
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

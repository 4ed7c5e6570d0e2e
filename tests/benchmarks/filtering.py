"""First pages of filtered lists: conditions many rows fit, few, none; by stored keys, by joined names, by periods."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from kc_desktop.services import list_filters, lists
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure
from tests.benchmarks.reading import KEY_RUNS, Times, limit_ms

_TODAY = date(2025, 11, 23)
_YEAR = 2019
_FREQUENT_AND_DATED: tuple[tuple[str, dict[str, str]], ...] = (
    ("people", {"name": "nguyen"}),
    ("people", {"organisation": "ubnd"}),
    ("people", {"group_code": "khách"}),
    ("projects", {"requested_vnd": ">100 triệu"}),
    ("projects", {"programme": "máy"}),
    ("projects", {"state": "nghiệm thu"}),
    ("projects", {"name": "sơn mài", "requested_vnd": "100-500 triệu"}),
    ("meetings", {"held_on": "quý này"}),
    ("meetings", {"held_on": "tháng 6/2019"}),
    ("fund-entries", {"happened_on": "quý 2/2019"}),
    ("establishments", {"name": "gỗ"}),
)
_RARE: tuple[tuple[str, dict[str, str]], ...] = (
    ("people", {"name": "uach"}),
    ("people", {"organisation": "zzz"}),
    ("people", {"phone": "999"}),
    ("projects", {"requested_vnd": "=123"}),
    ("projects", {"programme": "zzz"}),
    ("fund-entries", {"amount_vnd": ">999 tỷ"}),
    ("fund-entries", {"project": "zzz"}),
    ("collaborators", {"decision": "49"}),
    ("establishments", {"address": "zzz"}),
)


def figures(path: Path, records: int) -> list[Figure]:
    """Measure a file of so many records. What hardly any row fits reads the whole table, and has no limit."""
    workspace = Workspace.open(path)
    try:
        frequent, rare = _times(workspace, _FREQUENT_AND_DATED), _times(workspace, _RARE)
    finally:
        workspace.close()
    size = f"{records:,}"
    return [
        Figure(
            name=f"{size}: filtered page, p95 (slowest: {frequent.worst[0]})",
            value=frequent.p95,
            unit="ms",
            limit_value=2 * limit_ms(records),
        ),
        Figure(name=f"{size}:   rare conditions, p95", value=rare.p95, unit="ms"),
        Figure(name=f"{size}:   slowest: {rare.worst[0]}, median", value=rare.worst[1], unit="ms"),
    ]


def _times(workspace: Workspace, cases: tuple[tuple[str, dict[str, str]], ...]) -> Times:
    times = Times()
    for key, typed in cases:
        columns = {each.key: each for each in LISTS[key].columns}
        read = [list_filters.parse(text, columns[name], _TODAY) for name, text in typed.items()]
        conditions = tuple(each for each in read if each is not None)
        for year in (None, _YEAR) if LISTS[key].by_year else (None,):
            request = ListRequest(year=year, conditions=conditions)
            asked = f"{key}, {typed}, {year or 'every year'}"
            times.add(asked, partial(lists.page, workspace, key, request), KEY_RUNS)
    return times

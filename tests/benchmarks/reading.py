"""First pages of every list, each keystroke of a search, sorting by each column, counting."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kc_desktop.domain.fields import describe
from kc_desktop.services import lists
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure, percentile, time_ms

LIMIT_MS = 8.0
_AT_RECORDS = 100_000
_PAGE_RUNS = 20
KEY_RUNS = 5
_YEARS = (None, 2014, 2019, 2025)

QUERIES: dict[str, tuple[str, ...]] = {
    "meetings": ("giao ban thang 4", "Tổng kết hoạt động mạng lưới", "nghiệm thu gốm", "binh duong", "zzz"),
    "projects": ("ho tro may", "Hỗ trợ máy nung", "sơn mài tân uyên", "2019-00", "phú", "an", "trung tâm", "qxz"),
    "programmes": ("ung dung may", "Hỗ trợ ứng dụng", "gỗ", "điều"),
    "targets": ("co so ho tro", "Lớp tập huấn"),
    "plans": ("49/qd", "qđ"),
    "people": (
        "nguyen thi hong",
        "Nguyễn Thị Hồng",
        "hồ trần",
        "thi",
        "van minh",
        "Trương Thanh Nhàn",
        "ubnd xã tân",
        "giám đốc",
        "0912",
        "nguoi77@example",
        "quách",
        "a",
        "ê",
        "hòa",
    ),
    "collaborators": ("nguyen van", "Lê Thị", "hồ", "ubnd", "phú"),
    "reports": ("nguyen van", "Lê Thị", "hồ", "ubnd", "phú"),
    "appointments": ("49/QĐ", "49/qd-sct", "qđ", "1"),
    "establishments": (
        "cong ty tnhh tan",
        "Công ty TNHH Sản xuất",
        "gỗ phú",
        "hop tac xa",
        "Cơ sở bánh tráng",
        "3700",
        "số 12",
        "đường",
    ),
    "fund-entries": ("49/QĐ", "49/qd-sct", "1204/unc", "thanh toán đợt 2", "cong ty tnhh", "qđ-ubnd", "tổ hợp tác gốm"),
    "admin-units": ("tan uyen", "Phú Hòa", "an", "ng"),
}
"""What people type: with marks and without, frequent and rare words, the middle of a name, codes, what is not there."""


@dataclass(slots=True)
class Times:
    """Times in milliseconds, by what was asked."""

    by_request: dict[str, list[float]] = field(default_factory=dict)

    def add(self, asked: str, work: Callable[[], object], runs: int) -> None:
        """Time one request several times, after a run that warms up."""
        work()
        self.by_request.setdefault(asked, []).extend(time_ms(work) for _ in range(runs))

    @property
    def p95(self) -> float:
        """The 95th percentile over all runs."""
        return percentile((each for times in self.by_request.values() for each in times), 0.95)

    @property
    def worst(self) -> tuple[str, float]:
        """The request with the highest median, and that median."""
        return max(
            ((asked, statistics.median(times)) for asked, times in self.by_request.items()), key=lambda it: it[1]
        )


def limit_ms(records: int) -> float:
    """Return the limit for a file of so many records: twice as long may a larger file take than the common one."""
    return LIMIT_MS if records <= _AT_RECORDS else 2 * LIMIT_MS


def figures(path: Path, records: int) -> list[Figure]:
    """Measure a file of so many records."""
    workspace = Workspace.open(path)
    try:
        limit = limit_ms(records)
        pages, keys, sorts, counts = {}, {}, Times(), Times()
        for key in LISTS:
            pages[key] = _pages(workspace, key)
            _time_sorts_and_counts(workspace, key, sorts, counts)
            if key in QUERIES:
                keys[key] = _keystrokes(workspace, key)
    finally:
        workspace.close()
    size = f"{records:,}"
    found = [Figure(name=f"{size}: first page, {key}, p95", value=times.p95, unit="ms", limit_value=limit)
             for key, times in pages.items()]  # fmt: skip
    for key, times in keys.items():
        asked, _ = times.worst
        found.append(
            Figure(
                name=f"{size}: keystroke, {key}, p95 (slowest: {asked!r})",
                value=times.p95,
                unit="ms",
                limit_value=limit,
            )
        )
        found.append(Figure(name=f"{size}:   slowest keystroke, {key}, median", value=times.worst[1], unit="ms"))
    everything = Times({f"{key}, {asked!r}": each for key, times in keys.items()
                        for asked, each in times.by_request.items()})  # fmt: skip
    found.append(Figure(name=f"{size}: keystroke, all lists, p95", value=everything.p95, unit="ms", limit_value=limit))
    found += [
        Figure(name=f"{size}: sort by {asked}, median", value=statistics.median(times), unit="ms")
        for asked, times in sorts.by_request.items()
        if statistics.median(times) > limit
    ]
    asked, slowest = counts.worst
    found.append(Figure(name=f"{size}: count, slowest ({asked}), median", value=slowest, unit="ms"))
    return found


def _years(key: str) -> tuple[int | None, ...]:
    return _YEARS if LISTS[key].by_year else (None,)


def _pages(workspace: Workspace, key: str) -> Times:
    times = Times()
    for year in _years(key):
        request = ListRequest(year=year)
        times.add(f"{year or 'all years'}", partial(lists.page, workspace, key, request), _PAGE_RUNS)
    return times


def typed(query: str) -> Iterator[str]:
    """Yield what stands in the search box after each keystroke."""
    return (query[:length] for length in range(1, len(query) + 1) if query[length - 1] != " ")


def _keystrokes(workspace: Workspace, key: str) -> Times:
    times = Times()
    for year in {None, _years(key)[-1]}:
        for query in QUERIES[key]:
            for words in typed(query):
                request = ListRequest(search=words, year=year)
                asked = words if year is None else f"{words} in {year}"
                times.add(asked, partial(lists.page, workspace, key, request), KEY_RUNS)
    return times


def _time_sorts_and_counts(workspace: Workspace, key: str, sorts: Times, counts: Times) -> None:
    for year in _years(key)[-1:]:
        for column in LISTS[key].columns:
            for descending in (False, True):
                request = ListRequest(sort=column.key, descending=descending, year=year)
                asked = f"{key}.{column.key}{' descending' if descending else ''}"
                sorts.add(asked, partial(lists.page, workspace, key, request), 3)
    counts.add(f"{key}, all", lambda: lists.count(workspace, key, ListRequest()), 3)
    if describe(LISTS[key].cls).is_searched:
        counts.add(f"{key}, 'a'", lambda: lists.count(workspace, key, ListRequest(search="a")), 3)

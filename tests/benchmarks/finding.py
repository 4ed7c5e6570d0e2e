"""Keystrokes of the search over everything: all groups together, and the longest step the window waits for."""

from __future__ import annotations

import time
from pathlib import Path

from kc_desktop.services.finding import Finder, arranged
from kc_desktop.services.workspace import Workspace
from tests.benchmarks.measure import Figure, percentile
from tests.benchmarks.reading import KEY_RUNS, typed

LIMIT_MS = 33.0
"""Two frames of a screen of 60 pictures a second."""
_STEP_LIMIT_MS = 16.0
_RECENT = (("projects", 12), ("people", 40), ("meetings", 3), ("establishments", 77))
QUERIES = (
    *("nguyen thi hong", "Hồ Trần", "ho tro may", "Hỗ trợ máy nung", "cong ty tnhh tan", "hợp tác xã"),
    *("giao ban thang 4", "hồ sơ thanh toán", "Hóa đơn", "tiến độ triển khai", "49/QĐ-SCT", "2019-0012"),
    *("thanh toán đợt 2", "0912", "lương cơ sở", "sao luu", "an", "phú", "qwz"),
)
"""What people look for anywhere: names, projects, words of the minutes, codes, law, commands, what is not there."""


def figures(path: Path, records: int) -> list[Figure]:
    """Measure a file of so many records."""
    workspace = Workspace.open(path)
    try:
        finder = Finder(workspace)
        keys: dict[str, list[float]] = {}
        steps: list[float] = []
        for query in QUERIES:
            for words in typed(query):
                for run in range(KEY_RUNS + 1):
                    whole, longest = _time(finder, words)
                    if run:  # the first warms up
                        keys.setdefault(words, []).append(whole)
                        steps.append(longest)
    finally:
        workspace.close()
    slowest = max(keys, key=lambda words: min(keys[words]))
    every = [each for times in keys.values() for each in times]
    size = f"{records:,}"
    return [
        Figure(
            name=f"{size}: keystroke, everything, p95 (slowest: {slowest!r})",
            value=percentile(every, 0.95),
            unit="ms",
            limit_value=LIMIT_MS if records <= 100_000 else 2 * LIMIT_MS,
        ),
        Figure(name=f"{size}: keystroke, everything, median", value=percentile(every, 0.5), unit="ms"),
        Figure(
            name=f"{size}: longest step of a keystroke, p95",
            value=percentile(steps, 0.95),
            unit="ms",
            limit_value=_STEP_LIMIT_MS if records <= 100_000 else 2 * _STEP_LIMIT_MS,
        ),
    ]


def _time(finder: Finder, words: str) -> tuple[float, float]:
    """Return how long all groups take, and the longest of them, in milliseconds."""
    groups, longest, began = [], 0.0, time.perf_counter()
    steps = finder.steps(words, recent=_RECENT)
    while True:
        before = time.perf_counter()
        group = next(steps, None)
        longest = max(longest, time.perf_counter() - before)
        if group is None:
            break
        groups.append(group)
    arranged(groups)
    return (time.perf_counter() - began) * 1000, longest * 1000

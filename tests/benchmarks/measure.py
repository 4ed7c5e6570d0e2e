"""What a measurement says: its figure, its floor, the ratio, the limit and the verdict; and how runs are summed up."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_HEADINGS = ("figure", "value", "floor", "ratio", "limit", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the result. Exactly one of the limits is set, or none for what is only told."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    limit_ratio: float | None = None
    limit_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value over its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def is_within(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit_ratio is not None and self.ratio is not None:
            return self.ratio <= self.limit_ratio
        if self.limit_value is not None:
            return self.value <= self.limit_value
        return None

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells."""
        limit = f"{self.limit_ratio:.1f}×" if self.limit_ratio else ""
        limit = f"{self.limit_value:g} {self.unit}" if self.limit_value else limit
        return (
            self.name,
            f"{_number(self.value)} {self.unit}",
            f"{_number(self.floor)} {self.unit}" if self.floor else "",
            f"{self.ratio:.2f}×" if self.ratio else "",
            limit,
            {True: "ok", False: "MISSED", None: ""}[self.is_within],
        )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table of plain text."""
    rows = [_HEADINGS, *(each.cells() for each in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADINGS))]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def percentile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def time_ms(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, in milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def interleaved_medians_ms(works: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return the median time of each piece of work; they take turns, so that the machine's moods hit all alike."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for kept, work in zip(times, works, strict=True):
            kept.append(time_ms(work))
    return [statistics.median(kept) for kept in times]

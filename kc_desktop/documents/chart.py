"""What a chart says: its rows, the bars of each, a line they are held against. No point size, no ReportLab."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

MOST_ROWS: Final = 14
"""Rows of a chart that stay legible on half a page."""


class Fill(Enum):
    """How the bars of a series are filled, so that they are told apart in grey."""

    SOLID = "solid"
    HATCHED = "hatched"
    EMPTY = "empty"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The bars of one name, a value for each row of the chart.

    `words` are how the values are written where numbers of the chart's unit do not say it: "3 / 5 cơ sở". A series
    `only_where_any` takes no room in the rows where it is 0.
    """

    name: str
    values: tuple[int, ...]
    fill: Fill = Fill.SOLID
    words: tuple[str, ...] = ()
    only_where_any: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value that all rows are held against: the plan of a year. `words` are how it is written, if not as values."""

    name: str
    value: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars row by row, each with its value at its end.

    `is_money` says that values are whole đồng, written in `unit`; else they are numbers of `unit`. The figures of a
    chart are those of a table or a sentence beside it: `plain_text` leaves them out. `stands_for` is what each row
    stands for, the keys of its balances: who shows the chart on a screen opens the rows behind a bar by it.
    """

    title: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_money: bool = True
    mark: Mark | None = None
    stands_for: tuple[tuple[int | str | None, ...], ...] = ()

    def __post_init__(self) -> None:
        for each in self.series:
            if len(each.values) != len(self.rows):
                raise ValueError(f"{each.name} has {len(each.values)} values, the chart {len(self.rows)} rows")

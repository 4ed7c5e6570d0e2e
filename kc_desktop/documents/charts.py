"""Draw a chart once, of rectangles, lines and words, for every way of showing it: PDF, Word, screen, copied picture.

Bars lie, so that the names of programmes and communes can be read; each has its value at its end, and series are told
apart by their filling: all is legible in grey.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from kc_desktop.documents import tables
from kc_desktop.documents.chart import Chart, Fill, Series
from kc_desktop.documents.fonts import BOLD, REGULAR
from kc_desktop.documents.names import break_name
from kc_desktop.documents.paper import clean_line

TYPE_PT: Final = 10.0
_BAR_PT: Final = 10.0
_BAR_GAP_PT: Final = 1.5
_ROW_GAP_PT: Final = 6.0
_NAMES_SHARE: Final = 0.36
_PAD_PT: Final = 4.0
_HATCH_PT: Final = 3.5
_DASH_PT: Final = 3.0
_LINE_PT: Final = 0.6
_MOST_LINES: Final = 4
"""Of a name."""
_BASELINE: Final = 0.34
"""From the middle of a line of type to its foot, in sizes."""


OF_ROW: Final = -1
"""In the place of a series: the name of a row."""
OF_CHART: Final = -1
"""In the place of a row: the line all rows are held against."""


class Letters(Protocol):
    """What a chart is lettered with: the paper's `fonts.FontSet`, or what a screen has of its own."""

    @property
    def family(self) -> str:
        """The family's name."""

    @property
    def line_height(self) -> float:
        """How high a line is, in sizes of its letters."""

    def registered_name(self, face: str) -> str:
        """Return the name a face is drawn by."""

    def width(self, text: str, face: str, size_pt: float) -> float:
        """Return the width of a text in points; may raise KnownError for a character there is no glyph of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """The colours of a chart as #RRGGBB; those of paper unless a screen has its own."""

    words: str = "#000000"
    line: str = "#000000"
    solid: str = "#737373"
    ground: str = "#FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something of a chart stands, in points from the upper left corner."""

    row: int
    series: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketched:
    """A drawn chart: a `reportlab.graphics.shapes.Drawing`, and where its bars with their values are."""

    drawing: Any
    spots: tuple[Spot, ...]


def draw_chart(chart: Chart, fonts: Letters, width: float) -> Any:
    """Return a `reportlab.graphics.shapes.Drawing` of that width in points, as high as its rows need.

    Raises:
        KnownError: if a name holds a character the font cannot draw.
    """
    return sketch_chart(chart, fonts, width).drawing


def sketch_chart(chart: Chart, fonts: Letters, width: float, ink: Ink | None = None, *, title: str = "") -> Sketched:
    """Return the drawing of `draw_chart` and its places, in colours and under a title if they are given.

    Raises:
        KnownError: if a name holds a character the font cannot draw.
    """
    sketch = _Sketch(chart, fonts, width, ink or Ink())
    if title:
        sketch.head(title)
    drawing = sketch.drawing()
    return Sketched(drawing=drawing, spots=tuple(sketch.spots))


class _Sketch:
    """Where everything stands. Heights are counted from the top and turned over when drawn."""

    def __init__(self, chart: Chart, fonts: Letters, width: float, ink: Ink) -> None:
        self.chart, self.fonts, self.width, self.ink = chart, fonts, width, ink
        self.leading = TYPE_PT * fonts.line_height
        widest = max((self._wide(clean_line(each)) for each in chart.rows), default=0.0)
        self.names_width = min(widest, width * _NAMES_SHARE)
        self.names = tuple(self._broken(each) for each in chart.rows)
        self.shapes: list[Any] = []
        self.spots: list[Spot] = []
        self.top = 0.0
        values = [value for each in chart.series for value in each.values]
        most = max([*values, chart.mark.value if chart.mark else 0, 1])
        self.begin = self.names_width + 2 * _PAD_PT
        words = max(
            (self._wide(self._written(each, row)) for each in chart.series for row in range(len(chart.rows))), default=0
        )
        self.scale = (width - self.begin - words - 2 * _PAD_PT) / most

    def head(self, title: str) -> None:
        """Write a title over everything, in as many lines as it takes."""
        for line in break_name(clean_line(title), lambda words: self.fonts.width(words, BOLD, TYPE_PT), self.width):
            self._words(line, 0, self.top + self.leading / 2, face=BOLD)
            self.top += self.leading
        self.top += _PAD_PT

    def drawing(self) -> Any:
        """Draw everything and turn it over."""
        from reportlab.graphics.shapes import Drawing, Line, String

        self._legend()
        first = self.top
        for place in range(len(self.chart.rows)):
            self._row(place)
        foot = self.top
        self._line(self.begin, first, self.begin, foot)
        if self.chart.mark is not None:
            self._dashes(self.begin + self.chart.mark.value * self.scale, first, foot)
        height = math.ceil(foot + _PAD_PT)
        found = Drawing(self.width, height)
        for each in self.shapes:
            if isinstance(each, Line):
                each.y1, each.y2 = height - each.y1, height - each.y2
            elif isinstance(each, String):
                each.y = height - each.y
            else:
                each.y = height - each.y - each.height
            found.add(each)
        return found

    def _row(self, place: int) -> None:
        lines = self.names[place]
        shown = [
            (number, each)
            for number, each in enumerate(self.chart.series)
            if each.values[place] or not each.only_where_any
        ]
        bars = len(shown) * (_BAR_PT + _BAR_GAP_PT) - _BAR_GAP_PT
        high = len(lines) * self.leading
        height = max(bars, high) + _ROW_GAP_PT
        for number, line in enumerate(lines):
            middle = self.top + height / 2 + (number - (len(lines) - 1) / 2) * self.leading
            self._words(line, self.names_width + _PAD_PT, middle, anchor="end")
        self._spot(place, OF_ROW, 0, self.top + (height - high) / 2, self.names_width + _PAD_PT, high)
        top = self.top + (height - bars) / 2
        for number, each in shown:
            value, words = each.values[place], self._written(each, place)
            long = max(0.0, value * self.scale)
            if long:
                self._bar(self.begin, top, long, _BAR_PT, each.fill)
            self._words(words, self.begin + long + _PAD_PT, top + _BAR_PT / 2)
            self._spot(place, number, self.begin, top, long + 2 * _PAD_PT + self._wide(words), _BAR_PT)
            top += _BAR_PT + _BAR_GAP_PT
        self.top += height

    def _spot(self, row: int, series: int, left: float, top: float, width: float, height: float) -> None:
        self.spots.append(Spot(row=row, series=series, left=left, top=top, width=width, height=height))

    def _legend(self) -> None:
        """Name the series and the line over the bars, and the unit; a new line where one is full."""
        left, middle = 0.0, self.top + self.leading / 2
        parts = [(each.name, each.fill) for each in self.chart.series]
        for name, fill in (*parts, *([(self._mark_words(), None)] if self.chart.mark else [])):
            need = 18 + _PAD_PT + self._wide(name) + 4 * _PAD_PT
            if left and left + need > self.width:
                left, middle = 0.0, middle + self.leading + _PAD_PT
            if fill is None:
                self._dashes_along(left, middle, 18)
                self._spot(OF_CHART, 0, left, middle - self.leading / 2, need - 3 * _PAD_PT, self.leading)
            else:
                self._bar(left, middle - 4, 18, 8, fill)
            self._words(name, left + 18 + _PAD_PT, middle)
            left += need
        unit = f"Đơn vị tính: {self.chart.unit}" if self.chart.unit else ""
        if left + self._wide(unit) > self.width:
            middle += self.leading + _PAD_PT
        self._words(unit, self.width, middle, anchor="end")
        self.top = middle + self.leading / 2 + _PAD_PT

    def _mark_words(self) -> str:
        mark = self.chart.mark
        return f"{mark.name}: {mark.words or self._value(mark.value)}" if mark else ""

    def _written(self, series: Series, row: int) -> str:
        return series.words[row] if series.words else self._value(series.values[row])

    def _value(self, value: int) -> str:
        return tables.amount_cell(value, self.chart.unit) if self.chart.is_money else tables.count_cell(value)

    def _broken(self, name: str) -> tuple[str, ...]:
        """Break a name; one of more lines than are read at a glance is cut, for it stands whole in a table."""
        lines = [
            part for line in break_name(clean_line(name), self._wide, self.names_width) for part in self._cut(line)
        ]
        if len(lines) <= _MOST_LINES:
            return tuple(lines) or ("",)
        last = lines[_MOST_LINES - 1]
        while self._wide(last + "…") > self.names_width:
            last = last[:-1]
        return (*lines[: _MOST_LINES - 1], last.rstrip() + "…")

    def _cut(self, line: str) -> Iterator[str]:
        """Cut a single word that is wider than the names."""
        begin = 0
        for end in range(1, len(line) + 1):
            if end - begin > 1 and self._wide(line[begin:end]) > self.names_width:
                yield line[begin : end - 1]
                begin = end - 1
        yield line[begin:]

    def _wide(self, words: str) -> float:
        return self.fonts.width(words, REGULAR, TYPE_PT)

    def _words(self, words: str, x: float, middle: float, *, anchor: str = "start", face: str = REGULAR) -> None:
        from reportlab.graphics.shapes import String
        from reportlab.lib.colors import HexColor

        left, foot = (x - self._wide(words) if anchor == "end" else x), middle + TYPE_PT * _BASELINE
        font = self.fonts.registered_name(face)
        colour = HexColor(self.ink.words)
        self.shapes.append(
            String(left, foot, words, fontName=font, fontSize=TYPE_PT, fillColor=colour, textAnchor="start")
        )

    def _line(self, x1: float, y1: float, x2: float, y2: float, *, thick: float = _LINE_PT) -> None:
        from reportlab.graphics.shapes import Line
        from reportlab.lib.colors import HexColor

        self.shapes.append(Line(x1, y1, x2, y2, strokeColor=HexColor(self.ink.line), strokeWidth=thick))

    def _dashes(self, x: float, first: float, foot: float) -> None:
        at = first
        while at < foot:
            self._line(x, at, x, min(at + _DASH_PT, foot), thick=2 * _LINE_PT)
            at += 2 * _DASH_PT

    def _dashes_along(self, left: float, middle: float, long: float) -> None:
        at = left
        while at < left + long:
            self._line(at, middle, min(at + _DASH_PT, left + long), middle, thick=2 * _LINE_PT)
            at += 2 * _DASH_PT

    def _bar(self, left: float, top: float, long: float, high: float, fill: Fill) -> None:
        from reportlab.graphics.shapes import Rect
        from reportlab.lib.colors import HexColor

        shade = HexColor(self.ink.solid if fill is Fill.SOLID else self.ink.ground)
        line = HexColor(self.ink.line)
        self.shapes.append(Rect(left, top, long, high, fillColor=shade, strokeColor=line, strokeWidth=_LINE_PT))
        if fill in (Fill.SOLID, Fill.EMPTY):
            return
        foot, at = top + high, left - high
        while at < left + long:
            begin, end = max(at, left), min(at + high, left + long)
            if end > begin:
                rising = foot - (begin - at), foot - (end - at)
                self._line(begin, rising[0], end, rising[1], thick=_LINE_PT / 2)
                if fill is Fill.CROSSED:
                    falling = top + (begin - at), top + (end - at)
                    self._line(begin, falling[0], end, falling[1], thick=_LINE_PT / 2)
            at += _HATCH_PT

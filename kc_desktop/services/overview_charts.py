"""The charts of Tổng quan: figures of the tables as bars, each with the rows behind it, drawn as the papers' are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from kc_desktop.documents import annual_charts, chart_svg
from kc_desktop.documents.chart import Chart
from kc_desktop.documents.charts import OF_CHART, OF_ROW, Ink, Letters
from kc_desktop.documents.fonts import BOLD, REGULAR, font_set
from kc_desktop.documents.paper import clean_line
from kc_desktop.documents.tables import count_cell
from kc_desktop.domain.balance import View
from kc_desktop.domain.funding import DISBURSING_KINDS
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.plan_dossier import REPORT_SOURCES
from kc_desktop.domain.programme import Programme
from kc_desktop.services import balances, targets
from kc_desktop.services.balances import Opens
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import plan

__all__ = ["PAPER", "VIEWS", "Ink", "Mark", "OverviewChart", "Picture", "charts", "draw", "font_files", "portable"]

PAPER: Final = Ink()
"""The colours of a picture that leaves the program."""
VIEWS: Final = (("programmes", "Chương trình"), ("months", "Giải ngân"), ("states", "Đề án"), ("places", "Địa bàn"))
"""The questions the charts answer, in the order of their tabs."""
_MOST_PLACES: Final = 12
_MOST_PROGRAMMES: Final = 60
_OUT: Final = (*DISBURSING_KINDS, "refund")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A number of a chart: what it says in words, and the rows behind it."""

    row: int
    series: int
    words: str
    opens: Opens


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewChart:
    """A chart of a year, with what each of its numbers opens."""

    year: int
    chart: Chart
    bars: tuple[Bar, ...]

    @property
    def title(self) -> str:
        """What the chart shows, with its year."""
        return f"{self.chart.title}, năm {self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a number of a picture stands, in its points, what it says and what it opens."""

    left: float
    top: float
    width: float
    height: float
    words: str
    opens: Opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as SVG of whole points, with the places of its numbers."""

    svg: str
    width: int
    height: int
    marks: tuple[Mark, ...]


def charts(workspace: Workspace, year: int, view: str) -> tuple[OverviewChart, ...]:
    """Return the charts of one of the `VIEWS`; none where the year holds nothing to show."""
    return tuple(_MAKERS[view](workspace, year))


def draw(
    given: OverviewChart, width: int, ink: Ink, *, with_title: bool = False, letters: Letters | None = None
) -> Picture:
    """Return a chart as a picture of that width in points: the same drawing as on paper, in the letters of papers.

    A sign these lack is shown as "?" rather than no chart at all. A screen may give `letters` of its own.
    """
    if letters is None:
        letters = fonts = font_set()
        chart = _drawable(given.chart, fonts.missing)
    else:
        chart = _drawable(given.chart, _unprintable)
    found = chart_svg.picture(chart, letters, width, ink, title=given.title if with_title else "")
    bars = {(each.row, each.series): each for each in given.bars}
    marks = tuple(
        Mark(
            left=spot.left,
            top=spot.top,
            width=spot.width,
            height=spot.height,
            words=bars[spot.row, spot.series].words,
            opens=bars[spot.row, spot.series].opens,
        )
        for spot in found.spots
        if (spot.row, spot.series) in bars
    )
    return Picture(svg=found.svg, width=found.width, height=found.height, marks=marks)


def _unprintable(words: str) -> str:
    """Return the signs no picture may hold."""
    return "".join(sign for sign in words if not sign.isprintable() and not sign.isspace())


def _drawable(chart: Chart, missing: Callable[[str], str]) -> Chart:
    """Return a chart without the signs that are missing in what people typed: names of rows, units of targets."""
    typed = (*chart.rows, *(words for each in chart.series for words in each.words))
    lacking = "".join({sign for words in typed for sign in missing(clean_line(words))})
    if not lacking:
        return chart

    def drawable(words: str) -> str:
        return re.sub(f"[{re.escape(lacking)}]", "?", clean_line(words))

    return replace(
        chart,
        rows=tuple(map(drawable, chart.rows)),
        series=tuple(replace(each, words=tuple(map(drawable, each.words))) for each in chart.series),
    )


def portable(picture: Picture) -> str:
    """Return a picture whose letters other programs know: Times New Roman is as wide as what the window draws with."""
    return picture.svg.replace("font-family: Tinos", "font-family: 'Times New Roman', Tinos, serif")


def font_files() -> tuple[Path, ...]:
    """Return the files of the letters pictures are drawn with; none where the PC has them itself."""
    if font_set().family != "Tinos":
        return ()
    folder = Path(str(resources.files("resources"))) / "fonts"
    return tuple(folder / f"Tinos-{face}.ttf" for face in (REGULAR, BOLD))


# --- the charts, one by one ---


def _months(workspace: Workspace, year: int) -> Iterator[OverviewChart]:
    table = balances.months(workspace, year)
    chart = annual_charts.months_chart(table, is_joined=False)
    if chart is None:
        return
    kinds = {
        annual_charts.ADVANCED: ("advance",),
        annual_charts.PAID: ("payment",),
        annual_charts.REFUNDED: ("refund",),
    }

    def opens(row: int, series: int) -> Opens | None:
        if row == OF_CHART:
            return balances.opens_plan(table)
        (month,) = chart.stands_for[row]
        if series == OF_ROW:
            return _entries(year, kind=_OUT, month=month)
        of_month = kinds.get(chart.series[series].name)
        if of_month is None:
            return _entries(year, kind=_OUT, until_month=month)
        return _entries(year, kind=of_month, month=month)

    yield _with_bars(year, chart, opens)


def _programmes(workspace: Workspace, year: int) -> Iterator[OverviewChart]:
    table = balances.table(workspace, year, View.PROGRAMME)
    chart = annual_charts.programmes_chart(table, _MOST_PROGRAMMES)
    if chart is not None:
        rows = {(row.source, row.key): row for row in table.rows}

        def opens(row: int, series: int) -> Opens | None:
            found = rows.get((str(chart.stands_for[row][0]), chart.stands_for[row][1])) if chart.stands_for else None
            if found is None or len(chart.stands_for[row]) != 2:
                return None
            if series == OF_ROW:
                return None if found.key is None else _projects(year, programme_id=found.key)
            if series == 0 and found.key is None:
                return None
            return balances.opens(table, found, ("planned", "approved", "disbursed")[series])

        yield _with_bars(year, chart, opens)
    done = [
        (each.target, each.done)
        for programme in workspace.children(Programme, year=year)
        for each in targets.of_programme(workspace, programme, date.max)
    ]
    reached = annual_charts.targets_chart(done)
    if reached is not None:
        yield _with_bars(
            year,
            reached,
            lambda row, _series: (
                None
                if row == OF_CHART
                else ("programmes", ListRequest(year=year, filters=(("id", reached.stands_for[row][0]),)))
            ),
        )


def _states(workspace: Workspace, year: int) -> Iterator[OverviewChart]:
    with workspace.reading() as connection:
        counts = plan.state_counts(connection, year)
    chart = annual_charts.states_chart(counts)
    if chart is None:
        return
    sources = [source for source in REPORT_SOURCES if any(each == source for _, each in counts)]

    def opens(row: int, series: int) -> Opens:
        state = chart.stands_for[row][0]
        if series == OF_ROW:
            return _projects(year, state=state)
        return _projects(year, state=state, source=sources[series])

    yield _with_bars(year, chart, opens)


def _places(workspace: Workspace, year: int) -> Iterator[OverviewChart]:
    chart = annual_charts.places_chart(balances.table(workspace, year, View.PLACE), _MOST_PLACES)
    if chart is None:
        return

    def opens(row: int, series: int) -> Opens:
        keys = chart.stands_for[row]
        place: dict[str, object] = {"commune_id": keys if len(keys) > 1 else keys[0]}
        if keys == (None,):
            place = {"without_commune": 1}
        if series == 1:
            return _entries(year, kind=_OUT, **place)
        return _projects(year, approved_in=year, **place)

    yield _with_bars(year, chart, opens)


_MAKERS: Final[dict[str, Callable[[Workspace, int], Iterator[OverviewChart]]]] = {
    "programmes": _programmes,
    "months": _months,
    "states": _states,
    "places": _places,
}


# --- numbers and their rows ---


def _entries(year: int, **filters: object) -> Opens:
    return "fund-entries", ListRequest(year=year, filters=tuple(filters.items()))


def _projects(year: int, **filters: object) -> Opens:
    return "projects", ListRequest(year=year, filters=tuple(filters.items()))


def _with_bars(year: int, chart: Chart, opens: Callable[[int, int], Opens | None]) -> OverviewChart:
    """Give each number of a chart its words and rows; a number that has no rows of its own opens nothing."""
    found: list[Bar] = []
    if chart.mark is not None:
        words = chart.mark.words or f"{format_vnd(chart.mark.value)} đồng"
        found += _bar(OF_CHART, 0, f"{chart.mark.name}: {words}", opens)
    for row, label in enumerate(chart.rows):
        found += _bar(row, OF_ROW, label, opens)
        for place, series in enumerate(chart.series):
            value = series.values[row]
            if not value and series.only_where_any:
                continue
            if series.words:
                words = series.words[row]
            elif chart.is_money:
                words = f"{format_vnd(value)} đồng"
            else:
                words = f"{count_cell(value)} {chart.unit}"
            found += _bar(row, place, f"{label}, {_inside(series.name)}: {words}", opens)
    return OverviewChart(year=year, chart=chart, bars=tuple(found))


def _bar(row: int, series: int, words: str, opens: Callable[[int, int], Opens | None]) -> Iterator[Bar]:
    found = opens(row, series)
    if found is not None:
        yield Bar(row=row, series=series, words=words, opens=found)


def _inside(name: str) -> str:
    """Return a name as it stands within a sentence: an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]

"""The charts of Tổng quan: every number is the sum of the rows it opens and the number of the tables, to the đồng."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kc_desktop.domain.balance import View
from kc_desktop.domain.funding import DISBURSING_KINDS, FundEntry
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import Project
from kc_desktop.services import balances, funding, list_filters, lists, overview, overview_charts
from kc_desktop.services.overview_charts import PAPER, OverviewChart
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
PLACES = 16


@pytest.fixture
def busy(sample: Workspace) -> Workspace:
    """Return the sample with projects in more communes than a chart has rows, money back, and money after the year."""
    plan = next(each for each in sample.all(AnnualPlan) if each.year == 2023)
    communes = [
        sample.save(AdminUnit(code=f"9990{each}", kind="xa", name=f"Xã {each:02d}")).id for each in range(PLACES)
    ]
    entries = []
    for number, commune in enumerate(communes, start=1):
        project = sample.save(
            Project(
                name=f"Đề án {number:02d}",
                year=2023,
                source="KCDP",
                commune_id=commune,
                approved_vnd=number * 20 * MILLION + 1,
                approved_on=date(2023, 3, 1),
            )
        ).id
        entries.append(FundEntry(plan_id=plan.id, project_id=project, kind="advance", amount_vnd=number * MILLION))
    moves = [("payment", 12, 2023), ("refund", 12, 2023), ("payment", 1, 2024), ("payment", 2, 2024)]
    for place, (kind, month, year) in enumerate(moves):
        one = replace(entries[place], kind=kind, amount_vnd=(place + 1) * 1_000_003, happened_on=date(year, month, 5))
        entries.append(one)
    for each in entries:
        sample.save(each if each.happened_on else replace(each, happened_on=date(2023, 6, 1)))
    return sample


def chart_of(workspace: Workspace, view: str, title: str) -> OverviewChart:
    return next(each for each in overview_charts.charts(workspace, 2023, view) if each.chart.title.startswith(title))


def rows_behind(workspace: Workspace, opens: balances.Opens) -> list[int]:
    key, request = opens
    return [row.id for row in lists.every_row(workspace, key, request)]


def amount_behind(workspace: Workspace, opens: balances.Opens) -> int:
    """Add up the entries or the approved money a number opens."""
    ids = set(rows_behind(workspace, opens))
    if opens[0] == "projects":
        return sum(each.approved_vnd or 0 for each in workspace.many(Project, ids).values())
    if opens[0] == "programmes":
        return sum(each.budget_vnd for each in workspace.many(Programme, ids).values())
    kinds = {kind for name, kind in opens[1].filters if name == "kind"}
    is_back = kinds == {("refund",)}
    return sum(
        each.amount_vnd if each.kind in DISBURSING_KINDS or is_back else -each.amount_vnd
        for each in workspace.many(FundEntry, ids).values()
    )


def test_the_bars_are_the_numbers_of_the_balances_and_of_the_ledger(busy: Workspace) -> None:
    sums = funding.sums(busy, 2023)
    months = chart_of(busy, "months", "Giải ngân").chart
    table = balances.months(busy, 2023)
    assert months.series[-1].values == tuple(each.so_far.disbursed_vnd for each in table.rows)
    assert months.series[-1].values[-1] == sums.disbursed_vnd
    assert [sum(each.values) for each in months.series[:3]] == [sums.advanced_vnd, sums.paid_vnd, sums.refunded_vnd]
    assert months.mark is not None
    assert months.mark.value == table.planned_vnd
    programmes = chart_of(busy, "programmes", "Chương trình").chart
    rows = balances.table(busy, 2023, View.PROGRAMME).rows
    assert programmes.series[0].values == tuple(each.amounts.planned_vnd for each in rows)
    assert programmes.series[1].values == tuple(each.amounts.approved_vnd for each in rows)
    assert programmes.series[2].values == tuple(each.amounts.disbursed_vnd for each in rows)
    places = chart_of(busy, "places", "Kinh phí").chart
    assert [sum(each.values) for each in places.series] == [sums.approved_vnd, sums.disbursed_vnd]
    assert any("Các địa bàn khác" in each for each in places.rows)
    states = chart_of(busy, "states", "Đề án").chart
    shown = {each.key: each for each in overview.figures(busy, 2023)}
    assert sum(sum(each.values) for each in states.series) == shown["projects"].value


def test_every_number_opens_the_rows_it_is_made_of_to_the_dong(busy: Workspace) -> None:
    states = chart_of(busy, "states", "Đề án")
    for bar in states.bars:
        if bar.series >= 0:
            assert len(rows_behind(busy, bar.opens)) == states.chart.series[bar.series].values[bar.row]
    for view, title in (("months", "Giải ngân"), ("places", "Kinh phí"), ("programmes", "Chương trình")):
        given = chart_of(busy, view, title)
        for bar in given.bars:
            if bar.series >= 0 and bar.row >= 0:
                value = given.chart.series[bar.series].values[bar.row]
                assert amount_behind(busy, bar.opens) == value, bar
                assert re.sub(r"\D", "", bar.words.rpartition(": ")[2]) == str(value)
            for name, wanted in bar.opens[1].filters:
                assert re.search(r"\D", list_filters.filter_words(busy, bar.opens[0], name, wanted))
    targets = chart_of(busy, "programmes", "Kết quả")
    assert all(rows_behind(busy, bar.opens) for bar in targets.bars)


def test_a_year_without_anything_has_no_chart(sample: Workspace) -> None:
    assert not any(overview_charts.charts(sample, 1999, view) for view, _ in overview_charts.VIEWS)


@pytest.mark.parametrize("view", [view for view, _ in overview_charts.VIEWS])
def test_a_picture_says_every_word_in_a_family_windows_know_and_marks_stand_in_it(sample: Workspace, view: str) -> None:
    for given in overview_charts.charts(sample, 2023, view):
        picture = overview_charts.draw(given, 460, PAPER, with_title=True)
        root = ET.fromstring(picture.svg)
        texts = [each for each in root.iter() if each.tag.endswith("text")]
        styles = {each for text in texts for each in re.findall(r"font-family: ([^;]+)", text.get("style", ""))}
        assert styles <= {"Tinos", "Times New Roman"}
        words = " ".join((each.text or "").strip() for each in texts)
        assert given.chart.title in words
        assert all(each.name in words for each in given.chart.series)
        assert root.get("viewBox") == f"0 0 {picture.width} {picture.height}"
        assert len(picture.marks) == len(given.bars)
        assert Counter(mark.words for mark in picture.marks) == Counter(bar.words for bar in given.bars)
        for mark in picture.marks:
            assert 0 <= mark.left < mark.left + mark.width <= picture.width + 1
            assert 0 <= mark.top < mark.top + mark.height <= picture.height


def test_a_sign_no_font_has_keeps_no_chart_away(sample: Workspace) -> None:
    programme = sample.children(Programme, year=2023)[0]
    sample.save(replace(programme, name="Chương trình \U0001f600\ufeff\n中"))
    target = sample.all(Target)[0]
    sample.save(replace(target, name="Chỉ tiêu 中", unit="件"))
    for given in overview_charts.charts(sample, 2023, "programmes"):
        assert "?" in overview_charts.draw(given, 460, PAPER).svg
        assert any("中" in bar.words for bar in given.bars)

"""The papers of a year's plan: in the menu Báo cáo, and from the plan's form."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.services import papers
from tests.ui.helpers import Key, press
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.widgets.paper_menu import add_plan_papers

NAMES = [f"In {kind.name}" for kind in papers.kinds_for("plans")]
PERIODS = ["Cả năm", "Quý I", "Quý II", "Quý III", "Quý IV", "6 tháng đầu năm", "6 tháng cuối năm"]


@pytest.fixture
def reports(window: MainWindow) -> QMenu:
    """The menu Báo cáo."""
    (action,) = [each for each in window.menuBar().actions() if each.text().replace("&", "") == "Báo cáo"]
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def _open(window: MainWindow, menu: QMenu, year: int) -> list[QAction]:
    """Show the menu for a year and return what it lists."""
    window._years.setCurrentIndex(window._years.findData(year))
    menu.aboutToShow.emit()
    return menu.actions()


def _inner(actions: list[QAction], text: str) -> QMenu:
    menu = next(each for each in actions if each.text() == text).menu()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_lists_the_papers_of_the_years_plan_and_the_periods_of_a_report(
    window: MainWindow, reports: QMenu
) -> None:
    actions = _open(window, reports, 2022)
    texts = [each.text() for each in actions]
    assert [text for text in texts if text in NAMES] == NAMES
    assert "Kế hoạch năm 2022" in texts
    periods = _inner(actions, "In Báo cáo kinh phí").actions()
    assert [each.text() for each in periods] == [*PERIODS, "Số tháng khác"]
    months = periods[-1].menu()
    assert isinstance(months, QMenu)
    assert "9 tháng đầu năm" in [each.text() for each in months.actions()]


def test_each_source_of_a_year_has_a_menu_of_its_own(window: MainWindow, reports: QMenu) -> None:
    assert window.workspace is not None
    window.workspace.save(AnnualPlan(year=2022, source="KCQG"))
    actions = _open(window, reports, 2022)
    for source in ("Khuyến công địa phương", "Khuyến công quốc gia"):
        assert [each.text() for each in _inner(actions, source).actions()] == NAMES


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2062, "Chưa có kế hoạch khuyến công năm 2062: thêm ở Danh mục"),
        (0, "Chọn năm để in giấy tờ của năm"),
    ],
)
def test_without_a_plan_the_menu_says_what_to_do(window: MainWindow, qtbot: QtBot, year: int, words: str) -> None:
    assert window.workspace is not None
    menu = QMenu()
    qtbot.addWidget(menu)
    add_plan_papers(menu, window.workspace, year)
    (hint,) = menu.actions()
    assert hint.text() == words
    assert not hint.isEnabled()


def test_showing_the_menu_again_leaves_nothing_behind(window: MainWindow, reports: QMenu) -> None:
    first = [each.text() for each in _open(window, reports, 2022)]
    for _ in range(3):
        reports.aboutToShow.emit()
    QApplication.sendPostedEvents(None, 52)  # QEvent.Type.DeferredDelete
    assert [each.text() for each in reports.actions()] == first
    assert len(reports.findChildren(QMenu)) == 6


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The papers asked for: their previews stay shut."""
    found: list[tuple[str, int]] = []
    monkeypatch.setattr(
        PreviewDialog, "show_paper", classmethod(lambda _cls, _parent, _workspace, key, plan: found.append((key, plan)))
    )
    return found


def test_choosing_a_quarter_shows_that_report(window: MainWindow, reports: QMenu, asked: list[tuple[str, int]]) -> None:
    actions = _open(window, reports, 2022)
    _inner(actions, "In Báo cáo kinh phí").actions()[2].trigger()
    assert asked == [("funding-report:q2", 1)]


def test_the_plans_form_prints(window: MainWindow, asked: list[tuple[str, int]]) -> None:
    window.open_catalogue("plans")
    tab = window.pages.current()
    assert isinstance(tab, RecordTab)
    assert tab.can(Verb.PRINT)
    tab.print_()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == NAMES
    press(menu, Key.Key_Return)
    current = tab.current_record()
    assert current is not None
    assert asked == [("annual-plan", current[1])]

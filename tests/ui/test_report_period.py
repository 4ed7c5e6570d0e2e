"""Kỳ khác…: days of a year are asked for, what report they make is said, and its paper is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.services import papers, plan_papers
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press
from ui.dialogs.compose_report import ComposeReportDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.report_period import ReportPeriodDialog, ReportYearsDialog
from ui.widgets.paper_menu import ANY_DAYS, add_papers


@pytest.fixture
def dialog(qtbot: QtBot) -> ReportPeriodDialog:
    made = ReportPeriodDialog(2023)
    qtbot.addWidget(made)
    made.show()
    return made


def typed(dialog: ReportPeriodDialog, first: str, last: str) -> str:
    """Type both days and return what the dialog says of them."""
    for editor, words in ((dialog.first, first), (dialog.last, last)):
        editor.line.setText(words)
        editor.edited.emit()
    return dialog.told.text()


def test_days_are_of_the_reports_year_and_the_report_they_make_is_named(dialog: ReportPeriodDialog) -> None:
    assert dialog.told.text() == "Báo cáo tổng kết công tác khuyến công."
    assert typed(dialog, "15/3", "20/9").endswith("từ ngày 15 tháng 3 đến ngày 20 tháng 9.")
    assert dialog.act() == "annual-report:0315-0920"
    assert typed(dialog, "1/4", "30/6").endswith("quý II.")
    assert dialog.act() == "annual-report:q2"


def test_days_the_wrong_way_round_are_told_at_their_field(dialog: ReportPeriodDialog) -> None:
    assert typed(dialog, "20/9", "15/3") == ""
    press(dialog.ok_button, Key.Key_Return)
    assert dialog.isVisible()
    assert "trước ngày đầu kỳ" in dialog.last.shown_problem()


def test_the_five_years_a_year_lies_in_are_offered_and_wrong_ones_told(qtbot: QtBot) -> None:
    asked = ReportYearsDialog(2023)
    qtbot.addWidget(asked)
    asked.show()
    assert asked.act() == "annual-report:2021-2025"
    asked.last.line.setText("2020")
    press(asked.ok_button, Key.Key_Return)
    assert "nhiều nhất 10 năm" in asked.last.shown_problem()


def test_the_menu_leads_over_the_days_to_writing_and_printing_the_report(qtbot: QtBot, workspace: Workspace) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    plan = plan_papers.plan_of(workspace, 2023).id
    add_papers(menu, papers.kinds_for("plans"), plan)
    keys = [each.data()[0] for inner in menu.findChildren(QMenu) for each in inner.actions() if each.data()]
    assert [each for each in keys if each.endswith(ANY_DAYS)] == [f"annual-report{ANY_DAYS}"]
    seen: list[str] = []
    before: list[tuple[str, str]] = []

    def act() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, ReportPeriodDialog):
            before.append((shown.first.line.text(), shown.last.line.text()))
            typed(shown, "15/3", "20/9")
            QTimer.singleShot(0, act)
            shown.ok_button.click()
        elif isinstance(shown, ComposeReportDialog):
            seen.append(shown.windowTitle())
            shown.reject()

    QTimer.singleShot(0, act)
    PreviewDialog.show_paper(None, workspace, f"annual-report{ANY_DAYS}", plan)
    assert seen == ["Soạn báo cáo sơ kết từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2023"]
    QTimer.singleShot(0, act)
    PreviewDialog.show_paper(None, workspace, f"annual-report{ANY_DAYS}", plan)
    assert before == [("01/01/2023", "31/12/2023"), ("15/03/2023", "20/09/2023")], "back to the words without typing"

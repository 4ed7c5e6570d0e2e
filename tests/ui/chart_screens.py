"""Pictures of the charts of Tổng quan and of Soạn báo cáo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kc_desktop.services import plan_papers, report_texts
from ui.dialogs.compose_report import ComposeReportDialog
from ui.dialogs.report_period import ReportPeriodDialog
from ui.main_window import MainWindow
from ui.tabs.overview import OverviewTab

if TYPE_CHECKING:
    from tests.ui.screens import Photographer


def wait_for_charts(window: MainWindow) -> None:
    """Wait until the charts in front stand, where Tổng quan is in front."""
    tab = window.pages.current()
    while (
        isinstance(tab, OverviewTab) and window.isVisible() and not (tab.charts is not None and tab.charts.is_drawn())
    ):
        QCoreApplication.processEvents()


def photograph(of: Photographer) -> None:
    """Keep every question in light, one in the other looks, and the dialog that writes the report."""
    window = of.window
    tab = of.tab(0)
    assert isinstance(tab, OverviewTab)
    assert window.workspace is not None
    for view in ("months", "states", "places", "programmes"):
        wait_for_charts(window)
        assert tab.charts is not None
        tab.charts.show_view(view)
        of.keep(f"overview-{view}")
    draft = report_texts.draft(window.workspace, report_texts.KEY, plan_papers.plan_of(window.workspace, 2023).id)
    dialog = ComposeReportDialog(window.workspace, draft, window)
    dialog.show()
    dialog.sections.setCurrentRow(2)
    dialog.put_button.click()
    of.keep("compose-report", dialog)
    dialog.hide()
    dialog.deleteLater()
    asked = ReportPeriodDialog(2023, window)
    asked.show()
    of.keep("report-period", asked)
    asked.hide()
    asked.deleteLater()

"""Kỳ khác…: from which day to which the report of a part of a year is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import KnownError
from kc_desktop.services import papers, report_periods
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey


class ReportPeriodDialog(AskDialog):
    """Asks the first and the last day and says what report that is; what comes of it is the paper's key."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(f"Kỳ của báo cáo năm {year}", "Tiế&p tục", parent)
        self._year = year
        HelpKey(self, "report-period")
        self.say("Báo cáo nói số phát sinh trong kỳ và số lũy kế từ đầu năm đến hết kỳ. Kế hoạch là của cả năm.")
        today = date.today()
        last = today if today.year == year else date(year, 12, 31)
        self.first = self.ask_day("&Từ ngày *", report_periods.FIRST, date(year, 1, 1))
        self.last = self.ask_day("Đế&n ngày *", report_periods.LAST, last)
        for each in (self.first, self.last):
            each.working_year = year
            each.edited.connect(self._on_edited)
        self.told = self.say("", is_note=True)
        self._on_edited()
        self.finish(report_periods.FIRST)

    @classmethod
    def key_for(cls, parent: QWidget | None, workspace: Workspace, plan_id: int) -> str:
        """Let the period be chosen; return the report's key, "" when the user gave up. Raises KnownError."""
        dialog = cls(workspace.get(AnnualPlan, plan_id).year, parent)
        chosen = dialog.act() if dialog.exec() == QDialog.DialogCode.Accepted else ""
        dialog.deleteLater()
        return chosen

    def act(self) -> str:
        """Return the key of the report of these days."""
        first, last = self.day_of(report_periods.FIRST), self.day_of(report_periods.LAST)
        return report_periods.key_of(report_periods.of_days(self._year, first, last))

    @Slot()
    def _on_edited(self) -> None:
        """Say which report these days make; while they make none, nothing."""
        try:
            told = f"{papers.name_of(self.act())}." if not self.first.problem() and not self.last.problem() else ""
        except KnownError:
            told = ""
        self.told.setText(told)

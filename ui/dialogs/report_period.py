"""Kỳ khác…, Nhiều năm…: from which day to which the report of a part of a year is, or from which year to which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import KnownError
from kc_desktop.services import papers, report_periods
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import IntegerEdit

_CHOSEN: dict[tuple[Path, int], tuple[date, date]] = {}
"""The days chosen last for each plan: who saw the report and goes back to its words does not type them again."""


def key_for(parent: QWidget | None, workspace: Workspace, plan_id: int, *, of_years: bool) -> str:
    """Let the days or years of a report be chosen; return its key, "" when the user gave up. Raises KnownError."""
    year, own = workspace.get(AnnualPlan, plan_id).year, (workspace.path, plan_id)
    dialog = ReportYearsDialog(year, parent) if of_years else ReportPeriodDialog(year, parent, days=_CHOSEN.get(own))
    chosen = dialog.act() if dialog.exec() == QDialog.DialogCode.Accepted else ""
    if chosen and isinstance(dialog, ReportPeriodDialog):
        _CHOSEN[own] = dialog.days()
    dialog.deleteLater()
    return chosen


class ReportYearsDialog(AskDialog):
    """Asks the first and the last of the years a report is on; what comes of it is the paper's key."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__("Các năm của báo cáo", "Tiế&p tục", parent)
        HelpKey(self, "report-period")
        self.say("Báo cáo cộng số liệu các năm, kèm bảng từng năm, so với giai đoạn trước bằng ngần ấy năm.")
        begin = report_periods.usual_stage(year)
        self.first = self._ask_year("&Từ năm *", report_periods.FIRST, begin[0])
        self.last = self._ask_year("Đế&n năm *", report_periods.LAST, begin[1])
        self.finish(report_periods.FIRST)

    def _ask_year(self, words: str, name: str, year: int) -> IntegerEdit:
        label = words.replace("&", "").removesuffix(" *")
        editor = IntegerEdit(Field(name=f"{name}_year", label=label, kind=Kind.INTEGER, required=True, width=6), self)
        editor.set_value(year)
        self.ask(words, editor, name)
        return editor

    def act(self) -> str:
        """Return the key of the report of these years."""
        first, last = (int(str(each.value())) for each in (self.first, self.last))
        return report_periods.key_of(report_periods.of_years(first, last))


class ReportPeriodDialog(AskDialog):
    """Asks the first and the last day and says what report that is; what comes of it is the paper's key."""

    def __init__(self, year: int, parent: QWidget | None = None, *, days: tuple[date, date] | None = None) -> None:
        super().__init__(f"Kỳ của báo cáo năm {year}", "Tiế&p tục", parent)
        self._year = year
        HelpKey(self, "report-period")
        self.say("Báo cáo nói số phát sinh trong kỳ và số lũy kế từ đầu năm đến hết kỳ. Kế hoạch là của cả năm.")
        today = date.today()
        usual = (date(year, 1, 1), today if today.year == year else date(year, 12, 31))
        first, last = days or usual
        self.first = self.ask_day("&Từ ngày *", report_periods.FIRST, first)
        self.last = self.ask_day("Đế&n ngày *", report_periods.LAST, last)
        for each in (self.first, self.last):
            each.working_year = year
            each.edited.connect(self._on_edited)
        self.told = self.say("", is_note=True)
        self._on_edited()
        self.finish(report_periods.FIRST)

    def days(self) -> tuple[date, date]:
        """Return the first and the last day. Raises FieldError where one is not given."""
        return self.day_of(report_periods.FIRST), self.day_of(report_periods.LAST)

    def act(self) -> str:
        """Return the key of the report of these days."""
        first, last = self.days()
        return report_periods.key_of(report_periods.of_days(self._year, first, last))

    @Slot()
    def _on_edited(self) -> None:
        """Say which report these days make; while they make none, nothing."""
        try:
            told = f"{papers.name_of(self.act())}." if not self.first.problem() and not self.last.problem() else ""
        except KnownError:
            told = ""
        self.told.setText(told)

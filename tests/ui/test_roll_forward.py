"""Mở kế hoạch năm mới: from the menu to the new year, and what is missing said at its field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kc_desktop.domain.programme import Programme
from kc_desktop.services import funding
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import texts
from ui.dialogs.roll_forward import RollForwardDialog
from ui.main_window import MainWindow


def _dialog(qtbot: QtBot, workspace: Workspace) -> RollForwardDialog:
    dialog = RollForwardDialog(workspace, 2023)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_carried_needs_a_decision_said_at_its_field(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog._open.click()
    assert dialog.isVisible()
    assert any("Chưa có số văn bản" in text for text in texts(dialog))
    dialog.document.set_value("QĐ 01")
    dialog._open.click()
    assert any("Chưa có ngày văn bản" in text for text in texts(dialog))
    dialog.reject()


def test_the_chosen_programmes_projects_and_money_open_the_year(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = _dialog(qtbot, workspace)
    dialog.programmes.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.going_on.text().startswith("Đề án đã chọn còn chưa giải ngân: Khuyến công địa phương 580.000.000")
    dialog.projects.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "520.000.000" in dialog.going_on.text()
    (amount,) = dialog.amounts.values()
    amount.set_value(1_000_000)
    dialog.document.set_value("QĐ 01")
    dialog.day.set_value(date(2023, 12, 28))
    with qtbot.waitSignal(dialog.opened) as told:
        dialog._open.click()
    assert told.args == [2024]
    assert len(workspace.children(Programme, year=2024)) == 3
    assert funding.sums(workspace, 2024).allocated_vnd == 1_000_000


def test_the_menu_opens_the_year_after_the_one_worked_on_and_shows_it(window: MainWindow) -> None:
    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RollForwardDialog)
        assert dialog.windowTitle() == "Mở kế hoạch năm 2024"
        for row in range(dialog.projects.count()):
            dialog.projects.item(row).setCheckState(Qt.CheckState.Unchecked)
        dialog._open.click()

    QTimer.singleShot(0, act)
    window.actions_.next_year.trigger()
    assert window.year() == 2024
    window.undo()
    assert window.workspace is not None
    assert window.workspace.children(Programme, year=2024) == ()

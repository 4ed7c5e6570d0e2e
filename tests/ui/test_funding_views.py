"""Kinh phí: balances, months, locks and the treasury's statement, as they are shown and used."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import Project
from kc_desktop.services import funding, lists, locks
from kc_desktop.services.list_filters import filter_words
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import (
    CTRL,
    Key,
    click,
    click_button,
    in_dialog,
    press,
    replace_text,
    show_active,
    texts,
    type_text,
)
from ui.dialogs.lock import LockDialog
from ui.dialogs.statement import StatementDialog
from ui.main_window import MainWindow
from ui.money_unit import MoneyUnit
from ui.tabs.base import Verb
from ui.tabs.funding import FundingTab
from ui.tabs.funding_balance import BalanceView
from ui.tabs.funding_months import MonthsView
from ui.tabs.funding_statement import StatementView
from ui.view_state import ViewState
from ui.widgets.bars import AmountButton

PASTED = (
    "Ngày\tSố chứng từ\tNội dung\tNợ\tCó\n"
    "15/6/2023\tUNC 01\tTạm ứng Cơ sở 01\t140.000.000\t\n"
    "20/7/2023\tUNC 07\tPhí chuyển tiền\t55.000\t\n"
    "31/6/2023\tUNC 08\tNgày sai\t1.000\t\n"
)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> FundingTab:
    made = FundingTab(workspace, state)
    qtbot.addWidget(made)
    made.resize(1340, 620)
    made.set_year(2023)
    show_active(qtbot, made)
    QApplication.processEvents()
    return made


def _balance(tab: FundingTab) -> BalanceView:
    tab.show_part("balance")
    view = tab.view()
    assert isinstance(view, BalanceView)
    return view


def _statement(tab: FundingTab) -> StatementView:
    tab.show_part("statements")
    view = tab.view()
    assert isinstance(view, StatementView)
    return view


def _texts(view: BalanceView, row: int) -> list[str]:
    return [cell.text for cell in view.table.figures.rows[row].cells]


# --- balances ---------------------------------------------------------------------------------------------------------


def test_the_balances_stand_with_their_sums_first_and_the_unit_stated(tab: FundingTab) -> None:
    view = _balance(tab)
    assert tab.units.button("dong").isChecked()
    assert _texts(view, 0)[:3] == ["Tổng cộng", "4.800.000.000", "4.800.000.000"]
    assert [_texts(view, row)[1] for row in range(1, 5)] == [
        *("2.735.000.000", "335.000.000", "900.000.000", "830.000.000"),
    ]
    assert _texts(view, 0)[-1] == "8,75 %"


def test_trieu_dong_rounds_nothing_away_and_is_remembered(
    tab: FundingTab, workspace: Workspace, state: ViewState, qtbot: QtBot
) -> None:
    workspace.save(FundEntry(happened_on=date(2023, 9, 1), kind="supplement", plan_id=2, amount_vnd=1_500_001))
    before = workspace.all(FundEntry)
    view = _balance(tab)
    click(tab.units.button("million"))
    assert _texts(view, 0)[1:3] == ["4.800", "4.801,500001"]
    assert _texts(view, 1)[1] == "2.735"
    assert workspace.all(FundEntry) == before
    assert tab.strip.texts()[0] == "Nguồn (triệu đồng)"
    click(view.switch.button("source"))
    tab.remember()
    again = FundingTab(workspace, state)
    qtbot.addWidget(again)
    again.set_year(2023)
    show_active(qtbot, again)
    assert again.part() == "balance"
    reopened = again.view()
    assert isinstance(reopened, BalanceView)
    assert reopened.unit is MoneyUnit.MILLION
    assert reopened.switch.current() == "source"


def test_each_number_opens_its_rows_by_mouse_and_by_enter(qtbot: QtBot, tab: FundingTab, workspace: Workspace) -> None:
    view = _balance(tab)
    advanced = view.table.visualRect(view.table.figures.index(1, 4)).center()
    with qtbot.waitSignal(tab.requestOpen) as told:
        QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=advanced)
    key, request = told.args or ("", None)
    assert key == "fund-entries"
    assert lists.count(workspace, str(key), request) == 3  # type: ignore[arg-type]  # a signal's object
    view.table.setCurrentIndex(view.table.figures.index(1, 1))
    with qtbot.waitSignal(tab.requestOpen) as told:
        press(view.table, Key.Key_Return)
    assert (told.args or [""])[0] == "programmes"


def test_a_number_opens_its_rows_in_the_ledger_with_the_filter_in_words(window: MainWindow) -> None:
    window.pages.setCurrentIndex(2)
    QApplication.processEvents()
    tab = window.pages.current()
    assert isinstance(tab, FundingTab)
    view = _balance(tab)
    view.table.setCurrentIndex(view.table.figures.index(1, 4))
    press(view.table, Key.Key_Return)
    assert tab.part() == "ledger"
    assert tab.panel.model.count() == 3
    chips = [filter_words(tab.workspace, "fund-entries", *each) for each in tab.panel.model.request.filters]
    assert chips[:2] == ["Loại: Tạm ứng", "Nguồn: Khuyến công địa phương"]
    assert chips[2].startswith("Chương trình: ")


def test_each_amount_over_the_ledger_opens_the_rows_it_is_made_of(qtbot: QtBot, tab: FundingTab) -> None:
    amounts = {each.accessibleName(): each for each in tab.strip.findChildren(AmountButton) if each.isVisible()}
    given = amounts["Khuyến công địa phương, Được giao: 4.800.000.000"]
    with qtbot.waitSignal(tab.requestOpen) as opened:
        press(given, Key.Key_Return)
    assert opened.args[0] == "fund-entries"
    assert [row.id for row in lists.page(tab.workspace, *opened.args)] != []
    assert "0" in tab.strip.texts()
    assert not any("Quyết toán" in name for name in amounts), "nothing is settled, so there is nothing to open"


def test_the_months_can_be_of_one_source(tab: FundingTab, workspace: Workspace) -> None:
    plan = workspace.save(AnnualPlan(year=2023, source="KCQG"))
    workspace.save(FundEntry(plan_id=plan.id, kind="allocation", happened_on=date(2023, 2, 1), amount_vnd=900_000_000))
    workspace.save(FundEntry(plan_id=plan.id, kind="payment", happened_on=date(2023, 3, 1), amount_vnd=70_000_000))
    tab.reload()
    tab.show_part("months")
    view = tab.view()
    assert isinstance(view, MonthsView)
    assert view.sources.isVisible()
    click(view.sources.button("KCQG"))
    assert "03/2023\t70000000\t70000000" in view.copy_text()
    assert "06/2023\t0\t70000000" in view.copy_text()
    press(view, Key.Key_C, CTRL)
    assert 'x:num="70000000"' in QApplication.clipboard().mimeData().html()
    click(view.sources.button(""))
    assert "06/2023\t140000000\t210000000" in view.copy_text()


def test_what_is_selected_is_copied_with_headings_and_numbers_as_numbers(tab: FundingTab) -> None:
    view = _balance(tab)
    view.table.setFocus()
    press(view.table, Key.Key_A, CTRL)
    press(view.table, Key.Key_C, CTRL)
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert lines[0][:3] == ["Chương trình", "Kế hoạch", "Được giao"]
    assert lines[0][-1] == "Tỷ lệ giải ngân"
    assert lines[1][:2] == ["Tổng cộng", "4800000000"]
    assert len(lines) == 7
    assert 'x:num="4800000000"' in QApplication.clipboard().mimeData().html(), "a spreadsheet counts with it"
    view.table.clearSelection()
    view.table.setCurrentIndex(view.table.figures.index(0, 1))
    press(view.table, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "4800000000"


def test_a_new_entry_from_a_view_goes_to_the_ledger_and_the_view_follows(tab: FundingTab) -> None:
    view = _balance(tab)
    assert not tab.can(Verb.EDIT)
    assert tab.current_record() is None
    tab.new()
    assert tab.part() == "ledger"
    replace_text(tab.form.editor("happened_on").control(), "1/9/2023")
    replace_text(tab.form.editor("amount_vnd").control(), "12 triệu")
    assert tab.save()
    tab.show_part("balance")
    assert _texts(view, 0)[5] == "12.000.000"


def test_a_year_without_anything_says_the_first_step(tab: FundingTab) -> None:
    view = _balance(tab)
    tab.set_year(1999)
    assert "Năm 1999 chưa có gì" in view._empty.text()
    assert view._empty.isVisible()


# --- months -----------------------------------------------------------------------------------------------------------


def test_the_months_stand_against_the_plan_and_each_bar_opens_its_entries(
    qtbot: QtBot, tab: FundingTab, workspace: Workspace
) -> None:
    tab.show_part("months")
    view = tab.view()
    assert isinstance(view, MonthsView)
    names = [button.accessibleName() for button in view.buttons()]
    assert "06/2023: 140.000.000" in names
    assert "Đến 08/2023: 420.000.000 (8,75 %)" in names
    for name, rows in (("07/2023: 140.000.000", 1), ("Đến 07/2023: 280.000.000 (5,83 %)", 2)):
        button = next(each for each in view.buttons() if each.accessibleName() == name)
        with qtbot.waitSignal(tab.requestOpen) as told:
            press(button, Key.Key_Return)
        key, request = told.args or ("", None)
        assert lists.count(workspace, str(key), request) == rows  # type: ignore[arg-type]  # a signal's object
    press(view, Key.Key_C, CTRL)
    assert "06/2023\t140000000\t140000000\t2,92 %" in QApplication.clipboard().text().split("\n")


# --- locks ------------------------------------------------------------------------------------------------------------


def test_a_quarter_is_locked_and_unlocked_with_a_reason_and_says_so(tab: FundingTab, workspace: Workspace) -> None:
    second = tab.quarters.buttons[1]
    assert second.text() == "□ Quý II: đang mở"

    def lock(dialog: QDialog) -> None:
        assert isinstance(dialog, LockDialog)
        replace_text(dialog.day.control(), "5/7/2023")
        click_button(dialog, "Khóa sổ")

    in_dialog(lock, second.click)
    assert second.text() == "■ Quý II: đã khóa 05/07/2023"
    tab.new()
    replace_text(tab.form.editor("happened_on").control(), "1/6/2023")
    replace_text(tab.form.editor("amount_vnd").control(), "5 triệu")
    assert not tab.save()
    assert "Quý II/2023 đã khóa sổ ngày 05/07/2023" in tab.form.editor("happened_on").shown_problem()
    tab.cancel()

    def unlock(dialog: QDialog) -> None:
        assert isinstance(dialog, LockDialog)
        click_button(dialog, "Mở khóa")
        assert dialog.isVisible()
        assert dialog.reason.shown_problem() == "Chưa có lý do."
        type_text(dialog.reason.control(), "Chứng từ về muộn")
        click_button(dialog, "Mở khóa")

    in_dialog(unlock, second.click)
    assert second.text() == "□ Quý II: đang mở"
    assert not locks.states(workspace, 2023)[1].is_locked


# --- the treasury's statement -----------------------------------------------------------------------------------------


def _paste(view: StatementView) -> None:
    QApplication.clipboard().setText(PASTED)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, StatementDialog)
        assert [row.is_problem for row in dialog.table.figures.rows] == [False, False, True]
        assert "không có ngày 31" in dialog.table.figures.rows[2].cells[-1].text
        assert dialog.save_button.text() == "Ghi 2 dòng"
        replace_text(dialog.name, "Sao kê quý II, III")
        click(dialog.save_button)

    in_dialog(act, view.paste_button.click)


def test_a_statement_is_looked_at_first_then_written_and_matched(tab: FundingTab, workspace: Workspace) -> None:
    view = _statement(tab)
    assert not view.match_button.isEnabled()
    _paste(view)
    (kept,) = workspace.all(TreasuryStatement)
    assert kept.name == "Sao kê quý II, III"
    assert [row.is_problem for row in view.lines.figures.rows] == [False, True]
    assert view.lines.figures.rows[0].cells[-1].text == "✓ 15/06/2023, UNC 01, Cơ sở 01"
    assert [row.cells[1].text for row in view.entries.figures.rows] == ["UNC 02"]
    assert "Sổ nhiều hơn sao kê: 139.945.000." in view._sums.text()
    workspace.undo()
    tab.refresh(frozenset())
    assert workspace.all(StatementLine) == ()
    assert view._hint.isVisible()


def test_a_match_is_taken_away_and_set_by_hand_with_the_keyboard(
    qtbot: QtBot, tab: FundingTab, workspace: Workspace
) -> None:
    view = _statement(tab)
    _paste(view)
    (kept,) = workspace.all(TreasuryStatement)
    for expected, number in (("Bỏ khớp", 0), ("15/06/2023, UNC 01, Cơ sở 01", 1)):
        view.lines.setFocus()
        view.lines.setCurrentIndex(view.lines.figures.index(0, 0))
        press(view.lines, Key.Key_Space)
        menu = next(each for each in view.findChildren(QMenu) if each.isVisible())
        assert menu.actions()[0].text() == expected
        press(menu, Key.Key_Return)
        qtbot.waitUntil(menu.isHidden)
        assert len(funding.reconciliation(workspace, kept.id).matched) == number


def test_pasting_needs_a_plan_and_says_where_to_make_one(qtbot: QtBot, tab: FundingTab) -> None:
    view = _statement(tab)
    tab.set_year(1999)
    with qtbot.waitSignal(tab.statusMessage) as told:
        click(view.paste_button)
    assert "chưa có kế hoạch" in str((told.args or [""])[0])


def test_a_statement_is_deleted_and_the_ledger_stays(tab: FundingTab, workspace: Workspace) -> None:
    view = _statement(tab)
    _paste(view)
    entries = workspace.all(FundEntry)
    click(view.remove_button)
    assert workspace.all(TreasuryStatement) == ()
    assert workspace.all(FundEntry) == entries
    assert view._hint.isVisible()


def test_a_project_chosen_for_an_entry_brings_its_programme_its_sources_plan_and_who_is_paid(
    tab: FundingTab, workspace: Workspace
) -> None:
    national = workspace.save(AnnualPlan(year=2023, source="KCQG"))
    programme = workspace.save(Programme(year=2023, name="Chương trình quốc gia", source="KCQG"))
    project = workspace.save(
        Project(name="Đề án quốc gia", year=2023, source="KCQG", programme_id=programme.id, implementer="Đơn vị 01")
    )
    tab.new()
    form = tab.form
    assert form.editor("kind").value() == "payment"
    replace_text(form.editor("project_id").control(), "Đề án quốc gia")
    form.editor("project_id").settle()
    assert form.editor("project_id").value() == project.id
    assert [form.editor(name).value() for name in ("programme_id", "plan_id", "payee")] == [
        programme.id,
        national.id,
        "Đơn vị 01",
    ]
    tab.cancel()


def test_the_first_entry_of_a_plan_gives_it_money_by_its_decision(tab: FundingTab, workspace: Workspace) -> None:
    workspace.save(AnnualPlan(year=2031, source="KCDP", decision="07/QĐ-UBND"))
    tab.set_year(2031)
    tab.new()
    assert [tab.form.editor(name).value() for name in ("kind", "document")] == ["allocation", "07/QĐ-UBND"]
    tab.cancel()


def test_a_year_without_a_plan_leads_to_where_plans_are_made(qtbot: QtBot, tab: FundingTab) -> None:
    tab.set_year(2040)
    QApplication.processEvents()
    with qtbot.waitSignal(tab.requestOpen) as opened:
        click_button(tab.strip, "Thêm kế hoạch năm")
    assert opened.args[0] == "plans"


def test_a_year_without_entries_says_what_to_write_first(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.pages.tab_for("fund-entries")
    assert isinstance(tab, FundingTab)
    tab.show_part("months")
    view = tab.view()
    assert view is not None
    assert not any("chưa có bút toán nào" in text for text in texts(view))
    tab.set_year(2019)
    qtbot.waitUntil(lambda: any("chưa có bút toán nào" in text for text in texts(view)))

"""Thù lao as a clerk works it: propose months, tick people, make the list, print it, book it, reverse it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.directory import Disclosure
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.network import Remuneration, RemunerationList, RemunerationRule
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import Programme
from kc_desktop.services import funding, papers
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, click, click_button, in_dialog, press, replace_text
from ui.dialogs.book_remuneration import BookDialog
from ui.dialogs.purpose import PurposeDialog
from ui.dialogs.remuneration import MakeListDialog
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.remuneration import RemunerationTab


@pytest.fixture
def tab(window: MainWindow) -> RemunerationTab:
    """The part Thù lao of the window on the sample."""
    window.pages.tab_for("remuneration-lists").open_record("remuneration-lists", 1)
    found = window.pages.current()
    front = found.front()  # type: ignore[union-attr]  # the tab Cộng tác viên, a group
    assert isinstance(front, RemunerationTab)
    return front


def _book(tab: RemunerationTab) -> FundEntry:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BookDialog)
        dialog.day.set_value(date(2023, 7, 10))
        replace_text(dialog.fields["document"].control(), "UNC 12")
        click(dialog.ok_button)

    in_dialog(act, tab.book_button.click)
    return max(tab.workspace.all(FundEntry), key=lambda each: each.id)


def _proposal(tab: RemunerationTab) -> MakeListDialog:
    tab.new()
    (dialog,) = tab.findChildren(MakeListDialog)
    return dialog


def test_a_list_is_proposed_for_the_next_quarter_and_made_of_those_who_are_ticked(tab: RemunerationTab) -> None:
    workspace = tab.workspace
    before = workspace.revision
    left_out = workspace.children(Person, name="Cộng tác viên 01")[0]
    dialog = _proposal(tab)
    assert (dialog.first.value(), dialog.last.value()) == ("2023-07", "2023-09")
    assert dialog.name.value() == "Bảng thù lao từ tháng 7 đến tháng 9 năm 2023"
    assert len(dialog.ticked()) == 25
    dialog.tick(left_out.id, ticked=False)
    assert "Đã chọn 24 người, tổng số tiền 38.880.000 đồng" in dialog.words.text()
    click(dialog.make_button)
    listed = workspace.all(RemunerationList)[-1]
    assert {each.person_id for each in workspace.children(Remuneration, list_id=listed.id)} & {left_out.id} == set()
    assert workspace.revision == before + 1
    assert tab.form.visible_title() == "Bảng thù lao từ tháng 7 đến tháng 9 năm 2023"
    assert workspace.undo_label == "Lập bảng thù lao từ tháng 7 đến tháng 9 năm 2023"


def test_who_is_not_due_stands_in_the_proposal_unticked_with_the_reason(tab: RemunerationTab) -> None:
    tab.workspace.save(Person(name="Cộng tác viên 91", group_code="collaborator"))
    dialog = _proposal(tab)
    last = dialog.table.rowCount() - 1
    name, reason = dialog.table.item(last, 0), dialog.table.item(last, 4)
    assert name is not None
    assert reason is not None
    assert name.text() == "Cộng tác viên 91"
    assert name.checkState() is Qt.CheckState.Unchecked
    assert not name.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert reason.text().startswith("Chưa có quyết định công nhận")
    assert not dialog.table.isColumnHidden(4)
    assert "1 người không được tính" in dialog.words.text()
    tab.cancel()
    assert not dialog.isVisible()


def test_the_next_list_is_paid_out_of_what_the_last_one_was(tab: RemunerationTab) -> None:
    workspace = tab.workspace
    (listed,) = workspace.all(RemunerationList)
    programme = workspace.all(Programme)[0]
    workspace.save(dataclasses.replace(listed, programme_id=programme.id))
    dialog = _proposal(tab)
    assert (dialog.plan.value(), dialog.programme.value()) == (listed.plan_id, programme.id)
    tab.cancel()


def test_where_nobody_is_due_anything_the_reason_and_the_way_out_stand_under_the_table(tab: RemunerationTab) -> None:
    for each in tab.workspace.all(RemunerationRule):
        tab.workspace.delete(RemunerationRule, each.id)
    dialog = _proposal(tab)
    assert dialog.words.text().startswith("▲ Mức thù lao cấp huyện tháng 07/2023 chưa có: ghi ở Danh mục")
    assert not dialog.make_button.isEnabled()
    tab.cancel()


def test_months_that_run_backwards_make_no_list(tab: RemunerationTab) -> None:
    dialog = _proposal(tab)
    dialog.first.set_value("2023-09")
    dialog.last.set_value("2023-07")
    dialog.last.changed.emit()
    assert not dialog.make_button.isEnabled()
    assert dialog.table.rowCount() == 0
    tab.cancel()


def test_rows_are_ticked_with_the_keyboard_alone(tab: RemunerationTab) -> None:
    dialog = _proposal(tab)
    dialog.table.setFocus()
    dialog.table.setCurrentCell(0, 0)
    press(dialog.table, Key.Key_Space)
    assert len(dialog.ticked()) == 24
    click_button(dialog, "Bỏ chọn")
    assert dialog.ticked() == frozenset()
    assert not dialog.make_button.isEnabled()
    click_button(dialog, "Chọn tất cả")
    assert len(dialog.ticked()) == 25
    tab.cancel()


def test_a_booked_list_is_locked_with_the_reason_and_freed_by_a_reversal(
    tab: RemunerationTab, window: MainWindow
) -> None:
    entry = _book(tab)
    assert (entry.amount_vnd, entry.document, entry.kind) == (33_525_000, "UNC 12", "payment")
    assert not tab.can(Verb.EDIT)
    assert not tab.can(Verb.REMOVE)
    assert not tab.book_button.isVisible()
    assert "đã ghi vào sổ kinh phí ngày 10/07/2023" in tab.form._notice.text()
    funding.reverse(tab.workspace, entry.id, "Ghi nhầm tháng", on=date(2023, 7, 11))
    window.refresh()
    assert tab.can(Verb.EDIT)
    assert tab.book_button.isVisible()
    assert "đã được đảo" in tab.form._notice.text()
    tab.remove()
    assert tab.workspace.all(RemunerationList) == ()


def test_a_list_nobody_is_paid_from_says_so_at_its_field(tab: RemunerationTab) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, BookDialog)
        dialog.fields["plan_id"].set_value(None)
        click(dialog.ok_button)
        assert dialog.isVisible()
        assert dialog.fields["plan_id"].shown_problem()

    in_dialog(act, tab.book_button.click)


def test_the_paper_bears_masked_accounts_until_somebody_says_what_for(tab: RemunerationTab) -> None:
    workspace = tab.workspace
    person = workspace.children(Person, name="Cộng tác viên 07")[0]
    tab.workspace.save(_with_account(person))
    asked: list[tuple[str, object]] = []
    tab.requestPaper.disconnect()
    tab.requestPaper.connect(lambda key, record_id: asked.append((key, record_id)))
    click(tab.print_button)
    assert "0123456789012" not in _words(workspace)
    assert "9012" in _words(workspace)

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PurposeDialog)
        dialog.purpose.setCurrentText("Lập chứng từ chi trả")
        click_button(dialog, "Hiện")

    in_dialog(act, tab.accounts_button.click)
    assert asked == [("remuneration-list", 1)] * 2
    assert "0123456789012" in _words(workspace)
    (kept,) = workspace.all(Disclosure)
    assert (kept.person_id, kept.reason) == (person.id, "Lập chứng từ chi trả")


def _with_account(person: Person) -> Person:
    return dataclasses.replace(person, bank_account="0123456789012", bank_name="Ngân hàng 01")


def _words(workspace: Workspace) -> str:
    return plain_text(papers.build(workspace, "remuneration-list", 1))

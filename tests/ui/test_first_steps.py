"""The first steps of a new file: page by page, each kept, nothing demanded, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from kc_desktop.domain.office import Signer
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.services import backup
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, in_dialog, press, show_active, type_text
from tests.ui.test_words import _english, _nameless
from ui.dialogs.first_steps import FirstStepsDialog, _FoldersPage, _OldListsPage, _SignersPage, _YearPage
from ui.main_window import MainWindow


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "mới.kcdb")
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot: QtBot, new: Workspace) -> FirstStepsDialog:
    made = FirstStepsDialog(new)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def _go_to(dialog: FirstStepsDialog, place: int) -> None:
    while dialog.stack.currentIndex() < place:
        dialog.next_button.click()


def test_a_clerk_types_through_all_pages(dialog: FirstStepsDialog, new: Workspace) -> None:
    years: list[int] = []
    dialog.yearChosen.connect(years.append)
    type_text(dialog.page().editors["parent_name"].control(), "Sở Công Thương")
    type_text(dialog.page().editors["name"].control(), "Trung tâm Khuyến công")
    press(dialog.page().editors["abbreviation"].control(), Key.Key_Return)
    signers = dialog.page()
    assert isinstance(signers, _SignersPage)
    assert new.office.name == "Trung tâm Khuyến công"
    type_text(signers.editors["name"].control(), "Đại biểu 07")
    type_text(signers.editors["post"].control(), "Giám đốc")
    signers.more_button.click()
    assert "Đại biểu 07" in signers.there.text()
    assert signers.editors["name"].control().hasFocus()
    dialog.next_button.click()
    year = dialog.page()
    assert isinstance(year, _YearPage)
    year.year.set_value(2027)
    year.boxes["KCDP"].click()
    dialog.next_button.click()
    assert isinstance(dialog.page(), _FoldersPage)
    dialog.next_button.click()
    assert dialog.next_button.text() == "Xong"
    dialog.next_button.click()
    assert not dialog.isVisible()
    assert years == [2027]
    assert [each.post for each in new.all(Signer)] == ["Giám đốc"]
    assert [(each.year, each.source) for each in new.all(AnnualPlan)] == [(2027, "KCDP")]


def test_tab_goes_from_a_typed_year_to_its_plans_and_only_then_to_the_buttons(dialog: FirstStepsDialog) -> None:
    _go_to(dialog, 2)
    year = dialog.page()
    assert isinstance(year, _YearPage)
    type_text(year.year.control(), "2027")  # the boxes are made anew with every letter
    QApplication.processEvents()
    press(year.year.control(), Key.Key_Tab)
    assert dialog.focusWidget() is year.boxes["KCDP"]
    press(year.boxes["KCDP"], Key.Key_Tab)
    assert dialog.focusWidget() is year.boxes["KCQG"]


def test_the_last_step_leads_on_to_the_old_lists(dialog: FirstStepsDialog) -> None:
    told: list[str] = []
    dialog.importWanted.connect(partial(told.append, "import"))
    _go_to(dialog, 4)
    page = dialog.page()
    assert isinstance(page, _OldListsPage)
    page.import_button.click()
    assert (told, dialog.isVisible()) == (["import"], False)


def test_every_page_may_wait(dialog: FirstStepsDialog, new: Workspace) -> None:
    _go_to(dialog, 3)
    dialog.back_button.click()
    assert dialog.heading.text() == "Bước 3/5: Năm làm việc"
    dialog.later_button.click()
    assert not dialog.isVisible()
    assert new.all(Signer) == ()


def test_what_is_wrong_is_said_at_its_field_and_the_page_stays(dialog: FirstStepsDialog, new: Workspace) -> None:
    type_text(dialog.page().editors["place"].control(), "Thủ Dầu Một")
    dialog.next_button.click()
    assert dialog.stack.currentIndex() == 0
    assert dialog.page().editors["name"].shown_problem()
    type_text(dialog.page().editors["name"].control(), "Trung tâm Khuyến công")
    dialog.next_button.click()
    type_text(dialog.page().editors["name"].control(), "Đại biểu 07")
    dialog.next_button.click()
    assert dialog.stack.currentIndex() == 1
    assert "chức vụ" in dialog.page().editors["post"].shown_problem()
    assert new.all(Signer) == ()


def test_what_was_typed_goes_only_with_a_second_esc(dialog: FirstStepsDialog) -> None:
    line = dialog.page().editors["name"].control()
    type_text(line, "Trung tâm")
    press(line, Key.Key_Escape)
    assert dialog.isVisible()
    assert "chưa lưu" in dialog.problem.text()
    press(line, Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_backups_go_where_one_says(
    dialog: FirstStepsDialog, new: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "Ổ khác"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(other))
    _go_to(dialog, 3)
    page = dialog.page()
    assert isinstance(page, _FoldersPage)
    page.change_button.click()
    assert page.folder.text() == str(other)
    assert backup.folder_of(new.path) == other


def test_the_menu_leads_back_to_the_steps_and_shows_what_is_there(window: MainWindow) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FirstStepsDialog)
        assert window.workspace is not None
        assert dialog.page().editors["name"].value() == window.workspace.office.name
        _go_to(dialog, 2)
        year = dialog.page()
        assert isinstance(year, _YearPage)
        assert year.chosen_year() == 2023
        assert list(year.boxes) == ["KCQG"]

    in_dialog(act, window.actions_.first_steps.trigger)


def test_the_steps_speak_vietnamese_and_name_their_controls(dialog: FirstStepsDialog) -> None:
    for place in range(3):  # the last one says where the test lies
        _go_to(dialog, place)
        assert _english(dialog) == []
        assert _nameless(dialog) == []

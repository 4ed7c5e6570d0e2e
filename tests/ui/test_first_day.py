"""What somebody in a hurry meets on the first day: keys that go where one looks, names told apart, nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Meeting
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click_button, press, show_active, texts, type_text
from tests.ui.test_words import _every_tab
from ui.dialogs.office import OfficeDialog
from ui.main_window import MainWindow
from ui.tabs.meetings import MeetingsTab
from ui.tabs.programmes import ProgrammesTab
from ui.view_state import ViewState
from ui.widgets.list_panel import ListPanel


def _shown(panel: ListPanel, key: str) -> bool:
    """Whether a column stands in the room of the list without scrolling."""
    header, section = panel.table.horizontalHeader(), panel.model.section_of(key)
    end = header.sectionViewportPosition(section) + header.sectionSize(section)
    return end <= panel.table.viewport().width()


def test_the_office_of_a_new_file_takes_the_first_key_and_ctrl_s(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "mới.kcdb")
    dialog = OfficeDialog(workspace)
    qtbot.addWidget(dialog)
    show_active(qtbot, dialog)
    assert dialog.form.visible_title() == "Đơn vị"
    first = dialog.form.editor("parent_name").control()
    assert first.hasFocus()
    type_text(first, "Sở Công Thương")
    type_text(dialog.form.editor("name").control(), "Trung tâm Khuyến công")
    press(first, Key.Key_Escape)
    assert dialog.form.is_dirty(), "one Esc must not throw a filled form away"
    press(first, Key.Key_S, CTRL)
    assert not dialog.form.is_dirty()
    assert workspace.office.name == "Trung tâm Khuyến công"
    assert workspace.office.parent_name == "Sở Công Thương"
    dialog.close()
    workspace.close()


def test_a_new_record_half_typed_goes_only_with_a_second_esc(window: MainWindow) -> None:
    tab = window.pages.tab_for("people")
    tab.open_record("people", 1)
    form = tab.front().form  # type: ignore[attr-defined]  # a GroupTab
    tab.new()
    post = form.editor("post").control()
    type_text(post, "Chuyên viên")
    press(post, Key.Key_Escape)
    assert form.is_dirty()
    type_text(post, "!")
    press(post, Key.Key_Escape)
    assert form.is_dirty(), "typing on takes the first Esc back"
    press(post, Key.Key_Escape)
    assert not form.is_editing()


def test_a_record_found_by_the_box_has_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_K, CTRL)
    type_text(window.quick_find, "ho tran")
    qtbot.waitUntil(lambda: len(window.quick_find.suggestions_shown()) > 0)
    press(window.quick_find, Key.Key_Return)
    tab = window.pages.current()
    assert tab is not None
    assert tab.front().panel.table.hasFocus()  # type: ignore[attr-defined]  # a GroupTab


def test_esc_leaves_the_box_for_the_rows(window: MainWindow) -> None:
    press(window, Key.Key_5, CTRL)
    press(window, Key.Key_K, CTRL)
    type_text(window.quick_find, "ho")
    press(window.quick_find, Key.Key_Escape)
    assert window.quick_find.hasFocus(), "the first Esc takes the list away"
    press(window.quick_find, Key.Key_Escape)
    tab = window.pages.current()
    assert isinstance(tab, MeetingsTab)
    assert tab.panel.table.hasFocus()
    assert not window.quick_find.text()


def test_ctrl_and_a_digit_goes_to_a_tab_and_into_its_rows(window: MainWindow) -> None:
    press(window, Key.Key_5, CTRL)
    tab = window.pages.current()
    assert isinstance(tab, MeetingsTab)
    assert tab.panel.table.hasFocus()


def test_state_and_amounts_of_a_project_stand_beside_its_name_on_a_small_screen(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, ProgrammesTab)
    panel = tab.show_part("projects").panel
    for key in ("code", "name", "state", "requested_vnd"):
        qtbot.waitUntil(lambda key=key: _shown(panel, key))  # type: ignore[misc]  # bound at once


def test_widths_the_user_has_chosen_stay(state: ViewState, workspace: Workspace) -> None:
    first = ListPanel(workspace, state, "people")
    first.columns._has_own_widths = True  # what dragging the edge of a heading says
    first.table.setColumnWidth(0, 333)
    first.remember()
    again = ListPanel(workspace, state, "people")
    again.resize(500, 300)
    again.show()
    again.set_year(0)
    assert again.table.columnWidth(0) == 333
    again.close()


def test_taking_a_filter_away_shows_a_record(window: MainWindow) -> None:
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, ProgrammesTab)
    part = tab.show_part("projects")
    type_text(part.panel.search, "khong co gi ca")
    part.panel.select(0)
    part.form.show_record(None)
    part.panel._empty.button.click()
    assert part.current_record() is not None


def test_tab_goes_from_the_names_to_the_groups(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workspace is not None
    meeting = window.workspace.save(Meeting(title="Giao ban", held_on=date(2023, 6, 30)))
    tab = window.pages.tab_for("meetings")
    assert isinstance(tab, MeetingsTab)
    tab.open_record("meetings", meeting.id)
    tab.editor.show_part(2)
    section = tab.editor.attendance
    qtbot.waitUntil(lambda: all(each.isVisible() for each in section.group_buttons.values()))
    section.add_line.setFocus()
    for button in section.group_buttons.values():
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        assert button.hasFocus(), button.text()


@pytest.mark.parametrize("typed", ["abc", "2o27"])
def test_a_year_that_is_none_is_explained_with_a_year(window: MainWindow, typed: str) -> None:
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, ProgrammesTab)
    form = tab.show_part("projects").form
    tab.new()
    year = form.editor("end_year")
    type_text(year.control(), typed)
    year.settle()
    assert "2023" in year.shown_problem()


def test_a_day_without_a_year_lies_in_the_year_worked_on(window: MainWindow) -> None:
    tab = window.pages.tab_for("fund-entries")
    tab.new()
    day = tab.form.editor("happened_on")  # type: ignore[attr-defined]  # a RecordTab
    type_text(day.control(), "15/9")
    assert day.value() == date(2023, 9, 15)


def test_giving_up_a_new_record_shows_the_one_under_the_bar_again(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.pages.tab_for("fund-entries")
    qtbot.waitUntil(tab.isVisible)
    before = tab.current_record()
    tab.new()
    click_button(tab, "Hoãn")
    assert before is not None
    assert tab.current_record() == before


def test_every_part_of_a_new_file_says_what_to_do_first(qtbot: QtBot, state: ViewState, tmp_path: Path) -> None:
    window = MainWindow(state)
    qtbot.addWidget(window)
    window.show_workspace(Workspace.create(tmp_path / "mới.kcdb"))
    show_active(qtbot, window)
    silent = []
    empty = 0
    for tab in _every_tab(window):
        for panel in tab.findChildren(ListPanel):
            if panel.isVisible() and not panel.model.rowCount():
                empty += 1
                said = " ".join(texts(panel))
                if not any(verb in said for verb in ("Bấm", "bấm", "Ghi", "ghi")):
                    silent.append((panel.model.spec.key, said))
    assert empty > 10
    assert silent == []
    for tab in window.pages.built():
        tab.cancel()
    window.close()

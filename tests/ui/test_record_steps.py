"""Trước, Sau in a form: along the list as it stands, over the end of what is read, never away from unsaved text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import click, press, replace_text, show_active
from ui.models.list_window import PAGE_ROWS
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_steps import RecordSteps

ALT = Qt.KeyboardModifier.AltModifier
MANY = PAGE_ROWS + 2


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> RecordTab:
    with workspace.change("Thêm cơ sở"):
        for number in range(MANY):
            workspace.save(Establishment(name=f"Nơi làm {number:03}"))
    made = RecordTab(workspace, state, "establishments")
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.set_year(0)
    show_active(qtbot, made)
    made.open_request("establishments", ListRequest(search="nơi làm"))
    qtbot.waitUntil(lambda: made.steps is not None and made.panel.total == MANY)
    return made


def _steps(tab: RecordTab) -> RecordSteps:
    assert tab.steps is not None
    return tab.steps


def test_the_form_goes_along_the_list_by_buttons_and_keys_and_says_where_it_is(tab: RecordTab) -> None:
    steps = _steps(tab)
    assert steps.place.text() == f"1/{MANY}"
    assert not steps.previous.isEnabled()
    click(steps.next)
    assert tab.form.record.name == "Nơi làm 001"
    tab.form.setFocus()
    press(tab.form, Qt.Key.Key_Right, ALT)
    assert (tab.form.record.name, steps.place.text()) == ("Nơi làm 002", f"3/{MANY}")
    assert tab.panel.selection.ids() == (tab.form.record.id,), "the bar of the list goes along"
    press(tab.form, Qt.Key.Key_Left, ALT)
    assert tab.form.record.name == "Nơi làm 001"


def test_the_next_page_is_read_where_those_read_so_far_end(tab: RecordTab) -> None:
    tab.open_record("establishments", tab.panel.model.id_at(PAGE_ROWS - 1))
    steps = _steps(tab)
    for _ in range(MANY - PAGE_ROWS):
        click(steps.next)
    assert (tab.form.record.name, steps.place.text()) == (f"Nơi làm {MANY - 1:03}", f"{MANY}/{MANY}")
    assert not steps.next.isEnabled()
    steps.step(1)
    assert tab.form.record.name == f"Nơi làm {MANY - 1:03}"


def test_unsaved_text_is_not_left(tab: RecordTab) -> None:
    tab.edit()
    replace_text(tab.form.editor("name").control(), "Nơi làm mới")
    before = tab.form.record
    click(_steps(tab).next)
    assert tab.form.record is before
    assert tab.form.is_dirty()
    assert "chưa lưu" in tab.form._notice.text()
    tab.cancel()


def test_a_record_that_is_not_in_the_list_has_no_neighbours(tab: RecordTab, workspace: Workspace) -> None:
    other = next(each for each in workspace.all(Establishment) if not each.name.startswith("Nơi làm"))
    tab.open_record("establishments", other.id)
    assert not _steps(tab).isVisible()
    _steps(tab).step(1)
    assert tab.form.record.id == other.id

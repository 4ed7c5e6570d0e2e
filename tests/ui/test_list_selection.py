"""Several rows of a list at once: chosen by keys, summed, copied; every row chosen without being read."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.services import lists, selection
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, press, show_active
from ui.models.list_window import PAGE_ROWS
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets import list_selection

DESCENDING = Qt.SortOrder.DescendingOrder
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def projects(qtbot: QtBot, workspace: Workspace, state: ViewState) -> RecordTab:
    made = RecordTab(workspace, state, "projects")
    qtbot.addWidget(made)
    made.resize(1300, 600)
    made.set_year(2023)
    show_active(qtbot, made)
    made.panel.table.setFocus()
    assert not made.panel.selection.is_several()
    return made


def _amounts(tab: RecordTab, rows: range) -> list[int]:
    values = (tab.panel.model.value_at(row, "requested_vnd") for row in rows)
    return [value for value in values if isinstance(value, int)]


def test_shift_and_the_arrows_choose_rows_and_the_form_shows_the_one_under_the_bar(
    projects: RecordTab, qtbot: QtBot
) -> None:
    table, panel = projects.panel.table, projects.panel
    press(table, Key.Key_Down)
    for _ in range(2):
        press(table, Key.Key_Down, SHIFT)
    assert panel.selection.ids() == tuple(panel.model.id_at(row) for row in (1, 2, 3))
    assert projects.form.record.id == panel.model.id_at(1), "the rows drawn over are not read one by one"
    qtbot.waitUntil(lambda: projects.form.record.id == panel.model.id_at(3))
    amounts = _amounts(projects, range(1, 4))
    words = panel.selection.words()
    assert words.startswith("Đã chọn 3 đề án · Σ Hỗ trợ đề nghị ")
    assert f"{format_vnd(sum(amounts))} đồng" in words
    assert f"đếm {len(amounts)}" in words
    press(table, Key.Key_Down)
    assert panel.selection.words() == "", "one row is told by its form"


def test_the_form_stays_with_the_row_chosen_while_ctrl_and_the_arrows_only_look(
    projects: RecordTab, qtbot: QtBot
) -> None:
    panel = projects.panel
    first = projects.form.record.id
    press(panel.table, Key.Key_Down, CTRL)
    press(panel.table, Key.Key_Down, CTRL)
    assert panel.table.currentIndex().row() == 2
    qtbot.waitUntil(lambda: not panel._bar_timer.isActive())
    assert projects.form.record.id == panel.model.id_at(0) == first
    press(panel.table, Key.Key_Down)
    qtbot.waitUntil(lambda: projects.form.record.id == panel.model.id_at(3))


def test_what_is_chosen_stays_chosen_when_the_list_is_read_again(projects: RecordTab) -> None:
    table, panel = projects.panel.table, projects.panel
    press(table, Key.Key_Down, SHIFT)
    chosen = set(panel.selection.ids())
    table.horizontalHeader().setSortIndicator(panel.model.section_of("requested_vnd"), DESCENDING)
    assert set(panel.selection.ids()) == chosen
    panel.refresh()
    assert set(panel.selection.ids()) == chosen
    panel.show_request(ListRequest(year=2023, search="không có đề án nào như thế"))
    assert not panel.selection.is_several()


def test_all_rows_are_chosen_without_being_read_and_summed_in_the_file(
    qtbot: QtBot, workspace: Workspace, state: ViewState, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace.change("Thêm cơ sở"):
        for number in range(PAGE_ROWS * 2):
            workspace.save(Establishment(name=f"Cơ sở {number:03}", workers=2))
    tab = RecordTab(workspace, state, "establishments")
    qtbot.addWidget(tab)
    tab.set_year(0)
    show_active(qtbot, tab)
    tab.panel.show_request(ListRequest(search="cơ sở"))
    reads = tab.form.record
    assert tab.panel.selection.words() == ""
    press(tab.panel.table, Key.Key_A, CTRL)
    assert tab.panel.selection.is_all()
    assert tab.panel.model.rowCount() == PAGE_ROWS
    chosen = tab.panel.selection.chosen()
    assert chosen.ids is None
    assert selection.size(workspace, chosen) == tab.panel.model.count() >= PAGE_ROWS * 2
    assert len(selection.ids(workspace, chosen)) == tab.panel.model.count()
    assert tab.form.record is reads, "none of them was fetched"
    said = tab.panel.selection.words()
    monkeypatch.setattr(list_selection, "_AT_ONCE", 1)
    tab.panel.columns.arrange(("name", "workers"))
    tab.panel.table.setCurrentIndex(tab.panel.model.index(0, tab.panel.model.section_of("workers")))
    press(tab.panel.table, Key.Key_A, CTRL)
    assert tab.panel.selection.words().endswith("đang cộng…"), "the window does not wait for a long list"
    tab.panel.remember()
    assert tab.panel.selection.words().endswith("đang cộng…"), "a file that stays open is added up anew"
    qtbot.waitUntil(lambda: "Σ Lao động" in tab.panel.selection.words())
    assert tab.panel.selection.words().startswith(said)
    tab.panel.model.fetchMore()
    assert tab.panel.table.selectionModel().isRowSelected(PAGE_ROWS + 5, tab.panel.model.index(-1, -1))
    press(tab.panel.table, Key.Key_Down)
    assert not tab.panel.selection.is_all()


def test_rows_are_copied_with_their_headings_as_they_stand(projects: RecordTab) -> None:
    panel = projects.panel
    panel.table.horizontalHeader().setSectionHidden(panel.model.section_of("state"), True)
    panel.table.horizontalHeader().setSortIndicator(panel.model.section_of("requested_vnd"), DESCENDING)
    panel.select_first()
    press(panel.table, Key.Key_Down, SHIFT)
    press(panel.table, Key.Key_C, CTRL)
    data = QGuiApplication.clipboard().mimeData()
    heading, first, second = data.text().split("\n")
    assert "Trạng thái" not in heading
    place = heading.split("\t").index("Hỗ trợ đề nghị (đồng)")
    assert int(first.split("\t")[place]) == _amounts(projects, range(1))[0]
    assert first != second
    assert f'x:num="{_amounts(projects, range(1))[0]}"' in data.html()


def test_a_click_with_ctrl_adds_a_row_and_a_plain_one_leaves_that_alone(projects: RecordTab) -> None:
    table, panel = projects.panel.table, projects.panel
    for row, keys in ((0, Qt.KeyboardModifier.NoModifier), (3, CTRL), (5, CTRL)):
        place = table.visualRect(panel.model.index(row, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, place)
    assert panel.selection.ids() == tuple(panel.model.id_at(row) for row in (0, 3, 5))
    place = table.visualRect(panel.model.index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert panel.selection.ids() == (panel.model.id_at(2),)


def test_an_amount_taken_back_is_taken_off_the_sum(workspace: Workspace) -> None:

    entry = next(each for each in workspace.all(FundEntry) if each.kind == "payment" or each.kind == "advance")

    reversal = workspace.save(
        dataclasses.replace(entry, id=0, kind="reversal", reverses_id=entry.id, reason="Ghi nhầm")
    )
    request = ListRequest()
    chosen = selection.Selection(key="fund-entries", request=request, ids=(entry.id, reversal.id))
    column = selection.summed_column("fund-entries", request, "document", ("amount_vnd", "document"))
    assert column is not None
    found = selection.sums(workspace, chosen, column)
    assert (found.total, found.counted, found.average, found.has_taken_off) == (0, 2, None, True)
    every = selection.sums(workspace, dataclasses.replace(chosen, ids=None), column)
    assert every.rows == lists.count(workspace, "fund-entries", request)

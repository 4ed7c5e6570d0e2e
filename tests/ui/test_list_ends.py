"""The far end of a long list, groups folded whole, groups read while somebody types: never the rows between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.services import list_groups
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press, show_active
from ui.models import record_list
from ui.models.list_groups import Heading
from ui.models.list_window import PAGE_ROWS
from ui.models.record_list import RecordListModel
from ui.view_state import ViewState
from ui.widgets.list_panel import ListPanel

CTRL = Qt.KeyboardModifier.ControlModifier
TRADES = ("Chế biến gỗ", "Cơ khí", "Dệt", "Gốm", "Mây tre")


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, state: ViewState) -> Iterator[ListPanel]:
    with workspace.change("Thêm cơ sở"):
        for number in range(200):
            workspace.save(Establishment(name=f"Cơ sở {number:03}", trade=TRADES[number % 5], phone=f"09{number:08}"))
    made = ListPanel(workspace, state, "establishments")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_year(0)
    show_active(qtbot, made)
    made.columns.arrange((*made.shown_columns(), "trade"))
    assert made.selection is not None
    yield made
    made.remember()
    made.close()


def _items(model: RecordListModel) -> list[object]:
    """Return what stands in each row: a record's id, a heading's words."""
    headings = [model.heading_at(row) for row in range(model.rowCount())]
    return [model.id_at(row) if each is None else each.words for row, each in enumerate(headings)]


def _everything(panel: ListPanel) -> list[object]:
    model = RecordListModel(panel._workspace, "establishments")
    model.show_columns(panel.model.extra_columns())
    model.group_by(panel.model.request.group)
    model.show_request(panel.model.request)
    assert not model.is_waiting()
    while model.canFetchMore():
        model.fetchMore()
    return _items(model)


@pytest.mark.parametrize("group", ["", "trade"])
def test_ctrl_end_goes_to_the_last_row_of_all_and_upwards_the_pages_come(panel: ListPanel, group: str) -> None:
    panel.columns.group_by(group)
    whole, table, model = _everything(panel), panel.table, panel.model
    press(table, Key.Key_End, CTRL)
    assert model.records_read() == PAGE_ROWS
    assert _items(model) == whole[-model.rowCount() :]
    assert panel.model.id_at(table.currentIndex().row()) == whole[-1]
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()
    seen = table.currentIndex().row()
    for _ in range(len(whole)):
        press(table, Key.Key_Up)
    assert _items(model) == whole
    assert table.currentIndex().row() == 0
    assert seen < len(whole)
    press(table, Key.Key_End, CTRL)
    assert _items(model) == whole, "all is read by now"


def test_ctrl_home_comes_back_and_the_handle_let_go_at_the_bottom_shows_the_last_rows(panel: ListPanel) -> None:
    whole, table, model = _everything(panel), panel.table, panel.model
    bar, before = table.verticalScrollBar(), panel.current_id()
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum())
    bar.setSliderDown(False)
    assert model.is_from_end
    assert _items(model) == whole[-PAGE_ROWS:]
    assert bar.value() == bar.maximum()
    assert panel.current_id() == before, "the bar of the rows stays on its record"
    table.setFocus()
    press(table, Key.Key_Home, CTRL)
    assert _items(model) == whole[:PAGE_ROWS]
    assert model.id_at(table.currentIndex().row()) == whole[0]


def test_all_groups_are_folded_read_or_not_and_one_is_opened_again(
    panel: ListPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_groups, "GROUPS_AT_A_TIME", 2)
    panel.columns.group_by("trade")
    whole, model = _everything(panel), panel.model
    model.fold_all(True)
    assert model.rowCount() == 2, "headings come a few at a time, too"
    press(panel.table, Key.Key_End, CTRL)
    assert panel.table.currentIndex().row() == model.rowCount() - 1
    assert _items(model) == [each for each in whole if isinstance(each, str)]
    row = next(row for row, each in enumerate(_items(model)) if str(each).endswith("Gốm (40 cơ sở CNNT)"))
    assert panel.columns._groups is not None
    panel.columns._groups.fold(row, False)
    heading = model.heading_at(row)
    assert isinstance(heading, Heading)
    assert not heading.is_folded
    assert sum(isinstance(each, int) for each in _items(model)) == 40
    press(panel.table, Key.Key_End, CTRL)
    assert _items(model)[-1] == [each for each in whole if isinstance(each, str)][-1], "its rows are folded away"
    model.fold_all(False)
    assert model.id_at(1) == whole[1]


def test_a_long_grouped_list_is_read_while_one_types_and_shows_what_was_typed_last(
    panel: ListPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_list, "_LONG", 10)
    panel.columns.group_by("trade")
    assert panel.model.is_waiting()
    qtbot.waitUntil(lambda: not panel.model.is_waiting())
    assert _items(panel.model) == _everything(panel)[: panel.model.rowCount()]
    before = _items(panel.model)
    panel.search.setText("cơ sở 0")
    panel.search.setText("cơ sở 00")
    assert panel.model.is_waiting()
    assert _items(panel.model) == before, "what was there stays until the other is read"
    qtbot.waitUntil(lambda: not panel.model.is_waiting())
    assert _items(panel.model) == _everything(panel)
    assert sum(isinstance(each, int) for each in _items(panel.model)) == 10
    panel.search.setText("qwz")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert "qwz" in panel._empty.words()
    panel.search.setText("cơ sở 01")
    panel.refresh()
    assert not panel.model.is_waiting(), "whoever reads at once gives the other up"
    assert _items(panel.model) == _everything(panel)


def test_a_group_folded_while_another_request_is_read_is_one_of_that_request(
    panel: ListPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_list, "_LONG", 10)
    panel.columns.group_by("trade")
    qtbot.waitUntil(lambda: not panel.model.is_waiting())
    panel.search.setText("cơ sở 00")
    assert panel.model.is_waiting()
    panel.model.fold(0, True)
    assert not panel.model.is_waiting()
    shown = _items(panel.model)
    panel.model.refresh()
    assert shown == _items(panel.model), "counts and rows are those of what was typed"
    assert next(each for each in shown if isinstance(each, str)).endswith("Chế biến gỗ (2 cơ sở CNNT)")


def test_a_column_chosen_while_the_rows_are_still_read_is_read_with_them(
    panel: ListPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_list, "_LONG", 10)
    panel.columns.group_by("trade")
    panel.search.setText("qwz")
    qtbot.waitUntil(lambda: not panel.model.is_waiting())
    assert panel.model.rowCount() == 0
    panel.search.setText("cơ sở 00")
    assert panel.model.is_waiting()
    panel.columns.arrange((*panel.shown_columns(), "workers"))
    qtbot.waitUntil(lambda: not panel.model.is_waiting())
    assert panel.model.id_at(1)
    assert panel.model.value_at(1, "trade") == "Chế biến gỗ"
    assert panel.model.value_at(1, "workers") is None


def test_headings_at_the_end_stay_below_when_the_beginning_is_reached(
    panel: ListPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_groups, "GROUPS_AT_A_TIME", 2)
    with panel._workspace.change("Thêm cơ sở"):
        for number in range(200, 290):
            panel._workspace.save(Establishment(name=f"Cơ sở {number}", trade="Bột giấy", phone=f"09{number:08}"))
    panel.columns.group_by("trade")
    model = panel.model
    model.fold_all(True)
    model.fold(0, False)
    model.show_end()
    before = _items(model)
    assert model.is_from_end
    came = model.fetch_before()
    assert not model.is_from_end
    assert _items(model)[came:] == before, "what stood there has only moved down"


def test_columns_are_fitted_to_rows_that_come_later(qtbot: QtBot, tmp_path: Path, state: ViewState) -> None:
    empty = Workspace.create(tmp_path / "trống.kcdb")
    made = ListPanel(empty, state, "establishments")
    qtbot.addWidget(made)
    made.resize(1200, 400)
    made.set_year(0)
    show_active(qtbot, made)
    section = made.model.section_of("name")
    narrow = made.table.columnWidth(section)
    empty.save(Establishment(name="Hợp tác xã chế biến gỗ và mây tre xuất khẩu", phone="0900000001"))
    made.refresh()
    qtbot.waitUntil(lambda: made.table.columnWidth(section) > narrow)
    made.remember()
    made.close()
    empty.close()

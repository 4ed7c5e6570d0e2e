"""Lists: pages on demand, search and sort in SQL, the bar kept on its record, columns remembered."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, click, compose, press, show_active, type_text
from ui.models.list_window import PAGE_ROWS
from ui.models.record_list import RecordListModel
from ui.view_state import ViewState
from ui.widgets.list_panel import ListPanel


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, state: ViewState) -> ListPanel:
    made = ListPanel(workspace, state, "people")
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.set_year(0)
    show_active(qtbot, made)
    return made


def _names(panel: ListPanel) -> list[str]:
    model = panel.model
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


@pytest.mark.parametrize("key", sorted(LISTS))
def test_every_list_is_a_sound_model(qtmodeltester, workspace: Workspace, key: str) -> None:  # type: ignore[no-untyped-def]  # pytest-qt ships no type for it
    model = RecordListModel(workspace, key)
    model.show_request(ListRequest())
    qtmodeltester.check(model)


def test_rows_are_fetched_a_page_at_a_time(workspace: Workspace, qapp: QApplication) -> None:
    assert qapp is not None
    with workspace.change("Thêm cơ sở"):
        for number in range(150):
            workspace.save(Establishment(name=f"Cơ sở {number:03}"))
    model = RecordListModel(workspace, "establishments")
    model.show_request(ListRequest(search="cơ sở"))
    assert model.rowCount() == PAGE_ROWS
    while model.canFetchMore():
        model.fetchMore()
    assert model.rowCount() == model.count() >= 150
    assert len({model.id_at(row) for row in range(model.rowCount())}) == model.rowCount()
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_numbers_stand_on_the_right_and_dates_are_written_out(workspace: Workspace, qapp: QApplication) -> None:
    assert qapp is not None
    model = RecordListModel(workspace, "fund-entries")
    model.show_request(ListRequest(year=2023))
    amount, day = model.section_of("amount_vnd"), model.section_of("happened_on")
    index = model.index(0, amount)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert model.data(index, Qt.ItemDataRole.TextAlignmentRole) == right
    assert "." in str(model.data(index))
    assert "(đồng)" in str(model.headerData(amount, Qt.Orientation.Horizontal))
    written = str(model.data(model.index(0, day)))
    assert date(int(written[6:]), int(written[3:5]), int(written[:2])).year == 2023


def test_each_letter_typed_narrows_the_list(panel: ListPanel) -> None:
    everybody = panel.model.rowCount()
    panel.focus_search()
    type_text(panel.search, "ho tran hong an")
    assert _names(panel) == ["Hồ Trần Hồng Ân"]
    press(panel.search, Key.Key_Escape)
    assert panel.model.rowCount() == everybody


def test_the_list_is_narrowed_while_letters_are_still_being_composed(panel: ListPanel) -> None:
    panel.focus_search()
    type_text(panel.search, "ho tran hong ")
    for preedit in ("A", "Â", "Ân"):
        compose(panel.search, preedit)
    assert _names(panel) == ["Hồ Trần Hồng Ân"]
    assert panel.search.text() == "ho tran hong "


def test_what_was_looked_for_is_said_as_it_was_typed(panel: ListPanel) -> None:
    type_text(panel.search, "<b>qwz</b>")
    assert "<b>qwz</b>" in panel._empty._words.text()
    assert panel._empty._words.textFormat() is Qt.TextFormat.PlainText


def test_a_mark_typed_wrongly_finds_nobody_and_the_list_says_so(panel: ListPanel) -> None:
    type_text(panel.search, "hồ trân")
    assert panel.model.rowCount() == 0
    assert "hồ trân" in panel._empty._words.text()
    assert panel._empty.button.text() == "Bỏ tìm, bỏ lọc"
    click(panel._empty.button)
    assert panel.model.rowCount() > 0
    assert panel.search.text() == ""


def test_down_goes_from_the_search_into_the_rows(panel: ListPanel, qtbot: QtBot) -> None:
    panel.focus_search()
    type_text(panel.search, "cong tac vien")
    with qtbot.waitSignal(panel.currentChanged) as told:
        press(panel.search, Key.Key_Down)
    assert panel.table.hasFocus()
    assert told.args == [panel.model.id_at(0)]
    with qtbot.waitSignal(panel.currentChanged):
        press(panel.table, Key.Key_Down)
    with qtbot.waitSignal(panel.opened):
        press(panel.table, Key.Key_Return)


def test_people_sort_by_given_name(panel: ListPanel) -> None:
    names = [name for name in _names(panel) if name in ("Hồ Trần Hồng Ân", "Trương Thanh Nhàn", "Lê Thị Thanh Tâm")]
    assert names == ["Hồ Trần Hồng Ân", "Trương Thanh Nhàn", "Lê Thị Thanh Tâm"]


def test_a_click_on_a_heading_sorts_in_sql_and_back(panel: ListPanel) -> None:
    header = panel.table.horizontalHeader()
    place = header.sectionViewportPosition(0) + 20
    before = _names(panel)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
        if panel.model.request.descending:
            break
    assert panel.model.request.descending
    assert _names(panel)[0] != before[0]


def test_the_bar_stays_on_its_record_when_rows_come_and_go(panel: ListPanel, workspace: Workspace) -> None:
    chosen = panel.model.id_at(3)
    panel.select(chosen)
    workspace.save(Person(name="Chuyên viên 00"))
    panel.refresh()
    assert panel.current_id() == chosen
    rows = panel.table.selectionModel().selectedRows()
    assert [panel.model.id_at(index.row()) for index in rows] == [chosen]
    assert rows[0].row() == 4


def test_a_refresh_tells_nobody_that_the_bar_moved(panel: ListPanel, qtbot: QtBot, workspace: Workspace) -> None:
    panel.select(panel.model.id_at(2))
    with qtbot.assertNotEmitted(panel.currentChanged):
        workspace.save(Person(name="Chuyên viên 00"))
        panel.refresh()


def test_the_count_is_told_in_words(panel: ListPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.countChanged) as told:
        panel.refresh()
    assert told.args == [f"{panel.model.count()} người"]


def test_columns_are_chosen_in_the_headings_menu_and_remembered(
    panel: ListPanel, qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    header = panel.table.horizontalHeader()
    header.customContextMenuRequested.emit(header.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "Họ và tên"
    phone = next(action for action in menu.actions() if action.text() == "Điện thoại")
    phone.trigger()
    menu.close()
    header.resizeSection(0, 333)
    panel.remember()
    again = ListPanel(workspace, state, "people")
    qtbot.addWidget(again)
    section = again.model.section_of("phone")
    assert again.table.horizontalHeader().isSectionHidden(section)
    assert again.table.horizontalHeader().sectionSize(0) == 333


def test_the_last_column_cannot_be_hidden(panel: ListPanel) -> None:
    for section in range(panel.model.columnCount()):
        panel.columns.show_column(section, False)
    assert panel.table.horizontalHeader().hiddenSectionCount() == panel.model.columnCount() - 1


def test_a_filter_stands_as_a_chip_that_can_be_taken_away(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    panel = ListPanel(workspace, state, "fund-entries")
    qtbot.addWidget(panel)
    panel.show_request(ListRequest(year=2023, filters=(("kind", ("allocation", "supplement")),)))
    narrowed = panel.model.rowCount()
    chips = [chip for chip in panel.findChildren(QToolButton) if chip.property("filter")]
    assert [chip.text() for chip in chips] == ["Loại: Giao vốn, Bổ sung"]
    chips[0].click()
    assert panel.model.request.filters == ()
    assert panel.model.rowCount() > narrowed


def test_an_empty_list_says_what_it_is_for_and_offers_the_first_step(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    panel = ListPanel(workspace, state, "meetings")
    qtbot.addWidget(panel)
    panel.set_year(1999)
    assert "Bấm Thêm" in panel._empty._words.text()
    with qtbot.waitSignal(panel.newWanted):
        panel._empty.button.click()

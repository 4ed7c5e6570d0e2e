"""The agenda's clock, its sum against the planned end, and rows dragged to another place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import AgendaItem, Meeting
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from tests.ui.meeting_parts import ALT, CTRL, NONE, Key, close_tabs, focused, open_tab, press, type_keys
from ui import theme
from ui.meeting.agenda import AgendaSection
from ui.meeting.lines import LineTable
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState

_TITLES = ("Khai mạc", "Báo cáo", "Thảo luận", "Kết luận")


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def meeting(workspace: Workspace) -> Meeting:
    """A meeting of half past eight with four points of the agenda."""
    kept = workspace.save(Meeting(title="Giao ban", held_on=date(2023, 6, 30), starts_at="8:30", ends_at="10:00"))
    for title, minutes in zip(_TITLES, (15, 30, 30, 15), strict=True):
        meetings.add(workspace, AgendaItem(meeting_id=kept.id, title=title, planned_minutes=minutes))
    return kept


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, meeting: Meeting, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    opened.open_record("meetings", meeting.id)
    opened.editor.show_part(1)
    return opened


@pytest.fixture
def agenda(tab: MeetingsTab) -> AgendaSection:
    return tab.editor.agenda


def _order(workspace: Workspace, meeting: Meeting) -> list[str]:
    return [each.title for each in workspace.children(AgendaItem, meeting_id=meeting.id)]


def _times(agenda: AgendaSection) -> list[str]:
    model = agenda.table.model()
    return [str(model.index(row, 4).data()) for row in range(model.rowCount())]


def _middle(table: LineTable, row: int, share: float = 0.5) -> QPoint:
    height = table.rowViewportPosition(row) + int(table.rowHeight(row) * share)
    return QPoint(table.viewport().width() // 3, height)


def _drag(table: LineTable, row: int, to: QPoint) -> None:
    where = table.viewport()
    QTest.mousePress(where, Qt.MouseButton.LeftButton, NONE, _middle(table, row))
    QTest.mouseMove(where, _middle(table, row) + QPoint(0, 30))
    QTest.mouseMove(where, to)
    QTest.mouseRelease(where, Qt.MouseButton.LeftButton, NONE, to)


def test_each_row_says_when_it_comes(agenda: AgendaSection) -> None:
    assert _times(agenda) == ["08:30–08:45", "08:45–09:15", "09:15–09:45", "09:45–10:00"]
    assert agenda.sum_label.text() == (
        "Tổng 90 phút · bắt đầu 08:30, xong khoảng 10:00 · vừa đủ đến giờ kết thúc 10:00"
    )


def test_an_agenda_that_is_too_long_says_by_how_much_in_the_colour_of_what_is_late(
    agenda: AgendaSection, workspace: Workspace, meeting: Meeting
) -> None:
    item = workspace.children(AgendaItem, meeting_id=meeting.id)[2]
    agenda.desk.save(dataclasses.replace(item, planned_minutes=50))
    assert agenda.sum_label.text().endswith("▲ quá giờ kết thúc 10:00 là 20 phút")
    assert agenda.sum_label.palette().placeholderText().color().name().upper() == theme.colours().late
    agenda.desk.save(dataclasses.replace(item, planned_minutes=20))
    assert agenda.sum_label.text().endswith("còn 10 phút đến giờ kết thúc 10:00")
    agenda.desk.save(dataclasses.replace(item, planned_minutes=None))
    assert "1 nội dung chưa ghi số phút" in agenda.sum_label.text()
    assert _times(agenda)[2:] == ["09:15", ""]


@pytest.mark.parametrize(
    ("row", "to", "share", "order"),
    [
        (0, 2, 0.9, ["Báo cáo", "Thảo luận", "Khai mạc", "Kết luận"]),
        (0, 2, 0.1, ["Báo cáo", "Khai mạc", "Thảo luận", "Kết luận"]),
        (3, 0, 0.1, ["Kết luận", "Khai mạc", "Báo cáo", "Thảo luận"]),
        (1, 3, 3.0, ["Khai mạc", "Thảo luận", "Kết luận", "Báo cáo"]),
    ],
)
def test_a_row_is_dragged_to_its_place_in_one_step_and_the_clock_follows(
    agenda: AgendaSection, workspace: Workspace, meeting: Meeting, row: int, to: int, share: float, order: list[str]
) -> None:
    before = workspace.revision
    _drag(agenda.table, row, _middle(agenda.table, to, share))
    assert _order(workspace, meeting) == order
    assert workspace.revision == before + 1
    assert workspace.undo_label == "Xếp lại thứ tự nội dung họp"
    assert agenda.table.selected()[0].title == _TITLES[row]
    assert _times(agenda)[0].startswith("08:30–")
    workspace.undo()
    assert _order(workspace, meeting) == list(_TITLES)


def test_a_row_let_go_where_it_was_or_given_up_stays(
    agenda: AgendaSection, workspace: Workspace, meeting: Meeting
) -> None:
    before, table = workspace.revision, agenda.table
    _drag(table, 1, _middle(table, 1, 0.9))
    _drag(table, 1, _middle(table, 2, 0.2))
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, NONE, _middle(table, 0))
    QTest.mouseMove(table.viewport(), _middle(table, 2))
    QTest.mouseMove(table.viewport(), _middle(table, 3))
    assert table.drag.is_under_way
    table.setFocus()
    press(Key.Key_Escape)
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, NONE, _middle(table, 3))
    assert workspace.revision == before
    assert _order(workspace, meeting) == list(_TITLES)


def test_nothing_is_dragged_in_a_meeting_that_is_closed(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    from kc_desktop.services import finalising

    finalising.finalise(workspace, meeting.id, on=date(2023, 7, 1))
    tab.refresh(frozenset())
    _drag(tab.editor.agenda.table, 0, _middle(tab.editor.agenda.table, 3, 3.0))
    assert _order(workspace, meeting) == list(_TITLES)


def test_a_click_still_only_selects(agenda: AgendaSection, workspace: Workspace) -> None:
    before = workspace.revision
    QTest.mouseClick(agenda.table.viewport(), Qt.MouseButton.LeftButton, NONE, _middle(agenda.table, 2))
    assert agenda.table.selected()[0].title == "Thảo luận"
    assert workspace.revision == before


def test_the_fields_stand_under_their_columns_beside_the_clock(agenda: AgendaSection) -> None:
    header, editors = agenda.table.horizontalHeader(), agenda.composer.editors
    for place, name in enumerate(("title", "presenter_id", "planned_minutes"), start=1):
        assert abs(header.sectionSize(place) - editors[name].width()) <= 1


def test_typing_and_alt_arrows_go_on_as_before(agenda: AgendaSection, workspace: Workspace, meeting: Meeting) -> None:
    assert focused() is agenda.composer.editors["title"].control()
    type_keys("Khac")
    press(Key.Key_Return)
    press(Key.Key_Up, CTRL)
    press(Key.Key_Up, ALT)
    assert _order(workspace, meeting)[-2:] == ["Khac", "Kết luận"]

"""Việc cần làm on Tổng quan: calm when empty, in groups, opened by key, found beside the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import AppointmentMember
from kc_desktop.services import collaborator_work
from kc_desktop.services.to_do import ToDo, Urgency, to_do
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, press, show_active, texts
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.overview import OverviewTab
from ui.view_state import ViewState
from ui.widgets.to_do_list import EMPTY, ToDoList


def _things(made: ToDoList) -> list[ToDo]:
    rows = range(made.model.rowCount())
    return [thing for thing in (made.model.thing(row) for row in rows) if thing is not None]


def _titles(made: ToDoList) -> list[str]:
    rows = range(made.model.rowCount())
    return [str(made.model.index(row).data()) for row in rows if made.model.thing(row) is None]


def _ready(qtbot: QtBot, tab: OverviewTab, wanted: Callable[[ToDoList], bool] = lambda _made: True) -> ToDoList:
    def is_ready() -> bool:
        return tab.to_do is not None and tab.to_do.is_ready and wanted(tab.to_do)

    qtbot.waitUntil(is_ready)
    assert tab.to_do is not None
    return tab.to_do


def _overview(window: MainWindow) -> OverviewTab:
    tab = window.pages.current()
    assert isinstance(tab, OverviewTab)
    return tab


def _with_work(workspace: Workspace) -> Meeting:
    meeting = workspace.save(Meeting(title="Họp giao ban", held_on=date(2023, 5, 10), state="held", kind="giao_ban"))
    today = date.today()
    workspace.save(Task(meeting_id=meeting.id, body="Việc đã trễ", due_on=today - timedelta(days=900)))
    workspace.save(Task(meeting_id=meeting.id, body="Việc tuần này", due_on=today + timedelta(days=2)))
    workspace.save(Petition(meeting_id=meeting.id, body="Kiến nghị chưa đặt hạn"))
    return meeting


def test_an_office_with_nothing_due_is_told_so_calmly(qtbot: QtBot, tmp_path: Path, state: ViewState) -> None:
    workspace = Workspace.create(tmp_path / "mới.kcdb", Office(name="Trung tâm"))
    tab = OverviewTab(workspace, state)
    qtbot.addWidget(tab)
    tab.set_year(2023)
    show_active(qtbot, tab)
    made = _ready(qtbot, tab)
    assert made.words.text() == EMPTY
    assert made.words.isVisible()
    assert not made.view.isVisible()
    assert tab.splitter.orientation() is Qt.Orientation.Vertical
    QApplication.processEvents()
    assert made.height() < tab.height() // 4
    tab.remember()
    tab.hide()
    workspace.close()


def test_work_of_an_earlier_year_stands_there_whatever_year_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace is not None
    meeting = _with_work(window.workspace)
    window.refresh()
    tab = _overview(window)
    made = _ready(qtbot, tab, lambda made: sum(each.record_id == meeting.id for each in _things(made)) == 3)
    late = next(each for each in _things(made) if each.what == "Việc đã trễ")
    assert (late.urgency, late.words) == (Urgency.LATE, "trễ 900 ngày")
    for year in (2022, 0):
        tab.set_year(year)
        assert late in _things(made)
    titles = _titles(made)
    assert titles[0].startswith("Quá hạn (")
    assert any(each.startswith("7 ngày tới (1") for each in titles)
    assert any(each.startswith("Chưa đặt hạn (") for each in titles)


def test_enter_opens_the_record_in_its_form_and_its_year(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace is not None
    meeting = _with_work(window.workspace)
    window.refresh()
    window.choose_year(2022)
    tab = _overview(window)
    made = _ready(qtbot, tab, lambda made: sum(each.record_id == meeting.id for each in _things(made)) == 3)
    tab.focus_list()
    assert made.view.hasFocus()
    assert made.model.thing(made.view.currentIndex().row()) is not None
    wanted = next(row for row in range(made.model.rowCount()) if _is_of(made, row, meeting))
    made.view.setCurrentIndex(made.model.index(wanted))
    press(made.view, Key.Key_Return)
    shown = window.pages.current()
    assert shown is not None
    assert shown.current_record() == ("meeting", meeting.id)
    assert window.year() == 2023


def _is_of(made: ToDoList, row: int, meeting: Meeting) -> bool:
    thing = made.model.thing(row)
    return thing is not None and thing.record_id == meeting.id and thing.list_key == "meetings"


@pytest.mark.parametrize(
    ("key", "record_id", "table"),
    [("projects", 1, "project"), ("programmes", 1, "programme"), ("collaborators", 1, "appointment_member")],
)
def test_every_kind_of_thing_opens_its_record(window: MainWindow, key: str, record_id: int, table: str) -> None:
    window.choose_year(2022)
    tab = _overview(window)
    thing = ToDo(
        kind="", urgency=Urgency.LATE, what="", about="", words="", list_key=key, record_id=record_id, year=2023
    )
    tab._on_thing_opened(thing)
    shown = window.pages.current()
    assert shown is not None
    assert shown.current_record() == (table, record_id)


def test_things_told_together_open_the_rows_they_were_counted_from(window: MainWindow) -> None:
    assert window.workspace is not None
    person = window.workspace.all(AppointmentMember)[0].person_id
    collaborator_work.toggle(window.workspace, person, "2023-03", date(2023, 3, 31))
    found = [each for each in to_do(window.workspace, date(2023, 12, 20)) if each.request is not None]
    assert {each.list_key for each in found} == {"collaborators", "reports"}
    for each in found:
        window.pages.go_to(0)
        _overview(window)._on_thing_opened(each)
        group = window.pages.current()
        assert isinstance(group, GroupTab)
        assert group.front().key == each.list_key


def test_the_arrows_step_over_the_titles_of_groups(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace is not None
    meeting = _with_work(window.workspace)
    window.refresh()
    tab = _overview(window)
    made = _ready(qtbot, tab, lambda made: sum(each.record_id == meeting.id for each in _things(made)) == 3)
    made.view.setFocus(Qt.FocusReason.OtherFocusReason)
    seen = [made.model.thing(made.view.currentIndex().row())]
    for _ in range(len(_things(made)) - 1):
        press(made.view, Key.Key_Down)
        seen.append(made.model.thing(made.view.currentIndex().row()))
    assert seen == _things(made)


def test_done_work_leaves_the_list(qtbot: QtBot, window: MainWindow) -> None:
    assert window.workspace is not None
    _with_work(window.workspace)
    window.refresh()
    tab = _overview(window)
    _ready(qtbot, tab, lambda made: any(each.what == "Việc tuần này" for each in _things(made)))
    for _ in range(4):
        window.undo()
    made = _ready(qtbot, tab, lambda made: not any(each.what == "Việc tuần này" for each in _things(made)))
    assert all(each.about != "Họp giao ban" for each in _things(made))


def test_a_long_group_is_cut_and_counted(qtbot: QtBot) -> None:
    made = ToDoList()
    qtbot.addWidget(made)
    things = [
        ToDo(kind="Việc", urgency=Urgency.LATE, what=f"Việc {place}", about="", words="", list_key="meetings")
        for place in range(130)
    ]
    made.show_found(things, date(2023, 4, 13))
    assert made.model.rowCount() == 102
    assert _titles(made) == ["Quá hạn (130)", "… và 30 việc nữa"]


def test_a_thing_says_everything_to_a_screen_reader_and_an_unverified_day_says_so(qtbot: QtBot) -> None:
    made = ToDoList()
    qtbot.addWidget(made)
    thing = ToDo(
        kind="Thời hạn",
        urgency=Urgency.LATE,
        what="Quyết toán",
        about="Đề án 01",
        words="trễ 3 ngày",
        list_key="projects",
        is_verified=False,
    )
    made.show_found([thing], date(2023, 4, 13))
    said = str(made.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said == "Quá hạn, Quyết toán, trễ 3 ngày, Thời hạn · Đề án 01 · hạn chưa kiểm chứng"


def test_a_failure_is_told_in_its_place(qtbot: QtBot) -> None:
    made = ToDoList()
    qtbot.addWidget(made)
    made.show()
    made.show_failure("Không đọc được tệp.")
    assert texts(made) == ["&Việc cần làm", "▲ Không đọc được tệp."]


@pytest.mark.parametrize(("width", "is_beside"), [(1340, True), (700, False)])
def test_the_programmes_stand_beside_it_where_there_is_room_else_below(
    qtbot: QtBot, workspace: Workspace, state: ViewState, width: int, is_beside: bool
) -> None:
    _with_work(workspace)
    tab = OverviewTab(workspace, state)
    qtbot.addWidget(tab)
    tab.resize(width, 620)
    tab.set_year(2023)
    show_active(qtbot, tab)
    made = _ready(qtbot, tab)
    assert (tab.splitter.orientation() is Qt.Orientation.Horizontal) is is_beside
    QApplication.processEvents()
    assert made.width() <= tab.width()
    tab.remember()

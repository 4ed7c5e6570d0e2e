"""Tìm nhanh by its keys: groups, commands, lines of minutes, what was opened last, other years, input methods."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Conclusion
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, commit, compose, press, type_text
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState
from ui.widgets.find_list import FindList, RowKind
from ui.widgets.quick_find import QuickFind

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def box(window: MainWindow) -> QuickFind:
    """The box of a window, the cursor in it."""
    press(window, Key.Key_K, CTRL)
    return window.quick_find


def _list(box: QuickFind) -> FindList:
    assert box._list is not None
    return box._list


def _headings(box: QuickFind) -> list[str]:
    return [row.text for row in _list(box).found.rows if row.kind is RowKind.HEADING]


def _bar(box: QuickFind) -> tuple[str, str]:
    """Return the group and the title of the row the bar is on."""
    row = _list(box).current()
    assert row is not None
    assert row.group is not None
    return row.group.title, row.text


def _walk_to(box: QuickFind, text: str) -> None:
    """Press the arrow until the bar is on a row that begins with these words."""
    for _row in _list(box).found.rows:
        if _bar(box)[1].startswith(text):
            return
        press(box, Key.Key_Down)
    raise AssertionError(f"{text}: {box.suggestions_shown()}")


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def test_the_keys_walk_over_rows_and_groups_and_headings_are_passed(box: QuickFind) -> None:
    box.search_for("kinh phi")
    headings = _headings(box)
    assert headings[:2] == ["Lệnh", "Trong biên bản"]
    assert _bar(box) == ("Lệnh", "Kinh phí")
    for key, modifiers, group in (
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, headings[1]),
        (Key.Key_Down, CTRL, headings[2]),
        (Key.Key_Up, CTRL, headings[1]),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, headings[0]),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, headings[1]),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, headings[2]),
    ):
        press(box, key, modifiers)
        assert _bar(box)[0] == group, (key, modifiers)
    press(box, Key.Key_Tab, SHIFT)
    assert _bar(box)[0] == headings[1]
    assert box.hasFocus(), "Tab stays in the box while the list is open"
    assert box.accessibleDescription().startswith("Ý kiến: ")
    interface = QAccessible.queryAccessibleInterface(_list(box))
    names = [interface.child(row).text(QAccessible.Text.Name) for row in range(interface.childCount())]
    assert "Lệnh: Kinh phí, Thẻ · Ctrl+3" in names
    press(box, Key.Key_Escape)
    assert not _list(box).isVisible()
    assert box.hasFocus()
    press(box, Key.Key_Escape)
    assert not box.hasFocus()
    assert not box.text()


def test_a_command_runs_and_one_that_is_greyed_out_says_what_it_waits_for(box: QuickFind, window: MainWindow) -> None:
    box.search_for("làm lại")
    assert box.suggestions_shown()[-1] == "Lệnh: Làm lại, chưa dùng được, Chưa hoàn tác bước nào., Sửa · Ctrl+Y"
    _walk_to(box, "Làm lại")
    press(box, Key.Key_Return)
    assert window.status.said() == "Chưa hoàn tác bước nào."
    window.quick_find.begin()
    box.search_for("co so cong nghiep nong thon")
    assert "Lệnh: Cơ sở công nghiệp nông thôn, Danh mục" in box.suggestions_shown()
    _walk_to(box, "Cơ sở công nghiệp nông thôn")
    press(box, Key.Key_Return, CTRL)
    assert window.pages.tabText(window.pages.currentIndex()) == "Cơ sở công nghiệp nông thôn"
    assert not _list(box).isVisible()


def test_the_filter_row_and_the_columns_of_the_list_in_sight_are_commands(box: QuickFind, window: MainWindow) -> None:
    window.pages.setCurrentIndex(0)
    box.begin()
    box.search_for("hang loc")
    assert box.suggestions_shown()[-1].startswith("Lệnh: Hàng lọc, chưa dùng được, Mở một danh sách trước")
    assert any(each.startswith("Hướng dẫn: Hàng lọc") for each in box.suggestions_shown())
    tab = window.pages.tab_for("projects").show_part("projects")  # type: ignore[attr-defined]  # a tab of several lists
    box.begin()
    box.search_for("cột, nhóm")
    assert "Lệnh: Cột, nhóm…, Danh sách · Ctrl+Shift+G" in box.suggestions_shown()
    box.search_for("hang loc")
    _walk_to(box, "Hàng lọc")
    press(box, Key.Key_Return)
    assert tab.panel.filters.is_row_shown()


def test_the_papers_of_the_year_are_commands_once_they_are_known(
    box: QuickFind, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.finding._knows_papers, timeout=20_000)
    box.search_for("báo cáo kinh phí quý ii")
    assert box.suggestions_shown()[0] == "Lệnh: In Báo cáo kinh phí: Quý II, Báo cáo"


def test_a_line_of_the_minutes_opens_its_meeting_at_that_line_in_its_year(window: MainWindow) -> None:
    line = _workspace(window).save(Conclusion(meeting_id=1, ordinal=90, body="Kết luận qwz về làng nghề"))
    window.refresh(frozenset({"conclusion"}))
    window._years.setCurrentIndex(window._years.findData(2022))
    press(window, Key.Key_K, CTRL)
    type_text(window.quick_find, "qwz lang")
    press(window.quick_find, Key.Key_Return)
    assert window.year() == 2023
    tab = window.pages.current()
    assert isinstance(tab, MeetingsTab)
    assert tab.current_record() == ("meeting", 1)
    table = tab.editor.outcome.conclusions.table
    assert table.hasFocus()
    assert table.current_record() == line


def test_all_results_are_shown_in_the_list_or_in_place(box: QuickFind, window: MainWindow) -> None:
    box.search_for("ho tro")
    _walk_to(box, "Xem tất cả 12 kết quả")
    press(box, Key.Key_Return)
    assert window.year() == 0
    tab = window.pages.current()
    assert isinstance(tab, GroupTab)
    assert tab.front().panel.model.count() == 12
    press(window, Key.Key_K, CTRL)
    box.search_for("thong tu 36")
    _walk_to(box, "Xem tất cả")
    press(box, Key.Key_Return)
    box._finish()
    assert _headings(box) == ["Quy định, mức và thời hạn"]
    assert len(box.suggestions_shown()) > 10


def test_what_was_opened_last_comes_first_and_leaves_when_it_is_deleted(
    window: MainWindow, state: ViewState, qtbot: QtBot
) -> None:
    gone = _workspace(window).save(Person(name="Đại biểu 07"))
    for key, record_id in (("people", gone.id), ("projects", 14), ("meetings", 1)):
        window.open_record(key, record_id)
    box = window.quick_find
    press(window, Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: len(box.suggestions_shown()) == 3)
    assert _headings(box) == ["Mở gần đây"]
    assert [each.split(":")[0] for each in box.suggestions_shown()[:2]] == ["Đề án", "Người"], "the meeting is in front"
    _workspace(window).delete(Person, gone.id)
    press(box, Key.Key_Down)
    box._begin()
    qtbot.waitUntil(lambda: len(box.suggestions_shown()) == 2)
    press(box, Key.Key_Return)
    tab = window.pages.current()
    assert tab is not None
    assert tab.current_record() == ("project", 14)
    assert state.text(window.finding._state_key()).startswith("projects:14;meetings:1;people:")


def test_an_answer_to_letters_typed_over_is_never_opened_and_nothing_found_says_what_to_try(
    box: QuickFind, qtbot: QtBot
) -> None:
    type_text(box, "ho tran ")
    qtbot.waitUntil(lambda: box.suggestions_shown()[:1] != ())
    type_text(box, "qwz")
    press(box, Key.Key_Return)
    assert box.text() == "ho tran qwz"
    (words,) = box.suggestions_shown()
    assert words.startswith("Không thấy gì có “ho tran qwz”. Thử ít chữ hơn")
    press(box, Key.Key_Tab)
    assert not box.hasFocus(), "with nothing to walk through Tab goes on"


def test_letters_an_input_method_is_composing_are_searched_for_and_stay_its_own(box: QuickFind) -> None:
    type_text(box, "ho tra")
    compose(box, "ần")
    box._finish()
    assert box.text() == "ho tra"
    assert box.suggestions_shown()[0].startswith("Không thấy gì có “ho traần”")
    compose(box, "")
    press(box, Key.Key_Backspace)
    compose(box, "ần")
    box._finish()
    assert box.suggestions_shown()[0].startswith("Người: Hồ Trần Hồng Ân")
    commit(box, "ần")
    assert box.text() == "ho trần"

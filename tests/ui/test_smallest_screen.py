"""1366 x 768 at 200 % leaves 683 x 344, and 312 under a title bar: all works there, in large letters too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from kc_desktop.services import office_forms
from kc_desktop.services.lists import LISTS
from tests.exchange.form_books import drawn
from tests.ui.helpers import all_widgets
from ui import text_size, theme
from ui.main_window import MainWindow
from ui.pages import ScrolledPage
from ui.tabs.funding import FundingTab
from ui.tabs.group import GroupTab
from ui.tabs.meetings import MeetingsTab
from ui.tabs.office_forms import OfficeFormsTab
from ui.widgets.button_row import ButtonRow
from ui.widgets.choice_editors import CalmComboBox
from ui.widgets.filter_editor import FilterEditor
from ui.widgets.switch import Switch

_ROOM = QSize(683, 312)


def _screens(window: MainWindow) -> Iterator[str]:
    """Bring every tab, every list of it and every part to the front."""
    for place in range(5):
        window.pages.setCurrentIndex(place)
        yield from _parts(window)
    for key in (*window.actions_.catalogues, "law", "disclosures"):
        window.open_catalogue(key)
        yield from _parts(window)
        window.pages.close_current()


def _parts(window: MainWindow) -> Iterator[str]:
    tab = window.pages.current()
    assert tab is not None
    yield type(tab).__name__
    if isinstance(tab, GroupTab):
        for key in tab.list_keys():
            tab.show_part(key)
            yield key
    elif isinstance(tab, FundingTab):
        for key in ("balance", "months", "statements", "ledger"):
            tab.show_part(key)
            yield key
    elif isinstance(tab, MeetingsTab):
        for place in range(tab.editor.tabs.count()):
            tab.editor.show_part(place)
            yield tab.editor.tabs.tabText(place)


def _cut(window: MainWindow) -> Iterator[str]:
    """Name the buttons that stand in sight with less room than their words need."""
    for widget in all_widgets(window):
        if isinstance(widget, QPushButton | QToolButton) and widget.isVisible() and len(widget.text()) > 1:
            parent = widget.parentWidget()
            is_in_sight = parent is None or parent.rect().intersects(widget.geometry())
            if is_in_sight and widget.width() < widget.minimumSizeHint().width():
                yield f"{type(parent).__name__}: {widget.text()}"


@pytest.fixture(params=[theme.TextSize.MEDIUM, theme.TextSize.HUGE])
def small_window(request: pytest.FixtureRequest, window: MainWindow) -> Iterator[MainWindow]:
    text_size.choose(window, request.param)
    window.resize(_ROOM)
    QApplication.processEvents()
    yield window
    text_size.choose(window, theme.TextSize.MEDIUM)
    QApplication.processEvents()


def test_every_screen_fits_and_none_of_its_buttons_is_cut(small_window: MainWindow) -> None:
    faults: list[str] = []
    for name in _screens(small_window):
        QApplication.processEvents()
        page = small_window.pages.currentWidget()
        assert isinstance(page, ScrolledPage)
        if small_window.size() != _ROOM:
            faults.append(f"{name}: the window grew to {small_window.size().toTuple()}")
            small_window.resize(_ROOM)
        if page.horizontalScrollBar().maximum():
            faults.append(f"{name}: wider than the window by {page.horizontalScrollBar().maximum()}")
        faults += [f"{name}: cut {each}" for each in _cut(small_window)]
    assert faults == []


def test_a_part_there_is_no_room_for_is_reached_by_its_key_and_by_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(_ROOM)
    window.open_catalogue("law")
    QApplication.processEvents()
    law = window.pages.current()
    assert isinstance(law, GroupTab)
    row = law.findChild(Switch)
    assert isinstance(row, Switch)
    keys = law.list_keys()
    assert row.button(keys[0]) in row.in_sight()
    assert row.button(keys[8]) not in row.in_sight()
    QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: law.front().key == keys[8])
    assert row.button(keys[8]) in row.in_sight()
    more = row.more_button()
    assert more is not None
    menu = more.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    offered = {each.text(): each for each in menu.actions()}
    assert {each.text() for each in row.in_sight()} | set(offered) == {row.button(key).text() for key in keys}
    offered[row.button(keys[0]).text()].trigger()
    assert law.front().key == keys[0]
    assert row.button(keys[0]) in row.in_sight()


def test_the_buttons_of_a_row_are_all_in_sight_where_there_is_room(qtbot: QtBot) -> None:
    row = ButtonRow()
    qtbot.addWidget(row)
    buttons = [QPushButton(text, row) for text in ("Dán sao kê…", "Khớp tự động", "Khớp tay…")]
    for each in buttons:
        row.add(each)
    row.resize(row.sizeHint())
    row.show()
    assert row.in_sight() == tuple(buttons)
    assert row.more_button() is None
    row.resize(row.width() - 1, row.height())
    assert row.in_sight() == tuple(buttons[:2])
    assert row.more_button() is not None
    buttons[1].setFocus()
    row.focusNextChild()
    assert row.focusWidget() is buttons[2]
    buttons[1].hide()
    QApplication.processEvents()
    assert row.in_sight() == (buttons[0], buttons[2])
    assert row.more_button() is None


def test_what_takes_the_cursor_is_scrolled_into_sight(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(_ROOM)
    window.pages.setCurrentIndex(2)
    window.pages.tabBar().setFocus()
    page, ledger = window.pages.currentWidget(), window.pages.current()
    assert isinstance(page, ScrolledPage)
    assert isinstance(ledger, FundingTab)
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    ledger.focus_list()
    assert bar.value() > 0
    table = ledger.panel.table
    assert page.viewport().rect().contains(table.mapTo(page.viewport(), table.rect().center()))
    window.actions_.quick_find.trigger()
    assert window.quick_find.hasFocus()
    assert window.quick_find.isVisible()


def test_a_filter_that_its_cell_cuts_is_told_whole(qtbot: QtBot) -> None:
    editor = FilterEditor(next(each for each in LISTS["projects"].columns if each.key == "name"))
    qtbot.addWidget(editor)
    typed = "hỗ trợ ứng dụng máy móc thiết bị tiên tiến"
    editor.resize(90, 24)
    editor.show()
    editor.set_typed(typed, is_whole=True)
    assert editor.toolTip() == editor.accessibleDescription() == f"Đang lọc: {typed}"
    editor.resize(900, 24)
    assert editor.toolTip().startswith("Lọc cột")


def test_a_list_of_many_choices_leaves_the_rest_in_sight(qtbot: QtBot) -> None:
    box = CalmComboBox()
    qtbot.addWidget(box)
    box.addItems([f"Nội dung {number}" for number in range(90)])
    box.setMaxVisibleItems(14)
    box.show()
    box.showPopup()
    shown = box.view().window()
    assert shown.width() <= box.width()
    assert shown.height() < box.fontMetrics().lineSpacing() * 20
    box.hidePopup()


def test_while_a_form_of_the_office_is_renamed_its_name_has_the_room(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "Biểu 05.xlsx"
    path.write_bytes(drawn(rows=3))
    assert window.workspace is not None
    office_forms.bring(window.workspace, path, name="Biểu", source="projects")
    window.open_catalogue("office-forms")
    tab = window.pages.current()
    assert isinstance(tab, OfficeFormsTab)
    assert tab.map_button.isVisible()
    tab.edit()
    assert not tab.map_button.isVisible()
    assert not tab.file_button.isVisible()
    tab.cancel()
    assert tab.map_button.isVisible()


def test_what_is_said_of_many_rows_makes_no_window_wider(window: MainWindow) -> None:
    window.resize(_ROOM)
    tab = window.pages.tab_for("projects")
    assert isinstance(tab, GroupTab)
    tab.show_part("projects").panel.table.selectAll()
    said = "Đã chọn 13 đề án · Σ Hỗ trợ đề nghị 2.400.000.000 đồng, trung bình 200.000.000 đồng, đếm 12"
    window.status.show_count(said)
    QApplication.processEvents()
    assert window.size() == _ROOM
    assert window.status._count.toolTip() == said

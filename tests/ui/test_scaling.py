"""A screen at 200 % leaves as much room as 960 x 500: no form is wider than its place, no choice is cut when read.

And what rests is still seen in every look.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from ui import icons, theme
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.group import GroupTab
from ui.tabs.record_tab import RecordTab
from ui.widgets.choice_editors import ChoiceEdit

_LISTS = ("programmes", "projects", "fund-entries", "collaborators", "people", "establishments")


@pytest.mark.parametrize("key", _LISTS)
@pytest.mark.parametrize("is_new", [False, True])
def test_a_form_fits_into_its_place_on_a_small_screen(window: MainWindow, key: str, is_new: bool) -> None:
    window.resize(960, 500)
    tab = window.pages.tab_for(key)
    part = tab.show_part(key) if isinstance(tab, GroupTab) else tab
    QApplication.processEvents()
    assert isinstance(part, RecordTab)
    if is_new and part.can(Verb.NEW):
        part.new()
        QApplication.processEvents()
    scroll = part.form._scroll
    page = scroll.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= scroll.viewport().width()


def test_a_choice_shown_for_reading_has_all_the_room_there_is(window: MainWindow) -> None:
    tab = window.pages.tab_for("programmes")
    part = tab.show_part("programmes") if isinstance(tab, GroupTab) else tab
    window.resize(960, 500)
    QApplication.processEvents()
    assert isinstance(part, RecordTab)
    editor = part.form.editor("source")
    assert isinstance(editor, ChoiceEdit)
    assert editor.line.fontMetrics().horizontalAdvance(editor.line.text()) < editor.line.width()


@pytest.mark.parametrize("look", [theme.Look.LIGHT, theme.Look.DARK, theme.Look.CONTRAST])
def test_the_icon_of_a_button_that_rests_is_still_seen(qapp: QApplication, look: theme.Look) -> None:
    theme.apply(qapp, look)
    try:
        drawn = icons.icon("add").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
        inks = [drawn.pixelColor(x, y) for x in range(24) for y in range(24) if drawn.pixelColor(x, y).alpha() > 200]
        assert inks
        button = QColor(theme.colours().button)
        assert abs(inks[0].lightness() - button.lightness()) >= 30
    finally:
        theme.apply(qapp, theme.Look.LIGHT)

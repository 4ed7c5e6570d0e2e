"""Larger and smaller letters: worn at once by every page, kept, and nothing cut at 1366 x 768."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from tests.ui.test_words import _every_tab
from ui import app as composition
from ui import theme
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


@pytest.fixture(autouse=True)
def usual_letters(qapp: QApplication) -> Iterator[None]:
    yield
    theme.set_text_size(qapp, theme.TextSize.MEDIUM)


def _entries(window: MainWindow) -> dict[str, QAction]:
    window.actions_.text_sizes.aboutToShow.emit()
    return {each.text(): each for each in window.actions_.text_sizes.actions()}


def _choose(window: MainWindow, label: str) -> None:
    _entries(window)[label].trigger()
    for _ in range(5):
        QApplication.processEvents()


def test_the_menu_offers_four_sizes_and_ticks_the_one_in_use(window: MainWindow) -> None:
    assert [text for text, each in _entries(window).items() if each.isChecked()] == ["Vừa"]
    _choose(window, "Lớn")
    entries = _entries(window)
    assert list(entries) == ["Nhỏ", "Vừa", "Lớn", "Rất lớn"]
    assert [text for text, each in entries.items() if each.isChecked()] == ["Lớn"]


def test_every_page_wears_the_size_at_once_and_stays_where_it_was(window: MainWindow) -> None:
    window.open_catalogue("establishments")
    window.pages.setCurrentIndex(1)
    before = window.pages.fontMetrics().height()
    for label, factor in (("Rất lớn", 1.25), ("Nhỏ", 0.9), ("Vừa", 1.0)):
        _choose(window, label)
        tab = window.pages.current()
        assert tab is not None
        assert abs(tab.fontMetrics().height() - before * factor) <= 2
        assert window.pages.currentIndex() == 1
        assert window.pages.tabText(window.pages.count() - 1) == "Cơ sở công nghiệp nông thôn"


def test_titles_grow_with_the_rest(window: MainWindow) -> None:
    def title_height() -> int:
        tab = window.pages.tab_for("projects")
        assert isinstance(tab, GroupTab)
        return tab.show_part("projects").form._title.fontMetrics().height()

    before = title_height()
    _choose(window, "Rất lớn")
    assert abs(title_height() - before * 1.25) <= 2


def test_the_size_is_kept_for_the_next_start(window: MainWindow, qapp: QApplication) -> None:
    usual = qapp.font().pointSizeF()
    _choose(window, "Rất lớn")
    theme.set_text_size(qapp, theme.TextSize.MEDIUM)
    composition._size_letters(qapp, window.state)
    assert qapp.font().pointSizeF() == pytest.approx(usual * 1.25)


def test_a_size_that_is_none_is_passed_over(qapp: QApplication, tmp_path: Path) -> None:
    state = ViewState(tmp_path / "window.ini")
    state.put(theme.TEXT_SIZE_SETTING, "to tướng")
    composition._size_letters(qapp, state)
    assert theme.text_size() is theme.TextSize.MEDIUM


def test_unsaved_text_is_asked_about_first(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.files, "ask_about_unsaved", lambda: "stay")
    tab = window.pages.tab_for("people")
    assert isinstance(tab, GroupTab)
    part = tab.show_part("people")
    part.edit()
    part.form.editor("post").edited.emit()
    _choose(window, "Lớn")
    assert theme.text_size() is theme.TextSize.MEDIUM
    assert tab.is_dirty()


def test_the_start_page_wears_it_too(window: MainWindow) -> None:
    window.close_file()
    assert window._start_page is not None
    before = window._start_page._create.fontMetrics().height()
    _choose(window, "Rất lớn")
    assert window._start_page._create.fontMetrics().height() > before
    assert window._start_page.isVisible()


def test_the_largest_letters_leave_every_screen_whole_at_1366_by_768(window: MainWindow) -> None:
    _choose(window, "Rất lớn")
    window.resize(1366, 728)
    for tab in _every_tab(window):
        least = window.minimumSizeHint()
        assert least.width() <= 1366, tab
        assert least.height() <= 728, tab
        for part in tab.findChildren(RecordTab):
            page = part.form._scroll.widget()
            if page is not None and page.isVisible():
                assert page.minimumSizeHint().width() <= part.form._scroll.viewport().width(), part.key

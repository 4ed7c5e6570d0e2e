"""Everything by keyboard and by ear: one walk through every screen, then one question a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from unittest import mock

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from tests.ui import screens
from tests.ui.crawl import Crawler
from tests.ui.helpers import in_dialog
from ui import errors, theme
from ui.dialogs.guide import GuideDialog
from ui.dialogs.help_key import HelpKey
from ui.dialogs.merge import MergeDialog
from ui.main_window import MainWindow

_WIDE = 1000
_ARRANGED_BY_ROOM = frozenset({"reappoint"})
"""Dialogs that put side by side, on a screen wider than so many pixels, what stands in two lines on a narrow one."""


@pytest.fixture(scope="module")
def crawl(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Crawler:
    """Every screen, looked at once."""
    with mock.patch.object(screens, "_SETTLE_MS", 5):
        crawler = Crawler(tmp_path_factory.mktemp("crawl"))
        crawler.run()
    crawler.clean_up()
    theme.apply(qapp, theme.Look.LIGHT)
    return crawler


def test_every_tab_and_dialog_has_been_looked_at(crawl: Crawler) -> None:
    assert len(crawl.seen) >= 110
    assert len(crawl.dialogs) >= 30


def test_every_control_has_a_name_to_be_read_out(crawl: Crawler) -> None:
    assert crawl.faults("name") == []


def test_every_control_says_what_kind_of_thing_it_is(crawl: Crawler) -> None:
    assert crawl.faults("role") == []


def test_everything_is_reached_by_tab_or_by_a_key_of_its_own(crawl: Crawler) -> None:
    assert crawl.faults("reach") == []


def test_tab_leaves_every_table_and_text_again(crawl: Crawler) -> None:
    assert crawl.faults("trap") == []


def test_tab_goes_as_one_reads(crawl: Crawler) -> None:
    assert crawl.faults("order") == []


def test_no_two_letters_of_one_screen_are_alike(crawl: Crawler) -> None:
    assert crawl.faults("letter") == []


def test_no_key_means_two_things_at_once(crawl: Crawler) -> None:
    assert crawl.faults("key") == []


def test_every_dialog_fits_a_screen_of_1366_by_768_at_200_percent(crawl: Crawler) -> None:
    room = QSize(683, 344)  # title bar and task bar taken off
    is_wide = QGuiApplication.primaryScreen().availableSize().width() > _WIDE
    too_large = {
        name: (size.width(), size.height())
        for name, size in crawl.dialogs.items()
        if size != size.boundedTo(room) and not (is_wide and name in _ARRANGED_BY_ROOM)
    }
    assert too_large == {}


def _page_by_f1(open_it: Callable[[], object]) -> str:
    found = []

    def act(dialog: QDialog) -> None:
        key = dialog.findChild(HelpKey)
        assert isinstance(key, HelpKey)
        key.activated.emit()
        guide = dialog.findChild(GuideDialog)
        assert isinstance(guide, GuideDialog)
        found.append(guide.page_name())

    in_dialog(act, open_it)
    return found[0]


def test_f1_in_a_message_opens_the_guide_at_what_was_being_done(window: MainWindow) -> None:
    error = KnownError("Không ghi được.", "Thử lại.")
    for key, page in (("meetings", "cuoc-hop"), ("fund-entries", "kinh-phi")):
        window.pages.tab_for(key)
        assert _page_by_f1(partial(errors.show_known, window, error)) == page
    assert window.workspace is not None
    merging = MergeDialog(window.workspace, Person, window)
    assert _page_by_f1(partial(errors.show_known, merging, error)) == "danh-ba"
    merging.done(0)
    assert _page_by_f1(partial(errors._show_unknown, window, ValueError("thử"))) == "tiep-can"
    assert _page_by_f1(window.files.ask_about_unsaved) == "danh-sach"

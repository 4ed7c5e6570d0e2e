"""The guide: pages in files, found by F1 from every screen, read and searched without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

import resources
from kc_desktop.services import guide
from tests.architecture.sources import modules, strings
from tests.ui.helpers import CTRL, Key, press, replace_text
from tests.ui.test_words import _english, _nameless
from ui import theme
from ui.dialogs.guide import GuideDialog
from ui.main_window import MainWindow

_FOLDER = Path(resources.__file__).parent / "help"
_NAMES = sorted(path.stem for path in _FOLDER.glob("*.md"))
_NOT_ENGLISH = re.compile(r"`[^`]*`|\*\*SmartScreen\*\*|https?\S+|[\w-]+\.md|<!--.*?-->", re.DOTALL)


def _headings(page: guide.Page) -> list[str]:
    return [guide.anchor(line.lstrip("# ")) for line in page.text.splitlines() if line.startswith("#")]


@pytest.fixture
def dialog(qtbot: QtBot) -> GuideDialog:
    made = GuideDialog()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _guide_of(window: MainWindow) -> GuideDialog:
    (found,) = (each for each in window.findChildren(GuideDialog) if each.isVisible())
    return found


def test_every_file_of_the_folder_is_a_page_and_no_two_share_a_place() -> None:
    assert sorted(page.name for page in guide.pages()) == _NAMES
    orders = [page.order for page in guide.pages()]
    assert orders == sorted(set(orders))
    assert {"bat-dau", "it", "phim-tat"} <= set(_NAMES)


def test_a_file_that_does_not_begin_as_a_page_is_named() -> None:
    with pytest.raises(ValueError, match="hoi-dap"):
        guide._page("hoi-dap", "Không có tên\n")


@pytest.mark.parametrize("name", _NAMES)
def test_every_link_leads_to_a_page_and_a_heading(name: str) -> None:
    page = guide.page_named(name)
    assert page is not None
    for link in re.findall(r"\]\(([^)]+)\)", page.text):
        target, _, wanted = link.partition("#")
        assert ":" not in target, "the guide leads nowhere on a network"
        reached = guide.page_named(target.removesuffix(".md")) if target else page
        assert reached is not None, link
        assert not wanted or wanted in _headings(reached)


def test_every_screen_leads_to_a_page(window: MainWindow) -> None:
    names = [window.pages.widget(index).name for index in range(5)]  # type: ignore[union-attr]  # pages of ours
    told = {screen for page in guide.pages() for screen in page.screens}
    assert guide.START_SCREEN in told
    assert told - {guide.START_SCREEN, "preview"} <= set(names)
    assert guide.page_for("meetings").name == "cuoc-hop"
    assert guide.page_for("of nothing yet").name == "bat-dau"


def test_f1_opens_the_page_of_the_screen_in_front_and_the_window_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_5, CTRL)
    press(window, Key.Key_F1)
    shown = _guide_of(window)
    assert shown.page_name() == "cuoc-hop"
    assert not shown.isModal()
    press(window, Key.Key_1, CTRL)
    press(window, Key.Key_F1)
    assert _guide_of(window) is shown, "one guide, not two"
    assert shown.page_name() == "bat-dau"
    qtbot.waitUntil(shown.isActiveWindow)
    press(shown, Key.Key_Escape)
    assert not shown.isVisible()


def test_the_menu_leads_to_the_keys_and_to_the_page_for_it_staff(window: MainWindow) -> None:
    for action, name in ((window.actions_.keys, "phim-tat"), (window.actions_.for_it_staff, "it")):
        action.trigger()
        assert _guide_of(window).page_name() == name
    _guide_of(window).close()


def test_f1_on_the_start_page_opens_the_first_day(window: MainWindow) -> None:
    window.close_file()
    window.actions_.guide.trigger()
    assert _guide_of(window).page_name() == "bat-dau"


def test_closing_the_window_closes_the_guide(window: MainWindow) -> None:
    window.actions_.guide.trigger()
    shown = _guide_of(window)
    window.close()
    assert not shown.isVisible()


def test_the_page_is_read_by_keys_at_once(dialog: GuideDialog) -> None:
    dialog.show_page("it")
    assert dialog.browser.hasFocus()
    press(dialog.browser, Key.Key_PageDown)
    assert dialog.browser.verticalScrollBar().value() > 0
    press(dialog, Key.Key_F, CTRL)
    assert dialog.search.hasFocus()


def test_links_and_the_list_turn_the_pages(dialog: GuideDialog) -> None:
    dialog.show_page("bat-dau")
    dialog.browser.anchorClicked.emit(QUrl("it.md#nhieu-nguoi-nhieu-may"))
    assert dialog.page_name() == "it"
    assert dialog.browser.verticalScrollBar().value() > 0
    dialog.list.setCurrentRow(0)
    assert dialog.page_name() == "bat-dau"
    assert dialog.browser.verticalScrollBar().value() == 0
    assert "Ngày đầu tiên" in dialog.browser.toPlainText()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ma thoat", 3), ("mã thoát", 3), ("mã thoat", 0), ("MÃ THOÁT", 3), ("dien bien", 0), ("đ", 99)],
)
def test_words_are_found_in_the_page_with_marks_or_without(dialog: GuideDialog, typed: str, found: int) -> None:
    dialog.show_page("it")
    replace_text(dialog.search, typed)
    text = dialog.browser.toPlainText()
    if found == 99:
        found = text.lower().count("đ")
    said = dialog.count_label.text()
    assert said == (f"1/{found}" if found else "Không thấy trong trang này")
    if found:
        cursor = dialog.browser.textCursor()
        assert text[cursor.position() :].lower().startswith(("mã thoát", "đ"))


def test_enter_and_f3_go_from_place_to_place_and_round(dialog: GuideDialog) -> None:
    dialog.show_page("it")
    replace_text(dialog.search, "ma thoat")
    seen = [dialog.count_label.text()]
    for key in (Key.Key_Return, Key.Key_F3, Key.Key_F3):
        press(dialog.search, key)
        seen.append(dialog.count_label.text())
    assert seen == ["1/3", "2/3", "3/3", "1/3"]
    dialog.previous_button.click()
    assert dialog.count_label.text() == "3/3"
    dialog.search.clear()
    assert dialog.count_label.text() == ""
    assert not dialog.next_button.isEnabled()


def test_the_page_follows_the_look(dialog: GuideDialog, qapp: QApplication) -> None:
    dialog.show_page("it")
    replace_text(dialog.search, "ma thoat")
    theme.apply(qapp, theme.Look.DARK)
    QApplication.processEvents()
    try:
        assert dialog.count_label.text() == "1/3"
        assert dialog.browser.palette().text().color().name().upper() == theme.DARK.text
    finally:
        theme.apply(qapp, theme.Look.LIGHT)


def test_the_guide_speaks_vietnamese_and_names_its_controls(dialog: GuideDialog) -> None:
    assert _english(dialog) == []
    assert _nameless(dialog) == []


@pytest.mark.parametrize("name", _NAMES)
def test_no_page_speaks_english_outside_commands(name: str) -> None:
    page = guide.page_named(name)
    assert page is not None
    words = re.sub(r"```.*?```", "", page.text, flags=re.DOTALL)
    words = _NOT_ENGLISH.sub("", words)
    found = re.findall(
        r"\b(?:the|and|click|file|folder|open|save|close|settings|backup|help|page|window)\b", words, re.I
    )
    assert found == []


def test_every_key_of_the_menus_is_in_the_page_of_keys(window: MainWindow) -> None:
    page = guide.page_named("phim-tat")
    assert page is not None
    told = page.text.replace("PgDn", "PgDown").replace("PgUp", "PgUp")
    for action in window.actions():
        keys = action.shortcut().toString()
        assert not keys or keys in told, f"{action.text()}: {keys}"


def _places_in_menus(text: str) -> list[tuple[str, str]]:
    menus = "Tệp|Sửa|Xem|Danh mục|Báo cáo|Công cụ|Trợ giúp"
    return re.findall(rf"\b({menus}), ([A-ZĐ][^,.;:”*]+?)(?= để| rồi|[,.;:”]|$)", text)


@pytest.mark.parametrize("folder", ["ui", "kc_desktop"])
def test_every_place_in_a_menu_a_message_leads_to_is_there(window: MainWindow, folder: str) -> None:
    there: dict[str, list[str]] = {}
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        there[action.text().replace("&", "")] = [each.text() for each in menu.actions()]
    found = [
        f"{path}:{line}: {menu}, {entry}"
        for path, tree in modules(folder)
        for line, text in strings(tree)
        for menu, entry in _places_in_menus(text)
        if not any(each.startswith(entry) for each in there[menu])
    ]
    assert found == []

"""The guide: pages in files, found by F1 from every screen, read and searched without a network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

import resources
from kc_desktop.services import guide
from tests.architecture.sources import modules, strings
from tests.ui.helpers import CTRL, Key, in_dialog, press, replace_text
from tests.ui.test_words import _english, _every_tab, _nameless
from ui import theme
from ui.dialogs.guide import GuideDialog
from ui.main_window import MainWindow
from ui.tabs.funding import FundingTab
from ui.tabs.meetings import MeetingsTab
from ui.tabs.programmes import ProgrammesTab
from ui.tabs.projects import DOSSIER, ESTIMATE, MONEY, WORK

_FOLDER = Path(resources.__file__).parent / "help"
_NAMES = sorted(path.stem for path in _FOLDER.glob("*.md"))
_NOT_ENGLISH = re.compile(r"\]\([^)]*\)|`[^`]*`|\*\*SmartScreen\*\*|https?\S+|[\w-]+\.md|<!--.*?-->", re.DOTALL)


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
    for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)]+)\)", page.text):
        target, _, wanted = link.partition("#")
        assert ":" not in target, "the guide leads nowhere on a network"
        reached = guide.page_named(target.removesuffix(".md")) if target else page
        assert reached is not None, link
        assert not wanted or wanted in _headings(reached)


def _screens_of_dialogs() -> set[str]:
    return {
        str(argument.value)
        for _path, tree in modules("ui/dialogs")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "HelpKey"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def _screens_of_tabs(window: MainWindow) -> Iterator[str]:
    for _tab in _every_tab(window):
        yield next(filter(None, window.pages.screens_in_front()))
    funding, meetings, projects = (window.pages.tab_for(key) for key in ("fund-entries", "meetings", "projects"))
    assert isinstance(funding, FundingTab)
    assert isinstance(meetings, MeetingsTab)
    assert isinstance(projects, ProgrammesTab)
    for part in ("ledger", "balance", "months", "statements"):
        funding.show_part(part)
        yield funding.help_screen()
    for place in range(meetings.editor.tabs.count()):
        meetings.editor.tabs.setCurrentIndex(place)
        yield meetings.help_screen()
    form = projects.show_part("projects").form
    for page in (MONEY, ESTIMATE, DOSSIER, WORK):
        form.show_page(page)
        yield projects.help_screen()


def test_every_screen_and_every_dialog_has_its_place_in_the_guide(window: MainWindow) -> None:
    for key in ("law", "disclosures"):
        window.open_catalogue(key)
    told = [screen for page in guide.pages() for screen in page.screens]
    assert len(told) == len(set(told)), "a screen is told of at one place"
    asked = {guide.START_SCREEN, *_screens_of_dialogs(), *_screens_of_tabs(window)}
    assert asked - set(told) == set()


def test_every_anchor_of_a_screen_is_a_heading() -> None:
    for page in guide.pages():
        assert {anchor for anchor in page.screens.values() if anchor} <= set(_headings(page))


def test_a_screen_no_page_tells_of_leads_to_the_first_day() -> None:
    assert guide.place_for("meetings").page.name == "cuoc-hop"
    assert guide.place_for("of nothing yet", "meetings").page.name == "cuoc-hop"
    assert guide.place_for("of nothing yet").page.name == "bat-dau"


def test_every_dialog_that_asks_or_shows_something_answers_to_f1() -> None:
    silent = {"guide", "notes", "backup_wait", "ask", "job_dialog"}
    without = [
        path
        for path, tree in modules("ui/dialogs")
        if Path(path).stem not in silent
        and any(isinstance(each, ast.ClassDef) and each.name.endswith("Dialog") for each in ast.walk(tree))
        and not any(isinstance(each, ast.Name) and each.id == "HelpKey" for each in ast.walk(tree))
    ]
    assert without == []


def test_every_picture_is_there_and_described() -> None:
    for page in guide.pages():
        for words, name in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.text):
            assert words
            assert (guide.folder() / name).is_file(), name
    assert sum(each.stat().st_size for each in guide.folder().rglob("*.*")) < 1_500_000


def test_a_picture_is_as_wide_as_the_page_at_most(dialog: GuideDialog) -> None:
    dialog.show_page("de-an")
    for width in (700, 900, 600):
        dialog.resize(width, 500)
        QApplication.processEvents()
        assert not dialog.browser.horizontalScrollBar().isVisible()


def test_f1_in_a_dialog_opens_the_guide_over_it_at_the_place_that_tells_of_it(window: MainWindow, qtbot: QtBot) -> None:
    def act(dialog: QDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        press(dialog, Key.Key_F1)
        shown = dialog.findChild(GuideDialog)
        assert shown is not None
        assert shown.page_name() == "danh-sach"
        assert shown.browser.verticalScrollBar().value() > 0
        shown.close()

    in_dialog(act, window.actions_.bin.trigger)


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


@pytest.mark.parametrize("button", ["pdf_button", "keys_button"])
def test_the_guide_is_saved_as_pdf_while_one_goes_on_reading(
    dialog: GuideDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    target = tmp_path / "sách.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target.with_suffix("")), ""))
    getattr(dialog.saving, button).click()
    assert not dialog.saving.pdf_button.isEnabled()
    qtbot.waitUntil(dialog.saving.pdf_button.isEnabled, timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF-")
    assert dialog.saving.saved_label.text() == "Đã lưu sách.pdf."


def test_a_pdf_that_could_not_be_written_is_told(
    dialog: GuideDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "không có" / "sách.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(wanted), ""))
    told: list[str] = []
    monkeypatch.setattr("ui.dialogs.guide_saving.show_known", lambda _parent, error, _title: told.append(str(error)))
    dialog.saving.keys_button.click()
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert dialog.saving.pdf_button.isEnabled()


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

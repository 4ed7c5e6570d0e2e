"""What is typed into a form and not saved outlives a kill, is offered again, and is never where it must not be."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from kc_desktop.domain.people import Person
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import compose, show_active, type_text
from tests.ui.input_streams import TELEX
from ui.main_window import MainWindow
from ui.tabs.directory import PeopleTab
from ui.tabs.evaluations import EvaluationsTab
from ui.tabs.group import GroupTab
from ui.tabs.projects import ESTIMATE, ProjectTab
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.form_drafts import FormDrafts

ROOT = Path(__file__).parents[2]
_ID = "079085001234"
Open = Callable[[type[RecordTab]], RecordTab]


@pytest.fixture
def project(workspace: Workspace) -> Project:
    """A project with a line of its estimate."""
    kept = workspace.save(Project(name="Mẫu thử 01", year=2023))
    workspace.save(EstimateLine(project_id=kept.id, content="Máy mẫu 01", ordinal=1))
    return kept


@pytest.fixture
def opened(qtbot: QtBot, workspace: Workspace, state: ViewState) -> Iterator[Open]:
    """Opens a tab as a program does that has just been started: it reads the settings from the disk."""
    made: list[RecordTab] = []
    path = Path(state._settings.fileName())

    def open_it(cls: type[RecordTab]) -> RecordTab:
        tab = cls(workspace, ViewState(path))  # type: ignore[call-arg]  # these two tabs know their list themselves
        made.append(tab)
        tab.resize(1340, 640)
        tab.set_year(2023)
        show_active(qtbot, tab)
        qtbot.waitUntil(lambda: tab.drafts is not None or workspace.is_read_only)
        return tab

    yield open_it
    for tab in made:
        if shiboken6.isValid(tab):
            shiboken6.delete(tab)


def _drafts(tab: RecordTab) -> FormDrafts:
    assert tab.drafts is not None
    return tab.drafts


def _kill(tab: RecordTab) -> None:
    """Take the form away with what it kept so far: nothing is saved, nothing given up."""
    _drafts(tab).keep()
    shiboken6.delete(tab)


def _offered(tab: RecordTab) -> str:
    """Return what the bar says, "" where it is not there."""
    bar = _drafts(tab).bar
    return bar.words.text() if bar is not None and bar.isVisible() else ""


def _answer(tab: RecordTab, *, restore: bool) -> None:
    bar = _drafts(tab).bar
    assert bar is not None
    (bar.restore_button if restore else bar.drop_button).click()


def _type(tab: RecordTab, name: str, text: str) -> None:
    control = tab.form.editor(name).control()
    control.setFocus()
    type_text(control, text)


def test_a_changed_record_is_offered_again_and_laid_in_only_when_asked(opened: Open, project: Project) -> None:
    tab = opened(ProjectTab)
    tab.open_record("projects", project.id)
    tab.edit()
    _type(tab, "name", "Sửa ")
    tab.form.show_page(ESTIMATE)
    estimate = tab.estimate  # type: ignore[attr-defined]  # a project's tab
    estimate.view.setCurrentIndex(estimate.model.index(0, 0))
    estimate.view.edit(estimate.view.currentIndex())
    QTest.keyClicks(estimate.view.viewport().focusWidget() or estimate.view.focusWidget(), "May moi")
    _kill(tab)
    again = opened(ProjectTab)
    again.open_record("projects", project.id)
    assert again.form.editor("name").value() == "Mẫu thử 01"
    assert not again.is_dirty()
    assert "chưa lưu. Khác: Tên đề án: “Sửa Mẫu thử 01”; Bảng kèm theo" in _offered(again)
    _answer(again, restore=True)
    assert (again.form.editor("name").value(), again.is_dirty(), _offered(again)) == ("Sửa Mẫu thử 01", True, "")
    assert again.save()
    assert again.workspace.get(Project, project.id).name == "Sửa Mẫu thử 01"
    assert [each.content for each in again.workspace.children(EstimateLine, project_id=project.id)] == ["May moi"]
    assert _offered(again) == ""
    assert "@at" not in Path(again.state._settings.fileName()).read_text(encoding="utf-8")


def test_what_is_put_back_is_turned_to_with_the_cursor_at_its_end(opened: Open, project: Project) -> None:
    tab = opened(ProjectTab)
    tab.open_record("projects", project.id)
    tab.edit()
    _type(tab, "necessity", "Máy cũ, hao điện")
    _kill(tab)
    again = opened(ProjectTab)
    again.open_record("projects", project.id)
    _answer(again, restore=True)
    necessity = again.form.editor("necessity").control()
    assert isinstance(necessity, QPlainTextEdit)
    assert again.form.page_in_front() == "Nội dung"
    assert again.focusWidget() is necessity
    assert necessity.textCursor().atEnd()
    again.cancel()


def test_a_draft_says_when_the_record_was_saved_since_and_goes_with_the_record(opened: Open, project: Project) -> None:
    tab = opened(ProjectTab)
    tab.open_record("projects", project.id)
    tab.edit()
    _type(tab, "name", "Sửa ")
    _kill(tab)
    again = opened(ProjectTab)
    revision = again.workspace.revision
    again.workspace.save(dataclasses.replace(project, place="Xã 05"))
    again.open_record("projects", project.id)
    assert "đã có lần lưu khác" in _offered(again)
    _answer(again, restore=True)
    assert "đã có lần lưu khác" in again.form._notice.text()
    assert again.form.editor("place").value() == "Xã 05"
    again.cancel()
    assert _offered(again) == ""
    again.edit()
    _type(again, "name", "Lại ")
    _kill(again)
    third = opened(ProjectTab)
    assert f"của đề án {project.name}" in _offered(third)  # whichever record is on show
    third.workspace.delete(Project, project.id)
    third.reload()
    assert _offered(third) == ""
    assert third.workspace.revision != revision
    assert third.state.keys_under("drafts") == ()


def test_protected_numbers_are_never_in_a_draft_and_that_is_said(opened: Open) -> None:
    tab = opened(PeopleTab)
    tab.new()
    _type(tab, "name", "Cộng tác viên 90")
    _type(tab, "citizen_id", _ID)
    _type(tab, "bank_account", "0123456789012")
    _kill(tab)
    path = Path(ViewState(Path(tab.state._settings.fileName()))._settings.fileName())
    kept = path.read_text(encoding="utf-8")
    assert "@at" in kept
    assert _ID[:6] not in kept
    assert "012345" not in kept
    again = opened(PeopleTab)
    assert "của người mới" in _offered(again)
    assert "Không giữ số định danh, số tài khoản" in _offered(again)
    _answer(again, restore=True)
    assert again.form.record.id == 0
    assert again.form.editor("name").value() == "Cộng tác viên 90"
    assert "phải gõ lại" in again.form._notice.text()


def test_typing_anew_never_writes_over_a_draft_not_yet_answered(opened: Open) -> None:
    tab = opened(PeopleTab)
    tab.new()
    _type(tab, "name", "Người m")
    compose(tab.form.editor("name").control(), "ột")  # the input method has not handed it over
    _kill(tab)
    again = opened(PeopleTab)
    again.new()
    assert "Người một" in _offered(again)
    _type(again, "name", "Người hai")
    _answer(again, restore=True)
    assert again.form.editor("name").value() == "Người một"
    assert "Người hai" in _offered(again)
    _answer(again, restore=False)
    assert _offered(again) == ""
    assert again.save()
    assert again.state.keys_under("drafts") == ()
    assert again.workspace.undo_label == "Thêm người Người một"  # drafts leave nothing in the history


def test_a_judgement_half_written_is_offered_for_its_person_and_year_only(opened: Open) -> None:
    def judge(row: int) -> EvaluationsTab:
        tab = opened(EvaluationsTab)
        assert isinstance(tab, EvaluationsTab)
        tab.refresh(frozenset())
        tab.figures.selectRow(row)
        tab.figures.opened.emit()
        assert tab.form.record.id == 0
        return tab

    tab = judge(2)
    _type(tab, "strengths", "Nhiệt tình")
    _kill(tab)
    assert _offered(judge(1)) == ""
    again = judge(2)
    _type(again, "weaknesses", "Chưa có")
    again.form.editor("grade").set_value("excellent")
    assert again.save()
    assert "Nhiệt tình" in _offered(again)  # begun as a new one, not answered yet
    _answer(again, restore=True)
    assert again.save()
    assert (again.form.record.strengths, again.form.record.weaknesses) == ("Nhiệt tình", "Chưa có")
    assert again.state.keys_under("drafts") == ()


def test_a_place_that_cannot_be_written_is_said_once_and_typing_goes_on(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    tab = PeopleTab(workspace, ViewState(tmp_path / "file" / "window.ini"))
    said: list[str] = []
    tab.statusMessage.connect(said.append)
    show_active(qtbot, tab)
    qtbot.waitUntil(lambda: tab.drafts is not None)
    tab.new()
    for letters in ("Người", " ba"):
        _type(tab, "name", letters)
        _drafts(tab).keep()
    assert [each for each in said if "bản đang gõ dở" in each] == [
        "Chưa giữ được bản đang gõ dở: thư mục của người dùng không ghi được. Nhớ Lưu sớm."
    ]
    assert tab.save()
    assert workspace.all(Person)[-1].name == "Người ba"
    shiboken6.delete(tab)


def test_a_file_only_read_keeps_no_drafts(qtbot: QtBot, workspace: Workspace, sample: Path, state: ViewState) -> None:
    assert not workspace.is_read_only
    second = Workspace.open(sample)
    tab = PeopleTab(second, state)
    show_active(qtbot, tab)
    qtbot.waitUntil(lambda: tab.steps is not None)
    assert (second.is_read_only, tab.drafts) == (True, None)
    shiboken6.delete(tab)
    second.close()


def test_a_program_that_is_killed_offers_what_was_typed_at_its_next_start(
    qtbot: QtBot, sample: Path, tmp_path: Path
) -> None:
    settings, before = tmp_path / "window.ini", sample.read_bytes()
    program = subprocess.Popen(
        [sys.executable, "-c", _TYPING, str(sample), str(settings), json.dumps(TELEX["đường"])],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == b"kept"
    program.kill()
    program.wait()
    program.stdout.close()
    assert sample.read_bytes() == before
    window = MainWindow(ViewState(settings))
    window.begin(sample)
    show_active(qtbot, window)
    group = window.pages.tab_for("people")
    assert isinstance(group, GroupTab)
    tab = group.show_part("people")
    qtbot.waitUntil(lambda: tab.drafts is not None)
    assert "Đã gõ: Họ và tên: “đường”." in _offered(tab)
    qtbot.waitUntil(lambda: "chưa lưu (người)" in window.status.said())
    _answer(tab, restore=True)
    assert tab.form.editor("name").value() == "đường"
    tab.cancel()
    window.close()
    shiboken6.delete(window)


_TYPING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from tests.ui.input_streams import backspaces
from ui.app import application
from ui.main_window import MainWindow
from ui.view_state import ViewState
app = application()
state = ViewState(Path(sys.argv[2]))
window = MainWindow(state)
window.begin(Path(sys.argv[1]))
window.show()
window.activateWindow()
tab = window.pages.tab_for("people").show_part("people")

def begin():
    tab.new()
    tab.form.editor("name").control().setFocus()
    backspaces(json.loads(sys.argv[3]))

def look():
    if "đường" in json.dumps([state.text(f"drafts/{each}") for each in state.keys_under("drafts")], ensure_ascii=False):
        print("kept", flush=True)
        watch.stop()

watch = QTimer()
watch.timeout.connect(look)
watch.start(50)
QTimer.singleShot(200, begin)
app.exec()
"""

"""Gộp: from the list's button to one record, by keyboard and back by one undo."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
from ui.dialogs.merge import MergeDialog
from ui.main_window import MainWindow
from ui.tabs.directory import DirectoryTab


def _twins(workspace: Workspace) -> tuple[Person, Person]:
    first = workspace.save(Person(name="Đại biểu 91", post="Trưởng phòng", phone="0903123456"))
    second = workspace.save(Person(name="Đại biểu 91", post="Phó phòng", phone="0903 123 456", email="a@example.vn"))
    meeting = workspace.save(Meeting(title="Họp 01", held_on=date(2023, 4, 13)))
    workspace.save(Attendee(meeting_id=meeting.id, person_id=second.id))
    return first, second


def _dialog(qtbot: QtBot, workspace: Workspace) -> MergeDialog:
    dialog = MergeDialog(workspace, Person)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_is_alike_is_listed_compared_and_merged_with_the_chosen_value(qtbot: QtBot, workspace: Workspace) -> None:
    first, second = _twins(workspace)
    dialog = _dialog(qtbot, workspace)
    qtbot.waitUntil(lambda: dialog.groups.count() == 1)
    assert dialog.groups.item(0).text().endswith("2 bản ghi cùng số điện thoại")
    dialog.take_other("post", other=True)
    with qtbot.waitSignal(dialog.merged):
        dialog.merge_button.click()
    one = workspace.get(Person, first.id)
    assert (one.post, one.email) == ("Phó phòng", "a@example.vn")
    assert workspace.find(Person, second.id) is None
    qtbot.waitUntil(lambda: not dialog.groups.isVisible())
    dialog.reject()


def test_the_other_way_round_keeps_the_other_record(qtbot: QtBot, workspace: Workspace) -> None:
    first, second = _twins(workspace)
    dialog = _dialog(qtbot, workspace)
    qtbot.waitUntil(lambda: dialog.groups.count() == 1)
    dialog._swap.click()
    dialog.merge_button.click()
    assert workspace.find(Person, first.id) is None
    assert workspace.get(Person, second.id).post == "Phó phòng"
    dialog.reject()


def test_nothing_alike_is_said_in_words(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = MergeDialog(workspace, Establishment)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "Không thấy" in dialog._words.text())
    assert not dialog.merge_button.isEnabled()
    dialog.reject()


def test_a_record_that_may_stand_there_already_is_told_and_merged_from_the_list(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = window.workspace
    assert workspace is not None
    first, second = _twins(workspace)
    window.open_record("people", second.id)
    tab = cast("DirectoryTab", window.pages.current().front())  # type: ignore[union-attr]  # the group of the tab
    assert "Có thể đã ghi rồi" in tab.form._notice.text()

    def merge() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MergeDialog)
        qtbot.waitUntil(lambda: dialog.groups.count() == 1)
        dialog.merge_button.click()
        dialog.reject()

    QTimer.singleShot(0, merge)
    tab.merge_button.click()
    assert tab.current_record() == ("person", first.id)
    window.undo()
    assert workspace.get(Person, second.id) == second

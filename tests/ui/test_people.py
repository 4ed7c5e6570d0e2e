"""The directory as a clerk keeps it: further phones, posts over time, the log of what was shown."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from kc_desktop.domain.directory import PersonContact, PersonPost
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click_button, in_dialog, press, texts
from ui.dialogs.history import HistoryDialog
from ui.dialogs.purpose import PurposeDialog
from ui.main_window import MainWindow
from ui.tabs.base import Verb
from ui.tabs.directory import DisclosureTab, PeopleTab
from ui.tabs.group import GroupTab
from ui.widgets.protected import ProtectedEdit
from ui.widgets.value_editors import DateEdit

_ID = "079085001234"


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


@pytest.fixture
def people(window: MainWindow) -> PeopleTab:
    """The list of people on somebody with a citizen id and a further phone."""
    workspace = _workspace(window)
    person = workspace.save(dataclasses.replace(workspace.children(Person, name="Cộng tác viên 07")[0], citizen_id=_ID))
    workspace.save(PersonContact(person_id=person.id, value="02743814163"))
    window.refresh()
    window.open_record("people", person.id)
    tab = window.pages.current()
    assert isinstance(tab, GroupTab)
    front = tab.front()
    assert isinstance(front, PeopleTab)
    return front


def _show_id(people: PeopleTab) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PurposeDialog)
        dialog.purpose.setCurrentText("Đối chiếu hồ sơ")
        click_button(dialog, "Hiện")

    editor = people.form.editor("citizen_id")
    assert isinstance(editor, ProtectedEdit)
    in_dialog(act, editor._reveal.click)


def test_phones_and_posts_are_kept_with_the_person_in_one_step(people: PeopleTab) -> None:
    workspace, person = people.workspace, people.form.record
    before = workspace.revision
    people.edit()
    people.contacts.model.add(PersonContact(kind="email", value="so7@example.vn"))
    people.posts.model.add(PersonPost(post="Phó phòng", organisation="Xã 01", valid_from=date(2022, 1, 1)))
    assert people.save()
    assert workspace.revision == before + 1
    assert [each.value for each in workspace.children(PersonContact, person_id=person.id)] == [
        "02743814163",
        "so7@example.vn",
    ]
    (post,) = workspace.children(PersonPost, person_id=person.id)
    assert (post.post, post.organisation, post.valid_from) == ("Phó phòng", "Xã 01", date(2022, 1, 1))


def test_a_day_in_a_small_table_is_of_the_year_on_show_typed_and_pasted(window: MainWindow, people: PeopleTab) -> None:
    assert window.year() == 2023
    people.edit()
    QGuiApplication.clipboard().setText("Phó phòng\tXã 01\t1/3\t\nTrưởng phòng\tXã 02\t1/9\t")
    in_dialog(lambda dialog: press(dialog, Key.Key_Return), lambda: press(people.posts.view, Key.Key_V, CTRL))
    view, model = people.posts.view, people.posts.model
    assert [each.record.valid_from for each in model.lines] == [date(2023, 3, 1), date(2023, 9, 1)]
    index = model.index(0, 3)
    view.setCurrentIndex(index)
    view.edit(index)
    (editor,) = view.viewport().findChildren(DateEdit)
    editor.line.setText("31/8")
    view.itemDelegate().setModelData(editor, model, index)
    assert model.lines[0].record.valid_to == date(2023, 8, 31)
    people.cancel()


def test_a_further_phone_that_is_none_is_told_and_nothing_is_lost(people: PeopleTab) -> None:
    people.edit()
    people.contacts.model.add(PersonContact(value="12345"))
    assert not people.save()
    assert any("Số điện thoại đang có 5 chữ số" in each for each in texts(people.form))
    assert people.form.is_editing()
    people.cancel()


def test_the_list_and_quick_find_find_a_further_phone(people: PeopleTab, window: MainWindow) -> None:
    people.panel.search.setText("0274381")
    people.panel.search.textNow.emit("0274381")
    people.panel.refresh()
    assert people.panel.model.count() == 1
    window.quick_find.begin()
    window.quick_find.search_for("02743814163")
    assert window.quick_find.suggestions_shown()[0].startswith(f"Người: {people.form.record.name}")


def test_a_showing_stands_with_the_person_and_in_the_log_that_nobody_writes(
    people: PeopleTab, window: MainWindow
) -> None:
    assert "Chưa ai xem" in people.shown.words.text()
    _show_id(people)
    assert "Số định danh · Đối chiếu hồ sơ" in people.shown.words.text()
    window.actions_.disclosures.trigger()
    log = window.pages.current()
    assert isinstance(log, DisclosureTab)
    assert log.panel.model.count() == 1
    assert not any(log.can(verb) for verb in (Verb.NEW, Verb.EDIT, Verb.SAVE, Verb.REMOVE, Verb.PRINT))
    assert not log.form.begin_edit()
    log.remove()
    assert log.panel.model.count() == 1
    window.pages.close_current()
    people.shown.words.linkActivated.emit("all")
    log = window.pages.current()
    assert isinstance(log, DisclosureTab)
    assert log.panel.model.count() == 1
    window.undo()
    assert log.panel.model.count() == 1


def test_the_history_and_the_list_never_show_the_number(people: PeopleTab, window: MainWindow) -> None:
    _show_id(people)
    people.workspace.save(dataclasses.replace(people.form.record, citizen_id="079085005678"))
    history = HistoryDialog(people.workspace, "person", people.form.record.id, window)
    told = []
    for row in range(history.tree.topLevelItemCount()):
        top = history.tree.topLevelItem(row)
        items = [top, *(top.child(each) for each in range(top.childCount()))] if top is not None else []
        told += [item.text(column) + item.toolTip(column) for item in items if item for column in range(4)]
    model = people.panel.model
    told += [str(model.index(row, column).data()) for row in range(5) for column in range(model.columnCount())]
    assert any("Số định danh" in each for each in told)
    assert not any(_ID in each or "079085005678" in each for each in told)
    history.deleteLater()

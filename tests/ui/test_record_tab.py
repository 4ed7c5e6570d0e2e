"""A list beside its form: the verbs, by keyboard; nothing typed is ever lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import Person
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, compose, press, replace_text, show_active, type_text
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, state: ViewState) -> RecordTab:
    made = RecordTab(workspace, state, "people")
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.set_year(0)
    show_active(qtbot, made)
    return made


def _control(tab: RecordTab, name: str):  # type: ignore[no-untyped-def]  # a widget
    return tab.form.editor(name).control()


def _find(tab: RecordTab, name: str) -> int:
    row = next(
        row for row in range(tab.panel.model.rowCount()) if tab.panel.model.data(tab.panel.model.index(row, 0)) == name
    )
    return tab.panel.model.id_at(row)


def test_the_first_record_is_on_show_at_once(tab: RecordTab) -> None:
    assert tab.current_record() == ("person", tab.panel.model.id_at(0))
    assert tab.form.editor("name").value()
    assert not tab.form.is_editing()


def test_a_new_record_is_typed_and_kept_as_one_step(tab: RecordTab, workspace: Workspace, qtbot: QtBot) -> None:
    tab.new()
    assert tab.form.visible_title() == "Thêm người"
    assert _control(tab, "name").hasFocus()
    type_text(_control(tab, "name"), "Đại biểu 07")
    replace_text(_control(tab, "phone"), "0912345678")
    assert tab.is_dirty()
    with qtbot.waitSignal(tab.dataChanged) as told:
        assert tab.save()
    assert told.args == [frozenset({"person"})]
    assert workspace.undo_label == "Thêm người Đại biểu 07"
    assert tab.panel.current_id() == _find(tab, "Đại biểu 07")
    assert not tab.form.is_editing()


def test_a_failed_save_keeps_the_text_and_goes_to_the_field(tab: RecordTab, workspace: Workspace) -> None:
    before = workspace.revision
    tab.new()
    type_text(_control(tab, "post"), "Chuyên viên")
    replace_text(_control(tab, "birth_year"), "bảy mươi")
    assert not tab.save()
    assert tab.form.is_editing()
    assert tab.form.is_dirty()
    assert tab.form.editor("name").shown_problem() == "Chưa có họ và tên."
    assert "bốn chữ số" in tab.form.editor("birth_year").shown_problem()
    assert _control(tab, "name").hasFocus()
    assert _control(tab, "post").property("text") == "Chuyên viên"
    assert workspace.revision == before


def test_a_value_the_file_refuses_is_said_at_its_field(tab: RecordTab) -> None:
    tab.new()
    type_text(_control(tab, "name"), "Đại biểu 07")
    replace_text(_control(tab, "phone"), "12")
    assert not tab.save()
    assert tab.form.editor("phone").shown_problem()
    assert _control(tab, "phone").hasFocus()
    assert _control(tab, "phone").property("text") == "12"


def test_letters_still_being_composed_are_saved_with_the_rest(tab: RecordTab) -> None:
    tab.new()
    line = _control(tab, "name")
    type_text(line, "Dai bieu 0")
    compose(line, "8")
    tab.save()
    assert tab.form.is_editing() or tab.form.record.name.startswith("Dai bieu 0")


def test_the_first_letter_typed_begins_editing(tab: RecordTab) -> None:
    line = _control(tab, "post")
    line.setFocus()
    line.end(False)
    before = line.text()
    press(line, Key.Key_X)
    assert tab.form.is_editing()
    assert line.text() == f"{before}x"
    assert tab.is_dirty()


def test_moving_about_in_a_field_does_not_begin_editing(tab: RecordTab) -> None:
    line = _control(tab, "post")
    line.setFocus()
    for key in (Key.Key_Right, Key.Key_End, Key.Key_Tab):
        press(line, key)
    press(line, Key.Key_C, CTRL)
    assert not tab.form.is_editing()


def test_hoan_gives_the_kept_text_back(tab: RecordTab) -> None:
    kept = tab.form.editor("name").value()
    tab.edit()
    replace_text(_control(tab, "name"), "Tên khác")
    press(_control(tab, "name"), Key.Key_Escape)
    assert tab.form.editor("name").value() == kept
    assert not tab.form.is_editing()


def test_hoan_of_a_new_record_shows_the_one_under_the_bar(tab: RecordTab) -> None:
    first = tab.current_record()
    tab.new()
    type_text(_control(tab, "name"), "Đại biểu")
    tab.cancel()
    assert tab.current_record() == first


def test_the_bar_does_not_leave_a_record_with_unsaved_text(tab: RecordTab) -> None:
    first = tab.panel.current_id()
    tab.edit()
    replace_text(_control(tab, "post"), "Chức vụ mới")
    tab.panel.table.setFocus()
    press(tab.panel.table, Key.Key_Down)
    assert tab.panel.current_id() == first
    assert _control(tab, "post").property("text") == "Chức vụ mới"
    assert "chưa lưu" in tab.form._notice.text()
    tab.save()
    press(tab.panel.table, Key.Key_Down)
    assert tab.panel.current_id() != first


def test_delete_asks_nothing_and_offers_the_way_back(tab: RecordTab, workspace: Workspace, qtbot: QtBot) -> None:
    kept = workspace.save(Person(name="Đại biểu 07"))
    tab.reload()
    tab.open_record("people", kept.id)
    tab.panel.table.setFocus()
    with qtbot.waitSignal(tab.undoOffered) as told:
        press(tab.panel.table, Key.Key_Delete)
    assert told.args == ["Đã xóa người Đại biểu 07."]
    assert workspace.find(Person, kept.id) is None
    assert tab.current_record() is not None


def test_delete_in_a_field_deletes_a_letter_not_the_record(tab: RecordTab, workspace: Workspace) -> None:
    before = workspace.revision
    tab.edit()
    press(_control(tab, "name"), Key.Key_Home)
    press(_control(tab, "name"), Key.Key_Delete)
    assert workspace.revision == before
    assert tab.is_dirty()


def test_what_others_depend_on_is_not_deleted_and_the_reason_is_said(tab: RecordTab, workspace: Workspace) -> None:
    chair = _find(tab, "Trương Thanh Nhàn")
    tab.open_record("people", chair)
    tab.remove()
    assert workspace.find(Person, chair) is not None
    assert "đang được dùng" in tab.form._notice.text()


def test_the_verbs_follow_what_can_be_done(tab: RecordTab) -> None:
    assert tab.can(Verb.EDIT)
    assert not tab.can(Verb.SAVE)
    assert not tab.can(Verb.PRINT)
    tab.edit()
    assert tab.can(Verb.SAVE)
    assert tab.can(Verb.CANCEL)
    assert not tab.can(Verb.NEW)
    assert not tab.can(Verb.REMOVE)


def test_a_file_open_elsewhere_can_be_looked_at_but_not_edited(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    second = Workspace.open(workspace.path)
    try:
        assert second.is_read_only
        tab = RecordTab(second, state, "people")
        tab.set_year(0)
        with qtbot.waitSignal(tab.statusMessage):
            tab.edit()
        assert not tab.form.is_editing()
        assert not any(tab.can(verb) for verb in (Verb.NEW, Verb.EDIT, Verb.REMOVE, Verb.SAVE))
        tab.deleteLater()
    finally:
        second.close()


def test_every_label_has_its_field_as_buddy(tab: RecordTab) -> None:
    labels = {label.buddy(): label.text() for label in tab.form.findChildren(QLabel) if label.buddy() is not None}
    for field in describe(Person).fields:
        if field.in_form:
            assert labels[tab.form.editor(field.name)].startswith(field.label)


def test_tab_goes_through_the_fields_from_top_to_bottom(tab: RecordTab) -> None:
    tab.edit()
    _control(tab, "name").setFocus()
    order = []
    for _ in range(8):
        focused = tab.window().focusWidget()
        order += [name for name, editor in tab.form._editors.items() if editor.control() is focused]
        press(focused, Key.Key_Tab)
    assert order == ["name", "honorific", "group_code", "post", "organisation", "phone", "email", "commune_id"]


def test_where_the_user_was_is_remembered(qtbot: QtBot, tab: RecordTab, workspace: Workspace, state: ViewState) -> None:
    third = tab.panel.model.id_at(2)
    tab.panel.table.setFocus()
    press(tab.panel.table, Key.Key_Down)
    press(tab.panel.table, Key.Key_Down)
    tab.remember()
    again = RecordTab(workspace, state, "people")
    qtbot.addWidget(again)
    again.set_year(0)
    assert again.current_record() == ("person", third)


def test_a_double_click_goes_into_the_form(tab: RecordTab) -> None:
    index = tab.panel.model.index(1, 0)
    place = tab.panel.table.visualRect(index).center()
    QTest.mouseClick(tab.panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(tab.panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.form.isAncestorOf(tab.window().focusWidget())


def test_money_and_choices_are_kept_as_typed(qtbot: QtBot, workspace: Workspace, state: ViewState) -> None:
    tab = RecordTab(workspace, state, "establishments")
    qtbot.addWidget(tab)
    tab.set_year(0)
    tab.show()
    tab.new()
    type_text(tab.form.editor("name").control(), "Cơ sở 99")
    replace_text(tab.form.editor("capital_vnd").control(), "12,5 tỷ")
    tab.form.editor("kind").control().setFocus()
    press(tab.form.editor("kind").control(), Key.Key_End)
    assert tab.save()
    kept = workspace.get(Establishment, tab.form.record.id)
    assert (kept.capital_vnd, kept.kind) == (12_500_000_000, "khac")

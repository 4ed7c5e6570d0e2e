"""Protected data in a form: masked, typed anew without being seen, shown for a purpose that is recorded."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kc_desktop.domain.directory import Disclosure
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.errors import KnownError
from kc_desktop.services import disclosure
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import all_widgets, click_button, in_dialog, replace_text, show_active, type_text
from ui.dialogs.purpose import PurposeDialog
from ui.widgets.protected import SHOWN_MS, ProtectedEdit
from ui.widgets.record_form import RecordForm

_ID, _ACCOUNT = "079085001234", "0123456789012"


@pytest.fixture
def person(workspace: Workspace) -> Person:
    """Somebody with a citizen id and a bank account."""
    return workspace.save(Person(name="Cộng tác viên 90", citizen_id=_ID, bank_account=_ACCOUNT))


@pytest.fixture
def form(qtbot: QtBot, workspace: Workspace, person: Person) -> RecordForm:
    """The form on show with that person."""
    made = RecordForm(workspace, Person)
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show_record(person)
    show_active(qtbot, made)
    return made


def _edit(form: RecordForm, name: str = "citizen_id") -> ProtectedEdit:
    editor = form.editor(name)
    assert isinstance(editor, ProtectedEdit)
    return editor


def _give_purpose(words: str) -> object:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PurposeDialog)
        dialog.purpose.setCurrentText(words)
        click_button(dialog, "Hiện")

    return act


def _show(form: RecordForm, words: str = "Đối chiếu hồ sơ", name: str = "citizen_id") -> None:
    in_dialog(_give_purpose(words), _edit(form, name)._reveal.click)  # type: ignore[arg-type]  # an act of the helpers


def _on_screen(form: RecordForm) -> str:
    told = []
    for widget in all_widgets(form):
        for name in ("text", "displayText", "toolTip", "placeholderText", "accessibleDescription"):
            read = getattr(widget, name, None)
            told.append(str(read()) if callable(read) else "")
    return " ".join(told)


def test_a_form_shows_only_the_mask(form: RecordForm) -> None:
    assert _edit(form).line.text() == "0790••••••34"
    assert _edit(form, "bank_account").line.text() == "•••••••••9012"
    assert _ID not in _on_screen(form)
    assert _ACCOUNT not in _on_screen(form)


def test_a_purpose_shows_the_value_and_is_recorded_for_good(form: RecordForm, workspace: Workspace) -> None:
    _show(form)
    assert _edit(form).line.text() == _ID
    (kept,) = workspace.all(Disclosure)
    assert (kept.field, kept.reason, kept.person_id) == ("Số định danh", "Đối chiếu hồ sơ", form.record.id)
    assert "Xem" not in workspace.undo_label


def test_without_a_purpose_nothing_is_shown(form: RecordForm, workspace: Workspace) -> None:
    _show(form, "  ")
    assert _edit(form).line.text() == "0790••••••34"
    assert workspace.all(Disclosure) == ()


def test_the_value_is_masked_again_on_the_next_record_when_hidden_and_after_a_while(
    form: RecordForm, person: Person
) -> None:
    _show(form)
    assert _edit(form)._timer.isActive()
    assert _edit(form)._timer.interval() == SHOWN_MS
    _edit(form)._timer.timeout.emit()
    assert _edit(form).line.text() == "0790••••••34"
    _show(form)
    form.show_record(person)
    assert not _edit(form).is_shown()
    _show(form)
    form.hide()
    assert not _edit(form).is_shown()


def test_a_save_that_typed_nothing_keeps_the_value(form: RecordForm, workspace: Workspace, person: Person) -> None:
    form.begin_edit()
    assert _edit(form).line.text() == ""
    assert "0790••••••34" in _edit(form).line.placeholderText()
    replace_text(form.editor("post").control(), "Trưởng ban")
    assert form.save()
    assert workspace.get(Person, person.id) == dataclasses.replace(person, post="Trưởng ban")


def test_a_new_value_is_typed_without_the_old_one_being_seen(
    form: RecordForm, workspace: Workspace, person: Person
) -> None:
    form.begin_edit()
    _edit(form).line.setFocus()
    type_text(_edit(form).line, "079085005678")
    assert _ID not in _on_screen(form)
    assert form.save()
    assert workspace.get(Person, person.id).citizen_id == "079085005678"
    assert _edit(form).line.text() == "0790••••••78"
    assert workspace.all(Disclosure) == ()


def test_a_value_is_taken_away_by_its_button_and_comes_back_with_cancel(
    form: RecordForm, workspace: Workspace, person: Person
) -> None:
    form.begin_edit()
    _edit(form)._clear.click()
    assert form.is_dirty()
    form.cancel()
    assert _edit(form).line.text() == "0790••••••34"
    form.begin_edit()
    _edit(form)._clear.click()
    assert form.save()
    assert workspace.get(Person, person.id).citizen_id == ""


def test_a_wrong_number_is_told_at_its_field(form: RecordForm, workspace: Workspace, person: Person) -> None:
    form.begin_edit()
    _edit(form).line.setFocus()
    type_text(_edit(form).line, "12345")
    assert not form.save()
    assert "12 chữ số" in _edit(form).shown_problem()
    assert workspace.get(Person, person.id).citizen_id == _ID


# --- a household's tax code, which is a citizen id ---


@pytest.fixture
def household(qtbot: QtBot, workspace: Workspace, person: Person) -> RecordForm:
    """The form on show with a household somebody stands for."""
    kept = workspace.save(
        Establishment(name="Cơ sở 90", kind="ho_kinh_doanh", tax_code=_ID, representative_id=person.id)
    )
    made = RecordForm(workspace, Establishment)
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show_record(kept)
    show_active(qtbot, made)
    return made


def test_a_households_tax_code_is_masked_until_a_purpose_is_recorded_for_who_stands_for_it(
    household: RecordForm, workspace: Workspace, person: Person
) -> None:
    assert _edit(household, "tax_code").line.text() == "0790••••••34"
    assert _ID not in _on_screen(household)
    _show(household, name="tax_code")
    assert _edit(household, "tax_code").line.text() == _ID
    (kept,) = workspace.all(Disclosure)
    assert (kept.person_id, kept.field) == (person.id, "Mã số thuế của Cơ sở 90")


def test_a_households_tax_code_stays_while_the_rest_is_edited_and_gives_way_to_what_is_typed(
    household: RecordForm, workspace: Workspace
) -> None:
    household.begin_edit()
    assert _ID not in _on_screen(household)
    replace_text(household.editor("address").control(), "Ấp 1")
    assert household.save()
    kept = workspace.get(Establishment, household.record.id)
    assert (kept.tax_code, kept.address) == (_ID, "Ấp 1")
    household.begin_edit()
    replace_text(_edit(household, "tax_code").line, "0100109106")
    assert household.save()
    assert workspace.get(Establishment, kept.id).tax_code == "0100109106"
    assert _edit(household, "tax_code").line.text() == "0100109106"


def test_a_firms_tax_code_stands_open_and_is_corrected_in_place(workspace: Workspace, household: RecordForm) -> None:
    household.show_record(workspace.save(Establishment(name="Cơ sở 91", tax_code="0100109106")))
    line = _edit(household, "tax_code")
    assert line.line.text() == "0100109106"
    assert not line._reveal.isVisible()
    household.begin_edit()
    assert line.line.text() == "0100109106"
    household.cancel()
    assert line.line.text() == "0100109106"


def test_nobody_standing_for_a_household_leaves_its_tax_code_masked(workspace: Workspace) -> None:
    kept = workspace.save(Establishment(name="Cơ sở 92", kind="ho_kinh_doanh", tax_code=_ID))
    with pytest.raises(KnownError, match="chưa có người đại diện"):
        disclosure.show_tax_code(workspace, kept.id, "Đối chiếu hồ sơ")
    assert not workspace.all(Disclosure)

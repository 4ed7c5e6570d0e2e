"""Every kind of field: what is typed, understood, refused in words, and never eaten."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.fields import Field, Kind, Value
from kc_desktop.domain.people import HONORIFICS, Person
from kc_desktop.errors import FieldError
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, commit, compose, press, show_active, type_text
from ui.widgets.editors import (
    ChoiceEdit,
    DateEdit,
    Editor,
    FlagEdit,
    LinkEdit,
    LongLineEdit,
    MoneyEdit,
    TextEdit,
    TimeEdit,
    editor_for,
)
from ui.widgets.suggestions import SuggestionLine


class Bench:
    """Puts one editor and a second field to leave it for into a window."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self._qtbot = qtbot
        self._workspace = workspace
        self.page = QWidget()
        self.page.resize(700, 400)
        self._box = QVBoxLayout(self.page)
        qtbot.addWidget(self.page)
        self.other = QWidget(self.page)
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.changes: list[Value] = []

    def edit(self, field: Field, value: Value = None) -> Editor:
        editor = editor_for(field, self._workspace, self.page)
        self._box.addWidget(editor)
        self._box.addWidget(self.other)
        self._box.addStretch(1)
        editor.set_value(value)
        editor.changed.connect(self.changes.append)
        show_active(self._qtbot, self.page)
        editor.control().setFocus()
        return editor

    def leave(self) -> None:
        self.other.setFocus()


@pytest.fixture
def bench(qtbot: QtBot, workspace: Workspace) -> Bench:
    return Bench(qtbot, workspace)


def _field(kind: Kind, **more: object) -> Field:
    return Field(name="thing", label="Số tiền", kind=kind, **more)  # type: ignore[arg-type]  # test helper


def test_money_is_read_the_way_people_write_it_when_the_field_is_left(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.MONEY))
    type_text(editor.control(), "5,978 tỷ")
    assert bench.changes == []
    bench.leave()
    assert editor.value() == 5_978_000_000
    assert isinstance(editor, MoneyEdit)
    assert editor.line.text() == "5.978.000.000"
    assert bench.changes == [5_978_000_000]


def test_an_amount_beyond_32_bits_comes_through_the_signal_whole(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.MONEY))
    type_text(editor.control(), "12345678901")
    bench.leave()
    assert bench.changes == [12_345_678_901]


def test_an_amount_that_cannot_be_read_stays_and_the_reason_stands_under_it(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.MONEY))
    assert isinstance(editor, MoneyEdit)
    type_text(editor.control(), "1.5 tỷ")
    bench.leave()
    assert editor.line.text() == "1.5 tỷ"
    assert "dấu chấm" in editor.shown_problem()
    assert bench.changes == []
    with pytest.raises(FieldError):
        editor.value()


def test_typing_on_takes_the_problem_away(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.MONEY))
    type_text(editor.control(), "abc")
    bench.leave()
    assert editor.shown_problem()
    editor.control().setFocus()
    press(editor.control(), Key.Key_Backspace)
    assert not editor.shown_problem()


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.INTEGER, "6.000", 6000, "6.000"),
        (Kind.INTEGER, "6 000", 6000, "6.000"),
        (Kind.INTEGER, "-5", -5, "-5"),
        (Kind.DECIMAL, "1,50", Decimal("1.50"), "1,5"),
        (Kind.DECIMAL, "1.5", Decimal("1.5"), "1,5"),
        (Kind.DECIMAL, "12.000,25", Decimal("12000.25"), "12.000,25"),
        (Kind.DATE, "13/4/2023", date(2023, 4, 13), "13/04/2023"),
        (Kind.MONEY, "", None, ""),
        (Kind.DATE, "", None, ""),
        (Kind.INTEGER, "", None, ""),
        (Kind.DECIMAL, "", None, ""),
    ],
)
def test_numbers_and_dates_are_written_back_in_their_usual_form(
    bench: Bench, kind: Kind, typed: str, value: Value, shown: str
) -> None:
    editor = bench.edit(_field(kind))
    type_text(editor.control(), typed)
    bench.leave()
    assert editor.value() == value
    assert editor.control().property("text") == shown


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.INTEGER, "sáu"), (Kind.INTEGER, "1,5"), (Kind.DECIMAL, "1,2,3"), (Kind.DATE, "32/1/2023")],
)
def test_what_is_no_number_or_date_is_refused_in_words(bench: Bench, kind: Kind, typed: str) -> None:
    editor = bench.edit(_field(kind))
    type_text(editor.control(), typed)
    bench.leave()
    assert editor.control().property("text") == typed
    assert len(editor.shown_problem()) > 10
    assert editor.problem()


def test_a_year_is_shown_without_a_dot(bench: Bench) -> None:
    editor = bench.edit(Field(name="year", label="Năm", kind=Kind.INTEGER), 2023)
    assert editor.control().property("text") == "2023"


def test_text_is_composed_and_tidied_only_when_the_field_is_left(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.LINE))
    line = editor.control()
    type_text(line, "Hồ  Trần ")
    commit(line, unicodedata.normalize("NFD", "Hồng Ân"))
    assert "  " in str(line.property("text"))
    bench.leave()
    assert line.property("text") == "Hồ Trần Hồng Ân"
    assert unicodedata.is_normalized("NFC", str(editor.value()))


def test_letters_still_being_composed_are_neither_lost_nor_doubled(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.LINE))
    line = editor.control()
    for preedit in ("V", "Vi", "Vie", "Viê", "Việ", "Việt"):
        compose(line, preedit)
        assert line.property("text") == ""
    commit(line, "Việt")
    assert editor.value() == "Việt"


def test_suggestions_follow_composing_without_disturbing_it(bench: Bench, workspace: Workspace) -> None:
    editor = bench.edit(Field(name="chair_id", label="Chủ trì", kind=Kind.LINK, target="person"))
    assert isinstance(editor, LinkEdit)
    line = editor.control()
    type_text(line, "Truong Thanh ")
    for preedit in ("N", "Nh", "Nha", "Nhà", "Nhàn"):
        compose(line, preedit)
        assert line.hasFocus()
        assert editor.line.text() == "Truong Thanh "
    assert any("Trương Thanh Nhàn" in label for label in editor._picker.suggestions_shown())
    commit(line, "Nhàn")
    press(line, Key.Key_Return)
    assert workspace.title_of("person", editor.value()) == "Trương Thanh Nhàn"


def test_a_link_can_be_picked_with_arrows_and_with_the_mouse(bench: Bench) -> None:
    editor = bench.edit(Field(name="person_id", label="Người", kind=Kind.LINK, target="person"))
    assert isinstance(editor, LinkEdit)
    type_text(editor.control(), "cong tac vien 0")
    shown = editor._picker.suggestions_shown()
    press(editor.control(), Key.Key_Down)
    press(editor.control(), Key.Key_Return)
    assert shown[1].startswith(editor.line.text())
    press(editor.control(), Key.Key_Down)
    box = editor._picker._list
    assert box is not None
    assert box.isVisible()
    QTest.mouseClick(box.viewport(), Qt.MouseButton.LeftButton, pos=box.visualItemRect(box.item(2)).center())
    assert not box.isVisible()
    assert len(bench.changes) == 2


def test_a_link_left_unpicked_says_what_to_do_and_keeps_the_text(bench: Bench) -> None:
    editor = bench.edit(Field(name="person_id", label="Người", kind=Kind.LINK, target="person"))
    assert isinstance(editor, LinkEdit)
    type_text(editor.control(), "cong tac")
    bench.leave()
    assert editor.line.text() == "cong tac"
    assert "gõ vài chữ" in editor.shown_problem()
    assert editor._picker.suggestions_shown() == ()


def test_a_link_with_only_one_suggestion_is_taken_when_the_field_is_left(bench: Bench, workspace: Workspace) -> None:
    editor = bench.edit(Field(name="person_id", label="Người", kind=Kind.LINK, target="person"))
    type_text(editor.control(), "Hồ Trần Hồng")
    bench.leave()
    assert workspace.get(Person, int(str(editor.value()))).name == "Hồ Trần Hồng Ân"


def test_clearing_a_link_leaves_none(bench: Bench, workspace: Workspace) -> None:
    first = workspace.suggest("person", "")[0][0]
    editor = bench.edit(Field(name="person_id", label="Người", kind=Kind.LINK, target="person"), first)
    assert editor.value() == first
    press(editor.control(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(editor.control(), Key.Key_Delete)
    bench.leave()
    assert editor.value() is None


def test_escape_closes_the_suggestions_first(bench: Bench) -> None:
    editor = bench.edit(Field(name="person_id", label="Người", kind=Kind.LINK, target="person"))
    assert isinstance(editor, LinkEdit)
    type_text(editor.control(), "cong")
    assert editor._picker.suggestions_shown()
    press(editor.control(), Key.Key_Escape)
    assert editor._picker.suggestions_shown() == ()
    assert editor.line.text() == "cong"


def test_suggestions_go_with_the_line_they_belong_to_and_those_that_come_late_stay_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, other = SuggestionLine(window), QLineEdit(window)
    show_active(qtbot, window)
    line.setFocus()
    line.show_suggestions(((1, "Một"),), "")
    assert line.suggestions_shown() == ("Một",)
    other.setFocus()
    assert line.suggestions_shown() == ()
    line.show_suggestions(((1, "Một"),), "")
    assert line.suggestions_shown() == ()


def test_a_date_is_picked_from_the_calendar(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.DATE), date(2023, 4, 13))
    assert isinstance(editor, DateEdit)
    editor.open_calendar()
    popup = editor._popup
    assert popup is not None
    assert popup.isVisible()
    popup.calendar.clicked.emit(QDate(2023, 4, 20))
    assert not popup.isVisible()
    assert editor.value() == date(2023, 4, 20)
    assert bench.changes == [date(2023, 4, 20)]


@pytest.mark.parametrize(("typed", "kept"), [("8h30", "08:30"), ("8 giờ 30", "08:30"), ("14", "14:00"), ("", "")])
def test_a_time_of_day_is_kept_in_one_form(bench: Bench, typed: str, kept: str) -> None:
    editor = bench.edit(Field(name="starts_at", label="Bắt đầu", kind=Kind.LINE, width=6))
    assert isinstance(editor, TimeEdit)
    type_text(editor.control(), typed)
    bench.leave()
    assert editor.value() == kept


def test_a_choice_is_made_by_keyboard_and_not_by_a_passing_wheel(bench: Bench) -> None:
    editor = bench.edit(Field(name="honorific", label="Danh xưng", kind=Kind.CHOICE, choices=HONORIFICS), "ong")
    assert isinstance(editor, ChoiceEdit)
    press(editor.control(), Key.Key_Down)
    assert editor.value() == "ba"
    assert bench.changes == ["ba"]
    assert not editor.combo.isEditable()


def test_an_unknown_code_is_kept_and_shown_as_it_is(bench: Bench) -> None:
    editor = bench.edit(Field(name="kind", label="Loại", kind=Kind.CHOICE, choices=(("a", "Một"),)), "zzz")
    assert editor.value() == "zzz"
    editor.set_read_only(True)
    assert isinstance(editor, ChoiceEdit)
    assert editor.line.text() == "zzz"


def test_a_choice_only_shown_begins_with_its_beginning_however_narrow_it_is(bench: Bench) -> None:
    choices = (("a", "Mô hình trình diễn kỹ thuật, chuyển giao công nghệ"),)
    editor = bench.edit(Field(name="kind", label="Loại", kind=Kind.CHOICE, choices=choices), "a")
    editor.set_read_only(True)
    assert isinstance(editor, ChoiceEdit)
    assert editor.line.cursorPosition() == 0


def test_a_flag_is_ticked_with_space(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.FLAG), False)
    assert isinstance(editor, FlagEdit)
    press(editor.control(), Key.Key_Space)
    assert editor.value() is True
    assert editor.box.text() == "Có"


def test_tab_moves_on_from_text_of_several_paragraphs(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.TEXT))
    assert isinstance(editor, TextEdit)
    type_text(editor.control(), "một")
    press(editor.control(), Key.Key_Return)
    type_text(editor.control(), "hai")
    press(editor.control(), Key.Key_Tab)
    assert bench.other.hasFocus()
    assert editor.value() == "một\nhai"


def test_text_pasted_in_decomposed_form_becomes_nfc(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.TEXT))
    QApplication.clipboard().setText(unicodedata.normalize("NFD", "Đề án"))
    press(editor.control(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.value() == "Đề án"


def test_a_long_line_wraps_and_enter_goes_on(bench: Bench) -> None:
    editor = bench.edit(Field(name="name", label="Tên đề án", kind=Kind.LINE, width=60))
    assert isinstance(editor, LongLineEdit)
    low = editor.text.height()
    type_text(editor.control(), "Chương trình " * 20)
    assert editor.text.height() > low
    press(editor.control(), Key.Key_Return)
    assert "\n" not in editor.value()
    assert not editor.control().hasFocus()


def test_a_required_field_left_empty_is_a_problem_only_when_saving(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.LINE, required=True))
    bench.leave()
    assert not editor.shown_problem()
    assert editor.problem() == "Chưa có số tiền."


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.MONEY, Kind.DATE, Kind.INTEGER, Kind.DECIMAL])
def test_a_field_that_only_shows_takes_no_keys(bench: Bench, kind: Kind) -> None:
    editor = bench.edit(_field(kind))
    editor.set_read_only(True)
    type_text(editor.control(), "123")
    editor.set_read_only(False)
    assert editor.is_empty()


def test_a_value_that_is_set_fires_no_signal(bench: Bench) -> None:
    editor = bench.edit(_field(Kind.MONEY), 5)
    editor.set_value(7)
    bench.leave()
    assert bench.changes == []

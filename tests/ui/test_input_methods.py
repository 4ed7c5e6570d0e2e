"""Telex and VNI in every place words are typed: what is seen is what was meant, whatever the input method sends.

The words of a meeting have tests of their own, in test_meeting_input_method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, press, show_active
from tests.ui.input_streams import STREAMS, TELEX, VNI, Stream
from tests.ui.meeting_parts import focused
from ui.dialogs.ask import AskDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.purpose import PurposeDialog
from ui.main_window import MainWindow
from ui.tabs.group import GroupTab
from ui.tabs.meetings import MeetingsTab
from ui.tabs.projects import DOSSIER, ESTIMATE, ProjectTab
from ui.tabs.record_tab import RecordTab
from ui.widgets.editors import editor_for

_METHODS = {"Telex": TELEX, "VNI": VNI}
_KINDS = {
    "a line": Field(name="title", label="Tên", kind=Kind.LINE, width=30),
    "a long line": Field(name="title", label="Tên", kind=Kind.LINE, width=90),
    "a text": Field(name="body", label="Nội dung", kind=Kind.TEXT, width=90),
    "a time": Field(name="starts_at", label="Bắt đầu", kind=Kind.LINE, width=8),
    "a day": Field(name="held_on", label="Ngày", kind=Kind.DATE, width=11),
    "a moment": Field(name="at", label="Lúc", kind=Kind.MOMENT, width=16),
    "an amount": Field(name="amount_vnd", label="Số tiền", kind=Kind.MONEY, width=18),
    "a number": Field(name="count", label="Số người", kind=Kind.INTEGER, width=8),
    "a decimal": Field(name="factor", label="Hệ số", kind=Kind.DECIMAL, width=8),
    "a protected number": Field(name="citizen_id", label="Số định danh", kind=Kind.LINE, width=14, protected=True),
    "a tax code": Field(name="tax_code", label="Mã số thuế", kind=Kind.LINE, width=16, check="tax_code"),
    "a person": Field(name="person_id", label="Người", kind=Kind.LINK, target="person", width=30),
}


@pytest.fixture(params=STREAMS)
def stream(request: pytest.FixtureRequest) -> Stream:
    """One way input methods send what is typed."""
    return STREAMS[request.param]


def _seen() -> str:
    widget = QApplication.focusWidget()
    if isinstance(widget, QLineEdit | QComboBox):
        return widget.text() if isinstance(widget, QLineEdit) else widget.currentText()
    assert isinstance(widget, QPlainTextEdit), f"{widget} in {widget.parent() if widget is not None else None}"
    return widget.toPlainText()


def _words() -> Iterator[tuple[str, tuple[str, ...]]]:
    for method, words in _METHODS.items():
        for word, states in words.items():
            yield f"{method} {word}", states


def _empty() -> None:
    press(focused(), Key.Key_A, CTRL)
    press(focused(), Key.Key_Delete)


def _eaten(stream: Stream, place: str) -> list[str]:
    """Type every word into what has the focus; return the words that came out as others."""
    wrong = []
    for name, states in _words():
        _empty()
        stream(states)
        QCoreApplication.processEvents()
        if _seen() != states[-1]:
            wrong.append(f"{place}, {name}: {_seen()}")
    return wrong


def test_every_kind_of_field_takes_the_word_that_was_typed(qtbot: QtBot, workspace: Workspace, stream: Stream) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    editors = {name: editor_for(field, workspace, page) for name, field in _KINDS.items()}
    for editor in editors.values():
        column.addWidget(editor)
    show_active(qtbot, page)
    wrong = []
    for name, editor in editors.items():
        editor.set_read_only(False)
        editor.control().setFocus()
        wrong += _eaten(stream, name)
    assert wrong == []


@pytest.mark.parametrize("kind", ["a line", "a text", "a person"])
def test_undo_in_a_field_goes_back_to_what_stood_there(
    qtbot: QtBot, workspace: Workspace, stream: Stream, kind: str
) -> None:
    editor = editor_for(_KINDS[kind], workspace)
    qtbot.addWidget(editor)
    show_active(qtbot, editor)
    editor.control().setFocus()
    stream(TELEX["đường"])
    for _ in range(30):
        QTest.keySequence(focused(), QKeySequence(QKeySequence.StandardKey.Undo))
    assert _seen() == ""
    for _ in range(30):  # Ctrl+Y on Windows, another key on other desktops
        QTest.keySequence(focused(), QKeySequence(QKeySequence.StandardKey.Redo))
    assert _seen() == "đường"


def _project(window: MainWindow) -> ProjectTab:
    group = window.pages.tab_for("projects")
    assert isinstance(group, GroupTab)
    tab = group.show_part("projects")
    assert isinstance(tab, ProjectTab)
    return tab


def _search_of_a_list(window: MainWindow) -> None:
    _project(window).panel.focus_search()


def _filter_of_a_column(window: MainWindow) -> None:
    filters = _project(window).panel.filters
    filters.set_row_shown(True)
    QCoreApplication.processEvents()
    assert filters.row is not None
    editor = filters.row.editor("name")
    assert editor is not None
    editor.setFocus()


def _search_of_everything(window: MainWindow) -> None:
    window.actions_.quick_find.trigger()


def _cell(window: MainWindow) -> None:
    tab = _project(window)
    tab.edit()
    tab.form.show_page(ESTIMATE)
    tab.estimate.add_button.click()


def _paper_of_ones_own(window: MainWindow) -> None:
    tab = _project(window)
    tab.cancel()
    tab.panel.table.selectRow(1)
    tab.form.show_page(DOSSIER)
    tab.checklist.own.setFocus()


def _meeting(window: MainWindow, part: int) -> MeetingsTab:
    tab = window.pages.tab_for("meetings")
    assert isinstance(tab, MeetingsTab)
    tab.editor.show_part(part)
    return tab


def _attendee(window: MainWindow) -> None:
    _meeting(window, 2).editor.attendance.add_line.setFocus()


def _agenda(window: MainWindow) -> None:
    _meeting(window, 1).editor.agenda.composer.focus_first()


def _what_is_said(window: MainWindow) -> None:
    _meeting(window, 3).editor.minutes.composer.editors["body"].control().setFocus()


_PLACES: dict[str, Callable[[MainWindow], None]] = {
    "the search of a list": _search_of_a_list,
    "the filter of a column": _filter_of_a_column,
    "the search of everything": _search_of_everything,
    "a cell": _cell,
    "a paper of one's own": _paper_of_ones_own,
    "somebody at a meeting": _attendee,
    "the agenda": _agenda,
    "what is said": _what_is_said,
}


def test_every_place_of_the_window_takes_the_word_that_was_typed(window: MainWindow, stream: Stream) -> None:
    wrong = []
    for name, begin in _PLACES.items():
        begin(window)
        QCoreApplication.processEvents()
        wrong += _eaten(stream, name)
        _empty()
    assert wrong == []


def test_dialogs_take_the_word_that_was_typed(window: MainWindow, qtbot: QtBot, stream: Stream) -> None:
    asking = AskDialog("Nhận xét", "Lưu", window)
    asking.ask_line("&Nhận xét", "comment")
    asking.finish("comment")
    purpose = PurposeDialog("Hiện số", "số tài khoản", window)
    guide = GuideDialog(window)
    places: tuple[tuple[QDialog, QWidget], ...] = (
        (asking, asking.fields["comment"].control()),
        (purpose, purpose.purpose),
        (guide, guide.search),
    )
    wrong = []
    for dialog, field in places:
        show_active(qtbot, dialog)
        field.setFocus()
        wrong += _eaten(stream, type(dialog).__name__)
        dialog.close()
    assert wrong == []


def test_the_first_word_typed_begins_to_edit_a_record_and_is_whole(window: MainWindow, stream: Stream) -> None:
    group = window.pages.tab_for("people")
    assert isinstance(group, GroupTab)
    tab = group.show_part("people")
    assert isinstance(tab, RecordTab)
    tab.panel.table.selectRow(0)
    control = tab.form.editor("post").control()
    assert isinstance(control, QLineEdit)
    control.setFocus()
    control.end(False)
    before = control.text()
    stream(TELEX["đường"])
    if stream is STREAMS["backspaces"]:  # the others compose only where the program says that words are taken
        assert _seen() == before + "đường"
    elif not tab.form.is_dirty():
        assert not control.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert QGuiApplication.focusObject() is control


def test_a_word_typed_on_a_cell_opens_it_with_the_whole_word(window: MainWindow, stream: Stream) -> None:
    tab = _project(window)
    tab.edit()
    tab.form.show_page(ESTIMATE)
    tab.estimate.add_button.click()
    view = tab.estimate.view
    view.setFocus()
    view.setCurrentIndex(tab.estimate.model.index(0, 0))
    assert view.hasFocus()
    stream(TELEX["khuyến công"])
    QCoreApplication.processEvents()
    assert _seen() == "khuyến công"

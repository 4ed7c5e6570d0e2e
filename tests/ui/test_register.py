"""Sổ văn bản đi as a clerk uses it: issue from the preview, keep, cancel and replace numbers, print the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.services import issuing, register
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import CTRL, Key, click, in_dialog, press, replace_text, texts, type_text
from ui.dialogs.issue import CancelDialog, IssueDialog, PickPaperDialog, ReplaceEnteredDialog, ReserveDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.tabs.register import RegisterTab

_DAY = date(2023, 4, 14)


@pytest.fixture
def tab(window: MainWindow) -> RegisterTab:
    """The page of the register, opened from Danh mục."""
    window.actions_.catalogues["register"].trigger()
    QApplication.processEvents()
    shown = window.pages.current()
    assert isinstance(shown, RegisterTab)
    return shown


def _workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def _issued(window: MainWindow, number: int = 1) -> PaperRecord:
    issued = issuing.issue(_workspace(window), "meeting-minutes", 1, number=number, dated=_DAY)
    window.refresh(_workspace(window).last_touched)
    return issued


def _buttons(tab: RegisterTab) -> list[str]:
    return [each.text() for each in tab.register_form.standing.buttons() if each.isVisible()]


def _preview(dialog: QDialog) -> PreviewDialog:
    assert isinstance(dialog, PreviewDialog)
    return dialog


def _button(dialog: QDialog, text: str) -> QPushButton:

    return next(each for each in dialog.findChildren(QPushButton) if each.text().replace("&", "") == text)


def _then(is_it: Callable[[QDialog], bool], act: Callable[[QDialog], None]) -> None:
    """Act in the modal dialog wanted once it stands; a failure closes it, so that nothing waits for ever."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not is_it(dialog):
            QTimer.singleShot(10, look)
            return
        try:
            act(dialog)
        except BaseException:
            dialog.done(0)
            raise

    QTimer.singleShot(0, look)


def test_the_register_stands_in_the_menu_by_its_name(window: MainWindow, tab: RegisterTab) -> None:
    assert window.actions_.catalogues["register"].text() == "Sổ văn bản đi"
    assert tab.series.text() == "Sổ năm 2023 chưa có số nào; bắt đầu từ 01."


def test_a_paper_is_issued_from_its_preview_and_the_issued_copy_opens_from_then_on(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace = _workspace(window)
    seen: list[str] = []

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        assert dialog.fields["number"].value() == 1
        replace_text(dialog.fields["dated"].control(), "14/4/2023")
        dialog.fields["dated"].settle()
        replace_text(dialog.fields["number"].control(), "5")
        dialog.ok_button.click()

    def see_the_copy(dialog: QDialog) -> None:
        copy = _preview(dialog)
        seen.extend(texts(copy))
        assert not copy.word_button.isVisible()
        assert copy.pdf_button.isEnabled()
        copy.done(0)

    def issue(dialog: QDialog) -> None:
        preview = _preview(dialog)
        qtbot.waitUntil(lambda: preview.is_ready)
        button = _button(preview, "Ghi số, ban hành…")
        in_dialog(confirm, button.click)

        _then(lambda each: isinstance(each, PreviewDialog) and each is not preview, see_the_copy)

    in_dialog(issue, lambda: PreviewDialog.show_paper(window, workspace, "meeting-minutes", 1))
    (paper,) = workspace.all(PaperRecord)
    assert (paper.mark.startswith("05/BB-"), paper.state, paper.dated) == (True, "issued", _DAY)
    assert workspace.get(Meeting, 1).number == 5
    assert any("Đã ban hành: số 05/BB-" in text and "giữ nguyên" in text for text in seen)
    assert window.actions_.undo.text().startswith("Hoàn tác: Ban hành văn bản số 05/BB-")


def test_a_replacement_begins_in_the_preview_of_the_issued_copy(qtbot: QtBot, window: MainWindow) -> None:
    first = _issued(window)
    workspace = _workspace(window)

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        dialog.ok_button.click()
        assert dialog.isVisible()
        assert dialog.fields["reason"].shown_problem()
        type_text(dialog.fields["reason"].control(), "sai nội dung kết luận 2")
        dialog.ok_button.click()

    def issue_anew(dialog: QDialog) -> None:
        draft = _preview(dialog)
        qtbot.waitUntil(lambda: draft.is_ready)
        assert draft.word_button.isVisible()
        in_dialog(confirm, _button(draft, "Ban hành bản thay thế…").click)
        _then(lambda each: isinstance(each, PreviewDialog) and each is not draft, close)

    def close(dialog: QDialog) -> None:
        dialog.done(0)

    def replace(dialog: QDialog) -> None:
        _then(lambda each: isinstance(each, PreviewDialog) and each is not dialog, issue_anew)
        _button(dialog, "Lập bản thay thế…").click()

    in_dialog(replace, lambda: PreviewDialog.show_paper(window, workspace, "meeting-minutes", 1))
    assert workspace.get(PaperRecord, first.id).state == "replaced"
    copy = issuing.issued_copy(workspace, "meeting-minutes", 1)
    assert copy is not None
    assert (copy.replaces_id, copy.reason) == (first.id, "sai nội dung kết luận 2")


def test_a_paper_without_a_number_has_no_button_to_issue_it(qtbot: QtBot, window: MainWindow) -> None:
    def look(dialog: QDialog) -> None:
        preview = _preview(dialog)
        qtbot.waitUntil(lambda: preview.is_ready)
        with pytest.raises(StopIteration):
            _button(preview, "Ghi số, ban hành…")

    in_dialog(look, lambda: PreviewDialog.show_paper(window, _workspace(window), "attendance-sheet", 1))


def test_an_issued_row_is_locked_but_for_its_last_columns(window: MainWindow, tab: RegisterTab) -> None:
    paper = _issued(window)
    tab.open_record("register", paper.id)
    assert _buttons(tab) == ["Mở bản đã ban hành", "Thay thế…", "Hủy số…"]
    tab.edit()
    editors = tab.register_form._editors
    assert {name for name, each in editors.items() if not each.is_read_only()} == {
        *("kept_by", "copies", "sent_on", "receipt", "note"),
    }
    assert editors["kept_by"].control().hasFocus()
    type_text(editors["kept_by"].control(), "Văn thư")
    press(tab, Key.Key_Escape)
    tab.edit()
    type_text(editors["receipt"].control(), "Đã nhận")
    assert tab.save()
    assert _workspace(window).get(PaperRecord, paper.id).receipt == "Đã nhận"
    assert not any(button.isHidden() for button in tab.register_form.standing.buttons()[:1])


def test_a_number_is_kept_cancelled_and_still_seen(window: MainWindow, tab: RegisterTab) -> None:
    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, ReserveDialog)
        replace_text(dialog.fields["symbol"].control(), "KH-TTKC")
        replace_text(dialog.fields["dated"].control(), "14/4/2023")
        for name in ("symbol", "dated"):
            dialog.fields[name].settle()
        assert dialog.fields["number"].value() == 1
        type_text(dialog.fields["subject"].control(), "Kế hoạch năm 2024")
        dialog.ok_button.click()

    def cancel(dialog: QDialog) -> None:
        assert isinstance(dialog, CancelDialog)
        dialog.ok_button.click()
        assert dialog.isVisible()
        type_text(dialog.fields["reason"].control(), "không ban hành nữa")
        dialog.ok_button.click()

    in_dialog(keep, tab.reserve_button.click)
    assert _buttons(tab) == ["Dùng số này…", "Hủy số…"]
    in_dialog(cancel, tab.register_form.standing.cancel_button.click)
    (paper,) = _workspace(window).all(PaperRecord)
    assert (paper.mark, paper.state, paper.reason) == ("01/KH-TTKC", "cancelled", "không ban hành nữa")
    assert tab.panel.model.row_of(paper.id) == 0
    assert "✕ Đã hủy: không ban hành nữa" in tab.register_form.standing.words.text()
    assert _buttons(tab) == []
    assert tab.series.text() == "Sổ năm 2023: KH đến số 01."


def test_a_kept_number_is_used_for_a_paper_of_the_program(window: MainWindow, tab: RegisterTab) -> None:
    workspace = _workspace(window)
    symbol = issuing.propose(workspace, "meeting-minutes", 1, _DAY).symbol
    held = register.reserve(workspace, symbol=symbol, number=3, dated=_DAY, subject="Biên bản họp")
    window.refresh(workspace.last_touched)
    tab.open_record("register", held.id)

    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, PickPaperDialog)
        dialog.kind.setCurrentIndex(dialog.kind.findData("meeting-minutes"))
        dialog.ok_button.click()
        assert dialog.isVisible()
        dialog.fields["meeting"].set_value(1)
        _then(lambda each: isinstance(each, IssueDialog), confirm)
        dialog.ok_button.click()

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        assert dialog.choice.currentData() == held.id
        assert dialog.fields["number"].is_read_only()
        dialog.ok_button.click()

    in_dialog(pick, tab.register_form.standing.use_button.click)
    (paper,) = workspace.all(PaperRecord)
    assert (paper.id, paper.state, paper.number) == (held.id, "issued", 3)
    assert workspace.get(Meeting, 1).number == 3


def test_a_paper_of_the_program_is_issued_from_the_register(window: MainWindow, tab: RegisterTab) -> None:
    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, PickPaperDialog)
        assert dialog.kind.findText("Văn bản lập ở nơi khác") < 0
        dialog.kind.setCurrentIndex(dialog.kind.findData("attendance-sheet"))
        dialog.fields["meeting"].set_value(1)
        dialog.ok_button.click()
        assert any("không đánh số" in text for text in texts(dialog))
        dialog.kind.setCurrentIndex(dialog.kind.findData("meeting-minutes"))
        _then(lambda each: isinstance(each, IssueDialog), confirm)
        dialog.ok_button.click()

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        replace_text(dialog.fields["dated"].control(), "14/4/2023")
        dialog.fields["dated"].settle()
        dialog.ok_button.click()

    in_dialog(pick, tab.issue_button.click)
    (paper,) = _workspace(window).all(PaperRecord)
    assert (paper.number, paper.state, paper.dated) == (1, "issued", _DAY)
    assert tab.current_record() == ("paper", paper.id)


def test_a_paper_made_elsewhere_is_typed_in_and_gaps_are_told(window: MainWindow, tab: RegisterTab) -> None:
    tab.new()
    editors = tab.register_form._editors
    replace_text(editors["dated"].control(), "14/4/2023")
    editors["dated"].settle()
    type_text(editors["symbol"].control(), "TTKC-KC")
    editors["symbol"].settle()
    assert editors["number"].value() == 1
    replace_text(editors["number"].control(), "4")
    assert not tab.save()
    assert editors["subject"].shown_problem().startswith("Chưa có tên loại và trích yếu")
    type_text(editors["subject"].control(), "Công văn về việc rà soát")
    assert tab.save()
    assert tab.series.text() == "Sổ năm 2023: TTKC đến số 04; thiếu số 01–03."
    assert _buttons(tab) == ["Thay thế…", "Hủy số…"]

    def replace(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplaceEnteredDialog)
        type_text(dialog.fields["reason"].control(), "sai nơi nhận")
        replace_text(dialog.fields["dated"].control(), "20/4/2023")
        dialog.fields["dated"].settle()
        assert dialog.fields["number"].value() == 5
        dialog.ok_button.click()

    in_dialog(replace, tab.register_form.standing.replace_button.click)
    assert {each.mark: each.state for each in _workspace(window).all(PaperRecord)} == {
        "04/TTKC-KC": "replaced",
        "05/TTKC-KC": "issued",
    }


def test_a_row_of_the_register_is_not_deleted(window: MainWindow, tab: RegisterTab) -> None:
    paper = _issued(window)
    tab.open_record("register", paper.id)
    tab.remove()
    assert any("không xóa được" in text for text in texts(tab))
    assert _workspace(window).get(PaperRecord, paper.id) == paper


def test_the_issued_copy_opens_from_its_row(window: MainWindow, tab: RegisterTab) -> None:
    paper = _issued(window)
    tab.open_record("register", paper.id)
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        preview = _preview(dialog)
        told.extend(texts(preview))
        assert preview.is_ready
        assert not preview.word_button.isVisible()

    in_dialog(look, lambda: click(tab.register_form.standing.copy_button))
    assert any(f"số {paper.mark}" in text for text in told)


def test_ctrl_p_shows_the_register_of_the_year(qtbot: QtBot, window: MainWindow, tab: RegisterTab) -> None:
    with qtbot.waitSignal(tab.requestPaper) as told:
        tab.requestPaper.disconnect(window._on_paper_requested)
        press(window, Key.Key_P, CTRL)
    assert told.args == ["outgoing-register", 2023]


def test_the_office_chooses_one_series_for_all(window: MainWindow, tab: RegisterTab) -> None:
    tab.numbering.setCurrentIndex(tab.numbering.findData(register.COMMON))
    tab.numbering.activated.emit(tab.numbering.currentIndex())
    assert register.numbering_of(_workspace(window)) == register.COMMON
    window.undo()
    assert register.numbering_of(_workspace(window)) == register.BY_KIND
    assert tab.numbering.currentData() == register.BY_KIND

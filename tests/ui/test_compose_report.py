"""Soạn báo cáo: phrases that fit the figures are put in, figures follow the ledger, nothing is typed twice or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kc_desktop.domain.report_text import REPORT_SECTIONS, ReportText
from kc_desktop.services import plan_papers, report_texts
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import Key, click, press
from ui.dialogs.compose_report import ComposeReportDialog
from ui.dialogs.preview import PreviewDialog
from ui.view_state import ViewState

KEY = "annual-report"


def plan_of(workspace: Workspace) -> int:
    return plan_papers.plan_of(workspace, 2023).id


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> ComposeReportDialog:
    made = ComposeReportDialog(workspace, report_texts.draft(workspace, KEY, plan_of(workspace)))
    qtbot.addWidget(made, before_close_func=lambda each: each.hide())
    made.show()
    return made


def answering(button: str) -> None:
    """Press a button of the question that comes."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        click(next(each for each in box.buttons() if each.text() == button))

    QTimer.singleShot(0, answer)


def test_enter_puts_a_phrase_in_with_its_figure_as_it_is_printed_and_saving_is_one_step(
    dialog: ComposeReportDialog, workspace: Workspace
) -> None:
    assert "dòng chấm" in dialog.printed.toPlainText()
    dialog.sections.setCurrentRow(2)
    dialog.text.setPlainText("Dòng đầu.")
    offered = [dialog.phrases.item(row).text() for row in range(dialog.phrases.count())]
    dialog.phrases.setCurrentRow(offered.index("Còn 4.380.000.000 đồng vốn được giao chưa giải ngân."))
    press(dialog.phrases, Key.Key_Return)
    assert dialog.text.toPlainText() == "Dòng đầu.\nCòn {chưa giải ngân} đồng vốn được giao chưa giải ngân."
    assert dialog.printed.toPlainText().endswith("Còn 4.380.000.000 đồng vốn được giao chưa giải ngân.")
    assert dialog.sections.item(2).text() == "Tồn tại, hạn chế (đã ghi)"
    dialog.sections.setCurrentRow(0)
    assert dialog.text.toPlainText() == ""
    click(dialog.ok_button)
    assert dialog.result() == QDialog.DialogCode.Accepted
    (kept,) = workspace.all(ReportText)
    assert (kept.year, kept.part, kept.section) == (2023, "", "weaknesses")
    workspace.undo()
    assert workspace.all(ReportText) == ()


def test_a_name_without_a_figure_is_told_and_figures_are_put_in_from_a_menu(dialog: ComposeReportDialog) -> None:
    dialog.text.setPlainText("{không có}")
    assert "Không có số liệu tên “không có”" in dialog.problem.text()
    dialog.text.clear()
    assert dialog.problem.isHidden()
    menu = dialog.figures_button.menu()
    next(each for each in menu.actions() if each.text() == "giải ngân: 420.000.000").trigger()
    assert dialog.printed.toPlainText() == "420.000.000"
    dialog.hide()


def test_what_was_typed_is_not_lost_without_a_question(dialog: ComposeReportDialog, workspace: Workspace) -> None:
    dialog.text.setPlainText("Lời vừa gõ.")
    answering("Ở lại")
    click(dialog.cancel_button)
    assert dialog.isVisible()
    answering("Bỏ")
    press(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert workspace.all(ReportText) == ()


def test_the_report_is_written_before_it_is_shown_and_only_as_long_as_it_may_be(
    qtbot: QtBot, workspace: Workspace
) -> None:
    seen: list[str] = []

    def act() -> None:
        shown = QApplication.activeModalWidget()
        seen.append(type(shown).__name__)
        if isinstance(shown, ComposeReportDialog):
            shown.text.setPlainText("Có {số đề án} đề án.")
            QTimer.singleShot(0, act)
            click(shown.ok_button)
        elif isinstance(shown, PreviewDialog):
            shown.done(0)
        else:
            seen.pop()
            QTimer.singleShot(5, act)

    window = QWidget()
    qtbot.addWidget(window)
    QTimer.singleShot(0, act)
    PreviewDialog.show_paper(window, workspace, f"{KEY}:h1", plan_of(workspace))
    assert seen == ["ComposeReportDialog", "PreviewDialog"]
    assert [(each.part, each.body) for each in workspace.all(ReportText)] == [("h1", "Có {số đề án} đề án.")]
    reader = Workspace.open(workspace.path)
    try:
        assert reader.is_read_only
        seen.clear()
        QTimer.singleShot(0, act)
        PreviewDialog.show_paper(window, reader, KEY, plan_of(workspace))
        assert seen == ["PreviewDialog"]
    finally:
        reader.close()


def test_what_was_half_written_is_offered_again_after_an_accidental_end(
    qtbot: QtBot, workspace: Workspace, state: ViewState
) -> None:
    def written() -> ComposeReportDialog:
        made = ComposeReportDialog(workspace, report_texts.draft(workspace, KEY, plan_of(workspace)))
        qtbot.addWidget(made, before_close_func=lambda each: each.hide())
        made.keep_drafts_in(ViewState(Path(state._settings.fileName())))
        made.show()
        return made

    cut_off = written()
    cut_off.sections.setCurrentRow(1)
    cut_off.text.setPlainText("Còn khó khăn")
    cut_off.drafts.keep()
    again = written()
    assert again.texts().get(REPORT_SECTIONS[1][0], "") == ""
    assert f"Khác: {REPORT_SECTIONS[1][1]}." in again.drafts.bar.words.text()
    again.text.setPlainText("Viết mới")
    again.drafts.bar.restore_button.click()
    assert again.texts()[REPORT_SECTIONS[1][0]] == "Còn khó khăn"
    assert f"Khác: {REPORT_SECTIONS[0][1]}." in again.drafts.bar.words.text()  # what was just typed is not lost
    again.drafts.bar.drop_button.click()
    assert again.drafts.bar.isHidden()
    click(again.ok_button)
    (kept,) = workspace.all(ReportText)
    assert kept.body == "Còn khó khăn"
    assert ViewState(Path(state._settings.fileName())).keys_under("drafts") == ()

"""The council's part: votes and scores by key, decisions written to the projects; the parties of a session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kc_desktop.domain.council import Ballot, CouncilDecision, MeetingParty, VoteItem
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.project import Project
from kc_desktop.services import councils, finalising
from kc_desktop.services.workspace import Workspace
from tests.ui.council_parts import council, decided, working
from tests.ui.helpers import in_dialog, type_text
from tests.ui.helpers import press as press_on
from tests.ui.meeting_parts import Key, close_tabs, open_tab, press, type_keys
from ui.dialogs.pick_projects import PickProjectsDialog
from ui.dialogs.write_back import WriteBackDialog
from ui.meeting.council import CouncilSection
from ui.meeting.extra_parts import COUNCIL, FILES, PARTIES
from ui.tabs.meetings import MeetingsTab
from ui.view_state import ViewState


@pytest.fixture
def workspace(sample: Path) -> Iterator[Workspace]:
    opened = Workspace.open(sample)
    yield opened
    close_tabs()
    opened.close()


@pytest.fixture
def meeting(workspace: Workspace) -> Meeting:
    return council(workspace)


@pytest.fixture
def tab(qtbot: QtBot, workspace: Workspace, meeting: Meeting, state: ViewState) -> MeetingsTab:
    opened = open_tab(qtbot, workspace, state)
    opened.open_record("meetings", meeting.id)
    return opened


@pytest.fixture
def section(tab: MeetingsTab) -> CouncilSection:
    tab.editor.show_part(COUNCIL)
    return tab.editor.extra.council


def _answers(workspace: Workspace, item: VoteItem) -> list[str]:
    return [each.answer for each in workspace.children(Ballot, vote_item_id=item.id)]


def test_the_part_is_there_for_councils_and_can_be_added_to_any_other(
    tab: MeetingsTab, workspace: Workspace, meeting: Meeting
) -> None:
    tabs = tab.editor.tabs
    assert tabs.isTabVisible(COUNCIL)
    assert not tabs.isTabVisible(PARTIES)
    other = next(each for each in workspace.all(Meeting) if each.id != meeting.id)
    tab.open_record("meetings", other.id)
    assert not tabs.isTabVisible(COUNCIL)
    assert tabs.isTabVisible(FILES)
    tab.editor.extra.add_button.menu().actions()[0].trigger()
    assert tabs.isTabVisible(COUNCIL)
    assert tabs.currentIndex() == COUNCIL
    tab.open_record("meetings", meeting.id)
    assert not tabs.isTabVisible(PARTIES)


def test_projects_come_from_the_agenda_in_one_click(section: CouncilSection) -> None:
    assert section.count_text() == "Hội đồng 5 thành viên · có mặt 4 · cần ít nhất 4: đủ"
    section.items_button.click()
    assert [each.item.title[-2:] for each in section.grid.council.items] == ["01", "02", "03"]
    section.items_button.click()
    assert len(section.grid.council.items) == 3


def test_votes_are_typed_by_one_key_each_and_the_cursor_goes_on(
    section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    section.items_button.click()
    section.grid.setFocus()
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Space):
        press(key)
    first, second, _ = workspace.children(VoteItem, meeting_id=meeting.id)
    assert _answers(workspace, first) == ["yes", "no", "abstain", "yes"]
    assert section.grid.currentIndex().row() == 1, "the absent member is jumped over, the next item begins"
    assert section.grid.currentIndex().column() == 1
    texts = [section.grid.council.index(0, column).data() for column in range(section.grid.council.columnCount())]
    assert texts[1:] == ["Đồng ý", "Không", "Ý kiến khác", "Đồng ý", "vắng", "2/4 đồng ý · 1 không · 1 khác", ""]
    press(Key.Key_1)
    section.grid.setCurrentIndex(section.grid.council.index(1, 1))
    press(Key.Key_Delete)
    assert _answers(workspace, second) == [""]


def test_the_rest_agree_by_one_click(section: CouncilSection, workspace: Workspace, meeting: Meeting) -> None:
    section.items_button.click()
    section.grid.setFocus()
    press(Key.Key_2)
    section.grid.setCurrentIndex(section.grid.council.index(0, 2))
    section.agree_button.click()
    item = workspace.children(VoteItem, meeting_id=meeting.id)[0]
    assert sorted(_answers(workspace, item)) == ["no", "yes", "yes", "yes"]


def test_scores_are_typed_as_numbers_and_a_word_is_refused_in_words(
    tab: MeetingsTab, section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    councils.items_from_agenda(workspace, meeting.id, "score")
    tab.editor.desk.renew()
    section.grid.setFocus()
    press(Key.Key_8)
    type_keys(",5")
    press(Key.Key_Return)
    press(Key.Key_9)
    press(Key.Key_Return)
    item = workspace.children(VoteItem, meeting_id=meeting.id)[0]
    assert str(councils.tally(workspace, item.id).average) == "8.75"
    assert "2/4 · TB 8,75" in str(section.grid.council.index(0, 6).data())
    press(Key.Key_1)
    type_keys("x")
    press(Key.Key_Return)
    assert "không phải điểm" in tab.editor.problem_label.text()


def test_a_member_says_something_besides_the_vote_and_it_is_kept_with_the_ballot(
    section: CouncilSection, workspace: Workspace
) -> None:
    section.items_button.click()
    section.grid.setFocus()
    press(Key.Key_1)
    press(Key.Key_Left)

    def say(dialog: QDialog) -> None:
        type_text(dialog.focusWidget() or dialog, "Cần thêm báo giá")
        press_on(dialog.focusWidget() or dialog, Key.Key_Return)

    in_dialog(say, lambda: press(Key.Key_N))
    item = section.grid.council.items[0].item
    (ballot,) = workspace.children(Ballot, vote_item_id=item.id)
    assert (ballot.answer, ballot.comment) == ("yes", "Cần thêm báo giá")
    assert section.grid.council.index(0, 1).data() == "Đồng ý ✎"


def test_an_absent_member_is_refused_with_where_to_mark_them(tab: MeetingsTab, section: CouncilSection) -> None:
    section.items_button.click()
    section.grid.setFocus()
    section.grid.setCurrentIndex(section.grid.council.index(0, 5))
    press(Key.Key_1)
    assert "chưa được điểm danh có mặt" in tab.editor.problem_label.text()
    assert "Thành phần" in tab.editor.problem_label.text()


def test_an_undo_takes_the_last_vote_back(tab: MeetingsTab, section: CouncilSection, workspace: Workspace) -> None:
    section.items_button.click()
    section.grid.setFocus()
    press(Key.Key_1)
    tab.refresh(workspace.undo())
    assert section.grid.council.index(0, 1).data() == ""


def test_decisions_are_typed_with_the_verdicts_of_this_council(
    section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    section.projects_button.click()
    decision = workspace.children(CouncilDecision, meeting_id=meeting.id)[0]
    section.decisions.table.select_record(decision.id)
    section.decisions.table.setFocus()
    press(Key.Key_F2)
    editors = section.decisions.composer.editors
    offered = [editors["verdict"].combo.itemText(row) for row in range(editors["verdict"].combo.count())]  # type: ignore[attr-defined]
    assert offered == ["Chưa kết luận", "Đồng ý", "Yêu cầu bổ sung", "Không đồng ý"]
    editors["verdict"].set_value("approve")
    editors["amount_vnd"].control().setFocus()
    type_keys("150000000")
    press(Key.Key_Return)
    kept = workspace.get(CouncilDecision, decision.id)
    assert (kept.verdict, kept.amount_vnd) == ("approve", 150_000_000)


def test_results_are_shown_before_they_are_written_and_one_undo_takes_them_back(
    qtbot: QtBot,
    tab: MeetingsTab,
    section: CouncilSection,
    workspace: Workspace,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decided(workspace, meeting)
    tab.editor.desk.renew()
    before = {each.id: each for each in workspace.all(Project)}
    shown: list[str] = []

    def write(dialog: WriteBackDialog) -> int:
        dialog.show()
        shown.extend(str(dialog.table.model().index(row, 1).data()) for row in range(dialog.table.rowCount()))
        assert dialog.write_button.text() == "Ghi vào 2 đề án"
        dialog.write_button.click()
        return dialog.result()

    monkeypatch.setattr(WriteBackDialog, "exec", write)
    with qtbot.waitSignal(tab.undoOffered):
        section.write_button.click()
    assert "150.000.000 đồng" in shown[0]
    assert "Yêu cầu bổ sung" in shown[1]
    assert "Chưa có kết luận" in shown[2]
    changed = [each for each in workspace.all(Project) if each != before[each.id]]
    assert len(changed) == 2
    workspace.undo()
    assert {each.id: each for each in workspace.all(Project)} == before


def test_a_project_left_unticked_is_not_written(workspace: Workspace, meeting: Meeting, qtbot: QtBot) -> None:
    decided(workspace, meeting)
    dialog = WriteBackDialog(workspace, meeting.id)
    qtbot.addWidget(dialog)
    first = dialog.table.item(0, 0)
    assert first is not None
    first.setCheckState(Qt.CheckState.Unchecked)
    assert len(dialog.chosen()) == 1
    dialog.write_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert sum(each.state == "returned" for each in workspace.all(Project)) == 1


def test_a_closed_council_is_only_shown_but_its_results_can_still_be_written(
    tab: MeetingsTab, section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    decided(workspace, meeting)
    finalising.finalise(workspace, meeting.id, on=date(2023, 6, 21))
    tab.refresh(frozenset())
    assert "Biên bản đã chốt" in tab.editor.lock_label.text()
    for widget in (section.composer, section.decisions.composer, section.agenda_button, section.items_button):
        assert not widget.isVisible()
    section.grid.setFocus()
    section.grid.setCurrentIndex(section.grid.council.index(1, 1))
    press(Key.Key_1)
    assert section.grid.council.index(1, 1).data() == ""
    assert section.write_button.isVisible()


def test_the_excerpt_of_the_project_chosen_is_printed(
    qtbot: QtBot, tab: MeetingsTab, section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    decided(workspace, meeting)
    tab.editor.desk.renew()
    decision = workspace.children(CouncilDecision, meeting_id=meeting.id)[1]
    section.decisions.table.select_record(decision.id)
    with qtbot.waitSignal(tab.requestPaper) as asked:
        section.excerpt_button.click()
    assert asked.args == [f"minutes-excerpt:{decision.id}", meeting.id]


def test_projects_that_wait_are_ticked_and_put_on_the_agenda(
    section: CouncilSection, workspace: Workspace, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = workspace.save(Project(name="Hỗ trợ máy đóng gói tại Cơ sở 09", year=2023, state="appraising"))

    def tick(dialog: PickProjectsDialog) -> int:
        shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert not any("Cơ sở 01" in each and "tiên tiến" in each for each in shown), "it is on the agenda"
        dialog.search_line.setText("dong goi")
        dialog.all_button.click()
        assert dialog.chosen() == (waiting.id,)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(PickProjectsDialog, "exec", tick)
    section.agenda_button.click()
    item = workspace.children(AgendaItem, meeting_id=meeting.id)[-1]
    assert (item.title, item.project_id) == ("Thẩm định đề án: Hỗ trợ máy đóng gói tại Cơ sở 09", waiting.id)
    section.items_button.click()
    assert len(section.grid.council.items) == 4


def test_parties_are_made_in_one_click_and_people_put_into_them_by_number(
    tab: MeetingsTab, workspace: Workspace
) -> None:
    session = working(workspace)
    tab.refresh(frozenset())
    tab.open_record("meetings", session.id)
    tab.editor.show_part(PARTIES)
    section = tab.editor.extra.parties
    section.make_button.click()
    parties = workspace.children(MeetingParty, meeting_id=session.id)
    assert len(parties) == 4
    attendee = workspace.children(Attendee, meeting_id=session.id)[0]
    section.people.select_record(attendee.id)
    section.people.setFocus()
    press(Key.Key_4)
    assert workspace.get(Attendee, attendee.id).party_id == parties[3].id
    section.people.select_record(attendee.id)
    press(Key.Key_0)
    assert workspace.get(Attendee, attendee.id).party_id is None
    section.sheet.composer.focus_first()
    type_keys("UBND 5")
    press(Key.Key_Return)
    assert len(workspace.children(MeetingParty, meeting_id=session.id)) == 5
    assert tab.editor.tabs.tabText(PARTIES) == "Các bên (5)"


def test_a_project_is_concluded_on_once_and_its_name_stands_in_the_history(
    section: CouncilSection, workspace: Workspace, meeting: Meeting
) -> None:
    section.projects_button.click()
    decision = workspace.children(CouncilDecision, meeting_id=meeting.id)[0]
    composer = section.decisions.composer
    composer.editors["project_id"].set_value(decision.project_id)
    assert not composer.keep()
    assert len(workspace.children(CouncilDecision, meeting_id=meeting.id)) == 3
    workspace.delete(CouncilDecision, decision.id)
    assert workspace.undo_label.startswith("Xóa kết luận về đề án Hỗ trợ ứng dụng")


def test_what_is_half_typed_belongs_to_its_meeting_and_is_there_again_after_an_accidental_end(
    qtbot: QtBot, tab: MeetingsTab, section: CouncilSection, meeting: Meeting, workspace: Workspace, state: ViewState
) -> None:
    other = next(each for each in workspace.all(Meeting) if each.id != meeting.id)
    type_text(section.composer.editors["title"].control(), "Thông qua dở")
    attendance = tab.editor.attendance
    attendance.table.editWanted.emit(attendance.desk.records("attendee")[0], "reason")
    type_text(attendance.detail.editors["reason"].control(), "Bận đột xuất")
    tab.open_record("meetings", other.id)
    assert section.composer.is_blank()
    assert attendance.detail.isHidden()
    again = open_tab(qtbot, workspace, ViewState(Path(state._settings.fileName())))
    again.open_record("meetings", meeting.id)
    again.editor.show_part(COUNCIL)
    assert again.editor.extra.council.composer.draft()["title"] == "Thông qua dở"
    detail = again.editor.attendance.detail
    assert not detail.isHidden()
    assert detail.edit_draft()["reason"] == "Bận đột xuất"
    assert detail.keep()
    assert workspace.children(Attendee, meeting_id=meeting.id)[0].reason == "Bận đột xuất"
    again.open_record("meetings", other.id)
    again.open_record("meetings", meeting.id)
    assert detail.isHidden()
    assert again.editor.extra.council.composer.draft()["title"] == "Thông qua dở"

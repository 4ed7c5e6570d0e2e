"""Hội đồng: who belongs to it, votes and scores, what is concluded on each project and written to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.council import CountedItem, VoteItem
from kc_desktop.domain.fields import Value
from kc_desktop.domain.meeting import AttendeeDetail
from kc_desktop.services import councils
from ui import theme
from ui.meeting.ballot_grid import BallotGrid
from ui.meeting.composer import Composer
from ui.meeting.decisions import DecisionSheet
from ui.meeting.desk import Desk
from ui.meeting.elided import ElidedLabel
from ui.meeting.lines import NUMBER_WIDTH
from ui.meeting.sheet import field

_KIND, _PROJECT, _PASS = 15, 24, 15


class CouncilSection(QWidget):
    """The grid of ballots above, the decisions below; the splitter between them moves."""

    paperWanted = Signal(str)
    """Print this kind of paper."""
    writeBackWanted = Signal()
    """Write what was decided to the projects."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.grid = BallotGrid(self)
        self.composer = Composer(
            desk.workspace,
            (
                field(VoteItem, "title", 0, help="Nội dung lấy ý kiến tiếp theo, rồi Enter"),
                field(VoteItem, "kind", _KIND),
                field(VoteItem, "project_id", _PROJECT, help="Đề án (nếu có)"),
                field(VoteItem, "pass_at", _PASS, help="Đạt từ: %, điểm"),
            ),
            self._commit,
            "nội dung lấy ý kiến",
            NUMBER_WIDTH,
            parent=self,
        )
        self.composer.set_low()
        self.decisions = DecisionSheet(desk, self)
        self._build_ui()
        self._connect_signals()
        self._on_desk_renewed()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._top = QWidget(self)
        top = QVBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(step)
        head = QHBoxLayout()
        head.setSpacing(step * 2)
        self.count_label = ElidedLabel(self)
        head.addWidget(self.count_label, 1)
        top.addLayout(head)
        self.empty_label = QLabel(self)
        self.empty_label.setWordWrap(True)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        top.addWidget(self.grid, 1)
        top.addWidget(self.empty_label, 1)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(step * 2)
        self.agenda_button = self._button("Đưa đề án vào họp…", "Chọn đề án đang chờ, đưa vào chương trình họp")
        self.items_button = self._button(
            "Lấy từ chương trình họp", "Mỗi đề án trong chương trình một nội dung lấy ý kiến"
        )
        self.agree_button = self._button("Còn lại đồng ý", "Ghi Đồng ý cho thành viên có mặt chưa có phiếu ở dòng này")
        hint = ElidedLabel(self)
        hint.setText("Phím 1: đồng ý · 2: không · 3: ý kiến khác · 0: bỏ phiếu · N: nhận xét · chấm điểm: gõ số, Enter")
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for widget in (self.agenda_button, self.items_button, self.agree_button):
            self._keys.addWidget(widget)
        self._keys.addWidget(hint, 1)
        self._keys_row = QWidget(self)
        self._keys.setContentsMargins(0, 0, 0, 0)
        self._keys_row.setLayout(self._keys)
        top.addWidget(self._keys_row)
        top.addWidget(self.composer)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.step(self, 3))
        self.splitter.addWidget(self._top)
        self.splitter.addWidget(self._decision_part())
        self.splitter.setAutoFillBackground(False)
        scroll = QScrollArea(self)  # on a low screen both lists keep their rows and the page scrolls
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.splitter)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _decision_part(self) -> QWidget:
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self))
        column.addWidget(self.decisions, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.step(self, 2))
        self.projects_button = self._button("Lấy đề án", "Thêm đề án trong chương trình họp, nội dung lấy ý kiến")
        self.write_button = self._button("Ghi kết quả vào đề án…", "Xem trước đề án nào được ghi gì, rồi ghi")
        self.excerpt_button = self._button("In trích biên bản", "Trích biên bản về đề án đang chọn")
        row.addWidget(self.projects_button)
        row.addStretch(1)
        row.addWidget(self.excerpt_button)
        row.addWidget(self.write_button)
        column.addLayout(row)
        return part

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        return button

    def _connect_signals(self) -> None:
        self.desk.renewed.connect(self._on_desk_renewed)
        self.grid.voteWanted.connect(self._on_grid_vote_wanted)
        self.grid.scoreWanted.connect(self._on_grid_score_wanted)
        self.grid.commentWanted.connect(self._on_grid_comment_wanted)
        self.grid.refused.connect(self.desk.refused)
        self.grid.editWanted.connect(self._on_grid_edit_wanted)
        self.grid.deleteWanted.connect(self._on_grid_delete_wanted)
        self.grid.moveWanted.connect(self._on_grid_move_wanted)
        self.composer.upWanted.connect(self.grid.setFocus)
        self.agenda_button.clicked.connect(self._on_agenda_button_clicked)
        self.items_button.clicked.connect(self._on_items_button_clicked)
        self.agree_button.clicked.connect(self._on_agree_button_clicked)
        self.projects_button.clicked.connect(self._on_projects_button_clicked)
        self.write_button.clicked.connect(self.writeBackWanted)
        self.excerpt_button.clicked.connect(self._on_excerpt_button_clicked)

    # --- public

    def focus_first(self) -> None:
        """Put the cursor where one begins: in the grid, or in the row a first item is typed into."""
        if not self.grid.isHidden() and self.grid.council.rowCount():
            self.grid.setFocus()
        elif self.desk.is_editable:
            self.composer.focus_first()

    def members(self) -> tuple[AttendeeDetail, ...]:
        """Return the members of the council, those who came and those who did not."""
        attendees = self.desk.dossier.attendees if self.desk.dossier is not None else ()
        return tuple(each for each in attendees if each.attendee.council_role)

    def count_text(self) -> str:
        """Return how many members there are and came, and whether that is enough."""
        council = self.desk.council
        if council is None or not council.quorum.members:
            return "Chưa có thành viên hội đồng: ở phần Thành phần, chọn người rồi bấm Hội đồng."
        quorum = council.quorum
        words = f"Hội đồng {quorum.members} thành viên · có mặt {quorum.came}"
        if not quorum.needed:
            return words
        return f"{words} · cần ít nhất {quorum.needed}: {'đủ' if quorum.is_met else 'CHƯA ĐỦ'}"

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting, members, is_editable = self.desk.meeting, self.members(), self.desk.is_editable
        council = self.desk.council
        edited = self.composer.edited_record
        if edited is not None:
            items = self.desk.records("vote_item")
            self.composer.follow(next((each for each in items if each.id == edited.id), None))
        self.count_label.setText(self.count_text())
        self.count_label.setForegroundRole(
            QPalette.ColorRole.BrightText
            if council is not None and not council.quorum.is_met
            else QPalette.ColorRole.WindowText
        )
        self.grid.is_editable = is_editable
        self.grid.show_council(council, members)
        has_items = bool(council and council.items)
        self.grid.setVisible(has_items)
        self.empty_label.setVisible(not has_items)
        self.empty_label.setText(
            "Chưa có nội dung lấy ý kiến. Đưa đề án vào họp rồi lấy từ chương trình họp bằng một lần bấm, hoặc gõ nội "
            "dung đầu tiên vào ô dưới đây."
        )
        for widget in (self._keys_row, self.projects_button):
            widget.setVisible(is_editable)
        self.composer.set_editable(is_editable)
        self.agree_button.setVisible(has_items)
        self.agenda_button.setVisible(meeting is not None and meeting.kind in councils.COUNCIL_KINDS)
        decided = bool(council and council.decisions)
        is_council = meeting is not None and meeting.kind in councils.COUNCIL_KINDS
        self.write_button.setVisible(is_council and not self.desk.workspace.is_read_only)
        self.write_button.setEnabled(decided)
        self.excerpt_button.setEnabled(decided)

    @Slot(object, object, str)
    def _on_grid_vote_wanted(self, counted: CountedItem, member: AttendeeDetail, answer: str) -> None:
        self._write(counted, member, answer=answer)

    @Slot(object, object, object)
    def _on_grid_score_wanted(self, counted: CountedItem, member: AttendeeDetail, score: Any) -> None:
        self._write(counted, member, score=score)

    @Slot(object, object)
    def _on_grid_comment_wanted(self, counted: CountedItem, member: AttendeeDetail) -> None:
        from ui.dialogs.ballot_comment import BallotCommentDialog

        who = (member.delegate or member.person).address_name
        dialog = BallotCommentDialog(self.desk.workspace, counted.item.id, member.attendee.id, who, self)
        if dialog.exec() == BallotCommentDialog.DialogCode.Accepted:
            touched = self.desk.workspace.last_touched
            self.desk.renew()
            self.desk.acted.emit(touched)
        dialog.deleteLater()
        self.grid.setFocus()

    @Slot(object)
    def _on_grid_edit_wanted(self, item: VoteItem) -> None:
        self.composer.edit(item, "title")

    @Slot(object)
    def _on_grid_delete_wanted(self, item: VoteItem) -> None:
        if self.desk.delete(item):
            self.desk.told.emit("Đã xóa nội dung lấy ý kiến.", True)

    @Slot(object, int)
    def _on_grid_move_wanted(self, item: VoteItem, step: int) -> None:
        if self.desk.move(item, step):
            self.grid.select_item(item.id)

    @Slot()
    def _on_agenda_button_clicked(self) -> None:
        from ui.dialogs.pick_projects import PickProjectsDialog

        waiting = councils.waiting_projects(self.desk.workspace, self.desk.meeting_id)
        if not waiting:
            self.desk.refused.emit(
                "Không có đề án nào đang chờ hội đồng này.",
                "Ghi bước của đề án ở phần Đề án, nhiệm vụ, hoặc gõ nội dung vào ô bên dưới.",
            )
            return
        dialog = PickProjectsDialog(waiting, self)
        if dialog.exec() == PickProjectsDialog.DialogCode.Accepted:
            deed = partial(councils.put_on_agenda, self.desk.workspace, self.desk.meeting_id, dialog.chosen())
            if self.desk.try_act(deed):
                self.desk.told.emit("Đã đưa đề án vào chương trình họp.", True)
        dialog.deleteLater()

    @Slot()
    def _on_items_button_clicked(self) -> None:
        self._fill(councils.items_from_agenda, "nội dung lấy ý kiến")

    @Slot()
    def _on_projects_button_clicked(self) -> None:
        self._fill(councils.decisions_from_agenda, "đề án cần kết luận")

    @Slot()
    def _on_agree_button_clicked(self) -> None:
        counted = self.grid.current_item()
        if counted is None or counted.item.kind != "vote":
            self.desk.refused.emit("Dòng này chấm điểm, không biểu quyết.", "Gõ điểm của từng thành viên.")
            return
        self.desk.try_act(partial(councils.vote_all, self.desk.workspace, counted.item.id, "yes"))
        self.grid.setFocus()

    @Slot()
    def _on_excerpt_button_clicked(self) -> None:
        record = self.decisions.table.current_record()
        self.paperWanted.emit(f"minutes-excerpt:{record.id}" if record is not None else "minutes-excerpt")

    # --- private

    def _write(self, counted: CountedItem, member: AttendeeDetail, **given: Any) -> None:
        self.desk.try_act(partial(councils.vote, self.desk.workspace, counted.item.id, member.attendee.id, **given))

    def _fill(self, make: Any, what: str) -> None:
        before = self.desk.workspace.revision
        if not self.desk.try_act(partial(make, self.desk.workspace, self.desk.meeting_id)):
            return
        if self.desk.workspace.revision == before:
            self.desk.refused.emit(
                f"Chưa có {what} nào để thêm.",
                "Bấm Đưa đề án vào họp để đưa vào chương trình họp trước, hoặc gõ vào ô bên dưới.",
            )

    def _commit(self, record: VoteItem | None, values: dict[str, Value]) -> None:
        if record is None:
            kept = self.desk.add(VoteItem(meeting_id=self.desk.meeting_id, **values))  # type: ignore[arg-type]  # own
        else:
            kept = self.desk.save(replace(record, **values))  # type: ignore[arg-type]  # the fields are the record's
        self.grid.select_item(kept.id)

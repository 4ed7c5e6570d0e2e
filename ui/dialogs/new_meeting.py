"""Thêm cuộc họp: from a template of the office, or as a copy of an earlier meeting."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.council import MeetingParty, MeetingTemplate, share_words
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import PERSON_GROUPS
from kc_desktop.domain.text import matches
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import meeting_plans
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import Editor, editor_for
from ui.widgets.suggestions import ComposingLine

_HEAD = ("held_on", "starts_at", "ends_at", "title", "place", "chair_id", "secretary_id")
_FOLLOWS = ("title", "place", "chair_id", "secretary_id", "starts_at", "ends_at")
"""What the source says until the user has written something else there."""


class NewMeetingDialog(QDialog):
    """Sources on the left, day, hours and name on the right, and what the new meeting will hold.

    `made` is the meeting made, None while there is none.
    """

    title_text = ""
    make_text = "Tạo cuộc họp"
    search_hint = ""
    empty_text = ""

    def __init__(self, workspace: Workspace, head: Meeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "new-meeting")
        self._workspace = workspace
        self._given = head
        self._touched: set[str] = set()
        self.made: Meeting | None = None
        self.editors: dict[str, Editor] = {}
        self.setWindowTitle(self.title_text)
        self._build_ui()
        self._connect_signals()
        self._fill_sources("")
        first = self.search_line if head.held_on is not None else self.editors["held_on"].control()
        first.setFocus()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.search_line = ComposingLine(self)
        self.search_line.become_search_box()
        self.search_line.setPlaceholderText(self.search_hint)
        self.search_line.setAccessibleName(self.search_hint)
        self.sources = QListWidget(self)
        self.sources.setAccessibleName(self.title_text)
        self.sources.setAlternatingRowColors(True)
        self.sources.setSpacing(theme.step(self) // 4)
        self.sources.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sources.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setSpacing(step)
        left.addWidget(self.search_line)
        left.addWidget(self.sources, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(step * 3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for name in _HEAD:
            spec = describe(Meeting).field(name)
            editor = editor_for(dataclasses.replace(spec, required=name in ("held_on", "title")), self._workspace, self)
            editor.set_value(getattr(self._given, name))
            label = QLabel(spec.label, self)
            label.setBuddy(editor.control())
            form.addRow(label, editor)
            self.editors[name] = editor
        self.summary_label = QLabel(self)
        self.summary_label.setWordWrap(True)
        self.summary_label.setTextFormat(Qt.TextFormat.PlainText)
        self.summary_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem_label = QLabel(self)
        self.problem_label.setWordWrap(True)
        self.problem_label.setTextFormat(Qt.TextFormat.PlainText)
        self.problem_label.hide()
        palette = self.problem_label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.colours().problem))
        self.problem_label.setPalette(palette)
        right = QVBoxLayout()
        right.setSpacing(step * 2)
        right.addLayout(form)
        right.addWidget(self.summary_label)
        right.addWidget(self.problem_label)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(step * 4)
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.make_button = QPushButton(self.make_text, self)
        self.make_button.setDefault(True)
        self.cancel_button = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addLayout(both, 1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 115, theme.row_height(self) * 17)

    def _connect_signals(self) -> None:
        self.sources.currentRowChanged.connect(self._on_sources_current_row_changed)
        self.search_line.textNow.connect(self._fill_sources)
        self.search_line.textChanged.connect(self._fill_sources)
        self.make_button.clicked.connect(self._on_make_button_clicked)
        self.cancel_button.clicked.connect(self.reject)
        self.editors["held_on"].changed.connect(self._on_day_changed)
        for name in _FOLLOWS:
            self.editors[name].edited.connect(self._on_edited)

    # --- for the two kinds

    def found(self, typed: str) -> tuple[tuple[int, str], ...]:
        """Return the sources to choose from that a few letters may mean: id and name."""
        raise NotImplementedError

    def begun(self, source_id: int, on: date) -> Meeting:
        """Return the head a meeting from this source begins with on a day."""
        raise NotImplementedError

    def summary(self, source_id: int, on: date) -> str:
        """Say in words what the new meeting will hold."""
        raise NotImplementedError

    def make(self, source_id: int, head: Meeting) -> Meeting:
        """Make the meeting. Raises KnownError when it is refused."""
        raise NotImplementedError

    # --- slots

    @Slot(str)
    def _fill_sources(self, typed: str) -> None:
        chosen = self._source()
        self.sources.blockSignals(True)
        self.sources.clear()
        for source_id, name in self.found(typed.strip()):
            item = QListWidgetItem(name, self.sources)
            item.setToolTip(name)
            item.setData(Qt.ItemDataRole.UserRole, source_id)
        rows = range(self.sources.count())
        kept = (row for row in rows if self.sources.item(row).data(Qt.ItemDataRole.UserRole) == chosen)
        self.sources.setCurrentRow(next(kept, 0 if self.sources.count() else -1))
        self.sources.blockSignals(False)
        self._show_source()

    @Slot(int)
    def _on_sources_current_row_changed(self, _row: int) -> None:
        self._show_source()

    @Slot(object)
    def _on_day_changed(self, _day: object) -> None:
        self._show_source()

    @Slot()
    def _on_edited(self) -> None:
        self._touched |= {name for name, each in self.editors.items() if each is self.sender()}

    @Slot()
    def _on_make_button_clicked(self) -> None:
        for editor in self.editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in self.editors.values() if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        try:
            self.made = self.make(self._source(), self._head())
        except KnownError as error:
            self._tell(error)
            return
        self.accept()

    # --- private

    def _tell(self, error: KnownError) -> None:
        words = f"{error.message} {error.remedy}".strip()
        named = self.editors.get(error.field) if isinstance(error, FieldError) else None
        if named is not None:
            named.show_problem(words)
            named.control().setFocus()
            return
        self.problem_label.setText(f"▲ {words}")
        self.problem_label.show()

    def _source(self) -> int:
        item = self.sources.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else 0

    def _day(self) -> date:
        try:
            day = self.editors["held_on"].value()
        except FieldError:
            day = None
        return day if isinstance(day, date) else date.today()

    def _head(self) -> Meeting:
        values: dict[str, Any] = {name: each.value() for name, each in self.editors.items()}
        return dataclasses.replace(self._given, **values)

    def _show_source(self) -> None:
        """Follow the source and the day in every field the user has not written into."""
        source, on = self._source(), self._day()
        self.make_button.setEnabled(bool(source))
        self.problem_label.hide()
        if not source:
            self.summary_label.setText(self.empty_text)
            return
        begun = self.begun(source, on)
        for name in _FOLLOWS:
            given = getattr(self._given, name)
            if name not in self._touched:
                self.editors[name].set_value(given or getattr(begun, name))
        self.summary_label.setText(self.summary(source, on))


class FromTemplateDialog(NewMeetingDialog):
    """A meeting from a template."""

    title_text = "Thêm cuộc họp từ mẫu"
    search_hint = "Tìm mẫu"
    empty_text = "Không có mẫu nào. Thêm mẫu ở Danh mục, Mẫu cuộc họp."

    def found(self, typed: str) -> tuple[tuple[int, str], ...]:
        """Return the office's templates."""
        templates = meeting_plans.templates(self._workspace)
        return tuple((each.id, each.name) for each in templates if not typed or matches(typed, each.name))

    def begun(self, source_id: int, on: date) -> Meeting:
        """Return what the template says, and what was so at the last meeting of its kind."""
        return meeting_plans.head_of_template(self._workspace, self._workspace.get(MeetingTemplate, source_id), on)

    def summary(self, source_id: int, on: date) -> str:
        """Say how long the agenda is and who is asked."""
        template = self._workspace.get(MeetingTemplate, source_id)
        points = meeting_plans.agenda_of(template, on)
        groups = [dict(PERSON_GROUPS)[code] for code in meeting_plans.groups_of(template)]
        bases = len(meeting_plans.bases_of(self._workspace, template, on).splitlines())
        told = [
            f"Chương trình: {len(points)} nội dung, {sum(each.minutes or 0 for each in points)} phút.",
            f"Mời: {', '.join(groups)}." if groups else "Chưa mời nhóm nào.",
            *(f"▲ Danh bạ không có nhóm “{each}”." for each in meeting_plans.unknown_groups(template)),
            *([f"Căn cứ: {bases}."] if bases else []),
            *([f"Nơi nhận: {'; '.join(template.recipients.splitlines())}."] if template.recipients else []),
            *([f"Số thành viên tối thiểu: {share_words(template.quorum_percent)}."] if template.quorum_percent else []),
        ]
        return "\n".join(told)

    def make(self, source_id: int, head: Meeting) -> Meeting:
        """Make the meeting from the template."""
        return meeting_plans.from_template(self._workspace, source_id, head)


class CopyMeetingDialog(NewMeetingDialog):
    """A meeting like an earlier one."""

    title_text = "Chép cuộc họp trước"
    search_hint = "Tìm cuộc họp trước"
    empty_text = "Chưa có cuộc họp nào trước đó để chép."

    def found(self, typed: str) -> tuple[tuple[int, str], ...]:
        """Return the meetings there are, the newest first."""
        return tuple((each.id, _named(each)) for each in meeting_plans.candidates(self._workspace, typed))

    def begun(self, source_id: int, on: date) -> Meeting:
        """Return the head of the earlier meeting, its years moved on."""
        return meeting_plans.head_of_copy(self._workspace.get(Meeting, source_id), on)

    def summary(self, source_id: int, on: date) -> str:
        """Say what is copied and what is not."""
        del on
        agenda = len(self._workspace.children(AgendaItem, meeting_id=source_id))
        people = len(self._workspace.children(Attendee, meeting_id=source_id))
        parties = len(self._workspace.children(MeetingParty, meeting_id=source_id))
        signing = f"{parties} bên ký, " if parties else ""
        return (
            f"Chép: chương trình {agenda} nội dung, {people} người ở tình trạng “Đã mời”, {signing}căn cứ, nơi nhận.\n"
            "Không chép: điểm danh, diễn biến, kết luận, việc, kiến nghị."
        )

    def make(self, source_id: int, head: Meeting) -> Meeting:
        """Copy the meeting."""
        return meeting_plans.copy(self._workspace, source_id, head)


def _named(meeting: Meeting) -> str:
    return f"{meeting.held_on:%d/%m/%Y} – {meeting.title}" if meeting.held_on else meeting.title

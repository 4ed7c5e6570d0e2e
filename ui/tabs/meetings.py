"""Cuộc họp: the meetings of the year beside the editor of one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from kc_desktop.domain.fields import Value
from kc_desktop.domain.meeting import Meeting
from kc_desktop.errors import FieldError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.meeting.editor import MeetingEditor
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState

if TYPE_CHECKING:
    from ui.dialogs.new_meeting import NewMeetingDialog

_PARTS = frozenset(
    {"agenda_item", "attendee", "entry", "conclusion", "task", "petition", "attachment", "meeting_version"}
    | {"vote_item", "ballot", "council_decision", "meeting_party"}
)

_HELP = tuple(
    f"meeting-{part}" for part in ("info", "agenda", "attendance", "minutes", "outcome", "council", "parties", "files")
)
"""The parts of a meeting in their order, as the guide knows them."""


class MeetingsTab(RecordTab):
    """The list of meetings and the meeting editor, whose first part is the head form."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "meetings", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        place = self.splitter.widget(1)
        assert place is not None
        box = place.layout()
        assert box is not None
        self.editor = MeetingEditor(self.workspace, self.state, self.form, place)
        box.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 0)
        self.panel.setMinimumWidth(theme.step(self, 48))
        self.template_button = QPushButton("Từ &mẫu…", self)
        self.template_button.setToolTip("Lấy chương trình, thành phần, căn cứ, nơi nhận từ mẫu của đơn vị")
        self.copy_button = QPushButton("Ché&p cuộc họp trước…", self)
        self.copy_button.setToolTip("Chép chương trình, thành phần được mời, căn cứ, nơi nhận của một cuộc họp trước")
        for button in (self.copy_button, self.template_button):
            button.setAutoDefault(False)
            button.hide()
            self.form.add_to_head(button)
        self.panel.columns.begin_with(("held_on", "title"))  # the editor's head says the rest

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.editor.desk.acted.connect(self._on_desk_acted)
        self.editor.desk.told.connect(self._on_desk_told)
        self.editor.paperWanted.connect(self._on_editor_paper_wanted)
        self.editor.headWanted.connect(self._on_editor_head_wanted)
        self.editor.clash_line.meetingWanted.connect(self._on_clash_line_meeting_wanted)
        self.template_button.clicked.connect(self._on_template_button_clicked)
        self.copy_button.clicked.connect(self._on_copy_button_clicked)
        self.form.editingChanged.connect(self._on_form_editing_changed)
        self.form.saved.connect(self._on_meeting_saved)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the list a fifth of the window, until the user has moved the splitter."""
        super().showEvent(event)
        if not event.spontaneous() and self.state.blob(f"tabs/{self.key}/splitter").isEmpty():
            width = self.window().width()
            narrow = min(theme.step(self, 70), width * 22 // 100)
            self.splitter.setSizes([narrow, width - narrow])

    # --- for RecordTab

    def new_values(self) -> dict[str, Value]:
        """Return what a new meeting starts with: today, when it lies in the year worked on."""
        today = date.today()
        return {"held_on": today} if self._year in (0, today.year) else {}

    def record_shown(self, record: Any) -> None:
        """Lay the meeting on the editor's desk."""
        self.editor.open(record.id if record is not None else 0)

    # --- what the window asks

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the list, the head and the parts again."""
        if tables and not self.concerns(tables):
            self.panel.refresh_views()
            return
        super().refresh(tables)
        self.editor.desk.renew()

    def help_screen(self) -> str:
        """Return the name of the part of the meeting in front."""
        return _HELP[self.editor.tabs.currentIndex()]

    def concerns(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables may show here: the meeting, its parts, or a person's name."""
        return bool(tables & _PARTS) or super().concerns(tables)

    @Slot()
    def new(self) -> None:
        """Start a new meeting in the head form."""
        if self._may_leave_record():
            self.editor.open(0)
            self.editor.show_info()
            super().new()
            self._on_form_editing_changed(self.form.is_editing())

    def edit(self) -> None:
        """Edit the head of the meeting."""
        self.editor.show_info()
        super().edit()

    def save(self) -> bool:
        """Keep the line being typed, else the head form."""
        self.editor.keep_drafts()
        return super().save()

    def print_(self) -> None:
        """Offer the meeting's papers, or those of all that are chosen."""
        if self.acts_on_several():
            super().print_()
        elif self.current_record() is not None:
            self.editor.open_print_menu()

    def remember(self) -> None:
        """Keep what is half typed with the rest."""
        self.editor.keep_drafts()
        super().remember()

    def _may_leave_record(self) -> bool:
        """Bring the head form to the front when it is what keeps the meeting from being left."""
        may_leave = super()._may_leave_record()
        if not may_leave:
            self.editor.show_info()
        return may_leave

    def _begin_from(self, dialog: NewMeetingDialog) -> None:
        """Let a meeting be made from something there is, in place of the empty form."""
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.made is None:
            return
        touched = self.workspace.last_touched
        made = dialog.made
        self.form.cancel()
        super().refresh(touched)
        self.dataChanged.emit(touched)
        self._show_in_its_year(made)
        self.editor.show_part(1)
        self.undoOffered.emit(f"Đã thêm cuộc họp {self.workspace.title_of('meeting', made.id)}.")

    def _show_in_its_year(self, meeting: Meeting) -> None:
        """Show a meeting, and its year where the list shows another: what is not in the list is soon left again."""
        year = meeting.held_on.year if meeting.held_on is not None else 0
        self.open_record(self.key, meeting.id)
        if self._year and year and year != self._year:
            self.requestRecord.emit(self.key, meeting.id, year)

    def _typed_head(self) -> Meeting:
        """Return what is typed into the empty form so far, for the dialog to begin with."""
        values: dict[str, Any] = {}
        for name in ("held_on", "starts_at", "ends_at", "title", "place", "chair_id", "secretary_id"):
            try:
                values[name] = self.form.editor(name).value()
            except FieldError:
                continue
        return Meeting(**{"title": "", **values})

    # --- slots

    @Slot(bool)
    def _on_form_editing_changed(self, is_editing: bool) -> None:
        """Offer the other ways to begin while a new meeting is begun."""
        is_new = is_editing and self.form.record is not None and not self.form.record.id
        for button in (self.template_button, self.copy_button):
            button.setVisible(is_new)

    @Slot()
    def _on_template_button_clicked(self) -> None:
        from ui.dialogs.new_meeting import FromTemplateDialog

        self._begin_from(FromTemplateDialog(self.workspace, self._typed_head(), self))

    @Slot()
    def _on_copy_button_clicked(self) -> None:
        from ui.dialogs.new_meeting import CopyMeetingDialog

        self._begin_from(CopyMeetingDialog(self.workspace, self._typed_head(), self))

    @Slot(object)
    def _on_meeting_saved(self, meeting: Meeting) -> None:
        if self.panel.model.row_of(meeting.id) < 0:
            self._show_in_its_year(meeting)

    @Slot()
    def _on_editor_head_wanted(self) -> None:
        self.edit()
        self.form.editor("chair_id").control().setFocus()

    @Slot(object)
    def _on_clash_line_meeting_wanted(self, meeting_id: int) -> None:
        self._show_in_its_year(self.workspace.get(Meeting, meeting_id))

    @Slot(int)
    def _on_panel_opened(self, _record_id: int) -> None:
        self.editor.show_part(self.editor.tabs.currentIndex())

    @Slot(object)
    def _on_desk_acted(self, tables: frozenset[str]) -> None:
        if "meeting" in tables:
            super().refresh(tables)
        self.dataChanged.emit(tables)
        self.statusMessage.emit("")  # an older offer to undo would now take back something else

    @Slot(str, bool)
    def _on_desk_told(self, text: str, offers_undo: bool) -> None:
        (self.undoOffered if offers_undo else self.statusMessage).emit(text)

    @Slot(str)
    def _on_editor_paper_wanted(self, key: str) -> None:
        current = self.current_record()
        if current is not None:
            self.editor.keep_drafts()
            self.requestPaper.emit(key, current[1])

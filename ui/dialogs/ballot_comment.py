"""Nhận xét kèm phiếu: what a member of the council says besides the vote or score."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.council import Ballot
from kc_desktop.services import councils
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey


class BallotCommentDialog(AskDialog):
    """Asks for the words of one member on one item; none take them back."""

    def __init__(
        self, workspace: Workspace, item_id: int, attendee_id: int, who: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Nhận xét kèm phiếu", "Lưu", parent)
        HelpKey(self, "meeting-council")
        self._workspace, self._item_id, self._attendee_id = workspace, item_id, attendee_id
        self.say(f"Nhận xét của {who}. In vào biên bản, dưới bảng kiểm phiếu; để trống là không có.")
        known = councils.ballot_of(workspace, item_id, attendee_id)
        self.ask_line("&Nhận xét", "comment", value=known.comment if known is not None else "")
        self.finish("comment")

    def act(self) -> Ballot:
        """Write the words down."""
        return councils.comment(self._workspace, self._item_id, self._attendee_id, self.text_of("comment"))

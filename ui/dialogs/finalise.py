"""Chốt biên bản, mở lại biên bản: what is still missing, the day, the reason, what has changed since."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.council import MeetingVersion
from kc_desktop.domain.meeting import Meeting
from kc_desktop.services import finalising
from kc_desktop.services.meeting_words import Difference
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey

_SHOWN_DIFFERENCES = 12


def _words(difference: Difference) -> str:
    if not difference.before:
        return f"+ {difference.after}"
    return f"± {difference.before} → {difference.after}" if difference.after else f"− {difference.before}"


class FinaliseDialog(AskDialog):
    """Says what is still missing, and closes the minutes."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__("Chốt biên bản", "Chốt biên bản", parent)
        HelpKey(self, "meeting-final")
        self._workspace, self._meeting_id = workspace, meeting_id
        self.say(
            "Chốt rồi thì chỉ còn đánh dấu việc đã xong, ghi trả lời kiến nghị; bản PDF được giữ nguyên trong tệp. "
            "Việc và kiến nghị vẫn theo dõi tiếp được."
        )
        warned = finalising.warnings(workspace, meeting_id)
        if warned:
            self.say("\n".join(f"▲ {each}" for each in warned))
        differences = finalising.differences(workspace, meeting_id)
        if differences:
            shown = [_words(each) for each in differences[:_SHOWN_DIFFERENCES]]
            more = len(differences) - len(shown)
            self.say("Khác với bản đã chốt lần trước:")
            self.say("\n".join(shown) + (f"\n… và {more} dòng nữa" if more > 0 else ""), is_note=True)
        self.ask_day("&Ngày chốt *", "on")
        self.finish()

    def act(self) -> MeetingVersion:
        """Close the minutes."""
        return finalising.finalise(self._workspace, self._meeting_id, on=self.day_of("on"))


class ReopenDialog(AskDialog):
    """Asks why the minutes are opened again."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__("Mở lại biên bản", "Mở lại", parent)
        HelpKey(self, "meeting-final")
        self._workspace, self._meeting_id = workspace, meeting_id
        self.say("Bản đã chốt được giữ nguyên; lần chốt sau là bản tiếp theo và cho thấy chỗ khác.")
        self.ask_line("&Lý do *", "reason", "Ví dụ: bổ sung ý kiến đại biểu")
        self.ask_day("&Ngày mở lại *", "on")
        self.finish("reason")

    def act(self) -> Meeting:
        """Open the minutes again."""
        return finalising.reopen(self._workspace, self._meeting_id, self.text_of("reason"), on=self.day_of("on"))

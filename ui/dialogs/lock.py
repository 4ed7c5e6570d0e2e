"""Khóa sổ: lock a quarter of the ledger, or unlock it with a reason; who did so before stays in view."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.services import funding, locks
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey

_LINES = 6


class LockDialog(AskDialog):
    """Asks the day and the reason, which unlocking cannot do without; what comes of it is what was done, in words."""

    def __init__(self, workspace: Workspace, state: locks.QuarterState, parent: QWidget | None = None) -> None:
        self._workspace, self._state = workspace, state
        self._is_unlocking = state.is_locked
        verb = "Mở khóa" if self._is_unlocking else "Khóa sổ"
        super().__init__(f"{verb} {state.name}", verb, parent)
        HelpKey(self, "funding-lock")
        self.ok_button.setEnabled(not workspace.is_read_only)
        if self._is_unlocking:
            self.say("Sau khi mở khóa, ghi và đảo bút toán trong quý này lại được. Lý do nằm lại trong sổ.")
            self.reason = self.ask_line("&Lý do *", "reason", "Ví dụ: bổ sung chứng từ về muộn")
        else:
            self.say(
                "Sau khi khóa, không ghi, không đảo, không hoàn tác bút toán nào của quý này. Mở khóa cần có lý do."
            )
            self.reason = self.ask_line("&Lý do", "reason", "Ví dụ: đã quyết toán quý")
        self.day = self.ask_day("&Ngày *", "happened_on")
        for line in self._life():
            self.say(line, is_note=True)
        self.finish("reason")

    def _life(self) -> list[str]:
        """Return what was done to the quarter before, newest first."""
        found = locks.life(self._workspace, self._state.year, self._state.quarter)[:_LINES]
        lines = []
        for lock, line in found:
            what = "Khóa" if lock.is_locked else "Mở khóa"
            day = f" ngày {format_date(lock.happened_on)}" if lock.happened_on is not None else ""
            who = f", {line.who}" if line.who else ""
            reason = f": {lock.reason}" if lock.reason else ""
            lines.append(f"{what}{day}{who}{reason}")
        return lines

    def act(self) -> str:
        """Lock or unlock."""
        change = funding.unlock_quarter if self._is_unlocking else funding.lock_quarter
        year, quarter = self._state.year, self._state.quarter
        change(self._workspace, year, quarter, self.text_of("reason"), on=self.day_of("happened_on"))
        return f"Đã {'mở khóa' if self._is_unlocking else 'khóa sổ'} {self._state.name}."

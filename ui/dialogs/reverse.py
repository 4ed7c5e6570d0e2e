"""Đảo bút toán: why an entry of the ledger is put right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.money import format_vnd
from kc_desktop.services import funding
from kc_desktop.services.workspace import Workspace
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey


class ReverseDialog(AskDialog):
    """Asks the reason and the day, then reverses; what comes of it is the FundEntry that reverses."""

    def __init__(self, workspace: Workspace, entry: FundEntry, parent: QWidget | None = None) -> None:
        super().__init__("Đảo bút toán", "Đảo bút toán", parent)
        HelpKey(self, "funding-reverse")
        self._workspace, self._entry = workspace, entry
        self.say(
            f"Đảo bút toán {format_vnd(entry.amount_vnd)} đồng. Cả hai bút toán vẫn nằm trong sổ; "
            "sau đó ghi lại bút toán đúng."
        )
        self.reason = self.ask_line("&Lý do *", "reason", "Ví dụ: ghi nhầm số tiền")
        self.day = self.ask_day("&Ngày đảo *", "happened_on")
        self.finish("reason")

    def act(self) -> FundEntry:
        """Write the entry that reverses."""
        return funding.reverse(self._workspace, self._entry.id, self.text_of("reason"), on=self.day_of("happened_on"))

"""Mục đích xem: what somebody's protected data is looked up for, asked before it is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from kc_desktop.domain.text import clean_line
from kc_desktop.errors import KnownError
from kc_desktop.services.disclosure import PURPOSES
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey


class PurposeDialog(AskDialog):
    """Asks what protected data is looked up for; what comes of it is that purpose."""

    def __init__(self, title: str, what: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "Hiện", parent)
        HelpKey(self, "disclosures")
        self.say(
            f"Sắp hiện {what}. Đây là dữ liệu cá nhân được bảo vệ: lần xem này được ghi vào nhật ký với người xem, "
            "thời điểm và mục đích."
        )
        self.purpose = QComboBox(self)
        self.purpose.setEditable(True)
        self.purpose.addItems(PURPOSES)
        self.purpose.setCompleter(None)  # type: ignore[arg-type]  # the stubs know no None
        self.purpose.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.purpose.setCurrentText("")
        self.purpose.setAccessibleName("Mục đích xem")
        line = self.purpose.lineEdit()
        assert line is not None
        line.setPlaceholderText("Chọn hoặc gõ mục đích")
        self.add_row("&Mục đích *", self.purpose, self.purpose)
        self.finish()
        self.purpose.setFocus()

    def words(self) -> str:
        """Return the purpose given."""
        return clean_line(self.purpose.currentText())

    def act(self) -> str:
        """Return the purpose given. Raises KnownError when there is none."""
        if not self.words():
            self.purpose.setFocus()
            raise KnownError("Chưa có mục đích: chọn hoặc gõ rồi bấm Hiện.", "")
        return self.words()


def ask_purpose(parent: QWidget, title: str, what: str) -> str:
    """Ask for the purpose of showing something protected; "" when the user leaves it."""
    dialog = PurposeDialog(title, what, parent)
    return dialog.words() if dialog.exec() == QDialog.DialogCode.Accepted else ""

"""Tệp: scans of the signed sheet and other files of a meeting; they may come after the minutes are closed, too."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.meeting.desk import Desk
from ui.widgets.attachments import AttachmentList


class FilesSection(QWidget):
    """The attached files of the meeting on the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.list = AttachmentList(desk.workspace, self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.words.setText(
            "Bản quét có chữ ký, giấy tờ kèm theo. Tệp nằm trong thư mục cạnh tệp dữ liệu và được sao lưu cùng; "
            "chốt biên bản rồi vẫn đính kèm được."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 2))
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        desk.renewed.connect(self._on_desk_renewed)
        self.list.changed.connect(self._on_list_changed)
        self.list.told.connect(desk.told)
        self._on_desk_renewed()

    def focus_first(self) -> None:
        """Put the cursor on the files, or on the button that adds the first."""
        (self.list.table if self.list.files else self.list.add_button).setFocus()

    @Slot()
    def _on_desk_renewed(self) -> None:
        self.list.show_owner("meeting", self.desk.meeting_id)

    @Slot(object)
    def _on_list_changed(self, touched: frozenset[str]) -> None:
        self.desk.renew()
        self.desk.acted.emit(touched)

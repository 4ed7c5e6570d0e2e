"""What stands under the row of a composer while an old line is being changed: which one, the keys, Lưu and Thôi."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class ComposerFoot(QWidget):
    """A hint with two buttons; its margins are the row's."""

    def __init__(self, parent: QWidget, left: int, right: int) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(left, 0, right, 0)
        self._hint = QLabel(self)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.leave_button = QPushButton("Thôi", self)
        self.save_button = QPushButton("Lưu", self)
        row.addWidget(self._hint, 1)
        for button in (self.save_button, self.leave_button):
            button.setAutoDefault(False)
            row.addWidget(button)

    def tell(self, singular: str, *, has_text: bool) -> None:
        """Say what is being changed and with which keys it is kept or left."""
        more = " · Shift+Enter: xuống dòng" if has_text else ""
        self._hint.setText(f"Đang sửa {singular} đã ghi · Enter: lưu{more} · Esc: thôi")

    def set_title(self, title: str) -> None:
        """Name in the hint what is being changed."""
        self._hint.setText(f"{title} · {self._hint.text()}")

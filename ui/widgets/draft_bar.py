"""The line over a form that offers what was half typed and never saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import theme


class DraftBar(QFrame):
    """What there is, in words, with Khôi phục and Bỏ. It never takes the cursor from the fields."""

    restoreWanted = Signal()
    dropWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        step = theme.step(self)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAccessibleName("Bản đang gõ dở")
        self.restore_button = QPushButton("Khôi phục", self)
        self.drop_button = QPushButton("Bỏ", self)
        self.drop_button.setToolTip("Bỏ hẳn bản đang gõ dở này")
        row = QHBoxLayout(self)
        row.setContentsMargins(step * 2, step, step * 2, step)
        row.setSpacing(step * 2)
        row.addWidget(self.words, 1)
        for button in (self.restore_button, self.drop_button):
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.restore_button.clicked.connect(self.restoreWanted)
        self.drop_button.clicked.connect(self.dropWanted)

    def offer(self, words: str, details: str, *, opens: bool) -> None:
        """Say what there is; `details` tell every field, `opens` that another record is opened for it."""
        self.words.setText(words)
        self.words.setToolTip(details)
        self.words.setAccessibleDescription(details)
        self.restore_button.setToolTip(
            "Mở ra và đặt lại phần đã gõ, chưa lưu" if opens else "Đặt lại phần đã gõ vào các ô, chưa lưu"
        )

"""Short texts to read: the keys, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.labels import heading

KEYS = (
    ("Ctrl+N", "Thêm"),
    ("F2, hoặc gõ luôn", "Sửa mục đang xem"),
    ("Ctrl+S", "Lưu"),
    ("Esc", "Hoãn, bỏ phần vừa sửa"),
    ("Del", "Xóa mục đang chọn trong danh sách"),
    ("Ctrl+Z, Ctrl+Y", "Hoàn tác, làm lại"),
    ("Ctrl+P", "In"),
    ("Ctrl+F", "Tìm trong danh sách"),
    ("Ctrl+K", "Tìm nhanh mọi cuộc họp, đề án, người, cơ sở"),
    ("F5", "Nạp lại"),
    ("Ctrl+1 … Ctrl+5", "Sang thẻ Tổng quan … Cuộc họp"),
    ("Ctrl+PgDn, Ctrl+PgUp", "Sang thẻ sau, thẻ trước"),
    ("Alt+1, Alt+2, …", "Sang danh sách khác trong cùng thẻ"),
    ("Ctrl+H", "Lịch sử của mục đang xem"),
    ("Ctrl+W", "Đóng thẻ danh mục"),
)


class NotesDialog(QDialog):
    """A heading, pairs of words or a paragraph, and Đóng."""

    def __init__(
        self, title: str, words: str = "", pairs: tuple[tuple[str, str], ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        step = theme.step(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 5] * 4)
        column.setSpacing(step * 3)
        column.addWidget(heading(title, self))
        if words:
            label = QLabel(words, self)
            label.setWordWrap(True)
            label.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 60)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        grid = QGridLayout()
        grid.setHorizontalSpacing(step * 6)
        grid.setVerticalSpacing(step * 1)
        for row, (left, right) in enumerate(pairs):
            name = QLabel(left, self)
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(name, row, 0)
            grid.addWidget(QLabel(right, self), row, 1)
        column.addLayout(grid)
        column.addStretch(1)
        close = QPushButton("Đóng", self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column.addLayout(buttons)

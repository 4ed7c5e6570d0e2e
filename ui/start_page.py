"""What the window shows while no file is open: the three ways to begin, and the files opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.icons import icon
from ui.widgets.labels import heading


class StartPage(QWidget):
    """Tạo tệp mới, Mở tệp, Dùng thử dữ liệu mẫu; recent files below."""

    createWanted = Signal()
    openWanted = Signal()
    sampleWanted = Signal()
    fileChosen = Signal(object)
    """The Path of a recent file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_ui()
        self._create.clicked.connect(self.createWanted)
        self._open.clicked.connect(self.openWanted)
        self._sample.clicked.connect(self.sampleWanted)
        self._recent.itemActivated.connect(self._on_recent_activated)
        self._recent.itemClicked.connect(self._on_recent_activated)

    def _build_ui(self) -> None:
        step = theme.step(self)
        title = QLabel("Quản lý khuyến công", self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        words = QLabel(
            "Chương trình, đề án, kinh phí, cộng tác viên, cuộc họp và văn bản của một đơn vị trong một tệp duy nhất.",
            self,
        )
        words.setWordWrap(True)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._create = self._choice("Tạo tệp mới", "Bắt đầu tệp dữ liệu của đơn vị mình", "new-file")
        self._open = self._choice("Mở tệp", "Mở tệp dữ liệu đã có (.kcdb)", "open")
        self._sample = self._choice("Dùng thử dữ liệu mẫu", "Xem chương trình với số liệu năm 2022–2023", "sample")
        self._recent_title = heading("Mở gần đây", self)
        self._recent = QListWidget(self)
        self._recent.setAccessibleName("Tệp mở gần đây")
        self._recent.setFrameShape(QListWidget.Shape.NoFrame)
        self._recent.viewport().setAutoFillBackground(False)
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent.setSpacing(step // 2)
        self._recent_title.setBuddy(self._recent)
        column = QVBoxLayout()
        column.setSpacing(step * 2)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(step * 4)
        for button in (self._create, self._open, self._sample):
            column.addWidget(button)
        column.addSpacing(step * 4)
        column.addWidget(self._recent_title)
        column.addWidget(self._recent)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column, 2)
        row.addStretch(1)

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """List the files opened last."""
        self._recent.clear()
        for path in paths:
            item = QListWidgetItem(f"{path.name}    {path.parent}", self._recent)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
        row = max(self._recent.sizeHintForRow(0), 1) + 2 * self._recent.spacing()
        self._recent.setFixedHeight(row * max(len(paths), 1) + 2 * self._recent.spacing() + 2)
        self._recent_title.setVisible(bool(paths))
        self._recent.setVisible(bool(paths))

    def _choice(self, title: str, words: str, icon_name: str) -> QCommandLinkButton:
        button = QCommandLinkButton(title, words, self)
        button.setIcon(icon(icon_name))
        button.setAccessibleName(title)
        button.setAccessibleDescription(words)
        return button

    @Slot(QListWidgetItem)
    def _on_recent_activated(self, item: QListWidgetItem) -> None:
        self.fileChosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

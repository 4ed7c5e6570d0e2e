"""Đưa đề án vào chương trình họp: the projects that wait for such a council, ticked and put on the agenda together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.lifecycle import state_label
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Project
from kc_desktop.domain.text import matches
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.widgets.suggestions import ComposingLine


class PickProjectsDialog(QDialog):
    """A list with a tick before each project; a few letters shorten it, ticks that are not shown stay."""

    def __init__(self, projects: Sequence[Project], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "meeting-council")
        self.setWindowTitle("Đưa đề án vào chương trình họp")
        step = theme.step(self)
        self.search_line = ComposingLine(self)
        self.search_line.become_search_box()
        self.search_line.setPlaceholderText("Tìm đề án: vài chữ")
        self.search_line.setAccessibleName("Tìm đề án")
        self.list = QListWidget(self)
        self.list.setAccessibleName("Đề án đang chờ")
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for each in projects:
            item = QListWidgetItem(_words(each), self.list)
            item.setToolTip(each.name)
            item.setSizeHint(QSize(0, theme.row_height(self)))
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        hint = QLabel("Phím cách đánh dấu đề án đang chọn.", self)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.all_button = QPushButton("Đánh dấu hết", self)
        self.put_button = QPushButton(self)
        self.put_button.setDefault(True)
        cancel = QPushButton("Hoãn", self)
        self.all_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.all_button)
        buttons.addWidget(hint)
        buttons.addStretch(1)
        buttons.addWidget(self.put_button)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self.search_line)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 110, theme.row_height(self) * 18)
        self.search_line.textNow.connect(self._on_search_line_text_now)
        self.search_line.textChanged.connect(self._on_search_line_text_now)
        self.list.itemChanged.connect(self._show_button)
        self.all_button.clicked.connect(self._on_all_button_clicked)
        self.put_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        if projects:
            self.list.setCurrentRow(0)
        self.list.setFocus()
        self._show_button()

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the projects ticked, in the order shown."""
        ticked = (item for item in self._items() if item.checkState() is Qt.CheckState.Checked)
        return tuple(int(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    # --- slots

    @Slot(str)
    def _on_search_line_text_now(self, typed: str) -> None:
        for item in self._items():
            item.setHidden(bool(typed.strip()) and not matches(typed, item.text()))

    @Slot()
    def _on_all_button_clicked(self) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked)

    @Slot()
    def _show_button(self) -> None:
        number = len(self.chosen())
        self.put_button.setText(f"Đưa {number} đề án vào" if number else "Đưa vào")
        self.put_button.setEnabled(bool(number))

    # --- private

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]


def _words(project: Project) -> str:
    asked = f", đề nghị {format_vnd(project.requested_vnd)} đ" if project.requested_vnd else ""
    code = f"{project.code} · " if project.code else ""
    return f"{code}{project.name} ({state_label(project.state)}, năm {project.year}{asked})"

"""Lịch sử: what happened to one record, step by step and field by field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.services import record_history
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.formats import moment_words


class HistoryDialog(QDialog):
    """The steps of a record, newest first; each opens to the fields it changed."""

    def __init__(self, workspace: Workspace, table: str, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "history")
        self.setWindowTitle(f"Lịch sử: {workspace.title_of(table, record_id)}")
        step = theme.step(self)
        self.tree = QTreeWidget(self)
        theme.flatten(self.tree)
        self.tree.setAccessibleName("Các bước")
        self.tree.setHeaderLabels(["Lúc, việc", "Trước", "Sau", "Người làm"])
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        unit = self.fontMetrics().horizontalAdvance("0")
        header = self.tree.header()
        for section, width in ((0, 46), (1, 28), (2, 28)):
            header.resizeSection(section, unit * width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for line in record_history.life(workspace, table, record_id):
            who = " · ".join(part for part in (line.who, line.pc) if part)
            top = QTreeWidgetItem(self.tree, [f"{moment_words(line.at)}  {line.label}", "", "", who])
            top.setToolTip(0, line.label)
            for label, before, after in line.fields:
                child = QTreeWidgetItem(top, [label, _one_line(before), _one_line(after), ""])
                child.setToolTip(1, before)
                child.setToolTip(2, after)
        if self.tree.topLevelItemCount():
            self.tree.topLevelItem(0).setExpanded(True)  # type: ignore[union-attr]  # there is a first one
        close = QPushButton("Đóng", self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self.tree, 1)
        column.addLayout(buttons)
        self.resize(unit * 130, theme.row_height(self) * 18)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)


def _one_line(text: str) -> str:
    return text.replace("\n", " ") or "(trống)"

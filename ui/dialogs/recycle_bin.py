"""Thùng rác: what was deleted and can come back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.errors import KnownError
from kc_desktop.services import record_history
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.errors import show_known
from ui.formats import moment_words

_SHOWN = 500


class RecycleBinDialog(QDialog):
    """Lists deleted records, newest first, and brings one back."""

    restored = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "bin")
        self._workspace = workspace
        self._items = record_history.deleted(workspace)[:_SHOWN]
        self.setWindowTitle("Thùng rác")
        self._build_ui()
        self._fill()
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.table.itemDoubleClicked.connect(self._on_restore_clicked)
        self._restore.clicked.connect(self._on_restore_clicked)
        self._close.clicked.connect(self.reject)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.table = QTableWidget(0, 4, self)
        theme.flatten(self.table)
        self.table.setAccessibleName("Các mục đã xóa")
        self.table.setHorizontalHeaderLabels(["Loại", "Tên", "Xóa lúc", "Người xóa"])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        unit = self.fontMetrics().horizontalAdvance("0")
        for section, width in ((0, 20), (2, 20), (3, 18)):
            header.resizeSection(section, unit * width)
        self._restore = QPushButton("Khôi phục", self)
        self._restore.setDefault(True)
        self._close = QPushButton("Đóng", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._restore)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self._words)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(unit * 110, theme.row_height(self) * 18)

    def _fill(self) -> None:
        self.table.setRowCount(len(self._items))
        for row, item in enumerate(self._items):
            texts = (item.singular, item.title, moment_words(datetime.fromisoformat(item.deleted_at)), item.who)
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text[:1].upper() + text[1:] if column == 0 else text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
        if self._items:
            self._words.setText("Chọn một mục rồi bấm Khôi phục. Khôi phục cũng hoàn tác được.")
            self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._words.setText("Thùng rác trống: chưa có mục nào bị xóa.")
        self._on_selection_changed()

    @Slot()
    def _on_selection_changed(self) -> None:
        can = bool(self.table.selectionModel().selectedRows()) and not self._workspace.is_read_only
        self._restore.setEnabled(can)

    @Slot()
    def _on_restore_clicked(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if not rows or not self._restore.isEnabled():
            return
        try:
            record_history.restore(self._workspace, self._items[rows[0].row()])
        except KnownError as error:
            show_known(self, error, "Chưa khôi phục được")
            return
        self._items = record_history.deleted(self._workspace)[:_SHOWN]
        self._fill()
        self.restored.emit()

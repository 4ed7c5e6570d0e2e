"""Ghi kết quả vào đề án: what each project will get, what is refused and why; then one step writes the ticked ones."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPalette, QShowEvent
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
from kc_desktop.services import council_results
from kc_desktop.services.council_results import Planned
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey

_PROJECT_SHARE = 0.34


class WriteBackDialog(QDialog):
    """The projects decided on, each with what it will get; those that can be written are ticked."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "meeting-council")
        self._workspace, self._meeting_id = workspace, meeting_id
        self.planned = council_results.plan(workspace, meeting_id)
        self.setWindowTitle("Ghi kết quả vào đề án")
        step = theme.step(self)
        words = QLabel(
            "Những đề án được đánh dấu sẽ được ghi bằng một bước; hoàn tác (Ctrl+Z) trả lại tất cả cùng lúc.", self
        )
        words.setWordWrap(True)
        self.table = QTableWidget(len(self.planned), 2, self)
        self.table.setHorizontalHeaderLabels(["Đề án", "Kết quả ghi vào đề án"])
        self.table.setAccessibleName("Kết quả của từng đề án")
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        theme.flatten(self.table)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, each in enumerate(self.planned):
            self._fill(row, each)
        self.problem_label = QLabel(self)
        self.problem_label.setWordWrap(True)
        self.problem_label.setForegroundRole(QPalette.ColorRole.BrightText)
        self.problem_label.hide()
        self.write_button = QPushButton(self)
        self.write_button.setDefault(True)
        cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.write_button)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem_label)
        column.addLayout(buttons)
        unit = self.fontMetrics().horizontalAdvance("0")
        self.resize(unit * 118, theme.row_height(self) * 18)
        header.resizeSection(0, round(unit * 118 * _PROJECT_SHARE))
        self.table.itemChanged.connect(self._on_table_item_changed)
        self.write_button.clicked.connect(self._on_write_button_clicked)
        cancel.clicked.connect(self.reject)
        header.sectionResized.connect(self._fit_rows)
        self._show_button()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the rows as high as their text, now that the columns have their widths."""
        super().showEvent(event)
        self._fit_rows()

    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the decisions that are ticked."""
        ticked = []
        for row, each in enumerate(self.planned):
            item = self.table.item(row, 0)
            if item is not None and each.is_ready and item.checkState() is Qt.CheckState.Checked:
                ticked.append(each.decision.id)
        return tuple(ticked)

    # --- slots

    @Slot()
    def _fit_rows(self) -> None:
        """Make the rows as high as their text, with some air."""
        air = theme.step(self, 1.5)
        for row in range(self.table.rowCount()):
            self.table.setRowHeight(row, self.table.sizeHintForRow(row) + air)

    @Slot(QTableWidgetItem)
    def _on_table_item_changed(self, _item: QTableWidgetItem) -> None:
        self._show_button()

    @Slot()
    def _on_write_button_clicked(self) -> None:
        try:
            council_results.write_back(self._workspace, self._meeting_id, self.chosen())
        except KnownError as error:
            self.problem_label.setText(f"▲ Chưa ghi gì. {error.message} {error.remedy}".strip())
            self.problem_label.show()
            return
        self.accept()

    # --- private

    def _fill(self, row: int, planned: Planned) -> None:
        name = QTableWidgetItem(planned.project.name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if planned.is_ready:
            name.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(Qt.CheckState.Checked)
        else:
            name.setFlags(flags)
        name.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        told = QTableWidgetItem(_told(planned))
        told.setFlags(flags)
        told.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if planned.refused:
            told.setForeground(QColor(theme.colours().late))
        elif not planned.is_ready:
            told.setForeground(QColor(theme.colours().muted))
        self.table.setItem(row, 0, name)
        self.table.setItem(row, 1, told)

    def _show_button(self) -> None:
        number = len(self.chosen())
        self.write_button.setText(f"Ghi vào {number} đề án" if number else "Ghi vào đề án")
        self.write_button.setEnabled(bool(number))


def _told(planned: Planned) -> str:
    if planned.refused:
        return f"▲ Chưa ghi được: {planned.refused}"
    if planned.is_done:
        return "Đã ghi vào đề án từ trước."
    if planned.changes:
        return "\n".join(planned.changes)
    if planned.decision.verdict:
        return "Kết luận này không đổi gì ở đề án."
    return "Chưa có kết luận: chọn kết luận của hội đồng trước."

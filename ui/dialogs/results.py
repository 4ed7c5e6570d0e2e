"""Kết quả thực hiện: the dated steps towards one target."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.programme import Target, TargetResult
from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.widgets.small_table import SmallTableSection


class TargetResultsDialog(QDialog):
    """A small table of results; Lưu keeps them as one step of the history."""

    saved = Signal()

    def __init__(self, workspace: Workspace, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "target-results")
        self._workspace, self._target = workspace, target
        self._is_dirty = False
        self.setWindowTitle("Kết quả thực hiện")
        step = theme.step(self)
        words = QLabel(f"{target.name}: kế hoạch {target.planned_text} {target.unit}".rstrip(), self)
        words.setWordWrap(True)
        self.results = SmallTableSection(
            workspace,
            SmallTable(
                cls=TargetResult,
                parent_link="target_id",
                columns=("happened_on", "quantity", "project_id", "evidence"),
                summed=("quantity",),
            ),
            self,
        )
        self.results.set_title("Kết quả")
        self.results.load(target)
        self.results.set_read_only(workspace.is_read_only)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._save = QPushButton(icon("save"), "Lưu", self)
        self._save.setShortcut("Ctrl+S")
        self._save.setAutoDefault(False)
        self._save.setEnabled(not workspace.is_read_only)
        self._close = QPushButton("Hoãn", self)
        self._close.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._save)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addWidget(self.results)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 110, theme.row_height(self) * 12)
        self.results.edited.connect(self._on_edited)
        self._save.clicked.connect(self._on_save_clicked)
        self._close.clicked.connect(self.reject)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross never throws unsaved results away; Hoãn and Esc do so on purpose."""
        if self._is_dirty:
            self._tell("Kết quả chưa lưu. Bấm Lưu, hoặc Hoãn để bỏ phần vừa ghi.")
            event.ignore()
        else:
            super().closeEvent(event)

    def _tell(self, text: str) -> None:
        self._problem.setText(f"▲ {text}")
        self._problem.show()

    @Slot()
    def _on_edited(self) -> None:
        self._is_dirty = True

    @Slot()
    def _on_save_clicked(self) -> None:
        problem = self.results.problem()
        if problem:
            self._tell(problem)
            return
        try:
            with self._workspace.change(f"Ghi kết quả {self._target.name}"):
                self.results.save(self._target)
        except KnownError as error:
            self._tell(f"{error.message} {error.remedy}".strip())
            return
        self._is_dirty = False
        self.saved.emit()
        self.accept()

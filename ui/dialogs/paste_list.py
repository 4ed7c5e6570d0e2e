"""Dán vào danh sách: what each row of a copied block would do, before anything of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import pasted_lists
from kc_desktop.services.import_plans import CHANGED, NEW
from kc_desktop.services.pasted_lists import Pasted
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.widgets.verdict_table import VerdictTable

if TYPE_CHECKING:
    from ui.tabs.record_tab import RecordTab


class PasteListDialog(QDialog):
    """Shows the clipboard as the list understands it; writes what is new or changed as one step."""

    written = Signal(str)
    """What was written, in words."""

    def __init__(self, tab: RecordTab) -> None:
        super().__init__(tab.window())
        HelpKey(self, "paste")
        self._tab = tab
        self._found: Pasted | None = None
        self.setWindowTitle(f"Dán vào {tab.panel.model.spec.title}")
        step = theme.step(self)
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self.table = VerdictTable(self, name="Từng dòng sẽ ra sao")
        self._notes = QLabel(self)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        self._notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self.again = QPushButton(icon("reload"), "Dán lại", self)
        self.again.setToolTip("Đọc lại nội dung vừa chép")
        self.again.setAutoDefault(False)
        self.ok = QPushButton(icon("save"), "Ghi", self)
        self.ok.setDefault(True)
        cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self._summary)
        column.addWidget(self.table, 1)
        column.addWidget(self._notes)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 120, theme.row_height(self) * 20)
        self.again.clicked.connect(self._on_again_clicked)
        self.ok.clicked.connect(self._on_ok_clicked)
        cancel.clicked.connect(self.reject)
        self._read()

    def summary(self) -> str:
        """Return what the dialog says it will do."""
        return self._summary.text()

    def _read(self) -> None:
        panel = self._tab.panel
        shown = [panel.model.column(panel.model.section_of(key)) for key in panel.shown_columns()]
        blank = self._tab.cls(**self._tab.new_values())
        text = QGuiApplication.clipboard().text()
        self._found, problem = None, ""
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            self._found = pasted_lists.judge(self._tab.workspace, self._tab.key, text, shown, blank)
        except KnownError as error:
            problem = str(error)
        finally:
            QGuiApplication.restoreOverrideCursor()
        self._show(problem)

    def _show(self, problem: str) -> None:
        found = self._found
        self.table.show_rows(found.rows if found is not None else ())
        self._summary.setText(pasted_lists.words(found) if found is not None else "Chưa đọc được gì để dán.")
        notes = list(found.notes) if found is not None else []
        if found is not None and found.headings:
            notes.insert(0, f"Không thấy dòng tiêu đề: đọc theo các cột đang hiện ({', '.join(found.headings)}).")
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._problem.setText(f"▲ {problem}")
        self._problem.setVisible(bool(problem))
        number = found.count(NEW, CHANGED) if found is not None else 0
        self.ok.setText(f"Ghi {format_vnd(number)} dòng" if number else "Ghi")
        self.ok.setEnabled(bool(number))

    @Slot()
    def _on_again_clicked(self) -> None:
        self._read()

    @Slot()
    def _on_ok_clicked(self) -> None:
        found = self._found
        if found is None:
            return
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            found.write()
        except KnownError as error:
            self._problem.setText(f"▲ {error}")
            self._problem.show()
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        singular = self._tab.panel.model.spec.singular
        said = [
            f"{word} {format_vnd(number)} {singular}"
            for verdict, word in ((NEW, "thêm"), (CHANGED, "sửa"))
            if (number := found.count(verdict))
        ]
        self.accept()
        self.written.emit(f"Đã dán: {', '.join(said)}.")

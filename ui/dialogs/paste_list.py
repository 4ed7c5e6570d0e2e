"""Dán vào danh sách: what each row of a copied block would do, before anything of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import pasted_lists, pasting
from kc_desktop.services.import_plans import CHANGED, NEW, Progress
from kc_desktop.services.pasted_lists import Pasted
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.job_dialog import JobDialog
from ui.icons import icon
from ui.widgets.job_row import JobRow
from ui.widgets.verdict_table import VerdictTable

if TYPE_CHECKING:
    from ui.tabs.record_tab import RecordTab


UNITS = ((pasting.DONG, "đồng"), (pasting.THOUSAND, "nghìn đồng"), (pasting.MILLION, "triệu đồng"))
"""What amounts may count that do not say so themselves."""


class PasteListDialog(JobDialog):
    """Shows the clipboard as the list understands it; writes what is new or changed as one step."""

    written = Signal(str)
    """What was written, in words."""

    def __init__(self, tab: RecordTab) -> None:
        super().__init__(tab.window())
        HelpKey(self, "paste")
        self._tab = tab
        self._text = ""
        self._found: Pasted | None = None
        self.setWindowTitle(f"Dán vào {tab.panel.model.spec.title}")
        self._build_ui()
        self._read_clipboard()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self.unit = QComboBox(self)
        for unit, label in UNITS:
            self.unit.addItem(label, unit)
        self._unit_label = QLabel("&Số tiền tính bằng", self)
        self._unit_label.setBuddy(self.unit)
        choices = QHBoxLayout()
        choices.setSpacing(step * 2)
        choices.addWidget(self._unit_label)
        choices.addWidget(self.unit)
        choices.addStretch(1)
        self.table = VerdictTable(self, name="Từng dòng sẽ ra sao")
        self._notes = QLabel(self)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setWordWrap(True)
        self._notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self.work = JobRow(self, self._tab.workspace)
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
        column.addLayout(choices)
        column.addWidget(self.table, 1)
        column.addWidget(self._notes)
        column.addWidget(self._problem)
        column.addWidget(self.work)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 120, theme.row_height(self) * 20)
        self.unit.currentIndexChanged.connect(self._on_unit_chosen)
        self.again.clicked.connect(self._on_again_clicked)
        self.ok.clicked.connect(self._on_ok_clicked)
        cancel.clicked.connect(self.reject)
        self.work.busyChanged.connect(self._on_busy_changed)

    # public

    def summary(self) -> str:
        """Return what the dialog says it will do."""
        return self._summary.text()

    # private

    def _read_clipboard(self) -> None:
        self._text = QGuiApplication.clipboard().text()
        self._read(None)

    def _read(self, unit: int | None) -> None:
        """Judge the block; amounts that do not say what they count are in `unit` đồng."""
        tab, text, year = self._tab, self._text, self._tab.year
        panel = tab.panel
        shown = [panel.model.column(panel.model.section_of(key)) for key in panel.shown_columns()]
        blank = tab.cls(**tab.new_values())

        def work(workspace: Workspace, progress: Progress | None) -> Pasted:
            return pasted_lists.judge(workspace, tab.key, text, shown, blank, unit=unit, year=year, progress=progress)

        self._found = None
        self.work.run(
            "Đang đọc từng dòng…",
            work,
            text.count("\n"),
            then=self._on_read,
            failed=self._on_not_read,
            stopped=self._on_reading_stopped,
        )

    def _on_read(self, found: Pasted) -> None:
        self._found = found
        self._show("")
        if self.focusWidget() not in (self.unit, self.again):
            self.ok.setFocus()

    def _on_not_read(self, error: KnownError) -> None:
        self._show(str(error))

    def _on_reading_stopped(self) -> None:
        self._show("")
        self._summary.setText("Đã dừng, chưa ghi gì. Bấm Dán lại để đọc lại.")

    def _on_written(self, found: Pasted) -> None:
        singular = self._tab.panel.model.spec.singular
        said = [
            f"{word} {format_vnd(number)} {singular}"
            for verdict, word in ((NEW, "thêm"), (CHANGED, "sửa"))
            if (number := found.count(verdict))
        ]
        self.accept()
        self.written.emit(f"Đã dán: {', '.join(said)}.")

    def _on_not_written(self, error: KnownError) -> None:
        self._problem.setText(f"▲ {error}")
        self._problem.show()

    def _on_writing_stopped(self) -> None:
        self._summary.setText("Đã dừng: dữ liệu chưa thay đổi gì.")
        self.ok.setFocus()

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
        unit = found.unit if found is not None else None
        self._unit_label.setVisible(unit is not None)
        self.unit.setVisible(unit is not None)
        if unit is not None:
            self.unit.blockSignals(True)
            self.unit.setCurrentIndex(max(self.unit.findData(unit), 0))
            self.unit.blockSignals(False)
        number = found.count(NEW, CHANGED) if found is not None else 0
        self.ok.setText(f"Ghi {format_vnd(number)} dòng" if number else "Ghi")
        self.ok.setEnabled(bool(number))

    # slots

    @Slot()
    def _on_busy_changed(self) -> None:
        """Let nothing be begun beside what runs."""
        is_busy = self.work.is_busy()
        for each in (self.again, self.unit):
            each.setEnabled(not is_busy)
        found = self._found
        self.ok.setEnabled(not is_busy and found is not None and bool(found.count(NEW, CHANGED)))

    @Slot()
    def _on_unit_chosen(self) -> None:
        self._read(self.unit.currentData())

    @Slot()
    def _on_again_clicked(self) -> None:
        self._read_clipboard()

    @Slot()
    def _on_ok_clicked(self) -> None:
        found = self._found
        if found is None:
            return

        def work(workspace: Workspace, progress: Progress | None) -> Pasted:
            found.write(workspace, progress)
            return found

        self.work.run(
            "Đang ghi…",
            work,
            found.count(NEW, CHANGED),
            then=self._on_written,
            failed=self._on_not_written,
            stopped=self._on_writing_stopped,
        )

"""Step 4 of the import wizard: what was written, what was not, and what may be done next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from kc_desktop.domain.money import format_vnd
from kc_desktop.services.import_plans import CHANGED, NEW, SAME, WRONG
from kc_desktop.services.importing import Imported
from ui import theme
from ui.dialogs.import_page import ImportPage
from ui.icons import icon


class ImportDonePage(ImportPage):
    """Counts in words, the rows with errors to save, the list to open."""

    listWanted = Signal()
    errorsWanted = Signal()
    title = "Kết quả"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = self.say()
        font = self.words.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.words.setFont(font)
        self.wrong = self.say()
        self.undo = QLabel("Muốn bỏ cả lần nhập này: đóng cửa sổ này rồi bấm Ctrl+Z.", self)
        self.column.addWidget(self.undo)
        self.list_button = QPushButton(icon("open"), "&Mở danh sách", self)
        self.errors_button = QPushButton(icon("save"), "Lưu dòng &lỗi…", self)
        row = QHBoxLayout()
        row.setSpacing(theme.step(self) * 2)
        for button in (self.list_button, self.errors_button):
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list_button.clicked.connect(self.listWanted)
        self.errors_button.clicked.connect(self.errorsWanted)

    def show_result(self, found: Imported, written: int) -> None:
        """Say what became of the rows; `written` is 0 where nothing was to be written."""
        counts = found.counts
        told = [
            f"{format_vnd(counts[NEW])} dòng mới" if counts[NEW] else "",
            f"{format_vnd(counts[CHANGED])} dòng thay đổi" if counts[CHANGED] else "",
        ]
        year = found.plan.year()
        into = f" vào năm {year}" if year else ""
        done = (
            f"Đã nhập {' và '.join(filter(None, told))} từ {found.book.name}{into}."
            if written
            else "Không có gì phải ghi."
        )
        same = f" {format_vnd(counts[SAME])} dòng đã có đúng như vậy, không đổi gì." if counts[SAME] else ""
        self.words.setText(done + same)
        self.wrong.setVisible(bool(counts[WRONG]))
        self.errors_button.setVisible(bool(counts[WRONG]))
        self.wrong.setText(
            f"▲ {format_vnd(counts[WRONG])} dòng có lỗi chưa nhập: bấm Lưu dòng lỗi, sửa theo cột “Lỗi” "
            "rồi nhập tệp vừa lưu."
        )
        self.undo.setVisible(bool(written))

    def first_control(self) -> QWidget:
        """Return where typing begins."""
        return self.errors_button if self.errors_button.isVisibleTo(self) else self.list_button

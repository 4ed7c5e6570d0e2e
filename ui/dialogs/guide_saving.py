"""The guide on paper, from its window: the whole book or the sheet of keys into a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from kc_desktop import paths
from kc_desktop.errors import KnownError
from kc_desktop.services import guide, papers
from ui import theme
from ui.errors import show_known
from ui.jobs import Job, JobRunner


class GuideSaving(QWidget):
    """Two buttons, and what came of them; the PDF is made beside the window's own work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = JobRunner(self)
        self.saved_label = QLabel(self)
        self.keys_button = self._button("Bảng phím tắt…", "Lưu một trang phím tắt ra tệp PDF để in")
        self.pdf_button = self._button("Lưu PDF…", "Lưu cả sách hướng dẫn ra tệp PDF để in, để đọc ở máy khác")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.step(self, 2))
        for each in (self.saved_label, self.keys_button, self.pdf_button):
            row.addWidget(each)
        self.pdf_button.clicked.connect(self._on_pdf_clicked)
        self.keys_button.clicked.connect(self._on_keys_clicked)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    @Slot()
    def _on_pdf_clicked(self) -> None:
        self._save(guide.BOOK_TITLE, guide.to_pdf)

    @Slot()
    def _on_keys_clicked(self) -> None:
        self._save("Phím tắt KC Desktop", guide.keys_to_pdf)

    # private

    def _save(self, name: str, make: Callable[[], bytes]) -> None:
        """Ask where, then make and write the PDF beside the window's own work."""
        start = str(paths.documents_folder() / f"{name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "Lưu PDF", start, "Tệp PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")

        def work(_job: Job) -> Path:
            papers.write(path, make())
            return path

        job = self.jobs.submit(f"Lưu {path.name}", work)
        job.succeeded.connect(self._on_saved)
        job.failed.connect(self._on_save_failed)
        self._let_save(is_possible=False)
        self.saved_label.setText("Đang ghi…")

    def _let_save(self, *, is_possible: bool) -> None:
        for button in (self.pdf_button, self.keys_button):
            button.setEnabled(is_possible)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._let_save(is_possible=True)
        self.saved_label.setText(f"Đã lưu {path.name}.")
        self.saved_label.setToolTip(str(path))

    @Slot(object)
    def _on_save_failed(self, error: object) -> None:
        self._let_save(is_possible=True)
        self.saved_label.clear()
        if not isinstance(error, KnownError):
            raise error if isinstance(error, Exception) else TypeError(error)
        show_known(self, error, "Chưa lưu được PDF")

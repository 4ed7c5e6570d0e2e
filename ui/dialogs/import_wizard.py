"""Nhập Excel: the file, its columns, what each row would do, and then one step that writes it all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import KnownError
from kc_desktop.services import import_columns, import_details, import_layouts, importing, papers
from kc_desktop.services.import_layouts import Workbook
from kc_desktop.services.import_plans import WRONG
from kc_desktop.services.importing import Imported, RowVerdict
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.import_check_page import ImportCheckPage
from ui.dialogs.import_columns_page import ImportColumnsPage
from ui.dialogs.import_done_page import ImportDonePage
from ui.dialogs.import_file_page import ImportFilePage
from ui.dialogs.import_page import ImportPage
from ui.dialogs.step_buttons import step_buttons
from ui.jobs import Job, JobRunner
from ui.reading_order import OrderedDialog

OPEN_FILTER = "Bảng tính (*.xlsx *.xlsm *.xls *.ods *.csv);;Mọi tệp (*)"
_SAVE_FILTER = "Bảng tính Excel (*.xlsx)"
_FILE, _COLUMNS, _CHECK, _DONE = range(4)
_WIDTH, _ROWS = 150, 23


class ImportDialog(OrderedDialog):
    """Leads from the workbook to its rows in the data file.

    Reading, judging and writing are jobs; stopped, they leave nothing. `what` is what the list in front holds, "" where
    it is none of those that are imported.
    """

    imported = Signal(object)
    """What was written, an `Imported`."""
    remembered = Signal()
    """The file now remembers how columns are read."""
    listWanted = Signal(str)
    """The key of the list of what was imported."""
    folderUsed = Signal(object)
    """The folder a file was chosen in, a Path."""

    def __init__(
        self,
        workspace: Workspace,
        jobs: JobRunner,
        folder: Path,
        *,
        what: str = "",
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        HelpKey(self, "import")
        self._workspace, self._jobs, self._folder, self._what = workspace, jobs, folder, what
        self._path: Path | None = None
        self._job: Job | None = None
        self._then: Callable[[Any], None] | None = None
        self.setWindowTitle("Nhập Excel")
        self.file_page = ImportFilePage(workspace, self)
        self.columns_page = ImportColumnsPage(workspace, self)
        self.check_page = ImportCheckPage(workspace, self)
        self.done_page = ImportDonePage(self)
        self.pages: tuple[ImportPage, ...] = (self.file_page, self.columns_page, self.check_page, self.done_page)
        self._build_ui()
        self._connect_signals()
        self._show(_FILE)
        if path is not None:
            QTimer.singleShot(0, self, self._on_begun_with_file)
            self._path = path

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.heading = QLabel(self)
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self.heading.setFont(font)
        self.stack = QStackedWidget(self)
        for page in self.pages:
            self.stack.addWidget(page)
        self.problem_label = QLabel(self)
        self.problem_label.setWordWrap(True)
        self.problem_label.setTextFormat(Qt.TextFormat.PlainText)
        self.problem_label.setForegroundRole(QPalette.ColorRole.BrightText)
        self.progress_label = QLabel(self)
        self.progress_label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("Tiến độ")
        self.stop_button = QPushButton("&Dừng", self)
        self.cancel_button = QPushButton("Hoãn", self)
        self.back_button = QPushButton("&Quay lại", self)
        self.next_button = QPushButton(self)
        self.stop_button.setAutoDefault(False)  # a second Enter, meant for what went before, stops nothing
        work = (self.progress_label, self.bar, self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self.heading)
        column.addWidget(self.stack, 1)
        column.addWidget(self.problem_label)
        column.addLayout(step_buttons(self.cancel_button, self.back_button, self.next_button, *work))
        room = self.screen().availableGeometry()
        width = self.fontMetrics().horizontalAdvance("0") * _WIDTH
        self.resize(
            min(width, room.width() - step * 10), min(theme.row_height(self) * _ROWS, room.height() - step * 16)
        )
        self.setSizeGripEnabled(True)

    def _connect_signals(self) -> None:
        self.back_button.clicked.connect(self._on_back_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        self.cancel_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.file_page.fileWanted.connect(self._on_file_wanted)
        self.check_page.errorsWanted.connect(self._on_errors_wanted)
        self.done_page.errorsWanted.connect(self._on_errors_wanted)
        self.done_page.listWanted.connect(self._on_list_wanted)
        for page in self.pages:
            page.changed.connect(self._on_page_changed)

    # public

    def read(self, path: Path) -> None:
        """Read a workbook and show its sheets."""
        self._path = path
        self.folderUsed.emit(path.parent)
        what = self._what

        def work(_job: Job) -> tuple[Workbook, str]:
            book = importing.read_workbook(path)
            is_there = what and any(import_layouts.found(what, each) is not None for each in book.sheets)
            return book, what if is_there else import_layouts.guessed_what(book) or what

        self._run(f"Đang đọc {path.name}…", work, self._on_read)

    def page(self) -> ImportPage:
        """Return the step on show."""
        return self.pages[self.stack.currentIndex()]

    def is_busy(self) -> bool:
        """Whether a job of this dialog runs."""
        return self._job is not None

    def reject(self) -> None:
        """Stop what runs, and leave when nothing does."""
        if self._job is not None:
            self._on_stop_clicked()
            return
        super().reject()

    # what the jobs bring

    def _on_read(self, result: tuple[Workbook, str]) -> None:
        assert self._path is not None
        self.file_page.show_book(self._path, *result)
        self.next_button.setFocus()

    def _on_judged(self, result: tuple[Imported, tuple[RowVerdict, ...]]) -> None:
        self.check_page.show_found(*result)
        self._show(_CHECK)

    def _on_written(self, found: Imported) -> None:
        self.done_page.show_result(found, self.check_page.to_write())
        self._show(_DONE)
        self.imported.emit(found)

    # slots

    @Slot()
    def _on_begun_with_file(self) -> None:
        if self._path is not None:
            self.read(self._path)

    @Slot()
    def _on_file_wanted(self) -> None:
        start = str(self._path or self._folder)
        chosen, _ = QFileDialog.getOpenFileName(self, "Chọn bảng tính để nhập", start, OPEN_FILTER)
        if chosen:
            self.read(Path(chosen))

    @Slot()
    def _on_back_clicked(self) -> None:
        self._show(self.stack.currentIndex() - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        if self.page() is self.file_page and self.file_page.book is None:
            self._on_file_wanted()
            return
        problem = self.page().problem()
        self._tell(f"▲ {problem}" if problem else "")
        if problem:
            return
        step = self.stack.currentIndex()
        if step == _FILE:
            self.columns_page.show_sheets(self.file_page.what_key(), self.file_page.tables())
            self._show(_COLUMNS)
        elif step == _COLUMNS:
            self._judge()
        elif step == _CHECK and self.check_page.to_write():
            self._write()
        else:
            self.accept()

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self.stop_button.setEnabled(False)
            self._job.cancel()

    @Slot()
    def _on_page_changed(self) -> None:
        self._tell("")
        self._show_buttons()

    @Slot()
    def _on_errors_wanted(self) -> None:
        found = self.check_page.found
        if found is None or self._path is None:
            return
        name = f"{self._path.stem} – dòng lỗi.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "Lưu dòng lỗi", str(self._path.with_name(name)), _SAVE_FILTER)
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
        try:
            papers.write(path, importing.wrong_rows(found))
        except KnownError as error:
            self._tell(f"▲ {error.message} {error.remedy}".strip())
            return
        self._tell(f"Đã lưu {format_vnd(found.counts[WRONG])} dòng lỗi vào {path.name}.", is_good=True)

    @Slot()
    def _on_list_wanted(self) -> None:
        self.accept()
        self.listWanted.emit(self.file_page.what_key())

    # jobs

    def _judge(self) -> None:
        book, what = self.file_page.book, self.file_page.what_key()
        assert book is not None
        workspace, tables = self._workspace, self.columns_page.tables()
        try:
            if import_layouts.remember(workspace, what, tables):
                self.remembered.emit()
        except KnownError as error:
            self._tell(f"▲ {error.message} {error.remedy}".strip())
            return

        def work(job: Job) -> tuple[Imported, tuple[RowVerdict, ...]]:
            with closing(workspace.second(may_write=True)) as beside:
                found = importing.judge(beside, what, book, tables=tables, progress=job.report)
            return found, import_details.all_rows(found)

        self._run("Đang đọc từng dòng…", work, self._on_judged)

    def _write(self) -> None:
        workspace, found = self._workspace, self.check_page.found
        assert found is not None

        def work(job: Job) -> Imported:
            with closing(workspace.second(may_write=True)) as beside:
                importing.write(found, workspace=beside, progress=job.report)
            return found

        self._run(f"Đang ghi {import_columns.TITLES[found.what]}…", work, self._on_written)

    def _run(self, words: str, work: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        """Do a piece of work on the worker thread; the page waits, the rest of the program lives on."""
        self._tell("")
        self._then = then
        self._job = self._jobs.submit(words, work)
        self._job.progressed.connect(self._on_progressed)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self.progress_label.setText(words)
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self._show_buttons()
        self.stop_button.setFocus()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        self._job = None
        if self._then is not None:
            self._then(result)

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        self._job = None
        if isinstance(error, KnownError):
            self._tell(f"▲ {error.message} {error.remedy}".strip())
            return
        self._tell("▲ Chương trình gặp lỗi, đã ghi vào nhật ký. Dữ liệu chưa thay đổi gì.")
        raise error

    @Slot()
    def _on_finished(self) -> None:
        if self._job is not None and self.sender() is self._job:
            self._job = None
            self._tell("Đã dừng: chưa ghi gì vào dữ liệu.", is_good=True)
        self._show_buttons()
        if self.focusWidget() is None or self.focusWidget() is self.stop_button:
            self.page().first_control().setFocus()

    # private

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.heading.setText(f"Bước {step + 1}/{len(self.pages)}: {self.page().title}")
        self._tell("")
        self._show_buttons()
        self.page().first_control().setFocus()

    def _show_buttons(self) -> None:
        step, is_busy = self.stack.currentIndex(), self._job is not None
        for widget in (self.progress_label, self.bar, self.stop_button):
            widget.setVisible(is_busy)
        self.stack.setEnabled(not is_busy)
        self.cancel_button.setVisible(step != _DONE)
        self.cancel_button.setEnabled(not is_busy)
        self.back_button.setVisible(step in (_COLUMNS, _CHECK))
        self.back_button.setEnabled(not is_busy)
        self.next_button.setEnabled(not is_busy)
        rows = self.check_page.to_write()
        last = f"Ghi {format_vnd(rows)} dòng" if rows else "Đóng"
        first = "Tiếp tục" if self.file_page.book is not None else "Chọn tệp…"
        self.next_button.setText({_FILE: first, _CHECK: last, _DONE: "Đóng"}.get(step, "Tiếp tục"))

    def _tell(self, words: str, *, is_good: bool = False) -> None:
        role = QPalette.ColorRole.WindowText if is_good else QPalette.ColorRole.BrightText
        self.problem_label.setForegroundRole(role)
        self.problem_label.setText(words)
        self.problem_label.setVisible(bool(words))

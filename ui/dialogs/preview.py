"""The preview of a paper: its pages, what it still lacks, and the ways out: printer, PDF, Word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QStandardPaths,
    Qt,
    QTimer,
    QUrl,
    Slot,
)
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.paper import PaperRecord
from kc_desktop.errors import KnownError
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs import preview_print
from ui.dialogs.help_key import HelpKey
from ui.dialogs.preview_controls import PageControls
from ui.dialogs.preview_job import Job, Paper
from ui.dialogs.preview_pages import PageView
from ui.dialogs.preview_strip import colour, strip
from ui.reading_order import OrderedDialog
from ui.view_state import ViewState
from ui.widgets.links import plain
from ui.widgets.paper_menu import ANY_DAYS, FOR_EACH, SEVERAL_YEARS

_PATIENCE_S = 0.3
"""A paper ready within this time is shown at once; for a longer one the window opens and says so."""

_WATCH_MS = 50
"""How often a longer one is asked whether it is ready."""

_FOLDER_KEY = "preview/folder"
_FILTERS = {".pdf": "Tệp PDF (*.pdf)", ".docx": "Tài liệu Word (*.docx)"}


class PreviewDialog(OrderedDialog):
    """Show one paper. `show_paper` is the way in; tests give a Paper and ready PDF bytes instead."""

    _last_folder: Path | None = None

    def __init__(
        self,
        paper: Paper,
        pdf: bytes | None = None,
        parent: QWidget | None = None,
        *,
        state: ViewState | None = None,
    ) -> None:
        super().__init__(parent)
        HelpKey(self, "preview")
        self._paper = paper
        self._state = state
        self._pdf = b""
        self._job: Job | None = None
        self._finish: Callable[[bytes], None] = self._show_pdf
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._saved_folder: Path | None = None
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)  # after the document: Qt deletes in this order, and the document reads from it
        self._build_ui()
        self._connect_signals()
        self._set_ready(False)
        if pdf is not None:
            self._show_pdf(pdf)
        else:
            self._start(partial(paper.render, ".pdf"), self._show_pdf, "Đang dựng trang giấy…")

    @classmethod
    def show_paper(cls, parent: QWidget | None, workspace: Workspace, key: str, record_id: int) -> None:
        """Open the preview of one kind of paper about one record and stay until it is closed.

        The folder last saved to is kept in the view state of the parent, if it has one, else for this run only.
        A paper that is issued shows its issued copy. Raises KnownError when the record is gone.
        """
        from ui.dialogs.preview_issue import Issuing

        if key.endswith(FOR_EACH):
            from ui.dialogs.batch import BatchDialog

            BatchDialog.show_batch(parent, workspace, key.removesuffix(FOR_EACH), record_id)
            return
        if key.endswith((ANY_DAYS, SEVERAL_YEARS)):
            from ui.dialogs import report_period

            key = report_period.key_for(parent, workspace, record_id, of_years=key.endswith(SEVERAL_YEARS))
            if not key:
                return
        state = getattr(parent, "state", None)
        issuing = Issuing(workspace, key, record_id, parent)
        while issuing.goes_on():
            if issuing.is_to_be_written():
                from ui.dialogs.compose_report import ComposeReportDialog

                if not ComposeReportDialog.compose(parent, workspace, key, record_id):
                    break
            dialog = cls(issuing.paper(), issuing.pdf(), parent, state=state if isinstance(state, ViewState) else None)
            issuing.dress(dialog)
            if papers.each_of(key):
                dialog.offer_each(workspace, key, record_id)
            dialog.exec()
            dialog.deleteLater()
        issuing.deleteLater()

    @classmethod
    def show_copy(cls, parent: QWidget | None, workspace: Workspace, copy: PaperRecord) -> None:
        """Open the preview of a paper as it was issued. Raises KnownError when its bytes are not whole."""
        from kc_desktop.services import register
        from ui.dialogs.preview_issue import issued_paper, issued_strip

        state = getattr(parent, "state", None)
        pdf = register.pdf_of(workspace, copy.id)
        paper = issued_paper(workspace, copy)
        dialog = cls(paper, pdf, parent, state=state if isinstance(state, ViewState) else None)
        dialog.show_issued(issued_strip(dialog, copy))
        dialog.exec()
        dialog.deleteLater()

    def _build_ui(self) -> None:
        gap = theme.step(self, 2)
        self.setWindowTitle(f"Xem trước: {self._paper.title}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.view = PageView(self)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(gap * 2, gap, gap * 2, gap)
        bar.setSpacing(gap)
        self.paging = PageControls(self.view, self)
        bar.addWidget(self.paging)
        bar.addStretch(1)
        self._build_buttons(bar)
        column.addLayout(bar)
        self.problem_strip = strip(self, theme.colours().late)
        self.problem_strip.setAccessibleName("Giấy tờ còn thiếu")
        column.addWidget(self.problem_strip)
        column.addWidget(self.view, 1)
        self.message_strip = strip(self, theme.colours().text)
        self.message_strip.setAccessibleName("Kết quả")
        self.message_strip.linkActivated.connect(self._on_message_link_activated)
        column.addWidget(self.message_strip)
        self._show_problems()
        self._size_to_screen()
        self.view.setFocus()

    def _build_buttons(self, bar: QHBoxLayout) -> None:
        self.print_button = QPushButton("&In…", self)
        self.print_button.setToolTip("In ra giấy (Ctrl+P)")
        self.print_button.setDefault(True)
        self.pdf_button = QPushButton("Lưu &PDF…", self)
        self.pdf_button.setToolTip("Lưu thành tệp PDF (Ctrl+S)")
        self.word_button = QPushButton("Lưu &Word…", self)
        self.word_button.setToolTip("Lưu thành tài liệu Word để sửa tiếp (Ctrl+Shift+S)")
        self.close_button = QPushButton("Đón&g", self)
        self.close_button.setToolTip("Đóng bản xem trước (Esc)")
        for button in (self.print_button, self.pdf_button, self.word_button, self.close_button):
            button.setAutoDefault(False)
            bar.addWidget(button)
        self._bar = bar
        self._more: QHBoxLayout | None = None

    def _connect_signals(self) -> None:
        self.print_button.clicked.connect(self._on_print_button_clicked)
        self.pdf_button.clicked.connect(self._on_pdf_button_clicked)
        self.word_button.clicked.connect(self._on_word_button_clicked)
        self.close_button.clicked.connect(self.reject)
        self._watch.timeout.connect(self._on_watch_timeout)
        for keys, slot in (
            ((QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")), self.view.zoom_in),
            ((QKeySequence("Ctrl+-"),), self.view.zoom_out),
            ((QKeySequence("Ctrl+0"),), self._on_full_size_asked),
            # not as the buttons' own shortcuts: those would take the underlined letters away
            ((QKeySequence(QKeySequence.StandardKey.Print),), self.print_button.click),
            ((QKeySequence("Ctrl+S"),), self.pdf_button.click),
            ((QKeySequence("Ctrl+Shift+S"),), self.word_button.click),
        ):
            action = QAction(self)
            action.setShortcuts(list(keys))
            action.triggered.connect(slot)
            self.addAction(action)

    # --- public

    @property
    def document(self) -> QPdfDocument:
        """The PDF on show."""
        return self._document

    def add_button(self, button: QPushButton) -> None:
        """Put a button before those that print and save, or under them where the screen has no room beside."""
        self._bar.insertWidget(self._bar.indexOf(self.print_button), button)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        if column.minimumSize().width() + theme.step(self, 4) <= self.screen().availableSize().width():
            return
        if self._more is None:
            self._more = QHBoxLayout()
            self._more.setContentsMargins(theme.step(self, 4), 0, theme.step(self, 4), theme.step(self, 2))
            self._more.setSpacing(theme.step(self, 2))
            self._more.addStretch(1)
            column.insertLayout(1, self._more)
        self._bar.removeWidget(button)
        self._more.addWidget(button)

    def offer_each(self, workspace: Workspace, key: str, record_id: int) -> None:
        """Add the way to the papers of every recipient or item at once, which open over this preview."""
        self.each_button = QPushButton(f"&Từng {papers.each_of(key)}…", self)
        self.each_button.setToolTip(f"Mỗi {papers.each_of(key)} một bản: một tệp có đủ, hoặc mỗi bản một tệp")
        self.each_button.setAutoDefault(False)
        self.each_button.clicked.connect(partial(self._on_each_clicked, workspace, key, record_id))
        self.add_button(self.each_button)

    def show_issued(self, strip: QWidget) -> None:
        """Say over the pages that they are an issued copy, which is printed and saved but not written anew in Word."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, strip)
        self.word_button.hide()

    def tell_failure(self, error: KnownError) -> None:
        """Say at the foot why something could not be done."""
        self._tell_failure(error.message, error.remedy)

    @property
    def is_ready(self) -> bool:
        """Whether the paper has been rendered."""
        return bool(self._pdf)

    # --- Qt

    def done(self, result: int) -> None:
        """Let go of the document before its buffer, then close."""
        self._watch.stop()
        self.view.set_document(None)
        self._document.close()
        self._buffer.close()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "problem_strip"):
            colour(self.problem_strip, theme.colours().late)

    # --- slots

    @Slot()
    def _on_full_size_asked(self) -> None:
        self.view.set_zoom(1.0)

    @Slot()
    def _on_print_button_clicked(self) -> None:
        if not preview_print.has_printer():
            self._tell_failure(
                "Máy này chưa cài máy in nào.", "Bấm Lưu PDF rồi in ở máy khác, hoặc cài máy in trong cài đặt của máy."
            )
            return
        printer = preview_print.new_printer()
        printer.setDocName(self._paper.title)
        if self._ask_printer(printer):
            self._print_to(printer)

    @Slot()
    def _on_pdf_button_clicked(self) -> None:
        path = self._ask_path(self._paper.pdf_name, ".pdf")
        if path is not None:
            self._write(path, self._pdf)

    @Slot()
    def _on_word_button_clicked(self) -> None:
        path = self._ask_path(self._paper.word_name, ".docx")
        if path is not None:
            self._start(partial(self._paper.render, ".docx"), partial(self._write, path), "Đang ghi bản Word…")

    def _on_each_clicked(self, workspace: Workspace, key: str, record_id: int, _is_checked: bool = False) -> None:
        from ui.dialogs.batch import BatchDialog

        BatchDialog.show_batch(self, workspace, key, record_id)

    @Slot(str)
    def _on_message_link_activated(self, _link: str) -> None:
        if self._saved_folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved_folder)))

    @Slot()
    def _on_watch_timeout(self) -> None:
        if self._job is None or not self._job.is_done_within(0):
            return
        self._watch.stop()
        job, self._job = self._job, None
        self._tell("")
        self._set_ready(bool(self._pdf))
        try:
            made = job.result()
        except KnownError as error:
            self._tell_failure(error.message, error.remedy)
            return
        self._finish(made)

    # --- private

    def _start(self, work: Callable[[], bytes], finish: Callable[[bytes], None], waiting: str) -> None:
        """Do work beside the window; wait a moment for it first, so that a short one shows no waiting at all."""
        self._job = Job(work)
        self._finish = finish
        if not self._job.is_done_within(_PATIENCE_S):
            self._set_ready(False)
            self._tell(waiting)
            self._watch.start()
            return
        self._on_watch_timeout()

    def _show_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.view.set_document(self._document)
        self._set_ready(True)

    def _set_ready(self, is_ready: bool) -> None:
        for button in (self.print_button, self.pdf_button, self.word_button):
            button.setEnabled(is_ready)

    def _ask_printer(self, printer: QPrinter) -> bool:
        """Let the user choose printer, pages and copies; False when they gave up. Tests patch it."""
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("In giấy tờ")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self._document.pageCount())
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _print_to(self, printer: QPrinter) -> None:
        trouble = preview_print.trouble(printer)
        if trouble is not None:
            self._tell_failure(trouble.message, trouble.remedy)
            return
        self._set_ready(False)
        try:
            sheets = preview_print.print_watched(self._document, printer, self)
        except preview_print.PrintingStoppedError as stopped:
            self._tell(
                f"Đã dừng in: {stopped.sent}/{stopped.asked} trang đã tới máy in, có thể vẫn in ra. Không cần nữa thì "
                "xóa lệnh in trong hàng đợi của máy in."
            )
            return
        except OSError:
            self._tell_failure("Máy in không nhận lệnh in.", "Kiểm tra máy in đã bật và có giấy, hoặc bấm Lưu PDF.")
            return
        finally:
            self._set_ready(True)
        sent = f"Đã gửi {sheets} trang tới máy in {printer.printerName()}.".replace(" .", ".")
        self._tell(f"{sent} {preview_print.waiting_words(printer)}".strip())

    def _ask_path(self, name: str, suffix: str) -> Path | None:
        """Ask where to save, starting in the folder used last; None when the user gave up."""
        self._tell("")
        chosen, _ = QFileDialog.getSaveFileName(
            self, f"Lưu {self._paper.title}", str(self._folder() / name), _FILTERS[suffix]
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            papers.write(path, data)
        except KnownError as error:
            self._tell_failure(error.message, error.remedy)
            return
        self._remember_folder(path.parent)
        self._saved_folder = path.parent
        self._tell(f"Đã lưu {plain(path.name)}. <a href='folder'>Mở thư mục</a>")

    def _folder(self) -> Path:
        """Return the folder saved to last, else the user's documents."""
        kept = self._state.text(_FOLDER_KEY) if self._state is not None else ""
        last = Path(kept) if kept else PreviewDialog._last_folder
        if last is not None and last.is_dir():
            return last
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _remember_folder(self, folder: Path) -> None:
        PreviewDialog._last_folder = folder
        if self._state is not None:
            self._state.put(_FOLDER_KEY, str(folder))

    def _tell(self, text: str) -> None:
        colour(self.message_strip, theme.colours().text)
        self.message_strip.setText(text)
        self.message_strip.setVisible(bool(text))

    def _tell_failure(self, message: str, remedy: str) -> None:
        self._tell(f"▲ {plain(message)} {plain(remedy)}")
        colour(self.message_strip, theme.colours().problem)

    def _show_problems(self) -> None:
        problems = self._paper.problems
        self.problem_strip.setVisible(bool(problems))
        self.problem_strip.setText("Còn thiếu: " + " ".join(plain(each) for each in problems))

    def _size_to_screen(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(round(room.width() * 0.72), room.height() * 5 // 4), round(room.height() * 0.94))

"""What the preview adds to a paper that bears a number: issue it, show the issued copy, begin its replacement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.errors import KnownError
from kc_desktop.services import issuing, register
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.preview_job import Paper, paper_of

if TYPE_CHECKING:
    from ui.dialogs.preview import PreviewDialog


class Issuing(QObject):
    """One paper from draft to issued: which pages the preview shows, and the button that leads on.

    A paper that is issued shows its issued copy, byte for byte; its replacement begins as a draft of what the record
    says now. Each step opens the preview anew.
    """

    def __init__(self, workspace: Workspace, key: str, record_id: int, window: QWidget | None) -> None:
        super().__init__(window)
        self._workspace, self._key, self._record_id = workspace, key, record_id
        self._window = window
        self._dialog: PreviewDialog | None = None
        self._copy = issuing.issued_copy(workspace, key, record_id)
        self._replaces: PaperRecord | None = None
        self._is_wanted = True

    def goes_on(self) -> bool:
        """Return whether the preview is to be opened, at first or again."""
        is_wanted, self._is_wanted = self._is_wanted, False
        return is_wanted

    def is_to_be_written(self) -> bool:
        """Return whether the office is to write its sections of the paper first: of a draft that has any."""
        from kc_desktop.services import report_texts

        return self._copy is None and not self._workspace.is_read_only and report_texts.is_written(self._key)

    def paper(self) -> Paper:
        """Return what the preview shows. Raises KnownError when the record is gone or the copy is not whole."""
        paper = paper_of(self._workspace, self._key, self._record_id)
        return issued_paper(self._workspace, self._copy, paper) if self._copy is not None else paper

    def pdf(self) -> bytes | None:
        """Return the pages of the issued copy; None for a draft, which is rendered."""
        return register.pdf_of(self._workspace, self._copy.id) if self._copy is not None else None

    def dress(self, dialog: PreviewDialog) -> None:
        """Put the button that leads on, and the words on an issued copy, into the preview."""
        self._dialog = dialog
        writable = not self._workspace.is_read_only
        if self._copy is not None:
            strip = issued_strip(dialog, self._copy)
            if writable:
                button = _button("Lập bản thay th&ế…", "Sai nội dung: sửa ở bản ghi, rồi ban hành bản thay thế", strip)
                button.clicked.connect(self._on_replace_wanted)
                row = strip.layout()
                assert isinstance(row, QHBoxLayout)
                row.addWidget(button)
            dialog.show_issued(strip)
        elif writable and self._bears_number():
            words = "&Ban hành bản thay thế…" if self._replaces is not None else "Ghi số, &ban hành…"
            button = _button(words, "Ghi số, ngày vào sổ văn bản đi, khóa văn bản và giữ bản PDF", dialog)
            button.clicked.connect(self._on_issue_wanted)
            dialog.add_button(button)

    def _bears_number(self) -> bool:
        try:
            return issuing.bears_number(self._workspace, self._key, self._record_id)
        except KnownError:
            return False

    @Slot()
    def _on_replace_wanted(self) -> None:
        self._replaces, self._copy = self._copy, None
        self._again()

    @Slot()
    def _on_issue_wanted(self) -> None:
        from ui.dialogs.issue import IssueDialog

        assert self._dialog is not None
        try:
            asked = IssueDialog(self._workspace, self._key, self._record_id, self._dialog, replaces=self._replaces)
        except KnownError as error:
            self._dialog.tell_failure(error)
            return
        is_issued = asked.exec() == QDialog.DialogCode.Accepted
        self._copy = asked.done_record if is_issued else None
        asked.deleteLater()
        if is_issued and self._copy is not None:
            tell_window(self._window, self._workspace, f"Đã ban hành văn bản số {self._copy.mark}.")
            self._again()

    def _again(self) -> None:
        self._is_wanted = True
        assert self._dialog is not None
        self._dialog.accept()


def tell_window(window: QWidget | None, workspace: Workspace, words: str) -> None:
    """Let the main window under a dialog show what was written, say so and offer to take it back."""
    from ui.main_window import MainWindow

    if isinstance(window, MainWindow):
        window.refresh(workspace.last_touched)
        window.status.offer_undo(words)


def issued_paper(workspace: Workspace, copy: PaperRecord, paper: Paper | None = None) -> Paper:
    """Return an issued copy as the preview needs it; it has no Word form, and lacks nothing."""
    name = f"{copy.dated:%Y.%m.%d}. {copy.mark.replace('/', '-')}" if copy.dated else copy.mark.replace("/", "-")
    title = paper.title if paper is not None else copy.subject
    pdf = register.pdf_of(workspace, copy.id)
    return Paper(
        title=f"{title}, bản đã ban hành số {copy.mark}",
        render=lambda _suffix: pdf,
        pdf_name=f"{name}.pdf",
        word_name="",
    )


def issued_strip(dialog: QWidget, copy: PaperRecord) -> QWidget:
    """Return the strip that says that, by which number and since when a paper is issued."""
    strip = QWidget(dialog)
    step = theme.step(dialog)
    row = QHBoxLayout(strip)
    row.setContentsMargins(step * 4, step, step * 4, step * 2)
    words = QLabel(issued_words(copy), strip)
    words.setWordWrap(True)
    words.setAccessibleName("Tình trạng ban hành")
    row.addWidget(words, 1)
    return strip


def issued_words(copy: PaperRecord) -> str:
    """Say how an issued paper stands: issued, replaced or cancelled, with its number and day."""
    day = f" ngày {format_date(copy.dated)}" if copy.dated is not None else ""
    stands = {
        "replaced": f"Văn bản số {copy.mark}{day} đã được thay thế: {copy.reason}.",
        "cancelled": f"Văn bản số {copy.mark}{day} đã hủy: {copy.reason}.",
    }.get(copy.state, f"✓ Đã ban hành: số {copy.mark}{day}.")
    return f"{stands} Đây là bản đã ban hành, giữ nguyên như lúc ghi số."


def _button(text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button

"""A PDF that is kept as it was made: shown, printed and saved again, never made anew."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.preview_job import Paper
from ui.view_state import ViewState


def kept_dialog(parent: QWidget | None, file_name: str, pdf: bytes, words: str) -> PreviewDialog:
    """Return the preview of a kept PDF, with words over the pages on what it is."""
    paper = Paper(title=PurePath(file_name).stem, render=lambda _suffix: pdf, pdf_name=file_name, word_name="")
    state = getattr(parent.window() if parent is not None else None, "state", None)
    dialog = PreviewDialog(paper, pdf, parent, state=state if isinstance(state, ViewState) else None)
    strip = QWidget(dialog)
    box = QVBoxLayout(strip)
    step = theme.step(dialog)
    box.setContentsMargins(step * 4, step, step * 4, step * 2)
    label = QLabel(words, strip)
    label.setWordWrap(True)
    box.addWidget(label)
    dialog.show_issued(strip)
    return dialog


def show_kept_pdf(parent: QWidget | None, file_name: str, pdf: bytes, words: str) -> None:
    """Open the preview of a kept PDF and stay until it is closed."""
    dialog = kept_dialog(parent, file_name, pdf, words)
    dialog.exec()
    dialog.deleteLater()

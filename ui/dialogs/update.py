"""Cập nhật chương trình: what a newer installer brings and what will happen; and what the last update brought."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from kc_desktop import __version__
from kc_desktop.errors import KnownError
from kc_desktop.services import update
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.jobs import Job, JobRunner
from ui.widgets.labels import heading

_WHAT_HAPPENS = (
    "Khi bấm Cập nhật: chương trình hỏi về phần chưa lưu, sao lưu tệp đang mở, tự đóng, cài bản mới rồi mở lại đúng "
    "tệp này. Thường mất chưa đến một phút."
)
_NOT_COMPARED = "Tệp cài không có tệp kiểm tra .sha256 đi kèm nên chưa đối chiếu được: chỉ cài khi tin nơi đưa tệp."


def news_in_markdown(news: tuple[update.News, ...]) -> str:
    """Return what versions changed as one text, with a heading for each when there are several."""
    if len(news) == 1:
        return news[0].text
    return "\n\n".join(f"### Bản {each.version}\n\n{each.text}" for each in news)


def _browser(parent: Widget) -> QTextBrowser:
    text = QTextBrowser(parent)
    text.setFrameShape(QFrame.Shape.StyledPanel)
    text.setOpenLinks(False)
    text.setAccessibleName("Có gì mới")
    return text


class UpdateDialog(QDialog):
    """Looks for an installer on a stick, lets another be chosen, shows what it brings; accepted, it is to be run."""

    def __init__(self, jobs: JobRunner, parent: Widget | None = None, found: update.Installer | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "update")
        self._jobs = jobs
        self.installer: update.Installer | None = None
        self.setWindowTitle("Cập nhật chương trình")
        self._build_ui()
        self.choose_button.clicked.connect(self._on_choose_clicked)
        self.update_button.clicked.connect(self.accept)
        self._close.clicked.connect(self.reject)
        if found is not None:
            self._on_judged(found)
        else:
            self._run("Tìm bản mới trên USB", update.find, self._on_searched)

    @classmethod
    def choose(
        cls, jobs: JobRunner, parent: Widget | None = None, found: update.Installer | None = None
    ) -> update.Installer | None:
        """Ask for the installer to run; None when none is to be."""
        dialog = cls(jobs, parent, found)
        is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.installer if is_chosen else None

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.head = heading("Đang tìm bản mới trên USB…", self)
        self.words = QLabel(f"Bản đang dùng: {__version__}.", self)
        self.words.setWordWrap(True)
        self.news = _browser(self)
        self.news.hide()
        self.choose_button = QPushButton(icon("open"), "Chọn tệp cài…", self)
        self.update_button = QPushButton("Cập nhật", self)
        self.update_button.setEnabled(False)
        self._close = QPushButton("Đóng", self)
        for button in (self.choose_button, self._close):
            button.setAutoDefault(False)
        self.update_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose_button)
        buttons.addStretch(1)
        buttons.addWidget(self.update_button)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addWidget(self.news, 1)
        column.addStretch(0)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 92, theme.row_height(self) * 14)

    def _run(self, name: str, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def on_thread(_job: Job) -> Any:
            return work()

        job = self._jobs.submit(name, on_thread)
        job.succeeded.connect(then)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_searched(self, found: update.Installer | None) -> None:
        if found is not None:
            self._on_judged(found)
        elif self.installer is None:
            self.head.setText("Chưa thấy bản mới hơn trên USB nào")
            self.words.setText(
                f"Bản đang dùng: {__version__}. Cắm USB có tệp KC-Desktop-Setup-….exe của bản mới rồi mở lại cửa sổ "
                "này, hoặc bấm Chọn tệp cài."
            )
            self.choose_button.setFocus()

    @Slot(object)
    def _on_judged(self, found: update.Installer) -> None:
        self.installer = found
        self.head.setText(f"Có bản {found.version}")
        lines = [f"Bản đang dùng: {__version__}. Tệp cài: {found.path}", _WHAT_HAPPENS]
        if not found.is_compared:
            lines.append(f"▲ {_NOT_COMPARED}")
        self.words.setText("\n\n".join(lines))
        self.news.setMarkdown(news_in_markdown(found.news) or "Bản này không ghi có gì mới.")
        self.news.show()
        self.update_button.setEnabled(True)
        self.update_button.setFocus()

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        if not isinstance(error, KnownError):
            raise error
        self.installer = None
        self.head.setText("Không dùng được tệp này để cập nhật")
        self.words.setText(f"▲ {error}")
        self.news.hide()
        self.update_button.setEnabled(False)

    @Slot()
    def _on_choose_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn tệp cài của bản mới", "", "Bộ cài đặt (*.exe)")
        if name:
            path = Path(name)
            self._run("Xem tệp cài", lambda: update.judge(path), self._on_judged)


class NewsDialog(QDialog):
    """Có gì mới: shown once after an update, and on request."""

    def __init__(self, news: tuple[update.News, ...], parent: Widget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "update")
        self.setWindowTitle("Có gì mới")
        step = theme.step(self)
        self.news = _browser(self)
        self.news.setMarkdown(news_in_markdown(news))
        close = QPushButton("Đóng", self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(heading(f"Có gì mới ở bản {__version__}", self))
        column.addWidget(self.news, 1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 92, theme.row_height(self) * 16)
        close.setFocus()

"""In cho từng người: one paper for each recipient or item of a record, or of each record chosen in a list.

All in one file or a file each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.services import batch, papers
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.jobs import Job, JobRunner
from ui.view_state import ViewState
from ui.widgets.links import plain
from ui.widgets.suggestions import ComposingLine

_FOLDER_KEY = "preview/folder"
_PART = Qt.ItemDataRole.UserRole
_FILTERS = {".pdf": "Tệp PDF (*.pdf)", ".docx": "Tài liệu Word (*.docx)"}


class BatchDialog(QDialog):
    """Who gets one, in what files; progress with a way to stop, which leaves no file behind."""

    def __init__(
        self,
        workspace: Workspace,
        key: str,
        record_id: int,
        parent: QWidget | None = None,
        *,
        found: papers.Gathered | None = None,
    ) -> None:
        super().__init__(parent)
        HelpKey(self, "batch")
        self._workspace, self._key, self._record_id = workspace, key, record_id
        self._is_of_many = found is not None
        self._found = found or papers.gather(workspace, key, record_id)
        self._jobs = JobRunner(self)
        self._job: Job | None = None
        self._is_stopping = False
        self._saved: Path | None = None
        state = getattr(parent, "state", None)
        self._state = state if isinstance(state, ViewState) else None
        each = self._found.kind.each
        self._each = each
        self.setWindowTitle(f"In {self._found.kind.name} cho từng {each}")
        self._build_ui()
        self._connect_signals()
        self._fill()
        self._on_ticks_changed()

    @classmethod
    def show_batch(cls, parent: QWidget | None, workspace: Workspace, key: str, record_id: int) -> None:
        """Open the dialog and stay until it is closed. Raises KnownError when the record is gone."""
        dialog = cls(workspace, key, record_id, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build_ui(self) -> None:
        step = theme.step(self)
        each = self._each
        self.search = ComposingLine(self)
        self.search.become_search_box()
        self.search.setPlaceholderText(f"Tìm {each}: gõ vài chữ")
        self.search.setAccessibleName(f"Tìm {each}")
        self.list = QListWidget(self)
        self.list.setAccessibleName(f"Chọn {each} để in")
        self.list.setUniformItemSizes(True)
        self.list.setAlternatingRowColors(True)
        self.count = QLabel(self)
        self.all_button, self.none_button = QPushButton("Chọn &tất cả", self), QPushButton("&Bỏ chọn", self)
        ticks = QHBoxLayout()
        ticks.setSpacing(step * 2)
        ticks.addWidget(self.count, 1)
        ticks.addWidget(self.all_button)
        ticks.addWidget(self.none_button)
        self.problems = QLabel(self)
        self.problems.setWordWrap(True)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setAccessibleName("Kết quả")
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(ticks)
        column.addLayout(self._ways())
        column.addWidget(self.problems)
        column.addWidget(self.outcome)
        column.addLayout(self._buttons())
        self.resize(self.fontMetrics().horizontalAdvance("0") * 84, theme.row_height(self) * 20)
        self.list.setFocus()

    def _ways(self) -> QHBoxLayout:
        step = theme.step(self)
        self.one_file = QRadioButton("&Một tệp có đủ các bản", self)
        self.file_each = QRadioButton(f"Mỗi {self._each} m&ột tệp", self)
        self.one_file.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.one_file)
        group.addButton(self.file_each)
        self.format = QComboBox(self)
        for suffix, words in ((".pdf", "PDF"), (".docx", "Word")):
            self.format.addItem(words, suffix)
        label = QLabel("&Dạng tệp", self)
        label.setBuddy(self.format)
        row = QHBoxLayout()
        row.setSpacing(step * 3)
        row.addWidget(self.one_file)
        row.addWidget(self.file_each)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self.format)
        return row

    def _buttons(self) -> QHBoxLayout:
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Tiến độ")
        self.progress.setFormat("%v / %m")
        self.stop_button = QPushButton("Dừ&ng", self)
        self.print_button = QPushButton("&Xem và in…", self)
        self.print_button.setToolTip("Xem trước các bản đã chọn rồi in ra máy in")
        self.save_button = QPushButton("&Lưu…", self)
        self._close = QPushButton("Đón&g", self)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.save_button.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(theme.step(self) * 2)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        for button in (self.print_button, self.save_button, self._close):
            row.addWidget(button)
        self.progress.hide()
        self.stop_button.hide()
        return row

    def _connect_signals(self) -> None:
        self.search.textChanged.connect(self._on_search_changed)
        self.search.textNow.connect(self._on_search_changed)
        self.list.itemChanged.connect(self._on_ticks_changed)
        self.all_button.clicked.connect(self._on_all_clicked)
        self.none_button.clicked.connect(self._on_none_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self._close.clicked.connect(self.reject)
        self.outcome.linkActivated.connect(self._on_link_activated)

    def _fill(self) -> None:
        size = QSize(0, theme.row_height(self))
        for part in self._found.parts:
            item = QListWidgetItem(" – ".join(each for each in (part.name, part.about) if each))
            item.setData(_PART, part.id)
            item.setSizeHint(size)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        if self._found.parts:
            self.list.setCurrentRow(0)
        of_one = not self._is_of_many  # of many records each part says what it lacks
        lacking = papers.problems(self._workspace, self._key, self._record_id) if of_one else ()
        lines = ["▲ Còn thiếu: " + " ".join(lacking)] if lacking else []
        issued = self._found.issued_for_all
        if issued is not None and issued.dated is not None:
            day = format_date(issued.dated)
            lines.append(f"Các bản mang số {issued.mark} ngày {day} của {self._found.kind.name} đã ban hành.")
        self.problems.setText("\n".join(lines))
        self.problems.setVisible(bool(lines))

    # public

    def chosen(self) -> list[int]:
        """Return the ids of the parts that are ticked, in the order of the list."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(_PART) for item in items if item is not None and item.checkState() == Qt.CheckState.Checked]

    def save_to(self, target: Path) -> None:
        """Write what is ticked to a file, or into a folder when each gets a file."""
        if self.file_each.isChecked():
            suffix = self.format.currentData()
            self._run(partial(_write_each, self._found, self.chosen(), target, suffix), self._on_files_written)
        else:
            self._run(partial(_write_together, self._found, self.chosen(), target), self._on_file_written)

    # overrides

    def done(self, result: int) -> None:
        """Stop what is running and wait for it: nothing half-made is left."""
        self._jobs.close()
        super().done(result)

    # slots

    @Slot(str)
    def _on_search_changed(self, text: str) -> None:
        wanted = search_key(text)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item is not None:
                item.setHidden(wanted not in search_key(item.text()))

    @Slot()
    def _on_ticks_changed(self) -> None:
        number = len(self.chosen())
        self.count.setText(f"Đã chọn {number} / {self.list.count()} {self._each}")
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(number) and self._job is None)

    @Slot()
    def _on_all_clicked(self) -> None:
        self._tick(Qt.CheckState.Checked)

    @Slot()
    def _on_none_clicked(self) -> None:
        self._tick(Qt.CheckState.Unchecked)

    @Slot()
    def _on_print_clicked(self) -> None:
        self._run(partial(_together, self._found, self.chosen()), self._on_made)

    @Slot()
    def _on_save_clicked(self) -> None:
        target = self._ask_folder() if self.file_each.isChecked() else self._ask_file()
        if target is not None:
            self.save_to(target)

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._is_stopping = True
            self.stop_button.setEnabled(False)
            self._job.cancel()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @Slot(object)
    def _on_made(self, pdf: bytes) -> None:
        from ui.dialogs.preview import PreviewDialog
        from ui.dialogs.preview_job import Paper

        self._is_stopping = False
        paper = Paper(
            title=f"{self._found.kind.name} ({len(self.chosen())} {self._each})",
            render=partial(_render, self._found, self.chosen()),
            pdf_name=self._found.together_name(".pdf"),
            word_name=self._found.together_name(".docx"),
        )
        preview = PreviewDialog(paper, pdf, self, state=self._state)
        preview.exec()
        preview.deleteLater()

    @Slot(object)
    def _on_file_written(self, path: Path) -> None:
        self._tell_saved(path.parent, f"Đã lưu {plain(path.name)}.")

    @Slot(object)
    def _on_files_written(self, files: tuple[Path, ...]) -> None:
        self._tell_saved(files[0].parent, f"Đã lưu {len(files)} tệp vào thư mục {plain(files[0].parent.name)}.")

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        self._is_stopping = False
        if not isinstance(error, KnownError):
            raise error
        self.outcome.setText(f"▲ {plain(error.message)} {plain(error.remedy)}")

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self.list.setEnabled(True)
        self.progress.hide()
        self.stop_button.hide()
        self._on_ticks_changed()
        if self._is_stopping:
            self.outcome.setText("Đã dừng: chưa ghi tệp nào.")
        self.save_button.setFocus()

    @Slot(str)
    def _on_link_activated(self, _link: str) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    # private

    def _run(self, work: Callable[[Job], Any], finish: Callable[[Any], None]) -> None:
        self._job = self._jobs.submit(self.windowTitle(), work)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_finished)
        self._job.succeeded.connect(finish)
        self._job.failed.connect(self._on_failed)
        self._is_stopping = False
        self.outcome.setText("")
        self.list.setEnabled(False)
        self.progress.setRange(0, len(self.chosen()))
        self.progress.setValue(0)
        self.progress.show()
        self.stop_button.setEnabled(True)
        self.stop_button.show()
        self._on_ticks_changed()

    def _tick(self, state: Qt.CheckState) -> None:
        """Tick or clear everybody in sight: those the search left."""
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item is not None and not item.isHidden():
                item.setCheckState(state)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._on_ticks_changed()

    def _ask_file(self) -> Path | None:
        """Ask where the one file goes; None when the user gave up. Tests patch it."""
        suffix = self.format.currentData()
        usual = str(self._folder() / self._found.together_name(suffix))
        chosen, _filter = QFileDialog.getSaveFileName(self, "Lưu một tệp", usual, _FILTERS[suffix])
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")

    def _ask_folder(self) -> Path | None:
        """Ask which folder the files go to, and about files of their names; None when the user gave up."""
        chosen = QFileDialog.getExistingDirectory(self, "Lưu vào thư mục", str(self._folder()))
        if not chosen:
            return None
        folder = Path(chosen)
        names = batch.file_names(self._found, self.chosen(), self.format.currentData())
        there = sum((folder / name).exists() for name in names)
        return folder if not there or self._may_replace(there, folder) else None

    def _may_replace(self, number: int, folder: Path) -> bool:
        """Ask whether files of an earlier run may be replaced. Tests patch it."""
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Đã có tệp cùng tên",
            f"Thư mục {folder.name} đã có {number} tệp cùng tên.",
            QMessageBox.StandardButton.NoButton,
            self,
        )
        HelpKey(box)
        box.setInformativeText("Thay bằng bản in lần này, hoặc hoãn để chọn thư mục khác.")
        replace = box.addButton("Thay", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Hoãn", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is replace

    def _folder(self) -> Path:
        """Return the folder papers were saved to last, else the user's documents."""
        kept = self._state.text(_FOLDER_KEY) if self._state is not None else ""
        if kept and Path(kept).is_dir():
            return Path(kept)
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _tell_saved(self, folder: Path, words: str) -> None:
        self._is_stopping = False
        self._saved = folder
        if self._state is not None:
            self._state.put(_FOLDER_KEY, str(folder))
        self.outcome.setText(f"{words} <a href='folder'>Mở thư mục</a>")


def _together(found: papers.Gathered, parts: list[int], job: Job) -> bytes:
    return batch.together(found, parts, ".pdf", job.report)


def _write_together(found: papers.Gathered, parts: list[int], path: Path, job: Job) -> Path:
    batch.write_together(found, parts, path, job.report)
    return path


def _write_each(found: papers.Gathered, parts: list[int], folder: Path, suffix: str, job: Job) -> tuple[Path, ...]:
    return batch.write_each(found, parts, folder, suffix, job.report)


def _render(found: papers.Gathered, parts: list[int], suffix: str) -> bytes:
    return batch.together(found, parts, suffix, _unheard)


def _unheard(_done: int, _total: int) -> None:
    """Go on: the preview shows no progress of its own."""

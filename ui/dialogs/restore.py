"""Phục hồi từ bản sao lưu: the backups of a file, what each is worth, and which to put back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.errors import KnownError
from kc_desktop.services import backup
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.formats import moment_words
from ui.jobs import Job, JobRunner

_COLUMNS = ("Sao lưu lúc", "Lý do", "Dung lượng", "Kiểm tra")
_WAITING = "Đang kiểm tra…"
_WHAT = (
    "Chọn bản sao lưu để đưa {name} về như lúc đó. Tệp hiện nay được giữ lại thành một bản sao lưu trước khi thay, nên "
    "việc này cũng làm ngược lại được."
)


class RestoreDialog(QDialog):
    """Lists a file's backups, the newest first, reads each through and lets one be chosen."""

    def __init__(self, path: Path, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        HelpKey(self, "restore")
        self._path, self._jobs = path, jobs
        self._backups: list[Path] = []
        self._verdicts: dict[Path, backup.Verdict] = {}
        self._running: list[Job] = []
        self.setWindowTitle("Phục hồi từ bản sao lưu")
        self._build_ui()
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.table.itemDoubleClicked.connect(self._on_restore_clicked)
        self.restore_button.clicked.connect(self._on_restore_clicked)
        self.other_button.clicked.connect(self._on_other_clicked)
        self._close.clicked.connect(self.reject)
        self._look()

    @classmethod
    def choose(cls, path: Path, jobs: JobRunner, parent: QWidget | None = None) -> Path | None:
        """Ask which backup of a data file to put back; None when none is chosen."""
        dialog = cls(path, jobs, parent)
        is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.chosen() if is_chosen else None
        dialog.deleteLater()
        return chosen

    def _build_ui(self) -> None:
        step = theme.step(self)
        words = QLabel(_WHAT.format(name=self._path.name), self)
        words.setWordWrap(True)
        self.table = QTableWidget(0, len(_COLUMNS), self)
        theme.flatten(self.table)
        self.table.setAccessibleName("Các bản sao lưu")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        unit = self.fontMetrics().horizontalAdvance("0")
        for section, width in enumerate((20, 28, 14)):
            header.resizeSection(section, unit * width)
        self.note = QLabel("Đang xem các bản sao lưu…", self)
        self.note.setWordWrap(True)
        self.other_button = QPushButton("Chọn tệp khác…", self)
        self.other_button.setToolTip("Bản sao lưu ở nơi khác, ví dụ trên USB")
        self.restore_button = QPushButton("Phục hồi", self)
        self._close = QPushButton("Đóng", self)
        for button in (self.other_button, self._close):
            button.setAutoDefault(False)
        self.restore_button.setDefault(True)
        self.restore_button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other_button)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 3)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self.resize(unit * 110, theme.row_height(self) * 18)

    def done(self, result: int) -> None:
        """Stop checking: the file is to be replaced, or nobody looks any more."""
        for job in self._running:
            job.cancel()
        super().done(result)

    def chosen(self) -> Path | None:
        """Return the backup the cursor is on."""
        rows = self.table.selectionModel().selectedRows()
        return self._backups[rows[0].row()] if rows else None

    def _look(self) -> None:
        path = self._path

        def work(_job: Job) -> tuple[backup.Backup, ...]:
            return backup.listed(path)

        self._run("Xem các bản sao lưu", work, self._on_looked)

    def _run(self, name: str, work: Any, then: Any) -> None:
        job = self._jobs.submit(name, work)
        self._running.append(job)
        job.succeeded.connect(then)
        job.failed.connect(self._on_failed)

    def _add(self, path: Path, texts: tuple[str, str, str], row: int) -> None:
        self._backups.insert(row, path)
        self.table.insertRow(row)
        for column, text in enumerate((*texts, _WAITING)):
            cell = QTableWidgetItem(text[:1].upper() + text[1:])
            cell.setToolTip(str(path))
            self.table.setItem(row, column, cell)
        data = self._path

        def work(job: Job) -> tuple[Path, backup.Verdict]:
            job.report(0, 1)
            return path, backup.verdict(path, data)

        self._run("Kiểm tra bản sao lưu", work, self._on_judged)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()

    @Slot(object)
    def _on_looked(self, found: tuple[backup.Backup, ...]) -> None:
        for each in found:
            texts = (moment_words(each.at), str(each.reason), backup.size_words(each.size))
            self._add(each.path, texts, len(self._backups))
        if found:
            self.note.hide()
            self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say("Chưa có bản sao lưu nào ở thư mục của tệp này. Bản ở nơi khác: bấm Chọn tệp khác.")
            self.other_button.setFocus()

    @Slot(object)
    def _on_judged(self, judged: tuple[Path, backup.Verdict]) -> None:
        path, verdict = judged
        self._verdicts[path] = verdict
        cell = self.table.item(self._backups.index(path), 3)
        if cell is None:
            return
        cell.setText(verdict.words if verdict.is_usable else f"▲ {verdict.words}")
        cell.setToolTip(verdict.words)
        self._on_selection_changed()

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._say(f"▲ {error}")

    @Slot()
    def _on_selection_changed(self) -> None:
        chosen = self.chosen()
        verdict = self._verdicts.get(chosen) if chosen is not None else None
        self.restore_button.setEnabled(chosen is not None and (verdict is None or verdict.is_usable))

    @Slot()
    def _on_restore_clicked(self) -> None:
        if self.restore_button.isEnabled():
            self.accept()

    @Slot()
    def _on_other_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Chọn bản sao lưu", str(self._path.parent), "Tệp dữ liệu khuyến công (*.kcdb)"
        )
        if not name:
            return
        path = Path(name)
        if path not in self._backups:
            try:
                facts = path.stat()
            except OSError:
                self._say(f"▲ Không đọc được {path}.")
                return
            at = moment_words(datetime.fromtimestamp(facts.st_mtime))
            self._add(path, (at, "tệp được chọn", backup.size_words(facts.st_size)), 0)
        self.table.selectRow(self._backups.index(path))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

"""Files attached to a record: dropped, pasted or chosen; opened, saved elsewhere, taken off again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Record, describe
from kc_desktop.domain.paper import Attachment
from kc_desktop.errors import KnownError
from kc_desktop.services import attachments
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.reading_order import lend_focus
from ui.widgets.button_row import ButtonRow
from ui.widgets.labels import ElidedLabel
from ui.widgets.record_form import Section

_MAX_ROWS = 6


class AttachmentList(QWidget):
    """The files of one record. Every act is kept at once as a step of the history."""

    changed = Signal(object)
    """An act touched these tables."""
    told = Signal(str, bool)
    """One quiet line; whether undo is offered with it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, *, is_low: bool = False) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._owner = ("", 0)
        self._files: tuple[Attachment, ...] = ()
        self._is_low = is_low
        self._copies: tempfile.TemporaryDirectory[str] | None = None
        self.setAcceptDrops(True)
        self._build_ui()
        self._connect_signals()
        self.show_owner("", 0)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.table = QTableWidget(0, 2, self)
        theme.flatten(self.table)
        self.table.setHorizontalHeaderLabels(["Tên tệp", "Kích thước"])
        self.table.setAccessibleName("Tệp đính kèm")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, self.fontMetrics().horizontalAdvance("0") * 22)
        self.empty_label = QLabel(self)
        self.empty_label.setWordWrap(True)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.empty_label.setMinimumHeight(theme.row_height(self) * 2)
        self.add_button = self._button(
            "Đính kèm tệp…", "Chọn tệp trên máy (Ins); cũng thả tệp vào đây, hoặc dán (Ctrl+V)"
        )
        self.open_button = self._button("Mở", "Xem tệp đang chọn (Enter)")
        self.save_button = self._button("Lưu bản sao…", "Chép tệp đang chọn ra nơi khác")
        self.remove_button = self._button("Bỏ tệp", "Bỏ tệp đang chọn khỏi bản ghi này (Del); hoàn tác được")
        row = QHBoxLayout()
        row.setSpacing(step)
        buttons = ButtonRow(self, spacing=step)
        for button in (self.add_button, self.open_button, self.save_button, self.remove_button):
            buttons.add(button)
        row.addWidget(buttons)
        self.limit_label = ElidedLabel(self)
        self.limit_label.setText(_limit())
        self.limit_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(self.limit_label, 1)
        self.problem_label = QLabel(self)
        self.problem_label.setWordWrap(True)
        self.problem_label.setTextFormat(Qt.TextFormat.PlainText)
        self.problem_label.setForegroundRole(QPalette.ColorRole.BrightText)
        self.problem_label.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty_label, 1)
        column.addWidget(self.problem_label)
        column.addLayout(row)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        return button

    def _connect_signals(self) -> None:
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._on_open_clicked)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.remove_button.clicked.connect(self._on_remove_clicked)

    # --- public

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files on show."""
        return self._files

    def show_owner(self, table: str, record_id: int) -> None:
        """Show the files of a record; id 0 for one that is not saved yet."""
        if (table, record_id) != self._owner:
            self.problem_label.hide()
        self._owner = (table, record_id)
        current = self.current()
        self._files = attachments.of(self._workspace, table, record_id) if record_id else ()
        self.table.setRowCount(len(self._files))
        for row, each in enumerate(self._files):
            self._fill(row, each)
        if self._files:
            kept = [row for row, each in enumerate(self._files) if current is not None and each.id == current.id]
            self.table.selectRow(kept[0] if kept else len(self._files) - 1)
        self.table.setVisible(bool(self._files))
        lend_focus(self, self.table if self._files else None)
        self.empty_label.setVisible(not self._files)
        self.empty_label.setText(
            f"Chưa có tệp nào. Thả bản quét vào đây, bấm Đính kèm tệp, hoặc dán (Ctrl+V); {_limit()}."
            if record_id
            else "Lưu bản ghi trước, rồi đính kèm tệp."
        )
        if self._is_low:
            rows = min(max(len(self._files), 2), _MAX_ROWS)
            self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * theme.row_height(self))
        self._show_buttons()

    def current(self) -> Attachment | None:
        """Return the file the cursor is on."""
        row = self.table.currentRow()
        return self._files[row] if 0 <= row < len(self._files) else None

    def attach(self, paths: list[Path]) -> bool:
        """Attach files; a refusal is told below the list. Return whether it went well."""
        return self._act(partial(attachments.attach, self._workspace, *self._owner, paths), len(paths))

    def paste(self, data: QMimeData) -> bool:
        """Attach what was copied: files, or a picture. Return whether there was something to attach."""
        paths = _paths_of(data)
        if paths:
            self.attach(paths)
            return True
        image = data.imageData()
        if not isinstance(image, QImage) or image.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes, Qt takes text
        name = f"Ảnh dán {datetime.now():%Y-%m-%d %H.%M.%S}.png"
        self._act(
            partial(attachments.attach_bytes, self._workspace, *self._owner, name, bytes(buffer.data().data())), 1
        )
        return True

    def takes(self, data: QMimeData) -> bool:
        """Whether what is dragged are files, and something may be attached now."""
        return self._may_add() and bool(_paths_of(data))

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, while something may be attached."""
        if self.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files dropped; they stay where they were."""
        paths = _paths_of(event.mimeData())
        if self.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.attach(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act by keys on the file under the cursor."""
        if watched is self.table and isinstance(event, QKeyEvent):
            key = event.key()
            is_paste = event.matches(QKeySequence.StandardKey.Paste)
            is_own = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Insert) or is_paste
            if is_own and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if is_own and event.type() == QEvent.Type.KeyPress:
                self._take_key(key, is_paste=is_paste)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste while the list is empty and the widget itself has the focus."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._may_add():
            self.paste(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    # --- slots

    @Slot()
    def _on_add_clicked(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            "Chọn tệp đính kèm",
            "",
            "Bản quét, văn bản (*.pdf *.jpg *.jpeg *.png *.tif *.docx *.xlsx);;Mọi tệp (*)",
        )
        if names:
            self.attach([Path(each) for each in names])

    @Slot()
    def _on_open_clicked(self) -> None:
        found = self.current()
        if found is not None:
            self._try(partial(self._open, found))

    @Slot()
    def _on_save_clicked(self) -> None:
        found = self.current()
        if found is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Lưu bản sao", found.name)
        if name:
            self._try(partial(attachments.save_as, self._workspace, found.id, Path(name)))

    @Slot()
    def _on_remove_clicked(self) -> None:
        found = self.current()
        if found is not None and self._try(partial(attachments.remove, self._workspace, found.id)):
            self._renewed()
            self.told.emit(f"Đã bỏ tệp {found.name}.", True)

    @Slot()
    def _show_buttons(self) -> None:
        has_file, may_add = self.current() is not None, self._may_add()
        self.add_button.setVisible(not self._workspace.is_read_only)
        self.limit_label.setVisible(not self._workspace.is_read_only)
        self.remove_button.setVisible(not self._workspace.is_read_only)
        self.add_button.setEnabled(may_add)
        for button in (self.open_button, self.save_button, self.remove_button):
            button.setEnabled(has_file)

    # --- private

    def _may_add(self) -> bool:
        return bool(self._owner[1]) and not self._workspace.is_read_only

    def _take_key(self, key: int, *, is_paste: bool) -> None:
        if is_paste:
            if self._may_add():
                self.paste(QGuiApplication.clipboard().mimeData())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_open_clicked()
        elif key == Qt.Key.Key_Delete and not self._workspace.is_read_only:
            self._on_remove_clicked()
        elif key == Qt.Key.Key_Insert and self._may_add():
            self._on_add_clicked()

    def _fill(self, row: int, file: Attachment) -> None:
        is_there = attachments.is_there(self._workspace, file)
        cells = (file.name, _size_words(file.size_bytes) if is_there else "không thấy tệp")
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setToolTip(words if is_there else f"Không thấy trong {attachments.folder(self._workspace)}")
            if not is_there:
                item.setForeground(QColor(theme.colours().problem))
            self.table.setItem(row, column, item)

    def _act(self, deed: Callable[[], object], number: int) -> bool:
        before = len(self._files)
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # a large scan from a slow drive takes a while
        try:
            is_done = self._try(deed)
        finally:
            QGuiApplication.restoreOverrideCursor()
        if not is_done:
            return False
        self._renewed()
        added = len(self._files) - before
        if added:
            what = self._files[-1].name if added == 1 else f"{added} tệp"
            self.told.emit(f"Đã đính kèm {what}.", True)
        else:
            self.told.emit(
                "Tệp này đã đính kèm từ trước." if number == 1 else "Các tệp này đã đính kèm từ trước.", False
            )
        return True

    def _renewed(self) -> None:
        touched = self._workspace.last_touched
        self.show_owner(*self._owner)
        self.changed.emit(touched)

    def _try(self, deed: Callable[[], object]) -> bool:
        self.problem_label.hide()
        try:
            deed()
        except KnownError as error:
            self.problem_label.setText(f"▲ {error.message} {error.remedy}".strip())
            self.problem_label.show()
            return False
        return True

    def _open(self, file: Attachment) -> None:
        """Show a PDF in the preview, anything else with the program the system has for it, from a copy."""
        data = attachments.read(self._workspace, file.id)
        if Path(file.name).suffix.lower() == ".pdf":
            from ui.dialogs.kept_pdf import show_kept_pdf

            show_kept_pdf(self, file.name, data, f"Tệp đính kèm: {file.name}")
            return
        if self._copies is None:
            self._copies = tempfile.TemporaryDirectory(prefix="kc-desktop-", ignore_cleanup_errors=True)
        folder = Path(tempfile.mkdtemp(dir=self._copies.name))
        copy = folder / file.name
        copy.write_bytes(data)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            raise KnownError(
                f"Máy này không có chương trình mở được {file.name}.", "Bấm Lưu bản sao rồi mở ở máy khác."
            )


class AttachmentSection(Section):
    """The files of a form's record; they are kept at once, whether or not the form is being edited."""

    changed = Signal(object)
    """An act touched these tables."""
    undoOffered = Signal(str)
    """What was just done, worth offering undo for."""
    said = Signal(str)
    """One quiet line."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = AttachmentList(workspace, self, is_low=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.changed.connect(self.changed)
        self.list.told.connect(self._on_list_told)

    def load(self, record: Record | None) -> None:
        """Show the files of a record."""
        table = describe(type(record)).table if record is not None else ""
        self.list.show_owner(table, record.id if record is not None else 0)

    @Slot(str, bool)
    def _on_list_told(self, words: str, offers_undo: bool) -> None:
        (self.undoOffered if offers_undo else self.said).emit(words)


def _limit() -> str:
    return f"mỗi tệp tới {attachments.limit_words()}"


def _paths_of(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def _size_words(size: int) -> str:
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} KB"
    return f"{size / 1e6:.1f} MB".replace(".", ",")

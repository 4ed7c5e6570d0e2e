"""What the window does with errors: a calm message for what a user can meet, a report for a mistake of the program."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from kc_desktop.errors import KnownError


def show_known(parent: QWidget | None, error: KnownError, title: str = "Chưa làm được") -> None:
    """Tell a known error with its remedy; F1 opens the guide where it tells of what was being done."""
    from ui.dialogs.help_key import HelpKey

    box = QMessageBox(QMessageBox.Icon.Warning, title, error.message, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(error.remedy)
    box.addButton("Đã hiểu", QMessageBox.ButtonRole.AcceptRole)
    HelpKey(box)
    box.exec()


class ErrorReporter(QObject):
    """Receives every exception nobody caught, from any thread, and tells it on the GUI thread."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_showing = False
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become sys.excepthook."""
        sys.excepthook = self.hook

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Hand an exception over; never builds a dialog itself, it may run on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if not isinstance(error, KnownError):
            from kc_desktop.logs import log

            log.critical("Unexpected error", exc_info=(kind, error, trace))
        self._caught.emit(error)

    @Slot(object)
    def _on_caught(self, error: BaseException) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        try:
            parent = QApplication.activeWindow()
            if isinstance(error, KnownError):
                show_known(parent, error)
            else:
                _show_unknown(parent, error)
        finally:
            self._is_showing = False


def _show_unknown(parent: QWidget | None, error: BaseException) -> None:
    import traceback

    from ui.dialogs.help_key import HelpKey

    detail = "".join(traceback.format_exception(error))
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Chương trình gặp lỗi")
    box.setText("Chương trình gặp lỗi ngoài dự kiến. Dữ liệu đã lưu vẫn nguyên vẹn.")
    box.setInformativeText("Có thể làm tiếp. Nếu lỗi lặp lại, gửi chi tiết dưới đây cho người hỗ trợ.")
    box.setDetailedText(detail)
    copy = QPushButton("Chép chi tiết", box)
    box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
    close = box.addButton("Đóng", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    HelpKey(box, "messages")
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(detail)

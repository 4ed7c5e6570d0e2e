"""A window that is larger than its screen, or partly beyond it, is brought back once it is in front.

Dialogs say how large they would like to be; a screen at 200 %, or large letters, may leave less.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def fitted(frame: QRect, room: QRect) -> QRect:
    """Return where a window of this frame stands whole in the room there is, moved as little as can be."""
    size = frame.size().boundedTo(room.size())
    left = min(max(frame.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(frame.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def bring_back(window: QWidget) -> None:
    """Move, and shrink where it must be, a window onto its screen."""
    if window.isMaximized() or window.isFullScreen() or window.isMinimized():
        return
    frame = window.frameGeometry()
    wanted = fitted(frame, window.screen().availableGeometry())
    if wanted != frame:
        window.resize(window.size() - (frame.size() - wanted.size()))
        window.move(wanted.topLeft())


class ScreenWatcher(QObject):
    """Brings back each window that comes to the front."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusWindowChanged.connect(self._on_focus_window_changed)

    @Slot()
    def _on_focus_window_changed(self) -> None:
        QTimer.singleShot(0, self, self._on_settled)  # which window is active is known a moment later

    @Slot()
    def _on_settled(self) -> None:
        window = QApplication.activeWindow()
        if window is not None and QGuiApplication.mouseButtons() == QGuiApplication.mouseButtons().NoButton:
            bring_back(window)

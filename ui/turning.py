"""Hoàn tác and Làm lại: one step of the history taken back, or done again, and shown in every tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kc_desktop.errors import KnownError

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def turn(window: MainWindow, *, is_undo: bool) -> None:
    """Take the last step back, or do again what was undone last; a long one is told before it begins."""
    workspace, status = window.workspace, window.status
    if workspace is None:
        return
    label = workspace.undo_label if is_undo else workspace.redo_label
    status.tell_at_once(f"{'Đang hoàn tác' if is_undo else 'Đang làm lại'}: {label}…")
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        tables = workspace.undo() if is_undo else workspace.redo()
    except KnownError as error:
        status.tell(f"{error.message} {error.remedy}".strip())
        return
    finally:
        QGuiApplication.restoreOverrideCursor()
    window.refresh(tables)
    status.tell(f"{'Đã hoàn tác' if is_undo else 'Đã làm lại'}: {label}")

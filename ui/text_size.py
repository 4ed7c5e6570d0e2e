"""Xem, Cỡ chữ: how large the letters of the window are, chosen from its menu and kept for the next start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from ui import theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_LABELS = {
    theme.TextSize.SMALL: "Nhỏ",
    theme.TextSize.MEDIUM: "Vừa",
    theme.TextSize.LARGE: "Lớn",
    theme.TextSize.HUGE: "Rất lớn",
}


def fill_menu(window: MainWindow, menu: QMenu) -> None:
    """List the sizes in the menu, the one in use ticked; what is there already goes."""
    menu.clear()
    group = QActionGroup(menu)
    for size, label in _LABELS.items():
        action = menu.addAction(label)
        action.setCheckable(True)
        action.setChecked(size is theme.text_size())
        action.triggered.connect(partial(choose, window, size))
        group.addAction(action)


def choose(window: MainWindow, size: theme.TextSize, _is_checked: bool = True) -> None:
    """Wear a size at once and keep it, unless unsaved text keeps the user where they are."""
    app = QApplication.instance()
    if size is theme.text_size() or not isinstance(app, QApplication) or not window.may_leave():
        return
    theme.set_text_size(app, size)
    window.state.put(theme.TEXT_SIZE_SETTING, size)
    QTimer.singleShot(0, window.build_anew)  # once every widget has heard of the letters that new ones copy

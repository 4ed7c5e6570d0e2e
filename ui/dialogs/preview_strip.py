"""A line over or under the pages of a preview that says something."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme


def strip(parent: QWidget, ink: str) -> QLabel:
    """Make a hidden strip whose words have a colour."""
    made = QLabel(parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    made.setContentsMargins(theme.step(parent, 4), theme.step(parent), theme.step(parent, 4), theme.step(parent, 2))
    made.hide()
    colour(made, ink)
    return made


def colour(label: QLabel, ink: str) -> None:
    """Give a label's words a colour."""
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    label.setPalette(palette)

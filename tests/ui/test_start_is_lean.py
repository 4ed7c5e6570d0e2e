"""What keeps the start quick goes on doing what it is for."""

from __future__ import annotations

import builtins

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.bars import FigureButton


def test_modules_are_imported_without_a_look_at_their_source() -> None:
    import ui.app  # noqa: F401 - it puts the import back

    assert builtins.__import__.__name__ != "__feature_import__"


def test_a_figure_needs_more_room_in_larger_letters(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    figure = FigureButton("Đã phê duyệt", "1.250.000.000", "đồng", "projects", None, parent)
    before = figure.sizeHint()
    letters = QFont(figure.font())
    letters.setPointSizeF(letters.pointSizeF() * 2)
    figure.setFont(letters)
    assert figure.sizeHint().width() > before.width()
    assert figure.sizeHint().height() > before.height()

"""The buttons at the foot of a dialog of several pages: leave at the left, back and on at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui import theme


def step_buttons(leave: QPushButton, back: QPushButton, on: QPushButton, *between: QWidget) -> QHBoxLayout:
    """Place the buttons, and what tells of a job between them; Enter goes on."""
    on.setDefault(True)
    row = QHBoxLayout()
    row.setSpacing(theme.step(leave, 2))
    row.addWidget(leave)
    for each in between:
        row.addWidget(each, 1 if isinstance(each, QProgressBar) else 0)
    row.addStretch(0)  # the bar, while there is one, has all the room
    row.addWidget(back)
    row.addWidget(on)
    return row

"""A row of buttons of which one is down: what is shown, or how."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from ui.widgets.button_row import ButtonRow

_KEYS = 9
"""Choices that a digit makes; the keyboard has no tenth."""


class Switch(ButtonRow):
    """Choices side by side, by mouse, by Tab and the arrows, or with `keys` by Alt and their number."""

    chosen = Signal(str)
    """The key the user chose."""

    def __init__(
        self, choices: tuple[tuple[str, str], ...], parent: QWidget | None = None, *, keys: bool = False
    ) -> None:
        super().__init__(parent)
        self._keys = tuple(key for key, _ in choices)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for place, (_, label) in enumerate(choices):
            button = QToolButton(self)
            button.setText(label)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if keys and place < _KEYS:
                button.setShortcut(f"Alt+{place + 1}")
                button.setToolTip(f"{label} (Alt+{place + 1})")
            self._group.addButton(button, place)
            self.add(button)
        self._group.idClicked.connect(self._on_clicked)

    def set_current(self, key: str) -> None:
        """Press a button without telling."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def current(self) -> str:
        """Return the key of the button that is down."""
        return self._keys[max(self._group.checkedId(), 0)]

    def button(self, key: str) -> QToolButton:
        """Return a button."""
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, QToolButton)
        return found

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._keys[place])

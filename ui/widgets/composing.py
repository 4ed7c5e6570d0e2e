"""What input methods (UniKey, Telex, IBus) are still composing in the fields of a form or a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


class Composing(QObject):
    """Watches controls for words that are shown but not yet handed over: their `text()` does not hold them."""

    changed = Signal()
    """Something was composed or handed over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: dict[QObject, str] = {}

    def watch(self, control: QWidget) -> None:
        """Follow what is composed in a control."""
        control.installEventFilter(self)

    def words(self, control: QObject) -> str:
        """Return what is being composed in a control, "" for nothing."""
        return self._words.get(control, "")

    def settle(self) -> None:
        """Take over what is being composed; what the input method does not hand over itself is taken as it shows."""
        if not any(self._words.values()):
            return
        QGuiApplication.inputMethod().commit()
        for control, words in list(self._words.items()):
            if words:
                handed_over = QInputMethodEvent("", [])
                handed_over.setCommitString(words)
                QApplication.sendEvent(control, handed_over)
        QGuiApplication.inputMethod().reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is composed; a field that is left composes nothing."""
        if isinstance(event, QInputMethodEvent):
            self._words[watched] = event.preeditString()
            self.changed.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self._words.pop(watched, None)
        return super().eventFilter(watched, event)

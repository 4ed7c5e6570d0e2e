"""What stands in the place of a list's rows while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from kc_desktop.services.list_steps import first_step
from kc_desktop.services.lists import ListSpec
from ui import theme


class EmptyState(QWidget):
    """What an empty list is for, and the first step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton("Thêm", self)
        self._key = ""
        self.target = ""
        """Where the button leads when the rows are added elsewhere."""
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.step(self, 6)] * 4)
        column.setSpacing(theme.step(self, 3))
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def words(self) -> str:
        """Return the words on show."""
        return self._words.text()

    def explain(self, spec: ListSpec, searched: str, is_narrowed: bool, may_write: bool) -> None:
        """Say why a list shows no rows: nothing fits what is searched or filtered, else what the list is for."""
        self._key = spec.key
        if is_narrowed:
            what = f" có “{searched}”" if searched else " trong phần đang lọc"
            self._say(f"Không thấy {spec.singular} nào{what}.", "Bỏ tìm, bỏ lọc")
            return
        step = first_step(spec.key)
        adding = f"Thêm {spec.singular}" if "Bấm Thêm" in spec.empty_hint and may_write else ""
        words = adding if step is None else step.words if may_write or not step.writes else ""
        self._say(spec.empty_hint, words, step.target if step is not None else "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the whole list: where nothing is yet, a workbook of the office may come in."""
        from ui.selection_menu import whole_list_actions

        menu = QMenu(self)
        menu.addActions(whole_list_actions(self, self._key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _say(self, words: str, button: str, target: str = "") -> None:
        self.target = target
        self._words.setText(words)
        self.button.setText(button or self.button.text())
        self.button.setVisible(bool(button))

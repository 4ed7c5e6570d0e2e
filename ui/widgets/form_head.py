"""What stands over the fields of a form: the title, the buttons, what is to be said."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.widgets.button_row import ButtonRow
from ui.widgets.labels import ElidedLabel


class FormHead(QWidget):
    """The title with Sửa, or Lưu and Hoãn, and a sentence under them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        step = theme.step(self)
        self.title = ElidedLabel(self)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self.title.setFont(font)
        self.title.setMinimumWidth(step * 10)
        self.mark = QLabel("● chưa lưu", self)
        self.edit_button = _button(self, "Sửa", "edit", "Sửa bản ghi này (F2)")
        self.save_button = _button(self, "Lưu", "save", "Lưu (Ctrl+S)")
        self.cancel_button = _button(self, "Hoãn", "cancel", "Bỏ phần vừa sửa (Esc)")
        self._row = QHBoxLayout()
        self._row.setSpacing(step * 2)
        self._row.addWidget(self.title, 1)
        self._buttons = ButtonRow(self, spacing=step * 2)
        self._row.addWidget(self._buttons)
        for widget in (self.mark, self.edit_button, self.save_button, self.cancel_button):
            self._row.addWidget(widget)
        self.notice = QLabel(self)
        self.notice.setWordWrap(True)
        self.notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step * 2)
        column.addLayout(self._row)
        column.addWidget(self.notice)
        self._colour()

    def add(self, widget: QWidget) -> None:
        """Put a button between the title and Sửa; where there is little room it goes into a menu."""
        if isinstance(widget, QAbstractButton):
            self._buttons.add(widget, is_first=True)
        else:
            self._row.insertWidget(1, widget)

    def add_below(self, widget: QWidget) -> None:
        """Put a bar between the buttons and the sentence."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, widget)

    def show_mode(self, is_editing: bool, *, may_edit: bool) -> None:
        """Show Sửa, or Lưu and Hoãn while the form is being edited."""
        self.edit_button.setVisible(not is_editing and may_edit)
        self.save_button.setVisible(is_editing)
        self.cancel_button.setVisible(is_editing)

    def show_notice(self, text: str, *, is_problem: bool) -> None:
        """Show a sentence; "" takes it away."""
        self.notice.setText(f"▲ {text}" if is_problem and text else text)
        self.notice.setProperty("problem", is_problem)
        self.notice.setVisible(bool(text))
        self._colour()

    def shows_problem(self) -> bool:
        """Whether the sentence says what is wrong."""
        return bool(self.notice.property("problem"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "notice"):
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        colours = theme.colours()
        for label, colour in (
            (self.mark, colours.late),
            (self.notice, colours.problem if self.shows_problem() else colours.muted),
        ):
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
            label.setPalette(palette)


def _button(parent: QWidget, text: str, icon_name: str, tip: str) -> QPushButton:
    button = QPushButton(icon(icon_name), text, parent)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button

"""Editors that pick: a code out of a few, a record out of many, a yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from kc_desktop.domain.fields import Field, Value, described_tables
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError
from ui.widgets.editor import Editor, LineBasedEditor, paper_look
from ui.widgets.suggestions import SuggestionLine

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace

_WIDEST, _NARROWEST = 36, 16
"""Letters a box of choices has room for, when there is much and when there is little."""


class CalmComboBox(QComboBox):
    """A combo box that a wheel passing over it does not change, and whose list never covers the screen."""

    def showPopup(self) -> None:
        """Show at most `maxVisibleItems` choices of many: Fusion's own list has all of them, as high as the screen."""
        if self.count() > self.maxVisibleItems() and not self.styleSheet():
            self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only when focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEdit(Editor):
    """A code out of a fixed set, shown by its label."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = CalmComboBox(self)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        longest = 1
        for code, label in field.choices:
            self.combo.addItem(label, code)
            longest = max(longest, len(label))
        self.combo.setMinimumContentsLength(min(longest, _WIDEST))
        # narrower than its longest choice before the form is cut: a screen at 200 % has little room
        self.combo.setMinimumWidth(self.combo.fontMetrics().averageCharWidth() * min(longest + 4, _NARROWEST))
        self.combo.setMaxVisibleItems(20)
        self.combo.setAccessibleName(field.label)
        self.combo.setToolTip(field.help)
        self.line = QLineEdit(self)
        self.line.setReadOnly(True)
        self.line.setMinimumHeight(self.combo.sizeHint().height())
        self.line.setAccessibleName(field.label)
        paper_look(self.line, True)
        self._row.addWidget(self.combo, 1 if longest > _WIDEST else 0)
        self._row.addWidget(self.line, 100)  # the stretch is for the combo box
        if longest <= _WIDEST:
            self._row.addStretch(1)
        self.line.hide()
        self.setFocusProxy(self.combo)
        self.combo.activated.connect(self._on_combo_activated)

    def value(self) -> str:
        """Return the code chosen."""
        return str(self.combo.currentData() or "")

    def set_value(self, value: Value) -> None:
        """Choose a code; one that is not in the set is added and shown as it is."""
        code = str(value or "")
        index = self.combo.findData(code)
        if index < 0 and code:
            self.combo.addItem(code, code)
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(index)
        self._settled = code
        self._show_in_words()
        self.show_problem("")

    def control(self) -> QWidget:
        """Return the box, or the line that stands for it while only showing."""
        return self.line if self._is_read_only else self.combo

    def _show_in_words(self) -> None:
        """Write the choice into the line shown while reading, from its beginning however narrow the line is."""
        self.line.setText(self.combo.currentText() if self.value() else "")
        self.line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        """Show the label as on paper, or let it be chosen."""
        had_focus = self.line.hasFocus() or self.combo.hasFocus()
        super().set_read_only(read_only)
        self._show_in_words()
        self.setFocusProxy(self.control())
        self.combo.setVisible(not read_only)
        self.line.setVisible(read_only)
        if had_focus:
            self.control().setFocus()

    @Slot(int)
    def _on_combo_activated(self, _index: int) -> None:
        if self.value() != self._settled:
            self._on_control_touched()
            self.settle()


class FlagEdit(Editor):
    """A yes or no."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(self)
        self.box.setAccessibleName(field.label)
        self.box.setToolTip(field.help)
        self._row.addWidget(self.box)
        self._row.addStretch(1)
        self.setFocusProxy(self.box)
        self.box.installEventFilter(self)
        self.box.toggled.connect(self._on_box_toggled)
        self.box.clicked.connect(self._on_box_clicked)
        self._on_box_toggled(False)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: Value) -> None:
        """Tick or untick it."""
        self._settled = bool(value)
        self.box.setChecked(self._settled)
        self.show_problem("")

    def is_empty(self) -> bool:
        """A yes or no is never empty."""
        return False

    def control(self) -> QWidget:
        """Return the check box."""
        return self.box

    def set_read_only(self, read_only: bool) -> None:
        """Let it be ticked or not."""
        super().set_read_only(read_only)
        self.box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the tick as it is while only showing; greying it out would make it hard to read."""
        if self._is_read_only and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.key() == Qt.Key.Key_Space
        return super().eventFilter(watched, event)

    @Slot(bool)
    def _on_box_toggled(self, is_checked: bool) -> None:
        self.box.setText("Có" if is_checked else "Không")

    @Slot()
    def _on_box_clicked(self) -> None:
        self._on_control_touched()
        self.settle()


class LinkEdit(LineBasedEditor):
    """A record of another table, found by a few letters of its name."""

    def __init__(self, field: Field, workspace: Workspace, parent: QWidget | None = None) -> None:
        self._picker = SuggestionLine()
        super().__init__(field, parent, self._picker)
        self._workspace = workspace
        self._id: int | None = None
        self._label = ""
        described = described_tables().get(field.target)
        self._singular = described.singular if described is not None else "mục"
        self._hint = field.help or f"Gõ vài chữ để tìm {self._singular}"
        self.line.setPlaceholderText(self._hint)
        self._picker.textNow.connect(self._on_text_now)
        self._picker.chosen.connect(self._on_chosen)

    def value(self) -> int | None:
        """Return the id of the record chosen, None for none."""
        typed = clean_line(self.line.text())
        if not typed:
            return None
        if self._id is None or typed != clean_line(self._label):
            raise self._refuse(f"Chưa chọn {self._singular} trong danh sách: gõ vài chữ, rồi Enter ở dòng cần chọn.")
        return self._id

    def set_value(self, value: Value) -> None:
        """Show the record of an id by its name."""
        self._id = value if isinstance(value, int) and value else None
        self._settled = self._id
        self._label = self._workspace.title_of(self.field.target, self._id) if self._id else ""
        self._show_text(self._label)
        self.line.setToolTip(self._label or self.field.help)
        self._picker.hide_suggestions()
        self.show_problem("")

    def settle(self) -> None:
        """Take the only suggestion when the field is left with just one, then check as usual."""
        if self._needs_pick() and len(self._picker.suggestions_shown()) == 1:
            self._picker.take_current()
        self._picker.hide_suggestions()
        super().settle()

    def _needs_pick(self) -> bool:
        try:
            self.value()
        except FieldError:
            return True
        return False

    @Slot(str)
    def _on_text_now(self, typed: str) -> None:
        if self._is_read_only:
            return
        found = self._workspace.suggest(self.field.target, clean_line(typed))
        self._picker.show_suggestions(found, f"Không thấy {self._singular} nào có “{clean_line(typed)}”")

    @Slot(int, str)
    def _on_chosen(self, record_id: int, label: str) -> None:
        self._id, self._label = record_id, self._workspace.title_of(self.field.target, record_id) or label
        self._show_text(self._label)
        self.line.setCursorPosition(len(self._label))
        self._on_control_touched()
        super().settle()

"""What every editor of a field has in common: value, problem, read-only look and the two signals."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QInputMethodEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Record, Value
from kc_desktop.errors import FieldError
from ui import theme

_WIDE = 30
"""From this many characters on, an editor takes all the width there is."""

_NARROWEST = 12
"""Characters a control keeps room for before the form is cut: a screen at 200 % has little."""

_ALL_OF_IT = 100
"""The stretch of a control that grows to its width before the empty room beside it does."""


class Editor(QWidget):
    """Edit one field. The protocol every form and table relies on.

    `value()` gives what the field holds and raises FieldError while `problem()` is about text that cannot be read.
    `edited` fires at every touch of the user's; `changed` carries the value once it has settled (the field was left,
    Enter pressed, an item chosen), never for `set_value`. Text is never rewritten while it is being typed.
    """

    changed = Signal(object)
    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._is_read_only = False
        self._settled: Value = None
        self._problem_label: QLabel | None = None
        self._unit: QLabel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self, 0.5))
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.step(self))
        column.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # public

    def value(self) -> Value:
        """Return what the field holds; "" or None when it is empty. Raises FieldError for text that cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a value without firing a signal; clears any problem shown."""
        raise NotImplementedError

    def set_record(self, record: Record | None) -> None:
        """Take the record whose field it is, before its value; most editors need only the value."""

    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return self.value() in (None, "")

    def problem(self) -> str:
        """Say what keeps the present content from being saved, "" when nothing does."""
        try:
            is_empty = self.is_empty()
        except FieldError as error:
            return str(error)
        if self.field.required and is_empty:
            return f"Chưa có {_lower_first(self.field.label)}."
        return ""

    def show_problem(self, text: str) -> None:
        """Show a problem in words under the field, or take it away with ""."""
        if self._problem_label is None:
            if not text:
                return
            self._problem_label = QLabel(self)
            self._problem_label.setWordWrap(True)
            self._problem_label.setObjectName("problem")
            column = self.layout()
            assert column is not None
            column.addWidget(self._problem_label)
            self._colour_problem()
        self._problem_label.setText(f"▲ {text}" if text else "")
        self._problem_label.setVisible(bool(text))
        self.control().setAccessibleDescription(text)

    def shown_problem(self) -> str:
        """Return the problem on show, "" when there is none."""
        label = self._problem_label
        return label.text().removeprefix("▲ ") if label is not None else ""

    def control(self) -> QWidget:
        """Return the widget that takes the keys: the buddy of the field's label."""
        raise NotImplementedError

    def is_read_only(self) -> bool:
        """Whether the field only shows its value."""
        return self._is_read_only

    def set_read_only(self, read_only: bool) -> None:
        """Show the value as on paper, or let it be edited."""
        self._is_read_only = read_only
        if self._unit is not None:
            self._unit.setVisible(not read_only)

    def settle(self) -> None:
        """Tidy and check what was typed, as when the field is left; forms call it before saving."""
        self.show_problem(self.problem() if not self.field.required or not self._is_blank() else "")
        try:
            value = self.value()
        except FieldError:
            return
        if value != self._settled:
            self._settled = value
            self.changed.emit(value)

    # overrides

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand on what is composed: a table sends it to the editor of its cell before that has the focus."""
        QCoreApplication.sendEvent(self.control(), event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette."""
        if event.type() == QEvent.Type.PaletteChange and self._problem_label is not None:
            self._colour_problem()
        super().changeEvent(event)

    # for subclasses

    @Slot()
    def _on_control_touched(self) -> None:
        if self._problem_label is not None:
            self.show_problem("")
        self.edited.emit()

    @Slot()
    def _on_control_left(self) -> None:
        if not self._is_read_only:
            self.settle()

    def _adopt(self, control: QWidget, *, is_wide: bool | None = None) -> None:
        """Put the control into the row, named, focusable and as wide as its field."""
        control.setAccessibleName(self.field.label)
        if self.field.help:
            control.setToolTip(self.field.help)
        self.setFocusProxy(control)
        wide = self.field.width >= _WIDE if is_wide is None else is_wide
        self._row.addWidget(control, 1 if wide else _ALL_OF_IT)
        if not wide:
            width = self._text_width(max(self.field.width, 5))
            control.setMaximumWidth(width)
            control.setMinimumWidth(min(width, self._text_width(_NARROWEST)))
            if self.field.unit:
                self._unit = QLabel(self.field.unit, self)
                self._unit.setForegroundRole(QPalette.ColorRole.PlaceholderText)
                self._row.addWidget(self._unit)
            self._row.addStretch(1)

    def _text_width(self, characters: int) -> int:
        metrics = self.fontMetrics()
        return math.ceil(metrics.horizontalAdvance("0") * (characters + 1) * 1.05) + theme.step(self, 4)

    def _is_blank(self) -> bool:
        try:
            return self.is_empty()
        except FieldError:
            return False

    def _refuse(self, message: str) -> FieldError:
        return FieldError(self.field.name, message)

    def _colour_problem(self) -> None:
        assert self._problem_label is not None
        palette = self._problem_label.palette()
        colour = QColor(theme.colours().problem)
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self._problem_label.setPalette(palette)


class LineBasedEditor(Editor):
    """An editor whose control is one line of text that is read when the field is left."""

    def __init__(self, field: Field, parent: QWidget | None = None, line: QLineEdit | None = None) -> None:
        super().__init__(field, parent)
        self.line = line if line is not None else QLineEdit(self)
        self._hint = field.help if len(field.help) <= max(field.width, 5) or field.width >= _WIDE else ""
        self.line.setPlaceholderText(self._hint)
        self._height = self.line.sizeHint().height()
        self.line.setMinimumHeight(self._height)
        self._adopt(self.line)
        self.line.textEdited.connect(self._on_control_touched)
        self.line.editingFinished.connect(self._on_control_left)

    def control(self) -> QWidget:
        """Return the line edit."""
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        """Show the value as on paper, or let it be edited."""
        super().set_read_only(read_only)
        self.line.setReadOnly(read_only)
        paper_look(self.line, read_only)
        self.line.setPlaceholderText("" if read_only else self._hint)

    def _show_text(self, text: str) -> None:
        """Write tidied text back, keeping the cursor where nothing changed."""
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)


def paper_look(line: QLineEdit, read_only: bool) -> None:
    """Take the frame and the white ground away from a line that only shows its text, without moving the text."""
    line.setFrame(not read_only)
    margin = theme.step(line, 0.5) if read_only else 0
    line.setTextMargins(margin, 0, margin, 0)
    line.setPalette(paper_palette(read_only))


def paper_palette(read_only: bool) -> QPalette:
    """Return a palette that says nothing but, while only showing, "no ground of my own"."""
    palette = QPalette()
    if read_only:
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    return palette


class LeaveWatcher(QObject):
    """Tells when a widget that has no editingFinished is left."""

    left = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fire `left` when the watched widget loses the focus."""
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


class FirstLetterWatcher(QObject):
    """Begins editing at the first letter typed into a field that only shows; the letter goes where the cursor is then.

    `begin` says whether editing began just now.
    """

    def __init__(self, parent: QObject, begin: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._begin = begin

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the first letter on."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and _types_something(event)
            and self._begin()
        ):
            focused = QGuiApplication.focusObject()
            if focused is not None and focused is not watched:
                QGuiApplication.sendEvent(focused, event)
                return True
        return super().eventFilter(watched, event)


def _types_something(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    typed = event.text()
    return not modifiers and bool(typed) and typed.isprintable()


def _lower_first(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]

"""A question before a deed: some words, a few fields, the deed's own button and “Hoãn”."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.errors import FieldError, KnownError
from ui import theme
from ui.reading_order import OrderedDialog
from ui.widgets.editors import DateEdit, Editor, LineEdit

_WIDTH = 70
"""Characters of an ordinary line of words."""


class AskDialog(OrderedDialog):
    """Words from top to bottom in the order they are said, one form, two buttons.

    A kind of it says its words and fields in its `__init__`, ends with `finish`, and does the deed in `act`, which may
    raise KnownError: the dialog then stays open and says it at the field it is about, else above the buttons.
    """

    acted = Signal(object)
    """The deed is done and the dialog closed; what `act` returned."""

    def __init__(self, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        step = theme.step(self)
        self.fields: dict[str, Editor] = {}
        self.ok_button = QPushButton(verb, self)
        self.ok_button.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[step * 4] * 4)
        self._column.setSpacing(step * 3)
        self._form: QFormLayout | None = None
        self._problem = self._label("", QPalette.ColorRole.BrightText)
        self._problem.hide()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * _WIDTH)
        self.ok_button.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)

    # what the dialog is made of

    def say(self, text: str, *, is_note: bool = False) -> QLabel:
        """Add words that wrap; a note stands back."""
        label = self._label(text, QPalette.ColorRole.PlaceholderText if is_note else None)
        self._column.addWidget(label)
        return label

    def put(self, widget: QWidget) -> None:
        """Add anything else, as wide as the dialog."""
        self._column.addWidget(widget)

    def ask(self, words: str, editor: Editor, name: str = "") -> None:
        """Add a field with its words and accelerator; errors of `name`, else of the field's own name, show at it."""
        self.add_row(words, editor.control(), editor)
        self.fields[name or editor.field.name] = editor

    def ask_day(self, words: str, name: str, value: date | None = None) -> DateEdit:
        """Add a day that has to be given; today to begin with where no other is named."""
        editor = DateEdit(Field(name=name, label=_plain(words), kind=Kind.DATE, required=True, width=11), self)
        editor.set_value(value or date.today())
        self.ask(words, editor)
        return editor

    def ask_line(self, words: str, name: str, example: str = "", value: str = "") -> LineEdit:
        """Add a line of text, which has to be given where its words end in a star."""
        required = words.endswith("*")
        field = Field(name=name, label=_plain(words), kind=Kind.LINE, required=required, width=44, help=example)
        editor = LineEdit(field, self)
        editor.set_value(value)
        self.ask(words, editor)
        return editor

    def add_row(self, words: str, control: QWidget, row: QWidget) -> None:
        """Add a row to the form: the words' accelerator leads to the control. No words: only the row."""
        if self._form is None:
            self._form = QFormLayout()
            self._form.setHorizontalSpacing(theme.step(self) * 3)
            self._column.addLayout(self._form)
        label = QLabel(words, self)
        label.setBuddy(control)
        self._form.addRow(label, row)

    def show_row(self, row: QWidget, *, is_shown: bool) -> None:
        """Show or hide a row of the form with its words; a hidden field is not asked for."""
        if self._form is not None:
            self._form.setRowVisible(row, is_shown)

    def finish(self, first: str = "") -> None:
        """Close the column with problem and buttons, and let typing begin in the field of this name."""
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self._cancel)
        self._column.addWidget(self._problem)
        self._column.addStretch(1)
        self._column.addLayout(buttons)
        if first:
            self.fields[first].control().setFocus()
        else:
            self.ok_button.setFocus()

    def _label(self, text: str, role: QPalette.ColorRole | None) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        if role is not None:
            label.setForegroundRole(role)
        return label

    def event(self, event: QEvent) -> bool:
        """Grow when something is said at a field: where words wrap, Qt would squeeze the rows into one another."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            needed = self._column.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), min(needed, self.screen().availableSize().height()))
        return done

    # what its fields hold

    def day_of(self, name: str) -> date:
        """Return the day in a field, today while it holds none that can be read."""
        try:
            value = self.fields[name].value()
        except FieldError:
            return date.today()
        return value if isinstance(value, date) else date.today()

    def text_of(self, name: str) -> str:
        """Return the text in a field."""
        return str(self.fields[name].value() or "")

    # the deed

    def act(self) -> object:
        """Do what the dialog is for and return what came of it; each kind says it for itself. May raise KnownError."""
        raise NotImplementedError

    def tell(self, error: KnownError) -> None:
        """Show an error at the field it is about, above the buttons when it is about none that is shown."""
        editor = self.fields.get(error.field) if isinstance(error, FieldError) else None
        words = f"{error.message} {error.remedy}".strip()
        if editor is not None and editor.isVisibleTo(self):
            editor.show_problem(words)
            editor.control().setFocus()
        else:
            self._problem.setText(f"▲ {words}")
            self._problem.show()

    @Slot()
    def _on_ok_clicked(self) -> None:
        self._problem.hide()
        shown = [each for each in self.fields.values() if each.isVisibleTo(self)]
        for editor in shown:
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in shown if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        try:
            result = self.act()
        except KnownError as error:
            self.tell(error)
            return
        self.accept()
        self.acted.emit(result)


def _plain(words: str) -> str:
    return words.replace("&", "").removesuffix(" *")

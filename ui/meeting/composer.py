"""The row under a table where a new line is typed, or an old one edited: Enter keeps it, Esc gives it up.

It is where what is said in a meeting is written down, so it never loses a word: a refused line stays with its text, a
line half typed is kept as a draft, and an input method at work (UniKey, Telex, IBus) is never cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Field, Value
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.drafts import default_of, type_into, typed_into
from ui.icons import icon
from ui.meeting.composer_foot import ComposerFoot
from ui.meeting.line_keys import is_undo_for_the_window, takes_suggestion
from ui.meeting.lines import column_width, column_widths
from ui.widgets.composing import Composing
from ui.widgets.editors import DateEdit, Editor, editor_for
from ui.widgets.suggestions import SuggestionLine
from ui.widgets.text_editors import TextEdit

_DRAFT_DELAY_MS = 400
_WIDE = 60
"""Editors made this wide fill the room they are given; the composer gives each the room of its column."""

MakeEditor = Callable[[Field, QWidget], Editor]
Commit = Callable[[Any, dict[str, Value]], None]
"""Keep the values: of a new line (first argument None) or of the record being edited. May raise KnownError."""


class Composer(QWidget):
    """The fields of one line. `width` of a field is its column's; 0 takes the room left."""

    draftChanged = Signal()
    """What is half typed changed and has rested a moment: keep it."""
    kept = Signal()
    """The line was saved."""
    left = Signal()
    """The line, or the change of an old one, was given up."""
    upWanted = Signal()
    """Ctrl+Up: go to the table."""
    stepWanted = Signal(int)
    """Alt+Up (-1) or Alt+Down (+1) while typing: take the previous or next choice of the lasting field."""

    def __init__(
        self,
        workspace: Workspace,
        fields: Sequence[Field],
        commit: Commit,
        singular: str,
        lead_width: int,
        make_editor: MakeEditor | None = None,
        parent: QWidget | None = None,
        *,
        lasting: str = "",
        trail_width: int = 0,
    ) -> None:
        """`lasting` names a field that stands above the others and keeps its value from one line to the next.

        `trail_width` is that of a last column of the table which nothing is typed into.
        """
        super().__init__(parent)
        self._trail_width = trail_width
        self.clears_on_escape = False
        """Whether Esc empties a new line, too: not where it could cost somebody's words."""
        self._lasting = lasting
        self._lead_width = lead_width
        self._wishes = {field.name: field.width for field in fields if field.name != lasting}
        self._kept_value: Value = None
        self._commit = commit
        self._singular = singular
        self._edited: Any = None
        self._stashed: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._composing = Composing(self)
        self._is_loading = False
        self.editors: dict[str, Editor] = {}
        make = make_editor or partial(_default_editor, workspace)
        for field in fields:
            self.editors[field.name] = make(replace(field, width=_WIDE), self)
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(_DRAFT_DELAY_MS)
        self._build_ui(fields, lead_width)
        self._connect_signals()
        self._show_state()

    def _build_ui(self, fields: Sequence[Field], lead_width: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.step(self), 0, 0)
        column.setSpacing(theme.step(self))
        if self._lasting:
            self._above = self._lasting_row(lead_width)
            column.addLayout(self._above)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.keep_button = QToolButton(self)
        self.keep_button.setAutoRaise(True)
        self.keep_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignTop)
        for field in fields:
            if field.name == self._lasting:
                continue
            editor = self.editors[field.name]
            box = editor.layout()
            assert box is not None
            box.setContentsMargins(0, 0, theme.step(self), 0)
            row.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        self._foot = ComposerFoot(self, column_width(self, lead_width), self._right_room())
        self.save_button, self.leave_button = self._foot.save_button, self._foot.leave_button
        column.addWidget(self._foot)

    def _lasting_row(self, lead_width: int) -> QHBoxLayout:
        editor = self.editors[self._lasting]
        label = QLabel(editor.field.label, self)
        label.setBuddy(editor.control())
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setContentsMargins(column_width(self, lead_width), 0, self._right_room(), 0)
        row.setSpacing(theme.step(self, 2))
        row.addWidget(label)
        row.addWidget(editor, 1)
        return row

    def _connect_signals(self) -> None:
        for editor in self.editors.values():
            editor.edited.connect(self._on_editor_edited)
            editor.control().installEventFilter(self)
            self._composing.watch(editor.control())
        self._composing.changed.connect(self._on_editor_edited)
        self._draft_timer.timeout.connect(self.draftChanged)
        self.keep_button.clicked.connect(self._on_keep_button_clicked)
        self.save_button.clicked.connect(self._on_keep_button_clicked)
        self.leave_button.clicked.connect(self._on_leave_button_clicked)

    # --- public

    @property
    def edited_record(self) -> Any:
        """The record being edited, None while a new line is typed."""
        return self._edited

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not any(typed for name, typed in self._typed().items() if name != self._lasting)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        next(each for name, each in self.editors.items() if name != self._lasting).control().setFocus()

    def edit(self, record: Any, name: str = "") -> None:
        """Lay a record into the fields; a new line half typed is kept aside and comes back afterwards."""
        self._lay_in(record)
        editor = self.editors.get(name) or self.editors[self._main_name()]
        editor.control().setFocus()

    def resume(self, record: Any, draft: dict[str, str]) -> None:
        """Go on with a change of a record that was left half typed."""
        self._lay_in(record)
        self._type(draft)

    def draft(self) -> dict[str, str]:
        """Return what is half typed, as text by field; {} when nothing is."""
        if self._edited is not None:
            return dict(self._stashed)
        return {} if self.is_blank() else self._typed()

    def edit_draft(self) -> dict[str, str]:
        """Return the half typed change of a record, its id under "id"; {} when nothing was changed."""
        typed = self._typed()
        if self._edited is None or typed == self._before:
            return {}
        return {"id": str(self._edited.id), **typed}

    def set_draft(self, draft: dict[str, str]) -> None:
        """Show a new line, half typed as the draft says."""
        if self._edited is not None and self._lasting:
            self.editors[self._lasting].set_value(self._kept_value)
        self._edited = None
        self._stashed = {}
        self._show_draft(draft)
        self._show_state()

    def follow(self, record: Any) -> None:
        """Keep editing a record that was read again; of one that is gone (None) what was changed becomes a new line."""
        if self._edited is None:
            return
        if record is None:
            changed = self.edit_draft()
            self.set_draft(self._stashed or changed)
        elif record != self._edited:
            self._edited = record

    def set_editable(self, is_editable: bool) -> None:
        """Show the row only while something may be written."""
        self.setVisible(is_editable)

    def add_beside_lasting(self, widget: QWidget) -> None:
        """Put a button behind the field that stands above the others."""
        self._above.addWidget(widget)

    def set_first_day(self, day: date | None) -> None:
        """Say from which day on a day and month typed without a year are meant."""
        for editor in self.editors.values():
            if isinstance(editor, DateEdit):
                editor.first_day = day

    def set_low(self) -> None:
        """Begin every field one line high; texts grow as they are typed."""
        for editor in self.editors.values():
            if isinstance(editor, TextEdit):
                editor.text.set_min_lines(1)

    def set_title(self, title: str) -> None:
        """Name in the hint what is being edited."""
        self._foot.set_title(title)

    def settle_input(self) -> None:
        """Take over what an input method is still composing; what it does not hand over itself is taken as it shows."""
        self._composing.settle()

    def keep(self) -> bool:
        """Save the line; False when it was refused, and then every word is still there."""
        self.settle_input()
        values: dict[str, Value] = {}
        for name, editor in self.editors.items():
            editor.settle()
            problem = editor.problem()
            if problem:
                editor.show_problem(problem)
                editor.control().setFocus()
                return False
            values[name] = editor.value()
        record = self._edited
        try:
            self._commit(record, values)
        except KnownError as error:
            named = error.field if isinstance(error, FieldError) else ""
            editor = self.editors.get(named) or self.editors[self._main_name()]
            editor.show_problem(str(error))
            editor.control().setFocus()
            return False
        self.set_draft(self._stashed if record is not None else {})
        self.draftChanged.emit()
        self.focus_first()
        self.kept.emit()
        return True

    def leave(self) -> None:
        """Give up the change of an old line; of a new line clear the fields."""
        self.set_draft(self._stashed if self._edited is not None else {})
        self.draftChanged.emit()
        self.left.emit()

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)  # the table above leaves its room free
        trail = [self._trail_width] if self._trail_width else []
        widths = column_widths(self, [self._lead_width, *self._wishes.values(), *trail], self.width() - bar)
        for widget, width in zip(
            [self.keep_button, *(self.editors[name] for name in self._wishes)], widths, strict=False
        ):
            widget.setFixedWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter keep, Esc leave, Tab take a suggestion."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                if self._is_own_shortcut(event):
                    event.accept()
                    return True
                if is_undo_for_the_window(watched, event):
                    event.ignore()
                    return True
            if event.type() == QEvent.Type.KeyPress and self._take_key(watched, event):
                return True
        return super().eventFilter(watched, event)

    # --- slots

    @Slot()
    def _on_editor_edited(self) -> None:
        if not self._is_loading:
            self._show_buttons()
            self._draft_timer.start()

    @Slot()
    def _on_keep_button_clicked(self) -> None:
        self.keep()

    @Slot()
    def _on_leave_button_clicked(self) -> None:
        self.leave()
        self.focus_first()

    # --- private

    def _right_room(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) + theme.step(self)

    def _is_own_shortcut(self, event: QKeyEvent) -> bool:
        """Whether the window's shortcut of this key must wait: Esc and Ctrl+S, while there is something typed."""
        has_something = self._edited is not None or not self.is_blank()
        if event.matches(QKeySequence.StandardKey.Save):
            return has_something
        return event.key() == Qt.Key.Key_Escape and (self._can_leave() or self._has_suggestions())

    def _can_leave(self) -> bool:
        return self._edited is not None or (self.clears_on_escape and not self.is_blank())

    def _take_key(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        line = watched if isinstance(watched, SuggestionLine) else None
        if event.matches(QKeySequence.StandardKey.Save):
            self.keep()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._composing.words(watched):  # Enter ends the composition, never the line
                self.settle_input()
                return True
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            if line is not None and line.suggestions_shown():
                return False
            self._on_enter(watched)
            return True
        if key == Qt.Key.Key_Tab and line is not None and line.text().strip() and takes_suggestion(line):
            line.take_current()
            return False
        if key == Qt.Key.Key_Escape and not (line is not None and line.suggestions_shown()):
            if not self._can_leave():
                return False
            self.leave()
            return True
        if key == Qt.Key.Key_Up and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.upWanted.emit()
            return True
        if self._lasting and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
            if step:
                self.stepWanted.emit(step)
                return True
        return False

    def _on_enter(self, watched: QObject) -> None:
        """Go on to the field that is still needed, or keep the line."""
        main = self.editors[self._main_name()]
        if main.control() is not watched and self._is_empty(main):
            main.control().setFocus()
            return
        self.keep()

    def _is_empty(self, editor: Editor) -> bool:
        try:
            return editor.is_empty()
        except FieldError:
            return False

    def _main_name(self) -> str:
        """The field a line cannot do without."""
        return next((name for name, each in self.editors.items() if each.field.required), next(iter(self.editors)))

    def _has_suggestions(self) -> bool:
        lines = (each.control() for each in self.editors.values())
        return any(line.suggestions_shown() for line in lines if isinstance(line, SuggestionLine))

    def _typed(self) -> dict[str, str]:
        return {name: typed_into(each, self._composing.words(each.control())) for name, each in self.editors.items()}

    def _lay_in(self, record: Any) -> None:
        if self._edited is None:
            self._stashed = self.draft()
            self._kept_value = self.editors[self._lasting].value() if self._lasting else None
        self._edited = record
        self._load({field: getattr(record, field) for field in self.editors})
        self._before = self._typed()
        self._show_state()

    def _load(self, values: dict[str, Value]) -> None:
        self._is_loading = True
        for name, value in values.items():
            self.editors[name].set_value(value)
        self._is_loading = False
        self._draft_timer.stop()

    def _type(self, draft: dict[str, str]) -> None:
        self._is_loading = True
        for name, typed in draft.items():
            if typed and name in self.editors:
                type_into(self.editors[name], typed)
        self._is_loading = False
        self._show_buttons()

    def _show_draft(self, draft: dict[str, str]) -> None:
        self._load({name: default_of(each) for name, each in self.editors.items() if name != self._lasting})
        self._type(draft)

    def _show_state(self) -> None:
        is_new = self._edited is None
        name = f"Thêm {self._singular}" if is_new else f"Lưu {self._singular} đang sửa"
        self.keep_button.setIcon(icon("add" if is_new else "edit"))
        self.keep_button.setAccessibleName(name)
        self.keep_button.setToolTip(f"{name} (Enter)")
        self._foot.tell(self._singular, has_text=any(isinstance(each, TextEdit) for each in self.editors.values()))
        self._foot.setVisible(not is_new)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.keep_button.setEnabled(self._edited is not None or not self.is_blank())


def _default_editor(workspace: Workspace, field: Field, parent: QWidget) -> Editor:
    return editor_for(field, workspace, parent)

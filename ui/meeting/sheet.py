"""A list of one kind of a meeting's records, with the row where the next one is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Value, describe
from ui import theme
from ui.formats import value_text
from ui.meeting.composer import Composer, MakeEditor
from ui.meeting.desk import Desk
from ui.meeting.line_model import Heading, LineColumn
from ui.meeting.lines import NUMBER_WIDTH, LineTable
from ui.meeting.person_edit import line_editor
from ui.meeting.phrase_picker import PhrasePicker
from ui.widgets.text_editors import LongLineEdit, TextEdit


def ordinal_column() -> LineColumn:
    """Return the column of running numbers every list begins with."""
    return LineColumn(name="ordinal", title="TT", text=_no_text, width=NUMBER_WIDTH, is_number=True)


class Sheet(QWidget):
    """Table above, composer below. What it shows and keeps is described by columns and fields."""

    shown = Signal()
    """The list was shown anew."""
    lives_on = False
    """Whether its records may still change after the minutes were closed."""

    def __init__(
        self,
        desk: Desk,
        cls: type[Any],
        columns: Sequence[LineColumn],
        fields: Sequence[Field],
        *,
        heading: str = "",
        empty_hint: str = "",
        make_editor: MakeEditor | None = None,
        lasting: str = "",
        trail_width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._cls = cls
        self._described = describe(cls)
        self._heading_text = heading
        self._empty_hint = empty_hint
        self.table = LineTable((ordinal_column(), *columns), heading or self._described.plural, self)
        self.composer = Composer(
            desk.workspace,
            fields,
            self._commit,
            self._described.singular,
            NUMBER_WIDTH,
            make_editor or partial(line_editor, desk),
            self,
            lasting=lasting,
            trail_width=trail_width,
        )
        self.pickers = {
            name: PhrasePicker(desk.workspace, editor.text, self.composer.settle_input)
            for name, editor in self.composer.editors.items()
            if isinstance(editor, TextEdit) and not isinstance(editor, LongLineEdit)
        }
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.step(self))
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        self.heading_label = QLabel(self._heading_text, self)
        font = self.heading_label.font()
        font.setBold(True)
        self.heading_label.setFont(font)
        self.heading_label.setVisible(bool(self._heading_text))
        self.sum_label = QLabel(self)
        self.sum_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head.addWidget(self.heading_label)
        self._offers = QHBoxLayout()
        head.addLayout(self._offers)
        head.addStretch(1)
        head.addWidget(self.sum_label)
        column.addWidget(self._head)
        self.empty_label = QLabel(self._empty_hint, self)
        self.empty_label.setWordWrap(True)
        self.empty_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.empty_label.setContentsMargins(theme.step(self, 8), 0, theme.step(self, 8), 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty_label, 1)
        column.addWidget(self.composer)
        if len(self.table.lines.columns) == 2:  # the heading above says what the only column is
            self.table.horizontalHeader().hide()

    def _connect_signals(self) -> None:
        self.desk.renewed.connect(self._on_desk_renewed)
        self.table.editWanted.connect(self._on_table_edit_wanted)
        self.table.deleteWanted.connect(self._on_table_delete_wanted)
        self.table.moveWanted.connect(self._on_table_move_wanted)
        self.composer.upWanted.connect(self._on_composer_up_wanted)
        self.composer.kept.connect(self._show_composer)
        self.composer.left.connect(self._show_composer)

    # --- for the kinds of lists

    def rows(self) -> Sequence[Any]:
        """Return the rows to show: the meeting's records, with headings if the list has groups."""
        return self.desk.records(self._described.table)

    def new_record(self, values: dict[str, Value]) -> Any:
        """Return the new record of the values typed."""
        return self._cls(meeting_id=self.desk.meeting_id, **values)

    def add(self, values: dict[str, Value]) -> Any:
        """Keep a new line and return its record."""
        return self.desk.add(self.new_record(values))

    def keep(self, record: Any) -> Any:
        """Keep a changed record and return it."""
        return self.desk.save(record)

    def move_step(self, record: Any, step: int) -> int:
        """Return by how many places of all its kind a record moves when it is moved one line here."""
        del record
        return step

    def sum_text(self) -> str:
        """Return what stands at the right above the list."""
        return ""

    def sum_colour(self) -> str:
        """Return the colour of what stands there, "" for the usual one."""
        return ""

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting = self.desk.meeting
        self.composer.set_first_day(meeting.held_on if meeting is not None else None)
        records = self.desk.records(self._described.table)
        edited = self.composer.edited_record
        if edited is not None:
            self.composer.follow(next((each for each in records if each.id == edited.id), None))
        rows = self.rows()
        self.table.is_editable = self.desk.is_editable or (self.lives_on and self.desk.is_living)
        self.table.drag.is_wanted = self.desk.is_editable
        self.table.set_rows(rows)
        has_rows = any(not isinstance(each, Heading) for each in rows)
        self.table.setVisible(has_rows)
        self.empty_label.setVisible(not has_rows)
        self.sum_label.setText(self.sum_text())
        self._colour_sum()
        self._head.setVisible(bool(self._heading_text or self.sum_label.text()))
        self._show_composer()
        self.shown.emit()

    @Slot()
    def _show_composer(self) -> None:
        """Of closed minutes show the fields only while a record that lives on is changed."""
        is_changing = self.table.is_editable and self.composer.edited_record is not None
        self.composer.set_editable(self.desk.is_editable or is_changing)

    @Slot(object, str)
    def _on_table_edit_wanted(self, record: Any, name: str) -> None:
        self.composer.show()
        self.composer.edit(record, name)

    @Slot(object)
    def _on_table_delete_wanted(self, records: tuple[Any, ...]) -> None:
        for record in records:
            if self.desk.delete(record):
                self.desk.told.emit(f"Đã xóa {self._described.singular}.", True)

    @Slot(object, int)
    def _on_table_move_wanted(self, record: Any, step: int) -> None:
        places = self.move_step(record, step)
        if places:
            self.desk.move(record, places)
            self.table.select_record(record.id)

    @Slot()
    def _on_composer_up_wanted(self) -> None:
        self.table.setFocus()

    # --- private

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "sum_label"):
            self._colour_sum()

    def _colour_sum(self) -> None:
        palette = self.palette()
        colour = self.sum_colour()
        if colour:
            palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(colour))
        self.sum_label.setPalette(palette)

    def _commit(self, record: Any, values: dict[str, Value]) -> None:
        kept = self.add(values) if record is None else self.keep(replace(record, **values))
        self.table.select_record(kept.id)


def _no_text(_record: Any) -> str:
    """The model counts the rows itself."""
    return ""


def field(cls: type[Any], name: str, width: int, label: str = "", help: str = "") -> Field:
    """Return the field of a composer: a record's own, as wide as the column above it (0: the room left)."""
    own = describe(cls).field(name)
    return replace(own, width=width, label=label or own.label, help=help, unit="")


def person_column(desk: Desk, name: str, title: str, width: int) -> LineColumn:
    """Return a column that names a person."""

    def text(record: Any) -> str:
        return desk.name_of(getattr(record, name))

    return LineColumn(name=name, title=title, text=text, width=width)


def value_column(cls: type[Any], name: str, title: str = "", width: int = 0) -> LineColumn:
    """Return a column that shows a field as it is written everywhere."""
    own = describe(cls).field(name)
    text: Callable[[Any], str]
    if own.choices:

        def text(record: Any) -> str:
            return own.choice_label(getattr(record, name))
    else:

        def text(record: Any) -> str:
            return value_text(getattr(record, name), own.kind, name)

    return LineColumn(name=name, title=title or own.label, text=text, width=width, is_number=own.kind == "integer")

"""A form made from a record's description: shows, edits and saves one record and the small tables that belong to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Kind, RecordType, describe
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editor import FirstLetterWatcher
from ui.widgets.editors import Editor, editor_for
from ui.widgets.form_body import FormBody, FormPage, Section
from ui.widgets.form_head import FormHead
from ui.widgets.labels import heading
from ui.widgets.value_editors import DateEdit

__all__ = ["RecordForm", "Section"]


class RecordForm(QWidget):
    """Fields of one record, read-only until Sửa, F2 or the first key.

    A failed save keeps the form open with its text and puts the cursor into the field concerned.
    """

    editingChanged = Signal(bool)
    dirtyChanged = Signal(bool)
    saved = Signal(object)
    """The record as it was saved."""
    message = Signal(str)
    touched = Signal()
    """Something was typed or chosen."""
    shown = Signal()
    """A record came on show, or a new one was begun."""
    recordWanted = Signal(object)
    """Open the record of this id, a new one for 0: something half typed is to be laid into it."""

    def __init__(
        self,
        workspace: Workspace,
        cls: type[Any],
        parent: QWidget | None = None,
        *,
        hidden: frozenset[str] = frozenset(),
        pages: tuple[FormPage, ...] = (FormPage(title=""),),
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pages = pages
        self._described = describe(cls)
        self._fields = tuple(
            self.shown_as(each) for each in self._described.fields if each.in_form and each.name not in hidden
        )
        self._editors: dict[str, Editor] = {}
        self._sections: list[Section] = []
        self._panels: list[Section] = []
        self._record: Any = None
        self._is_editing = False
        self._is_dirty = False
        self._is_escaping = False
        self._may_edit = not workspace.is_read_only
        self._letters = FirstLetterWatcher(self, self._begin_by_letter)
        self._build_ui()
        self._connect_signals()
        self.show_record(None)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self._head = FormHead(self)
        self._title, self._notice = self._head.title, self._head.notice
        self._hint = QLabel("Chọn một mục trong danh sách để xem.", self)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._body = FormBody(self._pages, self)
        self._fill_fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step * 2)
        column.addWidget(self._head)
        column.addWidget(self._hint, 1)
        column.addWidget(self._body, 1)

    def _fill_fields(self) -> None:
        for field in self._fields:
            shown, sheet = self._body.as_shown(field), self._body.area_of(field.group).sheet
            editor = editor_for(shown, self._workspace, sheet)
            editor.control().installEventFilter(self._letters)
            editor.edited.connect(self._on_edited)
            self._editors[field.name] = editor
            self._body.take(field, editor)
        self._body.end_fields()

    def _connect_signals(self) -> None:
        self._head.edit_button.clicked.connect(self._on_edit_clicked)
        self._head.save_button.clicked.connect(self._on_save_clicked)
        self._head.cancel_button.clicked.connect(self._on_cancel_clicked)

    # for subclasses

    def shown_as(self, field: Field) -> Field:
        """Return how a field is edited here: a code that is the key of other rows is picked by their names."""
        return field

    # public

    def add_section(self, title: str, section: Section, page: str = "") -> QLabel:
        """Put a section below the fields of a page (by default the last) under a heading, which is returned."""
        area = self._body.area(page)
        place = area.column.count() - 1
        over = heading(title, area.sheet)
        area.column.insertWidget(place, over)
        area.column.insertWidget(place + 1, section)
        self._adopt(section)
        return over

    def add_panel(self, panel: Section) -> None:
        """Put a section over all pages, where it is always seen."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self._body), panel)
        self._panels.append(panel)
        self._adopt(panel)
        self._show_mode()

    def _adopt(self, section: Section) -> None:
        section.edited.connect(self._on_edited)
        section.typed.connect(self.touched)
        section.set_read_only(True)
        self._sections.append(section)

    def show_page(self, title: str) -> None:
        """Bring a page to the front. Raises KeyError for a page the form has not."""
        self._body.show_page(title)

    def page_in_front(self) -> str:
        """Return the title of the page in front."""
        return self._body.front.page.title

    def add_to_head(self, widget: QWidget) -> None:
        """Put a button between the title and Sửa."""
        self._head.add(widget)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar under the title."""
        self._head.add_below(bar)

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return self._editors[name]

    @property
    def editors(self) -> Mapping[str, Editor]:
        """The editors of all fields."""
        return self._editors

    @property
    def sections(self) -> Sequence[Section]:
        """What stands below the fields."""
        return self._sections

    @property
    def described(self) -> RecordType:
        """What kind of record is edited here."""
        return self._described

    @property
    def record(self) -> Any:
        """The record on show as it is kept, None for none."""
        return self._record

    def is_editing(self) -> bool:
        """Whether the fields take keys."""
        return self._is_editing

    def is_dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self._is_dirty

    def set_working_year(self, year: int) -> None:
        """Let a day and month typed alone mean this year; 0 for the clock's."""
        for editor in self._editors.values():
            if isinstance(editor, DateEdit):
                editor.working_year = year
        for section in self._sections:
            section.set_working_year(year)

    def set_locked(self, reason: str) -> None:
        """Keep the record on show from being edited, with the reason in words; "" lifts the lock."""
        self._may_edit = not reason and not self._workspace.is_read_only
        self.show_notice(reason)
        self._show_mode()

    def set_hint(self, words: str) -> None:
        """Say other words where nothing is on show, for a list nothing is added to."""
        self._hint.setText(words)

    def show_record(self, record: Any) -> None:
        """Show a record, or the empty form for None."""
        self._record = record
        self._load()
        self._set_mode(editing=False)
        self.shown.emit()

    def begin_again(self) -> None:
        """Show the record as it is kept, still being edited."""
        self._load()

    def start_new(self, record: Any) -> None:
        """Begin a record that is not kept yet."""
        if self._workspace.is_read_only:
            self.message.emit(self._workspace.read_only_reason)
            return
        self._may_edit = True
        self.show_notice("")
        self._record = record
        self._load()
        self._set_mode(editing=True)
        self._body.reveal(next(iter(self._editors.values())))
        self._scroll.verticalScrollBar().setValue(0)
        self.focus_first()
        self.shown.emit()

    def begin_edit(self) -> bool:
        """Let the fields be edited; False when that is not possible."""
        if self._is_editing:
            return True
        if self._record is None:
            return False
        if not self._may_edit:
            self.message.emit(self._notice.text() or self._workspace.read_only_reason)
            return False
        self._set_mode(editing=True)
        return True

    def focus_first(self) -> None:
        """Put the cursor into the first field that is still to be filled in, else the first of the page in front."""
        empty = [each for each in self._editors.values() if each.field.required and each.problem()]
        here = [each for each in self._editors.values() if self._body.is_in_front(each)]
        sections = [each for each in self._sections if self._body.is_in_front(each)]
        if empty:
            self._go_to(empty[0])
        elif here:
            here[0].control().setFocus(Qt.FocusReason.OtherFocusReason)
        elif sections:
            sections[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on(self, name: str) -> None:
        """Turn to the page of a field and put the cursor at the end of what stands there."""
        self._go_to(self._editors[name])
        control = self._editors[name].control()
        if isinstance(control, QPlainTextEdit):
            control.moveCursor(QTextCursor.MoveOperation.End)
        elif isinstance(control, QLineEdit):
            control.end(False)

    def save(self) -> bool:
        """Save what was typed; True when nothing unsaved is left. What is wrong is said at its field."""
        if not self._is_editing:
            return True
        QGuiApplication.inputMethod().commit()
        for editor in self._editors.values():
            editor.settle()
        if self._show_problems():
            return False
        for section in self._sections:
            problem = section.problem()
            if problem:
                self.show_notice(problem, is_problem=True)
                self._body.reveal(section)
                section.setFocus()
                return False
        if self._record.id and not self._is_dirty:
            self._set_mode(editing=False)
            return True
        try:
            record = self._write(self._collected())
        except FieldError as error:
            self._show_field_error(error)
            return False
        except KnownError as error:
            self.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)
            return False
        self._record = record
        self._load()
        self._set_mode(editing=False)
        self.shown.emit()
        self.saved.emit(record)
        return True

    def cancel(self) -> None:
        """Give up what was typed."""
        if self._is_editing:
            self.show_record(self._record if self._record is not None and self._record.id else None)

    def escape(self) -> None:
        """Hoãn with Esc; a whole new record typed so far goes only with a second Esc."""
        is_new = self._record is not None and not (self._record.id and self._is_named())
        if is_new and self._is_dirty and not self._is_escaping:
            self.show_notice("Phần vừa gõ chưa lưu: Esc lần nữa để bỏ, hoặc Lưu (Ctrl+S).", is_problem=True)
            self._is_escaping = True
        else:
            self.cancel()

    def show_notice(self, text: str, *, is_problem: bool = False) -> None:
        """Show a sentence over the fields; "" takes it away."""
        self._head.show_notice(text, is_problem=is_problem)

    def visible_title(self) -> str:
        """Return the title over the fields."""
        return self._title.text()

    # overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hoãn with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._is_editing:
            self.escape()
        else:
            super().keyPressEvent(event)

    # slots

    @Slot()
    def _on_edited(self) -> None:
        if self._is_escaping:
            self._is_escaping = False
            self.show_notice("")
        if self._is_editing and not self._is_dirty:
            self._set_dirty(True)
        self.touched.emit()

    @Slot()
    def _on_edit_clicked(self) -> None:
        if self.begin_edit():
            self.focus_first()

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self.cancel()

    # private

    def _begin_by_letter(self) -> bool:
        return not self._is_editing and self.begin_edit()

    @property
    def _scroll(self) -> QScrollArea:
        return self._body.front

    def _load(self) -> None:
        for name, editor in self._editors.items():
            editor.set_record(self._record)
            editor.set_value(getattr(self._record, name) if self._record is not None else None)
        self._body.mark(())
        for section in self._sections:
            section.load(self._record)
        if self._head.shows_problem():
            self.show_notice("")

    def _set_mode(self, *, editing: bool) -> None:
        was_editing, self._is_editing = self._is_editing, editing
        self._is_escaping = False
        for editor in self._editors.values():
            editor.set_read_only(not editing)
        for section in self._sections:
            section.set_read_only(not editing)
        self._set_dirty(False)
        self._show_mode()
        if was_editing != editing:
            self.editingChanged.emit(editing)

    def _show_mode(self) -> None:
        self._title.setText(self._title_text())
        self._body.setVisible(self._record is not None)
        for panel in self._panels:
            panel.setVisible(self._record is not None and bool(self._record.id))
        self._hint.setVisible(self._record is None)
        self._head.show_mode(self._is_editing, may_edit=self._record is not None and self._may_edit)

    def _is_named(self) -> bool:
        """Whether the record has the name it should have; the office of a new file has none yet."""
        return getattr(self._record, "name", None) != ""

    def _title_text(self) -> str:
        if self._record is None:
            return ""
        if not self._record.id:
            return f"Thêm {self._described.singular}"
        singular = self._described.singular
        if not self._is_named():
            return f"{singular[:1].upper()}{singular[1:]}"
        title = self._workspace.title_of(self._described.table, self._record.id)
        if title.casefold().startswith(singular):
            return title
        return f"{singular[:1].upper()}{singular[1:]} {title}"

    def _set_dirty(self, dirty: bool) -> None:
        self._head.mark.setVisible(dirty)
        if dirty != self._is_dirty:
            self._is_dirty = dirty
            self.dirtyChanged.emit(dirty)

    def _show_problems(self) -> bool:
        wrong = []
        for editor in self._editors.values():
            problem = editor.problem()
            editor.show_problem(problem)
            if problem:
                wrong.append(editor)
        self._body.mark(wrong)
        if wrong:
            self._go_to(wrong[0])
        return bool(wrong)

    def _show_field_error(self, error: FieldError) -> None:
        editor = self._editors.get(error.field)
        text = f"{error.message} {error.remedy}".strip()
        if editor is None:
            self.show_notice(text, is_problem=True)
            return
        editor.show_problem(text)
        self._go_to(editor)

    def _go_to(self, editor: Editor) -> None:
        self._body.reveal(editor)
        editor.control().setFocus(Qt.FocusReason.OtherFocusReason)

    def _collected(self) -> Any:
        """Return the record as edited; an empty number becomes the default of a field that has one."""
        values: dict[str, Any] = {}
        for each in dataclasses.fields(self._record):
            editor = self._editors.get(each.name)
            if editor is not None:
                value = editor.value()
                has_default = each.default not in (None, dataclasses.MISSING) and editor.field.kind is not Kind.LINK
                values[each.name] = each.default if value is None and has_default else value
        return dataclasses.replace(self._record, **values)

    def _write(self, record: Any) -> Any:
        if not self._sections:
            return self._workspace.save(record)
        verb = "Sửa" if record.id else "Thêm"
        name = record.name if hasattr(record, "name") else self._workspace.title_of(self._described.table, record.id)
        with self._workspace.change(f"{verb} {self._described.singular} {name}".strip()):
            kept = self._workspace.save(record)
            for section in self._sections:
                section.save(kept)
        return kept

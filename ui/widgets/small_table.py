"""A small table inside a form, edited in place; saved together with the form's record."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.fields import Kind, Record
from kc_desktop.errors import FieldError
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.models.small_rows import Line, SmallRowsModel, SmallTable, heading_of
from ui.widgets.editor import Editor, LineBasedEditor
from ui.widgets.editors import editor_for
from ui.widgets.record_form import Section
from ui.widgets.suggestions import SuggestionLine
from ui.widgets.value_editors import DateEdit

_Index = QModelIndex | QPersistentModelIndex
_MAX_ROWS = 10
_CLOSED = "closed"
_EDITING = QAbstractItemView.State.EditingState


class SmallTableSection(Section):
    """The table with its buttons Thêm dòng, Xóa dòng, Lên, Xuống."""

    def __init__(self, workspace: Workspace, table: SmallTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kept: tuple[Any, ...] = ()
        self.model = SmallRowsModel(workspace, table, self)
        self._is_ordered = any(each.name == "ordinal" for each in dataclasses.fields(table.cls))
        self._build_ui()
        self.model.edited.connect(self.edited)
        self.model.rowsInserted.connect(self._fit_height)
        self.model.rowsRemoved.connect(self._fit_height)
        self.model.modelAboutToBeReset.connect(self._on_rows_going)
        self.model.modelReset.connect(self._fit_height)

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.view = QTableView(self)
        theme.flatten(self.view)
        self.view.setModel(self.model)
        self._delegate = delegate = CellDelegate(self._workspace, self.view)
        delegate.typed.connect(self.typed)
        self.view.setItemDelegate(delegate)
        self.view.setAccessibleName("Bảng")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setCornerButtonEnabled(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        unit = self.fontMetrics().horizontalAdvance("0")
        for section, field in enumerate(self.model.fields):
            title = max(len(line) for line in heading_of(field).split("\n"))
            width = max(min(field.width, 12 if field.kind is Kind.MONEY else 24), title) + 2
            header.resizeSection(section, unit * width)
        self._stretched = max(range(len(self.model.fields)), key=self._typical_width, default=0)
        self._least_width = header.sectionSize(self._stretched)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(step)
        self.add_button = self._tool("Thêm dòng", "add", self._on_add_clicked)
        self.remove_button = self._tool("Xóa dòng", "delete", self._on_remove_clicked)
        self.paste_button = self._tool("Dán…", "programme", self._on_paste_clicked)
        self.paste_button.setToolTip("Thêm nhiều dòng chép từ Excel hoặc Word, xem trước rồi mới thêm (Ctrl+V)")
        self.paste_button.setVisible(self.model.table.is_pasted)
        tools = [self.add_button, self.remove_button]
        if self._is_ordered:
            tools += [self._tool("Lên", "up", self._on_up_clicked), self._tool("Xuống", "down", self._on_down_clicked)]
        for tool in tools:
            row.addWidget(tool)
        row.addWidget(self.paste_button)
        row.addStretch(1)
        self.view.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(step)
        column.addWidget(self.view)
        column.addWidget(self._buttons)
        self.setFocusProxy(self.view)
        self._fit_height()

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paste a block with Ctrl+V while no cell is being edited; begin to edit with what an input method commits."""
        if watched is self.view and isinstance(event, QInputMethodEvent) and self._begin_with(event):
            return True
        if (
            watched is self.view
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
            and self.paste_button.isVisible()
        ):
            self._on_paste_clicked()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the first column the room the others leave."""
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        header = self.view.horizontalHeader()
        numbers = self.view.verticalHeader().sizeHint().width()
        others = header.length() - header.sectionSize(self._stretched) + numbers
        header.resizeSection(self._stretched, max(self._least_width, self.width() - others - 2))

    # what the form asks

    def set_working_year(self, year: int) -> None:
        """Let a day and month alone, typed or pasted, mean this year; 0 for the clock's."""
        self._delegate.working_year = year

    def load(self, record: Record | None) -> None:
        """Show the rows that belong to a record."""
        table = self.model.table
        self._kept = (
            self._workspace.children(table.cls, **{table.parent_link: record.id}) if record and record.id else ()
        )
        self.model.show_records(self._kept)

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let the cells be edited."""
        self.model.set_read_only(read_only)
        self._buttons.setVisible(not read_only and not self.model.table.is_locked)

    def set_title(self, title: str) -> None:
        """Name the table for those who cannot see it."""
        self.view.setAccessibleName(title)

    def problem(self) -> str:
        """Say which cell keeps the table from being saved."""
        if self.view.state() is _EDITING:
            self.view.setFocus()  # closes the open cell, which commits its text
        return self.model.problem()

    def save(self, record: Record) -> None:
        """Save new and changed rows, delete those taken away."""
        table, ids = self.model.table, set()
        if table.is_locked:
            return
        before = {each.id: each for each in self._kept}
        for number, line in enumerate(self.model.lines, start=1):
            values: dict[str, Any] = {table.parent_link: record.id}
            if self._is_ordered:
                values["ordinal"] = number
            row = dataclasses.replace(line.record, **values)
            ids.add(row.id)
            if before.get(row.id) != row:
                self._workspace.save(row)
        for each in self._kept:
            if each.id not in ids:
                self._workspace.delete(table.cls, each.id)

    def draft(self) -> str:
        """Return the rows as they differ from those kept, the cell still open included."""
        from ui.models.row_drafts import draft_of

        return "" if self.model.table.is_locked else draft_of(self.model.table.cls, self._kept, self._lines_by_now())

    def resume(self, draft: str) -> None:
        """Lay the changes of a draft over the rows as they are kept."""
        from ui.models.row_drafts import lines_of

        self.model.show_lines(lines_of(self.model.table.cls, self._kept, draft))

    def _lines_by_now(self) -> list[Line]:
        """Return the rows with what stands in the cell that is still open, which has not handed it over yet."""
        lines, index = self.model.lines, self.view.currentIndex()
        cells = [each for each in self.view.viewport().findChildren(Editor) if not each.property(_CLOSED)]
        if not cells or not self.model.is_line(index.row()) or self.view.state() is not _EDITING:
            return lines
        editor, line = cells[-1], lines[index.row()]
        try:
            record, unread = self.model.changed(line.record, editor.field, editor.value()), dict(line.unread)
            unread.pop(editor.field.name, None)
        except FieldError as error:
            text = editor.line.text() if isinstance(editor, LineBasedEditor) else ""
            record, unread = line.record, {**line.unread, editor.field.name: (text, str(error))}
        return [*lines[: index.row()], Line(record, unread), *lines[index.row() + 1 :]]

    # slots

    @Slot()
    def _on_add_clicked(self) -> None:
        row = self.model.add(self.model.table.cls())
        index = self.model.index(row, 0)
        self.view.setCurrentIndex(index)
        self.view.setFocus()
        self.view.edit(index)

    @Slot()
    def _on_rows_going(self) -> None:
        """Let a cell that is still open go with its rows: there is nothing left to take its value."""
        for editor in self.view.viewport().findChildren(Editor):
            editor.setProperty(_CLOSED, True)

    @Slot()
    def _on_paste_clicked(self) -> None:
        from ui.dialogs.paste_rows import PasteRowsDialog

        dialog = PasteRowsDialog(
            self._workspace,
            self.model.table,
            QGuiApplication.clipboard().text(),
            self,
            year=self._delegate.working_year,
        )
        dialog.accepted_rows.connect(self._on_rows_pasted)
        dialog.exec()
        self.view.setFocus()

    @Slot(object)
    def _on_rows_pasted(self, records: list[Any]) -> None:
        self.model.add_all(records)

    @Slot()
    def _on_remove_clicked(self) -> None:
        row = self.view.currentIndex().row()
        if self.model.is_line(row):
            self.model.remove(row)
            self.view.setCurrentIndex(self.model.index(min(row, len(self.model.lines) - 1), 0))

    @Slot()
    def _on_up_clicked(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down_clicked(self) -> None:
        self._move(1)

    @Slot()
    def _fit_height(self) -> None:
        rows = min(max(self.model.rowCount(), 1), _MAX_ROWS)
        header = self.view.horizontalHeader().sizeHint().height()
        bar = self.view.horizontalScrollBar().sizeHint().height()
        for section in range(len(self.model.fields), self.model.columnCount()):
            self.view.resizeColumnToContents(section)
        self._fit_width()
        self.view.setFixedHeight(header + rows * theme.row_height(self) + bar + 2)

    # private

    def _begin_with(self, event: QInputMethodEvent) -> bool:
        """Open the cell for letters an input method commits at once: Qt would open it and lose them."""
        is_open = self.view.state() is QAbstractItemView.State.EditingState
        if is_open or event.preeditString() or not event.commitString():
            return False
        self.view.edit(self.view.currentIndex())
        focused = self.view.window().focusWidget()
        if focused is None or focused is self.view:
            return False
        QGuiApplication.sendEvent(focused, event)
        return True

    def _typical_width(self, section: int) -> int:
        return self.model.fields[section].width

    def _move(self, step: int) -> None:
        place = self.model.move(self.view.currentIndex().row(), step)
        self.view.setCurrentIndex(self.model.index(place, max(self.view.currentIndex().column(), 0)))

    def _tool(self, text: str, icon_name: str, slot: object) -> QToolButton:
        button = QToolButton(self._buttons)
        button.setText(text)
        button.setIcon(icon(icon_name))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(slot)
        return button


class CellDelegate(QStyledItemDelegate):
    """Edits a cell with the editor of its field; text that cannot be read stays in the cell, marked."""

    typed = Signal()
    """A key went into an open cell, which has not handed it over yet."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.working_year = 0
        self.closeEditor.connect(self._on_editor_closed)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Make the editor of the cell's field."""
        model = index.model()
        assert isinstance(model, SmallRowsModel)
        editor = editor_for(model.fields[index.column()], self._workspace, parent, in_cell=True)
        if isinstance(editor, DateEdit):
            editor.working_year = self.working_year
        editor.setAutoFillBackground(True)
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the table hands the focus over after a composition
        editor.control().setMinimumWidth(0)
        editor.control().setMaximumWidth(16_777_215)
        editor.control().installEventFilter(self)
        editor.edited.connect(self.typed)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the value, or the text that could not be read."""
        model = index.model()
        if not isinstance(editor, Editor) or not isinstance(model, SmallRowsModel):
            return
        field = model.fields[index.column()]
        unread = model.lines[index.row()].unread.get(field.name)
        editor.set_value(getattr(model.lines[index.row()].record, field.name))
        if isinstance(editor, LineBasedEditor):
            if unread:
                editor.line.setText(unread[0])
            editor.line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Take the value; keep the text where it cannot be read."""
        if not isinstance(editor, Editor) or not isinstance(model, SmallRowsModel):
            return
        try:
            value = editor.value()
        except FieldError as error:
            if isinstance(editor, LineBasedEditor):
                model.put_unread(index, editor.line.text(), str(error))
            return
        model.put(index, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let suggestions have their keys; treat every other key as if the cell's editor itself had got it."""
        editor: QObject | None = watched
        while editor is not None and not isinstance(editor, Editor):
            editor = editor.parent()
        if editor is None:
            return super().eventFilter(watched, event)
        if editor is watched or editor.property(_CLOSED):
            return False  # a key its line has had already, or the focus lost by closing: neither may commit again
        if isinstance(watched, SuggestionLine) and watched.suggestions_shown() and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape):
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched.take_current():
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.EditNextItem)
                return True
        if event.type() == QEvent.Type.FocusOut and _holds_focus(editor):
            return False
        return super().eventFilter(editor, event)

    @Slot(QWidget)
    def _on_editor_closed(self, editor: QWidget) -> None:
        editor.setProperty(_CLOSED, True)


def _holds_focus(editor: QWidget) -> bool:
    focused = editor.window().focusWidget()
    return focused is not None and focused is not editor and editor.isAncestorOf(focused)

"""Sửa hàng loạt, Xóa các mục đã chọn: what would become of each record is shown before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QPalette
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import bulk
from kc_desktop.services.bulk import Judged
from kc_desktop.services.import_plans import CHANGED, SAME, WRONG
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.icons import icon
from ui.reading_order import OrderedDialog
from ui.widgets.editors import Editor, editor_for
from ui.widgets.verdict_table import VerdictTable

_JUDGED_AT_ONCE = 300
"""So many records are judged while a value is being typed; more when it is asked for."""
_AFTER_MS = 250


class BulkDialog(OrderedDialog):
    """A deed on many records: its words on top, what would become of each below, two buttons."""

    done_to = Signal(str)
    """What was done, in words."""

    def __init__(
        self, workspace: Workspace, cls: type[Any], ids: Sequence[int], parent: QWidget | None, words: dict[str, str]
    ) -> None:
        super().__init__(parent)
        HelpKey(self, "bulk")
        self.workspace, self.cls, self.ids = workspace, cls, ids
        self.singular = describe(cls).singular
        self.found: Judged | None = None
        step = theme.step(self)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.table = VerdictTable(self, words=words, name="Từng mục sẽ ra sao")
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self.ok = QPushButton(self)
        self.ok.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok)
        buttons.addWidget(self._cancel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[step * 4] * 4)
        self.column.setSpacing(step * 2)
        self.column.addWidget(self.summary)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._problem)
        self.column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 110, theme.row_height(self) * 20)
        self.ok.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)

    # for the two of them

    def told(self, number: int) -> str:
        """Return what is said once it is done to so many."""
        raise NotImplementedError

    def show_found(self, found: Judged | None) -> None:
        """Show what would become of each record."""
        self.found = found
        if found is not None:
            self.table.show_rows(found.rows)
        self.tell("")
        self.ok.setEnabled(found is None or bool(found.order))

    def tell(self, problem: str) -> None:
        """Say what keeps it from being done; "" for nothing."""
        self._problem.setText(f"▲ {problem}")
        self._problem.setVisible(bool(problem))

    def write(self) -> None:
        """Do it to all that may be, as one step, and close; a failure is said and leaves everything as it was."""
        assert self.found is not None
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            number = bulk.write(self.workspace, self.found)
        except KnownError as error:
            self.tell(str(error))
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        words = self.told(number)
        self.accept()
        self.done_to.emit(words)

    @Slot()
    def _on_ok_clicked(self) -> None:
        self.write()


class BulkEditDialog(BulkDialog):
    """One field of many records set to one value."""

    def __init__(self, workspace: Workspace, cls: type[Any], ids: Sequence[int], parent: QWidget | None = None) -> None:
        words = {CHANGED: "sẽ sửa", SAME: "giữ nguyên", WRONG: "không sửa được"}
        super().__init__(workspace, cls, ids, parent, words)
        self.setWindowTitle(f"Sửa hàng loạt {format_vnd(len(ids))} {self.singular}")
        self._fields = bulk.fields(cls)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self.field_box = QComboBox(self)
        self.field_box.setAccessibleName("Ô cần sửa")
        for each in self._fields:
            self.field_box.addItem(each.label, each.name)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.step(self) * 3)
        label = QLabel("&Ô cần sửa", self)
        label.setBuddy(self.field_box)
        self._form.addRow(label, self.field_box)
        self.column.insertLayout(1, self._form)
        self.editor: Editor | None = None
        self.field_box.currentIndexChanged.connect(self._on_field_chosen)
        self._timer.timeout.connect(self._on_due)
        self._on_field_chosen(0)
        self.field_box.setFocus()

    def told(self, number: int) -> str:
        """Return what was edited."""
        label = self.field_box.currentText()
        return f"Đã sửa {label[:1].lower()}{label[1:]} của {format_vnd(number)} {self.singular}."

    def judge(self) -> bool:
        """Judge the value as it stands; False when it cannot be read."""
        self._timer.stop()
        assert self.editor is not None
        self.editor.settle()
        problem = self.editor.problem()
        self.editor.show_problem(problem)
        if problem:
            self._wait()
            return False
        return self._judge()

    def _judge(self) -> bool:
        assert self.editor is not None
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            found = bulk.judge_edit(
                self.workspace, self.cls, self.ids, self.field_box.currentData(), self.editor.value()
            )
        except FieldError as error:
            self.editor.show_problem(str(error))
            return False
        except KnownError as error:
            self.tell(str(error))
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.show_found(found)
        number, refused = len(found.order), sum(each.verdict == WRONG for each in found.rows)
        left_out = f"; {format_vnd(refused)} mục không sửa được, để nguyên" if refused else ""
        self.summary.setText(
            f"Sẽ sửa {format_vnd(number)} trong {format_vnd(len(self.ids))} {self.singular}{left_out}."
        )
        self.ok.setText(f"Sửa {format_vnd(number)} mục" if number else "Sửa")
        return True

    @Slot(int)
    def _on_field_chosen(self, place: int) -> None:
        if self.editor is not None:
            self._form.removeRow(1)
        self.editor = editor_for(self._fields[place], self.workspace, self)
        self.editor.edited.connect(self._on_edited)
        label = QLabel("&Giá trị mới", self)
        label.setBuddy(self.editor.control())
        self._form.addRow(label, self.editor)
        self._show_standing()
        self._wait()

    @Slot()
    def _on_edited(self) -> None:
        self._wait()
        if len(self.ids) <= _JUDGED_AT_ONCE:
            self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        """Judge what is typed so far, but neither write over it nor find fault with what is half typed."""
        if self.editor is not None and not self.editor.problem():
            self._judge()

    @Slot()
    def _on_ok_clicked(self) -> None:
        if self.found is None:
            self.judge()
        else:
            self.write()

    def _wait(self) -> None:
        """Nothing is judged yet: the button asks for it."""
        if self.found is not None:
            self._show_standing()
        self.show_found(None)
        self.summary.setText(
            "Chọn ô và giá trị mới; để trống là bỏ nội dung của ô. Xem trước rồi mới ghi, hoàn tác được."
        )
        self.ok.setText("Xem trước")

    def _show_standing(self) -> None:
        name = self.field_box.currentData()
        self.table.show_rows(bulk.standing(self.workspace, self.cls, self.ids, name))


class BulkRemoveDialog(BulkDialog):
    """Many records deleted into the bin."""

    def __init__(self, workspace: Workspace, cls: type[Any], ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(workspace, cls, ids, parent, {CHANGED: "sẽ xóa", WRONG: "không xóa được"})
        self.setWindowTitle(f"Xóa {format_vnd(len(ids))} {self.singular}")
        self.ok.setIcon(icon("delete"))
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            found = bulk.judge_removal(workspace, cls, ids)
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.show_found(found)
        number, refused = len(found.order), len(found.rows) - len(found.order)
        left_out = f"; {format_vnd(refused)} mục không xóa được, để nguyên" if refused else ""
        self.summary.setText(
            f"Sẽ xóa {format_vnd(number)} {self.singular}{left_out}. Xóa rồi lấy lại được: Hoàn tác, hoặc Thùng rác."
        )
        self.ok.setText(f"Xóa {format_vnd(number)} mục")
        if refused:
            self.table.show_only(WRONG)

    def told(self, number: int) -> str:
        """Return what was deleted."""
        return f"Đã xóa {format_vnd(number)} {self.singular}."

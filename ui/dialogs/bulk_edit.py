"""Sửa hàng loạt, Xóa các mục đã chọn: what would become of each record is shown before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import bulk
from kc_desktop.services.bulk import Judged
from kc_desktop.services.import_plans import CHANGED, SAME, WRONG, Progress
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.help_key import HelpKey
from ui.dialogs.job_dialog import JobDialog
from ui.icons import icon
from ui.widgets.editors import Editor, editor_for
from ui.widgets.job_row import JobRow
from ui.widgets.value_editors import DateEdit
from ui.widgets.verdict_table import VerdictTable

_JUDGED_LIVE = 3_000
"""So many records are judged while a value is being typed; more when it is asked for."""
_AFTER_MS = 250


class BulkDialog(JobDialog):
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
        self._is_writing = False
        self._was_on_ok = False
        step = theme.step(self)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.table = VerdictTable(self, words=words, name="Từng mục sẽ ra sao")
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self.work = JobRow(self, workspace)
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
        self.column.addWidget(self.work)
        self.column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 110, theme.row_height(self) * 20)
        self.ok.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)
        self.work.busyChanged.connect(self._on_busy_changed)

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

    def inputs(self) -> list[QWidget]:
        """Return what may not be touched while it is being written."""
        return []

    def write(self) -> None:
        """Do it to all that may be, as one step, and close; a failure is said and leaves everything as it was."""
        found = self.found
        assert found is not None
        self._is_writing = True

        def work(workspace: Workspace, progress: Progress | None) -> int:
            return bulk.write(workspace, found, progress=progress)

        self.work.run(
            "Đang ghi…",
            work,
            len(found.order),
            then=self._on_written,
            failed=self._on_not_written,
            stopped=self._on_writing_stopped,
        )

    def _on_written(self, number: int) -> None:
        words = self.told(number)
        self.accept()
        self.done_to.emit(words)

    def _on_not_written(self, error: KnownError) -> None:
        self._is_writing = False
        self._on_busy_changed()
        self.tell(str(error))

    def _on_writing_stopped(self) -> None:
        self._is_writing = False
        self._on_busy_changed()
        self.summary.setText("Đã dừng: dữ liệu chưa thay đổi gì.")
        self.ok.setFocus()

    @Slot()
    def _on_busy_changed(self) -> None:
        """Let nothing be begun beside what runs; a value may go on being typed, what is written may not change."""
        is_writing = self.work.is_busy() and self._is_writing
        self._was_on_ok = self._was_on_ok or self.focusWidget() is self.ok
        self.ok.setEnabled(not self.work.is_busy() and (self.found is None or bool(self.found.order)))
        for each in self.inputs():
            each.setEnabled(not is_writing)

    def back_to_ok(self) -> None:
        """Let the button have the keys again that lost them while it waited."""
        if self._was_on_ok or self.focusWidget() is None:
            self.ok.setFocus()
        self._was_on_ok = False

    @Slot()
    def _on_ok_clicked(self) -> None:
        self.write()


class BulkEditDialog(BulkDialog):
    """One field of many records set to one value; a day and month alone mean `year`, 0 for the clock's."""

    def __init__(
        self, workspace: Workspace, cls: type[Any], ids: Sequence[int], parent: QWidget | None = None, *, year: int = 0
    ) -> None:
        words = {CHANGED: "sẽ sửa", SAME: "giữ nguyên", WRONG: "không sửa được"}
        super().__init__(workspace, cls, ids, parent, words)
        self.setWindowTitle(f"Sửa hàng loạt {format_vnd(len(ids))} {self.singular}")
        self._year = year
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

    def inputs(self) -> list[QWidget]:
        """Return the field and its value."""
        return [self.field_box, *([self.editor] if self.editor is not None else [])]

    def judge(self) -> None:
        """Judge the value as it stands; one that cannot be read says why."""
        self._timer.stop()
        assert self.editor is not None
        self.editor.settle()
        problem = self.editor.problem()
        self.editor.show_problem(problem)
        if problem:
            self._wait()
            return
        self._judge()

    def _judge(self) -> None:
        assert self.editor is not None
        cls, ids, name, value = self.cls, self.ids, self.field_box.currentData(), self.editor.value()

        def work(workspace: Workspace, progress: Progress | None) -> Judged:
            return bulk.judge_edit(workspace, cls, ids, name, value, progress=progress)

        self.work.run(
            "Đang xem từng mục…",
            work,
            len(ids),
            then=self._on_judged,
            failed=self._on_not_judged,
            stopped=self._wait,
        )

    def _on_judged(self, found: Judged) -> None:
        self.show_found(found)
        number, refused = len(found.order), sum(each.verdict == WRONG for each in found.rows)
        left_out = f"; {format_vnd(refused)} mục không sửa được, để nguyên" if refused else ""
        self.summary.setText(
            f"Sẽ sửa {format_vnd(number)} trong {format_vnd(len(self.ids))} {self.singular}{left_out}."
        )
        self.ok.setText(f"Sửa {format_vnd(number)} mục" if number else "Sửa")
        self.back_to_ok()

    def _on_not_judged(self, error: KnownError) -> None:
        self._wait()
        if isinstance(error, FieldError) and self.editor is not None:
            self.editor.show_problem(str(error))
        else:
            self.tell(str(error))

    @Slot(int)
    def _on_field_chosen(self, place: int) -> None:
        if self.editor is not None:
            self._form.removeRow(1)
        self.editor = editor_for(self._fields[place], self.workspace, self)
        if isinstance(self.editor, DateEdit):
            self.editor.working_year = self._year
        self.editor.edited.connect(self._on_edited)
        label = QLabel("&Giá trị mới", self)
        label.setBuddy(self.editor.control())
        self._form.addRow(label, self.editor)
        self._show_standing()
        self._wait()

    @Slot()
    def _on_edited(self) -> None:
        self._wait()
        if len(self.ids) <= _JUDGED_LIVE:
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
        self.work.drop()
        if self.found is not None:
            self._show_standing()
        self.show_found(None)
        words = "Chọn ô và giá trị mới; để trống là bỏ nội dung của ô. Xem trước rồi mới ghi, hoàn tác được."
        if len(self.ids) > bulk.MOST_SHOWN:
            words += f" Dưới đây là {bulk.MOST_SHOWN} mục đầu."
        self.summary.setText(words)
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
        self.judge()

    def told(self, number: int) -> str:
        """Return what was deleted."""
        return f"Đã xóa {format_vnd(number)} {self.singular}."

    def judge(self) -> None:
        """Judge which of them may be deleted."""
        cls, ids = self.cls, self.ids

        def work(workspace: Workspace, progress: Progress | None) -> Judged:
            return bulk.judge_removal(workspace, cls, ids, progress=progress)

        self.summary.setText("Đang xem mục nào xóa được. Chưa xóa gì.")
        self.ok.setText("Xóa")
        self.work.run(
            "Đang xem từng mục…",
            work,
            len(ids),
            then=self._on_judged,
            failed=self._on_not_judged,
            stopped=self._on_judging_stopped,
        )

    def _on_judged(self, found: Judged) -> None:
        self.show_found(found)
        number, refused = len(found.order), len(found.rows) - len(found.order)
        left_out = f"; {format_vnd(refused)} mục không xóa được, để nguyên" if refused else ""
        self.summary.setText(
            f"Sẽ xóa {format_vnd(number)} {self.singular}{left_out}. Xóa rồi lấy lại được: Hoàn tác, hoặc Thùng rác."
        )
        self.ok.setText(f"Xóa {format_vnd(number)} mục")
        if self.focusWidget() is not self._cancel:
            self.ok.setFocus()  # the frame stands on what Enter does
        if refused:
            self.table.show_only(WRONG)

    def _on_not_judged(self, error: KnownError) -> None:
        self._on_judging_stopped()
        self.tell(str(error))

    def _on_judging_stopped(self) -> None:
        self.summary.setText("Đã dừng: chưa xóa gì.")
        self.ok.setText("Xem trước")
        self.ok.setFocus()

    @Slot()
    def _on_ok_clicked(self) -> None:
        if self.found is None:
            self.judge()
        else:
            self.write()

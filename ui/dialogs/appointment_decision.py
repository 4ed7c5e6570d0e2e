"""Ghi quyết định: the decision that makes a proposed list valid, and which terms end when it begins."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import Appointment
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import reappointment
from kc_desktop.services.reappointment import Decision
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import Editor, editor_for
from ui.widgets.labels import heading

_FIELDS = ("number", "decided_on", "authority", "valid_from", "valid_to")


class AppointmentDecisionDialog(QDialog):
    """Asks for number, day, authority and term; writes them as one step of the history."""

    decided = Signal(object)
    """The Appointment as it is decided."""

    def __init__(self, workspace: Workspace, proposed: Appointment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._proposed = workspace, proposed
        self.editors: dict[str, Editor] = {}
        self.setWindowTitle("Ghi quyết định công nhận cộng tác viên")
        self._build_ui()
        for name in ("authority", "valid_from", "valid_to"):
            self.editors[name].set_value(getattr(proposed, name))
        self._list_replaced()
        for name in ("decided_on", "valid_from"):
            self.editors[name].changed.connect(self._on_day_changed)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._cancel.clicked.connect(self.reject)

    def _build_ui(self) -> None:
        step = theme.step(self)
        words = QLabel(
            "Danh sách có hiệu lực từ quyết định này: người có tên thành cộng tác viên, được mời họp và tính thù lao.",
            self,
        )
        words.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(step * 3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        described = describe(Appointment)
        for name in _FIELDS:
            editor = editor_for(described.field(name), self._workspace, self)
            label = QLabel(described.field(name).label, self)
            label.setBuddy(editor.control())
            form.addRow(label, editor)
            self.editors[name] = editor
        self._heading = heading("Quyết định được thay: nhiệm kỳ kết thúc khi quyết định mới có hiệu lực", self)
        self._heading.setWordWrap(True)
        self.replaced = QListWidget(self)
        self.replaced.setAccessibleName("Quyết định được thay")
        self.replaced.setFixedHeight(theme.row_height(self) * 3)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(QPalette.ColorRole.BrightText)
        self._problem.hide()
        self._keep = QPushButton("Ghi quyết định", self)
        self._keep.setDefault(True)
        self._keep.setEnabled(not self._workspace.is_read_only)
        self._cancel = QPushButton("Hoãn", self)
        self._cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[step * 4] * 4)
        column.setSpacing(step * 2)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(self._heading)
        column.addWidget(self.replaced)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(self.fontMetrics().horizontalAdvance("0") * 80, self.sizeHint().height())

    # slots

    @Slot(object)
    def _on_day_changed(self, _value: object) -> None:
        self._list_replaced()

    @Slot()
    def _on_keep_clicked(self) -> None:
        for editor in self.editors.values():
            editor.settle()
            editor.show_problem(editor.problem())
        wrong = next((each for each in self.editors.values() if each.problem()), None)
        if wrong is not None:
            wrong.control().setFocus()
            return
        try:
            kept = reappointment.decide(self._workspace, self._proposed.id, self._collected())
        except FieldError as error:
            concerned = self.editors.get(error.field, self.editors["number"])
            concerned.show_problem(f"{error.message} {error.remedy}".strip())
            concerned.control().setFocus()
            return
        except KnownError as error:
            self._problem.setText(f"▲ {error.message} {error.remedy}".strip())
            self._problem.show()
            return
        self.accept()
        self.decided.emit(kept)

    # private

    def _day(self, name: str) -> date | None:
        try:
            value = self.editors[name].value()
        except FieldError:
            return None
        return value if isinstance(value, date) else None

    def _list_replaced(self) -> None:
        """List the decisions still running when the new one begins; who unticked one has it unticked still."""
        left = {each for each in self._listed() if each not in self._ticked()}
        first = self._day("valid_from") or self._day("decided_on")
        running = reappointment.running(self._workspace, self._proposed.id, first) if first else ()
        self.replaced.clear()
        for each in running:
            until = f", đến {format_date(each.valid_to)}" if each.valid_to else ""
            item = QListWidgetItem(f"{each.number or 'chưa có số'}{until}")
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setCheckState(Qt.CheckState.Unchecked if each.id in left else Qt.CheckState.Checked)
            self.replaced.addItem(item)
        for widget in (self._heading, self.replaced):
            widget.setVisible(bool(running))

    def _items(self) -> list[QListWidgetItem]:
        return [self.replaced.item(row) for row in range(self.replaced.count())]

    def _listed(self) -> frozenset[int]:
        return frozenset(int(each.data(Qt.ItemDataRole.UserRole)) for each in self._items())

    def _ticked(self) -> frozenset[int]:
        return frozenset(
            int(each.data(Qt.ItemDataRole.UserRole))
            for each in self._items()
            if each.checkState() is Qt.CheckState.Checked
        )

    def _collected(self) -> Decision:
        return Decision(
            number=str(self.editors["number"].value() or ""),
            decided_on=self._day("decided_on"),
            authority=str(self.editors["authority"].value() or "so"),
            valid_from=self._day("valid_from"),
            valid_to=self._day("valid_to"),
            replaces=self._ticked(),
        )

"""Chốt biên bản, mở lại biên bản: what is still missing, the day, the reason, what has changed since."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Field, Kind
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import finalising
from kc_desktop.services.meeting_words import Difference
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.editors import DateEdit, Editor, LineEdit

_SHOWN_DIFFERENCES = 12


class _VersionDialog(QDialog):
    """Some words, a few fields and two buttons; `_act` does the deed and may raise what the fields then say."""

    def __init__(self, workspace: Workspace, meeting_id: int, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._workspace, self._meeting_id = workspace, meeting_id
        self.setWindowTitle(title)
        step = theme.step(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[step * 4] * 4)
        self._column.setSpacing(step * 2)
        self._fields: dict[str, Editor] = {}
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(step * 3)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.ok_button = QPushButton(verb, self)
        self.ok_button.setDefault(True)
        self._cancel = QPushButton("Hoãn", self)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 70)
        self.ok_button.clicked.connect(self._on_ok_clicked)
        self._cancel.clicked.connect(self.reject)

    def _finish(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.ok_button)
        buttons.addWidget(self._cancel)
        self._column.addLayout(self._form)
        self._column.addWidget(self._problem)
        self._column.addStretch(1)
        self._column.addLayout(buttons)
        next(iter(self._fields.values())).control().setFocus()

    def _say(self, text: str, *, is_note: bool = False) -> None:
        label = QLabel(text, self)
        label.setWordWrap(True)
        if is_note:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._column.addWidget(label)

    def _add(self, words: str, editor: Editor) -> None:
        label = QLabel(words, self)
        label.setBuddy(editor.control())
        self._form.addRow(label, editor)
        self._fields[editor.field.name] = editor

    def _day(self) -> date:
        value = self._fields["on"].value()
        return value if isinstance(value, date) else date.today()

    def _act(self) -> None:
        """Do what the dialog is for; each kind says it for itself."""

    @Slot()
    def _on_ok_clicked(self) -> None:
        for editor in self._fields.values():
            editor.settle()
            editor.show_problem(editor.problem())
            if editor.problem():
                editor.control().setFocus()
                return
        try:
            self._act()
        except FieldError as error:
            editor = self._fields.get(error.field, next(iter(self._fields.values())))
            editor.show_problem(f"{error.message} {error.remedy}".strip())
            editor.control().setFocus()
        except KnownError as error:
            self._problem.setText(f"▲ {error.message} {error.remedy}".strip())
            self._problem.show()
        else:
            self.accept()


def _day_field(label: str) -> Field:
    return Field(name="on", label=label, kind=Kind.DATE, required=True, width=11)


def _words(difference: Difference) -> str:
    if not difference.before:
        return f"+ {difference.after}"
    return f"± {difference.before} → {difference.after}" if difference.after else f"− {difference.before}"


class FinaliseDialog(_VersionDialog):
    """Says what is still missing, and closes the minutes."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, meeting_id, "Chốt biên bản", "Chốt biên bản", parent)
        self._say(
            "Chốt rồi thì chỉ còn đánh dấu việc đã xong, ghi trả lời kiến nghị; bản PDF được giữ nguyên trong tệp. "
            "Việc và kiến nghị vẫn theo dõi tiếp được."
        )
        warned = finalising.warnings(workspace, meeting_id)
        if warned:
            self._say("\n".join(f"▲ {each}" for each in warned))
        differences = finalising.differences(workspace, meeting_id)
        if differences:
            shown = [_words(each) for each in differences[:_SHOWN_DIFFERENCES]]
            more = len(differences) - len(shown)
            self._say("Khác với bản đã chốt lần trước:")
            self._say("\n".join(shown) + (f"\n… và {more} dòng nữa" if more > 0 else ""), is_note=True)
        day = DateEdit(_day_field("Ngày chốt"), self)
        day.set_value(date.today())
        self._add("&Ngày chốt *", day)
        self._finish()
        self.ok_button.setFocus()

    def _act(self) -> None:
        finalising.finalise(self._workspace, self._meeting_id, on=self._day())


class ReopenDialog(_VersionDialog):
    """Asks why the minutes are opened again."""

    def __init__(self, workspace: Workspace, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, meeting_id, "Mở lại biên bản", "Mở lại", parent)
        self._say("Bản đã chốt được giữ nguyên; lần chốt sau là bản tiếp theo và cho thấy chỗ khác.")
        reason = Field(
            name="reason", label="Lý do", kind=Kind.LINE, required=True, width=44, help="Ví dụ: bổ sung ý kiến đại biểu"
        )
        self._add("&Lý do *", LineEdit(reason, self))
        day = DateEdit(_day_field("Ngày mở lại"), self)
        day.set_value(date.today())
        self._add("&Ngày mở lại *", day)
        self._finish()

    def _act(self) -> None:
        finalising.reopen(self._workspace, self._meeting_id, str(self._fields["reason"].value()), on=self._day())

"""A line of protected data: masked, typed anew without being seen, shown whole only for a purpose that is recorded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QToolButton, QWidget

from kc_desktop.domain.fields import Field, Record, Value
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import KnownError
from kc_desktop.services.workspace import Workspace
from ui.errors import show_known
from ui.widgets.text_editors import LineEdit

SHOWN_MS = 60_000
"""How long a value stays on show before it is masked again."""


class ProtectedEdit(LineEdit):
    """A protected field of a person. What is typed takes the place of what is kept; nothing typed leaves it as it is.

    `Hiện` asks for a purpose, records it and shows the value; it is masked again after a while, when the form goes on
    to another record or is hidden.
    """

    disclosed = Signal()
    """A value was shown, and that was recorded."""

    def __init__(self, field: Field, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._workspace = workspace
        self._person_id = 0
        self._kept = ""
        self._is_shown = False
        self._is_cleared = False
        self._reveal = self._tool("Hiện", f"Hiện {field.label}: phải ghi mục đích", self._on_reveal_clicked)
        self._clear = self._tool("Xóa", f"Xóa {field.label} đang ghi", self._on_clear_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide_value)
        self._show_state()

    def _tool(self, text: str, tip: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(f"{text} {self.field.label}")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(slot)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    # what the form asks

    def set_record(self, record: Record | None) -> None:
        """Take the person whose field it is; 0 for one that is not kept yet."""
        self._person_id = record.id if record is not None else 0

    def set_value(self, value: Value) -> None:
        """Hold a value, masked."""
        self._kept = self._settled = str(value or "")
        self._is_shown = self._is_cleared = False
        self._timer.stop()
        self.show_problem("")
        self._show_state()

    def value(self) -> str:
        """Return what is typed; what is kept where nothing is."""
        typed = clean_line(self.line.text()) if not self._is_read_only else ""
        if typed or self._is_cleared or (self._is_shown and not self._is_read_only):
            return typed
        return self._kept

    def set_read_only(self, read_only: bool) -> None:
        """Show the mask, or an empty line to type a new value into."""
        super().set_read_only(read_only)
        self._show_state()

    def settle(self) -> None:
        """Check what was typed; the line stays as it is, for an empty one says that nothing changes."""
        self.show_problem(self.problem())
        value = self.value()
        if value != self._settled:
            self._settled = value
            self.changed.emit(value)

    @Slot()
    def hide_value(self) -> None:
        """Hide the value again; what is being typed stays."""
        self._timer.stop()
        if self._is_shown:
            typed = clean_line(self.line.text()) if not self._is_read_only else ""
            self._is_cleared = not typed and not self._is_read_only
            self._is_shown = False
            self._show_state()
            if typed and typed != self._kept:
                self.line.setText(typed)

    def is_shown(self) -> bool:
        """Whether the value stands there for everyone to read."""
        return self._is_shown

    # overrides

    def hideEvent(self, event: QHideEvent) -> None:
        """Mask what is left behind."""
        super().hideEvent(event)
        if event.type() == QEvent.Type.Hide:
            self.hide_value()

    # slots

    @Slot()
    def _on_reveal_clicked(self) -> None:
        if self._is_shown:
            self.hide_value()
            return
        from ui.dialogs.purpose import ask_purpose

        purpose = ask_purpose(self, f"Hiện {self.field.label}", f"{self.field.label} của {self._whose()}")
        if not purpose:
            return
        try:
            self._kept = self._look_up(purpose)
        except KnownError as error:
            show_known(self, error, "Chưa hiện được")
            return
        self._is_shown = True
        self._timer.start()
        self._show_state()
        self.disclosed.emit()

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._is_cleared = True
        self._is_shown = False
        self.line.clear()
        self._show_state()
        self._on_control_touched()
        self.settle()
        self.line.setFocus()

    # private

    def _whose(self) -> str:
        return self._workspace.title_of("person", self._person_id)

    def _look_up(self, purpose: str) -> str:
        from kc_desktop.services import disclosure

        return disclosure.show(self._workspace, self._person_id, self.field.name, purpose)

    def _masked(self) -> str:
        from kc_desktop.services import disclosure

        return disclosure.masked(self.field, self._kept) if self._kept else ""

    def _show_state(self) -> None:
        """Bring line, placeholder and buttons into line with what is kept and how it is shown."""
        has_value = bool(self._kept) and not self._is_cleared
        if self._is_shown:
            self._show_text(self._kept)
        elif self._is_read_only:
            self._show_text(self._masked())
        else:
            self._show_text("")
        self.line.setPlaceholderText("" if self._is_read_only else self._masked() if has_value else self._hint)
        keeps = has_value and not self._is_read_only and not self._is_shown
        self.line.setToolTip("Để trống thì giữ nguyên số đang ghi; gõ số mới để thay" if keeps else self.field.help)
        self._reveal.setText("Ẩn" if self._is_shown else "Hiện")
        self._reveal.setVisible(has_value and bool(self._person_id))
        self._clear.setVisible(has_value and not self._is_read_only)


class TaxCodeEdit(ProtectedEdit):
    """A tax code. A firm's is public and stands open; a household's is a citizen id and is protected as one.

    Since 01/7/2025 household businesses use the personal id (TT 86/2024/TT-BTC).
    """

    def set_value(self, value: Value) -> None:
        """Hold a tax code, masked where it is a citizen id."""
        super().set_value(value)
        if not self._is_personal():
            self._show_text(self._kept)

    def value(self) -> str:
        """Return what is typed; of a household's code what is kept where nothing is typed."""
        return super().value() if self._is_personal() else clean_line(self.line.text())

    def settle(self) -> None:
        """Tidy what was typed and check it."""
        if self._is_personal():
            super().settle()
        else:
            LineEdit.settle(self)

    def set_read_only(self, read_only: bool) -> None:
        """Keep a firm's code on show whether it is edited or not."""
        typed = self.line.text()
        super().set_read_only(read_only)
        if not self._is_personal():
            self._show_text(typed)

    def _is_personal(self) -> bool:
        return self._masked() != self._kept

    def _whose(self) -> str:
        return self._workspace.title_of("establishment", self._person_id)

    def _look_up(self, purpose: str) -> str:
        from kc_desktop.services import disclosure

        return disclosure.show_tax_code(self._workspace, self._person_id, purpose)

    def _show_state(self) -> None:
        if self._is_personal():
            super()._show_state()
            return
        self.line.setPlaceholderText("" if self._is_read_only else self._hint)
        self.line.setToolTip(self.field.help)
        self._reveal.hide()
        self._clear.hide()

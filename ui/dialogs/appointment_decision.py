"""Ghi quyết định: the decision that makes a proposed list valid, and which terms end when it begins."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import Appointment
from kc_desktop.errors import FieldError
from kc_desktop.services import reappointment
from kc_desktop.services.reappointment import Decision
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.dialogs.ask import AskDialog
from ui.dialogs.help_key import HelpKey
from ui.widgets.editors import editor_for

_FIELDS = ("number", "decided_on", "authority", "valid_from", "valid_to")


class AppointmentDecisionDialog(AskDialog):
    """Asks for number, day, authority and term; writes them as one step and gives the Appointment as it is decided."""

    def __init__(self, workspace: Workspace, proposed: Appointment, parent: QWidget | None = None) -> None:
        super().__init__("Ghi quyết định công nhận cộng tác viên", "Ghi quyết định", parent)
        HelpKey(self, "reappoint")
        self._workspace, self._proposed = workspace, proposed
        self.ok_button.setEnabled(not workspace.is_read_only)
        self.say(
            "Danh sách có hiệu lực từ quyết định này: người có tên thành cộng tác viên, được mời họp và tính thù lao."
        )
        described = describe(Appointment)
        for name in _FIELDS:
            self.ask(described.field(name).label, editor_for(described.field(name), workspace, self))
        for name in ("authority", "valid_from", "valid_to"):
            self.fields[name].set_value(getattr(proposed, name))
        self._replaced_words = self.say(
            "Quyết định được thay: nhiệm kỳ kết thúc khi quyết định mới có hiệu lực", is_note=True
        )
        self.replaced = QListWidget(self)
        self.replaced.setAccessibleName("Quyết định được thay")
        self.replaced.setFixedHeight(theme.row_height(self) * 3)
        self.put(self.replaced)
        self._list_replaced()
        self.finish("number")
        for name in ("decided_on", "valid_from"):
            self.fields[name].changed.connect(self._on_day_changed)

    def act(self) -> Appointment:
        """Write the decision."""
        return reappointment.decide(self._workspace, self._proposed.id, self._collected())

    # slots

    @Slot(object)
    def _on_day_changed(self, _value: object) -> None:
        self._list_replaced()

    # private

    def _day(self, name: str) -> date | None:
        try:
            value = self.fields[name].value()
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
        for widget in (self._replaced_words, self.replaced):
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
            number=str(self.fields["number"].value() or ""),
            decided_on=self._day("decided_on"),
            authority=str(self.fields["authority"].value() or "so"),
            valid_from=self._day("valid_from"),
            valid_to=self._day("valid_to"),
            replaces=self._ticked(),
        )

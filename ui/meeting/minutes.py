"""Diễn biến: what was said, written down while it is being said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kc_desktop.domain.fields import Field, Value
from kc_desktop.domain.meeting import AgendaItem, Entry
from kc_desktop.services import meetings
from ui.meeting.desk import Desk
from ui.meeting.line_model import Heading
from ui.meeting.person_edit import line_editor
from ui.meeting.sheet import Sheet, field, person_column, value_column
from ui.widgets.editors import ChoiceEdit, Editor

_SPEAKER, _TIME = 26, 6
_OTHER = "Ý kiến khác"


class AgendaChoice(ChoiceEdit):
    """The point of the agenda that is being spoken about; none stands for other remarks."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row.setStretchFactor(self.combo, 1)
        self.set_items(())

    def set_items(self, items: Sequence[AgendaItem]) -> None:
        """Offer the points of the meeting's agenda, keeping the one chosen while it is there."""
        chosen = self.value()
        self.combo.clear()
        for number, item in enumerate(items, start=1):
            self.combo.addItem(f"{number}. {item.title}", str(item.id))
        self.combo.addItem(_OTHER, "")
        place = self.combo.findData(chosen)
        self.combo.setCurrentIndex(max(place, 0))

    def value(self) -> Any:
        """Return the id of the point, None for other remarks."""
        code = self.combo.currentData()
        return int(code) if code else None

    def set_value(self, value: Value) -> None:
        """Choose a point by its id."""
        self.combo.setCurrentIndex(self.combo.findData(str(value) if value else ""))

    def is_empty(self) -> bool:
        """There is always a choice."""
        return False

    def step(self, step: int) -> None:
        """Go to the next or previous point."""
        self.combo.setCurrentIndex(min(max(self.combo.currentIndex() + step, 0), self.combo.count() - 1))


class MinutesSection(Sheet):
    """Entries under their points of the agenda, and the row where the next one is typed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Entry,
            (
                person_column(desk, "speaker_id", "Người phát biểu", _SPEAKER),
                value_column(Entry, "body"),
                value_column(Entry, "said_at", "Lúc", _TIME),
            ),
            (
                field(Entry, "agenda_item_id", 0, label="Đang ghi cho nội dung (Alt+↑↓)"),
                field(Entry, "speaker_id", _SPEAKER, help="Ai nói: vài chữ, rồi Tab"),
                field(
                    Entry,
                    "body",
                    0,
                    help="Nói gì, rồi Enter để ghi và sang ý kiến sau (Shift+Enter: xuống dòng, / và vài chữ: câu mẫu)",
                ),
                field(Entry, "said_at", _TIME, help="giờ"),
            ),
            empty_hint="Ghi diễn biến ngay khi họp: gõ vài chữ tên người phát biểu, nhấn Tab, gõ ý kiến, nhấn Enter.\n"
            "Mỗi ý kiến được lưu ngay khi nhấn Enter.",
            make_editor=self._make_editor,
            lasting="agenda_item_id",
            parent=parent,
        )
        self.phrase_button = QPushButton("Câu mẫu", self)
        self.phrase_button.setToolTip("Chèn câu mẫu vào ý kiến đang gõ (Ctrl+M, hoặc gõ / và vài chữ tên câu)")
        self.phrase_button.setAutoDefault(False)
        self.phrase_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.composer.add_beside_lasting(self.phrase_button)
        self.phrase_button.clicked.connect(self.pickers["body"].offer_all)
        self.composer.stepWanted.connect(self._on_composer_step_wanted)

    @property
    def agenda_choice(self) -> AgendaChoice:
        """The choice of the point being spoken about."""
        editor = self.composer.editors["agenda_item_id"]
        assert isinstance(editor, AgendaChoice)
        return editor

    def rows(self) -> Sequence[Any]:
        """Return the entries under their points, as the minutes will print them."""
        entries = self.desk.records("entry")
        agenda = self.desk.records("agenda_item")
        rows: list[Any] = []
        for number, item in enumerate(agenda, start=1):
            under = [each for each in entries if each.agenda_item_id == item.id]
            if under:
                rows += [Heading(f"{number}. {item.title}"), *under]
        known = {item.id for item in agenda}
        loose = [each for each in entries if each.agenda_item_id not in known]
        if loose:
            rows += [Heading(_OTHER)] if agenda else []
            rows += loose
        return rows

    def add(self, values: dict[str, Value]) -> Any:
        """Write down what was said, as a step of the history named by the speaker; on the day itself with the time."""
        item, speaker, body = values["agenda_item_id"], values["speaker_id"], str(values["body"])
        assert item is None or isinstance(item, int)
        assert speaker is None or isinstance(speaker, int)
        meeting = self.desk.meeting
        now = meetings.said_now(meeting, datetime.now()) if meeting is not None else ""
        return self.desk.act(
            lambda: meetings.add_entry(
                self.desk.workspace,
                self.desk.meeting_id,
                agenda_item_id=item,
                speaker_id=speaker,
                body=body,
                said_at=str(values["said_at"] or now),
            )
        )

    def move_step(self, record: Any, step: int) -> int:
        """Jump over what was said between about other points."""
        entries = self.desk.records("entry")
        group = [place for place, each in enumerate(entries) if each.agenda_item_id == record.agenda_item_id]
        here = next(place for place in group if entries[place].id == record.id)
        there = min(max(group.index(here) + step, 0), len(group) - 1)  # what is said stays under its point
        return group[there] - here

    @Slot()
    def _on_desk_renewed(self) -> None:
        self.agenda_choice.set_items(self.desk.records("agenda_item"))
        super()._on_desk_renewed()

    @Slot(int)
    def _on_composer_step_wanted(self, step: int) -> None:
        self.agenda_choice.step(step)

    def _make_editor(self, field: Field, parent: QWidget) -> Editor:
        if field.name == "agenda_item_id":
            return AgendaChoice(field, parent)
        return line_editor(self.desk, field, parent)

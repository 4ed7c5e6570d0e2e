"""Kiến nghị: what people asked for, who answers by when, and the answer."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Value
from kc_desktop.domain.meeting import Petition
from kc_desktop.services import follow_up
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.line_model import LineColumn
from ui.meeting.sheet import Sheet, field, person_column, value_column
from ui.meeting.tasks import late_ink

_PERSON, _DATE = 17, 13


class PetitionSheet(Sheet):
    """What people asked for, and the answers."""

    lives_on = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Petition,
            (
                person_column(desk, "asked_by_id", "Người kiến nghị", _PERSON),
                value_column(Petition, "body"),
                value_column(Petition, "answer"),
                person_column(desk, "answered_by_id", "Người trả lời", _PERSON),
                LineColumn(name="due_on", title="Hạn trả lời", text=_due_text, width=_DATE, ink=late_ink),
                value_column(Petition, "answered_on", width=_DATE),
            ),
            (
                field(Petition, "asked_by_id", _PERSON, help="Người kiến nghị"),
                field(Petition, "body", 0, help="Kiến nghị điều gì"),
                field(Petition, "answer", 0, help="Trả lời (có thể ghi sau)"),
                field(Petition, "answered_by_id", _PERSON, help="Người trả lời"),
                field(Petition, "due_on", _DATE, help="hạn"),
                field(Petition, "answered_on", _DATE, help="ngày"),
            ),
            heading="Kiến nghị",
            empty_hint="Chưa có kiến nghị nào.",
            parent=parent,
        )
        self.table.mark_words = "Đã xong, chưa xong"
        self.table.markWanted.connect(self._on_table_mark_wanted)

    def add(self, values: dict[str, Value]) -> Any:
        """Keep a new petition; an answer given at the meeting has its day."""
        deed = partial(follow_up.save_petition, self.desk.workspace, self.new_record(values), date.today())
        return self.desk.act(deed)

    def keep(self, record: Any) -> Any:
        """Keep a petition; one that has just been answered without a day was answered today."""
        deed = partial(follow_up.save_petition, self.desk.workspace, record, date.today())
        return self.desk.act(deed, is_living=True)

    def sum_text(self) -> str:
        """Return how many petitions wait for an answer and how many of them are late."""
        waiting = sum(not each.answer and not each.is_closed for each in self.desk.records("petition"))
        text = f"{waiting} kiến nghị chưa trả lời" if waiting else ""
        return f"{text} · ▲ {self._late()} quá hạn" if self._late() else text

    def sum_colour(self) -> str:
        """Return the colour of what is late."""
        return theme.colours().late if self._late() else ""

    @Slot(object)
    def _on_table_mark_wanted(self, records: tuple[Petition, ...]) -> None:
        is_closed = not all(each.is_closed for each in records)
        deed = partial(follow_up.set_closed, self.desk.workspace, [each.id for each in records], is_closed)
        self.desk.try_act(deed, is_living=True)

    def _late(self) -> int:
        today = date.today()
        return sum(follow_up.is_late(each, today) for each in self.desk.records("petition"))


def _due_text(record: Petition) -> str:
    if record.is_closed:
        return "✓ Đã xong"
    if record.due_on is None:
        return ""
    return f"{'▲ ' if follow_up.is_late(record, date.today()) else ''}{format_date(record.due_on)}"

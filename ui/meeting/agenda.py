"""Chương trình họp: the points of the agenda, who presents them and how long they take."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from kc_desktop.domain.dates import DateError, clock, parse_time
from kc_desktop.domain.meeting import AgendaItem
from ui.meeting.desk import Desk
from ui.meeting.sheet import Sheet, field, person_column, value_column

_PERSON, _MINUTES = 26, 8


class AgendaSection(Sheet):
    """The agenda with the sum of its minutes and when it would end."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            AgendaItem,
            (
                value_column(AgendaItem, "title"),
                person_column(desk, "presenter_id", "Người trình bày", _PERSON),
                value_column(AgendaItem, "planned_minutes", "Phút", _MINUTES),
            ),
            (
                field(AgendaItem, "title", 0, help="Nội dung tiếp theo, rồi Enter"),
                field(AgendaItem, "presenter_id", _PERSON, help="Người trình bày"),
                field(AgendaItem, "planned_minutes", _MINUTES, help="phút"),
            ),
            empty_hint="Chương trình họp gồm các nội dung sẽ bàn, theo thứ tự.\n"
            "Gõ nội dung đầu tiên vào ô dưới đây rồi nhấn Enter.",
            parent=parent,
        )

    def sum_text(self) -> str:
        """Return the planned minutes and, when the start is known, the time the agenda would end."""
        minutes = sum(each.planned_minutes or 0 for each in self.desk.records("agenda_item"))
        if not minutes:
            return ""
        text = f"Tổng {minutes} phút"
        meeting = self.desk.meeting
        if meeting is None or meeting.held_on is None or not meeting.starts_at:
            return text
        try:
            start = datetime.combine(meeting.held_on, parse_time(meeting.starts_at))
        except DateError:
            return text
        end = start + timedelta(minutes=minutes)
        return f"{text} · bắt đầu {clock(start.time())}, xong khoảng {clock(end.time())}"

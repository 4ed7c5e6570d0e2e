"""Chương trình họp: the points of the agenda, who presents them, how long they take and when they come."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kc_desktop.domain import agenda
from kc_desktop.domain.dates import clock
from kc_desktop.domain.meeting import AgendaItem
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.line_model import LineColumn
from ui.meeting.sheet import Sheet, field, person_column, value_column

_PERSON, _MINUTES, _CLOCK = 26, 8, 13


class AgendaSection(Sheet):
    """The agenda with the time of each point, the sum of its minutes and how that stands to the planned end."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._times: dict[int, str] = {}
        super().__init__(
            desk,
            AgendaItem,
            (
                value_column(AgendaItem, "title"),
                person_column(desk, "presenter_id", "Người trình bày", _PERSON),
                value_column(AgendaItem, "planned_minutes", "Phút", _MINUTES),
                LineColumn(name="clock", title="Giờ", text=self._time_text, width=_CLOCK),
            ),
            (
                field(AgendaItem, "title", 0, help="Nội dung tiếp theo, rồi Enter"),
                field(AgendaItem, "presenter_id", _PERSON, help="Người trình bày"),
                field(AgendaItem, "planned_minutes", _MINUTES, help="phút"),
            ),
            empty_hint="Chương trình họp gồm các nội dung sẽ bàn, theo thứ tự.\n"
            "Gõ nội dung đầu tiên vào ô dưới đây rồi nhấn Enter.",
            trail_width=_CLOCK,
            parent=parent,
        )
        self.table.setToolTip("Kéo một dòng để đổi thứ tự, hoặc Alt+↑, Alt+↓")

    def sum_text(self) -> str:
        """Return the planned minutes, when the agenda would end, and by how much that misses the planned end."""
        meeting, items = self.desk.meeting, self.desk.records("agenda_item")
        if meeting is None or not items:
            return ""
        taken = agenda.length(meeting, items)
        if not taken.minutes:
            return ""
        parts = [f"Tổng {taken.minutes} phút"]
        last = agenda.slots(meeting, items)[-1].ends
        starts = agenda.time_of(meeting.starts_at)
        if starts is not None and last is not None:
            parts.append(f"bắt đầu {clock(starts)}, xong khoảng {clock(last)}")
        if taken.unknown:
            parts.append(f"{taken.unknown} nội dung chưa ghi số phút")
        if taken.over > 0:
            parts.append(f"▲ quá giờ kết thúc {meeting.ends_at} là {taken.over} phút")
        elif taken.planned is not None and not taken.unknown:
            left = f"còn {-taken.over} phút" if taken.over else "vừa đủ"
            parts.append(f"{left} đến giờ kết thúc {meeting.ends_at}")
        return " · ".join(parts)

    def sum_colour(self) -> str:
        """Return the colour of what is late when the agenda is longer than the meeting."""
        meeting = self.desk.meeting
        is_over = meeting is not None and agenda.length(meeting, self.desk.records("agenda_item")).over > 0
        return theme.colours().late if is_over else ""

    @Slot()
    def _on_desk_renewed(self) -> None:
        meeting, items = self.desk.meeting, self.desk.records("agenda_item")
        slots = agenda.slots(meeting, items) if meeting is not None else ()
        self._times = {item.id: slot.words for item, slot in zip(items, slots, strict=False)}
        super()._on_desk_renewed()

    def _time_text(self, record: Any) -> str:
        return self._times.get(record.id, "")

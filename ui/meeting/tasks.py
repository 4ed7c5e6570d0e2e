"""Việc phải làm: who does what by when, what is late, and what the meeting before has left to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Value
from kc_desktop.domain.meeting import TASK_STATES, Task
from kc_desktop.services import follow_up
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.line_model import Heading, LineColumn
from ui.meeting.sheet import Sheet, field, person_column, value_column

_PERSON, _DATE, _STATE, _RESULT = 19, 13, 19, 18
_STATES = dict(TASK_STATES)


class TaskSheet(Sheet):
    """What the meeting asks people to do, under what was carried over from the meeting before."""

    lives_on = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Task,
            (
                value_column(Task, "body"),
                person_column(desk, "owner_id", "Người làm", _PERSON),
                LineColumn(name="due_on", title="Hạn", text=_due_text, width=_DATE, ink=late_ink),
                LineColumn(name="state", title="Tình trạng", text=_state_text, width=_STATE),
                value_column(Task, "result", width=_RESULT),
            ),
            (
                field(Task, "body", 0, help="Việc tiếp theo, rồi Enter"),
                field(Task, "owner_id", _PERSON, help="Người làm"),
                field(Task, "due_on", _DATE, help="hạn"),
                field(Task, "state", _STATE),
                field(Task, "result", _RESULT, help="Kết quả"),
            ),
            heading="Việc phải làm",
            empty_hint="Chưa giao việc nào.",
            parent=parent,
        )
        self.table.mark_words = "Đã xong, chưa xong"
        self.table.markWanted.connect(self._on_table_mark_wanted)
        self.carry_button = QPushButton("+ Việc kỳ trước", self)
        self.carry_button.setAutoDefault(False)
        self.carry_button.clicked.connect(self._on_carry_button_clicked)
        self.carry_button.hide()
        self._offers.addWidget(self.carry_button)

    # --- for Sheet

    def rows(self) -> Sequence[Any]:
        """Return what was carried over first, each kind under its heading once there are both."""
        tasks = self.desk.records("task")
        carried = [each for each in tasks if each.carried_from_id]
        own = [each for each in tasks if not each.carried_from_id]
        if not carried:
            return own
        return [Heading("Việc kỳ trước"), *carried, *([Heading("Việc mới")] if own else []), *own]

    def add(self, values: dict[str, Value]) -> Any:
        """Keep a new task; one that is done already was done today."""
        return self.desk.act(partial(follow_up.save_task, self.desk.workspace, self.new_record(values), date.today()))

    def keep(self, record: Any) -> Any:
        """Keep a task, its state with those it was carried from and to."""
        deed = partial(follow_up.save_task, self.desk.workspace, record, date.today())
        return self.desk.act(deed, is_living=True)

    def move_step(self, record: Any, step: int) -> int:
        """Move among the tasks of the same heading."""
        tasks = self.desk.records("task")
        group = [
            place for place, each in enumerate(tasks) if bool(each.carried_from_id) == bool(record.carried_from_id)
        ]
        here = next(place for place in group if tasks[place].id == record.id)
        return group[min(max(group.index(here) + step, 0), len(group) - 1)] - here

    def sum_text(self) -> str:
        """Return how many tasks are still open and how many of them are late."""
        tasks = self.desk.records("task")
        if not tasks:
            return ""
        text = f"{sum(each.state == 'open' for each in tasks)} việc đang làm trong {len(tasks)} việc"
        late = self._late()
        return f"{text} · ▲ {late} việc quá hạn" if late else text

    def sum_colour(self) -> str:
        """Return the colour of what is late."""
        return theme.colours().late if self._late() else ""

    # --- slots

    @Slot()
    def _on_desk_renewed(self) -> None:
        super()._on_desk_renewed()
        before = follow_up.previous(self.desk.workspace, self.desk.meeting_id) if self.desk.is_editable else None
        is_offered = before is not None and bool(before.tasks)
        self.carry_button.setVisible(is_offered)
        if before is not None and is_offered:
            day = format_date(before.meeting.held_on) if before.meeting.held_on else ""
            self.carry_button.setText(f"+ Việc kỳ trước ({len(before.tasks)})")
            self.carry_button.setToolTip(
                f"Chuyển {len(before.tasks)} việc chưa xong của cuộc họp {day} sang cuộc họp này"
            )
            self._head.show()

    @Slot()
    def _on_carry_button_clicked(self) -> None:
        """Carry the tasks over and put the cursor on the first of them: Space marks it."""
        self.desk.try_act(partial(follow_up.carry, self.desk.workspace, self.desk.meeting_id))
        self.table.setFocus()
        first = self.table.lines.nearest_record(0)
        if first is not None:
            self.table.select_record(first.id)

    @Slot(object)
    def _on_table_mark_wanted(self, records: tuple[Task, ...]) -> None:
        state = "open" if all(each.state == "done" for each in records) else "done"
        ids = [each.id for each in records]
        deed = partial(follow_up.set_state, self.desk.workspace, ids, state, date.today())
        self.desk.try_act(deed, is_living=True)

    # --- private

    def _late(self) -> int:
        today = date.today()
        return sum(follow_up.is_late(each, today) for each in self.desk.records("task"))


def late_ink(record: Any) -> str:
    """Return the colour of what is late for a task or petition whose day has passed."""
    return theme.colours().late if follow_up.is_late(record, date.today()) else ""


def _due_text(record: Task) -> str:
    if record.due_on is None:
        return ""
    return f"{'▲ ' if follow_up.is_late(record, date.today()) else ''}{format_date(record.due_on)}"


def _state_text(record: Task) -> str:
    words = _STATES.get(record.state, record.state)
    return f"✓ {words} {format_date(record.done_on)}" if record.state == "done" and record.done_on else words

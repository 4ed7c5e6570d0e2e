"""Kết luận và kiến nghị: what was decided, who does what by when, and what was asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.meeting import Conclusion, Petition, Task
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.sheet import Sheet, field, person_column, value_column

_PERSON, _DATE, _STATE = 22, 16, 14


class ConclusionSheet(Sheet):
    """The numbered conclusions."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Conclusion,
            (value_column(Conclusion, "body"),),
            (field(Conclusion, "body", 0, help="Kết luận tiếp theo, rồi Enter"),),
            heading="Kết luận",
            empty_hint="Chưa có kết luận. Gõ kết luận đầu tiên vào ô dưới đây rồi nhấn Enter.",
            parent=parent,
        )


class TaskSheet(Sheet):
    """What the meeting asks people to do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Task,
            (
                value_column(Task, "body"),
                person_column(desk, "owner_id", "Người làm", _PERSON),
                value_column(Task, "due_on", "Hạn", _DATE),
                value_column(Task, "state", "Tình trạng", _STATE),
            ),
            (
                field(Task, "body", 0, help="Việc tiếp theo, rồi Enter"),
                field(Task, "owner_id", _PERSON, help="Người làm"),
                field(Task, "due_on", _DATE, help="ngày/tháng"),
                field(Task, "state", _STATE),
            ),
            heading="Việc phải làm",
            empty_hint="Chưa giao việc nào.",
            parent=parent,
        )

    def sum_text(self) -> str:
        """Return how many tasks are still open."""
        tasks = self.desk.records("task")
        still_open = sum(each.state == "open" for each in tasks)
        return f"{still_open} việc đang làm trong {len(tasks)} việc" if tasks else ""


class PetitionSheet(Sheet):
    """What people asked for, and the answers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Petition,
            (
                person_column(desk, "asked_by_id", "Người kiến nghị", _PERSON),
                value_column(Petition, "body"),
                value_column(Petition, "answer"),
                person_column(desk, "answered_by_id", "Người trả lời", _PERSON),
            ),
            (
                field(Petition, "asked_by_id", _PERSON, help="Người kiến nghị"),
                field(Petition, "body", 0, help="Kiến nghị điều gì"),
                field(Petition, "answer", 0, help="Trả lời (có thể ghi sau)"),
                field(Petition, "answered_by_id", _PERSON, help="Người trả lời"),
            ),
            heading="Kiến nghị",
            empty_hint="Chưa có kiến nghị nào.",
            parent=parent,
        )

    def sum_text(self) -> str:
        """Return how many petitions wait for an answer."""
        petitions = self.desk.records("petition")
        waiting = sum(not each.answer for each in petitions)
        return f"{waiting} kiến nghị chưa trả lời" if waiting else ""


class OutcomeSection(QWidget):
    """The three lists below each other; the splitter between them moves."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conclusions = ConclusionSheet(desk, self)
        self.tasks = TaskSheet(desk, self)
        self.petitions = PetitionSheet(desk, self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(theme.step(self, 3))
        for each in (self.conclusions, self.tasks, self.petitions):
            each.composer.set_low()
            self.splitter.addWidget(each)
        scroll = QScrollArea(self)  # on a low screen the three lists keep three rows each and the page scrolls
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.splitter)
        scroll.viewport().setAutoFillBackground(False)
        self.splitter.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

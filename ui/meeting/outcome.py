"""Kết luận và kiến nghị: what was decided, who does what by when, and what was asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.meeting import Conclusion
from ui import theme
from ui.meeting.desk import Desk
from ui.meeting.petitions import PetitionSheet
from ui.meeting.sheet import Sheet, field, person_column, value_column
from ui.meeting.tasks import TaskSheet

_PERSON = 22


class ConclusionSheet(Sheet):
    """The numbered conclusions."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            Conclusion,
            (value_column(Conclusion, "body"), person_column(desk, "owner_id", "Người thực hiện", _PERSON)),
            (
                field(Conclusion, "body", 0, help="Kết luận tiếp theo, rồi Enter"),
                field(Conclusion, "owner_id", _PERSON, help="Người thực hiện"),
            ),
            heading="Kết luận",
            empty_hint="Chưa có kết luận. Gõ kết luận đầu tiên vào ô dưới đây rồi nhấn Enter.",
            parent=parent,
        )


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

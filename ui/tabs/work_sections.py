"""What a collaborator did in a year, and the meetings and trainings they came to: parts of a form."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kc_desktop.domain.collaborator_work import EvaluatedYear, Participation, YearWork, months_words
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Record
from kc_desktop.domain.people import AppointmentMember, Person
from kc_desktop.services import collaborator_work
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.widgets.record_form import Section


def work_words(work: YearWork) -> str:
    """Say what somebody did in a year, a line each."""
    missing = f", còn thiếu tháng {months_words(work.missing_months)}" if work.missing_months else ""
    return "\n".join(
        (
            f"Báo cáo: đã nhận {work.reports_received}/{work.reports_owed}{missing}",
            f"Nhu cầu ghi nhận: {work.leads}, thành đề án: {work.projects}",
            f"Họp, tập huấn: dự {work.meetings_come}, được mời {work.meetings_asked}; "
            f"trong đó tập huấn dự {work.trainings_come}",
        )
    )


def participation_words(each: Participation) -> str:
    """Say how somebody took part in a meeting: "13/04/2023 · có mặt · Họp tổng kết …"."""
    day = format_date(each.held_on) if each.held_on else ""
    return " · ".join(part for part in (day, each.words, each.title) if part)


class WorkSection(Section):
    """A collaborator's year in figures, and the meetings behind them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = _label(self)

    def show_year(self, given: EvaluatedYear | None) -> None:
        """Show a year that was counted already."""
        if given is None:
            self.words.setText("Chưa có gì để đếm trong năm này.")
            return
        lines = [work_words(given.work)]
        lines += [participation_words(each) for each in given.work.participations]
        self.words.setText("\n".join(lines))


class MeetingsSection(Section):
    """The meetings and trainings a person was asked to or came to, the newest first."""

    _MOST: Final = 12

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._record: Record | None = None
        self.words = _label(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Read again: attendance may have been taken meanwhile."""
        super().showEvent(event)
        self.load(self._record)

    def load(self, record: Record | None) -> None:
        """List the meetings of a person, or of the person a membership is of."""
        self._record = record
        person_id = record.person_id if isinstance(record, AppointmentMember) else 0
        if isinstance(record, Person):
            person_id = record.id
        found = collaborator_work.participations(self._workspace, person_id) if person_id else ()
        if not found:
            self.words.setText("Chưa có trong thành phần cuộc họp nào đã họp.")
            return
        come = sum(1 for each in found if each.has_come)
        asked = sum(1 for each in found if each.is_asked)
        trainings = sum(1 for each in found if each.has_come and each.is_training)
        lines = [f"Dự {come}, được mời {asked}; trong đó tập huấn dự {trainings}"]
        lines += [participation_words(each) for each in found[: self._MOST]]
        if len(found) > self._MOST:
            lines.append(f"… và {len(found) - self._MOST} cuộc họp trước đó")
        self.words.setText("\n".join(lines))


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box = QVBoxLayout(parent)
    box.setContentsMargins(0, 0, 0, theme.step(parent, 2))
    box.addWidget(label)
    return label

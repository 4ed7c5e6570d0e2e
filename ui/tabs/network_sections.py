"""What stands under the fields of the network's forms: terms, communes, members, what a place holds, who takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record
from kc_desktop.domain.people import COLLABORATOR_LEVELS, AdminUnit, AppointmentMember
from kc_desktop.domain.project import Project
from kc_desktop.services import network
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.widgets.links import LinksSection, plain
from ui.widgets.record_form import Section
from ui.widgets.small_table import SmallTableSection

_MOST_LINKS = 30


class TermsSection(LinksSection):
    """Every term of the person, the newest first; each opens its decision."""

    def load(self, record: Record | None) -> None:
        """List the terms of a member's person, or of a person."""
        person_id = record.person_id if isinstance(record, AppointmentMember) else record.id if record else 0
        found = network.terms_of(self._workspace, person_id) if person_id else ()
        self.words.setText("<br>".join(self._line(each) for each in found) or "Chưa có nhiệm kỳ cộng tác viên nào.")

    def _line(self, term: network.Term) -> str:
        is_decided = term.appointment.state == "decided"
        decision = (term.appointment.number or "chưa có số") if is_decided else "danh sách đang đề nghị"
        first = format_date(term.first_day) if term.first_day else "……"
        last = format_date(term.last_day) if term.last_day else "nay"
        parts = [
            f"{first} – {last}",
            self.link("appointments", term.appointment.id, decision),
            plain(_level_name(term.member)),
            plain(term.area),
            plain(term.member.end_reason),
        ]
        return " · ".join(part for part in parts if part)


def _level_name(member: AppointmentMember) -> str:
    return dict(COLLABORATOR_LEVELS).get(member.level, "")


class CommunesSection(SmallTableSection):
    """The communes a member looks after, each once."""

    def problem(self) -> str:
        """Say which commune stands there twice, too."""
        said = super().problem()
        if said:
            return said
        seen: set[int] = set()
        for line in self.model.lines:
            commune_id = line.record.commune_id
            if commune_id in seen:
                return f"{self._workspace.title_of('admin_unit', commune_id)} có hai lần: bỏ một dòng."
            seen.add(commune_id)
        return ""


class MembersSection(SmallTableSection):
    """The members of a decision, with what each looks after and how many there are by level."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        self._places: Mapping[int, tuple[AdminUnit, ...]] = {}
        table = SmallTable(
            cls=AppointmentMember,
            parent_link="appointment_id",
            columns=("person_id", "level", "role", "area", "ended_on"),
            extra=(("Xã, phường", self._communes),),
            is_pasted=False,
        )
        super().__init__(workspace, table, parent)
        self.counts = QLabel(self)
        self.counts.setWordWrap(True)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(0, self.counts)
        for changed in (self.model.edited, self.model.modelReset):
            changed.connect(self._tell)
        self._tell()

    def load(self, record: Record | None) -> None:
        """Show the members of a decision."""
        members = self._workspace.children(AppointmentMember, appointment_id=record.id) if record and record.id else ()
        self._places = network.areas(self._workspace, [each.id for each in members])
        super().load(record)

    def _communes(self, member: AppointmentMember) -> str:
        return ", ".join(each.name for each in self._places.get(member.id, ()))

    @Slot()
    def _tell(self) -> None:
        levels = [line.record.level for line in self.model.lines]
        parts = [f"{label} {number}" for _, label, number in network.level_counts(levels)]
        self.counts.setText(f"{' · '.join(parts)} · cộng {len(levels)} người")


class PlaceSection(LinksSection):
    """The projects and establishments of a place; each opens its record."""

    def load(self, record: Record | None) -> None:
        """List them, the projects first."""
        if not isinstance(record, AdminUnit) or not record.id:
            self.words.setText("")
            return
        projects = self._workspace.children(Project, commune_id=record.id)
        places = self._workspace.children(Establishment, commune_id=record.id)
        lines = [
            *(f"Đề án {each.year} · {self.link('projects', each.id, each.name)}" for each in projects[:_MOST_LINKS]),
            *(f"Cơ sở · {self.link('establishments', each.id, each.name)}" for each in places[:_MOST_LINKS]),
        ]
        left = max(0, len(projects) - _MOST_LINKS) + max(0, len(places) - _MOST_LINKS)
        self.words.setText("<br>".join([*lines, *([f"và {left} mục nữa"] if left else [])]))


class CoverSection(Section):
    """Gives a place to one of the collaborators of the day."""

    covered = Signal(int)
    """The id of the place that is looked after now."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._unit_id = 0
        self.on = date.today()
        self.members = QComboBox(self)
        self.members.setAccessibleName("Giao cho cộng tác viên")
        self.members.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.members.setMinimumContentsLength(28)
        self.button = QPushButton(icon("check"), "Giao", self)
        self.button.setToolTip("Ghi xã, phường này vào địa bàn của cộng tác viên")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_button_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme.step(self, 2))
        row.addWidget(self.members, 1)
        row.addWidget(self.button)
        row.addStretch(1)

    def load(self, record: Record | None) -> None:
        """Offer the collaborators of the day."""
        self._unit_id = record.id if record else 0
        held = network.held_on(self._workspace, self.on)
        self.members.clear()
        for each in held:
            self.members.addItem(f"{self._workspace.title_of('person', each.person_id)} – {_level_name(each)}", each.id)
        if not held:
            self.members.addItem(f"Không có cộng tác viên nào còn nhiệm kỳ ngày {format_date(self.on)}", 0)
        self.button.setEnabled(bool(held) and bool(self._unit_id) and not self._workspace.is_read_only)

    @Slot()
    def _on_button_clicked(self) -> None:
        member_id = int(self.members.currentData() or 0)
        if member_id and self._unit_id:
            network.cover(self._workspace, member_id, self._unit_id)
            self.covered.emit(self._unit_id)

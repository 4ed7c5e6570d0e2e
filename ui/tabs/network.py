"""The network's lists: collaborators with their terms and places, decisions with their members, places with nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record, Value
from kc_desktop.domain.people import COLLABORATOR_LEVELS, AdminUnit, Appointment, AppointmentMember, MemberArea
from kc_desktop.domain.project import Project
from kc_desktop.services import network
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs.base import Verb
from ui.tabs.record_tab import RecordTab
from ui.tabs.work_sections import MeetingsSection
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm, Section
from ui.widgets.small_table import SmallTableSection

_Index = QModelIndex | QPersistentModelIndex
_TERMS = frozenset({"appointment", "appointment_member", "member_area", "body_name"})
"""Tables a term or an area rests on."""
_MOST_LINKS = 30


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class LinksSection(Section):
    """Lines with links into other lists."""

    wanted = Signal(str, object)
    """(list key, ListRequest): the record a link leads to."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.words.linkActivated.connect(self._on_link_activated)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, theme.step(self, 2))
        box.addWidget(self.words)

    def link(self, key: str, record_id: int, words: str) -> str:
        """Return a link to a record of a list."""
        return f"<a href='{key}:{record_id}'>{_plain(words)}</a>"

    @Slot(str)
    def _on_link_activated(self, link: str) -> None:
        key, _, record_id = link.partition(":")
        self.wanted.emit(key, ListRequest(filters=(("id", int(record_id)),)))


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
            _plain(_level_name(term.member)),
            _plain(term.area),
            _plain(term.member.end_reason),
        ]
        return " · ".join(part for part in parts if part)


def _level_name(member: AppointmentMember) -> str:
    return dict(COLLABORATOR_LEVELS).get(member.level, "")


class TermDelegate(QStyledItemDelegate):
    """Writes the end of a term; one that ends soon has a sign and a colour, one that is over stands back."""

    def __init__(self, tab: MembersTab) -> None:
        super().__init__(tab)
        self._tab = tab

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Put the sign before the day."""
        super().initStyleOption(option, index)
        mark = self._tab.term_mark(index.row())
        if not mark or not option.text:
            return
        option.text = f"{mark} {option.text}"
        colours = theme.colours()
        role, group = QPalette.ColorRole.Text, QPalette.ColorGroup.All
        soft = option.palette.color(QPalette.ColorRole.PlaceholderText)
        option.palette.setColor(group, role, QColor(colours.late) if mark == _SOON else soft)


_SOON, _OVER = "▲", "✕"


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


class MembersTab(RecordTab):
    """The collaborators of the year."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self._soon: frozenset[int] = frozenset()
        super().__init__(workspace, state, "collaborators", parent, hidden=frozenset({"ordinal"}))

    def _build_ui(self) -> None:
        super()._build_ui()
        self.soon_button = QPushButton(icon("warning"), "", self)
        self.soon_button.setToolTip(f"Xem những ai hết nhiệm kỳ trong {network.EXPIRY_DAYS} ngày tới")
        self.soon_button.clicked.connect(self._on_soon_clicked)
        self.renew_button = make_renew_button(self)
        self.renew_button.clicked.connect(self._on_renew_clicked)
        for button in (self.soon_button, self.renew_button):
            button.setAutoDefault(False)
            self.panel.add_to_head(button)
        self.panel.table.setItemDelegateForColumn(self.panel.model.section_of("until"), TermDelegate(self))
        self._find_expiring()

    def make_form(self) -> RecordForm:
        """Add the communes looked after and the terms of the person."""
        form = super().make_form()
        table = SmallTable(cls=MemberArea, parent_link="member_id", columns=("commune_id",), is_pasted=False)
        self.communes = CommunesSection(self.workspace, table, form)
        self.communes.set_title("Xã, phường phụ trách")
        form.add_section("Xã, phường phụ trách", self.communes)
        self.terms = TermsSection(self.workspace, form)
        self.terms.wanted.connect(self.requestOpen)
        form.add_section("Các nhiệm kỳ", self.terms)
        self.meetings = MeetingsSection(self.workspace, form)
        form.add_section("Họp, tập huấn", self.meetings)
        return form

    def new_values(self) -> dict[str, Value]:
        """Start with the newest decision."""
        newest = network.newest(self.workspace)
        return {"appointment_id": newest.id} if newest is not None else {}

    def concerns(self, tables: frozenset[str]) -> bool:
        """Terms rest on decisions, areas and the end of the district level."""
        return bool(tables & _TERMS) or super().concerns(tables)

    def refresh(self, tables: frozenset[str]) -> None:
        """Find whose term ends soon, too."""
        if not tables or self.concerns(tables):
            self._find_expiring()
        super().refresh(tables)

    def record_shown(self, record: Any) -> None:
        """Say over the fields that a term ends soon or is over."""
        if record is None or not record.id:
            self.form.show_notice("")
            return
        terms = network.terms_of(self.workspace, record.person_id)
        term = next((each for each in terms if each.member.id == record.id), None)
        self.form.show_notice(self._notice_of(term) if term is not None else "")

    def _notice_of(self, term: network.Term) -> str:
        last, today = term.last_day, date.today()
        if last is None or term.appointment.state != "decided":
            return ""
        if term.member.id in self._soon:
            left = (last - today).days
            when = f"sau {left} ngày" if left else "hôm nay"
            return f"{_SOON} Hết nhiệm kỳ {when}, {format_date(last)}. Bấm Tái bổ nhiệm để lập tiếp."
        if term.first_day is not None and last < term.first_day:
            return (
                f"{_SOON} Nhiệm kỳ hết ngày {format_date(last)}, trước khi quyết định có hiệu lực: xem lại cấp, ngày."
            )
        return f"{_OVER} Đã hết nhiệm kỳ ngày {format_date(last)}." if last < today else ""

    def term_mark(self, row: int) -> str:
        """Return the sign before the end of a row's term: one for soon, one for over, "" for neither."""
        if self.panel.model.id_at(row) in self._soon:
            return _SOON
        until = self.panel.model.value_at(row, "until")
        return _OVER if isinstance(until, date) and until < date.today() else ""

    @Slot()
    def _on_soon_clicked(self) -> None:
        self.open_request(self.key, network.expiring_request(date.today()))

    @Slot()
    def _on_renew_clicked(self) -> None:
        if self._may_leave_record():
            renew(self)

    @Slot(object)
    def on_renewed(self, made: Any) -> None:
        """Show the proposed list."""
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit("Đã lập danh sách đề nghị.")
        self.requestOpen.emit("appointments", ListRequest(filters=(("id", made.id),)))

    def _find_expiring(self) -> None:
        found = network.expiring(self.workspace, date.today())
        self._soon = frozenset(each.member.id for each in found)
        self.soon_button.setText(f"Sắp hết hạn ({len(found)})")
        self.soon_button.setVisible(bool(found))


def make_renew_button(tab: RecordTab) -> QPushButton:
    """Make the button that opens Tái bổ nhiệm."""
    button = QPushButton(icon("reload"), "Tái bổ nhiệm…", tab)
    button.setToolTip("Lập danh sách cộng tác viên năm mới: ai ở lại, ai tham gia")
    button.setEnabled(not tab.workspace.is_read_only)
    button.setAutoDefault(False)
    return button


def renew(tab: MembersTab | AppointmentsTab) -> None:
    """Open Tái bổ nhiệm over a tab, which is told of the list that was made."""
    from ui.dialogs.reappoint import ReappointDialog

    dialog = ReappointDialog(tab.workspace, tab)
    dialog.made.connect(tab.on_renewed)
    dialog.exec()
    dialog.deleteLater()


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


class AppointmentsTab(RecordTab):
    """The decisions, each with its members; a proposed list waits here for its decision."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(workspace, state, "appointments", parent)

    def _build_ui(self) -> None:
        super()._build_ui()
        self.renew_button = make_renew_button(self)
        self.renew_button.clicked.connect(self._on_renew_clicked)
        self.panel.add_to_head(self.renew_button)
        self.panel.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.panel.table.customContextMenuRequested.connect(self._on_row_menu)

    def make_form(self) -> RecordForm:
        """Add the members, and what is done with the list: printing it, writing its decision."""
        form = super().make_form()
        self.members = MembersSection(self.workspace, form)
        self.members.set_title("Danh sách cộng tác viên")
        form.add_section("Danh sách cộng tác viên", self.members)
        self.decide_button = QPushButton(icon("check"), "Ghi quyết định…", form)
        self.decide_button.setToolTip("Ghi số, ngày, thời hạn của quyết định: danh sách có hiệu lực")
        self.print_button = QPushButton(icon("print"), "In…", form)
        self.print_button.setToolTip("In tờ trình, danh sách, danh bạ (Ctrl+P)")
        for button, slot in ((self.print_button, self.print_), (self.decide_button, self._on_decide_clicked)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            form.add_to_head(button)
        form.editingChanged.connect(self._on_editing_changed)
        return form

    def has_papers(self) -> bool:
        """A list is printed as the submission, the decision's annex and the directory."""
        return True

    def concerns(self, tables: frozenset[str]) -> bool:
        """The members stand in the form."""
        return bool(tables & (_TERMS | {"person"})) or super().concerns(tables)

    def record_shown(self, record: Any) -> None:
        """Offer what can be done with the list on show."""
        is_kept = record is not None and bool(record.id)
        is_idle = is_kept and not self.form.is_editing()
        self.print_button.setVisible(is_idle)
        self.decide_button.setVisible(is_idle and record.state == "proposed" and not self.workspace.is_read_only)
        is_proposed = is_kept and record.state == "proposed"
        self.form.show_notice("Danh sách đang đề nghị: có quyết định thì bấm Ghi quyết định." if is_proposed else "")

    @Slot()
    def print_(self) -> None:
        """Offer the papers of the list."""
        super().print_()

    @Slot(bool)
    def _on_editing_changed(self, _is_editing: bool) -> None:
        self.record_shown(self.form.record)

    @Slot(QPoint)
    def _on_row_menu(self, place: QPoint) -> None:
        index = self.panel.table.indexAt(place)
        if not index.isValid() or self.form.is_editing():
            return
        from PySide6.QtWidgets import QMenu

        from kc_desktop.services import papers
        from ui.widgets.paper_menu import add_papers

        menu = QMenu(self)
        add_papers(menu, papers.kinds_for(self.key), self.panel.model.id_at(index.row()))
        menu.triggered.connect(self._on_paper_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.panel.table.viewport().mapToGlobal(place))

    @Slot()
    def _on_renew_clicked(self) -> None:
        if self._may_leave_record():
            renew(self)

    @Slot(object)
    def on_renewed(self, made: Any) -> None:
        """Show the proposed list."""
        self._told(made, "Đã lập danh sách đề nghị.")

    @Slot()
    def _on_decide_clicked(self) -> None:
        record = self.form.record
        if not isinstance(record, Appointment) or self.form.is_editing():
            return
        from ui.dialogs.appointment_decision import AppointmentDecisionDialog

        dialog = AppointmentDecisionDialog(self.workspace, record, self)
        dialog.decided.connect(self._on_decided)
        dialog.exec()
        dialog.deleteLater()

    @Slot(object)
    def _on_decided(self, decided: Any) -> None:
        self._told(decided, f"Đã ghi Quyết định {decided.number}.")

    def _told(self, record: Any, words: str) -> None:
        self.panel.refresh()
        self.open_record(self.key, record.id)
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(words)


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


class CoverageTab(RecordTab):
    """The places with projects or establishments that nobody looks after on the last day of the year worked on."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        hidden = frozenset({"code", "parent_code", "successor_code"})
        super().__init__(workspace, state, "uncovered", parent, hidden=hidden)
        self._look_on(date.today())

    def _build_ui(self) -> None:
        super()._build_ui()
        self.add_button.hide()
        self.day_label = QLabel(self)
        self.day_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.panel.add_to_head(self.day_label)

    def make_form(self) -> RecordForm:
        """Show what is there and who could look after it."""
        form = super().make_form()
        self.place = PlaceSection(self.workspace, form)
        self.place.wanted.connect(self.requestOpen)
        form.add_section("Đề án, cơ sở ở đây", self.place)
        self.cover = CoverSection(self.workspace, form)
        self.cover.covered.connect(self._on_covered)
        form.add_section("Giao cho cộng tác viên", self.cover)
        return form

    def set_year(self, year: int) -> None:
        """Look at the last day of a past year, at today in the present one."""
        today = date.today()
        self._look_on(date(year, 12, 31) if year and year < today.year else today)
        super().set_year(year)

    def open_request(self, key: str, request: ListRequest) -> None:
        """Look at the day a request names."""
        day = dict(request.filters).get("uncovered_on")
        if isinstance(day, str):
            self._look_on(date.fromisoformat(day))
        super().open_request(key, request)

    def concerns(self, tables: frozenset[str]) -> bool:
        """What is uncovered rests on terms, areas, projects and establishments."""
        return bool(tables & (_TERMS | {"project", "establishment"})) or super().concerns(tables)

    def can(self, verb: Verb) -> bool:
        """Places are added and deleted in the list of administrative units."""
        return verb not in (Verb.NEW, Verb.REMOVE) and super().can(verb)

    @Slot()
    def new(self) -> None:
        """Add nothing here."""

    def _look_on(self, day: date) -> None:
        self.cover.on = day
        self.day_label.setText(f"Ngày {format_date(day)}")
        self.panel.set_standing_filters((("uncovered_on", day.isoformat()),))

    @Slot(int)
    def _on_covered(self, _unit_id: int) -> None:
        self.panel.refresh()
        self._show_something()
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit("Đã giao xã, phường cho cộng tác viên.")

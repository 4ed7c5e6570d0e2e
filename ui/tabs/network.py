"""The network's lists: collaborators with their terms and places, decisions with their members."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Value
from kc_desktop.domain.people import Appointment, MemberArea
from kc_desktop.services import network
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.models.small_rows import SmallTable
from ui.tabs.network_sections import CommunesSection, MembersSection, TermsSection
from ui.tabs.record_tab import RecordTab
from ui.tabs.work_sections import MeetingsSection
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm

_SOON, _OVER = "▲", "✕"


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
        return bool(tables & network.TERM_TABLES) or super().concerns(tables)

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

    @Slot(str)
    def take_first_step(self, _target: str) -> None:
        """Open Tái bổ nhiệm."""
        self._on_renew_clicked()

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
        return bool(tables & (network.TERM_TABLES | {"person"})) or super().concerns(tables)

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
        dialog.acted.connect(self._on_decided)
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

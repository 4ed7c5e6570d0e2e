"""Cộng tác viên: who belongs to the network by which decision, and the one directory of people."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.services.workspace import Workspace
from ui.tabs.group import GroupTab, Part
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState


class CollaboratorsTab(GroupTab):
    """Cộng tác viên | Danh bạ | Quyết định công nhận | Báo cáo | Thù lao."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        parts = (
            Part("collaborators", "Cộng tác viên", _members),
            Part("people", "Danh bạ", _people),
            Part("appointments", "Quyết định công nhận", _appointments),
            Part("uncovered", "Độ phủ địa bàn", _uncovered),
            Part("reports", "Báo cáo", _reports),
            Part("leads", "Nhu cầu", _leads),
            Part("evaluations", "Đánh giá", _evaluations),
            Part("remuneration-lists", "Thù lao", _pay),
        )
        super().__init__(workspace, state, "collaborators", parts, parent)


def _members(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.network import MembersTab

    return MembersTab(workspace, state, parent)


def _people(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.directory import PeopleTab
    from ui.tabs.network_sections import TermsSection
    from ui.tabs.work_sections import MeetingsSection

    tab = PeopleTab(workspace, state, parent)
    terms = TermsSection(workspace, tab.form)
    terms.wanted.connect(tab.requestOpen)
    tab.form.add_section("Nhiệm kỳ cộng tác viên", terms)
    tab.form.add_section("Họp, tập huấn", MeetingsSection(workspace, tab.form))
    return tab


def _appointments(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.network import AppointmentsTab

    return AppointmentsTab(workspace, state, parent)


def _uncovered(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.coverage import CoverageTab

    return CoverageTab(workspace, state, parent)


def _pay(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.remuneration import RemunerationTab

    return RemunerationTab(workspace, state, parent)


def _reports(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.report_matrix import ReportMatrixTab

    return ReportMatrixTab(workspace, state, parent)


def _leads(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.leads import LeadsTab

    return LeadsTab(workspace, state, parent)


def _evaluations(workspace: Workspace, state: ViewState, parent: QWidget) -> RecordTab:
    from ui.tabs.evaluations import EvaluationsTab

    return EvaluationsTab(workspace, state, parent)

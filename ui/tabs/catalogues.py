"""The pages of Danh mục: which tab shows which list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kc_desktop.services.lists import LAW_LISTS, LISTS
from kc_desktop.services.workspace import Workspace
from ui.menus import LAW_TITLE
from ui.tabs.base import Tab
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState

LAW = "law"
"""The page that holds all lists of law."""


def page_of(key: str) -> str:
    """Return the page of Danh mục a list stands on: its own, or the one of the law."""
    return LAW if key in LAW_LISTS else key


def title_of(page: str) -> str:
    """Return the title of a page of Danh mục."""
    return LAW_TITLE if page == LAW else LISTS[page].title


def catalogue(workspace: Workspace, state: ViewState, key: str, parent: QWidget) -> Tab:
    """Make the page of a list of Danh mục."""
    if key == LAW:
        from ui.tabs.law import LawTab

        return LawTab(workspace, state, parent)
    if key == "people":
        from ui.tabs.directory import PeopleTab

        return PeopleTab(workspace, state, parent)
    if key == "disclosures":
        from ui.tabs.directory import DisclosureTab

        return DisclosureTab(workspace, state, parent)
    if key == "establishments":
        from ui.tabs.establishments import EstablishmentTab

        return EstablishmentTab(workspace, state, parent)
    if key == "admin-units":
        from ui.tabs.admin_units import AdminUnitTab

        return AdminUnitTab(workspace, state, parent)
    if key == "register":
        from ui.tabs.register import RegisterTab

        return RegisterTab(workspace, state, parent)
    if key == "office-forms":
        from ui.tabs.office_forms import OfficeFormsTab

        return OfficeFormsTab(workspace, state, parent)
    return RecordTab(workspace, state, key, parent)

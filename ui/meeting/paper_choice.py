"""Which papers the button In offers for a meeting: its minutes first, and none that it has nothing for."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from kc_desktop.services import finalising, papers
from kc_desktop.services.meetings import PartCounts
from ui.icons import icon
from ui.meeting.desk import Desk
from ui.widgets import paper_menu


def fill(menu: QMenu, desk: Desk, counts: PartCounts) -> None:
    """Fill the menu for the meeting on the desk; empty when there is none."""
    paper_menu.empty(menu)
    if desk.meeting is None:
        return
    first = first_paper(desk)
    needed = {
        "minutes-excerpt": counts.decisions,
        "agenda-excerpt": desk.records("agenda_item"),
        "working-minutes": counts.parties or first == "working-minutes",
    }
    menu.addAction(icon("print"), f"In {papers.name_of(first)}").setData((first, desk.meeting.id))
    others = [each for each in papers.kinds_for("meetings") if needed.get(each.key, True) and each.key != first]
    paper_menu.add_papers(menu, others, desk.meeting.id)


def first_paper(desk: Desk) -> str:
    """Return the kind of minutes the meeting has, "" when there is none."""
    return finalising.minutes_kind(desk.meeting) if desk.meeting is not None else ""

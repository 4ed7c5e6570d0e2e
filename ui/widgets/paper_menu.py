"""Papers in a menu: kinds by the step they belong to, with the periods, or the one for all and one each, beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu

from kc_desktop.domain.fields import describe
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from ui.icons import icon

FOR_EACH = ":*"
"""Behind a kind's key: its papers for every recipient or item, chosen from a list. No paper's own key ends so."""
ANY_DAYS = ":?"
"""Behind a kind's key: its paper of days of the year that are asked for. No paper's own key ends so."""
SEVERAL_YEARS = ":??"
"""Behind a kind's key: its paper of several years that are asked for."""
_OF_MONTHS = ":m"
_MONTHS = "Số tháng khác"
"""The inner menu of the reports that are asked for now and then: so many months from the beginning of the year."""


def add_papers(menu: QMenu, kinds: Sequence[papers.PaperKind], record_id: int) -> None:
    """Add an action for each paper of a record; its data are the paper's key and the record's id."""
    step = ""
    for kind in kinds:
        if kind.step != step:
            step = kind.step
            menu.addSection(step)
        keys = papers.by_period(kind)
        if kind.each:
            keys = ((kind.key, "Chung cho tất cả"), (f"{kind.key}{FOR_EACH}", f"Từng {kind.each}…"))
        words = f"In {kind.name}"
        target = whole = menu if len(keys) == 1 else menu.addMenu(icon("print"), words)
        for key, period in keys:
            if _OF_MONTHS in key and (target is menu or target.title() != _MONTHS):
                target = target.addMenu(icon("print"), _MONTHS)
            action = target.addAction(icon("print"), words if target is menu else period[:1].upper() + period[1:])
            action.setData((key, record_id))
        if kind.by_days:
            whole.addAction(icon("print"), "Kỳ khác…").setData((f"{kind.key}{ANY_DAYS}", record_id))
            whole.addAction(icon("print"), "Nhiều năm…").setData((f"{kind.key}{SEVERAL_YEARS}", record_id))


def empty(menu: QMenu) -> None:
    """Take everything out of a menu; `clear` alone would keep the menus in it."""
    for inner in menu.findChildren(QMenu):
        inner.deleteLater()
    menu.clear()


def add_plan_papers(menu: QMenu, workspace: Workspace, year: int) -> None:
    """Add the papers of a year's plans, each plan's in a menu of its own where there are several; else what to do."""
    plans = workspace.children(AnnualPlan, year=year) if year else ()
    if not plans:
        lacking = f"Chưa có kế hoạch khuyến công năm {year}: thêm ở Danh mục"
        menu.addAction(lacking if year else "Chọn năm để in giấy tờ của năm").setEnabled(False)
        return
    source = describe(AnnualPlan).field("source")
    menu.addSection(f"Kế hoạch năm {year}")
    for plan in plans:
        target = menu if len(plans) == 1 else menu.addMenu(source.choice_label(plan.source))
        add_papers(target, papers.kinds_for("plans"), plan.id)

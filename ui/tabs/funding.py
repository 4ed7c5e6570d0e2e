"""Kinh phí: the ledger with what each source has left, and its views: balances, months, the treasury's statement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Value
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Project
from kc_desktop.services import funding, lists, locks
from kc_desktop.services.workspace import Workspace
from ui import theme
from ui.icons import icon
from ui.money_unit import MoneyUnit
from ui.tabs.base import Verb
from ui.tabs.funding_strip import BalanceStrip, QuarterStrip
from ui.tabs.record_tab import RecordTab
from ui.view_state import ViewState
from ui.widgets.record_form import RecordForm
from ui.widgets.scrolled import Scrolled
from ui.widgets.switch import Switch

if TYPE_CHECKING:
    from kc_desktop.services.lists import ListRequest
    from ui.tabs.funding_view import FundingView

_LOCKED = "Bút toán đã ghi không sửa, không xóa. Nếu ghi nhầm, bấm Đảo bút toán rồi ghi lại cho đúng."
_LEDGER, _BALANCE, _MONTHS, _STATEMENTS = "ledger", "balance", "months", "statements"
_PARTS = (
    (_LEDGER, "Sổ kinh phí"),
    (_BALANCE, "Cân đối"),
    (_MONTHS, "Theo tháng"),
    (_STATEMENTS, "Đối chiếu kho bạc"),
)
_UNIT_SETTING = "tabs/funding/unit"
_PART_SETTING = "tabs/funding/part"
_UNITS = tuple((each.value, each.label) for each in MoneyUnit)


class FundingTab(RecordTab):
    """The ledger of the year, and what it comes to."""

    def __init__(self, workspace: Workspace, state: ViewState, parent: QWidget | None = None) -> None:
        self._views: dict[str, FundingView] = {}
        super().__init__(workspace, state, "fund-entries", parent)
        kept = state.text(_PART_SETTING)
        if kept in dict(_PARTS) and kept != _LEDGER:
            self.show_part(kept)

    def _build_ui(self) -> None:
        super()._build_ui()
        step = theme.step(self)
        self.parts = Switch(_PARTS, self, keys=True)
        self.parts.set_current(_LEDGER)
        self.units = Switch(_UNITS, self)
        kept = self.state.text(_UNIT_SETTING)
        self.units.set_current(kept if kept in set(MoneyUnit) else MoneyUnit.DONG.value)
        self.units.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # the parts give way first
        head = QHBoxLayout()
        head.addWidget(self.parts, 1)
        head.addWidget(QLabel("Đơn vị tính:", self))
        head.addWidget(self.units)
        self.strip = BalanceStrip(self.workspace, self)
        self.quarters = QuarterStrip(self.workspace, self)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.removeWidget(self.splitter)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, step, 0, 0)
        column.setSpacing(step)
        column.addWidget(Scrolled(self.strip, page, sideways=True))
        column.addWidget(self.quarters)
        column.addWidget(self.splitter, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(page)
        outer.setContentsMargins(step * 3, step * 2, step * 3, step * 2)
        outer.setSpacing(step)
        outer.addLayout(head)
        outer.addWidget(self._stack, 1)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.parts.chosen.connect(self._on_part_chosen)
        self.units.chosen.connect(self._on_unit_chosen)
        self.strip.requestOpen.connect(self.requestOpen)
        self.strip.planWanted.connect(self._on_plan_wanted)
        self.quarters.quarterChosen.connect(self._on_quarter_chosen)

    # the part in front

    def part(self) -> str:
        """Return the key of the part in front."""
        return self.parts.current()

    def view(self) -> FundingView | None:
        """Return the view in front, None while the ledger is."""
        return self._views.get(self.part())

    def show_part(self, key: str) -> None:
        """Bring a part to the front, making it when needed."""
        self.parts.set_current(key)
        if key == _LEDGER:
            self._stack.setCurrentIndex(0)
        else:
            view = self._views.get(key) or self._make_view(key)
            self._stack.setCurrentWidget(view)
        self.verbsChanged.emit()

    def _make_view(self, key: str) -> FundingView:
        view: FundingView
        if key == _BALANCE:
            from ui.tabs.funding_balance import BalanceView

            view = BalanceView(self.workspace, self.state, self)
        elif key == _MONTHS:
            from ui.tabs.funding_months import MonthsView

            view = MonthsView(self.workspace, self.state, self)
        else:
            from ui.tabs.funding_statement import StatementView

            view = StatementView(self.workspace, self.state, self)
        view.set_unit(self._unit())
        view.set_year(self._shown_year())
        self._stack.addWidget(view)
        view.requestOpen.connect(self.requestOpen)
        view.statusMessage.connect(self.statusMessage)
        view.undoOffered.connect(self.undoOffered)
        view.requestPaper.connect(self.requestPaper)
        view.verbsChanged.connect(self.verbsChanged)
        view.dataChanged.connect(self._on_view_changed_data)
        self._views[key] = view
        return view

    def make_form(self) -> RecordForm:
        """Add the button that reverses an entry, and the words about what it reversed."""
        form = super().make_form()
        self.reverse_button = QPushButton(icon("reverse"), "Đảo bút toán…", form)
        self.reverse_button.setAutoDefault(False)
        self.reverse_button.setToolTip("Ghi một bút toán ngược lại, kèm lý do")
        self.reverse_button.clicked.connect(self._on_reverse_clicked)
        form.add_to_head(self.reverse_button)
        form.editor("project_id").changed.connect(self._on_project_chosen)
        return form

    def new_values(self) -> dict[str, Value]:
        """Start with the plan of the year and the treasury code written last; a plan's first entry gives it money."""
        plans = self.workspace.children(AnnualPlan, year=self._year) if self._year else ()
        if not plans:
            return {}
        code = funding.treasury_code(self.workspace, plans[0].id, on=date(self._year, 12, 31))
        values: dict[str, Value] = {"plan_id": plans[0].id, "treasury_code": code}
        if not funding.has_entries(self.workspace, plans[0].id):
            values |= {"kind": "allocation", "document": plans[0].decision}
        return values

    # what the window asks

    def set_year(self, year: int) -> None:
        """Show the ledger and its views of a year; for all years the balances of the newest."""
        super().set_year(year)
        self._show_balances()
        for view in self._views.values():
            view.set_year(self._shown_year())

    def refresh(self, tables: frozenset[str]) -> None:
        """Read entries and balances."""
        super().refresh(tables)
        self._show_balances()
        self._refresh_views()

    def reload(self) -> None:
        """Read entries and balances."""
        super().reload()
        self._show_balances()
        self._refresh_views()

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request in the ledger."""
        if key == self.key:
            self.show_part(_LEDGER)
        super().open_request(key, request)

    def open_record(self, key: str, record_id: int) -> None:
        """Show one entry in the ledger."""
        if key == self.key:
            self.show_part(_LEDGER)
        super().open_record(key, record_id)

    def current_record(self) -> tuple[str, int] | None:
        """Return the entry on show, None while a view is in front."""
        return super().current_record() if self.part() == _LEDGER else None

    def help_screen(self) -> str:
        """Return the name of the part in front."""
        return f"funding-{self.part()}"

    def can(self, verb: Verb) -> bool:
        """A kept entry is neither edited nor deleted; a view prints where it has a paper."""
        if verb is Verb.PRINT and self.part() != _LEDGER:
            return self._paper_of_view() is not None
        return verb not in (Verb.EDIT, Verb.REMOVE) and super().can(verb)

    def print_(self) -> None:
        """Offer the papers of the view in front."""
        found = self._paper_of_view()
        if found is None:
            super().print_()
            return
        from kc_desktop.services import papers

        key, _record_id = found
        menu = QMenu(self)
        for kind in papers.kinds_for(key):
            menu.addAction(icon("print"), f"In {kind.name}").setData(kind.key)
        menu.triggered.connect(self._on_view_paper_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(self.width() // 2, theme.step(self, 9))))

    def focus_list(self) -> None:
        """Put the cursor into the part in front."""
        view = self.view()
        if view is None:
            super().focus_list()
        else:
            view.setFocus()

    def focus_search(self) -> None:
        """Search in the ledger."""
        self.show_part(_LEDGER)
        super().focus_search()

    def remember(self) -> None:
        """Keep the part in front, the unit, and what the ledger and the views keep."""
        super().remember()
        self.state.put(_PART_SETTING, self.part())
        self.state.put(_UNIT_SETTING, self._unit().value)
        for view in self._views.values():
            view.remember()

    def record_shown(self, record: Any) -> None:
        """Lock a kept entry and say what reversed it or what it reversed."""
        is_kept = record is not None and bool(record.id)
        reversed_by = self.workspace.children(FundEntry, reverses_id=record.id) if is_kept else ()
        may = is_kept and record.kind != "reversal" and not reversed_by and not self.workspace.is_read_only
        self.reverse_button.setVisible(bool(may))
        if not is_kept:
            self.form.set_locked("")
            return
        if record.kind == "reversal":
            wrong = self.workspace.title_of("fund_entry", record.reverses_id)
            self.form.set_locked(f"Bút toán này đảo bút toán {wrong}. Lý do: {record.reason}")
        elif reversed_by:
            self.form.set_locked(f"Bút toán này đã được đảo. Lý do: {reversed_by[0].reason}")
        else:
            self.form.set_locked(_LOCKED)

    # slots

    @Slot()
    def new(self) -> None:
        """Start a new entry."""
        self.show_part(_LEDGER)
        self.reverse_button.hide()
        super().new()

    @Slot()
    def _on_plan_wanted(self) -> None:
        from kc_desktop.services.lists import ListRequest

        self.requestOpen.emit("plans", ListRequest())

    @Slot(object)
    def _on_project_chosen(self, project_id: Any) -> None:
        """Fill in what a project tells where nothing is written: its programme, its source's plan, who is paid."""
        if not self.form.is_editing() or not isinstance(project_id, int):
            return
        project = self.workspace.find(Project, project_id)
        if project is None:
            return
        from kc_desktop.services import lifecycle

        programme, payee, plan = (self.form.editor(name) for name in ("programme_id", "payee", "plan_id"))
        if programme.is_empty():
            programme.set_value(project.programme_id)
        if payee.is_empty():
            payee.set_value(lifecycle.payee_of(self.workspace, project))
        chosen = plan.value()
        kept = self.workspace.find(AnnualPlan, chosen if isinstance(chosen, int) else None)
        if kept is None or kept.source != project.source:
            own = self.workspace.children(AnnualPlan, year=kept.year if kept is not None else self._shown_year())
            fitting = next((each for each in own if each.source == project.source), None)
            if fitting is not None:
                plan.set_value(fitting.id)

    @Slot(str)
    def _on_part_chosen(self, key: str) -> None:
        self.show_part(key)
        self.focus_list()

    @Slot(str)
    def _on_unit_chosen(self, _key: str) -> None:
        self._show_balances()
        for view in self._views.values():
            view.set_unit(self._unit())

    @Slot(int)
    def _on_quarter_chosen(self, quarter: int) -> None:
        from ui.dialogs.lock import LockDialog

        state = locks.states(self.workspace, self._shown_year())[quarter - 1]
        dialog = LockDialog(self.workspace, state, self)
        dialog.acted.connect(self._on_quarter_done)
        dialog.exec()

    @Slot(object)
    def _on_quarter_done(self, words: str) -> None:
        self._show_balances()
        self.dataChanged.emit(self.workspace.last_touched)
        self.statusMessage.emit(words)

    @Slot(object)
    def _on_view_paper_chosen(self, action: Any) -> None:
        found = self._paper_of_view()
        if found is not None:
            self.requestPaper.emit(action.data(), found[1])

    @Slot(object)
    def _on_view_changed_data(self, tables: frozenset[str]) -> None:
        self.dataChanged.emit(tables)

    @Slot(object)
    def _on_form_saved(self, record: Any) -> None:
        super()._on_form_saved(record)
        self._show_balances()
        self._refresh_views()

    @Slot()
    def _on_reverse_clicked(self) -> None:
        record = self.form.record
        if record is None or self.form.is_editing():
            return
        from ui.dialogs.reverse import ReverseDialog

        dialog = ReverseDialog(self.workspace, record, self)
        dialog.acted.connect(self._on_reversed)
        dialog.exec()

    @Slot(object)
    def _on_reversed(self, entry: FundEntry) -> None:
        self.panel.refresh()
        self.panel.select(entry.id)
        self._show_record(entry.id)
        self._show_balances()
        self._refresh_views()
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã đảo bút toán {MoneyUnit.DONG.text(entry.amount_vnd)} đồng.")

    # private

    def _unit(self) -> MoneyUnit:
        return MoneyUnit(self.units.current())

    def _shown_year(self) -> int:
        """Return the year of the balances: the one chosen, for all years the newest that holds anything."""
        known = lists.years(self.workspace)
        return self._year or (known[0] if known else 0)

    def _paper_of_view(self) -> tuple[str, int] | None:
        view = self.view()
        found = view.papers_record() if view is not None else None
        if found is None:
            return None
        from kc_desktop.services import papers

        return found if papers.kinds_for(found[0]) else None

    def _show_balances(self) -> None:
        year = self._shown_year()
        self.quarters.setVisible(bool(year))
        if year:
            self.strip.show_year(year, self._unit())
            self.quarters.show_year(year)

    def _refresh_views(self) -> None:
        for view in self._views.values():
            view.refresh()

"""A list beside a form in a splitter that remembers: what most tabs and all catalogues are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from kc_desktop.domain.fields import Value, describe
from kc_desktop.errors import KnownError
from ui import theme
from ui.icons import icon
from ui.tabs.base import Tab, Verb
from ui.view_state import ViewState
from ui.widgets.list_panel import ListPanel
from ui.widgets.record_form import RecordForm

if TYPE_CHECKING:
    from kc_desktop.services.lists import ListRequest
    from kc_desktop.services.workspace import Workspace
    from ui.tabs.bulk_deeds import BulkDeeds
    from ui.widgets.form_drafts import FormDrafts
    from ui.widgets.record_steps import RecordSteps


class RecordTab(Tab):
    """The rows of one list and the record under the bar."""

    def __init__(
        self,
        workspace: Workspace,
        state: ViewState,
        key: str,
        parent: QWidget | None = None,
        *,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(workspace, state, parent)
        self.key = key
        self.panel = ListPanel(workspace, state, key, self)
        self.cls: type[Any] = self.panel.model.spec.cls
        self.table = describe(self.cls).table
        self._hidden_fields = hidden
        self._year = 0
        self._deeds: BulkDeeds | None = None
        self.steps: RecordSteps | None = None
        self.drafts: FormDrafts | None = None
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        step = theme.step(self)
        self.form = self.make_form()
        self.add_button = QPushButton(icon("add"), "Thêm", self)
        self.add_button.setToolTip(f"Thêm {self.panel.model.spec.singular} (Ctrl+N)")
        self.add_button.setEnabled(not self.workspace.is_read_only)
        self.panel.add_to_head(self.add_button)
        right = QWidget(self)
        box = QVBoxLayout(right)
        box.setContentsMargins(step * 3, 0, 0, 0)
        box.addWidget(self.form)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.panel.setMinimumWidth(step * 60)
        right.setMinimumWidth(step * 80)
        if not self.splitter.restoreState(self.state.blob(f"tabs/{self.key}/splitter")):
            self.splitter.setSizes([670, 670])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(step * 3, step * 3, step * 3, step * 2)
        outer.addWidget(self.splitter)

    def _connect_signals(self) -> None:
        self.panel.currentChanged.connect(self._on_panel_current_changed)
        self.panel.opened.connect(self._on_panel_opened)
        self.panel.newWanted.connect(self.new)
        self.panel.stepWanted.connect(self.take_first_step)
        self.panel.deedWanted.connect(self._on_deed_wanted)
        self.panel.changed.connect(self.dataChanged)
        self.panel.told.connect(self.statusMessage)
        self.panel.countChanged.connect(self.countChanged)
        self.add_button.clicked.connect(self.new)
        self.form.saved.connect(self._on_form_saved)
        self.form.message.connect(self.statusMessage)
        self.form.recordWanted.connect(self._on_form_record_wanted)
        self.form.editingChanged.connect(self._on_form_mode_changed)
        self.form.dirtyChanged.connect(self._on_form_mode_changed)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.panel.table, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    # for subclasses

    def make_form(self) -> RecordForm:
        """Make the form beside the list."""
        return RecordForm(self.workspace, self.cls, self, hidden=self._hidden_fields)

    def new_values(self) -> dict[str, Value]:
        """Return what a new record starts with."""
        names = {each.name for each in describe(self.cls).fields}
        return {"year": self._year} if "year" in names and self._year else {}

    def record_shown(self, record: Any) -> None:
        """Called after a record came into the form; None for none."""

    @Slot(str)
    def take_first_step(self, target: str) -> None:
        """Open the list in which the rows of this one begin."""
        from kc_desktop.services.lists import ListRequest

        if self._may_leave_record():
            self.requestOpen.emit(target, ListRequest(year=self._year or None))

    # what the window asks

    def help_screen(self) -> str:
        """Return the key of the list."""
        return self.key

    def list_keys(self) -> tuple[str, ...]:
        """Return the key of the list."""
        return (self.key,)

    @property
    def year(self) -> int:
        """The year on show, 0 for every year."""
        return self._year

    def set_year(self, year: int) -> None:
        """Show the rows of a year; a record being edited stays."""
        self._year = year
        self.form.set_working_year(year)
        self.panel.set_year(year)
        if not self.form.is_editing():
            self._show_something()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the rows, and the record unless it is being edited."""
        self.panel.refresh_views()
        if tables and not self.concerns(tables):
            from kc_desktop.services.list_signs import TABLES

            if tables & TABLES.get(self.key, frozenset()):
                self.panel.refresh()
            return
        self.panel.refresh()
        if not self.form.is_editing():
            self._show_something()

    def concerns(self, tables: frozenset[str]) -> bool:
        """Whether a change of these tables may show here."""
        linked = {each.target for each in describe(self.cls).fields if each.target}
        return bool(tables & (linked | {self.table}))

    def open_request(self, key: str, request: ListRequest) -> None:
        """Show the rows of a request."""
        if key == self.key and self._may_leave_record():
            self.panel.leave_view()
            self.panel.show_request(request)
            self._show_record(self.panel.select_first())

    def open_record(self, key: str, record_id: int) -> None:
        """Show one record."""
        if key == self.key and self._may_leave_record():
            self.panel.select(record_id)
            self._show_record(record_id)

    def current_record(self) -> tuple[str, int] | None:
        """Return the table and id of the record in the form."""
        record = self.form.record
        return (self.table, record.id) if record is not None and record.id else None

    def is_dirty(self) -> bool:
        """Whether the form holds something unsaved."""
        return self.form.is_dirty()

    def can(self, verb: Verb) -> bool:
        """Whether a verb makes sense now."""
        is_editing, writable = self.form.is_editing(), not self.workspace.is_read_only
        has_record = self.current_record() is not None
        return {
            Verb.NEW: writable and not is_editing,
            Verb.EDIT: writable and has_record and not is_editing,
            Verb.SAVE: is_editing,
            Verb.CANCEL: is_editing,
            Verb.REMOVE: writable and has_record and not is_editing,
            Verb.PRINT: has_record and not is_editing and self.has_papers(),
            Verb.RELOAD: True,
        }[verb]

    @Slot()
    def new(self) -> None:
        """Start a new record beside the list."""
        if self._may_leave_record():
            self.form.start_new(self.cls(**self.new_values()))
            self.verbsChanged.emit()

    def acts_on_several(self) -> bool:
        """Whether a verb means all rows chosen in the list, not the record in the form, where the cursor is."""
        focus = self.focusWidget()
        return self.panel.has_several() and not (focus is not None and self.form.isAncestorOf(focus))

    @property
    def deeds(self) -> BulkDeeds:
        """What is done with several rows at once, made when it is first wanted."""
        if self._deeds is None:
            from ui.tabs.bulk_deeds import BulkDeeds

            self._deeds = BulkDeeds(self)
        return self._deeds

    def edit(self) -> None:
        """Edit the record on show, or a field of all that are chosen."""
        if self.acts_on_several():
            self.deeds.do("edit")
        elif self.form.begin_edit():
            self.form.focus_first()

    def save(self) -> bool:
        """Save the form."""
        return self.form.save()

    def cancel(self) -> None:
        """Give up what was typed; the record under the bar comes back."""
        self.form.cancel()

    @Slot()
    def remove(self) -> None:
        """Delete the record on show and offer to take that back; of several that are chosen, look at them first."""
        if self.acts_on_several():
            self.deeds.do("remove")
            return
        current = self.current_record()
        if current is None or not self.can(Verb.REMOVE):
            return
        _table, record_id = current
        row = self.panel.model.row_of(record_id)
        spec = self.panel.model.spec
        title = self.workspace.title_of(self.table, record_id)
        try:
            self.workspace.delete(self.cls, record_id)
        except KnownError as error:
            self.form.show_notice(f"{error.message} {error.remedy}".strip(), is_problem=True)
            return
        self.panel.refresh()
        self.panel.select(self.panel.model.id_near(row) if row >= 0 else 0)
        self._show_record(self.panel.current_id())
        self.dataChanged.emit(self.workspace.last_touched)
        self.undoOffered.emit(f"Đã xóa {spec.singular} {title}.")

    def has_papers(self) -> bool:
        """Whether papers can be made from the record of this list."""
        return self.key in ("meetings", "projects", "plans")

    def print_(self) -> None:
        """Offer the papers of the record on show, by the steps of its life, in a menu under the form's head."""
        if self.acts_on_several():
            self.deeds.do("print")
            return
        current = self.current_record()
        if current is None or not self.has_papers():
            return
        from kc_desktop.services import papers
        from ui.widgets.paper_menu import add_papers

        menu = QMenu(self)
        add_papers(menu, papers.kinds_for(self.key), current[1])
        menu.triggered.connect(self._on_paper_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.form.mapToGlobal(QPoint(self.form.width() // 2, theme.step(self, 9))))
        first = next((each for each in menu.actions() if not each.isSeparator()), None)
        if first is not None:
            menu.setActiveAction(first)

    def reload(self) -> None:
        """Read everything again."""
        self.panel.refresh()
        if not self.form.is_editing():
            self._show_something()

    def focus_list(self) -> None:
        """Put the cursor into the rows, or back into the form while it is being edited."""
        if self.form.is_editing():
            self.form.focus_first()
        else:
            self.panel.focus_rows()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.panel.focus_search()

    def remember(self) -> None:
        """Keep the splitter, the columns and the record on show."""
        self.panel.remember()
        self.state.put(f"tabs/{self.key}/splitter", self.splitter.saveState())
        self.state.put(f"tabs/{self.key}/record", self.panel.current_id())

    # overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the way to the record before and after, and what was half typed, once the tab stands."""
        super().showEvent(event)
        if self.steps is None:
            QTimer.singleShot(theme.AFTER_PAINT_MS, self, self._on_painted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hoãn with Esc from the list, too; whatever is open inside a field has had the key first."""
        if event.key() == Qt.Key.Key_Escape and self.form.is_editing():
            self.form.escape()
        else:
            super().keyPressEvent(event)

    # slots

    @Slot()
    def _on_painted(self) -> None:
        if self.steps is None:
            from ui.widgets.record_steps import RecordSteps

            self.steps = RecordSteps(self)
            self.form.add_to_head(self.steps)
        if self.drafts is None and not self.workspace.is_read_only:
            from ui.widgets.form_drafts import FormDrafts

            self.drafts = FormDrafts(self.form, self.workspace, self.state)

    @Slot(int)
    def _on_panel_current_changed(self, record_id: int) -> None:
        if self._may_leave_record():
            self._show_record(record_id)
        elif self.form.record is not None:
            self.panel.select(self.form.record.id)

    @Slot(int)
    def _on_panel_opened(self, _record_id: int) -> None:
        self.form.focus_first()

    @Slot(str)
    def _on_deed_wanted(self, deed: str) -> None:
        self.deeds.do(deed)

    @Slot(object)
    def _on_form_saved(self, record: Any) -> None:
        self.panel.refresh()
        self.panel.select(record.id)
        self.record_shown(record)
        self.dataChanged.emit(self.workspace.last_touched)
        self.statusMessage.emit(f"Đã lưu {self.panel.model.spec.singular}.")

    @Slot(bool)
    def _on_form_mode_changed(self, _is_on: bool) -> None:
        self.add_button.setEnabled(not self.form.is_editing() and not self.workspace.is_read_only)
        if self.form.record is None and self.panel.current_id():  # a new record was given up
            self._show_record(self.panel.current_id())
        self.verbsChanged.emit()

    @Slot(object)
    def _on_form_record_wanted(self, record_id: int) -> None:
        if record_id:
            self.open_record(self.key, record_id)
        else:
            self.new()

    @Slot(object)
    def _on_paper_chosen(self, action: Any) -> None:
        if action.data() is not None:  # not that of a menu in the menu
            self.requestPaper.emit(*action.data())

    # private

    def _may_leave_record(self) -> bool:
        """Leave an unchanged form at once; unsaved text is never thrown away unasked."""
        if not self.form.is_dirty():
            if self.form.is_editing():
                self.form.cancel()
            return True
        self.form.show_notice("Phần đang sửa chưa lưu. Lưu (Ctrl+S) hoặc Hoãn (Esc) rồi mở mục khác.", is_problem=True)
        return False

    def _show_something(self) -> None:
        """Show the record under the bar; else the one remembered; else the first row."""
        current = self.panel.current_id() or self.state.number(f"tabs/{self.key}/record")
        is_folded_away = self.panel.model.request.has_folds and self.form.record is not None
        if current and (is_folded_away or self.panel.model.row_of(current) >= 0):
            self.panel.select(current)
            self._show_record(current)
        else:
            self._show_record(self.panel.select_first())

    def _show_record(self, record_id: int) -> None:
        record = None
        if record_id:
            try:
                record = self.workspace.get(self.cls, record_id)
            except KnownError as error:
                self.statusMessage.emit(f"{error.message} {error.remedy}".strip())
        self.form.show_record(record)
        self.record_shown(record)
        if self.steps is not None:
            self.steps.renew()
        self.verbsChanged.emit()

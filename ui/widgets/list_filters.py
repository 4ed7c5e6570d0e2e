"""The filters of a list: their row under the headings, chips that take them away, saved views as tabs over the list."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.icons import icon
from ui.view_state import ViewState
from ui.widgets.list_chips import ListChips
from ui.widgets.list_views import ListViews

if TYPE_CHECKING:
    from kc_desktop.domain.conditions import Condition
    from ui.widgets.filter_editor import FilterEditor
    from ui.widgets.filter_menu import FilterMenu
    from ui.widgets.filter_row import FilterRow
    from ui.widgets.list_panel import ListPanel

ROW_KEY = "Ctrl+Shift+L"
_OF_COLUMN = "column:"


class ListFilters(QObject):
    """Made when the list has been painted, or when a request asks for filters; the row when it is first wanted."""

    def __init__(self, panel: ListPanel, workspace: Workspace, state: ViewState) -> None:
        super().__init__(panel)
        self._panel = panel
        self._workspace = workspace
        self._state = state
        self._state_key = f"lists/{panel.model.spec.key}/filter-row"
        self._menu: FilterMenu | None = None
        self.row: FilterRow | None = None
        self.chips = ListChips(panel)
        self.chips.hide()
        self.chips.removed.connect(self._on_chip_removed)
        self.chips.cleared.connect(self.clear)
        layout = panel.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.chips)
        self.views = ListViews(panel, workspace)
        self._make_buttons()
        shortcut = QShortcut(QKeySequence(ROW_KEY), panel, self.toggle_row)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if state.flag(self._state_key):
            self.button.setChecked(True)

    def _make_buttons(self) -> None:
        panel = self._panel
        self.button = QToolButton(panel)
        self.button.setText("Lọc")
        self.button.setIcon(icon("filter"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAccessibleName("Hàng lọc dưới tên cột")
        self.button.setToolTip(f"Hàng lọc dưới tên cột ({ROW_KEY})")
        self.button.toggled.connect(self.set_row_shown)
        self.views_button = QToolButton(panel)
        self.views_button.setIcon(icon("down"))
        self.views_button.setAutoRaise(True)
        self.views_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.views_button.setAccessibleName("Bỏ lọc, cách xem đã lưu")
        self.views_button.setToolTip("Bỏ lọc, lưu cách xem")
        self.views_button.clicked.connect(self.open_menu)
        both = QWidget(panel)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.button)
        row.addWidget(self.views_button)
        panel.add_to_head(both, at=1)

    # public

    def is_row_shown(self) -> bool:
        """Whether the filter row stands under the headings."""
        return self.row is not None and self.button.isChecked()

    def show(self, request: ListRequest) -> None:
        """Show what a request filters by: as chips, and in the row."""
        chosen = self._panel.chosen_filters(request)
        key = self._panel.model.spec.key
        named: list[tuple[str, str]] = []
        if chosen or request.conditions:
            from kc_desktop.services.list_filters import filter_words, said

            named += ((name, filter_words(self._workspace, key, name, value)) for name, value in chosen)
            words = said(key, request, date.today())
            named += zip((_OF_COLUMN + each.column for each in request.conditions), words, strict=True)
        self.chips.show_chips(tuple(named))
        if self.row is not None:
            self.row.show_conditions(request.conditions, request.year)
            self._say_problems()

    def stand_over(self, is_table: bool, words: str) -> None:
        """Stand over the rows, with words among them where there are none; away where there is no table at all."""
        if self.row is not None and self.button.isChecked():
            self.row.setVisible(is_table)
            self.row.place()
            self.row.say_empty(words)

    # slots

    @Slot()
    def toggle_row(self) -> None:
        """Show the filter row and begin to type in it; hide it when the cursor stands in it already."""
        focus = self._panel.window().focusWidget()
        is_inside = self.row is not None and focus is not None and self.row.isAncestorOf(focus)
        if not self.button.isChecked():
            self.button.setChecked(True)
        elif is_inside:
            self.button.setChecked(False)
            self._panel.focus_rows()
            return
        if self.row is not None:
            self.row.focus_first()

    @Slot(bool)
    def set_row_shown(self, is_shown: bool) -> None:
        """Show or hide the row; filters that hold go on holding, their chips say so."""
        if self.row is None and is_shown:
            self._make_row()
        if self.row is not None:
            self.row.set_shown(is_shown)
        self._state.put(self._state_key, is_shown)
        self._panel.show_emptiness()

    @Slot()
    def clear(self) -> None:
        """Take every filter away, the search left alone."""
        request = self._panel.model.request
        self._panel.show_wider(dataclasses.replace(request, filters=(), conditions=()))

    @Slot()
    def _on_row_changed(self) -> None:
        row, request = self.row, self._panel.model.request
        if row is None:
            return
        elsewhere = tuple(each for each in request.conditions if row.editor(each.column) is None)
        self._narrow((*row.conditions(), *elsewhere))

    @Slot(str, object)
    def _on_ticked(self, key: str, condition: Condition | None) -> None:
        others = tuple(each for each in self._panel.model.request.conditions if each.column != key)
        self._narrow(others if condition is None else (*others, condition))

    @Slot(str)
    def _on_chip_removed(self, name: str) -> None:
        request = self._panel.model.request
        key = name.removeprefix(_OF_COLUMN)
        if key != name:
            kept = tuple(each for each in request.conditions if each.column != key)
            self._panel.show_wider(dataclasses.replace(request, conditions=kept))
        else:
            filters = tuple(each for each in request.filters if each[0] != name)
            self._panel.show_wider(dataclasses.replace(request, filters=filters))

    @Slot(object)
    def _on_list_wanted(self, editor: FilterEditor) -> None:
        if self._menu is not None:
            self._menu.open(editor, self._panel.model.request)

    @Slot()
    def open_menu(self) -> None:
        """Offer what can be done with filters and views."""
        menu = QMenu(self.views_button)
        row = menu.addAction(f"Hàng lọc\t{ROW_KEY}", self.button.toggle)
        row.setCheckable(True)
        row.setChecked(self.is_row_shown())
        clear = menu.addAction("Bỏ lọc", self.clear)
        request = self._panel.model.request
        clear.setEnabled(bool(request.conditions or self._panel.chosen_filters(request)))
        menu.addSeparator()
        self.views.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.views_button.mapToGlobal(self.views_button.rect().bottomLeft()))
        menu.setActiveAction(row)

    # private

    def _make_row(self) -> None:
        from ui.widgets.filter_menu import FilterMenu
        from ui.widgets.filter_row import FilterRow

        self._menu = FilterMenu(self._workspace, self._panel.model.spec.key, self)
        self._menu.ticked.connect(self._on_ticked)
        self.row = FilterRow(self._panel)
        self.row.changed.connect(self._on_row_changed)
        self.row.listWanted.connect(self._on_list_wanted)
        request = self._panel.model.request
        self.row.show_conditions(request.conditions, request.year)

    def _narrow(self, conditions: tuple[Condition, ...]) -> None:
        if conditions != self._panel.model.request.conditions:
            self._panel.narrow(conditions)
        self._say_problems()

    def _say_problems(self) -> None:
        problems = self.row.problems() if self.row is not None else ()
        self.chips.say(problems[0] if problems else "")

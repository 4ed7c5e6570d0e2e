"""The saved views of a list as tabs over it; a list without any has no tabs.

Most lists have none, so the service is imported where it is first needed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from kc_desktop.errors import KnownError
from kc_desktop.services.lists import ListRequest, views_setting
from kc_desktop.services.workspace import Workspace
from ui.widgets.tab_bar import FlatTabBar

if TYPE_CHECKING:
    from kc_desktop.services.saved_views import SavedView
    from ui.widgets.list_panel import ListPanel


_CHANGED = "•"
"""Stands behind the name of a view that is looked at otherwise than it was saved."""
_LOOKED_AT_MS = 150


@dataclasses.dataclass(frozen=True, slots=True)
class _Own:
    """How the list stood before a view was opened."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    request: ListRequest


class ListViews(QObject):
    """“Tất cả” and a tab for each view; what a view does to columns and order is taken back when it is left.

    What was changed in a view is there again when its tab is, until the program ends; its mark says so meanwhile.
    """

    def __init__(self, panel: ListPanel, workspace: Workspace) -> None:
        super().__init__(panel)
        self._panel = panel
        self._workspace = workspace
        self._key = panel.model.spec.key
        self._views: tuple[SavedView, ...] = ()
        self._kept = ""
        self._own: _Own | None = None
        self._front = ""
        self._changed: dict[str, SavedView] = {}
        self.tabs: FlatTabBar | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOKED_AT_MS)
        self._timer.timeout.connect(self.look)
        self.refresh()

    # public

    def names(self) -> tuple[str, ...]:
        """Return the names of the views, in order."""
        return tuple(each.name for each in self._views)

    def current(self) -> SavedView | None:
        """Return the view in front; None for all rows."""
        place = self.tabs.currentIndex() - 1 if self.tabs is not None else -1
        return self._views[place] if 0 <= place < len(self._views) else None

    def now(self, name: str) -> SavedView:
        """Return what is on show as a view of a name."""
        from kc_desktop.services.saved_views import SavedView

        request = self._panel.model.request
        asked = ListRequest(
            search=request.search,
            sort=request.sort,
            descending=request.descending,
            group=request.group,
            filters=self._panel.chosen_filters(request),
            conditions=request.conditions,
        )
        columns = self._panel.columns
        return SavedView(name=name, request=asked, columns=columns.shown(), widths=columns.widths())

    def is_changed(self, view: SavedView) -> bool:
        """Whether the view in front is looked at otherwise than it was saved; what it leaves open does not count."""
        from kc_desktop.services.saved_views import is_same

        now = self.now(view.name)
        if not view.columns:
            now = dataclasses.replace(now, columns=(), widths=())
        if not view.request.sort:
            now = dataclasses.replace(now, request=dataclasses.replace(now.request, sort="", descending=False))
        return not is_same(now, view)

    def refresh(self, front: str = "") -> None:
        """Read the views again; the one in front stays so while it is there, unless another is named."""
        kept = self._workspace.setting(views_setting(self._key))
        if kept == self._kept:
            return
        from kc_desktop.services import saved_views

        self._kept = kept
        current = self.current()
        found = saved_views.views_of(self._workspace, self._key)
        self._views = found.views
        self._show_tabs(front or (current.name if current is not None else ""))
        if found.left_out:
            self._panel.told.emit(" ".join(found.left_out))

    def open(self, name: str) -> None:
        """Bring a view to the front, "" for all rows."""
        place = self.names().index(name) + 1 if name else 0
        if self.tabs is not None:
            self.tabs.setCurrentIndex(place)

    def close(self) -> None:
        """Bring “Tất cả” to the front without showing its rows."""
        if self.tabs is not None and self.tabs.currentIndex() > 0:
            self._keep_changes()
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(0)
            self.tabs.blockSignals(False)
            self._front = ""
            self.leave()
            self.look()

    def leave(self) -> None:
        """Put columns, groups and order back as they were before a view was opened."""
        if self._own is not None:
            own, self._own = self._own, None
            self._arrange(own.columns, own.widths, own.request)

    def fill_menu(self, menu: QMenu) -> None:
        """Add what can be done with views: keep what is on show, change or remove the view in front."""
        may_write, view = not self._workspace.is_read_only, self.current()
        save = menu.addAction("Lưu cách xem…", self.save_as)
        save.setEnabled(may_write)
        if not may_write:
            save.setText("Lưu cách xem (tệp chỉ đọc)")
            save.setToolTip(self._workspace.read_only_reason)
        if view is None:
            return
        menu.addSeparator()
        update = menu.addAction(f"Cập nhật “{view.name}” theo phần đang xem", self.update_current)
        update.setEnabled(may_write and self.is_changed(view))
        menu.addAction("Trả lại như đã lưu", self.put_back).setEnabled(self.is_changed(view))
        place = self.names().index(view.name)
        for words, act, can in (
            ("Đổi tên…", self.rename_current, True),
            ("Sang trái", partial(self._move, -1), place > 0),
            ("Sang phải", partial(self._move, 1), place < len(self._views) - 1),
            (f"Xóa cách xem “{view.name}”", self.delete_current, True),
        ):
            menu.addAction(words, act).setEnabled(may_write and can)

    # overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 renames the view in front, Del deletes it, Down and Enter go to the rows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            view = self.current()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._panel.focus_rows()
                return True
            if view is not None and event.key() == Qt.Key.Key_F2:
                self.rename_current()
                return True
            if view is not None and event.key() == Qt.Key.Key_Delete:
                self.delete_current()
                return True
        return super().eventFilter(watched, event)

    # slots

    @Slot()
    def save_as(self) -> None:
        """Ask for a name and keep what is on show under it."""
        from ui.dialogs.view_name import ViewNameDialog

        dialog = ViewNameDialog(self._workspace, self._key, self.now(""), self._panel)
        dialog.acted.connect(self._on_named)
        dialog.open()

    @Slot()
    def rename_current(self) -> None:
        """Ask for another name of the view in front."""
        from ui.dialogs.view_name import ViewNameDialog

        view = self.current()
        if view is not None and not self._workspace.is_read_only:
            dialog = ViewNameDialog(self._workspace, self._key, view, self._panel)
            dialog.acted.connect(self._on_named)
            dialog.open()

    @Slot()
    def update_current(self) -> None:
        """Let the view in front show what is on show now."""
        from kc_desktop.services import saved_views

        view = self.current()
        if view is not None:
            self._write(partial(saved_views.update, self._workspace, self._key, self.now(view.name)), view.name)
            self.look()

    @Slot()
    def put_back(self) -> None:
        """Look at the view in front as it was saved."""
        view = self.current()
        if view is not None:
            self._show(view)
            self.look()
            self._panel.focus_rows()

    @Slot()
    def look(self) -> None:
        """Mark the views that are looked at otherwise than they were saved."""
        if self.tabs is None:
            return
        front = self.current()
        is_changed = front is not None and self.is_changed(front)
        for place, view in enumerate(self._views, start=1):
            is_marked = is_changed if view is front else view.name in self._changed
            self.tabs.setTabText(place, _tab_text(view.name) + (f" {_CHANGED}" if is_marked else ""))
            self.tabs.setAccessibleTabName(place, f"{view.name}, đã đổi, chưa cập nhật" if is_marked else view.name)
            self.tabs.setTabToolTip(place, "Đang xem khác cách xem đã lưu" if is_marked else "")
        self._update_button.setVisible(is_changed and not self._workspace.is_read_only)
        self._back_button.setVisible(is_changed)

    @Slot()
    def delete_current(self) -> None:
        """Take the view in front away; undo brings it back."""
        from kc_desktop.services import saved_views

        view = self.current()
        if view is None:
            return
        self._write(partial(saved_views.delete, self._workspace, self._key, view.name), "")
        if not any(each.name == view.name for each in self._views):
            self._panel.told.emit(f"Đã xóa cách xem “{view.name}”. Ctrl+Z để lấy lại.")

    @Slot(str)
    def _on_named(self, name: object) -> None:
        if self._own is None and self.current() is None:
            self._own = self._as_it_stands()
        self.refresh(str(name))
        self._panel.changed.emit(self._workspace.last_touched)

    @Slot(int)
    def _on_current_changed(self, _place: int) -> None:
        self._keep_changes()
        view, panel = self.current(), self._panel
        self._front = view.name if view is not None else ""
        if view is None:
            own = self._own
            self.leave()
            bare = ListRequest(year=panel.year())
            panel.show_wider(bare, focus=False)
            if own is not None:
                panel.columns.sort_by(own.request.sort, own.request.descending)
        else:
            self._show(self._changed.get(view.name, view))
        self.look()

    @Slot()
    def _on_touched(self) -> None:
        if self._front:
            self._timer.start()

    @Slot(QPoint)
    def _on_tabs_menu(self, place: QPoint) -> None:
        if self.tabs is None:
            return
        at = self.tabs.tabAt(place)
        if at >= 0:
            self.tabs.setCurrentIndex(at)
        menu = QMenu(self.tabs)
        self.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tabs.mapToGlobal(place))

    # private

    def _show(self, view: SavedView) -> None:
        """Look at the list as a view says."""
        panel = self._panel
        if self._own is None:
            self._own = self._as_it_stands()
        self._changed.pop(view.name, None)
        self._arrange(view.columns, view.widths, view.request)
        panel.show_wider(dataclasses.replace(view.request, group="", year=panel.year()), focus=False)

    def _keep_changes(self) -> None:
        """Keep how the view that is left was looked at, where that is not as it was saved."""
        left = next((each for each in self._views if each.name == self._front), None)
        if left is not None and self.is_changed(left):
            self._changed[left.name] = self.now(left.name)

    def _as_it_stands(self) -> _Own:
        columns = self._panel.columns
        return _Own(columns.shown(), columns.widths(), self._panel.model.request)

    def _arrange(self, columns: tuple[str, ...], widths: tuple[int, ...], request: ListRequest) -> None:
        shown = self._panel.columns
        if columns:
            shown.arrange(columns)
            shown.set_widths(widths)
        shown.group_by(request.group)
        if request.sort:
            shown.sort_by(request.sort, request.descending)

    def _move(self, places: int) -> None:
        from kc_desktop.services import saved_views

        view = self.current()
        if view is not None:
            self._write(partial(saved_views.move, self._workspace, self._key, view.name, places), view.name)

    def _write(self, act: partial[None], name: str) -> None:
        try:
            act()
        except KnownError as error:
            self._panel.told.emit(f"{error.message} {error.remedy}".strip())
            return
        self.refresh(name)
        self._panel.changed.emit(self._workspace.last_touched)

    def _show_tabs(self, current: str) -> None:
        if not self._views and self.tabs is None:
            return
        from kc_desktop.services.saved_views import ALL_ROWS

        tabs = self.tabs or self._make_tabs()
        tabs.blockSignals(True)
        while tabs.count():
            tabs.removeTab(0)
        for name in (ALL_ROWS, *self.names()):
            tabs.addTab(_tab_text(name))
        was = current in self.names()
        tabs.setCurrentIndex(self.names().index(current) + 1 if was else 0)
        tabs.blockSignals(False)
        self._row.setVisible(bool(self._views))
        self._front = current if was else ""
        self._changed = {name: each for name, each in self._changed.items() if name in self.names()}
        if current and not was:
            self._on_current_changed(0)
        self.look()

    def _make_tabs(self) -> FlatTabBar:
        tabs = self.tabs = FlatTabBar(self._panel)
        tabs.setAccessibleName("Cách xem đã lưu")
        tabs.setUsesScrollButtons(True)
        tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tabs.customContextMenuRequested.connect(self._on_tabs_menu)
        tabs.tabBarDoubleClicked.connect(self.rename_current)
        tabs.currentChanged.connect(self._on_current_changed)
        tabs.installEventFilter(self)
        self._row = QWidget(self._panel)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tabs, 1)
        self._update_button = self._button("Cập nhật", "Lưu phần đang xem vào cách xem này", self.update_current)
        self._back_button = self._button("Trả lại", "Xem lại như cách xem đã lưu", self.put_back)
        row.addWidget(self._update_button)
        row.addWidget(self._back_button)
        layout = self._panel.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._row)
        header = self._panel.table.horizontalHeader()
        for touched in (header.sectionMoved, header.sectionResized, self._panel.model.modelReset):
            touched.connect(self._on_touched)
        self._panel.countChanged.connect(self._on_touched)
        return tabs

    def _button(self, words: str, told: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self._row)
        button.setText(words)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(told)
        button.hide()
        button.clicked.connect(act)
        return button


def _tab_text(name: str) -> str:
    return name.replace("&", "&&")

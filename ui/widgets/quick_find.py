"""Tìm nhanh: one box that finds everything in the file, the guide and the window's commands by a few letters."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from kc_desktop.errors import KnownError
from ui.widgets.suggestions import ComposingLine

if TYPE_CHECKING:
    from kc_desktop.services.finding import Command, Finder, Group, Recent
    from ui.widgets.find_list import FindList, FindRow

_LETTERS = 34
_LEAST_LETTERS = 16
"""How wide the box is, and on a narrow screen at least."""
_AT_A_TIME_S = 0.008
"""A search that takes longer goes on after whatever was typed meanwhile."""
_HINT = (
    "Gõ vài chữ, có dấu hay không dấu: đề án, người, cuộc họp, lời trong biên bản, số văn bản, cơ sở, quy định, lệnh."
)
_PASSING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.TabFocusReason,  # whoever only passes by with Tab is not to be caught by the groups
    Qt.FocusReason.BacktabFocusReason,
)


class QuickFind(ComposingLine):
    """The box. It searches group by group between keys; an answer to letters that were typed over is never shown."""

    begun = Signal()
    """The cursor came in: `offer` what was opened last and the commands there are now."""
    placeChosen = Signal(object)
    """A Place of `services.finding`."""
    allWanted = Signal(str, str)
    """(list key, words): show all of a list that fits the words."""
    left = Signal()
    """Esc: back to what was on show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder: Finder | None = None
        self._recent: Recent = ()
        self._commands: tuple[Command, ...] = ()
        self._list: FindList | None = None
        self._wanted = ""
        self._only = ""
        self._steps: Iterator[Group] | None = None
        self._groups: list[Group] = []
        self._failure = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self.setPlaceholderText("Tìm nhanh (Ctrl+K)")
        self.setAccessibleName("Tìm nhanh mọi thứ trong tệp, lệnh và hướng dẫn")
        self.become_search_box()
        letter = self.fontMetrics().horizontalAdvance("0")
        self.setMinimumWidth(letter * _LEAST_LETTERS)
        self.setMaximumWidth(letter * _LETTERS)
        self.textNow.connect(self._on_text_now)
        self._timer.timeout.connect(self._on_timer_timeout)

    # public

    def search_in(self, finder: Finder | None) -> None:
        """Search another file from now on."""
        self._stop()
        self._finder = finder
        self.clear()
        self.hide_suggestions()

    def offer(self, recent: Recent, commands: tuple[Command, ...]) -> None:
        """Take what was opened last and the commands there are now."""
        self._recent, self._commands = recent, commands

    def begin(self) -> None:
        """Put the cursor in and show what was opened last, or what fits the words that stand there."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._timer.isActive():  # it was here already, or will be once the window is in front
            self._begin()
        self.selectAll()

    def search_for(self, text: str) -> None:
        """Show what fits a text, at once."""
        self._wanted = text
        self._ask("")
        self._finish()

    def hide_suggestions(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def suggestions_shown(self) -> tuple[str, ...]:
        """Return what is said of each row on show that is no heading."""
        rows = self._list.found.rows if self._list is not None and self._list.isVisible() else ()
        return tuple(row.spoken for row in rows if row.is_choosable or row.group is None)

    # overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, by groups with Ctrl; Enter opens; Esc takes the list away, then leaves."""
        key, box = event.key(), self._list
        is_open = box is not None and box.isVisible()
        by_group = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(key), 0)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Escape and (is_open or self._timer.isActive()):
            self._stop()
            self.hide_suggestions()
        elif key == Qt.Key.Key_Escape:
            self._stop()
            self.clear()
            self.left.emit()
            self.clearFocus()  # where nothing on show took the cursor
        elif step and box is not None and is_open:
            (box.walk_groups if by_group else box.walk)(step)
            self._tell_current()
        elif pages and box is not None and is_open and not by_group:
            box.walk_pages(pages)
            self._tell_current()
        elif key == Qt.Key.Key_Down:
            self._begin()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go to the next group with Tab while the list is open."""
        if self._list is not None and self._list.isVisible() and self._list.current() is not None:
            self._list.walk_groups(1 if is_next else -1)
            self._tell_current()
            return True
        return super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what was opened last."""
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._begin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list away with the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._stop()
            self.hide_suggestions()

    def hideEvent(self, event: QHideEvent) -> None:
        """Never leave a list behind."""
        self.hide_suggestions()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the window under it moves, changes its size or is left."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowDeactivate):
            self.hide_suggestions()
        return super().eventFilter(watched, event)

    # slots

    @Slot(str)
    def _on_text_now(self, text: str) -> None:
        self._wanted = text
        self._ask("")

    @Slot()
    def _on_timer_timeout(self) -> None:
        if self._go_on(_AT_A_TIME_S):
            self._show()
        else:
            self._timer.start()

    @Slot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._take()

    # private

    def _begin(self) -> None:
        self.begun.emit()
        self._wanted = self.text()
        self._ask("")

    def _ask(self, only: str) -> None:
        self._only = only
        self._failure = ""
        self._groups = []
        self._steps = None
        if self._finder is None:
            self.begun.emit()
        if self._finder is not None:
            self._steps = self._finder.steps(
                self._wanted.strip(), recent=self._recent, commands=self._commands, only=only
            )
        self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._steps = None

    def _go_on(self, seconds: float) -> bool:
        """Search for so long; True when everything was looked through."""
        until = time.perf_counter() + seconds
        while self._steps is not None:
            try:
                group = next(self._steps, None)
            except KnownError as error:  # the drive is gone
                self._failure = f"{error.message} {error.remedy}".strip()
                group = None
            if group is None:
                self._steps = None
            else:
                self._groups.append(group)
                if time.perf_counter() > until:
                    return False
        return True

    def _finish(self) -> None:
        self._timer.stop()
        self._go_on(float("inf"))
        self._show()

    def _show(self) -> None:
        if self._finder is None:
            return
        from kc_desktop.services.finding import arranged
        from ui.widgets.find_list import FindRow, RowKind, rows_of

        typed = self._wanted.strip()
        groups = arranged(self._groups) if typed else self._opened_last()
        rows = list(rows_of(groups, self._only))
        if self._failure:
            rows.append(FindRow(kind=RowKind.WORDS, text=self._failure))
        elif not typed:
            rows.append(FindRow(kind=RowKind.WORDS, text=_HINT))
        elif not rows:
            words = f"Không thấy gì có “{typed}”. Thử ít chữ hơn, gõ không dấu, hoặc gõ số văn bản như 49/QĐ."
            rows.append(FindRow(kind=RowKind.WORDS, text=words))
        self._box().show_rows(rows, self)
        self._tell_current()

    def _opened_last(self) -> tuple[Group, ...]:
        try:
            opened = self._finder.recent(self._recent) if self._finder is not None else None
        except KnownError as error:
            self._failure = f"{error.message} {error.remedy}".strip()
            return ()
        return (opened,) if opened is not None and opened.hits else ()

    def _take(self) -> None:
        """Open the row under the bar, of what is searched for now."""
        if self._timer.isActive():
            self._finish()
        row = self._list.current() if self._list is not None else None
        if row is None:
            return
        if row.hit is not None:
            self._leave()
            self.placeChosen.emit(row.hit.place)
        elif row.group is not None and row.group.list_key:
            words = self._wanted.strip()
            self._leave()
            self.allWanted.emit(row.group.list_key, words)
        elif row.group is not None:
            self._ask(row.group.key)

    def _leave(self) -> None:
        self._stop()
        self.hide_suggestions()
        self.clear()
        self._wanted = ""

    def _tell_current(self) -> None:
        """Say which row the bar is on: the cursor stays in the box."""
        row: FindRow | None = self._list.current() if self._list is not None else None
        self.setAccessibleDescription(row.spoken if row is not None else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _box(self) -> FindList:
        from ui.widgets.find_list import FindList

        window = self.window()
        if self._list is None or self._list.parent() is not window:
            if self._list is not None:
                self._list.deleteLater()
            self._list = FindList(window)
            self._list.clicked.connect(self._on_list_clicked)
            window.installEventFilter(self)
        return self._list

"""A list of suggestions under a line of text.

It is a child of the window, not a popup window, and never takes the focus: opening it while an input method is
composing (UniKey, EVKey, Telex of Windows) neither commits nor eats a letter, which QCompleter's popup can do.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui import theme
from ui.icons import icon

_MAX_ROWS = 10
_WALKING = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MAX_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _MAX_ROWS,
}


class ComposingLine(QLineEdit):
    """A line that tells what stands in it at every key, the part an input method is still composing included."""

    textNow = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed = ""
        self._clear: QAction | None = None
        self.textEdited.connect(self._on_text_edited)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Tell what is being composed, too."""
        super().inputMethodEvent(event)
        if event.preeditString() != self._composed:
            self._composed = event.preeditString()
            if self._composed:
                before, after = self.text()[: self.cursorPosition()], self.text()[self.cursorPosition() :]
                self.textNow.emit(before + self._composed + after)

    def become_search_box(self) -> None:
        """Add a magnifier in front and, while there is text, a cross that clears it.

        Qt's own clear button looks its icon up in the desktop's themes, which costs 50 ms at the start of the window.
        """
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.addAction(icon("cancel"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setToolTip("Xóa chữ đang tìm")
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._on_clear_triggered)
        self.textChanged.connect(self._on_text_changed)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self.textNow.emit(text)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))

    @Slot()
    def _on_clear_triggered(self) -> None:
        self.clear()
        self.setFocus()


class SuggestionBox(QListWidget):
    """The list itself: a child of the window over everything else in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Gợi ý")
        self.setSpacing(theme.step(self, 0.5))

    def show_rows(self, found: tuple[tuple[int, str], ...], nothing: str, below: QWidget, line: QRect) -> None:
        """Show what was found, or the words of `nothing`, under a line of text in a widget: `line` is its place."""
        self.clear()
        for record_id, label in found:
            item = QListWidgetItem(label, self)
            item.setData(Qt.ItemDataRole.UserRole, record_id)
        if not found:
            item = QListWidgetItem(nothing, self)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.setCurrentRow(0 if found else -1)
        self._place(below, line)
        self.show()
        self.raise_()

    def labels(self) -> tuple[str, ...]:
        """Return the labels on show."""
        return tuple(self.item(row).text() for row in range(self.count())) if self.isVisible() else ()

    def walk(self, key: int) -> bool:
        """Move the bar with an arrow or a page key; False for any other key."""
        if key not in _WALKING:
            return False
        self.setCurrentRow(min(max(self.currentRow() + _WALKING[Qt.Key(key)], 0), self.count() - 1))
        return True

    def _place(self, below: QWidget, line: QRect) -> None:
        window = below.window()
        rows = min(self.count(), _MAX_ROWS)
        gap = self.spacing()
        height = rows * (max(self.sizeHintForRow(0), 1) + 2 * gap) + 2 * (self.frameWidth() + gap)
        wanted = self.sizeHintForColumn(0) + theme.step(self, 8)
        corner = below.mapTo(window, line.bottomLeft() + QPoint(0, 1))
        width = min(max(wanted, line.width()), window.width() - theme.step(self, 2))
        left = min(corner.x(), window.width() - width - theme.step(self))
        top = corner.y()
        if top + height > window.height() and corner.y() - line.height() - height >= 0:
            top = corner.y() - line.height() - height
        self.setGeometry(max(left, 0), top, width, min(height, window.height()))


class SuggestionLine(ComposingLine):
    """A line whose suggestions follow what is typed; `textNow` tells for what they are wanted."""

    chosen = Signal(int, str)
    """The id and label of the suggestion taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: SuggestionBox | None = None

    # public

    def show_suggestions(self, found: tuple[tuple[int, str], ...], nothing: str) -> None:
        """Show what was found, or the words of `nothing`; not when it comes after the line was left."""
        if self.window().focusWidget() in (self, None):
            self._box().show_rows(found, nothing, self, self.rect())

    def hide_suggestions(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def suggestions_shown(self) -> tuple[str, ...]:
        """Return the labels on show."""
        return self._list.labels() if self._list is not None else ()

    def take_current(self) -> bool:
        """Take the suggestion under the bar; False when there is none."""
        box = self._list
        item = box.currentItem() if box is not None and box.isVisible() else None
        if item is None:
            return False
        self.hide_suggestions()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), item.text())
        return True

    # overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list with the arrows, take with Enter, close with Esc; Down opens it."""
        key, box = event.key(), self._list
        is_open = box is not None and box.isVisible()
        if is_open and box is not None and box.walk(key):
            return
        if key == Qt.Key.Key_Down and not self.isReadOnly():
            self.textNow.emit("")
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_open and self.take_current():
            return
        if key == Qt.Key.Key_Escape and is_open:
            self.hide_suggestions()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the window under it moves, shrinks or scrolls."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowDeactivate):
            self.hide_suggestions()
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the line is left."""
        super().focusOutEvent(event)
        self.hide_suggestions()

    def hideEvent(self, event: QHideEvent) -> None:
        """Never leave a list behind."""
        self.hide_suggestions()
        super().hideEvent(event)

    # slots

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        if self._list is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._list.setCurrentItem(item)
            self.take_current()

    # private

    def _box(self) -> SuggestionBox:
        window = self.window()
        if self._list is None or self._list.parent() is not window:
            if self._list is not None:
                self._list.deleteLater()
            self._list = SuggestionBox(window)
            self._list.itemClicked.connect(self._on_item_clicked)
            window.installEventFilter(self)
        return self._list
